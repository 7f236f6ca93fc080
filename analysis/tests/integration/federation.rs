//! Municipalities hand over integer tables; merged, they give what the answers together give.

use std::fs;
use std::path::{Path, PathBuf};

use analysis::federation::{Merged, Part, merge, tables};
use analysis::publish::run;
use findings::{Findings, RawRow, RawTable, Working};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::gold::Gold;
use crate::network::{Network, SMALL_JOB, small};
use crate::setting::{AREAS, gold};

/// The oracle's columns: wave and city.
const WAVE: usize = 1;
const CITY: usize = 2;

const WORKING: &str = "[wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]\n[groups]\nby = [\"rooli\", \"kaupunki\"]\nunit = true";
const BY_WAVE: &str = "[groups]\nby = [\"kaupunki\", \"rooli\", \"aalto\"]";
const RELEASE: &str = "[wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]\n[groups]\nby = [\"rooli\", \"kaupunki\"]\nunit = true\n[release]\nkind = \"release\"\nnumber = 1\nshown_by_name = [\"Harjukylä\", \"Kuusilahti\", \"Pellonpää\"]";

#[test]
fn merged_cities_write_the_same_working_result_as_all_answers_together() {
    let network = Network::oracle(&["tieto", "kaikki"]);
    for rest in [WORKING, BY_WAVE] {
        let job = network.job("all.csv", rest);
        let mut files = network.exchange(&job, &network.parts(|_, row| row[CITY].to_owned()));
        assert_eq!(files.len(), 7);
        let merged = merge(&files).unwrap();
        network.same(&job, &merged);
        files.reverse();
        let again = merge(&files).unwrap();
        assert_eq!(again.file.to_json(), merged.file.to_json());
    }
}

#[test]
fn merged_cities_write_the_same_release_through_the_same_gate() {
    let network = Network::oracle(&["tieto", "kaikki"]);
    let job = network.job("all.csv", RELEASE);
    // A city lacks the wave before it joined, and a partition has one wave only.
    let parts = network.parts(|_, row| format!("{}-{}", row[CITY], row[WAVE]));
    assert_eq!(parts.len(), 20);
    let files = network.exchange(&job, &parts);
    let merged = merge(&files).unwrap();
    assert_eq!(network.same(&job, &merged).len(), 16);
}

#[test]
fn ways_of_answering_travel_with_the_tables() {
    let network = Network::oracle(&["tieto"]);
    let job = network.job("all.csv", RELEASE);
    let codebook = fs::read_to_string(network.path("codebook.json")).unwrap();
    let say = |open_link: Value| {
        let mut codebook: Value = serde_json::from_str(&codebook).unwrap();
        codebook["open_link"] = open_link;
        fs::write(network.path("codebook.json"), codebook.to_string()).unwrap();
    };
    let cities = ["Harjukylä", "Kuusilahti"];
    let mut files = Vec::new();
    for (name, part) in network.parts(|_, row| row[CITY].to_owned()) {
        say(match cities.contains(&name.as_str()) {
            true => json!({"2026": [name]}),
            false => json!({}),
        });
        files.extend(network.exchange(&job, &[(name, part)].into()));
    }
    say(json!({"2026": cities}));
    network.same(&job, &merge(&files).unwrap());
    let over = |file: &str| {
        let text = fs::read_to_string(network.path("merged").join(file)).unwrap();
        Findings::from_json(&text).unwrap().over_open_link()
    };
    assert_eq!(over("network.json"), 2);
    assert_eq!(over("harjukyla.json"), 1);
    assert_eq!(over("pellonpaa.json"), 0);
}

#[test]
fn a_merged_file_can_be_merged_again() {
    let network = Network::oracle(&["tieto", "kaikki"]);
    let job = network.job("all.csv", WORKING);
    let files = network.exchange(&job, &network.parts(|number, _| (number % 3).to_string()));
    let first = merge(&files[..2]).unwrap();
    let path = network.path("first.json");
    fs::write(&path, first.file.to_json()).unwrap();
    let both = merge(&[files[2].clone(), path]).unwrap();
    assert_eq!(both.file.to_json(), merge(&files).unwrap().file.to_json());
}

/// The real size: units, needs, open answers and people who come back in seven cities.
#[test]
fn merged_cities_tell_of_units_needs_themes_and_change_as_all_answers_do() {
    let network = Network::oracle(&["tieto"]);
    let job = network.job(
        "all.csv",
        &format!("statistics = [\"icc\", \"unit_means\", \"needs\", \"themes\", \"change\", \"mixed_change\", \"break_off\", \"straight_lining\"]\n{WORKING}\n[needs.importance]\ntieto = \"tarkeys_tieto\"\n[themes]\ncolumn = \"avoin\"\n[themes.words]\nnetwork = [\"verkko\"]"),
    );
    let files = network.exchange(&job, &network.parts(|_, row| row[CITY].to_owned()));
    network.same(&job, &merge(&files).unwrap());
}

fn working_tables(network: &Network, merged: &Merged, job: &Path) -> Vec<RawTable> {
    let out = network.path("merged");
    merged.file.run(job, &out, None, &mut |_| {}).unwrap();
    let text = fs::read_to_string(out.join("working.json")).unwrap();
    Working::from_json(&text).unwrap().tables
}

fn value(tables: &[RawTable], id: &str, keys: &[&str]) -> f64 {
    let table = tables.iter().find(|table| table.id == id).unwrap();
    table.figure(keys).unwrap().unwrap().value
}

#[test]
fn merged_tables_give_the_exact_fractions_rounded_once() {
    let network = Network::oracle(&AREAS);
    let job = network.job(
        "all.csv",
        &format!("statistics = [\"mean\", \"quantile\", \"alpha\", \"compare\"]\n{BY_WAVE}\n[compare]\nby = [\"kaupunki\", \"rooli\"]\nwithin = [\"aalto\"]"),
    );
    let parts = network.parts(|number, _| (number * 31 % 11).to_string());
    let merged = merge(&network.exchange(&job, &parts)).unwrap();
    let tables = working_tables(&network, &merged, &job);
    let mut checked = 0;
    for (area, exact) in gold("exact.json")["areas"].as_object().unwrap() {
        let cities = exact["by_city"].as_object().unwrap().iter();
        let cities = cities.map(|(city, row)| (city.as_str(), row));
        for (city, row) in cities.chain([("all", &exact["pooled"])]) {
            let bits = |value: &Gold| value["value"].as_f64().unwrap().to_bits();
            let keys = [area, city, "all", "2026"];
            assert_eq!(
                value(&tables, "area.mean", &keys).to_bits(),
                bits(&row["mean"])
            );
            assert_eq!(
                value(&tables, "area.alpha", &keys).to_bits(),
                bits(&row["alpha"])
            );
            let keys = [area, city, "all", "2026", "p50"];
            assert_eq!(
                value(&tables, "area.quantile", &keys).to_bits(),
                bits(&row["median"])
            );
            let table = tables.iter().find(|table| table.id == "area.mean").unwrap();
            let mean = table.figure(&[area, city, "all", "2026"]).unwrap().unwrap();
            let n = row["n"].as_f64().unwrap_or(f64::NAN);
            let variance = mean.se.unwrap().powi(2) * n;
            let expected = row["variance"]["value"].as_f64().unwrap();
            assert!(
                (variance / expected - 1.0).abs() <= 4.0 * f64::EPSILON,
                "{area} {city}"
            );
            checked += 1;
        }
        let part = |id: &str, keys: &[&str]| -> f64 {
            let table = tables.iter().find(|table| table.id == id).unwrap();
            let fits = |row: &&RawRow| {
                row.keys
                    .starts_with(&keys.iter().map(ToString::to_string).collect::<Vec<_>>())
            };
            table
                .rows
                .iter()
                .find(fits)
                .unwrap()
                .figure
                .as_ref()
                .unwrap()
                .value
        };
        let within_four_places = |found: f64, expected: &Gold| {
            let expected = expected["value"].as_f64().unwrap();
            assert!(
                (found / expected - 1.0).abs() <= 4.0 * f64::EPSILON,
                "{area}: {found}"
            );
        };
        let h = part(
            "area.differences.municipality",
            &[area, "2026", "kruskal", "h"],
        );
        within_four_places(h, &exact["pooled"]["kruskal_H_by_city"]);
        let delta = part(
            "area.pairs.role",
            &[
                area,
                "2026",
                "koulunkäynninohjaaja",
                "opettaja",
                "effect",
                "cliff_delta",
            ],
        );
        within_four_places(
            -delta,
            &exact["cliff_delta_opettaja_vs_koulunkäynninohjaaja"],
        );
    }
    assert_eq!(checked, 48);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any split, any order, files and rows: the same bytes.
    #[test]
    fn any_split_in_any_order_writes_the_same_bytes(
        split in proptest::collection::vec(0_usize..5, 12),
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
        files in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let mut network = small();
        network.rows = order.iter().map(|place| network.rows[*place].clone()).collect();
        let job = network.job("all.csv", SMALL_JOB);
        let parts = network.parts(|number, _| split[number].to_string());
        let exchanged = network.exchange(&job, &parts);
        let ordered: Vec<PathBuf> = files
            .iter()
            .filter_map(|place| exchanged.get(*place).cloned())
            .collect();
        network.same(&job, &merge(&ordered).unwrap());
    }
}

#[test]
fn row_by_row_is_a_split_too() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let parts = network.parts(|number, _| format!("{number:02}"));
    let merged = merge(&network.exchange(&job, &parts)).unwrap();
    network.same(&job, &merged);
    assert_eq!(merged.file.answers(), 12);
}

#[test]
fn small_groups_stay_in_the_house_and_totals_stay_complete() {
    let network = Network::oracle(&["tieto", "kaikki"]);
    let job = network.job("all.csv", WORKING);
    let parts = network.parts(|_, row| row[CITY].to_owned());
    let files: Vec<PathBuf> = parts
        .iter()
        .map(|(name, file)| {
            let part = Part {
                file: Some(file.clone()),
                smallest_cell: Some(10),
            };
            let collected = tables(&job, &part).unwrap();
            assert!(!collected.notes.is_empty(), "{name}");
            let text = collected.file.to_json();
            let small = text.lines().filter(|line| {
                let people = line.split("\"people\": ").nth(1);
                let people = people.and_then(|rest| rest.split(',').next()?.parse().ok());
                people.is_some_and(|people: u64| people < 10)
            });
            assert_eq!(small.count(), 0, "{name}");
            let path = network.path(&format!("{name}.json"));
            fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let merged = merge(&files).unwrap();
    assert!(merged.notes[0].contains("fewer than 10 people"));
    let coarse = working_tables(&network, &merged, &job);
    run(&job, &network.path("pooled"), None, &mut |_| {}).unwrap();
    let text = fs::read_to_string(network.path("pooled/working.json")).unwrap();
    let exact = Working::from_json(&text).unwrap().tables;
    for keys in [["tieto", "Koskimaa", "all"], ["tieto", "all", "all"]] {
        let values = [&coarse, &exact].map(|tables| value(tables, "area.mean", &keys).to_bits());
        assert_eq!(values[0], values[1]);
    }
}
