//! T4: how many people chose which pair of values, for each two items of a dimension.
//!
//! Polychoric correlations follow from it. Complete rows, so that all pairs are about the same
//! people.

use findings::Undefined;

use super::complete::add_each;
use super::{Counter, IntegerTable};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::nobody;
use crate::grouping::Tally;
use crate::score::{LAST_MISSING, Quantity, missing_code};

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

impl IntegerTable for PairTables {
    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let names = of.columns(data)?;
        let items = names
            .iter()
            .map(|name| data.item(name))
            .collect::<Result<Vec<_>, _>>()?;
        let ends = of.scale(data)?;
        let not_asked = missing_code(surveys::Missing::NotAsked);
        let values = usize::try_from(ends.high - ends.low).unwrap_or(0) + 1;
        let mut places = vec![0; items.len()];
        Ok(Box::new(move |tables: &mut PairTables, row| {
            if items.iter().all(|item| item[row] == not_asked) {
                tables.not_asked += 1;
            } else if items.iter().any(|item| item[row] <= LAST_MISSING) {
                tables.incomplete += 1;
            } else {
                for (place, item) in places.iter_mut().zip(&items) {
                    *place = usize::try_from(i16::from(item[row]) - ends.low).unwrap_or(0);
                }
                tables.count(values, &places);
            }
        }))
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
