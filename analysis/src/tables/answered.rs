//! The items of a quantity, row by row: who was not asked, who left something out, who answered
//! everything.

use surveys::Missing;

use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::score::{LAST_MISSING, Quantity, missing_code};

/// The columns of the items of a quantity.
pub(crate) struct Answered<'d> {
    items: Vec<&'d [i8]>,
    not_asked: i8,
}

/// How much of the items a person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Completeness {
    NotAsked,
    Incomplete,
    Complete,
}

impl<'d> Answered<'d> {
    /// Finds the items.
    ///
    /// # Errors
    /// When the data have no such quantity.
    pub(crate) fn of(data: &'d Dataset, of: &Quantity) -> Result<Self, AnalysisError> {
        let names = of.columns(data)?.into_iter();
        let items = names.map(|name| data.item(name));
        Ok(Answered {
            items: items.collect::<Result<_, _>>()?,
            not_asked: missing_code(Missing::NotAsked),
        })
    }

    /// Returns how many items there are.
    pub(crate) fn items(&self) -> usize {
        self.items.len()
    }

    /// Returns how much of the items the person of a row answered.
    pub(crate) fn completeness(&self, row: usize) -> Completeness {
        if self.items.iter().all(|item| item[row] == self.not_asked) {
            Completeness::NotAsked
        } else if self.items.iter().any(|item| item[row] <= LAST_MISSING) {
            Completeness::Incomplete
        } else {
            Completeness::Complete
        }
    }

    /// Returns the answers of a row, item by item; missing ones are our own codes.
    pub(crate) fn values(&self, row: usize) -> impl Iterator<Item = i8> + Clone {
        self.items.iter().map(move |item| item[row])
    }
}
