//! Return codes: whoever holds one sees the own answer again or withdraws it, until the wave is
//! frozen (AN-19).
//!
//! The answer's row carries a keyed hash of its return code and nothing that leads to the code it
//! was sent with, its draft or its submission mark. Withdrawing takes the answer away and leaves
//! the spent mark, since nobody knows which one it is.

use surveys::{MunicipalityCode, ReleaseNumber, WaveId};

use super::{
    Store, StoreError,
    database::query,
    failure::{id, number},
};

/// The keyed hash of a return code; the key is outside the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnHash(pub [u8; 32]);

/// An answer as its owner gets it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The wave.
    pub wave: WaveId,
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// The release that was answered.
    pub release: ReleaseNumber,
    /// The response as JSON.
    pub response: String,
}

impl Store {
    /// Returns the answer of a return code, mixed or still waiting; nothing where there is none,
    /// it was withdrawn, or the wave is frozen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn returned(&self, hash: &ReturnHash) -> Result<Option<Returned>, StoreError> {
        let row: Option<(String, String, i64, String)> = query(
            "SELECT wave, municipality, release, response FROM answers WHERE return_hash = $1
             UNION ALL
             SELECT wave, municipality, release, response FROM inbox WHERE return_hash = $1",
        )
        .bind(hash.0.as_slice())
        .fetch_optional(&self.readers)
        .await?;
        row.map(|(wave, municipality, release, response)| {
            Ok(Returned {
                wave: id("answers", wave)?,
                municipality: id("answers", municipality)?,
                release: number("answers", release)?,
                response,
            })
        })
        .transpose()
    }

    /// Takes an answer away for good, and returns whether there was one. Its bytes are written over
    /// and the log is emptied.
    ///
    /// # Errors
    /// When the database fails; then the answer may still be there, and withdrawing again is safe.
    pub async fn withdraw(&self, hash: &ReturnHash) -> Result<bool, StoreError> {
        let hash = *hash;
        let gone = self
            .write(move |tx| {
                Box::pin(async move {
                    let mut gone = 0;
                    for text in [
                        "DELETE FROM inbox WHERE return_hash = $1",
                        "DELETE FROM answers WHERE return_hash = $1",
                    ] {
                        let done = query(text).bind(hash.0.to_vec());
                        gone += done.execute(&mut *tx).await?.rows_affected();
                    }
                    Ok(gone > 0)
                })
            })
            .await?;
        self.forget_deleted(gone).await?;
        Ok(gone)
    }
}
