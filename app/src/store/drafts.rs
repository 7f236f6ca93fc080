//! Drafts: ciphertext under a key that only the holder of the code can make again (AN-20).

use std::time::Duration;

use jiff::Timestamp;
use surveys::{MunicipalityCode, WaveId};

use super::{Store, StoreError, Weakness, database::query, failure::id};

const DAY: i64 = 86_400;

/// The identity of a draft; made from the code, it tells nothing without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftId(pub [u8; 32]);

/// A draft as the store holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// The wave it answers.
    pub wave: WaveId,
    /// The municipality, so that closing can delete it.
    pub municipality: MunicipalityCode,
    /// The ciphertext.
    pub sealed: Vec<u8>,
}

impl Store {
    /// Returns a draft.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn draft(&self, draft: &DraftId) -> Result<Option<DraftRow>, StoreError> {
        let row: Option<(String, String, Vec<u8>)> =
            query("SELECT wave, municipality, sealed FROM drafts WHERE draft = $1")
                .bind(draft.0.as_slice())
                .fetch_optional(&self.readers)
                .await?;
        row.map(draft_row).transpose()
    }

    /// Begins a draft unless there is one, and returns the one that stands.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_draft(
        &self,
        draft: DraftId,
        begun: DraftRow,
        now: Timestamp,
    ) -> Result<DraftRow, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                query(
                    "INSERT INTO drafts (draft, wave, municipality, sealed, touched_day)
                     VALUES ($1, $2, $3, $4, $5)
                     ON CONFLICT (draft) DO UPDATE SET touched_day = excluded.touched_day",
                )
                .bind(draft.0.as_slice())
                .bind(begun.wave.as_str())
                .bind(begun.municipality.as_str())
                .bind(begun.sealed)
                .bind(now.as_second().div_euclid(DAY))
                .execute(&mut *tx)
                .await?;
                let row = query("SELECT wave, municipality, sealed FROM drafts WHERE draft = $1")
                    .bind(draft.0.as_slice())
                    .fetch_one(tx)
                    .await?;
                draft_row(row)
            })
        })
        .await
    }

    /// Rewrites a draft with `change`, which sees the newest ciphertext, so that two tabs do not
    /// undo one another. Returns the new ciphertext, or nothing where the draft is gone.
    ///
    /// # Errors
    /// When the database fails or `change` refuses.
    pub async fn change_draft<F>(
        &self,
        draft: DraftId,
        now: Timestamp,
        change: F,
    ) -> Result<Option<Vec<u8>>, StoreError>
    where
        F: FnOnce(&[u8]) -> Result<Vec<u8>, StoreError> + Send + 'static,
    {
        if self.weakness == Weakness::SavedBeforeCommit {
            return self.acknowledge_save_too_early(draft, change).await;
        }
        self.write(move |tx| {
            Box::pin(async move {
                let row: Option<(Vec<u8>,)> = query("SELECT sealed FROM drafts WHERE draft = $1")
                    .bind(draft.0.as_slice())
                    .fetch_optional(&mut *tx)
                    .await?;
                let Some((sealed,)) = row else {
                    return Ok(None);
                };
                let changed = change(&sealed)?;
                query("UPDATE drafts SET sealed = $2, touched_day = $3 WHERE draft = $1")
                    .bind(draft.0.as_slice())
                    .bind(changed.as_slice())
                    .bind(now.as_second().div_euclid(DAY))
                    .execute(tx)
                    .await?;
                Ok(Some(changed))
            })
        })
        .await
    }

    /// The fault that the browser tests must catch.
    async fn acknowledge_save_too_early<F>(
        &self,
        draft: DraftId,
        change: F,
    ) -> Result<Option<Vec<u8>>, StoreError>
    where
        F: FnOnce(&[u8]) -> Result<Vec<u8>, StoreError> + Send + 'static,
    {
        let Some(row) = self.draft(&draft).await? else {
            return Ok(None);
        };
        let changed = change(&row.sealed)?;
        let (store, sealed) = (self.clone(), changed.clone());
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(600)).await;
            let text = "UPDATE drafts SET sealed = $2 WHERE draft = $1";
            store
                .write(move |tx| {
                    Box::pin(async move {
                        let update = query(text).bind(draft.0.to_vec()).bind(sealed);
                        update.execute(tx).await?;
                        Ok(())
                    })
                })
                .await
        });
        Ok(Some(changed))
    }

    /// Deletes drafts that nobody has touched for so many days.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_old_drafts(&self, now: Timestamp, days: u16) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                query("DELETE FROM drafts WHERE touched_day < $1")
                    .bind(now.as_second().div_euclid(DAY) - i64::from(days))
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
    }
}

fn draft_row(
    (wave, municipality, sealed): (String, String, Vec<u8>),
) -> Result<DraftRow, StoreError> {
    Ok(DraftRow {
        wave: id("drafts", wave)?,
        municipality: id("drafts", municipality)?,
        sealed,
    })
}
