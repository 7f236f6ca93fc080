//! Ordinal alpha and omega, and the polychoric correlations they stand on.

use findings::{Undefined, dim};
use nalgebra::DMatrix;

use super::factor_model::least_squares;
use super::matrices::standardised_alpha;
use super::{polychoric as pair, row, term_rows};
use crate::estimate::{Design, Estimates, plain, tidy};
use crate::grouping::Grouping;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::contingency::PairTables;
use crate::{AnalysisError, Dataset};

/// Returns ordinal alpha and omega of each group; the last key is the term: `alpha_ordinal`,
/// `omega_ordinal`.
///
/// Standardised alpha, and omega of one minres factor, of polychoric correlations (Zumbo,
/// Gadermann and Zeisser 2007). They say how reliable the sum of the unseen normal variables would
/// be, not that of the answers (Chalmers 2018). Complete rows. One pair without a correlation
/// leaves neither. Tested against R: `mvtnorm`, `lavaan::lavCor`, `psych::fa`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn ordinal_reliability(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let k = of.columns(data)?.len();
    let mut rows = Vec::new();
    for (group, tables) in by_group::<PairTables>(data, of, by)? {
        let n = tables.n();
        let r = enough(&tables, k).and_then(|()| matrix(&tables, k));
        let r = r.as_ref().map_err(|reason| *reason);
        let alpha = r.and_then(standardised_alpha);
        let omega = r.and_then(|r| {
            if k < 3 {
                return Err(Undefined::TwoItems);
            }
            let loadings = least_squares(r)?;
            let common = loadings.sum().powi(2);
            Ok(common / (common + loadings.map(|l| 1.0 - l * l).sum()))
        });
        let terms = [
            ("alpha_ordinal", alpha.map(|value| plain(value, n))),
            ("omega_ordinal", omega.map(|value| plain(value, n))),
        ];
        rows.extend(term_rows(&group, terms, n));
    }
    Ok(tidy(by, &[dim::TERM], rows))
}

/// Returns, for each group, the polychoric correlation of each two items; the last two keys are
/// the item and the one it is compared `with`, each pair once.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn polychoric(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let names = of.columns(data)?;
    let mut rows = Vec::new();
    for (group, tables) in by_group::<PairTables>(data, of, by)? {
        let n = tables.n();
        let enough = enough(&tables, names.len());
        let mut pairs = tables.pairs();
        for (place, name) in names.iter().enumerate() {
            for with in &names[place + 1..] {
                let table = pairs.next().unwrap_or_default();
                let value = enough.and_then(|()| pair::correlation(&table));
                let figure = value.map(|value| plain(value, n));
                rows.push(row(&group, &[name, with], figure, n));
            }
        }
    }
    Ok(tidy(by, &[dim::ITEM, dim::WITH], rows))
}

fn enough(tables: &PairTables, k: usize) -> Result<(), Undefined> {
    match tables.n() {
        _ if k < 2 => Err(Undefined::OneItem),
        0 => Err(tables.nobody()),
        1 => Err(Undefined::OneAnswer),
        _ => Ok(()),
    }
}

fn matrix(tables: &PairTables, k: usize) -> Result<DMatrix<f64>, Undefined> {
    let mut r = DMatrix::identity(k, k);
    let mut pairs = tables.pairs();
    for i in 0..k {
        for j in i + 1..k {
            let rho = pair::correlation(&pairs.next().unwrap_or_default())?;
            (r[(i, j)], r[(j, i)]) = (rho, rho);
        }
    }
    Ok(r)
}
