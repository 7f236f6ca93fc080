//! T6: people who answered in two waves, by their score in the one and in the other.
//!
//! People are linked by a pseudonymous code of their own. A code that is used twice in any wave
//! names nobody and is not linked at all.

use std::collections::BTreeMap;

use surveys::dataset::VariableKind;

use super::scores::ScoreTable;
use crate::AnalysisError;
use crate::dataset::{Dataset, Key, MISSING_KEY};
use crate::grouping::{Grouping, Tally, tabulate_pairs};
use crate::score::{PersonScore, Quantity, scores};

/// Scores of two waves, as valid items and sum each.
pub(crate) type PairOfScores = [(u16, i32); 2];

/// People by their scores in two waves, and everybody of either wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LinkedTable {
    /// Linked people who have a score in both waves.
    pub(crate) pairs: BTreeMap<PairOfScores, u64>,
    /// Everybody in the first wave, linked or not.
    pub(crate) first: ScoreTable,
    /// Everybody in the second wave.
    pub(crate) second: ScoreTable,
}

impl Tally for LinkedTable {
    fn add(&mut self, other: &Self) {
        for (scores, persons) in &other.pairs {
            *self.pairs.entry(*scores).or_default() += persons;
        }
        self.first.add(&other.first);
        self.second.add(&other.second);
    }
}

impl LinkedTable {
    /// Returns how many people are linked.
    pub(crate) fn linked(&self) -> u64 {
        self.pairs.values().sum()
    }

    /// Returns the scores of linked people in the first (0) or second (1) wave.
    pub(crate) fn of_linked(&self, wave: usize) -> ScoreTable {
        let mut table = ScoreTable::default();
        for (scores, persons) in &self.pairs {
            let (valid, sum) = scores[wave];
            table.count(valid, sum, *persons);
        }
        table
    }

    /// Returns the scores of those in the first wave who are not linked.
    pub(crate) fn others(&self) -> ScoreTable {
        self.first.without(&self.of_linked(0))
    }
}

/// Which rows are the same person in two waves.
pub(crate) struct Links {
    /// Rows of the first wave, each with the row of the same person in the second.
    rows: Vec<(usize, Option<usize>)>,
    /// Rows of the second wave.
    second: Vec<usize>,
    /// Codes that are used twice in a wave.
    pub(crate) codes_used_twice: usize,
}

impl Links {
    /// Links the people of two waves by their codes.
    pub(crate) fn of(data: &Dataset, waves: [&str; 2]) -> Result<Links, AnalysisError> {
        let wave = key(data, VariableKind::Wave, "wave")?;
        let code = key(data, VariableKind::PersonCode, "person_code")?;
        let code_of = |row: usize| Some(code.codes[row]).filter(|code| *code != MISSING_KEY);
        let mut uses: BTreeMap<(u32, u32), u64> = BTreeMap::new();
        for row in 0..data.answers() {
            if let Some(code) = code_of(row) {
                *uses.entry((code, wave.codes[row])).or_default() += 1;
            }
        }
        let mut is_twice = vec![false; code.labels.len()];
        for ((code, _), _) in uses.iter().filter(|(_, times)| **times > 1) {
            is_twice[*code as usize] = true;
        }
        let number = |name: &str| {
            let found = wave.labels.iter().position(|label| label == name);
            found.map_or(MISSING_KEY, |place| {
                u32::try_from(place).unwrap_or(MISSING_KEY)
            })
        };
        let [first, second] = waves.map(|name| {
            let number = number(name);
            let rows = (0..data.answers()).filter(move |row| wave.codes[*row] == number);
            rows.collect::<Vec<usize>>()
        });
        let mut partner: Vec<Option<usize>> = vec![None; code.labels.len()];
        let linkable = |row: usize| code_of(row).filter(|code| !is_twice[*code as usize]);
        for row in &second {
            if let Some(code) = linkable(*row) {
                partner[code as usize] = Some(*row);
            }
        }
        let with = |row: usize| linkable(row).and_then(|code| partner[code as usize]);
        Ok(Links {
            rows: first.into_iter().map(|row| (row, with(row))).collect(),
            second,
            codes_used_twice: is_twice.iter().filter(|twice| **twice).count(),
        })
    }

    /// Makes the table of every group. A linked person belongs to the groups that are the same in
    /// both waves, and to the totals.
    pub(crate) fn tables(
        &self,
        data: &Dataset,
        of: &Quantity,
        by: &Grouping,
    ) -> Result<BTreeMap<Vec<String>, LinkedTable>, AnalysisError> {
        let scores = scores(data, of)?;
        let alone = |row: &usize| [*row, *row];
        let first: Vec<[usize; 2]> = self.rows.iter().map(|(row, _)| alone(row)).collect();
        let second: Vec<[usize; 2]> = self.second.iter().map(alone).collect();
        let both = self
            .rows
            .iter()
            .filter_map(|(row, with)| Some([*row, (*with)?]));
        let both: Vec<[usize; 2]> = both.collect();
        let mut tables = tabulate_pairs(data, by, &first, |table: &mut LinkedTable, [row, _]| {
            table.first.count_person(scores.persons[row]);
        })?;
        let later = tabulate_pairs(data, by, &second, |table: &mut LinkedTable, [row, _]| {
            table.second.count_person(scores.persons[row]);
        })?;
        let linked = tabulate_pairs(data, by, &both, |table: &mut LinkedTable, rows| {
            if let [Some(first), Some(second)] = rows.map(|row| scored(scores.persons[row])) {
                *table.pairs.entry([first, second]).or_default() += 1;
            }
        })?;
        for (keys, more) in later.into_iter().chain(linked) {
            tables.entry(keys).or_default().add(&more);
        }
        Ok(tables)
    }
}

fn scored(person: PersonScore) -> Option<(u16, i32)> {
    match person {
        PersonScore::Scored { valid, sum } => Some((valid, sum)),
        PersonScore::NotAsked | PersonScore::TooFew => None,
    }
}

fn key<'d>(data: &'d Dataset, kind: VariableKind, name: &str) -> Result<Key<'d>, AnalysisError> {
    let mut variables = data.codebook().variables.iter();
    match variables.find(|variable| variable.kind == kind) {
        Some(variable) => data.key(&variable.name),
        None => Err(AnalysisError::UnknownName {
            problem: format!("change needs a column of kind `{name}` in the codebook"),
        }),
    }
}
