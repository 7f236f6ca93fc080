//! What must hold for every statistic: one battery for all of them.

mod catalogue;
mod data;

use std::collections::BTreeMap;

use analysis::estimate::{
    self, Design, alpha, below_target, bottom_two, deviation, dif, distribution, eigenvalues,
    factorability, gap, item_rest, loadings, mean, omega, ordinal_reliability, polychoric,
    quantile, reliability, shape, shortfall, top_two,
};
use analysis::{Dataset, Grouping, Quantity};
use findings::{Estimate, RawRow, Undefined};

use catalogue::{area, every_statistic, of_more_columns, over_waves, stratified};
use data::{ROWS, data, waves};

use crate::setting::{Small, n};

/// The statistics that compare groups.
const COMPARISONS: [&str; 7] = [
    "invariance",
    "differences",
    "mean_ranks",
    "pairs",
    "dif",
    "spread_test under a design",
    "rank_test under a design",
];

/// What is known of people who gave no value: that they were there, and that they gave none.
const WITHOUT_VALUES: [&str; 5] = [
    "response_rate",
    "missing_reasons",
    "break_off",
    "break_off_places",
    "weights under a design",
];

fn results(rows: &[&str]) -> BTreeMap<&'static str, Vec<RawRow>> {
    let data = data(rows);
    let by = Grouping::by(&data, &["town", "job"]).unwrap();
    let all = every_statistic().into_iter().chain(of_more_columns());
    let all = all.map(|(name, statistic)| (name, statistic(&data, &by).unwrap().rows));
    let waves = waves(rows);
    let by = Grouping::by(&waves, &["town", "job"]).unwrap();
    let over = over_waves().into_iter();
    let over = over.map(|(name, statistic)| (name, statistic(&waves, &by).unwrap().rows));
    all.chain(over).collect()
}

fn numbers(estimate: &Estimate) -> Vec<f64> {
    [
        Some(estimate.value),
        estimate.se,
        estimate.low,
        estimate.high,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn bits(rows: &[RawRow]) -> Vec<(Vec<String>, Vec<u64>, u64, u64)> {
    let bits = |row: &RawRow| {
        let figure = row.figure.as_ref().map(numbers).unwrap_or_default();
        figure.into_iter().map(f64::to_bits).collect::<Vec<_>>()
    };
    rows.iter()
        .map(|row| (row.keys.clone(), bits(row), row.answers, row.modal))
        .collect()
}

#[test]
fn the_order_of_rows_changes_no_bit() {
    let mut rows = ROWS;
    let expected = results(&rows);
    for step in 0..ROWS.len() {
        rows.rotate_left(1);
        rows.swap(step, 0);
        for (name, found) in results(&rows) {
            assert_eq!(bits(&found), bits(&expected[name]), "{name}");
        }
    }
}

#[test]
fn numbers_are_finite_and_lie_inside_their_interval() {
    for (name, rows) in results(&ROWS) {
        for row in rows {
            if let Ok(figure) = &row.figure {
                assert!(
                    numbers(figure).iter().all(|number| number.is_finite()),
                    "{name} {row:?}"
                );
                let low = figure.low.unwrap_or(figure.value);
                let high = figure.high.unwrap_or(figure.value);
                assert!(
                    low <= figure.value && figure.value <= high,
                    "{name} {row:?}"
                );
            }
        }
    }
}

#[test]
fn every_group_has_one_row_and_totals_count_everybody() {
    for (name, rows) in results(&ROWS) {
        // Three towns (one in the frame only) and their total, two jobs and their total.
        let groups: std::collections::BTreeSet<&[String]> =
            rows.iter().map(|row| &row.keys[..2]).collect();
        assert_eq!(groups.len(), 12, "{name}");
        let answers = |town: &str| {
            let found = rows
                .iter()
                .find(|row| row.keys[0] == town && row.keys[1] == "all");
            found.unwrap().answers
        };
        assert_eq!(
            answers("all"),
            answers("oulu") + answers("turku") + answers("vantaa"),
            "{name}"
        );
    }
}

#[test]
fn a_group_without_answers_has_a_reason() {
    for (name, rows) in results(&ROWS) {
        for row in rows
            .iter()
            .filter(|row| row.keys[0] == "vantaa" && row.keys[1] == "guide")
        {
            match (&row.figure, name) {
                (Ok(rate), "response_rate") => assert_eq!((rate.value, n(rate)), (0.0, 7)),
                (Ok(linked), "change") => assert_eq!((linked.value, n(linked)), (0.0, 0)),
                (figure, _) => assert_eq!(*figure, Err(Undefined::NoAnswers), "{name}"),
            }
            assert_eq!(row.answers, 0, "{name}");
        }
    }
}

#[test]
fn one_respondent_has_a_value_and_no_spread() {
    for (name, rows) in results(&["1,oulu,teacher,2,2,2"]) {
        let all: Vec<&RawRow> = rows
            .iter()
            .filter(|row| row.keys[0] == "all" && row.keys[1] == "all")
            .collect();
        for row in all {
            match (name, &row.figure) {
                (
                    "deviation"
                    | "alpha"
                    | "reliability"
                    | "item_rest"
                    | "omega"
                    | "loadings"
                    | "ordinal_reliability"
                    | "polychoric"
                    | "level_errors"
                    | "factorability"
                    | "eigenvalues"
                    | "factors",
                    figure,
                ) => {
                    assert_eq!(*figure, Err(Undefined::OneAnswer), "{name}");
                }
                ("icc" | "shrunken" | "replicates under a design", figure) => {
                    assert_eq!(*figure, Err(Undefined::OneUnit), "{name}");
                }
                ("design_effect under a design", figure) => {
                    assert_eq!(*figure, Err(Undefined::OneAnswer), "{name}");
                }
                // One person is no two groups; the other shift has nobody.
                (name, _) if COMPARISONS.contains(&name) => {}
                // One person is in one wave, in one area and in no profile of ten.
                ("change" | "mixed_change" | "slope" | "needs" | "quadrants", figure) => {
                    let certain = |figure: &Estimate| figure.se.is_some_and(|se| se > 0.0);
                    assert!(!figure.as_ref().is_ok_and(certain), "{name} {figure:?}");
                }
                ("profiles" | "correlations", figure) => {
                    assert_eq!(*figure, Err(Undefined::OneAnswer), "{name}");
                }
                ("themes", figure) => {
                    assert_eq!(*figure, Err(Undefined::FewMentions), "{name}");
                }
                ("shape", figure) => {
                    let few = [
                        Undefined::OneAnswer,
                        Undefined::TwoAnswers,
                        Undefined::ThreeAnswers,
                    ];
                    let is_few = few.iter().any(|reason| *figure == Err(*reason));
                    let is_end = ["lowest", "highest"].contains(&row.keys[2].as_str());
                    assert!(is_few != is_end, "{name} {figure:?}");
                }
                (
                    "mean"
                    | "mean under a design"
                    | "mean of an item"
                    | "gap"
                    | "gap under a design"
                    | "shortfall",
                    Ok(figure),
                ) => {
                    assert_eq!(
                        (figure.se, figure.low, figure.high),
                        (None, None, None),
                        "{name}"
                    );
                }
                (_, Ok(_)) => {}
                (_, Err(reason)) => panic!("{name}: {reason}"),
            }
        }
    }
}

#[test]
fn answers_without_any_value_have_a_reason() {
    for (name, rows) in results(&[
        "1,oulu,teacher,,,",
        "2,oulu,teacher,8,9,",
        "3,oulu,guide,9,9,9",
    ]) {
        let whole = rows.iter().filter(|row| row.keys[..2] == ["all", "all"]);
        for row in whole {
            match name {
                name if WITHOUT_VALUES.contains(&name) => {
                    assert!(row.figure.is_ok(), "{name}");
                }
                "change" if row.figure.is_ok() => {
                    assert_eq!(row.keys[4..6], ["linked", "people"]);
                    assert_eq!(row.figure.as_ref().unwrap().value, 0.0);
                }
                _ => assert_eq!(row.figure, Err(Undefined::NoAnswers), "{name}"),
            }
        }
    }
}

#[test]
fn who_was_not_asked_has_another_reason_than_who_did_not_answer() {
    let asked_nobody = Small::new().with(|codebook| {
        let codes = codebook["missing"].as_array_mut().unwrap();
        codes.push(serde_json::json!({"code": -91, "meaning": "not_asked"}));
    });
    let data = asked_nobody
        .rows("1,oulu,guide,-91,-91,-91\n2,turku,guide,-91,-91,-91\n3,turku,guide,,,\n")
        .unwrap();
    let by = Grouping::by(&data, &["town"]).unwrap();
    for (name, statistic) in every_statistic() {
        // Nobody is asked here, and these data have no frame.
        if WITHOUT_VALUES.contains(&name) || name.ends_with("a design") {
            continue;
        }
        for row in statistic(&data, &by).unwrap().rows {
            let expected = match row.keys[0].as_str() {
                "oulu" => Undefined::NotAsked,
                _ => Undefined::NoAnswers,
            };
            assert_eq!(row.figure, Err(expected), "{name} {:?}", row.keys);
        }
    }
}

#[test]
fn doubled_answers_keep_the_value() {
    let twice: Vec<&str> = ROWS.into_iter().chain(ROWS).collect();
    let (once, twice) = (results(&ROWS), results(&twice));
    for (name, rows) in once {
        if COMPARISONS.contains(&name) {
            continue;
        }
        for (one, two) in rows.iter().zip(&twice[name]) {
            assert_eq!(
                (&one.keys, one.answers * 2),
                (&two.keys, two.answers),
                "{name}"
            );
            // Each pair of items has an n - 1 of its own there.
            let on_pairs = one.keys.last().is_some_and(|term| term == "alpha_pairwise");
            let (Ok(one), Ok(two)) = (&one.figure, &two.figure) else {
                continue;
            };
            let expected = match name {
                "response_rate" => one.value * 2.0,
                // Spread over n - 1 and order statistics do not stay: other statements hold.
                "deviation" | "quantile" | "shape" | "level_errors" => continue,
                "icc" | "shrunken" => continue,
                // The frame has half as many staff for each answer then.
                "design_effect under a design" | "weights under a design" => continue,
                // Chi-squared and what is made of it grow with n.
                "omega" | "factorability" | "eigenvalues" | "factors" => continue,
                // Tests, spreads over n - 1, variances by REML, draws.
                "change" | "mixed_change" | "slope" | "needs" | "quadrants" => continue,
                "reliability" if on_pairs => continue,
                _ => one.value,
            };
            assert!(
                (expected - two.value).abs() < 1e-15 * expected.abs().max(1.0),
                "{name}"
            );
        }
    }
}

/// More people make a difference surer and not larger.
#[test]
fn doubled_answers_keep_the_effects_of_comparisons() {
    let twice: Vec<&str> = ROWS.into_iter().chain(ROWS).collect();
    let (once, twice) = (results(&ROWS), results(&twice));
    let mut compared = 0;
    for name in COMPARISONS {
        for one in &once[name] {
            let kept = [
                "eta_sq",
                "cliff_delta",
                "superiority",
                "difference",
                "cramers_v",
                "rank_epsilon_sq",
            ];
            let is_kept = one.keys.iter().any(|key| kept.contains(&key.as_str()));
            let two = twice[name].iter().find(|row| row.keys == one.keys);
            if let (true, Ok(one), Some(Ok(two))) =
                (is_kept, &one.figure, two.map(|row| &row.figure))
            {
                assert!(
                    (one.value - two.value).abs() < 1e-14,
                    "{name} {one:?} {two:?}"
                );
                assert!(
                    two.se <= one.se || one.se.is_none(),
                    "{name} {one:?} {two:?}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn equal_weights_are_as_none() {
    // Every stratum has as many staff for each answer, so every answer has the same weight.
    let frame = "town,job,staff\noulu,teacher,9\noulu,guide,6\nturku,teacher,6\nturku,guide,6\n";
    let data = Small::new().with_frame(&ROWS.join("\n"), frame).unwrap();
    let by = Grouping::by(&data, &["town", "job"]).unwrap();
    let statistics: [fn(&Dataset, &Quantity, &Grouping, &Design) -> _; 3] = [mean, gap, shortfall];
    for statistic in statistics {
        let table = |design| statistic(&data, &area(), &by, design).unwrap().rows;
        for (weighted, plain) in table(&stratified()).iter().zip(table(&Design::default())) {
            let value = |row: &RawRow| row.figure.clone().map(|figure| figure.value.to_bits());
            assert_eq!(value(weighted), value(&plain), "{:?}", plain.keys);
        }
    }
}

#[test]
fn doubled_answers_shrink_the_deviation_as_n_minus_one_says() {
    let twice: Vec<&str> = ROWS.into_iter().chain(ROWS).collect();
    let whole = |rows: &[&str]| {
        let table = deviation(&data(rows), &area(), &Grouping::whole(), &Design::default());
        table.unwrap().rows.remove(0).figure.unwrap()
    };
    let (one, two) = (whole(&ROWS), whole(&twice));
    let m = n(&one) as f64;
    let factor = (2.0 * (m - 1.0) / (2.0 * m - 1.0)).sqrt();
    assert!((two.value - one.value * factor).abs() < 1e-12);
}

#[test]
fn a_role_without_target_has_no_gap() {
    for (name, rows) in results(&ROWS) {
        if ["gap", "gap under a design", "shortfall", "below_target"].contains(&name) {
            let guides = rows
                .iter()
                .find(|row| row.keys == ["oulu", "guide"])
                .unwrap();
            assert_eq!(guides.figure, Err(Undefined::NoTarget), "{name}");
        }
    }
}

#[test]
fn unknown_names_are_refused_by_every_statistic() {
    let data = data(&ROWS);
    let error = Grouping::by(&data, &["towns"]).unwrap_err().to_string();
    assert!(
        error.contains("no column `towns`") && error.contains("town, job"),
        "{error}"
    );
    let whole = Grouping::whole();
    let nobody = Quantity::Dimension("xyz".to_owned());
    for estimator in [
        mean,
        deviation,
        quantile,
        gap,
        shortfall,
        below_target,
        alpha,
        distribution,
        shape,
        top_two,
        bottom_two,
        reliability,
        item_rest,
        omega,
        loadings,
        ordinal_reliability,
        polychoric,
        dif,
        factorability,
        eigenvalues,
    ] {
        assert!(estimator(&data, &nobody, &whole, &Design::default()).is_err());
    }
    assert_eq!(estimate::QUANTILES.len(), 5);
}
