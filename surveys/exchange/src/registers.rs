//! `units.csv` and `frame.csv` as spreadsheets save them: bytes in, checked rows out.
//!
//! UTF-8 with or without its mark, comma or semicolon. All problems come at once, each with line
//! and column, and nothing is taken over while there is one. What a value means is judged by
//! `surveys::network`; here is only what makes a file a table.

use surveys::Catalog;
use surveys::definition::DidYouMean;
use surveys::network::{
    FRAME_COLUMNS, FrameRow, Network, RegisterRow, RowProblem, UNIT_COLUMNS, Unit, frame_rows,
    units,
};

/// A larger register is refused before it is read.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// More rows are refused.
pub const MOST_ROWS: usize = 20_000;
/// More columns are refused.
pub const MOST_COLUMNS: usize = 64;
/// A longer cell is refused, in characters.
pub const LONGEST_CELL: usize = 4_000;

/// What can be wrong with a register file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableProblem {
    /// More bytes than a register can have.
    #[error("the file has {found} bytes, at most {MOST_BYTES} are read")]
    TooLarge {
        /// How many it has.
        found: usize,
    },
    /// More rows than a register can have.
    #[error("the file has more than {MOST_ROWS} rows, split it")]
    TooManyRows,
    /// Bytes that are no UTF-8.
    #[error("line {line}: not UTF-8; save the file as \"CSV UTF-8\"")]
    NotText {
        /// The line, from 1.
        line: usize,
    },
    /// No header.
    #[error("the file is empty; its first line must name the columns: {columns}")]
    NoHeader {
        /// The columns it must have.
        columns: String,
    },
    /// A header and nothing else.
    #[error("there is no line under the header")]
    NoRows,
    /// More columns than a register can have.
    #[error("line 1: {found} columns, at most {MOST_COLUMNS} are read")]
    TooManyColumns {
        /// How many it has.
        found: usize,
    },
    /// A column that must be there is not.
    #[error("line 1: column `{column}` is missing")]
    MissingColumn {
        /// The column.
        column: String,
    },
    /// A column nobody reads.
    #[error("line 1: nothing reads column `{column}`; {near}remove it")]
    UnknownColumn {
        /// The column.
        column: String,
        /// What may have been meant.
        near: DidYouMean,
    },
    /// A column twice.
    #[error("line 1: column `{column}` stands there twice")]
    ColumnTwice {
        /// The column.
        column: String,
    },
    /// A row with more or fewer fields than the header.
    #[error("line {line}: {found} fields, the first line names {wanted}")]
    UnevenRow {
        /// The line, from 1.
        line: usize,
        /// Fields it has.
        found: usize,
        /// Fields the header has.
        wanted: usize,
    },
    /// A cell that holds more than any register has.
    #[error("line {line}, field {field}: longer than {LONGEST_CELL} characters")]
    LongCell {
        /// The line, from 1.
        line: usize,
        /// The field, from 1.
        field: usize,
    },
    /// A cell with signs that are no text, a line end inside it included.
    #[error("line {line}, field {field}: holds a line end or another sign that is no text")]
    NoTextInCell {
        /// The line, from 1.
        line: usize,
        /// The field, from 1.
        field: usize,
    },
    /// A value.
    #[error(transparent)]
    Value(#[from] RowProblem),
}

/// Reads `units.csv`.
///
/// # Errors
/// Every problem at once.
pub fn read_units(
    bytes: &[u8],
    catalog: &Catalog,
    network: &Network,
) -> Result<Vec<Unit>, Vec<TableProblem>> {
    let (rows, problems) = table(bytes, &UNIT_COLUMNS);
    joined(problems, units(&rows, catalog, network))
}

/// Reads `frame.csv`; the units must have been read before.
///
/// # Errors
/// Every problem at once.
pub fn read_frame(
    bytes: &[u8],
    catalog: &Catalog,
    network: &Network,
    units: &[Unit],
) -> Result<Vec<FrameRow>, Vec<TableProblem>> {
    let (rows, problems) = table(bytes, &FRAME_COLUMNS);
    joined(problems, frame_rows(&rows, catalog, network, units))
}

fn joined<T>(
    mut problems: Vec<TableProblem>,
    values: Result<T, Vec<RowProblem>>,
) -> Result<T, Vec<TableProblem>> {
    match values {
        Ok(values) if problems.is_empty() => Ok(values),
        Ok(_) => Err(problems),
        Err(found) => {
            problems.extend(found.into_iter().map(TableProblem::Value));
            Err(problems)
        }
    }
}

fn table<const N: usize>(
    bytes: &[u8],
    columns: &[&str; N],
) -> (Vec<RegisterRow<N>>, Vec<TableProblem>) {
    let text = match text_of(bytes) {
        Ok(text) => text,
        Err(problem) => return (Vec::new(), vec![problem]),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    // The bytes are UTF-8 and rows may be uneven, so that no record is an error.
    let mut records = reader.records().flatten();
    let Some(header) = records.next() else {
        let columns = columns.join(", ");
        return (Vec::new(), vec![TableProblem::NoHeader { columns }]);
    };
    if header.len() > MOST_COLUMNS {
        let found = header.len();
        return (Vec::new(), vec![TableProblem::TooManyColumns { found }]);
    }
    let (places, mut problems) = places(&header, columns);
    let mut rows = Vec::new();
    let mut lines = Lines::of(text);
    for (index, record) in records
        .filter(|record| !record.iter().all(str::is_empty))
        .enumerate()
    {
        if index == MOST_ROWS {
            problems.push(TableProblem::TooManyRows);
            break;
        }
        let line = lines.at(record.position());
        let found = problems_of(&record, line, header.len());
        if !found.is_empty() {
            problems.extend(found);
        } else if let Some(places) = places {
            let cells = places.map(|place| record.get(place).unwrap_or_default().to_owned());
            rows.push(RegisterRow { line, cells });
        }
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(TableProblem::NoRows);
    }
    (rows, problems)
}

fn problems_of(record: &csv::StringRecord, line: usize, wanted: usize) -> Vec<TableProblem> {
    let found = record.len();
    if found != wanted {
        return vec![TableProblem::UnevenRow {
            line,
            found,
            wanted,
        }];
    }
    let cells = record.iter().zip(1..);
    cells
        .filter_map(|(cell, field)| {
            if cell.chars().count() > LONGEST_CELL {
                Some(TableProblem::LongCell { line, field })
            } else if cell.chars().any(char::is_control) {
                Some(TableProblem::NoTextInCell { line, field })
            } else {
                None
            }
        })
        .collect()
}

/// Counts the lines of a text on the way through it.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Lines<'t> {
        Lines {
            text,
            at: 0,
            line: 1,
        }
    }

    /// Returns the line of a record; records come in order. One is said to begin where the one
    /// before it ended: empty lines between are passed over.
    fn at(&mut self, position: Option<&csv::Position>) -> usize {
        let start = position.map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let rest = self.text.get(start..).unwrap_or_default();
        let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let passed = self.text.get(self.at..start + skipped).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at += passed.len();
        self.line
    }
}

fn text_of(bytes: &[u8]) -> Result<&str, TableProblem> {
    if bytes.len() > MOST_BYTES {
        return Err(TableProblem::TooLarge { found: bytes.len() });
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|byte| *byte == b'\n').count();
        TableProblem::NotText { line }
    })
}

/// A Finnish spreadsheet separates by semicolon, since the comma is in its numbers.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |sign| header.matches(sign).count();
    if count(';') > count(',') { b';' } else { b',' }
}

/// Where each column stands in the file; columns may come in any order.
fn places<const N: usize>(
    header: &csv::StringRecord,
    columns: &[&str; N],
) -> (Option<[usize; N]>, Vec<TableProblem>) {
    let mut problems = Vec::new();
    for (index, name) in header.iter().enumerate() {
        let column = name.to_owned();
        if !columns.contains(&name) {
            let near = DidYouMean::among(name, columns.iter().copied());
            problems.push(TableProblem::UnknownColumn { column, near });
        } else if header.iter().take(index).any(|earlier| earlier == name) {
            problems.push(TableProblem::ColumnTwice { column });
        }
    }
    let found = columns.map(|column| header.iter().position(|name| name == column));
    for (column, place) in columns.iter().zip(found) {
        if place.is_none() {
            let column = (*column).to_owned();
            problems.push(TableProblem::MissingColumn { column });
        }
    }
    let all = found.iter().all(Option::is_some);
    (all.then(|| found.map(Option::unwrap_or_default)), problems)
}
