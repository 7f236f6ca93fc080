//! T6-waves: people by their scores in all waves they answered in.
//!
//! People are linked as [`super::persons`] says. Written out, every answer is counted once, in its
//! own groups: `[twice, without]` and behind it `moved, v, s` for each wave. `s` over `v` valid
//! items is the person's score in that wave, noughts where there is none; bit i of `moved` says that
//! the answer of that wave has another value in the i-th column of the grid than this one. `twice`
//! is 1 where the code is used twice (and links nobody), `without` 1 where this answer has too few
//! items for a score and 2 where none was asked; all else is nought then.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::linked::{cannot_be_masked, wave_column};
use super::persons::Persons;
use super::scores::possible_scores;
use super::{Allowed, Counter, Entries, IntegerTable, Size, Subject, TableKind, TableOf};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Tally;
use crate::score::{PersonScore, Quantity, scores};

/// A quantity over waves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverWaves {
    pub(crate) of: Quantity,
    /// The waves in the order of their names.
    pub(crate) waves: Vec<String>,
}

impl OverWaves {
    /// Returns a quantity over the waves that occur, or that the tables were made for.
    ///
    /// # Errors
    /// When the data have no wave.
    pub(crate) fn of(data: &Dataset, of: &Quantity) -> Result<OverWaves, AnalysisError> {
        let mut listed = data.held().into_iter().flat_map(|held| held.listed());
        let listed = listed.find_map(|id| match &id.of {
            Subject::Waves(waves) if waves.of == *of => Some(waves.clone()),
            _ => None,
        });
        if let Some(listed) = listed {
            return Ok(listed);
        }
        let waves = data.values(wave_column(data)?)?;
        Ok(OverWaves {
            of: of.clone(),
            waves: waves.into_iter().map(str::to_owned).collect(),
        })
    }
}

impl TableOf for OverWaves {
    fn subject(&self) -> Subject {
        Subject::Waves(self.clone())
    }

    fn of_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Waves(waves) => Some(waves.clone()),
            _ => None,
        }
    }

    fn size(&self, data: &Dataset) -> Result<Size, AnalysisError> {
        self.of.size(data)
    }
}

/// Why an answer has no score.
const TOO_FEW: i64 = 1;
const NOT_ASKED: i64 = 2;

/// Answers by what is known of the person behind them, as it is written out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WaveTable {
    answers: Entries,
}

impl Tally for WaveTable {
    fn add(&mut self, other: &Self) {
        for (place, answers) in &other.answers {
            *self.answers.entry(place.clone()).or_default() += answers;
        }
    }
}

impl IntegerTable for WaveTable {
    type Of = OverWaves;

    const KIND: Option<TableKind> = Some(TableKind::Waves);

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d OverWaves,
        columns: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let wave = data.key(wave_column(data)?)?;
        let persons = Persons::of(data, &wave)?;
        let scores = scores(data, &of.of)?;
        let groups = columns.iter().map(|column| data.key(column));
        let groups = groups.collect::<Result<Vec<_>, _>>()?;
        let wave_of = move |row: usize| {
            let name = wave.labels.get(wave.codes[row] as usize)?;
            of.waves.iter().position(|wave| wave == name)
        };
        let mut answers_of: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for row in 0..data.answers() {
            if let Some(person) = persons.person(row) {
                answers_of.entry(person).or_default().push(row);
            }
        }
        Ok(Box::new(move |table: &mut WaveTable, row| {
            let mut place = vec![0; 2 + 3 * of.waves.len()];
            place[0] = i64::from(persons.is_twice(row));
            match scores.persons[row] {
                PersonScore::TooFew => place[1] = TOO_FEW,
                PersonScore::NotAsked => place[1] = NOT_ASKED,
                PersonScore::Scored { .. } => {
                    let person = persons.person(row).and_then(|own| answers_of.get(&own));
                    for answer in person.map_or([row].as_slice(), Vec::as_slice) {
                        let PersonScore::Scored { valid, sum } = scores.persons[*answer] else {
                            continue;
                        };
                        let Some(wave) = wave_of(*answer) else {
                            continue;
                        };
                        let changed = groups.iter().zip(0..).map(|(key, bit)| {
                            i64::from(key.codes[row] != key.codes[*answer]) << bit
                        });
                        let moved = changed.fold(0, |bits, bit| bits | bit);
                        let at = 2 + 3 * wave;
                        place[at..at + 3].copy_from_slice(&[moved, valid.into(), sum.into()]);
                    }
                }
            }
            *table.answers.entry(place).or_default() += 1;
        }))
    }

    fn allowed(data: &Dataset, of: &OverWaves, columns: usize) -> Result<Allowed, AnalysisError> {
        let scores: BTreeSet<[i64; 2]> = possible_scores(data, &of.of)?.collect();
        let most = 1_i64 << columns.min(31);
        let waves = of.waves.len();
        Ok(Box::new(move |place| {
            let Some(([twice, without], scored)) = place.split_first_chunk() else {
                return false;
            };
            let (scored, rest) = scored.as_chunks::<3>();
            let mut scored = scored.iter();
            (0..=1).contains(twice)
                && (0..=NOT_ASKED).contains(without)
                && rest.is_empty()
                && scored.len() == waves
                && scored.all(|[moved, v, s]| match [moved, v, s] {
                    [0, 0, 0] => true,
                    _ => *without == 0 && (0..most).contains(moved) && scores.contains(&[*v, *s]),
                })
        }))
    }

    fn places(_: &Dataset, _: &OverWaves) -> Result<Vec<Vec<i64>>, AnalysisError> {
        Err(cannot_be_masked("mixed_change"))
    }

    fn entries(&self) -> Entries {
        self.answers.clone()
    }

    fn from_entries(entries: &Entries, _: Size) -> Self {
        WaveTable {
            answers: entries.clone(),
        }
    }

    fn projected(self, places: &[usize]) -> Self {
        let mut answers = Entries::new();
        for (mut place, people) in self.answers {
            for moved in place.iter_mut().skip(2).step_by(3) {
                let kept = places.iter().zip(0..);
                let kept = kept.map(|(old, new)| (*moved >> old & 1) << new);
                *moved = kept.fold(0, |bits, bit| bits | bit);
            }
            *answers.entry(place).or_default() += people;
        }
        WaveTable { answers }
    }
}

/// An answer as it stands in a group: what is known of the person behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    TooFew,
    NotAsked,
    /// Valid items and sum by wave, of this answer and those of the same person in the same group.
    Scored(BTreeMap<usize, (i64, i64)>),
}

impl WaveTable {
    /// Returns the answers with how many there are of each, as they stand in a group by the
    /// columns of the bit set `told_apart`.
    pub(crate) fn in_group(&self, told_apart: i64) -> impl Iterator<Item = (Answer, u64)> {
        self.answers.iter().map(move |(place, answers)| {
            let answer = match place.get(1) {
                Some(&TOO_FEW) => Answer::TooFew,
                Some(&NOT_ASKED) => Answer::NotAsked,
                _ => {
                    let (waves, _) = place.get(2..).unwrap_or_default().as_chunks::<3>();
                    let here = waves.iter().enumerate();
                    let here = here.filter(|(_, [moved, v, _])| *v > 0 && moved & told_apart == 0);
                    Answer::Scored(here.map(|(wave, [_, v, s])| (wave, (*v, *s))).collect())
                }
            };
            (answer, super::as_people(*answers))
        })
    }

    /// Returns how many answers have a code that is used twice.
    pub(crate) fn used_twice(&self) -> u64 {
        let twice = self.answers.iter().filter(|(place, _)| place[0] == 1);
        twice.map(|(_, answers)| super::as_people(*answers)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_columns_keep_what_changed_in_them() {
        let table = |moved: [i64; 2], answers| {
            let place = vec![0, 0, 0, 1, 3, moved[0], 1, 4, moved[1], 1, 5];
            (place, answers)
        };
        let whole = WaveTable {
            answers: Entries::from([table([0b101, 0b010], 2), table([0b001, 0b010], 1)]),
        };
        let found = whole.projected(&[2, 1]);
        let expected = [table([0b01, 0b10], 2), table([0b00, 0b10], 1)];
        assert_eq!(found.answers, Entries::from(expected));
    }

    #[test]
    fn a_person_stands_in_a_group_with_the_answers_given_in_it() {
        let place = vec![0, 0, 0, 1, 3, 0b01, 1, 4, 0b10, 1, 5];
        let table = WaveTable {
            answers: Entries::from([(place, 1)]),
        };
        let waves = |told_apart| match table.in_group(told_apart).next() {
            Some((Answer::Scored(waves), 1)) => waves.into_keys().collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(waves(0b00), [0, 1, 2]);
        assert_eq!(waves(0b01), [0, 2]);
        assert_eq!(waves(0b11), [0]);
    }
}
