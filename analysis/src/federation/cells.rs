//! What must hold in the tables of a file: whatever they came through, a sum of them is checked
//! once more before anything is computed from it.

use std::collections::{BTreeMap, BTreeSet};

use super::file::ExchangeFile;
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::tables::Allowed;
use crate::tables::held::{Grid, Held, TableId};

/// More people than this were never counted; with the products of two answers or two sums of answers (below 2^22) no sum
/// of a file can leave the range of an `i64`.
const MOST_PEOPLE: i128 = 1 << 40;
const LARGEST_PRODUCT: i128 = 1 << 22;

/// Names a group in a message.
pub(super) fn name(keys: &[Option<String>]) -> String {
    let names: Vec<&str> = keys
        .iter()
        .map(|key| key.as_deref().unwrap_or("(unknown)"))
        .collect();
    format!("group {}", names.join(" / "))
}

/// Returns whether an entry about some people can have this value.
fn can_be(id: &TableId, place: &[i64], value: i64, people: i64) -> bool {
    if id.table.counts_people(place) {
        return (0..=people).contains(&value);
    }
    i128::from(value).abs() <= i128::from(people) * LARGEST_PRODUCT
}

/// Checks that every entry is one the codebook allows, that numbers of people are not negative,
/// and that every table is about as many people as its group has.
pub(super) fn check(file: &ExchangeFile) -> Result<(), AnalysisError> {
    let wrong = |problem: String| AnalysisError::data(&file.path, problem);
    let people = |grid: &Grid| -> i128 {
        let cells = grid.cells.values();
        cells.map(|cell| i128::from(cell.people)).sum()
    };
    let totals: BTreeSet<i128> = file.held.grids.iter().map(people).collect();
    if totals.len() > 1 || totals.iter().any(|total| *total > MOST_PEOPLE) {
        let problem = format!("the numbers of answers cannot be, grid by grid: {totals:?}");
        return Err(wrong(problem));
    }
    // The codebook alone, to ask what can be counted.
    let data = Dataset::from_tables(
        &file.about.codebook,
        &file.path,
        None,
        BTreeMap::new(),
        Held::default(),
        String::new(),
    )?;
    for grid in &file.held.grids {
        let mut allowed: BTreeMap<&TableId, Allowed> = BTreeMap::new();
        for id in &grid.tables {
            allowed.insert(id, id.table.allowed(&data, &id.of, grid.columns.len())?);
        }
        for (keys, cell) in &grid.cells {
            if keys.len() != grid.columns.len() {
                let columns = grid.columns.join(", ");
                return Err(wrong(format!(
                    "{} does not have the columns {columns}",
                    name(keys)
                )));
            }
            if cell.people < 0 {
                return Err(wrong(format!("{} has {} people", name(keys), cell.people)));
            }
            for (id, entries) in &cell.tables {
                let about = || format!("{}: `{}`", name(keys), id.of.name());
                let is_allowed = allowed
                    .get(id)
                    .ok_or_else(|| wrong(format!("{}: the grid has no such table", about())))?;
                for (place, value) in entries {
                    if !is_allowed(place) || !can_be(id, place, *value, cell.people) {
                        let problem = format!("{}: {value} at {place:?} cannot be", about());
                        return Err(wrong(problem));
                    }
                }
            }
            for id in &grid.tables {
                let found = cell
                    .tables
                    .get(id)
                    .map_or(0, |entries| id.table.people(entries));
                let agrees = cell
                    .tables
                    .get(id)
                    .is_none_or(|entries| id.table.agrees(entries));
                if !agrees {
                    let problem = format!(
                        "{}: the parts of the table of `{}` are about different numbers of people",
                        name(keys),
                        id.of.name()
                    );
                    return Err(wrong(problem));
                }
                if found != cell.people {
                    let problem = format!(
                        "{}: the table of `{}` is about {found} people, the group has {}",
                        name(keys),
                        id.of.name(),
                        cell.people
                    );
                    return Err(wrong(problem));
                }
            }
        }
    }
    Ok(())
}
