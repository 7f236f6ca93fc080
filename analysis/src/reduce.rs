//! Checked answers counted into dense tables of whole numbers, many rows at a time.
//!
//! A [`Reducer`] is handed parts of the answers ([`Rows`]): a row group of a Parquet file, a piece
//! of a CSV file, or a whole dataset that lies in memory. It keeps counts only, so memory grows
//! with the number of groups and not with the number of answers. Two reducers add up to what one
//! would have counted, in any order; floating-point numbers come later, in `estimate`.

mod cells;
mod plan;
mod slots;
mod strips;
mod totals;
mod whole;

pub(crate) use plan::{Counting, DimensionCount};
pub(crate) use totals::{CompleteCounts, Totals};
pub(crate) use whole::{codes, scores};

use crate::dataset::Key;
use cells::Cells;
use slots::Slots;

/// A part of the answers, as the codebook has them: items recoded, keys as codes with labels.
pub(crate) struct Rows<'r> {
    /// Number of answers.
    pub(crate) len: usize,
    /// The key columns of the [`Counting`], in its order.
    pub(crate) keys: Vec<Key<'r>>,
    /// The items of the [`Counting`], in its order.
    pub(crate) items: Vec<&'r [i8]>,
}

/// Counts of all groups so far.
pub(crate) struct Reducer<'c> {
    counting: &'c Counting,
    cells: Cells,
    /// Persons by score, one table for each dimension.
    scores: Vec<Slots>,
    /// Cells by code, one table for each item of each dimension, then for each lone item.
    codes: Vec<Slots>,
    answers: u64,
}

impl<'c> Reducer<'c> {
    /// Starts with nobody.
    pub(crate) fn new(counting: &'c Counting) -> Self {
        let scores = counting.dimensions.iter();
        let codes = counting.code_tables();
        Reducer {
            counting,
            cells: Cells::new(counting.keys),
            scores: scores
                .map(|dimension| Slots::new(dimension.score_slots()))
                .collect(),
            codes: codes
                .map(|item| Slots::new(2 * counting.code_slots(item)))
                .collect(),
            answers: 0,
        }
    }

    /// Counts further answers.
    pub(crate) fn add(&mut self, rows: &Rows<'_>) {
        let cell_of_row = self.cells.of_rows(rows);
        let cells = self.cells.len();
        for slots in self.scores.iter_mut().chain(&mut self.codes) {
            slots.grow(cells);
        }
        self.answers += rows.len as u64;
        strips::count(
            self.counting,
            rows,
            &cell_of_row,
            &mut self.scores,
            &mut self.codes,
        );
    }

    /// Adds what another reducer of the same counting has counted.
    pub(crate) fn merge(&mut self, other: &Reducer<'_>) {
        let places = self.cells.places_of(&other.cells);
        let cells = self.cells.len();
        let pairs = self.scores.iter_mut().zip(&other.scores);
        for (mine, theirs) in pairs.chain(self.codes.iter_mut().zip(&other.codes)) {
            mine.grow(cells);
            mine.add(theirs, &places);
        }
        self.answers += other.answers;
    }

    /// Returns how many answers were counted.
    pub(crate) fn answers(&self) -> u64 {
        self.answers
    }

    /// Returns the counts by group.
    pub(crate) fn totals(&self) -> Totals<'_> {
        Totals::new(self.counting, &self.cells, &self.scores, &self.codes)
    }
}
