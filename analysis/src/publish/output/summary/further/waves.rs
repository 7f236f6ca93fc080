//! Change over waves: who could be linked, how they differ from the others, and where it leads.

use findings::{Count, Estimate, dim};

use super::super::{Teller, least};
use super::{Found, Lines, is_above, is_below};
use crate::estimate::TEST;

impl<'r> Teller<'_, 'r> {
    /// Says how many answered twice, and where they started from elsewhere than the others.
    pub(super) fn linked_people(&self, lines: &mut Lines) {
        let Some(table) = self.outcome.table("area.change") else {
            return;
        };
        let Some([from, to]) = self.two_waves() else {
            return;
        };
        let dims = [dim::AREA, "from", "to", TEST, dim::TERM];
        let found = self.open(table, &dims);
        let of = |test: &str, term: &str| -> Vec<(&'r str, &'r Estimate)> {
            let meant = |(keys, _): &&Found<'r>| keys[1..] == [from, to, test, term];
            let found = found.iter().filter(meant);
            found.map(|(keys, figure)| (keys[0], *figure)).collect()
        };
        let people = of("linked", "people").into_iter();
        let most = people.max_by(|a, b| a.1.value.total_cmp(&b.1.value));
        let share = most.and_then(|(area, _)| {
            let mut shares = of("linked", "share_to").into_iter();
            shares.find(|(other, _)| *other == area)
        });
        if let (Some((_, people)), Some((_, share))) = (most, share) {
            let n = self.count(Count::Exact(people.value.round() as u64));
            let percent = self.percent(share.value);
            let given = [("n", n.as_str()), ("percent", &percent), ("to", to)];
            lines.sure.push(self.words.with("change-linked", &given));
        }
        let elsewhere = of("start", "difference").into_iter();
        let elsewhere = elsewhere.filter(|(_, start)| is_above(start) || is_below(start));
        let list: Vec<String> = elsewhere
            .map(|(area, start)| self.change(&self.area(area), start))
            .collect();
        self.of_list("change-start", &list, &[], &mut lines.cannot);
    }

    /// Says where the line over three waves or more leads.
    pub(super) fn slopes(&self, lines: &mut Lines) {
        let slopes = self.shown("area.slope");
        let list = |meant: &dyn Fn(&Estimate) -> bool| -> Vec<String> {
            let meant = slopes.iter().filter(|(_, slope)| meant(slope));
            meant
                .map(|(area, slope)| self.change(&self.area(area), slope))
                .collect()
        };
        self.of_list("slope-up", &list(&is_above), &[], &mut lines.known);
        self.of_list("slope-down", &list(&is_below), &[], &mut lines.known);
        let open = slopes.iter();
        let open = open.filter(|(_, slope)| !is_above(slope) && !is_below(slope));
        let open: Vec<String> = open.map(|(area, _)| self.area(area)).collect();
        self.listed("slope-unclear", &open, &[], &mut lines.sure);
        if slopes.iter().any(|(_, slope)| least(slope.n) > 0) {
            lines.cannot.push(self.words.get("slope-cannot"));
        }
    }
}
