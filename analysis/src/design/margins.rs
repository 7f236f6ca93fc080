//! Weights raked to the frame, and what the margins explain of a residual.

use std::collections::{BTreeMap, BTreeSet};

use nalgebra::{DMatrix, SymmetricEigen};

use super::columns::{Codes, Columns, Texts};
use super::raking::{Margin, MarginCell, rake};
use crate::AnalysisError;
use crate::dataset::Staff;

/// Rakes the cells of every wave to the frame's margins.
pub(super) fn raked(
    columns: &Columns<'_>,
    staff: &Staff,
    codes: &[(Codes, u64)],
) -> Result<(Vec<f64>, Option<DMatrix<f64>>), AnalysisError> {
    let mut totals = Vec::new();
    for place in &columns.rake {
        let places: Vec<usize> = columns.wave.iter().copied().chain([*place]).collect();
        totals.push((*place, columns.staff(staff, &places)?));
    }
    let wave_of = |codes: &Codes| columns.texts(codes, &columns.wave);
    let waves: BTreeSet<Texts> = codes.iter().map(|(codes, _)| wave_of(codes)).collect();
    let mut weights = vec![0.0; codes.len()];
    // A row for each cell, a column for each category of each wave.
    let mut dummies: Vec<(usize, usize)> = Vec::new();
    let mut width = 0;
    for wave in waves {
        let mut margins = Vec::new();
        for (place, totals) in &totals {
            let of_wave = totals.iter().filter(|(group, _)| group.starts_with(&wave));
            let people =
                of_wave.filter_map(|(group, people)| Some((group.last()?.clone(), *people)));
            let mut people: BTreeMap<String, u64> = people.collect();
            for (codes, _) in codes.iter().filter(|(codes, _)| wave_of(codes) == wave) {
                people
                    .entry(columns.texts(codes, &[*place]).concat())
                    .or_default();
            }
            margins.push(Margin {
                name: columns.names[*place].to_owned(),
                categories: people.into_iter().collect(),
            });
        }
        let of_wave: Vec<usize> = (0..codes.len())
            .filter(|place| wave_of(&codes[*place].0) == wave)
            .collect();
        let cells: Vec<MarginCell> = of_wave
            .iter()
            .map(|place| {
                let (codes, answers) = &codes[*place];
                let category = |(column, margin): (&usize, &Margin)| {
                    let text = columns.texts(codes, &[*column]).concat();
                    let found = margin.categories.iter().position(|(name, _)| *name == text);
                    found.expect("every answer's category was put into its margin")
                };
                MarginCell {
                    categories: columns.rake.iter().zip(&margins).map(category).collect(),
                    answers: *answers,
                }
            })
            .collect();
        let found = rake(&cells, &margins).map_err(|error| {
            let problem = match wave.first() {
                Some(wave) => format!("wave {wave}: {error}"),
                None => error.to_string(),
            };
            AnalysisError::design(
                "the answers cannot be raked to the frame",
                vec![problem],
                "merge the category with another one in data and frame, or leave it out of both",
            )
        })?;
        for (number, place) in of_wave.into_iter().enumerate() {
            weights[place] = found[number];
            let mut first = width;
            for (category, margin) in cells[number].categories.iter().zip(&margins) {
                dummies.push((place, first + category));
                first += margin.categories.len();
            }
        }
        width += margins
            .iter()
            .map(|margin| margin.categories.len())
            .sum::<usize>();
    }
    Ok((weights, Some(explained(codes, &dummies, width))))
}

/// Returns the matrix that turns residual sums of cells into what the margins explain of each
/// answer: least squares with the answers as weights (Deville & Särndal 1992).
fn explained(codes: &[(Codes, u64)], dummies: &[(usize, usize)], width: usize) -> DMatrix<f64> {
    let mut design = DMatrix::zeros(codes.len(), width);
    for (row, column) in dummies {
        design[(*row, *column)] = 1.0;
    }
    let mut weighted = design.clone();
    for (mut row, (_, answers)) in weighted.row_iter_mut().zip(codes) {
        row *= *answers as f64;
    }
    // Margins add up to the same total, so the normal equations are singular.
    let eigen = SymmetricEigen::new(design.transpose() * weighted);
    let largest = eigen.eigenvalues.iter().copied().fold(0.0, f64::max);
    let inverse = eigen
        .eigenvalues
        .map(|value| match value > 1e-11 * largest {
            true => 1.0 / value,
            false => 0.0,
        });
    let scaled = &eigen.eigenvectors * DMatrix::from_diagonal(&inverse);
    &design * (scaled * eigen.eigenvectors.transpose()) * design.transpose()
}
