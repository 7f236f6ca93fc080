//! What can go wrong in the store, sorted by what the program does about it.

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too many writes wait; the sender tries again.
    #[error("too many writes are waiting")]
    Busy,
    /// The disk is full: nothing was kept, reading goes on (DU-9).
    #[error("the disk of the data folder is full")]
    DiskFull,
    /// The disk failed or the file is damaged: the process must stop (DU-8).
    #[error("the database file cannot be trusted: {0}")]
    Broken(String),
    /// The work ended before it was done; nothing was kept.
    #[error("the write was interrupted")]
    Interrupted,
    /// The database server does not answer; the sender tries again (DU-12).
    #[error("the database is away: {0}")]
    Away(String),
    /// A setting or the library is not what durable storage needs (DU-2, DU-3).
    #[error("the database is not safe to use: {0}")]
    Unsafe(String),
    /// The file was written by a newer program, or its migrations were changed.
    #[error("the database does not fit this program: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row holds what this program did not write.
    #[error("a row of `{table}` cannot be read: {reason}")]
    Row {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// Something that was named does not exist or is not in the state it must have.
    #[error("{0}")]
    Refused(String),
    /// Any other complaint of the database.
    #[error("the database refused: {0}")]
    Database(sqlx::Error),
}

impl StoreError {
    /// Returns whether the process must stop: a failed sync is never tried again (DU-8).
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        matches!(self, StoreError::Broken(_))
    }

    /// Returns the same failure for another sender whose work shared the commit.
    pub(super) fn repeated(&self) -> Self {
        match self {
            StoreError::Busy => StoreError::Busy,
            StoreError::DiskFull => StoreError::DiskFull,
            StoreError::Away(reason) => StoreError::Away(reason.clone()),
            StoreError::Broken(reason) => StoreError::Broken(reason.clone()),
            _ => StoreError::Interrupted,
        }
    }

    /// Returns the failure to read a row that this program did not write.
    pub(super) fn row(table: &'static str, reason: impl std::fmt::Display) -> Self {
        StoreError::Row {
            table,
            reason: reason.to_string(),
        }
    }
}

/// Turns a text of a row back into the identifier it was.
pub(super) fn id<T>(table: &'static str, text: String) -> Result<T, StoreError>
where
    T: TryFrom<String, Error = surveys::InvalidId>,
{
    T::try_from(text).map_err(|error| StoreError::row(table, error))
}

/// Turns a number of a row into the smaller type it was.
pub(super) fn number<T: TryFrom<i64>>(table: &'static str, value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::row(table, format!("{value} is out of range")))
}

/// Turns the bytes of a row back into a key of fixed length.
pub(super) fn bytes<const N: usize>(
    table: &'static str,
    bytes: Vec<u8>,
) -> Result<[u8; N], StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::row(table, "a key has the wrong length"))
}

/// Returns random bytes of the operating system for a key that says nothing.
pub(super) fn random_key<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut key = [0; N];
    getrandom::fill(&mut key).map_err(|error| StoreError::Broken(error.to_string()))?;
    Ok(key)
}

/// Primary result codes of SQLite, by <https://sqlite.org/rescode.html>.
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(database) => database
                .code()
                .and_then(|code| code.parse::<i32>().ok())
                .map(|code| code & 0xff),
            sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => {
                return StoreError::Broken(error.to_string());
            }
            sqlx::Error::PoolTimedOut => return StoreError::Busy,
            _ => None,
        };
        match code {
            Some(5 | 6) => StoreError::Busy,
            Some(13) => StoreError::DiskFull,
            Some(10 | 11 | 26) => StoreError::Broken(error.to_string()),
            _ => StoreError::Database(error),
        }
    }
}

impl StoreError {
    /// Sorts what PostgreSQL or the way to it complains of, by the codes of
    /// <https://www.postgresql.org/docs/15/errcodes-appendix.html>.
    pub(super) fn of_postgres(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::Database(database) => database.code().unwrap_or_default().into_owned(),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => return StoreError::Away(error.to_string()),
            _ => return StoreError::Database(error),
        };
        match code.as_str() {
            // Shut down, starting, crashed, or no connection left.
            "57P01" | "57P02" | "57P03" | "57P05" | "25P03" | "53300" => {
                StoreError::Away(error.to_string())
            }
            "53100" => StoreError::DiskFull,
            // Took too long, or stood in another's way.
            "57014" | "55P03" | "40001" | "40P01" => StoreError::Busy,
            "58030" | "XX001" | "XX002" => StoreError::Broken(error.to_string()),
            code if code.starts_with("08") => StoreError::Away(error.to_string()),
            code if code.starts_with("53") => StoreError::Busy,
            _ => StoreError::Database(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_failing_disk_stops_the_process() {
        assert!(StoreError::Broken("disk I/O error".into()).is_fatal());
        assert!(StoreError::from(sqlx::Error::WorkerCrashed).is_fatal());
        assert!(!StoreError::from(sqlx::Error::PoolTimedOut).is_fatal());
        assert!(!StoreError::DiskFull.is_fatal());
    }
}
