//! The rule of protection, as data from the job or the wave.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Thresholds (DC-2). Floors that no setting can pass are held by [`crate::protect`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Least number of answers for exact figures of a unit; floor 8.
    pub min_unit: u64,
    /// Least number of answers for a band of a unit, and for figures of any other group; floor 5.
    pub min_group: u64,
    /// Least number of municipalities behind a network figure; floor 3.
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

/// A threshold that is too low.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{threshold} is {value}; it cannot be lower than {floor}")]
pub struct BelowFloor {
    /// The threshold's name in the job file.
    pub threshold: &'static str,
    /// What it is set to.
    pub value: u64,
    /// The lowest it can be.
    pub floor: u64,
}

impl Rule {
    /// Checks the floors.
    ///
    /// # Errors
    /// When a threshold is lower than it can be; for units never lower than for other groups.
    pub fn check(&self) -> Result<(), BelowFloor> {
        let floors = [
            ("min_group", self.min_group, 5),
            ("min_unit", self.min_unit, 8.max(self.min_group)),
            ("min_cities", self.min_cities, 3),
        ];
        for (threshold, value, floor) in floors {
            if value < floor {
                return Err(BelowFloor {
                    threshold,
                    value,
                    floor,
                });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_setting_passes_a_floor() {
        let check = |min_unit, min_group, min_cities| {
            let rule = Rule {
                min_unit,
                min_group,
                min_cities,
                shown_by_name: Vec::new(),
            };
            rule.check().map_err(|e| e.to_string())
        };
        assert_eq!(check(10, 5, 3), Ok(()));
        assert_eq!(check(8, 5, 3), Ok(()));
        assert_eq!(
            check(7, 5, 3),
            Err("min_unit is 7; it cannot be lower than 8".to_owned())
        );
        assert_eq!(
            check(10, 4, 3),
            Err("min_group is 4; it cannot be lower than 5".to_owned())
        );
        assert_eq!(
            check(10, 12, 3),
            Err("min_unit is 10; it cannot be lower than 12".to_owned())
        );
        assert_eq!(
            check(10, 5, 2),
            Err("min_cities is 2; it cannot be lower than 3".to_owned())
        );
    }
}
