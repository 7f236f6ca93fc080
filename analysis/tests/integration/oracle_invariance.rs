//! Measurement invariance, compared with R's `lavaan`.

use analysis::estimate::{Design, Estimates, invariance};
use analysis::{Grouping, Quantity};
use findings::Undefined;

use crate::gold::Gold;
use crate::setting::{Small, close, gold, n, survey, working};

fn value(found: &Estimates, test: &str, term: &str) -> Option<f64> {
    let figure = &found.row(&[test, term]).unwrap().figure;
    figure.as_ref().ok().map(|figure| figure.value)
}

fn check(found: &Estimates, expected: &Gold) {
    for test in ["configural", "metric", "scalar"] {
        let expected = &expected[test];
        for (term, name) in [
            ("chisq", "chisq"),
            ("df", "df"),
            ("p", "pvalue"),
            ("cfi", "cfi"),
            ("rmsea", "rmsea"),
        ] {
            close(value(found, test, term), &expected[name], 1e-5);
        }
    }
    let change = |name: &str| {
        let of = |test: &str| expected[test][name].as_f64().unwrap();
        serde_json::json!(of("scalar") - of("metric"))
    };
    close(value(found, "scalar", "change_cfi"), &change("cfi"), 1e-5);
    close(value(found, "scalar", "change_df"), &change("df"), 0.0);
}

#[test]
pub(crate) fn models_of_several_groups_are_those_of_lavaan() {
    let gold = gold("invariance.json");
    let data = survey().only("aalto", "2026").unwrap();
    for column in ["rooli", "kaupunki"] {
        let by = Grouping::by(&data, &[column]).unwrap();
        for (area, expected) in gold[column].as_object().unwrap() {
            let area = Quantity::Dimension(area.clone());
            let found = invariance(&data, &area, &by, &Design::default()).unwrap();
            check(&found, expected);
            let model = found.row(&["configural", "chisq"]).unwrap();
            assert_eq!(
                Some(n(model.figure.as_ref().unwrap())),
                expected["n"].as_u64()
            );
            let groups = expected["groups"].as_array().unwrap().iter();
            let groups = groups.filter(|group| {
                data.values(column)
                    .unwrap()
                    .contains(&group.as_str().unwrap())
            });
            assert_eq!(groups.count(), expected["groups"].as_array().unwrap().len());
            let left_out = expected["left_out"].as_array().unwrap();
            assert_eq!(found.notes.len(), usize::from(!left_out.is_empty()));
            for group in left_out {
                assert!(
                    found.notes[0].contains(group.as_str().unwrap()),
                    "{:?}",
                    found.notes
                );
            }
        }
    }
}

#[test]
fn an_item_that_favours_a_role_is_flagged_in_the_scalar_model() {
    let tables = working(
        "statistics = [\"invariance\"]\n[compare]\nby = [\"rooli\"]\n[wave]\ncurrent = \"2026\"\n",
    );
    let flagged = |area: &str| {
        let keys = [area, "scalar", "flagged"];
        tables.figure("area.invariance.role", &keys).unwrap().value
    };
    // `ohjaus_2` is built to favour one role at equal ability.
    assert_eq!((flagged("ohjaus"), flagged("tieto")), (1.0, 0.0));
}

#[test]
fn small_groups_and_few_items_are_refused_with_a_reason() {
    let rows: String = (0..150)
        .map(|n| format!("{n},oulu,{},{},{},{}\n", n % 2, n % 5, n % 4, n % 3))
        .collect();
    let data = Small::new().rows(&rows).unwrap();
    let by = Grouping::by(&data, &["job"]).unwrap();
    let reason = |of: Quantity| {
        let found = invariance(&data, &of, &by, &Design::default()).unwrap();
        let row = found.row(&["metric", "chisq"]).unwrap();
        (row.figure.clone().unwrap_err(), found.notes.len())
    };
    let area = Quantity::Dimension("abc".to_owned());
    assert_eq!(reason(area), (Undefined::SmallGroups, 1));
    let item = Quantity::Item("a".to_owned());
    assert_eq!(reason(item), (Undefined::OneItem, 1));
}
