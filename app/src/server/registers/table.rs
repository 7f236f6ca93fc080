//! CSV text as rows with their lines, the columns in the order that was asked for.

use surveys::network::RegisterRow;

/// Limits of an import (section 8 of the input rules).
const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_ROWS: usize = 20_000;
const LONGEST_CELL: usize = 4_000;

/// Reads CSV between `,` or `;` with a header that names the columns, in any order.
///
/// # Errors
/// Every problem at once, a line each.
pub(super) fn rows<const N: usize>(
    file: &str,
    text: &str,
    columns: [&str; N],
) -> Result<Vec<RegisterRow<N>>, Vec<String>> {
    if text.len() > MOST_BYTES {
        return Err(vec![format!("{file}: larger than 2 MiB")]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut records = records(text).into_iter();
    let Some((_, header)) = records.next() else {
        let columns = columns.join(",");
        return Err(vec![format!(
            "{file}: the file is empty; its first line is {columns}"
        )]);
    };
    let places = places(file, &header, columns)?;
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for (line, cells) in records.filter(|(_, cells)| cells.iter().any(|it| !it.is_empty())) {
        match problem_of(&cells, header.len()) {
            Some(problem) => problems.push(format!("{file}: line {line}: {problem}")),
            None => rows.push(RegisterRow {
                line,
                cells: places.map(|place| cells[place].clone()),
            }),
        }
    }
    if rows.len() > MOST_ROWS {
        problems.push(format!("{file}: more than {MOST_ROWS} lines"));
    } else if rows.is_empty() && problems.is_empty() {
        problems.push(format!("{file}: there is no line under the header"));
    }
    if problems.is_empty() {
        Ok(rows)
    } else {
        Err(problems)
    }
}

fn places<const N: usize>(
    file: &str,
    header: &[String],
    columns: [&str; N],
) -> Result<[usize; N], Vec<String>> {
    let mut problems = Vec::new();
    for (place, name) in header.iter().enumerate() {
        if !columns.contains(&name.as_str()) {
            problems.push(format!("{file}: line 1: the column `{name}` is unknown"));
        } else if header[..place].contains(name) {
            problems.push(format!(
                "{file}: line 1: the column `{name}` is there twice"
            ));
        }
    }
    let places = columns.map(|column| {
        let place = header.iter().position(|name| name == column);
        if place.is_none() {
            problems.push(format!("{file}: line 1: there is no column `{column}`"));
        }
        place.unwrap_or(0)
    });
    if problems.is_empty() {
        Ok(places)
    } else {
        Err(problems)
    }
}

fn problem_of(cells: &[String], columns: usize) -> Option<String> {
    if cells.len() != columns {
        Some(format!("{} cells instead of {columns}", cells.len()))
    } else if cells.iter().any(|cell| cell.chars().count() > LONGEST_CELL) {
        Some(format!("a cell is longer than {LONGEST_CELL} characters"))
    } else if cells.iter().any(|cell| cell.chars().any(char::is_control)) {
        Some("a cell holds characters that cannot be read".into())
    } else {
        None
    }
}

/// Splits text into rows of trimmed cells, each with its line number.
fn records(text: &str) -> Vec<(usize, Vec<String>)> {
    let first = text.lines().next().unwrap_or("");
    let separator = if first.contains(';') && !first.contains(',') {
        b';'
    } else {
        b','
    };
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator)
        .from_reader(text.as_bytes())
        .into_records()
        .map_while(Result::ok)
        .map(|record| {
            let cells = record.iter().map(str::to_owned).collect();
            (line_of(text, record.position()), cells)
        })
        .collect()
}

/// A record is said to begin where the one before ended: empty lines between are passed over.
fn line_of(text: &str, position: Option<&csv::Position>) -> usize {
    let start = position.map_or(0, csv::Position::byte);
    let start = usize::try_from(start).unwrap_or(usize::MAX);
    let rest = text.get(start..).unwrap_or_default();
    let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    let before = text.get(..start + skipped).unwrap_or(text);
    before.matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<RegisterRow<2>>, Vec<String>> {
        rows("units.csv", text, ["unit", "kind"])
    }

    #[test]
    fn columns_stand_in_any_order_and_lines_are_counted() {
        let rows = read("\u{feff}kind;unit\r\n\"a;\"\"b\"\"\" ; x\n\n c;y").unwrap();
        let texts: Vec<_> = rows
            .iter()
            .map(|row| (row.line, row.cells.join("|")))
            .collect();
        assert_eq!(texts, [(2, "x|a;\"b\"".to_owned()), (4, "y|c".to_owned())]);
    }

    #[test]
    fn half_a_file_is_refused_with_its_lines() {
        let wrong = |text: &str| read(text).unwrap_err().join("\n");
        assert_eq!(
            wrong("unit,sort"),
            "units.csv: line 1: the column `sort` is unknown\nunits.csv: line 1: there is no column `kind`"
        );
        assert_eq!(
            wrong("unit,kind\nx,y\nz"),
            "units.csv: line 3: 1 cells instead of 2"
        );
        assert!(wrong("").contains("the file is empty"));
        assert!(wrong("unit,kind\n").contains("no line under the header"));
        assert!(wrong("unit,kind\na\u{0},b").contains("cannot be read"));
    }
}
