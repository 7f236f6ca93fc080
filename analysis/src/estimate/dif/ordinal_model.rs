//! Ordinal logistic regression (proportional odds, Walker and Duncan 1967) on a table of counts.
//!
//! `P(y <= j) = 1 / (1 + exp(η - ζ_j))`: thresholds rise, `η` is a weighted sum of the covariates.
//! The likelihood has one peak (Pratt 1981), which Newton's steps find.

use findings::Undefined;
use nalgebra::{DMatrix, DVector};

use crate::estimate::reliability::newton::{self, Derivatives};

/// People with one combination of covariates and one answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// Place of the answer among those that occur, from nought on.
    pub(super) answer: usize,
    pub(super) covariates: Vec<f64>,
    pub(super) people: f64,
}

/// A fitted model.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) log_likelihood: f64,
    /// One for each covariate.
    pub(super) slopes: Vec<f64>,
}

/// A slope beyond this, on covariates of unit deviation, stands for an infinite one: groups whose
/// answers do not overlap at all.
const ENDLESS: f64 = 30.0;

/// Fits the model by maximum likelihood; `answers` is the number of different ones.
///
/// Covariates are centred and scaled while searching, so that the search does not depend on their
/// units. Tested against R: `MASS::polr`.
pub(super) fn fit(cells: &[Cell], answers: usize) -> Result<Model, Undefined> {
    let n: f64 = cells.iter().map(|cell| cell.people).sum();
    if n == 0.0 {
        return Err(Undefined::NoAnswers);
    }
    if answers < 2 {
        return Err(Undefined::ZeroVariance);
    }
    let covariates = cells.first().map_or(0, |cell| cell.covariates.len());
    let (means, deviations) = moments(cells, covariates, n);
    if deviations.iter().any(|deviation| *deviation < 1e-12) {
        return Err(Undefined::ZeroVariance);
    }
    let scaled: Vec<Cell> = cells
        .iter()
        .map(|cell| Cell {
            covariates: (0..covariates)
                .map(|place| (cell.covariates[place] - means[place]) / deviations[place])
                .collect(),
            ..cell.clone()
        })
        .collect();
    let start = start(cells, answers, covariates, n);
    let found = newton::minimum(start, |at| derivatives(&scaled, answers, at));
    let (Ok(at) | Err(at)) = &found;
    let slopes = at.rows(answers - 1, covariates);
    if slopes.iter().any(|slope| slope.abs() > ENDLESS) {
        return Err(Undefined::Separation);
    }
    let at = found.map_err(|_| Undefined::NoOptimum)?;
    let value = derivatives(&scaled, answers, &at)
        .ok_or(Undefined::NoOptimum)?
        .value;
    let slopes = slopes_of(&at, answers, &deviations);
    Ok(Model {
        log_likelihood: -value,
        slopes,
    })
}

/// Returns the log-likelihood of shares alone, without thresholds of a model to fit.
pub(super) fn log_likelihood_of_shares(counts: &[f64]) -> f64 {
    let n: f64 = counts.iter().sum();
    let used = counts.iter().filter(|people| **people > 0.0);
    used.map(|people| people * (people / n).ln()).sum()
}

fn slopes_of(at: &DVector<f64>, answers: usize, deviations: &[f64]) -> Vec<f64> {
    let slopes = at.iter().skip(answers - 1).zip(deviations);
    slopes.map(|(slope, deviation)| slope / deviation).collect()
}

fn moments(cells: &[Cell], covariates: usize, n: f64) -> (Vec<f64>, Vec<f64>) {
    let mean = |of: &dyn Fn(&Cell) -> f64| {
        cells.iter().map(|cell| cell.people * of(cell)).sum::<f64>() / n
    };
    let means: Vec<f64> = (0..covariates)
        .map(|place| mean(&|cell| cell.covariates[place]))
        .collect();
    let deviations = (0..covariates)
        .map(|place| mean(&|cell| (cell.covariates[place] - means[place]).powi(2)).sqrt());
    let deviations = deviations.collect();
    (means, deviations)
}

/// Starts from the shares of answers and no slope.
fn start(cells: &[Cell], answers: usize, covariates: usize, n: f64) -> DVector<f64> {
    let mut below = 0.0;
    let mut start = DVector::zeros(answers - 1 + covariates);
    for threshold in 0..answers - 1 {
        let here = cells.iter().filter(|cell| cell.answer == threshold);
        below += here.map(|cell| cell.people).sum::<f64>();
        let share = (below / n).clamp(1e-9, 1.0 - 1e-9);
        start[threshold] = (share / (1.0 - share)).ln();
    }
    start
}

/// Minus the log-likelihood with its derivatives; none where thresholds do not rise.
///
/// With `G(x) = 1/(1+exp(-x))` at the upper and lower end of an answer, `u` and `l`, a person adds
/// `ln(G(u) - G(l))`. Its slope in `u` is `g(u)/p`, and so on.
fn derivatives(cells: &[Cell], answers: usize, at: &DVector<f64>) -> Option<Derivatives> {
    let thresholds = answers - 1;
    if (1..thresholds).any(|place| at[place] <= at[place - 1]) {
        return None;
    }
    let size = at.len();
    let mut found = Derivatives {
        value: 0.0,
        gradient: DVector::zeros(size),
        second: DMatrix::zeros(size, size),
    };
    for cell in cells {
        let covariates = cell.covariates.iter().enumerate();
        let eta: f64 = covariates
            .map(|(place, x)| at[thresholds + place] * x)
            .sum();
        let upper = (cell.answer < thresholds).then(|| End::new(at[cell.answer] - eta));
        let lower = (cell.answer > 0).then(|| End::new(at[cell.answer - 1] - eta));
        let p = probability(upper.as_ref(), lower.as_ref());
        if p <= 0.0 {
            return None;
        }
        found.value -= cell.people * p.ln();
        // Directions: how the upper and the lower end move with each parameter.
        let ends = [
            (upper, 1.0, cell.answer),
            (lower, -1.0, cell.answer.wrapping_sub(1)),
        ];
        let mut slope = DVector::zeros(size);
        for (end, sign, threshold) in ends {
            let Some(end) = end else {
                continue;
            };
            let mut direction = DVector::zeros(size);
            direction[threshold] = 1.0;
            for (place, x) in cell.covariates.iter().enumerate() {
                direction[thresholds + place] = -x;
            }
            let weight = sign * end.curvature / p;
            found
                .second
                .ger(-cell.people * weight, &direction, &direction, 1.0);
            slope.axpy(sign * end.density / p, &direction, 1.0);
        }
        found.gradient.axpy(-cell.people, &slope, 1.0);
        found.second.ger(cell.people, &slope, &slope, 1.0);
    }
    Some(found)
}

/// The logistic distribution at a place: below, above, density and the density's slope.
struct End {
    below: f64,
    above: f64,
    density: f64,
    curvature: f64,
}

impl End {
    fn new(x: f64) -> End {
        // Each from its own side, so that far ends keep their digits.
        let (below, above) = (1.0 / (1.0 + (-x).exp()), 1.0 / (1.0 + x.exp()));
        let density = below * above;
        End {
            below,
            above,
            density,
            curvature: density * (above - below),
        }
    }
}

fn probability(upper: Option<&End>, lower: Option<&End>) -> f64 {
    match (upper, lower) {
        (None, None) => 1.0,
        (Some(upper), None) => upper.below,
        (None, Some(lower)) => lower.above,
        (Some(upper), Some(lower)) if lower.below > 0.5 => lower.above - upper.above,
        (Some(upper), Some(lower)) => upper.below - lower.below,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(answer: usize, x: f64, people: f64) -> Cell {
        Cell {
            answer,
            covariates: vec![x],
            people,
        }
    }

    #[test]
    fn two_answers_and_two_groups_have_a_closed_form() {
        // The log odds ratio of the two-way table.
        let cells = [
            cell(0, 0.0, 30.0),
            cell(1, 0.0, 10.0),
            cell(0, 1.0, 12.0),
            cell(1, 1.0, 28.0),
        ];
        let model = fit(&cells, 2).unwrap();
        let expected = (30.0_f64 * 28.0 / (10.0 * 12.0)).ln();
        assert!((model.slopes[0] - expected).abs() < 1e-10);
        let likelihood =
            log_likelihood_of_shares(&[30.0, 10.0]) + log_likelihood_of_shares(&[12.0, 28.0]);
        assert!((model.log_likelihood - likelihood).abs() < 1e-10);
    }

    #[test]
    fn groups_that_do_not_overlap_are_separated() {
        let apart = [cell(0, 0.0, 9.0), cell(1, 1.0, 7.0), cell(2, 2.0, 7.0)];
        assert_eq!(fit(&apart, 3).unwrap_err(), Undefined::Separation);
    }

    #[test]
    fn nothing_varies_is_a_reason() {
        let same = [cell(0, 0.0, 9.0), cell(0, 1.0, 7.0)];
        assert_eq!(fit(&same, 1).unwrap_err(), Undefined::ZeroVariance);
        let alone = [cell(0, 1.0, 9.0), cell(1, 1.0, 7.0)];
        assert_eq!(fit(&alone, 2).unwrap_err(), Undefined::ZeroVariance);
    }
}
