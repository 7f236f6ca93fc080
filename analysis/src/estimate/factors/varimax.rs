//! Varimax: the rotation in which every factor has few large loadings.

use nalgebra::DMatrix;

/// Returns loadings rotated by varimax with Kaiser's normalisation of the rows.
///
/// Kaiser 1958, by singular values as R's `varimax` does it: the rotation nearest to the slope of
/// the criterion, until the criterion's slope grows no more.
pub(super) fn rotated(loadings: &DMatrix<f64>) -> DMatrix<f64> {
    let (k, factors) = loadings.shape();
    if factors < 2 {
        return loadings.clone();
    }
    let lengths: Vec<f64> = loadings
        .row_iter()
        .map(|row| row.norm().max(1e-300))
        .collect();
    let even = DMatrix::from_fn(k, factors, |i, j| loadings[(i, j)] / lengths[i]);
    let mut rotation = DMatrix::identity(factors, factors);
    let mut before = 0.0;
    for _ in 0..10_000 {
        let turned = &even * &rotation;
        let means: Vec<f64> = turned
            .column_iter()
            .map(|column| column.norm_squared() / k as f64)
            .collect();
        let slope = DMatrix::from_fn(k, factors, |i, j| {
            turned[(i, j)].powi(3) - turned[(i, j)] * means[j]
        });
        let decomposed = (even.transpose() * slope).svd(true, true);
        let (Some(left), Some(right)) = (decomposed.u, decomposed.v_t) else {
            break;
        };
        rotation = left * right;
        let now: f64 = decomposed.singular_values.sum();
        if now < before * (1.0 + 1e-15) {
            break;
        }
        before = now;
    }
    loadings * rotation
}

/// Returns factors from the largest sum of squares, each with a sum that is not negative.
pub(super) fn in_order(loadings: DMatrix<f64>) -> DMatrix<f64> {
    let mut columns: Vec<_> = loadings
        .column_iter()
        .map(|column| column.into_owned())
        .collect();
    columns.sort_by(|a, b| b.norm_squared().total_cmp(&a.norm_squared()));
    for column in &mut columns {
        if column.sum() < 0.0 {
            column.neg_mut();
        }
    }
    DMatrix::from_columns(&columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixed_clusters_come_apart() {
        // Two clusters of items, turned by thirty degrees.
        let simple = DMatrix::from_row_slice(4, 2, &[0.8, 0.0, 0.7, 0.0, 0.0, 0.6, 0.0, 0.5]);
        let angle = 30.0_f64.to_radians();
        let turn =
            DMatrix::from_row_slice(2, 2, &[angle.cos(), -angle.sin(), angle.sin(), angle.cos()]);
        let found = in_order(rotated(&(&simple * turn)));
        assert!((found - simple).amax() < 1e-9);
    }
}
