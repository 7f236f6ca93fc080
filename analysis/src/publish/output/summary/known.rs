//! What is known: rates, means, gaps, and what stands clear of something.

use charts::number;
use findings::Undefined;

use super::compared::Groups;
use super::{Parts, Teller, joined, plain};
use crate::publish::output::OutFigure;

/// So many groups are named; the others are counted.
pub(super) const MOST_GROUPS: usize = 8;

impl<'r> Teller<'_, 'r> {
    pub(super) fn known(&self, parts: &Parts<'r>) -> Vec<String> {
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
                        let value = number::signed(change.value, self.decimals(), self.words.lang);
                        format!(
                            "{} {value} ({})",
                            self.area(area),
                            self.between(change.range)
                        )
                    });
                    let given = [("from", trend.from), ("list", &joined(list))];
                    lines.push(self.words.counted(key, areas.len() as u64, &given));
                }
            }
        }
        self.clear_groups(&parts.groups, &mut lines);
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
                let mut range = self.words.with(
                    "mean-range",
                    &[
                        ("highest", &self.area(highest)),
                        ("high", &self.steps(high)),
                        ("lowest", &self.area(lowest)),
                        ("low", &self.steps(low)),
                        ("scale", &scale),
                    ],
                );
                let Some(apart) = self.difference(high, low) else {
                    return lines.push(range);
                };
                range = format!("{range} {}", self.words.get("mean-interval"));
                let order = match apart.is_clear() {
                    true => "mean-clear",
                    false => "mean-unclear",
                };
                let value = self.written(apart.value);
                let given = [("value", value), ("range", self.between(apart.range))];
                let given = given
                    .each_ref()
                    .map(|(name, value)| (*name, value.as_str()));
                lines.extend([range, self.words.with(order, &given)]);
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
        if let Some((area, share)) = most.filter(|(_, share)| share.value > 0.0) {
            let value = self.percent(share.value);
            let given = [("name", self.area(area)), ("value", value)];
            let given = given
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            lines.push(self.words.with("below-most", &given));
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
}
