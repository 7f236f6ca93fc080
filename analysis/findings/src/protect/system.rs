//! The sums that an attacker knows: counts of one series as variables, additive relations between
//! them, and what the published part leaves open.
//!
//! [`System::moved`] is the attack. It looks for whole-numbered tables that agree with every
//! published number, starting from the true one, and moves a hidden count up and down. A range is
//! believed only when two such tables were found and checked in whole numbers, so a cell is never
//! called safe that is not. For two-way tables with margins the programme's corners are whole
//! numbers and the range found is the exact one; for other shapes it may be narrower than the
//! truth, which hides more than needed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    ProtectError,
    lattice::{Group, Series, group_name},
    simplex::{Column, best_change},
};
use crate::raw::dim;

/// Counts and the relations between them.
#[derive(Debug)]
pub(crate) struct System {
    /// The group of each variable; none is the people of a total that no published part holds.
    pub(crate) groups: Vec<Option<Group>>,
    /// The true counts.
    pub(crate) counts: Vec<i64>,
    pub(crate) relations: Vec<Relation>,
    /// The relations of each variable, with 1 for a part and -1 for a total.
    rows: Vec<Vec<(usize, f64)>>,
}

/// A total and its parts.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) total: usize,
    pub(crate) parts: Vec<usize>,
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
    /// Builds the relations that the keys of groups imply.
    pub(crate) fn new(
        series: &Series,
        counts: &BTreeMap<Group, u64>,
    ) -> Result<System, ProtectError> {
        let places: BTreeMap<&Group, usize> = counts.keys().zip(0..).collect();
        let mut parts: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
        for (group, place) in &places {
            for name in group.keys().filter(|name| *name != dim::WAVE) {
                let mut parent = (*group).clone();
                parent.remove(name);
                if let Some(total) = places.get(&parent) {
                    parts.entry((*total, name)).or_default().push(*place);
                }
            }
        }
        let mut system = System {
            groups: counts.keys().cloned().map(Some).collect(),
            counts: counts
                .values()
                .map(|n| i64::try_from(*n).unwrap_or(i64::MAX))
                .collect(),
            relations: Vec::new(),
            rows: Vec::new(),
        };
        for ((total, name), mut parts) in parts {
            let sum: i64 = parts.iter().map(|part| system.counts[*part]).sum();
            let rest = system.counts[total] - sum;
            if rest < 0 {
                let group = system.groups[total].as_ref().map(group_name);
                return Err(ProtectError::NotAdditive {
                    quantity: group_name(&series.quantity),
                    group: group.unwrap_or_default(),
                    dimension: name.to_owned(),
                    parts: sum.unsigned_abs(),
                    total: system.counts[total].unsigned_abs(),
                });
            }
            if rest > 0 {
                parts.push(system.counts.len());
                system.groups.push(None);
                system.counts.push(rest);
            }
            system.relations.push(Relation { total, parts });
        }
        system.link();
        Ok(system)
    }

    #[cfg(test)]
    pub(crate) fn from_parts(counts: Vec<i64>, relations: Vec<Relation>) -> System {
        let mut system = System {
            groups: vec![Some(Group::new()); counts.len()],
            counts,
            relations,
            rows: Vec::new(),
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
    }

    /// Returns how many sums a variable is the total of.
    pub(crate) fn totals(&self, variable: usize) -> usize {
        let rows = self.rows[variable].iter();
        rows.filter(|(row, _)| self.relations[*row].total == variable)
            .count()
    }

    /// Says whether a variable is part of no sum: the greatest total.
    pub(crate) fn is_root(&self, variable: usize) -> bool {
        self.rows[variable].len() == self.totals(variable)
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
                    upper = upper.min(if sign == direction { float(step) } else { 0.0 });
                    gain = REWARD;
                }
                columns.push(Column {
                    rows: self.rows[variable]
                        .iter()
                        .map(|(row, amount)| (sums[row], amount * float(sign)))
                        .collect(),
                    upper,
                    gain,
                });
                movers.push((variable, sign));
            }
        }
        let mut change: BTreeMap<usize, i64> = BTreeMap::new();
        for ((variable, sign), amount) in movers.iter().zip(best_change(&columns, sums.len())) {
            #[expect(clippy::cast_possible_truncation, reason = "checked below")]
            let whole = amount.round() as i64;
            if (amount - float(whole)).abs() > 1e-6 {
                return Change::new();
            }
            *change.entry(*variable).or_default() += sign * whole;
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

    fn room(&self, known: &Knowledge, variable: usize, sign: i64) -> f64 {
        if sign < 0 {
            return float(self.counts[variable] - known.lower[variable]);
        }
        known.upper[variable].map_or(f64::INFINITY, |upper| float(upper - self.counts[variable]))
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
const REWARD: f64 = 1e7;

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of people are far below 2^52"
)]
fn float(n: i64) -> f64 {
    n as f64
}
