//! The reference results of R and of exact fractions, compared with the working result.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use analysis::estimate::{Design, correlations, deviation, missing_reasons};
use analysis::{Grouping, Quantity};
use findings::{Estimate, Undefined};
use num_rational::BigRational;
use num_traits::ToPrimitive as _;

use crate::gold::Gold;
use crate::setting::{AREAS, Tables, close, gold, n, survey, working};

/// All waves, by city, role and wave.
pub(crate) static BY_WAVE: LazyLock<Tables> = LazyLock::new(|| {
    working(
        "statistics = [\"mean\", \"quantile\", \"alpha\", \"distribution\"]\n\
         [groups]\nby = [\"kaupunki\", \"rooli\", \"aalto\"]",
    )
});

/// The wave of 2026, by city and role, and by unit.
static WAVE_2026: LazyLock<Tables> = LazyLock::new(|| {
    working(
        "statistics = [\"response_rate\", \"mean\", \"gap\", \"below_target\", \"alpha\", \"trend\"]\n\
         [groups]\nby = [\"kaupunki\", \"rooli\"]\nunit = true\n\
         [wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]",
    )
});

/// How many answered, with values or without, by city, role and wave.
static ANSWERS: LazyLock<BTreeMap<Vec<String>, u64>> = LazyLock::new(|| {
    let data = survey();
    let by = Grouping::by(&data, &["kaupunki", "rooli", "aalto"]).unwrap();
    let item = Quantity::Item("tieto_1".to_owned());
    let reasons = missing_reasons(&data, &item, &by, &Design::default()).unwrap();
    let rows = reasons.rows.into_iter();
    rows.map(|row| (row.keys[..3].to_vec(), row.answers))
        .collect()
});

/// How many answers a group has that are not in a figure.
pub(crate) fn missing(group: [&str; 3], n: u64) -> Option<f64> {
    let answers = ANSWERS[&group.map(str::to_owned).to_vec()];
    Some((answers - n) as f64)
}

fn text<'v>(row: &'v Gold, key: &str) -> &'v str {
    row[key].as_str().unwrap()
}

fn rows(gold: &Gold) -> &Vec<Gold> {
    gold.as_array().unwrap()
}

/// Compares mean, standard error, interval, standard deviation and quantiles.
fn check_scores(area: &str, group: [&str; 3], expected: &Gold) {
    let [city, role, wave] = group;
    let keys = [area, city, role, wave];
    match BY_WAVE.figure("area.mean", &keys) {
        Err(reason) => {
            assert_eq!(
                (reason, expected["n"].as_u64()),
                (Undefined::NoAnswers, Some(0)),
                "{keys:?}"
            );
            close(missing(group, 0), &expected["n_missing"], 0.0);
        }
        Ok(mean) => {
            assert_eq!(Some(n(&mean)), expected["n"].as_u64(), "{keys:?}");
            close(Some(mean.value), &expected["mean"], 1e-12);
            close(mean.se, &expected["se"], 1e-12);
            close(mean.low, &expected["ci95_low"], 1e-12);
            close(mean.high, &expected["ci95_high"], 1e-12);
            let sd = mean.se.map(|se| se * (n(&mean) as f64).sqrt());
            close(sd, &expected["sd"], 1e-12);
            close(sd.map(|sd| sd * sd), &expected["var"], 1e-12);
            close(missing(group, n(&mean)), &expected["n_missing"], 0.0);
            for level in ["p10", "p25", "p50", "p75", "p90"] {
                let keys = [area, city, role, wave, level];
                let quantile = BY_WAVE.figure("area.quantile", &keys).unwrap();
                close(Some(quantile.value), &expected[level], 1e-12);
            }
        }
    }
}

fn check_rule(gold: &Gold, id: impl Fn(&str) -> String) -> usize {
    let mut checked = 0;
    for area in AREAS {
        for row in rows(&gold[area]["city_role_wave"]) {
            let wave = row["aalto"].to_string();
            check_scores(
                &id(area),
                [text(row, "kaupunki"), text(row, "rooli"), &wave],
                row,
            );
            checked += 1;
        }
        for row in rows(&gold[area]["city_wave"]) {
            let wave = row["aalto"].to_string();
            check_scores(&id(area), [text(row, "kaupunki"), "all", &wave], row);
            checked += 1;
        }
        for row in rows(&gold[area]["total_by_wave"]) {
            check_scores(&id(area), ["all", "all", &row["aalto"].to_string()], row);
            checked += 1;
        }
    }
    checked
}

#[test]
pub(crate) fn area_scores_are_those_of_r_under_both_missing_rules() {
    let gold = gold("scores.json");
    let half_of_items = check_rule(&gold["rule_half_of_items"], str::to_owned);
    let applicable = check_rule(&gold["rule_half_of_applicable_min2"], |area| {
        format!("{area}-soveltuvat")
    });
    assert!(
        half_of_items > 600 && applicable > 600,
        "{half_of_items}, {applicable}"
    );
    for row in rows(&gold["overall_mean_30_items"]["city_wave"]) {
        check_scores(
            "kaikki",
            [text(row, "kaupunki"), "all", &row["aalto"].to_string()],
            row,
        );
    }
}

/// Returns a fraction of the reference, rounded once.
pub(crate) fn rounded(exact: &Gold) -> Option<f64> {
    exact["fraction"]
        .as_str()?
        .parse::<BigRational>()
        .ok()?
        .to_f64()
}

#[test]
pub(crate) fn means_are_exact_fractions_rounded_once() {
    let gold = gold("exact.json");
    for area in AREAS {
        let exact = &gold["areas"][area];
        let cities = exact["by_city"].as_object().unwrap().iter();
        let cities = cities.map(|(city, row)| (city.as_str(), row));
        for (city, row) in cities.chain([("all", &exact["pooled"])]) {
            let keys = [area, city, "all", "2026"];
            let mean = BY_WAVE.figure("area.mean", &keys).unwrap();
            let to_the_bit = |found: f64, name: &str| {
                for expected in [row[name]["value"].as_f64(), rounded(&row[name])] {
                    assert_eq!(
                        Some(found.to_bits()),
                        expected.map(f64::to_bits),
                        "{name} of {keys:?}"
                    );
                }
            };
            assert_eq!(Some(n(&mean)), row["n"].as_u64());
            to_the_bit(mean.value, "mean");
            let median = [area, city, "all", "2026", "p50"];
            to_the_bit(
                BY_WAVE.figure("area.quantile", &median).unwrap().value,
                "median",
            );
            to_the_bit(BY_WAVE.figure("area.alpha", &keys).unwrap().value, "alpha");
        }
    }
}

#[test]
pub(crate) fn variances_are_exact_to_the_last_places() {
    let gold = gold("exact.json");
    let data = survey().only("aalto", "2026").unwrap();
    let by = Grouping::by(&data, &["kaupunki"]).unwrap();
    for area in AREAS {
        let quantity = Quantity::Dimension(area.to_owned());
        let deviations = deviation(&data, &quantity, &by, &Design::default()).unwrap();
        let exact = &gold["areas"][area];
        let cities = exact["by_city"].as_object().unwrap().iter();
        let cities = cities.map(|(city, row)| (city.as_str(), row));
        for (city, row) in cities.chain([("all", &exact["pooled"])]) {
            let found = deviations.row(&[city]).unwrap().figure.clone().unwrap();
            for expected in [row["variance"]["value"].as_f64(), rounded(&row["variance"])] {
                let expected = expected.unwrap().sqrt();
                assert!(
                    (found.value - expected).abs() <= 4.0 * f64::EPSILON * expected,
                    "{area} {city}"
                );
            }
        }
    }
}

#[test]
pub(crate) fn alpha_has_the_interval_of_complete_rows() {
    let gold = gold("reliability.json");
    let check = |found: &Estimate, expected: &Gold, names: [&str; 4]| {
        assert_eq!(Some(n(found)), expected[names[0]].as_u64());
        close(Some(found.value), &expected[names[1]], 1e-10);
        close(found.low, &expected[names[2]], 1e-10);
        close(found.high, &expected[names[3]], 1e-10);
    };
    let whole = [
        "n_complete",
        "alpha_listwise",
        "alpha_feldt95_low",
        "alpha_feldt95_high",
    ];
    for area in AREAS {
        let found = WAVE_2026
            .figure("area.alpha", &[area, "all", "all"])
            .unwrap();
        check(&found, &gold["all_2026"][area], whole);
    }
    let found = WAVE_2026
        .figure("area.alpha", &["kaikki", "all", "all"])
        .unwrap();
    check(&found, &gold["overall_30_items_2026"], whole);
    for row in rows(&gold["alpha_by_city_2026"]) {
        let keys = [text(row, "osa_alue"), text(row, "kaupunki"), "all"];
        let found = WAVE_2026.figure("area.alpha", &keys).unwrap();
        check(&found, row, ["n_complete", "alpha", "low", "high"]);
    }
    for row in rows(&gold["alpha_by_city_wave"]) {
        let wave = row["aalto"].to_string();
        let keys = [text(row, "osa_alue"), text(row, "kaupunki"), "all", &wave];
        let found = BY_WAVE.figure("area.alpha", &keys).unwrap();
        assert_eq!(Some(n(&found)), row["n_complete"].as_u64());
        close(Some(found.value), &row["alpha"], 1e-10);
    }
}

#[test]
pub(crate) fn response_rates_count_answers_over_staff() {
    let gold = gold("design.json");
    let close_rate = |table: &str, keys: &[&str], row: &Gold| match WAVE_2026.figure(table, keys) {
        Ok(found) => {
            assert_eq!(Some(n(&found)), row["henkilosto"].as_u64(), "{keys:?}");
            close(Some(found.value), &row["rate"], 1e-9);
            let answers = found.value * n(&found) as f64;
            close(Some(answers.round()), &row["n"], 0.0);
            assert!(found.low.unwrap() <= found.value && found.value <= found.high.unwrap());
        }
        Err(reason) => panic!("{table} {keys:?}: {reason}"),
    };
    for row in rows(&gold["rates_city_role"]) {
        close_rate(
            "response.rate",
            &[text(row, "kaupunki"), text(row, "rooli")],
            row,
        );
    }
    for row in rows(&gold["rates_unit"]) {
        close_rate(
            "unit.response.rate",
            &[text(row, "kaupunki"), text(row, "yksikko")],
            row,
        );
    }
    let overall = WAVE_2026.figure("response.rate", &["all", "all"]).unwrap();
    close(Some(overall.value), &gold["overall_rate"], 1e-9);
    // Pellonpää has office staff and no answer from them: a rate of nought, and no mean.
    let nobody = ["Pellonpää", "toimistotyö"];
    assert_eq!(
        WAVE_2026.figure("response.rate", &nobody).unwrap().value,
        0.0
    );
    let mean = WAVE_2026.figure("area.mean", &["tieto", nobody[0], nobody[1]]);
    assert_eq!(mean, Err(Undefined::NoAnswers));
}

#[test]
pub(crate) fn gaps_and_shares_below_target_are_those_of_r() {
    let gold = gold("needs.json");
    for row in rows(&gold["gap_2026"]) {
        let keys = [text(row, "osa_alue"), "all", text(row, "rooli")];
        let gap = WAVE_2026.figure("area.gap", &keys).unwrap();
        assert_eq!(Some(n(&gap)), row["n"].as_u64());
        close(Some(gap.value), &row["mean_gap"], 1e-12);
        close(gap.low, &row["ci95_low"], 1e-12);
        close(gap.high, &row["ci95_high"], 1e-12);
        close(
            gap.se.map(|se| se * (n(&gap) as f64).sqrt()),
            &row["sd_gap"],
            1e-12,
        );
        let mean = WAVE_2026.figure("area.mean", &keys).unwrap();
        close(Some(gap.value + mean.value), &row["tavoite"], 1e-12);
        let shortfall = WAVE_2026.figure("area.shortfall", &keys).unwrap();
        close(Some(shortfall.value), &row["mean_shortfall"], 1e-12);
        let below = WAVE_2026.figure("area.below", &keys).unwrap();
        close(Some(below.value), &row["share_below"], 1e-12);
        close(below.low, &row["share_below_wilson_low"], 1e-12);
        close(below.high, &row["share_below_wilson_high"], 1e-12);
    }
}

#[test]
fn trends_show_the_means_of_every_wave() {
    let gold = gold("scores.json");
    for area in AREAS {
        for row in rows(&gold["rule_half_of_items"][area]["city_wave"]) {
            let wave = row["aalto"].to_string();
            let keys = [area, text(row, "kaupunki"), "all", &wave];
            let found = WAVE_2026.figure("area.trend", &keys).unwrap();
            assert_eq!(Some(n(&found)), row["n"].as_u64());
            close(Some(found.value), &row["mean"], 1e-12);
        }
    }
}

#[test]
pub(crate) fn areas_go_together_as_in_r() {
    let gold = &gold("scores.json")["area_correlations_2026_pairwise"];
    let data = survey().only("aalto", "2026").unwrap();
    let areas = AREAS.map(|area| Quantity::Dimension(area.to_owned()));
    let by = Grouping::whole();
    let found = correlations(&data, &areas, &by, &Design::default()).unwrap();
    assert_eq!((found.rows.len(), found.notes.len()), (15, 0));
    for (i, row) in rows(&gold["rows"]).iter().enumerate() {
        for (j, column) in rows(&gold["cols"]).iter().enumerate() {
            let (one, other) = (row.as_str().unwrap(), column.as_str().unwrap());
            let pair = found.row(&[one, other]).or(found.row(&[other, one]));
            let figure = pair.map(|pair| pair.figure.clone().unwrap());
            let value = figure.as_ref().map_or(1.0, |figure| figure.value);
            close(Some(value), &gold["values"][i][j], 1e-12);
            assert_eq!(figure.is_none(), one == other);
            if let Some(figure) = figure {
                let half = 1.959_963_984_540_054 / (n(&figure) as f64 - 3.0).sqrt();
                let ends = [figure.low, figure.high].map(|end| end.unwrap().atanh());
                assert!((ends[1] - ends[0] - 2.0 * half).abs() < 1e-12, "{figure:?}");
                assert!((ends[0] + half - value.atanh()).abs() < 1e-12, "{figure:?}");
            }
        }
    }
    // An area and all thirty items share items, which is said.
    let whole = ["tieto", "kaikki"].map(|area| Quantity::Dimension(area.to_owned()));
    let found = correlations(&data, &whole, &by, &Design::default()).unwrap();
    assert!(
        found.notes[0].contains("tieto and kaikki"),
        "{:?}",
        found.notes
    );
}
