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
    keeping::{self, Standing, TOGETHER},
    queue::{Entering, Tell, told},
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
        if self.weakness == Weakness::NothingUnique {
            return self
                .write(move |tx| Box::pin(insert_again(tx, submission, now)))
                .await;
        }
        self.enter(submission, now).await
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
            store.enter(submission, now).await
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

/// Keeps answers that were sent at about the same time: several by the same statements while
/// nothing is odd about any of them, otherwise one by one.
pub(super) async fn keep_all(
    tx: &mut Connection,
    entering: Vec<Entering>,
    tellers: &mut Vec<Tell>,
) -> Result<(), StoreError> {
    let mut entering = entering.into_iter().peekable();
    while entering.peek().is_some() {
        let some = entering.by_ref().take(TOGETHER);
        let (sent, senders): (Vec<_>, Vec<_>) =
            some.map(|it| ((it.submission, it.now), it.tell)).unzip();
        let (submissions, moments): (Vec<_>, Vec<_>) = sent.into_iter().unzip();
        if submissions.len() == TOGETHER {
            let are_kept = match keep_together(tx, &submissions, &moments).await {
                Ok(are_kept) => are_kept,
                Err(error) if error.is_fatal() => return Err(error),
                // What fails together fails again one by one, and then it is known whose fault it is.
                Err(_) => false,
            };
            tx.end_job(are_kept).await?;
            if are_kept {
                let kept = |tell| told(tell, Ok(Submitted::Kept));
                tellers.extend(senders.into_iter().map(kept));
                continue;
            }
        }
        for ((submission, now), tell) in submissions.iter().zip(moments).zip(senders) {
            let done = insert(tx, submission, now).await;
            if let Err(StoreError::Broken(reason)) = done {
                tellers.push(told(tell, Err(StoreError::Broken(reason.clone()))));
                return Err(StoreError::Broken(reason));
            }
            tx.end_job(done.is_ok()).await?;
            tellers.push(told(tell, done));
        }
    }
    Ok(())
}

/// Returns whether all could be kept; otherwise what was written is to be rolled back.
async fn keep_together(
    tx: &mut Connection,
    submissions: &[Submission],
    moments: &[Timestamp],
) -> Result<bool, StoreError> {
    if keeping::mark(tx, submissions).await? < submissions.len() {
        return Ok(false);
    }
    let standing = Standing::of(tx, submissions).await?;
    let are_admitted = submissions
        .iter()
        .zip(moments)
        .all(|(it, now)| standing.verdict(it, *now) == Submitted::Kept);
    if !are_admitted || keeping::spend(tx, submissions).await? < submissions.len() {
        return Ok(false);
    }
    keeping::enter(tx, submissions).await?;
    Ok(true)
}

async fn insert(
    tx: &mut Connection,
    submission: &Submission,
    now: Timestamp,
) -> Result<Submitted, StoreError> {
    let one = std::slice::from_ref(submission);
    if keeping::mark(tx, one).await? == 0 {
        return repeated(tx, submission).await;
    }
    let verdict = Standing::of(tx, one).await?.verdict(submission, now);
    if verdict != Submitted::Kept {
        return undo_mark(tx, submission, verdict).await;
    }
    if keeping::spend(tx, one).await? == 0 {
        return undo_mark(tx, submission, Submitted::Spent).await;
    }
    keeping::enter(tx, one).await?;
    Ok(Submitted::Kept)
}

/// The fault that the tests of exactly once must catch: nothing is marked.
async fn insert_again(
    tx: &mut Connection,
    mut submission: Submission,
    now: Timestamp,
) -> Result<Submitted, StoreError> {
    submission.mark = SubmissionMark(random_key()?);
    let one = std::slice::from_ref(&submission);
    let verdict = Standing::of(tx, one).await?.verdict(&submission, now);
    if verdict == Submitted::Kept {
        keeping::mark(tx, one).await?;
        keeping::enter(tx, one).await?;
    }
    Ok(verdict)
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
