//! The ends of answer scales: of one item, and of everything scored from several items.

use surveys::dataset::{CodeValue, Variable, VariableKind};

use super::Dataset;
use crate::AnalysisError;

/// Lowest and highest value of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ScaleEnds {
    pub(crate) low: i16,
    pub(crate) high: i16,
}

impl ScaleEnds {
    /// Returns the ends of a variable's values, if it has at least two whole numbers.
    pub(crate) fn of(variable: &Variable) -> Option<ScaleEnds> {
        let numbers = || {
            variable
                .values
                .iter()
                .filter_map(|value| match value.value {
                    CodeValue::Number(number) => Some(number),
                    CodeValue::Text(_) => None,
                })
        };
        let (low, high) = (numbers().min()?, numbers().max()?);
        (low < high).then_some(ScaleEnds { low, high })
    }

    /// Returns the value that stands the other way round.
    pub(crate) fn turned(self, value: i16) -> i16 {
        self.low + self.high - value
    }

    pub(crate) fn as_numbers(self) -> [f64; 2] {
        [f64::from(self.low), f64::from(self.high)]
    }
}

impl Dataset {
    /// Returns the ends of an item's scale.
    pub(crate) fn item_scale(&self, column: &str) -> Result<ScaleEnds, AnalysisError> {
        let variable = self.variable(column)?;
        let chosen =
            (variable.kind == VariableKind::Multi).then_some(ScaleEnds { low: 0, high: 1 });
        let ends = ScaleEnds::of(variable).or(chosen);
        ends.ok_or_else(|| AnalysisError::UnknownName {
            problem: format!("column `{column}` has no scale"),
        })
    }

    /// Returns the widest ends of the scales of a dimension's items.
    pub(crate) fn dimension_scale(&self, id: &str) -> Result<ScaleEnds, AnalysisError> {
        let mut ends: Option<ScaleEnds> = None;
        for column in &self.dimension(id)?.variables {
            let item = self.item_scale(column)?;
            ends = Some(match ends {
                None => item,
                Some(so_far) => ScaleEnds {
                    low: so_far.low.min(item.low),
                    high: so_far.high.max(item.high),
                },
            });
        }
        ends.ok_or_else(|| AnalysisError::UnknownName {
            problem: format!("dimension `{id}` has no items"),
        })
    }
}
