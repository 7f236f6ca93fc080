//! What a design costs or saves: variance against simple random sampling, and uneven weights.

use std::collections::BTreeMap;

use findings::{RawRow, Undefined, dim};

use super::weighted::{design_mean, in_cells, in_sample};
use super::{Design, Estimates, plain, tidy};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::design::{NO_CELL, Sample};
use crate::grouping::{Grouping, Tally, lattice_inside};
use crate::score::Quantity;
use crate::tables::people_by_cell;
use crate::tables::scores::ScoreTable;

/// Returns the design effect of each group's mean: its variance divided by that of a simple
/// random sample without replacement of as many answers.
///
/// `var / (s² (N - n)/(N n))` with the weighted `s² = n/(n - 1) Σ w (y - m)² / Σ w` and `N = Σ w`.
/// Where everybody answered chance has no room and there is no effect. Tested against R:
/// `svymean(deff = TRUE)`.
///
/// # Errors
/// When the quantity or a group column does not exist, or the design does not fit the data.
pub fn design_effect(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let sampling = design.sampling.as_ref();
    let sample = sampling
        .map(|sampling| Sample::of(data, sampling))
        .transpose()?;
    let rows = match &sample {
        Some(sample) => in_sample::<ScoreTable>(data, of, by, sample)?,
        None => in_cells::<ScoreTable>(data, of, by, &[], |_| NO_CELL)?,
    };
    let rows = rows.into_iter().map(|(keys, cells)| {
        let total = cells.total();
        let figure =
            match (&sample, total.n()) {
                (_, 0) => Err(total.nobody()),
                (None, _) => Err(Undefined::NoDesign),
                (Some(sample), _) => design_mean(sample, &cells.moments(ScoreTable::moments))
                    .and_then(|mean| match (mean.se, mean.simple_se) {
                        (None, _) => Err(Undefined::OneAnswer),
                        (_, None) => Err(Undefined::Census),
                        (_, Some(0.0)) => Err(Undefined::ZeroVariance),
                        (Some(se), Some(simple)) => {
                            let effect = se / simple;
                            Ok(plain(effect * effect, mean.n))
                        }
                    }),
            };
        RawRow {
            keys,
            figure,
            answers: total.n(),
            modal: total.modal(),
        }
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: sample
            .as_ref()
            .map_or_else(Vec::new, |sample| sample.notes.clone()),
    })
}

/// Answers by the cell of the design.
#[derive(Clone, Debug, Default)]
struct Answers(BTreeMap<u32, u64>);

impl Tally for Answers {
    fn add(&mut self, other: &Self) {
        for (cell, answers) in &other.0 {
            *self.0.entry(*cell).or_default() += answers;
        }
    }
}

/// Returns the weights of each group's answers; the last key is the term.
///
/// `smallest` and `largest` weight, `kish_deff` = `n Σ w² / (Σ w)²`, how much uneven weights
/// lengthen intervals (Kish 1965), and `effective_n` = n divided by it. Tested against R:
/// `weights(rake(...))`.
///
/// # Errors
/// When a group column does not exist, or the design does not fit the data.
pub fn weights(data: &Dataset, by: &Grouping, design: &Design) -> Result<Estimates, AnalysisError> {
    let sampling = design.sampling.as_ref();
    let sample = sampling
        .map(|sampling| Sample::of(data, sampling))
        .transpose()?;
    let columns = sample.as_ref().map_or_else(Vec::new, Sample::columns);
    let all: Vec<&str> = by.columns().chain(columns).collect();
    let cells = people_by_cell(data, &all)?;
    let tables = lattice_inside(data, by, cells, |keys, people| {
        let cell = sample.as_ref().map_or(NO_CELL, |sample| sample.cell(keys));
        Answers(BTreeMap::from([(cell, people)]))
    })?;
    let mut rows = Vec::new();
    for (group, answers) in tables {
        let people = answers.0.values().sum();
        let found = match (&sample, people) {
            (_, 0) => Err(Undefined::NoAnswers),
            (None, _) => Err(Undefined::NoDesign),
            (Some(sample), _) => spread(sample, &answers),
        };
        for (place, term) in ["smallest", "largest", "kish_deff", "effective_n"]
            .into_iter()
            .enumerate()
        {
            let mut keys = group.clone();
            keys.push(term.to_owned());
            rows.push(RawRow {
                keys,
                figure: found.map(|(values, n)| plain(values[place], n)),
                answers: people,
                modal: 0,
            });
        }
    }
    Ok(tidy(by, &[dim::TERM], rows))
}

fn spread(sample: &Sample, answers: &Answers) -> Result<([f64; 4], u64), Undefined> {
    let cells = answers.0.iter().filter(|(cell, _)| **cell != NO_CELL);
    let weights = cells.map(|(cell, answers)| (sample.cells[*cell as usize].weight, *answers));
    let (mut n, mut sum, mut squares) = (0, 0.0, 0.0);
    let (mut smallest, mut largest) = (f64::INFINITY, 0.0_f64);
    for (weight, answers) in weights {
        n += answers;
        sum += weight * answers as f64;
        squares += weight * weight * answers as f64;
        smallest = smallest.min(weight);
        largest = largest.max(weight);
    }
    if n == 0 {
        return Err(Undefined::NoAnswers);
    }
    let effective = sum * sum / squares;
    Ok(([smallest, largest, n as f64 / effective, effective], n))
}
