//! Sums and cross-products over the people who answered both items of a pair.
//!
//! Covariances on pairs follow from it; they use more answers than complete rows and need not fit
//! together into one matrix of a possible population.

use super::complete::add_each;
use super::{Counter, IntegerTable};
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
    people: Vec<i64>,
    /// `Σ x_i` over the people who also answered `j`.
    sums: Vec<i64>,
    cross: Vec<i64>,
}

impl Tally for PairRows {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        add_each(&mut self.people, &other.people);
        add_each(&mut self.sums, &other.sums);
        add_each(&mut self.cross, &other.cross);
    }
}

impl IntegerTable for PairRows {
    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let names = of.columns(data)?;
        let items = names
            .iter()
            .map(|name| data.item(name))
            .collect::<Result<Vec<_>, _>>()?;
        let mut values = vec![0; items.len()];
        Ok(Box::new(move |rows: &mut PairRows, row| {
            for (value, item) in values.iter_mut().zip(&items) {
                *value = item[row];
            }
            rows.count(&values);
        }))
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
        self.n += u64::from(valid().next().is_some());
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
