//! What cannot be concluded: what the figures are not about, and those that are not there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Parts, Teller, joined, plain};
use crate::publish::output::{OutFigure, OutTable};

/// Below this share of answers those who did not answer can change the picture.
const LOW_RATE: f64 = 0.6;

/// Tables that are told in words.
const TOLD: [&str; 20] = [
    "response.rate",
    "area.mean",
    "area.gap",
    "area.below",
    "area.alpha",
    "area.trend",
    "area.bounds",
    "area.change",
    "area.mixed_change",
    "area.slope",
    "area.need",
    "area.need.ranking",
    "area.need.quadrant",
    "area.levels",
    "area.level_errors",
    "area.correlations",
    "area.icc",
    "area.design_effect",
    "unit.area.shrunken",
    "text.theme",
];

/// Tables that are told in words, each with the column of the groups they compare at its end.
const TOLD_BY_COLUMN: [&str; 3] = ["area.pairs", "area.invariance", "area.dif"];

fn is_told(id: &str) -> bool {
    let of_groups = |what: &&str| {
        let column = id.strip_prefix(*what);
        column.is_some_and(|column| column.starts_with('.'))
    };
    TOLD.contains(&id) || TOLD_BY_COLUMN.iter().any(of_groups)
}

impl<'r> Teller<'_, 'r> {
    pub(super) fn cannot(&self, parts: &Parts<'r>) -> Vec<String> {
        let mut lines = vec![self.words.get("self")];
        if self.outcome.over_open_link {
            lines.push(self.words.get("open-link"));
        }
        let are_compared = |table: &OutTable<'_>| table.id.starts_with("area.pairs.");
        let further = self.outcome.tables.iter().any(are_compared);
        if parts.trend.is_some() || parts.groups.compared > 0 || further {
            lines.push(self.words.get("cause"));
        }
        let is_low = matches!(self.rate(), Some(OutFigure::Shown(rate)) if rate.value < LOW_RATE);
        lines.push(self.words.get(match is_low {
            true => "nonresponse-low",
            false => "nonresponse",
        }));
        if is_low {
            self.bounds(&mut lines);
        }
        self.missing_figures(&mut lines);
        lines
    }

    /// Says between which ends the means of the whole staff lie whatever the others think.
    fn bounds(&self, lines: &mut Vec<String>) {
        let bounds = self.shown("area.bounds").into_iter();
        let list = bounds.filter_map(|(area, found)| {
            Some(format!("{} {}", self.area(area), self.range(found)?))
        });
        let list = joined(list);
        if !list.is_empty() {
            lines.push(self.words.with("bounds", &[("list", &list)]));
        }
    }

    /// Names the tables that nothing is said of.
    pub(super) fn other_tables(&self) -> Option<String> {
        let tables = self.outcome.tables.iter();
        let others: BTreeSet<&str> = tables
            .map(|table| table.id)
            .filter(|id| !is_told(id))
            .collect();
        let names: Vec<String> = others
            .iter()
            .map(|id| plain(&self.words.table(id)))
            .collect();
        let list = names.join("; ");
        let count = others.len() as u64;
        (count > 0).then(|| {
            self.words
                .counted("other-tables", count, &[("list", &list)])
        })
    }

    /// Counts what stands in place of figures, each with its reason.
    fn missing_figures(&self, lines: &mut Vec<String>) {
        let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
        let mut undefined: BTreeMap<&'static str, u64> = BTreeMap::new();
        for row in self.outcome.tables.iter().flat_map(|table| &table.rows) {
            match row.figure {
                OutFigure::Shown(_) => {}
                OutFigure::Withheld => *counts.entry("withheld-count").or_default() += 1,
                OutFigure::Band(_) => *counts.entry("band-count").or_default() += 1,
                OutFigure::Undefined(reason) => {
                    *undefined.entry(reason.text()).or_default() += 1;
                }
            }
        }
        for (key, count) in counts.into_iter().rev() {
            lines.push(self.words.counted(key, count, &[]));
        }
        for (reason, count) in undefined {
            let reason = self.words.reason(reason);
            let given = [("reason", reason.as_str())];
            lines.push(self.words.counted("undefined-count", count, &given));
        }
    }
}
