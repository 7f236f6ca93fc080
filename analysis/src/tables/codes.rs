//! T1: people by what stands in their cell of an item.
//!
//! A code is a value as scored (reversed items already turned round) or our own code of a missing
//! value, -95 to -91.

use std::collections::BTreeMap;

use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::{Keys, Tally};
use crate::reduce;
use crate::score::{FIRST_MISSING, LAST_MISSING, Quantity};

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
    type Of = Quantity;

    const KIND: Option<TableKind> = Some(TableKind::Codes);

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let item = data.item(of.name())?;
        Ok(Box::new(|codes: &mut CodeTable, row| {
            codes.count(item[row], 1);
        }))
    }

    fn by_cell(
        data: &Dataset,
        of: &Quantity,
        columns: &[&str],
    ) -> Result<Vec<(Keys, Self)>, AnalysisError> {
        reduce::codes(data, of.name(), columns)
    }

    fn places(data: &Dataset, of: &Quantity) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let ends = data.item_scale(of.name())?;
        let missing = FIRST_MISSING..=LAST_MISSING;
        let codes = missing
            .map(i64::from)
            .chain((ends.low..=ends.high).map(i64::from));
        Ok(codes.map(|code| vec![code]).collect())
    }

    fn entries(&self) -> Entries {
        let codes = self.0.iter();
        codes
            .map(|(code, people)| (vec![i64::from(*code)], as_entry(*people)))
            .collect()
    }

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        let mut codes = CodeTable::default();
        for (place, people) in entries {
            if let Some(code) = place.first().and_then(|code| i8::try_from(*code).ok()) {
                codes.count(code, as_people(*people));
            }
        }
        codes
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
