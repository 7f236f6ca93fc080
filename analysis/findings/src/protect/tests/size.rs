//! A release of the pilot's size: how much is withheld, and how long it takes.

use std::time::Instant;

use super::world::{Dice, World};
use crate::{Ledger, Reason, protect};

/// Seven municipalities, eleven role groups, nine units each, about 2,500 people.
fn network(seed: u64) -> World {
    let mut dice = Dice(seed);
    let roles = [120, 60, 45, 40, 16, 14, 12, 10, 8, 8, 4];
    let staff: Vec<Vec<u64>> = (0..7)
        .map(|_| {
            roles
                .iter()
                .map(|r| r * (70 + dice.below(61)) / 100)
                .collect()
        })
        .collect();
    World::new(&staff, 9, seed)
}

#[test]
fn most_of_a_network_is_shown() {
    for seed in 0..3 {
        let world = network(seed);
        let tables = world.tables();
        let start = Instant::now();
        let release = protect(&tables, &Ledger::default(), &world.rule(), &world.about()).unwrap();
        let took = start.elapsed();
        for table in ["response.rate", "area.mean", "unit.area.mean"] {
            let rows = &tables.iter().find(|t| t.id == table).unwrap().rows;
            let visible = rows.iter().filter(|row| {
                let [.., city, part] = row.keys.as_slice() else {
                    return false;
                };
                row.answers > 0 && (table != "unit.area.mean" || city != "all" || part == "all")
            });
            let visible = visible.count();
            let of = |reason| {
                let cells = release.audit().cells.iter();
                let cells = cells.filter(|c| c.table == table && c.reason == reason);
                cells.count()
            };
            let (few, partners) = (of(Reason::TooFew), of(Reason::Complementary));
            println!(
                "seed {seed}, {} people, {table}: {visible} cells, too few {few}, partners \
                 {partners}, whole release {took:?}",
                world.people.len(),
            );
            assert!(
                (few + partners) * 100 <= visible * 45,
                "seed {seed}, {table}"
            );
        }
    }
}
