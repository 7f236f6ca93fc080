//! Sums and cross-products over the people who answered both items of a pair.
//!
//! Covariances on pairs follow from it; they use more answers than complete rows and need not fit
//! together into one matrix of a possible population. Written out, items are numbered from one:
//! `[1, i, j]` are people who answered both, `[2, i, j]` the sum of item i over them, `[3, i, j]` the
//! sum of products; `[0, 0, 0]` are people with any value, `[-1, 0, 0]` people without.

use super::answered::Answered;
use super::complete::add_each;
use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people, numbered};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{nearest, ratio};
use crate::grouping::Tally;
use crate::score::{LAST_MISSING, Quantity};

/// Sums over pairs of items; every list is a whole square, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PairRows {
    /// People with any value.
    n: u64,
    /// People without.
    without: u64,
    people: Vec<i64>,
    /// `Σ x_i` over the people who also answered `j`.
    sums: Vec<i64>,
    cross: Vec<i64>,
}

impl Tally for PairRows {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.without += other.without;
        add_each(&mut self.people, &other.people);
        add_each(&mut self.sums, &other.sums);
        add_each(&mut self.cross, &other.cross);
    }
}

const PEOPLE: [i64; 3] = [0, 0, 0];
const WITHOUT: [i64; 3] = [-1, 0, 0];

/// Returns the places of a square of one sort, row by row.
fn square(sort: i64, items: usize) -> impl Iterator<Item = [i64; 3]> {
    let all = numbered(items);
    all.flat_map(move |(i, _)| numbered(items).map(move |(j, _)| [sort, i, j]))
}

impl IntegerTable for PairRows {
    type Of = Quantity;

    const KIND: Option<TableKind> = Some(TableKind::Pairs);

    const PEOPLE_UP_TO: i64 = 0;

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let answered = Answered::of(data, of)?;
        let mut values = Vec::with_capacity(answered.items());
        Ok(Box::new(move |rows: &mut PairRows, row| {
            values.clear();
            values.extend(answered.values(row));
            rows.count(&values);
        }))
    }

    fn places(data: &Dataset, of: &Quantity) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let k = of.columns(data)?.len();
        let squares = (1..=3).flat_map(|sort| square(sort, k));
        let places = [WITHOUT, PEOPLE].into_iter().chain(squares);
        Ok(places.map(|place| place.to_vec()).collect())
    }

    fn entries(&self) -> Entries {
        let k = self.people.len().isqrt();
        let tables = (1..).zip([&self.people, &self.sums, &self.cross]);
        let squares = tables.flat_map(|(sort, table)| square(sort, k).zip(table.iter().copied()));
        let people = [
            (WITHOUT, as_entry(self.without)),
            (PEOPLE, as_entry(self.n)),
        ];
        let known = people.into_iter().chain(squares);
        let known = known.filter(|(_, value)| *value != 0);
        known
            .map(|(place, value)| (place.to_vec(), value))
            .collect()
    }

    fn from_entries(entries: &Entries, size: Size) -> Self {
        let of = |place: [i64; 3]| entries.get(place.as_slice()).copied().unwrap_or(0);
        let table = |sort| square(sort, size.items).map(of).collect();
        PairRows {
            n: as_people(of(PEOPLE)),
            without: as_people(of(WITHOUT)),
            people: table(1),
            sums: table(2),
            cross: table(3),
        }
    }
}

impl PairRows {
    /// Counts one person; missing values are our own codes.
    fn count(&mut self, values: &[i8]) {
        let k = values.len();
        for table in [&mut self.people, &mut self.sums, &mut self.cross] {
            table.resize(k * k, 0);
        }
        let valid = || {
            let valued = values.iter().enumerate();
            let valued = valued.filter(|(_, value)| **value > LAST_MISSING);
            valued.map(|(place, value)| (place, i64::from(*value)))
        };
        match valid().next() {
            Some(_) => self.n += 1,
            None => self.without += 1,
        }
        for (i, x) in valid() {
            for (j, y) in valid() {
                self.people[i * k + j] += 1;
                self.sums[i * k + j] += x;
                self.cross[i * k + j] += x * y;
            }
        }
    }

    /// Returns how many people answered any item.
    pub(crate) fn n(&self) -> u64 {
        self.n
    }

    /// Returns the covariance of two of `k` items over the people who answered both, with
    /// `n - 1`; none where fewer than two did.
    pub(crate) fn covariance(&self, i: usize, j: usize, k: usize) -> Option<f64> {
        let at = |table: &[i64], i: usize, j: usize| {
            i128::from(table.get(i * k + j).copied().unwrap_or(0))
        };
        let n = at(&self.people, i, j);
        if n < 2 {
            return None;
        }
        let spread = n * at(&self.cross, i, j) - at(&self.sums, i, j) * at(&self.sums, j, i);
        Some(nearest(&ratio(spread, n * (n - 1))))
    }
}
