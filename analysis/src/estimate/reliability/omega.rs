//! McDonald's omega with the model it stands on, and the loadings of that model.

use findings::{Undefined, dim};
use nalgebra::{DMatrix, DVector};

use super::factor_model::{least_squares, maximum_likelihood, upright};
use super::matrices::{correlations, covariances, enough};
use super::{row, term_rows};
use crate::estimate::{Design, Estimates, plain, tidy};
use crate::grouping::Grouping;
use crate::probability::chi_squared_above;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::complete::CompleteRows;
use crate::{AnalysisError, Dataset};

/// One factor by maximum likelihood, in the units of the items, and how well it fits.
struct OneFactor {
    loadings: DVector<f64>,
    uniquenesses: DVector<f64>,
    /// Variance of the sum of the items, over `n`.
    variance_of_sum: f64,
    fit: Fit,
}

/// How far the model is from the data, as `lavaan` says it.
struct Fit {
    chi_squared: f64,
    degrees: f64,
    cfi: f64,
    tli: f64,
    rmsea: f64,
    srmr: f64,
}

/// Returns omega total of each group with the fit of its model; the last key is the term:
///
/// - `omega`: `(Σλ)² / ((Σλ)² + Σθ)` of one factor by maximum likelihood on the covariances
///   (McDonald 1999); `omega_observed` has the variance of the sum below the line;
/// - `omega_minres`: the same of one factor by least squares on the correlations, which differs in
///   the third decimal;
/// - `chisq`, `df`, `p`, `cfi`, `tli`, `rmsea`, `srmr`: whether one factor is enough. Three items
///   leave nothing to test (`df` 0) and have no `p` and no `tli`.
///
/// Complete rows, three items or more. A uniqueness at its bound (Heywood) is a reason. Tested
/// against R: `lavaan::cfa` polished to 1e-13, `semTools::compRelSEM`, `psych::fa(fm = "minres")`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn omega(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let k = of.columns(data)?.len();
    let mut rows = Vec::new();
    for (group, complete) in by_group::<CompleteRows>(data, of, by)? {
        let n = complete.n();
        let model = one_factor(&complete, k);
        let of_model = |value: &dyn Fn(&OneFactor) -> Result<f64, Undefined>| {
            let value = model.as_ref().map_err(|reason| *reason).and_then(value);
            value.map(|value| plain(value, n))
        };
        let minres = minres(&complete, k).map(|loadings| {
            let common = loadings.sum().powi(2);
            plain(common / (common + loadings.map(|l| 1.0 - l * l).sum()), n)
        });
        let terms = [
            ("omega", of_model(&|model| Ok(model.omega()))),
            (
                "omega_observed",
                of_model(&|model| Ok(model.loadings.sum().powi(2) / model.variance_of_sum)),
            ),
            ("omega_minres", minres),
            ("chisq", of_model(&|model| Ok(model.fit.chi_squared))),
            ("df", of_model(&|model| Ok(model.fit.degrees))),
            ("p", of_model(&|model| model.fit.p())),
            ("cfi", of_model(&|model| Ok(model.fit.cfi))),
            ("tli", of_model(&|model| model.fit.tested(model.fit.tli))),
            ("rmsea", of_model(&|model| Ok(model.fit.rmsea))),
            ("srmr", of_model(&|model| Ok(model.fit.srmr))),
        ];
        rows.extend(term_rows(&group, terms, n));
    }
    Ok(tidy(by, &[dim::TERM], rows))
}

/// Returns, for each group and item, what [`omega`]'s models say of the item: `loading` and
/// `uniqueness` in the units of the items, `loading_minres` on correlations.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn loadings(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let names = of.columns(data)?;
    let mut rows = Vec::new();
    for (group, complete) in by_group::<CompleteRows>(data, of, by)? {
        let n = complete.n();
        let model = one_factor(&complete, names.len());
        let minres = minres(&complete, names.len());
        for (place, name) in names.iter().enumerate() {
            let model = model.as_ref().map_err(|reason| *reason);
            let minres = minres.as_ref().map_err(|reason| *reason);
            let terms = [
                ("loading", model.map(|model| model.loadings[place])),
                ("uniqueness", model.map(|model| model.uniquenesses[place])),
                ("loading_minres", minres.map(|loadings| loadings[place])),
            ];
            rows.extend(terms.map(|(term, value)| {
                let figure = value.map(|value| plain(value, n));
                row(&group, &[name, term], figure, n)
            }));
        }
    }
    Ok(tidy(by, &[dim::ITEM, dim::TERM], rows))
}

/// Returns the correlations that a factor can be sought in.
fn usable(complete: &CompleteRows, k: usize) -> Result<DMatrix<f64>, Undefined> {
    match k {
        0 | 1 => return Err(Undefined::OneItem),
        2 => return Err(Undefined::TwoItems),
        _ => enough(complete)?,
    }
    if complete.n() <= k as u64 {
        return Err(Undefined::FewRows);
    }
    correlations(complete, k)
}

fn minres(complete: &CompleteRows, k: usize) -> Result<DVector<f64>, Undefined> {
    least_squares(&usable(complete, k)?)
}

fn one_factor(complete: &CompleteRows, k: usize) -> Result<OneFactor, Undefined> {
    let r = usable(complete, k)?;
    let model = maximum_likelihood(&r, 1)?.inside()?;
    let n = complete.n() as f64;
    let covariances = covariances(complete, k) * ((n - 1.0) / n);
    let variances = covariances.diagonal();
    let standardised = upright(model.loadings.column(0).into_owned());
    Ok(OneFactor {
        loadings: standardised.component_mul(&variances.map(f64::sqrt)),
        uniquenesses: model.uniquenesses.component_mul(&variances),
        variance_of_sum: covariances.sum(),
        fit: Fit::of(&r, &standardised, model.criterion, n),
    })
}

impl OneFactor {
    fn omega(&self) -> f64 {
        let common = self.loadings.sum().powi(2);
        common / (common + self.uniquenesses.sum())
    }
}

impl Fit {
    /// Compares with the data and with the model of unrelated items (Bentler 1990; Tucker and
    /// Lewis 1973; Steiger 1990).
    fn of(r: &DMatrix<f64>, loadings: &DVector<f64>, criterion: f64, n: f64) -> Fit {
        let k = r.nrows() as f64;
        let degrees = k * (k - 3.0) / 2.0;
        let chi_squared = n * criterion;
        let unrelated_degrees = k * (k - 1.0) / 2.0;
        let unrelated = -n * r.determinant().ln();
        let excess = (chi_squared - degrees).max(0.0);
        let unrelated_excess = (unrelated - unrelated_degrees).max(excess);
        let ratio = unrelated / unrelated_degrees;
        let mut squares = 0.0;
        for i in 0..r.nrows() {
            for j in 0..i {
                squares += (r[(i, j)] - loadings[i] * loadings[j]).powi(2);
            }
        }
        Fit {
            chi_squared,
            degrees,
            cfi: if unrelated_excess > 0.0 {
                1.0 - excess / unrelated_excess
            } else {
                1.0
            },
            tli: (ratio - chi_squared / degrees) / (ratio - 1.0),
            rmsea: if degrees > 0.0 {
                (excess / (degrees * n)).sqrt()
            } else {
                0.0
            },
            srmr: (squares / (k * (k + 1.0) / 2.0)).sqrt(),
        }
    }

    fn p(&self) -> Result<f64, Undefined> {
        let p = chi_squared_above(self.chi_squared, self.degrees);
        p.ok_or(Undefined::NoFreedom)
    }

    /// Passes on a number that needs degrees of freedom.
    fn tested(&self, value: f64) -> Result<f64, Undefined> {
        if value.is_finite() && self.degrees > 0.0 {
            Ok(value)
        } else {
            Err(Undefined::NoFreedom)
        }
    }
}
