//! Cronbach's alpha with Feldt's interval, on complete rows.

use findings::{Count, Estimate, RawRow, Undefined};

use super::{Design, Estimates};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{nearest, ratio};
use crate::grouping::Grouping;
use crate::probability::f_two_sided;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::complete::CompleteRows;

/// Returns Cronbach's alpha of each group: `k/(k-1) (1 - Σ s²_i / s²_total)`.
///
/// Complete rows only; `n` is their number, in the interval too (psych and pingouin take all
/// rows there, even those they left out). An item without variance is kept: alpha falls, k does
/// not. A negative alpha is reported as it is. Interval: Feldt 1965. Tested against R:
/// `psych::alpha(check.keys = FALSE)`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn alpha(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let items = of.columns(data)?.len();
    let tables = by_group::<CompleteRows>(data, of, by)?;
    let rows = tables.into_iter().map(|(keys, rows)| RawRow {
        keys,
        figure: figure(&rows, items, design),
        answers: rows.n(),
        modal: 0,
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: Vec::new(),
    })
}

/// Returns alpha of `k` items with its interval.
pub(super) fn figure(
    rows: &CompleteRows,
    k: usize,
    design: &Design,
) -> Result<Estimate, Undefined> {
    if k >= 2 && rows.n() == 0 {
        return Err(rows.nobody());
    }
    let items: i128 = (0..k).map(|i| rows.scaled_covariance(i, i)).sum();
    let total: i128 = (0..k)
        .flat_map(|i| (0..k).map(move |j| (i, j)))
        .map(|(i, j)| rows.scaled_covariance(i, j))
        .sum();
    let value = coefficient(rows.n(), k, items, total)?;
    let above = (rows.n() - 1) as f64;
    let below = above * (k - 1) as f64;
    let f = f_two_sided(design.confidence, above, below);
    Ok(Estimate {
        value,
        se: None,
        low: f.map(|[_, upper]| 1.0 - (1.0 - value) * upper),
        high: f.map(|[lower, _]| 1.0 - (1.0 - value) * lower),
        n: Count::Exact(rows.n()),
    })
}

/// Returns alpha of `k` items from `n` complete rows: `items` is the sum of the items' variances
/// and `total` the variance of their sum, each `n (n - 1)` times itself, which cancels.
pub(crate) fn coefficient(n: u64, k: usize, items: i128, total: i128) -> Result<f64, Undefined> {
    if k < 2 {
        return Err(Undefined::OneItem);
    }
    match n {
        0 => return Err(Undefined::NoAnswers),
        1 => return Err(Undefined::OneAnswer),
        _ => {}
    }
    if total == 0 {
        return Err(Undefined::ZeroVariance);
    }
    let k = i128::try_from(k).unwrap_or(i128::MAX);
    Ok(nearest(&(ratio(total - items, total) * ratio(k, k - 1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(of: &[&[i8]]) -> CompleteRows {
        let mut rows = CompleteRows::default();
        for row in of {
            rows.count(row);
        }
        rows
    }

    #[test]
    fn two_items_have_an_alpha_and_one_has_none() {
        let two = rows(&[&[1, 2], &[2, 2], &[3, 5], &[4, 4], &[5, 5]]);
        let found = figure(&two, 2, &Design::default()).unwrap().value;
        assert!((found - 10.0 / 11.0).abs() < 1e-15);
        let one = rows(&[&[1], &[2], &[4], &[5]]);
        assert_eq!(figure(&one, 1, &Design::default()), Err(Undefined::OneItem));
    }

    #[test]
    fn an_item_without_variance_is_kept() {
        let constant = rows(&[&[3, 1, 2], &[3, 2, 2], &[3, 4, 5], &[3, 5, 4]]);
        let found = figure(&constant, 3, &Design::default()).unwrap().value;
        assert!((found - 0.682_926_829_268_292_7).abs() < 1e-15);
        let all_constant = rows(&[&[3, 3], &[3, 3], &[3, 3]]);
        assert_eq!(
            figure(&all_constant, 2, &Design::default()),
            Err(Undefined::ZeroVariance)
        );
    }

    #[test]
    fn a_negative_alpha_is_not_clipped() {
        let negative = rows(&[&[1, 5], &[2, 4], &[4, 2], &[5, 2]]);
        assert!(figure(&negative, 2, &Design::default()).unwrap().value < 0.0);
    }
}
