//! Exact sums of small fractions, turned into floating point once, at the very end.
//!
//! A person's score is a whole number divided by a small whole number. Means and variances of
//! such scores are fractions of whole numbers, so they can be computed without any rounding:
//! the result is the same to the last bit in whatever order, and in however many parts, the
//! rows were counted.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// How many persons have a value, by the value's denominator: enough for mean and variance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moments {
    by_denominator: BTreeMap<i64, Sums>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    count: i128,
    sum: i128,
    squares: i128,
}

impl Moments {
    /// Adds `count` persons whose value is `numerator / denominator`; the denominator is positive.
    pub(crate) fn add(&mut self, numerator: i64, denominator: i64, count: u64) {
        let sums = self.by_denominator.entry(denominator).or_default();
        let (numerator, count) = (i128::from(numerator), i128::from(count));
        sums.count += count;
        sums.sum += numerator * count;
        sums.squares += numerator * numerator * count;
    }

    /// Adds everybody of other moments.
    pub(crate) fn add_all(&mut self, other: &Self) {
        for (denominator, other) in &other.by_denominator {
            let sums = self.by_denominator.entry(*denominator).or_default();
            sums.count += other.count;
            sums.sum += other.sum;
            sums.squares += other.squares;
        }
    }

    /// Returns the number of persons.
    pub(crate) fn count(&self) -> u64 {
        let count: i128 = self.by_denominator.values().map(|sums| sums.count).sum();
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    /// Returns the mean, unless nobody is there.
    pub(crate) fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| nearest(&(self.total() / BigInt::from(count))))
    }

    /// Returns the variance with `n - 1`, unless fewer than two persons are there.
    pub(crate) fn variance(&self) -> Option<f64> {
        let count = self.count();
        if count < 2 {
            return None;
        }
        let total = self.total();
        let about_mean = self.total_of_squares() - &total * &total / BigInt::from(count);
        Some(nearest(&(about_mean / BigInt::from(count - 1))))
    }

    /// Returns the sum of all values, unrounded.
    pub(crate) fn total(&self) -> BigRational {
        self.by_denominator
            .iter()
            .map(|(denominator, sums)| ratio(sums.sum, i128::from(*denominator)))
            .fold(BigRational::zero(), |a, b| a + b)
    }

    /// Returns the sum of all squared values, unrounded.
    pub(crate) fn total_of_squares(&self) -> BigRational {
        self.by_denominator
            .iter()
            .map(|(denominator, sums)| {
                let denominator = i128::from(*denominator);
                ratio(sums.squares, denominator * denominator)
            })
            .fold(BigRational::zero(), |a, b| a + b)
    }
}

/// Returns a fraction; the denominator is not nought.
pub(crate) fn ratio(numerator: i128, denominator: i128) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// Returns the floating-point number nearest to a fraction.
pub(crate) fn nearest(exact: &BigRational) -> f64 {
    exact
        .to_f64()
        .expect("every fraction of finite whole numbers has a nearest number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_of_thirds_is_rounded_once() {
        let mut moments = Moments::default();
        for numerator in [1, 1, 1] {
            moments.add(numerator, 3, 1);
        }
        assert_eq!(moments.mean(), Some(1.0 / 3.0));
        assert_eq!(moments.variance(), Some(0.0));
    }

    #[test]
    fn one_person_has_a_mean_and_no_variance() {
        let mut moments = Moments::default();
        moments.add(7, 2, 1);
        assert_eq!((moments.mean(), moments.variance()), (Some(3.5), None));
        assert_eq!(Moments::default().mean(), None);
    }

    #[test]
    fn sixty_items_do_not_overflow() {
        let mut moments = Moments::default();
        for valid in 30..=60 {
            moments.add(valid * 2, valid, 1_000_000);
        }
        assert_eq!((moments.mean(), moments.variance()), (Some(2.0), Some(0.0)));
    }
}
