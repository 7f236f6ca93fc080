//! Tables as one tidy Parquet file: the columns of the CSV with types, for programs.
//!
//! Where CSV has a range of answers as text, `n` is empty and `n_low` and `n_high` are its ends;
//! an exact number stands in all three.

use findings::Count;
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};

use super::csv::all_dims;
use super::{OutRow, OutTable, failed};
use crate::AnalysisError;

/// Returns the bytes of the file.
pub(super) fn bytes(tables: &[OutTable<'_>]) -> Result<Vec<u8>, AnalysisError> {
    let rows = || {
        let tables = tables.iter();
        tables.flat_map(|table| table.rows.iter().map(move |row| (table, row)))
    };
    let text =
        |name: &str, values: Vec<Option<&str>>| Series::new(name.into(), values).into_column();
    let mut columns = vec![text(
        "table",
        rows().map(|(table, _)| Some(table.id)).collect(),
    )];
    for name in all_dims(tables) {
        let keys = rows().map(|(table, row)| {
            let place = table.dims.iter().position(|dim| dim == name)?;
            Some(row.keys[place].as_str())
        });
        columns.push(text(name, keys.collect()));
    }
    let shown = |row: &OutRow<'_>| row.figure.shown().cloned();
    let number = |name: &str, of: &dyn Fn(&findings::Estimate) -> Option<f64>| -> Column {
        let values: Vec<Option<f64>> = rows()
            // A nought has no sign in results.
            .map(|(_, row)| shown(row).and_then(|it| of(&it)).map(|it| it + 0.0))
            .collect();
        Series::new(name.into(), values).into_column()
    };
    columns.push(number("value", &|it| Some(it.value)));
    columns.push(number("se", &|it| it.se));
    columns.push(number("low", &|it| it.low));
    columns.push(number("high", &|it| it.high));
    let count = |name: &str, of: &dyn Fn(Count) -> Option<u64>| -> Column {
        let values: Vec<Option<u64>> = rows()
            .map(|(_, row)| shown(row).and_then(|it| of(it.n)))
            .collect();
        Series::new(name.into(), values).into_column()
    };
    columns.push(count("n", &|n| match n {
        Count::Exact(n) => Some(n),
        Count::Range(_) => None,
    }));
    columns.push(count("n_low", &|n| Some(ends(n)[0])));
    columns.push(count("n_high", &|n| Some(ends(n)[1])));
    let note = |row: &OutRow<'_>| Some(row.figure.note()).filter(|note| !note.is_empty());
    columns.push(text("reason", rows().map(|(_, row)| note(row)).collect()));
    let wrong = |error: polars::prelude::PolarsError| failed("the Parquet file", error);
    let mut frame = DataFrame::new(rows().count(), columns).map_err(wrong)?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes)
        .finish(&mut frame)
        .map_err(wrong)?;
    Ok(bytes)
}

fn ends(n: Count) -> [u64; 2] {
    match n {
        Count::Exact(n) => [n, n],
        Count::Range(ends) => ends,
    }
}
