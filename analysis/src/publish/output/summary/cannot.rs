//! What cannot be concluded: what the figures are not about, and those that are not there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Parts, Teller, joined};
use crate::publish::output::OutFigure;

/// Below this share of answers those who did not answer can change the picture.
const LOW_RATE: f64 = 0.6;

/// Tables that are told in words.
const TOLD: [&str; 6] = [
    "response.rate",
    "area.mean",
    "area.gap",
    "area.below",
    "area.alpha",
    "area.trend",
];

impl<'r> Teller<'_, 'r> {
    pub(super) fn cannot(&self, parts: &Parts<'r>) -> Vec<String> {
        let mut lines = vec![self.words.get("self")];
        if parts.trend.is_some() || parts.groups.compared > 0 {
            lines.push(self.words.get("cause"));
        }
        let is_low = matches!(self.rate(), Some(OutFigure::Shown(rate)) if rate.value < LOW_RATE);
        lines.push(self.words.get(match is_low {
            true => "nonresponse-low",
            false => "nonresponse",
        }));
        self.missing_figures(&mut lines);
        let others: BTreeSet<String> = self
            .outcome
            .tables
            .iter()
            .filter(|table| !TOLD.contains(&table.id))
            .map(|table| format!("`{}`", table.id))
            .collect();
        if !others.is_empty() {
            let list = joined(others.into_iter());
            lines.push(self.words.with("other-tables", &[("list", &list)]));
        }
        lines
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
