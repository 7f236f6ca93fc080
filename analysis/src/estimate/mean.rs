//! Mean with Student's t interval, and standard deviation.

use findings::{Count, Estimate, RawRow, Undefined};

use super::weighted::{in_sample, weighted_mean};
use super::{Design, Estimates, plain};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::design::Sample;
use crate::exact::Moments;
use crate::grouping::Grouping;
use crate::probability::t_two_sided;
use crate::score::Quantity;
use crate::tables::scores::{ScoreTable, score_tables};

/// Returns the mean score of each group: `m ± t(n - 1) s / √n`, with `s²` over `n - 1`.
///
/// People without a score are left out. One person has a mean and no interval. Tested against R:
/// `mean`, `sd`, `qt`. With a sampling design the mean is weighted and its error that of the
/// design, see `estimate/weighted.rs`; a person whose stratum is unknown is then counted in
/// `answers` and not in `n`.
///
/// # Errors
/// When the quantity or a group column does not exist, or the design does not fit the data.
pub fn mean(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    if let Some(sampling) = &design.sampling {
        return weighted(data, of, by, design, &Sample::of(data, sampling)?);
    }
    table(data, of, by, |scores| {
        with_interval(&scores.moments(), design)
    })
}

/// Returns the weighted mean of each group with the standard error of the design.
fn weighted(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
    sample: &Sample,
) -> Result<Estimates, AnalysisError> {
    let tables = in_sample::<ScoreTable>(data, of, by, sample)?;
    let rows = tables.into_iter().map(|(keys, cells)| {
        let scores = cells.total();
        RawRow {
            keys,
            figure: match scores.n() {
                0 => Err(scores.nobody()),
                _ => weighted_mean(sample, &cells.moments(ScoreTable::moments), design),
            },
            answers: scores.n(),
            modal: scores.modal(),
        }
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: sample.notes.clone(),
    })
}

/// Returns the standard deviation of the scores of each group, over `n - 1`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn deviation(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    table(data, of, by, |scores| {
        let moments = scores.moments();
        let variance = moments.variance().ok_or(Undefined::OneAnswer)?;
        Ok(plain(variance.sqrt(), moments.count()))
    })
}

fn table(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    figure: impl Fn(&ScoreTable) -> Result<Estimate, Undefined>,
) -> Result<Estimates, AnalysisError> {
    let tables = score_tables(data, of, by)?;
    let rows = tables.into_iter().map(|(keys, scores)| {
        let answers = scores.n();
        let figure = if answers == 0 {
            Err(scores.nobody())
        } else {
            figure(&scores)
        };
        RawRow {
            keys,
            figure,
            answers,
            modal: scores.modal(),
        }
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: Vec::new(),
    })
}

/// Returns the mean of values with its standard error and interval.
pub(super) fn with_interval(moments: &Moments, design: &Design) -> Result<Estimate, Undefined> {
    let value = moments.mean().ok_or(Undefined::NoAnswers)?;
    let n = moments.count();
    let Some(variance) = moments.variance() else {
        return Ok(plain(value, n));
    };
    let count = n as f64;
    let se = (variance / count).sqrt();
    let half = t_two_sided(design.confidence, count - 1.0).map(|t| t * se);
    Ok(Estimate {
        value,
        se: Some(se),
        low: half.map(|half| value - half),
        high: half.map(|half| value + half),
        n: Count::Exact(n),
    })
}
