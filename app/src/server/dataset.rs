//! From stored answers to what `exchange` writes as a dataset folder.
//!
//! Only waves that are closed and swept go out: everything in them has been mixed.

use exchange::dataset::{Dataset, DatasetAnswer, FrameNumber};
use surveys::dataset::Origin;
use surveys::network::Unit;
use surveys::{Catalog, MunicipalityCode, Release, WaveId};

use crate::server::service::{Service, ServiceError};
use crate::server::waves::in_grace;
use crate::store::{Mode, StoreError, Wave, WaveState};

/// Everything a dataset folder is made of.
#[derive(Clone, Debug)]
pub struct DatasetInput {
    /// Whether the answers are invented.
    pub origin: Origin,
    /// Every release that was answered.
    pub releases: Vec<Release>,
    /// The catalogue of the program.
    pub catalog: Catalog,
    /// The answers, sorted by what they hold.
    pub answers: Vec<DatasetAnswer>,
    /// Whom the waves concerned.
    pub frame: Vec<FrameNumber>,
    /// Names of units.
    pub units: Vec<Unit>,
    /// Waves and municipalities that were answered over an open link.
    pub open_link: Vec<(WaveId, MunicipalityCode)>,
}

impl DatasetInput {
    /// Returns the input in the form that `exchange` writes; `program` goes into the manifest.
    #[must_use]
    pub fn as_dataset<'a>(&'a self, program: &'a str) -> Dataset<'a> {
        Dataset {
            origin: self.origin,
            releases: &self.releases,
            catalog: &self.catalog,
            answers: &self.answers,
            frame: &self.frame,
            units: &self.units,
            open_link: &self.open_link,
            program,
        }
    }
}

impl Service {
    /// Returns what a dataset of these waves is made of, after mixing what is due.
    ///
    /// # Errors
    /// When a wave is unknown or not yet closed and mixed everywhere, or a stored answer cannot
    /// be read.
    pub async fn dataset(&self, waves: &[WaveId]) -> Result<DatasetInput, ServiceError> {
        let mut input = DatasetInput {
            origin: Origin::Collected,
            releases: Vec::new(),
            catalog: self.catalog.clone(),
            answers: Vec::new(),
            frame: Vec::new(),
            units: self.store.units().await?,
            open_link: Vec::new(),
        };
        self.finish_closed().await?;
        for id in waves {
            let wave = self.wave(id).await?;
            if let Some(why) = not_ready(&wave) {
                return Err(ServiceError::Refused(why));
            }
            if wave.simulated {
                input.origin = Origin::Simulated;
            }
            for (code, city) in &wave.cities {
                if city.mode == Mode::OpenLink {
                    input.open_link.push((id.clone(), code.clone()));
                }
            }
            let release = self.release_of(&wave)?;
            if !input.releases.contains(&release) {
                input.releases.push((*release).clone());
            }
            self.add_wave(&mut input, id).await?;
        }
        Ok(input)
    }

    async fn add_wave(&self, input: &mut DatasetInput, wave: &WaveId) -> Result<(), ServiceError> {
        for answer in self.store.answers(wave).await? {
            let response = serde_json::from_str(&answer.response).map_err(|error| {
                ServiceError::Store(StoreError::Row {
                    table: "answers",
                    reason: error.to_string(),
                })
            })?;
            input.answers.push(DatasetAnswer {
                wave: answer.wave,
                municipality: answer.municipality,
                unit: Some(answer.unit),
                response,
            });
        }
        for number in self.store.wave_staff(wave).await? {
            input.frame.push(FrameNumber {
                wave: wave.clone(),
                municipality: number.municipality,
                unit: number.unit,
                role: number.role,
                staff: number.staff,
            });
        }
        Ok(())
    }
}

/// Says what is in the way of a wave's dataset, and what to do about it.
fn not_ready(wave: &Wave) -> Option<String> {
    let (code, city) = wave.cities.iter().find(|(_, city)| !city.swept)?;
    let id = &wave.id;
    Some(match city.state {
        WaveState::Draft => {
            format!("the wave `{id}` has not been opened in {code}; there are no answers")
        }
        WaveState::Open => format!("the wave `{id}` is not closed in {code}; close it first"),
        WaveState::Closed | WaveState::Frozen => in_grace(wave)
            .unwrap_or_else(|| format!("the wave `{id}` is not mixed in {code}; close it again")),
    })
}
