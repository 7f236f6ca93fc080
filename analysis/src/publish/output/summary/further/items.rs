//! Statements that work differently in groups at the same level of the rest.

use std::collections::BTreeMap;

use findings::dim;

use super::super::Teller;
use super::Lines;
use crate::estimate::{NO_FAMILY, TEST};
use crate::publish::output::OutTable;

/// From this gain of Nagelkerke's R² on a difference is more than negligible (Jodoin and Gierl
/// 2001).
const LEAST_GAIN: f64 = 0.035;

/// A statement and two groups.
type Compared<'r> = (&'r str, [&'r str; 2]);

/// What is known of a statement in two groups.
#[derive(Clone, Copy, Default)]
struct Known {
    p: Option<f64>,
    gain: Option<f64>,
}

impl<'r> Teller<'_, 'r> {
    /// Names statements that favour a group: neither by chance nor by a trifle.
    pub(super) fn dif(&self, lines: &mut Lines) {
        let mut was_found = false;
        for (column, table) in self.compared_tables("area.dif") {
            let known = self.of_items(column, table);
            let tested = known.values().filter(|it| it.p.is_some()).count() as u64;
            if tested == 0 {
                continue;
            }
            let limit = 1.0 - self.outcome.confidence;
            let found = known.iter().filter(|(_, it)| {
                it.p.is_some_and(|p| p < limit) && it.gain.is_some_and(|gain| gain >= LEAST_GAIN)
            });
            let list: Vec<String> = found
                .map(|((item, groups), _)| {
                    let groups = groups.map(|group| self.key(column, group));
                    format!(
                        "{} ({} – {})",
                        self.key(dim::ITEM, item),
                        groups[0],
                        groups[1]
                    )
                })
                .collect();
            let (name, all) = (
                self.column(column),
                charts::number::whole(tested, self.words.lang),
            );
            let given = [("column", name.as_str()), ("all", &all)];
            if list.is_empty() {
                lines.known.push(self.words.with("dif-none", &given));
            } else {
                was_found = true;
                self.of_list("dif-found", &list, &given, &mut lines.known);
            }
        }
        if was_found {
            lines.cannot.push(self.words.get("dif-cannot"));
        }
    }

    fn of_items(&self, column: &str, table: &OutTable<'r>) -> BTreeMap<Compared<'r>, Known> {
        let mut known: BTreeMap<Compared<'_>, Known> = BTreeMap::new();
        let dims = [column, dim::WITH, dim::ITEM, TEST, dim::TERM, "family"];
        // Every statement is in one area; the area is open, so that all of them are looked at.
        let dims = [&[dim::AREA][..], &dims].concat();
        for (keys, figure) in self.open(table, &dims) {
            let of = (keys[3], [keys[1], keys[2]]);
            match keys[4..] {
                ["total", "p_holm", _] => known.entry(of).or_default().p = Some(figure.value),
                ["effect", "nagelkerke_total", NO_FAMILY] => {
                    known.entry(of).or_default().gain = Some(figure.value);
                }
                _ => {}
            }
        }
        known
    }
}
