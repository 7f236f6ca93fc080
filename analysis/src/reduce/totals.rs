//! Counts by group, read out of a reducer as the tables that statistics start from.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::plan::{Counting, NOT_ASKED, REASONS, TOO_FEW, span};
use super::slots::Slots;
use super::strips::code_of;
use crate::grouping::Keys;
use crate::tables::codes::CodeTable;
use crate::tables::scores::ScoreTable;

/// Counts of all groups.
pub(crate) struct Totals<'t> {
    counting: &'t Counting,
    cells: &'t Cells,
    scores: &'t [Slots],
    codes: &'t [Slots],
}

/// The smallest groups that make up a group.
pub(crate) type Parts = Vec<usize>;

/// Sums over the people who answered every item of a dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CompleteCounts {
    /// How many they are.
    pub(crate) n: u64,
    /// How many items there are.
    pub(crate) items: usize,
    /// `Σ (n Σx² - (Σx)²)` over the items.
    pub(crate) items_spread: i128,
    /// `n Σt² - (Σt)²` of the sum of the items.
    pub(crate) total_spread: i128,
}

impl<'t> Totals<'t> {
    pub(super) fn new(
        counting: &'t Counting,
        cells: &'t Cells,
        scores: &'t [Slots],
        codes: &'t [Slots],
    ) -> Self {
        Totals {
            counting,
            cells,
            scores,
            codes,
        }
    }

    /// Returns the smallest groups with their keys.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (Keys, usize)> {
        (0..self.cells.len()).map(|cell| {
            let labels = self.cells.labels(cell).into_iter();
            (labels.map(|label| label.map(str::to_owned)).collect(), cell)
        })
    }

    /// Returns the groups by some of the key columns, in the order of their labels; a missing key
    /// is an empty text.
    pub(crate) fn groups(&self, by: &[usize]) -> BTreeMap<Vec<String>, Parts> {
        let mut groups: BTreeMap<Vec<String>, Parts> = BTreeMap::new();
        for cell in 0..self.cells.len() {
            let labels = self.cells.labels(cell);
            let group = by
                .iter()
                .map(|key| labels[*key].unwrap_or_default().to_owned());
            groups.entry(group.collect()).or_default().push(cell);
        }
        groups
    }

    /// Returns the persons of a group by score in a dimension.
    pub(crate) fn scores(&self, dimension: usize, parts: &[usize]) -> ScoreTable {
        let spec = &self.counting.dimensions[dimension];
        let slots = &self.scores[dimension];
        let of = |slot: usize| parts.iter().map(|cell| slots.of(*cell, slot)).sum::<u64>();
        let mut table = ScoreTable::default();
        let mut too_few = of(TOO_FEW);
        for valid in 0..=spec.items.len() {
            let first = spec.first_slot(valid);
            let low = i32::from(spec.ends.low) * valid as i32;
            for (slot, sum) in (first..spec.first_slot(valid + 1)).zip(low..) {
                let count = of(slot);
                // Complete rows are always counted, for alpha; a rule may still want more.
                if valid == spec.items.len() && !spec.is_met_by_all() {
                    too_few += count;
                } else if count > 0 {
                    table.count(valid as u16, sum, count);
                }
            }
        }
        table.count_unscored(of(NOT_ASKED), too_few);
        table
    }

    /// Returns the persons of a group by what they put down for an item, or why they did not.
    pub(crate) fn codes(&self, item: usize, parts: &[usize]) -> CodeTable {
        let mut codes = CodeTable::default();
        if let Some(table) = self.counting.code_tables().position(|found| found == item) {
            let ends = self.counting.items[item];
            let [incomplete, complete] = self.code_counts(table, item, parts);
            let counts = incomplete.into_iter().zip(complete).enumerate();
            for (slot, (incomplete, complete)) in counts {
                if incomplete + complete > 0 {
                    codes.count(code_of(slot, ends), incomplete + complete);
                }
            }
        }
        codes
    }

    /// Returns the sums over the complete rows of a group that alpha needs; nought where the
    /// counting leaves the codes out, since no table asks for them.
    pub(crate) fn complete(&self, dimension: usize, parts: &[usize]) -> CompleteCounts {
        let spec = &self.counting.dimensions[dimension];
        let before = self.counting.dimensions[..dimension].iter();
        let first_table: usize = before.map(|dimension| dimension.items.len()).sum();
        let mut n = 0;
        let mut items_spread = 0;
        let counted = if self.counting.codes {
            &spec.items[..]
        } else {
            &[]
        };
        for (table, item) in (first_table..).zip(counted) {
            let [_, complete] = self.code_counts(table, *item, parts);
            let values = complete.iter().skip(REASONS).copied();
            let sums = Sums::of(values.zip(i64::from(self.counting.items[*item].low)..));
            n = sums.n;
            items_spread += sums.spread();
        }
        let slots = &self.scores[dimension];
        let valid = spec.items.len();
        let first = spec.first_slot(valid);
        let low = i64::from(spec.ends.low) * valid as i64;
        let totals = (first..spec.first_slot(valid + 1))
            .zip(low..)
            .map(|(slot, total)| {
                let persons = parts.iter().map(|cell| slots.of(*cell, slot)).sum::<u64>();
                (persons, total)
            });
        CompleteCounts {
            n,
            items: valid,
            items_spread,
            total_spread: Sums::of(totals).spread(),
        }
    }

    /// Returns the counts of a table of codes: of rows with a missing item, and of complete ones.
    fn code_counts(&self, table: usize, item: usize, parts: &[usize]) -> [Vec<u64>; 2] {
        let width = REASONS + usize::from(span(self.counting.items[item])) + 1;
        let slots = &self.codes[table];
        [0, width].map(|first| {
            let places = first..first + width;
            places
                .map(|slot| parts.iter().map(|cell| slots.of(*cell, slot)).sum())
                .collect()
        })
    }
}

/// Sums of whole numbers.
#[derive(Default)]
struct Sums {
    n: u64,
    sum: i128,
    squares: i128,
}

impl Sums {
    /// Adds up numbers that occur so often.
    fn of(counts: impl Iterator<Item = (u64, i64)>) -> Sums {
        let mut sums = Sums::default();
        for (count, number) in counts {
            let (times, number) = (i128::from(count), i128::from(number));
            sums.n += count;
            sums.sum += times * number;
            sums.squares += times * number * number;
        }
        sums
    }

    /// Returns `n Σx² - (Σx)²`, which is `n (n - 1)` times the variance.
    fn spread(&self) -> i128 {
        i128::from(self.n) * self.squares - self.sum * self.sum
    }
}
