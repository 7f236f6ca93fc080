//! An SPSS system file, case by case; numbers that the file calls system-missing are empty cells.

use std::collections::BTreeMap;
use std::path::Path;

use exchange::spss::{SpssError, SpssFile, SpssValue};

use super::answer_ids::{AnswerIds, doubled};
use super::build::Builder;
use super::cells::Cell;
use super::csv_file::{missing_columns, note_unknown_columns};
use super::plan::Plan;
use crate::AnalysisError;

/// Reads all cases of an SPSS file into the builder.
pub(crate) fn read(
    file: &Path,
    bytes: &[u8],
    plan: &Plan,
    builder: &mut Builder,
) -> Result<(), AnalysisError> {
    let wrong = |error: SpssError| AnalysisError::data(file, error.to_string());
    let spss = SpssFile::open(bytes).map_err(wrong)?;
    let header: Vec<String> = spss.variables().iter().map(|it| it.name.clone()).collect();
    missing_columns(file, "variables", plan, || {
        header.iter().map(String::as_str)
    })?;
    note_unknown_columns(file, &header, plan, builder);
    let known: BTreeMap<&str, usize> = header.iter().map(String::as_str).zip(0..).collect();
    let place = |name: &str| known.get(name).copied();
    let places: Vec<usize> = plan
        .columns
        .iter()
        .filter_map(|column| place(&column.name))
        .collect();
    let id = plan.answer_id.as_deref();
    let id = id.and_then(|name| Some((name, place(name)?)));
    let mut ids = AnswerIds::default();
    let mut cases = spss.cases().map_err(wrong)?;
    let mut rows = 0;
    while let Some(case) = cases.next_case().map_err(wrong)? {
        rows += 1;
        let row = rows as u64;
        if let Some((name, place)) = id {
            let text = cell(&case[place]).written().into_owned();
            if let Some(earlier) = ids.add(&text, row) {
                let problem = doubled(&text, earlier, "case");
                builder.note_problem(file.to_owned(), row, name, problem);
            }
        }
        for (index, (column, place)) in plan.columns.iter().zip(&places).enumerate() {
            builder.push(index, column, &cell(&case[*place]), file, row);
        }
    }
    if rows == 0 {
        let problem = "the file has variables and no answers";
        return Err(AnalysisError::data(file, problem));
    }
    builder.count_rows(rows);
    Ok(())
}

/// Returns a value as every format hands it on.
pub(crate) fn cell(value: &SpssValue) -> Cell<'_> {
    match value {
        SpssValue::Number(number) => Cell::Decimal(*number),
        SpssValue::Text(text) => Cell::Text(text),
        SpssValue::Nothing => Cell::Empty,
    }
}
