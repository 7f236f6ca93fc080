//! Mixing: answers leave the inbox in random order with new keys, so that nothing tells which
//! code one came with (AN-10, AN-11).
//!
//! During a wave a city's inbox is mixed whenever enough answers wait. At closing the rest is
//! mixed together with all answers of the city, and the file is rewritten.

use std::sync::LazyLock;

use jiff::Timestamp;
use surveys::{MunicipalityCode, WaveId};

use super::{
    Store, StoreError, Weakness,
    database::{Connection, query, rows_of_places},
    failure::{id, number, random_key},
};

/// An answer on the move: unit, release, response, hash of its return code.
type Moving = (String, i64, String, Option<Vec<u8>>);

/// A wave in a municipality.
type City = (WaveId, MunicipalityCode);

impl Store {
    /// Mixes a city's inbox if enough answers wait, and returns how many were moved.
    ///
    /// # Errors
    /// When the database fails; then the answers still wait.
    pub async fn mix_if_due(
        &self,
        wave: &WaveId,
        municipality: &MunicipalityCode,
    ) -> Result<usize, StoreError> {
        let (wave, municipality) = (wave.clone(), municipality.clone());
        let weakness = self.weakness;
        let moved = self
            .write(move |tx| Box::pin(async move { mix(tx, &wave, &municipality, weakness).await }))
            .await?;
        if moved > 0 {
            self.truncate_log().await?;
        }
        Ok(moved)
    }

    /// Mixes every inbox that is due, as after a restart.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn mix_all_due(&self) -> Result<(), StoreError> {
        let waiting: Vec<(String, String)> = query("SELECT DISTINCT wave, municipality FROM inbox")
            .fetch_all(&self.readers)
            .await?;
        for (wave, municipality) in waiting {
            self.mix_if_due(&id("inbox", wave)?, &id("inbox", municipality)?)
                .await?;
        }
        self.truncate_log().await
    }

    /// Ends every wave whose grace is over: the inbox is emptied, drafts go, the file is
    /// rewritten. Returns the cities that were swept.
    ///
    /// # Errors
    /// When the database fails; what was not swept is swept by the next call.
    pub async fn sweep_closed(&self, now: Timestamp) -> Result<Vec<City>, StoreError> {
        let due: Vec<(String, String)> = query(
            "SELECT wave, municipality FROM wave_municipalities
             WHERE state = 'closed' AND swept = 0 AND grace_until < $1
             ORDER BY wave, municipality",
        )
        .bind(now.as_second())
        .fetch_all(&self.readers)
        .await?;
        let mut swept = Vec::new();
        let weakness = self.weakness;
        for (wave, municipality) in due {
            let city: City = (id("waves", wave)?, id("waves", municipality)?);
            let (wave, municipality) = city.clone();
            self.write(move |tx| {
                Box::pin(async move { sweep(tx, &wave, &municipality, weakness).await })
            })
            .await?;
            swept.push(city);
        }
        if !swept.is_empty() {
            self.vacuum().await?;
        }
        Ok(swept)
    }

    /// Freezes a swept wave: codes, spent marks, submission marks and hashes of return codes go
    /// (AN-12, AN-19).
    ///
    /// # Errors
    /// When the wave is not closed and swept there.
    pub async fn freeze_wave(
        &self,
        wave: &WaveId,
        municipality: &MunicipalityCode,
    ) -> Result<(), StoreError> {
        let (wave, municipality) = (wave.clone(), municipality.clone());
        self.write(move |tx| Box::pin(async move { freeze(tx, &wave, &municipality).await }))
            .await?;
        self.vacuum().await
    }
}

async fn mix(
    tx: &mut Connection,
    wave: &WaveId,
    municipality: &MunicipalityCode,
    weakness: Weakness,
) -> Result<usize, StoreError> {
    let waiting = take_inbox(tx, wave, municipality).await?;
    let least = mixing_size(tx, wave, municipality).await?;
    if waiting.len() < least {
        return Ok(0);
    }
    delete_inbox(tx, wave, municipality, weakness).await?;
    insert_mixed(tx, wave, municipality, waiting).await
}

/// The few that are left hide among all answers of the city: all of them get new keys.
async fn sweep(
    tx: &mut Connection,
    wave: &WaveId,
    municipality: &MunicipalityCode,
    weakness: Weakness,
) -> Result<(), StoreError> {
    let mut all = take_inbox(tx, wave, municipality).await?;
    let kept: Vec<Moving> = query(
        "SELECT unit, release, response, return_hash FROM answers
         WHERE wave = $1 AND municipality = $2",
    )
    .bind(wave.as_str())
    .bind(municipality.as_str())
    .fetch_all(&mut *tx)
    .await?;
    all.extend(kept);
    delete_inbox(tx, wave, municipality, weakness).await?;
    for text in [
        "DELETE FROM answers WHERE wave = $1 AND municipality = $2",
        "DELETE FROM drafts WHERE wave = $1 AND municipality = $2",
    ] {
        query(text)
            .bind(wave.as_str())
            .bind(municipality.as_str())
            .execute(&mut *tx)
            .await?;
    }
    // Where nobody answered there is nobody to protect.
    let small = (1..mixing_size(tx, wave, municipality).await?).contains(&all.len());
    insert_mixed(tx, wave, municipality, all).await?;
    query(
        "UPDATE wave_municipalities SET swept = 1, small_group = $3
         WHERE wave = $1 AND municipality = $2",
    )
    .bind(wave.as_str())
    .bind(municipality.as_str())
    .bind(i64::from(small))
    .execute(tx)
    .await?;
    Ok(())
}

async fn freeze(
    tx: &mut Connection,
    wave: &WaveId,
    municipality: &MunicipalityCode,
) -> Result<(), StoreError> {
    let changed = query(
        "UPDATE wave_municipalities SET state = 'frozen'
         WHERE wave = $1 AND municipality = $2 AND state = 'closed' AND swept = 1",
    )
    .bind(wave.as_str())
    .bind(municipality.as_str())
    .execute(&mut *tx)
    .await?;
    if changed.rows_affected() != 1 {
        return Err(StoreError::Refused(format!(
            "the wave `{wave}` is not closed and past its grace in {municipality}"
        )));
    }
    for text in [
        "DELETE FROM spent_codes WHERE code_hash IN (SELECT c.code_hash FROM codes c
         JOIN batches b ON b.batch = c.batch WHERE b.wave = $1 AND b.municipality = $2)",
        "DELETE FROM codes WHERE batch IN
         (SELECT batch FROM batches WHERE wave = $1 AND municipality = $2)",
        "DELETE FROM batches WHERE wave = $1 AND municipality = $2",
        "DELETE FROM submissions WHERE wave = $1 AND municipality = $2",
        "UPDATE answers SET return_hash = NULL WHERE wave = $1 AND municipality = $2",
    ] {
        query(text)
            .bind(wave.as_str())
            .bind(municipality.as_str())
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

async fn mixing_size(
    tx: &mut Connection,
    wave: &WaveId,
    municipality: &MunicipalityCode,
) -> Result<usize, StoreError> {
    let (size,): (i64,) =
        query("SELECT mixing_size FROM wave_municipalities WHERE wave = $1 AND municipality = $2")
            .bind(wave.as_str())
            .bind(municipality.as_str())
            .fetch_one(tx)
            .await?;
    number("wave_municipalities", size)
}

async fn take_inbox(
    tx: &mut Connection,
    wave: &WaveId,
    municipality: &MunicipalityCode,
) -> Result<Vec<Moving>, StoreError> {
    query(
        "SELECT unit, release, response, return_hash FROM inbox
         WHERE wave = $1 AND municipality = $2",
    )
    .bind(wave.as_str())
    .bind(municipality.as_str())
    .fetch_all(tx)
    .await
}

/// A row of the inbox that stays: entry, mark, content hash, wave, municipality, unit, release,
/// response, return hash.
type Waiting = (
    Vec<u8>,
    Vec<u8>,
    Vec<u8>,
    String,
    String,
    String,
    i64,
    String,
    Option<Vec<u8>>,
);

/// Takes a city's rows out of the inbox. SQLite overwrites what is deleted; in PostgreSQL a
/// deleted row can still be read in the file, so there the table is emptied as a whole, which
/// makes a new file, and what still waits is written anew (AN-11).
async fn delete_inbox(
    tx: &mut Connection,
    wave: &WaveId,
    municipality: &MunicipalityCode,
    weakness: Weakness,
) -> Result<(), StoreError> {
    if !tx.is_postgres() || weakness == Weakness::DeletedRowsStay {
        query("DELETE FROM inbox WHERE wave = $1 AND municipality = $2")
            .bind(wave.as_str())
            .bind(municipality.as_str())
            .execute(tx)
            .await?;
        return Ok(());
    }
    // The keys are random: their order tells nothing.
    let others: Vec<Waiting> = query(
        "SELECT entry, mark, content_hash, wave, municipality, unit, release, response,
         return_hash FROM inbox WHERE wave <> $1 OR municipality <> $2 ORDER BY entry",
    )
    .bind(wave.as_str())
    .bind(municipality.as_str())
    .fetch_all(&mut *tx)
    .await?;
    tx.run("TRUNCATE inbox").await?;
    for (entry, mark, content, wave, municipality, unit, release, response, back) in others {
        query(
            "INSERT INTO inbox
             (entry, mark, content_hash, wave, municipality, unit, release, response, return_hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(entry)
        .bind(mark)
        .bind(content)
        .bind(wave)
        .bind(municipality)
        .bind(unit)
        .bind(release)
        .bind(response)
        .bind(back)
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Writes answers in the order of fresh random keys: neither the keys nor the places they take
/// in the file tell of the order in which they came.
async fn insert_mixed(
    tx: &mut Connection,
    wave: &WaveId,
    municipality: &MunicipalityCode,
    moving: Vec<Moving>,
) -> Result<usize, StoreError> {
    let mut mixed = moving
        .into_iter()
        .map(|row| Ok((random_key::<16>()?, row)))
        .collect::<Result<Vec<_>, StoreError>>()?;
    mixed.sort_unstable_by_key(|(key, _)| *key);
    let whole = mixed.len() - mixed.len() % TOGETHER;
    let (many, rest) = mixed.split_at(whole);
    for rows in many.chunks(TOGETHER) {
        insert_answers(tx, &INSERT_MANY, (wave, municipality), rows).await?;
    }
    for row in rest.chunks(1) {
        insert_answers(tx, &INSERT_ONE, (wave, municipality), row).await?;
    }
    Ok(mixed.len())
}

/// How many answers are written by one statement: answering waits while answers are mixed.
const TOGETHER: usize = 32;

static INSERT_ONE: LazyLock<String> = LazyLock::new(|| insert_text(1));
static INSERT_MANY: LazyLock<String> = LazyLock::new(|| insert_text(TOGETHER));

fn insert_text(rows: usize) -> String {
    format!(
        "INSERT INTO answers (answer, wave, municipality, unit, release, response, return_hash)
         VALUES {}",
        rows_of_places(rows, 7)
    )
}

async fn insert_answers(
    tx: &mut Connection,
    text: &'static str,
    (wave, municipality): (&WaveId, &MunicipalityCode),
    rows: &[([u8; 16], Moving)],
) -> Result<(), StoreError> {
    let mut insert = query(text);
    for (key, (unit, release, response, return_hash)) in rows {
        insert = insert
            .bind(key.as_slice())
            .bind(wave.as_str())
            .bind(municipality.as_str())
            .bind(unit)
            .bind(*release)
            .bind(response)
            .bind(return_hash.clone());
    }
    insert.execute(tx).await?;
    Ok(())
}
