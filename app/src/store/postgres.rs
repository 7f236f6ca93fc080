//! PostgreSQL: how it is reached, what it must keep, and the schema.
//!
//! Several servers may stand before one database. `writer` says how they take turns.

use std::fs;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::{ConnectOptions as _, PgConnection, PgPool, Postgres, Transaction};

use super::StoreError;
use super::database::PATIENCE;

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations/postgres");

/// The oldest version that the tests run on.
const OLDEST: i64 = 150_000;

/// Connections that read, for each server.
const READERS: u32 = 8;

/// How the database is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostgresPlace {
    /// An address such as `postgres:///icteko?host=/run/postgresql&user=icteko`, without a password.
    pub url: String,
    /// A file that holds the password and nothing else.
    pub password_file: Option<PathBuf>,
    /// Whether the city has accepted that the write-ahead log is kept (AN-12).
    pub log_is_kept: bool,
}

/// A database server that was looked at once.
#[derive(Clone)]
pub(super) struct Server {
    options: PgConnectOptions,
    log_is_kept: bool,
}

/// The options hold a password.
impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

impl PostgresPlace {
    /// Reads address and password; connects nowhere.
    pub(super) fn server(&self) -> Result<Server, StoreError> {
        let wrong = |problem: String| StoreError::Unsafe(format!("store.url: {problem}"));
        let mut options =
            PgConnectOptions::from_str(&self.url).map_err(|error| wrong(error.to_string()))?;
        if let Some(file) = &self.password_file {
            let password = fs::read_to_string(file)
                .map_err(|error| wrong(format!("{}: {error}", file.display())))?;
            options = options.password(password.trim_end_matches(['\r', '\n']));
        }
        let host = options.get_host();
        let is_near = options.get_socket().is_some()
            || host.starts_with('/')
            || host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|it| it.is_loopback());
        let is_sealed = matches!(
            options.get_ssl_mode(),
            PgSslMode::VerifyCa | PgSslMode::VerifyFull
        );
        if !is_near && !is_sealed {
            return Err(wrong(format!(
                "answers would travel to {host} in the open; add ?sslmode=verify-full"
            )));
        }
        let options = options
            .application_name("icteko")
            .disable_statement_logging();
        Ok(Server {
            options,
            log_is_kept: self.log_is_kept,
        })
    }
}

impl Server {
    /// Returns whether the schema is there, in whatever version.
    pub(super) async fn has_schema(&self) -> Result<bool, StoreError> {
        let mut connection = connected(&self.options).await?;
        let (there,): (bool,) =
            sqlx::query_as("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
                .fetch_one(&mut connection)
                .await
                .map_err(StoreError::of_postgres)?;
        Ok(there)
    }

    /// Brings the schema to the present; servers that start together take turns.
    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        let mut connection = connected(&self.options).await?;
        check(&mut connection, self.log_is_kept).await?;
        Ok(MIGRATIONS.run(&mut connection).await?)
    }

    /// Returns a connection to write on. Its settings are read back each time: they can be changed
    /// while the program runs (DU-2).
    pub(super) async fn writer(&self) -> Result<PgConnection, StoreError> {
        let options = self.options.clone().options([
            ("statement_timeout", "5s"),
            // A server that hangs in the middle does not keep the others from writing.
            ("idle_in_transaction_session_timeout", "10s"),
        ]);
        let mut connection = connected(&options).await?;
        check(&mut connection, self.log_is_kept).await?;
        Ok(connection)
    }

    /// Returns connections that only read.
    pub(super) fn readers(&self) -> PgPool {
        let options = self.options.clone().options([
            ("statement_timeout", "5s"),
            ("default_transaction_read_only", "on"),
        ]);
        PgPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .connect_lazy_with(options)
    }
}

/// Takes the turn to keep house; nothing where another server has it. It ends when the
/// transaction is dropped.
pub(super) async fn turn(
    readers: &PgPool,
) -> Result<Option<Transaction<'static, Postgres>>, StoreError> {
    let mut transaction = readers.begin().await.map_err(StoreError::of_postgres)?;
    let (taken,): (bool,) = sqlx::query_as("SELECT pg_try_advisory_xact_lock(4931, 2)")
        .fetch_one(&mut *transaction)
        .await
        .map_err(StoreError::of_postgres)?;
    Ok(taken.then_some(transaction))
}

async fn connected(options: &PgConnectOptions) -> Result<PgConnection, StoreError> {
    match tokio::time::timeout(Duration::from_secs(2), options.connect()).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(StoreError::of_postgres(error)),
        Err(_) => Err(StoreError::Away("it takes no connection".into())),
    }
}

/// Reads back what durable and unlinked storage needs (DU-2, AN-12).
async fn check(connection: &mut PgConnection, log_is_kept: bool) -> Result<(), StoreError> {
    let settings: Vec<(String, String)> = sqlx::query_as(
        "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes',
         'synchronous_commit', 'archive_mode', 'wal_level', 'server_version_num',
         'server_encoding')",
    )
    .fetch_all(connection)
    .await
    .map_err(StoreError::of_postgres)?;
    let value = |name: &str| {
        let found = settings.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let number = value("server_version_num").parse().unwrap_or(0_i64);
    if number < OLDEST {
        return Err(StoreError::Unsafe(format!(
            "PostgreSQL {number} is older than {OLDEST}"
        )));
    }
    let mut wanted = vec![
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("server_encoding", "UTF8"),
    ];
    if !log_is_kept {
        // A log that is kept shows which code came with which answer.
        wanted.push(("archive_mode", "off"));
        if value("wal_level") == "logical" {
            wanted.push(("wal_level", "replica"));
        }
    }
    for (name, wanted) in wanted {
        if value(name) != wanted {
            return Err(StoreError::Unsafe(format!(
                "{name} reads back as {} instead of {wanted}",
                value(name)
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> Option<String> {
        let place = PostgresPlace {
            url: url.into(),
            password_file: None,
            log_is_kept: false,
        };
        place.server().err().map(|error| error.to_string())
    }

    #[test]
    fn answers_reach_another_machine_only_sealed() {
        for near in [
            "postgres:///icteko?host=/run/postgresql&user=icteko",
            "postgres://icteko@localhost/icteko",
            "postgres://icteko@127.0.0.1:5433/icteko",
            "postgres://icteko@db.example.fi/icteko?sslmode=verify-full",
        ] {
            assert_eq!(refused(near), None, "{near}");
        }
        for far in [
            "postgres://icteko@db.example.fi/icteko",
            "postgres://icteko@10.0.0.7/icteko?sslmode=require",
        ] {
            let said = refused(far).unwrap();
            assert!(said.contains("sslmode=verify-full"), "{said}");
        }
    }

    #[test]
    fn a_password_stands_in_no_message() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        fs::write(&file, "salainen-sana\n").unwrap();
        let place = PostgresPlace {
            url: "postgres:///icteko?host=/nowhere&user=icteko".into(),
            password_file: Some(file),
            log_is_kept: false,
        };
        let said = format!("{place:?} {:?}", place.server().unwrap());
        assert!(!said.contains("salainen"), "{said}");
    }
}
