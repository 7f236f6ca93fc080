//! Released instruments that waves have used: a wave pins one release for good.

use surveys::{ReleaseNumber, SurveyId};

use super::{Store, StoreError, database::query, failure::number};

/// A release as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// The survey.
    pub survey: SurveyId,
    /// The number of the release.
    pub release: ReleaseNumber,
    /// SHA-256 of the canonical text, in hexadecimal.
    pub sha256: String,
    /// The canonical text.
    pub definition: String,
}

impl Store {
    /// Keeps a release. A release that is there already must be the same.
    ///
    /// # Errors
    /// When another text was kept under the same number, or the database fails.
    pub async fn record_instrument(&self, instrument: Instrument) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                query(
                    "INSERT INTO instruments (survey, release, sha256, definition)
                     VALUES ($1, $2, $3, $4) ON CONFLICT (survey, release) DO NOTHING",
                )
                .bind(instrument.survey.as_str())
                .bind(i64::from(instrument.release))
                .bind(&instrument.sha256)
                .bind(&instrument.definition)
                .execute(&mut *tx)
                .await?;
                let (kept,): (String,) =
                    query("SELECT sha256 FROM instruments WHERE survey = $1 AND release = $2")
                        .bind(instrument.survey.as_str())
                        .bind(i64::from(instrument.release))
                        .fetch_one(&mut *tx)
                        .await?;
                if kept == instrument.sha256 {
                    return Ok(());
                }
                Err(StoreError::Refused(format!(
                    "release {} of `{}` is kept with digest {kept}; a release never changes, \
                     number the new text as the next one",
                    instrument.release, instrument.survey
                )))
            })
        })
        .await
    }

    /// Returns every release that waves have used.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn instruments(&self) -> Result<Vec<Instrument>, StoreError> {
        let rows: Vec<(String, i64, String, String)> = query(
            "SELECT survey, release, sha256, definition FROM instruments ORDER BY survey, release",
        )
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter()
            .map(|(survey, release, sha256, definition)| {
                Ok(Instrument {
                    survey: super::failure::id("instruments", survey)?,
                    release: number("instruments", release)?,
                    sha256,
                    definition,
                })
            })
            .collect()
    }
}
