//! The polychoric correlation of two items: as if answers were steps of something normal.

use findings::Undefined;
use nalgebra::{DMatrix, DVector};
use owens_t::biv_norm;
use statrs::distribution::{ContinuousCDF, Normal};

use super::newton::{self, Derivatives};

/// Correlations beyond this are taken for one of ±1, which no finite sample can tell from it.
const BOUND: f64 = 0.999;

/// A likelihood of nought would have no logarithm.
const LEAST_PROBABILITY: f64 = 1e-300;

/// Returns the correlation of the normal pair behind a two-way table, in two steps (Olsson 1979):
/// thresholds from the margins, then the correlation by maximum likelihood.
///
/// No cell is corrected for being empty. A value that nobody chose has no threshold. An item with
/// one value has no variance; a correlation at ±1 is a reason. The bivariate normal distribution
/// is that of `owens-t` (Owen 1956; Patefield and Tandy 2000).
pub(crate) fn correlation(table: &[&[i64]]) -> Result<f64, Undefined> {
    let (rows, columns) = (
        used(table.iter().map(|row| row.iter().sum())),
        used(sums(table)),
    );
    if rows.len() < 2 || columns.len() < 2 {
        return Err(Undefined::ZeroVariance);
    }
    let first = thresholds(table.iter().map(|row| row.iter().sum()));
    let second = thresholds(sums(table));
    let counts = DMatrix::from_fn(rows.len(), columns.len(), |i, j| {
        table[rows[i]][columns[j]] as f64
    });
    // Over z with ρ = tanh z, which has no ends.
    let found = newton::minimum(DVector::from_element(1, 0.0), |z| {
        Some(derivatives(&counts, &first, &second, z[0]))
    });
    let (Ok(z) | Err(z)) = &found;
    let rho = z[0].tanh();
    match found {
        _ if rho.abs() > BOUND => Err(Undefined::AtBound),
        Ok(_) => Ok(rho),
        Err(_) => Err(Undefined::NoOptimum),
    }
}

fn sums(table: &[&[i64]]) -> impl Iterator<Item = i64> + Clone {
    let columns = table.first().map_or(0, |row| row.len());
    (0..columns).map(|column| table.iter().map(|row| row[column]).sum())
}

/// Returns the places of values that somebody chose.
fn used(margin: impl Iterator<Item = i64>) -> Vec<usize> {
    let chosen = margin.enumerate().filter(|(_, people)| *people > 0);
    chosen.map(|(place, _)| place).collect()
}

/// Returns the normal quantiles between the values that somebody chose.
fn thresholds(margin: impl Iterator<Item = i64> + Clone) -> Vec<f64> {
    let n: i64 = margin.clone().sum();
    let mut below = 0;
    let mut thresholds = Vec::new();
    for people in margin.filter(|people| *people > 0) {
        if below > 0 {
            thresholds.push(Normal::standard().inverse_cdf(below as f64 / n as f64));
        }
        below += people;
    }
    thresholds
}

/// Minus the logarithm of the likelihood and its slope; the curvature is the expected one
/// (Fisher's), which is never negative.
fn derivatives(counts: &DMatrix<f64>, first: &[f64], second: &[f64], z: f64) -> Derivatives {
    let rho = z.tanh();
    let n = counts.sum();
    let above = corners(first, second, |a, b| upper(a, b, rho));
    // The slope of the probability of a quadrant is the density in its corner (Plackett 1954).
    let slopes = corners(first, second, |a, b| density(a, b, rho));
    let by_z = 1.0 - rho * rho;
    let (mut value, mut slope, mut information) = (0.0, 0.0, 0.0);
    for i in 0..counts.nrows() {
        for j in 0..counts.ncols() {
            let p = cell(&above, i, j).max(LEAST_PROBABILITY);
            let dp = cell(&slopes, i, j) * by_z;
            value -= counts[(i, j)] * p.ln();
            slope -= counts[(i, j)] * dp / p;
            if p > 1e-12 {
                information += n * dp * dp / p;
            }
        }
    }
    Derivatives {
        value,
        gradient: DVector::from_element(1, slope),
        second: DMatrix::from_element(1, 1, information),
    }
}

/// Returns a function at every pair of thresholds, the outer ones at ±∞.
fn corners(first: &[f64], second: &[f64], at: impl Fn(f64, f64) -> f64) -> DMatrix<f64> {
    let ends = |inner: &[f64]| {
        let mut all = vec![f64::NEG_INFINITY];
        all.extend(inner);
        all.push(f64::INFINITY);
        all
    };
    let (first, second) = (ends(first), ends(second));
    DMatrix::from_fn(first.len(), second.len(), |i, j| at(first[i], second[j]))
}

/// Returns what is between four corners.
fn cell(corners: &DMatrix<f64>, i: usize, j: usize) -> f64 {
    corners[(i, j)] - corners[(i + 1, j)] - corners[(i, j + 1)] + corners[(i + 1, j + 1)]
}

/// Returns the probability that both are above their thresholds.
fn upper(a: f64, b: f64, rho: f64) -> f64 {
    if a == f64::INFINITY || b == f64::INFINITY {
        0.0
    } else if a == f64::NEG_INFINITY {
        normal_above(b)
    } else if b == f64::NEG_INFINITY {
        normal_above(a)
    } else {
        biv_norm(a, b, rho)
    }
}

/// Returns the probability that a normal variable exceeds `a`, to the last digits: it is taken
/// from others that are hardly greater, where `statrs` loses three digits.
fn normal_above(a: f64) -> f64 {
    0.5 * libm::erfc(a * std::f64::consts::FRAC_1_SQRT_2)
}

fn density(a: f64, b: f64, rho: f64) -> f64 {
    if a.is_infinite() || b.is_infinite() {
        return 0.0;
    }
    let rest = (1.0 - rho * rho).max(f64::MIN_POSITIVE);
    let square = (a * a - 2.0 * rho * a * b + b * b) / rest;
    (-square / 2.0).exp() / (std::f64::consts::TAU * rest.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quadrants_have_their_known_probability() {
        // Both above nought: a quarter and arcsin ρ over a full turn (Sheppard 1899).
        for rho in [-0.9, -0.3, 0.0, 0.5, 0.95] {
            let expected = 0.25 + f64::asin(rho) / std::f64::consts::TAU;
            assert!((upper(0.0, 0.0, rho) - expected).abs() < 1e-14, "{rho}");
        }
        // Without correlation the two multiply.
        let apart = normal_above(0.7) * normal_above(-1.3);
        assert!((upper(0.7, -1.3, 0.0) - apart).abs() < 1e-14);
    }

    #[test]
    fn a_two_by_two_table_with_even_margins_has_a_closed_form() {
        // P(both above) = 40/100, so ρ = sin(2π (0.4 - 0.25)).
        let found = correlation(&[&[40, 10], &[10, 40]]).unwrap();
        let expected = (std::f64::consts::TAU * 0.15).sin();
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
        let mirrored = correlation(&[&[10, 40], &[40, 10]]).unwrap();
        assert!((mirrored + expected).abs() < 1e-9);
    }

    #[test]
    fn a_value_nobody_chose_changes_nothing() {
        let found = correlation(&[&[40, 0, 10], &[0, 0, 0], &[10, 0, 40]]).unwrap();
        assert!((found - correlation(&[&[40, 10], &[10, 40]]).unwrap()).abs() < 1e-12);
    }

    #[test]
    fn no_spread_and_full_agreement_are_reasons() {
        assert_eq!(
            correlation(&[&[5, 4], &[0, 0]]),
            Err(Undefined::ZeroVariance)
        );
        assert_eq!(correlation(&[]), Err(Undefined::ZeroVariance));
        let agreed: [&[i64]; 3] = [&[7, 0, 0], &[0, 9, 0], &[0, 0, 8]];
        assert_eq!(correlation(&agreed), Err(Undefined::AtBound));
        let opposed: [&[i64]; 2] = [&[0, 7], &[9, 0]];
        assert_eq!(correlation(&opposed), Err(Undefined::AtBound));
    }
}
