#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

pub mod dataset;
pub mod design;
pub mod draft;
mod error;
pub mod estimate;
mod exact;
pub mod federation;
mod grouping;
pub mod job;
mod probability;
pub mod publish;
mod reduce;
mod reml;
mod score;
mod stream;
mod tables;

pub use dataset::Dataset;
pub use error::{AnalysisError, CellProblem};
pub use grouping::Grouping;
pub use score::Quantity;
