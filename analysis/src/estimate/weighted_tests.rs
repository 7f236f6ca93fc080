//! Tests under a design: do groups differ among the staff, not only among those who answered?
//!
//! Plain tests take every answer for itself; where answers are weighted, drawn within strata or
//! in clusters, they are too sure of themselves or not sure enough. As in
//! [`crate::estimate::differences`], the last column of the grouping is compared within the
//! columns before it.

mod rank;
mod rao_scott;

use std::collections::{BTreeMap, BTreeSet};

use findings::{ALL, Undefined};

use super::compare::{Parts, dims, parts_table};
use super::weighted::{Alike, InCells, in_cells, in_sample};
use super::{Design, Estimates, group_name};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::design::{NO_CELL, Sample};
use crate::grouping::{Grouping, Tally};
use crate::probability::f_above;
use crate::score::Quantity;
use crate::tables::scores::ScoreTable;

/// Returns whether the answers to an item are spread alike in the groups of the last column;
/// further keys are test, term and family:
///
/// | test | terms |
/// | --- | --- |
/// | `rao_scott` | `chisq` (Pearson's, of weighted shares), `f`, `df1`, `df2`, `p` with the second-order correction of Rao and Scott 1984 |
/// | `effect` | `cramers_v` of the weighted shares |
///
/// Answers that nobody gave and groups without anybody are no part of the table. Tested against
/// R: `survey::svychisq(statistic = "F")`.
///
/// # Errors
/// When the quantity or a group column does not exist, none is named, or the design does not fit
/// the data.
pub fn spread_test(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    tests(data, of, by, design, rao_scott::test)
}

/// Returns whether the groups of the last column differ in their ranks; further keys are test,
/// term and family:
///
/// | test | terms |
/// | --- | --- |
/// | `weighted_ranks` | `f`, `df1`, `df2`, `p` (Lumley and Scott 2013) |
/// | `effect` | `rank_epsilon_sq`: share of the ranks' weighted spread that lies between groups |
///
/// A person's rank is the weight of those below and half the weight of those alike. R's
/// `svyranktest` spreads equal scores in the order of rows, which agrees where all weights are
/// the same; the test from the ranks on is the same. Groups of one person are left out.
///
/// # Errors
/// As [`spread_test`].
pub fn rank_test(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    tests(data, of, by, design, rank::test)
}

/// Test, term and value of everything that is said of some groups.
type Terms = Vec<(&'static str, &'static str, Result<f64, Undefined>)>;

/// Tests groups, or gives every term the reason why there are none.
type Test = fn(Result<&Groups<'_>, Undefined>, &mut dyn FnMut(String)) -> Terms;

/// The people of the groups that are compared.
struct Groups<'s> {
    sample: &'s Sample,
    /// Names of the groups that anybody is in.
    names: Vec<String>,
    /// The values that occur, from low to high.
    values: usize,
    people: Vec<People>,
}

/// People of one cell and group with the same value.
#[derive(Clone, Copy)]
struct People {
    cell: usize,
    group: usize,
    /// Place of the value among those that occur.
    value: usize,
    number: u64,
}

impl<'s> Groups<'s> {
    /// Takes the tables of the groups apart; people without a cell have no weight.
    fn of(sample: &'s Sample, tables: &[(String, InCells<ScoreTable>)]) -> Self {
        let mut values: BTreeSet<u64> = BTreeSet::new();
        let mut found = Vec::new();
        let mut names = Vec::new();
        for (name, cells) in tables {
            let before = found.len();
            for (cell, table) in cells.known() {
                for (sum, valid, number) in table.ascending() {
                    // Equal fractions are the same number once they are rounded.
                    let value = f64::from(sum) / f64::from(valid);
                    found.push((cell, names.len(), ordered(value), number));
                    values.insert(ordered(value));
                }
            }
            if found.len() > before {
                names.push(name.clone());
            }
        }
        let values: Vec<u64> = values.into_iter().collect();
        let people = found
            .into_iter()
            .map(|(cell, group, value, number)| People {
                cell,
                group,
                value: values.partition_point(|other| *other < value),
                number,
            });
        Groups {
            sample,
            names,
            people: people.collect(),
            values: values.len(),
        }
    }

    fn number(&self) -> u64 {
        self.people.iter().map(|people| people.number).sum()
    }

    fn weight(&self, people: &People) -> f64 {
        self.sample.cells[people.cell].weight * people.number as f64
    }

    /// Sorts what people bring to sums by their cell.
    fn by_cell(
        &self,
        brings: impl Fn(&People) -> nalgebra::DVector<f64>,
    ) -> BTreeMap<usize, Vec<Alike>> {
        let mut cells: BTreeMap<usize, Vec<Alike>> = BTreeMap::new();
        for people in &self.people {
            cells.entry(people.cell).or_default().push(Alike {
                people: people.number,
                brings: brings(people),
            });
        }
        cells
    }
}

/// Returns a whole number that is ordered as the number is.
fn ordered(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits();
    match value.is_sign_negative() && value != 0.0 {
        true => !bits,
        false => bits | (1 << 63),
    }
}

fn tests(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
    test: Test,
) -> Result<Estimates, AnalysisError> {
    let names = by.dims();
    let Some(column) = names.last() else {
        return Err(AnalysisError::UnknownName {
            problem: "a comparison needs a column whose groups are compared".to_owned(),
        });
    };
    let sampling = design.sampling.as_ref();
    let sample = sampling.map(|sampling| Sample::of(data, sampling));
    let sample = sample.transpose()?;
    let tables = match &sample {
        Some(sample) => in_sample::<ScoreTable>(data, of, by, sample)?,
        None => in_cells::<ScoreTable>(data, of, by, &[], |_| NO_CELL)?,
    };
    let mut within: BTreeMap<Vec<String>, Vec<(String, InCells<ScoreTable>)>> = BTreeMap::new();
    for (mut keys, table) in tables {
        let group = keys.pop().unwrap_or_default();
        let groups = within.entry(keys).or_default();
        if group != ALL {
            groups.push((group, table));
        }
    }
    let mut rows = Vec::new();
    let mut notes = Vec::new();
    for (keys, tables) in within {
        let mut everybody = ScoreTable::default();
        for (_, cells) in &tables {
            everybody.add(&cells.total());
        }
        let groups = sample.as_ref().map(|sample| Groups::of(sample, &tables));
        let groups = match &groups {
            _ if everybody.n() == 0 => Err(everybody.nobody()),
            None => Err(Undefined::NoDesign),
            Some(groups) if groups.names.len() < 2 => Err(Undefined::OneGroup),
            Some(groups) => Ok(groups),
        };
        let mut parts = Parts::new(groups.map_or(everybody.n(), Groups::number));
        let place = group_name(&names, &keys);
        let mut note = |what| notes.push(format!("{} by {column}, {place}: {what}", of.name()));
        for (test, term, value) in test(groups, &mut note) {
            parts.add(test, term, value);
        }
        rows.extend(parts.rows(&keys, everybody.n()));
    }
    notes.extend(sample.into_iter().flat_map(|sample| sample.notes));
    Ok(parts_table(dims(by, &[]), rows, notes))
}

/// An F test: its value and the degrees of freedom above and below.
struct Found {
    f: f64,
    above: f64,
    below: f64,
}

impl Found {
    /// Returns the four terms of the test.
    fn terms(found: &Result<Found, Undefined>, test: &'static str) -> Terms {
        let of = |value: fn(&Found) -> f64| found.as_ref().map(value).map_err(|reason| *reason);
        let p = found.as_ref().map_err(|reason| *reason).and_then(|found| {
            f_above(found.f, found.above, found.below).ok_or(Undefined::NoFreedom)
        });
        vec![
            (test, "f", of(|found| found.f)),
            (test, "df1", of(|found| found.above)),
            (test, "df2", of(|found| found.below)),
            (test, "p", p),
        ]
    }
}
