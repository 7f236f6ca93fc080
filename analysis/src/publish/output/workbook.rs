//! A workbook for people: a page that says what it is, then a sheet for each table with words in
//! place of keys.
//!
//! Every text is written as text, so that no label can become a formula, and the file says no time
//! of its making: same results, same bytes.

use std::collections::BTreeSet;

use findings::{Count, Unit, dim};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use surveys::dataset::Origin;

use super::words::Words;
use super::{OutTable, Outcome, Whom, failed};
use crate::AnalysisError;

/// A sheet holds so many rows, its heading included.
const MOST_ROWS: usize = 1_048_576;
/// Excel's limit on the name of a sheet.
const LONGEST_NAME: usize = 31;
/// Widths of columns in letters.
const NARROW: f64 = 11.0;
const WIDE: f64 = 34.0;

/// Returns the bytes of the workbook.
pub(super) fn bytes(outcome: &Outcome<'_>, words: &Words) -> Result<Vec<u8>, AnalysisError> {
    write(outcome, words).map_err(|error| failed("the workbook", error))
}

fn write(outcome: &Outcome<'_>, words: &Words) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The format wants a time; a fixed one keeps the bytes the same.
    let time = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(words.title(outcome))
        .set_creation_datetime(&time);
    book.set_properties(&properties);
    let mut names = BTreeSet::new();
    let first = words.get("sheet-about");
    names.insert(first.clone());
    let names: Vec<String> = outcome
        .tables
        .iter()
        .map(|table| sheet_name(table.id, &mut names))
        .collect();
    let about = book.add_worksheet();
    about.set_name(&first)?;
    about_sheet(about, outcome, &names, words)?;
    for (table, name) in outcome.tables.iter().zip(&names) {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        table_sheet(sheet, outcome, table, words)?;
    }
    book.save_to_buffer()
}

/// Returns a name that Excel takes and that no other sheet has.
fn sheet_name(id: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = id
        .chars()
        .map(|letter| match letter {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' => '_',
            letter => letter,
        })
        .collect();
    let cut = |length: usize| plain.chars().take(length).collect::<String>();
    let mut name = cut(LONGEST_NAME);
    let mut number = 2;
    // Excel takes names that differ in case only for the same.
    while taken
        .iter()
        .any(|other| other.to_lowercase() == name.to_lowercase())
    {
        let end = format!("~{number}");
        name = cut(LONGEST_NAME - end.len()) + &end;
        number += 1;
    }
    taken.insert(name.clone());
    name
}

fn about_sheet(
    sheet: &mut Worksheet,
    outcome: &Outcome<'_>,
    names: &[String],
    words: &Words,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    sheet.set_column_width(0, WIDE)?;
    sheet.set_column_width(1, 80.0)?;
    sheet.write_string_with_format(0, 0, words.title(outcome), &bold)?;
    let mut row = 1;
    let mut warnings = Vec::new();
    if outcome.origin == Origin::Simulated {
        warnings.push(words.get("simulated"));
    }
    if outcome.whom == Whom::Researcher {
        warnings.push(words.get("working"));
    } else {
        warnings.push(words.get("withheld-means"));
    }
    warnings.push(words.get("interval-means"));
    if outcome.over_open_link {
        warnings.push(words.get("open-link"));
    }
    for warning in warnings {
        sheet.write_string_with_format(row, 1, warning, &wrapped)?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, words.get("column-table"), &bold)?;
    for (table, name) in outcome.tables.iter().zip(names) {
        row += 1;
        sheet.write_string(row, 0, name)?;
        sheet.write_string_with_format(row, 1, words.table(table.id), &wrapped)?;
    }
    Ok(())
}

fn table_sheet(
    sheet: &mut Worksheet,
    outcome: &Outcome<'_>,
    table: &OutTable<'_>,
    words: &Words,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_text_wrap();
    let dims = u16::try_from(table.dims.len()).unwrap_or(u16::MAX - 6);
    for (column, name) in (0..).zip(table.dims) {
        sheet.write_string_with_format(0, column, words.heading(table.id, name), &bold)?;
        sheet.set_column_width(column, WIDE)?;
    }
    for (column, name) in (dims..).zip(["value", "se", "low", "high", "n", "note"]) {
        let heading = match name {
            "n" => words.counted_things(table.id),
            name => words.get(&format!("column-{name}")),
        };
        sheet.write_string_with_format(0, column, heading, &bold)?;
        sheet.set_column_width(column, NARROW)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    if table.rows.len() >= MOST_ROWS {
        sheet.write_string(1, 0, words.get("sheet-too-long"))?;
        return Ok(());
    }
    let number = Format::new().set_num_format(match table.unit {
        Unit::Proportion => "0.0 %",
        _ => "0.00",
    });
    let item = table.place(dim::ITEM);
    for (line, row) in (1..).zip(&table.rows) {
        for ((column, name), key) in (0..).zip(table.dims).zip(row.keys) {
            let label = match item {
                Some(item) if name == dim::LEVEL => {
                    outcome.level_label(&row.keys[item], key, words.lang)
                }
                _ => outcome.label(name, key, words.lang),
            };
            sheet.write_string(line, column, label)?;
        }
        let Some(estimate) = row.figure.shown() else {
            sheet.write_string(line, dims + 5, words.note(row.figure))?;
            continue;
        };
        let figures = [
            Some(estimate.value),
            estimate.se,
            estimate.low,
            estimate.high,
        ];
        for (column, figure) in (dims..).zip(figures) {
            if let Some(figure) = figure {
                sheet.write_number_with_format(line, column, figure + 0.0, &number)?;
            }
        }
        match estimate.n {
            Count::Exact(n) => sheet.write_number(line, dims + 4, n as f64)?,
            range @ Count::Range(_) => {
                sheet.write_string(line, dims + 4, charts::number::count(range, words.lang))?
            }
        };
    }
    let last = u32::try_from(table.rows.len()).unwrap_or(0);
    sheet.autofilter(0, 0, last, dims + 5)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_and_each_is_there_once() {
        let mut taken = BTreeSet::new();
        let long = "network.unit.area.something.very.long";
        assert_eq!(sheet_name("area.mean", &mut taken), "area.mean");
        assert_eq!(
            sheet_name(long, &mut taken),
            "network.unit.area.something.ver"
        );
        assert_eq!(
            sheet_name(long, &mut taken),
            "network.unit.area.something.v~2"
        );
        assert_eq!(sheet_name("Area:Mean", &mut taken), "Area_Mean");
        assert_eq!(sheet_name("AREA.MEAN", &mut taken), "AREA.MEAN~2");
    }
}
