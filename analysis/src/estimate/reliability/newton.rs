//! Newton's last steps: a minimum to the last digits, where the second derivatives are known.
//!
//! Optimisers that judge by the function's value stop at half its digits. What is published to
//! ten digits needs a gradient of nought, so the derivatives lead here; steps are halved while
//! they do not lower the function.

use nalgebra::{DMatrix, DVector};

/// Value, gradient and second derivatives at a place; none outside the function's domain.
pub(crate) struct Derivatives {
    pub(crate) value: f64,
    pub(crate) gradient: DVector<f64>,
    pub(crate) second: DMatrix<f64>,
}

/// Rounding of a function's value, relative to it: a step that rises by less does not rise.
const ROUNDING: f64 = 1e-13;

/// Returns the minimum near `start`.
///
/// # Errors
/// Where the search stopped, if a hundred steps do not lead to a minimum.
pub(crate) fn minimum(
    start: DVector<f64>,
    at: impl Fn(&DVector<f64>) -> Option<Derivatives>,
) -> Result<DVector<f64>, DVector<f64>> {
    let mut x = start;
    let Some(mut here) = at(&x) else {
        return Err(x);
    };
    for _ in 0..100 {
        let Some(step) = downhill(&here) else {
            return Err(x);
        };
        let size = step.amax();
        let mut part = 1.0;
        let next = loop {
            let place = &x + &step * part;
            match at(&place) {
                Some(there) if there.value <= here.value + ROUNDING * here.value.abs().max(1.0) => {
                    break Some((place, there));
                }
                _ if part < 1e-9 => break None,
                _ => part /= 2.0,
            }
        };
        let Some(next) = next else {
            return Err(x);
        };
        (x, here) = next;
        if size < 1e-11 * x.amax().max(1.0) {
            return Ok(x);
        }
    }
    Err(x)
}

/// Returns Newton's step, with the second derivatives raised on the diagonal until they rise
/// every way.
fn downhill(here: &Derivatives) -> Option<DVector<f64>> {
    let largest = here.second.diagonal().amax().max(f64::MIN_POSITIVE);
    let mut raised = 0.0;
    for _ in 0..40 {
        let mut second = here.second.clone();
        for place in 0..second.nrows() {
            second[(place, place)] += raised;
        }
        if let Some(decomposed) = second.cholesky() {
            let step = decomposed.solve(&-&here.gradient);
            return step.iter().all(|part| part.is_finite()).then_some(step);
        }
        raised = if raised == 0.0 {
            1e-6 * largest
        } else {
            raised * 4.0
        };
    }
    None
}
