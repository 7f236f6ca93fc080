//! Tests on ranks: Kruskal and Wallis over all groups, Dunn and Mann and Whitney for two.
//!
//! Answers on a scale are nearly all tied, so ranks are middle ranks and every variance has its
//! tie correction. Ranks are halves of whole numbers; here they are held doubled, as integers.

use std::cmp::Ordering;

use num_rational::BigRational;

use super::sample::Sample;
use crate::exact::{nearest, ratio};

/// Everybody's ranks, group by group.
pub(super) struct Ranks {
    /// Twice the sum of the ranks of each group.
    doubled_sums: Vec<i128>,
    /// Persons of each group.
    counts: Vec<i128>,
    /// Persons of all groups.
    all: i128,
    /// The sum of t³ - t over tied values.
    ties: i128,
}

/// Kruskal's and Wallis's statistic.
pub(super) struct Kruskal {
    pub(super) h: f64,
    pub(super) degrees: f64,
    /// H (N + 1) / (N² - 1), and (H - k + 1) / (N - k) (Tomczak and Tomczak 2014).
    pub(super) epsilon: f64,
    pub(super) eta: Option<f64>,
}

/// Mann's and Whitney's statistic of two groups.
pub(super) struct MannWhitney {
    pub(super) u: f64,
    /// The standardised statistic, without and with the continuity correction; none where all
    /// values are tied.
    pub(super) z: Option<[f64; 2]>,
}

impl Ranks {
    /// Ranks the persons of all groups together.
    pub(super) fn of(groups: &[&Sample]) -> Self {
        let mut scores: Vec<(i32, u16, usize, u64)> = Vec::new();
        for (group, sample) in groups.iter().enumerate() {
            let of_group = sample.ascending.iter();
            scores.extend(of_group.map(|(sum, valid, persons)| (*sum, *valid, group, *persons)));
        }
        let compared = |a: &(i32, u16, usize, u64), b: &(i32, u16, usize, u64)| -> Ordering {
            let left = i64::from(a.0) * i64::from(b.1);
            left.cmp(&(i64::from(b.0) * i64::from(a.1)))
        };
        scores.sort_by(|a, b| compared(a, b).then(a.2.cmp(&b.2)));
        let mut ranks = Ranks {
            doubled_sums: vec![0; groups.len()],
            counts: vec![0; groups.len()],
            all: 0,
            ties: 0,
        };
        for tied in scores.chunk_by(|a, b| compared(a, b).is_eq()) {
            let persons: i128 = tied.iter().map(|score| i128::from(score.3)).sum();
            // Ranks all + 1 to all + persons: twice their middle.
            let doubled_rank = 2 * ranks.all + persons + 1;
            for (_, _, group, persons) in tied {
                ranks.doubled_sums[*group] += doubled_rank * i128::from(*persons);
                ranks.counts[*group] += i128::from(*persons);
            }
            ranks.all += persons;
            ranks.ties += persons * persons * persons - persons;
        }
        ranks
    }

    /// Returns the mean rank of a group.
    pub(super) fn mean(&self, group: usize) -> f64 {
        nearest(&ratio(
            self.doubled_sums[group],
            2 * self.counts[group].max(1),
        ))
    }

    /// Says whether everybody has the same value.
    pub(super) fn all_tied(&self) -> bool {
        self.ties == self.all * self.all * self.all - self.all
    }

    /// Returns H with its tie correction: `(12 Σ R²/n / (N (N + 1)) - 3 (N + 1)) / (1 - Σ(t³ - t)
    /// / (N³ - N))`, an exact fraction rounded once.
    pub(super) fn kruskal(&self) -> Option<Kruskal> {
        if self.all_tied() || self.counts.len() < 2 {
            return None;
        }
        let n = self.all;
        let squares = self.doubled_sums.iter().zip(&self.counts);
        let squares = squares
            .map(|(doubled, count)| ratio(doubled * doubled, 4 * count))
            .fold(ratio(0, 1), |a, b| a + b);
        let uncorrected = squares * ratio(12, n * (n + 1)) - ratio(3 * (n + 1), 1);
        let h = uncorrected / (ratio(1, 1) - ratio(self.ties, n * n * n - n));
        let groups = self.counts.len() as i128;
        let eta = (n > groups).then(|| (&h - ratio(groups - 1, 1)) / ratio(n - groups, 1));
        Some(Kruskal {
            degrees: (groups - 1) as f64,
            epsilon: nearest(&(&h * ratio(n + 1, n * n - 1))),
            eta: eta.as_ref().map(nearest),
            h: nearest(&h),
        })
    }

    /// Returns Dunn's z of two groups (Dunn 1964), with the tie term of all groups.
    pub(super) fn dunn(&self, a: usize, b: usize) -> Option<f64> {
        if self.all_tied() {
            return None;
        }
        let n = self.all;
        let variance = ratio(n * (n + 1), 12) - ratio(self.ties, 12 * (n - 1));
        let (na, nb) = (self.counts[a], self.counts[b]);
        let variance = variance * (ratio(1, na) + ratio(1, nb));
        let mean = |group: usize| ratio(self.doubled_sums[group], 2 * self.counts[group]);
        Some(nearest(&(mean(a) - mean(b))) / nearest(&variance).sqrt())
    }

    /// Returns U of the first of two groups with its normal approximation.
    pub(super) fn mann_whitney(&self) -> MannWhitney {
        let (n1, n2, n) = (self.counts[0], self.counts[1], self.all);
        let u: BigRational = ratio(self.doubled_sums[0] - n1 * (n1 + 1), 2);
        let excess = nearest(&(&u - ratio(n1 * n2, 2)));
        let z = (!self.all_tied()).then(|| {
            let variance = (ratio(n + 1, 1) - ratio(self.ties, n * (n - 1))) * ratio(n1 * n2, 12);
            let sd = nearest(&variance).sqrt();
            let sign = if excess == 0.0 { 0.0 } else { excess.signum() };
            [excess / sd, (excess - sign * 0.5) / sd]
        });
        MannWhitney { u: nearest(&u), z }
    }
}
