//! Shares that say what everybody of a withheld group answered, releases with other groups, and
//! quantiles that are single people's.

use std::collections::BTreeMap;

use super::world::World;
use crate::{
    About, Cell, Count, Estimate, Ledger, ProtectError, RawRow, RawTable, Reason, Rule, Statistic,
    Unit,
    protect::{auditor, protect, protect_with},
};

/// Roles with their answers and how many of them are below target. Everybody of the two smallest
/// is, which the rest of the town would tell.
const ROLES: [(&str, u64, u64); 5] = [
    ("r1", 3, 3),
    ("r2", 14, 14),
    ("r3", 30, 11),
    ("r4", 25, 11),
    ("r5", 22, 17),
];

fn row(keys: &[&str], value: f64, answers: u64, modal: u64) -> RawRow {
    RawRow {
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        figure: Ok(Estimate {
            value,
            se: None,
            low: None,
            high: None,
            n: Count::Exact(answers),
        }),
        answers,
        modal,
    }
}

fn table(id: &str, statistic: Statistic, dims: &[&str], rows: Vec<RawRow>) -> RawTable {
    let is_share = statistic == Statistic::BelowTarget;
    RawTable {
        id: id.to_owned(),
        statistic,
        unit: if is_share {
            Unit::Proportion
        } else {
            Unit::Scale
        },
        scale: (!is_share).then_some([1.0, 4.0]),
        dims: dims.iter().map(|dim| (*dim).to_owned()).collect(),
        rows,
    }
}

/// The share below target by a grouping: name, answers, below.
fn below(by: &str, groups: &[(&str, u64, u64)]) -> RawTable {
    let (n, gave) = groups
        .iter()
        .fold((0, 0), |sum, (_, n, gave)| (sum.0 + n, sum.1 + gave));
    let all = [("all", n, gave)];
    let rows = groups.iter().chain(&all).map(|(name, n, gave)| {
        row(
            &["safety", name],
            *gave as f64 / *n as f64,
            *n,
            *gave.max(&(n - gave)),
        )
    });
    table(
        "area.below",
        Statistic::BelowTarget,
        &["area", by],
        rows.collect(),
    )
}

fn about(release: u32) -> About {
    About {
        release,
        ..World::new(&[vec![1]], 1, 0).about()
    }
}

#[test]
fn what_everybody_of_withheld_groups_answered_does_not_come_out() {
    let tables = [below("role", &ROLES)];
    let (ledger, rule) = (Ledger::default(), Rule::default());
    let release = protect(&tables, &ledger, &rule, &about(1)).unwrap();
    let network = release.network();
    let shown = |name: &str| {
        let cell = network.table("area.below").unwrap().cell(&["safety", name]);
        matches!(cell, Some(Cell::Shown(_)))
    };
    assert!(!shown("r1") && !shown("r2"));
    let out = ROLES.iter().filter(|(name, ..)| !shown(name));
    let (n, gave) = out.fold((0, 0), |sum, (_, n, gave)| (sum.0 + n, sum.1 + gave));
    assert!(!shown("all") || (gave > 1 && gave < n - 1), "{gave} of {n}");

    // Without that step the auditor notices.
    let broken = protect_with(&tables, &ledger, &rule, &about(1), false).unwrap();
    let outcome = auditor::audit(&broken, &tables, &ledger).unwrap();
    let refusals: Vec<String> = outcome
        .narrow
        .iter()
        .map(|narrow| ProtectError::from(narrow).to_string())
        .collect();
    assert!(
        refusals
            .iter()
            .any(|words| words.contains("from the shares shown around it")),
        "{refusals:?}"
    );
}

#[test]
fn a_further_release_keeps_the_groups_of_the_earlier_one() {
    let (ledger, rule) = (Ledger::default(), Rule::default());
    let first = protect(&[below("role", &ROLES)], &ledger, &rule, &about(1)).unwrap();
    // The small role and a shown one together: the difference would be the small one.
    let coarse = [("g1", 33, 14), ("g2", 61, 42)];
    let error = protect(&[below("job", &coarse)], first.ledger(), &rule, &about(2)).unwrap_err();
    let words = error.to_string();
    for part in ["release 1", "`role=r1`", "keep the earlier groups"] {
        assert!(words.contains(part), "{words}");
    }
    let same = protect(&[below("role", &ROLES)], first.ledger(), &rule, &about(2));
    assert_eq!(same.unwrap().network().tables, first.network().tables);
}

#[test]
fn a_wave_of_before_is_not_cut_anew() {
    let (ledger, rule) = (Ledger::default(), Rule::default());
    let groups = [("r1", 40, 11), ("r2", 40, 20)];
    let earlier = About {
        wave: "2025-syksy".to_owned(),
        ..about(1)
    };
    let earlier = protect(&[below("role", &groups)], &ledger, &rule, &earlier).unwrap();
    let trend = |by: &str| {
        let rows = ["2025-syksy", "2026-syksy"].into_iter().flat_map(|wave| {
            [("all", 80), ("k1", 40), ("k2", 40)]
                .map(|(name, n)| row(&["safety", wave, name], 2.5, n, 5))
        });
        table(
            "area.trend",
            Statistic::Mean,
            &["area", "wave", by],
            rows.collect(),
        )
    };
    let shown = |by: &str| {
        let release = protect(&[trend(by)], earlier.ledger(), &rule, &about(1)).unwrap();
        let network = release.network();
        let table = network.table("area.trend").unwrap();
        let shown = |name: &str| {
            matches!(
                table.cell(&["safety", "2025-syksy", name]),
                Some(Cell::Shown(_))
            )
        };
        [shown("all"), shown("k1")]
    };
    assert_eq!(shown("language"), [true, false]);
}

#[test]
fn a_quantile_has_people_on_both_sides() {
    let quantiles = |n: u64| {
        let rows = ["p10", "p25", "p50", "p75", "p90"];
        let rows = rows.map(|level| row(&["safety", level], 2.5, n, 1));
        let table = table(
            "area.quantile",
            Statistic::Quantile,
            &["area", "level"],
            rows.into(),
        );
        let release = protect(&[table], &Ledger::default(), &Rule::default(), &about(1)).unwrap();
        let network = release.network();
        let rows = network.table("area.quantile").unwrap().rows();
        let shown = rows.iter().filter(|row| matches!(row.cell, Cell::Shown(_)));
        let shown: Vec<String> = shown.map(|row| row.keys[1].clone()).collect();
        assert_eq!(release.audit().count(Reason::Extreme), 5 - shown.len());
        shown
    };
    assert!(quantiles(9).is_empty());
    assert_eq!(quantiles(10), ["p50"]);
    assert_eq!(quantiles(20), ["p25", "p50", "p75"]);
    assert_eq!(quantiles(50).len(), 5);
}

#[test]
fn a_single_municipality_is_not_what_the_named_ones_leave() {
    let world = World::new(&vec![vec![40, 30]; 5], 2, 2);
    let named = |count: usize| {
        let rule = Rule {
            shown_by_name: world.keys("municipality")[1..=count].to_vec(),
            ..Rule::default()
        };
        let release = protect(&world.tables(), &Ledger::default(), &rule, &world.about()).unwrap();
        release.network().table("city.area.mean").is_some()
    };
    let found: BTreeMap<usize, bool> = (2..=5).map(|count| (count, named(count))).collect();
    assert_eq!(
        found,
        BTreeMap::from([(2, false), (3, true), (4, false), (5, true)])
    );
}
