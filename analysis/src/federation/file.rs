//! The exchange file: whole numbers, one canonical form, and a reader that believes nothing.
//!
//! Canonical means: fields in the order of the types, groups and entries sorted, one table a line.
//! Same tables, same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use surveys::dataset::Codebook;

use super::cells;
use crate::AnalysisError;
use crate::dataset::{Dataset, Staff, StaffRow, digest, read};
use crate::grouping::Keys;
use crate::tables::Entries;
use crate::tables::held::{Grid, GridCell, Held, TableId};

/// The schema version this program writes and reads.
pub(super) const EXCHANGE_SCHEMA: u32 = 2;

/// What every file says in the words of the reader.
pub(super) const NOTICE: &str = "Numbers of people for exchange between partners under agreement. Not for publication: small groups are not protected.";

/// A file with integer tables, and where it was read from.
#[derive(Clone, Debug)]
pub struct ExchangeFile {
    pub(super) path: PathBuf,
    pub(super) about: About,
    pub(super) sources: Vec<Source>,
    pub(super) held: Held,
}

/// What tables are about: it must be the same in everything that is added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    /// Releases of the survey with their digests.
    pub(super) instruments: Vec<String>,
    /// The wave the job is about and those it looks back to; absent: all of the data.
    pub(super) wave: Option<Waves>,
    /// Scales, missing rules, targets, words.
    pub(super) codebook: Codebook,
    /// File names of municipalities.
    pub(super) slugs: BTreeMap<String, String>,
    /// Staff numbers.
    pub(super) staff: Option<StaffNumbers>,
}

/// The waves of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Waves {
    pub(super) current: String,
    pub(super) earlier: Vec<String>,
}

/// Staff numbers by group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StaffNumbers {
    pub(super) columns: Vec<String>,
    pub(super) rows: BTreeSet<(Keys, u64)>,
}

/// Answers that were counted, so that nobody's are counted twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source {
    /// SHA-256 of the data file, or of the dataset's manifest.
    pub(super) sha256: String,
    /// How many answers were counted; absent where only their masked number is known.
    pub(super) answers: Option<i64>,
    /// Groups below this size were counted with others; absent: none.
    pub(super) smallest_cell: Option<u64>,
}

/// The mark of an exchange file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Exchange,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    kind: Kind,
    notice: String,
    schema: u32,
    about: About,
    sources: Vec<Source>,
    grids: Vec<GridText>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GridText {
    columns: Vec<String>,
    tables: BTreeSet<TableId>,
    cells: Vec<CellText>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CellText {
    keys: Keys,
    people: i64,
    tables: Vec<TableText>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TableText {
    table: crate::tables::TableKind,
    of: crate::tables::Subject,
    /// Rows of whole numbers; the last one is what is counted.
    entries: Vec<Vec<i64>>,
}

impl ExchangeFile {
    /// Reads a file and checks every table of it against its own codebook.
    ///
    /// # Errors
    /// When the file is another file, of another schema version, or holds what cannot be.
    pub fn read(path: &Path) -> Result<ExchangeFile, AnalysisError> {
        ExchangeFile::parse(&read(path)?, path)
    }

    pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<ExchangeFile, AnalysisError> {
        refuse_other_files(bytes, path, "exchange")?;
        let text: FileText = serde_json::from_slice(bytes)
            .map_err(|error| AnalysisError::data(path, format!("no exchange file: {error}")))?;
        let mut grids = Vec::new();
        for grid in text.grids {
            grids.push(grid_of(grid, path)?);
        }
        let file = ExchangeFile {
            path: path.to_owned(),
            about: text.about,
            sources: text.sources,
            held: Held { grids },
        };
        cells::check(&file)?;
        Ok(file)
    }

    /// Returns the canonical text.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = format!(
            "{{\n\"kind\": \"exchange\",\n\"notice\": {},\n\"schema\": {EXCHANGE_SCHEMA},\n\"about\": {},\n\"sources\": {},\n\"grids\": [",
            json(NOTICE),
            json(&self.about),
            json(&self.sources),
        );
        for (number, grid) in self.held.grids.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            text += &format!(
                "{comma}\n{{\"columns\": {}, \"tables\": {}, \"cells\": [",
                json(&grid.columns),
                json(&grid.tables)
            );
            for (number, (keys, cell)) in grid.cells.iter().enumerate() {
                let comma = if number == 0 { "" } else { "," };
                text += &format!(
                    "{comma}\n {{\"keys\": {}, \"people\": {}, \"tables\": [",
                    json(keys),
                    cell.people
                );
                let written = cell
                    .tables
                    .iter()
                    .filter(|(_, entries)| !entries.is_empty());
                let lines: Vec<String> = written
                    .map(|(id, entries)| table_line(id, entries))
                    .collect();
                text += &lines.join(",");
                text += "]}";
            }
            text += "]}";
        }
        text + "]\n}\n"
    }

    /// Returns a dataset that holds the tables.
    ///
    /// # Errors
    /// When the codebook cannot be used.
    pub fn dataset(&self) -> Result<Dataset, AnalysisError> {
        let staff = self.about.staff.as_ref().map(|staff| Staff {
            columns: staff.columns.clone(),
            rows: staff
                .rows
                .iter()
                .map(|(keys, people)| StaffRow {
                    keys: keys.clone(),
                    people: *people,
                })
                .collect(),
        });
        Dataset::from_tables(
            &self.about.codebook,
            &self.path,
            staff,
            self.about.slugs.clone(),
            self.held.clone(),
            digest(self.to_json().as_bytes()),
        )
    }

    /// Returns how many people answered.
    #[must_use]
    pub fn answers(&self) -> u64 {
        self.held.answers()
    }

    /// Returns whether the tables are a sum of masked ones.
    pub(super) fn was_masked(&self) -> bool {
        self.sources.iter().any(|source| source.answers.is_none())
    }
}

fn table_line(id: &TableId, entries: &Entries) -> String {
    let rows = entries.iter().map(|(place, value)| {
        let numbers = place.iter().chain([value]).map(i64::to_string);
        format!("[{}]", numbers.collect::<Vec<_>>().join(","))
    });
    format!(
        "\n  {{\"table\": {}, \"of\": {}, \"entries\": [{}]}}",
        json(&id.table),
        json(&id.of),
        rows.collect::<Vec<_>>().join(",")
    )
}

fn grid_of(text: GridText, path: &Path) -> Result<Grid, AnalysisError> {
    let wrong = |problem: String| AnalysisError::data(path, problem);
    let mut grid = Grid {
        columns: text.columns,
        tables: text.tables,
        cells: BTreeMap::new(),
    };
    for cell in text.cells {
        let name = cells::name(&cell.keys);
        let mut tables = BTreeMap::new();
        for table in cell.tables {
            let id = TableId {
                table: table.table,
                of: table.of,
            };
            let mut entries = Entries::new();
            for mut row in table.entries {
                let value = row.pop().ok_or_else(|| {
                    wrong(format!("{name}: an entry of `{}` is empty", id.of.name()))
                })?;
                if entries.insert(row, value).is_some() {
                    let of = id.of.name();
                    return Err(wrong(format!("{name}: an entry of `{of}` is there twice")));
                }
            }
            if tables.insert(id, entries).is_some() {
                return Err(wrong(format!("{name}: a table is there twice")));
            }
        }
        let people = cell.people;
        if grid
            .cells
            .insert(cell.keys, GridCell { people, tables })
            .is_some()
        {
            return Err(wrong(format!("{name} is there twice")));
        }
    }
    Ok(grid)
}

/// The fields that say what a file is, whatever else it holds.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub(super) kind: Value,
    schema: Value,
}

/// Refuses a file of another kind or schema before its fields are read, so that the message says
/// what the file is rather than which field is unknown.
pub(super) fn refuse_other_files(
    bytes: &[u8],
    path: &Path,
    kind: &str,
) -> Result<(), AnalysisError> {
    let head: Head = serde_json::from_slice(bytes)
        .map_err(|error| AnalysisError::data(path, format!("no exchange file: {error}")))?;
    let found = head.kind.as_str();
    if found != Some(kind) {
        let found = found.map_or("no `kind`".to_owned(), |found| {
            format!("the kind `{found}`")
        });
        let problem = format!("this is no exchange file: it has {found}, not `{kind}`");
        return Err(AnalysisError::data(path, problem));
    }
    let schema = head.schema;
    if schema.as_u64() != Some(u64::from(EXCHANGE_SCHEMA)) {
        let problem = format!(
            "the file has schema {schema}, this program reads schema {EXCHANGE_SCHEMA}; make the \
             tables again with this program, or merge with the program that made them"
        );
        return Err(AnalysisError::data(path, problem));
    }
    Ok(())
}

/// Writes what is plain data as JSON on one line.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("texts and whole numbers under text keys are always JSON")
}
