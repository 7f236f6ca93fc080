//! Change over waves from everybody: a mixed model with a random intercept for each person.
//!
//! People who answered in several waves tell about change without the noise between people; the
//! others tell about the waves. The model `score ~ wave + (1 | person)` uses both by their worth.

use std::collections::{BTreeMap, BTreeSet};

use findings::{Count, Estimate, RawRow, Undefined, dim};
use nalgebra::{DMatrix, DVector};
use surveys::dataset::VariableKind;

use super::{Design, Estimates, tidy};
use crate::AnalysisError;
use crate::dataset::{Dataset, Key, MISSING_KEY};
use crate::exact::Moments;
use crate::grouping::{Grouping, Tally, tabulate};
use crate::probability::t_two_sided;
use crate::reml::{Bundle, Fit, Mixed};
use crate::score::{PersonScore, Quantity, scores};
use crate::tables::persons::{Persons, note_twice};

/// A score: valid items and their sum.
type Score = (i64, i64);

/// Scores of a group's people over the waves.
#[derive(Clone, Debug, Default)]
struct People {
    /// People with a code of their own, and their score in each wave.
    coded: BTreeMap<u32, BTreeMap<u32, Score>>,
    /// Everybody else, each a person by herself.
    single: BTreeMap<u32, Moments>,
    not_asked: u64,
    too_few: u64,
}

impl Tally for People {
    fn add(&mut self, other: &Self) {
        for (person, waves) in &other.coded {
            self.coded.entry(*person).or_default().extend(waves);
        }
        for (wave, moments) in &other.single {
            self.single.entry(*wave).or_default().add_all(moments);
        }
        self.not_asked += other.not_asked;
        self.too_few += other.too_few;
    }
}

/// The sums that a model of a group needs, exact up to the last step.
struct Sums {
    /// Everybody by wave.
    waves: BTreeMap<u32, Moments>,
    /// Persons by the waves they answered in: sums of their scores.
    patterns: BTreeMap<Vec<u32>, Moments>,
    /// Mean of all, which values are counted from.
    centre: f64,
}

impl Sums {
    fn of(people: &People) -> Option<Sums> {
        let mut waves = people.single.clone();
        let mut patterns: BTreeMap<Vec<u32>, Moments> = BTreeMap::new();
        for (wave, moments) in &people.single {
            patterns.entry(vec![*wave]).or_default().add_all(moments);
        }
        for scores in people.coded.values() {
            let denominator = scores
                .values()
                .fold(1, |all, (valid, _)| common(all, *valid));
            let total = scores
                .values()
                .map(|(valid, sum)| sum * (denominator / valid))
                .sum();
            let pattern: Vec<u32> = scores.keys().copied().collect();
            patterns
                .entry(pattern)
                .or_default()
                .add(total, denominator, 1);
            for (wave, (valid, sum)) in scores {
                waves.entry(*wave).or_default().add(*sum, *valid, 1);
            }
        }
        let mut all = Moments::default();
        for moments in waves.values() {
            all.add_all(moments);
        }
        let centre = all.mean()?;
        Some(Sums {
            waves,
            patterns,
            centre,
        })
    }

    /// Fits a model whose fixed effects depend on the wave alone.
    fn fit(&self, effects: impl Fn(u32) -> DVector<f64>) -> Option<Fit> {
        let width = effects(*self.waves.keys().next()?).len();
        let mut model = Mixed {
            xx: DMatrix::zeros(width, width),
            xy: DVector::zeros(width),
            yy: 0.0,
            n: 0.0,
            bundles: Vec::new(),
        };
        for (wave, moments) in &self.waves {
            let (n, x) = (moments.count() as f64, effects(*wave));
            let [total, squares] = about(moments, self.centre)?;
            model.xx += &x * x.transpose() * n;
            model.xy += x * total;
            model.yy += squares;
            model.n += n;
        }
        for (pattern, moments) in &self.patterns {
            let size = pattern.len() as f64;
            let [total, squares] = about(moments, size * self.centre)?;
            let x = pattern.iter().map(|wave| effects(*wave));
            model.bundles.push(Bundle {
                groups: moments.count() as f64,
                size,
                effects: x.fold(DVector::zeros(width), |sum, x| sum + x),
                total,
                squares,
            });
        }
        model.fit()
    }

    fn answers(&self, wave: u32) -> u64 {
        self.waves.get(&wave).map_or(0, Moments::count)
    }

    fn persons(&self) -> u64 {
        self.patterns.values().map(Moments::count).sum()
    }
}

/// Returns sum and sum of squares of values less a centre.
fn about(moments: &Moments, centre: f64) -> Option<[f64; 2]> {
    let n = moments.count() as f64;
    let off = moments.mean()? - centre;
    let within = moments
        .variance()
        .map_or(0.0, |variance| variance * (n - 1.0));
    Some([n * off, within + n * off * off])
}

/// Returns the smallest number that both divide.
fn common(a: i64, b: i64) -> i64 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}

/// Returns the change between each two waves by a mixed model; the last keys are the later wave
/// and the one it is compared `with`.
///
/// `score ~ wave + (1 | person)` by restricted maximum likelihood; the difference of two fixed
/// effects with its error and Student's t interval, degrees of freedom = persons less waves. A
/// code used twice in a wave links nobody: its answers stand by themselves, as do those without a
/// code. With nobody linked this is the difference of means with a common variance, with everybody
/// linked the mean of the paired differences. The random intercept is tested against R:
/// `lme4::lmer`, the whole against these two closed forms.
///
/// # Errors
/// When the quantity or a group column does not exist, or the data have no wave.
pub fn mixed_change(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let Counted {
        wave,
        chosen,
        groups,
        notes,
    } = Counted::of(data, of, by)?;
    let mut rows = Vec::new();
    for (group, people) in &groups {
        let sums = Sums::of(people);
        let present: Vec<u32> = sums
            .iter()
            .flat_map(|sums| sums.waves.keys().copied())
            .collect();
        let fit = sums.as_ref().and_then(|sums| {
            sums.fit(|wave| {
                let place = present.iter().position(|found| *found == wave);
                let mut effects = DVector::zeros(present.len());
                effects[place.unwrap_or_default()] = 1.0;
                effects
            })
        });
        for (earlier, later) in pairs(&chosen) {
            let places = [later, earlier].map(|wave| present.iter().position(|w| *w == wave));
            let answers = sums
                .as_ref()
                .map_or(0, |sums| sums.answers(earlier) + sums.answers(later));
            let figure = match (&sums, &fit, places) {
                (Some(sums), Some(fit), [Some(later), Some(earlier)]) => {
                    let mut contrast = DVector::zeros(present.len());
                    contrast[later] = 1.0;
                    contrast[earlier] = -1.0;
                    Ok(contrasted(sums, fit, &contrast, design, answers))
                }
                (None, ..) | (_, _, [None, _] | [_, None]) => {
                    Err(super::nobody(people.too_few, people.not_asked))
                }
                (Some(sums), None, _) => Err(unfitted(sums)),
            };
            let mut keys = group.clone();
            keys.extend([later, earlier].map(|wave_code| wave.labels[wave_code as usize].clone()));
            rows.push(RawRow {
                keys,
                figure,
                answers,
                modal: 0,
            });
        }
    }
    let mut estimates = tidy(by, &[dim::WAVE, "with"], rows);
    estimates.notes = notes;
    Ok(estimates)
}

/// Returns the slope over waves by a mixed model: steps of the scale a wave.
///
/// `score ~ number of the wave + (1 | person)`, waves in the order of their names; otherwise as
/// [`mixed_change`]. Two waves make no line.
///
/// # Errors
/// As [`mixed_change`].
pub fn slope(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let counted = Counted::of(data, of, by)?;
    let number = |wave: u32| {
        let place = counted.chosen.iter().position(|chosen| *chosen == wave);
        place.unwrap_or_default() as f64
    };
    let rows = counted.groups.into_iter().map(|(keys, people)| {
        let sums = Sums::of(&people);
        let answers = sums
            .as_ref()
            .map_or(0, |sums| sums.waves.values().map(Moments::count).sum());
        let figure = match &sums {
            None => Err(super::nobody(people.too_few, people.not_asked)),
            Some(sums) if sums.waves.len() < 3 => Err(Undefined::TwoWaves),
            Some(sums) => sums
                .fit(|wave| DVector::from_vec(vec![1.0, number(wave)]))
                .map(|fit| {
                    let contrast = DVector::from_vec(vec![0.0, 1.0]);
                    contrasted(sums, &fit, &contrast, design, answers)
                })
                .ok_or_else(|| unfitted(sums)),
        };
        RawRow {
            keys,
            figure,
            answers,
            modal: 0,
        }
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: counted.notes,
    })
}

/// Returns every two waves, the earlier one first.
fn pairs(waves: &[u32]) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (place, later) in waves.iter().enumerate() {
        pairs.extend(waves[..place].iter().map(|earlier| (*earlier, *later)));
    }
    pairs
}

fn unfitted(sums: &Sums) -> Undefined {
    let answers: u64 = sums.waves.values().map(Moments::count).sum();
    match answers > sums.waves.len() as u64 {
        true => Undefined::ZeroVariance,
        false => Undefined::OneAnswer,
    }
}

fn contrasted(
    sums: &Sums,
    fit: &Fit,
    contrast: &DVector<f64>,
    design: &Design,
    answers: u64,
) -> Estimate {
    let value = contrast.dot(&fit.effects);
    let se = contrast.dot(&(&fit.covariance * contrast)).max(0.0).sqrt();
    let degrees = sums.persons() as f64 - fit.effects.len() as f64;
    let half = t_two_sided(design.confidence, degrees).map(|t| t * se);
    Estimate {
        value,
        se: Some(se),
        low: half.map(|half| value - half),
        high: half.map(|half| value + half),
        n: Count::Exact(answers),
    }
}

/// People of every group, and the waves they are counted over.
struct Counted<'d> {
    wave: Key<'d>,
    /// The waves that occur, in the order of their names.
    chosen: Vec<u32>,
    groups: BTreeMap<Vec<String>, People>,
    notes: Vec<String>,
}

impl<'d> Counted<'d> {
    /// Counts people by group, linked by their codes.
    fn of(data: &'d Dataset, of: &Quantity, by: &Grouping) -> Result<Self, AnalysisError> {
        let Some(wave) = data.column_of(VariableKind::Wave) else {
            return Err(AnalysisError::UnknownName {
                problem: "the data have no column of kind `wave`, so there is no change".to_owned(),
            });
        };
        let wave = data.key(&wave.name)?;
        let known = wave
            .codes
            .iter()
            .copied()
            .filter(|code| *code != MISSING_KEY);
        let chosen: BTreeSet<u32> = known.collect();
        let persons = Persons::of(data, &wave)?;
        let scores = scores(data, of)?;
        let groups = tabulate(data, by, |people: &mut People, row| {
            let wave = wave.codes[row];
            match scores.persons[row] {
                // Without a wave an answer says nothing about change.
                _ if wave == MISSING_KEY => {}
                PersonScore::Scored { valid, sum } => {
                    let (valid, sum) = (i64::from(valid), i64::from(sum));
                    match persons.person(row) {
                        Some(person) => {
                            let person = people.coded.entry(person).or_default();
                            person.insert(wave, (valid, sum));
                        }
                        None => people.single.entry(wave).or_default().add(sum, valid, 1),
                    }
                }
                PersonScore::NotAsked => people.not_asked += 1,
                PersonScore::TooFew => people.too_few += 1,
            }
        })?;
        Ok(Counted {
            wave,
            chosen: chosen.into_iter().collect(),
            groups,
            notes: note_twice(persons.twice()),
        })
    }
}
