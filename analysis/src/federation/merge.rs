//! Adding exchange files: any number, in any order, masked or not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use surveys::dataset::VariableKind;

use super::agree::{refuse_difference, united};
use super::file::{ExchangeFile, Source};
use super::masked_file::MaskedFile;
use super::{cells, mask};
use crate::AnalysisError;
use crate::dataset::read;
use crate::grouping::Keys;
use crate::tables::TableKind;
use crate::tables::held::{Grid, GridCell, Held};

/// A sum of exchange files, and what was noticed while adding.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The sum, an exchange file itself.
    pub file: ExchangeFile,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// Adds exchange files. Same files, same bytes, in whatever order.
///
/// # Errors
/// When a file is no exchange file, two of them are about different things or hold the same
/// answers, or masks do not cancel.
pub fn merge(paths: &[PathBuf]) -> Result<Merged, AnalysisError> {
    let mut clear: Vec<ExchangeFile> = Vec::new();
    let mut masked: Vec<MaskedFile> = Vec::new();
    for path in paths {
        let bytes = read(path)?;
        if MaskedFile::is_masked(&bytes) {
            masked.push(MaskedFile::parse(&bytes, path)?);
        } else {
            clear.push(ExchangeFile::parse(&bytes, path)?);
        }
    }
    let file = match (clear.as_slice(), masked.as_slice()) {
        ([], []) => {
            return Err(AnalysisError::Exchange {
                problem: "there is nothing to merge; name at least one exchange file".to_owned(),
            });
        }
        ([clear, ..], [masked, ..]) => {
            return Err(AnalysisError::Exchange {
                problem: format!(
                    "{} is masked and {} is not; merge files of one kind",
                    masked.path.display(),
                    clear.path.display()
                ),
            });
        }
        (clear, []) => sum(clear)?,
        ([], masked) => mask::unmasked(masked)?,
    };
    let smallest = file
        .sources
        .iter()
        .filter_map(|source| source.smallest_cell);
    let notes = smallest.max().map(|smallest| {
        format!(
            "some files count groups of fewer than {smallest} people in totals only: figures of groups can be about fewer people than answered, totals are complete"
        )
    });
    Ok(Merged {
        file,
        notes: notes.into_iter().collect(),
    })
}

/// Adds files that are readable, of which there is at least one.
pub(super) fn sum(files: &[ExchangeFile]) -> Result<ExchangeFile, AnalysisError> {
    refuse_twice(files)?;
    refuse_split_people(files)?;
    let Some((first, others)) = files.split_first() else {
        return Err(AnalysisError::Exchange {
            problem: "there is nothing to merge".to_owned(),
        });
    };
    let mut total = first.clone();
    for file in others {
        let (mine, others) = ((&*first.path, &total.about), (&*file.path, &file.about));
        refuse_difference((&first.path, &first.about), others)?;
        let about = united(mine, others)?;
        refuse_other_grids(first, file)?;
        for (sum, grid) in total.held.grids.iter_mut().zip(&file.held.grids) {
            add_grid(sum, grid, &file.path)?;
        }
        total.about = about;
        total.sources.extend(file.sources.iter().cloned());
    }
    total.path = PathBuf::from("the merged tables");
    total.sources.sort();
    cells::check(&total)?;
    Ok(total)
}

/// Refuses answers that are in two files: they would be counted twice.
fn refuse_twice(files: &[ExchangeFile]) -> Result<(), AnalysisError> {
    let mut known: BTreeMap<&str, &Path> = BTreeMap::new();
    let sources = files
        .iter()
        .flat_map(|file| file.sources.iter().map(move |source| (file, source)));
    let with_answers = |source: &Source| source.answers != Some(0);
    for (file, source) in sources.filter(|(_, source)| with_answers(source)) {
        if let Some(other) = known.insert(&source.sha256, &file.path) {
            return Err(AnalysisError::Exchange {
                problem: format!(
                    "{} and {} hold tables of the same answers, which would be counted twice",
                    other.display(),
                    file.path.display()
                ),
            });
        }
    }
    Ok(())
}

/// Refuses to add linked people of one municipality from two files: who is in both would have been
/// linked if they were counted together.
fn refuse_split_people(files: &[ExchangeFile]) -> Result<(), AnalysisError> {
    let mut known: BTreeMap<Option<&str>, &Path> = BTreeMap::new();
    for file in files {
        for town in linked_towns(file) {
            if let Some(other) = known.insert(town, &file.path) {
                let town = town.unwrap_or("people without a municipality");
                return Err(AnalysisError::Exchange {
                    problem: format!(
                        "{} and {} both link people of {town} between waves, and who is in both \
                         would stay unlinked; count all answers of a municipality in one file, \
                         or take `change` and `mixed_change` out of `statistics`",
                        other.display(),
                        file.path.display()
                    ),
                });
            }
        }
    }
    Ok(())
}

/// Returns the municipalities whose people a file links; one without a name where the tables do
/// not tell municipalities apart.
fn linked_towns(file: &ExchangeFile) -> BTreeSet<Option<&str>> {
    let mut variables = file.about.codebook.variables.iter();
    let town = variables.find(|variable| variable.kind == VariableKind::Municipality);
    let links = |grid: &&Grid| {
        let mut tables = grid.tables.iter();
        tables.any(|id| matches!(id.table, TableKind::Linked | TableKind::Waves))
    };
    let mut towns = BTreeSet::new();
    for grid in file.held.grids.iter().filter(links) {
        let place = town.and_then(|town| grid.columns.iter().position(|it| *it == town.name));
        let cells = grid.cells.iter().filter(|(_, cell)| cell.people > 0);
        towns.extend(cells.map(|(keys, _)| place.and_then(|place| keys[place].as_deref())));
    }
    towns
}

fn refuse_other_grids(a: &ExchangeFile, b: &ExchangeFile) -> Result<(), AnalysisError> {
    let described = |held: &Held| -> Vec<String> {
        let grids = held.grids.iter();
        grids
            .map(|grid| {
                let tables = grid.tables.iter();
                let tables: Vec<String> = tables
                    .map(|id| format!("{} of {}", super::file::json(&id.table), id.of.name()))
                    .collect();
                format!("by {}: {}", grid.columns.join(", "), tables.join(", "))
            })
            .collect()
    };
    let (mine, others) = (described(&a.held), described(&b.held));
    if mine == others {
        return Ok(());
    }
    let only = |these: &[String], those: &[String]| {
        let only: Vec<&str> = these
            .iter()
            .filter(|grid| !those.contains(grid))
            .map(String::as_str)
            .collect();
        match only.as_slice() {
            [] => "nothing more".to_owned(),
            only => only.join("; "),
        }
    };
    Err(AnalysisError::Exchange {
        problem: format!(
            "{} and {} hold different tables, so they were made with different jobs: {} there, {} here",
            a.path.display(),
            b.path.display(),
            only(&mine, &others),
            only(&others, &mine)
        ),
    })
}

fn add_grid(sum: &mut Grid, grid: &Grid, path: &Path) -> Result<(), AnalysisError> {
    for (keys, cell) in &grid.cells {
        let total = sum.cells.entry(keys.clone()).or_default();
        add_cell(total, cell).ok_or_else(|| too_large(keys, path))?;
    }
    Ok(())
}

/// Adds what was counted in one group to another, unless a number leaves its range.
pub(super) fn add_cell(total: &mut GridCell, cell: &GridCell) -> Option<()> {
    total.people = total.people.checked_add(cell.people)?;
    for (id, entries) in &cell.tables {
        let sums = total.tables.entry(id.clone()).or_default();
        for (place, value) in entries {
            let sum = sums.entry(place.clone()).or_insert(0);
            *sum = sum.checked_add(*value)?;
        }
    }
    Some(())
}

fn too_large(keys: &Keys, path: &Path) -> AnalysisError {
    AnalysisError::data(
        path,
        format!("{}: a number is too large to be added", cells::name(keys)),
    )
}
