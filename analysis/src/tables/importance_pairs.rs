//! T10 for pairs of areas: sums over the people who gave importance and score of both.
//!
//! How needs vary together follows from it, without anybody's answers to all areas side by side.
//! Importance is x, the sum of valid items y; sums are kept by numbers of valid items, which y is
//! divided by. Written out, areas are numbered from one, and with `a < b` and v, w the numbers of
//! valid items `[a, b, v, w, sort]` is for sort 1 the number of people, 2 to 5 `Σ x_a`, `Σ y_a`, `Σ x_b`,
//! `Σ y_b`, 6 to 9 `Σ x_a x_b`, `Σ x_a y_b`, `Σ y_a x_b`, `Σ y_a y_b`; `[0, 0, 0, 0, 0]` is everybody.

use std::collections::BTreeMap;

use super::importance::{Importance, Weighed, weighed};
use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Tally;

/// Two areas, from nought on, and the numbers of valid items in each.
pub(crate) type PairPlace = (usize, usize, u16, u16);

/// Number of people and sums in the order of the module's text.
pub(crate) type PairSums = [i64; 9];

/// Sums over pairs of areas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImportancePairs {
    pub(crate) sums: BTreeMap<PairPlace, PairSums>,
    everybody: u64,
}

impl Tally for ImportancePairs {
    fn add(&mut self, other: &Self) {
        self.everybody += other.everybody;
        for (place, others) in &other.sums {
            let sums = self.sums.entry(*place).or_default();
            for (sum, other) in sums.iter_mut().zip(others) {
                *sum += other;
            }
        }
    }
}

const EVERYBODY: [i64; 5] = [0; 5];

impl IntegerTable for ImportancePairs {
    type Of = Vec<Importance>;

    const KIND: Option<TableKind> = Some(TableKind::ImportancePairs);

    const PEOPLE_UP_TO: i64 = 0;

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Vec<Importance>,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let areas = of
            .iter()
            .map(|area| weighed(data, area))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Box::new(move |pairs: &mut ImportancePairs, row| {
            let said: Vec<Option<Weighed>> = areas.iter().map(|area| area[row]).collect();
            pairs.count(&said);
        }))
    }

    fn places(data: &Dataset, of: &Vec<Importance>) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let mut valid = Vec::new();
        for area in of {
            let items = area.area.columns(data)?.len();
            valid.push(i64::try_from(items).unwrap_or(i64::MAX));
        }
        let mut places = vec![EVERYBODY.to_vec()];
        let numbered = || (1..).zip(&valid);
        for (a, most) in numbered() {
            for (b, others) in numbered().filter(|(b, _)| *b > a) {
                for v in 1..=*most {
                    for w in 1..=*others {
                        places.extend((1..=9).map(|sort| vec![a, b, v, w, sort]));
                    }
                }
            }
        }
        Ok(places)
    }

    fn entries(&self) -> Entries {
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

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        let mut pairs = ImportancePairs::default();
        for (place, value) in entries {
            let [a, b, v, w, sort @ 1..=9] = place.as_slice() else {
                pairs.everybody += as_people(*value);
                continue;
            };
            let area = |number: i64| usize::try_from(number - 1);
            if let (Ok(a), Ok(b)) = (area(*a), area(*b))
                && let (Ok(v), Ok(w)) = (u16::try_from(*v), u16::try_from(*w))
                && let Ok(sort) = usize::try_from(*sort - 1)
            {
                pairs.sums.entry((a, b, v, w)).or_default()[sort] = *value;
            }
        }
        pairs
    }
}

impl ImportancePairs {
    /// Counts one person by what was said of each area.
    fn count(&mut self, said: &[Option<Weighed>]) {
        self.everybody += 1;
        let known = || {
            let known = said.iter().enumerate();
            known.filter_map(|(place, said)| Some((place, (*said)?)))
        };
        for (a, (x, v, y)) in known() {
            for (b, (other_x, w, other_y)) in known().filter(|(b, _)| *b > a) {
                let (x, y) = (i64::from(x), i64::from(y));
                let (x_b, y_b) = (i64::from(other_x), i64::from(other_y));
                let sums = self.sums.entry((a, b, v, w)).or_default();
                let person = [1, x, y, x_b, y_b, x * x_b, x * y_b, y * x_b, y * y_b];
                for (sum, value) in sums.iter_mut().zip(person) {
                    *sum += value;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_adds_up() {
        let mut both = ImportancePairs::default();
        both.count(&[Some((3, 2, 7)), None, Some((5, 1, 4))]);
        both.count(&[None, Some((1, 1, 0)), Some((2, 1, 1))]);
        let size = Size {
            items: 3,
            values: 1,
        };
        let read = ImportancePairs::from_entries(&both.entries(), size);
        assert_eq!(read.entries(), both.entries());
        assert_eq!(ImportancePairs::people(&both.entries()), 2);
        assert_eq!(both.sums[&(0, 2, 2, 1)], [1, 3, 7, 5, 4, 15, 12, 35, 28]);
        assert_eq!(both.sums.len(), 2);
        let mut twice = both.clone();
        twice.add(&both);
        assert_eq!(twice.sums[&(1, 2, 1, 1)], [2, 2, 0, 4, 2, 4, 2, 0, 0]);
    }
}
