//! What must hold for every table of every statistic that a job can name: one battery for all.
//!
//! The statistics come from the list of the job language, so a new one is in here by itself; its
//! tables must be added to [`TABLES`], with what doubling the answers and weighing them alike does
//! to them. `every_statistic.rs` looks closer at single figures.

mod survey;

use std::collections::BTreeSet;

use findings::{Estimate, RawRow, Undefined};

use survey::{
    Answer, Tables, answers, doubled, emptied, everything, frame, tables, texts_of_workbook,
};

/// What becomes of the values of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kept {
    /// They stay, but for rounding at the very end.
    Values,
    /// Values of these terms stay; others are about numbers of people or spread over n - 1.
    Terms(&'static [&'static str]),
    /// Nothing stays, for the reason that is said.
    Nothing(&'static str),
}

use Kept::{Nothing, Terms, Values};

/// How a `[design]` weighs a table.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Weighed {
    /// With equal weights the values are those without a design.
    Values,
    /// It is about those who answered: the design changes nothing at all.
    NotAtAll,
    /// It is about the design and has no value without one.
    DesignOnly,
}

use Weighed::{DesignOnly, NotAtAll};

const SPREAD: Kept = Nothing("a spread over n - 1 shrinks as n grows");
const TESTS: Kept = Nothing("tests and models are surer of twice as many people");
const DRAWN: Kept = Nothing("people are drawn at random, and the draws are others");
const UNITS: Kept = Nothing("units of twice as many people tell more about themselves");

/// Every table, what doubled answers keep, and what equal weights do.
const TABLES: [(&str, Kept, Weighed); 59] = [
    ("response.rate", Values, NotAtAll),
    ("unit.response.rate", Values, NotAtAll),
    ("item.distribution", Values, NotAtAll),
    ("item.missing", Values, NotAtAll),
    ("area.mean", Values, Weighed::Values),
    ("item.mean", Values, Weighed::Values),
    ("unit.area.mean", Values, Weighed::Values),
    (
        "area.quantile",
        Nothing("quantiles of type 7 lie between other people"),
        NotAtAll,
    ),
    ("area.gap", Values, Weighed::Values),
    ("area.shortfall", Values, Weighed::Values),
    ("area.below", Values, NotAtAll),
    ("area.alpha", Values, NotAtAll),
    ("area.trend", Values, Weighed::Values),
    ("area.shape", SPREAD, NotAtAll),
    ("item.shape", SPREAD, NotAtAll),
    ("item.top_two", Values, NotAtAll),
    ("item.bottom_two", Values, NotAtAll),
    (
        "area.differences.shift",
        Terms(&["eta_sq", "rank_epsilon_sq"]),
        NotAtAll,
    ),
    (
        "item.differences.shift",
        Terms(&["eta_sq", "rank_epsilon_sq"]),
        NotAtAll,
    ),
    (
        "area.ranks.shift",
        Nothing("mean ranks grow with the number of people"),
        NotAtAll,
    ),
    (
        "item.ranks.shift",
        Nothing("mean ranks grow with the number of people"),
        NotAtAll,
    ),
    (
        "area.pairs.shift",
        Terms(&["difference", "cliff_delta", "superiority"]),
        NotAtAll,
    ),
    (
        "item.pairs.shift",
        Terms(&["difference", "cliff_delta", "superiority"]),
        NotAtAll,
    ),
    (
        "area.reliability",
        Terms(&["alpha", "alpha_standardised", "mean_r", "lambda6"]),
        NotAtAll,
    ),
    ("area.item_rest", Values, NotAtAll),
    ("area.omega", Terms(&["omega", "omega_minres"]), NotAtAll),
    ("area.loadings", Terms(&["loading_minres"]), NotAtAll),
    ("area.ordinal_reliability", Values, NotAtAll),
    ("area.polychoric", Values, NotAtAll),
    ("area.correlations", Values, NotAtAll),
    ("area.dif.shift", TESTS, NotAtAll),
    ("area.invariance.shift", TESTS, NotAtAll),
    ("area.levels", Values, NotAtAll),
    ("area.level_errors", SPREAD, NotAtAll),
    ("area.bounds", Values, NotAtAll),
    ("area.design_effect", TESTS, DesignOnly),
    (
        "design.weights",
        Terms(&["smallest", "largest", "kish_deff"]),
        DesignOnly,
    ),
    ("area.replicates", Values, DesignOnly),
    ("area.icc", UNITS, NotAtAll),
    ("unit.area.shrunken", UNITS, NotAtAll),
    (
        "area.factorability",
        Terms(&["msa", "kmo", "bartlett_df"]),
        NotAtAll,
    ),
    ("area.eigenvalues", Terms(&["eigenvalue"]), NotAtAll),
    (
        "area.factors",
        Terms(&["uniqueness", "f01", "df"]),
        NotAtAll,
    ),
    (
        "area.change",
        Terms(&["share", "mean", "difference"]),
        NotAtAll,
    ),
    ("area.mixed_change", TESTS, NotAtAll),
    ("area.slope", TESTS, NotAtAll),
    ("area.need", Values, NotAtAll),
    (
        "area.need.ranking",
        Terms(&["importance", "competence", "rank"]),
        NotAtAll,
    ),
    (
        "area.need.quadrant",
        Terms(&["importance", "competence"]),
        NotAtAll,
    ),
    ("profile.number", DRAWN, NotAtAll),
    ("profile.area", Values, NotAtAll),
    ("profile.stability", DRAWN, NotAtAll),
    ("profile.share", Values, NotAtAll),
    ("text.theme", Values, NotAtAll),
    ("straight_lining", Values, NotAtAll),
    ("break_off", Values, NotAtAll),
    ("item.break_off", Values, NotAtAll),
    ("area.weighted_differences.shift", TESTS, DesignOnly),
    (
        "item.weighted_differences.shift",
        Terms(&["cramers_v"]),
        DesignOnly,
    ),
];

/// The table that wants a hundred people in each group, and has a test of its own with so many.
const INVARIANCE: &str = "area.invariance.shift";

/// Strata of equal shares, so that every answer weighs the same; units are the clusters.
const EQUAL: &str = "[design]\nstrata = [\"town\"]\ncluster = \"unit\"\n";

fn plain(answers: &[Answer]) -> Tables {
    tables(answers, &frame(3), &everything()).unwrap()
}

fn designed(answers: &[Answer], frame: &str) -> Tables {
    tables(answers, frame, &format!("{}{EQUAL}", everything())).unwrap()
}

fn numbers(figure: &Estimate) -> [Option<f64>; 4] {
    [Some(figure.value), figure.se, figure.low, figure.high]
}

/// Returns every row with its table.
fn rows(tables: &Tables) -> impl Iterator<Item = (&str, &RawRow)> {
    let tables = tables.iter();
    tables.flat_map(|(id, table)| table.rows.iter().map(move |row| (id.as_str(), row)))
}

#[test]
fn every_table_of_the_language_is_in_the_battery_and_has_values() {
    let (without, with) = (plain(&answers()), designed(&answers(), &frame(3)));
    let listed: BTreeSet<&str> = TABLES.iter().map(|(id, ..)| *id).collect();
    let made: BTreeSet<&str> = without
        .keys()
        .chain(with.keys())
        .map(String::as_str)
        .collect();
    assert_eq!(made, listed);
    for (id, _, weighed) in TABLES {
        let table = if weighed == DesignOnly {
            &with[id]
        } else {
            &without[id]
        };
        let values = table.rows.iter().filter(|row| row.figure.is_ok()).count();
        assert!(values > 0 || id == INVARIANCE, "{id}");
    }
}

#[test]
fn the_order_of_rows_changes_no_bit_of_any_table() {
    let mut rows = answers();
    let (without, with) = (plain(&rows), designed(&rows, &frame(3)));
    for step in [7, 101] {
        rows.rotate_left(step);
        rows.reverse();
        rows.swap(0, step);
        assert_same(&plain(&rows), &without);
        assert_same(&designed(&rows, &frame(3)), &with);
    }
}

/// Compares all bits of all tables.
fn assert_same(found: &Tables, expected: &Tables) {
    assert!(found.keys().eq(expected.keys()));
    for ((id, one), (_, other)) in rows(found).zip(rows(expected)) {
        assert_eq!(one, other, "{id}");
    }
}

#[test]
fn every_number_is_finite_and_inside_its_interval() {
    for tables in [plain(&answers()), designed(&answers(), &frame(3))] {
        for (id, row) in rows(&tables) {
            let Ok(figure) = &row.figure else { continue };
            let numbers = numbers(figure).into_iter().flatten();
            assert!(numbers.into_iter().all(f64::is_finite), "{id} {row:?}");
            let low = figure.low.is_none_or(|low| low <= figure.value);
            let high = figure.high.is_none_or(|high| figure.value <= high);
            assert!(low && high, "{id} {row:?}");
        }
    }
}

#[test]
fn a_town_without_answers_has_a_reason_in_every_table() {
    let mut seen = BTreeSet::new();
    for tables in [plain(&answers()), designed(&answers(), &frame(3))] {
        for (id, table) in &tables {
            let town = table.dims.iter().position(|dim| dim == "municipality");
            let Some(town) = town else { continue };
            for row in table.rows.iter().filter(|row| row.keys[town] == "vaasa") {
                match &row.figure {
                    Err(_) => {}
                    // Of its staff, or of its nobody, no one answered and no one is linked.
                    Ok(figure) => {
                        let counts = ["response.rate", "unit.response.rate", "area.change"];
                        assert!(counts.contains(&id.as_str()), "{id} {row:?}");
                        assert_eq!(figure.value, 0.0, "{id} {row:?}");
                    }
                }
                assert_eq!(row.answers, 0, "{id} {row:?}");
                seen.insert(id.clone());
            }
        }
    }
    // Profiles are sought among all people together, and weights are about the strata.
    let whole = ["profile.number", "profile.area", "profile.stability"];
    let listed = TABLES.iter().map(|(id, ..)| *id);
    let lacking: Vec<&str> = listed.filter(|id| !seen.contains(*id)).collect();
    assert_eq!(lacking, whole);
}

#[test]
fn one_respondent_has_values_without_a_spread() {
    let all = answers();
    // The same person in all three waves.
    let one: Vec<Answer> = (0..3)
        .map(|wave| all[wave * survey::PERSONS].clone())
        .collect();
    let found = plain(&one);
    let (mut valued, mut spread) = (BTreeSet::new(), Vec::new());
    for (id, row) in rows(&found) {
        if let Ok(figure) = &row.figure {
            assert!(
                numbers(figure).into_iter().flatten().all(f64::is_finite),
                "{id} {row:?}"
            );
            // Rates are about the staff, of whom there are more.
            let is_rate = id.ends_with("response.rate");
            if !is_rate && figure.se.is_some_and(|se| se > 0.0) {
                spread.push(format!("{id} {row:?}"));
            }
            valued.insert(id);
        }
    }
    assert!(spread.is_empty(), "{}", spread.join("\n"));
    assert_eq!(valued.into_iter().collect::<Vec<_>>(), OF_ONE);
}

/// Tables that say something about one person alone.
const OF_ONE: [&str; 28] = [
    "area.below",
    "area.bounds",
    "area.change",
    "area.gap",
    "area.levels",
    "area.mean",
    "area.need",
    "area.need.quadrant",
    "area.need.ranking",
    "area.quantile",
    "area.ranks.shift",
    "area.shape",
    "area.shortfall",
    "area.slope",
    "area.trend",
    "break_off",
    "item.bottom_two",
    "item.break_off",
    "item.distribution",
    "item.mean",
    "item.missing",
    "item.ranks.shift",
    "item.shape",
    "item.top_two",
    "response.rate",
    "straight_lining",
    "unit.area.mean",
    "unit.response.rate",
];

#[test]
fn answers_without_any_value_have_a_reason_in_every_table() {
    let mut valued = BTreeSet::new();
    let tables = plain(&emptied(&answers()));
    for (id, row) in rows(&tables) {
        match &row.figure {
            Ok(figure) => {
                assert!(
                    numbers(figure).into_iter().flatten().all(f64::is_finite),
                    "{id} {row:?}"
                );
                valued.insert(id);
            }
            Err(reason) => assert_ne!(*reason, Undefined::ZeroVariance, "{id} {row:?}"),
        }
    }
    assert_eq!(valued.into_iter().collect::<Vec<_>>(), OF_NO_VALUES);
}

/// What is known of people who gave no value: that they were there, and that they gave none.
const OF_NO_VALUES: [&str; 6] = [
    "area.change",
    "break_off",
    "item.break_off",
    "item.missing",
    "response.rate",
    "unit.response.rate",
];

#[test]
fn twice_the_people_and_the_staff_keep_what_is_no_count() {
    let (all, twice) = (answers(), doubled(&answers()));
    let (one, two) = (
        plain(&all),
        tables(&twice, &frame(6), &everything()).unwrap(),
    );
    let (one_designed, two_designed) = (designed(&all, &frame(3)), designed(&twice, &frame(6)));
    let mut lost = Vec::new();
    for (id, kept, weighed) in TABLES {
        let (one, two) = match weighed {
            DesignOnly => (&one_designed[id], &two_designed[id]),
            _ => (&one[id], &two[id]),
        };
        let is_kept = |row: &RawRow| match kept {
            Values => true,
            Terms(terms) => row.keys.iter().any(|key| terms.contains(&key.as_str())),
            Nothing(_) => false,
        };
        let mut compared = 0;
        for row in one.rows.iter().filter(|row| is_kept(row)) {
            let other = two.rows.iter().find(|other| other.keys == row.keys);
            let other = other.and_then(|other| other.figure.as_ref().ok());
            if let (Ok(one), Some(two)) = (&row.figure, other) {
                let apart = (one.value - two.value).abs();
                if apart > 1e-7 * one.value.abs().max(1.0) {
                    lost.push(format!("{id} {:?} {} {}", row.keys, one.value, two.value));
                }
                compared += 1;
            }
        }
        if compared == 0 && !matches!(kept, Nothing(_)) {
            lost.push(format!("{id}: nothing was compared"));
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn invariance_of_enough_people_keeps_what_every_table_keeps() {
    let many = doubled(&doubled(&doubled(&answers())));
    let asked =
        "statistics = [\"invariance\"]\n[wave]\ncurrent = \"2026\"\n[compare]\nby = [\"shift\"]\n";
    let of = |answers: &[Answer], design: &str| {
        let mut found = tables(answers, &frame(24), &format!("{asked}{design}")).unwrap();
        found.remove(INVARIANCE).unwrap().rows
    };
    let rows = of(&many, "");
    let valued = rows.iter().filter(|row| row.figure.is_ok()).count();
    assert!(valued * 2 > rows.len(), "{valued} of {}", rows.len());

    let mut turned = many.clone();
    turned.rotate_left(101);
    turned.reverse();
    assert_eq!(of(&turned, ""), rows);
    assert_eq!(of(&many, EQUAL), rows);

    // The chi square of a model is the number of people times what does not fit.
    let twice = of(&doubled(&many), "");
    let mut compared = 0;
    for (one, other) in rows.iter().zip(&twice) {
        assert_eq!(one.keys, other.keys);
        let times = match one.keys.last().map(String::as_str) {
            Some("df") => 1.0,
            Some("chisq") => 2.0,
            _ => continue,
        };
        if let (Ok(one), Ok(other)) = (&one.figure, &other.figure) {
            let apart = (one.value * times - other.value).abs();
            assert!(apart < 1e-4 * other.value.max(1.0), "{one:?} {other:?}");
            compared += 1;
        }
    }
    assert!(compared >= 6, "{compared}");
}

#[test]
fn equal_weights_are_as_none_in_every_table() {
    let (without, with) = (plain(&answers()), designed(&answers(), &frame(3)));
    for (id, _, weighed) in TABLES {
        if weighed == DesignOnly {
            continue;
        }
        let (one, other) = (&without[id].rows, &with[id].rows);
        assert_eq!(one.len(), other.len(), "{id}");
        for (one, other) in one.iter().zip(other) {
            if weighed == NotAtAll {
                assert_eq!(one, other, "{id}");
                continue;
            }
            assert_eq!(one.keys, other.keys, "{id}");
            let value = |row: &RawRow| row.figure.clone().map(|figure| figure.value.to_bits());
            assert_eq!(value(one), value(other), "{id} {one:?} {other:?}");
        }
    }
    // What is about the design itself says that it has no effect on weights.
    let weights = &with["design.weights"];
    let of = |term: &str| {
        weights
            .figure(&["all", "all", term])
            .unwrap()
            .unwrap()
            .value
    };
    assert_eq!(
        (of("smallest"), of("largest"), of("kish_deff")),
        (3.0, 3.0, 1.0)
    );
    for row in &with["area.replicates"].rows {
        let mean = [&row.keys[..3]].concat();
        let mean = without["area.mean"]
            .rows
            .iter()
            .find(|row| row.keys == mean);
        let (Ok(one), Ok(other)) = (&row.figure, &mean.unwrap().figure) else {
            continue;
        };
        assert!((one.value - other.value).abs() < 1e-12, "{row:?}");
    }
}

/// What the codebook and the job call by names of their own, and symbols that every language has.
const OWN_NAMES: [&str; 33] = [
    "a", "a1", "a2", "a3", "a4", "b", "b1", "b2", "b3", "c", "c1", "c2", "c3", "early", "east",
    "guide", "help", "ia", "ib", "ic", "late", "network", "north", "oulu", "q", "said", "shift",
    "south", "t", "teacher", "turku", "vaasa", "z",
];

#[test]
fn no_heading_and_no_key_of_any_table_stands_raw_in_a_workbook() {
    let tables = designed(&answers(), &frame(3));
    let headings = tables.values().flat_map(|table| &table.dims);
    let keys = rows(&tables).flat_map(|(_, row)| &row.keys);
    let reasons = rows(&tables).filter_map(|(_, row)| row.figure.as_ref().err());
    let mut raw: BTreeSet<&str> = headings.chain(keys).map(String::as_str).collect();
    raw.extend(reasons.map(|reason| reason.text()));
    raw.retain(|text| text.parse::<f64>().is_err());
    for lang in ["fi", "sv"] {
        let texts = texts_of_workbook(&format!("{}{EQUAL}", everything()), lang);
        let found = texts
            .iter()
            .map(String::as_str)
            .filter(|text| raw.contains(text));
        let (own, others): (Vec<&str>, Vec<&str>) = found.partition(|it| OWN_NAMES.contains(it));
        // Sheets are called by the ids of their tables.
        let others: Vec<&str> = others
            .into_iter()
            .filter(|it| !tables.contains_key(*it))
            .collect();
        assert!(others.is_empty(), "{lang}: {others:?}");
        // What has no words anywhere is found: the search itself works.
        assert!(own.contains(&"shift") && own.contains(&"early"), "{own:?}");
        for words in texts.iter().filter(|text| text.contains(": ")) {
            assert!(
                !words.contains(" in ") && !words.contains("pairs of"),
                "{words}"
            );
        }
    }
}
