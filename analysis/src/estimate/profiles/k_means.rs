//! k-means on people who are counted by where they stand, and how well the clusters lie apart.

use std::f64::consts::TAU;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A search that has not come to rest by then goes in circles of rounding.
const ROUNDS: usize = 500;

/// The silhouette is that of all, or of so many people drawn once.
const JUDGED: usize = 3000;

/// Places in the space of scores, and how many people stand there.
#[derive(Clone, Debug)]
pub(super) struct Points {
    pub(super) at: Vec<Vec<f64>>,
    pub(super) people: Vec<u64>,
}

/// Clusters of the places.
#[derive(Clone, Debug)]
pub(super) struct Clusters {
    /// The cluster of each place.
    pub(super) of_point: Vec<usize>,
    pub(super) centres: Vec<Vec<f64>>,
    /// Sum of squares about the centres.
    pub(super) within: f64,
    /// Mean silhouette of the people.
    pub(super) silhouette: f64,
}

/// Returns a number from nought up to, and without, one.
pub(super) fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

fn squared(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// Returns the nearest centre, the first one of equals, and its squared distance.
fn nearest(at: &[f64], centres: &[Vec<f64>]) -> (usize, f64) {
    let mut best = (0, f64::INFINITY);
    for (place, centre) in centres.iter().enumerate() {
        let distance = squared(at, centre);
        if distance < best.1 {
            best = (place, distance);
        }
    }
    best
}

impl Points {
    /// Returns the sum of squares about the mean of all.
    pub(super) fn squares(&self) -> f64 {
        let everybody = vec![0; self.at.len()];
        let centres = self.centres(&self.people, &everybody, 1);
        let centre = centres.map(|mut centres| centres.swap_remove(0));
        let centre = centre.unwrap_or_default();
        let people = self.at.iter().zip(&self.people);
        people
            .map(|(at, people)| squared(at, &centre) * *people as f64)
            .sum()
    }

    /// Returns how many people a cluster has.
    pub(super) fn number(&self, clusters: &Clusters, cluster: usize) -> u64 {
        let people = self.people.iter().zip(&clusters.of_point);
        let of_it = people.filter(|(_, own)| **own == cluster);
        of_it.map(|(people, _)| people).sum()
    }

    /// Returns the best of several starts, or none where there are fewer different places than
    /// clusters. `people` stand at each place, perhaps none.
    pub(super) fn clusters(
        &self,
        people: &[u64],
        number: usize,
        starts: usize,
        random: &mut ChaCha8Rng,
    ) -> Option<Clusters> {
        let occupied = people.iter().filter(|people| **people > 0).count();
        if number == 0 || occupied < number {
            return None;
        }
        let mut best: Option<Clusters> = None;
        for _ in 0..starts {
            let start = self.start(people, number, random);
            if let Some(found) = self.settled(people, start)
                && best.as_ref().is_none_or(|best| found.within < best.within)
            {
                best = Some(found);
            }
        }
        best
    }

    /// Draws centres that lie far apart: each with a chance that grows with the squared distance
    /// from those before it.
    fn start(&self, people: &[u64], number: usize, random: &mut ChaCha8Rng) -> Vec<Vec<f64>> {
        let mut chances: Vec<f64> = people.iter().map(|people| *people as f64).collect();
        let mut distances = vec![f64::INFINITY; people.len()];
        let mut centres: Vec<Vec<f64>> = Vec::with_capacity(number);
        while centres.len() < number {
            let mut left = uniform(random) * chances.iter().sum::<f64>();
            let last = chances.iter().rposition(|chance| *chance > 0.0);
            let mut drawn = last.unwrap_or(0);
            for (place, chance) in chances.iter().enumerate() {
                if *chance > 0.0 && left < *chance {
                    drawn = place;
                    break;
                }
                left -= chance;
            }
            let centre = self.at[drawn].clone();
            for (place, distance) in distances.iter_mut().enumerate() {
                *distance = distance.min(squared(&self.at[place], &centre));
                chances[place] = *distance * people[place] as f64;
            }
            centres.push(centre);
        }
        centres
    }

    /// Moves centres to the means of their people and people to the nearest centre until nobody
    /// changes, and then single places wherever that lowers the sum of squares (Hartigan 1975);
    /// none where a cluster loses everybody.
    fn settled(&self, people: &[u64], mut centres: Vec<Vec<f64>>) -> Option<Clusters> {
        let number = centres.len();
        let mut of_point = vec![usize::MAX; self.at.len()];
        for _ in 0..ROUNDS {
            let now: Vec<usize> = self.at.iter().map(|at| nearest(at, &centres).0).collect();
            let mut done = now == of_point;
            of_point = now;
            if done {
                done = !self.transfer(people, &mut of_point, &mut centres);
            }
            centres = self.centres(people, &of_point, number)?;
            if done {
                break;
            }
        }
        let pairs = self.at.iter().zip(people).zip(&of_point);
        let within = pairs
            .map(|((at, people), own)| squared(at, &centres[*own]) * *people as f64)
            .sum();
        Some(Clusters {
            of_point,
            centres,
            within,
            silhouette: 0.0,
        })
    }

    /// Moves the people of each place to the cluster where they add least to the sum of squares,
    /// and their centres with them; says whether anybody moved.
    fn transfer(&self, people: &[u64], of_point: &mut [usize], centres: &mut [Vec<f64>]) -> bool {
        let mut counts = vec![0.0; centres.len()];
        for (own, people) in of_point.iter().zip(people) {
            counts[*own] += *people as f64;
        }
        let mut moved = false;
        for place in 0..self.at.len() {
            let (at, weight, own) = (&self.at[place], people[place] as f64, of_point[place]);
            if weight == 0.0 || counts[own] <= weight {
                continue;
            }
            let leaving = counts[own] / (counts[own] - weight) * squared(at, &centres[own]);
            let mut best = (own, leaving);
            for (other, centre) in centres.iter().enumerate().filter(|(it, _)| *it != own) {
                let joining = counts[other] / (counts[other] + weight) * squared(at, centre);
                if joining < best.1 {
                    best = (other, joining);
                }
            }
            // A gain of rounding would go round in circles.
            if best.0 == own || leaving - best.1 <= 1e-10 * leaving {
                continue;
            }
            for (cluster, sign) in [(own, -1.0), (best.0, 1.0)] {
                let after = counts[cluster] + sign * weight;
                for (centre, value) in centres[cluster].iter_mut().zip(at) {
                    *centre += sign * weight * (value - *centre) / after;
                }
                counts[cluster] = after;
            }
            of_point[place] = best.0;
            moved = true;
        }
        moved
    }

    fn centres(&self, people: &[u64], of_point: &[usize], number: usize) -> Option<Vec<Vec<f64>>> {
        let width = self.at.first()?.len();
        let mut sums = vec![vec![0.0; width]; number];
        let mut counts = vec![0_u64; number];
        for ((at, people), own) in self.at.iter().zip(people).zip(of_point) {
            counts[*own] += people;
            for (sum, value) in sums[*own].iter_mut().zip(at) {
                *sum += value * *people as f64;
            }
        }
        for (sum, count) in sums.iter_mut().zip(&counts) {
            if *count == 0 {
                return None;
            }
            sum.iter_mut().for_each(|value| *value /= *count as f64);
        }
        Some(sums)
    }
}

impl Clusters {
    /// Numbers the clusters from the lowest mean of their centre.
    pub(super) fn numbered(mut self) -> Self {
        let height = |centre: &Vec<f64>| centre.iter().sum::<f64>();
        let mut order: Vec<usize> = (0..self.centres.len()).collect();
        order.sort_by(|a, b| height(&self.centres[*a]).total_cmp(&height(&self.centres[*b])));
        let mut place_of = vec![0; order.len()];
        for (place, old) in order.iter().enumerate() {
            place_of[*old] = place;
        }
        for own in &mut self.of_point {
            *own = place_of[*own];
        }
        self.centres = order.iter().map(|old| self.centres[*old].clone()).collect();
        self
    }

    /// Adds the mean silhouette: of all places, or of some drawn once, against everybody.
    pub(super) fn judged(mut self, points: &Points, seed: u64) -> Self {
        let mut places: Vec<usize> = (0..points.at.len()).collect();
        if places.len() > JUDGED {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            for place in 0..JUDGED {
                let left = (places.len() - place) as f64;
                places.swap(place, place + (uniform(&mut random) * left) as usize);
            }
            places.truncate(JUDGED);
        }
        let (mut sum, mut people) = (0.0, 0.0);
        for place in places {
            let weight = points.people[place] as f64;
            sum += weight * self.silhouette_of(points, place);
            people += weight;
        }
        self.silhouette = sum / people;
        self
    }

    /// `(b - a) / max(a, b)`: mean distance to the nearest other cluster and to the own one; one
    /// alone in a cluster has nought.
    fn silhouette_of(&self, points: &Points, place: usize) -> f64 {
        let mut sums = vec![0.0; self.centres.len()];
        let mut counts = vec![0_u64; self.centres.len()];
        for ((at, people), own) in points.at.iter().zip(&points.people).zip(&self.of_point) {
            sums[*own] += squared(at, &points.at[place]).sqrt() * *people as f64;
            counts[*own] += people;
        }
        let own = self.of_point[place];
        if counts[own] < 2 {
            return 0.0;
        }
        let inside = sums[own] / (counts[own] - 1) as f64;
        let others = (0..sums.len()).filter(|other| *other != own && counts[*other] > 0);
        let outside = others.map(|other| sums[other] / counts[other] as f64);
        let outside = outside.fold(f64::INFINITY, f64::min);
        let larger = inside.max(outside);
        match larger > 0.0 && larger.is_finite() {
            true => (outside - inside) / larger,
            false => 0.0,
        }
    }

    /// `-2 ln L + p ln n` of normal clouds of one width in all directions, each person in the
    /// cluster she is in (Pelleg and Moore 2000).
    pub(super) fn bic(&self, points: &Points) -> f64 {
        let k = self.centres.len();
        let n = points.people.iter().sum::<u64>() as f64;
        let width = self.centres.first().map_or(0, Vec::len) as f64;
        let shares = (0..k).map(|cluster| {
            let own = points.number(self, cluster) as f64;
            own * (own / n).ln()
        });
        // People who all stand at their centres have no width to speak of.
        let variance = (self.within / (n * width)).max(f64::MIN_POSITIVE);
        let likelihood = shares.sum::<f64>() - n * width / 2.0 * ((TAU * variance).ln() + 1.0);
        let parameters = k as f64 * width + k as f64;
        parameters * n.ln() - 2.0 * likelihood
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three clouds of four people and one who stands where another one does.
    fn clouds() -> Points {
        let centres = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
        let offs = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]];
        let at = centres
            .iter()
            .flat_map(|c| offs.iter().map(|off| vec![c[0] + off[0], c[1] + off[1]]));
        let at: Vec<Vec<f64>> = at.collect();
        let mut people = vec![1; at.len()];
        people[0] = 2;
        Points { at, people }
    }

    #[test]
    fn clouds_that_lie_apart_are_found_from_every_seed() {
        let points = clouds();
        for seed in 0..20 {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            let found = points.clusters(&points.people, 3, 10, &mut random).unwrap();
            let found = found.numbered().judged(&points, seed);
            let sizes = [0, 1, 2].map(|cluster| points.number(&found, cluster));
            assert_eq!(sizes, [5, 4, 4]);
            assert!(
                (found.within - (2.4 + 2.0 + 2.0)).abs() < 1e-12,
                "{}",
                found.within
            );
            assert!(found.silhouette > 0.85);
        }
    }

    #[test]
    fn more_clusters_than_places_are_none() {
        let points = clouds();
        let mut random = ChaCha8Rng::seed_from_u64(1);
        assert!(
            points
                .clusters(&points.people, 13, 5, &mut random)
                .is_none()
        );
        assert!(
            points
                .clusters(&points.people, 12, 50, &mut random)
                .is_some()
        );
        assert!(points.clusters(&[0; 12], 2, 5, &mut random).is_none());
    }

    #[test]
    fn the_right_number_has_the_largest_silhouette_and_the_smallest_bic() {
        let points = clouds();
        let judged = |number| {
            let mut random = ChaCha8Rng::seed_from_u64(3);
            let found = points.clusters(&points.people, number, 40, &mut random);
            let found = found.unwrap().judged(&points, 3);
            (found.silhouette, found.bic(&points))
        };
        for other in [2, 4] {
            assert!(judged(3).0 > judged(other).0);
        }
        assert!(judged(3).1 < judged(2).1);
    }
}
