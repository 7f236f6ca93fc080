//! Codes for units: made, shown once with their QR symbols, kept nowhere.

use axum::extract::Path;
use axum::response::Response;
use surveys::{UnitId, WaveId};

use super::{Desk, desk, wave::refused};
use crate::access::Action;
use crate::error::AppError;
use crate::pages::{CodeBatch, CodeSlip, CodesPage, WaveNotice, address, render_codes};
use crate::server::posted::{Fields, field, fields};
use crate::server::qr;
use crate::server::visit::{Visit, page};
use crate::server::waves::{MOST_CODES, UnitCodes};
use crate::store::{Mode, UnitCount, WaveState};

/// Makes codes and answers with the sheet.
pub(crate) async fn make(
    Path((_, wave)): Path<(String, String)>,
    visit: Visit,
    form: Fields,
) -> Result<Response, AppError> {
    let sent = fields(form, &["unit", "count"])?;
    let desk = desk(&visit, &wave, Action::MakeCodes).await?;
    let unit = field(&sent, "unit").and_then(|text| UnitId::new(text).ok());
    let city = unit.as_ref().and_then(|unit| city_of(&desk, unit));
    let (Some(unit), Some(city)) = (unit, city) else {
        return refused(&visit, &desk, WaveNotice::CodeUnit).await;
    };
    if desk
        .wave
        .cities
        .get(city)
        .is_some_and(|it| it.mode != Mode::Codes)
    {
        return Err(AppError::NotFound);
    }
    let takes_codes = desk
        .wave
        .cities
        .get(city)
        .is_some_and(|city| matches!(city.state, WaveState::Draft | WaveState::Open));
    if !takes_codes {
        return refused(&visit, &desk, WaveNotice::NotOpen).await;
    }
    let count = match count(&visit, &desk, &unit, field(&sent, "count")).await? {
        Ok(count) => count,
        Err(notice) => return refused(&visit, &desk, notice).await,
    };
    let made = visit
        .app
        .service
        .make_codes(&desk.wave.id, Some(&unit), Some(count))
        .await?;
    sheet(&visit, &desk, &desk.wave.id, made).await
}

/// Returns how many codes are asked for: the number that was typed, or as many as the unit has staff
/// without one.
async fn count(
    visit: &Visit,
    desk: &Desk,
    unit: &UnitId,
    typed: Option<&str>,
) -> Result<Result<u32, WaveNotice>, AppError> {
    let typed = typed.unwrap_or_default().trim();
    let counts = visit.app.service.store.unit_counts(&desk.wave.id).await?;
    let known = counts.iter().find(|it| it.unit == *unit);
    let lacking = known.map_or(0, UnitCount::lacking_codes);
    if typed.is_empty() && lacking == 0 && known.is_some_and(|it| it.staff > 0) {
        return Ok(Err(WaveNotice::CodesEnough));
    }
    let count = match typed {
        "" => u32::try_from(lacking).ok(),
        typed => typed.parse().ok(),
    };
    let count = count.filter(|count| (1..=MOST_CODES).contains(count));
    Ok(count.ok_or(WaveNotice::CodeCount))
}

fn city_of<'a>(desk: &'a Desk, unit: &UnitId) -> Option<&'a surveys::MunicipalityCode> {
    desk.cities.iter().find(|city| {
        desk.wave
            .units
            .get(*city)
            .is_some_and(|units| units.contains(unit))
    })
}

async fn sheet(
    visit: &Visit,
    desk: &Desk,
    wave: &WaveId,
    made: Vec<UnitCodes>,
) -> Result<Response, AppError> {
    let service = &visit.app.service;
    let release = service.release_of(&desk.wave)?;
    let survey = release.survey();
    let units = service.store.units().await?;
    let typed = format!("{}{}", visit.app.public_url, address::answer(visit.lang));
    let closes = desk
        .cities
        .iter()
        .filter_map(|city| desk.wave.cities.get(city));
    let slip = |code: &crate::server::Code| CodeSlip {
        code: code.to_string(),
        // The code stands after `#`: browsers keep it to themselves (AN-6).
        qr_svg: qr::svg(&format!("{typed}#{code}")).unwrap_or_default(),
    };
    let batches = made.iter().map(|made| CodeBatch {
        unit: units
            .iter()
            .find(|unit| unit.municipality == made.municipality && unit.id == made.unit)
            .map(|unit| unit.name.get(visit.lang).to_owned()),
        slips: made.codes.iter().map(slip).collect(),
    });
    let sheet = CodesPage {
        wave: wave.to_string(),
        survey: survey.title.get(visit.lang).to_owned(),
        closes: closes
            .map(|city| city.closes)
            .max()
            .ok_or(AppError::NotFound)?,
        minutes: survey.minutes,
        address: typed.clone(),
        batches: batches.collect(),
    };
    Ok(page(render_codes(&sheet, &visit.ctx)))
}
