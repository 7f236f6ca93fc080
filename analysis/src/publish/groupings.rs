//! By which groups a job's tables are made.

use std::collections::BTreeSet;

use findings::dim;
use surveys::dataset::VariableKind;

use super::waves::Waves;
use crate::job::{Job, Output};
use crate::{AnalysisError, Dataset, Grouping};

/// The groupings of a job.
pub(super) struct Groupings {
    /// Everything the job asks for.
    pub(super) full: Grouping,
    /// Municipalities only; in a working result everything.
    pub(super) coarse: Grouping,
    /// The coarse one by waves, where there are several and the job does not group by them.
    pub(super) over_waves: Option<Grouping>,
    /// Units in their municipalities, where the job asks for them.
    pub(super) units: Option<Grouping>,
}

impl Groupings {
    /// Works out the groupings of a job on its data.
    pub(super) fn of(job: &Job, waves: &Waves) -> Result<Groupings, AnalysisError> {
        let data = &waves.current;
        let municipality = name_of(data, VariableKind::Municipality);
        let mut by = Vec::new();
        for name in &job.by {
            by.push(data.column_called(name)?.name.as_str());
        }
        // The municipality stands before the other groups, wherever the job names it.
        by.sort_by_key(|name| Some(*name) != municipality);
        let coarse: Vec<&str> = match job.output {
            Output::Working => by.clone(),
            Output::Release { .. } => {
                let names = by.iter().copied();
                names.filter(|name| Some(*name) == municipality).collect()
            }
        };
        let wave = waves.trend.as_ref().and(name_of(data, VariableKind::Wave));
        let over_waves = match wave.filter(|wave| !by.contains(wave)) {
            None => None,
            Some(wave) => Some(grouping(data, coarse.iter().copied().chain([wave]))?),
        };
        let units = if job.unit {
            Some(grouping(
                data,
                municipality.into_iter().chain([unit(data)?]),
            )?)
        } else {
            None
        };
        Ok(Groupings {
            full: grouping(data, by.into_iter())?,
            coarse: grouping(data, coarse.into_iter())?,
            over_waves,
            units,
        })
    }
}

/// The columns of the smallest groups that a job's groups are added up from: those of
/// [`Groupings`], each with municipality and wave.
pub(super) struct GridColumns {
    pub(super) full: Vec<String>,
    pub(super) coarse: Vec<String>,
    pub(super) units: Option<Vec<String>>,
    /// Those of all comparisons together.
    pub(super) compared: Vec<String>,
    /// Those that say which cell of the design somebody is in.
    sample: Vec<String>,
}

impl GridColumns {
    /// Works the columns out from the job and the codebook alone: a municipality that lacks a wave
    /// has the same ones.
    pub(super) fn of(job: &Job, data: &Dataset) -> Result<GridColumns, AnalysisError> {
        let kept = [VariableKind::Municipality, VariableKind::Wave];
        let kept: Vec<&str> = kept
            .map(|kind| name_of(data, kind))
            .into_iter()
            .flatten()
            .collect();
        let mut by = Vec::new();
        for name in &job.by {
            by.push(data.column_called(name)?.name.as_str());
        }
        let with = |others: &[&str]| -> Vec<String> {
            let all: BTreeSet<&str> = kept.iter().chain(others).copied().collect();
            all.into_iter().map(str::to_owned).collect()
        };
        let full = with(&by);
        let coarse = match job.output {
            Output::Working => full.clone(),
            Output::Release { .. } => with(&[]),
        };
        let units = if job.unit {
            Some(with(&[unit(data)?]))
        } else {
            None
        };
        let mut compared = by.clone();
        for name in job.compare.by.iter().chain(&job.compare.within) {
            compared.push(data.column_called(name)?.name.as_str());
        }
        let mut sample = Vec::new();
        if let Some(sampling) = &job.sampling {
            let names = sampling.strata.iter().chain(&sampling.rake);
            for name in names.chain(&sampling.cluster) {
                sample.push(data.column_called(name)?.name.as_str());
            }
        }
        Ok(GridColumns {
            full,
            coarse,
            units,
            compared: with(&compared),
            sample: sample.into_iter().map(str::to_owned).collect(),
        })
    }

    /// Returns columns with further ones.
    pub(super) fn with(columns: &[String], others: &[&str]) -> Vec<String> {
        let columns = columns.iter().map(String::as_str);
        let all: BTreeSet<&str> = columns.chain(others.iter().copied()).collect();
        all.into_iter().map(str::to_owned).collect()
    }

    /// Returns columns with those of the design; the municipality, which tells units of the same
    /// name apart, is in every grid.
    pub(super) fn with_sample(&self, columns: &[String]) -> Vec<String> {
        let sample: Vec<&str> = self.sample.iter().map(String::as_str).collect();
        GridColumns::with(columns, &sample)
    }
}

/// Waves follow each other and are not added up.
fn grouping<'n>(
    data: &Dataset,
    names: impl Iterator<Item = &'n str>,
) -> Result<Grouping, AnalysisError> {
    let names: Vec<&str> = names.collect();
    Ok(Grouping::by(data, &names)?.without_total(dim::WAVE))
}

fn name_of(data: &Dataset, kind: VariableKind) -> Option<&str> {
    let column = data.column_of(kind);
    column.map(|variable| variable.name.as_str())
}

fn unit(data: &Dataset) -> Result<&str, AnalysisError> {
    name_of(data, VariableKind::Unit).ok_or_else(|| AnalysisError::UnknownName {
        problem: "the data have no column of kind `unit`; take `unit = true` out of [groups]"
            .to_owned(),
    })
}
