//! What must hold for every statistic: one battery for all of them.

use std::collections::BTreeMap;

use analysis::design::{Lonely, Sampling};
use analysis::estimate::{
    self, Bands, Design, Estimates, alpha, below_target, bottom_two, break_off, break_off_places,
    deviation, dif, differences, distribution, eigenvalues, factorability, factors, gap, item_rest,
    level_errors, levels, loadings, mean, mean_ranks, missing_reasons, omega, ordinal_reliability,
    pairs, polychoric, quantile, reliability, response_rate, shape, share_at_or_above, shortfall,
    straight_lining, top_two,
};
use analysis::estimate::{
    Chance, Importance, ProfileChoice, SupportProfiles, Themes, change, mixed_change, need, needs,
    quadrants, slope, themes,
};
use analysis::estimate::{
    bounds, design_effect, icc, invariance, rank_test, replicates, shrunken, spread_test, weights,
};
use analysis::{AnalysisError, Dataset, Grouping, Quantity};
use findings::{Estimate, RawRow, Undefined};

use crate::setting::{Small, n};

type Statistic = fn(&Dataset, &Grouping) -> Result<Estimates, AnalysisError>;

fn area() -> Quantity {
    Quantity::Dimension("abc".to_owned())
}

fn item() -> Quantity {
    Quantity::Item("a".to_owned())
}

/// Strata by town and job; a stratum of one answer counts by its distance from the mean.
fn stratified() -> Design {
    Design {
        sampling: Some(Sampling {
            strata: vec!["town".to_owned(), "job".to_owned()],
            finite: true,
            lonely: Lonely::Adjust,
            ..Sampling::default()
        }),
        ..Design::default()
    }
}

/// People of one job are taken for a unit, since these data have no units.
fn jobs_as_units() -> Design {
    Design {
        sampling: Some(Sampling {
            cluster: Some("job".to_owned()),
            lonely: Lonely::Adjust,
            ..Sampling::default()
        }),
        ..Design::default()
    }
}

/// Every statistic with the quantity that suits it.
fn every_statistic() -> BTreeMap<&'static str, Statistic> {
    BTreeMap::from([
        (
            "mean",
            (|d, by| mean(d, &area(), by, &Design::default())) as Statistic,
        ),
        ("mean under a design", |d, by| {
            mean(d, &area(), by, &stratified())
        }),
        ("mean of an item", |d, by| {
            mean(d, &item(), by, &Design::default())
        }),
        ("deviation", |d, by| {
            deviation(d, &area(), by, &Design::default())
        }),
        ("quantile", |d, by| {
            quantile(d, &area(), by, &Design::default())
        }),
        ("gap", |d, by| gap(d, &area(), by, &Design::default())),
        ("gap under a design", |d, by| {
            gap(d, &area(), by, &stratified())
        }),
        ("shortfall", |d, by| {
            shortfall(d, &area(), by, &Design::default())
        }),
        ("below_target", |d, by| {
            below_target(d, &area(), by, &Design::default())
        }),
        ("alpha", |d, by| alpha(d, &area(), by, &Design::default())),
        ("bounds", |d, by| bounds(d, &area(), by, &Design::default())),
        ("design_effect under a design", |d, by| {
            design_effect(d, &area(), by, &stratified())
        }),
        ("replicates under a design", |d, by| {
            replicates(d, &area(), by, &jobs_as_units())
        }),
        ("icc", |d, by| icc(d, &area(), by, &jobs_as_units())),
        ("shrunken", |d, by| {
            shrunken(d, &area(), by, &Design::default())
        }),
        ("weights under a design", |d, by| {
            weights(d, by, &stratified())
        }),
        ("distribution", |d, by| {
            distribution(d, &item(), by, &Design::default())
        }),
        ("missing_reasons", |d, by| {
            missing_reasons(d, &item(), by, &Design::default())
        }),
        ("share", |d, by| {
            share_at_or_above(d, &area(), 4, by, &Design::default())
        }),
        ("response_rate", |d, by| {
            response_rate(d, by, &Design::default())
        }),
        ("shape", |d, by| shape(d, &area(), by, &Design::default())),
        ("top_two", |d, by| {
            top_two(d, &item(), by, &Design::default())
        }),
        ("bottom_two", |d, by| {
            bottom_two(d, &item(), by, &Design::default())
        }),
        ("differences", |d, by| {
            differences(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("spread_test under a design", |d, by| {
            spread_test(d, &item(), &compared_within(d, by), &stratified())
        }),
        ("rank_test under a design", |d, by| {
            rank_test(d, &area(), &compared_within(d, by), &stratified())
        }),
        ("mean_ranks", |d, by| {
            mean_ranks(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("pairs", |d, by| {
            pairs(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("reliability", |d, by| {
            reliability(d, &area(), by, &Design::default())
        }),
        ("item_rest", |d, by| {
            item_rest(d, &area(), by, &Design::default())
        }),
        ("omega", |d, by| omega(d, &area(), by, &Design::default())),
        ("loadings", |d, by| {
            loadings(d, &area(), by, &Design::default())
        }),
        ("ordinal_reliability", |d, by| {
            ordinal_reliability(d, &area(), by, &Design::default())
        }),
        ("polychoric", |d, by| {
            polychoric(d, &area(), by, &Design::default())
        }),
        ("dif", |d, by| {
            dif(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("invariance", |d, by| {
            invariance(d, &area(), &compared_within(d, by), &Design::default())
        }),
        ("factorability", |d, by| {
            factorability(d, &area(), by, &Design::default())
        }),
        ("eigenvalues", |d, by| {
            eigenvalues(d, &area(), by, &Design::default())
        }),
        ("factors", |d, by| {
            factors(d, &area(), by, 1, &Design::default())
        }),
        ("levels", |d, by| {
            levels(d, &area(), by, &bands(), &Design::default())
        }),
        ("level_errors", |d, by| {
            level_errors(d, &area(), by, &bands(), &Design::default())
        }),
        ("break_off", |d, by| break_off(d, by, &Design::default())),
        ("break_off_places", |d, by| {
            break_off_places(d, by, &Design::default())
        }),
        ("straight_lining", |d, by| {
            straight_lining(d, by, &Design::default())
        }),
    ])
}

fn importances() -> [Importance; 1] {
    [Importance {
        area: area(),
        column: "matters".to_owned(),
        scale: None,
    }]
}

/// Puts the groups before the area.
fn groups_first(mut found: Estimates) -> Estimates {
    for row in &mut found.rows {
        row.keys.rotate_left(1);
    }
    found
}

fn profile_choice() -> ProfileChoice {
    ProfileChoice {
        areas: ["a", "b"]
            .map(|item| Quantity::Item(item.to_owned()))
            .to_vec(),
        number: Some(2),
        replicates: 10,
        seed: 1,
    }
}

/// Statistics that need more than items: how important an area is, and open answers.
fn of_more_columns() -> BTreeMap<&'static str, Statistic> {
    BTreeMap::from([
        (
            "need",
            (|d, by| need(d, &importances()[0], by, &Design::default())) as Statistic,
        ),
        ("needs", |d, by| {
            let chance = Chance {
                seed: 1,
                replicates: 100,
            };
            needs(d, &importances(), by, &Design::default(), chance).map(groups_first)
        }),
        ("quadrants", |d, by| {
            quadrants(d, &importances(), by, &Design::default()).map(groups_first)
        }),
        ("themes", |d, by| {
            let words = BTreeMap::from([("network".to_owned(), vec!["verk".to_owned()])]);
            let wanted = Themes {
                column: "said".to_owned(),
                stemmer: None,
                words,
            };
            themes(d, &wanted, by, &Design::default())
        }),
        ("profiles", |d, by| {
            SupportProfiles::find(d, &profile_choice())?.shares(d, by, &Design::default())
        }),
    ])
}

/// Statistics over waves.
fn over_waves() -> BTreeMap<&'static str, Statistic> {
    BTreeMap::from([
        (
            "change",
            (|d, by| change(d, &area(), by, ["2025", "2026"], &Design::default())) as Statistic,
        ),
        ("mixed_change", |d, by| {
            mixed_change(d, &area(), by, &Design::default())
        }),
        ("slope", |d, by| slope(d, &area(), by, &Design::default())),
    ])
}

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

fn bands() -> Bands {
    Bands {
        cuts: vec![30_000, 80_000],
        names: ["low", "middle", "high"].map(str::to_owned).to_vec(),
    }
}

/// What is known of people who gave no value: that they were there, and that they gave none.
const WITHOUT_VALUES: [&str; 5] = [
    "response_rate",
    "missing_reasons",
    "break_off",
    "break_off_places",
    "weights under a design",
];

/// Compares the shifts, where the data have them, within each group.
fn compared_within(data: &Dataset, by: &Grouping) -> Grouping {
    let mut names = by.dims();
    let shifts = data.column_called("shift").is_ok();
    names.push(if shifts { "shift" } else { "role" }.to_owned());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Grouping::by(data, &names).unwrap()
}

const ROWS: [&str; 9] = [
    "1,oulu,teacher,0,1,5",
    "2,oulu,teacher,2,3,1",
    "3,oulu,guide,4,4,0",
    "4,turku,teacher,5,5,2",
    "5,turku,guide,3,,9",
    "6,turku,guide,1,8,4",
    "7,turku,teacher,,,",
    "8,oulu,teacher,2,2,2",
    "9,oulu,guide,5,0,3",
];

const FRAME: &str = "town,job,staff\noulu,teacher,40\noulu,guide,20\nturku,teacher,30\nturku,guide,20\nvantaa,guide,7\n";

/// The answers with the shift, the importance of the area and an open answer of each.
fn data(rows: &[&str]) -> Dataset {
    let small = Small::new().with(|codebook| {
        let values: Vec<_> = (1..=6)
            .map(|value| serde_json::json!({"value": value}))
            .collect();
        let variables = codebook["variables"].as_array_mut().unwrap();
        variables.extend([
            serde_json::json!({"name": "shift", "kind": "background"}),
            serde_json::json!({"name": "matters", "kind": "scale", "values": values}),
            serde_json::json!({"name": "said", "kind": "text"}),
        ]);
    });
    let early = |row: &str| row.starts_with(['1', '3', '4', '8']);
    let shift = |row: &str| if early(row) { "early" } else { "late" };
    // Every answer has a number of its own, also where rows are doubled.
    let numbered = rows.iter().enumerate().map(|(number, row)| {
        let (_, rest) = row.split_once(',').unwrap();
        let (matters, said) = match rest.split(',').nth(2).and_then(|a| a.parse().ok()) {
            Some(a @ 0..=5) => ((a + 1).to_string(), ["verkko", "aika"][a % 2]),
            _ => (String::new(), ""),
        };
        format!("{number},{rest},{},{matters},{said}\n", shift(row))
    });
    let rows: String = numbered.collect();
    let header = "id,town,job,a,b,c,shift,matters,said";
    small
        .csv_with_frame(format!("{header}\n{rows}"), FRAME)
        .unwrap()
}

/// The answers over two waves; three people answered in both. Doubled rows are other people.
fn waves(rows: &[&str]) -> Dataset {
    let small = Small::new().with(|codebook| {
        let variables = codebook["variables"].as_array_mut().unwrap();
        variables.extend([
            serde_json::json!({"name": "round", "kind": "wave"}),
            serde_json::json!({"name": "code", "kind": "person_code"}),
        ]);
    });
    let mut seen = std::collections::BTreeMap::new();
    let numbered = rows.iter().enumerate().map(|(number, row)| {
        let (id, rest) = row.split_once(',').unwrap();
        let round = if ["1", "3", "4", "5"].contains(&id) {
            2025
        } else {
            2026
        };
        let copy = seen.entry(id).and_modify(|copy| *copy += 1).or_insert(0);
        let code = match id {
            "1" | "8" => format!("x{copy}"),
            "3" | "9" => format!("y{copy}"),
            "5" | "6" => format!("z{copy}"),
            _ => String::new(),
        };
        format!("{number},{rest},{round},{code}\n")
    });
    let rows: String = numbered.collect();
    small
        .csv_with_frame(format!("id,town,job,a,b,c,round,code\n{rows}"), FRAME)
        .unwrap()
}

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
                ("profiles", figure) => {
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
                    assert!(few.iter().any(|reason| *figure == Err(*reason)), "{name}");
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
