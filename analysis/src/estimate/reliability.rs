//! How well the items of a dimension measure one thing: alpha in its kinds, items against the
//! rest, omega, and the ordinal kinds on polychoric correlations.
//!
//! Everything follows from whole-number tables (`products.rs`, `polychoric.rs`) that add up over
//! any split of the rows. Read on in `coefficients.rs`.

mod coefficients;
pub(super) mod factor_model;
mod item_rest;
pub(super) mod matrices;
pub(super) mod newton;
mod omega;
mod ordinal;
mod polychoric;

pub use coefficients::reliability;
use findings::{Estimate, RawRow, Undefined};
pub use item_rest::item_rest;
pub use omega::{loadings, omega};
pub use ordinal::{ordinal_reliability, polychoric};

/// Returns a row for each term of a group.
fn term_rows<const N: usize>(
    group: &[String],
    terms: [(&str, Result<Estimate, Undefined>); N],
    answers: u64,
) -> impl Iterator<Item = RawRow> {
    terms
        .map(|(term, figure)| row(group, &[term], figure, answers))
        .into_iter()
}

/// Returns the row of a group with further keys; no value of a person stands behind it.
fn row(
    group: &[String],
    further: &[&str],
    figure: Result<Estimate, Undefined>,
    answers: u64,
) -> RawRow {
    let further = further.iter().map(|key| (*key).to_owned());
    RawRow {
        keys: group.iter().cloned().chain(further).collect(),
        figure,
        answers,
        modal: 0,
    }
}
