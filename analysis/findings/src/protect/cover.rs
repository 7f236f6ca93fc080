//! Complementary withholding in one system: enough further counts are hidden that every protected
//! count keeps its range (DC-6), also before the eyes of a single person who knows herself.
//!
//! For each count that is not safe, a linear programme finds the cheapest way for the table to
//! change by the needed width if other counts were hidden too, and those are hidden (the
//! heuristic of Kelly, Golden and Assad 1990). At the end, what turned out to be unnecessary is
//! shown again, the largest first.

use std::collections::BTreeSet;

use super::system::{Knowledge, System, Witness};

/// A system with what is hidden in it and what must stay unknown.
pub(crate) struct Cover<'a> {
    pub(crate) system: &'a System,
    pub(crate) known: Knowledge,
    /// Counts that may be hidden in addition.
    pub(crate) open: Vec<bool>,
    /// Counts that must keep a range of this width.
    pub(crate) protected: Vec<(usize, i64)>,
    /// A sum of hidden counts that can be computed must have at least this many answers (DC-7);
    /// nought where only the width matters.
    pub(crate) least_remainder: i64,
    /// Whether a person alone in a cell is an attacker (DC-19).
    pub(crate) insiders: bool,
}

/// A count that cannot be protected by hiding others in its system.
#[derive(Debug)]
pub(crate) struct Stuck(pub(crate) usize);

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
            hidden_more |= self.fill_remainders()?;
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
                    Some(*target) == attacker || ranges.reaches(self.system, &known, *target, *need)
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
        if Ranges::new(self.system).reaches(self.system, &known, target, need) {
            return Ok(false);
        }
        let price = |variable: usize| self.price(&known, attacker, variable);
        let high = self.system.moved(&known, target, 1, need, &price);
        let up = high[target] - self.system.counts[target];
        let low = if up < need {
            self.system.moved(&known, target, -1, need - up, &price)
        } else {
            self.system.counts.clone()
        };
        if high[target] - low[target] < need {
            return Err(Stuck(target));
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
    fn fill_remainders(&mut self) -> Result<bool, Stuck> {
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
                None => return Err(Stuck(total)),
            }
            more = true;
        }
        Ok(more)
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
