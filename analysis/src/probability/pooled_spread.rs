//! Averages over the chance in an estimated standard deviation.
//!
//! The studentised range and the noncentral t both divide by an estimate `s` with `ν` degrees of
//! freedom. Given `s` they are functions of the normal distribution alone, so each probability is
//! an integral over `s`. With `s = e^u` its density is smooth and falls off steeply on both
//! sides; there the plain trapezoidal rule gains digits exponentially (Trefethen and Weideman
//! 2014), for one degree of freedom as for ten thousand.

use statrs::function::gamma::ln_gamma;

/// Parts of the sum below this share of it are left out.
const NEGLIGIBLE: f64 = 1e-15;

/// Returns the mean of `of(s)` where `ν s²` is chi squared with `ν` degrees of freedom.
///
/// `sharpest` is the largest slope of `of` in `ln s`: steps are made small enough for it.
/// `of` lies between 0 and 1; `start` is where the integrand is about largest.
pub(super) fn mean_over_spread(
    degrees: f64,
    sharpest: f64,
    start: f64,
    of: impl Fn(f64) -> f64,
) -> f64 {
    let half = degrees / 2.0;
    let constant = 2.0_f64.ln() + half * half.ln() - ln_gamma(half);
    let density = |u: f64| (constant + degrees * u - half * (2.0 * u).exp()).exp();
    let step = (0.5 / (2.0 * degrees).sqrt())
        .min(0.15)
        .min(0.35 / sharpest.max(1e-300));
    let term = |place: f64| {
        let u = start + place * step;
        density(u) * of(u.exp())
    };
    let mut sum = term(0.0);
    for direction in [-1.0, 1.0] {
        let mut place = direction;
        // The integrand rises at most to the density's own top at u = 0, then falls for good.
        for _ in 0..MOST_TERMS {
            let added = term(place);
            sum += added;
            let past_the_top = (start + place * step) * direction >= 0.0;
            if past_the_top && added <= NEGLIGIBLE * sum {
                break;
            }
            place += direction;
        }
    }
    (sum * step).clamp(0.0, 1.0)
}

/// Enough for every case that occurs; a bound, so that no input runs on for ever.
const MOST_TERMS: u32 = 20_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_density_has_the_area_one() {
        for degrees in [1.0, 2.0, 3.5, 10.0, 691.36, 20_000.0] {
            let area = mean_over_spread(degrees, 0.0, 0.0, |_| 0.5);
            assert!((area - 0.5).abs() < 1e-10, "{degrees}: {area}");
        }
    }
}
