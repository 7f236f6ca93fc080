//! The scores of one group, ready to be compared with those of another.

use num_rational::BigRational;

use crate::exact::{Moments, nearest, ratio};
use crate::tables::scores::ScoreTable;

/// Scores of a group: each value that occurs with its number of persons, from low to high.
#[derive(Clone, Debug)]
pub(in crate::estimate) struct Sample {
    /// Sum and number of valid items (the score is their quotient), and persons.
    pub(super) ascending: Vec<(i32, u16, u64)>,
    pub(super) moments: Moments,
    pub(super) n: u64,
}

impl Sample {
    pub(in crate::estimate) fn new(scores: &ScoreTable) -> Self {
        Sample {
            ascending: scores.ascending(),
            moments: scores.moments(),
            n: scores.n(),
        }
    }

    /// Returns the mean, unless nobody is there.
    pub(in crate::estimate) fn mean(&self) -> Option<f64> {
        self.moments.mean()
    }

    /// Returns the variance over `n - 1`, unless fewer than two are there.
    pub(in crate::estimate) fn variance(&self) -> Option<f64> {
        self.moments.variance()
    }

    /// Returns the variance where there is one above nought.
    pub(super) fn positive_variance(&self) -> Option<f64> {
        self.variance().filter(|variance| *variance > 0.0)
    }

    /// Returns the median as an exact fraction.
    pub(super) fn median(&self) -> Option<BigRational> {
        let at = |wanted: u64| {
            let mut seen = 0;
            let mut scores = self.ascending.iter();
            let found = scores.find(|(_, _, persons)| {
                seen += persons;
                wanted < seen
            });
            found.map(|(sum, valid, _)| ratio(i128::from(*sum), i128::from(*valid)))
        };
        let last = self.n.checked_sub(1)?;
        Some((at(last / 2)? + at(last - last / 2)?) * ratio(1, 2))
    }

    /// Returns the distances from a centre, each with its number of persons, from the lowest
    /// score to the highest.
    pub(super) fn distances(&self, centre: &BigRational) -> Vec<(f64, f64)> {
        let scores = self.ascending.iter();
        let distances = scores.map(|(sum, valid, persons)| {
            let score = ratio(i128::from(*sum), i128::from(*valid));
            (nearest(&(score - centre)).abs(), *persons as f64)
        });
        distances.collect()
    }
}
