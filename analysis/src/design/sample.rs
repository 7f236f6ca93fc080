//! A design worked out on answers and frame: cells with their weights, strata with their sizes.

use std::collections::{BTreeMap, BTreeSet};

use nalgebra::DMatrix;

use super::Sampling;
use super::columns::{Codes, Columns};
use super::margins::raked;
use super::strata::Strata;
use super::trim::{self, Weighted};
use crate::AnalysisError;
use crate::dataset::{Dataset, MISSING_KEY};

/// The cell of a person whose stratum is not known.
pub(crate) const NO_CELL: u32 = u32::MAX;

/// A design, worked out.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// Cells in the order of their keys.
    pub(crate) cells: Vec<Cell>,
    /// The cell of each row.
    pub(crate) of_row: Vec<u32>,
    /// Strata in the order of their keys.
    pub(crate) strata: Vec<Stratum>,
    /// Whether clusters, not people, were drawn.
    pub(crate) clustered: bool,
    /// Takes what the margins explain out of residuals, where weights were raked.
    pub(crate) margins: Option<DMatrix<f64>>,
    /// What was noticed and is no error.
    pub(crate) notes: Vec<String>,
}

/// Answers that are weighted alike and lie in one stratum and cluster.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) stratum: usize,
    pub(crate) cluster: usize,
    pub(crate) answers: u64,
    pub(crate) weight: f64,
}

/// A part of the staff that was asked by itself.
#[derive(Clone, Debug)]
pub(crate) struct Stratum {
    /// Answers, or clusters that answered.
    pub(crate) drawn: u64,
    /// Share of the staff that did not answer; one where the population is without end.
    pub(crate) open: f64,
}

impl Sample {
    /// Works a design out on the answers of a dataset and its frame.
    pub(crate) fn of(data: &Dataset, sampling: &Sampling) -> Result<Sample, AnalysisError> {
        let Some(staff) = data.staff() else {
            return Err(AnalysisError::design(
                "a design needs the staff numbers of a frame",
                Vec::new(),
                "add `frame = \"frame.csv\"` to [data], or take [design] out",
            ));
        };
        let columns = Columns::of(data, sampling)?;
        let mut notes = Vec::new();
        let (codes, of_row) = cells(data, &columns, &mut notes);
        let mut strata = Strata::of(&columns, staff, &codes, sampling, &mut notes)?;
        strata.settle_lonely(&columns, sampling, &mut notes)?;
        let (weights, margins) = match sampling.rake.is_empty() {
            true => (strata.weights(&columns, staff, &codes, &mut notes)?, None),
            false => raked(&columns, staff, &codes)?,
        };
        let mut cells: Vec<Cell> = codes
            .iter()
            .zip(weights)
            .map(|((codes, answers), weight)| Cell {
                stratum: strata.place_of(&columns.texts(codes, &columns.of_stratum())),
                cluster: strata
                    .clusters
                    .get(&columns.texts(codes, &columns.of_cluster()))
                    .map_or(0, |(place, _)| *place),
                answers: *answers,
                weight,
            })
            .collect();
        settle_weights(&columns, sampling, &codes, &mut cells, &mut notes);
        Ok(Sample {
            cells,
            of_row,
            strata: strata
                .found
                .iter()
                .map(|found| found.sized(sampling))
                .collect(),
            clustered: sampling.cluster.is_some(),
            margins,
            notes,
        })
    }
}

/// Returns the cells in the order of their keys with their answers, and the cell of each row.
fn cells(
    data: &Dataset,
    columns: &Columns<'_>,
    notes: &mut Vec<String>,
) -> (Vec<(Codes, u64)>, Vec<u32>) {
    let mut answers: BTreeMap<Codes, u64> = BTreeMap::new();
    let mut without = vec![0_u64; columns.names.len()];
    let mut codes = vec![0; columns.keys.len()];
    let fill = |codes: &mut Codes, row: usize| {
        for (code, key) in codes.iter_mut().zip(&columns.keys) {
            *code = key.codes[row];
        }
        !codes.contains(&MISSING_KEY)
    };
    for row in 0..data.answers() {
        if fill(&mut codes, row) {
            match answers.get_mut(&codes) {
                Some(answers) => *answers += 1,
                None => {
                    answers.insert(codes.clone(), 1);
                }
            }
        } else {
            let places = codes.iter().zip(&mut without);
            for (_, without) in places.filter(|(code, _)| **code == MISSING_KEY) {
                *without += 1;
            }
        }
    }
    let places: BTreeMap<&Codes, u32> = answers.keys().zip(0..).collect();
    let of_row = (0..data.answers())
        .map(|row| match fill(&mut codes, row) {
            true => places.get(&codes).copied().unwrap_or(NO_CELL),
            false => NO_CELL,
        })
        .collect();
    for (name, people) in columns.names.iter().zip(without) {
        if people > 0 {
            notes.push(format!(
                "{people} answers without `{name}` are in no stratum and have no weight"
            ));
        }
    }
    (answers.into_iter().collect(), of_row)
}

/// Notes large weights and cuts them on request, wave by wave.
fn settle_weights(
    columns: &Columns<'_>,
    sampling: &Sampling,
    codes: &[(Codes, u64)],
    cells: &mut [Cell],
    notes: &mut Vec<String>,
) {
    let wave_of = |codes: &Codes| columns.texts(codes, &columns.wave).concat();
    let waves: BTreeSet<String> = codes.iter().map(|(codes, _)| wave_of(codes)).collect();
    let places = match columns.rake.is_empty() {
        true => columns.of_weight(),
        false => columns.rake.clone(),
    };
    for wave in waves {
        let of_wave: Vec<usize> = (0..codes.len())
            .filter(|place| wave_of(&codes[*place].0) == wave)
            .collect();
        let mut weighted = Weighted {
            name: &wave,
            cells: of_wave
                .iter()
                .map(|place| columns.name(&places, &columns.texts(&codes[*place].0, &places)))
                .collect(),
            answers: of_wave.iter().map(|place| cells[*place].answers).collect(),
            weights: of_wave.iter().map(|place| cells[*place].weight).collect(),
        };
        trim::settle(sampling, &mut weighted, notes);
        for (place, weight) in of_wave.into_iter().zip(weighted.weights) {
            cells[place].weight = weight;
        }
    }
}
