//! Findings as text and back: one canonical form, and a reader that explains what is wrong.
//!
//! Canonical means: fields in the order of the types, maps and tables sorted, one row of a table
//! per line, shortest decimal form of every number, a line feed at the end. Same findings, same
//! bytes. The reader believes nothing: schema, keys, order and numbers are checked.

use std::io;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Cell, Count, Estimate, FINDINGS_SCHEMA, Findings, Statistic, Table};

/// Why a text is not the file it should be.
#[derive(Debug, Error)]
pub enum FormatError {
    /// The text is no JSON, or has unknown or missing fields.
    #[error("not a valid file: {0}")]
    Json(#[from] serde_json::Error),
    /// The file was written by another version.
    #[error(
        "the file has schema {found}, this program reads schema {expected}; \
         make it again with this program, or read it with the program that made it"
    )]
    OtherSchema {
        /// The version in the file.
        found: String,
        /// The version this program reads.
        expected: u32,
    },
    /// A working result where findings were expected.
    #[error(
        "this is a working result with exact, unprotected figures; \
         only findings of a numbered release may be shown: run the job with kind = \"release\""
    )]
    WorkingResult,
    /// Tables for exchange between partners where findings were expected.
    #[error(
        "this is an exchange file with numbers of people in small groups; it is not for \
         publication: merge it and run a job with kind = \"release\" on the sum"
    )]
    ExchangeFile,
    /// Another file where a working result was expected.
    #[error("this is not a working result: it has no `\"kind\": \"working\"`")]
    NotWorking,
    /// A table is not as a table must be.
    #[error("table `{table}`{keys}: {problem}", keys = keys_text(keys))]
    Table {
        /// The table's id.
        table: String,
        /// Keys of the row, empty where the whole table is meant.
        keys: Vec<String>,
        /// What is wrong.
        problem: TableProblem,
    },
    /// The file does not say which wave it is about.
    #[error("the file names no wave")]
    NoWave,
}

/// What is wrong with a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TableProblem {
    /// A number is infinite or not a number.
    #[error("a number is not finite")]
    NotFinite,
    /// An interval that does not hold its figure.
    #[error("the interval is upside down")]
    UpsideDown,
    /// A standard error below nought.
    #[error("the standard error is negative")]
    NegativeError,
    /// A range of answers whose ends are the wrong way round.
    #[error("the range of answers is upside down")]
    CountUpsideDown,
    /// A share outside 0 to 1.
    #[error("a share is outside 0 to 1")]
    NoShare,
    /// Rows and dimensions disagree.
    #[error("the row needs one key for each dimension")]
    WrongKeys,
    /// Rows are out of order or there twice.
    #[error("a row is out of order, or there twice")]
    RowOrder,
    /// Tables are out of order or there twice.
    #[error("tables are out of order, or one is there twice")]
    TableOrder,
    /// The ends of the scale are the wrong way round.
    #[error("the ends of the scale are upside down")]
    Scale,
    /// A statistic that nothing is known to protect.
    #[error("its statistic stands in working results only")]
    WorkingOnly,
}

fn keys_text(keys: &[String]) -> String {
    if keys.is_empty() {
        String::new()
    } else {
        format!(", row {}", keys.join(" / "))
    }
}

impl Findings {
    /// Returns the canonical text of the file.
    ///
    /// # Errors
    /// When the findings are not as findings must be, for instance a number is not finite.
    pub fn to_json(&self) -> Result<String, FormatError> {
        check(self)?;
        canonical(self)
    }

    /// Reads findings and checks them.
    ///
    /// # Errors
    /// When the text is a working result, of another schema version, or not valid.
    pub fn from_json(text: &str) -> Result<Self, FormatError> {
        refuse_other_files(text, None, FINDINGS_SCHEMA)?;
        let findings: Findings = serde_json::from_str(text)?;
        check(&findings)?;
        Ok(findings)
    }
}

/// The fields that say what a file is, whatever else it holds.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    kind: Option<serde_json::Value>,
    #[serde(default)]
    schema: Option<serde_json::Value>,
}

/// Refuses a file of another kind or schema before its fields are read, so that the message says
/// what the file is rather than which field is unknown.
pub(crate) fn refuse_other_files(
    text: &str,
    kind: Option<&str>,
    schema: u32,
) -> Result<(), FormatError> {
    let head: Head = serde_json::from_str(text)?;
    let found_kind = head.kind.as_ref().and_then(serde_json::Value::as_str);
    match (kind, found_kind) {
        (None, Some("working")) => return Err(FormatError::WorkingResult),
        (None, Some("exchange" | "masked_exchange")) => return Err(FormatError::ExchangeFile),
        (Some(wanted), found) if found != Some(wanted) => return Err(FormatError::NotWorking),
        _ => {}
    }
    let found = head.schema.unwrap_or(serde_json::Value::Null);
    if found.as_u64() == Some(u64::from(schema)) {
        return Ok(());
    }
    Err(FormatError::OtherSchema {
        found: match found {
            serde_json::Value::Null => "none".to_owned(),
            other => other.to_string(),
        },
        expected: schema,
    })
}

fn check(findings: &Findings) -> Result<(), FormatError> {
    if findings.wave.is_empty() {
        return Err(FormatError::NoWave);
    }
    for (table, next) in findings.tables.iter().zip(findings.tables.iter().skip(1)) {
        if table.id >= next.id {
            return Err(at(&next.id, &[], TableProblem::TableOrder));
        }
    }
    findings.tables.iter().try_for_each(check_table)
}

fn check_table(table: &Table) -> Result<(), FormatError> {
    if table.statistic == Statistic::Working {
        return Err(at(&table.id, &[], TableProblem::WorkingOnly));
    }
    if let Some([low, high]) = table.scale
        && !(low.is_finite() && high.is_finite() && low < high)
    {
        return Err(at(&table.id, &[], TableProblem::Scale));
    }
    for row in &table.rows {
        if row.keys.len() != table.dims.len() {
            return Err(at(&table.id, &row.keys, TableProblem::WrongKeys));
        }
        if let Cell::Shown(estimate) = &row.cell {
            check_estimate(estimate).map_err(|problem| at(&table.id, &row.keys, problem))?;
            if table.unit == crate::Unit::Proportion && !(0.0..=1.0).contains(&estimate.value) {
                return Err(at(&table.id, &row.keys, TableProblem::NoShare));
            }
        }
    }
    for (row, next) in table.rows.iter().zip(table.rows.iter().skip(1)) {
        if row.keys >= next.keys {
            return Err(at(&table.id, &next.keys, TableProblem::RowOrder));
        }
    }
    Ok(())
}

/// Says whether the numbers of a figure can stand together.
pub(crate) fn check_estimate(estimate: &Estimate) -> Result<(), TableProblem> {
    let ends = [
        Some(estimate.value),
        estimate.se,
        estimate.low,
        estimate.high,
    ];
    if ends.iter().flatten().any(|number| !number.is_finite()) {
        return Err(TableProblem::NotFinite);
    }
    if estimate.se.is_some_and(|se| se < 0.0) {
        return Err(TableProblem::NegativeError);
    }
    if let (Some(low), Some(high)) = (estimate.low, estimate.high)
        && low > high
    {
        return Err(TableProblem::UpsideDown);
    }
    if let Count::Range([from, to]) = estimate.n
        && from > to
    {
        return Err(TableProblem::CountUpsideDown);
    }
    Ok(())
}

pub(crate) fn at(table: &str, keys: &[String], problem: TableProblem) -> FormatError {
    FormatError::Table {
        table: table.to_owned(),
        keys: keys.to_vec(),
        problem,
    }
}

/// Returns the canonical text of a value: a row of a table per line.
pub(crate) fn canonical<T: Serialize>(value: &T) -> Result<String, FormatError> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Lines { depth: 0 });
    value.serialize(&mut serializer)?;
    bytes.push(b'\n');
    Ok(String::from_utf8(bytes).expect("JSON text is UTF-8"))
}

/// How deep values stand on lines of their own: the rows of a table are the fourth level.
const DEEPEST_LINE: usize = 4;

/// Breaks lines down to the rows of tables; a row stays on one line, so that a difference
/// between two files names the cell.
struct Lines {
    depth: usize,
}

impl Lines {
    fn line<W: ?Sized + io::Write>(&self, writer: &mut W, first: bool) -> io::Result<()> {
        if self.depth > DEEPEST_LINE {
            return writer.write_all(if first { b"" } else { b", " });
        }
        writer.write_all(if first { b"\n" } else { b",\n" })?;
        self.indent(writer)
    }

    fn close<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.depth < DEEPEST_LINE {
            writer.write_all(b"\n")?;
            self.indent(writer)?;
        }
        Ok(())
    }

    fn indent<W: ?Sized + io::Write>(&self, writer: &mut W) -> io::Result<()> {
        (0..self.depth).try_for_each(|_| writer.write_all(b"  "))
    }
}

impl serde_json::ser::Formatter for Lines {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        // Adding nought turns negative nought into nought.
        write!(writer, "{:?}", value + 0.0)
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer)?;
        writer.write_all(b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.line(writer, first)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.close(writer)?;
        writer.write_all(b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.line(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}
