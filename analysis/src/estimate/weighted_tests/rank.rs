//! Rank tests under a design (Lumley and Scott 2013): a Wald test of the groups' mean ranks.

use findings::Undefined;
use nalgebra::{DMatrix, DVector};

use super::{Found, Groups, Terms};
use crate::estimate::weighted::covariance;

const TEST: &str = "weighted_ranks";

pub(super) fn test(groups: Result<&Groups<'_>, Undefined>, note: &mut dyn FnMut(String)) -> Terms {
    let kept = groups.and_then(|groups| without_single_people(groups, note));
    let ranks = kept.as_ref().map_err(|reason| *reason).and_then(Ranks::of);
    let known = ranks.as_ref().map_err(|reason| *reason);
    let found = known.and_then(|ranks| ranks.compared(kept.as_ref().map_err(|reason| *reason)?));
    let mut terms = Found::terms(&found, TEST);
    let between = ranks.as_ref().map(|ranks| ranks.between);
    terms.push((
        "effect",
        "rank_epsilon_sq",
        between.map_err(|reason| *reason),
    ));
    terms
}

/// Leaves out groups of one person, which have no spread of their own.
fn without_single_people<'s>(
    groups: &Groups<'s>,
    note: &mut dyn FnMut(String),
) -> Result<Groups<'s>, Undefined> {
    let of_group = |group: usize| groups.people.iter().filter(move |it| it.group == group);
    let number = |group: usize| of_group(group).map(|people| people.number).sum::<u64>();
    let places = 0..groups.names.len();
    let (kept, single): (Vec<usize>, Vec<usize>) = places.partition(|place| number(*place) > 1);
    if !single.is_empty() {
        let names: Vec<&str> = single
            .iter()
            .map(|place| groups.names[*place].as_str())
            .collect();
        note(format!(
            "groups of one person are left out of tests with weights: {}",
            names.join(", ")
        ));
    }
    if kept.len() < 2 {
        return Err(Undefined::OneGroup);
    }
    let place = |people: &super::People| {
        let group = kept.iter().position(|kept| *kept == people.group)?;
        Some(super::People { group, ..*people })
    };
    Ok(Groups {
        sample: groups.sample,
        names: kept
            .iter()
            .map(|place| groups.names[*place].clone())
            .collect(),
        values: groups.values,
        people: groups.people.iter().filter_map(place).collect(),
    })
}

/// Ranks as shares of the weight of all.
struct Ranks {
    of_value: Vec<f64>,
    means: DVector<f64>,
    weights: DVector<f64>,
    /// Share of the ranks' spread that lies between groups.
    between: f64,
}

impl Ranks {
    fn of(groups: &Groups<'_>) -> Result<Ranks, Undefined> {
        let mut of_value = vec![0.0; groups.values];
        let mut weights = DVector::zeros(groups.names.len());
        for people in &groups.people {
            of_value[people.value] += groups.weight(people);
            weights[people.group] += groups.weight(people);
        }
        let total = weights.sum();
        if weights.iter().any(|weight| *weight <= 0.0) {
            return Err(Undefined::NoAnswers);
        }
        let mut below = 0.0;
        for value in &mut of_value {
            let own = *value;
            *value = (below + own / 2.0) / total;
            below += own;
        }
        let mut means = DVector::zeros(weights.len());
        for people in &groups.people {
            means[people.group] += groups.weight(people) * of_value[people.value];
        }
        means.component_div_assign(&weights);
        let mean = means.dot(&weights) / total;
        let all = groups.people.iter().map(|people| {
            let off = of_value[people.value] - mean;
            groups.weight(people) * off * off
        });
        let all: f64 = all.sum();
        if all <= 1e-12 * total {
            return Err(Undefined::AllTied);
        }
        let between = means.map(|group| (group - mean) * (group - mean));
        Ok(Ranks {
            between: between.dot(&weights) / all,
            of_value,
            means,
            weights,
        })
    }

    fn compared(&self, groups: &Groups<'_>) -> Result<Found, Undefined> {
        let size = self.means.len();
        let people = groups.by_cell(|people| {
            let mut off = DVector::zeros(size);
            let group = people.group;
            off[group] = (self.of_value[people.value] - self.means[group]) / self.weights[group];
            off
        });
        let (variance, degrees) = covariance(groups.sample, &people, size);
        let from_first = DMatrix::from_fn(size - 1, size, |row, column| match column {
            0 => -1.0,
            _ if column == row + 1 => 1.0,
            _ => 0.0,
        });
        let differences = &from_first * &self.means;
        let variance = &from_first * variance * from_first.transpose();
        let largest = variance.diagonal().amax();
        if largest <= 1e-14 {
            return Err(Undefined::ZeroVariance);
        }
        let decomposed = variance.cholesky().ok_or(Undefined::ZeroVariance)?;
        let chi_squared = differences.dot(&decomposed.solve(&differences));
        let above = (size - 1) as f64;
        let below = degrees as f64 - above;
        if below <= 0.0 {
            return Err(Undefined::NoFreedom);
        }
        Ok(Found {
            f: chi_squared / above,
            above,
            below,
        })
    }
}
