//! Reliability in its kinds, compared with R.

use std::sync::LazyLock;

use findings::Undefined;
use nalgebra::DMatrix;

use crate::gold::Gold;
use crate::setting::{Tables, close, gold, n, survey, working};

/// The areas of 2026, all answers together.
static WAVE_2026: LazyLock<Tables> = LazyLock::new(|| {
    working(
        "statistics = [\"reliability\", \"omega\", \"ordinal_reliability\"]\n\
         [wave]\ncurrent = \"2026\"",
    )
});

fn areas(gold: &'static Gold) -> Vec<(&'static str, &'static Gold)> {
    let areas = gold["all_2026"].as_object().unwrap().iter();
    let areas: Vec<_> = areas.map(|(area, gold)| (area.as_str(), gold)).collect();
    assert_eq!(areas.len(), 6);
    areas
}

/// Areas and all thirty items together.
fn areas_and_whole(gold: &'static Gold) -> Vec<(&'static str, &'static Gold)> {
    let mut all = areas(gold);
    all.push(("kaikki", &gold["overall_30_items_2026"]));
    all
}

fn value(table: &str, keys: &[&str]) -> Option<f64> {
    Some(WAVE_2026.figure(table, keys).unwrap().value)
}

#[test]
pub(crate) fn alphas_in_their_kinds_are_those_of_psych() {
    for (area, expected) in areas_and_whole(gold("reliability.json")) {
        for (term, name) in [
            ("alpha", "alpha_listwise"),
            ("alpha_pairwise", "alpha_pairwise"),
            ("alpha_standardised", "alpha_std_listwise"),
            ("mean_r", "mean_r"),
            ("lambda6", "guttman_lambda6"),
        ] {
            close(
                value("area.reliability", &[area, term]),
                &expected[name],
                1e-10,
            );
        }
        let alpha = WAVE_2026
            .figure("area.reliability", &[area, "alpha"])
            .unwrap();
        assert_eq!(Some(n(&alpha)), expected["n_complete"].as_u64());
        let data = survey().only("aalto", "2026").unwrap();
        assert_eq!(Some(data.answers() as u64), expected["n_total"].as_u64());
        let mut areas = data.codebook().dimensions.iter();
        let items = areas
            .find(|found| found.id == area)
            .unwrap()
            .variables
            .len();
        assert_eq!(Some(items as u64), expected["k"].as_u64());
        close(alpha.se, &expected["alpha_ase_duhachek"], 1e-10);
        close(alpha.low, &expected["alpha_feldt95_low"], 1e-10);
        close(alpha.high, &expected["alpha_feldt95_high"], 1e-10);
    }
}

#[test]
pub(crate) fn items_against_the_rest_are_those_of_psych() {
    for (area, expected) in areas_and_whole(gold("reliability.json")) {
        for (term, name) in [
            ("item_rest", "item_rest_r"),
            ("alpha_if_dropped", "alpha_if_dropped"),
        ] {
            for (item, expected) in expected[name].as_object().unwrap() {
                close(
                    value("area.item_rest", &[area, item, term]),
                    expected,
                    1e-10,
                );
            }
        }
    }
}

#[test]
pub(crate) fn omega_and_its_loadings_are_those_of_the_polished_model() {
    for (area, expected) in areas_and_whole(gold("reliability.json")) {
        let model = &expected["omega_ml_cov"];
        close(
            value("area.omega", &[area, "omega"]),
            &model["omega_total"],
            1e-8,
        );
        close(
            value("area.omega", &[area, "omega_observed"]),
            &model["omega_obs_denominator"],
            1e-8,
        );
        for (term, name) in [("loading", "loadings"), ("uniqueness", "uniquenesses")] {
            for (item, expected) in model[name].as_object().unwrap() {
                close(value("area.loadings", &[area, item, term]), expected, 1e-8);
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
                value("area.omega", &[area, term]),
                &model["fit"][name],
                1e-5,
            );
        }
    }
}

#[test]
pub(crate) fn omega_by_least_squares_is_that_of_psych() {
    for (area, expected) in areas_and_whole(gold("reliability.json")) {
        let model = &expected["omega_minres_cor"];
        close(
            value("area.omega", &[area, "omega_minres"]),
            &model["omega_total"],
            1e-4,
        );
        for (item, expected) in model["loadings"].as_object().unwrap() {
            close(
                value("area.loadings", &[area, item, "loading_minres"]),
                expected,
                1e-4,
            );
        }
    }
}

#[test]
pub(crate) fn polychoric_correlations_are_those_of_two_steps() {
    for (area, expected) in areas(gold("reliability.json")) {
        let ordinal = &expected["ordinal"];
        let names = ordinal["polychoric"]["rows"].as_array().unwrap();
        assert!(
            names
                .iter()
                .zip(ordinal["polychoric"]["cols"].as_array().unwrap())
                .all(|(row, column)| row.as_str() == column.as_str())
        );
        let mut r = DMatrix::<f64>::identity(names.len(), names.len());
        let mut checked = 0;
        for item in 0..names.len() {
            close(Some(1.0), &ordinal["polychoric"]["values"][item][item], 0.0);
        }
        for (i, first) in names.iter().enumerate() {
            for (j, second) in names.iter().enumerate().skip(i + 1) {
                let keys = [area, first.as_str().unwrap(), second.as_str().unwrap()];
                let rho = value("area.polychoric", &keys);
                for expected in [[i, j], [j, i]] {
                    let expected = &ordinal["polychoric"]["values"][expected[0]][expected[1]];
                    close(rho, expected, 1e-6);
                    r[(i, j)] = rho.unwrap();
                    r[(j, i)] = rho.unwrap();
                }
                checked += 1;
            }
        }
        assert_eq!(checked, 10);
        let mut eigenvalues: Vec<f64> = r.symmetric_eigenvalues().iter().copied().collect();
        eigenvalues.sort_by(|a, b| b.total_cmp(a));
        for (found, expected) in eigenvalues
            .iter()
            .zip(ordinal["eigenvalues"].as_array().unwrap())
        {
            close(Some(*found), expected, 1e-6);
        }
        let found = |term| value("area.ordinal_reliability", &[area, term]);
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
