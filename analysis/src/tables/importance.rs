//! T10: people by how important they find an area and by their score in it.

use std::collections::BTreeMap;

use crate::AnalysisError;
use crate::dataset::{Dataset, ScaleEnds};
use crate::grouping::{Grouping, Tally, tabulate};
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

/// Makes the table of every group.
pub(crate) fn importance_tables(
    data: &Dataset,
    of: &Importance,
    by: &Grouping,
) -> Result<BTreeMap<Vec<String>, ImportanceTable>, AnalysisError> {
    let both = weighed(data, of)?;
    let scores = scores(data, &of.area)?;
    tabulate(data, by, |table: &mut ImportanceTable, row| {
        match (both[row], scores.persons[row]) {
            (Some(weighed), _) => *table.persons.entry(weighed).or_default() += 1,
            (None, PersonScore::NotAsked) => table.not_asked += 1,
            (None, _) => table.incomplete += 1,
        }
    })
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
