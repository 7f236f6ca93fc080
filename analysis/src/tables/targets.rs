//! T2 by target: persons by the target they are meant to reach and the score they have.
//!
//! The target of a person is the highest over role and duties, so it is counted with the score.
//! It is held in thousandths of a step, which keeps every gap an exact fraction. Written out,
//! `[target, valid, sum]` counts persons with a score and a target; `[0, 0, 0]` are persons with too
//! few valid items, `[0, 0, -1]` those not asked, `[0, 0, -2]` those with a score and no target.

use std::collections::{BTreeMap, BTreeSet};

use findings::Undefined;

use super::scores::possible_scores;
use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people};
use crate::AnalysisError;
use crate::dataset::{Dataset, thousandths};
use crate::estimate::nobody;
use crate::exact::Moments;
use crate::grouping::Tally;
use crate::score::{PersonScore, Quantity, scores};

/// Persons by target in thousandths, valid items and sum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TargetTable {
    persons: BTreeMap<(i64, u16, i32), u64>,
    without_target: u64,
    not_asked: u64,
    too_few: u64,
}

impl Tally for TargetTable {
    fn add(&mut self, other: &Self) {
        for (place, persons) in &other.persons {
            *self.persons.entry(*place).or_default() += persons;
        }
        self.without_target += other.without_target;
        self.not_asked += other.not_asked;
        self.too_few += other.too_few;
    }
}

const TOO_FEW: [i64; 3] = [0, 0, 0];
const NOT_ASKED: [i64; 3] = [0, 0, -1];
const WITHOUT_TARGET: [i64; 3] = [0, 0, -2];

impl IntegerTable for TargetTable {
    type Of = Quantity;

    const KIND: Option<TableKind> = Some(TableKind::Targets);

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let scores = scores(data, of)?;
        let targets = data.targets(of.name())?;
        Ok(Box::new(move |table: &mut TargetTable, row| {
            match scores.persons[row] {
                PersonScore::Scored { valid, sum } => match targets[row] {
                    Some(target) => *table.persons.entry((target, valid, sum)).or_default() += 1,
                    None => table.without_target += 1,
                },
                PersonScore::NotAsked => table.not_asked += 1,
                PersonScore::TooFew => table.too_few += 1,
            }
        }))
    }

    fn places(data: &Dataset, of: &Quantity) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let targets = data.codebook().targets.iter();
        let targets = targets.filter(|target| target.dimension == of.name());
        let targets: BTreeSet<i64> = targets
            .filter_map(|spec| thousandths(spec.target))
            .collect();
        let mut places = [WITHOUT_TARGET, NOT_ASKED, TOO_FEW].map(Vec::from).to_vec();
        for target in targets {
            let scores = possible_scores(data, of)?;
            places.extend(scores.map(|[valid, sum]| vec![target, valid, sum]));
        }
        Ok(places)
    }

    fn entries(&self) -> Entries {
        let mut entries: Entries = self
            .persons
            .iter()
            .map(|((target, valid, sum), persons)| {
                let place = vec![*target, i64::from(*valid), i64::from(*sum)];
                (place, as_entry(*persons))
            })
            .collect();
        entries.insert(TOO_FEW.to_vec(), as_entry(self.too_few));
        entries.insert(NOT_ASKED.to_vec(), as_entry(self.not_asked));
        entries.insert(WITHOUT_TARGET.to_vec(), as_entry(self.without_target));
        entries.retain(|_, persons| *persons != 0);
        entries
    }

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        let mut table = TargetTable::default();
        for (place, persons) in entries {
            let persons = as_people(*persons);
            match place.as_slice() {
                [_, 0, -2] => table.without_target += persons,
                [_, 0, -1] => table.not_asked += persons,
                [_, 0, _] => table.too_few += persons,
                [target, valid, sum] => {
                    if let (Ok(valid), Ok(sum)) = (u16::try_from(*valid), i32::try_from(*sum)) {
                        *table.persons.entry((*target, valid, sum)).or_default() += persons;
                    }
                }
                _ => {}
            }
        }
        table
    }
}

impl TargetTable {
    /// Returns how many persons have a score and a target.
    pub(crate) fn n(&self) -> u64 {
        self.persons.values().sum()
    }

    /// Returns the gaps that occur, numerator and denominator, with their persons.
    fn gaps(&self) -> impl Iterator<Item = (i64, i64, u64)> {
        self.persons.iter().map(|((target, valid, sum), persons)| {
            let valid = i64::from(*valid);
            let gap = target * valid - 1000 * i64::from(*sum);
            (gap, 1000 * valid, *persons)
        })
    }

    /// Returns sums of the gaps, from which mean and variance follow; `of_gap` changes the
    /// numerator of each, such as to its positive part.
    pub(crate) fn moments(&self, of_gap: impl Fn(i64) -> i64) -> Moments {
        let mut moments = Moments::default();
        for (numerator, denominator, persons) in self.gaps() {
            moments.add(of_gap(numerator), denominator, persons);
        }
        moments
    }

    /// Returns how many persons are below their target.
    pub(crate) fn below(&self) -> u64 {
        let below = self.gaps().filter(|(numerator, ..)| *numerator > 0);
        below.map(|(.., persons)| persons).sum()
    }

    /// Returns how many persons share the most frequent gap; equal fractions count together.
    pub(crate) fn modal(&self, of_gap: impl Fn(i64) -> i64) -> u64 {
        let mut lowest: BTreeMap<(i64, i64), u64> = BTreeMap::new();
        for (numerator, denominator, persons) in self.gaps() {
            let numerator = of_gap(numerator);
            let divisor = divisor(numerator.abs(), denominator);
            *lowest
                .entry((numerator / divisor, denominator / divisor))
                .or_default() += persons;
        }
        lowest.into_values().max().unwrap_or(0)
    }

    /// Returns why nobody has a gap.
    pub(crate) fn nobody(&self) -> Undefined {
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
