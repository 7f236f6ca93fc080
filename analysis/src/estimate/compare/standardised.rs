//! Standardised mean differences: Cohen's d and Hedges's g with its interval.

use statrs::function::gamma::ln_gamma;

use super::sample::Sample;
use crate::probability::noncentral_t_interval;

/// A difference of two means in pooled standard deviations.
pub(in crate::estimate) struct Standardised {
    /// Cohen's d.
    pub(super) d: f64,
    /// d times the exact factor.
    pub(in crate::estimate) g: f64,
    /// d times 1 - 3 / (4 df - 1), as many programs have it.
    pub(super) approximate: f64,
    /// The interval of g by the noncentral t, times the exact factor.
    pub(in crate::estimate) interval: Option<[f64; 2]>,
}

/// Returns the factor that takes the bias out of d: `Γ(df/2) / (√(df/2) Γ((df - 1)/2))`
/// (Hedges 1981, equation 6e). It needs two degrees of freedom.
pub(in crate::estimate) fn exact_factor(degrees: f64) -> Option<f64> {
    (degrees >= 2.0).then(|| {
        (ln_gamma(degrees / 2.0) - ln_gamma((degrees - 1.0) / 2.0)).exp() / (degrees / 2.0).sqrt()
    })
}

/// Returns the standardised difference of two means, unless the pooled deviation is nought or one
/// of the groups has fewer than two persons.
///
/// The interval holds the noncentralities that make the t of the two groups plausible (Steiger
/// and Fouladi 1997), as R's `effectsize::hedges_g` has it.
pub(in crate::estimate) fn standardised(
    x: &Sample,
    y: &Sample,
    confidence: f64,
) -> Option<Standardised> {
    let (n1, n2) = (x.n as f64, y.n as f64);
    let degrees = n1 + n2 - 2.0;
    let pooled = ((n1 - 1.0) * x.variance()? + (n2 - 1.0) * y.variance()?) / degrees;
    if pooled <= 0.0 {
        return None;
    }
    let d = (x.mean()? - y.mean()?) / pooled.sqrt();
    let factor = exact_factor(degrees)?;
    let per_t = (1.0 / n1 + 1.0 / n2).sqrt();
    let shifts = noncentral_t_interval(confidence, d / per_t, degrees);
    Some(Standardised {
        d,
        g: d * factor,
        approximate: d * (1.0 - 3.0 / (4.0 * degrees - 1.0)),
        interval: shifts.map(|shifts| shifts.map(|shift| shift * per_t * factor)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_is_near_its_approximation_and_needs_two_degrees() {
        assert_eq!(exact_factor(1.0), None);
        assert!((exact_factor(2.0).unwrap() - 0.564_189_583_547_756_3).abs() < 1e-14);
        let exact = exact_factor(50.0).unwrap();
        assert!((exact - (1.0 - 3.0 / 199.0)).abs() < 1e-4 && exact < 1.0);
    }
}
