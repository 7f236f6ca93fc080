//! Shape of distributions and shares of the highest and lowest answers, compared with R.

use std::sync::LazyLock;

use findings::Undefined;

use crate::gold::Gold;
use crate::setting::{Tables, close, gold, n, working};

/// All waves, by city, role and wave.
static BY_WAVE: LazyLock<Tables> = LazyLock::new(|| {
    working(
        "statistics = [\"shape\", \"top_two\"]\n\
         [groups]\nby = [\"kaupunki\", \"rooli\", \"aalto\"]",
    )
});

fn check_shape(table: &str, keys: [&str; 4], expected: &Gold) {
    for (term, name, people) in [
        ("lowest", "min", 1),
        ("highest", "max", 1),
        ("sd", "sd", 2),
        ("skewness", "skew_G1", 3),
        ("kurtosis", "kurt_G2", 4),
    ] {
        let [about, city, role, wave] = keys;
        let figure = BY_WAVE.figure(table, &[about, city, role, wave, term]);
        let answers = expected["n"].as_u64().unwrap();
        match &figure {
            Ok(figure) => assert_eq!(n(figure), answers, "{keys:?}"),
            Err(Undefined::ZeroVariance) => assert_eq!(expected["var"].as_f64(), Some(0.0)),
            Err(_) => assert!(answers < people, "{keys:?} {term} {figure:?}"),
        }
        let value = figure.ok().map(|figure| figure.value);
        close(value, &expected[name], 1e-12);
    }
}

/// Compares the rows of an area, by whatever they are told apart.
fn check_rows(area: &str, rows: &Gold) -> usize {
    let rows = rows.as_array().unwrap();
    for row in rows {
        let group = |key| row.get(key).map_or("all", |name| name.as_str().unwrap());
        let wave = row["aalto"].to_string();
        let keys = [area, group("kaupunki"), group("rooli"), &wave];
        check_shape("area.shape", keys, row);
    }
    rows.len()
}

#[test]
pub(crate) fn skewness_and_kurtosis_of_areas_are_those_of_r() {
    let gold = gold("scores.json");
    let mut checked = 0;
    for (rule, suffix) in [
        ("rule_half_of_items", ""),
        ("rule_half_of_applicable_min2", "-soveltuvat"),
    ] {
        for (area, tables) in gold[rule].as_object().unwrap() {
            let area = format!("{area}{suffix}");
            for table in ["city_role_wave", "city_wave", "total_by_wave"] {
                checked += check_rows(&area, &tables[table]);
            }
        }
    }
    checked += check_rows("kaikki", &gold["overall_mean_30_items"]["city_wave"]);
    assert_eq!(checked, 1460);
}

#[test]
pub(crate) fn skewness_and_kurtosis_of_items_are_those_of_r() {
    let gold = gold("items.json");
    for (item, expected) in gold["items"].as_object().unwrap() {
        for (wave, row) in expected["by_wave"].as_object().unwrap() {
            check_shape("item.shape", [item, "all", "all", wave], row);
        }
    }
}

#[test]
pub(crate) fn shares_of_the_two_highest_and_lowest_answers_are_those_of_r() {
    let gold = gold("items.json");
    for (item, expected) in gold["items"].as_object().unwrap() {
        for (wave, row) in expected["by_wave"].as_object().unwrap() {
            let keys = [item, "all", "all", wave.as_str()];
            let top = BY_WAVE.figure("item.top_two", &keys).unwrap();
            assert_eq!(Some(n(&top)), row["n"].as_u64());
            close(Some(top.value), &row["top2_share"], 1e-12);
            close(top.low, &row["top2_wilson95"]["low"], 1e-12);
            close(top.high, &row["top2_wilson95"]["high"], 1e-12);
            let bottom = BY_WAVE.figure("item.bottom_two", &keys).unwrap();
            close(Some(bottom.value), &row["bottom2_share"], 1e-12);
        }
    }
}
