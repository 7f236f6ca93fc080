//! Alpha with its standard error, on pairs and standardised, lambda 6 and the mean correlation.

use findings::{Estimate, Undefined, dim};
use nalgebra::DMatrix;

use super::matrices::{
    correlations, covariances, enough, inverse, mean_correlation, standardised_alpha,
};
use super::term_rows;
use crate::estimate::alpha::figure as alpha_figure;
use crate::estimate::{Design, Estimates, plain, tidy};
use crate::grouping::Grouping;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::complete::CompleteRows;
use crate::tables::pairs::PairRows;
use crate::{AnalysisError, Dataset};

/// Returns the coefficients of reliability of each group; the last key is the term:
///
/// - `alpha`: Cronbach's with Feldt's interval and the standard error of Duhachek and Iacobucci
///   (2004, eq. 2);
/// - `alpha_pairwise`: from covariances over the people who answered both items of a pair;
/// - `alpha_standardised`: `k r̄ / (1 + (k-1) r̄)`, `r̄` being `mean_r`, the mean correlation;
/// - `lambda6`: Guttman's, from the squared multiple correlations;
/// - `spearman_brown`, where there are just two items: `2r / (1 + r)`.
///
/// All but the pairwise one stand on complete rows. An item without variance is kept in alpha;
/// what needs its correlations has the reason `zero variance`. Tested against R: `psych::alpha`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn reliability(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let k = of.columns(data)?.len();
    let pairs = by_group::<PairRows>(data, of, by)?;
    let complete = by_group::<CompleteRows>(data, of, by)?;
    let mut rows = Vec::new();
    for ((group, complete), pairs) in complete.into_iter().zip(pairs.into_values()) {
        let n = complete.n();
        let r = if k < 2 {
            Err(Undefined::OneItem)
        } else {
            enough(&complete).and_then(|()| correlations(&complete, k))
        };
        let of_r = |value: &dyn Fn(&DMatrix<f64>) -> Result<f64, Undefined>| {
            let value = r.as_ref().map_err(|reason| *reason).and_then(value);
            value.map(|value| plain(value, n))
        };
        let terms = [
            ("alpha", alpha(&complete, k, design)),
            ("alpha_standardised", of_r(&standardised_alpha)),
            ("mean_r", of_r(&|r| Ok(mean_correlation(r)))),
            ("lambda6", of_r(&lambda6)),
        ];
        rows.extend(term_rows(&group, terms, n));
        if k == 2 {
            let terms = [("spearman_brown", of_r(&standardised_alpha))];
            rows.extend(term_rows(&group, terms, n));
        }
        let on_pairs = pairwise(&pairs, &complete, k);
        rows.extend(term_rows(&group, [("alpha_pairwise", on_pairs)], pairs.n()));
    }
    Ok(tidy(by, &[dim::TERM], rows))
}

fn alpha(rows: &CompleteRows, k: usize, design: &Design) -> Result<Estimate, Undefined> {
    let figure = alpha_figure(rows, k, design)?;
    let c = covariances(rows, k);
    let (trace, total) = (c.trace(), c.sum());
    let square = &c * &c;
    let (items, n) = (k as f64, rows.n() as f64);
    let variance = 2.0 * items * items / ((items - 1.0).powi(2) * total.powi(3))
        * (total * (square.trace() + trace * trace) - 2.0 * trace * square.sum());
    Ok(Estimate {
        // Nought or more but for rounding.
        se: Some((variance / n).max(0.0).sqrt()),
        ..figure
    })
}

fn pairwise(pairs: &PairRows, complete: &CompleteRows, k: usize) -> Result<Estimate, Undefined> {
    if k < 2 {
        return Err(Undefined::OneItem);
    }
    if pairs.n() == 0 {
        return Err(complete.nobody());
    }
    let (mut items, mut total) = (0.0, 0.0);
    for i in 0..k {
        for j in 0..k {
            let covariance = pairs.covariance(i, j, k).ok_or(Undefined::OneAnswer)?;
            total += covariance;
            if i == j {
                items += covariance;
            }
        }
    }
    if total <= 0.0 {
        return Err(Undefined::ZeroVariance);
    }
    let items_count = k as f64;
    let value = items_count / (items_count - 1.0) * (1.0 - items / total);
    Ok(plain(value, pairs.n()))
}

/// `1 - Σ(1 - smc_i) / Σ r_ij`; one minus a squared multiple correlation is one over the diagonal
/// of the inverse.
fn lambda6(r: &DMatrix<f64>) -> Result<f64, Undefined> {
    let inverse = inverse(r)?;
    let unexplained: f64 = inverse.diagonal().iter().map(|inverse| 1.0 / inverse).sum();
    Ok(1.0 - unexplained / r.sum())
}
