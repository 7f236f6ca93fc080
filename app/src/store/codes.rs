//! Codes: keyed hashes and the batch each belongs to, nothing else (AN-4). Where a wave is answered
//! by an open link, each visit makes a code of its own, and everything after it is the same.

use surveys::{MunicipalityCode, UnitId, WaveId};

use super::{
    Store, StoreError,
    database::{Connection, query},
    failure::{bytes, id, random_key},
};

/// The keyed hash of a code; the key is outside the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CodeHash(pub [u8; 32]);

/// The random identity of a batch of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchId(pub [u8; 16]);

/// What codes of a batch have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The wave.
    pub wave: WaveId,
    /// The municipality.
    pub municipality: MunicipalityCode,
    /// The unit.
    pub unit: UnitId,
}

/// What the store knows about a code that somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownCode {
    /// Its batch.
    pub batch: Batch,
    /// Whether an answer was sent with it.
    pub spent: bool,
}

impl Store {
    /// Keeps a batch of codes. They are written in the order of their hashes, so that the order
    /// of making leaves no trace.
    ///
    /// # Errors
    /// When the wave does not concern the unit, or is closed there.
    pub async fn record_codes(
        &self,
        batch: Batch,
        mut hashes: Vec<CodeHash>,
    ) -> Result<BatchId, StoreError> {
        hashes.sort_unstable();
        self.write(move |tx| Box::pin(insert_codes(tx, batch, hashes)))
            .await
    }

    /// Keeps the code that a visit over an open link has made for itself.
    ///
    /// # Errors
    /// When the wave is not answered by an open link there, or is not open.
    pub async fn record_visit_code(&self, batch: Batch, hash: CodeHash) -> Result<(), StoreError> {
        self.write(move |tx| Box::pin(insert_visit_code(tx, batch, hash)))
            .await
    }

    /// Makes every unspent code of a batch worthless.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_codes(&self, batch: BatchId) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                query("UPDATE batches SET revoked = 1 WHERE batch = $1")
                    .bind(batch.0.as_slice())
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// Returns what is known of a code; a revoked one is as unknown as one never made (AN-7).
    ///
    /// # Errors
    /// When the database fails.
    pub async fn code(&self, hash: &CodeHash) -> Result<Option<KnownCode>, StoreError> {
        let row: Option<(String, String, String, Option<Vec<u8>>)> = query(
            "SELECT b.wave, b.municipality, b.unit, s.code_hash FROM codes c
             JOIN batches b ON b.batch = c.batch
             LEFT JOIN spent_codes s ON s.code_hash = c.code_hash
             WHERE c.code_hash = $1 AND (b.revoked = 0 OR s.code_hash IS NOT NULL)",
        )
        .bind(hash.0.as_slice())
        .fetch_optional(&self.readers)
        .await?;
        let Some((wave, municipality, unit, spent)) = row else {
            return Ok(None);
        };
        let spent = spent
            .map(|hash| bytes::<32>("spent_codes", hash))
            .transpose()?;
        Ok(Some(KnownCode {
            batch: Batch {
                wave: id("batches", wave)?,
                municipality: id("batches", municipality)?,
                unit: id("batches", unit)?,
            },
            spent: spent.is_some(),
        }))
    }
}

async fn insert_codes(
    tx: &mut Connection,
    batch: Batch,
    hashes: Vec<CodeHash>,
) -> Result<BatchId, StoreError> {
    let usable: Option<(i64,)> = query(
        "SELECT CAST(1 AS BIGINT) FROM wave_units u
         JOIN wave_municipalities m ON m.wave = u.wave AND m.municipality = u.municipality
         WHERE u.wave = $1 AND u.municipality = $2 AND u.unit = $3
           AND m.mode = 'B' AND m.state IN ('draft', 'open')",
    )
    .bind(batch.wave.as_str())
    .bind(batch.municipality.as_str())
    .bind(batch.unit.as_str())
    .fetch_optional(&mut *tx)
    .await?;
    if usable.is_none() {
        return Err(StoreError::Refused(format!(
            "the wave `{}` takes no codes for unit `{}` of {}: it does not concern the unit, is answered by an open link, or is closed",
            batch.wave, batch.unit, batch.municipality
        )));
    }
    let key = insert_batch(tx, &batch).await?;
    for hash in hashes {
        insert_code(tx, &hash, &key.0).await?;
    }
    Ok(key)
}

/// Writes the row of a batch under a fresh key.
pub(super) async fn insert_batch(
    tx: &mut Connection,
    batch: &Batch,
) -> Result<BatchId, StoreError> {
    let key = random_key::<16>()?;
    query(
        "INSERT INTO batches (batch, wave, municipality, unit, revoked) VALUES ($1, $2, $3, $4, 0)",
    )
    .bind(key.as_slice())
    .bind(batch.wave.as_str())
    .bind(batch.municipality.as_str())
    .bind(batch.unit.as_str())
    .execute(tx)
    .await?;
    Ok(BatchId(key))
}

async fn insert_code(tx: &mut Connection, hash: &CodeHash, batch: &[u8]) -> Result<(), StoreError> {
    query("INSERT INTO codes (code_hash, batch) VALUES ($1, $2)")
        .bind(hash.0.as_slice())
        .bind(batch)
        .execute(tx)
        .await?;
    Ok(())
}

async fn insert_visit_code(
    tx: &mut Connection,
    batch: Batch,
    hash: CodeHash,
) -> Result<(), StoreError> {
    // The unit's batch was made with the wave.
    let row: Option<(Vec<u8>,)> = query(
        "SELECT b.batch FROM batches b
         JOIN wave_municipalities m ON m.wave = b.wave AND m.municipality = b.municipality
         WHERE b.wave = $1 AND b.municipality = $2 AND b.unit = $3 AND b.revoked = 0
           AND m.mode = 'A' AND m.state = 'open'",
    )
    .bind(batch.wave.as_str())
    .bind(batch.municipality.as_str())
    .bind(batch.unit.as_str())
    .fetch_optional(&mut *tx)
    .await?;
    match row {
        Some((key,)) => insert_code(tx, &hash, &key).await,
        None => Err(StoreError::Refused(format!(
            "the wave `{}` is not open to a link for unit `{}` of {}",
            batch.wave, batch.unit, batch.municipality
        ))),
    }
}
