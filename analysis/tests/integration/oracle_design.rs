//! Means, standard errors and weights under a design, compared with R's `survey`.

use analysis::design::{Lonely, Sampling};
use analysis::estimate::{Design, mean};
use analysis::{Dataset, Grouping, Quantity};
use findings::Estimate;
use serde_json::Value;

use crate::setting::{close, gold, n, survey, working};

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn stratified(finite: bool) -> Sampling {
    Sampling {
        strata: names(&["kaupunki", "rooli"]),
        finite,
        ..Sampling::default()
    }
}

fn clustered() -> Sampling {
    Sampling {
        strata: names(&["kaupunki"]),
        cluster: Some("yksikko".to_owned()),
        ..Sampling::default()
    }
}

fn raked() -> Sampling {
    Sampling {
        rake: names(&["kaupunki", "rooli"]),
        ..Sampling::default()
    }
}

fn wave_2026() -> Dataset {
    survey().only("aalto", "2026").unwrap()
}

fn under(sampling: Sampling) -> Design {
    Design {
        sampling: Some(sampling),
        ..Design::default()
    }
}

/// Compares every mean of a design with gold; `deff` is compared by its own statistic.
fn check_means(gold: &Value, sampling: &Sampling) {
    let data = wave_2026();
    let by = Grouping::by(&data, &["kaupunki"]).unwrap();
    let design = under(sampling.clone());
    for (area, expected) in gold.as_object().unwrap() {
        let quantity = Quantity::Dimension(area.clone());
        let found = mean(&data, &quantity, &by, &design).unwrap();
        let figure = |city: &str| found.row(&[city]).unwrap().figure.clone().unwrap();
        let all: Estimate = figure("all");
        close(Some(all.value), &expected["mean"], 1e-9);
        close(all.se, &expected["se"], 1e-9);
        close(all.low, &expected["ci95_low"], 1e-9);
        close(all.high, &expected["ci95_high"], 1e-9);
        for row in expected["by_city"].as_array().unwrap() {
            let city = figure(row["kaupunki"].as_str().unwrap());
            close(Some(city.value), &row["mean"], 1e-9);
            close(city.se, &row["se"], 1e-9);
        }
    }
}

#[test]
fn strata_with_a_finite_population_are_those_of_survey() {
    let gold = gold("design.json");
    check_means(&gold["stratified_city_role_fpc"], &stratified(true));
}

#[test]
fn strata_without_end_are_those_of_survey() {
    let gold = gold("design.json");
    check_means(&gold["stratified_city_role_no_fpc"], &stratified(false));
}

#[test]
fn units_as_clusters_are_those_of_survey() {
    let gold = gold("design.json");
    check_means(&gold["clustered_by_unit_within_city"], &clustered());
}

#[test]
fn raked_means_are_those_of_survey() {
    let gold = &gold("design.json")["raking"];
    let data = wave_2026();
    let by = Grouping::by(&data, &["kaupunki"]).unwrap();
    for (area, expected) in gold["weighted_means"].as_object().unwrap() {
        let quantity = Quantity::Dimension(area.clone());
        let found = mean(&data, &quantity, &by, &under(raked())).unwrap();
        let figure = |city: &str| found.row(&[city]).unwrap().figure.clone().unwrap();
        close(Some(figure("all").value), &expected["all"], 1e-9);
        for row in expected["by_city"].as_array().unwrap() {
            let city = figure(row["kaupunki"].as_str().unwrap());
            close(Some(city.value), &row["mean"], 1e-9);
        }
    }
}

#[test]
fn a_stratum_without_answers_is_listed() {
    let data = wave_2026();
    let quantity = Quantity::Dimension("tieto".to_owned());
    let design = under(stratified(true));
    let found = mean(&data, &quantity, &Grouping::whole(), &design).unwrap();
    let expected = &gold("design.json")["strata_without_respondents"];
    assert_eq!(found.notes.len(), expected.as_array().unwrap().len());
    let note = &found.notes[0];
    for words in [
        "kaupunki Pellonpää, rooli toimistotyö",
        "nobody of 10 staff",
    ] {
        assert!(note.contains(words), "{note}");
    }
}

#[test]
fn a_design_in_the_job_reaches_the_means_of_every_group() {
    let job = |design: &str| {
        working(&format!(
            "statistics = [\"mean\", \"gap\", \"trend\"]\n[groups]\nby = [\"kaupunki\", \"rooli\"]\n\
             unit = true\n[wave]\ncurrent = \"2026\"\nearlier = [\"2025\"]\n{design}"
        ))
    };
    let (plain, designed) = (job(""), job("[design]\nstrata = [\"kaupunki\", \"rooli\"]"));
    let gold = &gold("design.json")["stratified_city_role_fpc"]["tieto"];
    let keys = ["tieto", "all", "all"];
    let found = designed.figure("area.mean", &keys).unwrap();
    close(Some(found.value), &gold["mean"], 1e-9);
    close(found.se, &gold["se"], 1e-9);
    assert_eq!(n(&found), n(&plain.figure("area.mean", &keys).unwrap()));
    // One stratum has one weight: the mean stays, the finite population shortens the interval.
    let keys = ["tieto", "Järvelä", "opettaja"];
    let before = plain.figure("area.mean", &keys).unwrap();
    let found = designed.figure("area.mean", &keys).unwrap();
    assert_eq!(found.value.to_bits(), before.value.to_bits());
    assert!(found.se < before.se, "{found:?} {before:?}");
    // Each wave is a sample of its own.
    let trend = designed
        .figure("area.trend", &["tieto", "all", "all", "2026"])
        .unwrap();
    close(trend.se, &gold["se"], 1e-9);
    // A gap is a target less a score: the same error within one role.
    let role = ["tieto", "all", "opettaja"];
    let gap = designed.figure("area.gap", &role).unwrap();
    let score = designed.figure("area.mean", &role).unwrap();
    close(gap.se, &serde_json::json!(score.se), 1e-12);
    let unit = designed.figure("unit.area.mean", &["tieto", "Järvelä", "JAR-01"]);
    assert!(unit.unwrap().se.is_some());
}

#[test]
fn lonely_choices_have_names() {
    for (name, lonely) in Lonely::ALL {
        assert_eq!(
            Lonely::ALL.iter().filter(|found| found.0 == name).count(),
            1
        );
        assert_eq!(
            Lonely::ALL.iter().filter(|found| found.1 == lonely).count(),
            1
        );
    }
}
