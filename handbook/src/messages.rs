//! Main messages: five to seven sentences chosen by rule from the findings, in a fixed order.
//!
//! Who answered; the largest gap; the staff group furthest from its target; the largest change that
//! the intervals tell apart; the environment; the support; what is nearest to its target. Nothing
//! is computed: figures are ranked and written. What is withheld is said in words.

use findings::{ALL, Cell, Estimate, Table};

use crate::lookup::written;
use crate::view::View;

/// Tables that messages and cards are chosen from; of these any finding may come to be said.
pub(crate) const TABLES: [&str; 4] = ["response.rate", "area.gap", "area.mean", "area.trend"];

/// A sentence, and the section that tells more.
#[derive(Debug, PartialEq)]
pub(crate) struct Message {
    /// What it is about, as its question among the words is named.
    pub(crate) about: &'static str,
    pub(crate) words: String,
    pub(crate) section: &'static str,
}

/// Returns the messages of an edition; a table that the findings do not have gives none.
pub(crate) fn of(view: &View<'_>) -> Vec<Message> {
    [
        ("rate", rate(view), "results.respondents"),
        ("gap", gap(view), "results.need"),
        ("group", group(view), "results.roles"),
        ("change", change(view), "results.change"),
        ("environment", environment(view), "results.environment"),
        ("support", support(view), "results.support"),
        ("well", well(view), "results.need"),
    ]
    .into_iter()
    .filter_map(|(about, words, section)| {
        let words = words?;
        Some(Message {
            about,
            words,
            section,
        })
    })
    .collect()
}

fn rate(view: &View<'_>) -> Option<String> {
    let table = view.findings().table("response.rate")?;
    let place = view.city_form("in").unwrap_or_default();
    Some(match shown(table, &vec![ALL; table.dims().len()]) {
        Some(rate) => {
            let value = written(view, table, rate.value);
            sentence(view, "message-rate", &[("in", &place), ("value", &value)])
        }
        None => sentence(view, "message-rate-withheld", &[("in", &place)]),
    })
}

/// The largest gap of everybody that lies above nought with its whole interval.
fn gap(view: &View<'_>) -> Option<String> {
    let table = view.findings().table("area.gap")?;
    let place = view.city_form("in").unwrap_or_default();
    let gaps = by_area(view, table, ALL)?;
    if gaps.is_empty() {
        return Some(sentence(view, "message-gap-withheld", &[("in", &place)]));
    }
    let Some((area, estimate)) = largest(gaps.into_iter().filter(is_clear)) else {
        return Some(sentence(view, "message-no-gap", &[("in", &place)]));
    };
    let value = written(view, table, estimate.value);
    let area = view.label("area", &area);
    let given = [
        ("in", place.as_str()),
        ("area", area.as_str()),
        ("value", value.as_str()),
    ];
    Some(sentence(view, "message-gap", &given))
}

/// The staff group and area with the largest clear gap, and how many groups are not reported.
fn group(view: &View<'_>) -> Option<String> {
    let table = view.findings().table("area.gap")?;
    let dim = table.dims().iter().position(|dim| dim == "role_group")?;
    let (mut all, mut withheld) = (Vec::new(), 0_u64);
    for group in view.keys_of(table, dim) {
        let gaps = by_area(view, table, &group)?;
        withheld += u64::from(gaps.is_empty());
        all.extend(gaps.into_iter().map(|(area, e)| ((group.clone(), area), e)));
    }
    let nothing_shown = all.is_empty() && withheld > 0;
    let mut words = match largest(all.into_iter().filter(is_clear)) {
        Some(((group, area), estimate)) => {
            let value = written(view, table, estimate.value);
            let (group, area) = (view.label("role_group", &group), view.label("area", &area));
            let given = [
                ("group", group.as_str()),
                ("area", area.as_str()),
                ("value", value.as_str()),
            ];
            sentence(view, "message-group", &given)
        }
        None if nothing_shown => String::new(),
        None => sentence(view, "message-no-group", &[]),
    };
    if withheld > 0 {
        let count = charts::number::whole(withheld, view.lang);
        let more = sentence(view, "message-groups-withheld", &[("count", &count)]);
        words = format!("{words} {more}").trim_start().to_owned();
    }
    Some(words)
}

/// The largest gap of a staff group.
pub(crate) enum Largest {
    /// Nothing is reported of the group.
    Withheld,
    /// No gap lies above nought with its whole interval.
    NotClear,
    /// The area, and how many steps are missing, in words of the language.
    Clear { area: String, value: String },
}

/// Returns the largest gap of a staff group; none without such a table.
pub(crate) fn largest_of(view: &View<'_>, group: &str) -> Option<Largest> {
    let table = view.findings().table("area.gap")?;
    let gaps = by_area(view, table, group)?;
    if gaps.is_empty() {
        return Some(Largest::Withheld);
    }
    let clear = largest(gaps.into_iter().filter(is_clear));
    Some(
        clear.map_or(Largest::NotClear, |(area, estimate)| Largest::Clear {
            value: written(view, table, estimate.value),
            area: view.label("area", &area),
        }),
    )
}

/// What the answers of a staff group say of its largest gap; none without such a table.
pub(crate) fn of_group(view: &View<'_>, group: &str) -> Option<String> {
    Some(match largest_of(view, group)? {
        Largest::Withheld => view.words.get("card-withheld"),
        Largest::NotClear => view.words.get("card-no-gap"),
        Largest::Clear { area, value } => {
            let given = [("area", area.as_str()), ("value", value.as_str())];
            view.words.with("card-gap", &given)
        }
    })
}

/// The largest change since the wave before, among those whose intervals do not touch.
fn change(view: &View<'_>) -> Option<String> {
    let table = view.findings().table("area.trend")?;
    let dim = table.dims().iter().position(|dim| dim == "wave")?;
    let areas = table.dims().iter().position(|dim| dim == "area")?;
    let (now, waves) = (&view.findings().wave, view.keys_of(table, dim));
    let before = waves.iter().rev().find(|wave| *wave < now)?;
    let key = |area: &str, wave: &str| -> Vec<String> {
        let mut keys = vec![ALL.to_owned(); table.dims().len()];
        keys[areas] = area.to_owned();
        keys[dim] = wave.to_owned();
        keys
    };
    let find = |area: &str, wave: &str| {
        let keys = key(area, wave);
        shown(table, &keys.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let mut found: Option<(String, &Estimate, &Estimate)> = None;
    for area in view.keys_of(table, areas) {
        let (Some(old), Some(new)) = (find(&area, before), find(&area, now)) else {
            continue;
        };
        let size = (new.value - old.value).abs();
        let most = found
            .as_ref()
            .map_or(0.0, |(_, old, new)| (new.value - old.value).abs());
        if are_apart(old, new) && size > most {
            found = Some((area, old, new));
        }
    }
    let wave = view.label("wave", before);
    let Some((area, old, new)) = found else {
        return Some(sentence(view, "message-no-change", &[("wave", &wave)]));
    };
    let area = view.label("area", &area);
    let before = written(view, table, old.value);
    let after = written(view, table, new.value);
    let given = [
        ("area", area.as_str()),
        ("wave", wave.as_str()),
        ("before", before.as_str()),
        ("after", after.as_str()),
    ];
    Some(sentence(view, "message-change", &given))
}

fn environment(view: &View<'_>) -> Option<String> {
    index(view, "environment", "message-environment")
}

fn support(view: &View<'_>) -> Option<String> {
    index(view, "support-function", "message-support")
}

/// The mean of everybody on the five steps of an index.
fn index(view: &View<'_>, area: &str, key: &'static str) -> Option<String> {
    let table = view.findings().table("area.mean")?;
    let cell = table.cell(&keys(table, area, ALL))?;
    Some(match cell {
        Cell::Shown(estimate) => {
            let value = written(view, table, estimate.value);
            sentence(view, key, &[("value", &value)])
        }
        _ => {
            let area = view.label("area", area);
            sentence(view, "message-withheld", &[("area", &area)])
        }
    })
}

/// The area that is nearest to its target, or furthest above it.
fn well(view: &View<'_>) -> Option<String> {
    let table = view.findings().table("area.gap")?;
    let (area, estimate) = by_area(view, table, ALL)?
        .into_iter()
        .reduce(|a, b| if b.1.value < a.1.value { b } else { a })?;
    let value = written(view, table, estimate.value.abs());
    let area = view.label("area", &area);
    let key = if estimate.value <= 0.0 {
        "message-met"
    } else {
        "message-nearest"
    };
    Some(sentence(view, key, &[("area", &area), ("value", &value)]))
}

/// Shown gaps of a group by area, in the order of the book; none where there is no such table.
fn by_area<'a>(
    view: &View<'a>,
    table: &'a Table,
    group: &str,
) -> Option<Vec<(String, &'a Estimate)>> {
    let dim = table.dims().iter().position(|dim| dim == "area")?;
    let areas = view.keys_of(table, dim).into_iter();
    Some(
        areas
            .filter_map(|area| {
                let estimate = shown(table, &keys(table, &area, group))?;
                Some((area, estimate))
            })
            .collect(),
    )
}

fn keys<'k>(table: &Table, area: &'k str, group: &'k str) -> Vec<&'k str> {
    let key = |dim: &String| match dim.as_str() {
        "area" => area,
        "role_group" => group,
        _ => ALL,
    };
    table.dims().iter().map(key).collect()
}

fn shown<'a>(table: &'a Table, keys: &[&str]) -> Option<&'a Estimate> {
    match table.cell(keys)? {
        Cell::Shown(estimate) => Some(estimate),
        Cell::Band(_) | Cell::Withheld => None,
    }
}

/// The first of the largest, so that equal figures keep the order of the book.
fn largest<'a, K>(all: impl Iterator<Item = (K, &'a Estimate)>) -> Option<(K, &'a Estimate)> {
    all.reduce(|a, b| if b.1.value > a.1.value { b } else { a })
}

fn is_clear<K>((_, estimate): &(K, &Estimate)) -> bool {
    estimate.low.unwrap_or(estimate.value) > 0.0
}

fn are_apart(a: &Estimate, b: &Estimate) -> bool {
    let ends = |e: &Estimate| Some((e.low?, e.high?));
    match (ends(a), ends(b)) {
        (Some((a_low, a_high)), Some((b_low, b_high))) => a_high < b_low || b_high < a_low,
        _ => false,
    }
}

/// Words filled in; a sentence that begins with a place begins with a capital all the same.
fn sentence(view: &View<'_>, key: &str, given: &[(&str, &str)]) -> String {
    let words = view.words.with(key, given);
    let mut chars = words.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => words,
    }
}
