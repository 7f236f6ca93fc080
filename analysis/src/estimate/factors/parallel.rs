//! Eigenvalues of random answers: how large the k-th one gets when nothing hangs together.

use nalgebra::DMatrix;
use rand::SeedableRng;
use rand::distr::Distribution;
use rand_chacha::ChaCha8Rng;
use statrs::distribution::{ChiSquared, Normal};

use crate::estimate::reliability::factor_model::descending;

/// So many sets of random answers; the 95th of them in order is what is returned.
const SETS: usize = 100;

/// The same random answers for everybody who makes the analysis again.
const SEED: u64 = 1965;

/// Returns, for each place, what 95 of 100 sets of `k` unrelated normal items stay below.
///
/// Cross-products of normal answers are drawn at once by Bartlett's decomposition (Bartlett 1933)
/// instead of person by person, so that the number of people costs nothing.
pub(super) fn eigenvalues(n: u64, k: usize) -> Vec<f64> {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut sets: Vec<Vec<f64>> = vec![Vec::with_capacity(SETS); k];
    for _ in 0..SETS {
        let factor = cross_product_factor(n, k, &mut random);
        let products = &factor * factor.transpose();
        let r = DMatrix::from_fn(k, k, |i, j| {
            products[(i, j)] / (products[(i, i)] * products[(j, j)]).sqrt()
        });
        for (set, value) in sets.iter_mut().zip(descending(r).0.iter()) {
            set.push(*value);
        }
    }
    let upper = |mut set: Vec<f64>| {
        set.sort_by(f64::total_cmp);
        set[SETS * 95 / 100 - 1]
    };
    sets.into_iter().map(upper).collect()
}

/// A lower triangle whose square is distributed as the cross-products about the means.
fn cross_product_factor(n: u64, k: usize, random: &mut ChaCha8Rng) -> DMatrix<f64> {
    let normal = Normal::standard();
    let mut factor = DMatrix::zeros(k, k);
    for i in 0..k {
        for j in 0..i {
            factor[(i, j)] = normal.sample(random);
        }
        let degrees = (n as f64 - 1.0 - i as f64).max(1.0);
        let diagonal = ChiSquared::new(degrees).map(|chi| chi.sample(random));
        factor[(i, i)] = diagonal.unwrap_or(degrees).sqrt();
    }
    factor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_eigenvalues_fall_and_come_together_with_more_people() {
        let few = eigenvalues(50, 6);
        let many = eigenvalues(50_000, 6);
        assert!(few.windows(2).all(|pair| pair[0] > pair[1]));
        assert!(few[0] > 1.5 && few[0] < 2.3, "{few:?}");
        assert!(many[0] > 1.0 && many[0] < 1.05, "{many:?}");
        assert_eq!(few, eigenvalues(50, 6));
    }
}
