//! T7: how many people gave which answer to an item at which sum of the other items.
//!
//! Whether an item works alike in two groups follows from it. Complete rows.

use std::collections::BTreeMap;

use findings::Undefined;

use super::{Counter, IntegerTable};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::nobody;
use crate::grouping::Tally;
use crate::score::{LAST_MISSING, Quantity, missing_code};

/// People by item, answer, and sum of the other items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RestTable {
    n: u64,
    people: BTreeMap<(u16, i8, i32), u64>,
    incomplete: u64,
    not_asked: u64,
}

impl Tally for RestTable {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        for (place, people) in &other.people {
            *self.people.entry(*place).or_default() += people;
        }
        self.incomplete += other.incomplete;
        self.not_asked += other.not_asked;
    }
}

impl IntegerTable for RestTable {
    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let names = of.columns(data)?;
        let items = names
            .iter()
            .map(|name| data.item(name))
            .collect::<Result<Vec<_>, _>>()?;
        let not_asked = missing_code(surveys::Missing::NotAsked);
        Ok(Box::new(move |table: &mut RestTable, row| {
            if items.iter().all(|item| item[row] == not_asked) {
                table.not_asked += 1;
            } else if items.iter().any(|item| item[row] <= LAST_MISSING) {
                table.incomplete += 1;
            } else {
                let total: i32 = items.iter().map(|item| i32::from(item[row])).sum();
                table.n += 1;
                for (item, place) in items.iter().zip(0_u16..) {
                    let rest = total - i32::from(item[row]);
                    *table.people.entry((place, item[row], rest)).or_default() += 1;
                }
            }
        }))
    }
}

impl RestTable {
    /// Returns how many people answered every item.
    pub(crate) fn n(&self) -> u64 {
        self.n
    }

    /// Returns why nobody answered every item.
    pub(crate) fn nobody(&self) -> Undefined {
        nobody(self.incomplete, self.not_asked)
    }

    /// Returns answer, sum of the other items and people for an item, by its place.
    pub(crate) fn item(&self, place: u16) -> impl Iterator<Item = (i8, i32, u64)> {
        let ends = (place, i8::MIN, i32::MIN)..=(place, i8::MAX, i32::MAX);
        let people = self.people.range(ends);
        people.map(|((_, answer, rest), people)| (*answer, *rest, *people))
    }
}
