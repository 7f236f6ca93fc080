//! The response store: SQL is written here and nowhere else, one file per noun.
//!
//! `connection` opens SQLite and refuses unsafe settings, `inbox` keeps an answer exactly
//! once, `mixing` forgets which code it came with. Everything speaks domain types; what the
//! database complains about becomes a [`StoreError`] and is never shown to people.

mod answers;
mod codes;
mod connection;
mod coordinators;
mod drafts;
mod failure;
mod inbox;
mod instruments;
mod mixing;
mod network;
mod progress;
mod queue;
mod retention;
mod staff;
mod units;
mod waves;

pub use answers::StoredAnswer;
pub use codes::{Batch, BatchId, CodeHash, KnownCode};
pub use connection::{Store, StoreOptions, Weakness};
pub use coordinators::{Coordinator, TokenHash};
pub use drafts::{DraftId, DraftRow};
pub use failure::StoreError;
pub use inbox::{ContentHash, Submission, SubmissionMark, Submitted};
pub use instruments::Instrument;
pub use progress::UnitCount;
pub use waves::{NewWave, Wave, WaveCity, WaveState};
