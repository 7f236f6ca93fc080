//! A CSV file as lines of cells, with everything that is wrong in them collected.

use std::collections::BTreeSet;

use surveys::{Catalog, MunicipalityCode, RoleId, RoleKind, UnitId};

use super::RegisterProblem;

/// Limits of an import (section 8 of the input rules).
const MOST_BYTES: usize = 2 * 1024 * 1024;
const MOST_ROWS: usize = 20_000;
const LONGEST_CELL: usize = 4_000;

/// A table under check.
pub(super) struct Table {
    file: String,
    lines: Vec<Line>,
    problems: Vec<RegisterProblem>,
}

/// One line, its cells in the order that was asked for.
pub(super) struct Line {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// Trimmed cells.
    pub(super) cells: Vec<String>,
}

impl Table {
    /// Reads CSV with a header that names the columns, in any order, between `,` or `;`.
    pub(super) fn parse(
        file: &str,
        text: &str,
        columns: &[&str],
    ) -> Result<Table, Vec<RegisterProblem>> {
        let mut table = Table {
            file: file.to_owned(),
            lines: Vec::new(),
            problems: Vec::new(),
        };
        if text.len() > MOST_BYTES {
            return Err(vec![table.at(1, "the file is larger than 2 MiB".into())]);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut rows = csv_rows(text).into_iter();
        let Some((_, header)) = rows.next() else {
            return Err(vec![
                table.at(1, format!("the file is empty; it needs {columns:?}")),
            ]);
        };
        let places = table.places(&header, columns)?;
        for (number, cells) in rows.filter(|(_, cells)| cells.iter().any(|it| !it.is_empty())) {
            table.take_row(number, cells, &header, &places);
        }
        if table.lines.is_empty() && table.problems.is_empty() {
            let problem = table.at(1, "there is a header but no line under it".into());
            table.problems.push(problem);
        }
        Ok(table)
    }

    fn places(
        &self,
        header: &[String],
        columns: &[&str],
    ) -> Result<Vec<usize>, Vec<RegisterProblem>> {
        let mut problems = Vec::new();
        let mut places = Vec::new();
        for column in columns {
            match header.iter().position(|name| name == column) {
                Some(place) => places.push(place),
                None => problems.push(self.at(1, format!("there is no column `{column}`"))),
            }
        }
        for (place, name) in header.iter().enumerate() {
            if !columns.contains(&name.as_str()) {
                problems.push(self.at(1, format!("the column `{name}` is unknown")));
            } else if header[..place].contains(name) {
                problems.push(self.at(1, format!("the column `{name}` is there twice")));
            }
        }
        if problems.is_empty() {
            Ok(places)
        } else {
            Err(problems)
        }
    }

    fn take_row(&mut self, number: usize, cells: Vec<String>, header: &[String], places: &[usize]) {
        let problem = if self.lines.len() >= MOST_ROWS {
            Some(format!("there are more than {MOST_ROWS} lines"))
        } else if cells.len() != header.len() {
            Some(format!(
                "there are {} cells instead of {}",
                cells.len(),
                header.len()
            ))
        } else if cells.iter().any(|cell| cell.chars().count() > LONGEST_CELL) {
            Some(format!("a cell is longer than {LONGEST_CELL} characters"))
        } else if cells.iter().any(|cell| cell.chars().any(char::is_control)) {
            Some("a cell holds characters that cannot be read; save the file as UTF-8".into())
        } else {
            None
        };
        match problem {
            Some(problem) => self.problems.push(self.at(number, problem)),
            None => self.lines.push(Line {
                number,
                cells: places.iter().map(|place| cells[*place].clone()).collect(),
            }),
        }
    }

    fn at(&self, line: usize, problem: String) -> RegisterProblem {
        RegisterProblem {
            file: self.file.clone(),
            line,
            problem,
        }
    }

    /// Hands the lines out; problems are collected here.
    pub(super) fn take_lines(&mut self) -> Vec<Line> {
        std::mem::take(&mut self.lines)
    }

    /// Notes a problem.
    pub(super) fn problem(&mut self, line: &Line, problem: String) {
        let problem = self.at(line.number, problem);
        self.problems.push(problem);
    }

    /// Ends the check.
    pub(super) fn finish(self) -> Result<(), Vec<RegisterProblem>> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(self.problems)
        }
    }

    /// Notes an empty cell.
    pub(super) fn filled(&mut self, line: &Line, column: usize) {
        if line.cells[column].is_empty() {
            self.problem(line, format!("cell {} is empty", column + 1));
        }
    }

    /// Reads a unit's id.
    pub(super) fn unit_id(&mut self, line: &Line, column: usize) -> Option<UnitId> {
        UnitId::new(line.cells[column].as_str())
            .map_err(|error| self.problem(line, error.to_string()))
            .ok()
    }

    /// Reads the code of a municipality of the network.
    pub(super) fn municipality(
        &mut self,
        line: &Line,
        column: usize,
        known: &BTreeSet<MunicipalityCode>,
    ) -> Option<MunicipalityCode> {
        match MunicipalityCode::new(line.cells[column].as_str()) {
            Ok(code) if known.contains(&code) => Some(code),
            Ok(code) => {
                self.problem(line, format!("{code} is not in the network"));
                None
            }
            Err(error) => {
                self.problem(
                    line,
                    format!("{error}; a spreadsheet may have dropped a nought"),
                );
                None
            }
        }
    }

    /// Reads a staff group of a kind.
    pub(super) fn role(
        &mut self,
        line: &Line,
        column: usize,
        catalog: &Catalog,
        kind: RoleKind,
    ) -> Option<RoleId> {
        let text = line.cells[column].as_str();
        let role = RoleId::new(text)
            .ok()
            .filter(|id| catalog.role(id).is_some_and(|role| role.kind == kind));
        if role.is_none() {
            self.problem(line, format!("the catalogue has no role `{text}`"));
        }
        role
    }

    /// Reads a number of people.
    pub(super) fn count(&mut self, line: &Line, column: usize) -> Option<u32> {
        let text = line.cells[column].as_str();
        let count = text.parse::<u32>().ok().filter(|count| *count <= 100_000);
        if count.is_none() {
            self.problem(line, format!("`{text}` is no number of people"));
        }
        count
    }
}

/// Splits text into rows of trimmed cells, each with its line number.
fn csv_rows(text: &str) -> Vec<(usize, Vec<String>)> {
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
            let line = record.position().map_or(1, csv::Position::line);
            let cells = record.iter().map(str::to_owned).collect();
            (usize::try_from(line).unwrap_or(usize::MAX), cells)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_blanks_and_semicolons_are_read() {
        let rows = csv_rows("a;b\r\n\"x;\"\"y\"\"\" ; 2\n\n3;\"4\n5\"\n6;7");
        assert_eq!(
            rows,
            [
                (1, vec!["a".to_owned(), "b".into()]),
                (2, vec!["x;\"y\"".into(), "2".into()]),
                (4, vec!["3".into(), "4\n5".into()]),
                (6, vec!["6".into(), "7".into()]),
            ]
        );
    }

    #[test]
    fn a_header_must_have_every_column_once() {
        let wrong = |text: &str| {
            let problems = Table::parse("units.csv", text, &["unit", "kind"])
                .err()
                .unwrap();
            problems
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!(
            wrong("unit,sort,sort"),
            "units.csv:1: there is no column `kind`\nunits.csv:1: the column `sort` is unknown\nunits.csv:1: the column `sort` is unknown"
        );
        assert!(wrong("").contains("the file is empty"));
        assert!(Table::parse("x", "kind,unit\na,b\n", &["unit", "kind"]).is_ok());
    }
}
