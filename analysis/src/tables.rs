//! The integer tables that statistics are made of.
//!
//! Every table counts people in whole numbers, so tables of parts of the answers (a municipality,
//! a wave, any split) add up to exactly the table of all of them, in any order. A statistic asks
//! for its table with [`by_group`] and turns it into floating-point numbers once, at the end: then
//! it has the same bits whether it starts from the answers themselves or from tables that were
//! made elsewhere and added. A statistic that reads answers in another way works on answers only.

pub(crate) mod codes;
pub(crate) mod complete;
pub(crate) mod contingency;
pub(crate) mod importance;
pub(crate) mod linked;
pub(crate) mod pairs;
pub(crate) mod rest;
pub(crate) mod scores;
pub(crate) mod targets;
pub(crate) mod themes;

use std::collections::BTreeMap;

use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::{Grouping, Tally, tabulate};
use crate::score::Quantity;

/// A table of whole numbers about a quantity in a group of people.
pub(crate) trait IntegerTable: Tally {
    /// Returns how the answer in a row is counted.
    ///
    /// # Errors
    /// When the data have no such quantity.
    fn counter<'d>(data: &'d Dataset, of: &'d Quantity)
    -> Result<Counter<'d, Self>, AnalysisError>;
}

/// Counts the answer in a row into a table.
pub(crate) type Counter<'d, T> = Box<dyn FnMut(&mut T, usize) + 'd>;

/// Makes the table of every group.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub(crate) fn by_group<T: IntegerTable>(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
) -> Result<BTreeMap<Vec<String>, T>, AnalysisError> {
    let mut count = T::counter(data, of)?;
    tabulate(data, by, |table: &mut T, row| count(table, row))
}
