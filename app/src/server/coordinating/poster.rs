//! An open link as a sheet for a wall, of a city or one of its units.

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use surveys::{MunicipalityCode, UnitId};

use super::{city_words, desk};
use crate::access::Action;
use crate::error::AppError;
use crate::pages::{PosterPage, render_poster};
use crate::server::answering::open_link;
use crate::server::qr;
use crate::server::visit::{Visit, page};
use crate::store::WaveState;

/// Whose link it is.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    city: String,
    unit: Option<String>,
}

/// Shows the sheet; what is out of scope, has no link or is closed is not there.
pub(crate) async fn sheet(
    Path((_, wave)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    visit: Visit,
) -> Result<Response, AppError> {
    let desk = desk(&visit, &wave, Action::MakeCodes).await?;
    let service = &visit.app.service;
    let code = MunicipalityCode::new(&wanted.city).map_err(|_| AppError::NotFound)?;
    let unit = wanted
        .unit
        .map(|unit| UnitId::new(unit).map_err(|_| AppError::NotFound));
    let unit = unit.transpose()?;
    let city = desk.wave.cities.get(&code);
    let city = city.filter(|city| {
        desk.cities.contains(&code) && matches!(city.state, WaveState::Draft | WaveState::Open)
    });
    let (city, link) = city
        .and_then(|city| Some((city, city.open_link?)))
        .ok_or(AppError::NotFound)?;
    let mut place = city_words(service, &code, visit.lang);
    if let Some(unit) = &unit {
        let units = desk.wave.units.get(&code);
        if !units.is_some_and(|units| units.contains(unit)) {
            return Err(AppError::NotFound);
        }
        let known = service.store.units().await?;
        let known = known
            .iter()
            .find(|it| it.municipality == code && it.id == *unit);
        let name = known.map_or_else(|| unit.to_string(), |it| it.name.get(visit.lang).to_owned());
        place = format!("{name}, {place}");
    }
    let release = service.release_of(&desk.wave)?;
    let address = open_link::whole(&visit, link, unit.as_ref());
    let sheet = PosterPage {
        wave,
        survey: release.survey().title.get(visit.lang).to_owned(),
        place,
        closes: city.closes,
        minutes: release.survey().minutes,
        qr_svg: qr::svg(&address).unwrap_or_default(),
        address,
    };
    Ok(page(render_poster(&sheet, &visit.ctx)))
}
