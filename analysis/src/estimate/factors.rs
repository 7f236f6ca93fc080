//! Exploratory factor analysis: what the items of a dimension have in common.
//!
//! Whether the correlations are worth a factor (KMO, Bartlett), how many factors there may be
//! (eigenvalues beside those of random answers), and which items go together (maximum likelihood,
//! varimax).

mod parallel;
mod varimax;

use findings::{RawRow, Undefined, dim};
use nalgebra::DMatrix;

use super::reliability::factor_model::{descending, maximum_likelihood};
use super::reliability::matrices::{correlations, enough, inverse};
use super::{Design, Estimates, group_name, plain, tidy};
use crate::grouping::Grouping;
use crate::probability::chi_squared_above;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::complete::CompleteRows;
use crate::{AnalysisError, Dataset};

/// Name of the key column that numbers eigenvalues, from the largest.
const FACTOR: &str = "factor";

/// The key of what is said of all items together.
const WHOLE: &str = findings::ALL;

/// Returns how well the items of each group can be factored; the last keys are the item and the
/// term. Under the item `all`: `kmo` (Kaiser 1974), and Bartlett's test that nothing hangs
/// together, `bartlett_chisq`, `bartlett_df`, `bartlett_p` (Bartlett 1950). For each item `msa`,
/// its own part of `kmo`.
///
/// Complete rows. Tested against R: `psych::KMO`, `psych::cortest.bartlett`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn factorability(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let names = of.columns(data)?;
    let mut rows = Rows::default();
    for (group, complete) in by_group::<CompleteRows>(data, of, by)? {
        let (k, n) = (names.len(), complete.n());
        let r = usable(&complete, k);
        let adequacy = r.as_ref().map_err(|reason| *reason).and_then(adequacy);
        let bartlett = r.as_ref().map_err(|reason| *reason).and_then(|r| {
            let (items, people) = (k as f64, n as f64);
            let determinant = r
                .clone()
                .cholesky()
                .ok_or(Undefined::Singular)?
                .determinant();
            let chi_squared = -(people - 1.0 - (2.0 * items + 5.0) / 6.0) * determinant.ln();
            let degrees = items * (items - 1.0) / 2.0;
            let p = chi_squared_above(chi_squared, degrees).ok_or(Undefined::NoOptimum)?;
            Ok([chi_squared, degrees, p])
        });
        let mut rows = rows.of(&group, n);
        rows.add(
            [WHOLE, "kmo"],
            adequacy.as_ref().map(|found| found.whole).map_err(|r| *r),
        );
        for (place, term) in ["bartlett_chisq", "bartlett_df", "bartlett_p"]
            .iter()
            .enumerate()
        {
            rows.add([WHOLE, term], bartlett.map(|found| found[place]));
        }
        for (place, name) in names.iter().enumerate() {
            let own = adequacy.as_ref().map(|found| found.items[place]);
            rows.add([name, "msa"], own.map_err(|reason| *reason));
        }
    }
    Ok(tidy(by, &[dim::ITEM, dim::TERM], rows.rows))
}

/// Returns the eigenvalues of the correlations of each group, from the largest (`factor` 1 on);
/// the last keys are the factor and the term.
///
/// `eigenvalue` stands beside `random`, what 95 of 100 sets of unrelated normal answers of as many
/// people stay below: factors are worth keeping as long as they are above it (Horn 1965; Glorfeld
/// 1995). The seed is fixed. Complete rows. Tested against R: `eigen`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn eigenvalues(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let k = of.columns(data)?.len();
    let mut rows = Rows::default();
    for (group, complete) in by_group::<CompleteRows>(data, of, by)? {
        let n = complete.n();
        let found = usable(&complete, k).map(|r| {
            let values: Vec<f64> = descending(r).0.iter().copied().collect();
            [values, parallel::eigenvalues(n, k)]
        });
        let mut rows = rows.of(&group, n);
        for place in 0..k {
            // Two digits, so that keys in the order of text are in the order of numbers.
            let factor = format!("{:02}", place + 1);
            for (which, term) in ["eigenvalue", "random"].into_iter().enumerate() {
                let value = found.as_ref().map(|values| values[which][place]);
                rows.add([&factor, term], value.map_err(|reason| *reason));
            }
        }
    }
    Ok(tidy(by, &[FACTOR, dim::TERM], rows.rows))
}

/// Returns `number` common factors of the items of each group by maximum likelihood, rotated by
/// varimax (Kaiser 1958, rows normalised); the last keys are the item and the term.
///
/// For each item `uniqueness` and the loadings `f01`, `f02`, …: factors by their sum of squares
/// from the largest, each turned so that its loadings' sum is positive. Under the item `all`:
/// `criterion`, and `chisq`, `df`, `p` with Bartlett's correction: whether so many are enough.
/// Complete rows; more people than items. Uniquenesses are 0.005 or more: `at_bound` counts those
/// that lie there (Heywood), which a note names; of several such solutions it is the best. Tested
/// against R: `factanal`, `varimax`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn factors(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    number: usize,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let names = of.columns(data)?;
    let (mut rows, mut bounded) = (Rows::default(), Vec::new());
    for (group, complete) in by_group::<CompleteRows>(data, of, by)? {
        let found = model(&complete, names.len(), number);
        if let Ok(found) = &found
            && !found.at_bound.is_empty()
        {
            let items = found.at_bound.iter().map(|item| names[*item]);
            let items = items.collect::<Vec<_>>().join(", ");
            bounded.push(format!("{} ({items})", group_name(&by.dims(), &group)));
        }
        let value = |of: &dyn Fn(&Factors) -> Result<f64, Undefined>| {
            found.as_ref().map_err(|reason| *reason).and_then(of)
        };
        let mut rows = rows.of(&group, complete.n());
        for (place, name) in names.iter().enumerate() {
            rows.add(
                [name, "uniqueness"],
                value(&|found| Ok(found.uniquenesses[place])),
            );
            for factor in 0..number {
                let term = format!("f{:02}", factor + 1);
                rows.add(
                    [name, &term],
                    value(&|found| Ok(found.loadings[(place, factor)])),
                );
            }
        }
        rows.add([WHOLE, "criterion"], value(&|found| Ok(found.criterion)));
        rows.add([WHOLE, "chisq"], value(&|found| Ok(found.chi_squared)));
        rows.add([WHOLE, "df"], value(&|found| Ok(found.degrees)));
        rows.add(
            [WHOLE, "at_bound"],
            value(&|found| Ok(found.at_bound.len() as f64)),
        );
        rows.add(
            [WHOLE, "p"],
            value(&|found| {
                chi_squared_above(found.chi_squared, found.degrees).ok_or(Undefined::NoFreedom)
            }),
        );
    }
    let mut estimates = tidy(by, &[dim::ITEM, dim::TERM], rows.rows);
    if !bounded.is_empty() {
        estimates.notes.push(format!(
            "the factors of {} lie at a bound, since nothing of its own is left in an item (a \
             Heywood case; fewer factors, or more answers, would be surer): {}",
            of.name(),
            bounded.join("; ")
        ));
    }
    Ok(estimates)
}

/// A rotated model with its test.
struct Factors {
    uniquenesses: nalgebra::DVector<f64>,
    loadings: DMatrix<f64>,
    criterion: f64,
    chi_squared: f64,
    degrees: f64,
    at_bound: Vec<usize>,
}

fn model(complete: &CompleteRows, k: usize, number: usize) -> Result<Factors, Undefined> {
    let r = usable(complete, k)?;
    let (items, factors, n) = (k as f64, number as f64, complete.n() as f64);
    let degrees = ((items - factors).powi(2) - items - factors) / 2.0;
    if number == 0 || number >= k || degrees < 0.0 {
        return Err(Undefined::NoFreedom);
    }
    let found = maximum_likelihood(&r, number)?;
    Ok(Factors {
        uniquenesses: found.uniquenesses,
        loadings: varimax::in_order(varimax::rotated(&found.loadings)),
        criterion: found.criterion,
        chi_squared: (n - 1.0 - (2.0 * items + 5.0) / 6.0 - 2.0 * factors / 3.0) * found.criterion,
        degrees,
        at_bound: found.at_bound,
    })
}

fn usable(complete: &CompleteRows, k: usize) -> Result<DMatrix<f64>, Undefined> {
    if k < 2 {
        return Err(Undefined::OneItem);
    }
    enough(complete)?;
    if complete.n() <= k as u64 {
        return Err(Undefined::FewRows);
    }
    correlations(complete, k)
}

/// Kaiser's measure of sampling adequacy, of all items and of each.
struct Adequacy {
    whole: f64,
    items: Vec<f64>,
}

/// `Σ r² / (Σ r² + Σ q²)` over different items, `q` being partial correlations given all others.
fn adequacy(r: &DMatrix<f64>) -> Result<Adequacy, Undefined> {
    let inverse = inverse(r)?;
    let k = r.nrows();
    let sums = |i: usize| {
        let others = (0..k).filter(move |j| *j != i);
        others.fold((0.0, 0.0), |(plain, partial), j| {
            let square = inverse[(i, j)].powi(2) / (inverse[(i, i)] * inverse[(j, j)]);
            (plain + r[(i, j)].powi(2), partial + square)
        })
    };
    let sums: Vec<(f64, f64)> = (0..k).map(sums).collect();
    let share = |(plain, partial): (f64, f64)| plain / (plain + partial);
    let total = sums.iter().fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    if sums.iter().any(|(plain, _)| *plain == 0.0) {
        return Err(Undefined::NoCorrelation);
    }
    Ok(Adequacy {
        whole: share(total),
        items: sums.into_iter().map(share).collect(),
    })
}

/// Rows as they are collected.
#[derive(Default)]
struct Rows {
    rows: Vec<RawRow>,
}

/// Rows of one group.
struct GroupRows<'r> {
    rows: &'r mut Vec<RawRow>,
    group: &'r [String],
    n: u64,
}

impl Rows {
    fn of<'r>(&'r mut self, group: &'r [String], n: u64) -> GroupRows<'r> {
        GroupRows {
            rows: &mut self.rows,
            group,
            n,
        }
    }
}

impl GroupRows<'_> {
    fn add(&mut self, further: [&str; 2], value: Result<f64, Undefined>) {
        let further = further.map(str::to_owned);
        self.rows.push(RawRow {
            keys: self.group.iter().cloned().chain(further).collect(),
            figure: value.map(|value| plain(value, self.n)),
            answers: self.n,
            modal: 0,
        });
    }
}
