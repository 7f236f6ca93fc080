//! Means, standard errors and weights under a design, compared with R's `survey`.

use std::collections::BTreeMap;

use analysis::design::{Lonely, Sampling};
use analysis::estimate::{Design, bounds, design_effect, mean, response_rate, weights};
use analysis::{Dataset, Grouping, Quantity};
use findings::{Estimate, Undefined};
use statrs::distribution::{ContinuousCDF as _, StudentsT};

use crate::gold::Gold;
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

/// Compares every mean of a design, and its effect, with gold.
fn check_means(gold: &Gold, sampling: &Sampling) {
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
        // Degrees of freedom are not shown by themselves: they are in the width of the interval.
        let t = StudentsT::new(0.0, 1.0, expected["df"].as_f64().unwrap()).unwrap();
        let width = (all.high.unwrap() - all.value) / all.se.unwrap();
        assert!((t.cdf(width) - 0.975).abs() < 1e-9, "{area}: {width}");
        for row in expected["by_city"].as_array().unwrap() {
            let city = figure(row["kaupunki"].as_str().unwrap());
            close(Some(city.value), &row["mean"], 1e-9);
            close(city.se, &row["se"], 1e-9);
        }
        let effects = design_effect(&data, &quantity, &by, &design).unwrap();
        let all = effects.row(&["all"]).unwrap().figure.clone().unwrap();
        close(Some(all.value), &expected["deff"], 1e-9);
    }
}

#[test]
pub(crate) fn strata_with_a_finite_population_are_those_of_survey() {
    let gold = gold("design.json");
    check_means(&gold["stratified_city_role_fpc"], &stratified(true));
}

#[test]
pub(crate) fn strata_without_end_are_those_of_survey() {
    let gold = gold("design.json");
    check_means(&gold["stratified_city_role_no_fpc"], &stratified(false));
}

#[test]
pub(crate) fn units_as_clusters_are_those_of_survey() {
    let gold = gold("design.json");
    check_means(&gold["clustered_by_unit_within_city"], &clustered());
}

#[test]
pub(crate) fn raked_means_are_those_of_survey() {
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
pub(crate) fn the_margins_of_raking_are_the_staff() {
    let gold = &gold("design.json")["raking"];
    let data = wave_2026();
    for (margin, column) in [("city_margin", "kaupunki"), ("role_margin", "rooli")] {
        let by = Grouping::by(&data, &[column]).unwrap();
        let rates = response_rate(&data, &by, &Design::default()).unwrap();
        for row in gold[margin].as_array().unwrap() {
            let rate = rates.row(&[row[column].as_str().unwrap()]).unwrap();
            let staff = n(rate.figure.as_ref().unwrap());
            assert_eq!(Some(staff), row["Freq"].as_u64());
        }
    }
}

#[test]
pub(crate) fn raked_weights_are_those_of_survey() {
    let gold = &gold("design.json")["raking"];
    // The survey's answers in the order of gold: city and role of each.
    let text = std::fs::read_to_string(crate::setting::oracle("data/survey.csv")).unwrap();
    let mut groups: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line
            .split(',')
            .map(|field| field.trim_matches('"'))
            .collect();
        groups.insert(
            fields[0].to_owned(),
            [fields[2], fields[4]].map(str::to_owned),
        );
    }
    let data = wave_2026();
    let by = Grouping::by(&data, &["kaupunki", "rooli"]).unwrap();
    let found = weights(&data, &by, &under(raked())).unwrap();
    let term = |keys: [&str; 3]| found.row(&keys).unwrap().figure.clone().unwrap().value;
    let rows = gold["weights"].as_array().unwrap();
    for row in rows {
        let [city, role] = &groups[row["vastaaja"].as_str().unwrap()];
        for end in ["smallest", "largest"] {
            close(Some(term([city, role, end])), &row["w"], 1e-8);
        }
    }
    assert_eq!(rows.len(), data.answers());
    close(
        Some(term(["all", "all", "kish_deff"])),
        &gold["kish_deff"],
        1e-9,
    );
    close(
        Some(term(["all", "all", "effective_n"])),
        &gold["n_effective"],
        1e-9,
    );
}

#[test]
fn bounds_hold_whoever_did_not_answer() {
    let data = wave_2026();
    let by = Grouping::by(&data, &["kaupunki"]).unwrap();
    let quantity = Quantity::Dimension("tieto".to_owned());
    let design = Design::default();
    let found = bounds(&data, &quantity, &by, &design).unwrap();
    let means = mean(&data, &quantity, &by, &design).unwrap();
    let figure = found.row(&["all"]).unwrap().figure.clone().unwrap();
    let observed = means.row(&["all"]).unwrap().figure.clone().unwrap();
    let (count, staff) = (n(&figure) as f64, 3656.0);
    close(
        Some(figure.value),
        &serde_json::json!(observed.value),
        1e-15,
    );
    let sum = count * observed.value;
    close(figure.low, &serde_json::json!(sum / staff), 1e-12);
    let high = (sum + 5.0 * (staff - count)) / staff;
    close(figure.high, &serde_json::json!(high), 1e-12);
    // Six in ten of a city's staff answered: no bounds there, and the reason says so.
    let rates = gold("design.json");
    let mut shown = 0;
    for city in data.values("kaupunki").unwrap() {
        let rows = rates["rates_city_role"].as_array().unwrap().iter();
        let of_city = rows.filter(|row| row["kaupunki"].as_str() == Some(city));
        let (n, staff) = of_city.fold((0.0, 0.0), |(n, staff), row| {
            (
                n + row["n"].as_f64().unwrap(),
                staff + row["henkilosto"].as_f64().unwrap(),
            )
        });
        let figure = &found.row(&[city]).unwrap().figure;
        if n / staff < 0.6 {
            shown += 1;
            assert!(figure.as_ref().unwrap().low < Some(figure.as_ref().unwrap().value));
        } else {
            assert_eq!(*figure, Err(Undefined::WellAnswered), "{city}");
        }
    }
    assert!(shown > 0);
}

#[test]
pub(crate) fn a_stratum_without_answers_is_listed() {
    let data = wave_2026();
    let quantity = Quantity::Dimension("tieto".to_owned());
    let design = under(stratified(true));
    let found = mean(&data, &quantity, &Grouping::whole(), &design).unwrap();
    let expected = gold("design.json")["strata_without_respondents"].as_array();
    let expected = expected.unwrap();
    assert_eq!((found.notes.len(), expected.len()), (1, 1));
    let name = |key: &str| expected[0][key].as_str().unwrap();
    let group = format!("kaupunki {}, rooli {}", name("kaupunki"), name("rooli"));
    let staff = format!("nobody of {} staff", expected[0]["henkilosto"]);
    for words in [group, staff] {
        assert!(found.notes[0].contains(&words), "{:?}", found.notes);
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
