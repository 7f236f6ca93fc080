//! Complementary withholding in one system: enough further counts are hidden that every protected
//! count keeps its range (DC-6), also before the eyes of a single person who knows herself.
//!
//! For each count that is not safe, a linear programme finds the cheapest way for the table to
//! change by the needed width if other counts were hidden too, and those are hidden (the
//! heuristic of Kelly, Golden and Assad 1990). At the end, what turned out to be unnecessary is
//! shown again, the largest first.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use super::system::{Knowledge, System, Witness};

/// A system with what is hidden in it and what must stay unknown.
pub(crate) struct Cover<'a> {
    pub(crate) system: &'a System,
    pub(crate) known: Knowledge,
    /// Counts that may be hidden in addition.
    pub(crate) open: Vec<bool>,
    /// Upper bounds that would hold if this series alone were published: the staff list.
    pub(crate) prior: Vec<Option<i64>>,
    /// Counts that must keep a range of this width, or what an attacker could know anyway.
    pub(crate) protected: Vec<(usize, i64)>,
    /// Widths that withholding everything would give, as far as they were asked for.
    pub(crate) attainable: &'a Attainable,
    /// A sum of hidden counts that can be computed must have at least this many answers (DC-7);
    /// nought where only the width matters.
    pub(crate) least_remainder: i64,
    /// Whether a person alone in a cell is an attacker (DC-19).
    pub(crate) insiders: bool,
}

/// Range of a count before an attacker's eyes if the release showed nothing.
pub(crate) type Attainable = RefCell<BTreeMap<(Option<usize>, usize), i64>>;

/// Counts whose bounds from elsewhere leave too little room; hiding others here does not help.
#[derive(Debug)]
pub(crate) struct Stuck(pub(crate) Vec<usize>);

impl Cover<'_> {
    /// Hides further counts until all is safe.
    pub(crate) fn complete(&mut self) -> Result<(), Stuck> {
        loop {
            let mut hidden_more = false;
            for attacker in self.attackers() {
                for at in 0..self.protected.len() {
                    hidden_more |= self.protect(at, attacker)?;
                }
            }
            hidden_more |= self.fill_remainders();
            if !hidden_more {
                return Ok(());
            }
        }
    }

    /// Says whether all is safe as it is.
    pub(crate) fn is_safe(&self) -> bool {
        let remainders = self.small_remainder().is_none();
        remainders
            && self.attackers().into_iter().all(|attacker| {
                let known = self.known_to(attacker);
                let mut ranges = Ranges::new(self.system);
                self.protected.iter().all(|(target, need)| {
                    Some(*target) == attacker
                        || ranges.reaches(self.system, &known, *target, *need)
                        || ranges.reaches(
                            self.system,
                            &known,
                            *target,
                            self.attainable(attacker, *target, *need),
                        )
                })
            })
    }

    /// The public, and each person who is alone in a hidden cell.
    fn attackers(&self) -> Vec<Option<usize>> {
        let mut attackers = vec![None];
        if self.insiders {
            let alone = (0..self.known.hidden.len())
                .filter(|v| self.known.hidden[*v] && self.system.counts[*v] == 1);
            attackers.extend(alone.map(Some));
        }
        attackers
    }

    fn known_to(&self, attacker: Option<usize>) -> Knowledge {
        let mut known = self.known.clone();
        if let Some(own) = attacker {
            known.hidden[own] = false;
        }
        known
    }

    /// Makes one count safe from one attacker; says whether more had to be hidden.
    fn protect(&mut self, at: usize, attacker: Option<usize>) -> Result<bool, Stuck> {
        let (target, need) = self.protected[at];
        if Some(target) == attacker {
            return Ok(false);
        }
        let known = self.known_to(attacker);
        let mut ranges = Ranges::new(self.system);
        if ranges.reaches(self.system, &known, target, need) {
            return Ok(false);
        }
        let need = self.attainable(attacker, target, need);
        if ranges.reaches(self.system, &known, target, need) {
            return Ok(false);
        }
        let (low, high) = self.cheapest(&known, attacker, target, need);
        if high[target] - low[target] < need {
            return Err(self.stuck(known, attacker, target, need));
        }
        let mut more = false;
        for variable in 0..self.system.counts.len() {
            let moves = [&high, &low]
                .iter()
                .any(|table| table[variable] != self.system.counts[variable]);
            if moves && !self.known.hidden[variable] {
                self.known.hidden[variable] = true;
                more = true;
            }
        }
        // The tables just found differ in hidden counts only, so the range is there now.
        Ok(more)
    }

    /// Returns two tables `need` apart that differ in counts whose hiding costs least.
    fn cheapest(
        &self,
        known: &Knowledge,
        attacker: Option<usize>,
        target: usize,
        need: i64,
    ) -> (Witness, Witness) {
        let price = |variable: usize| self.price(known, attacker, variable);
        let high = self.system.moved(known, target, 1, need, &price);
        let missing = need - (high[target] - self.system.counts[target]);
        if missing == 0 {
            return (self.system.counts.clone(), high);
        }
        let low = self.system.moved(known, target, -1, missing, &price);
        (low, high)
    }

    /// Returns the width that a count would have if nothing were shown, at most `need`.
    fn attainable(&self, attacker: Option<usize>, target: usize, need: i64) -> i64 {
        if let Some(width) = self.attainable.borrow().get(&(attacker, target)) {
            return need.min(*width);
        }
        let mut known = self.known_to(attacker);
        known.upper.clone_from(&self.prior);
        for (variable, hidden) in known.hidden.iter_mut().enumerate() {
            *hidden |= self.open[variable] && Some(variable) != attacker;
        }
        let (low, high) = self.system.witnesses(&known, target, need);
        let width = high[target] - low[target];
        let key = (attacker, target);
        self.attainable.borrow_mut().insert(key, width);
        need.min(width)
    }

    /// Finds the counts whose bounds from other quantities are in the way.
    fn stuck(
        &self,
        mut known: Knowledge,
        attacker: Option<usize>,
        target: usize,
        need: i64,
    ) -> Stuck {
        let tight = std::mem::replace(&mut known.upper, self.prior.clone());
        let (low, high) = self.cheapest(&known, attacker, target, need);
        let too_tight = |v: &usize| tight[*v].is_some_and(|upper| low[*v].max(high[*v]) > upper);
        let beyond: Vec<usize> = (0..tight.len()).filter(too_tight).collect();
        Stuck(beyond)
    }

    /// What hiding a count costs: inner cells before totals, small ones before large ones.
    fn price(&self, known: &Knowledge, attacker: Option<usize>, variable: usize) -> Option<f64> {
        if Some(variable) == attacker {
            return None;
        }
        if known.hidden[variable] {
            return Some(0.0);
        }
        if !self.open[variable] {
            return None;
        }
        let count = f64::from(u32::try_from(self.system.counts[variable]).unwrap_or(u32::MAX));
        let kind = match self.system.totals(variable) {
            0 => 1.0,
            _ if self.system.is_root(variable) => 5_000.0,
            totals => 30.0 * f64::from(u32::try_from(totals).unwrap_or(u32::MAX)),
        };
        Some(kind + count / 200.0)
    }

    /// Hides a further part where the hidden parts of a published total are too few people.
    fn fill_remainders(&mut self) -> bool {
        let mut more = false;
        while let Some(row) = self.small_remainder() {
            let relation = &self.system.relations[row];
            let parts = relation
                .parts
                .iter()
                .copied()
                .filter(|p| self.open[*p] && !self.known.hidden[*p]);
            let partner = parts.min_by_key(|part| self.system.counts[*part]);
            let total = relation.total;
            match partner {
                Some(part) => self.known.hidden[part] = true,
                None if self.open[total] => self.known.hidden[total] = true,
                // Everything around is out already or empty.
                None => return more,
            }
            more = true;
        }
        more
    }

    fn small_remainder(&self) -> Option<usize> {
        self.system.relations.iter().position(|relation| {
            let hidden = relation
                .parts
                .iter()
                .filter(|part| self.known.hidden[**part]);
            let people: i64 = hidden.map(|part| self.system.counts[*part]).sum();
            !self.known.hidden[relation.total] && people > 0 && people < self.least_remainder
        })
    }

    /// Returns the hidden counts.
    pub(crate) fn hidden(&self) -> BTreeSet<usize> {
        (0..self.known.hidden.len())
            .filter(|v| self.known.hidden[*v])
            .collect()
    }
}

/// Least and greatest value met of each count; one search often settles many counts.
struct Ranges {
    low: Witness,
    high: Witness,
}

impl Ranges {
    fn new(system: &System) -> Self {
        Ranges {
            low: system.counts.clone(),
            high: system.counts.clone(),
        }
    }

    fn reaches(&mut self, system: &System, known: &Knowledge, target: usize, need: i64) -> bool {
        if self.high[target] - self.low[target] >= need {
            return true;
        }
        let (low, high) = system.witnesses(known, target, need);
        for table in [low, high] {
            for (variable, count) in table.into_iter().enumerate() {
                self.low[variable] = self.low[variable].min(count);
                self.high[variable] = self.high[variable].max(count);
            }
        }
        self.high[target] - self.low[target] >= need
    }
}
