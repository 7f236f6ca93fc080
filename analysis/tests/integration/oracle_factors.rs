//! Factor analysis of the thirty items, compared with R.

use std::sync::LazyLock;

use analysis::estimate::{Design, Estimates, factors};
use analysis::{Grouping, Quantity};
use findings::Undefined;
use nalgebra::DMatrix;

use crate::gold::Gold;
use crate::setting::{Tables, close, gold, n, survey, working};

static FACTORS: LazyLock<Tables> = LazyLock::new(|| {
    working("statistics = [\"factors\"]\n[factors]\nnumber = 6\n[wave]\ncurrent = \"2026\"")
});

fn value(table: &str, keys: &[&str]) -> Option<f64> {
    Some(FACTORS.figure(table, keys).unwrap().value)
}

#[test]
pub(crate) fn adequacy_and_bartletts_test_are_those_of_psych() {
    let gold = gold("efa.json");
    let kmo = FACTORS
        .figure("area.factorability", &["kaikki", "all", "kmo"])
        .unwrap();
    assert_eq!(Some(n(&kmo)), gold["n"].as_u64());
    for (term, name) in [
        ("kmo", "kmo"),
        ("bartlett_chisq", "bartlett_chisq"),
        ("bartlett_df", "bartlett_df"),
        ("bartlett_p", "bartlett_p"),
    ] {
        close(
            value("area.factorability", &["kaikki", "all", term]),
            &gold[name],
            1e-9,
        );
    }
    for (item, expected) in gold["msa"].as_object().unwrap() {
        close(
            value("area.factorability", &["kaikki", item, "msa"]),
            expected,
            1e-9,
        );
    }
}

#[test]
pub(crate) fn eigenvalues_are_those_of_r_and_one_factor_stands_out() {
    let gold = gold("efa.json");
    for (place, expected) in gold["eigenvalues"].as_array().unwrap().iter().enumerate() {
        let factor = format!("{:02}", place + 1);
        close(
            value("area.eigenvalues", &["kaikki", &factor, "eigenvalue"]),
            expected,
            1e-9,
        );
    }
    let beside = |factor: &str| {
        let of = |term| value("area.eigenvalues", &["kaikki", factor, term]).unwrap();
        of("eigenvalue") > of("random")
    };
    assert!(beside("01") && !beside("02"));
}

/// A rotation changes no product of two items' loadings: with those before rotation they are the
/// same, whatever signs and order R gave its factors.
fn check_unrotated(model: &Gold) {
    let names = model["rows"].as_array().unwrap();
    let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
    let (k, factors) = (names.len(), model["cols"].as_array().unwrap().len());
    let given = DMatrix::from_fn(k, factors, |item, factor| {
        model["values"][item][factor].as_f64().unwrap()
    });
    let found = DMatrix::from_fn(k, factors, |item, factor| {
        let term = format!("f{:02}", factor + 1);
        value("area.factors", &["kaikki", names[item], &term]).unwrap()
    });
    let apart = &given * given.transpose() - &found * found.transpose();
    assert!(apart.amax() < 1e-5, "{}", apart.amax());
}

#[test]
pub(crate) fn six_factors_are_those_of_factanal() {
    let gold = gold("efa.json");
    let model = &gold["ml"];
    for (term, name) in [
        ("criterion", "criterion"),
        ("chisq", "chisq"),
        ("df", "dof"),
        ("p", "p"),
    ] {
        close(
            value("area.factors", &["kaikki", "all", term]),
            &model[name],
            1e-5,
        );
    }
    for (item, expected) in model["uniquenesses"].as_object().unwrap() {
        close(
            value("area.factors", &["kaikki", item, "uniqueness"]),
            expected,
            1e-5,
        );
    }
    let items = model["varimax"]["rows"].as_array().unwrap();
    assert_eq!(items.len(), 30);
    check_unrotated(&model["loadings_unrotated"]);
    for (item, loadings) in items
        .iter()
        .zip(model["varimax"]["values"].as_array().unwrap())
    {
        for (factor, expected) in loadings.as_array().unwrap().iter().enumerate() {
            let term = format!("f{:02}", factor + 1);
            close(
                value("area.factors", &["kaikki", item.as_str().unwrap(), &term]),
                expected,
                1e-5,
            );
        }
    }
}

#[test]
fn more_factors_than_the_items_can_bear_are_a_reason() {
    // Five items bear two factors at most.
    let found = FACTORS.figure("area.factors", &["tieto", "tieto_1", "f01"]);
    assert_eq!(found, Err(Undefined::NoFreedom));
}

/// Where nothing of its own is left in an item, R stops at a uniqueness of 0.005. Several such
/// solutions lie close together: ours is the best that R finds from 400 starts.
#[test]
pub(crate) fn solutions_at_the_bound_are_those_of_factanal() {
    let gold = gold("heywood.json");
    let data = survey().only("aalto", "2026").unwrap();
    let (mut bounded, mut named) = (0, 0);
    for column in ["kaupunki", "rooli"] {
        let by = Grouping::by(&data, &[column]).unwrap();
        for (area, groups) in gold[column].as_object().unwrap() {
            let of = Quantity::Dimension(area.clone());
            let found = factors(&data, &of, &by, 2, &Design::default()).unwrap();
            for (group, expected) in groups.as_object().unwrap() {
                check_bounded(&found, group, expected);
                bounded += usize::from(expected["at_bound"].as_u64() > Some(0));
            }
            let kind = ["municipality ", "role "].map(|kind| {
                let named = found.notes.iter();
                named.map(|note| note.matches(kind).count()).sum::<usize>()
            });
            named += kind.iter().sum::<usize>();
        }
    }
    assert_eq!((bounded, named), (46, 46));
}

fn check_bounded(found: &Estimates, group: &str, expected: &Gold) {
    let value = |item: &str, term: &str| {
        let row = found.row(&[group, item, term]).unwrap();
        assert_eq!(Some(row.answers), expected["n"].as_u64());
        row.figure.as_ref().unwrap().value
    };
    close(
        Some(value("all", "criterion")),
        &expected["criterion"],
        1e-8,
    );
    close(Some(value("all", "chisq")), &expected["chisq"], 1e-5);
    close(Some(value("all", "at_bound")), &expected["at_bound"], 0.0);
    let items = expected["uniquenesses"].as_object().unwrap();
    for (i, (item, uniqueness)) in items.iter().enumerate() {
        close(Some(value(item, "uniqueness")), uniqueness, 1e-4);
        for (j, other) in items.keys().enumerate() {
            let product = |term| value(item, term) * value(other, term);
            let products = product("f01") + product("f02");
            close(Some(products), &expected["products"][i][j], 1e-4);
        }
    }
}
