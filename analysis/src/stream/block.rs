//! A part of a file whose cells the codebook knows, column by column.

use super::codes::{BAD_ITEM, BAD_KEY};
use crate::dataset::Key;
use crate::dataset::plan::{Plan, Reading};

/// Columns in the order of the plan.
pub(super) struct Block {
    rows: usize,
    pub(super) columns: Vec<Column>,
    /// The ids of the answers, where the codebook has a column of them.
    pub(super) ids: Vec<u64>,
}

/// One column.
pub(super) enum Column {
    Key {
        codes: Vec<u32>,
        labels: Vec<String>,
    },
    Item(Vec<i8>),
    /// Open answers and codes of people: nothing is counted of them.
    Aside,
}

impl Block {
    pub(super) fn new(plan: &Plan) -> Self {
        let columns = plan.columns.iter().map(|column| match column.reading {
            Reading::Words => Column::Aside,
            Reading::Key { .. } => Column::Key {
                codes: Vec::new(),
                labels: Vec::new(),
            },
            Reading::Item { .. } => Column::Item(Vec::new()),
        });
        Block {
            rows: 0,
            columns: columns.collect(),
            ids: Vec::new(),
        }
    }

    /// Empties the columns; their memory is used again.
    pub(super) fn clear(&mut self) {
        self.rows = 0;
        self.ids.clear();
        for column in &mut self.columns {
            match column {
                Column::Key { codes, labels } => {
                    codes.clear();
                    labels.clear();
                }
                Column::Item(values) => values.clear(),
                Column::Aside => {}
            }
        }
    }

    /// Says that the columns are filled; returns nothing where one has another length or a cell
    /// that the codebook does not know.
    pub(super) fn filled(&mut self, rows: usize) -> Option<()> {
        self.rows = rows;
        let is_good = |column: &Column| match column {
            Column::Key { codes, .. } => codes.len() == rows && !codes.contains(&BAD_KEY),
            Column::Item(values) => values.len() == rows && !values.contains(&BAD_ITEM),
            Column::Aside => true,
        };
        self.columns.iter().all(is_good).then_some(())
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Returns a key column.
    pub(super) fn key(&self, column: usize) -> Key<'_> {
        match &self.columns[column] {
            Column::Key { codes, labels } => Key { codes, labels },
            _ => unreachable!("groups are made of key columns"),
        }
    }

    /// Returns the values of an item.
    pub(super) fn item(&self, column: usize) -> &[i8] {
        match &self.columns[column] {
            Column::Item(values) => values,
            _ => unreachable!("items are read as items"),
        }
    }
}
