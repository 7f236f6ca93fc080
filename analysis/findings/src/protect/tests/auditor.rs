//! The auditor on finished releases, sound and broken ones.

use super::world::{Dice, World};
use crate::{
    Cell, Count, Estimate, Ledger, RawRow, RawTable, Statistic, Undefined,
    protect::{auditor, protect, protect_with},
};

fn small_world(seed: u64) -> World {
    let mut dice = Dice(seed);
    let mut city = || (0..4).map(|_| 3 + dice.below(14)).collect();
    let staff: Vec<Vec<u64>> = (0..4).map(|_| city()).collect();
    World::new(&staff, 3, seed)
}

#[test]
fn a_release_without_partners_is_refused() {
    let ledger = Ledger::default();
    let mut refused = 0;
    for seed in 0..5 {
        let world = small_world(seed);
        let tables = world.tables();
        let broken = protect_with(&tables, &ledger, &world.rule(), &world.about(), false).unwrap();
        let outcome = auditor::audit(&broken, &tables, &ledger).unwrap();
        refused += usize::from(!outcome.narrow.is_empty());
        let release = protect(&tables, &ledger, &world.rule(), &world.about()).unwrap();
        let ranges = &release.audit().ranges;
        assert!(!ranges.is_empty());
        assert!(
            ranges.iter().all(|range| range.low < range.high),
            "seed {seed}"
        );
    }
    assert_eq!(refused, 5);
}

#[test]
fn one_figure_put_back_into_a_sound_release_is_noticed() {
    let ledger = Ledger::default();
    let world = small_world(1);
    let tables = world.tables();
    let release = protect(&tables, &ledger, &world.rule(), &world.about()).unwrap();
    let mut noticed = 0;
    for place in release
        .audit()
        .cells
        .iter()
        .filter(|cell| cell.table == "area.mean")
    {
        let mut broken = release.clone();
        let tables_of = &mut broken.tables;
        let table = tables_of
            .iter_mut()
            .find(|table| table.id == place.table)
            .unwrap();
        let row = table
            .rows
            .iter_mut()
            .find(|row| row.keys == place.keys)
            .unwrap();
        row.cell = Cell::Shown(Estimate {
            value: 2.5,
            se: None,
            low: None,
            high: None,
            n: Count::Range([5, 9]),
        });
        let outcome = auditor::audit(&broken, &tables, &ledger).unwrap();
        noticed += usize::from(!outcome.narrow.is_empty());
    }
    assert!(noticed >= 5, "{noticed}");
}

/// Every role but the last has a target: who has a score and who has a target differ by that role.
fn gaps(world: &World) -> RawTable {
    let tables = world.tables();
    let mut gap = tables
        .into_iter()
        .find(|table| table.id == "area.mean")
        .unwrap();
    gap.id = "area.gap".to_owned();
    gap.statistic = Statistic::Gap;
    let last = format!("r{}", world.roles - 1);
    let untargeted = |area: usize, city: &str| {
        let members = world.members(city, "role_group", &last);
        members
            .filter(|person| person.scores[area].is_some())
            .count() as u64
    };
    gap.rows.retain(|row| row.keys[0] == "safety");
    for row in &mut gap.rows {
        let role = row.keys[2].as_str();
        if role == last || role == "all" {
            row.answers -= untargeted(1, &row.keys[1]);
        }
        without_people(row);
    }
    gap
}

fn without_people(row: &mut RawRow) {
    if row.answers == 0 {
        row.figure = Err(Undefined::NoTarget);
    } else if let Ok(figure) = &mut row.figure {
        figure.n = Count::Exact(row.answers);
    }
}

#[test]
fn a_role_without_a_target_is_not_the_difference_of_two_totals() {
    let ledger = Ledger::default();
    // The role without a target has three people in each city, and nobody skips.
    for seed in 0..5 {
        let world = World::new(&vec![vec![40, 30, 12, 4]; 4], 3, seed);
        let mut tables = world.tables();
        tables.push(gaps(&world));
        let release = protect(&tables, &ledger, &world.rule(), &world.about()).unwrap();
        let network = release.network();
        let total = |id: &str| match network.table(id).unwrap().cell(&["safety", "c0", "all"]) {
            Some(Cell::Shown(figure)) => Some(figure.n),
            _ => None,
        };
        let [mean, gap] = ["city.area.mean", "city.area.gap"].map(total);
        let small = world.members("c0", "role_group", "r3");
        let small = small.filter(|person| person.scores[1].is_some()).count();
        if (1..5).contains(&small) {
            assert!(
                mean.is_none() || gap.is_none(),
                "seed {seed}: {mean:?} - {gap:?}"
            );
        }
    }
}

/// A town that takes part alone: its groups are those of the network, and somebody is the only
/// leader of both.
#[test]
fn a_town_alone_with_a_single_leader_is_released() {
    for seed in 0..40 {
        let world = World::new(&[vec![28, 10, 12, 6, 2]], 3, seed);
        let tables = world.tables();
        let release = protect(&tables, &Ledger::default(), &world.rule(), &world.about()).unwrap();
        let audit = release.audit();
        assert!((audit.cells.len() as u64) < audit.total, "seed {seed}");
    }
}
