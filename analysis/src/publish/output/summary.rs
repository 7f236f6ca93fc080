//! A summary in words: what is known, how surely, and what cannot be concluded.
//!
//! It follows rules and reads nothing but the tables. A difference is called clear only where a
//! confidence interval does not reach what is compared with; everything else is said to be open.

use std::collections::{BTreeMap, BTreeSet};

use charts::number;
use findings::{ALL, Count, Estimate, Undefined, dim};
use surveys::dataset::Origin;

use super::words::Words;
use super::{OutFigure, OutTable, Outcome, Whom};

/// Below this alpha the statements of an area hardly measure one thing (Nunnally 1978).
const LEAST_ALPHA: f64 = 0.7;
/// Below this share of answers those who did not answer can change the picture.
const LOW_RATE: f64 = 0.6;
/// So many groups are named; the others are counted.
const MOST_GROUPS: usize = 8;
/// From so many comparisons on, chance is worth a warning.
const MANY: u64 = 20;

/// Tables that are told in words.
const TOLD: [&str; 6] = [
    "response.rate",
    "area.mean",
    "area.gap",
    "area.below",
    "area.alpha",
    "area.trend",
];

/// Returns the summary as Markdown.
pub(super) fn text(outcome: &Outcome<'_>, words: &Words) -> String {
    let teller = Teller { outcome, words };
    let parts = Parts {
        means: teller.shown("area.mean"),
        gaps: teller.shown("area.gap"),
        trend: teller.trend(),
        groups: teller.groups(),
    };
    let mut text = format!("# {}\n", plain(&words.title(outcome)));
    let mut warnings = Vec::new();
    if outcome.origin == Origin::Simulated {
        warnings.push(words.get("simulated"));
    }
    if outcome.whom == Whom::Researcher {
        warnings.push(words.get("working"));
    }
    for warning in warnings {
        text.push_str(&format!("\n> **{warning}**\n"));
    }
    for (heading, lines) in [
        ("known", teller.known(&parts)),
        ("sure", teller.sure(&parts)),
        ("cannot", teller.cannot(&parts)),
    ] {
        text.push_str(&format!("\n## {}\n\n", words.get(heading)));
        for line in lines {
            text.push_str(&format!("- {line}\n"));
        }
    }
    text
}

/// What several sections look at.
struct Parts<'r> {
    means: Vec<(&'r str, &'r Estimate)>,
    gaps: Vec<(&'r str, &'r Estimate)>,
    trend: Option<Trend<'r>>,
    groups: Groups<'r>,
}

/// Areas by how their mean has changed between two waves.
struct Trend<'r> {
    from: &'r str,
    up: Vec<(&'r str, f64)>,
    down: Vec<(&'r str, f64)>,
    open: Vec<&'r str>,
}

/// Groups whose interval does not hold everybody's mean, and how many comparisons were made.
#[derive(Default)]
struct Groups<'r> {
    compared: u64,
    clear: Vec<ClearGroup<'r>>,
}

/// The areas in which a group stands clear of everybody's mean on one side.
struct ClearGroup<'r> {
    dim: &'r str,
    group: &'r str,
    above: bool,
    areas: Vec<(&'r str, &'r Estimate)>,
}

struct Teller<'o, 'r> {
    outcome: &'o Outcome<'r>,
    words: &'o Words,
}

impl<'r> Teller<'_, 'r> {
    /// Returns the figures of everybody together, area by area.
    fn shown(&self, table: &str) -> Vec<(&'r str, &'r Estimate)> {
        let table = self.outcome.table(table);
        let figures = table.map(|table| table.by(dim::AREA)).unwrap_or_default();
        let figures = figures.into_iter();
        figures
            .filter_map(|(area, figure)| Some((area, figure.shown()?)))
            .collect()
    }

    fn rate(&self) -> Option<OutFigure<'r>> {
        let table = self.outcome.table("response.rate")?;
        table.rows_by(&[]).first().map(|row| row.figure)
    }

    fn trend(&self) -> Option<Trend<'r>> {
        let table = self.outcome.table("area.trend")?;
        let (area, wave) = (table.place(dim::AREA)?, table.place(dim::WAVE)?);
        let waves = table.keys(wave);
        let to = waves.iter().position(|key| *key == self.outcome.wave);
        let to = to.unwrap_or(waves.len().checked_sub(1)?);
        let from = *waves.get(to.checked_sub(1)?)?;
        let mut figures: BTreeMap<(&str, &str), &Estimate> = BTreeMap::new();
        for row in table.rows_by(&[area, wave]) {
            if let Some(shown) = row.figure.shown() {
                figures.insert((&row.keys[area], &row.keys[wave]), shown);
            }
        }
        let mut trend = Trend {
            from,
            up: Vec::new(),
            down: Vec::new(),
            open: Vec::new(),
        };
        for area in table.keys(area) {
            let pair = figures
                .get(&(area, from))
                .zip(figures.get(&(area, waves[to])));
            let Some((before, after)) = pair else {
                continue;
            };
            let change = after.value - before.value;
            match (ends(before), ends(after)) {
                (Some([_, high]), Some([low, _])) if low > high => trend.up.push((area, change)),
                (Some([low, _]), Some([_, high])) if high < low => trend.down.push((area, change)),
                _ => trend.open.push(area),
            }
        }
        Some(trend)
    }

    fn groups(&self) -> Groups<'r> {
        let mut found = Groups::default();
        let Some(table) = self.outcome.table("area.mean") else {
            return found;
        };
        let Some(area) = table.place(dim::AREA) else {
            return found;
        };
        let all: BTreeMap<&str, f64> = self
            .shown("area.mean")
            .into_iter()
            .map(|(area, mean)| (area, mean.value))
            .collect();
        for dim in table.group_dims() {
            self.compare(table, (area, dim), &all, &mut found);
        }
        found
    }

    fn compare(
        &self,
        table: &OutTable<'r>,
        (area, dim): (usize, usize),
        all: &BTreeMap<&str, f64>,
        found: &mut Groups<'r>,
    ) {
        let mut clear: BTreeMap<(&str, bool), Vec<(&str, &Estimate)>> = BTreeMap::new();
        for row in table.rows_by(&[area, dim]) {
            let (name, group) = (row.keys[area].as_str(), row.keys[dim].as_str());
            let Some((shown, mean)) = row.figure.shown().zip(all.get(name)) else {
                continue;
            };
            let Some([low, high]) = ends(shown).filter(|_| group != ALL) else {
                continue;
            };
            found.compared += 1;
            if low > *mean || high < *mean {
                clear
                    .entry((group, low > *mean))
                    .or_default()
                    .push((name, shown));
            }
        }
        let dim = table.dims[dim].as_str();
        found
            .clear
            .extend(clear.into_iter().map(|((group, above), areas)| ClearGroup {
                dim,
                group,
                above,
                areas,
            }));
    }

    fn known(&self, parts: &Parts<'r>) -> Vec<String> {
        let mut lines = Vec::new();
        match self.rate() {
            Some(OutFigure::Shown(rate)) => lines.push(self.words.with(
                "rate",
                &[
                    ("percent", &self.percent(rate.value)),
                    ("n", &self.count(rate.n)),
                ],
            )),
            Some(OutFigure::Undefined(Undefined::FrameUnknown)) => {
                lines.push(self.words.get("rate-unknown"));
            }
            _ => {}
        }
        self.means(parts, &mut lines);
        self.gaps(parts, &mut lines);
        if let Some(trend) = &parts.trend {
            for (key, areas) in [("trend-up", &trend.up), ("trend-down", &trend.down)] {
                if !areas.is_empty() {
                    let list = areas.iter().map(|(area, change)| {
                        let change = number::signed(*change, self.decimals(), self.words.lang);
                        format!("{} ({change})", self.area(area))
                    });
                    let given = [("from", trend.from), ("list", &joined(list))];
                    lines.push(self.words.counted(key, areas.len() as u64, &given));
                }
            }
        }
        self.clear_groups(&parts.groups, &mut lines);
        if lines.is_empty() {
            lines.push(self.words.get("nothing-known"));
        }
        lines
    }

    fn means(&self, parts: &Parts<'r>, lines: &mut Vec<String>) {
        let mut means = parts.means.clone();
        means.sort_by(|a, b| b.1.value.total_cmp(&a.1.value).then(a.0.cmp(b.0)));
        let scale = self
            .outcome
            .table("area.mean")
            .and_then(|table| table.scale);
        let scale = scale.map_or_else(String::new, |[low, high]| {
            let end = |end| number::decimal(end, 0, self.words.lang);
            format!("{}–{}", end(low), end(high))
        });
        match &means[..] {
            [] => {}
            [(area, mean)] => lines.push(self.words.with(
                "mean-one",
                &[
                    ("name", &self.area(area)),
                    ("value", &self.steps(mean)),
                    ("scale", &scale),
                ],
            )),
            [(_, high), .., (_, low)] if self.written(high.value) == self.written(low.value) => {
                let given = [("value", self.written(high.value)), ("scale", scale)];
                let given = given
                    .each_ref()
                    .map(|(name, value)| (*name, value.as_str()));
                lines.push(self.words.with("mean-same", &given));
            }
            [(highest, high), .., (lowest, low)] => {
                lines.push(self.words.with(
                    "mean-range",
                    &[
                        ("highest", &self.area(highest)),
                        ("high", &self.steps(high)),
                        ("lowest", &self.area(lowest)),
                        ("low", &self.steps(low)),
                        ("scale", &scale),
                    ],
                ));
                if let (Some([above, _]), Some([_, below])) = (ends(high), ends(low)) {
                    let key = match above > below {
                        true => "mean-clear",
                        false => "mean-unclear",
                    };
                    lines.push(self.words.get(key));
                }
            }
        }
    }

    fn gaps(&self, parts: &Parts<'r>, lines: &mut Vec<String>) {
        let largest = parts
            .gaps
            .iter()
            .max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        if let Some((area, gap)) = largest.filter(|(_, gap)| gap.value > 0.0) {
            let range = self
                .range(gap)
                .map_or_else(String::new, |range| format!(" ({range})"));
            let given = [
                ("name", self.area(area)),
                ("value", self.written(gap.value)),
                ("range", range),
            ];
            let given = given
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            lines.push(self.words.with("gap-largest", &given));
        }
        let short = |[low, _]: [f64; 2]| low > 0.0;
        let met = |[_, high]: [f64; 2]| high < 0.0;
        self.areas_of_gaps("gap-short", parts, &short, lines);
        self.areas_of_gaps("gap-met", parts, &met, lines);
        let below = self.shown("area.below");
        let most = below.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        if let Some((area, share)) = most {
            let value = self.percent(share.value);
            let given = [("name", self.area(area)), ("value", value)];
            let given = given
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            lines.push(self.words.with("below-most", &given));
        }
    }

    fn areas_of_gaps(
        &self,
        key: &str,
        parts: &Parts<'r>,
        is_meant: &dyn Fn([f64; 2]) -> bool,
        lines: &mut Vec<String>,
    ) {
        let gaps = parts.gaps.iter();
        let meant = gaps.filter(|(_, gap)| ends(gap).is_some_and(is_meant));
        let areas: Vec<String> = meant.map(|(area, _)| self.area(area)).collect();
        self.listed(key, &areas, &[], lines);
    }

    fn listed(&self, key: &str, areas: &[String], given: &[(&str, &str)], lines: &mut Vec<String>) {
        if !areas.is_empty() {
            let list = joined(areas.iter().cloned());
            let mut all = vec![("list", list.as_str())];
            all.extend_from_slice(given);
            lines.push(self.words.counted(key, areas.len() as u64, &all));
        }
    }

    fn clear_groups(&self, groups: &Groups<'r>, lines: &mut Vec<String>) {
        for group in groups.clear.iter().take(MOST_GROUPS) {
            let areas = group
                .areas
                .iter()
                .map(|(area, mean)| format!("{} {}", self.area(area), self.steps(mean)));
            let label = self.outcome.label(group.dim, group.group, self.words.lang);
            let key = match group.above {
                true => "group-above",
                false => "group-below",
            };
            let given = [("group", plain(label)), ("list", joined(areas))];
            let given = given
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            lines.push(self.words.with(key, &given));
        }
        let more = groups.clear.len().saturating_sub(MOST_GROUPS) as u64;
        if more > 0 {
            let given = [("table", "`area.mean`")];
            lines.push(self.words.counted("groups-more", more, &given));
        }
    }

    fn sure(&self, parts: &Parts<'r>) -> Vec<String> {
        let mut lines = Vec::new();
        let has_intervals = parts.means.iter().any(|(_, mean)| ends(mean).is_some());
        if has_intervals {
            let percent = self.percent(self.outcome.confidence);
            lines.push(self.words.with("confidence", &[("percent", &percent)]));
            lines.push(self.words.get("clear-means"));
        } else {
            lines.push(self.words.get("no-intervals"));
        }
        let least = |n: Count| match n {
            Count::Exact(n) | Count::Range([n, _]) => n,
        };
        let fewest = parts
            .means
            .iter()
            .map(|(_, mean)| mean.n)
            .min_by_key(|n| least(*n));
        if let Some(n) = fewest {
            lines.push(self.words.with("fewest", &[("n", &self.count(n))]));
        }
        self.alphas(&mut lines);
        let open = |[low, high]: [f64; 2]| low <= 0.0 && high >= 0.0;
        self.areas_of_gaps("gap-unclear", parts, &open, &mut lines);
        if let Some(trend) = &parts.trend {
            let areas: Vec<String> = trend.open.iter().map(|area| self.area(area)).collect();
            self.listed("trend-unclear", &areas, &[("from", trend.from)], &mut lines);
        }
        if parts.groups.compared >= MANY {
            lines.push(self.words.counted("many", parts.groups.compared, &[]));
        }
        lines
    }

    fn alphas(&self, lines: &mut Vec<String>) {
        let alphas = self.shown("area.alpha");
        let written = |alpha: f64| number::decimal(alpha, 2, self.words.lang);
        let low: Vec<String> = alphas
            .iter()
            .filter(|(_, alpha)| alpha.value < LEAST_ALPHA)
            .map(|(area, alpha)| format!("{} ({})", self.area(area), written(alpha.value)))
            .collect();
        let least = alphas
            .iter()
            .map(|(_, alpha)| alpha.value)
            .min_by(f64::total_cmp);
        match least {
            Some(least) if low.is_empty() => {
                lines.push(
                    self.words
                        .with("alpha-fine", &[("value", &floor(least, &written))]),
                );
            }
            _ => self.listed(
                "alpha-low",
                &low,
                &[("limit", &written(LEAST_ALPHA))],
                lines,
            ),
        }
    }

    fn cannot(&self, parts: &Parts<'r>) -> Vec<String> {
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

    fn area(&self, key: &str) -> String {
        plain(self.outcome.label(dim::AREA, key, self.words.lang))
    }

    /// Findings are rounded to tenths already; a researcher sees a digit more.
    fn decimals(&self) -> usize {
        match self.outcome.whom {
            Whom::Researcher => 2,
            _ => 1,
        }
    }

    fn written(&self, value: f64) -> String {
        number::decimal(value, self.decimals(), self.words.lang)
    }

    fn range(&self, estimate: &Estimate) -> Option<String> {
        let [low, high] = ends(estimate)?;
        let (low, high) = (self.written(low), self.written(high));
        Some(number::range(&low, &high, self.words.lang))
    }

    fn steps(&self, estimate: &Estimate) -> String {
        let value = self.written(estimate.value);
        match self.range(estimate) {
            Some(range) => format!("{value} ({range})"),
            None => value,
        }
    }

    fn percent(&self, share: f64) -> String {
        number::percent(share, self.words.lang)
    }

    fn count(&self, count: Count) -> String {
        number::count(count, self.words.lang)
    }
}

/// Returns a number cut to two decimals: "at least 0.80" must hold for 0.797 too.
fn floor(value: f64, written: &dyn Fn(f64) -> String) -> String {
    written((value * 100.0 + 1e-9).floor() / 100.0)
}

fn ends(estimate: &Estimate) -> Option<[f64; 2]> {
    estimate
        .low
        .zip(estimate.high)
        .map(|(low, high)| [low, high])
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

/// Returns a text that Markdown takes for words alone.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => plain.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' => {
                plain.push('\\');
                plain.push(letter);
            }
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_cannot_become_markup() {
        assert_eq!(plain("a*b\n<i>"), "a\\*b \\<i\\>");
    }

    #[test]
    fn at_least_is_cut_and_not_rounded_up() {
        let written = |value: f64| format!("{value:.2}");
        assert_eq!(floor(0.797, &written), "0.79");
        assert_eq!(floor(0.8, &written), "0.80");
    }
}
