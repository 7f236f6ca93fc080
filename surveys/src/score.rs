//! The one scoring function: browser, server and analysis all call it.
//!
//! A score is the mean of a person's valid items, reversed ones recoded, where enough of them are
//! valid: `valid >= max(min_answered, ceil(min_share * base))`. No sum with noughts for missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Answer, Assessment, Declined, Dimension, Item, ItemId, Level, Missing, MissingRule, ShareBase,
    Survey,
};

/// A person's score in a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Mean of the valid items, on the dimension's scale.
    pub value: f64,
    /// Number of valid items.
    pub valid: u32,
    /// Number of items the share is taken of.
    pub base: u32,
}

/// Why a person has no score in a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoScore {
    /// None of the items was asked.
    NotAsked,
    /// Fewer valid items than the missing rule wants.
    TooFew {
        /// Number of valid items.
        valid: u32,
        /// Number that would have been enough.
        needed: u32,
    },
}

/// Scores one person: each item of the dimension brings its recoded value or why it has none.
///
/// # Errors
/// When the missing rule is not met; the reason says by how much.
///
/// ```
/// use surveys::{Missing, MissingRule, score};
/// let score = score(&[Ok(2.0), Ok(3.0), Err(Missing::LeftEmpty)], &MissingRule::default());
/// assert!((score.unwrap().value - 2.5).abs() < 1e-12);
/// ```
pub fn score(items: &[Result<f64, Missing>], rule: &MissingRule) -> Result<Score, NoScore> {
    if items.iter().all(|item| *item == Err(Missing::NotAsked)) {
        return Err(NoScore::NotAsked);
    }
    let base = match rule.of {
        ShareBase::All => count(items.iter()),
        ShareBase::Applicable => count(items.iter().filter(|item| {
            !matches!(
                item,
                Err(Missing::NotAsked | Missing::Declined(Declined::NotMyWork))
            )
        })),
    };
    let valid = count(items.iter().filter(|item| item.is_ok()));
    let needed = needed(rule, base);
    if valid < needed {
        return Err(NoScore::TooFew { valid, needed });
    }
    let sum: f64 = items.iter().flatten().sum();
    Ok(Score {
        value: sum / f64::from(valid),
        valid,
        base,
    })
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

/// At least one: a mean of nothing is no score, whatever the rule says.
fn needed(rule: &MissingRule, base: u32) -> u32 {
    // 0.55 * 20 is a little over 11 in binary; the tolerance keeps the rule as written.
    let share = (rule.min_share * f64::from(base) - 1e-9).ceil().max(0.0);
    (1..=base)
        .find(|number| f64::from(*number) >= share)
        .unwrap_or(base)
        .max(u32::from(rule.min_answered))
        .max(1)
}

/// Recodes a value of an item that is worded the other way round: `low + high - value`.
#[must_use]
pub fn recoded(value: f64, (low, high): (f64, f64), reversed: bool) -> f64 {
    if reversed { low + high - value } else { value }
}

/// Scores one respondent in one dimension of a survey.
///
/// # Errors
/// As [`score`].
pub fn dimension_score(
    survey: &Survey,
    dimension: &Dimension,
    assessment: &Assessment<'_>,
    answers: &BTreeMap<ItemId, Answer>,
) -> Result<Score, NoScore> {
    let items: Vec<_> = dimension
        .items
        .iter()
        .map(|id| item_value(survey, survey.item(id), assessment, answers))
        .collect();
    score(&items, &dimension.missing)
}

pub(crate) fn item_value(
    survey: &Survey,
    item: Option<&Item>,
    assessment: &Assessment<'_>,
    answers: &BTreeMap<ItemId, Answer>,
) -> Result<f64, Missing> {
    let item = item.ok_or(Missing::NotAsked)?;
    if !assessment.shows(&item.id) {
        return Err(Missing::NotAsked);
    }
    let Some(scale) = survey.scale_of(item) else {
        return Err(Missing::NotAsked);
    };
    match answers.get(&item.id) {
        Some(Answer::Level(level)) => {
            let (low, high) = scale.range();
            let ends = (f64::from(low.0), f64::from(high.0));
            Ok(recoded(f64::from(level.0), ends, item.reversed))
        }
        Some(Answer::NoValue(reason)) => Err(Missing::Declined(*reason)),
        Some(Answer::Choices(_) | Answer::Text(_)) | None => Err(Missing::LeftEmpty),
    }
}

impl Score {
    /// Returns the step the score stands on: it changes at 1.5, 2.5, 3.5 and so on, and a score
    /// on the cut goes up.
    #[must_use]
    pub fn step(&self, (low, high): (Level, Level)) -> Level {
        (low.0..=high.0)
            .rev()
            .map(Level)
            .find(|level| self.value >= f64::from(level.0) - 0.5)
            .unwrap_or(low)
    }
}

impl Survey {
    /// Returns the ends of the scale that the items of a dimension share.
    #[must_use]
    pub fn dimension_range(&self, dimension: &Dimension) -> (Level, Level) {
        dimension
            .items
            .iter()
            .filter_map(|id| self.scale_of(self.item(id)?))
            .map(crate::ResponseScale::range)
            .next()
            .unwrap_or((Level(0), Level(0)))
    }
}
