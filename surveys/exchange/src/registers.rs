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
    let (places, mut problems) = places(&header, columns);
    let mut rows = Vec::new();
    for record in records {
        let line = record.position().map_or(0, |position| position.line());
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        if record.iter().all(str::is_empty) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            problems.push(TableProblem::TooManyRows);
            break;
        }
        if record.len() != header.len() {
            problems.push(TableProblem::UnevenRow {
                line,
                found: record.len(),
                wanted: header.len(),
            });
            continue;
        }
        if let Some(places) = places {
            let cells = places.map(|place| record.get(place).unwrap_or_default().to_owned());
            rows.push(RegisterRow { line, cells });
        }
    }
    (rows, problems)
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
