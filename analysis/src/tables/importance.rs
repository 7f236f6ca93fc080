//! T10: people by how important they find an area and by their score in it.
//!
//! Written out, `[importance, valid, sum]` counts persons who gave both; `[0, 0, 0]` are people who
//! lack one of the two, `[0, 0, -1]` those whom nothing of it was shown to.

use std::collections::BTreeMap;

use num_rational::BigRational;

use super::scores::possible_scores;
use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people};
use crate::AnalysisError;
use crate::dataset::{Dataset, ScaleEnds};
use crate::exact::ratio;
use crate::grouping::Tally;
use crate::score::{LAST_MISSING, PersonScore, Quantity, scores};

/// An area with the item that asks how important it is, and the scale both are brought to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Importance {
    /// The area.
    pub area: Quantity,
    /// The item, by column.
    pub column: String,
    /// Lowest and highest value of the common scale; none means that of the item.
    pub scale: Option<[i16; 2]>,
}

/// One person's importance and score: value, then number and sum of valid items.
pub(crate) type Weighed = (i8, u16, i32);

/// People by importance and score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImportanceTable {
    pub(crate) persons: BTreeMap<Weighed, u64>,
    /// People who lack one of the two.
    pub(crate) incomplete: u64,
    /// People whom nothing of it was shown to.
    pub(crate) not_asked: u64,
}

impl Tally for ImportanceTable {
    fn add(&mut self, other: &Self) {
        for (weighed, persons) in &other.persons {
            *self.persons.entry(*weighed).or_default() += persons;
        }
        self.incomplete += other.incomplete;
        self.not_asked += other.not_asked;
    }
}

/// Each person's importance and score of an area, or none.
pub(crate) fn weighed(
    data: &Dataset,
    of: &Importance,
) -> Result<Vec<Option<Weighed>>, AnalysisError> {
    let scores = scores(data, &of.area)?;
    let importance = data.item(&of.column)?;
    let pairs = importance.iter().zip(&scores.persons);
    let both = pairs.map(|(importance, score)| match score {
        PersonScore::Scored { valid, sum } if *importance > LAST_MISSING => {
            Some((*importance, *valid, *sum))
        }
        _ => None,
    });
    Ok(both.collect())
}

const INCOMPLETE: [i64; 3] = [0, 0, 0];
const NOT_ASKED: [i64; 3] = [0, 0, -1];

impl IntegerTable for ImportanceTable {
    type Of = Importance;

    const KIND: Option<TableKind> = Some(TableKind::Importance);

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Importance,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let both = weighed(data, of)?;
        let scores = scores(data, &of.area)?;
        Ok(Box::new(move |table: &mut ImportanceTable, row| {
            match (both[row], scores.persons[row]) {
                (Some(weighed), _) => *table.persons.entry(weighed).or_default() += 1,
                (None, PersonScore::NotAsked) => table.not_asked += 1,
                (None, _) => table.incomplete += 1,
            }
        }))
    }

    fn places(data: &Dataset, of: &Importance) -> Result<Vec<Vec<i64>>, AnalysisError> {
        let ends = data.item_scale(&of.column)?;
        let mut places = [NOT_ASKED, INCOMPLETE].map(Vec::from).to_vec();
        for importance in i64::from(ends.low)..=i64::from(ends.high) {
            let scores = possible_scores(data, &of.area)?;
            places.extend(scores.map(|[valid, sum]| vec![importance, valid, sum]));
        }
        Ok(places)
    }

    fn entries(&self) -> Entries {
        let persons = self.persons.iter().map(|((value, valid, sum), persons)| {
            let place = [i64::from(*value), i64::from(*valid), i64::from(*sum)];
            (place, *persons)
        });
        let people = [(NOT_ASKED, self.not_asked), (INCOMPLETE, self.incomplete)];
        let known = persons.chain(people).filter(|(_, persons)| *persons != 0);
        known
            .map(|(place, persons)| (place.to_vec(), as_entry(persons)))
            .collect()
    }

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        let mut table = ImportanceTable::default();
        for (place, persons) in entries {
            let persons = as_people(*persons);
            match place.as_slice() {
                [_, 0, -1] => table.not_asked += persons,
                [_, 0, _] => table.incomplete += persons,
                [value, valid, sum] => {
                    if let (Ok(value), Ok(valid), Ok(sum)) = (
                        i8::try_from(*value),
                        u16::try_from(*valid),
                        i32::try_from(*sum),
                    ) {
                        *table.persons.entry((value, valid, sum)).or_default() += persons;
                    }
                }
                _ => {}
            }
        }
        table
    }
}

/// How both are brought to one scale: straight lines from end to end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommonScale {
    low: i64,
    width: i64,
    importance: ScaleEnds,
    competence: ScaleEnds,
}

impl CommonScale {
    /// Works out the scale of an area: that of the job, else that of the importance item.
    pub(crate) fn of(data: &Dataset, of: &Importance) -> Result<Self, AnalysisError> {
        let importance = data.item_scale(&of.column)?;
        let [low, high] = of.scale.unwrap_or([importance.low, importance.high]);
        Ok(CommonScale {
            low: i64::from(low),
            width: i64::from(high) - i64::from(low),
            importance,
            competence: of.area.scale(data)?,
        })
    }

    /// Returns importance on the common scale, as a fraction.
    pub(crate) fn importance(&self, (value, ..): Weighed) -> (i64, i64) {
        let (low, width) = ends(self.importance);
        (
            self.low * width + (i64::from(value) - low) * self.width,
            width,
        )
    }

    /// Returns competence on the common scale, as a fraction.
    pub(crate) fn competence(&self, (_, valid, sum): Weighed) -> (i64, i64) {
        let (low, width) = ends(self.competence);
        let (valid, sum) = (i64::from(valid), i64::from(sum));
        let denominator = valid * width;
        (
            self.low * denominator + (sum - low * valid) * self.width,
            denominator,
        )
    }

    /// Returns the lines that take importance, and the mean of valid items, to the common scale:
    /// where each starts at nought, and how steep it is.
    pub(crate) fn lines(&self) -> [[BigRational; 2]; 2] {
        [self.importance, self.competence].map(|scale| {
            let (low, width) = ends(scale);
            let slope = ratio(i128::from(self.width), i128::from(width));
            let start = ratio(i128::from(self.low), 1) - &slope * ratio(i128::from(low), 1);
            [start, slope]
        })
    }

    /// Returns importance minus competence, as a fraction.
    pub(crate) fn discrepancy(&self, weighed: Weighed) -> (i64, i64) {
        let ((a, b), (c, d)) = (self.importance(weighed), self.competence(weighed));
        (a * d - c * b, b * d)
    }
}

fn ends(scale: ScaleEnds) -> (i64, i64) {
    (
        i64::from(scale.low),
        i64::from(scale.high) - i64::from(scale.low),
    )
}
