//! Columns as they grow row by row, and the dataset they become.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use polars::prelude::{Column, DataFrame, Int8Chunked, IntoColumn, UInt32Chunked};

use super::cells::{self, Cell};
use super::plan::{ColumnPlan, Plan, Reading};
use super::{Dataset, Staff};
use crate::{AnalysisError, CellProblem};

/// The code of a key that is missing in a row.
pub(crate) const MISSING_KEY: u32 = u32::MAX;

/// Why reading the own frame cannot fail.
pub(crate) const READ_AS_IT_WAS: &str = "the frame was built here, column by column, unbroken";

/// So many places are shown; a file with the wrong separator would show a million.
const SHOWN_PROBLEMS: usize = 20;

/// Collects rows of one or several files, and the places that disagree with the codebook.
pub(crate) struct Builder {
    columns: Vec<Growing>,
    rows: usize,
    problems: Vec<CellProblem>,
    further: usize,
    notes: Vec<String>,
}

enum Growing {
    Key {
        known: HashMap<String, u32>,
        labels: Vec<String>,
        codes: Vec<u32>,
    },
    Item(Vec<i8>),
}

impl Builder {
    pub(crate) fn new(plan: &Plan) -> Self {
        let columns = plan.columns.iter().map(|column| match column.reading {
            Reading::Key { .. } | Reading::Words => Growing::Key {
                known: HashMap::new(),
                labels: Vec::new(),
                codes: Vec::new(),
            },
            Reading::Item { .. } => Growing::Item(Vec::new()),
        });
        Builder {
            columns: columns.collect(),
            rows: 0,
            problems: Vec::new(),
            further: 0,
            notes: Vec::new(),
        }
    }

    /// Reads a cell of column `index` of the plan.
    pub(crate) fn push(
        &mut self,
        index: usize,
        plan: &ColumnPlan,
        cell: &Cell<'_>,
        file: &Path,
        line: u64,
    ) {
        let problem = match (&mut self.columns[index], &plan.reading) {
            (
                Growing::Key {
                    known,
                    labels,
                    codes,
                },
                Reading::Key { allowed },
            ) => match cells::key(plan, allowed.as_ref(), cell) {
                Ok(text) => {
                    codes.push(text.map_or(MISSING_KEY, |text| coded(known, labels, &text)));
                    None
                }
                Err(problem) => Some(problem),
            },
            (
                Growing::Key {
                    known,
                    labels,
                    codes,
                },
                Reading::Words,
            ) => {
                let text = cells::words(plan, cell);
                codes.push(text.map_or(MISSING_KEY, |text| coded(known, labels, &text)));
                None
            }
            (Growing::Item(values), Reading::Item { ends, reversed }) => {
                match cells::item(plan, *ends, *reversed, cell) {
                    Ok(value) => {
                        values.push(value);
                        None
                    }
                    Err(problem) => Some(problem),
                }
            }
            _ => unreachable!("a column grows as the plan it was made from reads"),
        };
        if let Some(problem) = problem {
            self.note_problem(file.to_owned(), line, &plan.name, problem);
        }
    }

    pub(crate) fn note_problem(&mut self, file: PathBuf, line: u64, column: &str, problem: String) {
        if self.problems.len() < SHOWN_PROBLEMS {
            self.problems.push(CellProblem {
                file,
                line,
                column: column.to_owned(),
                problem,
            });
        } else {
            self.further += 1;
        }
    }

    /// Notes something that is no error.
    pub(crate) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Returns how many rows were read so far.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn count_rows(&mut self, rows: usize) {
        self.rows += rows;
    }

    /// Turns the columns into a dataset, unless a place disagreed with the codebook.
    pub(crate) fn finish(
        mut self,
        plan: Plan,
        staff: Option<Staff>,
        slugs: BTreeMap<String, String>,
        sha256: String,
    ) -> Result<Dataset, AnalysisError> {
        if !self.problems.is_empty() {
            self.problems
                .sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
            return Err(AnalysisError::Cells {
                problems: self.problems,
                further: self.further,
            });
        }
        let mut labels = BTreeMap::new();
        let mut columns: Vec<Column> = Vec::new();
        for (column, growing) in plan.columns.iter().zip(self.columns) {
            let name = column.name.as_str().into();
            columns.push(match growing {
                Growing::Item(values) => Int8Chunked::from_vec(name, values).into_column(),
                Growing::Key {
                    labels: found,
                    codes,
                    ..
                } => {
                    let (sorted, codes) = in_sorted_order(found, codes);
                    labels.insert(column.name.clone(), sorted);
                    UInt32Chunked::from_vec(name, codes).into_column()
                }
            });
        }
        let frame = DataFrame::new(self.rows, columns).expect(READ_AS_IT_WAS);
        let codebook = plan.codebook;
        Ok(Dataset {
            codebook,
            frame,
            labels,
            staff,
            slugs,
            sha256,
            notes: self.notes,
            held: None,
        })
    }
}

fn coded(known: &mut HashMap<String, u32>, labels: &mut Vec<String>, text: &str) -> u32 {
    if let Some(code) = known.get(text) {
        return *code;
    }
    let code = u32::try_from(labels.len()).unwrap_or(MISSING_KEY);
    known.insert(text.to_owned(), code);
    labels.push(text.to_owned());
    code
}

/// Renumbers codes so that they rise with their labels: the order of rows leaves no trace.
fn in_sorted_order(labels: Vec<String>, codes: Vec<u32>) -> (Vec<String>, Vec<u32>) {
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| labels[*a].cmp(&labels[*b]));
    let mut new_code = vec![MISSING_KEY; labels.len()];
    for (place, old) in order.iter().enumerate() {
        new_code[*old] = u32::try_from(place).unwrap_or(MISSING_KEY);
    }
    let codes = codes.into_iter().map(|code| match code {
        MISSING_KEY => MISSING_KEY,
        code => new_code[code as usize],
    });
    let sorted = order.iter().map(|old| labels[*old].clone()).collect();
    (sorted, codes.collect())
}
