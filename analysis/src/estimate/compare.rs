//! Groups compared: are they different, by how much, and which from which.
//!
//! The **last** column of the grouping is the one whose groups are compared; the columns before
//! it say within whom. [`differences`] tests all groups at once, [`pairs`] every two of them.
//! Everything follows from the integer score tables: ranks and sums are whole numbers and
//! fractions until the end.
//!
//! Groups of one person are left out of whatever needs a variance, which a note says; they stay
//! in rank tests. p values are corrected over a family that a key column names (see
//! [`crate::estimate::NO_FAMILY`]), and an effect size stands beside every test.

mod cliff;
mod families;
mod overall;
mod pairwise;
mod ranks;
mod sample;
mod standardised;
mod variances;

pub(crate) use families::correct_over;
pub use families::{FAMILY, NO_FAMILY, TEST};
pub use overall::{differences, mean_ranks};
pub use pairwise::pairs;
pub(super) use sample::Sample;
pub(super) use standardised::{exact_factor, standardised};
pub(super) use variances::welch_t;

use std::collections::BTreeMap;

use findings::{Count, Estimate, RawRow, Undefined};

use super::Estimates;
use crate::dataset::Dataset;
use crate::grouping::{Grouping, Tally};
use crate::tables::scores::{ScoreTable, score_tables};
use crate::{AnalysisError, Quantity};

/// One part of a test, ready to become a row.
pub(super) struct Part {
    test: &'static str,
    term: &'static str,
    family: String,
    figure: Result<Estimate, Undefined>,
}

/// Collects the parts of the tests of one group or pair.
pub(super) struct Parts {
    pub(super) n: u64,
    parts: Vec<Part>,
}

impl Parts {
    pub(super) fn new(n: u64) -> Self {
        Parts {
            n,
            parts: Vec::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        test: &'static str,
        term: &'static str,
        value: Result<f64, Undefined>,
    ) {
        let figure = value.map(|value| super::plain(value, self.n));
        self.figure(test, term, figure);
    }

    pub(super) fn figure(
        &mut self,
        test: &'static str,
        term: &'static str,
        figure: Result<Estimate, Undefined>,
    ) {
        let family = NO_FAMILY.to_owned();
        self.parts.push(Part {
            test,
            term,
            family,
            figure,
        });
    }

    /// Adds a value with an interval around it, where there is one.
    pub(super) fn between(
        &mut self,
        test: &'static str,
        term: &'static str,
        value: Result<f64, Undefined>,
        se: Option<f64>,
        interval: Option<[f64; 2]>,
    ) {
        let n = Count::Exact(self.n);
        let figure = value.map(|value| Estimate {
            value,
            se,
            low: interval.map(|[low, _]| low),
            high: interval.map(|[_, high]| high),
            n,
        });
        self.figure(test, term, figure);
    }

    /// Turns the parts into rows; `answers` people stand behind each.
    pub(super) fn rows(self, keys: &[String], answers: u64) -> impl Iterator<Item = RawRow> {
        self.parts.into_iter().map(move |part| {
            let mut keys = keys.to_vec();
            keys.extend([part.test.to_owned(), part.term.to_owned(), part.family]);
            RawRow {
                keys,
                figure: part.figure,
                answers,
                modal: 0,
            }
        })
    }
}

/// The groups to compare within one group of the columns before the last.
struct Compared {
    /// Keys of the columns before the compared one.
    within: Vec<String>,
    /// Every group of the compared column with its scores, in the order of their names.
    groups: Vec<(String, ScoreTable)>,
    /// All scores within, people whose group is unknown left out.
    everybody: ScoreTable,
}

/// Makes the score tables of the compared groups, within each group of the columns before.
fn compared(data: &Dataset, of: &Quantity, by: &Grouping) -> Result<Vec<Compared>, AnalysisError> {
    if by.dims().is_empty() {
        return Err(AnalysisError::UnknownName {
            problem: "a comparison needs a column whose groups are compared".to_owned(),
        });
    }
    let mut found: BTreeMap<Vec<String>, Compared> = BTreeMap::new();
    for (mut keys, scores) in score_tables(data, of, by)? {
        let Some(group) = keys.pop() else { continue };
        let compared = found.entry(keys.clone()).or_insert_with(|| Compared {
            within: keys,
            groups: Vec::new(),
            everybody: ScoreTable::default(),
        });
        if group != findings::ALL {
            compared.everybody.add(&scores);
            compared.groups.push((group, scores));
        }
    }
    Ok(found.into_values().collect())
}

/// Returns the names of the columns of a table of tests.
pub(super) fn dims(by: &Grouping, further: &[&str]) -> Vec<String> {
    let mut dims = by.dims();
    let compared = dims.pop();
    if further.is_empty() {
        dims.extend([TEST, findings::dim::TERM, FAMILY].map(str::to_owned));
    } else {
        dims.extend(compared);
        dims.extend(further.iter().map(|dim| (*dim).to_owned()));
        dims.extend([TEST, findings::dim::TERM, FAMILY].map(str::to_owned));
    }
    dims
}

/// Returns a table with rows in the order of their keys.
pub(super) fn parts_table(
    dims: Vec<String>,
    mut rows: Vec<RawRow>,
    mut notes: Vec<String>,
) -> Estimates {
    rows.sort_by(|a, b| a.keys.cmp(&b.keys));
    notes.sort();
    notes.dedup();
    Estimates { dims, rows, notes }
}
