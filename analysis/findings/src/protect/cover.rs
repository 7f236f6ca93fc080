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

use super::system::{Change, Knowledge, System, moves};

/// A system with what is hidden in it and what must stay unknown.
pub(crate) struct Cover<'a> {
    pub(crate) system: &'a System,
    pub(crate) known: Knowledge,
    /// Counts that may be hidden in addition.
    pub(crate) open: Vec<bool>,
    /// Counts published elsewhere that could be hidden there: who answered at all.
    pub(crate) elsewhere: Vec<bool>,
    /// Upper bounds that would hold if nothing were published: the staff list.
    pub(crate) prior: Vec<Option<i64>>,
    /// Counts that must keep a range of this width, or what an attacker could know anyway.
    pub(crate) protected: Vec<(usize, i64)>,
    pub(crate) memory: &'a Memory,
    /// A sum of hidden counts that can be computed must have at least this many answers (DC-7);
    /// nought where only the width matters.
    pub(crate) least_remainder: i64,
    /// Whether a person alone in a cell is an attacker (DC-19).
    pub(crate) insiders: bool,
}

/// What was found out about a system on the way; none of it depends on what is hidden.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// Changes that keep all sums; each is checked again before it is believed.
    changes: RefCell<Vec<Change>>,
    /// Range of a count before an attacker's eyes if the release showed nothing.
    attainable: RefCell<BTreeMap<(Option<usize>, usize), i64>>,
}

/// Counts whose bounds from elsewhere leave too little room; hiding others here does not help.
#[derive(Debug)]
pub(crate) struct Stuck(pub(crate) Vec<usize>);

impl Cover<'_> {
    /// Hides further counts until all is safe.
    pub(crate) fn complete(&mut self) -> Result<(), Stuck> {
        loop {
            let mut hidden_more = false;
            for attacker in self.attackers() {
                // Hiding more only adds tables, so what was met stays met.
                let mut view = self.view(attacker);
                for at in 0..self.protected.len() {
                    hidden_more |= self.protect(at, &mut view)?;
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
        let mut sums = 0..self.system.relations.len();
        !sums.any(|row| self.is_small_remainder(row) && self.can_grow(row))
            && self.attackers().into_iter().all(|attacker| {
                let mut view = self.view(attacker);
                let targets = self.protected.iter();
                targets
                    .into_iter()
                    .all(|(target, need)| self.is_wide(&mut view, *target, *need))
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
        for own in self.own(attacker) {
            known.hidden[own] = false;
        }
        known
    }

    /// The counts that are an attacker's own answer, in all layers.
    fn own(&self, attacker: Option<usize>) -> impl Iterator<Item = usize> {
        let same = attacker.map_or(&[][..], |own| self.system.twins(own));
        let counts = &self.system.counts;
        same.iter().copied().filter(|twin| counts[*twin] == 1)
    }

    /// What an attacker sees, with the tables met so far that she could believe in.
    fn view(&self, attacker: Option<usize>) -> View {
        let mut view = View {
            attacker,
            low: vec![0; self.system.counts.len()],
            high: vec![0; self.system.counts.len()],
        };
        for change in self.memory.changes.borrow().iter() {
            let fits = self.own(attacker).all(|own| moves(change, own) == 0);
            if fits && self.system.agrees(&self.known, change) {
                view.add(change);
            }
        }
        view
    }

    /// Says whether a count has the range it needs before an attacker's eyes.
    fn is_wide(&self, view: &mut View, target: usize, need: i64) -> bool {
        // Nobody knows less than the public, so nobody could be owed more.
        let noted = |attacker| {
            self.memory
                .attainable
                .borrow()
                .get(&(attacker, target))
                .copied()
        };
        let need = noted(None).map_or(need, |most| need.min(most));
        if self.own(view.attacker).any(|own| own == target) || view.width(target) >= need {
            return true;
        }
        let known = self.known_to(view.attacker);
        let free = |variable: usize| known.hidden[variable].then_some(0.0);
        let most = noted(view.attacker);
        self.search(
            view,
            &known,
            target,
            most.map_or(need, |most| most.min(need)),
            &free,
        );
        if view.width(target) >= need {
            return true;
        }
        let most = most.unwrap_or_else(|| self.attainable(view.attacker, target, need));
        view.width(target) >= need.min(most)
    }

    /// Looks for tables in which a count is up to `need` apart, and notes them.
    fn search(
        &self,
        view: &mut View,
        known: &Knowledge,
        target: usize,
        need: i64,
        price: &dyn Fn(usize) -> Option<f64>,
    ) {
        for direction in [1, -1] {
            let missing = need - view.width(target);
            if missing > 0 {
                let reached = if direction > 0 {
                    view.high[target]
                } else {
                    -view.low[target]
                };
                let step = reached + missing;
                let change = self.system.moved(known, target, direction, step, price);
                if !change.is_empty() {
                    view.add(&change);
                    self.memory.changes.borrow_mut().push(change);
                }
            }
        }
    }

    /// Makes one count safe from one attacker; says whether more had to be hidden.
    fn protect(&mut self, at: usize, view: &mut View) -> Result<bool, Stuck> {
        let (target, need) = self.protected[at];
        if self.is_wide(view, target, need) {
            return Ok(false);
        }
        let attainable = self.memory.attainable.borrow();
        let most = attainable.get(&(view.attacker, target)).copied();
        let need = most.map_or(need, |most| most.min(need));
        drop(attainable);
        let known = self.known_to(view.attacker);
        let changes = self.partners(&known, view.attacker, target, need)?;
        for change in &changes {
            for (variable, _) in change {
                self.hide(*variable);
            }
            view.add(change);
            self.memory.changes.borrow_mut().push(change.clone());
        }
        Ok(true)
    }

    /// Returns changes that move a count by `need`, and whose counts are best hidden for it.
    ///
    /// Totals are what people read first. Before one is hidden it is asked whether parts would do
    /// if what other quantities tell were gone; then that is in the way.
    fn partners(
        &self,
        known: &Knowledge,
        attacker: Option<usize>,
        target: usize,
        need: i64,
    ) -> Result<[Change; 2], Stuck> {
        let prior = Knowledge {
            upper: self.prior.clone(),
            ..known.clone()
        };
        for totals in [false, true] {
            let here = |variable: usize| self.price(known, attacker, variable, totals);
            let changes = self.cheapest(known, target, need, &here);
            if reach(&changes, target) >= need {
                return Ok(changes);
            }
            let anywhere = |variable: usize| {
                here(variable).or_else(|| self.price_elsewhere(attacker, variable, totals))
            };
            let changes = self.cheapest(&prior, target, need, &anywhere);
            let tight = self.tight(known, &changes);
            if reach(&changes, target) >= need && !tight.is_empty() {
                return Err(Stuck(tight));
            }
        }
        Err(Stuck(Vec::new()))
    }

    /// Returns the counts that a change moves beyond their bounds, or against what is published
    /// elsewhere.
    fn tight(&self, known: &Knowledge, changes: &[Change]) -> Vec<usize> {
        let beyond = changes.iter().flatten().filter(|(variable, step)| {
            let count = self.system.counts[*variable] + step;
            known.upper[*variable].is_some_and(|upper| count > upper)
                || self.is_told_elsewhere(known, *variable)
        });
        beyond.map(|(variable, _)| *variable).collect()
    }

    /// Returns changes that move a count by `need`, if possible, at the least price of hiding.
    fn cheapest(
        &self,
        known: &Knowledge,
        target: usize,
        need: i64,
        price: &dyn Fn(usize) -> Option<f64>,
    ) -> [Change; 2] {
        let up = self.system.moved(known, target, 1, need, price);
        let missing = need - moves(&up, target);
        let down = if missing > 0 {
            self.system.moved(known, target, -1, missing, price)
        } else {
            Change::new()
        };
        [up, down]
    }

    /// Works out the width that a count would have if nothing were shown, at most `need`.
    fn attainable(&self, attacker: Option<usize>, target: usize, need: i64) -> i64 {
        let mut known = self.known_to(attacker);
        known.upper.clone_from(&self.prior);
        for (variable, hidden) in known.hidden.iter_mut().enumerate() {
            let could_be = self.open[variable] || self.elsewhere[variable];
            *hidden |= could_be && self.own(attacker).all(|own| own != variable);
        }
        let free = |variable: usize| known.hidden[variable].then_some(0.0);
        let up = self.system.moved(&known, target, 1, need, &free);
        let up = moves(&up, target);
        let down = self.system.moved(&known, target, -1, need - up, &free);
        let width = up - moves(&down, target);
        let key = (attacker, target);
        self.memory.attainable.borrow_mut().insert(key, width);
        width
    }

    /// What hiding a count costs: inner cells before totals, small ones before large ones.
    fn price(
        &self,
        known: &Knowledge,
        attacker: Option<usize>,
        variable: usize,
        totals: bool,
    ) -> Option<f64> {
        if self.own(attacker).any(|own| own == variable) {
            return None;
        }
        if known.hidden[variable] {
            return Some(0.0);
        }
        if self.open[variable] {
            self.price_of_kind(variable, totals)
        } else {
            None
        }
    }

    /// What hiding a count costs that is published elsewhere.
    fn price_elsewhere(
        &self,
        attacker: Option<usize>,
        variable: usize,
        totals: bool,
    ) -> Option<f64> {
        if !self.elsewhere[variable] || self.own(attacker).any(|own| own == variable) {
            return None;
        }
        self.price_of_kind(variable, totals)
    }

    fn is_told_elsewhere(&self, known: &Knowledge, variable: usize) -> bool {
        self.elsewhere[variable] && !known.hidden[variable]
    }

    fn price_of_kind(&self, variable: usize, totals: bool) -> Option<f64> {
        let sums = self.system.totals(variable);
        if sums > 0 && !totals {
            return None;
        }
        let count = f64::from(u32::try_from(self.system.counts[variable]).unwrap_or(u32::MAX));
        let kind = match sums {
            0 => 1.0,
            _ if self.system.is_root(variable) => 5_000.0,
            sums => 30.0 * f64::from(u32::try_from(sums).unwrap_or(u32::MAX)),
        };
        Some(kind + count / 200.0)
    }

    /// Hides a count, and with it the same group in the other layers.
    fn hide(&mut self, variable: usize) {
        self.known.hidden[variable] = true;
        for twin in self.system.twins(variable) {
            self.known.hidden[*twin] |= self.open[*twin];
        }
    }

    /// Hides a further part where the hidden parts of a published total are too few people.
    fn fill_remainders(&mut self) -> bool {
        let mut more = false;
        for row in 0..self.system.relations.len() {
            while self.is_small_remainder(row) {
                let relation = &self.system.relations[row];
                let parts = relation.parts.iter().copied();
                let parts = parts.filter(|part| self.open[*part] && !self.known.hidden[*part]);
                let partner = parts.min_by_key(|part| self.system.counts[*part]);
                let total = Some(relation.total).filter(|total| self.open[*total]);
                let Some(next) = partner.or(total) else {
                    // Everything around is out already or empty.
                    break;
                };
                self.hide(next);
                more = true;
            }
        }
        more
    }

    fn can_grow(&self, row: usize) -> bool {
        let relation = &self.system.relations[row];
        let mut around = relation.parts.iter().chain([&relation.total]);
        around.any(|variable| self.open[*variable] && !self.known.hidden[*variable])
    }

    fn is_small_remainder(&self, row: usize) -> bool {
        let relation = &self.system.relations[row];
        let hidden = relation.parts.iter();
        let hidden = hidden.filter(|part| self.known.hidden[**part]);
        let people: i64 = hidden.map(|part| self.system.counts[*part]).sum();
        relation.splits
            && !self.known.hidden[relation.total]
            && (1..self.least_remainder).contains(&people)
    }

    /// Returns the hidden counts.
    pub(crate) fn hidden(&self) -> BTreeSet<usize> {
        (0..self.known.hidden.len())
            .filter(|v| self.known.hidden[*v])
            .collect()
    }
}

fn reach(changes: &[Change], target: usize) -> i64 {
    changes
        .iter()
        .map(|change| moves(change, target).abs())
        .sum()
}

/// How far each count can move, as far as an attacker's tables were met.
struct View {
    attacker: Option<usize>,
    low: Vec<i64>,
    high: Vec<i64>,
}

impl View {
    fn add(&mut self, change: &Change) {
        for &(variable, step) in change {
            self.low[variable] = self.low[variable].min(step);
            self.high[variable] = self.high[variable].max(step);
        }
    }

    fn width(&self, variable: usize) -> i64 {
        self.high[variable] - self.low[variable]
    }
}
