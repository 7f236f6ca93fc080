//! The connection that writes, and its transaction.
//!
//! One transaction writes at a time, on SQLite and on PostgreSQL alike: there all servers take the
//! same lock first, so that what was read before a write still holds when it is written. Many
//! answers share a commit, so one at a time is fast enough. A lost connection to a server is made
//! anew; a SQLite file never is.

use sqlx::SqliteConnection;
use tokio::time::{Instant, sleep, timeout_at};

use super::database::{Connection, PAUSE};
use super::postgres::Server;
use super::{StoreError, Weakness};

/// The connection that writes.
#[derive(Debug)]
pub(super) struct Writer {
    /// Nothing while the server is away.
    connection: Option<Connection>,
    /// Where to connect anew.
    server: Option<Server>,
    /// Whether a transaction was begun and not ended, as after a failure.
    is_open: bool,
    /// Jobs that were committed since the log of a file was last taken over.
    logged: usize,
    weakness: Weakness,
}

/// Jobs after which a file takes its log over: some four megabytes.
const LONGEST_LOG: usize = 128;

impl Writer {
    /// Writes to a file.
    pub(super) fn to_file(connection: SqliteConnection, weakness: Weakness) -> Writer {
        Writer {
            connection: Some(Connection::Sqlite(connection)),
            server: None,
            is_open: false,
            logged: 0,
            weakness,
        }
    }

    /// Writes to a server.
    pub(super) fn to_server(connection: sqlx::PgConnection, server: Server) -> Writer {
        Writer {
            connection: Some(Connection::Postgres(connection)),
            server: Some(server),
            is_open: false,
            logged: 0,
            weakness: Weakness::None,
        }
    }

    /// Returns a connection on which nothing is begun. A server that is away is waited for.
    pub(super) async fn connection(
        &mut self,
        until: Instant,
    ) -> Result<&mut Connection, StoreError> {
        if self.is_open {
            self.end_what_failed().await;
        }
        if let (None, Some(server)) = (&self.connection, &self.server) {
            let connection = loop {
                // One try, however late it is.
                let last = until.max(Instant::now() + PAUSE);
                let connected = match timeout_at(last, server.writer()).await {
                    Ok(connected) => connected,
                    Err(_) => Err(StoreError::Away("no connection in time".into())),
                };
                match connected {
                    Err(StoreError::Away(_)) if Instant::now() < until => sleep(PAUSE).await,
                    connection => break connection?,
                }
            };
            self.connection = Some(Connection::Postgres(connection));
        }
        self.connection
            .as_mut()
            .ok_or_else(|| StoreError::Away("no connection".into()))
    }

    /// Begins the one transaction that may write now.
    pub(super) async fn begin(&mut self, until: Instant) -> Result<&mut Connection, StoreError> {
        loop {
            let begun = begin(self.connection(until).await?).await;
            self.is_open = true;
            match begun {
                Ok(()) => break,
                // The server went away since the last write; nothing was written yet.
                Err(StoreError::Away(_)) if Instant::now() < until => {}
                Err(error) => return Err(error),
            }
        }
        self.connection
            .as_mut()
            .ok_or_else(|| StoreError::Away("no connection".into()))
    }

    /// Ends the transaction; when this returns, it is on the disk.
    pub(super) async fn commit(&mut self) -> Result<(), StoreError> {
        if let Some(connection) = &mut self.connection {
            connection.run("COMMIT").await?;
            self.is_open = false;
        }
        Ok(())
    }

    /// Takes the log over into a file once it is long. SQLite would do so by itself, but without
    /// a word where the disk fails, and then try again (DU-8).
    pub(super) async fn keep_log_short(&mut self, jobs: usize) -> Result<(), StoreError> {
        self.logged += jobs;
        match &mut self.connection {
            Some(connection @ Connection::Sqlite(_)) if self.logged >= LONGEST_LOG => {
                self.logged = 0;
                connection.run("PRAGMA wal_checkpoint(PASSIVE)").await
            }
            _ => Ok(()),
        }
    }

    /// Leaves the connection once its disk has failed.
    pub(super) fn heed(&mut self, done: &Result<(), StoreError>) {
        if done.as_ref().is_err_and(StoreError::is_fatal) {
            self.leave();
        }
    }

    /// Leaves the connection as it is, for good: closing a file would write to it once more.
    pub(super) fn leave(&mut self) {
        if self.weakness != Weakness::WritesOnAfterFailure {
            std::mem::forget(self.connection.take());
        }
    }

    /// A file's transaction is rolled back; a server's connection is dropped with whatever was
    /// begun on it.
    async fn end_what_failed(&mut self) {
        if self.server.is_some() {
            self.connection = None;
        } else if let Some(connection) = &mut self.connection {
            // There may be nothing to roll back: SQLite does so itself after some failures.
            let _ = connection.run("ROLLBACK").await;
        }
        self.is_open = false;
    }
}

async fn begin(connection: &mut Connection) -> Result<(), StoreError> {
    if connection.is_postgres() {
        connection
            .run("BEGIN; SELECT pg_advisory_xact_lock(4931, 1)")
            .await
    } else {
        connection.run("BEGIN IMMEDIATE").await
    }
}
