//! Small cases where tools go wrong, as listed in the reference results.

use analysis::estimate::{Design, alpha, mean, quantile, share_at_or_above};
use analysis::{Dataset, Grouping, Quantity};
use findings::{Estimate, Undefined};
use serde_json::{Value, json};

use crate::setting::{close, gold};

fn case(id: &str) -> Value {
    let cases = gold("edge.json")["cases"].clone();
    let found = cases
        .as_array()
        .unwrap()
        .iter()
        .find(|case| case["id"] == id);
    found.unwrap_or_else(|| panic!("no case {id}")).clone()
}

fn area() -> Quantity {
    Quantity::Dimension("area".to_owned())
}

/// Makes a dataset of rows of items 0 to 5, with 8 and 9 missing and one area of all items.
fn data(rows: &Value, rule: &Value) -> Dataset {
    let rows: Vec<&Vec<Value>> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r.as_array().unwrap())
        .collect();
    let names: Vec<String> = (0..rows[0].len())
        .map(|place| format!("x{place}"))
        .collect();
    let values: Vec<Value> = (0..=5).map(|value| json!({"value": value})).collect();
    let items = names
        .iter()
        .map(|name| json!({"name": name, "kind": "scale", "values": values}));
    let first = json!({"name": "person", "kind": "background"});
    let codebook = json!({
        "schema": 1,
        "origin": "simulated",
        "missing": [{"code": 8, "meaning": "not_my_work"}, {"code": 9, "meaning": "dont_know"}],
        "variables": std::iter::once(first).chain(items).collect::<Vec<_>>(),
        "dimensions": [{"id": "area", "variables": names, "missing": rule}],
    });
    let mut text = format!("person,{}\n", names.join(","));
    for (number, row) in rows.iter().enumerate() {
        let cells = row
            .iter()
            .map(|cell| cell.as_i64().map_or(String::new(), |cell| cell.to_string()));
        text += &format!("p{number},{}\n", cells.collect::<Vec<_>>().join(","));
    }
    let folder = tempfile::tempdir().unwrap();
    let (file, book) = (
        folder.path().join("data.csv"),
        folder.path().join("codebook.json"),
    );
    std::fs::write(&file, text).unwrap();
    std::fs::write(&book, codebook.to_string()).unwrap();
    Dataset::from_file(&file, &book, None).unwrap()
}

fn half_of_items() -> Value {
    json!({"min_share": 0.5, "of": "all", "min_answered": 1})
}

fn alpha_of(id: &str) -> Result<Estimate, Undefined> {
    let data = data(&case(id)["items"], &half_of_items());
    let table = alpha(&data, &area(), &Grouping::whole(), &Design::default()).unwrap();
    table.rows[0].figure.clone()
}

/// Compares the score of each person with what is expected, null meaning none.
fn check_persons(rows: &Value, rule: &Value, expected: &Value) {
    let data = data(rows, rule);
    let by = Grouping::by(&data, &["person"]).unwrap();
    let scores = mean(&data, &area(), &by, &Design::default()).unwrap();
    for (number, expected) in expected.as_array().unwrap().iter().enumerate() {
        let row = scores.row(&[&format!("p{number}")]).unwrap();
        close(
            row.figure.as_ref().ok().map(|figure| figure.value),
            expected,
            1e-12,
        );
    }
}

#[test]
fn alpha_is_a_number_or_a_reason() {
    assert_eq!(alpha_of("one_item_scale"), Err(Undefined::OneItem));
    assert_eq!(alpha_of("no_variance_at_all"), Err(Undefined::ZeroVariance));
    assert_eq!(alpha_of("no_complete_row"), Err(Undefined::NoAnswers));
    assert!(alpha_of("negative_alpha").unwrap().value < 0.0);
    let two = alpha_of("two_items").unwrap().value;
    close(Some(two), &case("two_items")["expect"]["alpha"], 1e-12);
    let kept = alpha_of("item_without_variance").unwrap().value;
    close(
        Some(kept),
        &case("item_without_variance")["expect"]["alpha_covariance"],
        1e-12,
    );
}

#[test]
fn a_person_needs_half_of_the_items() {
    let case = case("person_mean_half_rule");
    let pairs = case["rows"]
        .as_array()
        .unwrap()
        .iter()
        .zip(case["expect"].as_array().unwrap());
    for (row, expected) in pairs {
        check_persons(&json!([row]), &half_of_items(), &json!([expected]));
    }
}

#[test]
fn codes_are_not_values_and_nought_is_one() {
    let case = case("codes_are_not_values");
    check_persons(&case["rows"], &half_of_items(), &case["half_of_items"]);
    let applicable = json!({"min_share": 0.5, "of": "applicable", "min_answered": 2});
    check_persons(&case["rows"], &applicable, &case["half_of_applicable_min2"]);
}

#[test]
fn wilson_intervals_end_at_nought_and_one() {
    let case = case("wilson_limits");
    let pairs = case["cases"]
        .as_array()
        .unwrap()
        .iter()
        .zip(case["expect"].as_array().unwrap());
    for (counts, expected) in pairs {
        let (part, of) = (counts[0].as_u64().unwrap(), counts[1].as_u64().unwrap());
        let rows: Vec<Value> = (0..of)
            .map(|person| json!([i32::from(person < part)]))
            .collect();
        let data = data(&json!(rows), &half_of_items());
        let table = share_at_or_above(&data, &area(), 1, &Grouping::whole(), &Design::default());
        let figure = table.unwrap().rows[0].figure.clone().unwrap();
        close(figure.low, &expected[0], 1e-12);
        close(figure.high, &expected[1], 1e-12);
    }
}

#[test]
fn quantiles_of_one_and_two_people_are_of_type_seven() {
    let case = case("quantile_type7_small_n");
    let pairs = case["x"]
        .as_array()
        .unwrap()
        .iter()
        .zip(case["expect"].as_array().unwrap());
    for (values, expected) in pairs {
        let rows: Vec<Value> = values
            .as_array()
            .unwrap()
            .iter()
            .map(|value| json!([value]))
            .collect();
        let data = data(&json!(rows), &half_of_items());
        let table = quantile(&data, &area(), &Grouping::whole(), &Design::default()).unwrap();
        for (level, expected) in ["p25", "p50", "p90"]
            .iter()
            .zip(expected.as_array().unwrap())
        {
            let figure = table.row(&[level]).unwrap().figure.clone().unwrap();
            close(Some(figure.value), expected, 1e-12);
        }
    }
}
