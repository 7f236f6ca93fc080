//! Staff numbers: whom a wave concerned, by the columns of the data (`frame.csv`).
//!
//! Columns are named as in the data; those of our own export are `wave, municipality, unit, role,
//! role_group, staff`. A column that the frame lacks is not known by group, only in total.

use std::collections::BTreeMap;
use std::path::Path;

use super::csv_file::CsvText;
use super::plan::{Plan, Reading};
use super::read;
use super::text_form::{self, Encoding};
use crate::job::suggestion;
use crate::{AnalysisError, CellProblem};

const STAFF: &str = "staff";

/// Numbers of people by group.
#[derive(Clone, Debug)]
pub(crate) struct Staff {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<StaffRow>,
}

/// A group and its number of people.
#[derive(Clone, Debug)]
pub(crate) struct StaffRow {
    /// A value for each column, none where the field is empty.
    pub(crate) keys: Vec<Option<String>>,
    pub(crate) people: u64,
}

impl Staff {
    /// Reads a frame and checks it against the codebook.
    pub(crate) fn from_file(
        file: &Path,
        encoding: Encoding,
        plan: &Plan,
    ) -> Result<Staff, AnalysisError> {
        let bytes = read(file)?;
        let text = text_form::text(file, &bytes, encoding)?;
        let mut csv = CsvText::open(file, &text)?;
        let staff = csv.place_of(STAFF).ok_or_else(|| {
            AnalysisError::data(file, format!(
                "line 1: the frame has no column `{STAFF}` with the number of people in each group"
            ))
        })?;
        let columns = key_columns(file, &csv.header, plan)?;
        let (mut rows, mut lines) = (Vec::new(), Vec::new());
        let mut problems = Vec::new();
        while let Some((line, record)) = csv.next_row()? {
            let mut note = |column: &str, problem: String| {
                let column = column.to_owned();
                problems.push(CellProblem {
                    file: file.to_owned(),
                    line,
                    column,
                    problem,
                });
            };
            let field = |place: usize| {
                let field = record.get(place).unwrap_or_default();
                String::from_utf8_lossy(field).trim().to_owned()
            };
            let mut keys = Vec::new();
            for (name, place) in &columns {
                let text = field(*place);
                if let Some(problem) = unlisted(plan, name, &text) {
                    note(name, problem);
                }
                keys.push((!text.is_empty()).then_some(text));
            }
            match field(staff).parse() {
                Ok(people) => {
                    rows.push(StaffRow { keys, people });
                    lines.push(line);
                }
                Err(_) => note(STAFF, format!("`{}` is no number of people", field(staff))),
            }
        }
        if let Some(doubt) = csv.doubts.first() {
            return Err(AnalysisError::data(file, doubt));
        }
        if problems.is_empty() {
            refuse_doubled(file, &columns, &rows, &lines)?;
            let columns = columns.into_iter().map(|(name, _)| name).collect();
            Ok(Staff { columns, rows })
        } else {
            Err(AnalysisError::Cells {
                problems,
                further: 0,
            })
        }
    }

    /// Returns the rows of some values of a column; a frame without the column is for all.
    pub(crate) fn among(&self, column: &str, values: &[&str]) -> Staff {
        let Some(place) = self.columns.iter().position(|name| name == column) else {
            return self.clone();
        };
        let mut staff = self.clone();
        staff.rows.retain(|row| {
            row.keys[place]
                .as_deref()
                .is_some_and(|key| values.contains(&key))
        });
        staff
    }

    /// Returns the values of a column.
    pub(crate) fn values(&self, column: &str) -> Vec<&str> {
        let place = self.columns.iter().position(|name| name == column);
        let rows = place
            .into_iter()
            .flat_map(|place| self.rows.iter().map(move |row| &row.keys[place]));
        let sorted: BTreeMap<&str, ()> = rows.flatten().map(|value| (value.as_str(), ())).collect();
        sorted.into_keys().collect()
    }
}

/// Refuses a group that stands on two lines: is one a mistake, or are they to be added up?
fn refuse_doubled(
    file: &Path,
    columns: &[(String, usize)],
    rows: &[StaffRow],
    lines: &[u64],
) -> Result<(), AnalysisError> {
    let mut first: BTreeMap<&[Option<String>], u64> = BTreeMap::new();
    let mut problems = Vec::new();
    for (row, line) in rows.iter().zip(lines) {
        let Some(earlier) = first.insert(&row.keys, *line) else {
            continue;
        };
        let named = columns.iter().zip(&row.keys);
        let group: Vec<String> = named
            .map(|((name, _), key)| format!("{name} `{}`", key.as_deref().unwrap_or_default()))
            .collect();
        problems.push(format!(
            "lines {earlier} and {line} are about the same group ({}); join them, or delete one",
            group.join(", ")
        ));
    }
    match problems.is_empty() {
        true => Ok(()),
        false => Err(AnalysisError::data(file, problems.join("\n  "))),
    }
}

fn key_columns(
    file: &Path,
    header: &[String],
    plan: &Plan,
) -> Result<Vec<(String, usize)>, AnalysisError> {
    let is_key = |name: &str| {
        plan.columns
            .iter()
            .any(|column| column.name == name && matches!(column.reading, Reading::Key { .. }))
    };
    let mut columns = Vec::new();
    for (place, name) in header.iter().enumerate().filter(|(_, name)| *name != STAFF) {
        if !is_key(name) {
            let keys = plan.columns.iter().map(|column| column.name.as_str());
            let help = suggestion(name, keys.filter(|name| is_key(name))).unwrap_or_default();
            let problem = format!("line 1: the data have no column `{name}` to group by ({help})");
            return Err(AnalysisError::data(file, problem));
        }
        columns.push((name.clone(), place));
    }
    Ok(columns)
}

fn unlisted(plan: &Plan, name: &str, text: &str) -> Option<String> {
    let column = plan.columns.iter().find(|column| column.name == name)?;
    match &column.reading {
        Reading::Key {
            allowed: Some(allowed),
        } if !text.is_empty() && !allowed.contains(text) => {
            Some(format!("`{text}` is not in the codebook"))
        }
        _ => None,
    }
}
