//! T6: people who answered in two waves, by their score in the one and in the other.
//!
//! People are linked as [`super::persons`] says. Written out, everybody is counted once, in the
//! groups of the own answer: `[moved, v, s, w, t]` are people of the first wave who have a score of
//! s over v valid items in it and t over w in the second; bit i of `moved` says that the second
//! answer has another value in the i-th column of the grid. `[-2, 0, 0, 0, 0]` are answers whose code
//! is used twice, `[-1, 0, 0, 0, 0]` all others.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use surveys::dataset::VariableKind;

use super::persons::Persons;
use super::scores::{ScoreTable, possible_scores};
use super::{
    Allowed, Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people, by_cell,
};
use crate::AnalysisError;
use crate::dataset::{Dataset, Key};
use crate::grouping::{Grouping, Keys, Tally, lattice};
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

/// Change of a quantity from one wave to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOf {
    pub(crate) of: Quantity,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// Linked people by what of their groups changed and by their scores, and everybody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LinkedPairs {
    pairs: BTreeMap<(u32, PairOfScores), u64>,
    others: u64,
    used_twice: u64,
}

impl Tally for LinkedPairs {
    fn add(&mut self, other: &Self) {
        for (pair, persons) in &other.pairs {
            *self.pairs.entry(*pair).or_default() += persons;
        }
        self.others += other.others;
        self.used_twice += other.used_twice;
    }
}

const OTHERS: [i64; 5] = [-1, 0, 0, 0, 0];
const USED_TWICE: [i64; 5] = [-2, 0, 0, 0, 0];

impl IntegerTable for LinkedPairs {
    type Of = ChangeOf;

    const KIND: Option<TableKind> = Some(TableKind::Linked);

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d ChangeOf,
        columns: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let name = wave_column(data)?;
        let wave = data.key(name)?;
        let persons = Persons::of(data, &wave)?;
        let scores = scores(data, &of.of)?;
        let groups: Vec<Option<Key<'_>>> = columns
            .iter()
            .map(|column| (*column != name).then(|| data.key(column)).transpose())
            .collect::<Result<_, _>>()?;
        let is_in = |row: usize, name: &str| {
            let label = wave.labels.get(wave.codes[row] as usize);
            label.is_some_and(|label| label == name)
        };
        let first: Vec<bool> = (0..data.answers())
            .map(|row| is_in(row, &of.from))
            .collect();
        let second = (0..data.answers()).filter(|row| is_in(*row, &of.to));
        let second: BTreeMap<u32, usize> = second
            .filter_map(|row| Some((persons.person(row)?, row)))
            .collect();
        Ok(Box::new(move |table: &mut LinkedPairs, row| {
            if persons.is_twice(row) {
                table.used_twice += 1;
                return;
            }
            let person = persons.person(row).filter(|_| first[row]);
            let again = person.and_then(|person| second.get(&person).copied());
            let both = again.and_then(|again| {
                let first = scored(scores.persons[row])?;
                Some((again, [first, scored(scores.persons[again])?]))
            });
            let Some((again, both)) = both else {
                table.others += 1;
                return;
            };
            let mut moved = 0;
            for (place, key) in groups.iter().enumerate() {
                let changed = key.is_some_and(|key| key.codes[row] != key.codes[again]);
                moved |= u32::from(changed) << place;
            }
            *table.pairs.entry((moved, both)).or_default() += 1;
        }))
    }

    fn allowed(data: &Dataset, of: &ChangeOf, columns: usize) -> Result<Allowed, AnalysisError> {
        let scores: BTreeSet<[i64; 2]> = possible_scores(data, &of.of)?.collect();
        let most = 1_i64 << columns.min(31);
        Ok(Box::new(move |place| match place {
            [-2 | -1, 0, 0, 0, 0] => true,
            [moved, v, s, w, t] => {
                (0..most).contains(moved)
                    && scores.contains(&[*v, *s])
                    && scores.contains(&[*w, *t])
            }
            _ => false,
        }))
    }

    fn places(_: &Dataset, _: &ChangeOf) -> Result<Vec<Vec<i64>>, AnalysisError> {
        // Every pair of scores by every change of groups is too much to write out; and whether
        // two parties count the same people could not be seen.
        Err(cannot_be_masked("change"))
    }

    fn entries(&self) -> Entries {
        let pairs = self
            .pairs
            .iter()
            .map(|((moved, [(v, s), (w, t)]), persons)| {
                let [v, w] = [*v, *w].map(i64::from);
                let [s, t] = [*s, *t].map(i64::from);
                ([i64::from(*moved), v, s, w, t], *persons)
            });
        let whole = [(OTHERS, self.others), (USED_TWICE, self.used_twice)];
        let known = pairs.chain(whole).filter(|(_, persons)| *persons != 0);
        known
            .map(|(place, persons)| (place.to_vec(), as_entry(persons)))
            .collect()
    }

    fn from_entries(entries: &Entries, _size: Size) -> Self {
        let mut table = LinkedPairs::default();
        for (place, persons) in entries {
            let persons = as_people(*persons);
            match place.as_slice() {
                [-2, ..] => table.used_twice += persons,
                [moved, v, s, w, t] if *moved >= 0 => {
                    if let (Ok(moved), Ok(v), Ok(s), Ok(w), Ok(t)) = (
                        u32::try_from(*moved),
                        u16::try_from(*v),
                        i32::try_from(*s),
                        u16::try_from(*w),
                        i32::try_from(*t),
                    ) {
                        let pair = (moved, [(v, s), (w, t)]);
                        *table.pairs.entry(pair).or_default() += persons;
                    }
                }
                _ => table.others += persons,
            }
        }
        table
    }

    fn projected(self, places: &[usize]) -> Self {
        let mut pairs = BTreeMap::new();
        for ((moved, scores), persons) in self.pairs {
            let kept = places.iter().enumerate();
            let kept = kept.map(|(new, old)| (moved >> old & 1) << new);
            *pairs
                .entry((kept.fold(0, |bits, bit| bits | bit), scores))
                .or_default() += persons;
        }
        LinkedPairs { pairs, ..self }
    }
}

/// Makes the table of every group, and counts the answers whose code is used twice. A linked
/// person belongs to the groups that are the same in both waves, and to the totals.
pub(crate) fn linked_tables(
    data: &Dataset,
    change: &ChangeOf,
    by: &Grouping,
) -> Result<(BTreeMap<Vec<String>, LinkedTable>, u64), AnalysisError> {
    let columns: Vec<&str> = by.columns().chain([wave_column(data)?]).collect();
    column_of(data, VariableKind::PersonCode, "person_code")?;
    let mut cells: Vec<(Keys, LinkedTable)> = Vec::new();
    for (mut keys, scores) in by_cell::<ScoreTable>(data, &change.of, &columns)? {
        let wave = keys.pop().flatten();
        let mut table = LinkedTable::default();
        match wave {
            Some(wave) if wave == change.from => table.first = scores,
            Some(wave) if wave == change.to => table.second = scores,
            _ => continue,
        }
        cells.push((keys, table));
    }
    let mut used_twice = 0;
    for (mut keys, linked) in by_cell::<LinkedPairs>(data, change, &columns)? {
        keys.pop();
        used_twice += linked.used_twice;
        for ((moved, scores), persons) in linked.pairs {
            let keys = keys.iter().enumerate();
            let same = keys.map(|(place, key)| key.clone().filter(|_| moved >> place & 1 == 0));
            let table = LinkedTable {
                pairs: BTreeMap::from([(scores, persons)]),
                ..LinkedTable::default()
            };
            cells.push((same.collect(), table));
        }
    }
    Ok((lattice(data, by, cells)?, used_twice))
}

fn scored(person: PersonScore) -> Option<(u16, i32)> {
    match person {
        PersonScore::Scored { valid, sum } => Some((valid, sum)),
        PersonScore::NotAsked | PersonScore::TooFew => None,
    }
}

/// Says that a statistic of linked people cannot be masked.
pub(super) fn cannot_be_masked(statistic: &str) -> AnalysisError {
    AnalysisError::Exchange {
        problem: format!(
            "`{statistic}` cannot be masked: whether two parties count the same people would stay \
             unseen; take it out of `statistics` and make the tables again"
        ),
    }
}

/// Returns the name of the column that says the wave.
pub(crate) fn wave_column(data: &Dataset) -> Result<&str, AnalysisError> {
    column_of(data, VariableKind::Wave, "wave")
}

fn column_of<'d>(
    data: &'d Dataset,
    kind: VariableKind,
    name: &str,
) -> Result<&'d str, AnalysisError> {
    let mut variables = data.codebook().variables.iter();
    match variables.find(|variable| variable.kind == kind) {
        Some(variable) => Ok(&variable.name),
        None => Err(AnalysisError::UnknownName {
            problem: format!("change needs a column of kind `{name}` in the codebook"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_columns_keep_what_changed_in_them() {
        let pair = [(1, 2), (1, 3)];
        let table = LinkedPairs {
            pairs: BTreeMap::from([((0b101, pair), 2), ((0b001, pair), 1)]),
            ..LinkedPairs::default()
        };
        let found = table.projected(&[2, 1]);
        assert_eq!(
            found.pairs,
            BTreeMap::from([((0b01, pair), 2), ((0b00, pair), 1)])
        );
    }
}
