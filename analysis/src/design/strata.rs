//! Strata: their answers and staff, what happens to those of one, and the weights they give.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Codes, Columns, Texts};
use super::sample::Stratum;
use super::{Lonely, Sampling};
use crate::AnalysisError;
use crate::dataset::Staff;

/// The strata of a design while they are worked out.
pub(super) struct Strata {
    pub(super) found: Vec<Found>,
    /// Place and answers of each cluster, by its name.
    pub(super) clusters: BTreeMap<Texts, (usize, u64)>,
}

/// A stratum, or several that were merged.
pub(super) struct Found {
    members: Vec<Texts>,
    answers: u64,
    staff: u64,
    drawn: u64,
}

impl Found {
    /// One answer has no variance, unless it is everybody there is.
    fn is_lonely(&self, sampling: &Sampling) -> bool {
        self.drawn == 1 && !(sampling.finite && self.staff == self.answers)
    }

    pub(super) fn sized(&self, sampling: &Sampling) -> Stratum {
        let open = match sampling.finite {
            true => (self.staff - self.answers) as f64 / self.staff as f64,
            false => 1.0,
        };
        Stratum {
            drawn: self.drawn,
            open,
        }
    }
}

impl Strata {
    pub(super) fn of(
        columns: &Columns<'_>,
        staff: &Staff,
        codes: &[(Codes, u64)],
        sampling: &Sampling,
        notes: &mut Vec<String>,
    ) -> Result<Strata, AnalysisError> {
        let places = columns.of_stratum();
        let mut answers: BTreeMap<Texts, u64> = BTreeMap::new();
        let mut clusters: BTreeMap<Texts, (usize, u64)> = BTreeMap::new();
        let mut inside: BTreeMap<Texts, BTreeSet<Texts>> = BTreeMap::new();
        for (codes, number) in codes {
            let stratum = columns.texts(codes, &places);
            *answers.entry(stratum.clone()).or_default() += number;
            if sampling.cluster.is_some() {
                let cluster = columns.texts(codes, &columns.of_cluster());
                clusters.entry(cluster.clone()).or_default().1 += number;
                inside.entry(cluster).or_default().insert(stratum);
            }
        }
        for (place, (found, _)) in clusters.values_mut().enumerate() {
            *found = place;
        }
        check_nested(columns, &inside)?;
        let staff = columns.staff(staff, &places)?;
        let name = |texts: &Texts| columns.name(&places, texts);
        check_frame(&answers, &staff, name)?;
        list_unanswered(&answers, &staff, name, notes);
        let drawn = |stratum: &Texts| {
            let of_it = inside.values().filter(|strata| strata.contains(stratum));
            of_it.count() as u64
        };
        let found = answers.into_iter().map(|(stratum, answers)| Found {
            answers,
            staff: staff.get(&stratum).copied().unwrap_or(0),
            drawn: match sampling.cluster {
                Some(_) => drawn(&stratum),
                None => answers,
            },
            members: vec![stratum],
        });
        Ok(Strata {
            found: found.collect(),
            clusters,
        })
    }

    pub(super) fn place_of(&self, stratum: &Texts) -> usize {
        let place = self
            .found
            .iter()
            .position(|found| found.members.contains(stratum));
        place.expect("every cell lies in a stratum that was made from it")
    }

    /// Does with lonely strata what the design says.
    pub(super) fn settle_lonely(
        &mut self,
        columns: &Columns<'_>,
        sampling: &Sampling,
        notes: &mut Vec<String>,
    ) -> Result<(), AnalysisError> {
        let places = columns.of_stratum();
        let name = |found: &Found| {
            let names = found.members.iter();
            let names: Vec<String> = names.map(|texts| columns.name(&places, texts)).collect();
            names.join(" with ")
        };
        let lonely = |found: &&Found| found.is_lonely(sampling);
        let names: Vec<String> = self.found.iter().filter(lonely).map(name).collect();
        match sampling.lonely {
            _ if names.is_empty() => Ok(()),
            Lonely::Error => Err(lonely_error(sampling, names)),
            Lonely::Adjust => {
                notes.push(format!(
                    "strata of one stand for their variance by their distance from the mean of \
                     all: {}",
                    names.join("; ")
                ));
                Ok(())
            }
            Lonely::Merge => {
                let least = columns.wave.len();
                while let Some(place) = self.found.iter().position(|found| lonely(&found)) {
                    let Some(partner) = self.partner(place, least) else {
                        return Err(lonely_error(sampling, vec![name(&self.found[place])]));
                    };
                    let joined = self.found.remove(place.max(partner));
                    let into = &mut self.found[place.min(partner)];
                    into.answers += joined.answers;
                    into.staff += joined.staff;
                    into.drawn += joined.drawn;
                    into.members.extend(joined.members);
                }
                let merged = self.found.iter().filter(|found| found.members.len() > 1);
                let merged: Vec<String> = merged.map(name).collect();
                notes.push(format!("strata of one were merged: {}", merged.join("; ")));
                Ok(())
            }
        }
    }

    /// Returns the neighbour that shares most leading columns, the next one before the last.
    fn partner(&self, place: usize, least: usize) -> Option<usize> {
        let shared = |other: usize| {
            let pairs = self.found[place].members[0]
                .iter()
                .zip(&self.found[other].members[0]);
            pairs.take_while(|(a, b)| a == b).count()
        };
        let next = (place + 1 < self.found.len()).then_some(place + 1);
        let neighbours = next.into_iter().chain(place.checked_sub(1));
        let fitting: Vec<usize> = neighbours.filter(|other| shared(*other) >= least).collect();
        fitting.into_iter().rev().max_by_key(|other| shared(*other))
    }

    /// Returns the weight of each cell: staff divided by answers in its stratum and cluster.
    pub(super) fn weights(
        &self,
        columns: &Columns<'_>,
        staff: &Staff,
        codes: &[(Codes, u64)],
        notes: &mut Vec<String>,
    ) -> Result<Vec<f64>, AnalysisError> {
        let places = columns.of_weight();
        if places == columns.of_stratum() {
            let strata = codes.iter().map(|(codes, _)| columns.texts(codes, &places));
            let weights = strata.map(|stratum| {
                let found = &self.found[self.place_of(&stratum)];
                found.staff as f64 / found.answers as f64
            });
            return Ok(weights.collect());
        }
        let mut answers: BTreeMap<Texts, u64> = BTreeMap::new();
        for (codes, number) in codes {
            *answers.entry(columns.texts(codes, &places)).or_default() += number;
        }
        let staff = columns.staff(staff, &places)?;
        let name = |texts: &Texts| columns.name(&places, texts);
        check_frame(&answers, &staff, name)?;
        list_unanswered(&answers, &staff, name, notes);
        let weights = codes.iter().map(|(codes, _)| {
            let texts = columns.texts(codes, &places);
            staff[&texts] as f64 / answers[&texts] as f64
        });
        Ok(weights.collect())
    }
}

fn lonely_error(sampling: &Sampling, names: Vec<String>) -> AnalysisError {
    let one = match sampling.cluster {
        Some(_) => "strata with one cluster have no variance",
        None => "strata with one answer have no variance",
    };
    AnalysisError::design(
        one,
        names,
        "choose in [design]: lonely = \"adjust\" or \"merge\", or fewer strata",
    )
}

fn check_nested(
    columns: &Columns<'_>,
    inside: &BTreeMap<Texts, BTreeSet<Texts>>,
) -> Result<(), AnalysisError> {
    let split = inside.iter().filter(|(_, strata)| strata.len() > 1);
    let split: Vec<String> = split
        .map(|(cluster, _)| columns.name(&columns.of_cluster(), cluster))
        .collect();
    match split.is_empty() {
        true => Ok(()),
        false => Err(AnalysisError::design(
            "clusters lie in several strata",
            split,
            "take the columns that cut through clusters out of `strata`",
        )),
    }
}

fn check_frame(
    answers: &BTreeMap<Texts, u64>,
    staff: &BTreeMap<Texts, u64>,
    name: impl Fn(&Texts) -> String,
) -> Result<(), AnalysisError> {
    let cells: Vec<String> = answers
        .iter()
        .filter_map(|(group, answers)| {
            let staff = staff.get(group).copied().unwrap_or(0);
            let message = || format!("{}: {answers} answers, {staff} staff", name(group));
            (*answers > staff).then(message)
        })
        .collect();
    match cells.is_empty() {
        true => Ok(()),
        false => Err(AnalysisError::MoreAnswersThanStaff { cells }),
    }
}

fn list_unanswered(
    answers: &BTreeMap<Texts, u64>,
    staff: &BTreeMap<Texts, u64>,
    name: impl Fn(&Texts) -> String,
    notes: &mut Vec<String>,
) {
    for (group, people) in staff {
        if *people > 0 && !answers.contains_key(group) {
            notes.push(format!(
                "{}: nobody of {people} staff answered, so no weight can stand for them",
                name(group)
            ));
        }
    }
}
