//! Earlier releases as the gate uses them: of the same wave (DC-9), and of the waves that a trend
//! goes back to (DC-10), whose figures stay as they were released.

use std::collections::{BTreeMap, BTreeSet};

use super::lattice::{Group, Lattice, Quantity, Series, group_name, place};
use crate::{Cell, Count, Ledger, RawRow, RawTable, Statistic, ledger::Entry, raw::dim};

/// A further release of a group needs this many new answers in it.
pub(crate) const NEW_ANSWERS: u64 = 10;

/// What earlier releases showed.
pub(crate) struct History<'a> {
    ledger: &'a Ledger,
    /// Earlier releases of this wave, newest first.
    entries: Vec<&'a Entry>,
    /// Groups with an earlier figure and too few new answers for another.
    unchanged: BTreeMap<Group, u64>,
    shown: BTreeSet<(Quantity, Group)>,
    withheld: BTreeSet<(Quantity, Group)>,
    least: BTreeMap<(Series, Group), i64>,
}

impl<'a> History<'a> {
    /// Looks up the cells of these tables in what was released before.
    pub(crate) fn new(
        ledger: &'a Ledger,
        release: u32,
        tables: &[RawTable],
        wave: &str,
        lattice: &Lattice,
    ) -> Self {
        let mut history = History {
            ledger,
            entries: ledger.before(wave, release),
            unchanged: BTreeMap::new(),
            shown: BTreeSet::new(),
            withheld: BTreeSet::new(),
            least: BTreeMap::new(),
        };
        for table in tables {
            for row in &table.rows {
                let place = place(table, row, wave);
                if let Some(cell) = history.cell(&table.id, row, &place.group) {
                    history.note(cell, place.series, place.group, lattice);
                }
            }
        }
        let shown = std::mem::take(&mut history.shown);
        history.withheld.retain(|place| !shown.contains(place));
        history.shown = shown;
        history
    }

    fn note(&mut self, cell: &Cell, series: Series, group: Group, lattice: &Lattice) {
        if let Cell::Shown(figure) = cell
            && series.statistic != Statistic::ResponseRate
        {
            let least = match figure.n {
                Count::Exact(n) | Count::Range([n, _]) => i64::try_from(n).unwrap_or(i64::MAX),
            };
            self.least.insert((series.clone(), group.clone()), least);
        }
        let people = lattice.people(&group);
        let before = if group.contains_key(dim::WAVE) {
            people
        } else {
            self.answers(&group_name(&group)).unwrap_or(people)
        };
        if people >= before.saturating_add(NEW_ANSWERS) {
            return;
        }
        self.unchanged.insert(group.clone(), before);
        let place = (series.quantity, group);
        match cell {
            Cell::Shown(_) => self.shown.insert(place),
            Cell::Band(_) | Cell::Withheld => self.withheld.insert(place),
        };
    }

    /// Returns the newest cell released under a row's keys.
    pub(crate) fn cell(&self, table: &str, row: &RawRow, group: &Group) -> Option<&'a Cell> {
        let mut entries = match group.get(dim::WAVE) {
            Some(earlier) => self.ledger.before(earlier, u32::MAX).into_iter(),
            None => self.entries.clone().into_iter(),
        };
        entries.find_map(|entry| entry.cell(table, &row.keys))
    }

    /// Says whether a group of an earlier wave was in none of that wave's releases: its figures
    /// now would be another cut of the same people.
    pub(crate) fn is_new_cut(&self, group: &Group) -> bool {
        let Some(earlier) = group.get(dim::WAVE) else {
            return false;
        };
        let entries = self.ledger.before(earlier, u32::MAX);
        let mut then = group.clone();
        then.remove(dim::WAVE);
        let name = group_name(&then);
        !entries.is_empty()
            && !entries
                .iter()
                .any(|entry| entry.answers.contains_key(&name))
    }

    /// Returns the number of answers that a group's newest figures were made from.
    fn answers(&self, group: &str) -> Option<u64> {
        self.entries
            .iter()
            .find_map(|entry| entry.answers.get(group))
            .copied()
    }

    /// Returns the answers behind the earlier figures of a group that keeps them.
    pub(crate) fn unchanged(&self, group: &Group) -> Option<u64> {
        self.unchanged.get(group).copied()
    }

    /// Says whether a group's figures are out and stay as they are.
    pub(crate) fn keeps_shown(&self, quantity: &Quantity, group: &Group) -> bool {
        self.shown.contains(&(quantity.clone(), group.clone()))
    }

    /// Says whether a group was withheld and has too few new answers to be shown now.
    pub(crate) fn keeps_withheld(&self, quantity: &Quantity, group: &Group) -> bool {
        self.withheld.contains(&(quantity.clone(), group.clone()))
    }

    /// Returns the least number of answers that an earlier figure gives away.
    pub(crate) fn least(&self, series: &Series, group: &Group) -> i64 {
        let least = self.least.get(&(series.clone(), group.clone()));
        least.copied().unwrap_or(0)
    }
}
