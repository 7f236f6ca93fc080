//! The common-factor model of a correlation matrix: by maximum likelihood and by least squares.
//!
//! Maximum likelihood does not care for units: what is found on correlations holds on covariances
//! once loadings and uniquenesses are multiplied by the items' deviations and variances.

use findings::Undefined;
use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::matrices::inverse;
use super::newton::{self, Derivatives};

/// A fitted model: `R ≈ ΛΛᵀ + Ψ`.
pub(crate) struct FactorModel {
    /// Items by factors, unrotated: `ΛᵀΨ⁻¹Λ` is diagonal, the largest first.
    pub(crate) loadings: DMatrix<f64>,
    pub(crate) uniquenesses: DVector<f64>,
    /// `ln|Σ| - ln|R| + tr(RΣ⁻¹) - k` at the minimum.
    pub(crate) criterion: f64,
    /// The items whose uniqueness lies at its bound (Heywood).
    pub(crate) at_bound: Vec<usize>,
}

impl FactorModel {
    /// Returns the model, unless a uniqueness lies at its bound.
    pub(crate) fn inside(self) -> Result<Self, Undefined> {
        if self.at_bound.is_empty() {
            Ok(self)
        } else {
            Err(Undefined::Heywood)
        }
    }
}

/// A uniqueness below this share of the variance stands for one of nought or less (Heywood); R's
/// `factanal` has the same bound.
const LOWEST_UNIQUENESS: f64 = 0.005;

/// Of so many items all starts are tried.
const FEW_ITEMS: usize = 12;

/// A criterion that is lower by less is no better minimum.
const NO_BETTER: f64 = 1e-9;

/// Fits `factors` factors by maximum likelihood (Lawley and Maxwell 1971, ch. 4; Jöreskog 1967),
/// with uniquenesses of 0.005 or more.
///
/// The loadings are known once the uniquenesses are, so the criterion is a function of these
/// alone. It is minimised over their logarithms by Newton's method with exact second derivatives
/// (Clarke 1970), from the start of R's `factanal`. Where that leads to the bound, or the items are
/// few, there are often several minima: then the best is taken of those that are found with each
/// item in turn at its bound to begin with.
pub(crate) fn maximum_likelihood(
    r: &DMatrix<f64>,
    factors: usize,
) -> Result<FactorModel, Undefined> {
    let k = r.nrows();
    let inverse = inverse(r)?;
    let share = 1.0 - 0.5 * factors as f64 / k as f64;
    let start = DVector::from_fn(k, |i, _| (share / inverse[(i, i)]).ln());
    let first = fitted(r, factors, start.clone());
    let is_inside = first
        .as_ref()
        .is_some_and(|model| model.at_bound.is_empty());
    if is_inside && k > FEW_ITEMS {
        return first.ok_or(Undefined::NoOptimum);
    }
    let others = (0..k).filter_map(|item| {
        let mut start = start.clone();
        start[item] = LOWEST_UNIQUENESS.ln();
        fitted(r, factors, start)
    });
    let best = others.fold(first, |best, other| match best {
        Some(best) if best.criterion <= other.criterion + NO_BETTER => Some(best),
        _ => Some(other),
    });
    best.ok_or(Undefined::NoOptimum)
}

/// Returns the minimum that a start leads to.
fn fitted(r: &DMatrix<f64>, factors: usize, start: DVector<f64>) -> Option<FactorModel> {
    let lowest = LOWEST_UNIQUENESS.ln();
    let logs = newton::minimum_above(lowest, start, |logs| {
        let inside = logs.iter().all(|log| *log < 1.0);
        inside.then(|| derivatives(r, factors, logs))
    });
    let logs = logs.ok()?;
    let at_bound = logs.iter().enumerate().filter(|(_, log)| **log <= lowest);
    let at_bound: Vec<usize> = at_bound.map(|(item, _)| item).collect();
    let uniquenesses = logs.map(f64::exp);
    let (values, vectors) = descending(scaled(r, &logs));
    let loadings = DMatrix::from_fn(r.nrows(), factors, |i, j| {
        let excess = (values[j] - 1.0).max(0.0);
        uniquenesses[i].sqrt() * vectors[(i, j)] * excess.sqrt()
    });
    Some(FactorModel {
        loadings,
        uniquenesses,
        criterion: criterion(&values, factors),
        at_bound,
    })
}

/// Fits one factor by least squares on the correlations of different items, `Σ (r_ij - l_i l_j)²`:
/// minres (Harman and Jones 1966), each loading in turn at its own minimum until none moves.
///
/// A loading above one is a uniqueness below nought (Heywood).
pub(crate) fn least_squares(r: &DMatrix<f64>) -> Result<DVector<f64>, Undefined> {
    let (values, vectors) = descending(r.clone());
    let mut loadings = vectors.column(0) * values[0].max(0.0).sqrt();
    for _ in 0..100_000 {
        let mut moved = 0.0_f64;
        for i in 0..loadings.len() {
            let (mut above, mut below) = (0.0, 0.0);
            for (j, other) in loadings.iter().enumerate().filter(|(j, _)| *j != i) {
                above += r[(i, j)] * other;
                below += other * other;
            }
            if below < 1e-12 {
                return Err(Undefined::NoOptimum);
            }
            moved = moved.max((above / below - loadings[i]).abs());
            loadings[i] = above / below;
        }
        if moved < 1e-13 {
            let heywood = loadings.iter().any(|loading| loading.abs() > 1.0);
            return if heywood {
                Err(Undefined::Heywood)
            } else {
                Ok(upright(loadings))
            };
        }
    }
    Err(Undefined::NoOptimum)
}

/// Turns loadings so that their sum is not negative.
pub(crate) fn upright(loadings: DVector<f64>) -> DVector<f64> {
    if loadings.sum() < 0.0 {
        -loadings
    } else {
        loadings
    }
}

/// `Ψ^-½ R Ψ^-½`, from the logarithms of the uniquenesses.
fn scaled(r: &DMatrix<f64>, logs: &DVector<f64>) -> DMatrix<f64> {
    DMatrix::from_fn(r.nrows(), r.ncols(), |i, j| {
        r[(i, j)] * (-(logs[i] + logs[j]) / 2.0).exp()
    })
}

/// Returns eigenvalues from high to low with their vectors.
pub(crate) fn descending(matrix: DMatrix<f64>) -> (DVector<f64>, DMatrix<f64>) {
    let SymmetricEigen {
        eigenvalues,
        eigenvectors,
    } = matrix.symmetric_eigen();
    let mut order: Vec<usize> = (0..eigenvalues.len()).collect();
    order.sort_by(|a, b| eigenvalues[*b].total_cmp(&eigenvalues[*a]));
    let values = DVector::from_iterator(order.len(), order.iter().map(|place| eigenvalues[*place]));
    let vectors = DMatrix::from_fn(order.len(), order.len(), |i, j| eigenvectors[(i, order[j])]);
    (values, vectors)
}

/// `Σ (γ - ln γ - 1)` over the eigenvalues that the factors leave.
fn criterion(values: &DVector<f64>, factors: usize) -> f64 {
    let left = values.iter().skip(factors);
    left.map(|value| value - value.max(f64::MIN_POSITIVE).ln() - 1.0)
        .sum()
}

fn derivatives(r: &DMatrix<f64>, factors: usize, logs: &DVector<f64>) -> Derivatives {
    let (values, vectors) = descending(scaled(r, logs));
    let k = values.len();
    let left = vectors.columns(factors, k - factors);
    let weighted = left * DMatrix::from_diagonal(&values.rows(factors, k - factors).into_owned());
    let (plain, weighted) = (left * left.transpose(), weighted * left.transpose());
    let mut second = plain.component_mul(&weighted);
    for j in factors..k {
        for l in 0..factors {
            let apart = values[l] - values[j];
            if apart > 0.0 {
                let factor = (1.0 - values[j]) * (values[j] + values[l]) / apart;
                let both = vectors.column(j).component_mul(&vectors.column(l));
                second.ger(factor, &both, &both, 1.0);
            }
        }
    }
    Derivatives {
        value: criterion(&values, factors),
        gradient: plain.diagonal() - weighted.diagonal(),
        second,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_factor(loadings: &[f64]) -> DMatrix<f64> {
        DMatrix::from_fn(loadings.len(), loadings.len(), |i, j| {
            if i == j {
                1.0
            } else {
                loadings[i] * loadings[j]
            }
        })
    }

    #[test]
    fn a_perfect_factor_is_found_by_both_methods() {
        let loadings = [0.9, 0.7, 0.5, 0.3];
        let r = one_factor(&loadings);
        let model = maximum_likelihood(&r, 1).unwrap();
        let found = upright(model.loadings.column(0).into_owned());
        let by_squares = least_squares(&r).unwrap();
        for (place, expected) in loadings.iter().enumerate() {
            assert!((found[place] - expected).abs() < 1e-9, "{found}");
            assert!((by_squares[place] - expected).abs() < 1e-9, "{by_squares}");
        }
        assert!(model.criterion.abs() < 1e-12, "{}", model.criterion);
    }

    #[test]
    fn a_loading_above_one_is_named_after_heywood() {
        // The square of the first loading would have to be 0.9 · 0.9 / 0.65.
        let r = DMatrix::from_row_slice(3, 3, &[1.0, 0.9, 0.9, 0.9, 1.0, 0.65, 0.9, 0.65, 1.0]);
        let bounded = maximum_likelihood(&r, 1).unwrap();
        assert_eq!(bounded.at_bound, [0]);
        assert!((bounded.uniquenesses[0] - LOWEST_UNIQUENESS).abs() < 1e-15);
        assert_eq!(bounded.inside().err(), Some(Undefined::Heywood));
        assert_eq!(least_squares(&r).err(), Some(Undefined::Heywood));
    }

    #[test]
    fn an_item_that_follows_from_the_others_leaves_a_singular_matrix() {
        let r = DMatrix::from_row_slice(3, 3, &[1.0, 1.0, 0.5, 1.0, 1.0, 0.5, 0.5, 0.5, 1.0]);
        assert_eq!(maximum_likelihood(&r, 1).err(), Some(Undefined::Singular));
    }

    #[test]
    fn second_derivatives_are_the_slopes_of_the_first() {
        let mut r = one_factor(&[0.8, 0.7, 0.6, 0.5, 0.4]);
        r[(0, 1)] += 0.1;
        r[(1, 0)] += 0.1;
        let logs = DVector::from_vec(vec![-1.0, -0.7, -0.5, -0.4, -0.2]);
        let here = derivatives(&r, 2, &logs);
        for i in 0..5 {
            let step = 1e-6;
            let mut beside = logs.clone();
            beside[i] += step;
            let there = derivatives(&r, 2, &beside);
            let slope = (there.value - here.value) / step;
            assert!((slope - here.gradient[i]).abs() < 1e-5);
            for j in 0..5 {
                let slope = (there.gradient[j] - here.gradient[j]) / step;
                assert!((slope - here.second[(i, j)]).abs() < 1e-5);
            }
        }
    }
}
