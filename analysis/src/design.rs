//! How the answers came about: strata, clusters, a finite population, weights, and how sure
//! intervals shall be.
//!
//! A [`Design`] says what a job wants; `Sample` is that design worked out on a dataset and its
//! staff numbers: who belongs to which cell, how much every cell weighs, which strata nobody
//! answered from. Weights depend on the cell alone, so that a city can hand over cells instead of
//! rows. Read on in `design/sample.rs`, `design/strata.rs`,
//! `design/raking.rs`.

mod columns;
mod margins;
pub mod raking;
mod sample;
mod strata;
mod trim;

pub(crate) use sample::{Cell, NO_CELL, Sample};

/// How the answers came about and how sure intervals shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// Probability of the intervals.
    pub confidence: f64,
    /// How the people who answered stand for the staff; none where every answer counts for
    /// itself, as if it were drawn from a population without end.
    pub sampling: Option<Sampling>,
}

impl Default for Design {
    fn default() -> Self {
        Design {
            confidence: 0.95,
            sampling: None,
        }
    }
}

/// How answers stand for the staff in the frame.
///
/// Columns are named as in the data or by kind. Where the data hold several waves, each is a
/// sample of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sampling {
    /// Columns whose combinations are the strata.
    pub strata: Vec<String>,
    /// The column whose values are taken as drawn by chance together, such as the unit.
    pub cluster: Option<String>,
    /// Whether the variance falls with the share of the staff who answered.
    pub finite: bool,
    /// What happens to a stratum with one answer (or one cluster).
    pub lonely: Lonely,
    /// Columns whose totals in the frame the weights reproduce by raking; none where an answer
    /// stands for the staff of its stratum (and cluster) divided by its answers.
    pub rake: Vec<String>,
    /// Largest weight allowed, as a multiple of the mean weight.
    pub trim: Option<f64>,
}

/// What happens to a stratum with one answer, whose variance cannot be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lonely {
    /// It is an error that names the stratum.
    #[default]
    Error,
    /// Its distance from the mean of all strata stands for its variance.
    Adjust,
    /// It is joined with the next stratum that shares the most leading columns.
    Merge,
}

impl Lonely {
    /// Every choice with the name it has in a job file.
    pub const ALL: [(&'static str, Lonely); 3] = [
        ("error", Lonely::Error),
        ("adjust", Lonely::Adjust),
        ("merge", Lonely::Merge),
    ];
}
