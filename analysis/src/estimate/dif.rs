//! Differential item functioning: does an item mean the same in two groups?
//!
//! People of two groups who stand alike in the other items should answer this one alike. Where
//! they do not, a difference of the groups in the item is no difference in what is measured.

mod ordinal_model;

use std::collections::{BTreeMap, BTreeSet};

use findings::{ALL, RawRow, Undefined, dim};

use super::compare::{FAMILY, NO_FAMILY, TEST, correct_over};
use super::{Design, Estimates, plain, tidy};
use crate::grouping::Grouping;
use crate::probability::chi_squared_above;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::rest::RestTable;
use crate::{AnalysisError, Dataset};
use ordinal_model::{Cell, fit, log_likelihood_of_shares};

/// Below this a group is too small for more than a hint.
const EXPLORATORY: u64 = 100;

/// Returns, for each item of a dimension and every two groups of the last column (within each
/// group of the columns before it), whether the item works alike in both; further keys are the
/// other group (`with`), `item`, `test`, `term` and `family`.
///
/// Ordinal logistic models of the item on the sum of the other items (`rest`), with the group
/// added, and with both together (Swaminathan and Rogers 1990; Zumbo 1999):
///
/// | test | terms |
/// | --- | --- |
/// | `uniform` | the group added: `chisq`, `df`, `p` |
/// | `nonuniform` | rest and group together: the same |
/// | `total` | both: the same |
/// | `effect` | `nagelkerke_uniform`, `nagelkerke_total`, `mcfadden_total`: what R² gains; under 0.035 negligible, up to 0.070 moderate, above large (Jodoin and Gierl 2001, Nagelkerke). `log_odds`: of higher answers in the other group, at the same rest |
///
/// `p_holm` and `p_bh` are corrected over all items and pairs within. Complete rows; an answer
/// that nobody in either group gave is left out of the model. Groups of fewer than 100 are named
/// in a note: what is found there is a hint. Tested against R: `MASS::polr`.
///
/// # Errors
/// When the quantity or a group column does not exist, or no column is named.
pub fn dif(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let names = of.columns(data)?;
    let columns = by.dims();
    let Some(column) = columns.last() else {
        return Err(AnalysisError::UnknownName {
            problem: "a comparison needs a column whose groups are compared".to_owned(),
        });
    };
    let mut within: BTreeMap<Vec<String>, Vec<(String, RestTable)>> = BTreeMap::new();
    for (mut keys, table) in by_group::<RestTable>(data, of, by)? {
        if let Some(group) = keys.pop().filter(|group| group != ALL) {
            within.entry(keys).or_default().push((group, table));
        }
    }
    let (mut rows, mut small) = (Vec::new(), BTreeSet::new());
    for (keys, groups) in within {
        let mut found = Vec::new();
        for (place, (name, first)) in groups.iter().enumerate() {
            for (other, second) in &groups[place + 1..] {
                let pair = [&keys[..], &[name.clone(), other.clone()]].concat();
                found.extend(pair_rows(&pair, &names, first, second));
            }
            if (1..EXPLORATORY).contains(&first.n()) && groups.len() > 1 {
                small.insert(name.clone());
            }
        }
        let place = if keys.is_empty() {
            String::new()
        } else {
            format!(" in {}", keys.join(", "))
        };
        correct_over(
            &mut found,
            &["uniform", "nonuniform", "total"],
            |_, test| {
                format!(
                    "{test}: items of {} and pairs of {column}{place}",
                    of.name()
                )
            },
        );
        rows.extend(found);
    }
    let mut estimates = tidy(by, &[dim::WITH, dim::ITEM, TEST, dim::TERM, FAMILY], rows);
    if !small.is_empty() {
        let small: Vec<String> = small.into_iter().collect();
        estimates.notes.push(format!(
            "dif of {} by {column}: what is found in groups of fewer than {EXPLORATORY} complete \
             answers is a hint: {}",
            of.name(),
            small.join(", ")
        ));
    }
    Ok(estimates)
}

fn pair_rows(
    pair: &[String],
    names: &[&str],
    first: &RestTable,
    second: &RestTable,
) -> Vec<RawRow> {
    let answers = first.n() + second.n();
    let mut rows = Vec::new();
    for (name, place) in names.iter().zip(0_u16..) {
        let item = Item::of(names.len(), place, first, second);
        for (test, term, value) in terms(&item) {
            let mut keys = pair.to_vec();
            keys.extend([name, test, term, NO_FAMILY].map(str::to_owned));
            rows.push(RawRow {
                keys,
                figure: value.map(|value| plain(value, answers)),
                answers,
                modal: 0,
            });
        }
    }
    rows
}

/// The likelihoods of the models of an item, each with all of the one before.
struct Item {
    n: f64,
    none: f64,
    rest: f64,
    group: f64,
    together: f64,
    log_odds: f64,
}

impl Item {
    fn of(
        items: usize,
        place: u16,
        first: &RestTable,
        second: &RestTable,
    ) -> Result<Item, Undefined> {
        if items < 2 {
            return Err(Undefined::OneItem);
        }
        for table in [first, second] {
            if table.n() == 0 {
                return Err(table.nobody());
            }
        }
        let people = || {
            let first = first.item(place).map(|cell| (0.0, cell));
            first.chain(second.item(place).map(|cell| (1.0, cell)))
        };
        let mut counts: BTreeMap<i8, u64> = BTreeMap::new();
        for (_, (answer, _, people)) in people() {
            *counts.entry(answer).or_default() += people;
        }
        let used: Vec<i8> = counts.keys().copied().collect();
        let model = |covariates: &dyn Fn(f64, f64) -> Vec<f64>| {
            let cells = people().map(|(group, (answer, rest, people))| Cell {
                answer: used.partition_point(|value| *value < answer),
                covariates: covariates(f64::from(rest), group),
                people: people as f64,
            });
            fit(&cells.collect::<Vec<_>>(), used.len())
        };
        let rest = model(&|rest, _| vec![rest])?;
        let group = model(&|rest, group| vec![rest, group])?;
        let together = model(&|rest, group| vec![rest, group, rest * group])?;
        let shares: Vec<f64> = counts.values().map(|people| *people as f64).collect();
        Ok(Item {
            n: shares.iter().sum(),
            none: log_likelihood_of_shares(&shares),
            rest: rest.log_likelihood,
            group: group.log_likelihood,
            together: together.log_likelihood,
            log_odds: group.slopes[1],
        })
    }

    /// Returns `(1 - exp(2/n (L0 - L))) / (1 - exp(2/n L0))` (Nagelkerke 1991).
    fn nagelkerke(&self, likelihood: f64) -> f64 {
        let part = |logarithm: f64| -(2.0 / self.n * logarithm).exp_m1();
        part(self.none - likelihood) / part(self.none)
    }
}

/// Returns test, term and value of everything that is said of an item.
fn terms(
    item: &Result<Item, Undefined>,
) -> Vec<(&'static str, &'static str, Result<f64, Undefined>)> {
    let of = |value: &dyn Fn(&Item) -> f64| item.as_ref().map(value).map_err(|reason| *reason);
    let mut terms = Vec::new();
    for (test, degrees, gain) in [
        ("uniform", 1.0, of(&|item| item.group - item.rest)),
        ("nonuniform", 1.0, of(&|item| item.together - item.group)),
        ("total", 2.0, of(&|item| item.together - item.rest)),
    ] {
        // A larger model is never worse but for rounding.
        let chi_squared = gain.map(|gain| (2.0 * gain).max(0.0));
        terms.push((test, "chisq", chi_squared));
        terms.push((test, "df", chi_squared.map(|_| degrees)));
        let p = chi_squared
            .and_then(|value| chi_squared_above(value, degrees).ok_or(Undefined::NoOptimum));
        terms.push((test, "p", p));
    }
    let gain = |to: fn(&Item) -> f64| {
        of(&move |item| item.nagelkerke(to(item)) - item.nagelkerke(item.rest))
    };
    terms.push(("effect", "nagelkerke_uniform", gain(|item| item.group)));
    terms.push(("effect", "nagelkerke_total", gain(|item| item.together)));
    terms.push((
        "effect",
        "mcfadden_total",
        of(&|item| (item.rest - item.together) / item.none),
    ));
    terms.push(("effect", "log_odds", of(&|item| item.log_odds)));
    terms
}
