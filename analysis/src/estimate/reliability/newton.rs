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
    minimum_above(f64::NEG_INFINITY, start, at)
}

/// Returns the minimum near `start` among the places of which no part is below `lowest`.
///
/// Parts that lie there and would go further down are held; a step ends where another part gets
/// there (an active set, Nocedal and Wright 2006, ch. 16).
///
/// # Errors
/// As [`minimum`].
pub(crate) fn minimum_above(
    lowest: f64,
    start: DVector<f64>,
    at: impl Fn(&DVector<f64>) -> Option<Derivatives>,
) -> Result<DVector<f64>, DVector<f64>> {
    let mut x = start.map(|part| part.max(lowest));
    let Some(mut here) = at(&x) else {
        return Err(x);
    };
    for _ in 0..100 {
        let Some(step) = free_step(&here, &x, lowest) else {
            return Err(x);
        };
        let size = step.amax();
        let mut part = room(&x, &step, lowest);
        let next = loop {
            let place = (&x + &step * part).map(|part| part.max(lowest));
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

/// Returns the step of the parts that are not held at their lowest.
fn free_step(here: &Derivatives, x: &DVector<f64>, lowest: f64) -> Option<DVector<f64>> {
    let lies_low: Vec<bool> = x.iter().map(|part| *part <= lowest).collect();
    let mut held: Vec<bool> = lies_low
        .iter()
        .zip(here.gradient.iter())
        .map(|(low, slope)| *low && *slope > 0.0)
        .collect();
    // Each round holds one part more, so that there are at most as many as parts.
    loop {
        let step = downhill(here, &held)?;
        let below = |place: &usize| lies_low[*place] && !held[*place] && step[*place] < 0.0;
        match (0..held.len()).find(below) {
            Some(place) => held[place] = true,
            None => return Some(step),
        }
    }
}

/// Returns how much of a step there is room for, at most all of it.
fn room(x: &DVector<f64>, step: &DVector<f64>, lowest: f64) -> f64 {
    let down = x.iter().zip(step.iter()).filter(|(_, step)| **step < 0.0);
    down.map(|(x, step)| (lowest - x) / step)
        .fold(1.0, f64::min)
}

/// Returns Newton's step, nought for the parts that are held, with the second derivatives raised
/// on the diagonal until they rise every way.
fn downhill(here: &Derivatives, held: &[bool]) -> Option<DVector<f64>> {
    let largest = here.second.diagonal().amax().max(f64::MIN_POSITIVE);
    let (mut free, mut slope) = (here.second.clone(), here.gradient.clone());
    for (place, _) in held.iter().enumerate().filter(|(_, held)| **held) {
        free.row_mut(place).fill(0.0);
        free.column_mut(place).fill(0.0);
        free[(place, place)] = largest;
        slope[place] = 0.0;
    }
    let mut raised = 0.0;
    for _ in 0..40 {
        let mut second = free.clone();
        for place in 0..second.nrows() {
            second[(place, place)] += raised;
        }
        if let Some(decomposed) = second.cholesky() {
            let step = decomposed.solve(&-&slope);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// `Σ (x - to)² + together · x₀ x₁`.
    fn bowl(to: [f64; 2], together: f64) -> impl Fn(&DVector<f64>) -> Option<Derivatives> {
        let to = DVector::from_row_slice(&to);
        move |x: &DVector<f64>| {
            let off = x - &to;
            let across = DVector::from_vec(vec![together * x[1], together * x[0]]);
            let mut second = DMatrix::identity(2, 2) * 2.0;
            second[(0, 1)] = together;
            second[(1, 0)] = together;
            Some(Derivatives {
                value: off.norm_squared() + together * x[0] * x[1],
                gradient: off * 2.0 + across,
                second,
            })
        }
    }

    #[test]
    fn a_part_is_held_where_it_would_leave_and_let_go_again() {
        let start = DVector::from_vec(vec![3.0, 3.0]);
        let found = minimum_above(0.0, start.clone(), bowl([-1.0, 2.0], 0.0)).unwrap();
        assert_eq!(found, DVector::from_vec(vec![0.0, 2.0]));
        // From a start that lies low already, and with parts that push each other.
        let low = DVector::from_vec(vec![-5.0, 0.0]);
        let found = minimum_above(0.0, low, bowl([1.0, 2.0], 1.0)).unwrap();
        assert!((found - DVector::from_vec(vec![0.0, 2.0])).amax() < 1e-12);
        let found = minimum(start, bowl([-1.0, 2.0], 0.0)).unwrap();
        assert!((found - DVector::from_vec(vec![-1.0, 2.0])).amax() < 1e-12);
    }
}
