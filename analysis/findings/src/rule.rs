//! The rule of protection, as data from the job or the wave.

use serde::{Deserialize, Serialize};

/// Thresholds (DC-2). Floors that no setting can pass are held by [`crate::protect`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Least number of answers for exact figures of a unit; floor 8.
    pub min_unit: u64,
    /// Least number of answers for a band of a unit, and for figures of any other group; floor 5.
    pub min_group: u64,
    /// Least number of municipalities behind a network figure.
    pub min_cities: u64,
    /// Municipalities that let their figures be shown by name (`shares_figures`), by code.
    #[serde(default)]
    pub shown_by_name: Vec<String>,
}

impl Default for Rule {
    fn default() -> Self {
        Rule {
            min_unit: 10,
            min_group: 5,
            min_cities: 3,
            shown_by_name: Vec::new(),
        }
    }
}
