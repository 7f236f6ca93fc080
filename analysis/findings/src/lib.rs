#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod audit;
mod cell;
mod finding;
pub mod format;
mod ledger;
mod protect;
mod raw;
mod release;
mod rule;
mod working;

pub use audit::*;
pub use cell::*;
pub use finding::*;
pub use format::FormatError;
pub use ledger::{LEDGER_SCHEMA, Ledger};
pub use protect::{ProtectError, protect};
pub use raw::*;
pub use release::{About, Release};
pub use rule::*;
pub use working::*;
