//! Small cases where tools go wrong, as listed in the reference results.

use analysis::estimate::{
    Design, alpha, change, deviation, differences, item_rest, mean, omega, pairs, quantile,
    reliability, share_at_or_above,
};
use analysis::{AnalysisError, Dataset, Grouping, Quantity};
use findings::{Estimate, RawRow, Undefined};
use serde_json::{Value, json};

use crate::gold::Gold;
use crate::setting::{Small, close, gold};

fn case(id: &str) -> &'static Gold {
    let cases = gold("edge.json")["cases"].as_array().unwrap();
    let found = cases.iter().find(|case| case["id"].as_str() == Some(id));
    found.unwrap_or_else(|| panic!("no case {id}"))
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

type Statistic = fn(
    &Dataset,
    &Quantity,
    &Grouping,
    &Design,
) -> Result<analysis::estimate::Estimates, AnalysisError>;

/// Returns a figure of the items of a case; without keys it is the only one.
fn of_case(id: &str, statistic: Statistic, keys: &[&str]) -> Result<Estimate, Undefined> {
    let data = data(&case(id)["items"].value(), &half_of_items());
    let table = statistic(&data, &area(), &Grouping::whole(), &Design::default()).unwrap();
    table.row(keys).unwrap().figure.clone()
}

fn alpha_of(id: &str) -> Result<Estimate, Undefined> {
    of_case(id, alpha, &[])
}

fn number(figure: Result<Estimate, Undefined>) -> Option<f64> {
    figure.ok().map(|figure| figure.value)
}

/// Compares the score of each person with what is expected, null meaning none.
fn check_persons(rows: &Value, rule: &Value, expected: &Gold) {
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
pub(crate) fn alpha_is_a_number_or_a_reason() {
    assert_eq!(alpha_of("one_item_scale"), Err(Undefined::OneItem));
    assert_eq!(alpha_of("no_variance_at_all"), Err(Undefined::ZeroVariance));
    assert_eq!(alpha_of("no_complete_row"), Err(Undefined::NoAnswers));
    for (id, name) in [
        ("one_item_scale", "alpha"),
        ("no_variance_at_all", "alpha"),
        ("no_complete_row", "alpha_listwise"),
        ("two_items", "alpha"),
        ("item_without_variance", "alpha_covariance"),
    ] {
        close(number(alpha_of(id)), &case(id)["expect"][name], 1e-12);
    }
    let negative = alpha_of("negative_alpha").unwrap().value < 0.0;
    let expected = case("negative_alpha")["expect"]["alpha_is_negative"].value();
    assert_eq!(json!(negative), expected);
}

#[test]
pub(crate) fn small_areas_have_what_can_be_said_of_them() {
    let expect = |id: &str| &case(id)["expect"];
    let one = expect("one_item_scale");
    let score = of_case("one_item_scale", mean, &[]);
    close(number(score), &one["score_mean"], 1e-12);
    let items = case("one_item_scale")["items"].as_array().unwrap();
    assert_eq!(
        items[0].as_array().unwrap().len() as u64,
        one["k"].as_u64().unwrap()
    );
    let found = of_case("one_item_scale", omega, &["omega"]);
    assert_eq!(found, Err(Undefined::OneItem));
    close(number(found), &one["omega"], 0.0);
    let both = of_case("two_items", reliability, &["spearman_brown"]);
    close(number(both), &expect("two_items")["spearman_brown"], 1e-12);
    let flat = expect("item_without_variance");
    let standardised = of_case(
        "item_without_variance",
        reliability,
        &["alpha_standardised"],
    );
    assert_eq!(standardised, Err(Undefined::ZeroVariance));
    close(number(standardised), &flat["alpha_standardised"], 0.0);
    for (item, expected) in flat["item_rest_r"].as_array().unwrap().iter().enumerate() {
        let keys = [format!("x{item}"), "item_rest".to_owned()];
        let keys = keys.each_ref().map(String::as_str);
        let found = of_case("item_without_variance", item_rest, &keys);
        assert_eq!(
            found.is_ok(),
            expected.as_str() == Some("defined"),
            "{keys:?}"
        );
    }
    let alone = of_case("no_complete_row", alpha, &[]);
    let complete = expect("no_complete_row")["n_complete"].as_u64();
    assert_eq!((alone, complete), (Err(Undefined::NoAnswers), Some(0)));
}

/// A dataset of one item 0 to 5 and a group.
fn grouped(answers: impl Iterator<Item = (String, i64)>) -> Dataset {
    let rows = answers.map(|(group, y)| format!(",,{group},{y},,\n"));
    Small::new().rows(&rows.collect::<String>()).unwrap()
}

/// Returns the figure of a test, whatever it was corrected over.
fn of_test(rows: &[RawRow], keys: &[&str]) -> Result<Estimate, Undefined> {
    let row = rows.iter().find(|row| {
        row.keys
            .starts_with(&keys.iter().map(ToString::to_string).collect::<Vec<_>>())
    });
    row.unwrap_or_else(|| panic!("no {keys:?}")).figure.clone()
}

#[test]
pub(crate) fn groups_that_cannot_be_tested_have_a_reason() {
    for (id, h, delta) in [
        ("group_of_one", Ok(()), None),
        ("all_tied", Err(Undefined::AllTied), Some(("a", "b"))),
    ] {
        let (case, expect) = (case(id), &case(id)["expect"]);
        let (y, g) = (case["y"].as_array().unwrap(), case["g"].as_array().unwrap());
        let answers = g.iter().zip(y);
        let answers =
            answers.map(|(g, y)| (g.as_str().unwrap().to_owned(), y.value().as_i64().unwrap()));
        let data = grouped(answers);
        let (of, by) = (
            Quantity::Item("a".to_owned()),
            Grouping::by(&data, &["job"]).unwrap(),
        );
        let overall = differences(&data, &of, &by, &Design::default())
            .unwrap()
            .rows;
        let kruskal = of_test(&overall, &["kruskal", "h"]);
        assert_eq!(kruskal.as_ref().err(), h.err().as_ref());
        close(number(kruskal), &expect["kruskal_H"], 1e-12);
        if let Some((one, other)) = delta {
            let rows = pairs(&data, &of, &by, &Design::default()).unwrap().rows;
            for (term, name) in [("cliff_delta", "cliff_delta"), ("hedges_g", "hedges_g")] {
                let found = of_test(&rows, &[one, other, "effect", term]);
                close(number(found), &expect[name], 1e-12);
            }
            continue;
        }
        let welch = of_test(&overall, &["welch", "p"]);
        assert_eq!(welch, Err(Undefined::OneAnswer));
        close(number(welch), &expect["welch"], 0.0);
        let spread = deviation(&data, &of, &by, &Design::default()).unwrap();
        close(
            number(spread.row(&["c"]).unwrap().figure.clone()),
            &expect["sd_c"],
            0.0,
        );
    }
}

#[test]
pub(crate) fn complete_separation_has_an_effect_and_no_interval() {
    let case = case("complete_separation");
    let answers = ["x", "y"].map(|group| {
        let values = case[group].as_array().unwrap().iter();
        values.map(move |value| (group.to_owned(), value.value().as_i64().unwrap()))
    });
    let data = grouped(answers.into_iter().flatten());
    let (of, by) = (
        Quantity::Item("a".to_owned()),
        Grouping::by(&data, &["job"]).unwrap(),
    );
    let rows = pairs(&data, &of, &by, &Design::default()).unwrap().rows;
    let delta = of_test(&rows, &["x", "y", "effect", "cliff_delta"]).unwrap();
    close(Some(delta.value), &case["expect"]["cliff_delta"], 1e-12);
    close(delta.low.or(delta.high), &case["expect"]["ci"], 0.0);
}

#[test]
pub(crate) fn people_who_did_not_change_have_no_test() {
    let case = case("paired_no_change");
    let small = Small::new().with(|codebook| {
        let variables = codebook["variables"].as_array_mut().unwrap();
        variables.push(json!({"name": "year", "kind": "wave"}));
        variables.push(json!({"name": "code", "kind": "person_code"}));
    });
    let mut text = "id,town,job,a,b,c,year,code\n".to_owned();
    for (wave, name) in [("1", "x"), ("2", "y")] {
        for (person, value) in case[name].as_array().unwrap().iter().enumerate() {
            text += &format!(",oulu,guide,{value},,,{wave},p{person}\n");
        }
    }
    let data = small.csv(text).unwrap();
    let of = Quantity::Item("a".to_owned());
    let rows = change(
        &data,
        &of,
        &Grouping::whole(),
        ["1", "2"],
        &Design::default(),
    )
    .unwrap();
    for (test, term, name) in [
        ("paired", "difference", "mean_change"),
        ("paired", "t", "t"),
        ("wilcoxon", "p_cc", "wilcoxon_p"),
    ] {
        let found = of_test(&rows.rows, &["1", "2", test, term]);
        close(number(found), &case["expect"][name], 1e-12);
    }
}

#[test]
pub(crate) fn a_person_needs_half_of_the_items() {
    let case = case("person_mean_half_rule");
    let pairs = case["rows"]
        .as_array()
        .unwrap()
        .iter()
        .zip(case["expect"].as_array().unwrap());
    for (row, expected) in pairs {
        let expected = Gold::of(json!([expected.value()]));
        check_persons(&json!([row.value()]), &half_of_items(), &expected);
    }
}

#[test]
pub(crate) fn codes_are_not_values_and_nought_is_one() {
    let case = case("codes_are_not_values");
    check_persons(
        &case["rows"].value(),
        &half_of_items(),
        &case["half_of_items"],
    );
    let applicable = json!({"min_share": 0.5, "of": "applicable", "min_answered": 2});
    check_persons(
        &case["rows"].value(),
        &applicable,
        &case["half_of_applicable_min2"],
    );
}

#[test]
pub(crate) fn wilson_intervals_end_at_nought_and_one() {
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
pub(crate) fn quantiles_of_one_and_two_people_are_of_type_seven() {
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
            .map(|value| json!([value.value()]))
            .collect();
        let data = data(&json!(rows), &half_of_items());
        let table = quantile(&data, &area(), &Grouping::whole(), &Design::default()).unwrap();
        let levels = case["p"].as_array().unwrap().iter();
        let levels = levels.map(|p| format!("p{:.0}", p.as_f64().unwrap() * 100.0));
        for (level, expected) in levels.zip(expected.as_array().unwrap()) {
            let figure = table.row(&[&level]).unwrap().figure.clone().unwrap();
            close(Some(figure.value), expected, 1e-12);
        }
    }
}
