//! Reliability in its kinds, compared with R.

use std::sync::LazyLock;

use findings::Undefined;
use serde_json::Value;

use crate::setting::{Tables, close, gold, n, working};

/// The areas of 2026, all answers together.
static WAVE_2026: LazyLock<Tables> = LazyLock::new(|| {
    working(
        "statistics = [\"reliability\", \"omega\", \"ordinal_reliability\"]\n\
         [wave]\ncurrent = \"2026\"",
    )
});

fn areas(gold: &Value) -> Vec<(String, Value)> {
    let areas = gold["all_2026"].as_object().unwrap().clone();
    assert_eq!(areas.len(), 6);
    areas.into_iter().collect()
}

/// Areas and all thirty items together.
fn areas_and_whole(gold: &Value) -> Vec<(String, Value)> {
    let mut all = areas(gold);
    all.push(("kaikki".to_owned(), gold["overall_30_items_2026"].clone()));
    all
}

fn value(table: &str, keys: &[&str]) -> Option<f64> {
    Some(WAVE_2026.figure(table, keys).unwrap().value)
}

#[test]
fn alphas_in_their_kinds_are_those_of_psych() {
    for (area, expected) in areas_and_whole(&gold("reliability.json")) {
        for (term, name) in [
            ("alpha", "alpha_listwise"),
            ("alpha_pairwise", "alpha_pairwise"),
            ("alpha_standardised", "alpha_std_listwise"),
            ("mean_r", "mean_r"),
            ("lambda6", "guttman_lambda6"),
        ] {
            close(
                value("area.reliability", &[&area, term]),
                &expected[name],
                1e-10,
            );
        }
        let alpha = WAVE_2026
            .figure("area.reliability", &[&area, "alpha"])
            .unwrap();
        assert_eq!(Some(n(&alpha)), expected["n_complete"].as_u64());
        close(alpha.se, &expected["alpha_ase_duhachek"], 1e-10);
        close(alpha.low, &expected["alpha_feldt95_low"], 1e-10);
        close(alpha.high, &expected["alpha_feldt95_high"], 1e-10);
    }
}

#[test]
fn items_against_the_rest_are_those_of_psych() {
    for (area, expected) in areas_and_whole(&gold("reliability.json")) {
        for (term, name) in [
            ("item_rest", "item_rest_r"),
            ("alpha_if_dropped", "alpha_if_dropped"),
        ] {
            for (item, expected) in expected[name].as_object().unwrap() {
                close(
                    value("area.item_rest", &[&area, item, term]),
                    expected,
                    1e-10,
                );
            }
        }
    }
}

#[test]
fn omega_and_its_loadings_are_those_of_the_polished_model() {
    for (area, expected) in areas_and_whole(&gold("reliability.json")) {
        let model = &expected["omega_ml_cov"];
        close(
            value("area.omega", &[&area, "omega"]),
            &model["omega_total"],
            1e-8,
        );
        close(
            value("area.omega", &[&area, "omega_observed"]),
            &model["omega_obs_denominator"],
            1e-8,
        );
        for (term, name) in [("loading", "loadings"), ("uniqueness", "uniquenesses")] {
            for (item, expected) in model[name].as_object().unwrap() {
                close(value("area.loadings", &[&area, item, term]), expected, 1e-8);
            }
        }
        for (term, name) in [
            ("chisq", "chisq"),
            ("df", "df"),
            ("p", "pvalue"),
            ("cfi", "cfi"),
            ("tli", "tli"),
            ("rmsea", "rmsea"),
            ("srmr", "srmr"),
        ] {
            close(
                value("area.omega", &[&area, term]),
                &model["fit"][name],
                1e-5,
            );
        }
    }
}

#[test]
fn omega_by_least_squares_is_that_of_psych() {
    for (area, expected) in areas_and_whole(&gold("reliability.json")) {
        let model = &expected["omega_minres_cor"];
        close(
            value("area.omega", &[&area, "omega_minres"]),
            &model["omega_total"],
            1e-4,
        );
        for (item, expected) in model["loadings"].as_object().unwrap() {
            close(
                value("area.loadings", &[&area, item, "loading_minres"]),
                expected,
                1e-4,
            );
        }
    }
}

#[test]
fn polychoric_correlations_are_those_of_two_steps() {
    for (area, expected) in areas(&gold("reliability.json")) {
        let ordinal = &expected["ordinal"];
        let names = ordinal["polychoric"]["rows"].as_array().unwrap();
        let mut checked = 0;
        for (i, first) in names.iter().enumerate() {
            for (j, second) in names.iter().enumerate().skip(i + 1) {
                let keys = [&area, first.as_str().unwrap(), second.as_str().unwrap()];
                let expected = &ordinal["polychoric"]["values"][i][j];
                close(value("area.polychoric", &keys), expected, 1e-6);
                checked += 1;
            }
        }
        assert_eq!(checked, 10);
        let found = |term| value("area.ordinal_reliability", &[&area, term]);
        close(found("alpha_ordinal"), &ordinal["alpha_ordinal"], 1e-6);
        close(
            found("omega_ordinal"),
            &ordinal["omega_ordinal_minres"],
            1e-4,
        );
    }
}

#[test]
fn empty_groups_have_reasons_in_every_table() {
    let tables = working(
        "statistics = [\"reliability\", \"omega\"]\n\
         [groups]\nby = [\"kaupunki\", \"rooli\"]\n[wave]\ncurrent = \"2026\"",
    );
    // Pellonpää has office staff and no answer from them.
    let nobody = ["tieto", "Pellonpää", "toimistotyö"];
    for (table, further) in [
        ("area.reliability", &["alpha_pairwise"][..]),
        ("area.item_rest", &["tieto_1", "item_rest"]),
        ("area.omega", &["cfi"]),
        ("area.loadings", &["tieto_1", "loading_minres"]),
    ] {
        let keys = [&nobody[..], further].concat();
        assert_eq!(
            tables.figure(table, &keys),
            Err(Undefined::NoAnswers),
            "{table}"
        );
    }
}
