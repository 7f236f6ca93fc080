//! Pearson's test of a weighted table, corrected for the design (Rao and Scott 1984).

use findings::Undefined;
use nalgebra::{DMatrix, DVector};

use super::{Found, Groups, Terms};
use crate::estimate::weighted::covariance;

const TEST: &str = "rao_scott";

pub(super) fn test(groups: Result<&Groups<'_>, Undefined>, _note: &mut dyn FnMut(String)) -> Terms {
    let table = groups.and_then(Table::of);
    let of = |value: fn(&Table) -> f64| table.as_ref().map(value).map_err(|reason| *reason);
    let mut terms = vec![(TEST, "chisq", of(|table| table.chi_squared))];
    let known = table.as_ref().map_err(|reason| *reason);
    let found = known.and_then(|table| table.corrected(groups?));
    terms.extend(Found::terms(&found, TEST));
    terms.push(("effect", "cramers_v", of(Table::cramers_v)));
    terms
}

/// The weighted shares of all people by value and group.
struct Table {
    values: usize,
    groups: usize,
    shares: DVector<f64>,
    weight: f64,
    n: f64,
    chi_squared: f64,
}

impl Table {
    fn of(groups: &Groups<'_>) -> Result<Table, Undefined> {
        let (values, columns) = (groups.values, groups.names.len());
        if values < 2 {
            return Err(Undefined::ZeroVariance);
        }
        let mut shares = DVector::zeros(values * columns);
        for people in &groups.people {
            shares[people.group * values + people.value] += groups.weight(people);
        }
        let weight = shares.sum();
        if weight <= 0.0 {
            return Err(Undefined::NoAnswers);
        }
        shares /= weight;
        let n = groups.number() as f64;
        let of_group = |group: usize| shares.rows(group * values, values).sum();
        let mut chi_squared = 0.0;
        for value in 0..values {
            let row = (0..columns).map(|group| shares[group * values + value]);
            let row: f64 = row.sum();
            for group in 0..columns {
                let expected = row * of_group(group);
                let off = shares[group * values + value] - expected;
                chi_squared += n * off * off / expected;
            }
        }
        Ok(Table {
            values,
            groups: columns,
            weight,
            n,
            chi_squared,
            shares,
        })
    }

    fn cramers_v(&self) -> f64 {
        let smaller = self.values.min(self.groups) as f64;
        (self.chi_squared / (self.n * (smaller - 1.0))).sqrt()
    }

    /// Divides by the sum of the design effects of what the table could show; their squares give
    /// the degrees of freedom (Satterthwaite).
    fn corrected(&self, groups: &Groups<'_>) -> Result<Found, Undefined> {
        let cells = self.shares.len();
        let people = groups.by_cell(|people| {
            let mut off = -&self.shares;
            off[people.group * self.values + people.value] += 1.0;
            off / self.weight
        });
        let (variance, degrees) = covariance(groups.sample, &people, cells);
        let inverse = self.shares.map(|share| match share > 0.0 {
            true => 1.0 / share,
            false => 0.0,
        });
        let inverse = DMatrix::from_diagonal(&inverse);
        let contrasts = contrasts(self.groups).kronecker(&contrasts(self.values));
        let expected = contrasts.transpose() * &inverse * &contrasts / self.n;
        let observed = contrasts.transpose() * &inverse * variance * &inverse * &contrasts;
        let decomposed = expected.cholesky().ok_or(Undefined::NoFreedom)?;
        let effects = decomposed.solve(&observed);
        let (sum, squares) = (effects.trace(), (&effects * &effects).trace());
        // Where all the staff answered there is no chance that a test could be about.
        if !(sum > 1e-12 && squares > 0.0) {
            return Err(Undefined::Census);
        }
        let above = sum * sum / squares;
        Ok(Found {
            f: self.chi_squared / sum,
            above,
            below: above * degrees as f64,
        })
    }
}

/// Differences of each category from the first ones: columns that add up to nought.
fn contrasts(categories: usize) -> DMatrix<f64> {
    DMatrix::from_fn(categories, categories - 1, |i, j| {
        let before = (j + 1) as f64;
        let length = (before * (before + 1.0)).sqrt();
        match i.cmp(&(j + 1)) {
            std::cmp::Ordering::Less => 1.0 / length,
            std::cmp::Ordering::Equal => -before / length,
            std::cmp::Ordering::Greater => 0.0,
        }
    })
}
