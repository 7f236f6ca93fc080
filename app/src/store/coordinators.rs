//! Coordinators: one-time links and sign-ins, both kept as hashes (WEB-3).

use jiff::Timestamp;
use surveys::MunicipalityCode;

use super::{Store, StoreError, database::query, failure::id};

/// Seconds a sign-in lives without being used, and in all.
const IDLE: i64 = 30 * 60;
pub(super) const ABSOLUTE: i64 = 10 * 60 * 60;

/// The hash of a random token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

/// Somebody who may set waves up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coordinator {
    /// Of the whole network.
    Network,
    /// Of one municipality.
    Municipality(MunicipalityCode),
}

impl Coordinator {
    fn text(&self) -> &str {
        match self {
            Coordinator::Network => "",
            Coordinator::Municipality(code) => code.as_str(),
        }
    }

    fn from_text(text: String) -> Result<Self, StoreError> {
        if text.is_empty() {
            Ok(Coordinator::Network)
        } else {
            id("sign_ins", text).map(Coordinator::Municipality)
        }
    }
}

impl Store {
    /// Keeps a one-time link.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_invitation(
        &self,
        token: TokenHash,
        coordinator: Coordinator,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                query(
                    "INSERT INTO invitations (token_hash, municipality, expires_at)
                     VALUES ($1, $2, $3)",
                )
                .bind(token.0.as_slice())
                .bind(coordinator.text())
                .bind(expires_at.as_second())
                .execute(tx)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// Turns a one-time link into a sign-in. Deleting it decides who was first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn accept_invitation(
        &self,
        token: TokenHash,
        sign_in: TokenHash,
        now: Timestamp,
    ) -> Result<Option<Coordinator>, StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                let found: Option<(String, i64)> = query(
                    "DELETE FROM invitations WHERE token_hash = $1
                     RETURNING municipality, expires_at",
                )
                .bind(token.0.as_slice())
                .fetch_optional(&mut *tx)
                .await?;
                let Some((municipality, expires_at)) = found else {
                    return Ok(None);
                };
                if expires_at < now.as_second() {
                    return Ok(None);
                }
                query(
                    "INSERT INTO sign_ins (token_hash, municipality, started_at, seen_at)
                     VALUES ($1, $2, $3, $3)",
                )
                .bind(sign_in.0.as_slice())
                .bind(&municipality)
                .bind(now.as_second())
                .execute(tx)
                .await?;
                Coordinator::from_text(municipality).map(Some)
            })
        })
        .await
    }

    /// Returns who is signed in with this token, and notes the use.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn coordinator(
        &self,
        sign_in: TokenHash,
        now: Timestamp,
    ) -> Result<Option<Coordinator>, StoreError> {
        let row: Option<(String, i64, i64)> =
            query("SELECT municipality, started_at, seen_at FROM sign_ins WHERE token_hash = $1")
                .bind(sign_in.0.as_slice())
                .fetch_optional(&self.readers)
                .await?;
        let Some((municipality, started_at, seen_at)) = row else {
            return Ok(None);
        };
        let second = now.as_second();
        if second - seen_at > IDLE || second - started_at > ABSOLUTE {
            self.end_sign_in(sign_in).await?;
            return Ok(None);
        }
        // A minute's precision is enough, and most page views then write nothing.
        if second - seen_at > 60 {
            self.touch_sign_in(sign_in, second).await?;
        }
        Coordinator::from_text(municipality).map(Some)
    }

    /// Ends a sign-in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_sign_in(&self, sign_in: TokenHash) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                query("DELETE FROM sign_ins WHERE token_hash = $1")
                    .bind(sign_in.0.as_slice())
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    async fn touch_sign_in(&self, sign_in: TokenHash, second: i64) -> Result<(), StoreError> {
        self.write(move |tx| {
            Box::pin(async move {
                query("UPDATE sign_ins SET seen_at = $2 WHERE token_hash = $1")
                    .bind(sign_in.0.as_slice())
                    .bind(second)
                    .execute(tx)
                    .await?;
                Ok(())
            })
        })
        .await
    }

    /// Returns whether nobody has ever been let in or invited.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn has_no_coordinator(&self) -> Result<bool, StoreError> {
        let (rows,): (i64,) =
            query("SELECT (SELECT COUNT(*) FROM invitations) + (SELECT COUNT(*) FROM sign_ins)")
                .fetch_one(&self.readers)
                .await?;
        Ok(rows == 0)
    }
}
