//! Each item against the sum of the others, and alpha without it.

use findings::{Undefined, dim};

use super::matrices::enough;
use super::row;
use crate::estimate::{Design, Estimates, plain, tidy};
use crate::exact::{nearest, ratio};
use crate::grouping::Grouping;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::complete::CompleteRows;
use crate::{AnalysisError, Dataset};

/// Returns, for each group and item, its correlation with the sum of the other items
/// (`item_rest`) and Cronbach's alpha of the others (`alpha_if_dropped`); the last two keys are
/// the item and the term.
///
/// Complete rows. An item without variance has no correlation; without it just one of two items
/// would be left, so two items have no alpha if dropped. Tested against R: `psych::alpha`,
/// `r.drop` and `alpha.drop`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn item_rest(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let names = of.columns(data)?;
    let k = names.len();
    let mut rows = Vec::new();
    for (group, table) in by_group::<CompleteRows>(data, of, by)? {
        let base = if k < 2 {
            Err(Undefined::OneItem)
        } else {
            enough(&table)
        };
        let n = table.n();
        for (place, name) in names.iter().enumerate() {
            let against = base.and_then(|()| correlation(&table, place, k));
            let without = base.and_then(|()| alpha_without(&table, place, k));
            for (term, value) in [("item_rest", against), ("alpha_if_dropped", without)] {
                let figure = value.map(|value| plain(value, n));
                rows.push(row(&group, &[name, term], figure, n));
            }
        }
    }
    Ok(tidy(by, &[dim::ITEM, dim::TERM], rows))
}

fn correlation(table: &CompleteRows, item: usize, k: usize) -> Result<f64, Undefined> {
    let others = || (0..k).filter(move |place| *place != item);
    let with_rest: i128 = others()
        .map(|place| table.scaled_covariance(item, place))
        .sum();
    let rest: i128 = pairs(others)
        .map(|(i, j)| table.scaled_covariance(i, j))
        .sum();
    let own = table.scaled_covariance(item, item);
    if own == 0 || rest == 0 {
        return Err(Undefined::ZeroVariance);
    }
    Ok(with_rest as f64 / ((own as f64).sqrt() * (rest as f64).sqrt()))
}

fn alpha_without(table: &CompleteRows, item: usize, k: usize) -> Result<f64, Undefined> {
    if k < 3 {
        return Err(Undefined::TwoItems);
    }
    let others = || (0..k).filter(move |place| *place != item);
    let total: i128 = pairs(others)
        .map(|(i, j)| table.scaled_covariance(i, j))
        .sum();
    let items: i128 = others()
        .map(|place| table.scaled_covariance(place, place))
        .sum();
    if total == 0 {
        return Err(Undefined::ZeroVariance);
    }
    let left = k as i128 - 1;
    Ok(nearest(
        &(ratio(total - items, total) * ratio(left, left - 1)),
    ))
}

fn pairs<I: Iterator<Item = usize>>(
    of: impl Fn() -> I + Copy,
) -> impl Iterator<Item = (usize, usize)> {
    of().flat_map(move |i| of().map(move |j| (i, j)))
}
