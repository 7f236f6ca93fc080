//! T2 for pairs of areas: sums over the people who have a score in both.
//!
//! How areas go together follows from it, without anybody's answers to all areas side by side. A
//! score is the sum y of valid items over their number, so sums are kept by numbers of valid
//! items. Written out, areas are numbered from one, and with `a < b` and v, w the numbers of valid
//! items `[a, b, v, w, sort]` is for sort 1 the number of people, 2 and 3 `Σ y_a`, `Σ y_b`, 4 to 6
//! `Σ y_a²`, `Σ y_a y_b`, `Σ y_b²`; `[0, 0, 0, 0, 0]` is everybody.

use std::collections::BTreeMap;

use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Tally;
use crate::score::{PersonScore, Quantity, scores};

/// Two areas, from nought on, and the numbers of valid items in each.
pub(crate) type PairPlace = (usize, usize, u16, u16);

/// So many sums over every pair of areas, and how many people were counted at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pairs<const SORTS: usize> {
    pub(crate) sums: BTreeMap<PairPlace, [i64; SORTS]>,
    pub(super) everybody: u64,
}

/// Sums over pairs of areas.
pub(crate) type AreaPairs = Pairs<6>;

impl<const SORTS: usize> Default for Pairs<SORTS> {
    fn default() -> Self {
        Pairs {
            sums: BTreeMap::new(),
            everybody: 0,
        }
    }
}

impl<const SORTS: usize> Tally for Pairs<SORTS> {
    fn add(&mut self, other: &Self) {
        self.everybody += other.everybody;
        for (place, others) in &other.sums {
            self.add_at(*place, *others);
        }
    }
}

const EVERYBODY: [i64; 5] = [0; 5];

impl<const SORTS: usize> Pairs<SORTS> {
    pub(super) fn add_at(&mut self, place: PairPlace, others: [i64; SORTS]) {
        let sums = self.sums.entry(place).or_insert([0; SORTS]);
        for (sum, other) in sums.iter_mut().zip(others) {
            *sum += other;
        }
    }

    /// Returns what can be counted of areas with so many items each.
    pub(super) fn possible<'q>(
        data: &Dataset,
        areas: impl Iterator<Item = &'q Quantity>,
    ) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let mut valid = Vec::new();
        for area in areas {
            let items = area.columns(data)?.len();
            valid.push(i64::try_from(items).unwrap_or(i64::MAX));
        }
        let mut places = vec![EVERYBODY.to_vec()];
        let numbered = || (1..).zip(&valid);
        for (a, most) in numbered() {
            for (b, others) in numbered().filter(|(b, _)| *b > a) {
                for v in 1..=*most {
                    for w in 1..=*others {
                        let sorts = (1..).take(SORTS);
                        places.extend(sorts.map(|sort| vec![a, b, v, w, sort]));
                    }
                }
            }
        }
        Ok(places)
    }

    pub(super) fn written(&self) -> Entries {
        let mut entries = Entries::from([(EVERYBODY.to_vec(), as_entry(self.everybody))]);
        for ((a, b, v, w), sums) in &self.sums {
            let number = |place: usize| i64::try_from(place + 1).unwrap_or(i64::MAX);
            for (sort, sum) in (1..).zip(sums) {
                let place = vec![number(*a), number(*b), i64::from(*v), i64::from(*w), sort];
                entries.insert(place, *sum);
            }
        }
        entries.retain(|_, value| *value != 0);
        entries
    }

    pub(super) fn read(entries: &Entries) -> Self {
        let mut pairs = Self::default();
        for (place, value) in entries {
            let [a, b, v, w, sort @ 1..=i64::MAX] = place.as_slice() else {
                pairs.everybody += as_people(*value);
                continue;
            };
            let area = |number: i64| usize::try_from(number - 1);
            if let (Ok(a), Ok(b)) = (area(*a), area(*b))
                && let (Ok(v), Ok(w)) = (u16::try_from(*v), u16::try_from(*w))
                && let Ok(sort) = usize::try_from(*sort - 1)
            {
                let sums = pairs.sums.entry((a, b, v, w)).or_insert([0; SORTS]);
                if let Some(sum) = sums.get_mut(sort) {
                    *sum = *value;
                }
            }
        }
        pairs
    }
}

impl IntegerTable for AreaPairs {
    type Of = Vec<Quantity>;

    const KIND: Option<TableKind> = Some(TableKind::AreaPairs);

    const PEOPLE_UP_TO: i64 = 0;

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Vec<Quantity>,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let areas = of
            .iter()
            .map(|area| scores(data, area))
            .collect::<Result<Vec<_>, _>>()?;
        let mut known: Vec<(usize, u16, i64)> = Vec::with_capacity(areas.len());
        Ok(Box::new(move |pairs: &mut AreaPairs, row| {
            known.clear();
            for (place, area) in areas.iter().enumerate() {
                if let PersonScore::Scored { valid, sum } = area.persons[row] {
                    known.push((place, valid, i64::from(sum)));
                }
            }
            pairs.count(&known);
        }))
    }

    fn places(data: &Dataset, of: &Vec<Quantity>) -> Result<Vec<Vec<i64>>, AnalysisError> {
        AreaPairs::possible(data, of.iter())
    }

    fn entries(&self) -> Entries {
        self.written()
    }

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        AreaPairs::read(entries)
    }
}

impl AreaPairs {
    /// Counts one person by the scores there are: the area, the number of valid items, their sum.
    fn count(&mut self, known: &[(usize, u16, i64)]) {
        self.everybody += 1;
        for (number, (a, v, y)) in known.iter().enumerate() {
            for (b, w, other) in &known[number + 1..] {
                let person = [1, *y, *other, y * y, y * other, other * other];
                self.add_at((*a, *b, *v, *w), person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_adds_up() {
        let mut both = AreaPairs::default();
        both.count(&[(0, 2, 7), (2, 1, 4)]);
        both.count(&[(1, 1, 0), (2, 1, 1)]);
        both.count(&[]);
        let size = Size {
            items: 3,
            values: 1,
        };
        let read = AreaPairs::from_entries(&both.entries(), size);
        assert_eq!(read, both);
        assert_eq!(AreaPairs::people(&both.entries()), 3);
        assert_eq!(both.sums[&(0, 2, 2, 1)], [1, 7, 4, 49, 28, 16]);
        let mut twice = both.clone();
        twice.add(&both);
        assert_eq!(twice.sums[&(1, 2, 1, 1)], [2, 0, 2, 0, 0, 2]);
    }
}
