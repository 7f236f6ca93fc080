//! T2: persons by score, the table that means, quantiles, shares and ranks of a group follow from.
//!
//! A score is kept as number of valid items and sum, so that tables of several groups (or of
//! several municipalities that keep their rows) add up exactly. Written out, `[valid, sum]` counts
//! persons with a score, `[0, 0]` those with too few valid items, `[0, -1]` those not asked.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use findings::Undefined;

use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people, by_group};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::nobody;
use crate::exact::Moments;
use crate::grouping::{Grouping, Keys, Tally};
use crate::reduce;
use crate::score::{PersonScore, Quantity, scores};

/// Persons by score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ScoreTable {
    persons: BTreeMap<(u16, i32), u64>,
    /// Persons whom none of the items was shown to.
    not_asked: u64,
    /// Persons with too few valid items.
    too_few: u64,
}

impl Tally for ScoreTable {
    fn add(&mut self, other: &Self) {
        for ((valid, sum), persons) in &other.persons {
            self.count(*valid, *sum, *persons);
        }
        self.not_asked += other.not_asked;
        self.too_few += other.too_few;
    }
}

/// Persons with too few valid items, and persons who were not asked.
const TOO_FEW: [i64; 2] = [0, 0];
const NOT_ASKED: [i64; 2] = [0, -1];

impl IntegerTable for ScoreTable {
    type Of = Quantity;

    const KIND: Option<TableKind> = Some(TableKind::Scores);

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let scores = scores(data, of)?;
        Ok(Box::new(move |table: &mut ScoreTable, row| {
            table.count_person(scores.persons[row]);
        }))
    }

    fn by_cell(
        data: &Dataset,
        of: &Quantity,
        columns: &[&str],
    ) -> Result<Vec<(Keys, Self)>, AnalysisError> {
        reduce::scores(data, of, columns)
    }

    fn places(data: &Dataset, of: &Quantity) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let mut places = vec![NOT_ASKED.to_vec(), TOO_FEW.to_vec()];
        places.extend(possible_scores(data, of)?.map(|score| score.to_vec()));
        Ok(places)
    }

    fn entries(&self) -> Entries {
        let mut entries: Entries = self
            .persons
            .iter()
            .map(|((valid, sum), persons)| {
                let place = vec![i64::from(*valid), i64::from(*sum)];
                (place, as_entry(*persons))
            })
            .collect();
        entries.insert(TOO_FEW.to_vec(), as_entry(self.too_few));
        entries.insert(NOT_ASKED.to_vec(), as_entry(self.not_asked));
        entries.retain(|_, persons| *persons != 0);
        entries
    }

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        let mut table = ScoreTable::default();
        for (place, persons) in entries {
            let persons = as_people(*persons);
            match place.as_slice() {
                [0, -1] => table.not_asked += persons,
                [0, _] => table.too_few += persons,
                [valid, sum] => {
                    if let (Ok(valid), Ok(sum)) = (u16::try_from(*valid), i32::try_from(*sum)) {
                        table.count(valid, sum, persons);
                    }
                }
                _ => {}
            }
        }
        table
    }
}

/// Makes the score table of every group.
pub(crate) fn score_tables(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
) -> Result<BTreeMap<Vec<String>, ScoreTable>, AnalysisError> {
    by_group(data, of, by)
}

/// Returns every score that a person can have, as number of valid items and sum.
pub(super) fn possible_scores(
    data: &Dataset,
    of: &Quantity,
) -> Result<impl Iterator<Item = [i64; 2]> + use<>, AnalysisError> {
    let items = i64::try_from(of.columns(data)?.len()).unwrap_or(i64::MAX);
    let ends = of.scale(data)?;
    let (low, high) = (i64::from(ends.low), i64::from(ends.high));
    let sums = move |valid| (valid * low..=valid * high).map(move |sum| [valid, sum]);
    Ok((1..=items).flat_map(sums))
}

impl ScoreTable {
    /// Counts persons with a score of `sum / valid`.
    pub(crate) fn count(&mut self, valid: u16, sum: i32, persons: u64) {
        *self.persons.entry((valid, sum)).or_default() += persons;
    }

    /// Counts one person, with a score or without.
    pub(crate) fn count_person(&mut self, person: PersonScore) {
        match person {
            PersonScore::Scored { valid, sum } => self.count(valid, sum, 1),
            PersonScore::NotAsked => self.not_asked += 1,
            PersonScore::TooFew => self.too_few += 1,
        }
    }

    /// Returns the table without the persons of a part of it.
    pub(crate) fn without(&self, part: &Self) -> Self {
        let mut rest = self.clone();
        for (score, persons) in &part.persons {
            if let Some(left) = rest.persons.get_mut(score) {
                *left = left.saturating_sub(*persons);
            }
        }
        rest.persons.retain(|_, persons| *persons > 0);
        rest
    }

    /// Counts persons without a score: those not asked, and those with too few valid items.
    pub(crate) fn count_unscored(&mut self, not_asked: u64, too_few: u64) {
        self.not_asked += not_asked;
        self.too_few += too_few;
    }

    /// Returns how many persons have a score.
    pub(crate) fn n(&self) -> u64 {
        self.persons.values().sum()
    }

    /// Returns why nobody has a score.
    pub(crate) fn nobody(&self) -> Undefined {
        nobody(self.too_few, self.not_asked)
    }

    /// Returns sums from which mean and variance follow.
    pub(crate) fn moments(&self) -> Moments {
        let mut moments = Moments::default();
        for ((valid, sum), persons) in &self.persons {
            moments.add(i64::from(*sum), i64::from(*valid), *persons);
        }
        moments
    }

    /// Returns the scores that occur from low to high, equal ones together: sum, valid, persons.
    pub(crate) fn ascending(&self) -> Vec<(i32, u16, u64)> {
        let mut scores: Vec<(i32, u16, u64)> = self
            .persons
            .iter()
            .map(|((valid, sum), persons)| (*sum, *valid, *persons))
            .collect();
        scores.sort_by(|a, b| compared((a.0, a.1), (b.0, b.1)));
        let mut together: Vec<(i32, u16, u64)> = Vec::with_capacity(scores.len());
        for (sum, valid, persons) in scores {
            match together.last_mut() {
                Some(last) if compared((last.0, last.1), (sum, valid)).is_eq() => last.2 += persons,
                _ => together.push((sum, valid, persons)),
            }
        }
        together
    }

    /// Returns how many persons share the most frequent score.
    pub(crate) fn modal(&self) -> u64 {
        self.ascending()
            .into_iter()
            .map(|(_, _, persons)| persons)
            .max()
            .unwrap_or(0)
    }

    /// Returns how many persons reach a level.
    pub(crate) fn at_or_above(&self, level: i32) -> u64 {
        let reached = self
            .persons
            .iter()
            .filter(|((valid, sum), _)| *sum >= level * i32::from(*valid));
        reached.map(|(_, persons)| persons).sum()
    }
}

/// Compares two scores as fractions, without rounding.
fn compared(a: (i32, u16), b: (i32, u16)) -> Ordering {
    (i64::from(a.0) * i64::from(b.1)).cmp(&(i64::from(b.0) * i64::from(a.1)))
}
