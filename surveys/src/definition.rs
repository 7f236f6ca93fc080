//! Survey definitions as people write them: TOML and Markdown in, a checked [`Survey`] out.
//!
//! Text in memory goes in ([`Sources`]: name to text), and every problem comes out at once, each
//! with file, line and column ([`Located`]). `read.rs` reads TOML with places, `report.rs` collects
//! what is wrong, `consequences.rs` leaves out what only follows from a broken file, `raw.rs` is
//! what the files say, `check.rs` and its parts turn that into a survey, `problem.rs` lists all
//! that can be wrong. After this module nobody looks anything up by text.

mod check;
mod consequences;
mod locate;
mod problem;
mod raw;
pub(crate) mod read;
pub(crate) mod report;
mod translation;

use std::collections::BTreeMap;

pub use check::check;
pub use locate::{Located, Mark, Place, ProblemSummary, SourceFile};
pub use problem::{DidYouMean, Problem};
pub use translation::{SourceText, SourceTexts, translation_texts};

#[cfg(doc)]
use crate::Survey;

/// Files in memory: path inside the folder, with `/`, to text.
pub type Sources = BTreeMap<String, String>;
