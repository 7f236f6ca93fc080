//! Findings as wide as the instrument's, for the book we carry.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use surveys::{Catalog, DimensionKind, ItemKind, Lang, Localized, Survey};

use crate::fixture::{read_folder, table};

/// The instrument of the repository.
pub(crate) fn survey(catalog: &Catalog) -> Survey {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../surveys/instruments/icteko-perus"
    );
    let mut sources = read_folder(folder);
    sources.retain(|name, _| !name.starts_with("releases/") && !name.starts_with("tests/"));
    let (survey, problems) = surveys::definition::check(&sources, catalog);
    let lines: Vec<String> = problems.iter().map(|p| p.one_line()).collect();
    survey.unwrap_or_else(|| panic!("{}", lines.join("\n")))
}

fn labels(text: &Localized) -> Value {
    let all: BTreeMap<&str, &str> = Lang::ALL.iter().map(|l| (l.tag(), text.get(*l))).collect();
    json!(all)
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn figure(value: f64, half: f64, n: u64) -> Value {
    json!({"shown": {"value": value, "low": round(value - half), "high": round(value + half), "n": n}})
}

fn share(percent: u64, n: u64) -> Value {
    let value = |percent: u64| percent as f64 / 100.0;
    json!({"shown": {"value": value(percent), "low": value(percent.saturating_sub(3)),
        "high": value((percent + 3).min(100)), "n": n}})
}

/// A number that depends on its place only: the fixture is invented, and the same every time.
fn spread(a: usize, b: usize, of: usize) -> usize {
    (a * 7 + b * 5 + a * b) % of
}

/// Findings of the network or of a city, with every table the instrument's job makes.
pub(crate) fn findings(catalog: &Catalog, survey: &Survey, slug: &str, code: &str) -> Value {
    let groups: Vec<&str> = std::iter::once("all")
        .chain(catalog.role_groups.iter().map(|group| group.id.as_str()))
        .collect();
    let is_small = |g: usize| g % 7 == 6;
    let all: Vec<&str> = survey.dimensions.iter().map(|d| d.id.as_str()).collect();
    let competences: Vec<&str> = survey
        .dimensions
        .iter()
        .filter(|d| d.kind == DimensionKind::Competence)
        .map(|d| d.id.as_str())
        .collect();
    let by_group = |areas: &[&'_ str], cell: &dyn Fn(usize, usize) -> Value| {
        let mut rows = Vec::new();
        for (a, area) in areas.iter().enumerate() {
            for (g, group) in groups.iter().enumerate() {
                let cell = if is_small(g) {
                    json!("withheld")
                } else {
                    cell(a, g)
                };
                rows.push((vec![(*area).to_owned(), (*group).to_owned()], cell));
            }
        }
        rows
    };
    let n = |g: usize| if g == 0 { 1184 } else { 40 + g as u64 * 13 };
    let mean = |a: usize, g: usize| figure(round(2.0 + spread(a, g, 12) as f64 / 10.0), 0.1, n(g));
    let gap =
        |a: usize, g: usize| figure(round(spread(a, g + 1, 11) as f64 / 10.0 - 0.2), 0.1, n(g));
    let below = |a: usize, g: usize| share(20 + spread(a, g, 40) as u64, n(g));
    let area_role = &["area", "role_group"];
    let mut tables = vec![
        owned(
            "area.mean",
            "mean",
            "scale",
            area_role,
            by_group(&all, &mean),
        ),
        owned(
            "area.gap",
            "gap",
            "scale",
            area_role,
            by_group(&competences, &gap),
        ),
        owned(
            "area.below",
            "below_target",
            "proportion",
            area_role,
            by_group(&competences, &below),
        ),
    ];
    let alphas = all.iter().enumerate().map(|(a, area)| {
        let value = 0.75 + spread(a, 1, 15) as f64 / 100.0;
        let cell = json!({"shown": {"value": value, "low": value - 0.02, "high": value + 0.02, "n": 1100}});
        (vec![(*area).to_owned()], cell)
    });
    tables.push(owned(
        "area.alpha",
        "alpha",
        "number",
        &["area"],
        alphas.collect(),
    ));
    let mut trend = Vec::new();
    for (a, area) in all.iter().enumerate() {
        for (w, wave) in ["2025-syksy", "2026-syksy"].iter().enumerate() {
            trend.push((vec![(*area).to_owned(), (*wave).to_owned()], mean(a, w)));
        }
    }
    tables.push(owned(
        "area.trend",
        "mean",
        "scale",
        &["area", "wave"],
        trend,
    ));
    let rates = groups.iter().enumerate().map(|(g, group)| {
        let cell = if is_small(g) {
            json!("withheld")
        } else {
            share(55 + spread(g, 2, 30) as u64, n(g))
        };
        (vec![(*group).to_owned()], cell)
    });
    tables.push(owned(
        "response.rate",
        "response_rate",
        "proportion",
        &["role_group"],
        rates.collect(),
    ));
    let (items, item_labels, level_labels) = distribution(survey);
    tables.push(owned(
        "item.distribution",
        "distribution",
        "proportion",
        &["item", "level"],
        items,
    ));
    if slug == "network" {
        tables.extend(cities(catalog, &all, &groups));
    } else {
        tables.push(owned(
            "network.area.mean",
            "mean",
            "scale",
            area_role,
            by_group(&all, &mean),
        ));
    }
    tables.sort_by_key(|table| table["id"].as_str().map(str::to_owned));
    let population = if slug == "network" {
        json!({"kind": "network"})
    } else {
        json!({"kind": "city", "code": code, "slug": slug})
    };
    let areas: BTreeMap<&str, Value> = survey
        .dimensions
        .iter()
        .map(|d| (d.id.as_str(), labels(&d.title)))
        .collect();
    json!({
        "schema": 1, "release": 1, "population": population, "wave": "2026-syksy", "origin": "simulated",
        "produced": {"program": "icteko 0.1.0", "dataset_sha256": "d".repeat(64), "job_sha256": "e".repeat(64)},
        "rule": {"min_unit": 10, "min_group": 5, "min_cities": 3, "shown_by_name": []},
        "labels": {"area": areas, "item": item_labels, "level": level_labels},
        "tables": tables,
    })
}

fn owned(
    id: &str,
    statistic: &str,
    unit: &str,
    dims: &[&str],
    rows: Vec<(Vec<String>, Value)>,
) -> Value {
    let rows = rows
        .iter()
        .map(|(keys, cell)| (keys.iter().map(String::as_str).collect(), cell.clone()))
        .collect();
    table(id, statistic, unit, dims, rows)
}

type Labels = BTreeMap<String, Value>;

fn distribution(survey: &Survey) -> (Vec<(Vec<String>, Value)>, Labels, Labels) {
    let (mut rows, mut items, mut levels) = (Vec::new(), Labels::new(), Labels::new());
    for (i, item) in survey.items.iter().enumerate() {
        let ItemKind::Likert { scale } = &item.kind else {
            continue;
        };
        let steps = &survey
            .scale(scale)
            .expect("a checked survey has its scales")
            .steps;
        let key = item.id.as_str().replace('-', "_");
        let weights: Vec<u64> = (0..steps.len())
            .map(|s| 2 + spread(i, s, 9) as u64)
            .collect();
        let sum: u64 = weights.iter().sum();
        for (step, weight) in steps.iter().zip(&weights) {
            let level = step.value.0.to_string();
            let percent = (*weight as f64 / sum as f64 * 100.0).round() as u64;
            let cell = if i % 17 == 5 {
                json!("withheld")
            } else {
                share(percent, 1100)
            };
            levels.insert(format!("{key}:{level}"), labels(&step.text));
            rows.push((vec![key.clone(), level], cell));
        }
        items.insert(key, labels(&item.text));
    }
    (rows, items, levels)
}

fn cities(catalog: &Catalog, areas: &[&str], groups: &[&str]) -> Vec<Value> {
    let named = ["oulu", "tampere", "vantaa"];
    let cities = catalog
        .municipalities
        .iter()
        .filter(|city| named.contains(&city.slug.as_str()));
    let (mut means, mut rates) = (Vec::new(), Vec::new());
    for (c, city) in cities.enumerate() {
        let code = city.code.as_str().to_owned();
        for (g, group) in groups.iter().enumerate() {
            let key = vec![code.clone(), (*group).to_owned()];
            rates.push((key, share(50 + spread(c, g, 40) as u64, 100)));
            for (a, area) in areas.iter().enumerate() {
                let key = vec![(*area).to_owned(), code.clone(), (*group).to_owned()];
                means.push((
                    key,
                    figure(round(2.0 + spread(a, c + g, 12) as f64 / 10.0), 0.2, 100),
                ));
            }
        }
    }
    vec![
        owned(
            "city.area.mean",
            "mean",
            "scale",
            &["area", "municipality", "role_group"],
            means,
        ),
        owned(
            "city.response.rate",
            "response_rate",
            "proportion",
            &["municipality", "role_group"],
            rates,
        ),
    ]
}
