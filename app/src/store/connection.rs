//! Opens the SQLite file and reads its settings back.
//!
//! Writes go through `queue`; reads use other, read-only connections (DU-4).

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};
use tokio::sync::Notify;

use super::StoreError;
use super::queue::{Job, Queue};

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
    /// Neither the submission nor the code is marked.
    NothingUnique,
}

/// How a store is opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoreOptions {
    /// A fault for the tests.
    pub weakness: Weakness,
}

/// The response store.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) readers: SqlitePool,
    queue: Queue,
    stopped: Arc<AtomicBool>,
    stop: Arc<Notify>,
    pub(super) weakness: Weakness,
}

impl Store {
    /// Opens the file, making it if it is missing, and brings its schema to the present.
    ///
    /// # Errors
    /// When a setting does not read back as durable storage needs it, when the library is too
    /// old, or when the file is damaged or of a newer program.
    pub async fn open(path: &Path, options: StoreOptions) -> Result<Store, StoreError> {
        let settings = settings(path);
        let mut writer = settings.clone().create_if_missing(true).connect().await?;
        check_library(&mut writer).await?;
        check_settings(&mut writer).await?;
        check_integrity(&mut writer).await?;
        MIGRATIONS.run(&mut writer).await?;
        // What a crash left in the log goes before anything else is written.
        truncate_log(&mut writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(settings.read_only(true))
            .await?;
        Ok(Store {
            readers,
            queue: Queue::start(writer),
            stopped: Arc::new(AtomicBool::new(false)),
            stop: Arc::new(Notify::new()),
            weakness: options.weakness,
        })
    }

    /// Waits until the disk has failed and the process must stop (DU-8).
    pub async fn broken(&self) {
        let notified = self.stop.notified();
        if !self.stopped.load(Ordering::SeqCst) {
            notified.await;
        }
    }

    /// Runs a job in a transaction, in a task that does not die with the request.
    pub(super) async fn write<T, F>(&self, job: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut SqliteConnection) -> Job<'c, T> + Send + 'static,
    {
        self.unless_broken(self.queue.write(job)).await
    }

    /// Empties the write-ahead log, so that no earlier page image stays in it (AN-11).
    pub(super) async fn truncate_log(&self) -> Result<(), StoreError> {
        let emptied = self
            .queue
            .alone(|connection| Box::pin(truncate_log(connection)));
        self.unless_broken(emptied).await
    }

    /// Rewrites the whole file in the order of its keys and empties the log.
    pub(super) async fn vacuum(&self) -> Result<(), StoreError> {
        let rewritten = self.queue.alone(|connection| {
            Box::pin(async move {
                sqlx::query("VACUUM").execute(&mut *connection).await?;
                truncate_log(connection).await
            })
        });
        self.unless_broken(rewritten).await
    }

    /// After a failed sync nothing is written any more by this process (DU-8).
    async fn unless_broken<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        if self.stopped.load(Ordering::SeqCst) {
            return Err(StoreError::Broken("an earlier write failed".into()));
        }
        let done = work.await;
        if done.as_ref().is_err_and(StoreError::is_fatal) {
            self.stopped.store(true, Ordering::SeqCst);
            self.stop.notify_waiters();
        }
        done
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
        .disable_statement_logging()
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

async fn check_integrity(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let (verdict,): (String,) = sqlx::query_as("PRAGMA quick_check(1)")
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
    use super::*;

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
        let refused = Store::open(&path, StoreOptions::default())
            .await
            .unwrap_err();
        assert!(refused.is_fatal(), "{refused}");
    }

    #[tokio::test]
    async fn a_failed_job_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let store = Store::open(&path, StoreOptions::default()).await.unwrap();
        let insert = "INSERT INTO municipalities (code, shares_figures) VALUES ('092', 1)";
        let refused: Result<(), _> = store
            .write(move |tx| {
                Box::pin(async move {
                    sqlx::query(insert).execute(tx).await?;
                    Err(StoreError::Refused("changed my mind".into()))
                })
            })
            .await;
        assert!(refused.is_err());
        store
            .write(move |tx| Box::pin(async move { Ok(sqlx::query(insert).execute(tx).await?) }))
            .await
            .unwrap();
    }
}
