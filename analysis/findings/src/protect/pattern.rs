//! Which groups show nothing of which quantity: one pattern for all figures of a group.
//!
//! Three layers, each a superset of the one before:
//!
//! 1. *everywhere*: groups in which too few people answered at all, and their partners. They show
//!    nothing of any quantity, because the number who answered bounds every other number.
//! 2. *quantity*: one pattern for n, mean, gap, share, quantile of the same area or item, since n
//!    and a mean give the sum. Numbers of different quantities are tied by `n <= answered` only:
//!    that bound is part of the attack, and where it is too tight for partners to help, the group
//!    moves to the first layer. So a pattern is joint over quantities exactly where the published
//!    numbers of one would let another be worked out.
//! 3. *series*: figures withheld for what they say and not for how few they are (sameness,
//!    dominance), see `partners.rs`. Their partners hide sums, not counts; other statistics stay.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ProtectError,
    cover::{Cover, Memory, Stuck},
    history::History,
    lattice::{Group, Lattice, Quantity, Series, base},
    system::{Knowledge, System},
};
use crate::{Reason, Rule, raw::dim};

/// Reasons by group.
pub(crate) type Hidden = BTreeMap<Group, Reason>;

/// What is withheld, and why.
#[derive(Debug, Default)]
pub(crate) struct Pattern {
    quantities: BTreeMap<Quantity, Hidden>,
    series: BTreeMap<Series, Hidden>,
}

impl Pattern {
    /// Returns why a figure is withheld.
    pub(crate) fn reason(&self, series: &Series, group: &Group) -> Option<Reason> {
        let by_quantity = self.quantities.get(&series.quantity);
        let by_series = self.series.get(series);
        by_quantity
            .and_then(|hidden| hidden.get(group))
            .or_else(|| by_series.and_then(|hidden| hidden.get(group)))
            .copied()
    }
}

/// Everything that decides the pattern.
pub(crate) struct Plan<'a> {
    pub(crate) lattice: &'a Lattice,
    pub(crate) rule: &'a Rule,
    pub(crate) history: &'a History<'a>,
    /// Figures withheld for what they say, by series.
    pub(crate) telling: BTreeMap<Series, Hidden>,
    /// Municipalities whose figures stand in the network's file.
    pub(crate) named: BTreeSet<String>,
    /// Whether partners are looked for; off only to show that an attacker then succeeds.
    pub(crate) complementary: bool,
}

/// A quantity's systems, one for each distinct way its counts run.
struct Family<'a> {
    quantity: &'a Quantity,
    systems: Vec<Part<'a>>,
}

struct Part<'a> {
    series: &'a Series,
    system: System,
    memory: Memory,
}

/// What the first layer says while a quantity is worked out.
struct Above<'a> {
    everywhere: &'a Hidden,
    moved_up: &'a BTreeSet<Group>,
}

impl Plan<'_> {
    /// Works out the pattern.
    pub(crate) fn pattern(&self) -> Result<Pattern, ProtectError> {
        let families = self.families()?;
        let mut moved_up: BTreeSet<Group> = BTreeSet::new();
        let quantities = loop {
            match self.quantities(&families, &moved_up) {
                Ok(quantities) => break quantities,
                Err(groups) => moved_up.extend(groups),
            }
        };
        let mut pattern = Pattern {
            quantities,
            series: BTreeMap::new(),
        };
        for (series, counts) in &self.lattice.counts {
            let system = System::new(series, counts)?;
            let hidden = self.telling_with_partners(series, &system, &pattern);
            pattern.series.insert(series.clone(), hidden);
        }
        Ok(pattern)
    }

    fn families(&self) -> Result<Vec<Family<'_>>, ProtectError> {
        let mut families: Vec<Family<'_>> = Vec::new();
        let mut known: BTreeSet<(&Quantity, &BTreeMap<Group, u64>)> = BTreeSet::new();
        for (series, counts) in &self.lattice.counts {
            if !known.insert((&series.quantity, counts)) {
                continue;
            }
            let part = Part {
                series,
                system: System::new(series, counts)?,
                memory: Memory::default(),
            };
            match families.last_mut() {
                Some(family) if *family.quantity == series.quantity => family.systems.push(part),
                _ => families.push(Family {
                    quantity: &series.quantity,
                    systems: vec![part],
                }),
            }
        }
        Ok(families)
    }

    /// Returns the first two layers, or groups that must move to the first.
    fn quantities(
        &self,
        families: &[Family<'_>],
        moved_up: &BTreeSet<Group>,
    ) -> Result<BTreeMap<Quantity, Hidden>, Vec<Group>> {
        let mut everywhere: Hidden = moved_up
            .iter()
            .map(|group| (group.clone(), Reason::Complementary))
            .collect();
        let mut quantities = BTreeMap::new();
        // The families are in the order of their quantities: "answered at all" comes first.
        for family in families {
            let above = Above {
                everywhere: &everywhere,
                moved_up,
            };
            let hidden = self.family(family, &above)?;
            quantities.insert(family.quantity.clone(), hidden.clone());
            if family.quantity.is_empty() {
                everywhere = hidden;
            }
        }
        Ok(quantities)
    }

    /// Returns what is withheld of one quantity.
    fn family(&self, family: &Family<'_>, above: &Above<'_>) -> Result<Hidden, Vec<Group>> {
        let mut hidden = above.everywhere.clone();
        for part in &family.systems {
            for (variable, group) in named(&part.system) {
                let count = part.system.counts[variable].unsigned_abs();
                if count > 0 && count < threshold(self.rule, group) {
                    hidden.insert(group.clone(), Reason::TooFew);
                } else if count > 0 && self.history.keeps_withheld(family.quantity, group) {
                    hidden.entry(group.clone()).or_insert(Reason::Unchanged);
                }
            }
        }
        if !self.complementary {
            return Ok(hidden);
        }
        loop {
            let before = hidden.len();
            for part in &family.systems {
                self.complete(part, &mut hidden, above)?;
            }
            // What one statistic had to hide may widen another; they settle together.
            if hidden.len() == before || family.systems.len() == 1 {
                break;
            }
        }
        self.show_again(family, &mut hidden, above);
        Ok(hidden)
    }

    fn complete(
        &self,
        part: &Part<'_>,
        hidden: &mut Hidden,
        above: &Above<'_>,
    ) -> Result<(), Vec<Group>> {
        let mut cover = self.cover(part, hidden, above);
        if let Err(Stuck(tight)) = cover.complete() {
            let groups = tight
                .into_iter()
                .filter_map(|v| part.system.groups[v].clone());
            let groups: Vec<Group> = groups
                .filter(|group| !above.everywhere.contains_key(group))
                .collect();
            if !groups.is_empty() && !part.series.quantity.is_empty() {
                return Err(groups);
            }
            // Nothing can be kept apart here; then nothing is shown.
            cover.known.hidden.clone_from(&cover.open);
        }
        for variable in cover.hidden() {
            if let Some(group) = &part.system.groups[variable] {
                hidden.entry(group.clone()).or_insert(Reason::Complementary);
            }
        }
        Ok(())
    }

    /// Shows again what need not be withheld after all, the largest groups first.
    fn show_again(&self, family: &Family<'_>, hidden: &mut Hidden, above: &Above<'_>) {
        let mut partners: Vec<(u64, Group)> = hidden
            .iter()
            .filter(|(group, reason)| {
                **reason == Reason::Complementary && !above.everywhere.contains_key(*group)
            })
            .map(|(group, _)| (self.lattice.people(group), group.clone()))
            .collect();
        partners.sort_by(|a, b| b.cmp(a));
        for (_, group) in partners {
            let reason = hidden.remove(&group);
            let parts = family.systems.iter();
            let safe = parts
                .into_iter()
                .all(|part| self.cover(part, hidden, above).is_safe());
            if let (false, Some(reason)) = (safe, reason) {
                hidden.insert(group, reason);
            }
        }
    }

    fn cover<'s>(&self, part: &'s Part<'_>, hidden: &Hidden, above: &Above<'_>) -> Cover<'s> {
        let system = &part.system;
        let mut protected = Vec::new();
        for variable in 0..system.counts.len() {
            let count = system.counts[variable];
            let must = match &system.groups[variable] {
                Some(group) => {
                    above.moved_up.contains(group) || count < whole(threshold(self.rule, group))
                }
                None => count < whole(self.rule.min_group),
            };
            if must && count > 0 {
                protected.push((variable, whole(self.rule.min_group) - 1));
            }
        }
        Cover {
            open: self.open(part.series, system, |_| true),
            system,
            known: self.knowledge(part, hidden, |group| above.everywhere.contains_key(group)),
            prior: self.knowledge(part, hidden, |_| true).upper,
            protected,
            memory: &part.memory,
            least_remainder: whole(self.rule.min_group),
            insiders: true,
        }
    }

    /// What everybody can know of counts without the release: the staff list, who answered at
    /// all, what a band says, what was released before.
    fn knowledge(
        &self,
        part: &Part<'_>,
        hidden: &Hidden,
        is_answered_hidden: impl Fn(&Group) -> bool,
    ) -> Knowledge {
        let (series, system) = (part.series, &part.system);
        let mut known = Knowledge {
            hidden: vec![true; system.counts.len()],
            lower: vec![0; system.counts.len()],
            upper: vec![None; system.counts.len()],
        };
        for (variable, group) in named(system) {
            let count = system.counts[variable];
            known.hidden[variable] = count > 0 && hidden.contains_key(group);
            known.lower[variable] = self.history.least(series, group).min(count);
            let answered = self.lattice.answered().filter(|_| *series != base());
            let bound = answered
                .filter(|_| !is_answered_hidden(group))
                .and_then(|answered| answered.get(group))
                .or_else(|| self.lattice.staff.get(group));
            known.upper[variable] = bound.map(|bound| whole(*bound).max(count));
            if is_band(self.rule, group, count.unsigned_abs()) {
                known.lower[variable] = whole(self.rule.min_group);
                let most = whole(self.rule.min_unit) - 1;
                known.upper[variable] = Some(known.upper[variable].map_or(most, |u| u.min(most)));
            }
        }
        known
    }

    /// Counts that may be hidden: not empty, and not out already.
    pub(super) fn open(
        &self,
        series: &Series,
        system: &System,
        allowed: impl Fn(&Group) -> bool,
    ) -> Vec<bool> {
        let mut open = vec![false; system.counts.len()];
        for (variable, group) in named(system) {
            open[variable] = system.counts[variable] > 0
                && allowed(group)
                && !self.history.keeps_shown(&series.quantity, group);
        }
        open
    }
}

/// Returns the least number of answers for exact figures of a group.
pub(crate) fn threshold(rule: &Rule, group: &Group) -> u64 {
    if group.contains_key(dim::UNIT) {
        rule.min_unit
    } else {
        rule.min_group
    }
}

/// Says whether a group is a unit that gets a band instead of figures.
pub(crate) fn is_band(rule: &Rule, group: &Group, answers: u64) -> bool {
    group.contains_key(dim::UNIT) && (rule.min_group..rule.min_unit).contains(&answers)
}

pub(super) fn named(system: &System) -> impl Iterator<Item = (usize, &Group)> {
    let groups = system.groups.iter().enumerate();
    groups.filter_map(|(variable, group)| Some((variable, group.as_ref()?)))
}

pub(super) fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
