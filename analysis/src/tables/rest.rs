//! T7: how many people gave which answer to an item at which sum of the other items.
//!
//! Whether an item works alike in two groups follows from it. Complete rows. Written out, items are
//! numbered from one: `[i, answer, rest]` counts people by their answer to item i and the sum of the
//! others; `[0, 0, 0]` are all of them, `[-1, 0, 0]` and `[-2, 0, 0]` people with an incomplete row and
//! people who were not asked.

use std::collections::BTreeMap;

use findings::Undefined;

use super::answered::{Answered, Completeness};
use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people, numbered};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::nobody;
use crate::grouping::Tally;
use crate::score::Quantity;

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

const PEOPLE: [i64; 3] = [0, 0, 0];
const INCOMPLETE: [i64; 3] = [-1, 0, 0];
const NOT_ASKED: [i64; 3] = [-2, 0, 0];

impl IntegerTable for RestTable {
    type Of = Quantity;

    const KIND: Option<TableKind> = Some(TableKind::Rest);

    const PEOPLE_UP_TO: i64 = 0;

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Quantity,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let answered = Answered::of(data, of)?;
        Ok(Box::new(move |table: &mut RestTable, row| {
            match answered.completeness(row) {
                Completeness::NotAsked => table.not_asked += 1,
                Completeness::Incomplete => table.incomplete += 1,
                Completeness::Complete => {
                    let total: i32 = answered.values(row).map(i32::from).sum();
                    table.n += 1;
                    for (value, place) in answered.values(row).zip(0_u16..) {
                        let rest = total - i32::from(value);
                        *table.people.entry((place, value, rest)).or_default() += 1;
                    }
                }
            }
        }))
    }

    fn places(data: &Dataset, of: &Quantity) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let items = of.columns(data)?.len();
        let ends = of.scale(data)?;
        let (low, high) = (i64::from(ends.low), i64::from(ends.high));
        let others = i64::try_from(items).unwrap_or(i64::MAX) - 1;
        let mut places = [NOT_ASKED, INCOMPLETE, PEOPLE].map(Vec::from).to_vec();
        for (item, _) in numbered(items) {
            for answer in low..=high {
                let rests = others * low..=others * high;
                places.extend(rests.map(|rest| vec![item, answer, rest]));
            }
        }
        Ok(places)
    }

    fn entries(&self) -> Entries {
        let people = self.people.iter().map(|((place, answer, rest), people)| {
            let place = [i64::from(*place) + 1, i64::from(*answer), i64::from(*rest)];
            (place, as_entry(*people))
        });
        let whole = [
            (NOT_ASKED, as_entry(self.not_asked)),
            (INCOMPLETE, as_entry(self.incomplete)),
            (PEOPLE, as_entry(self.n)),
        ];
        let known = people.chain(whole).filter(|(_, people)| *people != 0);
        known
            .map(|(place, people)| (place.to_vec(), people))
            .collect()
    }

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        let of = |place: [i64; 3]| as_people(entries.get(place.as_slice()).copied().unwrap_or(0));
        let mut table = RestTable {
            n: of(PEOPLE),
            incomplete: of(INCOMPLETE),
            not_asked: of(NOT_ASKED),
            ..RestTable::default()
        };
        for (place, people) in entries {
            if let [item, answer, rest] = place.as_slice()
                && *item > 0
                && let Ok(item) = u16::try_from(*item - 1)
                && let (Ok(answer), Ok(rest)) = (i8::try_from(*answer), i32::try_from(*rest))
            {
                table
                    .people
                    .insert((item, answer, rest), as_people(*people));
            }
        }
        table
    }

    fn agrees(entries: &Entries) -> bool {
        let n = entries.get(PEOPLE.as_slice()).copied().unwrap_or(0);
        let mut of_items: BTreeMap<i64, i64> = BTreeMap::new();
        for (place, people) in entries {
            if let [item, ..] = place.as_slice()
                && *item > 0
            {
                *of_items.entry(*item).or_default() += people;
            }
        }
        of_items.values().all(|people| *people == n)
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
