//! The inbox: an answer is kept exactly once, together with the spent mark of its code (AN-9).
//!
//! Unique constraints decide what is a repeat, never a look beforehand (DU-6). Start with
//! [`Store::record_submission`]; what happens to the inbox later stands in `mixing`.

use std::time::Duration;

use jiff::Timestamp;
use surveys::ReleaseNumber;

use super::{
    Batch, CodeHash, DraftId, ReturnHash, Store, StoreError, Weakness,
    database::{Connection, query},
    failure::{bytes, random_key},
};

/// The keyed hash of a submission id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmissionMark(pub [u8; 32]);

/// The hash of what was sent; it lives as long as the answer is in the inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentHash(pub [u8; 32]);

/// A checked response on its way into the store.
#[derive(Clone, Debug)]
pub struct Submission {
    /// What tells a repeat.
    pub mark: SubmissionMark,
    /// What tells other content under the same id.
    pub content: ContentHash,
    /// The code it is sent with.
    pub code: CodeHash,
    /// The draft that goes once the answer is kept.
    pub draft: DraftId,
    /// The draft's ciphertext that what is sent was compared with; nothing where it was gone.
    pub standing: Option<Vec<u8>>,
    /// Wave, municipality and unit of the code.
    pub batch: Batch,
    /// The release that was answered.
    pub release: ReleaseNumber,
    /// The response as JSON.
    pub response: String,
    /// What finds the answer again for whoever holds its return code; nothing where the page was
    /// made by a program that gave none.
    pub return_hash: Option<ReturnHash>,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submitted {
    /// It is kept; the receipt may be given.
    Kept,
    /// It was kept before; the same receipt is given.
    Repeated,
    /// Something else was kept under the same id.
    OtherContent,
    /// The draft was saved again after it was compared.
    DraftChanged,
    /// Another answer was sent with this code.
    Spent,
    /// The code is unknown or revoked.
    UnknownCode,
    /// The wave takes no answers any more.
    Closed,
}

impl Store {
    /// Keeps an answer: spent mark, submission mark and inbox row are one transaction, which also
    /// removes the draft. When this returns `Kept`, the answer is on the disk.
    ///
    /// # Errors
    /// When the database fails; then nothing was kept.
    pub async fn record_submission(
        &self,
        submission: Submission,
        now: Timestamp,
    ) -> Result<Submitted, StoreError> {
        if self.weakness == Weakness::ReceiptBeforeCommit {
            return self.acknowledge_too_early(submission, now);
        }
        let weakness = self.weakness;
        self.write(move |tx| Box::pin(insert(tx, submission, now, weakness)))
            .await
    }

    /// The fault that the kill test must catch.
    fn acknowledge_too_early(
        &self,
        submission: Submission,
        now: Timestamp,
    ) -> Result<Submitted, StoreError> {
        let store = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(40)).await;
            store
                .write(move |tx| Box::pin(insert(tx, submission, now, Weakness::None)))
                .await
        });
        Ok(Submitted::Kept)
    }

    /// Returns whether an answer was kept under this id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_submitted(&self, mark: &SubmissionMark) -> Result<bool, StoreError> {
        let row: Option<(i64,)> =
            query("SELECT CAST(1 AS BIGINT) FROM submissions WHERE mark = $1")
                .bind(mark.0.as_slice())
                .fetch_optional(&self.readers)
                .await?;
        Ok(row.is_some())
    }
}

async fn insert(
    tx: &mut Connection,
    submission: Submission,
    now: Timestamp,
    weakness: Weakness,
) -> Result<Submitted, StoreError> {
    let mut submission = submission;
    if weakness == Weakness::NothingUnique {
        submission.mark = SubmissionMark(random_key()?);
    } else if !insert_mark(tx, &submission).await? {
        return repeated(tx, &submission).await;
    }
    if draft_changed(tx, &submission).await? {
        return undo_mark(tx, &submission, Submitted::DraftChanged).await;
    }
    let verdict = admitted(tx, &submission, now).await?;
    if verdict == Submitted::Kept && weakness != Weakness::NothingUnique {
        if !insert_spent(tx, &submission.code).await? {
            return undo_mark(tx, &submission, Submitted::Spent).await;
        }
    } else if verdict != Submitted::Kept {
        return undo_mark(tx, &submission, verdict).await;
    }
    if weakness == Weakness::NothingUnique {
        insert_mark(tx, &submission).await?;
    }
    insert_entry(tx, &submission).await?;
    query("DELETE FROM drafts WHERE draft = $1")
        .bind(submission.draft.0.as_slice())
        .execute(tx)
        .await?;
    Ok(Submitted::Kept)
}

async fn insert_mark(tx: &mut Connection, submission: &Submission) -> Result<bool, StoreError> {
    let inserted = query(
        "INSERT INTO submissions (mark, wave, municipality) VALUES ($1, $2, $3)
         ON CONFLICT (mark) DO NOTHING",
    )
    .bind(submission.mark.0.as_slice())
    .bind(submission.batch.wave.as_str())
    .bind(submission.batch.municipality.as_str())
    .execute(tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

async fn undo_mark(
    tx: &mut Connection,
    submission: &Submission,
    verdict: Submitted,
) -> Result<Submitted, StoreError> {
    query("DELETE FROM submissions WHERE mark = $1")
        .bind(submission.mark.0.as_slice())
        .execute(tx)
        .await?;
    Ok(verdict)
}

/// After mixing there is nothing left to compare with, and a repeat gets its receipt (DU-6).
async fn repeated(tx: &mut Connection, submission: &Submission) -> Result<Submitted, StoreError> {
    let row: Option<(Vec<u8>,)> = query("SELECT content_hash FROM inbox WHERE mark = $1")
        .bind(submission.mark.0.as_slice())
        .fetch_optional(tx)
        .await?;
    match row {
        Some((kept,)) if bytes::<32>("inbox", kept.clone())? != submission.content.0 => {
            Ok(Submitted::OtherContent)
        }
        _ => Ok(Submitted::Repeated),
    }
}

/// A draft that is gone has nothing to lose: its retention ended, or its wave was closed.
async fn draft_changed(tx: &mut Connection, submission: &Submission) -> Result<bool, StoreError> {
    let row: Option<(Vec<u8>,)> = query("SELECT sealed FROM drafts WHERE draft = $1")
        .bind(submission.draft.0.as_slice())
        .fetch_optional(tx)
        .await?;
    Ok(row.is_some_and(|(sealed,)| submission.standing.as_ref() != Some(&sealed)))
}

async fn admitted(
    tx: &mut Connection,
    submission: &Submission,
    now: Timestamp,
) -> Result<Submitted, StoreError> {
    let row: Option<(String, Option<i64>, i64)> = query(
        "SELECT m.state, m.grace_until, m.swept FROM codes c
         JOIN batches b ON b.batch = c.batch
         JOIN wave_municipalities m ON m.wave = b.wave AND m.municipality = b.municipality
         WHERE c.code_hash = $1 AND b.revoked = 0
           AND b.wave = $2 AND b.municipality = $3 AND b.unit = $4",
    )
    .bind(submission.code.0.as_slice())
    .bind(submission.batch.wave.as_str())
    .bind(submission.batch.municipality.as_str())
    .bind(submission.batch.unit.as_str())
    .fetch_optional(tx)
    .await?;
    Ok(match row {
        None => Submitted::UnknownCode,
        Some((state, _, _)) if state == "open" => Submitted::Kept,
        Some((state, Some(until), 0)) if state == "closed" && now.as_second() <= until => {
            Submitted::Kept
        }
        Some(_) => Submitted::Closed,
    })
}

async fn insert_spent(tx: &mut Connection, code: &CodeHash) -> Result<bool, StoreError> {
    let inserted =
        query("INSERT INTO spent_codes (code_hash) VALUES ($1) ON CONFLICT (code_hash) DO NOTHING")
            .bind(code.0.as_slice())
            .execute(tx)
            .await?;
    Ok(inserted.rows_affected() == 1)
}

async fn insert_entry(tx: &mut Connection, submission: &Submission) -> Result<(), StoreError> {
    query(
        "INSERT INTO inbox
         (entry, mark, content_hash, wave, municipality, unit, release, response, return_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(random_key::<16>()?.as_slice())
    .bind(submission.mark.0.as_slice())
    .bind(submission.content.0.as_slice())
    .bind(submission.batch.wave.as_str())
    .bind(submission.batch.municipality.as_str())
    .bind(submission.batch.unit.as_str())
    .bind(i64::from(submission.release))
    .bind(submission.response.as_str())
    .bind(submission.return_hash.map(|hash| hash.0.to_vec()))
    .execute(tx)
    .await?;
    Ok(())
}
