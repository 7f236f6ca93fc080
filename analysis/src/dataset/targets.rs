//! Which target level a respondent has in a dimension.
//!
//! Targets stand in the codebook by role as it is written in the file, and by duty. Where a person
//! has several, the highest counts, as in `surveys::gap`: a duty can only raise a target. No
//! target is not nought: no gap follows.

use surveys::dataset::VariableKind;

use super::cells::DUTY_SEPARATOR;
use super::{Dataset, MISSING_KEY};
use crate::AnalysisError;

/// Returns a level in thousandths of a step, unless it has more decimals than that.
///
/// Whole thousandths keep gaps exact fractions.
pub(crate) fn thousandths(target: f64) -> Option<i64> {
    let scaled = target * 1000.0;
    let rounded = scaled.round();
    let fits = (scaled - rounded).abs() < 1e-6 && rounded.abs() < 1e9;
    fits.then_some(rounded as i64)
}

impl Dataset {
    /// Returns the target of every answer in a dimension, in thousandths of a step.
    pub(crate) fn targets(&self, dimension: &str) -> Result<Vec<Option<i64>>, AnalysisError> {
        self.dimension(dimension)?;
        let mut targets = vec![None; self.answers()];
        for kind in [VariableKind::Role, VariableKind::Duties] {
            let Some(column) = self.column_of(kind) else {
                continue;
            };
            let key = self.key(&column.name)?;
            let of_label: Vec<Option<i64>> = key
                .labels
                .iter()
                .map(|label| self.highest_target(dimension, label))
                .collect();
            for (target, code) in targets.iter_mut().zip(key.codes) {
                if *code != MISSING_KEY {
                    *target = (*target).max(of_label[*code as usize]);
                }
            }
        }
        Ok(targets)
    }

    /// Returns the highest target of the roles in a label; duties are joined by `;`.
    fn highest_target(&self, dimension: &str, label: &str) -> Option<i64> {
        let specs = self
            .codebook
            .targets
            .iter()
            .filter(|spec| spec.dimension == dimension);
        specs
            .filter(|spec| {
                spec.role == label || label.split(DUTY_SEPARATOR).any(|duty| duty == spec.role)
            })
            .filter_map(|spec| thousandths(spec.target))
            .max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_held_in_whole_thousandths() {
        assert_eq!(thousandths(3.0), Some(3000));
        assert_eq!(thousandths(2.3), Some(2300));
        assert_eq!(thousandths(2.0 / 3.0), None);
        assert_eq!(thousandths(f64::NAN), None);
    }
}
