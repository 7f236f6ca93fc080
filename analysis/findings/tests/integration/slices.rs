//! The files a release is cut into.

use findings::{Population, RawTable, Rule, Statistic, Unit};

use crate::builder::{Rows, means, release, release_by, table, text};

fn tables() -> Vec<RawTable> {
    let mut mean = means("area.mean", &["area", "municipality", "role_group"]);
    for (city, each) in [("all", 120), ("092", 40), ("398", 40), ("564", 40)] {
        mean = mean
            .row(&format!("safety {city} all"), 2.5, each * 2)
            .row(&format!("safety {city} teachers"), 2.7, each)
            .row(&format!("safety {city} library"), 2.3, each);
    }
    let units = means("unit.area.mean", &["area", "municipality", "unit"])
        .row("safety 092 all", 2.5, 80)
        .row("safety 092 092-a", 2.6, 50)
        .row("safety 092 092-b", 2.3, 30);
    vec![units, mean]
}

#[test]
fn the_network_file_has_no_units_and_no_city_names() {
    let network = release(&tables()).network();
    let ids: Vec<&str> = network.tables.iter().map(findings::Table::id).collect();
    assert_eq!(ids, ["area.mean"]);
    let mean = network.table("area.mean").unwrap();
    assert_eq!(mean.dims(), ["area", "role_group"]);
    assert_eq!(text(mean.cell(&["safety", "teachers"])), "2.7 of 120");
    assert!(!network.to_json().unwrap().contains("Vantaa"));
    assert_eq!(network.population, Population::Network);
}

#[test]
fn a_city_file_has_its_own_figures_its_units_and_the_network() {
    let release = release(&tables());
    assert_eq!(release.cities(), ["092", "398", "564"]);
    let city = release.city("092").unwrap();
    let ids: Vec<&str> = city.tables.iter().map(findings::Table::id).collect();
    assert_eq!(ids, ["area.mean", "network.area.mean", "unit.area.mean"]);
    let cell = |id: &str, keys: &[&str]| text(city.table(id).unwrap().cell(keys));
    assert_eq!(cell("area.mean", &["safety", "teachers"]), "2.7 of 40");
    assert_eq!(
        cell("network.area.mean", &["safety", "teachers"]),
        "2.7 of 120"
    );
    assert_eq!(cell("unit.area.mean", &["safety", "092-a"]), "2.6 of 50");
    assert!(city.labels["unit"].contains_key("092-a"));
    let other = release.city("398").unwrap().to_json().unwrap();
    assert!(!other.contains("092"));
    assert!(release.city("999").is_none());
}

#[test]
fn cities_stand_by_name_when_at_least_three_share() {
    let network = |named: &[&str]| {
        let rule = Rule {
            shown_by_name: named.iter().map(|code| (*code).to_owned()).collect(),
            ..Rule::default()
        };
        release_by(&tables(), &rule).unwrap().network()
    };
    let three = network(&["092", "398", "564"]);
    let by_name = three.table("city.area.mean").unwrap();
    assert_eq!(by_name.dims(), ["area", "municipality", "role_group"]);
    assert_eq!(text(by_name.cell(&["safety", "564", "all"])), "2.5 of 80");
    assert_eq!(by_name.cell(&["safety", "all", "all"]), None);
    assert!(network(&["092", "398"]).table("city.area.mean").is_none());
    // A city that is not in the data is no third one.
    assert!(
        network(&["092", "398", "837"])
            .table("city.area.mean")
            .is_none()
    );
}

#[test]
fn data_without_municipalities_are_the_network() {
    let mean = means("area.mean", &["area", "faculty"])
        .row("safety all", 2.5, 40)
        .row("safety law", 2.4, 20)
        .row("safety arts", 2.6, 20);
    let release = release(&[mean]);
    assert!(release.cities().is_empty());
    let network = release.network();
    assert_eq!(
        network.table("area.mean").unwrap().dims(),
        ["area", "faculty"]
    );
    assert_eq!(
        text(network.table("area.mean").unwrap().cell(&["safety", "law"])),
        "2.4 of 20"
    );
}

#[test]
fn a_trend_with_one_end_is_no_trend() {
    let trend = |before: u64| {
        let mut trend = table(
            "area.trend",
            Statistic::Mean,
            Unit::Scale,
            &["area", "municipality", "wave"],
        );
        for (city, factor) in [("all", 3), ("092", 1), ("398", 1), ("564", 1)] {
            trend = trend
                .row(&format!("safety {city} 2026-syksy"), 2.5, 40 * factor)
                .row(&format!("safety {city} 2025-syksy"), 2.3, before * factor);
        }
        let city = release(&[trend]).city("092").unwrap();
        let cell = |wave| text(city.table("area.trend").unwrap().cell(&["safety", wave]));
        [cell("2025-syksy"), cell("2026-syksy")]
    };
    assert_eq!(trend(30), ["2.3 of 30", "2.5 of 40"]);
    assert_eq!(trend(4), ["withheld", "withheld"]);
}
