//! T1: people by what stands in their cell of an item.
//!
//! A code is a value as scored (reversed items already turned round) or our own code of a missing
//! value, -95 to -91.

use std::collections::BTreeMap;

use super::{Counter, IntegerTable};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Tally;
use crate::score::{LAST_MISSING, Quantity};

/// People by code of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CodeTable(BTreeMap<i8, u64>);

impl Tally for CodeTable {
    fn add(&mut self, other: &Self) {
        for (code, people) in &other.0 {
            self.count(*code, *people);
        }
    }
}

impl IntegerTable for CodeTable {
    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let item = data.item(of.name())?;
        Ok(Box::new(|codes: &mut CodeTable, row| {
            codes.count(item[row], 1);
        }))
    }
}

impl CodeTable {
    /// Counts people with a code.
    pub(crate) fn count(&mut self, code: i8, people: u64) {
        *self.0.entry(code).or_default() += people;
    }

    /// Returns how many people have a code.
    pub(crate) fn of(&self, code: i8) -> u64 {
        self.0.get(&code).copied().unwrap_or(0)
    }

    /// Returns how many people have a value.
    pub(crate) fn valid(&self) -> u64 {
        self.0
            .range(LAST_MISSING + 1..)
            .map(|(_, people)| people)
            .sum()
    }

    /// Returns how many people there are, with a value or without.
    pub(crate) fn everybody(&self) -> u64 {
        self.0.values().sum()
    }
}
