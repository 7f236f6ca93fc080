//! One table of answers as Parquet or as CSV.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use surveys::dataset::{CellValue, ColumnType, Layout};

use super::DatasetError;

/// Written into every Parquet file in place of the library's version, so that an update of the
/// library alone does not change digests.
const CREATED_BY: &str = "icteko dataset schema 1";

/// A spreadsheet takes a text that begins like this for a formula and runs it.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl From<ParquetError> for DatasetError {
    fn from(error: ParquetError) -> DatasetError {
        DatasetError::Encoding(error.to_string())
    }
}

pub(super) fn parquet(
    layout: &Layout<'_>,
    rows: &[Vec<CellValue>],
) -> Result<Vec<u8>, DatasetError> {
    let types = layout.column_types();
    let variables = layout.codebook().variables.iter();
    let fields = variables
        .zip(&types)
        .map(|(variable, kind)| field(&variable.name, *kind).map(Arc::new))
        .collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder("responses")
        .with_fields(fields)
        .build()?;
    let properties = WriterProperties::builder()
        .set_created_by(CREATED_BY.to_owned())
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    for (index, kind) in types.iter().enumerate() {
        let cells = rows.iter().filter_map(|row| row.get(index));
        match kind {
            ColumnType::Text => texts(&mut group, cells)?,
            ColumnType::Integer | ColumnType::SmallInteger => integers(&mut group, cells)?,
        }
    }
    group.close()?;
    writer.close()?;
    Ok(bytes)
}

fn field(name: &str, kind: ColumnType) -> Result<Type, ParquetError> {
    let (physical, logical) = match kind {
        ColumnType::Integer => (PhysicalType::INT32, None),
        ColumnType::SmallInteger => {
            let logical = LogicalType::integer(16, true);
            (PhysicalType::INT32, Some(logical))
        }
        ColumnType::Text => (PhysicalType::BYTE_ARRAY, Some(LogicalType::String)),
    };
    Type::primitive_type_builder(name, physical)
        .with_repetition(Repetition::REQUIRED)
        .with_logical_type(logical)
        .build()
}

fn integers<'c>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    cells: impl Iterator<Item = &'c CellValue>,
) -> Result<(), DatasetError> {
    let values: Vec<i32> = cells
        .map(|cell| match cell {
            CellValue::Integer(number) => Ok(*number),
            CellValue::Text(text) => Err(DatasetError::Encoding(format!("`{text}` is no number"))),
        })
        .collect::<Result<_, _>>()?;
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<Int32Type>()
            .write_batch(&values, None, None)?;
        column.close()?;
    }
    Ok(())
}

fn texts<'c>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    cells: impl Iterator<Item = &'c CellValue>,
) -> Result<(), DatasetError> {
    let values: Vec<ByteArray> = cells
        .map(|cell| match cell {
            CellValue::Text(text) => Ok(ByteArray::from(text.as_bytes().to_vec())),
            CellValue::Integer(number) => {
                Err(DatasetError::Encoding(format!("{number} is no text")))
            }
        })
        .collect::<Result<_, _>>()?;
    if let Some(mut column) = group.next_column()? {
        column
            .typed::<ByteArrayType>()
            .write_batch(&values, None, None)?;
        column.close()?;
    }
    Ok(())
}

/// CSV by RFC 4180 with the mark that makes spreadsheets read it as UTF-8. A text that a
/// spreadsheet would take for a formula gets an apostrophe before it.
pub(super) fn csv(layout: &Layout<'_>, rows: &[Vec<CellValue>]) -> Result<Vec<u8>, DatasetError> {
    let encoding = |error: csv::Error| DatasetError::Encoding(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let names = layout
        .codebook()
        .variables
        .iter()
        .map(|it| it.name.as_str());
    writer.write_record(names).map_err(encoding)?;
    for row in rows {
        let cells = row.iter().map(|cell| match cell {
            CellValue::Integer(number) => number.to_string(),
            CellValue::Text(text) if text.starts_with(FORMULA_SIGNS) => format!("'{text}"),
            CellValue::Text(text) => text.clone(),
        });
        writer.write_record(cells).map_err(encoding)?;
    }
    writer
        .into_inner()
        .map_err(|error| DatasetError::Encoding(error.to_string()))
}
