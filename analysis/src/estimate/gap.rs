//! Gap to the target of the own role, mean shortfall, and share below target.
//!
//! The gap is signed, target minus score; the shortfall is its positive part person by person,
//! since strong people do not make up for weak ones. Who has no target has no gap, which is not
//! a gap of nought.

use std::collections::BTreeMap;

use findings::{Estimate, RawRow, Undefined};

use super::mean::with_interval;
use super::share::share;
use super::{Design, Estimates, nobody};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::Moments;
use crate::grouping::{Grouping, Tally, tabulate};
use crate::score::{PersonScore, Quantity, scores};

/// Persons by gap; a gap is kept as a fraction, numerator and denominator.
#[derive(Clone, Debug, Default)]
struct GapTable {
    gaps: BTreeMap<(i64, i64), u64>,
    without_target: u64,
    not_asked: u64,
    too_few: u64,
}

impl Tally for GapTable {
    fn add(&mut self, other: &Self) {
        for (gap, persons) in &other.gaps {
            *self.gaps.entry(*gap).or_default() += persons;
        }
        self.without_target += other.without_target;
        self.not_asked += other.not_asked;
        self.too_few += other.too_few;
    }
}

impl GapTable {
    fn n(&self) -> u64 {
        self.gaps.values().sum()
    }

    fn moments(&self, of_gap: impl Fn(i64) -> i64) -> Moments {
        let mut moments = Moments::default();
        for ((numerator, denominator), persons) in &self.gaps {
            moments.add(of_gap(*numerator), *denominator, *persons);
        }
        moments
    }

    fn below(&self) -> u64 {
        let below = self
            .gaps
            .iter()
            .filter(|((numerator, _), _)| *numerator > 0);
        below.map(|(_, persons)| persons).sum()
    }

    /// Returns how many persons share the most frequent gap; equal fractions count together.
    fn modal(&self, of_gap: impl Fn(i64) -> i64) -> u64 {
        let mut lowest: BTreeMap<(i64, i64), u64> = BTreeMap::new();
        for ((numerator, denominator), persons) in &self.gaps {
            let numerator = of_gap(*numerator);
            let divisor = divisor(numerator.abs(), *denominator);
            *lowest
                .entry((numerator / divisor, denominator / divisor))
                .or_default() += persons;
        }
        lowest.into_values().max().unwrap_or(0)
    }

    fn missing(&self) -> Undefined {
        if self.without_target > 0 {
            Undefined::NoTarget
        } else {
            nobody(self.too_few, self.not_asked)
        }
    }
}

fn divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a.max(1) } else { divisor(b, a % b) }
}

/// Returns the mean of target minus score of each group, with Student's t interval.
///
/// People without score or without target are left out.
///
/// # Errors
/// When the quantity is no dimension, or it or a group column does not exist.
pub fn gap(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    table(data, of, by, |gaps| {
        let figure = with_interval(&gaps.moments(|gap| gap), design);
        (figure, gaps.modal(|gap| gap))
    })
}

/// Returns the mean shortfall of each group: the mean of `max(0, target - score)`.
///
/// # Errors
/// As [`gap`].
pub fn shortfall(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    table(data, of, by, |gaps| {
        let figure = with_interval(&gaps.moments(|gap| gap.max(0)), design);
        (figure, gaps.modal(|gap| gap.max(0)))
    })
}

/// Returns the share of people in each group whose score is below their target.
///
/// # Errors
/// As [`gap`].
pub fn below_target(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    table(data, of, by, |gaps| {
        let (n, below) = (gaps.n(), gaps.below());
        (
            share(below, n, design).ok_or(Undefined::NoAnswers),
            below.max(n - below),
        )
    })
}

fn table(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    figure: impl Fn(&GapTable) -> (Result<Estimate, Undefined>, u64),
) -> Result<Estimates, AnalysisError> {
    let scores = scores(data, of)?;
    let targets = data.targets(of.name())?;
    let tables = tabulate(data, by, |table: &mut GapTable, row| {
        match scores.persons[row] {
            PersonScore::Scored { valid, sum } => match targets[row] {
                Some(target) => {
                    let denominator = 1000 * i64::from(valid);
                    let numerator = target * i64::from(valid) - 1000 * i64::from(sum);
                    *table.gaps.entry((numerator, denominator)).or_default() += 1;
                }
                None => table.without_target += 1,
            },
            PersonScore::NotAsked => table.not_asked += 1,
            PersonScore::TooFew => table.too_few += 1,
        }
    })?;
    let rows = tables.into_iter().map(|(keys, gaps)| {
        let answers = gaps.n();
        let (figure, modal) = if answers == 0 {
            (Err(gaps.missing()), 0)
        } else {
            figure(&gaps)
        };
        RawRow {
            keys,
            figure,
            answers,
            modal,
        }
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: Vec::new(),
    })
}
