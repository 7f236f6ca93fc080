//! One factor in several groups at once, with loadings and intercepts in common or not.
//!
//! The first group's factor has mean 0 and variance 1; fit does not depend on that choice. The
//! criterion is `Σ n_g/N (ln|Σ_g| + tr(T_g Σ_g⁻¹) - ln|S_g| - k)` with `T_g = S_g + d_g d_gᵀ` and
//! `d_g` the distance of the means from the model's (Jöreskog 1971; Sörbom 1974).

use findings::Undefined;
use nalgebra::{DMatrix, DVector};

use crate::estimate::reliability::factor_model::{maximum_likelihood, upright};
use crate::estimate::reliability::matrices::{correlations, covariances};
use crate::estimate::reliability::newton::{self, Derivatives};
use crate::tables::complete::CompleteRows;

/// Means and covariances (with `n`) of a group's items.
pub(super) struct Group {
    n: f64,
    means: DVector<f64>,
    covariances: DMatrix<f64>,
    correlations: DMatrix<f64>,
}

/// How far a model is from the groups.
pub(super) struct Fit {
    pub(super) chi_squared: f64,
    pub(super) degrees: f64,
    pub(super) cfi: f64,
    pub(super) rmsea: f64,
}

impl Group {
    pub(super) fn of(rows: &CompleteRows, k: usize) -> Result<Group, Undefined> {
        let n = rows.n() as f64;
        Ok(Group {
            n,
            means: DVector::from_fn(k, |i, _| rows.sum(i) as f64 / n),
            covariances: covariances(rows, k) * ((n - 1.0) / n),
            correlations: correlations(rows, k)?,
        })
    }
}

/// Returns the fit of the configural, the metric and the scalar model.
pub(super) fn fits(groups: Vec<Group>) -> Result<[Fit; 3], Undefined> {
    let groups = on_one_scale(groups);
    let mut own = Vec::new();
    let mut configural = 0.0;
    for group in &groups {
        let model = maximum_likelihood(&group.correlations, 1)?.inside()?;
        configural += group.n * model.criterion;
        let roots = group.covariances.diagonal().map(f64::sqrt);
        let loadings = upright(model.loadings.column(0).into_owned()).component_mul(&roots);
        let uniquenesses = model
            .uniquenesses
            .component_mul(&group.covariances.diagonal());
        own.push((loadings, uniquenesses));
    }
    let metric = Equal::start(&groups, &own, false).fitted()?;
    let scalar = Equal::start(&groups, &own, true).fitted()?;
    let (g, k) = (groups.len() as f64, groups[0].means.len() as f64);
    let (free, step) = (g * k * (k - 3.0) / 2.0, (g - 1.0) * (k - 1.0));
    let n: f64 = groups.iter().map(|group| group.n).sum();
    let unrelated = groups
        .iter()
        .map(|group| -group.n * group.correlations.determinant().ln());
    let unrelated: f64 = unrelated.sum::<f64>() - g * k * (k - 1.0) / 2.0;
    let fit = |chi_squared: f64, degrees: f64| {
        let excess = (chi_squared - degrees).max(0.0);
        let below = unrelated.max(excess);
        Fit {
            chi_squared,
            degrees,
            cfi: match excess > 0.0 {
                true => 1.0 - excess / below,
                false => 1.0,
            },
            rmsea: match degrees > 0.0 {
                true => (g * excess / (degrees * n)).sqrt(),
                false => 0.0,
            },
        }
    };
    Ok([
        fit(configural, free),
        fit(n * metric, free + step),
        fit(n * scalar, free + 2.0 * step),
    ])
}

/// Divides every item by its deviation within groups and starts from its mean over all, so that
/// one number of steps suits every scale; no fit depends on it.
fn on_one_scale(groups: Vec<Group>) -> Vec<Group> {
    let n: f64 = groups.iter().map(|group| group.n).sum();
    let k = groups[0].means.len();
    let (mut means, mut variances) = (DVector::zeros(k), DVector::zeros(k));
    for group in &groups {
        means += &group.means * (group.n / n);
        variances += group.covariances.diagonal() * (group.n / n);
    }
    let roots = variances.map(f64::sqrt);
    let scaled = groups.into_iter().map(|group| Group {
        means: (group.means - &means).component_div(&roots),
        covariances: group
            .covariances
            .component_div(&(&roots * roots.transpose())),
        ..group
    });
    scaled.collect()
}

/// Groups with loadings, and perhaps intercepts, in common.
struct Equal<'g> {
    groups: &'g [Group],
    intercepts: bool,
    start: DVector<f64>,
}

impl<'g> Equal<'g> {
    fn k(&self) -> usize {
        self.groups[0].means.len()
    }

    /// Place of a group's logarithm of the factor's variance; the first group has none.
    fn variance(&self, group: usize) -> Option<usize> {
        group.checked_sub(1).map(|place| self.k() + place)
    }

    /// Place of a group's logarithms of uniquenesses.
    fn uniqueness(&self, group: usize) -> usize {
        self.k() + self.groups.len() - 1 + group * self.k()
    }

    fn intercept(&self) -> usize {
        self.uniqueness(self.groups.len())
    }

    /// Place of a group's mean of the factor; the first group has none.
    fn mean(&self, group: usize) -> Option<usize> {
        let place = group.checked_sub(1)?;
        Some(self.intercept() + self.k() + place)
    }

    /// Starts from what each group has for itself.
    fn start(
        groups: &'g [Group],
        own: &[(DVector<f64>, DVector<f64>)],
        intercepts: bool,
    ) -> Equal<'g> {
        let mut model = Equal {
            groups,
            intercepts,
            start: DVector::zeros(0),
        };
        let (k, g) = (model.k(), groups.len());
        let means = if intercepts { k + g - 1 } else { 0 };
        let mut start = DVector::zeros(model.intercept() + means);
        let first = own[0].0.norm();
        for (loadings, _) in own {
            let part = loadings / loadings.norm() * (first / g as f64);
            let mut common = start.rows_mut(0, k);
            common += part;
        }
        for (group, (loadings, uniquenesses)) in own.iter().enumerate() {
            if let Some(place) = model.variance(group) {
                start[place] = 2.0 * (loadings.norm() / first).ln();
            }
            let place = model.uniqueness(group);
            start
                .rows_mut(place, k)
                .copy_from(&uniquenesses.map(f64::ln));
            if let (true, Some(place)) = (intercepts, model.mean(group)) {
                start[place] = (&groups[group].means - &groups[0].means).sum()
                    / start.rows(0, k).sum().max(0.1);
            }
        }
        if intercepts {
            let place = model.intercept();
            start.rows_mut(place, k).copy_from(&groups[0].means);
        }
        model.start = start;
        model
    }

    /// Returns the criterion at its minimum.
    fn fitted(&self) -> Result<f64, Undefined> {
        let found = newton::minimum(self.start.clone(), |at| self.derivatives(at));
        let (Ok(stopped) | Err(stopped)) = &found;
        for (group, of_group) in self.groups.iter().enumerate() {
            let logs = stopped.rows(self.uniqueness(group), self.k());
            let variances = of_group.covariances.diagonal();
            let mut pairs = logs.iter().zip(variances.iter());
            if pairs.any(|(log, variance)| log.exp() < 0.005 * variance) {
                return Err(Undefined::Heywood);
            }
        }
        let found = found.map_err(|_| Undefined::NoOptimum)?;
        let here = self.derivatives(&found).ok_or(Undefined::NoOptimum)?;
        Ok(here.value.max(0.0))
    }

    /// Value, gradient and the expected second derivatives, which rise every way (scoring).
    fn derivatives(&self, at: &DVector<f64>) -> Option<Derivatives> {
        let n: f64 = self.groups.iter().map(|group| group.n).sum();
        let mut found = Derivatives {
            value: 0.0,
            gradient: DVector::zeros(at.len()),
            second: DMatrix::zeros(at.len(), at.len()),
        };
        for (place, group) in self.groups.iter().enumerate() {
            self.add(place, group, group.n / n, at, &mut found)?;
        }
        found.value.is_finite().then_some(found)
    }

    fn add(
        &self,
        place: usize,
        group: &Group,
        share: f64,
        at: &DVector<f64>,
        found: &mut Derivatives,
    ) -> Option<()> {
        let k = self.k();
        let loadings = at.rows(0, k).into_owned();
        let variance = self.variance(place).map_or(1.0, |place| at[place].exp());
        let uniquenesses = at.rows(self.uniqueness(place), k).map(f64::exp);
        let mean = match self.mean(place) {
            Some(place) if self.intercepts => at[place],
            _ => 0.0,
        };
        let modelled =
            &loadings * loadings.transpose() * variance + DMatrix::from_diagonal(&uniquenesses);
        let decomposed = modelled.clone().cholesky()?;
        let logarithm = 2.0 * decomposed.l_dirty().diagonal().map(f64::ln).sum();
        let inverse = decomposed.inverse();
        let off = match self.intercepts {
            true => &group.means - at.rows(self.intercept(), k) - &loadings * mean,
            false => DVector::zeros(k),
        };
        let seen = &group.covariances + &off * off.transpose();
        let own = group.covariances.determinant().ln();
        found.value += share * (logarithm + (&seen * &inverse).trace() - own - k as f64);
        let slopes = Slopes {
            apart: &inverse * (&modelled - seen) * &inverse,
            pulled: &inverse * off,
            turned: &inverse * &loadings,
            inverse,
            loadings,
            variance,
            uniquenesses,
            mean,
        };
        self.slopes(place, share, &slopes, found);
        Some(())
    }

    /// Adds a group's slopes: every product of matrices is one of loadings or of single items, so
    /// none is computed.
    fn slopes(&self, place: usize, share: f64, of: &Slopes, found: &mut Derivatives) {
        let (phi, u, w) = (of.variance, &of.turned, &of.inverse);
        let q = of.loadings.dot(u);
        let across = &of.apart * &of.loadings;
        let (intercept, uniqueness) = (self.intercept(), self.uniqueness(place));
        let mean = self.mean(place).filter(|_| self.intercepts);
        let spread = self.variance(place);
        let mut first = |at: usize, slope: f64| found.gradient[at] += share * slope;
        for i in 0..self.k() {
            first(i, 2.0 * (phi * across[i] - of.mean * of.pulled[i]));
            first(uniqueness + i, of.uniquenesses[i] * of.apart[(i, i)]);
            if self.intercepts {
                first(intercept + i, -2.0 * of.pulled[i]);
            }
        }
        if let Some(at) = spread {
            first(at, phi * of.loadings.dot(&across));
        }
        if let Some(at) = mean {
            first(at, -2.0 * of.pulled.dot(&of.loadings));
        }
        let mut second = |a: usize, b: usize, slope: f64| {
            found.second[(a, b)] += share * slope;
            if a != b {
                found.second[(b, a)] += share * slope;
            }
        };
        for i in 0..self.k() {
            let own = of.uniquenesses[i];
            for j in 0..self.k() {
                let both = w[(i, j)];
                if j <= i {
                    let variances = phi * phi * (u[i] * u[j] + both * q);
                    second(i, j, 2.0 * (variances + of.mean * of.mean * both));
                    let uniquenesses = own * of.uniquenesses[j] * both * both;
                    second(uniqueness + i, uniqueness + j, uniquenesses);
                    if self.intercepts {
                        second(intercept + i, intercept + j, 2.0 * both);
                    }
                }
                second(j, uniqueness + i, 2.0 * phi * own * u[i] * both);
                if self.intercepts {
                    second(j, intercept + i, 2.0 * of.mean * both);
                }
            }
            if let Some(at) = spread {
                second(i, at, 2.0 * phi * phi * u[i] * q);
                second(uniqueness + i, at, own * phi * u[i] * u[i]);
            }
            if let Some(at) = mean {
                second(i, at, 2.0 * of.mean * u[i]);
                second(intercept + i, at, 2.0 * u[i]);
            }
        }
        if let Some(at) = spread {
            second(at, at, phi * phi * q * q);
        }
        if let Some(at) = mean {
            second(at, at, 2.0 * q);
        }
    }
}

/// What the slopes of a group are made of.
struct Slopes {
    /// `Σ⁻¹ (Σ - T) Σ⁻¹`.
    apart: DMatrix<f64>,
    /// `Σ⁻¹ d`.
    pulled: DVector<f64>,
    /// `Σ⁻¹ λ`.
    turned: DVector<f64>,
    inverse: DMatrix<f64>,
    loadings: DVector<f64>,
    variance: f64,
    uniquenesses: DVector<f64>,
    mean: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two groups of which the second has a higher mean, a wider spread and one other intercept.
    fn groups(other_intercept: f64) -> Vec<Group> {
        let loadings = DVector::from_vec(vec![0.9, 0.8, 0.7, 0.6]);
        let group = |variance: f64, mean: f64, off: f64| {
            let covariances = &loadings * loadings.transpose() * variance
                + DMatrix::from_diagonal(&DVector::from_vec(vec![0.5, 0.6, 0.4, 0.7]));
            let roots = covariances.diagonal().map(f64::sqrt);
            let mut means = &loadings * mean;
            means[3] += off;
            Group {
                n: 200.0,
                correlations: covariances.component_div(&(&roots * roots.transpose())),
                covariances,
                means,
            }
        };
        vec![group(1.0, 0.0, 0.0), group(1.7, 0.4, other_intercept)]
    }

    #[test]
    fn groups_that_a_model_fits_have_no_distance_from_it() {
        let [configural, metric, scalar] = fits(groups(0.0)).unwrap();
        for (fit, degrees) in [(configural, 4.0), (metric, 7.0), (scalar, 10.0)] {
            assert!(fit.chi_squared.abs() < 1e-9, "{}", fit.chi_squared);
            assert_eq!((fit.degrees, fit.cfi, fit.rmsea), (degrees, 1.0, 0.0));
        }
    }

    #[test]
    fn an_intercept_of_its_own_is_seen_by_the_scalar_model_alone() {
        let [_, metric, scalar] = fits(groups(0.5)).unwrap();
        assert!(metric.chi_squared.abs() < 1e-9, "{}", metric.chi_squared);
        assert!(scalar.chi_squared > 20.0, "{}", scalar.chi_squared);
        assert!(scalar.cfi < 0.99 && scalar.rmsea > 0.05);
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_criterion() {
        let groups = on_one_scale(groups(0.3));
        let own: Vec<_> = (0..2)
            .map(|group| {
                let loadings = DVector::from_vec(vec![0.5, 0.6, 0.7, 0.5 + 0.1 * group as f64]);
                (loadings, DVector::from_vec(vec![0.4, 0.5, 0.6, 0.5]))
            })
            .collect();
        let model = Equal::start(&groups, &own, true);
        let here = model.derivatives(&model.start).unwrap();
        for place in 0..model.start.len() {
            let step = 1e-6;
            let value = |step: f64| {
                let mut beside = model.start.clone();
                beside[place] += step;
                model.derivatives(&beside).unwrap().value
            };
            let slope = (value(step) - value(-step)) / (2.0 * step);
            assert!((slope - here.gradient[place]).abs() < 1e-7, "{place}");
        }
    }

    #[test]
    fn expected_second_derivatives_are_those_of_the_products_of_matrices() {
        // At the model itself nothing is left but what is expected, so the gradient's slope is it.
        let groups = on_one_scale(groups(0.0));
        let own = groups.iter().map(|group| {
            let model = maximum_likelihood(&group.correlations, 1).unwrap();
            let roots = group.covariances.diagonal().map(f64::sqrt);
            let loadings = upright(model.loadings.column(0).into_owned());
            let variances = group.covariances.diagonal();
            let uniquenesses = model.uniquenesses.component_mul(&variances);
            (loadings.component_mul(&roots), uniquenesses)
        });
        let own: Vec<_> = own.collect();
        let model = Equal::start(&groups, &own, true);
        let at = newton::minimum(model.start.clone(), |at| model.derivatives(at)).unwrap();
        let here = model.derivatives(&at).unwrap();
        for a in 0..at.len() {
            let step = 1e-6;
            let gradient = |step: f64| {
                let mut beside = at.clone();
                beside[a] += step;
                model.derivatives(&beside).unwrap().gradient
            };
            let slopes = (gradient(step) - gradient(-step)) / (2.0 * step);
            for b in 0..at.len() {
                let error = (slopes[b] - here.second[(a, b)]).abs();
                assert!(error < 1e-6, "{a} {b}: {error:e}");
            }
        }
    }
}
