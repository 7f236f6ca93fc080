//! A Parquet file, read column by column by polars; only the columns of the codebook are touched.
//! A column that the file lacks may stand in its path.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use polars::prelude::{ArrowDataType, DataFrame, DataType, ParquetReader, SerReader};

use super::answer_ids::{AnswerIds, doubled};
use super::build::Builder;
use super::cells::{self, Cell};
use super::csv_file::{missing_columns, note_unknown_columns};
use super::path_parts::{PathPart, path_parts};
use super::plan::{ColumnPlan, Plan, Reading};
use crate::AnalysisError;

/// Reads all rows of a Parquet file into the builder.
pub(crate) fn read(file: &Path, plan: &Plan, builder: &mut Builder) -> Result<(), AnalysisError> {
    let wrong = |error: polars::prelude::PolarsError| {
        AnalysisError::data(file, format!("no Parquet file that can be read: {error}"))
    };
    let open = || File::open(file).map_err(|cause| AnalysisError::file(file, cause));
    let schema = ParquetReader::new(open()?).schema().map_err(wrong)?;
    let header: Vec<String> = schema.iter_names().map(ToString::to_string).collect();
    let mut in_path = path_parts(file);
    in_path.retain(|part| !header.contains(&part.name));
    let names = || {
        let in_path = in_path.iter().map(|part| part.name.as_str());
        header.iter().map(String::as_str).chain(in_path)
    };
    missing_columns(file, "schema", plan, names)?;
    note_unknown_columns(file, &header, plan, builder);
    let columns = plan.columns.iter().map(|column| column.name.clone());
    let mut wanted: Vec<String> = columns.chain(plan.answer_id.clone()).collect();
    let known: BTreeSet<&str> = header.iter().map(String::as_str).collect();
    wanted.retain(|name| known.contains(name.as_str()));
    let picked: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
    for (name, field) in schema
        .iter()
        .filter(|(name, _)| picked.contains(name.as_str()))
    {
        if is_time(field.dtype()) {
            let problem = format!("column `{name}` holds dates or times; {WRITE_AS_TEXT}");
            return Err(AnalysisError::data(file, problem));
        }
    }
    let reader = ParquetReader::new(open()?).with_columns(Some(wanted));
    let frame = reader.finish().map_err(wrong)?;
    if frame.height() == 0 {
        return Err(AnalysisError::data(
            file,
            "the file has columns and no answers",
        ));
    }
    for (index, column) in plan.columns.iter().enumerate() {
        match in_path.iter().find(|part| part.name == column.name) {
            Some(part) => repeat(index, column, part, (file, frame.height()), builder)?,
            None => read_column(index, column, &frame, file, builder)?,
        }
    }
    if let Some(name) = plan.answer_id.as_ref().filter(|name| header.contains(name)) {
        check_ids(name, &frame, file, builder)?;
    }
    builder.count_rows(frame.height());
    Ok(())
}

/// What to do about a column that cannot be read.
const WRITE_AS_TEXT: &str = "write it as text or whole numbers (in pandas \
                             `.astype(\"string\")` or `.astype(\"Int64\")`), or leave the column out of the codebook";

/// Says whether a column holds points in time, which the reader takes for no values.
pub(crate) fn is_time(kind: &ArrowDataType) -> bool {
    matches!(
        kind,
        ArrowDataType::Timestamp(..)
            | ArrowDataType::Date32
            | ArrowDataType::Date64
            | ArrowDataType::Time32(_)
            | ArrowDataType::Time64(_)
            | ArrowDataType::Duration(_)
            | ArrowDataType::Interval(_)
    )
}

/// Puts the value of a path into every row.
fn repeat(
    index: usize,
    column: &ColumnPlan,
    part: &PathPart,
    (file, rows): (&Path, usize),
    builder: &mut Builder,
) -> Result<(), AnalysisError> {
    let cell = Cell::Text(&part.value);
    let problem = match &column.reading {
        Reading::Key { allowed } => cells::key(column, allowed.as_ref(), &cell).err(),
        Reading::Item { ends, reversed } => cells::item(column, *ends, *reversed, &cell).err(),
        Reading::Words => None,
    };
    if let Some(problem) = problem {
        let problem = format!("column `{}` stands in the path: {problem}", part.name);
        return Err(AnalysisError::data(file, problem));
    }
    builder.note(format!(
        "{}: column `{}` is taken from the path: {}",
        file.display(),
        part.name,
        part.value
    ));
    for line in (1..).take(rows) {
        builder.push(index, column, &cell, file, line);
    }
    Ok(())
}

/// Notes every answer whose id is there already.
fn check_ids(
    name: &str,
    frame: &DataFrame,
    file: &Path,
    builder: &mut Builder,
) -> Result<(), AnalysisError> {
    let unusable = |error: polars::prelude::PolarsError| {
        AnalysisError::data(file, format!("column `{name}` cannot be read: {error}"))
    };
    let column = frame.column(name).map_err(unusable)?;
    let texts = column.cast(&DataType::String).map_err(unusable)?;
    let mut known = AnswerIds::default();
    for (id, row) in texts.str().map_err(unusable)?.iter().zip(1..) {
        let id = id.unwrap_or_default();
        if let Some(earlier) = known.add(id, row) {
            let problem = doubled(id, earlier, "row");
            builder.note_problem(file.to_owned(), row, name, problem);
        }
    }
    Ok(())
}

fn read_column(
    index: usize,
    plan: &ColumnPlan,
    frame: &DataFrame,
    file: &Path,
    builder: &mut Builder,
) -> Result<(), AnalysisError> {
    let unusable = |what: &str| {
        let problem = format!(
            "column `{}` is of type {what}, which cannot be used here; {WRITE_AS_TEXT}",
            plan.name
        );
        AnalysisError::data(file, problem)
    };
    let series = frame
        .column(&plan.name)
        .map_err(|error| unusable(&error.to_string()))?
        .as_materialized_series();
    let mut push = |row: usize, cell: Cell<'_>| {
        let line = u64::try_from(row).unwrap_or(u64::MAX - 1) + 1;
        builder.push(index, plan, &cell, file, line);
    };
    let kind = series.dtype();
    if kind.is_string() || kind.is_categorical() || kind.is_enum() {
        // Categories are texts that are written down once.
        let texts = series
            .cast(&DataType::String)
            .map_err(|error| unusable(&error.to_string()))?;
        let texts = texts.str().map_err(|error| unusable(&error.to_string()))?;
        for (row, text) in texts.iter().enumerate() {
            push(row, text.map_or(Cell::Empty, Cell::Text));
        }
    } else if kind.is_integer() {
        let whole = series
            .cast(&DataType::Int64)
            .map_err(|error| unusable(&error.to_string()))?;
        let whole = whole.i64().map_err(|error| unusable(&error.to_string()))?;
        for (row, number) in whole.iter().enumerate() {
            push(row, number.map_or(Cell::Empty, Cell::Whole));
        }
    } else if kind.is_float() {
        let decimal = series
            .cast(&DataType::Float64)
            .map_err(|error| unusable(&error.to_string()))?;
        let decimal = decimal
            .f64()
            .map_err(|error| unusable(&error.to_string()))?;
        for (row, number) in decimal.iter().enumerate() {
            let number = number.filter(|number| !number.is_nan());
            push(row, number.map_or(Cell::Empty, Cell::Decimal));
        }
    } else if let DataType::Null = kind {
        (0..series.len()).for_each(|row| push(row, Cell::Empty));
    } else {
        return Err(unusable(&kind.to_string()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use polars::prelude::{Categories, Column, IntoColumn, NamedFrom, ParquetWriter, Series};

    use super::*;
    use crate::Dataset;

    const CODEBOOK: &str = r#"{
        "schema": 1, "origin": "simulated",
        "missing": [{"code": 9, "meaning": "dont_know"}],
        "variables": [
            {"name": "wave", "kind": "wave"},
            {"name": "a", "kind": "scale", "values": [{"value": 0}, {"value": 5}]}
        ]
    }"#;

    /// Writes two columns and reads them back as a dataset.
    fn read_back(wave: Column, a: Column) -> Result<Dataset, AnalysisError> {
        let folder = tempfile::tempdir().unwrap();
        let codebook = folder.path().join("codebook.json");
        std::fs::write(&codebook, CODEBOOK).unwrap();
        let file = folder.path().join("data.parquet");
        let mut frame = DataFrame::new_infer_height(vec![wave, a]).unwrap();
        ParquetWriter::new(File::create(&file).unwrap())
            .finish(&mut frame)
            .unwrap();
        Dataset::from_file(&file, &codebook, None)
    }

    fn waves() -> Column {
        Series::new("wave".into(), ["b", "a", "a", "a"]).into_column()
    }

    /// A type that polars was built without fails when the program runs, not when it compiles.
    #[test]
    fn items_of_every_type_of_number_are_read() {
        let whole = Series::new("a".into(), [Some(0_i64), Some(5), Some(9), None]);
        for kind in [
            DataType::Int8,
            DataType::Int16,
            DataType::Int32,
            DataType::Int64,
            DataType::UInt8,
            DataType::UInt16,
            DataType::UInt32,
            DataType::UInt64,
            DataType::Float32,
            DataType::Float64,
            DataType::String,
        ] {
            let column = whole.cast(&kind).unwrap().into_column();
            let data = read_back(waves(), column).unwrap();
            assert_eq!(data.item("a").unwrap(), [0, 5, -93, -92], "{kind}");
        }
    }

    #[test]
    fn numbers_are_keys_as_they_are_written() {
        let years = Series::new("wave".into(), [2026_i32, 2024, 2024, 2024]).into_column();
        let items = Series::new("a".into(), [1_i8, 2, 3, 4]).into_column();
        let data = read_back(years, items).unwrap();
        assert_eq!(data.values("wave").unwrap(), ["2024", "2026"]);
    }

    #[test]
    fn a_wrong_value_is_named_with_its_row() {
        let decimals = Series::new("a".into(), [1.0, 2.5, 3.0, 7.0]).into_column();
        let error = read_back(waves(), decimals).unwrap_err().to_string();
        assert!(
            error.contains("data.parquet:2: column `a`: `2.5` has decimals"),
            "{error}"
        );
        assert!(
            error.contains("data.parquet:4: column `a`: `7` is not on the scale"),
            "{error}"
        );
    }

    #[test]
    fn a_type_that_is_no_answer_is_refused_and_says_what_to_do() {
        let truths = Series::new("a".into(), [true, false, true, false]).into_column();
        let error = read_back(waves(), truths).unwrap_err().to_string();
        assert!(error.contains("column `a` is of type bool"), "{error}");
        assert!(
            error.contains("write it as text or whole numbers"),
            "{error}"
        );
    }

    #[test]
    fn categories_are_texts() {
        let categories = Categories::global();
        let kind = DataType::from_categories(categories);
        let items = Series::new("a".into(), [1_i8, 2, 3, 4]).into_column();
        let data = read_back(waves().cast(&kind).unwrap(), items).unwrap();
        assert_eq!(data.values("wave").unwrap(), ["a", "b"]);
        let items = Series::new("a".into(), ["1", "9", "3", "4"]).into_column();
        let data = read_back(waves(), items.cast(&kind).unwrap()).unwrap();
        assert_eq!(data.item("a").unwrap(), [1, -93, 3, 4]);
    }
}
