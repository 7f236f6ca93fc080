//! Probabilities in the tails: how often chance alone gives a test statistic at least as large.
//!
//! Each is computed from its own end, so that a p of 1e-30 keeps its digits where `1 - cdf` would
//! be nought.

use std::f64::consts::SQRT_2;

use statrs::function::beta::beta_reg;
use statrs::function::erf::erfc;
use statrs::function::gamma::gamma_ur;

/// Returns the standard normal distribution function.
pub(crate) fn normal_below(x: f64) -> f64 {
    0.5 * erfc(-x / SQRT_2)
}

/// Returns the probability that a standard normal variable is at least as far from nought as `z`.
pub(crate) fn normal_tails(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// Returns the probability that Student's t is at least as far from nought as `t`.
pub(crate) fn t_tails(t: f64, degrees: f64) -> Option<f64> {
    f_above(t * t, 1.0, degrees)
}

/// Returns the probability that F exceeds `f`.
pub(crate) fn f_above(f: f64, above: f64, below: f64) -> Option<f64> {
    let fits = f >= 0.0 && f.is_finite() && above > 0.0 && below > 0.0 && below.is_finite();
    fits.then(|| beta_reg(below / 2.0, above / 2.0, below / (below + above * f)))
}

/// Returns the probability that chi squared exceeds `x`.
pub(crate) fn chi_squared_above(x: f64, degrees: f64) -> Option<f64> {
    if !(x.is_finite() && degrees > 0.0) {
        None
    } else if x <= 0.0 {
        Some(1.0)
    } else {
        Some(gamma_ur(degrees / 2.0, x / 2.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reference values are those of R 4.2.2, as printed with 17 digits.
    fn close(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        let error = (found / expected - 1.0).abs();
        assert!(
            error < 1e-9,
            "{found:e} is {error:e} away from {expected:e}"
        );
    }

    #[test]
    fn tails_keep_their_digits_far_out() {
        close(
            f_above(27.988_633_714_520_2, 6.0, 1805.0),
            4.108_779_976_799_427e-32,
        );
        close(
            chi_squared_above(149.526_595_337_289_2, 6.0),
            9.742_620_149_368_834e-30,
        );
        close(
            Some(normal_tails(9.865_263_685_423_571)),
            5.887_953_997_837_526e-23,
        );
        close(
            t_tails(10.473_621_059_561_27, 691.357_394_909_296),
            6.316_151_719_159_227e-24,
        );
    }

    #[test]
    fn nought_is_no_evidence_and_no_degrees_have_no_tail() {
        assert_eq!(chi_squared_above(0.0, 3.0), Some(1.0));
        assert_eq!(f_above(0.0, 2.0, 5.0), Some(1.0));
        assert_eq!(t_tails(1.0, 0.0), None);
        assert_eq!(f_above(f64::INFINITY, 2.0, 5.0), None);
    }
}
