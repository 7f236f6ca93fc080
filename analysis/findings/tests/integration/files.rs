//! Findings and working results as text, and texts that are not what they should be.

use findings::{Findings, RawTable, Undefined, Working};

use crate::builder::{Rows, about, means, release};

fn tables() -> Vec<RawTable> {
    vec![
        means("area.mean", &["area", "municipality"])
            .row("safety all", 2.5, 237)
            .row("safety 092", 2.45, 95)
            .row("safety 398", 2.613, 82)
            .row("safety 564", 2.388, 60)
            .no_row("support all", Undefined::NotAsked),
        means("unit.area.mean", &["area", "municipality", "unit"])
            .row("safety 092 all", 2.45, 95)
            .row("safety 092 092-a", 2.6, 9)
            .row("safety 092 092-b", 2.2, 7)
            .row("safety 092 092-c", 2.7, 12)
            .row("safety 092 092-d", 2.4, 52)
            .row("safety 092 092-e", 2.3, 15),
    ]
}

#[test]
fn a_city_file_is_the_same_byte_for_byte() {
    let city = release(&tables()).city("092").unwrap();
    let golden = include_str!("../data/vantaa.json");
    assert_eq!(city.to_json().unwrap(), golden);
    assert_eq!(Findings::from_json(golden).unwrap(), city);
}

#[test]
fn rows_in_another_order_give_the_same_bytes() {
    let mut turned = tables();
    turned.reverse();
    for table in &mut turned {
        table.rows.reverse();
    }
    let [one, other] = [tables(), turned].map(|tables| release(&tables).city("092").unwrap());
    assert_eq!(one.to_json().unwrap(), other.to_json().unwrap());
}

fn said(from: &str, to: &str) -> String {
    let golden = include_str!("../data/vantaa.json");
    assert!(golden.contains(from), "{from}");
    let text = golden.replacen(from, to, 1);
    Findings::from_json(&text).unwrap_err().to_string()
}

#[test]
fn another_schema_version_is_refused_with_both_numbers() {
    assert_eq!(
        said("\"schema\": 1", "\"schema\": 2, \"new\": true"),
        "the file has schema 2, this program reads schema 1; make it again with this program, \
         or read it with the program that made it"
    );
    assert!(said("\"schema\": 1", "\"schema\": \"one\"").contains("schema \"one\""));
    assert!(said("\"schema\": 1,", "").contains("schema none"));
}

#[test]
fn hostile_files_are_refused_with_a_reason() {
    let cases = [
        ("\"release\": 1", "\"release\": -1", "invalid value"),
        (
            "\"release\": 1",
            "\"release\": 1, \"release\": 1",
            "duplicate field",
        ),
        (
            "\"release\": 1",
            "\"release\": 1, \"secret\": 1",
            "unknown field `secret`",
        ),
        ("\"value\": 2.5,", "\"value\": NaN,", "expected value"),
        ("\"value\": 2.5,", "\"value\": null,", "invalid type: null"),
        (
            "\"value\": 2.5,",
            "\"value\": 1e999,",
            "number out of range",
        ),
        (
            "\"value\": 2.5,",
            "\"value\": \"2.5\",",
            "invalid type: string",
        ),
        (
            "\"low\": 2.2",
            "\"low\": 3.2",
            "the interval is upside down",
        ),
        (
            "\"se\": 0.1",
            "\"se\": -0.1",
            "the standard error is negative",
        ),
        (
            "[10, 19]",
            "[19, 10]",
            "the range of answers is upside down",
        ),
        (
            "[\"safety\", \"092-a\"]",
            "[\"safety\"]",
            "one key for each dimension",
        ),
        (
            "[\"safety\", \"092-a\"]",
            "[\"safety\", \"092-b\"]",
            "row is out of order",
        ),
        ("\"near\"", "\"best\"", "unknown variant `best`"),
        (
            "\"wave\": \"2026-syksy\"",
            "\"wave\": \"\"",
            "names no wave",
        ),
        ("\"area.mean\"", "\"zone.mean\"", "tables are out of order"),
    ];
    for (from, to, expected) in cases {
        let message = said(from, to);
        assert!(message.contains(expected), "{to}: {message}");
    }
}

#[test]
fn half_a_file_is_refused_with_its_place() {
    let golden = include_str!("../data/vantaa.json");
    for end in [0, 1, 10, golden.len() / 2, golden.len() - 3] {
        let message = Findings::from_json(&golden[..end]).unwrap_err().to_string();
        assert!(message.contains("line"), "{message}");
    }
    let deep = "[".repeat(100_000);
    assert!(Findings::from_json(&deep).is_err());
}

fn working() -> Working {
    let about = about();
    Working::new(
        about.wave,
        about.origin,
        about.produced,
        about.labels,
        tables(),
    )
}

#[test]
fn a_working_result_comes_back_exactly_and_is_no_findings() {
    let working = working();
    let text = working.to_json().unwrap();
    assert_eq!(Working::from_json(&text).unwrap(), working);
    assert_eq!(
        Findings::from_json(&text).unwrap_err().to_string(),
        "this is a working result with exact, unprotected figures; only findings of a numbered \
         release may be shown: run the job with kind = \"release\""
    );
    let findings = include_str!("../data/vantaa.json");
    let error = Working::from_json(findings).unwrap_err().to_string();
    assert!(error.contains("not a working result"), "{error}");
}

#[test]
fn a_working_result_keeps_every_digit() {
    let mut working = working();
    let exact = [0.1 + 0.2, 1.0 / 3.0, -0.0, 1e300];
    for (row, value) in working.tables[0].rows.iter_mut().zip(exact) {
        if let Ok(figure) = &mut row.figure {
            figure.value = value;
            figure.low = None;
            figure.high = None;
        }
    }
    let text = working.to_json().unwrap();
    assert_eq!(Working::from_json(&text).unwrap(), working);
    assert!(!text.contains("-0.0"));
    working.tables[0].rows[0].figure.as_mut().unwrap().value = f64::INFINITY;
    let error = working.to_json().unwrap_err().to_string();
    assert_eq!(
        error,
        "table `area.mean`, row safety / 092: a number is not finite"
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::default()
    })]

    #[test]
    fn a_damaged_file_is_refused_or_still_sound(place in 0..2000_usize, byte in 32..127_u8) {
        let mut bytes = include_bytes!("../data/vantaa.json").to_vec();
        bytes[place % 2000] = byte;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(findings) = Findings::from_json(&text) {
            let again = findings.to_json().unwrap();
            proptest::prop_assert_eq!(Findings::from_json(&again).unwrap(), findings);
        }
    }
}
