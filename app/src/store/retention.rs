//! What goes when its time is over (PD-4). Drafts go in `drafts`, an inbox at sweeping.

use jiff::{Timestamp, civil::Date};
use surveys::{MunicipalityCode, WaveId};

use super::{Store, StoreError, coordinators::ABSOLUTE, database::query, failure::id};

impl Store {
    /// Freezes collected waves that ended before a moment, and returns them. Invented waves lie
    /// in invented time and stay.
    ///
    /// # Errors
    /// When the database fails; the next call goes on.
    pub async fn freeze_ended(
        &self,
        before: Timestamp,
    ) -> Result<Vec<(WaveId, MunicipalityCode)>, StoreError> {
        let ended: Vec<(String, String)> = query(
            "SELECT m.wave, m.municipality FROM wave_municipalities m
             JOIN waves w ON w.wave = m.wave
             WHERE m.state = 'closed' AND m.swept = 1 AND m.grace_until < $1 AND w.simulated = 0
             ORDER BY m.wave, m.municipality",
        )
        .bind(before.as_second())
        .fetch_all(&self.readers)
        .await?;
        let mut frozen = Vec::new();
        for (wave, municipality) in ended {
            let (wave, municipality) = (id("waves", wave)?, id("waves", municipality)?);
            self.freeze_wave(&wave, &municipality).await?;
            frozen.push((wave, municipality));
        }
        Ok(frozen)
    }

    /// Deletes the answers of collected waves whose last day is before a date, and returns how
    /// many there were. The file is rewritten, so that nothing of them stays in it.
    ///
    /// # Errors
    /// When the database fails; the next call goes on.
    pub async fn delete_old_answers(&self, before: Date) -> Result<u64, StoreError> {
        let deleted = self
            .write(move |tx| {
                Box::pin(async move {
                    let done = query(
                        "DELETE FROM answers WHERE EXISTS (
                           SELECT 1 FROM wave_municipalities m JOIN waves w ON w.wave = m.wave
                           WHERE m.wave = answers.wave AND m.municipality = answers.municipality
                             AND m.closes < $1 AND m.swept = 1 AND w.simulated = 0)",
                    )
                    .bind(before.to_string())
                    .execute(tx)
                    .await?;
                    Ok(done.rows_affected())
                })
            })
            .await?;
        if deleted > 0 {
            self.vacuum().await?;
        }
        Ok(deleted)
    }

    /// Deletes one-time links and sign-ins that hold no more, and returns how many there were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_old_sign_ins(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let links = query("DELETE FROM invitations WHERE expires_at < $1")
                    .bind(now.as_second())
                    .execute(&mut *tx)
                    .await?;
                let sign_ins = query("DELETE FROM sign_ins WHERE started_at < $1")
                    .bind(now.as_second() - ABSOLUTE)
                    .execute(tx)
                    .await?;
                Ok(links.rows_affected() + sign_ins.rows_affected())
            })
        })
        .await
    }
}
