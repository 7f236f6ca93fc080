//! Replicate weights: how far a mean moves when units are left out.
//!
//! The standard errors of `estimate/weighted.rs` follow a formula; these follow from computing the
//! mean again with other units each time, as large surveys do. Both answer the same question, so
//! one is a check on the other.

use std::collections::{BTreeMap, BTreeSet};

use findings::{Count, Estimate, RawRow, Undefined, dim};

use super::weighted::{CellMoments, design_mean, in_cells, in_sample};
use super::{Design, Estimates, tidy};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::design::{NO_CELL, Sample};
use crate::exact::nearest;
use crate::grouping::Grouping;
use crate::probability::t_two_sided;
use crate::score::Quantity;
use crate::tables::scores::ScoreTable;

/// Returns the mean of each group with standard errors by replicate weights; the last key is the
/// term:
///
/// - `jackknife`: each cluster is left out in turn and the others of its stratum count
///   `n_h / (n_h - 1)` times; `var = Σ_h (n_h - 1)/n_h Σ_i (m_hi - m)²`, df = clusters of the
///   group less its strata (`JKn`);
/// - `jk2`: neighbours in the order of their names make pairs within their stratum, the first
///   counts twice and the second not; `var = Σ (m_z - m)²`. Where their number is odd the last
///   three are left out in turn (`2/3` of the squares). df = replicates in which the group has
///   anybody.
///
/// Distances are from the mean of the whole sample, not of the replicates. A group in one cluster,
/// or a replicate without any of it, has no error of this kind. Weights that were raked would have
/// to be raked again for every replicate; that is not done, and a reason says so. Tested against
/// R: `as.svrepdesign(type = "JKn", mse = TRUE)`, `svrepdesign`.
///
/// # Errors
/// When the quantity or a group column does not exist, or the design does not fit the data.
pub fn replicates(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let sampling = design.sampling.as_ref();
    let sample = sampling.map(|sampling| Sample::of(data, sampling));
    let sample = sample.transpose()?;
    let groups = match &sample {
        Some(sample) => in_sample::<ScoreTable>(data, of, by, sample)?,
        None => in_cells::<ScoreTable>(data, of, by, &[], |_| NO_CELL)?,
    };
    let plans = sample.as_ref().map(Plans::of);
    let mut rows = Vec::new();
    for (keys, cells) in groups {
        let total = cells.total();
        let figures = match (&sample, &plans, total.n()) {
            (_, _, 0) => [Err(total.nobody()), Err(total.nobody())],
            (Some(sample), Some(plans), _) => {
                let group = cells.moments(ScoreTable::moments);
                plans.figures(sample, &group, design)
            }
            _ => [Err(Undefined::NoDesign), Err(Undefined::NoDesign)],
        };
        for (term, figure) in ["jackknife", "jk2"].into_iter().zip(figures) {
            let mut keys = keys.clone();
            keys.push(term.to_owned());
            rows.push(RawRow {
                keys,
                figure,
                answers: total.n(),
                modal: total.modal(),
            });
        }
    }
    let mut estimates = tidy(by, &[dim::TERM], rows);
    estimates.notes = sample.map(|sample| sample.notes).unwrap_or_default();
    Ok(estimates)
}

/// One replicate: clusters whose weight is changed, and how much its square counts.
struct Replicate {
    factors: Vec<(usize, f64)>,
    scale: f64,
}

/// The replicates of a design, or why there are none.
struct Plans {
    jackknife: Result<Vec<Replicate>, Undefined>,
    jk2: Result<Vec<Replicate>, Undefined>,
}

impl Plans {
    fn of(sample: &Sample) -> Plans {
        let reason = match sample {
            _ if !sample.clustered => Some(Undefined::NoDesign),
            _ if sample.margins.is_some() => Some(Undefined::Raked),
            _ => None,
        };
        if let Some(reason) = reason {
            return Plans {
                jackknife: Err(reason),
                jk2: Err(reason),
            };
        }
        // Places of clusters follow the order of their names.
        let mut strata: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for cell in &sample.cells {
            let clusters = strata.entry(cell.stratum).or_default();
            clusters.insert(cell.cluster);
        }
        let (mut jackknife, mut jk2) = (Vec::new(), Vec::new());
        for (stratum, clusters) in strata {
            let clusters: Vec<usize> = clusters.into_iter().collect();
            let open = sample.strata[stratum].open;
            jackknife.extend(each_left_out(&clusters, open));
            let odd = clusters.len() % 2;
            let paired = clusters.len().saturating_sub(3 * odd);
            for pair in clusters[..paired].chunks(2) {
                jk2.push(Replicate {
                    factors: vec![(pair[0], 2.0), (pair[1], 0.0)],
                    scale: open,
                });
            }
            jk2.extend(each_left_out(&clusters[paired..], open));
        }
        Plans {
            jackknife: Ok(jackknife),
            jk2: Ok(jk2),
        }
    }

    fn figures(
        &self,
        sample: &Sample,
        group: &CellMoments,
        design: &Design,
    ) -> [Result<Estimate, Undefined>; 2] {
        let sums = Sums::of(sample, group);
        let mean = design_mean(sample, group);
        [(&self.jackknife, true), (&self.jk2, false)].map(|(plan, leaves_each_out)| {
            let (plan, mean) = (plan.as_ref().map_err(|reason| *reason)?, mean.clone()?);
            let (variance, moved) = sums.variance(plan, mean.value)?;
            let degrees = if leaves_each_out { mean.degrees } else { moved };
            let se = variance.sqrt();
            let half = t_two_sided(design.confidence, degrees as f64).map(|t| t * se);
            Ok(Estimate {
                value: mean.value,
                se: Some(se),
                low: half.map(|half| mean.value - half),
                high: half.map(|half| mean.value + half),
                n: Count::Exact(mean.n),
            })
        })
    }
}

/// Leaves each cluster out in turn. One alone has no other to stand for it: its replicate changes
/// nothing but itself, and where a group has people there it has no error.
fn each_left_out(clusters: &[usize], open: f64) -> impl Iterator<Item = Replicate> {
    let n = clusters.len() as f64;
    clusters.iter().map(move |out| Replicate {
        factors: clusters
            .iter()
            .map(|cluster| match cluster == out {
                true => (*cluster, 0.0),
                false => (*cluster, n / (n - 1.0)),
            })
            .collect(),
        scale: open * (n - 1.0) / n,
    })
}

/// Weighted sums and weights of a group's people by cluster.
struct Sums {
    by_cluster: BTreeMap<usize, [f64; 2]>,
    total: [f64; 2],
}

impl Sums {
    fn of(sample: &Sample, group: &CellMoments) -> Sums {
        let mut by_cluster: BTreeMap<usize, [f64; 2]> = BTreeMap::new();
        let mut total = [0.0; 2];
        for (place, moments) in group {
            let cell = &sample.cells[*place];
            let sum = cell.weight * nearest(&moments.total());
            let weight = cell.weight * moments.count() as f64;
            for sums in [by_cluster.entry(cell.cluster).or_default(), &mut total] {
                sums[0] += sum;
                sums[1] += weight;
            }
        }
        Sums { by_cluster, total }
    }

    /// Returns the variance of the mean, and how many replicates the group has anybody in.
    fn variance(&self, plan: &[Replicate], mean: f64) -> Result<(f64, u64), Undefined> {
        if self.by_cluster.len() < 2 {
            return Err(Undefined::OneUnit);
        }
        let (mut variance, mut moved) = (0.0, 0);
        for replicate in plan {
            let [mut sum, mut weight] = self.total;
            let mut has_people = false;
            let mut alone = replicate.factors.len() == 1;
            for (cluster, factor) in &replicate.factors {
                if let Some(own) = self.by_cluster.get(cluster) {
                    sum += (factor - 1.0) * own[0];
                    weight += (factor - 1.0) * own[1];
                    has_people = true;
                } else {
                    alone = false;
                }
            }
            if !has_people {
                continue;
            }
            // What is left of a weight of nothing is rounding.
            if alone || weight <= 1e-9 * self.total[1] {
                return Err(Undefined::OneUnit);
            }
            let off = sum / weight - mean;
            variance += replicate.scale * off * off;
            moved += 1;
        }
        Ok((variance, moved))
    }
}
