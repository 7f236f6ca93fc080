//! T4: how many people chose which pair of values, for each two items of a dimension.
//!
//! Polychoric correlations follow from it. Complete rows, so that all pairs are about the same
//! people. Written out, items are numbered from one: `[i, j, a, b]` with `i < j` counts people whose
//! values are a and b steps above the lowest; `[0, 0, 0, 0]` are all of them, `[-1, 0, 0, 0]` and
//! `[-2, 0, 0, 0]` people with an incomplete row and people who were not asked.

use std::collections::BTreeMap;

use findings::Undefined;

use super::answered::{Answered, Completeness};
use super::complete::add_each;
use super::{
    Counter, Entries, IntegerTable, Size, TableKind, TableOf, as_entry, as_people, numbered,
};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::nobody;
use crate::grouping::Tally;
use crate::score::Quantity;

/// Two-way tables of all pairs of items over complete rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PairTables {
    n: u64,
    values: usize,
    /// Pair by pair (the second item after the first), value of the first by value of the second.
    counts: Vec<i64>,
    incomplete: u64,
    not_asked: u64,
}

impl Tally for PairTables {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.values = self.values.max(other.values);
        add_each(&mut self.counts, &other.counts);
        self.incomplete += other.incomplete;
        self.not_asked += other.not_asked;
    }
}

const PEOPLE: [i64; 4] = [0, 0, 0, 0];
const INCOMPLETE: [i64; 4] = [-1, 0, 0, 0];
const NOT_ASKED: [i64; 4] = [-2, 0, 0, 0];

/// Returns the places of all pairs in the order they are counted in.
fn all_pairs(size: Size) -> impl Iterator<Item = [i64; 4]> {
    let pairs = numbered(size.items).flat_map(move |(i, first)| {
        let others = numbered(size.items).skip(first + 1);
        others.map(move |(j, _)| (i, j))
    });
    let values = i64::try_from(size.values).unwrap_or(0);
    pairs.flat_map(move |(i, j)| {
        (0..values).flat_map(move |a| (0..values).map(move |b| [i, j, a, b]))
    })
}

impl IntegerTable for PairTables {
    type Of = Quantity;

    const KIND: Option<TableKind> = Some(TableKind::Contingency);

    const PEOPLE_UP_TO: i64 = 0;

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let answered = Answered::of(data, of)?;
        let ends = of.scale(data)?;
        let values = usize::try_from(ends.high - ends.low).unwrap_or(0) + 1;
        let mut places = Vec::with_capacity(answered.items());
        Ok(Box::new(
            move |tables: &mut PairTables, row| match answered.completeness(row) {
                Completeness::NotAsked => tables.not_asked += 1,
                Completeness::Incomplete => tables.incomplete += 1,
                Completeness::Complete => {
                    let above = answered
                        .values(row)
                        .map(|value| i16::from(value) - ends.low);
                    places.clear();
                    places.extend(above.map(|above| usize::try_from(above).unwrap_or(0)));
                    tables.count(values, &places);
                }
            },
        ))
    }

    fn places(data: &Dataset, of: &Quantity) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let pairs = all_pairs(of.size(data)?);
        let places = [NOT_ASKED, INCOMPLETE, PEOPLE].into_iter().chain(pairs);
        Ok(places.map(|place| place.to_vec()).collect())
    }

    fn entries(&self) -> Entries {
        let square = (self.values * self.values).max(1);
        let pairs = self.counts.len() / square;
        let items = (1..).find(|k| k * (k - 1) / 2 >= pairs).unwrap_or(1);
        let size = Size {
            items,
            values: self.values,
        };
        let counts = all_pairs(size).zip(self.counts.iter().copied());
        let people = [
            (NOT_ASKED, as_entry(self.not_asked)),
            (INCOMPLETE, as_entry(self.incomplete)),
            (PEOPLE, as_entry(self.n)),
        ];
        let known = people.into_iter().chain(counts);
        let known = known.filter(|(_, value)| *value != 0);
        known
            .map(|(place, value)| (place.to_vec(), value))
            .collect()
    }

    fn from_entries(entries: &Entries, size: Size) -> Self {
        let of = |place: [i64; 4]| entries.get(place.as_slice()).copied().unwrap_or(0);
        PairTables {
            n: as_people(of(PEOPLE)),
            values: size.values,
            counts: all_pairs(size).map(of).collect(),
            incomplete: as_people(of(INCOMPLETE)),
            not_asked: as_people(of(NOT_ASKED)),
        }
    }

    fn agrees(entries: &Entries) -> bool {
        let n = entries.get(PEOPLE.as_slice()).copied().unwrap_or(0);
        let mut of_pairs: BTreeMap<[i64; 2], i64> = BTreeMap::new();
        for (place, people) in entries {
            if let [first, second, ..] = place.as_slice()
                && *first > 0
            {
                *of_pairs.entry([*first, *second]).or_default() += people;
            }
        }
        of_pairs.values().all(|people| *people == n)
    }
}

impl PairTables {
    /// Counts one person; `places` are values from nought on, below `values`.
    pub(crate) fn count(&mut self, values: usize, places: &[usize]) {
        let k = places.len();
        self.values = values;
        self.counts
            .resize(k * k.saturating_sub(1) / 2 * values * values, 0);
        self.n += 1;
        let mut start = 0;
        for (i, a) in places.iter().enumerate() {
            for b in &places[i + 1..] {
                self.counts[start + a * values + b] += 1;
                start += values * values;
            }
        }
    }

    /// Returns how many people answered every item.
    pub(crate) fn n(&self) -> u64 {
        self.n
    }

    /// Returns why nobody answered every item.
    pub(crate) fn nobody(&self) -> Undefined {
        nobody(self.incomplete, self.not_asked)
    }

    /// Returns the table of each pair in the order of the items, value by value.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = Vec<&[i64]>> {
        let square = (self.values * self.values).max(1);
        let tables = self.counts.chunks(square);
        tables.map(|table| table.chunks(self.values.max(1)).collect())
    }
}
