//! Varimax: the rotation in which every factor has few large loadings.

use nalgebra::DMatrix;

/// Returns loadings rotated by varimax with Kaiser's normalisation of the rows.
///
/// Kaiser 1958: two factors at a time are turned to their best angle, until none turns. The steps
/// by singular values that R takes lead to the same place, but can swing about it without end.
pub(super) fn rotated(loadings: &DMatrix<f64>) -> DMatrix<f64> {
    let (k, factors) = loadings.shape();
    let lengths = loadings.row_iter().map(|row| row.norm().max(1e-300));
    let lengths: Vec<f64> = lengths.collect();
    let mut even = DMatrix::from_fn(k, factors, |i, j| loadings[(i, j)] / lengths[i]);
    for _ in 0..1000 {
        let mut largest = 0.0_f64;
        for one in 0..factors {
            for other in one + 1..factors {
                let angle = best_angle(&even, one, other);
                let (sin, cos) = angle.sin_cos();
                for i in 0..k {
                    let (x, y) = (even[(i, one)], even[(i, other)]);
                    even[(i, one)] = x * cos + y * sin;
                    even[(i, other)] = y * cos - x * sin;
                }
                largest = largest.max(angle.abs());
            }
        }
        if largest < 1e-13 {
            break;
        }
    }
    DMatrix::from_fn(k, factors, |i, j| even[(i, j)] * lengths[i])
}

/// Returns the angle that makes the squares of two factors vary most.
fn best_angle(even: &DMatrix<f64>, one: usize, other: usize) -> f64 {
    let (mut a, mut b, mut c, mut d) = (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
    for row in even.row_iter() {
        let (x, y) = (row[one], row[other]);
        let (u, v) = (x * x - y * y, 2.0 * x * y);
        a += u;
        b += v;
        c += u * u - v * v;
        d += 2.0 * u * v;
    }
    let k = even.nrows() as f64;
    (d - 2.0 * a * b / k).atan2(c - (a * a - b * b) / k) / 4.0
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
