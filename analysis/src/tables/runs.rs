//! T9-runs: people by the longest run of one answer and by their most frequent answer.
//!
//! Written out, `[-2, 0, 0]` counts people who were not asked, `[-1, 0, 0]` people without a value,
//! `[1, length, 0]` people by their longest run. `[2, times, valid]` counts the same people by how
//! often they gave their most frequent answer and how many values they have; `[3, 0, 0]` are those
//! with values enough to judge and `[3, 1, 0]` those of them with one answer to everything.

use std::collections::BTreeMap;

use surveys::Missing;

use super::questionnaire::Questionnaire;
use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people, numbered};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::Moments;
use crate::grouping::Tally;
use crate::score::{LAST_MISSING, missing_code};

/// Runs and repetitions of the people of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RunTable {
    pub(crate) not_asked: u64,
    pub(crate) without_value: u64,
    /// People by the length of their longest run.
    longest: BTreeMap<i64, u64>,
    /// People by how often they gave their most frequent answer, and in how many values.
    most_frequent: BTreeMap<(i64, i64), u64>,
    /// People with values enough to judge, and those of them with one answer to everything.
    pub(crate) judged: u64,
    pub(crate) identical: u64,
}

impl Tally for RunTable {
    fn add(&mut self, other: &Self) {
        self.not_asked += other.not_asked;
        self.without_value += other.without_value;
        for (length, people) in &other.longest {
            *self.longest.entry(*length).or_default() += people;
        }
        for (times, people) in &other.most_frequent {
            *self.most_frequent.entry(*times).or_default() += people;
        }
        self.judged += other.judged;
        self.identical += other.identical;
    }
}

const NOT_ASKED: [i64; 3] = [-2, 0, 0];
const WITHOUT_VALUE: [i64; 3] = [-1, 0, 0];
const LONGEST: i64 = 1;
const MOST_FREQUENT: i64 = 2;
const JUDGED: [i64; 3] = [3, 0, 0];
const IDENTICAL: [i64; 3] = [3, 1, 0];

impl IntegerTable for RunTable {
    type Of = Questionnaire;

    const KIND: Option<TableKind> = Some(TableKind::Runs);

    const PEOPLE_UP_TO: i64 = LONGEST;

    fn counter<'d>(
        data: &'d Dataset,
        _: &'d Questionnaire,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let mut items = Vec::new();
        for name in Questionnaire::columns(data) {
            // Answers are taken as they were given, before reversed items are turned round.
            let turned = data.variable(name)?.reversed;
            let turned = turned.then_some(data.item_scale(name)?);
            items.push((data.item(name)?, turned));
        }
        let not_asked = missing_code(Missing::NotAsked);
        let mut given: Vec<Option<i16>> = Vec::with_capacity(items.len());
        Ok(Box::new(move |runs: &mut RunTable, row| {
            given.clear();
            let shown = items.iter().filter(|(item, _)| item[row] != not_asked);
            given.extend(shown.map(|(item, turned)| {
                let value = i16::from(item[row]);
                (item[row] > LAST_MISSING).then(|| turned.map_or(value, |ends| ends.turned(value)))
            }));
            runs.count(&given);
        }))
    }

    fn places(data: &Dataset, _: &Questionnaire) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let items = Questionnaire::columns(data).len();
        let longest = numbered(items).map(|(length, _)| [LONGEST, length, 0]);
        let most_frequent = numbered(items)
            .flat_map(|(valid, _)| (1..=valid).map(move |times| [MOST_FREQUENT, times, valid]));
        let places = [NOT_ASKED, WITHOUT_VALUE].into_iter().chain(longest);
        let places = places.chain(most_frequent).chain([JUDGED, IDENTICAL]);
        Ok(places.map(Vec::from).collect())
    }

    fn entries(&self) -> Entries {
        let longest = self.longest.iter();
        let longest = longest.map(|(length, people)| ([LONGEST, *length, 0], *people));
        let most_frequent = self.most_frequent.iter();
        let most_frequent = most_frequent
            .map(|((times, valid), people)| ([MOST_FREQUENT, *times, *valid], *people));
        let others = [
            (NOT_ASKED, self.not_asked),
            (WITHOUT_VALUE, self.without_value),
            (JUDGED, self.judged),
            (IDENTICAL, self.identical),
        ];
        let known = longest.chain(most_frequent).chain(others);
        let known = known.filter(|(_, people)| *people != 0);
        known
            .map(|(place, people)| (place.to_vec(), as_entry(people)))
            .collect()
    }

    fn from_entries(entries: &Entries, _: Size) -> Self {
        let of = |place: [i64; 3]| as_people(entries.get(place.as_slice()).copied().unwrap_or(0));
        let mut table = RunTable {
            not_asked: of(NOT_ASKED),
            without_value: of(WITHOUT_VALUE),
            judged: of(JUDGED),
            identical: of(IDENTICAL),
            ..RunTable::default()
        };
        for (place, people) in entries {
            match place.as_slice() {
                [LONGEST, length, _] => {
                    table.longest.insert(*length, as_people(*people));
                }
                [MOST_FREQUENT, times, valid] => {
                    let times = (*times, *valid);
                    table.most_frequent.insert(times, as_people(*people));
                }
                _ => {}
            }
        }
        table
    }

    fn agrees(entries: &Entries) -> bool {
        let all = |sort: i64| -> i64 {
            let of_sort = entries.iter().filter(|(place, _)| place[0] == sort);
            of_sort.map(|(_, people)| people).sum()
        };
        let of = |place: [i64; 3]| entries.get(place.as_slice()).copied().unwrap_or(0);
        all(LONGEST) == all(MOST_FREQUENT)
            && of(JUDGED) <= all(LONGEST)
            && of(IDENTICAL) <= of(JUDGED)
    }
}

impl RunTable {
    /// Counts a person by the answers to the items that were shown, none where there is no value.
    fn count(&mut self, given: &[Option<i16>]) {
        if given.is_empty() {
            self.not_asked += 1;
            return;
        }
        let mut values: Vec<i16> = given.iter().flatten().copied().collect();
        if values.is_empty() {
            self.without_value += 1;
            return;
        }
        let runs = given
            .split(Option::is_none)
            .flat_map(|part| part.chunk_by(|a, b| a == b).map(<[_]>::len));
        *self.longest.entry(most(runs)).or_default() += 1;
        let valid = values.len();
        values.sort_unstable();
        let times = most(values.chunk_by(|a, b| a == b).map(<[_]>::len));
        let of = i64::try_from(valid).unwrap_or(i64::MAX);
        *self.most_frequent.entry((times, of)).or_default() += 1;
        if valid >= given.len().div_ceil(2).max(2) {
            self.judged += 1;
            self.identical += u64::from(values.first() == values.last());
        }
    }

    /// Returns how many people gave any value.
    pub(crate) fn n(&self) -> u64 {
        self.longest.values().sum()
    }

    /// Returns the longest run of all; nought where nobody is there.
    pub(crate) fn longest_of_all(&self) -> i64 {
        self.longest.keys().next_back().copied().unwrap_or(0)
    }

    /// Returns sums of the longest runs.
    pub(crate) fn longest(&self) -> Moments {
        let mut moments = Moments::default();
        for (length, people) in &self.longest {
            moments.add(*length, 1, *people);
        }
        moments
    }

    /// Returns sums of the shares of the most frequent answer.
    pub(crate) fn most_frequent(&self) -> Moments {
        let mut moments = Moments::default();
        for ((times, valid), people) in &self.most_frequent {
            moments.add(*times, *valid, *people);
        }
        moments
    }
}

fn most(lengths: impl Iterator<Item = usize>) -> i64 {
    i64::try_from(lengths.max().unwrap_or(0)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(people: &[&[Option<i16>]]) -> RunTable {
        let mut runs = RunTable::default();
        for given in people {
            runs.count(given);
        }
        runs
    }

    #[test]
    fn a_missing_value_ends_a_run() {
        let found = runs(&[&[Some(3), Some(3), None, Some(3), Some(2)]]);
        assert_eq!(found.longest_of_all(), 2);
        assert_eq!(found.most_frequent().mean(), Some(0.75));
        assert_eq!((found.judged, found.identical), (1, 0));
    }

    #[test]
    fn few_values_are_not_judged() {
        let found = runs(&[
            &[Some(3), None, None, None],
            &[None],
            &[],
            &[Some(1), Some(1)],
        ]);
        assert_eq!((found.judged, found.identical), (1, 1));
        assert_eq!((found.without_value, found.not_asked), (1, 1));
        assert_eq!(found.longest().mean(), Some(1.5));
    }
}
