//! Figures that say too much although enough people stand behind them.
//!
//! Sameness (DC-5): when all or all but one gave the same answer, the figure is everybody's
//! answer. Dominance (DC-8) and remainder (DC-7): a network figure of too few municipalities, of
//! one that outweighs the others, or that leaves too few people when a municipality subtracts
//! itself.

use std::collections::BTreeMap;

use super::{
    lattice::{Group, Lattice, Series, is_visible, place},
    pattern::{Hidden, threshold},
    round,
};
use crate::{RawRow, RawTable, Reason, Rule, Statistic, raw::dim};

/// Returns the figures to withhold for what they say, by series and group.
pub(crate) fn figures(
    tables: &[RawTable],
    lattice: &Lattice,
    rule: &Rule,
    wave: &str,
) -> BTreeMap<Series, Hidden> {
    let mut telling: BTreeMap<Series, Hidden> = BTreeMap::new();
    for (series, counts) in &lattice.counts {
        for group in dominated(counts, rule) {
            let hidden = telling.entry(series.clone()).or_default();
            hidden.insert(group, Reason::Dominance);
        }
    }
    for table in tables {
        for row in table.rows.iter().filter(|row| is_visible(table, row)) {
            let place = place(table, row, wave);
            if row.answers >= threshold(rule, &place.group) && is_same(table, row) {
                let hidden = telling.entry(place.series).or_default();
                hidden.insert(place.group, Reason::Same);
            }
        }
    }
    telling
}

/// Says whether a figure is nearly everybody's answer.
fn is_same(table: &RawTable, row: &RawRow) -> bool {
    let Ok(figure) = &row.figure else {
        return false;
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of people are far below 2^52"
    )]
    let share = |part: f64| part * row.answers as f64;
    let most = match table.statistic {
        // That everybody took part is no answer.
        Statistic::ResponseRate | Statistic::Alpha | Statistic::Working => return false,
        Statistic::Distribution => share(figure.value),
        Statistic::BelowTarget => share(figure.value.max(1.0 - figure.value)),
        Statistic::Mean | Statistic::Quantile | Statistic::Gap => 0.0,
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of people are far below 2^52"
    )]
    let (all_but_one, modal) = ((row.answers - 1) as f64, row.modal as f64);
    let counted = table.statistic != Statistic::BelowTarget && modal >= all_but_one;
    counted || most > all_but_one - 1e-6 || is_at_end(table, figure.value)
}

/// Says whether a mean, as it would be shown, is an end of its scale.
fn is_at_end(table: &RawTable, value: f64) -> bool {
    let steps = round::steps(table.unit, round::EXACT_FROM);
    table.statistic == Statistic::Mean
        && table.scale.is_some_and(|[low, high]| {
            let shown = round::round(value, steps);
            shown <= low || shown >= high
        })
}

/// Returns the groups over all municipalities that too few of them, or too much one of them,
/// stand behind.
fn dominated(counts: &BTreeMap<Group, u64>, rule: &Rule) -> Vec<Group> {
    let mut parts: BTreeMap<Group, Vec<u64>> = BTreeMap::new();
    for (group, answers) in counts {
        if group.contains_key(dim::MUNICIPALITY) {
            let mut network = group.clone();
            network.remove(dim::MUNICIPALITY);
            parts.entry(network).or_default().push(*answers);
        }
    }
    parts.retain(|network, cities| {
        let total = counts.get(network).copied().unwrap_or(0);
        let contributing = cities.iter().filter(|answers| **answers > 0).count() as u64;
        let largest = cities.iter().copied().max().unwrap_or(0);
        let outweighs = largest.saturating_mul(5) > total.saturating_mul(4);
        let remainder = cities
            .iter()
            .any(|answers| *answers > 0 && total.saturating_sub(*answers) < rule.min_group);
        total > 0 && (contributing < rule.min_cities || outweighs || remainder)
    });
    parts
        .into_keys()
        .filter(|network| counts.contains_key(network))
        .collect()
}
