//! The released network figures of somebody's role group, to stand beside the own levels.
//!
//! They come from published findings files only: the newest release about the network of the
//! newest wave of the same survey. A file is read once and kept until another takes its place,
//! since it holds far more than a profile shows.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use findings::{Cell, Population, Table};
use surveys::dataset::Origin;
use surveys::{RoleGroupId, SurveyId, WaveId};

use crate::error::AppError;
use crate::server::published;
use crate::server::service::Service;

/// The table of the mean self-rating by area and role group.
const TABLE: &str = "area.mean";

/// The released means of every role group.
#[derive(Debug)]
pub(crate) struct Released {
    /// The wave.
    pub(crate) wave: WaveId,
    /// Whether the answers were invented.
    pub(crate) simulated: bool,
    /// Mean by area and role group.
    table: Table,
}

impl Released {
    /// Returns a group's figure in an area that is asked on this scale.
    pub(crate) fn cell(&self, area: &str, group: &RoleGroupId, scale: [f64; 2]) -> Option<&Cell> {
        let same = |own: f64, there: f64| (own - there).abs() < f64::EPSILON;
        let [low, high] = self.table.scale()?;
        (same(scale[0], low) && same(scale[1], high)).then_some(())?;
        self.table.cell(&[area, group.as_str()])
    }

    /// Returns the table that the cells are of.
    pub(crate) fn table(&self) -> &Table {
        &self.table
    }
}

/// A file as it was when it was read.
type Stamp = (PathBuf, Option<SystemTime>, SurveyId);

/// A file with what it holds; nothing where it has no such figures.
type Kept = (Stamp, Option<Arc<Released>>);

/// The file that was read last.
#[derive(Default)]
pub(crate) struct Peers(Mutex<Option<Kept>>);

impl Peers {
    /// Returns the newest released figures of a survey, if there are any.
    pub(crate) async fn of(
        &self,
        service: &Service,
        survey: &SurveyId,
    ) -> Result<Option<Arc<Released>>, AppError> {
        let mut waves = service.store.waves().await?;
        waves.retain(|wave| wave.survey == *survey);
        // The newest is the one that closes last.
        waves.sort_by_key(|wave| wave.cities.values().map(|city| city.closes).max());
        for wave in waves.iter().rev() {
            let numbers = published::releases(&service.folder, &wave.id, "network");
            if let Some(number) = numbers.first() {
                return Ok(self.read(service, survey, &wave.id, *number).await);
            }
        }
        Ok(None)
    }

    async fn read(
        &self,
        service: &Service,
        survey: &SurveyId,
        wave: &WaveId,
        number: u32,
    ) -> Option<Arc<Released>> {
        let path = published::findings_file(&service.folder, wave, number, "network");
        let changed = std::fs::metadata(&path).and_then(|it| it.modified()).ok();
        let stamp: Stamp = (path, changed, survey.clone());
        if let Some((known, released)) = &*self.lock()
            && *known == stamp
        {
            return released.clone();
        }
        let (path, survey, wave) = (stamp.0.clone(), survey.clone(), wave.clone());
        let read = tokio::task::spawn_blocking(move || released(&path, &survey, wave));
        // A task that was cancelled says nothing of the file; the next profile reads it again.
        let released = read.await.ok()?.map(Arc::new);
        *self.lock() = Some((stamp, released.clone()));
        released
    }

    fn lock(&self) -> MutexGuard<'_, Option<Kept>> {
        // What is kept is whole whatever happened to another thread.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn released(path: &std::path::Path, survey: &SurveyId, wave: WaveId) -> Option<Released> {
    let text = std::fs::read_to_string(path).ok()?;
    let found = match findings::Findings::from_json(&text) {
        Ok(found) => found,
        Err(problem) => {
            tracing::warn!(file = %path.display(), %problem, "profiles leave this file out");
            return None;
        }
    };
    let of_survey = |line: &String| line.split('@').next() == Some(survey.as_str());
    let fits = found.population == Population::Network
        && found.wave == wave.as_str()
        && found.produced.instruments.iter().any(of_survey);
    let table = found.table(TABLE).filter(|_| fits)?.clone();
    (table.dims() == ["area", "role_group"]).then_some(Released {
        wave,
        simulated: found.origin == Origin::Simulated,
        table,
    })
}
