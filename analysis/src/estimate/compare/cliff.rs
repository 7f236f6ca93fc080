//! Cliff's delta: how much more often a person of one group is above a person of the other.

use super::sample::Sample;
use crate::exact::{nearest, ratio};

/// Cliff's delta with its variance.
pub(super) struct Cliff {
    pub(super) delta: f64,
    /// Unbiased variance (Cliff 1993), not below (1 - δ²) / (n1 n2 - 1).
    pub(super) variance: Option<f64>,
    /// P(X > Y) + P(X = Y) / 2.
    pub(super) superiority: f64,
}

/// Pairs of persons in which the first is above, minus those in which it is below.
struct Dominance {
    /// For each score of the first group: wins minus losses against all of the second, persons.
    first: Vec<(i128, i128)>,
    second: Vec<(i128, i128)>,
    untied: i128,
}

/// Returns δ = P(X > Y) - P(X < Y), an exact fraction rounded once.
///
/// The variance follows from whole numbers as well: with `d_i` the dominance of each person and
/// `s` the number of untied pairs, `(n1² Σ(d_i - δ)² + n2² Σ(d_j - δ)² - Σ(d_ij - δ)²) / (n1 n2
/// (n1 - 1) (n2 - 1))` (Cliff 1993, Psychological Bulletin 114, 494-509).
pub(super) fn cliff(x: &Sample, y: &Sample) -> Option<Cliff> {
    let (n1, n2) = (i128::from(x.n), i128::from(y.n));
    if n1 == 0 || n2 == 0 {
        return None;
    }
    let dominance = Dominance::of(x, y);
    let total: i128 = dominance.first.iter().map(|(d, persons)| d * persons).sum();
    let delta = ratio(total, n1 * n2);
    let squares = |of: &[(i128, i128)]| of.iter().map(|(d, persons)| d * d * persons).sum::<i128>();
    let square = &delta * &delta;
    // At ±1 nothing is left to vary in the sample, which is no knowledge about the population.
    let variance = (n1 > 1 && n2 > 1 && total.abs() < n1 * n2).then(|| {
        // Σ(d_i - δ)² = Σ d_i² - n1 δ², with d_i a whole number over n2.
        let rows = ratio(squares(&dominance.first), n2 * n2) - &square * ratio(n1, 1);
        let columns = ratio(squares(&dominance.second), n1 * n1) - &square * ratio(n2, 1);
        let cells = ratio(dominance.untied, 1) - &square * ratio(n1 * n2, 1);
        let sum = rows * ratio(n1 * n1, 1) + columns * ratio(n2 * n2, 1) - cells;
        let unbiased = sum / ratio(n1 * n2 * (n1 - 1) * (n2 - 1), 1);
        let least = (ratio(1, 1) - &square) / ratio(n1 * n2 - 1, 1);
        nearest(&unbiased.max(least))
    });
    Some(Cliff {
        superiority: nearest(&((&delta + ratio(1, 1)) * ratio(1, 2))),
        delta: nearest(&delta),
        variance,
    })
}

impl Cliff {
    /// Returns Cliff's asymmetric interval; at ±1 there is none.
    pub(super) fn interval(&self, z: f64) -> Option<[f64; 2]> {
        let (delta, variance) = (self.delta, self.variance?);
        if delta.abs() >= 1.0 {
            return None;
        }
        let rest = 1.0 - delta * delta;
        let half = z * variance.sqrt() * (rest * rest + z * z * variance).sqrt();
        let centre = delta - delta * delta * delta;
        Some([-half, half].map(|half| (centre + half) / (rest + z * z * variance)))
    }
}

impl Dominance {
    fn of(x: &Sample, y: &Sample) -> Self {
        let mut untied = 0;
        let mut first = Vec::with_capacity(x.ascending.len());
        for (score, below, above) in against(x, y) {
            untied += score * (below + above);
            first.push((below - above, score));
        }
        let second = against(y, x).map(|(score, below, above)| (below - above, score));
        Dominance {
            second: second.collect(),
            first,
            untied,
        }
    }
}

/// Returns, for each score of `x` from low to high: its persons, and how many of `y` lie below
/// and above it.
fn against<'s>(x: &'s Sample, y: &'s Sample) -> impl Iterator<Item = (i128, i128, i128)> + 's {
    let all = i128::from(y.n);
    let (mut place, mut below) = (0, 0_i128);
    x.ascending.iter().map(move |(sum, valid, persons)| {
        let compared = |other: &(i32, u16, u64)| {
            (i64::from(other.0) * i64::from(*valid)).cmp(&(i64::from(*sum) * i64::from(other.1)))
        };
        while y
            .ascending
            .get(place)
            .is_some_and(|other| compared(other).is_lt())
        {
            below += i128::from(y.ascending[place].2);
            place += 1;
        }
        let tied = y
            .ascending
            .get(place)
            .filter(|other| compared(other).is_eq());
        let tied = tied.map_or(0, |(_, _, persons)| i128::from(*persons));
        (i128::from(*persons), below, all - below - tied)
    })
}
