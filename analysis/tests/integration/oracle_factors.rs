//! Factor analysis of the thirty items, compared with R.

use std::sync::LazyLock;

use findings::Undefined;

use crate::setting::{Tables, close, gold, n, working};

static FACTORS: LazyLock<Tables> = LazyLock::new(|| {
    working("statistics = [\"factors\"]\n[factors]\nnumber = 6\n[wave]\ncurrent = \"2026\"")
});

fn value(table: &str, keys: &[&str]) -> Option<f64> {
    Some(FACTORS.figure(table, keys).unwrap().value)
}

#[test]
fn adequacy_and_bartletts_test_are_those_of_psych() {
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
fn eigenvalues_are_those_of_r_and_one_factor_stands_out() {
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

#[test]
fn six_factors_are_those_of_factanal() {
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
