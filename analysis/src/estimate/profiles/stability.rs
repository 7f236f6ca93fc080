//! Do the same profiles come back when people are drawn again? (Hennig 2007)

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::ProfileChoice;
use super::k_means::{Clusters, Points};

/// Fewer starts are enough for one draw of many.
const STARTS: usize = 5;

/// From here on a cluster counts as found again.
const SAME: f64 = 0.75;

/// How surely one profile comes back.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stable {
    /// Mean of the largest Jaccard similarity.
    pub(super) jaccard: f64,
    /// Share of draws in which it reaches .75.
    pub(super) recovered: f64,
}

/// Draws as many people with replacement again and again, clusters them, and compares each
/// profile with the most similar cluster, over the people who were drawn.
pub(super) fn of(points: &Points, chosen: &Clusters, choice: &ProfileChoice) -> Vec<Stable> {
    let k = chosen.centres.len();
    let mut stable = vec![Stable::default(); k];
    let mut random = ChaCha8Rng::seed_from_u64(choice.seed);
    let place_of: Vec<usize> = (0..points.people.len())
        .flat_map(|place| (0..points.people[place]).map(move |_| place))
        .collect();
    let draws = choice.replicates.max(1);
    for _ in 0..draws {
        let mut times = vec![0_u64; points.people.len()];
        let mut different = vec![0_u64; points.people.len()];
        let mut drawn = vec![false; place_of.len()];
        for _ in 0..place_of.len() {
            // The upper half of a product spreads 64 random bits over the people evenly.
            let wide = u128::from(random.next_u64()) * place_of.len() as u128;
            let person = (wide >> 64) as usize;
            times[place_of[person]] += 1;
            if !std::mem::replace(&mut drawn[person], true) {
                different[place_of[person]] += 1;
            }
        }
        let Some(again) = points.clusters(&times, k, STARTS, &mut random) else {
            continue;
        };
        for (own, similar) in similarities(chosen, &again, &different).enumerate() {
            stable[own].jaccard += similar / f64::from(draws);
            stable[own].recovered += f64::from(u8::from(similar >= SAME)) / f64::from(draws);
        }
    }
    // A sum of so many parts of one may be a rounding above it.
    for stable in &mut stable {
        stable.jaccard = stable.jaccard.min(1.0);
        stable.recovered = stable.recovered.min(1.0);
    }
    stable
}

/// Returns the largest Jaccard similarity of each cluster with one of the others.
fn similarities(chosen: &Clusters, again: &Clusters, people: &[u64]) -> impl Iterator<Item = f64> {
    let k = chosen.centres.len();
    let mut both = vec![vec![0_u64; again.centres.len()]; k];
    for ((own, other), people) in chosen.of_point.iter().zip(&again.of_point).zip(people) {
        both[*own][*other] += people;
    }
    let others: Vec<u64> = (0..again.centres.len())
        .map(|other| both.iter().map(|row| row[other]).sum())
        .collect();
    both.into_iter().map(move |row| {
        let own: u64 = row.iter().sum();
        let similar = row.iter().zip(&others).map(|(both, other)| {
            let either = own + other - both;
            match either {
                0 => 0.0,
                either => *both as f64 / either as f64,
            }
        });
        similar.fold(0.0, f64::max)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_is_the_share_of_those_in_either_who_are_in_both() {
        let clusters = |of_point: &[usize]| Clusters {
            of_point: of_point.to_vec(),
            centres: vec![Vec::new(); 2],
            within: 0.0,
            silhouette: 0.0,
        };
        let (one, two) = (clusters(&[0, 0, 0, 1]), clusters(&[1, 1, 0, 0]));
        let found: Vec<f64> = similarities(&one, &two, &[1, 1, 1, 1]).collect();
        assert_eq!(found, [2.0 / 3.0, 0.5]);
        let found: Vec<f64> = similarities(&one, &two, &[1, 1, 0, 1]).collect();
        assert_eq!(found, [1.0, 1.0]);
    }
}
