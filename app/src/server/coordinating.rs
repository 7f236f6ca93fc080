//! The coordinator's pages: sign-in by one-time link, waves, codes, progress, closing, findings.

pub(crate) mod codes;
pub(crate) mod home;
pub(crate) mod new_wave;
pub(crate) mod paper;
pub(crate) mod poster;
pub(crate) mod sign_in;
pub(crate) mod wave;

use surveys::{Lang, MunicipalityCode, WaveId};

use crate::access::{Action, Actor, Place, allows};
use crate::error::AppError;
use crate::server::service::Service;
use crate::server::visit::Visit;
use crate::store::{Coordinator, Wave};

/// A coordinator at a wave, with the municipalities of it that are in scope.
pub(crate) struct Desk {
    /// Who is signed in.
    pub(crate) coordinator: Coordinator,
    /// The wave.
    pub(crate) wave: Wave,
    /// Municipalities of the wave where the action is allowed.
    pub(crate) cities: Vec<MunicipalityCode>,
}

/// Returns the wave of an address, as far as the coordinator may do this there. A wave out of
/// scope looks as if there were none (AZ-3).
async fn desk(visit: &Visit, wave: &str, action: Action) -> Result<Desk, AppError> {
    let coordinator = visit.coordinator().await?;
    let wave = WaveId::new(wave).map_err(|_| AppError::NotFound)?;
    let wave = visit
        .app
        .service
        .store
        .wave(&wave)
        .await?
        .ok_or(AppError::NotFound)?;
    let cities: Vec<MunicipalityCode> = wave
        .cities
        .keys()
        .filter(|city| {
            allows(
                Actor::Coordinator(&coordinator),
                action,
                Place::Municipality(city),
            )
        })
        .cloned()
        .collect();
    if cities.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok(Desk {
        coordinator,
        wave,
        cities,
    })
}

/// Returns where the coordinator's own findings and handbook stand.
fn place_name(service: &Service, coordinator: &Coordinator) -> String {
    match coordinator {
        Coordinator::Network => "network".into(),
        Coordinator::Municipality(code) => match service.catalog.municipality(code) {
            Some(town) => town.slug.clone(),
            None => code.to_string(),
        },
    }
}

/// Returns the place in words.
async fn place_words(
    service: &Service,
    coordinator: &Coordinator,
    lang: Lang,
) -> Result<String, AppError> {
    Ok(match coordinator {
        Coordinator::Network => {
            let network = service.store.network().await?;
            network.map_or_else(|| "ICTeko".into(), |it| it.title.get(lang).to_owned())
        }
        Coordinator::Municipality(code) => city_words(service, code, lang),
    })
}

/// Returns a municipality's name.
fn city_words(service: &Service, code: &MunicipalityCode, lang: Lang) -> String {
    match service.catalog.municipality(code) {
        Some(town) => town.name.get(lang).to_owned(),
        None => code.to_string(),
    }
}
