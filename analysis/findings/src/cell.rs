//! One place of a published table.

use serde::{Deserialize, Serialize};

/// A figure with its uncertainty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// The figure, in the table's unit.
    pub value: f64,
    /// Standard error, in the same unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub se: Option<f64>,
    /// Lower end of the interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// Upper end of the interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// How many answers stand behind it.
    pub n: Count,
}

/// A number of answers: exact, or a range where the exact number would tell too much (DC-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Count {
    /// The exact number.
    Exact(u64),
    /// From, to: both ends belong to it.
    Range([u64; 2]),
}

/// One place of a published table. Why a figure is withheld stays in the audit result: withheld,
/// too few and not asked look alike in files (DC-15).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The figure.
    Shown(Estimate),
    /// A coarse placing against the city's mean.
    Band(Band),
    /// No figure.
    Withheld,
}

/// Where a small unit stands against its city.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// More than a quarter step below the city's mean.
    Below,
    /// Within a quarter step of it.
    Near,
    /// More than a quarter step above it.
    Above,
}
