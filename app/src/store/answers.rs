//! Mixed answers, as the dataset takes them: no key, no order of sending.

use surveys::{MunicipalityCode, ReleaseNumber, UnitId, WaveId};

use super::{
    Store, StoreError,
    database::query,
    failure::{id, number},
};

/// An answer without anything that tells whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The wave.
    pub wave: WaveId,
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// The unit.
    pub unit: UnitId,
    /// The release that was answered.
    pub release: ReleaseNumber,
    /// The response as JSON.
    pub response: String,
}

impl Store {
    /// Returns the mixed answers of a wave, sorted by what they hold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answers(&self, wave: &WaveId) -> Result<Vec<StoredAnswer>, StoreError> {
        let rows: Vec<(String, String, i64, String)> = query(
            "SELECT municipality, unit, release, response FROM answers WHERE wave = $1
             ORDER BY municipality, unit, release, response",
        )
        .bind(wave.as_str())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(municipality, unit, release, response)| {
                Ok(StoredAnswer {
                    wave: wave.clone(),
                    municipality: id("answers", municipality)?,
                    unit: id("answers", unit)?,
                    release: number("answers", release)?,
                    response,
                })
            })
            .collect()
    }

    /// Returns how many answers of a wave are kept, mixed or waiting.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn kept_answers(&self, wave: &WaveId) -> Result<u64, StoreError> {
        let (kept,): (i64,) = query(
            "SELECT (SELECT COUNT(*) FROM answers WHERE wave = $1)
                  + (SELECT COUNT(*) FROM inbox WHERE wave = $1)",
        )
        .bind(wave.as_str())
        .fetch_one(&self.readers)
        .await?;
        number("answers", kept)
    }
}
