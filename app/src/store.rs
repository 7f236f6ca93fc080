//! The response store: SQL is written here and nowhere else, one file per noun.
//!
//! `connection` opens SQLite, `postgres` opens PostgreSQL, and both refuse unsafe settings;
//! `database` lets every query stand once for both, `queue` is the one way to write. `inbox`
//! keeps an answer exactly once, by the statements of `keeping`; `mixing` forgets which code it
//! came with, `returns` finds it for whoever holds its return code. Everything speaks domain types;
//! what the database complains about becomes a [`StoreError`] and is never shown to people.

mod answering;
mod answers;
mod codes;
mod connection;
mod coordinators;
mod database;
mod drafts;
mod failure;
mod inbox;
mod instruments;
mod keeping;
mod mixing;
mod network;
mod postgres;
mod progress;
mod queue;
mod retention;
mod returns;
mod staff;
mod units;
#[cfg(test)]
mod upgrade;
mod waves;
mod writer;

pub use answering::Pinned;
pub use answers::StoredAnswer;
pub use codes::{Batch, BatchId, CodeHash, KnownCode};
pub use connection::{Place, Store, StoreOptions, Turn, Weakness};
pub use coordinators::{Coordinator, TokenHash};
pub use drafts::{DraftId, DraftRow};
pub use failure::StoreError;
pub use inbox::{ContentHash, Submission, SubmissionMark, Submitted};
pub use instruments::Instrument;
pub use postgres::PostgresPlace;
pub use progress::UnitCount;
pub use returns::{ReturnHash, Returned};
pub use waves::{Mode, NewWave, OpenLink, Wave, WaveCity, WaveState};
