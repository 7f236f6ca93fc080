//! Means of groups under a design, with linearised standard errors.
//!
//! A group is a domain of the sample, not a sample of its own: who is outside it counts as nought
//! in the strata. Cells are summed exactly before anything is weighted, so that neither the order
//! of rows nor the way they are split changes a bit.

mod covariance;

use std::collections::BTreeMap;

use findings::{Count, Estimate, Undefined};
use nalgebra::DVector;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

pub(super) use covariance::{Alike, covariance};

use super::Design;
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::design::{Cell, NO_CELL, Sample};
use crate::exact::{Moments, nearest};
use crate::grouping::{Grouping, Tally, lattice_inside};
use crate::probability::t_two_sided;
use crate::tables::{IntegerTable, by_cell};

/// Integer tables of a group's people by the cell of the design they are in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct InCells<T>(BTreeMap<u32, T>);

impl<T: Tally> Tally for InCells<T> {
    fn add(&mut self, other: &Self) {
        for (cell, table) in &other.0 {
            self.0.entry(*cell).or_default().add(table);
        }
    }
}

impl<T: Tally> InCells<T> {
    /// Returns the table of everybody, also of those without a cell.
    pub(super) fn total(&self) -> T {
        let mut total = T::default();
        for table in self.0.values() {
            total.add(table);
        }
        total
    }

    /// Returns the table of each cell of the design.
    pub(super) fn known(&self) -> impl Iterator<Item = (usize, &T)> {
        let known = self.0.iter().filter(|(cell, _)| **cell != NO_CELL);
        known.map(|(cell, table)| (*cell as usize, table))
    }

    /// Returns sums of the values in each cell.
    pub(super) fn moments(&self, of_table: impl Fn(&T) -> Moments) -> CellMoments {
        let moments = self.known().map(|(cell, table)| (cell, of_table(table)));
        moments.filter(|(_, moments)| moments.count() > 0).collect()
    }
}

/// Sums of values by the cell of the design.
pub(super) type CellMoments = BTreeMap<usize, Moments>;

/// Makes the tables of every group, cell by cell; `cell` says which cell the people with some
/// keys of `columns` are in.
pub(super) fn in_cells<T: IntegerTable>(
    data: &Dataset,
    of: &T::Of,
    by: &Grouping,
    columns: &[&str],
    cell: impl Fn(&[Option<String>]) -> u32,
) -> Result<BTreeMap<Vec<String>, InCells<T>>, AnalysisError> {
    let all: Vec<&str> = by.columns().chain(columns.iter().copied()).collect();
    let cells = by_cell::<T>(data, of, &all)?;
    lattice_inside(data, by, cells, |keys, table| {
        InCells(BTreeMap::from([(cell(keys), table)]))
    })
}

/// As [`in_cells`], by the cells of a sample.
pub(super) fn in_sample<T: IntegerTable>(
    data: &Dataset,
    of: &T::Of,
    by: &Grouping,
    sample: &Sample,
) -> Result<BTreeMap<Vec<String>, InCells<T>>, AnalysisError> {
    in_cells(data, of, by, &sample.columns(), |keys| sample.cell(keys))
}

/// What a design says about the mean of a group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DesignMean {
    /// The weighted mean.
    pub(super) value: f64,
    /// Its standard error, unless one answer stands behind it.
    pub(super) se: Option<f64>,
    /// Answers (or clusters) of the group less its strata.
    pub(super) degrees: u64,
    /// Answers of the group.
    pub(super) n: u64,
    /// Standard error under simple random sampling without replacement of as many answers.
    pub(super) simple_se: Option<f64>,
}

/// What one cell brings to a group.
struct Part<'s> {
    cell: &'s Cell,
    place: usize,
    n: f64,
    /// Mean of the cell's people less the group's mean.
    off: f64,
    /// Sum of squares about the cell's own mean.
    within: f64,
}

/// Returns the weighted mean of a group with its linearised standard error.
///
/// `m = Σ w y / Σ w`; `var = Σ_h (1 - f_h) n_h / (n_h - 1) Σ_i (z_i - z̄_h)²` with
/// `z_i = w_i (y_i - m) / Σ w` in the group and nought outside it, summed by cluster where
/// clusters are drawn, and less what the margins explain where weights were raked. A stratum of
/// one is centred at the mean of all, which is nought (`survey.lonely.psu = "adjust"`). Tested
/// against R: `survey::svymean`, `confint(df = degf)`, `deff`.
pub(super) fn design_mean(sample: &Sample, group: &CellMoments) -> Result<DesignMean, Undefined> {
    let (mut sum, mut weight) = (BigRational::zero(), BigRational::zero());
    for (place, moments) in group {
        let exact =
            BigRational::from_float(sample.cells[*place].weight).expect("weights are finite");
        weight += &exact * BigRational::from(BigInt::from(moments.count()));
        sum += exact * moments.total();
    }
    if weight.is_zero() {
        return Err(Undefined::NoAnswers);
    }
    let value = nearest(&(sum / &weight));
    let weight = nearest(&weight);
    let parts: Vec<Part<'_>> = group
        .iter()
        .filter_map(|(place, moments)| {
            let n = moments.count() as f64;
            let place = *place;
            Some(Part {
                cell: &sample.cells[place],
                place,
                n,
                off: moments.mean()? - value,
                within: moments
                    .variance()
                    .map_or(0.0, |variance| variance * (n - 1.0)),
            })
        })
        .collect();
    let n: u64 = group.values().map(Moments::count).sum();
    let (variance, degrees) = variance(sample, &parts);
    Ok(DesignMean {
        value,
        se: (n > 1).then(|| variance.sqrt() / weight),
        degrees,
        n,
        simple_se: simple_se(&parts, weight),
    })
}

/// Sums of the residuals of a stratum, and who they come from.
#[derive(Clone, Default)]
struct Residuals {
    sum: f64,
    squares: f64,
    by_cluster: BTreeMap<usize, f64>,
    people: u64,
    clusters: BTreeMap<usize, ()>,
}

/// Returns the variance of the sum of weighted residuals, and the degrees of freedom.
fn variance(sample: &Sample, parts: &[Part<'_>]) -> (f64, u64) {
    let mut strata = vec![Residuals::default(); sample.strata.len()];
    let mut offs = DVector::zeros(sample.cells.len());
    for part in parts {
        let Part { cell, n, off, .. } = part;
        offs[part.place] = n * off;
        let stratum = &mut strata[cell.stratum];
        stratum.people += *n as u64;
        stratum.clusters.insert(cell.cluster, ());
        stratum.squares += cell.weight * cell.weight * (part.within + n * off * off);
    }
    let explained = sample.margins.as_ref().map(|margins| margins * &offs);
    for (place, cell) in sample.cells.iter().enumerate() {
        let stratum = &mut strata[cell.stratum];
        let mut sum = offs[place];
        if let Some(explained) = &explained {
            let (answers, mean) = (cell.answers as f64, explained[place]);
            stratum.squares +=
                cell.weight * cell.weight * mean * (answers * mean - 2.0 * offs[place]);
            sum -= answers * mean;
        }
        stratum.sum += cell.weight * sum;
        *stratum.by_cluster.entry(cell.cluster).or_default() += cell.weight * sum;
    }
    let mut variance = 0.0;
    let mut degrees = 0;
    for (residuals, stratum) in strata.iter().zip(&sample.strata) {
        let squares = match sample.clustered {
            true => residuals.by_cluster.values().map(|sum| sum * sum).sum(),
            false => residuals.squares,
        };
        let drawn = stratum.drawn as f64;
        variance += stratum.open
            * match stratum.drawn {
                0 | 1 => squares,
                _ => {
                    (squares - residuals.sum * residuals.sum / drawn).max(0.0) * drawn
                        / (drawn - 1.0)
                }
            };
        let behind = match sample.clustered {
            true => residuals.clusters.len() as u64,
            false => residuals.people,
        };
        degrees += behind.saturating_sub(1);
    }
    (variance, degrees)
}

/// Returns the standard error of a simple random sample without replacement of as many answers.
fn simple_se(parts: &[Part<'_>], weight: f64) -> Option<f64> {
    let n: f64 = parts.iter().map(|part| part.n).sum();
    let squares: f64 = parts
        .iter()
        .map(|part| part.cell.weight * (part.within + part.n * part.off * part.off))
        .sum();
    // As many answers as people leave no room for chance.
    (n > 1.0 && weight > n).then(|| {
        let variance = squares / weight * n / (n - 1.0);
        (variance * (weight - n) / (weight * n)).sqrt()
    })
}

/// Returns the figure of a group's mean: value, standard error and Student's t interval.
pub(super) fn weighted_mean(
    sample: &Sample,
    group: &CellMoments,
    design: &Design,
) -> Result<Estimate, Undefined> {
    let found = design_mean(sample, group)?;
    let t = t_two_sided(design.confidence, found.degrees as f64);
    let half = found.se.zip(t).map(|(se, t)| se * t);
    Ok(Estimate {
        value: found.value,
        se: found.se,
        low: half.map(|half| found.value - half),
        high: half.map(|half| found.value + half),
        n: Count::Exact(found.n),
    })
}
