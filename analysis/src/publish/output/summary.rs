//! A summary in words: what is known, how surely, and what cannot be concluded.
//!
//! It follows rules and reads nothing but the tables. A difference is called clear only where its
//! confidence interval does not reach nought, and a figure where its interval does not reach what
//! it is compared with; everything else is said to be open.

mod cannot;
mod compared;
mod further;
mod known;
mod sure;

use charts::number;
use findings::{Count, Estimate, dim};
use surveys::dataset::Origin;

use super::words::Words;
use super::{OutFigure, OutTable, Outcome, Whom};
use compared::{Groups, Trend};

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
    let further = teller.further();
    let mut known = [teller.known(&parts), further.known].concat();
    if known.is_empty() {
        known.push(words.get("nothing-known"));
    }
    for (heading, lines) in [
        ("known", known),
        ("sure", [teller.sure(&parts), further.sure].concat()),
        ("cannot", [teller.cannot(&parts), further.cannot].concat()),
    ] {
        text.push_str(&format!("\n## {}\n\n", words.get(heading)));
        for line in lines {
            text.push_str(&format!("- {line}\n"));
        }
    }
    if let Some(line) = teller.other_tables() {
        text.push_str(&format!("\n{line}\n"));
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
        ends(estimate).map(|ends| self.between(ends))
    }

    fn between(&self, ends: [f64; 2]) -> String {
        let [low, high] = ends.map(|end| self.written(end));
        number::range(&low, &high, self.words.lang)
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

fn ends(estimate: &Estimate) -> Option<[f64; 2]> {
    estimate
        .low
        .zip(estimate.high)
        .map(|(low, high)| [low, high])
}

/// Returns the least number of answers that a count allows.
fn least(n: Count) -> u64 {
    match n {
        Count::Exact(n) | Count::Range([n, _]) => n,
    }
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
}
