//! Tests on means and variances: the classic and Welch's analysis of variance, Levene's and
//! Brown's and Forsythe's test, Welch's t and Games's and Howell's comparison of two.

use num_rational::BigRational;

use super::sample::Sample;
use crate::exact::{nearest, ratio};
use crate::probability::{StudentisedRange, f_above, t_tails, t_two_sided};

/// An F test.
#[derive(Clone, Copy, Debug)]
pub(super) struct F {
    pub(super) f: f64,
    pub(super) above: f64,
    pub(super) below: f64,
    pub(super) p: f64,
}

impl F {
    fn new(f: f64, above: f64, below: f64) -> Option<F> {
        let p = f_above(f, above, below)?;
        Some(F { f, above, below, p })
    }
}

/// Sums of squares between and within groups, exact.
pub(super) struct Squares {
    between: BigRational,
    within: BigRational,
    groups: i128,
    persons: i128,
}

impl Squares {
    /// Adds up groups of at least two persons.
    pub(super) fn of(groups: &[&Sample]) -> Self {
        let zero = || ratio(0, 1);
        let mut squares = Squares {
            between: zero(),
            within: zero(),
            groups: groups.len() as i128,
            persons: 0,
        };
        let mut total = zero();
        for group in groups {
            let n = i128::from(group.n);
            let sum = group.moments.total();
            let of_mean = &sum * &sum / ratio(n, 1);
            squares.within += group.moments.total_of_squares() - &of_mean;
            squares.between += of_mean;
            squares.persons += n;
            total += sum;
        }
        if squares.persons > 0 {
            squares.between -= &total * &total / ratio(squares.persons, 1);
        }
        squares
    }

    /// Says whether there is a spread within groups, and a degree of freedom to measure it with.
    pub(super) fn have_spread(&self) -> bool {
        self.within > ratio(0, 1) && self.persons > self.groups
    }

    pub(super) fn between(&self) -> f64 {
        nearest(&self.between)
    }

    pub(super) fn within(&self) -> f64 {
        nearest(&self.within)
    }

    /// Returns the classic analysis of variance. Tested against R: `anova(lm(y ~ g))`.
    pub(super) fn anova(&self) -> Option<F> {
        if !self.have_spread() || self.groups < 2 {
            return None;
        }
        let (above, below) = (self.groups - 1, self.persons - self.groups);
        let f = &self.between * ratio(below, above) / &self.within;
        F::new(nearest(&f), above as f64, below as f64)
    }

    /// Returns η², ω² and ε² as they come out; the last two can be negative.
    pub(super) fn explained(&self) -> Option<[f64; 3]> {
        self.have_spread().then(|| {
            let mean_within = &self.within / ratio(self.persons - self.groups, 1);
            let all = &self.between + &self.within;
            let beyond = &self.between - &mean_within * ratio(self.groups - 1, 1);
            [
                &self.between / &all,
                &beyond / (&all + &mean_within),
                beyond / all,
            ]
            .map(|share| nearest(&share))
        })
    }
}

/// Returns Welch's analysis of variance (Welch 1951); every group has a variance above nought.
///
/// Tested against R: `oneway.test`.
pub(super) fn welch(groups: &[&Sample]) -> Option<F> {
    let k = groups.len() as f64;
    if groups.len() < 2 {
        return None;
    }
    let mut weighed = Vec::new();
    for group in groups {
        let n = group.n as f64;
        weighed.push((n / group.positive_variance()?, group.mean()?, n));
    }
    let weights: f64 = weighed.iter().map(|(weight, ..)| weight).sum();
    let mean = weighed
        .iter()
        .map(|(weight, mean, _)| weight * mean)
        .sum::<f64>()
        / weights;
    let between = weighed
        .iter()
        .map(|(weight, of, _)| weight * (of - mean) * (of - mean));
    let between = between.sum::<f64>() / (k - 1.0);
    let lost = weighed.iter().map(|(weight, _, n)| {
        let rest = 1.0 - weight / weights;
        rest * rest / (n - 1.0)
    });
    let lost = lost.sum::<f64>() / (k * k - 1.0);
    let f = between / (1.0 + 2.0 * (k - 2.0) * lost);
    F::new(f, k - 1.0, 1.0 / (3.0 * lost))
}

/// Returns Levene's test: an analysis of variance of the distances from the middle of the own
/// group, the mean (Levene 1960) or the median (Brown and Forsythe 1974).
///
/// Tested against R: `anova(lm(abs(y - ave(y, g, FUN = median)) ~ g))`.
pub(super) fn levene(groups: &[&Sample], from_median: bool) -> Option<F> {
    let mut parts = Vec::new();
    let mut persons = 0.0;
    for group in groups {
        let n = ratio(i128::from(group.n.max(1)), 1);
        let centre = match from_median {
            true => group.median()?,
            false => group.moments.total() / n,
        };
        let distances = group.distances(&centre);
        let n = group.n as f64;
        let mean = distances
            .iter()
            .map(|(far, people)| far * people)
            .sum::<f64>()
            / n;
        let within = distances
            .iter()
            .map(|(far, people)| people * (far - mean) * (far - mean));
        parts.push((n, mean, within.sum::<f64>()));
        persons += n;
    }
    let all = parts.iter().map(|(n, mean, _)| n * mean).sum::<f64>() / persons;
    let between: f64 = parts
        .iter()
        .map(|(n, mean, _)| n * (mean - all) * (mean - all))
        .sum();
    let within: f64 = parts.iter().map(|(.., within)| within).sum();
    let (above, below) = (parts.len() as f64 - 1.0, persons - parts.len() as f64);
    // Distances that are all the same leave rounding errors behind instead of nought.
    let noise = 1e-24 * persons * (all * all + 1e-300);
    if above < 1.0 || below < 1.0 || within <= noise {
        return None;
    }
    F::new(between / above / (within / below), above, below)
}

/// The difference of two means under unequal variances.
#[derive(Clone, Copy, Debug)]
pub(in crate::estimate) struct WelchT {
    pub(in crate::estimate) difference: f64,
    pub(in crate::estimate) se: f64,
    pub(in crate::estimate) t: f64,
    pub(in crate::estimate) degrees: f64,
    pub(in crate::estimate) p: f64,
    pub(in crate::estimate) interval: Option<[f64; 2]>,
}

/// Returns Welch's t test, unless a group has fewer than two persons or neither has any spread.
///
/// Tested against R: `t.test(x, y)`.
pub(in crate::estimate) fn welch_t(x: &Sample, y: &Sample, confidence: f64) -> Option<WelchT> {
    let (vx, vy) = (x.variance()? / x.n as f64, y.variance()? / y.n as f64);
    let se = (vx + vy).sqrt();
    if se <= 0.0 {
        return None;
    }
    let difference = x.mean()? - y.mean()?;
    let (below_x, below_y) = ((x.n - 1) as f64, (y.n - 1) as f64);
    let degrees = (vx + vy) * (vx + vy) / (vx * vx / below_x + vy * vy / below_y);
    let t = difference / se;
    let half = t_two_sided(confidence, degrees).map(|point| point * se);
    Some(WelchT {
        difference,
        se,
        t,
        degrees,
        p: t_tails(t, degrees)?,
        interval: half.map(|half| [difference - half, difference + half]),
    })
}

/// A pair of Games's and Howell's comparison.
pub(super) struct GamesHowell {
    pub(super) q: f64,
    pub(super) p: f64,
    pub(super) interval: Option<[f64; 2]>,
}

/// Returns Games's and Howell's comparison of two out of `groups` means (Games and Howell 1976):
/// the studentised range at `|d| / √((s²_a/n_a + s²_b/n_b) / 2)` with Welch's degrees of freedom.
///
/// Tested against R: `ptukey`, `qtukey`.
pub(super) fn games_howell(pair: &WelchT, groups: usize, confidence: f64) -> Option<GamesHowell> {
    let se = pair.se / 2.0_f64.sqrt();
    let q = pair.difference.abs() / se;
    let range = StudentisedRange::new(groups, pair.degrees)?;
    let half = range
        .exceeded_with(1.0 - confidence)
        .map(|point| point * se);
    Some(GamesHowell {
        q,
        p: range.above(q),
        interval: half.map(|half| [pair.difference - half, pair.difference + half]),
    })
}
