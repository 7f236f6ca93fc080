//! T9-course: who broke off where, and how many items were left without a value.
//!
//! Written out, `[-1, 0]` counts people who were not asked, `[0, 0]` people who went on to the end,
//! `[1, place]` people who broke off after that many items. `[2, 0]` are items that concerned
//! somebody, over all people, and `[2, 1]` those of them without a value.

use surveys::{Declined, Missing};

use super::complete::add_each;
use super::questionnaire::Questionnaire;
use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Tally;
use crate::score::{LAST_MISSING, missing_code};

/// People and cells of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CourseTable {
    not_asked: u64,
    to_the_end: u64,
    /// People who broke off, by how many items lay before the first they did not see.
    stopped_after: Vec<i64>,
    /// Items that concerned somebody, over all people, and how many of them have no value.
    pub(crate) cells: u64,
    pub(crate) cells_without_value: u64,
}

impl Tally for CourseTable {
    fn add(&mut self, other: &Self) {
        self.not_asked += other.not_asked;
        self.to_the_end += other.to_the_end;
        add_each(&mut self.stopped_after, &other.stopped_after);
        self.cells += other.cells;
        self.cells_without_value += other.cells_without_value;
    }
}

const NOT_ASKED: [i64; 2] = [-1, 0];
const TO_THE_END: [i64; 2] = [0, 0];
const STOPPED: i64 = 1;
const CELLS: [i64; 2] = [2, 0];
const WITHOUT_VALUE: [i64; 2] = [2, 1];

/// Returns where somebody can stop: before the first item up to behind the last.
fn stops(items: usize) -> impl Iterator<Item = [i64; 2]> {
    (0..=items).zip(0..).map(|(_, place)| [STOPPED, place])
}

impl IntegerTable for CourseTable {
    type Of = Questionnaire;

    const KIND: Option<TableKind> = Some(TableKind::Course);

    const PEOPLE_UP_TO: i64 = STOPPED;

    /// Who left everything empty to the end, over the last tenth of the items shown and two at
    /// least, broke off. An item concerns whom it was shown to and who did not say that it is not
    /// their work; don't know and prefer not to say are no values (AAPOR 2023).
    fn counter<'d>(
        data: &'d Dataset,
        _: &'d Questionnaire,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let names = Questionnaire::columns(data).into_iter();
        let items = names
            .map(|name| data.item(name))
            .collect::<Result<Vec<_>, _>>()?;
        let not_asked = missing_code(Missing::NotAsked);
        let not_my_work = missing_code(Missing::Declined(Declined::NotMyWork));
        let left_empty = missing_code(Missing::LeftEmpty);
        Ok(Box::new(move |course: &mut CourseTable, row| {
            let (mut shown, mut empty_at_end, mut last_answered) = (0_usize, 0_usize, 0_usize);
            for (place, item) in items.iter().enumerate() {
                let cell = item[row];
                if cell == not_asked {
                    continue;
                }
                shown += 1;
                if cell == left_empty {
                    empty_at_end += 1;
                } else {
                    empty_at_end = 0;
                    last_answered = place + 1;
                }
                if cell != not_my_work {
                    course.cells += 1;
                    course.cells_without_value += u64::from(cell <= LAST_MISSING);
                }
            }
            if shown == 0 {
                course.not_asked += 1;
            } else if empty_at_end >= shown.div_ceil(10).max(2) {
                course.stopped_after.resize(items.len() + 1, 0);
                course.stopped_after[last_answered] += 1;
            } else {
                course.to_the_end += 1;
            }
        }))
    }

    fn places(data: &Dataset, _: &Questionnaire) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let stops = stops(Questionnaire::columns(data).len());
        let places = [NOT_ASKED, TO_THE_END].into_iter().chain(stops);
        let places = places.chain([CELLS, WITHOUT_VALUE]);
        Ok(places.map(Vec::from).collect())
    }

    fn entries(&self) -> Entries {
        let stops = stops(self.stopped_after.len()).zip(self.stopped_after.iter().copied());
        let counts = [
            (NOT_ASKED, self.not_asked),
            (TO_THE_END, self.to_the_end),
            (CELLS, self.cells),
            (WITHOUT_VALUE, self.cells_without_value),
        ];
        let counts = counts.map(|(place, count)| (place, as_entry(count)));
        let known = stops.chain(counts).filter(|(_, count)| *count != 0);
        known
            .map(|(place, count)| (place.to_vec(), count))
            .collect()
    }

    fn from_entries(entries: &Entries, size: Size) -> Self {
        let of = |place: [i64; 2]| entries.get(place.as_slice()).copied().unwrap_or(0);
        CourseTable {
            not_asked: as_people(of(NOT_ASKED)),
            to_the_end: as_people(of(TO_THE_END)),
            stopped_after: stops(size.items).map(of).collect(),
            cells: as_people(of(CELLS)),
            cells_without_value: as_people(of(WITHOUT_VALUE)),
        }
    }

    fn agrees(entries: &Entries) -> bool {
        let of = |place: [i64; 2]| entries.get(place.as_slice()).copied().unwrap_or(0);
        (0..=of(CELLS)).contains(&of(WITHOUT_VALUE))
    }
}

impl CourseTable {
    /// Returns how many people any item was shown to.
    pub(crate) fn asked(&self) -> u64 {
        self.to_the_end + self.broke_off()
    }

    /// Returns how many people no item was shown to.
    pub(crate) fn not_asked(&self) -> u64 {
        self.not_asked
    }

    /// Returns how many people broke off.
    pub(crate) fn broke_off(&self) -> u64 {
        as_people(self.stopped_after.iter().sum())
    }

    /// Returns how many people broke off after this many items.
    pub(crate) fn stopped_after(&self, items: usize) -> u64 {
        as_people(self.stopped_after.get(items).copied().unwrap_or(0))
    }
}
