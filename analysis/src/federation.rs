//! Municipalities keep their answers: integer tables are handed over, added, and analysed.
//!
//! [`tables`] writes the tables that a job's statistics are made of, [`merge`] adds any number of
//! them, and [`ExchangeFile::run`] runs the same job on the sum: same functions, same gate,
//! same bits as on the answers put together. [`mask`] hides each municipality's table in random
//! numbers that cancel in the sum. What the tables are about (instrument, wave, rules, scales)
//! travels with them, and a difference is an error that names both sides.
//!
//! Exchange is not publication: the files say so in their `kind`, and handbook and application
//! refuse them.

mod agree;
mod analyse;
mod cells;
mod collect;
mod file;
mod mask;
mod masked_file;
mod merge;
mod small_cells;

pub use collect::{Collected, Part, tables};
pub use file::ExchangeFile;
pub use mask::{Secret, mask};
pub use masked_file::MaskedFile;
pub use merge::{Merged, merge};
