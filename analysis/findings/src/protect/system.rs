//! The sums that an attacker knows: counts of groups as variables, additive relations between
//! them, and what the published part leaves open.
//!
//! A quantity is counted in layers: who answered at all, who has a score, who has a score and a
//! target. Each layer adds up over groups, and a wider layer is the narrower one and some more.
//! All layers are one system, since two of them together can tell what neither does: with targets
//! for all roles but one, the number with a target and the number with a score give that role.
//!
//! [`System::moved`] is the attack. It looks for whole-numbered tables that agree with every
//! published number, starting from the true one, and moves a hidden count up and down. A range is
//! believed only when two such tables were found and checked in whole numbers, so a cell is never
//! called safe that is not.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ProtectError,
    lattice::{Group, Quantity, group_name},
    pattern::whole,
    solver::{Column, best_change},
};
use crate::{Reason, raw::dim};

/// Counts and the relations between them.
#[derive(Debug)]
pub(crate) struct System {
    pub(crate) variables: Vec<Variable>,
    /// The true counts.
    pub(crate) counts: Vec<i64>,
    pub(crate) relations: Vec<Relation>,
    /// The relations of each variable, with 1 for a part and -1 for a total.
    rows: Vec<Vec<(usize, f64)>>,
    /// The variables of the same group, in any layer.
    twins: Vec<Vec<usize>>,
}

/// What a count is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Variable {
    /// A group, in the layer with this number.
    Group(usize, Group),
    /// The people of a total that no published part holds.
    Rest,
    /// The people of a group that a narrower layer does not count.
    Between,
}

/// One way in which groups are counted: those who answered at all, those with a score, those with
/// a score and a target.
#[derive(Clone, Copy)]
pub(crate) struct Layer<'a> {
    pub(crate) counts: &'a BTreeMap<Group, u64>,
    pub(crate) above: Option<Above<'a>>,
}

/// The layer that holds the same people and perhaps more.
#[derive(Clone, Copy)]
pub(crate) struct Above<'a> {
    pub(crate) layer: usize,
    /// Whether a reader knows in which groups both are the same, as with targets of roles.
    pub(crate) exact: bool,
    /// The groups that are tied; none for all.
    pub(crate) groups: Option<&'a BTreeMap<Group, Reason>>,
}

/// A total and its parts.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) total: usize,
    pub(crate) parts: Vec<usize>,
    /// Whether it splits a group into smaller groups, and not a count into layers.
    pub(crate) splits: bool,
}

/// What an attacker knows: which counts are hidden, and bounds on them from elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Knowledge {
    pub(crate) hidden: Vec<bool>,
    pub(crate) lower: Vec<i64>,
    pub(crate) upper: Vec<Option<i64>>,
}

/// A table that agrees with everything published, as what it changes of the true one.
pub(crate) type Change = Vec<(usize, i64)>;

/// Returns by how much a change moves a count.
pub(crate) fn moves(change: &Change, variable: usize) -> i64 {
    let place = change.binary_search_by_key(&variable, |(changed, _)| *changed);
    place.map_or(0, |place| change[place].1)
}

impl System {
    /// Builds the relations in and between layers.
    pub(crate) fn joint(quantity: &Quantity, layers: &[Layer<'_>]) -> Result<System, ProtectError> {
        let mut system = System {
            variables: Vec::new(),
            counts: Vec::new(),
            relations: Vec::new(),
            rows: Vec::new(),
            twins: Vec::new(),
        };
        let mut places: Vec<BTreeMap<&Group, usize>> = Vec::new();
        for (number, layer) in layers.iter().enumerate() {
            let mut here = BTreeMap::new();
            for (group, count) in layer.counts {
                let variable = Variable::Group(number, group.clone());
                here.insert(group, system.add(variable, whole(*count)));
            }
            system.split(quantity, &here)?;
            places.push(here);
        }
        for (layer, here) in layers.iter().zip(&places) {
            if let Some(above) = layer.above {
                system.tie(here, &places[above.layer], above);
            }
        }
        system.link();
        Ok(system)
    }

    fn add(&mut self, variable: Variable, count: i64) -> usize {
        self.variables.push(variable);
        self.counts.push(count);
        self.counts.len() - 1
    }

    /// Adds the sums over each dimension of one layer.
    fn split(
        &mut self,
        quantity: &Quantity,
        places: &BTreeMap<&Group, usize>,
    ) -> Result<(), ProtectError> {
        let mut parts: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (group, place) in places {
            for name in group.keys().filter(|name| *name != dim::WAVE) {
                let mut parent = (*group).clone();
                parent.remove(name);
                if let Some(total) = places.get(&parent) {
                    parts.entry((*total, name)).or_default().push(*place);
                }
            }
        }
        for ((total, name), mut parts) in parts {
            let sum: i64 = parts.iter().map(|part| self.counts[*part]).sum();
            let rest = self.counts[total] - sum;
            if rest < 0 {
                return Err(ProtectError::NotAdditive {
                    quantity: group_name(quantity),
                    group: self.group(total).map(group_name).unwrap_or_default(),
                    dimension: name.to_owned(),
                    parts: sum.unsigned_abs(),
                    total: self.counts[total].unsigned_abs(),
                });
            }
            if rest > 0 {
                parts.push(self.add(Variable::Rest, rest));
            }
            let splits = true;
            self.relations.push(Relation {
                total,
                parts,
                splits,
            });
        }
        Ok(())
    }

    /// Ties a layer to the one that holds the same people and more.
    fn tie(
        &mut self,
        here: &BTreeMap<&Group, usize>,
        wider: &BTreeMap<&Group, usize>,
        above: Above<'_>,
    ) {
        for (group, part) in here {
            let tied = above
                .groups
                .is_none_or(|groups| groups.contains_key(*group));
            let Some(total) = wider.get(group).filter(|_| tied) else {
                continue;
            };
            let between = self.counts[*total] - self.counts[*part];
            let mut parts = vec![*part];
            if between > 0 || !above.exact {
                parts.push(self.add(Variable::Between, between));
            }
            let (total, splits) = (*total, false);
            self.relations.push(Relation {
                total,
                parts,
                splits,
            });
        }
    }

    #[cfg(test)]
    pub(crate) fn from_parts(counts: Vec<i64>, relations: Vec<Relation>) -> System {
        let variable =
            |at: usize| Variable::Group(0, Group::from([(at.to_string(), String::new())]));
        let mut system = System {
            variables: (0..counts.len()).map(variable).collect(),
            counts,
            relations,
            rows: Vec::new(),
            twins: Vec::new(),
        };
        system.link();
        system
    }

    fn link(&mut self) {
        self.rows = vec![Vec::new(); self.counts.len()];
        for (row, relation) in self.relations.iter().enumerate() {
            self.rows[relation.total].push((row, -1.0));
            for part in &relation.parts {
                self.rows[*part].push((row, 1.0));
            }
        }
        let mut same: BTreeMap<&Group, Vec<usize>> = BTreeMap::new();
        for (at, variable) in self.variables.iter().enumerate() {
            if let Variable::Group(_, group) = variable {
                same.entry(group).or_default().push(at);
            }
        }
        let twins = |at: usize| self.group(at).and_then(|group| same.get(group)).cloned();
        self.twins = (0..self.counts.len())
            .map(|at| twins(at).unwrap_or_default())
            .collect();
    }

    /// Returns the group of a variable, in whatever layer.
    pub(crate) fn group(&self, variable: usize) -> Option<&Group> {
        match &self.variables[variable] {
            Variable::Group(_, group) => Some(group),
            Variable::Rest | Variable::Between => None,
        }
    }

    /// Returns the counts of the same group in all layers, this one included.
    pub(crate) fn twins(&self, variable: usize) -> &[usize] {
        &self.twins[variable]
    }

    fn splits(&self, variable: usize) -> impl Iterator<Item = &Relation> {
        let rows = self.rows[variable].iter();
        rows.map(|(row, _)| &self.relations[*row])
            .filter(|relation| relation.splits)
    }

    /// Returns how many sums a variable is the total of.
    pub(crate) fn totals(&self, variable: usize) -> usize {
        let sums = self.splits(variable);
        sums.filter(|relation| relation.total == variable).count()
    }

    /// Says whether a variable is part of no sum: the greatest total.
    pub(crate) fn is_root(&self, variable: usize) -> bool {
        self.splits(variable)
            .all(|relation| relation.total == variable)
    }

    /// Moves a count up or down by at most `step`, letting others move at a price per step; a
    /// count without a price is published. The outcome is checked in whole numbers, and changes
    /// nothing if the check fails.
    pub(crate) fn moved(
        &self,
        known: &Knowledge,
        target: usize,
        direction: i64,
        step: i64,
        price: &dyn Fn(usize) -> Option<f64>,
    ) -> Change {
        let (members, sums) = self.reachable(target, price);
        let sums: BTreeMap<usize, usize> = sums.into_iter().zip(0..).collect();
        let mut columns = Vec::new();
        let mut movers: Vec<(usize, i64)> = Vec::new();
        for &variable in &members {
            let cost = price(variable).unwrap_or(0.0);
            for sign in [1, -1] {
                let mut upper = self.room(known, variable, sign);
                let mut gain = -cost;
                if variable == target {
                    upper = upper.min(if sign == direction { step } else { 0 });
                    gain = REWARD;
                }
                columns.push(Column {
                    rows: self.rows[variable]
                        .iter()
                        .map(|(row, amount)| (sums[row], if sign > 0 { *amount } else { -amount }))
                        .collect(),
                    upper,
                    gain,
                });
                movers.push((variable, sign));
            }
        }
        let mut change: BTreeMap<usize, i64> = BTreeMap::new();
        for ((variable, sign), amount) in movers.iter().zip(best_change(&columns, sums.len())) {
            *change.entry(*variable).or_default() += sign * amount;
        }
        change.retain(|_, step| *step != 0);
        let change: Change = change.into_iter().collect();
        let movable = change
            .iter()
            .all(|(variable, _)| price(*variable).is_some());
        if movable && self.keeps_bounds(known, &change) && self.keeps_sums(&change) {
            change
        } else {
            Change::new()
        }
    }

    fn room(&self, known: &Knowledge, variable: usize, sign: i64) -> i64 {
        if sign < 0 {
            return self.counts[variable] - known.lower[variable];
        }
        known.upper[variable].map_or(i64::MAX, |upper| upper - self.counts[variable])
    }

    /// Says whether a change touches hidden counts only and stays within what is known of them.
    pub(crate) fn agrees(&self, known: &Knowledge, change: &Change) -> bool {
        change.iter().all(|(variable, _)| known.hidden[*variable])
            && self.keeps_bounds(known, change)
    }

    fn keeps_bounds(&self, known: &Knowledge, change: &Change) -> bool {
        change.iter().all(|&(variable, step)| {
            let count = self.counts[variable] + step;
            count >= known.lower[variable]
                && known.upper[variable].is_none_or(|upper| count <= upper)
        })
    }

    fn keeps_sums(&self, change: &Change) -> bool {
        let touched = change
            .iter()
            .flat_map(|(variable, _)| &self.rows[*variable]);
        let rows: BTreeSet<usize> = touched.map(|(row, _)| *row).collect();
        rows.into_iter().all(|row| {
            let relation = &self.relations[row];
            let parts: i64 = relation.parts.iter().map(|part| moves(change, *part)).sum();
            parts == moves(change, relation.total)
        })
    }

    /// Returns the movable counts that hang together with a count, and the sums between them.
    fn reachable(
        &self,
        from: usize,
        price: &dyn Fn(usize) -> Option<f64>,
    ) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let mut seen = BTreeSet::from([from]);
        let mut rows = BTreeSet::new();
        let mut open = vec![from];
        while let Some(variable) = open.pop() {
            for (row, _) in &self.rows[variable] {
                if !rows.insert(*row) {
                    continue;
                }
                let relation = &self.relations[*row];
                for &other in relation.parts.iter().chain([&relation.total]) {
                    if price(other).is_some() && seen.insert(other) {
                        open.push(other);
                    }
                }
            }
        }
        (seen, rows)
    }
}

/// Worth of a step of the target: above any price of a path through a table.
const REWARD: f64 = 1e5;
