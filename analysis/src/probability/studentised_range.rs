//! The studentised range: how far apart the largest and the smallest of `k` means are by chance.
//!
//! No maintained crate has it, so it is integrated here: the range of `k` normal variables as in
//! Copenhaver and Holland 1988 (Journal of Statistical Computation and Simulation 30, 1-15, the
//! paper behind R's `ptukey`), averaged over the estimated standard deviation. Both integrals are
//! trapezoidal sums over the whole line, and the upper tail is summed itself, not taken from one.

use std::f64::consts::PI;

use super::pooled_spread::mean_over_spread;
use super::tails::normal_below;

/// Step and ends of the inner integral; the integrand is as smooth as the normal density.
const STEP: f64 = 0.2;
const END: f64 = 8.0;

/// The distribution of the range of `groups` means over their standard error with `degrees`
/// degrees of freedom.
#[derive(Clone, Debug)]
pub(crate) struct StudentisedRange {
    groups: u32,
    degrees: f64,
    /// Places of the inner integral with the normal density and distribution there.
    places: Vec<[f64; 3]>,
}

impl StudentisedRange {
    /// Returns the distribution for at least two groups and one degree of freedom.
    pub(crate) fn new(groups: usize, degrees: f64) -> Option<Self> {
        let groups = u32::try_from(groups).ok()?;
        let fits = groups >= 2 && degrees >= 1.0 && degrees.is_finite();
        let steps = (2.0 * END / STEP).ceil() as u32;
        let place = |step: u32| {
            let z = f64::from(step) * STEP - END;
            [z, (-z * z / 2.0).exp() / (2.0 * PI).sqrt(), normal_below(z)]
        };
        fits.then(|| StudentisedRange {
            groups,
            degrees,
            places: (0..=steps).map(place).collect(),
        })
    }

    /// Returns the probability of a range above `q`.
    pub(crate) fn above(&self, q: f64) -> f64 {
        if q <= 0.0 {
            return 1.0;
        }
        // The tail of the range falls as exp(-q² s² / 4): here is the top of the product.
        let start = 0.5 * (self.degrees / (self.degrees + q * q / 2.0)).ln();
        mean_over_spread(self.degrees, 0.0, start, |s| self.range_above(q * s))
    }

    /// Returns the range that is exceeded with probability `tail`.
    ///
    /// The logarithm of the tail is nearly a straight line, so secants find it in a few steps.
    pub(crate) fn exceeded_with(&self, tail: f64) -> Option<f64> {
        let excess = |q: f64| self.above(q).ln() - tail.ln();
        let (mut low, mut high) = (0.0, 5.0);
        while excess(high) > 0.0 {
            low = high;
            high *= 1.5;
            if high > 1e9 {
                return None;
            }
        }
        super::root_between(low, high, excess)
    }

    /// Returns the probability that the range of normal variables is above `x`:
    /// `k ∫ φ(z) (Φ(z)^(k-1) - (Φ(z) - Φ(z - x))^(k-1)) dz`, the difference of powers written as
    /// a product so that no digits cancel.
    fn range_above(&self, x: f64) -> f64 {
        let powers = self.groups - 1;
        let mut sum = 0.0;
        // So far below the whole range there is nothing left to add.
        for [z, density, all] in self.places.iter().filter(|[z, ..]| z - x > -END) {
            let outside = normal_below(z - x);
            let inside = all - outside;
            let mut geometric = 1.0;
            let mut power = 1.0;
            for _ in 1..powers {
                power *= all;
                geometric = geometric * inside + power;
            }
            sum += density * outside * geometric;
        }
        (f64::from(self.groups) * sum * STEP).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(groups: usize, degrees: f64) -> StudentisedRange {
        StudentisedRange::new(groups, degrees).unwrap()
    }

    #[test]
    fn two_groups_are_students_t() {
        for (q, degrees) in [
            (0.3, 1.0),
            (2.0, 4.0),
            (3.6, 17.3),
            (5.0, 250.0),
            (9.0, 40.0),
        ] {
            let by_t = super::super::tails::t_tails(q / 2.0_f64.sqrt(), degrees).unwrap();
            let found = range(2, degrees).above(q);
            assert!(
                (found / by_t - 1.0).abs() < 1e-8,
                "{q}, {degrees}: {found}, {by_t}"
            );
        }
    }

    /// Upper five and one percent points to two decimals: Harter 1960, Annals of Mathematical
    /// Statistics 31, 1122-1147.
    #[test]
    fn percentage_points_are_those_of_the_tables() {
        for (groups, degrees, five, one) in [
            (3, 10.0, 3.88, 5.27),
            (5, 20.0, 4.23, 5.29),
            (10, 5.0, 6.99, 10.24),
            (7, 120.0, 4.24, 5.01),
            (3, 1.0, 26.98, 135.04),
        ] {
            let near =
                |found: f64, table: f64| (found - table).abs() < 0.0051 * (table / 20.0).max(1.0);
            let range = range(groups, degrees);
            let (found, far) = (range.exceeded_with(0.05), range.exceeded_with(0.01));
            assert!(near(found.unwrap(), five), "{groups}, {degrees}: {found:?}");
            assert!(near(far.unwrap(), one), "{groups}, {degrees}: {far:?}");
            assert!((range.above(found.unwrap()) - 0.05).abs() < 1e-11);
        }
    }

    #[test]
    fn one_group_or_no_degrees_have_no_range() {
        assert!(StudentisedRange::new(1, 10.0).is_none());
        assert!(StudentisedRange::new(3, 0.5).is_none());
        assert!(range(3, 5.0).above(0.0) >= 1.0 && range(3, 5.0).above(1e6) < 1e-12);
    }
}
