//! What each place of a table shows in the end: a rounded figure, a band, or nothing.

use std::collections::BTreeMap;

use super::{
    history::History,
    lattice::{Group, Lattice, Place, Series, is_visible, place},
    pattern::{Pattern, is_band, threshold},
    round,
};
use crate::{
    Audit, AuditCell, Band, Cell, Estimate, RawRow, RawTable, Reason, Row, Rule, Statistic, Table,
    Unit, raw::dim,
};

/// "Near" is within a quarter step of the city's mean.
const NEAR: f64 = 0.25;

/// Turns raw rows into cells.
pub(crate) struct Cells<'a> {
    tables: &'a [RawTable],
    rule: &'a Rule,
    wave: &'a str,
    lattice: &'a Lattice,
    pattern: &'a Pattern,
    history: &'a History<'a>,
    /// Exact means, to place bands against.
    means: BTreeMap<(Series, Group), (f64, u64)>,
}

/// A place decided: what is shown, and why not the figure.
type Decided = (Cell, Option<Reason>);

impl<'a> Cells<'a> {
    pub(crate) fn new(
        tables: &'a [RawTable],
        rule: &'a Rule,
        wave: &'a str,
        lattice: &'a Lattice,
        pattern: &'a Pattern,
        history: &'a History<'a>,
    ) -> Self {
        let mut means = BTreeMap::new();
        for table in tables.iter().filter(|t| t.statistic == Statistic::Mean) {
            for row in &table.rows {
                let place = place(table, row, wave);
                if let Ok(figure) = &row.figure {
                    means.insert((place.series, place.group), (figure.value, row.answers));
                }
            }
        }
        Cells {
            tables,
            rule,
            wave,
            lattice,
            pattern,
            history,
            means,
        }
    }

    /// Returns the protected tables and why cells are withheld.
    pub(crate) fn tables(&self) -> (Vec<Table>, Audit) {
        let mut sorted: Vec<&RawTable> = self.tables.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let mut audit = Audit::default();
        let mut protected = Vec::new();
        for table in sorted {
            let mut rows = self.rows(table);
            if table.dims.iter().any(|name| name == dim::WAVE) {
                withhold_lonely_ends(table, &mut rows);
            }
            let mut shown = Vec::new();
            for (raw, (cell, reason)) in rows {
                audit.total += 1;
                if let Some(reason) = reason {
                    audit.cells.push(AuditCell {
                        table: table.id.clone(),
                        keys: raw.keys.clone(),
                        reason,
                        band: matches!(cell, Cell::Band(_)),
                    });
                }
                shown.push(Row {
                    keys: raw.keys.clone(),
                    cell,
                });
            }
            protected.push(Table {
                id: table.id.clone(),
                statistic: table.statistic,
                unit: table.unit,
                scale: table.scale,
                dims: table.dims.clone(),
                rows: shown,
            });
        }
        (protected, audit)
    }

    fn rows<'t>(&self, table: &'t RawTable) -> Vec<(&'t RawRow, Decided)> {
        let mut raw: Vec<&RawRow> = table.rows.iter().collect();
        raw.retain(|row| is_visible(table, row));
        raw.sort_by(|a, b| a.keys.cmp(&b.keys));
        let mut rows: Vec<(&RawRow, Place, Decided)> = raw
            .into_iter()
            .map(|row| {
                let place = place(table, row, self.wave);
                let decided = self.decide(table, row, &place);
                (row, place, decided)
            })
            .collect();
        if table.statistic == Statistic::Distribution {
            self.add_up(&mut rows);
        }
        rows.into_iter()
            .map(|(row, _, decided)| (row, decided))
            .collect()
    }

    fn decide(&self, table: &RawTable, row: &RawRow, place: &Place) -> Decided {
        if let Some(answers) = self.history.unchanged(&place.group) {
            if let Some(cell) = self.history.cell(&table.id, row, &place.group) {
                let reason = (!matches!(cell, Cell::Shown(_))).then_some(Reason::Unchanged);
                return (cell.clone(), reason);
            }
            // A new table may tell of the same people, not of them and a few more.
            if answers != self.lattice.people(&place.group) {
                return (Cell::Withheld, Some(Reason::Unchanged));
            }
        }
        if self.history.is_new_cut(&place.group) {
            return (Cell::Withheld, Some(Reason::Unchanged));
        }
        let figure = match &row.figure {
            Ok(figure) => figure,
            Err(reason) => return (Cell::Withheld, Some(Reason::Undefined(*reason))),
        };
        if let Some(reason) = self.pattern.reason(&place.series, &place.group) {
            let cell = self.band(figure, row, place, reason);
            return (cell.map_or(Cell::Withheld, Cell::Band), Some(reason));
        }
        let is_share = table.unit == Unit::Proportion;
        if row.answers < threshold(self.rule, &place.group)
            || (is_share && row.answers < round::SHARES_FROM)
        {
            return (Cell::Withheld, Some(Reason::TooFew));
        }
        if table.statistic == Statistic::Quantile && is_extreme(&place.level, row, self.rule) {
            return (Cell::Withheld, Some(Reason::Extreme));
        }
        let shown = round::shown_estimate(figure, table.unit, row.answers);
        (Cell::Shown(shown), None)
    }

    /// Places a mean against its city's (or a city against the network), where that is shown.
    fn band(&self, figure: &Estimate, row: &RawRow, place: &Place, reason: Reason) -> Option<Band> {
        let allowed = match reason {
            Reason::TooFew => is_band(self.rule, &place.group, row.answers),
            Reason::Same => true,
            _ => false,
        };
        if place.series.statistic != Statistic::Mean || !allowed {
            return None;
        }
        let mut wider = Group::new();
        for name in [dim::WAVE, dim::MUNICIPALITY] {
            if let Some(key) = place.group.get(name) {
                wider.insert(name.to_owned(), key.clone());
            }
        }
        if wider == place.group {
            wider.remove(dim::MUNICIPALITY);
        }
        let (mean, answers) = self.means.get(&(place.series.clone(), wider.clone()))?;
        let hidden = self.pattern.reason(&place.series, &wider).is_some();
        if wider == place.group || hidden || *answers < threshold(self.rule, &wider) {
            return None;
        }
        let distance = figure.value - mean;
        Some(if distance.abs() <= NEAR + 1e-9 {
            Band::Near
        } else if distance < 0.0 {
            Band::Below
        } else {
            Band::Above
        })
    }

    /// Rounds the shares of each distribution together, so that they add up.
    fn add_up(&self, rows: &mut [(&RawRow, Place, Decided)]) {
        let mut parts: BTreeMap<(Series, Group), Vec<usize>> = BTreeMap::new();
        for (index, (_, place, decided)) in rows.iter().enumerate() {
            let kept = self.history.unchanged(&place.group).is_some();
            if matches!(decided.0, Cell::Shown(_)) && !kept {
                let key = (place.series.clone(), place.group.clone());
                parts.entry(key).or_default().push(index);
            }
        }
        for indexes in parts.into_values() {
            let exact: Vec<f64> = indexes
                .iter()
                .filter_map(|i| rows[*i].0.figure.as_ref().ok().map(|figure| figure.value))
                .collect();
            if (exact.iter().sum::<f64>() - 1.0).abs() > 1e-6 {
                continue;
            }
            let steps = round::steps(Unit::Proportion, rows[indexes[0]].0.answers);
            for (index, share) in indexes.iter().zip(round::round_together(&exact, steps)) {
                if let Cell::Shown(figure) = &mut rows[*index].2.0 {
                    figure.value = share;
                    // A share that gave way by a step stays inside its interval.
                    figure.low = figure.low.map(|low| low.min(share));
                    figure.high = figure.high.map(|high| high.max(share));
                }
            }
        }
    }
}

/// Says whether a quantile has too few people on one side: among five people each quantile is the
/// score of one of them.
fn is_extreme(level: &str, row: &RawRow, rule: &Rule) -> bool {
    let Some(percent) = level.strip_prefix('p').and_then(|p| p.parse::<u64>().ok()) else {
        return false;
    };
    let beyond = percent.min(100_u64.saturating_sub(percent));
    beyond * row.answers < 100 * rule.min_group
}

/// Withholds trends that would show one end only (DC-10).
fn withhold_lonely_ends(table: &RawTable, rows: &mut [(&RawRow, Decided)]) {
    let wave = table.dims.iter().position(|name| name == dim::WAVE);
    let line = |row: &RawRow| {
        let keys = row.keys.iter().enumerate();
        let others = keys.filter(|(column, _)| Some(*column) != wave);
        others.map(|(_, key)| key.clone()).collect::<Vec<_>>()
    };
    let mut shown: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (row, (cell, _)) in rows.iter() {
        *shown.entry(line(row)).or_default() += usize::from(matches!(cell, Cell::Shown(_)));
    }
    for (row, decided) in rows {
        if matches!(decided.0, Cell::Shown(_)) && shown.get(&line(row)).is_some_and(|n| *n < 2) {
            *decided = (Cell::Withheld, Some(Reason::Trend));
        }
    }
}
