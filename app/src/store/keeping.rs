//! The statements that keep answers: for one answer, or for several with as many questions to the
//! database as for one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Timestamp;

use super::database::{Connection, places, query, rows_of_places};
use super::failure::random_key;
use super::{StoreError, Submission, Submitted};

/// How many answers are kept by the same statements.
pub(super) const TOGETHER: usize = 8;

/// One text for every number of answers that are kept together.
struct Texts {
    mark: String,
    codes: String,
    drafts: String,
    spend: String,
    enter: String,
    forget_drafts: String,
}

static ONE: LazyLock<Texts> = LazyLock::new(|| Texts::for_answers(1));
static SEVERAL: LazyLock<Texts> = LazyLock::new(|| Texts::for_answers(TOGETHER));

impl Texts {
    fn for_answers(count: usize) -> Texts {
        let rows = |columns| rows_of_places(count, columns);
        let list = places(count);
        Texts {
            mark: format!(
                "INSERT INTO submissions (mark, wave, municipality) VALUES {}
                 ON CONFLICT (mark) DO NOTHING",
                rows(3)
            ),
            codes: format!(
                "SELECT c.code_hash, b.wave, b.municipality, b.unit, m.state, m.grace_until, m.swept
                 FROM codes c
                 JOIN batches b ON b.batch = c.batch
                 JOIN wave_municipalities m
                   ON m.wave = b.wave AND m.municipality = b.municipality
                 WHERE b.revoked = 0 AND c.code_hash IN ({list})"
            ),
            drafts: format!("SELECT draft, sealed FROM drafts WHERE draft IN ({list})"),
            spend: format!(
                "INSERT INTO spent_codes (code_hash) VALUES {}
                 ON CONFLICT (code_hash) DO NOTHING",
                rows(1)
            ),
            enter: format!(
                "INSERT INTO inbox (entry, mark, content_hash, wave, municipality, unit, release,
                   response, return_hash) VALUES {}",
                rows(9)
            ),
            forget_drafts: format!("DELETE FROM drafts WHERE draft IN ({list})"),
        }
    }

    /// Returns the texts for one answer or for [`TOGETHER`].
    fn of(submissions: &[Submission]) -> &'static Texts {
        match submissions.len() {
            TOGETHER => &SEVERAL,
            _ => &ONE,
        }
    }
}

/// Marks answers as sent; returns how many marks are new.
pub(super) async fn mark(
    tx: &mut Connection,
    submissions: &[Submission],
) -> Result<usize, StoreError> {
    let mut insert = query(&Texts::of(submissions).mark);
    for submission in submissions {
        insert = insert
            .bind(submission.mark.0.as_slice())
            .bind(submission.batch.wave.as_str())
            .bind(submission.batch.municipality.as_str());
    }
    Ok(insert.execute(tx).await?.rows_affected() as usize)
}

/// Marks codes as spent; returns how many were not.
pub(super) async fn spend(
    tx: &mut Connection,
    submissions: &[Submission],
) -> Result<usize, StoreError> {
    let mut insert = query(&Texts::of(submissions).spend);
    for submission in submissions {
        insert = insert.bind(submission.code.0.as_slice());
    }
    Ok(insert.execute(tx).await?.rows_affected() as usize)
}

/// Puts answers into the inbox and takes their drafts away.
pub(super) async fn enter(
    tx: &mut Connection,
    submissions: &[Submission],
) -> Result<(), StoreError> {
    let texts = Texts::of(submissions);
    let mut insert = query(&texts.enter);
    for submission in submissions {
        insert = insert
            .bind(random_key::<16>()?.as_slice())
            .bind(submission.mark.0.as_slice())
            .bind(submission.content.0.as_slice())
            .bind(submission.batch.wave.as_str())
            .bind(submission.batch.municipality.as_str())
            .bind(submission.batch.unit.as_str())
            .bind(i64::from(submission.release))
            .bind(submission.response.as_str())
            .bind(submission.return_hash.map(|hash| hash.0.to_vec()));
    }
    insert.execute(&mut *tx).await?;
    let mut delete = query(&texts.forget_drafts);
    for submission in submissions {
        delete = delete.bind(submission.draft.0.as_slice());
    }
    delete.execute(tx).await?;
    Ok(())
}

/// Hash, wave, municipality and unit of a code that is not revoked; state, end of the grace and
/// swept of the wave there.
type CodeRow = (Vec<u8>, String, String, String, String, Option<i64>, i64);

/// What stands in the way of answers, by code and by draft.
pub(super) struct Standing {
    codes: BTreeMap<Vec<u8>, CodeRow>,
    drafts: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Standing {
    /// Looks at the codes, waves and drafts of some answers.
    pub(super) async fn of(
        tx: &mut Connection,
        submissions: &[Submission],
    ) -> Result<Standing, StoreError> {
        let texts = Texts::of(submissions);
        let (mut codes, mut drafts) = (query(&texts.codes), query(&texts.drafts));
        for submission in submissions {
            codes = codes.bind(submission.code.0.as_slice());
            drafts = drafts.bind(submission.draft.0.as_slice());
        }
        let codes: Vec<CodeRow> = codes.fetch_all(&mut *tx).await?;
        let drafts: Vec<(Vec<u8>, Vec<u8>)> = drafts.fetch_all(tx).await?;
        Ok(Standing {
            codes: codes.into_iter().map(|row| (row.0.clone(), row)).collect(),
            drafts: drafts.into_iter().collect(),
        })
    }

    /// Returns whether an answer may be kept. A draft that is gone has nothing to lose: its
    /// retention ended, or its wave was closed.
    pub(super) fn verdict(&self, submission: &Submission, now: Timestamp) -> Submitted {
        let batch = &submission.batch;
        let is_own = |row: &&CodeRow| {
            row.1 == batch.wave.as_str()
                && row.2 == batch.municipality.as_str()
                && row.3 == batch.unit.as_str()
        };
        let sealed = self.drafts.get(submission.draft.0.as_slice());
        match self.codes.get(submission.code.0.as_slice()).filter(is_own) {
            None => Submitted::UnknownCode,
            Some(_) if sealed.is_some_and(|it| submission.standing.as_ref() != Some(it)) => {
                Submitted::DraftChanged
            }
            Some((.., state, _, _)) if state == "open" => Submitted::Kept,
            Some((.., state, Some(until), 0)) if state == "closed" && now.as_second() <= *until => {
                Submitted::Kept
            }
            Some(_) => Submitted::Closed,
        }
    }
}
