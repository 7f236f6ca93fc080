//! A design worked out on answers and frame: cells with their weights, strata with their sizes.

use std::collections::{BTreeMap, BTreeSet};

use nalgebra::DMatrix;

use super::Sampling;
use super::columns::{Codes, Columns};
use super::margins::raked;
use super::strata::Strata;
use super::trim::{self, Weighted};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::tables::people_by_cell;

/// The cell of a person whose stratum is not known.
pub(crate) const NO_CELL: u32 = u32::MAX;

/// A design, worked out.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// Cells in the order of their keys.
    pub(crate) cells: Vec<Cell>,
    /// The columns that say which cell somebody is in.
    columns: Vec<String>,
    /// The cell of each combination of their values.
    places: BTreeMap<Codes, u32>,
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
        let codes = cells(data, &columns, &mut notes)?;
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
            columns: columns.names.iter().map(ToString::to_string).collect(),
            places: codes.into_iter().map(|(codes, _)| codes).zip(0..).collect(),
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

    /// Returns the columns that say which cell somebody is in.
    pub(crate) fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(String::as_str).collect()
    }

    /// Returns the cell of people by their values of the columns.
    pub(crate) fn cell(&self, keys: &[Option<String>]) -> u32 {
        let known: Option<Codes> = keys.iter().cloned().collect();
        let place = known.and_then(|codes| self.places.get(&codes).copied());
        place.unwrap_or(NO_CELL)
    }
}

/// Returns the cells in the order of their keys with their answers.
fn cells(
    data: &Dataset,
    columns: &Columns<'_>,
    notes: &mut Vec<String>,
) -> Result<Vec<(Codes, u64)>, AnalysisError> {
    let mut answers: BTreeMap<Codes, u64> = BTreeMap::new();
    let mut without = vec![0_u64; columns.names.len()];
    for (keys, people) in people_by_cell(data, &columns.names)? {
        for (_, without) in keys
            .iter()
            .zip(&mut without)
            .filter(|(key, _)| key.is_none())
        {
            *without += people;
        }
        let known: Option<Codes> = keys.into_iter().collect();
        if let Some(codes) = known.filter(|_| people > 0) {
            *answers.entry(codes).or_default() += people;
        }
    }
    for (name, people) in columns.names.iter().zip(without) {
        if people > 0 {
            notes.push(format!(
                "{people} answers without `{name}` are in no stratum and have no weight"
            ));
        }
    }
    Ok(answers.into_iter().collect())
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
