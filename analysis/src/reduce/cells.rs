//! The groups that occur, numbered in the order in which they are met.

use std::collections::HashMap;

use super::Rows;
use crate::dataset::MISSING_KEY;

/// Up to so many combinations of labels, a table tells the group of each.
const TABLE: usize = 1 << 20;

/// Not met yet.
const UNKNOWN: u32 = u32::MAX;

/// The groups so far: combinations of labels, a missing key among them.
pub(super) struct Cells {
    columns: Vec<Labels>,
    known: HashMap<Vec<u32>, u32>,
    cells: Vec<Vec<u32>>,
}

/// The labels of a key column so far.
#[derive(Default)]
struct Labels {
    known: HashMap<String, u32>,
    labels: Vec<String>,
}

impl Labels {
    fn code(&mut self, label: &str) -> u32 {
        if let Some(code) = self.known.get(label) {
            return *code;
        }
        let code = u32::try_from(self.labels.len()).unwrap_or(MISSING_KEY);
        self.known.insert(label.to_owned(), code);
        self.labels.push(label.to_owned());
        code
    }
}

impl Cells {
    pub(super) fn new(keys: usize) -> Self {
        Cells {
            columns: (0..keys).map(|_| Labels::default()).collect(),
            known: HashMap::new(),
            cells: Vec::new(),
        }
    }

    /// Returns how many groups there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Returns the labels of a group, none for a missing key.
    pub(super) fn labels(&self, cell: usize) -> Vec<Option<&str>> {
        let codes = self.cells[cell].iter().zip(&self.columns);
        codes
            .map(|(code, column)| column.labels.get(*code as usize).map(String::as_str))
            .collect()
    }

    /// Returns the group of every row.
    pub(super) fn of_rows(&mut self, rows: &Rows<'_>) -> Vec<u32> {
        let columns = rows.keys.iter().zip(&mut self.columns);
        let codes: Vec<Vec<u32>> = columns
            .map(|(key, column)| key.labels.iter().map(|label| column.code(label)).collect())
            .collect();
        // A digit for each column: the label's number, and one more for a missing key.
        let digits: Vec<usize> = rows.keys.iter().map(|key| key.labels.len() + 1).collect();
        let combinations = digits
            .iter()
            .try_fold(1_usize, |all, one| all.checked_mul(*one));
        match combinations.filter(|number| *number <= TABLE) {
            Some(combinations) => self.by_table(rows, &codes, &digits, combinations),
            None => self.one_by_one(rows, &codes),
        }
    }

    fn by_table(
        &mut self,
        rows: &Rows<'_>,
        codes: &[Vec<u32>],
        digits: &[usize],
        combinations: usize,
    ) -> Vec<u32> {
        let mut combined = vec![0_u32; rows.len];
        for (key, digits) in rows.keys.iter().zip(digits) {
            let (factor, missing) = (*digits as u32, *digits as u32 - 1);
            for (combined, code) in combined.iter_mut().zip(key.codes) {
                *combined = *combined * factor + (*code).min(missing);
            }
        }
        let mut cell_of = vec![UNKNOWN; combinations];
        for combined in &mut combined {
            let mut cell = cell_of[*combined as usize];
            if cell == UNKNOWN {
                cell = self.cell(own_codes(*combined as usize, codes, digits));
                cell_of[*combined as usize] = cell;
            }
            *combined = cell;
        }
        combined
    }

    fn one_by_one(&mut self, rows: &Rows<'_>, codes: &[Vec<u32>]) -> Vec<u32> {
        let own = |row: usize| {
            let columns = rows.keys.iter().zip(codes);
            let own = columns.map(|(key, codes)| {
                let code = codes.get(key.codes[row] as usize);
                code.copied().unwrap_or(MISSING_KEY)
            });
            own.collect()
        };
        (0..rows.len).map(|row| self.cell(own(row))).collect()
    }

    fn cell(&mut self, codes: Vec<u32>) -> u32 {
        if let Some(cell) = self.known.get(&codes) {
            return *cell;
        }
        let cell = u32::try_from(self.cells.len()).unwrap_or(UNKNOWN);
        self.known.insert(codes.clone(), cell);
        self.cells.push(codes);
        cell
    }

    /// Returns the number here of every group of another, after adding those that are new.
    pub(super) fn places_of(&mut self, other: &Cells) -> Vec<usize> {
        let columns = self.columns.iter_mut().zip(&other.columns);
        let codes: Vec<Vec<u32>> = columns
            .map(|(mine, theirs)| theirs.labels.iter().map(|label| mine.code(label)).collect())
            .collect();
        let own = |cell: &Vec<u32>| {
            let columns = cell.iter().zip(&codes);
            let own = columns
                .map(|(code, codes)| codes.get(*code as usize).copied().unwrap_or(MISSING_KEY));
            own.collect()
        };
        other
            .cells
            .iter()
            .map(|cell| self.cell(own(cell)) as usize)
            .collect()
    }
}

/// Takes a combination apart into the own code of each column.
fn own_codes(mut combined: usize, codes: &[Vec<u32>], digits: &[usize]) -> Vec<u32> {
    let mut own = vec![MISSING_KEY; codes.len()];
    for ((own, codes), digits) in own.iter_mut().zip(codes).zip(digits).rev() {
        *own = codes.get(combined % digits).copied().unwrap_or(MISSING_KEY);
        combined /= digits;
    }
    own
}
