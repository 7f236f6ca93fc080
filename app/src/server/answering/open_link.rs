//! An open link (mode A): whoever follows it gets a code of their own, made in this visit, and from
//! there on answers as with a code that a city handed out. Nobody else ever holds the code, so
//! drafts stay sealed (AN-20); that somebody answers once only is asked for, not enforced.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use surveys::{MunicipalityCode, UnitId};

use super::{
    entry::{self, On},
    way_on,
};
use crate::error::AppError;
use crate::pages::{
    Choice, OpenLinkPage, ResumeCodePage, address, render_open_link, render_resume_code,
};
use crate::server::posted::{Fields, field, fields};
use crate::server::visit::{Visit, page, page_with, with_cookies};
use crate::server::waves::last_day;
use crate::store::{Batch, KnownCode, OpenLink, Wave, WaveState};

/// Where a link leads.
struct Target {
    wave: Wave,
    municipality: MunicipalityCode,
    /// The unit of the address, where it has one.
    unit: Option<UnitId>,
}

/// Shows the page behind a city's link. Opening it makes nothing.
pub(crate) async fn of_city(
    Path((_, link)): Path<(String, String)>,
    visit: Visit,
) -> Result<Response, AppError> {
    let target = Target::find(&visit, &link, None).await?;
    target.show(&visit).await
}

/// Shows the page behind a unit's link.
pub(crate) async fn of_unit(
    Path((_, link, unit)): Path<(String, String, String)>,
    visit: Visit,
) -> Result<Response, AppError> {
    let target = Target::find(&visit, &link, Some(&unit)).await?;
    target.show(&visit).await
}

/// Begins a questionnaire over a city's link, for the unit that was chosen.
pub(crate) async fn begin_in_city(
    Path((_, link)): Path<(String, String)>,
    visit: Visit,
    form: Fields,
) -> Result<Response, AppError> {
    let sent = fields(form, &["unit", "go"])?;
    let target = Target::find(&visit, &link, None).await?;
    let chosen = field(&sent, "unit").and_then(|text| UnitId::new(text).ok());
    match chosen.filter(|unit| target.has(unit)) {
        Some(unit) => target.begin(&visit, unit, on(&sent)).await,
        None => {
            let shown = OpenLinkPage {
                no_unit: true,
                ..target.page(&visit).await?
            };
            let html = render_open_link(&shown, &visit.ctx);
            Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, html))
        }
    }
}

/// Begins a questionnaire over a unit's link.
pub(crate) async fn begin_in_unit(
    Path((_, link, unit)): Path<(String, String, String)>,
    visit: Visit,
    form: Fields,
) -> Result<Response, AppError> {
    let sent = fields(form, &["unit", "go"])?;
    let target = Target::find(&visit, &link, Some(&unit)).await?;
    let unit = target.unit.clone().ok_or(AppError::NotFound)?;
    target.begin(&visit, unit, on(&sent)).await
}

/// Returns which of the two buttons was pressed.
fn on(sent: &[(String, String)]) -> On {
    match field(sent, "go") {
        Some("paper") => On::Paper,
        _ => On::Screen,
    }
}

impl Target {
    /// A link that leads nowhere looks like any page that is not there.
    async fn find(visit: &Visit, link: &str, unit: Option<&str>) -> Result<Target, AppError> {
        let link = parsed(link).ok_or(AppError::NotFound)?;
        let found = visit.app.service.behind_link(link).await?;
        let (wave, municipality) = found.ok_or(AppError::NotFound)?;
        let unit = unit.map(|unit| UnitId::new(unit).map_err(|_| AppError::NotFound));
        let target = Target {
            wave,
            municipality,
            unit: unit.transpose()?,
        };
        match &target.unit {
            Some(unit) if !target.has(unit) => Err(AppError::NotFound),
            _ => target.open(),
        }
    }

    fn open(self) -> Result<Target, AppError> {
        let city = self.wave.cities.get(&self.municipality);
        let city = city.ok_or(AppError::NotFound)?;
        match city.state {
            WaveState::Open => Ok(self),
            WaveState::Draft => Err(AppError::NotOpen(Some(city.opens))),
            WaveState::Closed | WaveState::Frozen => Err(AppError::Closed(Some(last_day(city)))),
        }
    }

    fn has(&self, unit: &UnitId) -> bool {
        let units = self.wave.units.get(&self.municipality);
        units.is_some_and(|units| units.contains(unit))
    }

    async fn show(&self, visit: &Visit) -> Result<Response, AppError> {
        Ok(page(render_open_link(&self.page(visit).await?, &visit.ctx)))
    }

    async fn page(&self, visit: &Visit) -> Result<OpenLinkPage, AppError> {
        let service = &visit.app.service;
        let release = service.release_of(&self.wave)?;
        let survey = release.survey();
        let town = service.catalog.municipality(&self.municipality);
        let mut units = Vec::new();
        for unit in service.store.units().await? {
            if unit.municipality == self.municipality && self.has(&unit.id) {
                units.push(Choice::new(unit.id.as_str(), unit.name.get(visit.lang)));
            }
        }
        let own = |choice: &&Choice| {
            Some(&choice.value)
                == self
                    .unit
                    .as_ref()
                    .map(UnitId::as_str)
                    .map(str::to_owned)
                    .as_ref()
        };
        Ok(OpenLinkPage {
            survey: survey.title.get(visit.lang).to_owned(),
            minutes: survey.minutes,
            city: town.map_or_else(
                || self.municipality.to_string(),
                |town| town.name.get(visit.lang).to_owned(),
            ),
            unit: units.iter().find(own).map(|it| it.text.clone()),
            units,
            no_unit: false,
            begun: self.begun(visit).await,
        })
    }

    /// Somebody may have begun on this device and followed the link again.
    async fn begun(&self, visit: &Visit) -> Option<String> {
        let respondent = visit.respondent().await.ok()?;
        (respondent.row.wave == self.wave.id).then(|| way_on(visit, &respondent.draft))
    }

    /// Makes the visit's code and its draft, and shows the code this once.
    async fn begin(&self, visit: &Visit, unit: UnitId, on: On) -> Result<Response, AppError> {
        if !visit.app.limits.admits_beginning(visit.sender) {
            return Err(AppError::TooMany);
        }
        let batch = Batch {
            wave: self.wave.id.clone(),
            municipality: self.municipality.clone(),
            unit,
        };
        let service = &visit.app.service;
        let (code, hash) = service.visit_code(batch.clone()).await?;
        let shown = ResumeCodePage {
            code: code.to_string(),
            paper: on == On::Paper,
        };
        let secret = entry::derive(visit, code).await?;
        let known = KnownCode {
            batch,
            spent: false,
        };
        entry::begin(visit, &secret, hash, known, on).await?;
        // The other languages lead to the next page: the code is shown by this answer alone.
        let next = match on {
            On::Screen => "/answer/privacy",
            On::Paper => "/answer/position",
        };
        let ctx = crate::pages::PageContext {
            path: next.to_owned(),
            ..visit.ctx.clone()
        };
        let shown = page(render_resume_code(&shown, &ctx));
        Ok(with_cookies(shown, entry::answering(visit, &secret)))
    }
}

/// Returns what stands in the address of a link.
pub(crate) fn written(link: OpenLink) -> String {
    data_encoding::BASE32_NOPAD.encode(&link.0).to_lowercase()
}

fn parsed(text: &str) -> Option<OpenLink> {
    let bytes = data_encoding::BASE32_NOPAD
        .decode(text.to_uppercase().as_bytes())
        .ok()?;
    Some(OpenLink(bytes.try_into().ok()?))
}

/// Returns the whole address of a link for people to follow.
pub(crate) fn whole(visit: &Visit, link: OpenLink, unit: Option<&UnitId>) -> String {
    let path = address::open_link(visit.lang, &written(link), unit.map(UnitId::as_str));
    format!("{}{path}", visit.app.public_url)
}
