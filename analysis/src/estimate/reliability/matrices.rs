//! Covariances and correlations of items, from the table of complete rows.

use findings::Undefined;
use nalgebra::DMatrix;

use crate::exact::{nearest, ratio};
use crate::tables::complete::CompleteRows;

/// Returns why complete rows are too few for a covariance, or nothing.
pub(crate) fn enough(rows: &CompleteRows) -> Result<(), Undefined> {
    match rows.n() {
        0 => Err(rows.nobody()),
        1 => Err(Undefined::OneAnswer),
        _ => Ok(()),
    }
}

/// Returns the covariances with `n - 1`; each is a fraction rounded once.
pub(crate) fn covariances(rows: &CompleteRows, k: usize) -> DMatrix<f64> {
    let n = i128::from(rows.n());
    let below = (n * (n - 1)).max(1);
    DMatrix::from_fn(k, k, |i, j| {
        nearest(&ratio(rows.scaled_covariance(i, j), below))
    })
}

/// Returns the correlations, unless an item has no variance.
pub(crate) fn correlations(rows: &CompleteRows, k: usize) -> Result<DMatrix<f64>, Undefined> {
    let variances = (0..k).map(|i| rows.scaled_covariance(i, i));
    if variances.clone().any(|variance| variance == 0) {
        return Err(Undefined::ZeroVariance);
    }
    let roots: Vec<f64> = variances.map(|variance| (variance as f64).sqrt()).collect();
    Ok(DMatrix::from_fn(k, k, |i, j| {
        if i == j {
            1.0
        } else {
            rows.scaled_covariance(i, j) as f64 / (roots[i] * roots[j])
        }
    }))
}

/// Returns the mean of the correlations of different items.
pub(crate) fn mean_correlation(r: &DMatrix<f64>) -> f64 {
    let k = r.nrows() as f64;
    (r.sum() - k) / (k * (k - 1.0))
}

/// Returns alpha of standardised items, `k r̄ / (1 + (k-1) r̄)`.
pub(crate) fn standardised_alpha(r: &DMatrix<f64>) -> Result<f64, Undefined> {
    let (k, mean) = (r.nrows() as f64, mean_correlation(r));
    let below = 1.0 + (k - 1.0) * mean;
    // The sum of all correlations is k times this: nothing is left of the total's variance.
    if below <= 1e-12 {
        return Err(Undefined::ZeroVariance);
    }
    Ok(k * mean / below)
}

/// Inverts a correlation matrix, unless an item follows from the others.
pub(crate) fn inverse(r: &DMatrix<f64>) -> Result<DMatrix<f64>, Undefined> {
    let decomposed = r.clone().cholesky().ok_or(Undefined::Singular)?;
    // The squared diagonal is what is left of an item's variance once those before it are known;
    // below this nothing but rounding is left.
    let left = decomposed.l_dirty().diagonal();
    if left.iter().any(|left| left * left < 1e-10) {
        return Err(Undefined::Singular);
    }
    Ok(decomposed.inverse())
}
