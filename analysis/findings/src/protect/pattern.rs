//! Which groups show nothing of which quantity: one pattern for all figures of a group.
//!
//! Three layers, each a superset of the one before:
//!
//! 1. *everywhere*: groups in which too few people answered at all, and their partners. They show
//!    nothing of any quantity, because the number who answered bounds every other number.
//! 2. *quantity*: one pattern for n, mean, gap, share, quantile of the same area or item, since n
//!    and a mean give the sum. All counts of a quantity and the number who answered at all are
//!    one system (`layers.rs`). Numbers of different quantities are tied by `n <= answered` only:
//!    that bound is part of the attack, and where it is too tight for partners to help, the group
//!    moves to the first layer. So a pattern is joint over quantities exactly where the published
//!    numbers of one would let another be worked out.
//! 3. *series*: figures withheld for what they say and not for how few they are (sameness,
//!    dominance), see `partners.rs`, and shares that would say what everybody of a withheld group
//!    answered, see `shares.rs`. Their partners hide sums, not counts; other statistics stay.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ProtectError,
    cover::{Cover, Memory, Stuck},
    history::History,
    lattice::{Group, Lattice, Quantity, Series},
    layers::{self, Family},
    shares::Shares,
    system::{Knowledge, System, Variable},
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
    /// How many people gave each answer, by series.
    pub(crate) shares: BTreeMap<Series, Shares>,
    /// Municipalities whose figures stand in the network's file.
    pub(crate) named: BTreeSet<String>,
    /// How much wider than the rule asks some counts are kept. None: no partners are looked for,
    /// only to show that an attacker then succeeds.
    pub(crate) margins: Option<&'a Margins>,
}

/// What the audit asked for beyond the rule.
#[derive(Debug, Default)]
pub(crate) struct Margins {
    /// Further width by quantity and group.
    pub(crate) wider: BTreeMap<(Quantity, Group), i64>,
    /// Quantities of which nothing is shown, since no width was enough.
    pub(crate) closed: BTreeSet<Quantity>,
}

/// A quantity with the system that its counts make.
pub(super) struct Part<'a> {
    pub(super) family: &'a Family<'a>,
    pub(super) system: System,
    pub(super) memory: Memory,
}

impl Part<'_> {
    /// Says whether a variable counts the quantity itself and not who answered at all.
    fn is_own(&self, variable: usize) -> bool {
        let layers = self.family.layers.len();
        matches!(&self.system.variables[variable], Variable::Group(layer, _) if *layer < layers)
    }

    /// Returns the counts of the quantity itself.
    pub(super) fn own(&self) -> impl Iterator<Item = (usize, &Group)> {
        named(&self.system).filter(|(variable, _)| self.is_own(*variable))
    }
}

/// Why a quantity cannot be settled as things stand.
enum Failed {
    /// These groups must move to the first layer.
    Tight(Vec<Group>),
    /// The tables contradict each other.
    Never(ProtectError),
}

impl From<ProtectError> for Failed {
    fn from(error: ProtectError) -> Self {
        Failed::Never(error)
    }
}

/// What the first layer says while a quantity is worked out.
struct Above<'a> {
    everywhere: &'a Hidden,
    moved_up: &'a BTreeSet<Group>,
}

impl Plan<'_> {
    /// Works out the pattern.
    pub(crate) fn pattern(&self) -> Result<Pattern, ProtectError> {
        let families = layers::families(self.lattice);
        let mut moved_up: BTreeSet<Group> = BTreeSet::new();
        let quantities = loop {
            match self.quantities(&families, &moved_up) {
                Ok(quantities) => break quantities,
                Err(Failed::Tight(groups)) => moved_up.extend(groups),
                Err(Failed::Never(error)) => return Err(error),
            }
        };
        let mut pattern = Pattern {
            quantities,
            series: BTreeMap::new(),
        };
        for family in layers::families(self.lattice) {
            for layer in family.layers {
                let single = Family::single(family.quantity, layer.clone());
                let part = Part {
                    system: single.system(None, &Hidden::new())?,
                    family: &single,
                    memory: Memory::default(),
                };
                for series in layer.series {
                    let mut hidden = self.telling_with_partners(series, &part, &pattern);
                    if self.margins.is_some() {
                        self.add_partners_of_shares(series, &pattern, &mut hidden);
                    }
                    pattern.series.insert(series.clone(), hidden);
                }
            }
        }
        Ok(pattern)
    }

    /// Returns the first two layers, or groups that must move to the first.
    fn quantities(
        &self,
        families: &[Family<'_>],
        moved_up: &BTreeSet<Group>,
    ) -> Result<BTreeMap<Quantity, Hidden>, Failed> {
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
    fn family(&self, family: &Family<'_>, above: &Above<'_>) -> Result<Hidden, Failed> {
        let part = Part {
            family,
            system: family.system(self.lattice.answered(), above.everywhere)?,
            memory: Memory::default(),
        };
        let mut hidden = above.everywhere.clone();
        for (variable, group) in part.own() {
            let count = part.system.counts[variable].unsigned_abs();
            if count > 0 && count < threshold(self.rule, group) {
                hidden.insert(group.clone(), Reason::TooFew);
            } else if count > 0 && self.history.keeps_withheld(family.quantity, group) {
                hidden.entry(group.clone()).or_insert(Reason::Unchanged);
            }
        }
        if self
            .margins
            .is_some_and(|it| it.closed.contains(family.quantity))
        {
            let open = self.open(&part, |_| true);
            for (_, group) in part.own().filter(|(variable, _)| open[*variable]) {
                hidden.entry(group.clone()).or_insert(Reason::Complementary);
            }
        } else if self.margins.is_some() {
            self.complete(&part, &mut hidden, above)?;
            self.show_again(&part, &mut hidden, above);
        }
        Ok(hidden)
    }

    fn complete(
        &self,
        part: &Part<'_>,
        hidden: &mut Hidden,
        above: &Above<'_>,
    ) -> Result<(), Failed> {
        let mut cover = self.cover(part, hidden, above);
        if let Err(Stuck(tight)) = cover.complete() {
            let groups = tight.into_iter().filter_map(|v| part.system.group(v));
            let groups: Vec<Group> = groups
                .filter(|group| !above.everywhere.contains_key(*group))
                .cloned()
                .collect();
            if !groups.is_empty() && !part.family.quantity.is_empty() {
                return Err(Failed::Tight(groups));
            }
            // Nothing can be kept apart here; then nothing is shown.
            cover.known.hidden.clone_from(&cover.open);
        }
        for (variable, group) in part.own() {
            if cover.known.hidden[variable] {
                hidden.entry(group.clone()).or_insert(Reason::Complementary);
            }
        }
        Ok(())
    }

    /// Shows again what need not be withheld after all, the largest groups first.
    fn show_again(&self, part: &Part<'_>, hidden: &mut Hidden, above: &Above<'_>) {
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
            let safe = self.cover(part, hidden, above).is_safe();
            if let (false, Some(reason)) = (safe, reason) {
                hidden.insert(group, reason);
            }
        }
    }

    fn cover<'s>(&self, part: &'s Part<'_>, hidden: &Hidden, above: &Above<'_>) -> Cover<'s> {
        let system = &part.system;
        let mut protected = Vec::new();
        for (variable, count) in system.counts.iter().copied().enumerate() {
            let must = match &system.variables[variable] {
                Variable::Group(_, group) => {
                    above.moved_up.contains(group) || count < whole(threshold(self.rule, group))
                }
                Variable::Rest => count < whole(self.rule.min_group),
                // How many skipped a question is what is left of two shown numbers.
                Variable::Between => false,
            };
            if must && count > 0 {
                let margin = self.margin(part.family.quantity, system.group(variable));
                protected.push((variable, whole(self.rule.min_group) - 1 + margin));
            }
        }
        Cover {
            open: self.open(part, |_| true),
            elsewhere: self.elsewhere(part),
            system,
            known: self.knowledge(part, hidden, above.everywhere),
            prior: self.prior(part),
            protected,
            memory: &part.memory,
            least_remainder: whole(self.rule.min_group),
            insiders: true,
        }
    }

    fn margin(&self, quantity: &Quantity, group: Option<&Group>) -> i64 {
        let place = group.map(|group| (quantity.clone(), group.clone()));
        let margin = self.margins.zip(place);
        let margin = margin.and_then(|(margins, place)| margins.wider.get(&place));
        margin.copied().unwrap_or(0)
    }

    /// Returns the bounds that the staff list and bands set.
    fn prior(&self, part: &Part<'_>) -> Vec<Option<i64>> {
        let staff = |group: &Group| self.lattice.staff.get(group).copied();
        let system = &part.system;
        (0..system.counts.len())
            .map(|variable| {
                let group = system.group(variable)?;
                let count = system.counts[variable];
                let most = staff(group).map(|bound| whole(bound).max(count));
                if is_band(self.rule, group, count.unsigned_abs()) {
                    let band = whole(self.rule.min_unit) - 1;
                    return Some(most.map_or(band, |most| most.min(band)));
                }
                most
            })
            .collect()
    }

    /// What everybody can know of counts without the figures: the staff list, who answered at
    /// all, what a band says, what was released before.
    fn knowledge(&self, part: &Part<'_>, hidden: &Hidden, everywhere: &Hidden) -> Knowledge {
        let system = &part.system;
        let mut known = Knowledge {
            hidden: vec![true; system.counts.len()],
            lower: vec![0; system.counts.len()],
            upper: self.prior(part),
        };
        for (variable, group) in named(system) {
            let count = system.counts[variable];
            let own = part.is_own(variable);
            let withheld = if own { hidden } else { everywhere };
            known.hidden[variable] = count > 0 && withheld.contains_key(group);
            known.lower[variable] = self.least(part, variable).min(count);
            let answered = self.lattice.answered();
            let answered = answered.and_then(|answered| answered.get(group)).copied();
            if let Some(answered) = answered.filter(|_| own && !part.family.quantity.is_empty())
                && !everywhere.contains_key(group)
            {
                let most = whole(answered).max(count);
                let before = known.upper[variable];
                known.upper[variable] = Some(before.map_or(most, |before| before.min(most)));
            }
            if is_band(self.rule, group, count.unsigned_abs()) {
                known.lower[variable] = whole(self.rule.min_group);
            }
        }
        known
    }

    /// Returns the least count that earlier figures give away.
    fn least(&self, part: &Part<'_>, variable: usize) -> i64 {
        let Variable::Group(layer, group) = &part.system.variables[variable] else {
            return 0;
        };
        let series = part.family.layers.get(*layer);
        let series = series.map_or(&[][..], |layer| layer.series.as_slice());
        let least = series
            .iter()
            .map(|series| self.history.least(series, group));
        least.max().unwrap_or(0)
    }

    /// Counts that may be hidden: not empty, and not out already.
    pub(super) fn open(&self, part: &Part<'_>, allowed: impl Fn(&Group) -> bool) -> Vec<bool> {
        let mut open = vec![false; part.system.counts.len()];
        for (variable, group) in part.own() {
            open[variable] = part.system.counts[variable] > 0
                && allowed(group)
                && !self.history.keeps_shown(part.family.quantity, group);
        }
        open
    }

    /// Counts of who answered at all that stand beside those of another quantity.
    fn elsewhere(&self, part: &Part<'_>) -> Vec<bool> {
        let mut elsewhere = vec![false; part.system.counts.len()];
        for (variable, group) in named(&part.system) {
            elsewhere[variable] = !part.is_own(variable)
                && part.system.counts[variable] > 0
                && !self.history.keeps_shown(&Quantity::new(), group);
        }
        elsewhere
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
    let variables = 0..system.counts.len();
    variables.filter_map(|variable| Some((variable, system.group(variable)?)))
}

pub(super) fn whole(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
