//! From a municipality's answers to its exchange file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use surveys::dataset::VariableKind;

use super::cells;
use super::file::{About, ExchangeFile, Source, StaffNumbers, Waves};
use super::small_cells::merge_upwards;
use crate::dataset::{Dataset, Encoding};
use crate::grouping;
use crate::job::{DataSource, Job, placed};
use crate::publish::Need;
use crate::tables::as_entry;
use crate::tables::held::{Grid, Held, TableId};
use crate::{AnalysisError, publish};

/// What is handed over of the data a job names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// One file of the data in place of what the job names, such as one partition of a dataset
    /// whose codebook and staff numbers the job has.
    pub file: Option<PathBuf>,
    /// Groups of fewer people are counted in totals only.
    pub smallest_cell: Option<u64>,
}

/// An exchange file, and what was noticed while making it.
#[derive(Clone, Debug)]
pub struct Collected {
    /// The file.
    pub file: ExchangeFile,
    /// What the receiver should know.
    pub notes: Vec<String>,
}

/// Counts the integer tables that the statistics of a job are made of.
///
/// The smallest groups are municipality by the job's groups by wave, and municipality by unit by
/// wave where the job asks for units; a statistic that is shown by municipality only is handed over
/// by municipality and wave only.
///
/// # Errors
/// When the job or its data have problems, or staff numbers do not say of which municipality they
/// are.
pub fn tables(job: &Path, part: &Part) -> Result<Collected, AnalysisError> {
    let path = job;
    let job = Job::from_file(path)?;
    let data = Dataset::open(&source(&job.data, part.file.as_deref()))?;
    let mut collected =
        collect(&job, &data, part.smallest_cell).map_err(|error| placed(error, path))?;
    // A partition of our own export lies in a folder of its municipality's file name.
    let slugs = &mut collected.file.about.slugs;
    if let (Some(named), 1) = (part.file.as_deref().and_then(folder_slug), slugs.len()) {
        for slug in slugs.values_mut() {
            named.clone_into(slug);
        }
    }
    Ok(collected)
}

/// Returns the file name of a municipality from a path such as `municipality=espoo/part.parquet`.
fn folder_slug(file: &Path) -> Option<&str> {
    let mut parts = file.iter().filter_map(|part| part.to_str());
    parts.find_map(|part| part.strip_prefix("municipality="))
}

fn source(whole: &DataSource, part: Option<&Path>) -> DataSource {
    match (whole.clone(), part) {
        (whole, None) => whole,
        (DataSource::Folder(folder), Some(part)) => {
            let frame = folder.join("frame.csv");
            DataSource::File {
                file: part.to_owned(),
                codebook: folder.join("codebook.json"),
                frame: frame.is_file().then_some(frame),
                encoding: Encoding::default(),
            }
        }
        (
            DataSource::File {
                codebook,
                frame,
                encoding,
                ..
            },
            Some(part),
        ) => DataSource::File {
            file: part.to_owned(),
            codebook,
            frame,
            encoding,
        },
    }
}

pub(super) fn collect(
    job: &Job,
    data: &Dataset,
    smallest_cell: Option<u64>,
) -> Result<Collected, AnalysisError> {
    let waves = job.wave.as_ref().map(|wave| Waves {
        current: wave.current.clone(),
        earlier: wave.earlier.clone(),
    });
    let column = |kind| data.column_of(kind).map(|variable| variable.name.as_str());
    let mut notes = data.notes().to_vec();
    let chosen = match (&waves, column(VariableKind::Wave)) {
        (Some(waves), Some(wave)) => {
            let mut names: Vec<&str> = waves.earlier.iter().map(String::as_str).collect();
            names.push(&waves.current);
            notes.extend(publish::left_aside(data, wave, &names)?);
            data.among_those(wave, &names)?
        }
        _ => data.clone(),
    };
    let (needs, further) = publish::needs(job, &chosen)?;
    notes.extend(further);
    let mut held = Held::default();
    for (columns, tables) in grids(needs) {
        held.grids.push(grid(&chosen, columns, tables)?);
    }
    if let Some(smallest) = smallest_cell {
        let kinds = [VariableKind::Municipality, VariableKind::Wave];
        let kept: Vec<&str> = kinds.into_iter().filter_map(column).collect();
        for grid in &mut held.grids {
            let merged = merge_upwards(grid, &kept, smallest);
            if merged > 0 {
                notes.push(format!(
                    "{merged} groups by {} are counted in totals only, so that no group has fewer than {smallest} people",
                    grid.columns.join(", ")
                ));
            }
        }
    }
    let answers = held.grids.first().map_or(0, Grid::people);
    let file = ExchangeFile {
        path: PathBuf::from("the tables"),
        about: About {
            instruments: data.instruments(),
            wave: waves,
            codebook: data.codebook().clone(),
            slugs: slugs(&chosen)?,
            staff: staff(&chosen)?,
        },
        sources: vec![Source {
            sha256: data.sha256().to_owned(),
            answers: Some(answers),
            smallest_cell,
        }],
        held,
    };
    cells::check(&file)?;
    Ok(Collected { file, notes })
}

/// Puts the needs of all statistics together: which tables by which columns.
fn grids(needs: Vec<Need>) -> BTreeMap<Vec<String>, BTreeSet<TableId>> {
    let mut grids: BTreeMap<Vec<String>, BTreeSet<TableId>> = BTreeMap::new();
    for need in needs {
        grids.entry(need.columns).or_default().extend(need.tables);
    }
    grids
}

fn grid(
    data: &Dataset,
    columns: Vec<String>,
    tables: BTreeSet<TableId>,
) -> Result<Grid, AnalysisError> {
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    let mut grid = Grid::default();
    for (keys, people) in grouping::cells(data, &names, |people: &mut u64, _| *people += 1)? {
        grid.cells.entry(keys).or_default().people = as_entry(people);
    }
    for id in &tables {
        for (keys, entries) in id.table.written(data, &id.of, &names)? {
            let cell = grid.cells.entry(keys).or_default();
            cell.tables.insert(id.clone(), entries);
        }
    }
    Ok(Grid {
        columns,
        tables,
        ..grid
    })
}

/// Returns the file name of each municipality.
fn slugs(data: &Dataset) -> Result<BTreeMap<String, String>, AnalysisError> {
    let Some(column) = data.column_of(VariableKind::Municipality) else {
        return Ok(BTreeMap::new());
    };
    let names = data.values(&column.name)?.into_iter();
    Ok(names
        .map(|name| (name.to_owned(), data.slug(name)))
        .collect())
}

/// Returns the staff numbers; those of two municipalities must be told apart.
fn staff(data: &Dataset) -> Result<Option<StaffNumbers>, AnalysisError> {
    let Some(staff) = data.staff() else {
        return Ok(None);
    };
    if let Some(column) = data.column_of(VariableKind::Municipality)
        && !staff.columns.contains(&column.name)
    {
        return Err(AnalysisError::Exchange {
            problem: format!(
                "the staff numbers have no column `{}`, so those of two municipalities could not be told apart; add it to the frame",
                column.name
            ),
        });
    }
    let mut rows = BTreeMap::new();
    for row in &staff.rows {
        *rows.entry(row.keys.clone()).or_insert(0) += row.people;
    }
    Ok(Some(StaffNumbers {
        columns: staff.columns.clone(),
        rows: rows.into_iter().collect(),
    }))
}
