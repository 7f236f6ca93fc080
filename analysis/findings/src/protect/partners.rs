//! The third layer of the pattern: partners of figures withheld for what they say.
//!
//! Such a figure has people enough, so its count is no secret; but with everything around it shown
//! its sum could be worked out. Treating the counts around it as unknown finds the figures that
//! must be withheld with it.

use std::collections::BTreeSet;

use super::{
    cover::{Cover, Memory},
    lattice::{Group, Series},
    pattern::{Hidden, Part, Pattern, Plan, named, whole},
    system::Knowledge,
};
use crate::{Reason, raw::dim};

impl Plan<'_> {
    /// Returns the third layer of one series.
    pub(super) fn telling_with_partners(
        &self,
        series: &Series,
        part: &Part<'_>,
        pattern: &Pattern,
    ) -> Hidden {
        let mut hidden = self.telling.get(series).cloned().unwrap_or_default();
        hidden.retain(|group, _| !self.history.keeps_shown(&series.quantity, group));
        if self.margins.is_some() && !hidden.is_empty() {
            for reason in [Reason::Same, Reason::Dominance] {
                self.add_partners(series, part, pattern, reason, &mut hidden);
            }
        }
        hidden
    }

    fn add_partners(
        &self,
        series: &Series,
        part: &Part<'_>,
        pattern: &Pattern,
        reason: Reason,
        hidden: &mut Hidden,
    ) {
        let system = &part.system;
        let visible = |group: &Group| reason == Reason::Same || self.is_in_network(group);
        let targets: BTreeSet<Group> = hidden
            .iter()
            .filter(|(_, why)| **why == reason)
            .map(|(group, _)| group.clone())
            .collect();
        let mut known = Knowledge {
            hidden: vec![true; system.counts.len()],
            lower: vec![0; system.counts.len()],
            upper: vec![None; system.counts.len()],
        };
        let mut protected = Vec::new();
        for (variable, group) in named(system) {
            let asked = system.counts[variable] > 0;
            let withheld = hidden.contains_key(group) || pattern.reason(series, group).is_some();
            known.hidden[variable] = asked && (withheld || !visible(group));
            if asked && targets.contains(group) {
                protected.push((variable, whole(self.rule.min_group) - 1));
            }
        }
        let memory = Memory::default();
        let mut cover = Cover {
            open: self.open(part, visible),
            elsewhere: vec![false; system.counts.len()],
            system,
            prior: known.upper.clone(),
            known,
            protected,
            memory: &memory,
            least_remainder: 0,
            insiders: false,
        };
        if cover.complete().is_err() {
            cover.known.hidden.clone_from(&cover.open);
        }
        for variable in cover.hidden() {
            if let Some(group) = system.group(variable).filter(|group| visible(group))
                && pattern.reason(series, group).is_none()
            {
                hidden.entry(group.clone()).or_insert(Reason::Complementary);
            }
        }
    }

    /// Says whether a group's figures stand in the network's file. A city knows its own figures
    /// and that file: only what stands there can be subtracted from each other.
    fn is_in_network(&self, group: &Group) -> bool {
        let city = group.get(dim::MUNICIPALITY);
        city.is_none_or(|city| self.named.contains(city))
    }
}
