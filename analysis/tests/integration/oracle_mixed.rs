//! Change by a mixed model: where it has a closed form, it is that; elsewhere it lies between.

use analysis::estimate::{Design, Estimates, mean, mixed_change, slope};
use analysis::{Dataset, Grouping, Quantity};
use findings::{Estimate, Undefined};
use serde_json::json;

use crate::setting::{Small, close, gold, n, survey, working};

fn with_codes() -> Small {
    Small::new().with(|codebook| {
        let variables = codebook["variables"].as_array_mut().unwrap();
        variables.push(json!({"name": "year", "kind": "wave"}));
        variables.push(json!({"name": "code", "kind": "person_code"}));
    })
}

/// Answers of items a, b and c (turned round) with year and code.
fn data(rows: &[(&str, &str, [i32; 3])]) -> Dataset {
    let mut text = "id,town,job,a,b,c,year,code\n".to_owned();
    for (number, (year, code, [a, b, c])) in rows.iter().enumerate() {
        text += &format!("{number},oulu,guide,{a},{b},{c},{year},{code}\n");
    }
    with_codes().csv(text).unwrap()
}

fn area() -> Quantity {
    Quantity::Dimension("abc".to_owned())
}

fn figure(table: &Estimates, keys: &[&str]) -> Estimate {
    table.row(keys).unwrap().figure.clone().unwrap()
}

fn change(data: &Dataset) -> Estimates {
    mixed_change(data, &area(), &Grouping::whole(), &Design::default()).unwrap()
}

#[test]
fn everybody_linked_is_the_paired_difference() {
    let found = change(&data(&[
        ("2025", "p", [0, 1, 5]),
        ("2025", "q", [2, 3, 1]),
        ("2025", "r", [4, 4, 0]),
        ("2025", "s", [1, 3, 3]),
        ("2026", "p", [1, 1, 3]),
        ("2026", "q", [3, 3, 1]),
        ("2026", "r", [4, 5, 2]),
        ("2026", "s", [3, 4, 1]),
    ]));
    // c counts 5 - x: scores 1/3, 3, 13/3, 2 and then 4/3, 10/3, 4, 11/3.
    let differences: [f64; 4] = [1.0, 1.0 / 3.0, -1.0 / 3.0, 5.0 / 3.0];
    let m = differences.iter().sum::<f64>() / 4.0;
    let squares: f64 = differences.iter().map(|d| (d - m) * (d - m)).sum();
    let se = (squares / 3.0 / 4.0).sqrt();
    let found = figure(&found, &["2026", "2025"]);
    assert!((found.value - m).abs() < 1e-12, "{found:?} {m}");
    assert!((found.se.unwrap() - se).abs() < 1e-9, "{found:?} {se}");
    assert_eq!(n(&found), 8);
}

#[test]
fn nobody_linked_is_the_difference_with_a_common_variance() {
    let rows = [
        ("2025", "", [0, 1, 5]),
        ("2025", "", [2, 3, 1]),
        ("2025", "", [4, 4, 0]),
        ("2026", "", [1, 1, 3]),
        // A code used twice in a wave links nobody.
        ("2026", "q", [3, 3, 1]),
        ("2026", "q", [4, 5, 2]),
        ("2025", "q", [1, 3, 3]),
    ];
    let table = change(&data(&rows));
    assert!(
        table.notes[0].contains("3 answers have a code"),
        "{:?}",
        table.notes
    );
    let (before, after) = (
        [1.0 / 3.0, 3.0, 13.0 / 3.0, 2.0],
        [4.0 / 3.0, 10.0 / 3.0, 4.0],
    );
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let squares = |values: &[f64]| {
        let m = mean(values);
        values.iter().map(|y| (y - m) * (y - m)).sum::<f64>()
    };
    let variance = (squares(&before) + squares(&after)) / 5.0;
    let se = (variance * (1.0 / 4.0 + 1.0 / 3.0)).sqrt();
    let found = figure(&table, &["2026", "2025"]);
    assert!(
        (found.value - (mean(&after) - mean(&before))).abs() < 1e-12,
        "{found:?}"
    );
    assert!((found.se.unwrap() - se).abs() < 1e-9, "{found:?} {se}");
}

#[test]
fn two_waves_make_no_line_and_three_do() {
    let two = data(&[
        ("2025", "", [0, 1, 5]),
        ("2026", "", [2, 3, 1]),
        ("2026", "", [1, 2, 1]),
    ]);
    let table = slope(&two, &area(), &Grouping::whole(), &Design::default()).unwrap();
    assert_eq!(table.rows[0].figure, Err(Undefined::TwoWaves));
    let three = data(&[
        ("2024", "", [0, 0, 5]),
        ("2024", "", [2, 2, 3]),
        ("2025", "", [1, 1, 4]),
        ("2025", "", [3, 3, 2]),
        ("2026", "", [2, 2, 3]),
        ("2026", "", [4, 4, 1]),
    ]);
    let table = slope(&three, &area(), &Grouping::whole(), &Design::default()).unwrap();
    let found = figure(&table, &[]);
    assert!((found.value - 1.0).abs() < 1e-12, "{found:?}");
    // Ordinary least squares: rest 6 over 6 - 2, about waves 4.
    let se = (6.0 / 4.0 / 4.0_f64).sqrt();
    assert!((found.se.unwrap() - se).abs() < 1e-9, "{found:?}");
}

#[test]
pub(crate) fn the_survey_gives_surer_changes_than_unlinked_people_do() {
    let tables = working(
        "statistics = [\"mixed_change\"]\n[groups]\nby = [\"kaupunki\"]\n\
         [wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]",
    );
    let gold = gold("change.json");
    let mut compared = 0;
    for row in gold["changes"].as_array().unwrap() {
        let [from, to] = ["from", "to"].map(|name| row[name].to_string());
        let keys = [row["area"].as_str().unwrap(), "all", &to, &from];
        let found = tables.figure("area.mixed_change", &keys).unwrap();
        let unpaired = &row["unpaired"];
        let width =
            unpaired["ci95_high"].as_f64().unwrap() - unpaired["ci95_low"].as_f64().unwrap();
        assert!(found.high.unwrap() - found.low.unwrap() < width, "{keys:?}");
        // Both kinds of people agree with each other within their errors.
        let apart = (found.value - unpaired["diff"].as_f64().unwrap()).abs();
        assert!(apart < 3.0 * found.se.unwrap(), "{keys:?} {found:?}");
        compared += 1;
    }
    assert_eq!(compared, 21);
    let slope = tables.figure("area.slope", &["kaikki", "all"]).unwrap();
    let whole = tables
        .figure("area.mixed_change", &["kaikki", "all", "2026", "2024"])
        .unwrap();
    assert!((2.0 * slope.value - whole.value).abs() < 3.0 * whole.se.unwrap());
    // Saarivesi joined in 2025: no line there.
    let late = tables.figure("area.slope", &["kaikki", "Saarivesi"]);
    assert_eq!(late, Err(Undefined::TwoWaves));
    let before = ["kaikki", "Saarivesi", "2025", "2024"];
    let before = tables.figure("area.mixed_change", &before);
    assert_eq!(before, Err(Undefined::NoAnswers));
}

#[test]
fn one_wave_by_itself_has_the_reason() {
    let data = survey().only("aalto", "2026").unwrap();
    let quantity = Quantity::Dimension("tieto".to_owned());
    let (whole, design) = (Grouping::whole(), Design::default());
    let table = slope(&data, &quantity, &whole, &design).unwrap();
    assert_eq!(table.rows[0].figure, Err(Undefined::TwoWaves));
    assert!(
        mixed_change(&data, &quantity, &whole, &design)
            .unwrap()
            .rows
            .is_empty()
    );
    let answers = mean(&data, &quantity, &whole, &design).unwrap().rows[0].answers;
    close(Some(table.rows[0].answers as f64), &json!(answers), 0.0);
}
