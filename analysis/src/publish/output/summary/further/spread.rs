//! Levels, how areas go together, and themes of open answers.

use std::collections::BTreeMap;

use findings::{ALL, Estimate, dim};

use super::super::Teller;
use super::Lines;

/// So many themes are named.
const MOST_NAMED: usize = 5;

impl<'r> Teller<'_, 'r> {
    /// Says which level most people are on, and how many are on a wrong one.
    pub(super) fn levels(&self, lines: &mut Lines) {
        let Some(table) = self.outcome.table("area.levels") else {
            return;
        };
        let mut most: BTreeMap<&str, (&str, &Estimate)> = BTreeMap::new();
        for (keys, share) in self.open(table, &[dim::AREA, dim::LEVEL]) {
            let best = most.entry(keys[0]).or_insert((keys[1], share));
            if share.value > best.1.value {
                *best = (keys[1], share);
            }
        }
        let list: Vec<String> = most
            .iter()
            .map(|(area, (level, share))| {
                let level = self.key(dim::LEVEL, level);
                format!("{} – {level} {}", self.area(area), self.share(share))
            })
            .collect();
        self.of_list("levels-most", &list, &[], &mut lines.known);
        let wrong = self.by_area("area.level_errors", "misclassified");
        let worst = wrong.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        if let Some((area, share)) = worst {
            let (percent, name) = (self.percent(share.value), self.area(area));
            let given = [("percent", percent.as_str()), ("name", &name)];
            lines.sure.push(self.words.with("levels-error", &given));
        }
        if !list.is_empty() {
            lines.cannot.push(self.words.get("levels-cannot"));
        }
    }

    /// Says which areas go together most and least.
    pub(super) fn correlations(&self, lines: &mut Lines) {
        let Some(table) = self.outcome.table("area.correlations") else {
            return;
        };
        let mut pairs = self.open(table, &[dim::AREA, dim::WITH]);
        pairs.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let said = |(keys, r): &(Vec<&str>, &Estimate)| {
            let value = charts::number::decimal(r.value, 2, self.words.lang);
            let range = r.low.zip(r.high).map_or(String::new(), |(low, high)| {
                let [low, high] =
                    [low, high].map(|end| charts::number::decimal(end, 2, self.words.lang));
                format!(" ({})", charts::number::range(&low, &high, self.words.lang))
            });
            let names = [self.area(keys[0]), self.area(keys[1])];
            (names, format!("{value}{range}"))
        };
        let mut say = |key: &str, pair: &(Vec<&str>, &Estimate)| {
            let ([one, other], r) = said(pair);
            let given = [("one", one.as_str()), ("other", &other), ("r", &r)];
            lines.known.push(self.words.with(key, &given));
        };
        match pairs.as_slice() {
            [] => return,
            [only] => say("correlations-one", only),
            [strongest, .., weakest] => {
                say("correlations-strongest", strongest);
                say("correlations-weakest", weakest);
            }
        }
        lines.cannot.push(self.words.get("correlations-cannot"));
    }

    /// Says what open answers are about most often.
    pub(super) fn themes(&self, lines: &mut Lines) {
        let Some(table) = self.outcome.table("text.theme") else {
            return;
        };
        let mut themes = self.open(table, &[dim::ITEM, dim::LEVEL]);
        themes.retain(|(keys, _)| keys[1] != ALL);
        themes.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
        let n = themes.iter().map(|(_, share)| share.n).next();
        let list: Vec<String> = themes
            .iter()
            .take(MOST_NAMED)
            .map(|(keys, share)| {
                let theme = self.key(dim::LEVEL, keys[1]);
                format!("{theme} {}", self.share(share))
            })
            .collect();
        if let Some(n) = n.map(|n| self.count(n)) {
            self.of_list("themes-most", &list, &[("n", &n)], &mut lines.known);
            lines.cannot.push(self.words.get("themes-cannot"));
        }
    }
}
