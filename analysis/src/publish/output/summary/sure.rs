//! How surely it is known: intervals, alphas, and what stays open.

use charts::number;

use super::known::MOST_GROUPS;
use super::{Parts, Teller, ends, least};

/// Below this alpha the statements of an area hardly measure one thing (Nunnally 1978).
const LEAST_ALPHA: f64 = 0.7;
/// From so many comparisons on, chance is worth a warning.
const MANY: u64 = 20;

impl<'r> Teller<'_, 'r> {
    pub(super) fn sure(&self, parts: &Parts<'r>) -> Vec<String> {
        let mut lines = Vec::new();
        let has_intervals = parts.means.iter().any(|(_, mean)| ends(mean).is_some());
        if has_intervals {
            let percent = self.percent(self.outcome.confidence);
            lines.push(self.words.with("confidence", &[("percent", &percent)]));
            lines.push(self.words.get("clear-means"));
        } else {
            lines.push(self.words.get("no-intervals"));
        }
        let groups = parts.groups.clear.iter().take(MOST_GROUPS);
        let of_groups = groups.flat_map(|group| group.areas.iter().map(|(_, mean)| *mean));
        let of_waves = parts.trend.iter().flat_map(|trend| &trend.means).copied();
        let quoted = parts.means.iter().map(|(_, mean)| *mean);
        let quoted = quoted.chain(of_groups).chain(of_waves);
        let fewest = quoted.map(|mean| mean.n).min_by_key(|n| least(*n));
        if let Some(n) = fewest {
            lines.push(self.words.with("fewest", &[("n", &self.count(n))]));
        }
        self.alphas(&mut lines);
        let open = |[low, high]: [f64; 2]| low <= 0.0 && high >= 0.0;
        self.areas_of_gaps("gap-unclear", parts, &open, &mut lines);
        if let Some(trend) = &parts.trend {
            let areas: Vec<String> = trend.open.iter().map(|area| self.area(area)).collect();
            self.listed("trend-unclear", &areas, &[("from", trend.from)], &mut lines);
            lines.extend(trend.measured.iter().map(|how| self.words.get(how)));
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
}

/// Returns a number cut to two decimals: "at least 0.80" must hold for 0.797 too.
fn floor(value: f64, written: &dyn Fn(f64) -> String) -> String {
    written((value * 100.0 + 1e-9).floor() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_least_is_cut_and_not_rounded_up() {
        let written = |value: f64| format!("{value:.2}");
        assert_eq!(floor(0.797, &written), "0.79");
        assert_eq!(floor(0.8, &written), "0.80");
    }
}
