//! Units: how much they differ, what that costs, and why they cannot be put in order.

use std::collections::BTreeMap;

use findings::{ALL, Count, Estimate};

use super::super::{Teller, ends};
use super::{Found, Lines, is_above};

impl<'r> Teller<'_, 'r> {
    /// Says which part of the spread is between units, and what people of one unit cost.
    pub(super) fn icc(&self, lines: &mut Lines) {
        let likeness = self.by_area("area.icc", "icc1");
        let (clear, open): (Vec<_>, Vec<_>) =
            likeness.into_iter().partition(|(_, icc)| is_above(icc));
        let list: Vec<String> = clear
            .iter()
            .map(|(area, icc)| format!("{} {}", self.area(area), self.share(icc)))
            .collect();
        self.of_list("icc-clear", &list, &[], &mut lines.known);
        let open: Vec<String> = open.iter().map(|(area, _)| self.area(area)).collect();
        self.listed("icc-unclear", &open, &[], &mut lines.sure);
        let left = self.by_area("area.icc", "effective_n").into_iter();
        let left = left.filter(|(area, _)| clear.iter().any(|(other, _)| other == area));
        let worst = left.min_by(|a, b| a.1.value.total_cmp(&b.1.value));
        if let Some((area, effective)) = worst {
            let given = [
                ("name", self.area(area)),
                ("n", self.count(effective.n)),
                ("effective", self.whole(effective.value)),
            ];
            let given = given
                .each_ref()
                .map(|(name, value)| (*name, value.as_str()));
            lines.sure.push(self.words.with("icc-cost", &given));
        }
    }

    /// Counts units that stand clear of the mean of all, and says how unsure their order is.
    pub(super) fn units(&self, lines: &mut Lines) {
        let Some(table) = self.outcome.table("unit.area.shrunken") else {
            return;
        };
        let dims: Vec<&str> = table.dims.iter().map(String::as_str).collect();
        let found = self.open(table, &dims);
        let mut by_area: BTreeMap<&str, Units<'_>> = BTreeMap::new();
        for (keys, figure) in found {
            by_area.entry(keys[0]).or_default().add((keys, figure));
        }
        let list: Vec<String> = by_area
            .iter()
            .filter_map(|(area, units)| {
                let [above, below] = units.clear()?.map(|count| self.whole(count as f64));
                let name = self.area(area);
                let given = [
                    ("name", name.as_str()),
                    ("above", &above),
                    ("below", &below),
                ];
                Some(self.words.with("units-item", &given))
            })
            .collect();
        self.of_list("units-clear", &list, &[], &mut lines.known);
        let ranks = by_area.values().flat_map(|units| &units.ranks);
        let widest = ranks.max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
        if let Some(ends) = widest.filter(|[low, high]| high > low) {
            let [low, high] = ends.map(|end| self.whole(end));
            let given = [("low", low.as_str()), ("high", &high)];
            lines.cannot.push(self.words.with("units-order", &given));
        }
    }

    /// Says what the design does to the error of the means.
    pub(super) fn design(&self, lines: &mut Lines) {
        let effects = self.shown("area.design_effect");
        let of = |pick: fn(f64, f64) -> f64| {
            let values = effects.iter().map(|(_, effect)| effect.value);
            values.reduce(pick)
        };
        if let (Some(low), Some(high)) = (of(f64::min), of(f64::max)) {
            let [low, high] = [low, high].map(|value| self.written(value));
            let key = match low == high {
                true => "design-effect-one",
                false => "design-effect",
            };
            let given = [("low", low.as_str()), ("high", &high)];
            lines.sure.push(self.words.with(key, &given));
        }
    }

    fn whole(&self, value: f64) -> String {
        self.count(Count::Exact(value.round().max(0.0) as u64))
    }
}

/// The units of an area, and the mean of all.
#[derive(Default)]
struct Units<'r> {
    all: Option<&'r Estimate>,
    means: Vec<&'r Estimate>,
    ranks: Vec<[f64; 2]>,
}

impl<'r> Units<'r> {
    fn add(&mut self, (keys, figure): Found<'r>) {
        let Some((term, groups)) = keys[1..].split_last() else {
            return;
        };
        let is_all = groups.iter().all(|key| *key == ALL);
        let is_unit = groups.iter().all(|key| *key != ALL);
        match *term {
            "shrunken" if is_all => self.all = Some(figure),
            "shrunken" if is_unit => self.means.push(figure),
            "rank" if is_unit => self.ranks.extend(ends(figure)),
            _ => {}
        }
    }

    /// Returns how many are clearly above the mean of all, and how many below.
    fn clear(&self) -> Option<[usize; 2]> {
        let all = self.all?.value;
        let known: Vec<[f64; 2]> = self.means.iter().filter_map(|mean| ends(mean)).collect();
        let above = known.iter().filter(|[low, _]| *low > all).count();
        let below = known.iter().filter(|[_, high]| *high < all).count();
        (!known.is_empty()).then_some([above, below])
    }
}
