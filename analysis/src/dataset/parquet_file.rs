//! A Parquet file, read column by column by polars; only the columns of the codebook are touched.

use std::fs::File;
use std::path::Path;

use polars::prelude::{DataFrame, DataType, ParquetReader, SerReader};

use super::build::Builder;
use super::cells::Cell;
use super::csv_file::{missing_columns, unknown_columns};
use super::plan::{ColumnPlan, Plan};
use crate::AnalysisError;

/// Reads all rows of a Parquet file into the builder.
pub(crate) fn read(file: &Path, plan: &Plan, builder: &mut Builder) -> Result<(), AnalysisError> {
    let wrong = |error: polars::prelude::PolarsError| {
        AnalysisError::data(file, format!("no Parquet file that can be read: {error}"))
    };
    let open = || File::open(file).map_err(|cause| AnalysisError::file(file, cause));
    let schema = ParquetReader::new(open()?).schema().map_err(wrong)?;
    let header: Vec<String> = schema.iter_names().map(ToString::to_string).collect();
    missing_columns(file, "schema", plan, || header.iter().map(String::as_str))?;
    for name in unknown_columns(&header, plan) {
        builder.note(format!(
            "{}: column `{name}` is not in the codebook; left aside",
            file.display()
        ));
    }
    let wanted: Vec<String> = plan
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let reader = ParquetReader::new(open()?).with_columns(Some(wanted));
    let frame = reader.finish().map_err(wrong)?;
    if frame.height() == 0 {
        return Err(AnalysisError::data(
            file,
            "the file has columns and no answers",
        ));
    }
    for (index, column) in plan.columns.iter().enumerate() {
        read_column(index, column, &frame, file, builder)?;
    }
    builder.count_rows(frame.height());
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
            "column `{}` is of type {what}, which cannot be used here",
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
    if let DataType::String = kind {
        let texts = series.str().map_err(|error| unusable(&error.to_string()))?;
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
