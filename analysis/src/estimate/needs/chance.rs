//! How sure a ranking of needs is: needs drawn as they vary together.
//!
//! A need is a product of two means, which vary with who answered. By the delta method the person
//! i moves the need of area a by `z_ia / n_a`, with `z = M (d - D) + D (m - M)` for importance m and
//! discrepancy d about their means M and D, and nought where the person lacks one of them. Needs
//! are then drawn from the normal distribution with covariances `Σ z_a z_b / (n_a n_b)`, each `n`
//! taken less one as for the error of a mean. Sums over pairs of areas are enough for that, so
//! nobody's answers to all areas have to lie side by side.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector, SymmetricEigen};
use num_rational::BigRational;
use num_traits::Zero;
use rand::SeedableRng;
use rand::distr::Distribution;
use rand_chacha::ChaCha8Rng;
use statrs::distribution::Normal;

use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{nearest, ratio};
use crate::grouping::Grouping;
use crate::tables::area_pairs::PairPlace;
use crate::tables::by_group;
use crate::tables::importance::{CommonScale, Importance, ImportanceTable, Weighed};
use crate::tables::importance_pairs::{ImportancePairs, PairSums};

/// The chance in a ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// Start of the random numbers; the same seed gives the same bits.
    pub seed: u64,
    /// How often needs are drawn.
    pub replicates: u32,
}

/// The need of an area, and what moves it: `z = p + q x + r y / v` for importance x and the sum y
/// of v valid items.
struct Moved {
    n: i64,
    need: BigRational,
    z: [BigRational; 3],
}

impl Moved {
    /// Works it out from the people of an area; none where nobody gave both.
    fn of(table: &ImportanceTable, scale: &CommonScale) -> Option<Moved> {
        let (mut n, mut x, mut y) = (0, BigRational::zero(), BigRational::zero());
        for ((importance, valid, sum), persons) in &table.persons {
            let persons = i64::try_from(*persons).unwrap_or(i64::MAX);
            n += persons;
            x += whole(i64::from(*importance)) * whole(persons);
            y += whole(i64::from(*sum)) * whole(persons) / whole(i64::from(*valid));
        }
        if n == 0 {
            return None;
        }
        let [[importance, per_x], [competence, per_y]] = scale.lines();
        let important = &importance + &per_x * x / whole(n);
        let missing = &important - (&competence + &per_y * y / whole(n));
        let both = &important + &missing;
        let need = &important * &missing;
        Some(Moved {
            n,
            z: [
                &both * importance - &important * competence - &need * whole(2),
                both * per_x,
                -important * per_y,
            ],
            need,
        })
    }

    /// Returns `Σ z²` over the people of the area.
    fn squares(&self, table: &ImportanceTable) -> BigRational {
        let [p, q, r] = &self.z;
        let of_person = |(importance, valid, sum): &Weighed| {
            let y = whole(i64::from(*sum)) / whole(i64::from(*valid));
            p + q * whole(i64::from(*importance)) + r * y
        };
        let squares = table.persons.iter().map(|(person, persons)| {
            let z = of_person(person);
            &z * &z * ratio(i128::from(*persons), 1)
        });
        squares.fold(BigRational::zero(), |a, b| a + b)
    }

    /// Returns `n / (n - 1)`; one answer does not vary.
    fn factor(&self) -> f64 {
        let n = self.n as f64;
        if self.n > 1 { n / (n - 1.0) } else { 1.0 }
    }
}

/// Returns `Σ z_a z_b` over the people of one entry.
fn products(a: &Moved, b: &Moved, (.., v, w): PairPlace, sums: &PairSums) -> BigRational {
    let [n, x_a, y_a, x_b, y_b, x_x, x_y, y_x, y_y] = sums.map(whole);
    let (v, w) = (whole(i64::from(v)), whole(i64::from(w)));
    let [p, q, r] = &a.z;
    let [p_b, q_b, r_b] = &b.z;
    let r = r / v;
    let r_b = r_b / w;
    p * (p_b * n + q_b * x_b + &r_b * y_b)
        + q * (p_b * x_a + q_b * x_x + &r_b * x_y)
        + r * (p_b * y_a + q_b * y_x + r_b * y_y)
}

fn whole(number: i64) -> BigRational {
    ratio(i128::from(number), 1)
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
        let scales = areas
            .iter()
            .map(|area| CommonScale::of(data, area))
            .collect::<Result<Vec<_>, _>>()?;
        let mut alone = Vec::new();
        for area in areas {
            alone.push(by_group::<ImportanceTable>(data, area, by)?);
        }
        let groups = by_group::<ImportancePairs>(data, &areas.to_vec(), by)?;
        let drawn = groups.into_iter().map(|(keys, pairs)| {
            let own = alone
                .iter_mut()
                .map(|area| area.remove(&keys).unwrap_or_default());
            let own: Vec<ImportanceTable> = own.collect();
            let drawn = self.draw(&own, &pairs, &scales);
            (keys, drawn)
        });
        Ok(drawn.collect())
    }

    fn draw(
        &self,
        alone: &[ImportanceTable],
        pairs: &ImportancePairs,
        scales: &[CommonScale],
    ) -> Vec<f64> {
        let areas: Vec<Option<Moved>> = alone
            .iter()
            .zip(scales)
            .map(|(table, scale)| Moved::of(table, scale))
            .collect();
        let root = root(&covariances(alone, pairs, &areas));
        let needs: Vec<Option<f64>> = areas
            .iter()
            .map(|area| Some(nearest(&area.as_ref()?.need)))
            .collect();
        let (mut random, normal) = (ChaCha8Rng::seed_from_u64(self.seed), Normal::standard());
        let mut first = vec![0_u32; areas.len()];
        for _ in 0..self.replicates {
            let chance = DVector::from_fn(areas.len(), |_, _| normal.sample(&mut random));
            let off: DVector<f64> = &root * chance;
            let drawn = needs.iter().zip(off.iter());
            let drawn: Vec<Option<f64>> = drawn.map(|(need, off)| Some((*need)? + off)).collect();
            for (times, is_first) in first.iter_mut().zip(among_first_two(&drawn)) {
                *times += u32::from(is_first);
            }
        }
        let share = |times: u32| f64::from(times) / f64::from(self.replicates.max(1));
        first.into_iter().map(share).collect()
    }
}

/// Returns how needs vary together; an area without a need does not vary.
fn covariances(
    alone: &[ImportanceTable],
    pairs: &ImportancePairs,
    areas: &[Option<Moved>],
) -> DMatrix<f64> {
    let mut sums: BTreeMap<(usize, usize), BigRational> = BTreeMap::new();
    for (place, (area, table)) in areas.iter().zip(alone).enumerate() {
        if let Some(area) = area {
            let n = whole(area.n);
            sums.insert((place, place), area.squares(table) / (&n * &n));
        }
    }
    for (place, counted) in &pairs.sums {
        if let (Some(Some(a)), Some(Some(b))) = (areas.get(place.0), areas.get(place.1)) {
            let sum = sums
                .entry((place.0, place.1))
                .or_insert_with(BigRational::zero);
            *sum += products(a, b, *place, counted) / (whole(a.n) * whole(b.n));
        }
    }
    let mut covariances = DMatrix::zeros(areas.len(), areas.len());
    for ((i, j), sum) in sums {
        if let (Some(a), Some(b)) = (&areas[i], &areas[j]) {
            let value = nearest(&sum) * (a.factor() * b.factor()).sqrt();
            covariances[(i, j)] = value;
            covariances[(j, i)] = value;
        }
    }
    covariances
}

/// Returns a matrix whose square is the covariances.
fn root(covariances: &DMatrix<f64>) -> DMatrix<f64> {
    let eigen = SymmetricEigen::new(covariances.clone());
    let roots = eigen.eigenvalues.map(|value| value.max(0.0).sqrt());
    eigen.eigenvectors * DMatrix::from_diagonal(&roots)
}

/// Says which areas have the two largest needs; an area without answers has none.
fn among_first_two(needs: &[Option<f64>]) -> Vec<bool> {
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
        let needs = [Some(2.0), Some(8.0), None, Some(4.0)];
        assert_eq!(among_first_two(&needs), [false, true, false, true]);
        assert_eq!(among_first_two(&[Some(4.0); 3]), [true; 3]);
    }

    #[test]
    fn needs_are_drawn_as_they_vary_together() {
        let covariances = DMatrix::from_row_slice(2, 2, &[4.0, 1.0, 1.0, 9.0]);
        let root = root(&covariances);
        let again = &root * root.transpose();
        assert!((again - covariances).abs().max() < 1e-12);
    }
}
