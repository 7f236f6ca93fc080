//! How sure a ranking of needs is: people drawn again with replacement.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::{Grouping, Tally, tabulate};
use crate::tables::importance::{CommonScale, Importance, Weighed, weighed};

/// The chance in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Start of the random numbers; the same seed gives the same bits.
    pub seed: u64,
    /// How often people are drawn again.
    pub replicates: u32,
}

/// People by what they said about every area, in the order of what they said: neither the order
/// of rows nor a split of them is left in it.
#[derive(Clone, Debug, Default)]
struct Profiles(BTreeMap<Vec<Option<Weighed>>, u64>);

impl Tally for Profiles {
    fn add(&mut self, other: &Self) {
        for (profile, persons) in &other.0 {
            *self.0.entry(profile.clone()).or_default() += persons;
        }
    }
}

impl Chance {
    /// Returns, for each group, the share of draws in which each area is among the two largest
    /// needs; areas that tie for the second place are both among them.
    pub(super) fn first_two(
        &self,
        data: &Dataset,
        areas: &[Importance],
        by: &Grouping,
    ) -> Result<BTreeMap<Vec<String>, Vec<f64>>, AnalysisError> {
        let mut scales = Vec::new();
        let mut columns = Vec::new();
        for area in areas {
            scales.push(CommonScale::of(data, area)?);
            columns.push(weighed(data, area)?);
        }
        let groups = tabulate(data, by, |profiles: &mut Profiles, row| {
            let profile: Vec<Option<Weighed>> = columns.iter().map(|column| column[row]).collect();
            if profile.iter().any(Option::is_some) {
                *profiles.0.entry(profile).or_default() += 1;
            }
        })?;
        let drawn = groups.into_iter();
        Ok(drawn
            .map(|(keys, people)| (keys, self.draw(&people, &scales)))
            .collect())
    }

    fn draw(&self, people: &Profiles, scales: &[CommonScale]) -> Vec<f64> {
        let number = |(numerator, denominator): (i64, i64)| numerator as f64 / denominator as f64;
        let mut persons: Vec<Vec<[f64; 3]>> = Vec::new();
        for (profile, times) in &people.0 {
            let numbers = profile.iter().zip(scales).map(|(said, scale)| match said {
                Some(said) => [
                    1.0,
                    number(scale.importance(*said)),
                    number(scale.discrepancy(*said)),
                ],
                None => [0.0; 3],
            });
            let numbers: Vec<[f64; 3]> = numbers.collect();
            for _ in 0..*times {
                persons.push(numbers.clone());
            }
        }
        let mut first = vec![0_u32; scales.len()];
        if persons.is_empty() {
            return Vec::new();
        }
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        for _ in 0..self.replicates {
            let mut sums = vec![[0.0; 3]; scales.len()];
            for _ in 0..persons.len() {
                // The upper half of a product spreads 64 random bits over the people evenly.
                let wide = u128::from(random.next_u64()) * persons.len() as u128;
                let person = &persons[(wide >> 64) as usize];
                for (sum, said) in sums.iter_mut().zip(person) {
                    for (part, value) in sum.iter_mut().zip(said) {
                        *part += value;
                    }
                }
            }
            for (place, is_first) in among_first_two(&sums).into_iter().enumerate() {
                first[place] += u32::from(is_first);
            }
        }
        let share = |times: u32| f64::from(times) / f64::from(self.replicates.max(1));
        first.into_iter().map(share).collect()
    }
}

/// Says which areas have the two largest needs; an area nobody drawn has answered has none.
fn among_first_two(sums: &[[f64; 3]]) -> Vec<bool> {
    let need = |[n, importance, discrepancy]: &[f64; 3]| {
        (*n > 0.0).then(|| importance / n * (discrepancy / n))
    };
    let needs: Vec<Option<f64>> = sums.iter().map(need).collect();
    let larger = |own: f64| needs.iter().flatten().filter(|other| **other > own).count();
    needs
        .iter()
        .map(|own| own.is_some_and(|own| larger(own) < 2))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_largest_needs_are_first_and_an_empty_one_is_not() {
        let sums = [
            [2.0, 8.0, 1.0],
            [2.0, 8.0, 4.0],
            [0.0, 0.0, 0.0],
            [2.0, 8.0, 2.0],
        ];
        assert_eq!(among_first_two(&sums), [false, true, false, true]);
        let tied = [[1.0, 4.0, 1.0]; 3];
        assert_eq!(among_first_two(&tied), [true; 3]);
    }
}
