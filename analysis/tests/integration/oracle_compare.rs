//! Groups compared, against R (`groups.json`), exact fractions (`exact.json`) and small cases.

use std::collections::{BTreeMap, BTreeSet};

use analysis::estimate::{Design, Estimates, deviation, differences, mean, mean_ranks, pairs};
use analysis::job::Job;
use analysis::{Dataset, Grouping, Quantity, publish};
use findings::{Estimate, Produced, RawRow, RawTable, Undefined};
use serde_json::{Value, json};

use crate::gold::Gold;
use crate::oracle::rounded;
use crate::setting::{Small, close, gold, survey};

/// Rows of a table by keys without the family.
struct Parts(BTreeMap<Vec<String>, RawRow>);

impl Parts {
    fn new(table: Estimates) -> Self {
        let rows = table.rows.into_iter().map(|mut row| {
            row.keys.pop();
            (row.keys.clone(), row)
        });
        Parts(rows.collect())
    }

    fn figure(&self, keys: &[&str]) -> Result<Estimate, Undefined> {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let row = self
            .0
            .get(&keys)
            .unwrap_or_else(|| panic!("no row {keys:?}"));
        row.figure.clone()
    }

    #[track_caller]
    fn check(&self, keys: &[&str], expected: &Gold, tolerance: f64) {
        close(
            self.figure(keys).ok().map(|figure| figure.value),
            expected,
            tolerance,
        );
    }
}

fn check_overall(found: &Parts, gold: &Gold) {
    let terms = [("f", "F"), ("df1", "df1"), ("df2", "df2"), ("p", "p")];
    for test in ["anova", "welch"] {
        for (term, name) in terms {
            found.check(&[test, term], &gold[test][name], 1e-9);
        }
    }
    found.check(&["anova", "ss_between"], &gold["anova"]["ss_between"], 1e-9);
    found.check(&["anova", "ss_within"], &gold["anova"]["ss_within"], 1e-9);
    for (term, name) in [("h", "H"), ("df", "df"), ("p", "p")] {
        found.check(&["kruskal", term], &gold["kruskal"][name], 1e-9);
    }
    for (test, name) in [
        ("levene", "levene_mean"),
        ("brown_forsythe", "brown_forsythe"),
    ] {
        found.check(&[test, "f"], &gold[name]["F"], 1e-9);
        found.check(&[test, "p"], &gold[name]["p"], 1e-9);
    }
    for term in [
        "eta_sq",
        "omega_sq",
        "epsilon_sq",
        "rank_epsilon_sq",
        "rank_eta_sq",
    ] {
        found.check(&["effect", term], &gold[term], 1e-9);
    }
}

fn check_interval(found: &Parts, keys: &[&str], low: &Gold, high: &Gold, tolerance: f64) {
    let figure = found.figure(keys).unwrap();
    close(figure.low, low, tolerance);
    close(figure.high, high, tolerance);
}

fn check_pairs(found: &Parts, gold: &Gold) -> usize {
    let of = |row: &Gold| {
        let name = |key: &str| row[key].as_str().unwrap().to_owned();
        (name("a"), name("b"))
    };
    for row in gold["games_howell"].as_array().unwrap() {
        let (a, b) = of(row);
        let key = |term| [a.as_str(), b.as_str(), "games_howell", term];
        found.check(&key("difference"), &row["diff"], 1e-9);
        found.check(&key("q"), &row["q"], 1e-9);
        found.check(&key("df"), &row["df"], 1e-9);
        found.check(&key("p"), &row["p"], 1e-6);
        // R's qtukey stops its search when two steps are within 1e-4.
        check_interval(
            found,
            &key("difference"),
            &row["ci95_low"],
            &row["ci95_high"],
            1e-6,
        );
    }
    for row in gold["dunn"].as_array().unwrap() {
        let (a, b) = of(row);
        for term in ["z", "p", "p_holm", "p_bh"] {
            found.check(&[&a, &b, "dunn", term], &row[term], 1e-9);
        }
    }
    let all = gold["pairs"].as_array().unwrap();
    for row in all {
        let (a, b) = of(row);
        for (test, term, name) in [
            ("effect", "cohen_d", "cohen_d_pooled"),
            ("effect", "hedges_g", "hedges_g_exact"),
            ("effect", "hedges_g_approximate", "hedges_g_approx"),
            ("effect", "cliff_delta", "cliff_delta"),
            ("effect", "superiority", "prob_superiority"),
            ("mann_whitney", "u", "mann_whitney_u"),
            ("mann_whitney", "z", "mw_z"),
            ("mann_whitney", "p", "mw_p"),
            ("mann_whitney", "z_cc", "mw_z_cc"),
            ("mann_whitney", "p_cc", "mw_p_cc"),
            ("welch", "difference", "mean_diff"),
            ("welch", "t", "welch_t"),
            ("welch", "df", "welch_df"),
            ("welch", "p", "welch_p"),
        ] {
            found.check(&[&a, &b, test, term], &row[name], 1e-9);
        }
        let delta = [a.as_str(), b.as_str(), "effect", "cliff_delta"];
        let variance = found.figure(&delta).unwrap().se.map(|se| se * se);
        close(variance, &row["cliff_var"], 1e-9);
        check_interval(
            found,
            &delta,
            &row["cliff_ci95_low"],
            &row["cliff_ci95_high"],
            1e-9,
        );
        let welch = [a.as_str(), b.as_str(), "welch", "difference"];
        check_interval(
            found,
            &welch,
            &row["welch_ci95"][0],
            &row["welch_ci95"][1],
            1e-9,
        );
    }
    all.len()
}

fn check_block(data: &Dataset, of: &Quantity, column: &str, gold: &Gold) -> usize {
    let by = Grouping::by(data, &[column]).unwrap();
    let design = Design::default();
    check_overall(
        &Parts::new(differences(data, of, &by, &design).unwrap()),
        gold,
    );
    let ranks = mean_ranks(data, of, &by, &design).unwrap();
    let means = mean(data, of, &by, &design).unwrap();
    let spreads = deviation(data, of, &by, &design).unwrap();
    let mut sizes = BTreeMap::new();
    for row in gold["groups"].as_array().unwrap() {
        let group = row["group"].as_str().unwrap();
        for (table, name) in [(&means, "mean"), (&spreads, "sd")] {
            let figure = table.row(&[group]).unwrap().figure.clone();
            close(figure.ok().map(|figure| figure.value), &row[name], 1e-12);
        }
        sizes.insert(group, means.row(&[group]).unwrap().answers as f64);
        let found = ranks.row(&[row["group"].as_str().unwrap()]).unwrap();
        let value = found.figure.as_ref().ok().map(|figure| figure.value);
        close(value, &row["mean_rank"], 1e-9);
        assert_eq!(Some(found.answers), row["n"].as_u64());
    }
    for row in gold["pairs"].as_array().unwrap() {
        for (name, n) in [("a", "n1"), ("b", "n2")] {
            close(
                sizes.get(row[name].as_str().unwrap()).copied(),
                &row[n],
                0.0,
            );
        }
    }
    check_pairs(&Parts::new(pairs(data, of, &by, &design).unwrap()), gold)
}

#[test]
pub(crate) fn groups_are_compared_as_r_compares_them() {
    let data = survey().only("aalto", "2026").unwrap();
    let gold = gold("groups.json");
    let mut checked = 0;
    for (block, column) in [("by_city", "kaupunki"), ("by_role", "rooli")] {
        for area in ["kaikki", "turvallisuus", "ohjaus"] {
            let of = Quantity::Dimension(area.to_owned());
            checked += check_block(&data, &of, column, &gold[block][area]);
        }
    }
    let of = Quantity::Item("tieto_2".to_owned());
    checked += check_block(&data, &of, "rooli", &gold["item_by_role"]);
    assert_eq!(checked, 3 * 21 + 4 * 10);
}

#[test]
pub(crate) fn rank_statistics_are_exact_fractions_rounded_once() {
    let data = survey().only("aalto", "2026").unwrap();
    let gold = gold("exact.json");
    for (area, exact) in gold["areas"].as_object().unwrap() {
        let of = Quantity::Dimension(area.clone());
        let by = |column| Grouping::by(&data, &[column]).unwrap();
        let overall = differences(&data, &of, &by("kaupunki"), &Design::default()).unwrap();
        let h = Parts::new(overall).figure(&["kruskal", "h"]).unwrap().value;
        let expected = &exact["pooled"]["kruskal_H_by_city"];
        for expected in [expected["value"].as_f64(), rounded(expected)] {
            assert_eq!(Some(h), expected, "{area}");
        }
        let pairs = pairs(&data, &of, &by("rooli"), &Design::default()).unwrap();
        // The reference has the teachers first; the pair stands in the order of the names.
        let keys = ["koulunkäynninohjaaja", "opettaja", "effect", "cliff_delta"];
        let delta = -Parts::new(pairs).figure(&keys).unwrap().value;
        let expected = &exact["cliff_delta_opettaja_vs_koulunkäynninohjaaja"];
        for expected in [expected["value"].as_f64(), rounded(expected)] {
            assert_eq!(Some(delta), expected, "{area}");
        }
    }
}

/// A dataset of one item 0 to 5 and a group.
fn small(answers: &[(&str, i64)]) -> Dataset {
    let values: Vec<Value> = (0..=5).map(|value| json!({"value": value})).collect();
    let codebook = json!({
        "schema": 1, "origin": "simulated",
        "variables": [
            {"name": "g", "kind": "background"},
            {"name": "y", "kind": "scale", "values": values},
        ],
    });
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let rows: Vec<String> = answers.iter().map(|(g, y)| format!("{g},{y}\n")).collect();
    std::fs::write(path("data.csv"), format!("g,y\n{}", rows.concat())).unwrap();
    std::fs::write(path("codebook.json"), codebook.to_string()).unwrap();
    Dataset::from_file(&path("data.csv"), &path("codebook.json"), None).unwrap()
}

fn of_small(answers: &[(&str, i64)]) -> (Estimates, Parts) {
    let data = small(answers);
    let by = Grouping::by(&data, &["g"]).unwrap();
    let of = Quantity::Item("y".to_owned());
    let overall = differences(&data, &of, &by, &Design::default()).unwrap();
    let pairs = pairs(&data, &of, &by, &Design::default()).unwrap();
    (overall, Parts::new(pairs))
}

#[test]
fn a_group_of_one_stops_welch_and_stays_in_the_ranks() {
    let (overall, pairs) = of_small(&[("a", 1), ("a", 2), ("b", 3), ("b", 4), ("c", 5)]);
    assert!(
        overall
            .notes
            .iter()
            .any(|note| note.contains("Welch") && note.ends_with("c"))
    );
    assert!(
        overall
            .notes
            .iter()
            .any(|note| note.contains("left out") && note.ends_with("c"))
    );
    let overall = Parts::new(overall);
    assert_eq!(overall.figure(&["welch", "p"]), Err(Undefined::OneAnswer));
    assert_eq!(overall.figure(&["kruskal", "h"]).unwrap().value, 3.6);
    assert_eq!(overall.figure(&["anova", "df2"]).unwrap().value, 2.0);
    for (test, term) in [
        ("welch", "p"),
        ("games_howell", "p"),
        ("effect", "hedges_g"),
    ] {
        assert_eq!(
            pairs.figure(&["a", "c", test, term]),
            Err(Undefined::OneAnswer)
        );
        assert!(pairs.figure(&["a", "b", test, term]).is_ok());
    }
    let delta = pairs.figure(&["a", "c", "effect", "cliff_delta"]).unwrap();
    assert_eq!((delta.value, delta.se, delta.low), (-1.0, None, None));
}

#[test]
fn values_that_are_all_tied_have_reasons() {
    let (overall, pairs) = of_small(&[("a", 3), ("a", 3), ("b", 3), ("b", 3)]);
    let overall = Parts::new(overall);
    assert_eq!(overall.figure(&["kruskal", "h"]), Err(Undefined::AllTied));
    for test in ["anova", "welch", "levene", "brown_forsythe"] {
        assert_eq!(
            overall.figure(&[test, "f"]),
            Err(Undefined::ZeroVariance),
            "{test}"
        );
    }
    assert_eq!(
        pairs
            .figure(&["a", "b", "effect", "cliff_delta"])
            .unwrap()
            .value,
        0.0
    );
    let g = pairs.figure(&["a", "b", "effect", "hedges_g"]);
    assert_eq!(g, Err(Undefined::ZeroVariance));
    assert_eq!(
        pairs.figure(&["a", "b", "mann_whitney", "p"]),
        Err(Undefined::AllTied)
    );
    assert_eq!(
        pairs.figure(&["a", "b", "dunn", "p"]),
        Err(Undefined::AllTied)
    );
}

#[test]
fn complete_separation_has_no_interval() {
    let (_, pairs) = of_small(&[("x", 4), ("x", 5), ("x", 5), ("y", 1), ("y", 2), ("y", 2)]);
    let delta = pairs.figure(&["x", "y", "effect", "cliff_delta"]).unwrap();
    assert_eq!((delta.value, delta.low, delta.high), (1.0, None, None));
    assert_eq!(
        pairs
            .figure(&["x", "y", "effect", "superiority"])
            .unwrap()
            .value,
        1.0
    );
}

#[test]
fn one_group_is_not_compared_and_none_neither() {
    let (overall, _) = of_small(&[("a", 1), ("a", 2)]);
    assert!(
        overall
            .rows
            .iter()
            .all(|row| row.figure == Err(Undefined::OneGroup))
    );
    let data = small(&[("a", 1), ("a", 2)]);
    let of = Quantity::Item("y".to_owned());
    let error = differences(&data, &of, &Grouping::whole(), &Design::default()).unwrap_err();
    assert!(error.to_string().contains("needs a column"), "{error}");
}

#[test]
fn a_negative_estimate_is_nought_with_a_note() {
    let (overall, _) = of_small(&[("a", 1), ("a", 5), ("a", 3), ("b", 1), ("b", 5), ("b", 3)]);
    assert!(
        overall
            .notes
            .iter()
            .any(|note| note.contains("omega_sq") && note.contains("below"))
    );
    let overall = Parts::new(overall);
    for term in ["eta_sq", "omega_sq", "epsilon_sq"] {
        assert_eq!(
            overall.figure(&["effect", term]).unwrap().value,
            0.0,
            "{term}"
        );
    }
}

/// Runs a job on the small survey of two towns and two jobs.
fn of_job(rest: &str) -> Vec<RawTable> {
    let small = Small::new();
    let rows = [
        "1,oulu,teacher,0,1,5",
        "2,oulu,guide,2,3,1",
        "3,turku,teacher,4,4,0",
        "4,turku,guide,5,5,2",
        "5,turku,guide,3,1,9",
        "6,oulu,teacher,1,2,3",
    ];
    drop(small.rows(&rows.join("\n")).unwrap());
    let text =
        format!("schema = 1\n{rest}\n[data]\nfile = \"data.csv\"\ncodebook = \"codebook.json\"\n");
    let job = Job::parse(&text, &small.path("job.toml")).unwrap();
    let data = Dataset::open(&job.data).unwrap();
    let produced = Produced {
        program: String::new(),
        dataset_sha256: String::new(),
        job_sha256: String::new(),
        instruments: Vec::new(),
        open_link: BTreeMap::new(),
    };
    let (working, _) = publish::working_result(&job, &data, produced, &mut |_| {}).unwrap();
    working.tables
}

#[test]
fn families_are_named_and_can_be_the_whole_table() {
    let job = |more: &str| {
        of_job(&format!(
            "statistics = [\"compare\"]\n[compare]\nby = [\"role\"]\n{more}"
        ))
    };
    let families = |tables: &[RawTable], id: &str, term: &str| {
        let table = tables.iter().find(|table| table.id == id).unwrap();
        assert_eq!(table.dims.last().unwrap(), "family");
        let rows = table
            .rows
            .iter()
            .filter(|row| row.keys[row.keys.len() - 2] == term);
        rows.map(|row| row.keys.last().unwrap().clone())
            .collect::<BTreeSet<_>>()
    };
    let tables = job("items = true\n");
    let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
    let what = ["differences", "pairs", "ranks"];
    let expected = ["area", "item"].map(|about| what.map(|what| format!("{about}.{what}.role")));
    assert_eq!(ids, expected.concat());
    assert!(families(&tables, "area.pairs.role", "p_holm").contains("dunn: pairs of role in abc"));
    let overall = families(&tables, "item.differences.role", "p_holm");
    assert!(
        overall.contains("kruskal: item.differences.role"),
        "{overall:?}"
    );
    let tables = job("family = \"table\"\ncorrections = [\"holm\"]\n");
    let whole = families(&tables, "area.pairs.role", "p_holm");
    assert!(
        whole.contains("dunn: area.pairs.role") && whole.len() == 3,
        "{whole:?}"
    );
    assert!(families(&tables, "area.pairs.role", "p_bh").is_empty());
}

#[test]
fn groups_are_compared_within_others() {
    let tables = of_job(
        "statistics = [\"compare\"]\n[compare]\nby = [\"role\"]\nwithin = [\"municipality\"]\n",
    );
    let pairs = tables
        .iter()
        .find(|table| table.id == "area.pairs.role")
        .unwrap();
    let expected = [
        "area",
        "municipality",
        "role",
        "with",
        "test",
        "term",
        "family",
    ];
    assert_eq!(pairs.dims, expected);
    let towns: BTreeSet<&str> = pairs.rows.iter().map(|row| row.keys[1].as_str()).collect();
    assert_eq!(towns, BTreeSet::from(["all", "oulu", "turku"]));
}
