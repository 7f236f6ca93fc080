//! What rounded means tell of withheld ones.
//!
//! A shown mean of a known number of people gives their sum up to the rounding. Sums add up as
//! counts do, so a withheld mean lies between what the rest leaves. Counts are taken as known here.
//! Asked are the means that are secret for what they are: of too few people, or nearly everybody's
//! answer. A partner's mean may come out; it was withheld for the sake of its neighbour.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};

use super::super::{
    lattice::{Group, Lattice, Quantity, Series, is_visible, place},
    round,
    sums::{Sum, sums as relations},
};
use super::answers::secret;
use super::published::Published;
use crate::{Audit, RawTable, Statistic, Unit};

/// A withheld mean must stay open by more than printing it would leave: twice a tenth of a step.
const WIDTH: f64 = 0.2;

/// Returns the secret means that come out nearly as they would have been printed.
pub(super) fn narrowed(
    raw: &[RawTable],
    wave: &str,
    lattice: &Lattice,
    published: &Published,
    audit: &Audit,
) -> Vec<(Quantity, Group)> {
    let mut narrow = Vec::new();
    for (series, asked) in means(raw, wave, audit) {
        if let Some(counts) = lattice.counts.get(&series) {
            let sums = Sums::new(&series, counts, asked.scale, published);
            let secret = asked.secret.iter().filter(|group| sums.is_narrow(group));
            narrow.extend(secret.map(|group| (series.quantity.clone(), group.clone())));
        }
    }
    narrow
}

/// The means of one quantity.
struct Means {
    scale: [f64; 2],
    secret: BTreeSet<Group>,
}

fn means(raw: &[RawTable], wave: &str, audit: &Audit) -> BTreeMap<Series, Means> {
    let secret = secret(raw, wave, audit);
    let mut means: BTreeMap<Series, Means> = BTreeMap::new();
    let tables = raw
        .iter()
        .filter(|table| table.statistic == Statistic::Mean);
    for table in tables {
        let Some(scale) = table.scale else {
            continue;
        };
        for row in table.rows.iter().filter(|row| is_visible(table, row)) {
            let place = place(table, row, wave);
            let is_secret = secret.contains(&(place.series.clone(), place.group.clone()));
            let asked = means.entry(place.series).or_insert_with(|| Means {
                scale,
                secret: BTreeSet::new(),
            });
            if is_secret {
                asked.secret.insert(place.group);
            }
        }
    }
    means
}

struct Sums<'a> {
    groups: Vec<&'a Group>,
    counts: Vec<f64>,
    /// Bounds of each sum of values.
    bounds: Vec<(f64, f64)>,
    shown: Vec<bool>,
    relations: Vec<Sum>,
    scale: [f64; 2],
}

impl<'a> Sums<'a> {
    fn new(
        series: &Series,
        counts: &'a BTreeMap<Group, u64>,
        scale: [f64; 2],
        published: &Published,
    ) -> Self {
        let mut sums = Sums {
            groups: counts.keys().collect(),
            counts: counts.values().map(|n| float(*n)).collect(),
            bounds: Vec::new(),
            shown: Vec::new(),
            relations: Vec::new(),
            scale,
        };
        for (group, n) in counts {
            let n = float(*n);
            let figure = published.figures(series, group).first();
            let half = 0.5 / round::steps(Unit::Scale, round::EXACT_FROM) + 1e-6;
            let mean = figure.map_or(scale, |(_, figure)| {
                [figure.value - half, figure.value + half]
            });
            let bounds = (n * mean[0].max(scale[0]), n * mean[1].min(scale[1]));
            sums.bounds.push((bounds.0, bounds.1.max(bounds.0)));
            sums.shown.push(figure.is_some());
        }
        sums.relations = relations(counts);
        sums
    }

    fn is_narrow(&self, group: &Group) -> bool {
        let span = (self.scale[1] - self.scale[0]).min(WIDTH);
        let place = self.groups.iter().position(|found| *found == group);
        place.is_some_and(|at| !self.shown[at] && self.width(at) < (span - 1e-6) * self.counts[at])
    }

    /// Returns how far a sum can go; nought where the solver gives up.
    fn width(&self, target: usize) -> f64 {
        let end = |direction| {
            let mut problem = Problem::new(direction);
            let variables: Vec<Variable> = (0..self.groups.len())
                .map(|at| {
                    let worth = if at == target { 1.0 } else { 0.0 };
                    problem.add_var(worth, self.bounds[at])
                })
                .collect();
            for sum in &self.relations {
                let parts = sum.parts.iter();
                let mut terms: Vec<(Variable, f64)> =
                    parts.map(|part| (variables[*part], 1.0)).collect();
                terms.push((variables[sum.total], -1.0));
                if sum.rest > 0 {
                    let rest = float(sum.rest);
                    let ends = (rest * self.scale[0], rest * self.scale[1]);
                    terms.push((problem.add_var(0.0, ends), 1.0));
                }
                problem.add_constraint(terms, ComparisonOp::Eq, 0.0);
            }
            let solution = problem.solve().ok()?.into_solution().ok()?;
            Some(solution.objective())
        };
        let ends = (
            end(OptimizationDirection::Minimize),
            end(OptimizationDirection::Maximize),
        );
        match ends {
            (Some(low), Some(high)) => high - low,
            _ => 0.0,
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn float(n: u64) -> f64 {
    n as f64
}
