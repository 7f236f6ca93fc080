//! What is compared before anything is said: waves, and groups with everybody.

use std::collections::BTreeMap;

use findings::{ALL, Estimate, dim};

use super::{OutTable, Teller, ends};

/// Areas by how their mean has changed between two waves.
pub(super) struct Trend<'r> {
    pub(super) from: &'r str,
    pub(super) up: Vec<(&'r str, f64)>,
    pub(super) down: Vec<(&'r str, f64)>,
    pub(super) open: Vec<&'r str>,
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

impl<'r> Teller<'_, 'r> {
    pub(super) fn trend(&self) -> Option<Trend<'r>> {
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
