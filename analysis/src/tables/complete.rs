//! T3: sums and cross-products over the people who answered every item of a dimension.
//!
//! Reliability, covariances and factor models follow from it.

use findings::Undefined;

use super::{Counter, IntegerTable};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::nobody;
use crate::grouping::Tally;
use crate::score::{LAST_MISSING, Quantity, missing_code};

/// Sums over complete rows, with how many were left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CompleteRows {
    n: u64,
    sums: Vec<i64>,
    /// The upper triangle of `Σ x xᵀ` with its diagonal, row by row.
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
    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let names = of.columns(data)?;
        let items = names
            .iter()
            .map(|name| data.item(name))
            .collect::<Result<Vec<_>, _>>()?;
        let not_asked = missing_code(surveys::Missing::NotAsked);
        let mut values = vec![0; items.len()];
        Ok(Box::new(move |rows: &mut CompleteRows, row| {
            if items.iter().all(|item| item[row] == not_asked) {
                rows.not_asked += 1;
            } else if items.iter().any(|item| item[row] <= LAST_MISSING) {
                rows.incomplete += 1;
            } else {
                for (value, item) in values.iter_mut().zip(&items) {
                    *value = item[row];
                }
                rows.count(&values);
            }
        }))
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
        for (i, a) in values.iter().enumerate() {
            self.sums[i] += i64::from(*a);
            for b in &values[i..] {
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
        let k = self.sums.len();
        if j >= k {
            return 0;
        }
        self.cross[i * k - i * i.saturating_sub(1) / 2 + j - i]
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
