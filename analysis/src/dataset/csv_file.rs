//! A CSV file: one header line, then a line for each answer; commas, semicolons or tabs between
//! the columns. What cannot be read is said with line and column.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};

use super::answer_ids::{AnswerIds, doubled};
use super::build::Builder;
use super::cells::Cell;
use super::plan::Plan;
use super::quotes;
use super::text_form::{self, Encoding};
use crate::AnalysisError;
use crate::job::suggestion;

/// So many doubtful rows are named; the first ones show what is wrong.
const MOST_DOUBTS: usize = 5;

/// A table of text with its header, checked as far as a CSV file can be without a codebook.
pub(crate) struct CsvText<'t> {
    file: &'t Path,
    pub(crate) header: Vec<String>,
    /// Where each column stands: a file may have a hundred thousand.
    places: BTreeMap<String, usize>,
    separator: u8,
    text: &'t [u8],
    reader: csv::Reader<&'t [u8]>,
    /// What looks wrong in the rows so far and is no error.
    pub(crate) doubts: Vec<String>,
}

/// Reads all rows of a CSV file into the builder.
pub(crate) fn read(
    file: &Path,
    bytes: &[u8],
    encoding: Encoding,
    plan: &Plan,
    builder: &mut Builder,
) -> Result<(), AnalysisError> {
    let text = text_form::text(file, bytes, encoding)?;
    let mut csv = CsvText::open(file, &text)?;
    let places = places(&csv, plan)?;
    note_form(&csv, encoding, builder);
    note_unknown_columns(file, &csv.header, plan, builder);
    let id = plan.answer_id.as_deref();
    let id = id.and_then(|name| Some((name, csv.place_of(name)?)));
    let mut ids = AnswerIds::default();
    let mut rows = 0;
    while let Some((line, record)) = csv.next_row()? {
        rows += 1;
        if record.len() > 1 && record.iter().all(<[u8]>::is_empty) {
            let problem = format!("line {line} is blank in every column; delete it");
            return Err(AnalysisError::data(file, problem));
        }
        if let Some((name, place)) = id {
            let text = String::from_utf8_lossy(record.get(place).unwrap_or_default());
            if let Some(earlier) = ids.add(&text, line) {
                let problem = doubled(&text, earlier, "line");
                builder.note_problem(file.to_owned(), line, name, problem);
            }
        }
        for (index, (column, place)) in plan.columns.iter().zip(&places).enumerate() {
            let field = record.get(*place).unwrap_or_default();
            let text = String::from_utf8_lossy(field);
            builder.push(index, column, &Cell::Text(&text), file, line);
        }
    }
    for doubt in &csv.doubts {
        builder.note(format!("{}: {doubt}", file.display()));
    }
    if rows == 0 {
        return Err(AnalysisError::data(
            file,
            "the file has a header and no answers",
        ));
    }
    builder.count_rows(rows);
    Ok(())
}

impl<'t> CsvText<'t> {
    /// Reads the header of a text that [`text_form::text`] has looked at, and refuses what is no
    /// table.
    pub(crate) fn open(file: &'t Path, text: &'t [u8]) -> Result<Self, AnalysisError> {
        let separator = text_form::separator(text);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .delimiter(separator)
            .from_reader(text);
        let mut first = ByteRecord::new();
        reader
            .read_byte_record(&mut first)
            .map_err(|error| unreadable(file, text, &error))?;
        let header: Vec<String> = first
            .iter()
            .map(|field| String::from_utf8_lossy(field).trim().to_owned())
            .collect();
        let places = header.iter().cloned().zip(0..).collect();
        let csv = CsvText {
            file,
            header,
            places,
            separator,
            text,
            reader,
            doubts: Vec::new(),
        };
        csv.refuse_unclosed(1, 0)?;
        csv.check_header()?;
        Ok(csv)
    }

    fn check_header(&self) -> Result<(), AnalysisError> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, name) in self.header.iter().enumerate() {
            if let Some(first) = seen.insert(name, place) {
                let (first, place) = (first + 1, place + 1);
                let problem = if name.is_empty() {
                    format!(
                        "line 1: columns {first} and {place} have no name; name them, or delete \
                         them if they are empty"
                    )
                } else {
                    format!(
                        "line 1: column `{name}` is there twice, as columns {first} and {place}; \
                         rename one of them"
                    )
                };
                return Err(AnalysisError::data(self.file, problem));
            }
        }
        Ok(())
    }

    /// Returns where a column stands.
    pub(crate) fn place_of(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// Returns the next row with its line.
    pub(crate) fn next_row(&mut self) -> Result<Option<(u64, ByteRecord)>, AnalysisError> {
        let mut record = ByteRecord::new();
        let more = self.reader.read_byte_record(&mut record);
        let place = match &more {
            Err(error) => error.position(),
            Ok(_) => record.position(),
        };
        if let Some(place) = place {
            self.refuse_unclosed(place.line(), place.byte())?;
        }
        if !more.map_err(|error| unreadable(self.file, self.text, &error))? {
            return Ok(None);
        }
        let line = line(self.text, record.position());
        if self.doubts.len() < MOST_DOUBTS {
            let doubt = quotes::swallowed(&self.header, self.separator, line, &record);
            self.doubts.extend(doubt);
        }
        Ok(Some((line, record)))
    }

    /// Refuses the row that was read last if it ends inside of quotes; it begins at this place.
    fn refuse_unclosed(&self, line: u64, start: u64) -> Result<(), AnalysisError> {
        let end = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        match self.text.get(start..) {
            // Only what is never closed takes the whole of the rest.
            Some(row) if end >= self.text.len() => {
                quotes::refuse_unclosed(self.file, &self.header, self.separator, line, row)
            }
            _ => Ok(()),
        }
    }
}

/// Returns the line a row starts on. Of a Windows line end the reader leaves the line feed to the
/// next row, and does not count it before.
fn line(text: &[u8], place: Option<&csv::Position>) -> u64 {
    place.map_or(0, |place| {
        let start = usize::try_from(place.byte()).ok();
        let is_behind = start.and_then(|start| text.get(start)) == Some(&b'\n');
        place.line() + u64::from(is_behind)
    })
}

fn unreadable(file: &Path, text: &[u8], error: &csv::Error) -> AnalysisError {
    let problem = match error.kind() {
        ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => {
            let line = line(text, pos.as_ref());
            format!(
                "line {line} has {len} fields where the header has {expected_len}; \
                 is the file cut, a separator not quoted, or a quotation mark not closed?"
            )
        }
        _ => error.to_string(),
    };
    AnalysisError::data(file, problem)
}

fn places(csv: &CsvText<'_>, plan: &Plan) -> Result<Vec<usize>, AnalysisError> {
    let names = || csv.header.iter().map(String::as_str);
    missing_columns(csv.file, "line 1", plan, names)?;
    let found = plan
        .columns
        .iter()
        .filter_map(|column| csv.place_of(&column.name));
    Ok(found.collect())
}

/// Refuses a file that lacks a column of the codebook, with the nearest name it has.
pub(crate) fn missing_columns<'n, I: Iterator<Item = &'n str>>(
    file: &Path,
    place: &str,
    plan: &Plan,
    names: impl Fn() -> I,
) -> Result<(), AnalysisError> {
    const SHOWN: usize = 20;
    let known: BTreeSet<&str> = names().collect();
    let variables = plan.codebook.variables.iter();
    let lacking = || {
        let all = variables.clone();
        all.filter(|variable| !known.contains(variable.name.as_str()))
    };
    let mut missing: Vec<String> = lacking()
        .take(SHOWN)
        .map(|variable| {
            let nearest = suggestion(&variable.name, names());
            let near = nearest.filter(|text| text.starts_with("did you mean"));
            let near = near.map(|text| format!(" ({text})")).unwrap_or_default();
            format!(
                "{place}: column `{}` of the codebook is missing{near}",
                variable.name
            )
        })
        .collect();
    if let further @ 1.. = lacking().count() - missing.len() {
        missing.push(format!("{place}: {further} more columns are missing"));
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(AnalysisError::data(file, missing.join("\n  ")))
    }
}

/// Says how a file is written down where that is not as usual.
fn note_form(csv: &CsvText<'_>, encoding: Encoding, builder: &mut Builder) {
    let file = csv.file.display();
    if let Some(note) = separator_note(csv.file, csv.separator) {
        builder.note(note);
    }
    if encoding == Encoding::Latin1 {
        builder.note(format!("{file}: read as Latin-1 (Windows-1252)"));
    }
}

/// Returns a note on what stands between the columns, where it is no comma.
pub(crate) fn separator_note(file: &Path, separator: u8) -> Option<String> {
    let name = text_form::separator_name(separator)?;
    let file = file.display();
    Some(format!("{file}: the columns are separated by {name}"))
}

/// Says which columns the codebook does not describe; they are left aside.
pub(crate) fn note_unknown_columns(
    file: &Path,
    header: &[String],
    plan: &Plan,
    builder: &mut Builder,
) {
    if let Some(note) = unknown_columns(file, header, plan) {
        builder.note(note);
    }
}

/// Returns a note on the columns that the codebook does not describe, if there are any.
pub(crate) fn unknown_columns(file: &Path, header: &[String], plan: &Plan) -> Option<String> {
    const SHOWN: usize = 5;
    let variables = plan.codebook.variables.iter();
    let known: BTreeSet<&str> = variables.map(|variable| variable.name.as_str()).collect();
    let names = || {
        let names = header.iter().map(String::as_str);
        names.filter(|name| !known.contains(name))
    };
    let shown: Vec<&str> = names().take(SHOWN).collect();
    let further = match names().count() - shown.len() {
        0 => String::new(),
        number => format!(" and {number} more"),
    };
    (!shown.is_empty()).then(|| {
        format!(
            "{}: columns that are not in the codebook are left aside: {}{further}",
            file.display(),
            shown.join(", ")
        )
    })
}
