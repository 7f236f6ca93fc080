//! What is compared before anything is said: waves, and groups with everybody.

use std::collections::BTreeMap;

use findings::{ALL, Estimate, dim};

use super::{OutTable, Teller, Whom, ends};
use crate::estimate::{FAMILY, TEST};

/// Says that a change is the difference of two means.
const MEANS: &str = "change-means";
/// What rounding to tenths can take from the difference of two published means.
const ROUNDED_AWAY: f64 = 0.1;

/// Areas by how their mean has changed between two waves.
pub(super) struct Trend<'r> {
    pub(super) from: &'r str,
    pub(super) up: Vec<(&'r str, Difference)>,
    pub(super) down: Vec<(&'r str, Difference)>,
    pub(super) open: Vec<&'r str>,
    /// The means of both waves.
    pub(super) means: Vec<&'r Estimate>,
    /// What the changes were worked out from: the key of a sentence.
    pub(super) measured: Vec<&'static str>,
}

/// A difference with its own confidence interval; whether two intervals overlap is no test of it.
#[derive(Clone, Copy)]
pub(super) struct Difference {
    pub(super) value: f64,
    pub(super) range: [f64; 2],
}

impl Difference {
    fn is_up(&self) -> bool {
        self.range[0] > 0.0
    }

    fn is_down(&self) -> bool {
        self.range[1] < 0.0
    }

    pub(super) fn is_clear(&self) -> bool {
        self.is_up() || self.is_down()
    }
}

/// Groups whose interval does not hold everybody's mean, and how many comparisons were made.
#[derive(Default)]
pub(super) struct Groups<'r> {
    pub(super) compared: u64,
    pub(super) clear: Vec<ClearGroup<'r>>,
}

/// The areas in which a group stands clear of everybody's mean on one side.
pub(super) struct ClearGroup<'r> {
    pub(super) dim: &'r str,
    pub(super) group: &'r str,
    pub(super) above: bool,
    pub(super) areas: Vec<(&'r str, &'r Estimate)>,
}

fn of_interval(change: &Estimate) -> Option<Difference> {
    Some(Difference {
        value: change.value,
        range: ends(change)?,
    })
}

impl<'r> Teller<'_, 'r> {
    pub(super) fn trend(&self) -> Option<Trend<'r>> {
        let [from, to] = self.two_waves()?;
        let means = self.means_of_waves();
        let mut trend = Trend {
            from,
            up: Vec::new(),
            down: Vec::new(),
            open: Vec::new(),
            means: Vec::new(),
            measured: Vec::new(),
        };
        for area in self.areas_over_waves() {
            let pair = means.get(&(area, from)).zip(means.get(&(area, to)));
            let measured = self.measured_change(area, [from, to]);
            if pair.is_none() && measured.is_none() {
                continue;
            }
            trend
                .means
                .extend(pair.iter().flat_map(|(a, b)| [**a, **b]));
            let of_means = || Some((MEANS, self.difference(pair?.1, pair?.0)?));
            let Some((how, change)) = measured.or_else(of_means) else {
                trend.open.push(area);
                continue;
            };
            if !trend.measured.contains(&how) {
                trend.measured.push(how);
            }
            match change {
                change if change.is_up() => trend.up.push((area, change)),
                change if change.is_down() => trend.down.push((area, change)),
                _ => trend.open.push(area),
            }
        }
        Some(trend)
    }

    /// Returns the wave before, and the wave that the results are about, from whatever table
    /// shows waves.
    pub(super) fn two_waves(&self) -> Option<[&'r str; 2]> {
        let of_table = |id: &str, early: &str, late: &str| {
            let table = self.outcome.table(id)?;
            let (early, late) = (table.place(early)?, table.place(late)?);
            let waves = table.keys(late);
            let to = waves.iter().position(|key| *key == self.outcome.wave);
            let place = to.unwrap_or(waves.len().checked_sub(1)?);
            let to = *waves.get(place)?;
            if early == late {
                return Some([*waves.get(place.checked_sub(1)?)?, to]);
            }
            let before = table.rows.iter().filter(|row| row.keys[late] == to);
            let from = before.map(|row| row.keys[early].as_str()).next_back();
            Some([from?, to])
        };
        of_table("area.trend", dim::WAVE, dim::WAVE)
            .or_else(|| of_table("area.change", "from", "to"))
            .or_else(|| of_table("area.mixed_change", dim::WITH, dim::WAVE))
    }

    /// Returns the areas of the first table that shows waves.
    fn areas_over_waves(&self) -> Vec<&'r str> {
        let tables = ["area.trend", "area.change", "area.mixed_change"];
        let table = tables.iter().find_map(|id| self.outcome.table(id));
        let areas = table.and_then(|table| Some(table.keys(table.place(dim::AREA)?)));
        areas.unwrap_or_default()
    }

    /// Returns everybody's mean by area and wave.
    fn means_of_waves(&self) -> BTreeMap<(&'r str, &'r str), &'r Estimate> {
        let mut means = BTreeMap::new();
        let table = self.outcome.table("area.trend");
        let places = table.and_then(|table| {
            let places = (table.place(dim::AREA)?, table.place(dim::WAVE)?);
            Some((table, places))
        });
        if let Some((table, (area, wave))) = places {
            for row in table.rows_by(&[area, wave]) {
                if let Some(shown) = row.figure.shown() {
                    means.insert((row.keys[area].as_str(), row.keys[wave].as_str()), shown);
                }
            }
        }
        means
    }

    /// Returns the change that a table of this run measures with an interval: by the model of all
    /// answers, of the same people where they are at least half of those who answered now, or of
    /// everybody.
    fn measured_change(&self, area: &str, waves: [&str; 2]) -> Option<(&'static str, Difference)> {
        let [from, to] = waves;
        let model = [(dim::AREA, area), (dim::WAVE, to), (dim::WITH, from)];
        if let Some(change) = self.of_everybody("area.mixed_change", &model) {
            return Some(("change-mixed", of_interval(change)?));
        }
        let tested = |test, term| {
            let keys = [
                (dim::AREA, area),
                ("from", from),
                ("to", to),
                (TEST, test),
                (dim::TERM, term),
            ];
            self.of_everybody("area.change", &keys)
        };
        let share = tested("linked", "share_to");
        let are_many = share.is_some_and(|share| share.value >= 0.5);
        if let Some(change) = tested("paired", "difference").filter(|_| are_many) {
            return Some(("change-paired", of_interval(change)?));
        }
        let unpaired = tested("unpaired", "difference")?;
        Some(("change-unpaired", of_interval(unpaired)?))
    }

    /// Returns the figure of everybody under some keys, where it has an interval.
    fn of_everybody(&self, id: &str, keys: &[(&str, &str)]) -> Option<&'r Estimate> {
        let table = self.outcome.table(id)?;
        let places = keys.iter().map(|(dim, _)| table.place(dim));
        let places: Vec<usize> = places.collect::<Option<_>>()?;
        let open: Vec<usize> = places.iter().copied().chain(table.place(FAMILY)).collect();
        let is_meant = |key: &[String]| {
            let mut pairs = places.iter().zip(keys);
            pairs.all(|(place, (_, wanted))| key[*place] == *wanted)
        };
        let mut rows = table.rows_by(&open).into_iter();
        let shown = rows.find(|row| is_meant(row.keys))?.figure.shown()?;
        ends(shown).map(|_| shown)
    }

    /// Returns the difference of two means with its interval, whose half width is the root of the
    /// summed squares of theirs. That is right for different people; where the same people stand
    /// behind both, whose answers go together, it is rather too wide than too narrow.
    pub(super) fn difference(&self, one: &Estimate, other: &Estimate) -> Option<Difference> {
        let half = |mean: &Estimate| ends(mean).map(|[low, high]| (high - low) / 2.0);
        let (one_half, other_half) = half(one).zip(half(other))?;
        let rounded = match self.outcome.whom {
            Whom::Researcher => 0.0,
            _ => ROUNDED_AWAY,
        };
        let half = one_half.hypot(other_half) + rounded;
        let value = one.value - other.value;
        Some(Difference {
            value,
            range: [value - half, value + half],
        })
    }

    pub(super) fn groups(&self) -> Groups<'r> {
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
}
