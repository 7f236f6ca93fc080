//! Quantiles of the normal, t and F distributions, to about twelve digits.
//!
//! `statrs` has accurate distribution functions, but its inverse of F leaves the range of F
//! from a hundred degrees of freedom on, and its inverse of t loses digits. So the quantile is
//! found as the root of the distribution function: Newton's steps, kept inside a bracket.

mod noncentral;
mod pooled_spread;
mod studentised_range;
mod tails;

pub(crate) use noncentral::noncentral_t_interval;
pub(crate) use studentised_range::StudentisedRange;
pub(crate) use tails::{chi_squared_above, f_above, normal_below, normal_tails, t_tails};

use statrs::distribution::{Continuous, ContinuousCDF, FisherSnedecor, Normal, StudentsT};

/// Returns the standard normal quantile that leaves `(1 - confidence) / 2` on either side.
pub(crate) fn normal_two_sided(confidence: f64) -> f64 {
    Normal::standard().inverse_cdf(upper(confidence))
}

/// Returns the quantile of Student's t that leaves `(1 - confidence) / 2` on either side.
pub(crate) fn t_two_sided(confidence: f64, degrees: f64) -> Option<f64> {
    let t = StudentsT::new(0.0, 1.0, degrees).ok()?;
    root(upper(confidence), |x| t.cdf(x), |x| t.pdf(x))
}

/// Returns the lower and the upper quantile of F that leave `(1 - confidence) / 2` outside.
pub(crate) fn f_two_sided(confidence: f64, above: f64, below: f64) -> Option<[f64; 2]> {
    let f = FisherSnedecor::new(above, below).ok()?;
    let at = |p| root(p, |x| f.cdf(x), |x| f.pdf(x));
    Some([at(1.0 - upper(confidence))?, at(upper(confidence))?])
}

fn upper(confidence: f64) -> f64 {
    1.0 - (1.0 - confidence) / 2.0
}

/// Finds the positive `x` where a distribution function reaches `p`.
fn root(p: f64, cdf: impl Fn(f64) -> f64, density: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut low, mut high) = (0.0_f64, f64::INFINITY);
    let mut x = 1.0_f64;
    for _ in 0..400 {
        let excess = cdf(x) - p;
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - excess / density(x);
        let next = if newton > low && newton < high {
            newton
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            2.0 * x
        };
        if (next - x).abs() <= f64::EPSILON * x {
            return Some(next);
        }
        x = next;
    }
    x.is_finite().then_some(x)
}

/// Finds where a falling function crosses nought between two ends: secants kept inside a bracket
/// whose idle end is pulled in (the Illinois rule).
fn root_between(low: f64, high: f64, of: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut a, mut b) = (low, high);
    let (mut at_a, mut at_b) = (of(a), of(b));
    for _ in 0..200 {
        if !(at_a >= 0.0 && at_b <= 0.0) {
            return None;
        }
        let secant = (a * at_b - b * at_a) / (at_b - at_a);
        let x = if secant > a && secant < b {
            secant
        } else {
            f64::midpoint(a, b)
        };
        let at_x = of(x);
        let done = (b - a) <= 1e-13 * (a.abs() + b.abs()) || at_x == 0.0;
        if done || x <= a || x >= b {
            return Some(x);
        }
        if at_x > 0.0 {
            (a, at_a) = (x, at_x);
            at_b /= 2.0;
        } else {
            (b, at_b) = (x, at_x);
            at_a /= 2.0;
        }
        if at_x.abs() < 1e-15 {
            return Some(x);
        }
    }
    Some(f64::midpoint(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values were computed with 40 digits by the incomplete beta function.
    fn close(found: f64, expected: f64) {
        let error = (found / expected - 1.0).abs();
        assert!(error < 1e-12, "{found} is {error:e} away from {expected}");
    }

    #[test]
    fn normal_quantiles_have_twelve_digits() {
        close(normal_two_sided(0.95), 1.959_963_984_540_053_9);
        close(normal_two_sided(0.99), 2.575_829_303_548_900_5);
    }

    #[test]
    fn t_quantiles_have_twelve_digits() {
        for (degrees, expected) in [
            (1.0, 12.706_204_736_174_693),
            (2.0, 4.302_652_729_749_464),
            (10.0, 2.228_138_851_986_274_2),
            (99.0, 1.984_216_951_586_417_1),
            (500.0, 1.964_719_837_467_367_4),
            (2123.0, 1.961_082_025_653_316_5),
            (5715.0, 1.960_379_166_549_517_3),
        ] {
            close(t_two_sided(0.95, degrees).unwrap(), expected);
        }
        close(t_two_sided(0.99, 30.0).unwrap(), 2.749_995_653_567_225);
    }

    #[test]
    fn f_quantiles_have_twelve_digits() {
        for (above, below, low, high) in [
            (4.0, 4.0, 0.104_117_537_453_927_63, 9.604_529_884_722_86),
            (4.0, 8.0, 0.111_363_778_014_428_58, 5.052_632_217_363_512),
            (29.0, 116.0, 0.529_463_262_788_800_9, 1.704_156_238_855_593),
            (
                99.0,
                396.0,
                0.720_566_256_670_035_3,
                1.347_208_979_103_302_6,
            ),
            (999.0, 3996.0, 0.905_241_030_570_834, 1.101_451_233_333_412),
            (
                699.0,
                20271.0,
                0.896_374_960_249_051_8,
                1.109_615_484_310_965_6,
            ),
        ] {
            let [found_low, found_high] = f_two_sided(0.95, above, below).unwrap();
            close(found_low, low);
            close(found_high, high);
        }
    }

    #[test]
    fn no_degrees_of_freedom_have_no_quantile() {
        assert_eq!(t_two_sided(0.95, 0.0), None);
        assert_eq!(f_two_sided(0.95, 0.0, 4.0), None);
    }
}
