//! Opens the store; for a SQLite file, reads its settings back. PostgreSQL stands in `postgres`.
//!
//! Writes go through `queue`; reads use other, read-only connections (DU-4).

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};

use super::database::{Alarm, Connection, Readers};
use super::postgres::{PostgresPlace, turn};
use super::queue::{Job, Queue};
use super::writer::Writer;
use super::{StoreError, Submission, Submitted};

pub(super) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// An earlier SQLite can damage the file in WAL mode (DU-3).
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// A fault built in on purpose, so that the tests that must catch it can be seen to do so. The
/// program never sets one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weakness {
    /// None: the store as it is meant to be.
    #[default]
    None,
    /// The receipt is given before the commit.
    ReceiptBeforeCommit,
    /// A save of a draft is acknowledged before the commit.
    SavedBeforeCommit,
    /// A commit in a file is not synced: after a power cut it may be gone.
    CommitsNotSynced,
    /// After a failed sync the store writes on.
    WritesOnAfterFailure,
    /// Neither the submission nor the code is marked.
    NothingUnique,
    /// Where deleting leaves rows in the file, they stay there.
    DeletedRowsStay,
}

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a file of SQLite.
    File(PathBuf),
    /// On a server of PostgreSQL.
    Postgres(PostgresPlace),
}

impl Place {
    /// Returns whether there is a database already, empty or not.
    ///
    /// # Errors
    /// When a server does not answer or refuses.
    pub async fn has_database(&self) -> Result<bool, StoreError> {
        match self {
            Place::File(path) => Ok(std::fs::metadata(path).is_ok_and(|it| it.len() > 0)),
            Place::Postgres(place) => place.server()?.has_schema().await,
        }
    }
}

/// How a store is opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoreOptions {
    /// A fault for the tests.
    pub weakness: Weakness,
}

/// The turn to keep house.
#[derive(Debug)]
pub struct Turn(Option<sqlx::Transaction<'static, sqlx::Postgres>>);

impl Turn {
    /// Gives the turn back. Where it is only dropped, that happens some time later.
    pub async fn end(self) {
        if let Some(lock) = self.0 {
            // A server that is away has given the lock back itself.
            let _ = lock.rollback().await;
        }
    }
}

/// The response store.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) readers: Readers,
    queue: Queue,
    alarm: Alarm,
    pub(super) weakness: Weakness,
}

impl Store {
    /// Opens the database, making a file that is missing, and brings its schema to the present.
    ///
    /// # Errors
    /// When a setting does not read back as durable storage needs it, when the library or the
    /// server is too old, or when the file is damaged or of a newer program.
    pub async fn open(place: &Place, options: StoreOptions) -> Result<Store, StoreError> {
        let alarm = Alarm::default();
        let (readers, writer) = match place {
            Place::File(path) => {
                let (readers, writer) = open_file(path, options.weakness).await?;
                (Readers::Sqlite(readers, alarm.clone()), writer)
            }
            Place::Postgres(place) => {
                let server = place.server()?;
                server.migrate().await?;
                let writer = server.writer().await?;
                let readers = Readers::Postgres(server.readers());
                (readers, Writer::to_server(writer, server))
            }
        };
        Ok(Store {
            readers,
            queue: Queue::start(writer, alarm.clone(), options.weakness),
            alarm,
            weakness: options.weakness,
        })
    }

    /// Takes the turn to keep house, which one server has at a time; nothing where another one
    /// has it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turn_to_keep_house(&self) -> Result<Option<Turn>, StoreError> {
        match &self.readers {
            // One process holds the file.
            Readers::Sqlite(..) => Ok(Some(Turn(None))),
            Readers::Postgres(readers) => {
                let turn = turn(readers).await?;
                Ok(turn.map(|turn| Turn(Some(turn))))
            }
        }
    }

    /// Waits until the disk has failed and the process must stop (DU-8).
    pub async fn broken(&self) {
        self.alarm.rings().await;
    }

    /// Runs a job in a transaction, in a task that does not die with the request.
    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Connection) -> Job<'c, T> + Send + 'static,
    {
        self.queue.write(job).await
    }

    /// Keeps an answer, in a task that does not die with the request.
    pub(super) async fn enter(
        &self,
        submission: Submission,
        now: Timestamp,
    ) -> Result<Submitted, StoreError> {
        self.queue.keep(submission, now).await
    }

    /// Empties the write-ahead log of a file, so that no earlier page image stays in it (AN-11).
    /// The log of PostgreSQL is the operator's: the settings that matter are read back at start.
    pub(super) async fn truncate_log(&self) -> Result<(), StoreError> {
        if matches!(self.readers, Readers::Postgres(_)) {
            return Ok(());
        }
        self.queue
            .alone(|connection| Box::pin(empty_log(connection)))
            .await
    }

    /// Rewrites everything, so that nothing that was deleted stays in a file, and empties the log.
    pub(super) async fn vacuum(&self) -> Result<(), StoreError> {
        self.queue
            .alone(|connection| Box::pin(rewrite(connection)))
            .await
    }

    /// Makes what was just deleted unreadable. A file's bytes were written over, so its log is
    /// emptied, also where nothing was deleted now: an earlier try may have ended before this. On
    /// PostgreSQL the tables are rewritten.
    pub(super) async fn forget_deleted(&self, something: bool) -> Result<(), StoreError> {
        match self.readers {
            Readers::Sqlite(..) => self.truncate_log().await,
            Readers::Postgres(_) if something => self.vacuum().await,
            Readers::Postgres(_) => Ok(()),
        }
    }
}

pub(super) fn settings(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("secure_delete", "ON")
        .pragma("mmap_size", "0")
        .pragma("temp_store", "MEMORY")
        // The writer takes the log over itself, and hears where that fails.
        .pragma("wal_autocheckpoint", "0")
        // Mixing takes whole inboxes in; with few rows at a time the two threads wait for each other.
        .row_buffer_size(1_024)
        .disable_statement_logging()
}

async fn open_file(path: &Path, weakness: Weakness) -> Result<(SqlitePool, Writer), StoreError> {
    let mut settings = settings(path);
    if weakness == Weakness::CommitsNotSynced {
        settings = settings.synchronous(SqliteSynchronous::Normal);
    }
    let mut writer = settings.clone().create_if_missing(true).connect().await?;
    if let Err(error) = make_ready(&mut writer, weakness).await {
        // Closing a file would write to it, which nobody does whose disk has failed (DU-8).
        std::mem::forget(writer);
        return Err(error);
    }
    let readers = SqlitePoolOptions::new()
        .max_connections(4)
        .acquire_timeout(Duration::from_secs(5))
        // A file does not go away, so nothing is asked of it before each read.
        .test_before_acquire(false)
        .connect_with(settings.read_only(true))
        .await?;
    Ok((readers, Writer::to_file(writer, weakness)))
}

/// Checks the library, the settings and the file, and brings it to the present.
async fn make_ready(writer: &mut SqliteConnection, weakness: Weakness) -> Result<(), StoreError> {
    check_library(writer).await?;
    if weakness != Weakness::CommitsNotSynced {
        check_settings(writer).await?;
    }
    check_integrity(writer).await?;
    MIGRATIONS.run(&mut *writer).await?;
    // What a crash left in the log goes before anything else is written.
    truncate_log(writer).await
}

async fn empty_log(connection: &mut Connection) -> Result<(), StoreError> {
    match connection {
        Connection::Sqlite(connection) => truncate_log(connection).await,
        Connection::Postgres(_) => Ok(()),
    }
}

async fn rewrite(connection: &mut Connection) -> Result<(), StoreError> {
    if !connection.is_postgres() {
        connection.run("VACUUM").await?;
        return empty_log(connection).await;
    }
    // Rewriting takes as long as it takes; answering waits for it.
    connection.run("SET statement_timeout = 0").await?;
    // What somebody could still see when it was deleted stays in the first pass, and a connection
    // that is just being made, to any database of the server, counts as somebody.
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        connection
            .run("VACUUM (FULL) answers, batches, codes, drafts, inbox, spent_codes, submissions")
            .await?;
    }
    connection.run("SET statement_timeout = '5s'").await?;
    // Shortens how long the log shows what was; a role that may not do it leaves it to the server.
    let _ = connection.run("CHECKPOINT").await;
    Ok(())
}

async fn truncate_log(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(connection)
        .await?;
    if busy == 0 {
        Ok(())
    } else {
        Err(StoreError::Busy)
    }
}

async fn check_library(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let (version,): (String,) = sqlx::query_as("SELECT sqlite_version()")
        .fetch_one(connection)
        .await?;
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    if (next(), next(), next()) < OLDEST_SQLITE {
        let (major, minor, patch) = OLDEST_SQLITE;
        return Err(StoreError::Unsafe(format!(
            "SQLite {version} is older than {major}.{minor}.{patch}"
        )));
    }
    Ok(())
}

async fn check_settings(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let (journal,): (String,) = sqlx::query_as("PRAGMA journal_mode")
        .fetch_one(&mut *connection)
        .await?;
    expect_setting("journal_mode", &journal, "wal")?;
    for (name, text, wanted) in [
        ("synchronous", "PRAGMA synchronous", 2),
        ("foreign_keys", "PRAGMA foreign_keys", 1),
        ("secure_delete", "PRAGMA secure_delete", 1),
    ] {
        let (value,): (i64,) = sqlx::query_as(text).fetch_one(&mut *connection).await?;
        expect_setting(name, &value.to_string(), &i64::to_string(&wanted))?;
    }
    // A build without memory mapping answers with no row at all.
    let mapped: Option<(i64,)> = sqlx::query_as("PRAGMA mmap_size")
        .fetch_optional(connection)
        .await?;
    expect_setting(
        "mmap_size",
        &mapped.map_or(0, |(size,)| size).to_string(),
        "0",
    )
}

fn expect_setting(name: &str, value: &str, wanted: &str) -> Result<(), StoreError> {
    if value == wanted {
        Ok(())
    } else {
        Err(StoreError::Unsafe(format!(
            "{name} reads back as {value} instead of {wanted}; is the data folder on a network disk?"
        )))
    }
}

/// The whole check, indexes included (DU-8): a quick one passes over an index that has lost rows,
/// and counts by index would be wrong without a sign.
async fn check_integrity(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let (verdict,): (String,) = sqlx::query_as("PRAGMA integrity_check(1)")
        .fetch_one(connection)
        .await?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(StoreError::Broken(verdict))
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Connection as _;

    use super::*;
    use crate::store::database::query;

    #[tokio::test]
    async fn settings_that_lose_data_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let mut weak = settings(&path)
            .create_if_missing(true)
            .synchronous(SqliteSynchronous::Normal)
            .connect()
            .await
            .unwrap();
        let refused = check_settings(&mut weak).await.unwrap_err().to_string();
        assert!(refused.contains("synchronous reads back as 1"), "{refused}");
    }

    #[tokio::test]
    async fn a_file_that_is_no_database_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        std::fs::write(&path, "no database at all, ".repeat(100)).unwrap();
        let refused = Store::open(&Place::File(path), StoreOptions::default())
            .await
            .unwrap_err();
        assert!(refused.is_fatal(), "{refused}");
    }

    /// The table itself is sound here, so that a quick check finds nothing.
    #[tokio::test]
    async fn a_file_whose_index_has_lost_an_answer_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let place = Place::File(path.clone());
        drop(Store::open(&place, StoreOptions::default()).await.unwrap());
        let mut raw = settings(&path).foreign_keys(false).connect().await.unwrap();
        for text in [
            "INSERT INTO answers (answer, wave, municipality, unit, release, response)
             VALUES (x'00', 'w', '092', 'u', 1, '{}')",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = replace(sql, '(wave, municipality, unit)',
             '(unit, municipality, wave)') WHERE name = 'answers_by_unit'",
        ] {
            sqlx::query(text).execute(&mut raw).await.unwrap();
        }
        raw.close().await.unwrap();
        let mut raw = settings(&path).connect().await.unwrap();
        let (quick,): (String,) = sqlx::query_as("PRAGMA quick_check(1)")
            .fetch_one(&mut raw)
            .await
            .unwrap();
        assert_eq!(quick, "ok");
        raw.close().await.unwrap();
        let opened = Store::open(&place, StoreOptions::default()).await;
        let refused = opened.unwrap_err();
        assert!(refused.is_fatal(), "{refused}");
        assert!(refused.to_string().contains("answers_by_unit"), "{refused}");
    }

    #[tokio::test]
    async fn a_failed_job_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let store = Store::open(&Place::File(path), StoreOptions::default())
            .await
            .unwrap();
        let insert = "INSERT INTO municipalities (code, shares_figures) VALUES ('092', 1)";
        let refused: Result<(), _> = store
            .write(move |tx| {
                Box::pin(async move {
                    query(insert).execute(tx).await?;
                    Err(StoreError::Refused("changed my mind".into()))
                })
            })
            .await;
        assert!(refused.is_err());
        store
            .write(move |tx| Box::pin(async move { query(insert).execute(tx).await }))
            .await
            .unwrap();
    }
}
