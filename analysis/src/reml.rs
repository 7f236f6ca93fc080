//! Models with one random intercept, fitted by restricted maximum likelihood.
//!
//! `y = X β + u_group + e` with variances τ² and σ². For a given ratio θ = τ²/σ² everything else
//! has a closed form from sums (Bates et al. 2015, equation 41), so one number is searched for:
//! where the slope of the profiled criterion crosses nought. Groups of the same make-up are
//! bundled, which makes the result a function of whole-number sums and not of the order of rows.

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

/// Groups whose members have the same fixed effects: how many, their size, and sums of the
/// groups' totals.
#[derive(Clone, Debug)]
pub(crate) struct Bundle {
    /// How many groups.
    pub(crate) groups: f64,
    /// Members of each.
    pub(crate) size: f64,
    /// Column sums of the fixed effects of one group.
    pub(crate) effects: DVector<f64>,
    /// Sum of the groups' totals.
    pub(crate) total: f64,
    /// Sum of the squares of the groups' totals.
    pub(crate) squares: f64,
}

/// Everything the criterion needs.
#[derive(Clone, Debug)]
pub(crate) struct Mixed {
    /// X'X over all rows.
    pub(crate) xx: DMatrix<f64>,
    /// X'y.
    pub(crate) xy: DVector<f64>,
    /// y'y.
    pub(crate) yy: f64,
    /// Rows.
    pub(crate) n: f64,
    pub(crate) bundles: Vec<Bundle>,
}

/// A fitted model.
#[derive(Clone, Debug)]
pub(crate) struct Fit {
    /// Variance between groups.
    pub(crate) between: f64,
    /// Variance within groups.
    pub(crate) within: f64,
    /// Fixed effects.
    pub(crate) effects: DVector<f64>,
    /// Their covariance.
    pub(crate) covariance: DMatrix<f64>,
}

/// What follows from a ratio of variances.
struct At {
    ratio: f64,
    information: Cholesky<f64, Dyn>,
    effects: DVector<f64>,
    rest: f64,
    /// Minus twice the restricted log-likelihood, up to a constant.
    criterion: f64,
    /// Its derivative by the ratio.
    slope: f64,
}

/// The search runs over ratios from 1e-8 to 1e8, a step a fifth of a decade.
const STEPS: i32 = 80;

impl Mixed {
    /// Fits the model. None where the rows are no more than the fixed effects, these cannot be
    /// told apart, or nothing is left to explain.
    pub(crate) fn fit(&self) -> Option<Fit> {
        let free = self.n - self.xx.nrows() as f64;
        if free <= 0.0 {
            return None;
        }
        // The criterion may have several valleys: every one is looked into, and the edge at 0.
        let mut best = self.at(0.0)?;
        let grid = (-STEPS / 2..=STEPS / 2).map(|step| 10_f64.powf(f64::from(step) / 5.0));
        let mut before = self.at(0.0)?;
        // Groups of one cannot tell the two variances apart: any ratio fits as well as nought.
        let tells = self.bundles.iter().any(|bundle| bundle.size > 1.0);
        for ratio in grid.filter(|_| tells) {
            let here = self.at(ratio)?;
            if before.slope < 0.0 && here.slope >= 0.0 {
                let found = self.valley(before.ratio, here.ratio)?;
                if found.criterion < best.criterion {
                    best = found;
                }
            }
            before = here;
        }
        let within = best.rest / free;
        (within > 0.0).then(|| Fit {
            between: best.ratio * within,
            within,
            covariance: best.information.inverse() * within,
            effects: best.effects,
        })
    }

    /// Finds where the slope crosses nought between two ratios, to the last bit.
    fn valley(&self, mut low: f64, mut high: f64) -> Option<At> {
        loop {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                return self.at(high);
            }
            if self.at(middle)?.slope < 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    fn at(&self, ratio: f64) -> Option<At> {
        let free = self.n - self.xx.nrows() as f64;
        let (mut xx, mut xy, mut yy) = (self.xx.clone(), self.xy.clone(), self.yy);
        let (mut determinant, mut trace) = (0.0, 0.0);
        for bundle in &self.bundles {
            let weight = ratio / (1.0 + bundle.size * ratio);
            xx -= &bundle.effects * bundle.effects.transpose() * (weight * bundle.groups);
            xy -= &bundle.effects * (weight * bundle.total);
            yy -= weight * bundle.squares;
            determinant += bundle.groups * (bundle.size * ratio).ln_1p();
            trace += bundle.groups * bundle.size / (1.0 + bundle.size * ratio);
        }
        let information = Cholesky::new(xx)?;
        let effects = information.solve(&xy);
        let rest = yy - effects.dot(&xy);
        if rest <= 0.0 {
            return None;
        }
        let inverse = information.inverse();
        let (mut rest_slope, mut information_slope) = (0.0, 0.0);
        for bundle in &self.bundles {
            let change = (1.0 + bundle.size * ratio).powi(-2);
            let fitted = bundle.effects.dot(&effects);
            let about_fit = bundle.squares - fitted * (2.0 * bundle.total - bundle.groups * fitted);
            rest_slope -= change * about_fit;
            information_slope -=
                change * bundle.groups * bundle.effects.dot(&(&inverse * &bundle.effects));
        }
        let logs = 2.0 * information.l().diagonal().map(f64::ln).sum();
        Some(At {
            ratio,
            criterion: free * rest.ln() + determinant + logs,
            slope: free * rest_slope / rest + trace + information_slope,
            information,
            effects,
            rest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One-way layout: groups of values and an intercept.
    fn one_way(groups: &[&[f64]]) -> Mixed {
        let all = || groups.iter().flat_map(|group| group.iter());
        let n = all().count() as f64;
        let bundles = groups.iter().map(|group| {
            let total: f64 = group.iter().sum();
            Bundle {
                groups: 1.0,
                size: group.len() as f64,
                effects: DVector::from_element(1, group.len() as f64),
                total,
                squares: total * total,
            }
        });
        Mixed {
            xx: DMatrix::from_element(1, 1, n),
            xy: DVector::from_element(1, all().sum()),
            yy: all().map(|y| y * y).sum(),
            n,
            bundles: bundles.collect(),
        }
    }

    #[test]
    fn balanced_groups_have_the_variances_of_the_analysis_of_variance() {
        let groups: [&[f64]; 3] = [&[1.0, 2.0, 3.0], &[4.0, 6.0, 5.0], &[2.0, 2.0, 5.0]];
        let fit = one_way(&groups).fit().unwrap();
        // Mean squares: 7 between (means 2, 5, 3 about 10/3), (2 + 2 + 6) / 6 within.
        let within = 10.0 / 6.0;
        assert!((fit.within - within).abs() < 1e-10, "{fit:?}");
        assert!(
            (fit.between - (7.0 - within) / 3.0).abs() < 1e-10,
            "{fit:?}"
        );
        assert!((fit.effects[0] - 10.0 / 3.0).abs() < 1e-12);
        assert!((fit.covariance[(0, 0)] - 7.0 / 9.0).abs() < 1e-10);
    }

    #[test]
    fn groups_that_differ_less_than_chance_have_no_variance_between() {
        let fit = one_way(&[&[1.0, 5.0], &[5.0, 1.0], &[3.0, 3.0]])
            .fit()
            .unwrap();
        assert!(fit.between.abs() < 1e-12, "{fit:?}");
        assert!((fit.within - 16.0 / 5.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_to_explain_is_no_fit() {
        assert!(one_way(&[&[2.0, 2.0], &[2.0, 2.0]]).fit().is_none());
        assert!(one_way(&[&[2.0]]).fit().is_none());
    }
}
