//! Support profiles: people whose area scores have the same shape, so that help can be offered to
//! groups instead of averages.
//!
//! Scores are standardised, groups are found by k-means from fixed (seeded) starts, their number
//! by the silhouette, and people drawn again say which profiles can be relied on. A profile is a
//! description of answers, never a property of a person. Start at [`SupportProfiles::find`].

mod k_means;
mod stability;

use std::collections::BTreeMap;

use findings::{Count, Estimate, RawRow, Undefined, dim};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::mean::with_interval;
use super::share::share;
use super::{Design, Estimates, plain, tidy};
use crate::dataset::Dataset;
use crate::exact::Moments;
use crate::grouping::{Grouping, Tally, tabulate};
use crate::score::{PersonScore, Quantity, scores};
use crate::{AnalysisError, estimate::nobody};
use k_means::{Clusters, Points};

/// Name of the key column that numbers profiles, the lowest scores first.
pub const PROFILE: &str = "profile";

/// A profile of fewer people is not shown.
pub const LEAST_PERSONS: u64 = 10;

/// So many profiles are tried at most.
const MOST: usize = 6;

/// So many starts the best is taken of; people drawn again need fewer.
const STARTS: usize = 40;

/// How profiles are sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileChoice {
    /// The areas whose scores make a profile.
    pub areas: Vec<Quantity>,
    /// How many profiles; none means the number with the largest silhouette.
    pub number: Option<usize>,
    /// How often people are drawn again.
    pub replicates: u32,
    /// Start of the random numbers; the same seed gives the same bits.
    pub seed: u64,
}

/// A person's scores in all areas: valid items and their sum.
type Scored = Vec<(u16, i32)>;

/// People by their scores, in the order of these: the order of rows leaves no trace.
#[derive(Clone, Debug, Default)]
struct People {
    scored: BTreeMap<Scored, u64>,
    incomplete: u64,
    not_asked: u64,
}

impl Tally for People {
    fn add(&mut self, other: &Self) {
        for (scored, people) in &other.scored {
            *self.scored.entry(scored.clone()).or_default() += people;
        }
        self.incomplete += other.incomplete;
        self.not_asked += other.not_asked;
    }
}

impl People {
    fn n(&self) -> u64 {
        self.scored.values().sum()
    }

    fn nobody(&self) -> Undefined {
        nobody(self.incomplete, self.not_asked)
    }
}

/// Profiles that were found, or why there are none.
#[derive(Clone, Debug)]
pub struct SupportProfiles {
    areas: Vec<Quantity>,
    people: People,
    found: Result<Found, Undefined>,
    choice: ProfileChoice,
}

/// The chosen clusters, and what was tried.
#[derive(Clone, Debug)]
struct Found {
    points: Points,
    tried: Vec<Clusters>,
    chosen: usize,
}

impl SupportProfiles {
    /// Finds profiles among everybody who has a score in every area; who lacks one is left out.
    ///
    /// Scores are standardised with `n - 1`. From 40 starts (k-means++, Arthur and Vassilvitskii
    /// 2007) the solution with the smallest sum of squares within is taken (Lloyd 1982, then
    /// single moves by Hartigan 1975), for two to six profiles; the number is that of the largest
    /// mean silhouette (Rousseeuw 1987) unless it is given. Profiles are numbered from the lowest
    /// mean of standardised scores. Tested against R: `kmeans`, `cluster::silhouette`.
    ///
    /// # Errors
    /// When an area does not exist.
    pub fn find(data: &Dataset, choice: &ProfileChoice) -> Result<Self, AnalysisError> {
        let people = counted(data, &choice.areas, &Grouping::whole())?;
        let people = people.into_values().next().unwrap_or_default();
        Ok(SupportProfiles {
            areas: choice.areas.clone(),
            found: sought(&people, choice),
            people,
            choice: choice.clone(),
        })
    }

    /// Returns, for each number of profiles that was tried, the terms `within` (sum of squares),
    /// `explained` (share of all squares between profiles), `silhouette`, `bic` (of normal
    /// clouds of one width, smaller is better) and `chosen`; the keys are `number` and `term`.
    #[must_use]
    pub fn numbers(&self) -> Estimates {
        let n = self.people.n();
        let mut rows = Vec::new();
        let mut add = |number: String, term: &str, figure| {
            rows.push(RawRow {
                keys: vec![number, term.to_owned()],
                figure,
                answers: n,
                modal: 0,
            });
        };
        match &self.found {
            Err(reason) => add(findings::ALL.to_owned(), "chosen", Err(*reason)),
            Ok(found) => {
                for (place, tried) in found.tried.iter().enumerate() {
                    let terms = [
                        ("within", tried.within),
                        ("explained", 1.0 - tried.within / found.points.squares()),
                        ("silhouette", tried.silhouette),
                        ("bic", tried.bic(&found.points)),
                        ("chosen", f64::from(u8::from(place == found.chosen))),
                    ];
                    for (term, value) in terms {
                        add(tried.centres.len().to_string(), term, Ok(plain(value, n)));
                    }
                }
            }
        }
        Estimates {
            dims: vec!["number".to_owned(), dim::TERM.to_owned()],
            rows,
            notes: Vec::new(),
        }
    }

    /// Returns the share of each group's people in each profile with Wilson's interval; the last
    /// key is the profile. Fewer than [`LEAST_PERSONS`] people are not shown.
    ///
    /// # Errors
    /// When a group column does not exist.
    pub fn shares(
        &self,
        data: &Dataset,
        by: &Grouping,
        design: &Design,
    ) -> Result<Estimates, AnalysisError> {
        let mut rows = Vec::new();
        for (group, people) in counted(data, &self.areas, by)? {
            let n = people.n();
            let counts = self.counts(&people);
            let figures: Vec<(String, Result<Estimate, Undefined>)> = match (n, &counts) {
                (0, _) => vec![(findings::ALL.to_owned(), Err(people.nobody()))],
                (_, Err(reason)) => vec![(findings::ALL.to_owned(), Err(*reason))],
                (_, Ok(counts)) => {
                    let shares = counts.iter().map(|count| match *count {
                        0..LEAST_PERSONS => Err(Undefined::SmallProfile),
                        count => share(count, n, design).ok_or(Undefined::NoAnswers),
                    });
                    named(shares).collect()
                }
            };
            for (profile, figure) in figures {
                rows.push(RawRow {
                    keys: [&group[..], &[profile]].concat(),
                    figure,
                    answers: n,
                    modal: 0,
                });
            }
        }
        Ok(tidy(by, &[PROFILE], rows))
    }

    /// Returns the mean score of each profile in each area with Student's interval; the keys are
    /// `profile` and `area`.
    #[must_use]
    pub fn means(&self, design: &Design) -> Estimates {
        let mut rows = Vec::new();
        let profiles = self.found.as_ref().map_or(0, Found::number);
        for profile in 0..profiles {
            for (place, area) in self.areas.iter().enumerate() {
                let mut moments = Moments::default();
                for (scored, people) in self.of_profile(profile) {
                    let (valid, sum) = scored[place];
                    moments.add(i64::from(sum), i64::from(valid), people);
                }
                let n = moments.count();
                rows.push(RawRow {
                    keys: vec![(profile + 1).to_string(), area.name().to_owned()],
                    figure: match n {
                        0..LEAST_PERSONS => Err(Undefined::SmallProfile),
                        _ => with_interval(&moments, design),
                    },
                    answers: n,
                    modal: 0,
                });
            }
        }
        if let Err(reason) = &self.found {
            for area in &self.areas {
                rows.push(RawRow {
                    keys: vec![findings::ALL.to_owned(), area.name().to_owned()],
                    figure: Err(*reason),
                    answers: self.people.n(),
                    modal: 0,
                });
            }
        }
        Estimates {
            dims: vec![PROFILE.to_owned(), dim::AREA.to_owned()],
            rows,
            notes: Vec::new(),
        }
    }

    /// Returns how surely each profile comes back when people are drawn again: the mean of the
    /// largest Jaccard similarity (`jaccard`; .75 and more is stable) and the share of draws that
    /// reach .75 (`recovered`); the keys are `profile` and `term` (Hennig 2007).
    #[must_use]
    pub fn stability(&self) -> Estimates {
        let mut rows = Vec::new();
        let mut add = |profile: &str, term: &str, figure, answers| {
            rows.push(RawRow {
                keys: vec![profile.to_owned(), term.to_owned()],
                figure,
                answers,
                modal: 0,
            });
        };
        match &self.found {
            Err(reason) => add(findings::ALL, "jaccard", Err(*reason), self.people.n()),
            Ok(found) => {
                let chosen = &found.tried[found.chosen];
                let drawn = stability::of(&found.points, chosen, &self.choice);
                for (place, stable) in drawn.into_iter().enumerate() {
                    let n = found.points.number(chosen, place);
                    let figure = |value: f64| match n {
                        0..LEAST_PERSONS => Err(Undefined::SmallProfile),
                        _ => Ok(Estimate {
                            n: Count::Exact(n),
                            ..plain(value, n)
                        }),
                    };
                    let profile = (place + 1).to_string();
                    add(&profile, "jaccard", figure(stable.jaccard), n);
                    add(&profile, "recovered", figure(stable.recovered), n);
                }
            }
        }
        Estimates {
            dims: vec![PROFILE.to_owned(), dim::TERM.to_owned()],
            rows,
            notes: Vec::new(),
        }
    }

    /// Counts some people by profile.
    fn counts(&self, people: &People) -> Result<Vec<u64>, Undefined> {
        let found = self.found.as_ref().map_err(|reason| *reason)?;
        let chosen = &found.tried[found.chosen];
        let mut counts = vec![0; found.number()];
        for (place, scored) in self.people.scored.keys().enumerate() {
            if let Some(number) = people.scored.get(scored) {
                counts[chosen.of_point[place]] += number;
            }
        }
        Ok(counts)
    }

    /// Returns the people of a profile by their scores.
    fn of_profile(&self, profile: usize) -> impl Iterator<Item = (&Scored, u64)> {
        let found = self.found.as_ref().ok();
        let of_point = found.map(|found| &found.tried[found.chosen].of_point[..]);
        let people = self.people.scored.iter().zip(of_point.unwrap_or_default());
        let of_it = people.filter(move |(_, own)| **own == profile);
        of_it.map(|((scored, people), _)| (scored, *people))
    }
}

impl Found {
    fn number(&self) -> usize {
        self.tried[self.chosen].centres.len()
    }
}

/// Gives figures the numbers of profiles.
fn named<T>(figures: impl Iterator<Item = T>) -> impl Iterator<Item = (String, T)> {
    let numbered = figures.enumerate();
    numbered.map(|(place, figure)| ((place + 1).to_string(), figure))
}

/// Counts the people of each group by their scores in all areas.
fn counted(
    data: &Dataset,
    areas: &[Quantity],
    by: &Grouping,
) -> Result<BTreeMap<Vec<String>, People>, AnalysisError> {
    let mut columns = Vec::new();
    for area in areas {
        columns.push(scores(data, area)?.persons);
    }
    tabulate(data, by, |people: &mut People, row| {
        let of_row = columns.iter().map(|column| column[row]);
        let scored: Option<Scored> = of_row
            .clone()
            .map(|score| match score {
                PersonScore::Scored { valid, sum } => Some((valid, sum)),
                _ => None,
            })
            .collect();
        match scored {
            Some(scored) => *people.scored.entry(scored).or_default() += 1,
            None if of_row
                .into_iter()
                .all(|score| score == PersonScore::NotAsked) =>
            {
                people.not_asked += 1;
            }
            None => people.incomplete += 1,
        }
    })
}

/// Standardises the scores and tries every number of profiles.
fn sought(people: &People, choice: &ProfileChoice) -> Result<Found, Undefined> {
    match people.n() {
        0 => return Err(people.nobody()),
        1 => return Err(Undefined::OneAnswer),
        _ => {}
    }
    let mut scales = Vec::new();
    for area in 0..choice.areas.len() {
        let mut moments = Moments::default();
        for (scored, number) in &people.scored {
            let (valid, sum) = scored[area];
            moments.add(i64::from(sum), i64::from(valid), *number);
        }
        let spread = moments.variance().filter(|variance| *variance > 0.0);
        let spread = spread.ok_or(Undefined::ZeroVariance)?;
        scales.push((moments.mean().unwrap_or(0.0), spread.sqrt()));
    }
    let standardised = |scored: &Scored| {
        let pairs = scored.iter().zip(&scales);
        let number = |((valid, sum), (mean, deviation)): (&(u16, i32), &(f64, f64))| -> f64 {
            (f64::from(*sum) / f64::from(*valid) - mean) / deviation
        };
        pairs.map(number).collect::<Vec<f64>>()
    };
    let points = Points {
        at: people.scored.keys().map(standardised).collect(),
        people: people.scored.values().copied().collect(),
    };
    let numbers = match choice.number {
        Some(number) => number..=number,
        None => 2..=MOST,
    };
    let tried: Vec<Clusters> = numbers
        .filter_map(|number| {
            let mut random = ChaCha8Rng::seed_from_u64(choice.seed);
            let found = points.clusters(&points.people, number, STARTS, &mut random)?;
            Some(found.numbered().judged(&points, choice.seed))
        })
        .collect();
    let mut chosen = 0;
    for (place, clusters) in tried.iter().enumerate() {
        if clusters.silhouette > tried[chosen].silhouette {
            chosen = place;
        }
    }
    // Fewer different people than profiles.
    if tried.is_empty() {
        return Err(Undefined::FewValues);
    }
    Ok(Found {
        points,
        tried,
        chosen,
    })
}
