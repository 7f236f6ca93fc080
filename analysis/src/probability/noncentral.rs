//! The interval of a noncentrality: which true effects make the observed t plausible.
//!
//! The probability of the noncentral t is integrated over the chance in the standard deviation,
//! or over that in the mean where t is so large that the first is a cliff.

use std::f64::consts::PI;

use statrs::function::gamma::gamma_ur;

use super::pooled_spread::mean_over_spread;
use super::tails::normal_below;

/// Returns the noncentralities at which `t` is the upper and the lower `(1 - confidence) / 2`
/// point of the noncentral t distribution (Steiger and Fouladi 1997).
pub(crate) fn noncentral_t_interval(confidence: f64, t: f64, degrees: f64) -> Option<[f64; 2]> {
    if !(t.is_finite() && degrees >= 1.0 && degrees.is_finite()) {
        return None;
    }
    if t < 0.0 {
        let [low, high] = noncentral_t_interval(confidence, -t, degrees)?;
        return Some([-high, -low]);
    }
    let tail = (1.0 - confidence) / 2.0;
    let at = |p: f64| {
        let excess = |shift: f64| below(t, degrees, shift) - p;
        // Half a width of the interval to start with, doubled until the root lies inside.
        let mut reach = 3.0 + 3.0 * t / (2.0 * degrees).sqrt();
        for _ in 0..60 {
            if excess(t - reach) > 0.0 && excess(t + reach) < 0.0 {
                return super::root_between(t - reach, t + reach, excess);
            }
            reach *= 2.0;
        }
        None
    };
    Some([at(1.0 - tail)?, at(tail)?])
}

/// Returns the probability that noncentral t with this shift is at most `t`, which is not
/// negative.
fn below(t: f64, degrees: f64, shift: f64) -> f64 {
    let spread = 1.0 / (2.0 * degrees).sqrt();
    if t * spread < 8.0 {
        mean_over_spread(degrees, t, 0.0, |s| normal_below(t * s - shift))
    } else {
        // P(z + shift <= t s), the mean over z of the upper tail of s.
        const STEP: f64 = 0.05;
        let above = |z: f64| {
            let s = (z + shift) / t;
            if s <= 0.0 {
                1.0
            } else {
                gamma_ur(degrees / 2.0, degrees * s * s / 2.0)
            }
        };
        let terms = (-170..=170).map(|place| {
            let z = f64::from(place) * STEP;
            (-z * z / 2.0).exp() * above(z)
        });
        terms.sum::<f64>() * STEP / (2.0 * PI).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_shift_it_is_students_t() {
        for (t, degrees) in [(0.0, 3.0), (1.0, 1.0), (2.5, 7.0), (1.96, 900.0)] {
            let tails = super::super::tails::t_tails(t, degrees).unwrap();
            assert!((below(t, degrees, 0.0) - (1.0 - tails / 2.0)).abs() < 1e-11);
        }
    }

    /// Values of the distribution function as printed by R: `pt(q, df, ncp)`.
    #[test]
    fn both_ways_of_integrating_agree() {
        for (t, degrees, shift) in [(40.0, 9.0, 38.0), (60.0, 25.0, 55.0), (30.0, 5.0, 20.0)] {
            let first = mean_over_spread(degrees, t, 0.0, |s| normal_below(t * s - shift));
            assert!((below(t, degrees, shift) - first).abs() < 1e-9, "{t}");
        }
    }

    #[test]
    fn the_interval_leaves_the_tails_outside() {
        for (t, degrees) in [(2.2, 18.0), (-0.4, 5.0), (14.8, 800.0), (250.0, 40.0)] {
            let [low, high] = noncentral_t_interval(0.95, t, degrees).unwrap();
            let size = t.abs();
            let (near, far) = if t < 0.0 { (-high, -low) } else { (low, high) };
            assert!((below(size, degrees, near) - 0.975).abs() < 1e-10, "{t}");
            assert!((below(size, degrees, far) - 0.025).abs() < 1e-10, "{t}");
        }
        assert_eq!(noncentral_t_interval(0.95, f64::NAN, 5.0), None);
    }
}
