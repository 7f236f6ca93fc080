//! Tables in place of answers: what a dataset holds that was merged from exchange files.
//!
//! Tables stand in *grids*: the smallest groups by some columns, such as municipality, staff group
//! and wave. Groups and totals of any of these columns follow by adding.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Entries, IntegerTable, Subject, TableKind, TableOf, as_people};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Keys;

/// Which table about what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableId {
    pub(crate) table: TableKind,
    pub(crate) of: Subject,
}

/// The tables of the smallest groups by some columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) columns: Vec<String>,
    pub(crate) tables: BTreeSet<TableId>,
    pub(crate) cells: BTreeMap<Keys, GridCell>,
}

/// One smallest group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GridCell {
    /// Answers (T9).
    pub(crate) people: i64,
    /// Written tables; one without entries may be absent.
    pub(crate) tables: BTreeMap<TableId, Entries>,
}

/// Every grid of a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) grids: Vec<Grid>,
}

impl Grid {
    /// Returns the number of answers.
    pub(crate) fn people(&self) -> i64 {
        self.cells.values().map(|cell| cell.people).sum()
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|found| found == column)
    }

    fn places(&self, columns: &[&str]) -> Option<Vec<usize>> {
        columns.iter().map(|column| self.place(column)).collect()
    }
}

impl Held {
    /// Returns the tables of a quantity in the smallest groups by some columns; a group can come
    /// several times.
    pub(crate) fn cells<T: IntegerTable>(
        &self,
        data: &Dataset,
        of: &T::Of,
        columns: &[&str],
    ) -> Result<Vec<(Keys, T)>, AnalysisError> {
        let Some(table) = T::KIND else {
            data.refuse_tables()?;
            return Ok(Vec::new());
        };
        let id = TableId {
            table,
            of: of.subject(),
        };
        let (grid, places) = self
            .with(columns, |grid| grid.tables.contains(&id))
            .ok_or_else(|| missing(&id, columns))?;
        let size = of.size(data)?;
        let cells = grid.cells.iter().map(|(keys, cell)| {
            let entries = cell.tables.get(&id);
            let table = entries.map(|entries| T::from_entries(entries, size).projected(&places));
            (projected(keys, &places), table.unwrap_or_default())
        });
        Ok(cells.collect())
    }

    /// Returns the numbers of answers in the smallest groups by some columns.
    pub(crate) fn people(&self, columns: &[&str]) -> Result<Vec<(Keys, u64)>, AnalysisError> {
        let (grid, places) = self.with(columns, |_| true).ok_or_else(|| {
            let by = columns.join(", ");
            AnalysisError::Exchange {
                problem: format!("the exchange tables hold no numbers of answers by {by}"),
            }
        })?;
        let cells = grid.cells.iter();
        Ok(cells
            .map(|(keys, cell)| (projected(keys, &places), as_people(cell.people)))
            .collect())
    }

    /// Returns how many people answered.
    pub(crate) fn answers(&self) -> u64 {
        self.grids
            .first()
            .map_or(0, |grid| as_people(grid.people()))
    }

    /// Returns the values of a column that occur, or none where no grid has the column.
    pub(crate) fn values(&self, column: &str) -> Option<BTreeSet<&str>> {
        let (grid, places) = self.with(&[column], |_| true)?;
        let values = grid.cells.keys();
        Some(
            values
                .filter_map(|keys| keys[places[0]].as_deref())
                .collect(),
        )
    }

    /// Returns the pairs of values of two columns that occur together, or none where no grid has
    /// both columns.
    pub(crate) fn pairs(&self, outer: &str, inner: &str) -> Option<BTreeSet<(String, String)>> {
        let (grid, places) = self.with(&[outer, inner], |_| true)?;
        let pairs = grid.cells.keys();
        let pairs =
            pairs.filter_map(|keys| Some((keys[places[0]].clone()?, keys[places[1]].clone()?)));
        Some(pairs.collect())
    }

    /// Returns the groups with some values of a column; grids without the column are left out.
    pub(crate) fn among(&self, column: &str, values: &[&str]) -> Held {
        let mut held = self.clone();
        held.grids.retain(|grid| grid.place(column).is_some());
        for grid in &mut held.grids {
            if let Some(place) = grid.place(column) {
                grid.cells.retain(|keys, _| {
                    let key = keys[place].as_deref();
                    key.is_some_and(|key| values.contains(&key))
                });
            }
        }
        held
    }

    /// Returns which tables there are.
    pub(crate) fn listed(&self) -> impl Iterator<Item = &TableId> {
        self.grids.iter().flat_map(|grid| &grid.tables)
    }

    /// Returns the names of all columns.
    pub(crate) fn columns(&self) -> BTreeSet<&str> {
        let columns = self.grids.iter().flat_map(|grid| &grid.columns);
        columns.map(String::as_str).collect()
    }

    /// Returns the smallest grid that has some columns and fits otherwise, with their places.
    fn with(&self, columns: &[&str], fits: impl Fn(&Grid) -> bool) -> Option<(&Grid, Vec<usize>)> {
        let fitting = self.grids.iter().filter(|grid| fits(grid));
        let with_places = fitting.filter_map(|grid| Some((grid, grid.places(columns)?)));
        with_places.min_by_key(|(grid, _)| grid.columns.len())
    }
}

fn projected(keys: &Keys, places: &[usize]) -> Keys {
    places.iter().map(|place| keys[*place].clone()).collect()
}

fn missing(id: &TableId, columns: &[&str]) -> AnalysisError {
    let table = serde_json::to_value(id.table).unwrap_or_default();
    let by = match columns {
        [] => "for all together".to_owned(),
        columns => format!("by {}", columns.join(", ")),
    };
    AnalysisError::Exchange {
        problem: format!(
            "the exchange tables hold no {} of `{}` {by}; make them again with a job that asks for it",
            table.as_str().unwrap_or_default(),
            id.of.name()
        ),
    }
}
