//! Groups by three things at once, where whole numbers are not for free, and no table that says
//! who answered.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::search::{Known, Search};
use super::world::{Dice, World};
use crate::{
    ALL, Cell, Count, Estimate, Ledger, RawRow, RawTable, Rule, Statistic, Undefined, Unit,
    protect::protect_with,
};

type Key = Vec<String>;

const SIZES: [usize; 3] = [3, 2, 3];

/// Returns a table by three dimensions, none of them a municipality.
fn table(seed: u64) -> RawTable {
    let mut dice = Dice(seed);
    let mut cells: BTreeMap<[usize; 3], u64> = BTreeMap::new();
    for a in 1..=SIZES[0] {
        for b in 1..=SIZES[1] {
            for c in 1..=SIZES[2] {
                let count = [0, 2, 3, 6, 9, 14][usize::try_from(dice.below(6)).unwrap()];
                for total in 0..8 {
                    let keep = |bit: usize, key| if total >> bit & 1 == 1 { 0 } else { key };
                    let group = [keep(0, a), keep(1, b), keep(2, c)];
                    *cells.entry(group).or_default() += count;
                }
            }
        }
    }
    let rows = cells.into_iter().map(|(group, answers)| RawRow {
        keys: group
            .iter()
            .map(|key| {
                if *key == 0 {
                    ALL.to_owned()
                } else {
                    format!("k{key}")
                }
            })
            .collect(),
        figure: if answers == 0 {
            Err(Undefined::NoAnswers)
        } else {
            Ok(Estimate {
                value: 2.5,
                se: None,
                low: None,
                high: None,
                n: Count::Exact(answers),
            })
        },
        answers,
        modal: 1.min(answers),
    });
    RawTable {
        id: "area.mean".to_owned(),
        statistic: Statistic::Mean,
        unit: Unit::Scale,
        scale: Some([1.0, 4.0]),
        dims: ["campus", "contract", "role"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

fn sums(table: &RawTable) -> Vec<(Key, Vec<Key>)> {
    let keys: BTreeSet<&Key> = table.rows.iter().map(|row| &row.keys).collect();
    let mut sums: BTreeMap<(Key, usize), Vec<Key>> = BTreeMap::new();
    for key in keys {
        for place in (0..3).filter(|place| key[*place] != ALL) {
            let mut total = key.clone();
            ALL.clone_into(&mut total[place]);
            sums.entry((total, place)).or_default().push(key.clone());
        }
    }
    sums.into_iter()
        .map(|((total, _), parts)| (total, parts))
        .collect()
}

/// Returns the small groups that can be narrowed to less than the rule's width.
fn narrowed(table: &RawTable, complementary: bool) -> Vec<Key> {
    let about = World::new(&[], 1, 0).about();
    let tables = std::slice::from_ref(table);
    let ledger = Ledger::default();
    let release = protect_with(tables, &ledger, &Rule::default(), &about, complementary).unwrap();
    let network = release.network();
    let shown = network.table("area.mean").unwrap();
    let search = Search { sums: sums(table) };
    let mut known = BTreeMap::new();
    for row in &table.rows {
        let keys: Vec<&str> = row.keys.iter().map(String::as_str).collect();
        let count = i64::try_from(row.answers).unwrap();
        let known_exactly = matches!(shown.cell(&keys), Some(Cell::Shown(_))) || count == 0;
        let bounds = if known_exactly {
            Known {
                low: count,
                high: count,
            }
        } else {
            Known { low: 0, high: 400 }
        };
        known.insert(row.keys.clone(), bounds);
    }
    let small = table
        .rows
        .iter()
        .filter(|row| (1..5).contains(&row.answers));
    small
        .filter(|row| !search.is_wide(&known, &row.keys, 4))
        .map(|row| row.keys.clone())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_can_be_worked_out_of_three_ways(seed in any::<u64>()) {
        let found = narrowed(&table(seed), true);
        prop_assert!(found.is_empty(), "seed {seed}: {found:?}");
    }
}

#[test]
fn three_ways_without_partners_give_much_away() {
    let found: usize = (0..10)
        .map(|seed| narrowed(&table(seed), false).len())
        .sum();
    assert!(found >= 10, "{found}");
}
