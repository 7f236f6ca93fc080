//! Every count of a release in one model: in all layers of all quantities, with the sums between
//! them and the bounds that a reader has before looking at sums.
//!
//! Quantities are tied by who answered at all: nobody has a score who did not. `tables.rs` looks
//! for the tables of whole numbers that fit.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{
    lattice::{Group, Lattice, Series, base, group_name},
    layers::Family,
    pattern::whole,
};
use crate::{Statistic, raw::dim};

/// What a count is of.
pub(super) enum Kind {
    /// A group, as these series count it.
    Group(Vec<Series>, Group),
    /// People of a total whom no part holds.
    Rest,
    /// People of a group whom a narrower way of counting leaves out.
    Between,
}

/// A count with the bounds that a reader has before looking at sums.
pub(super) struct Count {
    pub(super) kind: Kind,
    /// The number of its quantity.
    pub(super) family: usize,
    pub(super) truth: i64,
    pub(super) low: i64,
    pub(super) high: i64,
}

/// A total and its parts.
pub(super) struct Sum {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    /// The number of the quantity that it tells of.
    pub(super) family: usize,
}

/// Counts and their relations.
pub(super) struct Model {
    pub(super) counts: Vec<Count>,
    pub(super) sums: Vec<Sum>,
    /// The sums that a count stands in.
    pub(super) member: Vec<Vec<usize>>,
    /// The number of the quantity that says who answered at all.
    pub(super) base: Option<usize>,
    /// Groups of which one person answered at all.
    alone: BTreeSet<Group>,
}

/// Where the groups of one layer stand in the model.
type Places<'c> = BTreeMap<&'c Group, usize>;

impl Model {
    /// Builds the counts of all quantities, without any bounds.
    pub(super) fn new(families: &[Family<'_>], lattice: &Lattice) -> Model {
        let mut model = Model {
            counts: Vec::new(),
            sums: Vec::new(),
            member: Vec::new(),
            base: None,
            alone: BTreeSet::new(),
        };
        let answered = lattice.answered();
        let people = answered.into_iter().flatten();
        let alone = people.filter(|(_, people)| **people == 1);
        model.alone = alone.map(|(group, _)| group.clone()).collect();
        let mut tied_to: Option<Places<'_>> = None;
        // The families are in the order of their quantities: "answered at all" comes first.
        for (number, family) in families.iter().enumerate() {
            let places: Vec<Places<'_>> = family
                .layers
                .iter()
                .map(|layer| model.layer(number, &layer.series, layer.counts))
                .collect();
            for (narrow, wide) in pairs(family) {
                let by_target = |series: &&Series| {
                    matches!(series.statistic, Statistic::Gap | Statistic::BelowTarget)
                };
                let exact = family.layers[narrow].series.iter().any(by_target);
                model.between(number, &places[narrow], &places[wide], exact);
            }
            for (layer, here) in family.layers.iter().zip(&places) {
                if layer.series.contains(&&base()) {
                    model.base = Some(number);
                    tied_to = Some(here.clone());
                } else if let (Some(wider), Some(answered)) = (&tied_to, answered)
                    && is_within(layer.counts, answered)
                {
                    model.between(number, here, wider, false);
                }
            }
        }
        model.member = vec![Vec::new(); model.counts.len()];
        for (row, sum) in model.sums.iter().enumerate() {
            for count in sum.parts.iter().chain([&sum.total]) {
                model.member[*count].push(row);
            }
        }
        model
    }

    fn add(&mut self, family: usize, kind: Kind, truth: i64) -> usize {
        let (low, high) = (0, FAR);
        self.counts.push(Count {
            kind,
            family,
            truth,
            low,
            high,
        });
        self.counts.len() - 1
    }

    fn layer<'c>(
        &mut self,
        family: usize,
        series: &[&Series],
        counts: &'c BTreeMap<Group, u64>,
    ) -> Places<'c> {
        let series: Vec<Series> = series.iter().map(|series| (*series).clone()).collect();
        let mut places = BTreeMap::new();
        for (group, count) in counts {
            let kind = Kind::Group(series.clone(), group.clone());
            places.insert(group, self.add(family, kind, whole(*count)));
        }
        let mut sums: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (group, place) in &places {
            for name in group.keys().filter(|name| *name != dim::WAVE) {
                let mut total = (*group).clone();
                total.remove(name);
                if let Some(total) = places.get(&total) {
                    sums.entry((*total, name)).or_default().push(*place);
                }
            }
        }
        for ((total, _), mut parts) in sums {
            let known: i64 = parts.iter().map(|part| self.counts[*part].truth).sum();
            let rest = self.counts[total].truth - known;
            if rest > 0 {
                parts.push(self.add(family, Kind::Rest, rest));
            }
            self.sums.push(Sum {
                total,
                parts,
                family,
            });
        }
        places
    }

    fn between(&mut self, family: usize, narrow: &Places<'_>, wide: &Places<'_>, exact: bool) {
        for (group, part) in narrow {
            if let Some(&total) = wide.get(group) {
                let out = self.counts[total].truth - self.counts[*part].truth;
                let mut parts = vec![*part];
                if out > 0 || !exact {
                    parts.push(self.add(family, Kind::Between, out));
                }
                self.sums.push(Sum {
                    total,
                    parts,
                    family,
                });
            }
        }
    }

    /// Returns the words by which the operator finds a count.
    pub(super) fn name(&self, count: usize) -> String {
        match &self.counts[count].kind {
            Kind::Group(_, group) => group_name(group),
            Kind::Rest | Kind::Between => {
                let sum = self.member[count].first();
                let total = sum.map_or(count, |row| self.sums[*row].total);
                match &self.counts[total].kind {
                    Kind::Group(_, group) => format!("{} and no part of it", group_name(group)),
                    Kind::Rest | Kind::Between => String::new(),
                }
            }
        }
    }

    /// Returns the unknown counts of one person.
    pub(super) fn alone(&self) -> Vec<usize> {
        let is_alone = |at: &usize| {
            let count = &self.counts[*at];
            matches!(count.kind, Kind::Group(..)) && count.truth == 1 && count.low < count.high
        };
        (0..self.counts.len()).filter(is_alone).collect()
    }

    /// Says whether two counts are of the same people, asked whatever: of the same group, or of a
    /// group and a part of it where one person answered at all, as the only leader of the network
    /// is that of her municipality.
    pub(super) fn is_same_group(&self, one: usize, other: usize) -> bool {
        let (Kind::Group(_, a), Kind::Group(_, b)) =
            (&self.counts[one].kind, &self.counts[other].kind)
        else {
            return one == other;
        };
        let (whole, part) = if a.len() < b.len() { (a, b) } else { (b, a) };
        let is_part = whole.iter().all(|(dim, key)| part.get(dim) == Some(key));
        a == b || is_part && self.alone.contains(whole)
    }

    /// Says whether a count tells of nobody but the person who is alone in another: of the same
    /// group, and of the same quantity or of who answered at all.
    pub(super) fn is_own(&self, insider: usize, count: usize) -> bool {
        let [own, other] = [insider, count].map(|at| &self.counts[at]);
        let asked_alike = own.family == other.family || Some(other.family) == self.base;
        asked_alike && other.truth == 1 && self.is_same_group(insider, count)
    }

    /// Says whether a reader does not know a count.
    pub(super) fn is_open(&self, insider: Option<usize>, count: usize) -> bool {
        let own = insider.is_some_and(|own| self.is_own(own, count));
        self.counts[count].low < self.counts[count].high && !own
    }
}

/// More people than any list has.
const FAR: i64 = 1_000_000;

/// Returns the layers of a family of which one holds nobody that the other does not.
fn pairs(family: &Family<'_>) -> Vec<(usize, usize)> {
    let layers = 0..family.layers.len();
    let all = layers
        .clone()
        .flat_map(|narrow| layers.clone().map(move |wide| (narrow, wide)));
    let counts = |layer: usize| family.layers[layer].counts;
    all.filter(|(narrow, wide)| narrow != wide && is_within(counts(*narrow), counts(*wide)))
        .collect()
}

/// Says whether one way of counting holds nobody that the other does not, wherever both count.
fn is_within(counts: &BTreeMap<Group, u64>, wider: &BTreeMap<Group, u64>) -> bool {
    let mut shared = 0;
    let mut within = true;
    for (group, count) in counts {
        if let Some(most) = wider.get(group) {
            shared += 1;
            within &= count <= most;
        }
    }
    shared > 0 && within && counts != wider
}
