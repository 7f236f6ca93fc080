//! The coordinator's home: waves, registers, handbook.

use axum::response::Response;

use super::{place_name, place_words};
use crate::access::{Action, Actor, Place, allows};
use crate::error::AppError;
use crate::pages::{CoordinatorHome, WaveRow, WaveState as Shown, render_coordinator_home};
use crate::server::published;
use crate::server::visit::{Visit, page};
use crate::store::{Coordinator, Wave, WaveCity, WaveState};

/// Shows the home.
pub(crate) async fn home(visit: Visit) -> Result<Response, AppError> {
    let coordinator = visit.coordinator().await?;
    let service = &visit.app.service;
    let is_own = |code: &surveys::MunicipalityCode| {
        let actor = Actor::Coordinator(&coordinator);
        allows(actor, Action::SeeProgress, Place::Municipality(code))
    };
    let mut waves = Vec::new();
    for wave in service.store.waves().await? {
        let own: Vec<&WaveCity> = wave
            .cities
            .iter()
            .filter(|(code, _)| is_own(code))
            .map(|(_, city)| city)
            .collect();
        if let Some(row) = row(&wave, &own, service.release_of(&wave)?.survey(), visit.lang) {
            waves.push(row);
        }
    }
    waves.sort_by(|left, right| (right.opens, &right.id).cmp(&(left.opens, &left.id)));
    let units = service.store.units().await?;
    let staff = service.store.staff().await?;
    let place = place_name(service, &coordinator);
    let home = CoordinatorHome {
        place: place_words(service, &coordinator, visit.lang).await?,
        waves,
        units: units
            .iter()
            .filter(|unit| is_own(&unit.municipality))
            .count(),
        staff: staff
            .iter()
            .filter(|number| is_own(&number.municipality))
            .map(|number| u64::from(number.staff))
            .sum(),
        handbook: published::newest_handbook(&service.folder, &place, visit.lang),
    };
    Ok(page(render_coordinator_home(&home, &visit.ctx)))
}

fn row(
    wave: &Wave,
    cities: &[&WaveCity],
    survey: &surveys::Survey,
    lang: surveys::Lang,
) -> Option<WaveRow> {
    Some(WaveRow {
        id: wave.id.to_string(),
        survey: survey.title.get(lang).to_owned(),
        state: together(cities)?,
        opens: cities.iter().map(|city| city.opens).min()?,
        closes: cities.iter().map(|city| city.closes).max()?,
    })
}

/// A wave is open while it is open anywhere, and frozen once it is everywhere.
pub(super) fn together(cities: &[&WaveCity]) -> Option<Shown> {
    let any = |state| cities.iter().any(|city| city.state == state);
    if cities.is_empty() {
        None
    } else if any(WaveState::Open) {
        Some(Shown::Open)
    } else if any(WaveState::Draft) {
        Some(Shown::Draft)
    } else if any(WaveState::Closed) {
        Some(Shown::Closed)
    } else {
        Some(Shown::Frozen)
    }
}

/// Returns the municipality whose page this is, none for the network.
pub(super) fn own_city(coordinator: &Coordinator) -> Option<&surveys::MunicipalityCode> {
    match coordinator {
        Coordinator::Network => None,
        Coordinator::Municipality(code) => Some(code),
    }
}
