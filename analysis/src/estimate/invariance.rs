//! Measurement invariance: do the items of an area measure the same in all groups?
//!
//! Means of groups can be compared where the items relate to what they measure in the same way,
//! and start from the same level, in every group. Three models of one factor say how far that
//! holds, each with more in common than the one before.

mod group_model;

use std::collections::BTreeMap;

use findings::{ALL, RawRow, Undefined, dim};

use super::compare::TEST;
use super::{Design, Estimates, group_name, plain};
use crate::grouping::{Grouping, Tally};
use crate::probability::chi_squared_above;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::complete::CompleteRows;
use crate::{AnalysisError, Dataset};
use group_model::{Fit, Group, fits};

/// A group with fewer complete answers is no part of the comparison.
const LEAST: u64 = 100;

/// Returns how well a dimension's items measure one thing alike in the groups of the last column,
/// within each group of the columns before it; further keys are `test` and `term`.
///
/// | test | what the groups have in common |
/// | --- | --- |
/// | `configural` | one factor |
/// | `metric` | and its loadings |
/// | `scalar` | and the items' intercepts: then means can be compared |
///
/// Terms are `chisq`, `df`, `p`, `cfi`, `rmsea`; of `metric` and `scalar` also the change from the
/// model before, `change_chisq`, `change_df`, `change_p`, `change_cfi`, `change_rmsea`, and
/// `flagged`: 1 where the fit is worse by more than Chen 2007 allows (CFI falls by .010 and RMSEA
/// rises by .015 or more).
///
/// Maximum likelihood on complete rows with `n` in the covariances. Groups of fewer than 100 are
/// left out, which a note says; a test of a handful would find everything equal. Tested against
/// R: `lavaan::cfa(group.equal)`.
///
/// # Errors
/// When the quantity or a group column does not exist, or no column is named.
pub fn invariance(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let k = of.columns(data)?.len();
    let names = by.dims();
    let Some(column) = names.last() else {
        return Err(AnalysisError::UnknownName {
            problem: "a comparison needs a column whose groups are compared".to_owned(),
        });
    };
    let mut within: BTreeMap<Vec<String>, Vec<(String, CompleteRows)>> = BTreeMap::new();
    for (mut keys, table) in by_group::<CompleteRows>(data, of, by)? {
        let group = keys.pop().unwrap_or_default();
        let groups = within.entry(keys).or_default();
        if group != ALL {
            groups.push((group, table));
        }
    }
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for (keys, groups) in within {
        let mut everybody = CompleteRows::default();
        groups.iter().for_each(|(_, table)| everybody.add(table));
        let small = groups.iter().filter(|(_, it)| (1..LEAST).contains(&it.n()));
        let small: Vec<&str> = small.map(|(name, _)| name.as_str()).collect();
        if !small.is_empty() {
            let place = group_name(&names, &keys);
            notes.push(format!(
                "{} by {column}, {place}: groups of fewer than {LEAST} complete answers are left \
                 out of measurement models: {}",
                of.name(),
                small.join(", ")
            ));
        }
        let kept: Vec<&CompleteRows> = groups.iter().map(|(_, table)| table).collect();
        let (n, found) = compared(&kept, &everybody, k);
        for (test, term, value) in terms(&found) {
            let further = [test.to_owned(), term.to_owned()];
            rows.push(RawRow {
                keys: [&keys[..], &further].concat(),
                figure: value.map(|value| plain(value, n)),
                answers: everybody.n(),
                modal: 0,
            });
        }
    }
    let mut dims = by.dims();
    dims.pop();
    dims.extend([TEST, dim::TERM].map(str::to_owned));
    Ok(Estimates { dims, rows, notes })
}

/// Fits the three models to the groups that are large enough.
fn compared(
    groups: &[&CompleteRows],
    everybody: &CompleteRows,
    k: usize,
) -> (u64, Result<[Fit; 3], Undefined>) {
    let kept = groups.iter().filter(|table| table.n() >= LEAST);
    let kept: Vec<&CompleteRows> = kept.copied().collect();
    let n = kept.iter().map(|table| table.n()).sum();
    let reason = match (k, groups.iter().filter(|table| table.n() > 0).count()) {
        (_, 0) => Some(everybody.nobody()),
        (0 | 1, _) => Some(Undefined::OneItem),
        (2, _) => Some(Undefined::TwoItems),
        (_, 1) => Some(Undefined::OneGroup),
        _ if kept.len() < 2 => Some(Undefined::SmallGroups),
        _ => None,
    };
    if let Some(reason) = reason {
        return (everybody.n(), Err(reason));
    }
    let groups: Result<Vec<Group>, Undefined> =
        kept.into_iter().map(|table| Group::of(table, k)).collect();
    (n, groups.and_then(fits))
}

/// Returns test, term and value of everything that is said of the models.
fn terms(
    found: &Result<[Fit; 3], Undefined>,
) -> Vec<(&'static str, &'static str, Result<f64, Undefined>)> {
    let mut terms = Vec::new();
    for (place, test) in ["configural", "metric", "scalar"].into_iter().enumerate() {
        let of = |value: &dyn Fn(&[Fit; 3]) -> Result<f64, Undefined>| {
            found.as_ref().map_err(|reason| *reason).and_then(value)
        };
        let p = |chi_squared: f64, degrees: f64| {
            chi_squared_above(chi_squared, degrees).ok_or(Undefined::NoFreedom)
        };
        terms.extend([
            (test, "chisq", of(&|fits| Ok(fits[place].chi_squared))),
            (test, "df", of(&|fits| Ok(fits[place].degrees))),
            (
                test,
                "p",
                of(&|fits| p(fits[place].chi_squared, fits[place].degrees)),
            ),
            (test, "cfi", of(&|fits| Ok(fits[place].cfi))),
            (test, "rmsea", of(&|fits| Ok(fits[place].rmsea))),
        ]);
        let Some(before) = place.checked_sub(1) else {
            continue;
        };
        let change = |value: fn(&Fit) -> f64| {
            of(&move |fits| Ok(value(&fits[place]) - value(&fits[before])))
        };
        // A model with less in common is never worse but for rounding.
        let chi_squared = change(|fit| fit.chi_squared).map(|value| value.max(0.0));
        let degrees = change(|fit| fit.degrees);
        let (cfi, rmsea) = (change(|fit| fit.cfi), change(|fit| fit.rmsea));
        let worse = cfi.and_then(|cfi| Ok(cfi <= -0.010 && rmsea? >= 0.015));
        terms.extend([
            (test, "change_chisq", chi_squared),
            (test, "change_df", degrees),
            (
                test,
                "change_p",
                chi_squared.and_then(|value| p(value, degrees?)),
            ),
            (test, "change_cfi", cfi),
            (test, "change_rmsea", rmsea),
            (
                test,
                "flagged",
                worse.map(|worse| f64::from(u8::from(worse))),
            ),
        ]);
    }
    terms
}
