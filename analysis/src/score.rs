//! What is estimated, and each person's score in it as an exact fraction.
//!
//! The missing rule is that of `surveys::score`: `valid >= max(min_answered, ceil(min_share *
//! base))`. Here it is applied to whole columns; a property test holds the two together.

use serde::{Deserialize, Serialize};
use surveys::dataset::DimensionSpec;
use surveys::{Declined, Missing, MissingRule, ShareBase};

use crate::AnalysisError;
use crate::dataset::{Dataset, ScaleEnds};

/// What a statistic is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// The score in a dimension of the codebook, by id.
    #[serde(rename = "area")]
    Dimension(String),
    /// One item, by column name.
    Item(String),
}

impl Quantity {
    /// Returns the dimension's id or the item's column.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Quantity::Dimension(name) | Quantity::Item(name) => name,
        }
    }

    /// Returns the columns it is made of.
    pub(crate) fn columns<'d>(&'d self, data: &'d Dataset) -> Result<Vec<&'d str>, AnalysisError> {
        match self {
            Quantity::Item(column) => Ok(vec![column]),
            Quantity::Dimension(id) => Ok(data
                .dimension(id)?
                .variables
                .iter()
                .map(String::as_str)
                .collect()),
        }
    }

    /// Returns the ends of its scale.
    pub(crate) fn scale(&self, data: &Dataset) -> Result<ScaleEnds, AnalysisError> {
        match self {
            Quantity::Item(column) => data.item_scale(column),
            Quantity::Dimension(id) => data.dimension_scale(id),
        }
    }

    /// Returns when a person has a score in it.
    pub(crate) fn rule(&self, data: &Dataset) -> Result<MissingRule, AnalysisError> {
        match self {
            Quantity::Item(_) => Ok(MissingRule {
                min_share: 1.0,
                of: ShareBase::All,
                min_answered: 1,
            }),
            Quantity::Dimension(id) => {
                let DimensionSpec { missing, .. } = data.dimension(id)?;
                Ok(*missing)
            }
        }
    }
}

/// Each person's score: a sum of valid items over their number, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scores {
    pub(crate) persons: Vec<PersonScore>,
}

/// One person's score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PersonScore {
    /// `sum / valid`.
    Scored { valid: u16, sum: i32 },
    /// None of the items was asked.
    NotAsked,
    /// Fewer valid items than the missing rule wants.
    TooFew,
}

/// Counts of one person's cells over the items of a quantity.
#[derive(Clone, Copy, Default)]
struct Tally {
    valid: u16,
    sum: i32,
    not_asked: u16,
    not_my_work: u16,
}

/// Scores everybody.
pub(crate) fn scores(data: &Dataset, of: &Quantity) -> Result<Scores, AnalysisError> {
    let rule = of.rule(data)?;
    let columns = of.columns(data)?;
    let not_asked = missing_code(Missing::NotAsked);
    let not_my_work = missing_code(Missing::Declined(Declined::NotMyWork));
    let mut tallies = vec![Tally::default(); data.answers()];
    for column in &columns {
        for (tally, value) in tallies.iter_mut().zip(data.item(column)?) {
            if *value > LAST_MISSING {
                tally.valid += 1;
                tally.sum += i32::from(*value);
            } else if *value == not_asked {
                tally.not_asked += 1;
            } else if *value == not_my_work {
                tally.not_my_work += 1;
            }
        }
    }
    let items = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    let needed: Vec<u16> = (0..=items).map(|base| needed(&rule, base)).collect();
    let person = |tally: Tally| {
        if tally.not_asked == items {
            return PersonScore::NotAsked;
        }
        let base = match rule.of {
            ShareBase::All => items,
            ShareBase::Applicable => items - tally.not_asked - tally.not_my_work,
        };
        if tally.valid >= needed[usize::from(base)] {
            PersonScore::Scored {
                valid: tally.valid,
                sum: tally.sum,
            }
        } else {
            PersonScore::TooFew
        }
    };
    Ok(Scores {
        persons: tallies.into_iter().map(person).collect(),
    })
}

/// The lowest of our own codes of missing values.
pub(crate) const FIRST_MISSING: i8 = -95;

/// Our own codes of missing values are -95 to -91; every scale lies above them.
pub(crate) const LAST_MISSING: i8 = -91;

pub(crate) fn missing_code(missing: Missing) -> i8 {
    i8::try_from(missing.code()).unwrap_or(LAST_MISSING)
}

/// Returns how many valid items a score needs; a mean of nothing is no score.
pub(crate) fn needed(rule: &MissingRule, base: u16) -> u16 {
    // 0.55 * 20 is a little over 11 in binary; the tolerance keeps the rule as written.
    let share = (rule.min_share * f64::from(base) - 1e-9).ceil().max(0.0);
    let by_share = (0..=base)
        .find(|number| f64::from(*number) >= share)
        .unwrap_or(base);
    by_share.max(u16::from(rule.min_answered)).max(1)
}
