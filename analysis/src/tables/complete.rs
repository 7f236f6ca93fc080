//! T3: sums and cross-products over the people who answered every item of a dimension.
//!
//! Reliability, covariances and factor models follow from it. Written out, items are numbered from
//! one: `[0, 0]` is the number of people, `[i, 0]` the sum of item i, `[i, j]` with `i <= j` the sum
//! of the products of items i and j, `[-1, 0]` and `[-2, 0]` people with an incomplete row and people
//! who were not asked.

use findings::Undefined;

use super::answered::{Answered, Completeness};
use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people, numbered};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::nobody;
use crate::grouping::Tally;
use crate::score::Quantity;

const PEOPLE: [i64; 2] = [0, 0];
const INCOMPLETE: [i64; 2] = [-1, 0];
const NOT_ASKED: [i64; 2] = [-2, 0];

/// Sums over complete rows, with how many were left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CompleteRows {
    n: u64,
    sums: Vec<i64>,
    /// The upper triangle of `Σ x xᵀ` with its diagonal, column by column: a longer list of items
    /// only adds at the end.
    cross: Vec<i64>,
    incomplete: u64,
    not_asked: u64,
}

impl Tally for CompleteRows {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        add_each(&mut self.sums, &other.sums);
        add_each(&mut self.cross, &other.cross);
        self.incomplete += other.incomplete;
        self.not_asked += other.not_asked;
    }
}

pub(crate) fn add_each(to: &mut Vec<i64>, from: &[i64]) {
    if to.len() < from.len() {
        to.resize(from.len(), 0);
    }
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

impl IntegerTable for CompleteRows {
    type Of = Quantity;

    const KIND: Option<TableKind> = Some(TableKind::Complete);

    const PEOPLE_UP_TO: i64 = 0;

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let answered = Answered::of(data, of)?;
        let mut values = Vec::with_capacity(answered.items());
        Ok(Box::new(
            move |rows: &mut CompleteRows, row| match answered.completeness(row) {
                Completeness::NotAsked => rows.not_asked += 1,
                Completeness::Incomplete => rows.incomplete += 1,
                Completeness::Complete => {
                    values.clear();
                    values.extend(answered.values(row));
                    rows.count(&values);
                }
            },
        ))
    }

    fn places(data: &Dataset, of: &Quantity) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let k = i64::try_from(of.columns(data)?.len()).unwrap_or(i64::MAX);
        let mut places = vec![NOT_ASKED.to_vec(), INCOMPLETE.to_vec(), PEOPLE.to_vec()];
        for i in 1..=k {
            places.push(vec![i, 0]);
            places.extend((i..=k).map(|j| vec![i, j]));
        }
        Ok(places)
    }

    fn entries(&self) -> Entries {
        let mut entries = Entries::from([
            (NOT_ASKED.to_vec(), as_entry(self.not_asked)),
            (INCOMPLETE.to_vec(), as_entry(self.incomplete)),
            (PEOPLE.to_vec(), as_entry(self.n)),
        ]);
        let items = numbered(self.sums.len());
        for (i, first) in items.clone() {
            entries.insert(vec![i, 0], self.sum(first));
            for (j, second) in items.clone().skip(first) {
                entries.insert(vec![i, j], self.cross(first, second));
            }
        }
        entries.retain(|_, value| *value != 0);
        entries
    }

    fn from_entries(entries: &Entries, size: Size) -> Self {
        let of = |place: [i64; 2]| entries.get(place.as_slice()).copied().unwrap_or(0);
        let mut rows = CompleteRows {
            n: as_people(of(PEOPLE)),
            incomplete: as_people(of(INCOMPLETE)),
            not_asked: as_people(of(NOT_ASKED)),
            ..CompleteRows::default()
        };
        for (j, _) in numbered(size.items) {
            rows.sums.push(of([j, 0]));
            rows.cross.extend((1..=j).map(|i| of([i, j])));
        }
        rows
    }
}

impl CompleteRows {
    /// Counts one person who has a value in every item.
    pub(crate) fn count(&mut self, values: &[i8]) {
        let k = values.len();
        self.sums.resize(k, 0);
        self.cross.resize(k * (k + 1) / 2, 0);
        self.n += 1;
        let mut place = 0;
        for (j, b) in values.iter().enumerate() {
            self.sums[j] += i64::from(*b);
            for a in &values[..=j] {
                self.cross[place] += i64::from(*a) * i64::from(*b);
                place += 1;
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

    /// Returns the sum of item `i`; nought where nobody is there.
    pub(crate) fn sum(&self, i: usize) -> i64 {
        self.sums.get(i).copied().unwrap_or(0)
    }

    /// Returns `Σ x_i x_j`; nought where nobody is there.
    pub(crate) fn cross(&self, i: usize, j: usize) -> i64 {
        let (i, j) = (i.min(j), i.max(j));
        let place = j * (j + 1) / 2 + i;
        self.cross.get(place).copied().unwrap_or(0)
    }

    /// Returns `n Σ x_i x_j - Σ x_i Σ x_j`, which is `n (n - 1)` times the covariance.
    pub(crate) fn scaled_covariance(&self, i: usize, j: usize) -> i128 {
        i128::from(self.n) * i128::from(self.cross(i, j))
            - i128::from(self.sum(i)) * i128::from(self.sum(j))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_products_stand_in_their_places() {
        let mut rows = CompleteRows::default();
        rows.count(&[1, 2, 3, 4]);
        rows.count(&[5, 0, 2, 1]);
        let people = [[1, 2, 3, 4], [5, 0, 2, 1]];
        for i in 0..4 {
            assert_eq!(rows.sum(i), people.iter().map(|row| row[i]).sum::<i64>());
            for j in 0..4 {
                let expected: i64 = people.iter().map(|row| row[i] * row[j]).sum();
                assert_eq!(rows.cross(i, j), expected, "{i} {j}");
            }
        }
    }
}
