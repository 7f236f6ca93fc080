//! A further release of the same people.

use findings::{Ledger, RawTable, Reason, Release, Rule, protect};

use crate::builder::{Rows, about, means, text};

fn tables(vantaa: u64, value: f64) -> Vec<RawTable> {
    vec![
        means("area.mean", &["area", "municipality"])
            .row("safety all", 2.5, 160 + vantaa)
            .row("safety 092", value, vantaa)
            .row("safety 398", 2.6, 80)
            .row("safety 564", 2.4, 80),
    ]
}

fn release(number: u32, tables: &[RawTable], ledger: &Ledger) -> Release {
    let mut about = about();
    about.release = number;
    about.produced.dataset_sha256 = format!("data {number}");
    protect(tables, ledger, &Rule::default(), &about).unwrap()
}

fn shown(release: &Release) -> String {
    let city = release.city("092").unwrap();
    text(city.table("area.mean").unwrap().cell(&["safety"]))
}

#[test]
fn fewer_than_ten_new_answers_leave_the_earlier_figure() {
    let first = release(1, &tables(60, 2.5), &Ledger::default());
    let nine = release(2, &tables(69, 2.9), first.ledger());
    assert_eq!([shown(&first), shown(&nine)], ["2.5 of 60", "2.5 of 60"]);
    // The count goes on from the figure that is out, not from the last release.
    let ten = release(3, &tables(70, 2.9), nine.ledger());
    assert_eq!(shown(&ten), "2.9 of 70");
}

#[test]
fn a_withheld_group_stays_so_until_ten_are_new() {
    let first = release(1, &tables(4, 2.5), &Ledger::default());
    let second = release(2, &tables(13, 2.5), first.ledger());
    let third = release(3, &tables(14, 2.5), second.ledger());
    assert_eq!(
        [shown(&first), shown(&second), shown(&third)],
        ["withheld", "withheld", "2.5 of 10-19"]
    );
    assert!(second.audit().count(Reason::Unchanged) > 0);
}

#[test]
fn a_new_table_of_nearly_the_same_people_is_withheld() {
    let first = release(1, &tables(60, 2.5), &Ledger::default());
    let with_gap = |vantaa| {
        let mut tables = tables(vantaa, 2.5);
        let mut gap = tables[0].clone();
        gap.id = "area.gap".to_owned();
        gap.statistic = findings::Statistic::Gap;
        tables.push(gap);
        let city = release(2, &tables, first.ledger()).city("092").unwrap();
        text(city.table("area.gap").unwrap().cell(&["safety"]))
    };
    assert_eq!(with_gap(60), "2.5 of 60");
    assert_eq!(with_gap(63), "withheld");
}

#[test]
fn the_same_release_again_is_the_same() {
    let first = release(1, &tables(60, 2.5), &Ledger::default());
    let again = release(1, &tables(60, 2.5), first.ledger());
    assert_eq!(first, again);
}

#[test]
fn a_number_is_not_given_to_other_data() {
    let first = release(1, &tables(60, 2.5), &Ledger::default());
    let mut about = about();
    about.produced.dataset_sha256 = "other".to_owned();
    let error = protect(&tables(75, 2.5), first.ledger(), &Rule::default(), &about).unwrap_err();
    assert_eq!(
        error.to_string(),
        "release 1 of wave 2026-syksy was made from other data; give this one the number 2"
    );
}

#[test]
fn thresholds_cannot_be_lowered_within_a_wave() {
    let strict = Rule {
        min_group: 8,
        ..Rule::default()
    };
    let first = protect(&tables(60, 2.5), &Ledger::default(), &strict, &about()).unwrap();
    let error = protect(&tables(60, 2.5), first.ledger(), &Rule::default(), &about()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "min_group is 5, but release 1 of wave 2026-syksy was made with 8; \
         thresholds cannot be lowered within a wave"
    );
}

#[test]
fn a_ledger_comes_back_from_its_file() {
    let ledger = release(1, &tables(60, 2.5), &Ledger::default())
        .ledger()
        .clone();
    let text = ledger.to_json().unwrap();
    assert_eq!(Ledger::from_json(&text).unwrap(), ledger);
    assert_eq!(ledger.releases().collect::<Vec<_>>(), [("2026-syksy", 1)]);
    assert!(
        Ledger::from_json("{\"schema\": 2, \"waves\": {}}")
            .unwrap_err()
            .to_string()
            .contains("schema 2")
    );
}

#[test]
fn a_trend_shows_of_an_earlier_wave_what_its_release_showed() {
    let trend = |wave: &str, answers: u64| {
        let mut trend = means("area.trend", &["area", "municipality", "wave"]);
        for (city, factor) in [("all", 3), ("092", 1), ("398", 1), ("564", 1)] {
            for other in ["2025-syksy", "2026-syksy"] {
                let n = if other == wave { answers } else { 40 };
                trend = trend.row(&format!("safety {city} {other}"), 2.5, n * factor);
            }
        }
        trend
    };
    let mut earlier = about();
    earlier.wave = "2025-syksy".to_owned();
    let rule = Rule::default();
    let first = protect(
        &[trend("2025-syksy", 4)],
        &Ledger::default(),
        &rule,
        &earlier,
    )
    .unwrap();
    // The data now say 44 for the earlier wave; its release withheld the city.
    let tables = [trend("2025-syksy", 44)];
    let later = protect(&tables, first.ledger(), &rule, &about()).unwrap();
    let city = later.city("092").unwrap();
    let cell = |wave| text(city.table("area.trend").unwrap().cell(&["safety", wave]));
    assert_eq!(
        [cell("2025-syksy"), cell("2026-syksy")],
        ["withheld", "withheld"]
    );
}
