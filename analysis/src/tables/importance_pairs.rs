//! T10 for pairs of areas: sums over the people who gave importance and score of both.
//!
//! How needs vary together follows from it, without anybody's answers to all areas side by side.
//! Importance is x, the sum of valid items y; sums are kept by numbers of valid items, which y is
//! divided by. Written out it is as [`area_pairs`](super::area_pairs) with other sums: `[a, b, v,
//! w, sort]` is for sort 1 the number of people, 2 to 5 `Σ x_a`, `Σ y_a`, `Σ x_b`, `Σ y_b`, 6 to 9
//! `Σ x_a x_b`, `Σ x_a y_b`, `Σ y_a x_b`, `Σ y_a y_b`.

use super::area_pairs::Pairs;
use super::importance::{Importance, Weighed, weighed};
use super::{Counter, Entries, IntegerTable, Size, TableKind};
use crate::AnalysisError;
use crate::dataset::Dataset;

/// Number of people and sums in the order of the module's text.
pub(crate) type PairSums = [i64; 9];

/// Sums over pairs of areas with their importance.
pub(crate) type ImportancePairs = Pairs<9>;

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
        ImportancePairs::possible(data, of.iter().map(|area| &area.area))
    }

    fn entries(&self) -> Entries {
        self.written()
    }

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        ImportancePairs::read(entries)
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
                let person = [1, x, y, x_b, y_b, x * x_b, x * y_b, y * x_b, y * y_b];
                self.add_at((a, b, v, w), person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grouping::Tally as _;

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
