//! Items that favour a group, compared with R's proportional odds models.

use analysis::estimate::{Design, dif};
use analysis::{Dataset, Grouping, Quantity};
use findings::Undefined;
use serde_json::json;

use crate::setting::{Small, close, gold, survey};

const GROUPS: [&str; 2] = ["koulunkäynninohjaaja", "opettaja"];

fn two_roles() -> Dataset {
    let wave = survey().only("aalto", "2026").unwrap();
    wave.among("rooli", &GROUPS).unwrap()
}

/// Likelihoods are not shown by themselves: every test and effect is made of them.
fn check_likelihoods(ll: [f64; 4], value: &dyn Fn(&str, &str) -> Option<f64>) {
    let [none, rest, group, both] = ll;
    for (test, chi_squared) in [
        ("uniform", 2.0 * (group - rest)),
        ("nonuniform", 2.0 * (both - group)),
        ("total", 2.0 * (both - rest)),
    ] {
        close(value(test, "chisq"), &json!(chi_squared), 1e-6);
    }
    let mcfadden = (rest - both) / none;
    close(value("effect", "mcfadden_total"), &json!(mcfadden), 1e-6);
}

#[test]
pub(crate) fn likelihood_ratios_and_effects_are_those_of_polr() {
    let data = two_roles();
    let gold = gold("dif.json");
    let by = Grouping::by(&data, &["rooli"]).unwrap();
    let of = Quantity::Dimension(gold["area"].as_str().unwrap().to_owned());
    let groups = gold["groups"].as_array().unwrap().iter();
    assert!(groups.map(|group| group.as_str().unwrap()).eq(GROUPS));
    let found = dif(&data, &of, &by, &Design::default()).unwrap();
    let items = gold["items"].as_object().unwrap();
    assert_eq!(items.len(), 5);
    for (item, expected) in items {
        let value = |test: &str, term: &str| {
            let keys = [GROUPS[0], GROUPS[1], item, test, term, "none"];
            let row = found.row(&keys).unwrap();
            assert_eq!(Some(row.answers), expected["n"].as_u64());
            Some(row.figure.as_ref().unwrap().value)
        };
        for test in ["uniform", "nonuniform", "total"] {
            for term in ["chisq", "df", "p"] {
                close(value(test, term), &expected[test][term], 1e-6);
            }
        }
        for (term, name) in [
            ("nagelkerke_uniform", "delta_nagelkerke_uniform"),
            ("nagelkerke_total", "delta_nagelkerke_total"),
            ("mcfadden_total", "delta_mcfadden_total"),
        ] {
            close(value("effect", term), &expected[name], 1e-6);
        }
        let log_odds = &expected["coef_uniform"]["gopettaja"];
        close(value("effect", "log_odds"), log_odds, 1e-6);
        let likelihoods = ["ll_null", "ll1", "ll2", "ll3"].map(|name| &expected[name]);
        check_likelihoods(likelihoods.map(|ll| ll.as_f64().unwrap()), &value);
    }
}

#[test]
fn the_item_that_was_built_to_favour_a_group_is_found_after_correction() {
    let data = two_roles();
    let by = Grouping::by(&data, &["rooli"]).unwrap();
    let of = Quantity::Dimension("ohjaus".to_owned());
    let found = dif(&data, &of, &by, &Design::default()).unwrap();
    let p = |item: &str| {
        let row = found
            .rows
            .iter()
            .find(|row| row.keys[2..5] == [item, "uniform", "p_holm"].map(str::to_owned));
        row.unwrap().figure.as_ref().unwrap().value
    };
    assert!(p("ohjaus_2") < 1e-8 && p("ohjaus_3") > 0.05);
    assert!(found.notes.is_empty(), "{:?}", found.notes);
}

#[test]
fn small_empty_and_separated_groups_are_named() {
    let data = Small::new()
        .rows("1,oulu,teacher,0,1,5\n2,oulu,teacher,0,2,4\n3,turku,guide,5,3,1\n4,turku,guide,5,4,0\n5,turku,cook,8,9,\n")
        .unwrap();
    let by = Grouping::by(&data, &["job"]).unwrap();
    let of = Quantity::Dimension("abc".to_owned());
    let found = dif(&data, &of, &by, &Design::default()).unwrap();
    let reason = |first: &str, other: &str, item: &str| {
        let keys = [first, other, item, "uniform", "p", "none"];
        found.row(&keys).unwrap().figure.clone().err()
    };
    assert_eq!(reason("cook", "guide", "a"), Some(Undefined::NoAnswers));
    assert_eq!(reason("guide", "teacher", "a"), Some(Undefined::Separation));
    assert!(
        found
            .notes
            .iter()
            .any(|note| note.contains("groups of fewer than 100 complete answers is a hint: guide")),
        "{:?}",
        found.notes
    );
}
