//! One way to speak to SQLite and to PostgreSQL: a text with `$1`, its values, rows as tuples.
//!
//! The tables hold numbers, texts and bytes only, which both databases take and give alike, so a
//! query stands once and says nothing of the database it runs on. Where the two differ, a caller
//! asks [`Connection::is_postgres`].

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::watch;
use tokio::time::{Duration, Instant, sleep, timeout_at};

use super::StoreError;

/// How long a read waits for a database that is away (DU-12).
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// How long to wait before the next try.
pub(super) const PAUSE: Duration = Duration::from_millis(100);

/// A connection of its own, for writing.
#[derive(Debug)]
pub(super) enum Connection {
    /// To the file.
    Sqlite(SqliteConnection),
    /// To a server.
    Postgres(PgConnection),
}

/// Rings for good once the disk has failed (DU-8).
#[derive(Clone, Debug, Default)]
pub(super) struct Alarm(watch::Sender<bool>);

impl Alarm {
    /// Rings where that is what an error says.
    pub(super) fn heed<T>(&self, done: Result<T, StoreError>) -> Result<T, StoreError> {
        if done.as_ref().is_err_and(StoreError::is_fatal) {
            self.0.send_replace(true);
        }
        done
    }

    /// Waits until it rings.
    pub(super) async fn rings(&self) {
        // It cannot go away: this is its sender.
        let _ = self.0.subscribe().wait_for(|rings| *rings).await;
    }
}

/// Connections that read.
#[derive(Clone, Debug)]
pub(super) enum Readers {
    /// To the file.
    Sqlite(SqlitePool, Alarm),
    /// To a server.
    Postgres(PgPool),
}

/// One of the connections that read, for several queries after one another.
#[derive(Debug)]
pub(super) enum Reader {
    /// To the file.
    Sqlite(PoolConnection<Sqlite>, Alarm),
    /// To a server.
    Postgres(PoolConnection<Postgres>),
}

/// Where a statement runs.
pub(super) enum On<'a> {
    /// On a connection to the file.
    Sqlite(&'a mut SqliteConnection),
    /// On a connection to a server.
    Postgres(&'a mut PgConnection),
    /// On one that reads.
    Reader(&'a mut Reader),
    /// On any that reads.
    Readers(&'a Readers),
}

/// A row of either database as a tuple.
pub(super) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{}

/// What stands for a `$1`.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// TEXT.
    Text(String),
    /// BLOB or BYTEA, which may be missing.
    Bytes(Option<Vec<u8>>),
    /// BIGINT, which may be missing.
    Number(Option<i64>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Text(text.clone())
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Value::Bytes(Some(bytes.to_vec()))
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Value::Bytes(Some(bytes))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(bytes: Option<Vec<u8>>) -> Self {
        Value::Bytes(bytes)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Number(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Self {
        Value::Number(number)
    }
}

/// How much a statement changed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Done(u64);

impl Done {
    /// Returns how many rows were inserted, changed or deleted.
    pub(super) fn rows_affected(self) -> u64 {
        self.0
    }
}

/// A text and its values.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    text: &'static str,
    values: Vec<Value>,
}

/// Begins a statement; its values follow by [`Statement::bind`].
pub(super) fn query(text: &'static str) -> Statement {
    Statement {
        text,
        values: Vec::new(),
    }
}

/// Returns so many places for values, such as `$1, $2`.
pub(super) fn places(count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("${place}")).collect();
    places.join(", ")
}

/// Returns places for so many rows, such as `($1, $2), ($3, $4)`.
pub(super) fn rows_of_places(rows: usize, columns: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=columns)
            .map(|column| format!("${}", row * columns + column))
            .collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    rows.join(", ")
}

/// Binds every value to a query of one database.
macro_rules! bound {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text.clone()),
                Value::Bytes(bytes) => query.bind(bytes.clone()),
                Value::Number(number) => query.bind(*number),
            };
        }
        query
    }};
}

impl Statement {
    /// Adds the value of the next `$`.
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Changes rows.
    pub(super) async fn execute(self, on: &mut Connection) -> Result<Done, StoreError> {
        let rows = match on {
            Connection::Sqlite(on) => {
                let query = bound!(sqlx::query::<Sqlite>(self.text), &self.values);
                query.execute(on).await?.rows_affected()
            }
            Connection::Postgres(on) => {
                let query = bound!(sqlx::query::<Postgres>(self.text), &self.values);
                let done = query.execute(on).await;
                done.map_err(StoreError::of_postgres)?.rows_affected()
            }
        };
        Ok(Done(rows))
    }

    /// Returns all rows.
    pub(super) async fn fetch_all<T: Row>(
        self,
        on: impl Into<On<'_>>,
    ) -> Result<Vec<T>, StoreError> {
        match on.into() {
            On::Sqlite(on) => self.ask_sqlite(on).await,
            On::Postgres(on) => self.ask_postgres(on).await,
            On::Reader(reader) => self.read_on(reader).await,
            On::Readers(readers) => self.read(readers).await,
        }
    }

    /// Returns the first row, if there is one.
    pub(super) async fn fetch_optional<T: Row>(
        self,
        on: impl Into<On<'_>>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.fetch_all(on).await?.into_iter().next())
    }

    /// Returns the row that must be there.
    pub(super) async fn fetch_one<T: Row>(self, on: impl Into<On<'_>>) -> Result<T, StoreError> {
        let row = self.fetch_optional(on).await?;
        row.ok_or(StoreError::Database(sqlx::Error::RowNotFound))
    }

    async fn ask_sqlite<T: Row>(&self, on: &mut SqliteConnection) -> Result<Vec<T>, StoreError> {
        let query = bound!(sqlx::query_as::<Sqlite, T>(self.text), &self.values);
        Ok(query.fetch_all(on).await?)
    }

    async fn ask_postgres<T: Row>(&self, on: &mut PgConnection) -> Result<Vec<T>, StoreError> {
        let query = bound!(sqlx::query_as::<Postgres, T>(self.text), &self.values);
        query.fetch_all(on).await.map_err(StoreError::of_postgres)
    }

    async fn read_on<T: Row>(&self, reader: &mut Reader) -> Result<Vec<T>, StoreError> {
        match reader {
            Reader::Sqlite(on, alarm) => alarm.heed(self.ask_sqlite(on).await),
            Reader::Postgres(on) => self.ask_postgres(on).await,
        }
    }

    /// Reads, and waits a little for a server that is away: reading twice changes nothing.
    async fn read<T: Row>(&self, readers: &Readers) -> Result<Vec<T>, StoreError> {
        let until = Instant::now() + PATIENCE;
        loop {
            let read = match readers.acquire_until(until).await {
                Ok(mut reader) => self.read_on(&mut reader).await,
                Err(error) => Err(error),
            };
            match read {
                Err(StoreError::Away(_)) if Instant::now() < until => sleep(PAUSE).await,
                read => return read,
            }
        }
    }
}

impl Connection {
    /// Returns whether this is PostgreSQL.
    pub(super) fn is_postgres(&self) -> bool {
        matches!(self, Connection::Postgres(_))
    }

    /// Keeps or rolls back what was done since the savepoint `job`, and sets it anew. Each text is
    /// one way to the database and back.
    pub(super) async fn end_job(&mut self, is_kept: bool) -> Result<(), StoreError> {
        self.run(if is_kept {
            "RELEASE SAVEPOINT job; SAVEPOINT job"
        } else {
            "ROLLBACK TO SAVEPOINT job"
        })
        .await
    }

    /// Runs statements without values, such as `COMMIT`.
    pub(super) async fn run(&mut self, text: &'static str) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(on) => {
                sqlx::raw_sql(text).execute(on).await?;
            }
            Connection::Postgres(on) => {
                let done = sqlx::raw_sql(text).execute(on).await;
                done.map_err(StoreError::of_postgres)?;
            }
        }
        Ok(())
    }
}

impl Readers {
    /// Returns a connection for several queries; a server that is away is waited for a little.
    pub(super) async fn acquire(&self) -> Result<Reader, StoreError> {
        self.acquire_until(Instant::now() + PATIENCE).await
    }

    async fn acquire_until(&self, until: Instant) -> Result<Reader, StoreError> {
        let pool = match self {
            Readers::Sqlite(pool, alarm) => {
                let acquired = pool.acquire().await.map_err(StoreError::from);
                return Ok(Reader::Sqlite(alarm.heed(acquired)?, alarm.clone()));
            }
            Readers::Postgres(pool) => pool,
        };
        loop {
            // A pool waits for as long as it may, each time anew.
            let reader = match timeout_at(until, pool.acquire()).await {
                Ok(reader) => reader.map_err(StoreError::of_postgres),
                Err(_) => Err(StoreError::Away("no connection in time".into())),
            };
            match reader {
                Ok(reader) => return Ok(Reader::Postgres(reader)),
                Err(StoreError::Away(_)) if Instant::now() < until => sleep(PAUSE).await,
                Err(error) => return Err(error),
            }
        }
    }
}

impl<'a> From<&'a mut Connection> for On<'a> {
    fn from(connection: &'a mut Connection) -> Self {
        match connection {
            Connection::Sqlite(on) => On::Sqlite(on),
            Connection::Postgres(on) => On::Postgres(on),
        }
    }
}

impl<'a> From<&'a mut Reader> for On<'a> {
    fn from(reader: &'a mut Reader) -> Self {
        On::Reader(reader)
    }
}

impl<'a> From<&'a Readers> for On<'a> {
    fn from(readers: &'a Readers) -> Self {
        On::Readers(readers)
    }
}
