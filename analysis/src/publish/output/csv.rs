//! Tables as one tidy CSV per population: a line per cell, a column per dimension.

use std::collections::BTreeSet;

use findings::{Count, Estimate};

use super::{OutFigure, OutTable};

/// Columns after the dimensions.
const FIGURES: [&str; 6] = ["value", "se", "low", "high", "n", "reason"];

/// Returns all tables; the last column says why there is no figure, `withheld`, or names the band.
pub(super) fn text(tables: &[OutTable<'_>]) -> String {
    let dims = all_dims(tables);
    let mut text = header(&dims);
    for table in tables {
        for row in &table.rows {
            let figure = match row.figure {
                OutFigure::Shown(estimate) => figures(estimate),
                other => nothing(other.note()),
            };
            line(&mut text, table.id, &dims, table.dims, row.keys, figure);
        }
    }
    text
}

/// Returns the names of the key columns of all tables, in the order of columns.
pub(super) fn all_dims<'t>(tables: &'t [OutTable<'_>]) -> BTreeSet<&'t str> {
    let dims = tables.iter().flat_map(|table| table.dims);
    dims.map(String::as_str).collect()
}

fn header(dims: &BTreeSet<&str>) -> String {
    let names: Vec<&str> = std::iter::once("table")
        .chain(dims.iter().copied())
        .chain(FIGURES)
        .collect();
    names.join(",") + "\n"
}

fn line(
    text: &mut String,
    id: &str,
    all: &BTreeSet<&str>,
    dims: &[String],
    keys: &[String],
    figure: [String; 6],
) {
    text.push_str(&quoted(id));
    for name in all {
        text.push(',');
        if let Some(place) = dims.iter().position(|dim| dim == name) {
            text.push_str(&quoted(&keys[place]));
        }
    }
    for field in figure {
        text.push(',');
        text.push_str(&field);
    }
    text.push('\n');
}

fn figures(estimate: &Estimate) -> [String; 6] {
    let number =
        |number: Option<f64>| number.map_or_else(String::new, |number| (number + 0.0).to_string());
    let n = match estimate.n {
        Count::Exact(n) => n.to_string(),
        Count::Range([from, to]) => format!("{from}-{to}"),
    };
    let Estimate {
        value,
        se,
        low,
        high,
        ..
    } = *estimate;
    [
        number(Some(value)),
        number(se),
        number(low),
        number(high),
        n,
        String::new(),
    ]
}

fn nothing(note: &str) -> [String; 6] {
    let mut fields: [String; 6] = Default::default();
    note.clone_into(&mut fields[5]);
    fields
}

/// Quotes a field where it must be, and keeps spreadsheets from taking it for a formula.
pub(in crate::publish) fn quoted(field: &str) -> String {
    let is_number = field.parse::<f64>().is_ok();
    let risky = !is_number && field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let field = if risky {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_no_longer_one_and_a_number_stays() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("-1"), "-1");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
    }
}
