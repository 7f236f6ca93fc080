//! Gap to the target of the own role, mean shortfall, and share below target.
//!
//! The gap is signed, target minus score; the shortfall is its positive part person by person,
//! since strong people do not make up for weak ones. Who has no target has no gap, which is not
//! a gap of nought.

use findings::{Estimate, RawRow, Undefined};

use super::mean::with_interval;
use super::share::share;
use super::weighted::{in_sample, weighted_mean};
use super::{Design, Estimates};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::design::Sample;
use crate::grouping::Grouping;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::targets::TargetTable;

/// Returns the mean of target minus score of each group, with Student's t interval.
///
/// People without score or without target are left out.
///
/// # Errors
/// When the quantity is no dimension, or it or a group column does not exist.
pub fn gap(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    means(data, of, by, design, |gap| gap)
}

/// Returns the mean shortfall of each group: the mean of `max(0, target - score)`.
///
/// # Errors
/// As [`gap`].
pub fn shortfall(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    means(data, of, by, design, |gap| gap.max(0))
}

/// Returns the share of people in each group whose score is below their target.
///
/// # Errors
/// As [`gap`].
pub fn below_target(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    table(data, of, by, |gaps| {
        let (n, below) = (gaps.n(), gaps.below());
        (
            share(below, n, design).ok_or(Undefined::NoAnswers),
            below.max(n - below),
        )
    })
}

/// Returns the mean of a part of every gap, weighted where the design says so.
fn means(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
    of_gap: fn(i64) -> i64,
) -> Result<Estimates, AnalysisError> {
    let Some(sampling) = &design.sampling else {
        return table(data, of, by, |gaps| {
            let figure = with_interval(&gaps.moments(of_gap), design);
            (figure, gaps.modal(of_gap))
        });
    };
    let sample = Sample::of(data, sampling)?;
    let tables = in_sample::<TargetTable>(data, of, by, &sample)?;
    let rows = tables.into_iter().map(|(keys, cells)| {
        let gaps = cells.total();
        let (figure, modal) = match gaps.n() {
            0 => (Err(gaps.nobody()), 0),
            _ => {
                let moments = cells.moments(|gaps| gaps.moments(of_gap));
                let figure = weighted_mean(&sample, &moments, design);
                (figure, gaps.modal(of_gap))
            }
        };
        RawRow {
            keys,
            figure,
            answers: gaps.n(),
            modal,
        }
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: sample.notes.clone(),
    })
}

fn table(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    figure: impl Fn(&TargetTable) -> (Result<Estimate, Undefined>, u64),
) -> Result<Estimates, AnalysisError> {
    let tables = by_group::<TargetTable>(data, of, by)?;
    let rows = tables.into_iter().map(|(keys, gaps)| {
        let answers = gaps.n();
        let (figure, modal) = if answers == 0 {
            (Err(gaps.nobody()), 0)
        } else {
            figure(&gaps)
        };
        RawRow {
            keys,
            figure,
            answers,
            modal,
        }
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: Vec::new(),
    })
}
