//! What stands in the columns of a file: names, words, and the values that occur.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use exchange::spss::{MissingValues, SpssError, SpssFile, SpssVariable};
use polars::prelude::{DataType, ParquetReader, SerReader};

use crate::AnalysisError;
use crate::dataset::parquet_file::is_time;
use crate::dataset::{CsvText, Encoding, NO_DATA_FILE, read, spss_cell, text_form};

/// More different values than these are no scale and no list of groups.
const MOST_VALUES: usize = 200;

/// A column as it was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnSeen {
    pub(super) name: String,
    /// What the file says that it asks.
    pub(super) label: String,
    /// Values with the number of rows that have them, as they would stand in a text.
    pub(super) values: BTreeMap<String, u64>,
    /// Whether there are more values than are remembered.
    pub(super) has_more: bool,
    /// Rows with a value.
    pub(super) filled: u64,
    /// Letters of the longest value.
    pub(super) longest: usize,
    /// Words of values, where the file has them.
    pub(super) labels: Vec<(String, String)>,
    /// Ranges of numbers that the file declares as missing.
    pub(super) declared_missing: Vec<(f64, f64)>,
}

impl ColumnSeen {
    fn named(name: &str) -> ColumnSeen {
        ColumnSeen {
            name: name.to_owned(),
            ..ColumnSeen::default()
        }
    }

    fn add(&mut self, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        self.filled += 1;
        self.longest = self.longest.max(value.chars().count());
        if let Some(rows) = self.values.get_mut(value) {
            *rows += 1;
        } else if self.values.len() < MOST_VALUES {
            self.values.insert(value.to_owned(), 1);
        } else {
            self.has_more = true;
        }
    }

    /// Returns the words of a value.
    pub(super) fn label_of(&self, value: &str) -> Option<&str> {
        let found = self.labels.iter().find(|(known, _)| known == value);
        found.map(|(_, label)| label.as_str())
    }

    /// Returns every value as a whole number, unless one is something else.
    pub(super) fn whole_numbers(&self) -> Option<Vec<i16>> {
        if self.has_more || self.values.is_empty() {
            return None;
        }
        let mut numbers = self
            .values
            .keys()
            .map(|value| crate::dataset::whole(value).and_then(|it| i16::try_from(it).ok()))
            .collect::<Option<Vec<i16>>>()?;
        numbers.sort_unstable();
        numbers.dedup();
        Some(numbers)
    }

    /// Returns whether the file declares a number as missing.
    pub(super) fn is_declared_missing(&self, number: i16) -> bool {
        let number = f64::from(number);
        let mut declared = self.declared_missing.iter();
        declared.any(|(low, high)| (*low..=*high).contains(&number))
    }
}

/// Looks through a file; what looks wrong and is no error is noted.
pub(super) fn columns(
    file: &Path,
    encoding: Encoding,
    notes: &mut Vec<String>,
) -> Result<Vec<ColumnSeen>, AnalysisError> {
    let bytes = read(file)?;
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("csv" | "CSV" | "tsv" | "txt") => of_text(file, &bytes, encoding, notes),
        Some("parquet") => of_parquet(file, notes),
        Some("sav" | "zsav" | "SAV") => of_spss(file, &bytes),
        _ => Err(AnalysisError::data(file, NO_DATA_FILE)),
    }
}

fn of_text(
    file: &Path,
    bytes: &[u8],
    encoding: Encoding,
    notes: &mut Vec<String>,
) -> Result<Vec<ColumnSeen>, AnalysisError> {
    let text = text_form::text(file, bytes, encoding)?;
    let mut csv = CsvText::open(file, &text)?;
    let mut columns: Vec<ColumnSeen> = csv.header.iter().map(|it| ColumnSeen::named(it)).collect();
    while let Some((_, record)) = csv.next_row()? {
        for (column, field) in columns.iter_mut().zip(record.iter()) {
            column.add(&String::from_utf8_lossy(field));
        }
    }
    notes.append(&mut csv.doubts);
    Ok(columns)
}

fn of_parquet(file: &Path, notes: &mut Vec<String>) -> Result<Vec<ColumnSeen>, AnalysisError> {
    let wrong = |error: polars::prelude::PolarsError| {
        AnalysisError::data(file, format!("no Parquet file that can be read: {error}"))
    };
    let open = || File::open(file).map_err(|cause| AnalysisError::file(file, cause));
    let schema = ParquetReader::new(open()?).schema().map_err(wrong)?;
    let readable = schema.iter().filter(|(_, field)| !is_time(field.dtype()));
    let readable = readable.map(|(name, _)| name.to_string()).collect();
    let reader = ParquetReader::new(open()?).with_columns(Some(readable));
    let frame = reader.finish().map_err(wrong)?;
    let mut columns = Vec::new();
    for name in schema.iter_names() {
        let readable = frame.column(name).ok();
        let Some(found) = readable.filter(|found| is_text_or_number(found.dtype())) else {
            notes.push(format!(
                "column `{name}` holds neither text nor numbers and is left out; write it as text if \
                 it makes groups"
            ));
            continue;
        };
        let mut column = ColumnSeen::named(name);
        let texts = found.cast(&DataType::String).map_err(wrong)?;
        for text in texts.str().map_err(wrong)?.iter().flatten() {
            column.add(text);
        }
        columns.push(column);
    }
    Ok(columns)
}

fn is_text_or_number(kind: &DataType) -> bool {
    let is_text = kind.is_string() || kind.is_categorical() || kind.is_enum() || kind.is_null();
    is_text || kind.is_primitive_numeric()
}

fn of_spss(file: &Path, bytes: &[u8]) -> Result<Vec<ColumnSeen>, AnalysisError> {
    let wrong = |error: SpssError| AnalysisError::data(file, error.to_string());
    let spss = SpssFile::open(bytes).map_err(wrong)?;
    let mut columns: Vec<ColumnSeen> = spss.variables().iter().map(described).collect();
    let mut cases = spss.cases().map_err(wrong)?;
    while let Some(case) = cases.next_case().map_err(wrong)? {
        for (column, value) in columns.iter_mut().zip(&case) {
            column.add(&spss_cell(value).written());
        }
    }
    Ok(columns)
}

fn described(variable: &SpssVariable) -> ColumnSeen {
    let labels = variable.value_labels.iter();
    ColumnSeen {
        label: variable.label.clone(),
        labels: labels
            .map(|(value, label)| (spss_cell(value).written().into_owned(), label.clone()))
            .collect(),
        declared_missing: variable
            .missing
            .iter()
            .filter_map(|missing| match missing {
                MissingValues::Number(number) => Some((*number, *number)),
                MissingValues::Range(low, high) => Some((*low, *high)),
                MissingValues::Text(_) => None,
            })
            .collect(),
        ..ColumnSeen::named(&variable.name)
    }
}
