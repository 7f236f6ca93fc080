//! Groups compared pair by pair, and whether an area measures the same in them.

use findings::{Estimate, dim};

use super::super::Teller;
use super::{Lines, is_above, is_below};
use crate::estimate::TEST;
use crate::publish::output::OutTable;

/// So many of the largest differences are named.
const MOST_NAMED: usize = 5;

/// Two groups in an area, and what is known of them.
struct Pair<'r> {
    area: &'r str,
    groups: [&'r str; 2],
    difference: &'r Estimate,
}

impl<'r> Teller<'_, 'r> {
    /// Says which groups stand clear of each other. Games and Howell's intervals hold for all
    /// pairs of an area at once.
    pub(super) fn pairs_of_groups(&self, lines: &mut Lines) {
        let mut was_any = false;
        for (column, table) in self.compared_tables("area.pairs") {
            let dims = [dim::AREA, column, dim::WITH, TEST, dim::TERM];
            let found = self.open(table, &dims).into_iter();
            let pairs = found.filter(|(keys, _)| keys[3..] == ["games_howell", "difference"]);
            let pairs: Vec<Pair<'_>> = pairs
                .map(|(keys, difference)| Pair {
                    area: keys[0],
                    groups: [keys[1], keys[2]],
                    difference,
                })
                .collect();
            if !pairs.is_empty() {
                was_any = true;
                self.clear_pairs(column, table, pairs, lines);
            }
        }
        if was_any {
            lines.sure.push(self.words.get("pairs-sure"));
        }
    }

    fn clear_pairs(
        &self,
        column: &str,
        table: &OutTable<'r>,
        pairs: Vec<Pair<'r>>,
        lines: &mut Lines,
    ) {
        let all = charts::number::whole(pairs.len() as u64, self.words.lang);
        let name = self.column(column);
        let given = [("column", name.as_str()), ("all", &all)];
        let is_clear = |pair: &Pair<'_>| is_above(pair.difference) || is_below(pair.difference);
        let mut clear: Vec<Pair<'_>> = pairs.into_iter().filter(is_clear).collect();
        let Some(count) = Some(clear.len() as u64).filter(|count| *count > 0) else {
            lines.known.push(self.words.with("pairs-none", &given));
            return;
        };
        let size = |pair: &Pair<'_>| pair.difference.value.abs();
        clear.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let list = clear.iter().take(MOST_NAMED).map(|pair| {
            let groups = pair.groups.map(|group| self.key(column, group));
            let name = format!("{} – {}, {}", groups[0], groups[1], self.area(pair.area));
            self.change(&name, pair.difference)
        });
        let list = list.collect::<Vec<_>>().join("; ");
        let mut given = given.to_vec();
        given.push(("list", &list));
        let key = match clear.len() > MOST_NAMED {
            true => "pairs-clear-most",
            false => "pairs-clear",
        };
        lines.known.push(self.words.counted(key, count, &given));
        if let Some(pair) = clear.first() {
            lines.known.extend(self.example(column, table, pair));
        }
    }

    /// Says how often somebody of the one group stands above somebody of the other.
    fn example(&self, column: &str, table: &OutTable<'r>, pair: &Pair<'r>) -> Option<String> {
        let dims = [dim::AREA, column, dim::WITH, TEST, dim::TERM];
        let [first, other] = pair.groups;
        let keys = [pair.area, first, other, "effect", "superiority"];
        let mut found = self.open(table, &dims).into_iter();
        let (_, share) = found.find(|(found, _)| *found == keys)?;
        let ([above, below], share) = match share.value >= 0.5 {
            true => ([first, other], share.value),
            false => ([other, first], 1.0 - share.value),
        };
        let [above, below] = [above, below].map(|group| self.key(column, group));
        let given = [
            ("above", above),
            ("below", below),
            ("area", self.area(pair.area)),
            ("percent", self.percent(share)),
        ];
        let given = given
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        Some(self.words.with("pairs-example", &given))
    }

    /// Says where groups must not be compared, since an area measures something else in them.
    pub(super) fn invariance(&self, lines: &mut Lines) {
        for (column, table) in self.compared_tables("area.invariance") {
            let found = self.open(table, &[dim::AREA, TEST, dim::TERM]);
            let found = found.iter();
            let tested = found.filter(|(keys, _)| keys[1..] == ["scalar", "flagged"]);
            let tested: Vec<(&str, bool)> = tested
                .map(|(keys, flagged)| (keys[0], flagged.value > 0.0))
                .collect();
            let flagged = tested.iter().filter(|(_, flagged)| *flagged);
            let flagged: Vec<String> = flagged.map(|(area, _)| self.area(area)).collect();
            let name = self.column(column);
            let given = [("column", name.as_str())];
            if !flagged.is_empty() {
                self.listed("invariance-flagged", &flagged, &given, &mut lines.cannot);
            } else if !tested.is_empty() {
                lines.sure.push(self.words.with("invariance-fine", &given));
            }
        }
    }
}
