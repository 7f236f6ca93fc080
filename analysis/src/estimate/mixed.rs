//! Change over waves from everybody: a mixed model with a random intercept for each person.
//!
//! People who answered in several waves tell about change without the noise between people; the
//! others tell about the waves. The model `score ~ wave + (1 | person)` uses both by their worth.

use std::collections::BTreeMap;

use findings::{ALL, Count, Estimate, RawRow, Undefined, dim};
use nalgebra::{DMatrix, DVector};

use super::{Design, Estimates, tidy};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::Moments;
use crate::grouping::{Grouping, Tally, lattice};
use crate::probability::t_two_sided;
use crate::reml::{Bundle, Fit, Mixed};
use crate::score::Quantity;
use crate::tables::by_cell;
use crate::tables::linked::wave_column;
use crate::tables::over_waves::{Answer, OverWaves, WaveTable};
use crate::tables::persons::note_twice;

/// Answers of a group by their wave, with what is known of the people behind them.
#[derive(Clone, Debug, Default)]
struct People {
    answers: BTreeMap<usize, WaveTable>,
}

impl Tally for People {
    fn add(&mut self, other: &Self) {
        for (wave, table) in &other.answers {
            self.answers.entry(*wave).or_default().add(table);
        }
    }
}

/// The sums that a model of a group needs, exact up to the last step.
#[derive(Default)]
struct Sums {
    /// Everybody by wave.
    waves: BTreeMap<usize, Moments>,
    /// Persons by the waves they answered in: sums of their scores.
    patterns: BTreeMap<Vec<usize>, Moments>,
    /// Mean of all, which values are counted from; none where nobody has a score.
    centre: Option<f64>,
    too_few: u64,
    not_asked: u64,
}

impl Sums {
    /// Counts the people of a group by the columns of the bit set `told_apart`.
    fn of(people: &People, told_apart: i64) -> Sums {
        let mut sums = Sums::default();
        for (wave, table) in &people.answers {
            for (answer, answers) in table.in_group(told_apart) {
                match answer {
                    Answer::TooFew => sums.too_few += answers,
                    Answer::NotAsked => sums.not_asked += answers,
                    Answer::Scored(scores) => sums.count(*wave, &scores, answers),
                }
            }
        }
        let mut all = Moments::default();
        for moments in sums.waves.values() {
            all.add_all(moments);
        }
        sums.centre = all.mean();
        sums
    }

    /// Counts answers of a wave by people with these scores; a person is counted with the first.
    fn count(&mut self, wave: usize, scores: &BTreeMap<usize, (i64, i64)>, answers: u64) {
        if let Some((valid, sum)) = scores.get(&wave) {
            let of_wave = self.waves.entry(wave).or_default();
            of_wave.add(*sum, *valid, answers);
        }
        if scores.keys().next() != Some(&wave) {
            return;
        }
        let valid = scores.values().map(|(valid, _)| *valid);
        let denominator = valid.fold(1, common);
        let sums = scores.values();
        let total = sums.map(|(valid, sum)| sum * (denominator / valid)).sum();
        let pattern = scores.keys().copied().collect();
        let of_pattern: &mut Moments = self.patterns.entry(pattern).or_default();
        of_pattern.add(total, denominator, answers);
    }

    /// Fits a model whose fixed effects depend on the wave alone.
    fn fit(&self, effects: impl Fn(usize) -> DVector<f64>) -> Option<Fit> {
        let centre = self.centre?;
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
            let [total, squares] = about(moments, centre)?;
            model.xx += &x * x.transpose() * n;
            model.xy += x * total;
            model.yy += squares;
            model.n += n;
        }
        for (pattern, moments) in &self.patterns {
            let size = pattern.len() as f64;
            let [total, squares] = about(moments, size * centre)?;
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

    fn answers(&self, wave: usize) -> u64 {
        self.waves.get(&wave).map_or(0, Moments::count)
    }

    fn persons(&self) -> u64 {
        self.patterns.values().map(Moments::count).sum()
    }

    /// Returns why nobody has a score in a wave.
    fn nobody(&self) -> Undefined {
        super::nobody(self.too_few, self.not_asked)
    }

    /// Returns why there is no model of the scores that there are.
    fn unfitted(&self) -> Undefined {
        let answers: u64 = self.waves.values().map(Moments::count).sum();
        match answers > self.waves.len() as u64 {
            true => Undefined::ZeroVariance,
            false => Undefined::OneAnswer,
        }
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
/// effects with its error and Student's t interval, degrees of freedom = persons less waves (with
/// none left there is no error). A
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
        names,
        chosen,
        groups,
        notes,
    } = Counted::of(data, of, by)?;
    let mut rows = Vec::new();
    for (group, sums) in &groups {
        let present: Vec<usize> = sums.waves.keys().copied().collect();
        let place_of = |wave: usize| present.iter().position(|found| *found == wave);
        let fit = sums.fit(|wave| {
            let mut effects = DVector::zeros(present.len());
            effects[place_of(wave).unwrap_or_default()] = 1.0;
            effects
        });
        for (earlier, later) in pairs(&chosen) {
            let answers = sums.answers(earlier) + sums.answers(later);
            let figure = match (&fit, place_of(later), place_of(earlier)) {
                (_, None, _) | (_, _, None) => Err(sums.nobody()),
                (None, ..) => Err(sums.unfitted()),
                (Some(fit), Some(later), Some(earlier)) => {
                    let mut contrast = DVector::zeros(present.len());
                    contrast[later] = 1.0;
                    contrast[earlier] = -1.0;
                    Ok(contrasted(sums, fit, &contrast, design, answers))
                }
            };
            let mut keys = group.clone();
            keys.extend([later, earlier].map(|wave| names[wave].clone()));
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
    let number = |wave: usize| {
        let place = counted.chosen.iter().position(|chosen| *chosen == wave);
        place.unwrap_or_default() as f64
    };
    let rows = counted.groups.into_iter().map(|(keys, sums)| {
        let answers = sums.waves.values().map(Moments::count).sum();
        let figure = match sums.waves.len() {
            0 => Err(sums.nobody()),
            1 | 2 => Err(Undefined::TwoWaves),
            _ => sums
                .fit(|wave| DVector::from_vec(vec![1.0, number(wave)]))
                .map(|fit| {
                    let contrast = DVector::from_vec(vec![0.0, 1.0]);
                    contrasted(&sums, &fit, &contrast, design, answers)
                })
                .ok_or_else(|| sums.unfitted()),
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
fn pairs(waves: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let later = waves.iter().enumerate();
    later.flat_map(|(place, later)| waves[..place].iter().map(|earlier| (*earlier, *later)))
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
    // With no more persons than effects the error is about these persons alone.
    let se = (degrees >= 1.0).then_some(se);
    let half = se.zip(t_two_sided(design.confidence, degrees));
    let half = half.map(|(se, t)| t * se);
    Estimate {
        value,
        se,
        low: half.map(|half| value - half),
        high: half.map(|half| value + half),
        n: Count::Exact(answers),
    }
}

/// People of every group, and the waves they are counted over.
struct Counted {
    names: Vec<String>,
    /// The places of the waves that occur among the names, in their order.
    chosen: Vec<usize>,
    groups: BTreeMap<Vec<String>, Sums>,
    notes: Vec<String>,
}

impl Counted {
    /// Counts people by group, linked by their codes.
    fn of(data: &Dataset, of: &Quantity, by: &Grouping) -> Result<Self, AnalysisError> {
        let wave = wave_column(data)?;
        let over = OverWaves::of(data, of)?;
        let columns: Vec<&str> = by.columns().chain([wave]).collect();
        let occurring = data.values(wave)?;
        let places =
            (0..over.waves.len()).filter(|place| occurring.contains(&over.waves[*place].as_str()));
        let chosen = places.collect();
        let mut used_twice = 0;
        let mut cells = Vec::new();
        for (mut keys, table) in by_cell::<WaveTable>(data, &over, &columns)? {
            used_twice += table.used_twice();
            // Without a wave an answer says nothing about change.
            let wave = keys.pop().flatten();
            let place = over
                .waves
                .iter()
                .position(|name| Some(name) == wave.as_ref());
            if let Some(place) = place {
                let answers = BTreeMap::from([(place, table)]);
                cells.push((keys, People { answers }));
            }
        }
        let groups = lattice(data, by, cells)?.into_iter();
        let groups = groups.map(|(keys, people)| {
            let apart = keys.iter().zip(0..);
            let apart = apart.map(|(key, bit)| i64::from(key != ALL) << bit);
            let told_apart = apart.fold(0, |bits, bit| bits | bit);
            (keys, Sums::of(&people, told_apart))
        });
        Ok(Counted {
            names: over.waves,
            chosen,
            groups: groups.collect(),
            notes: note_twice(used_twice),
        })
    }
}
