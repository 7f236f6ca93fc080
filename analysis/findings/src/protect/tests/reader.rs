//! The reader with a solver (`examples/adversary`) on releases of five towns, sound and broken.

use super::attack::Reader;
use super::towns::{staff_list, texts, town, truth};
use crate::{
    Ledger,
    protect::{protect, protect_with},
};

/// Returns how many counts come out, and how many of them exactly.
fn recovered(seed: u64, complementary: bool) -> (usize, usize) {
    let world = town(seed);
    let tables = world.tables();
    let (ledger, rule, about) = (Ledger::default(), world.rule(), world.about());
    let release = if complementary {
        protect(&tables, &ledger, &rule, &about).unwrap()
    } else {
        protect_with(&tables, &ledger, &rule, &about, false).unwrap()
    };
    let truth = truth(&world);
    let found = Reader::new(&texts(&release), &staff_list(&world), &truth).attack(&truth);
    if complementary {
        assert!(found.is_empty(), "seed {seed}: {found:?}");
    }
    (
        found.len(),
        found.iter().filter(|found| found.exactly).count(),
    )
}

#[test]
fn a_reader_of_every_file_gets_at_nothing() {
    for seed in 0..5 {
        assert_eq!(recovered(seed, true), (0, 0));
    }
}

#[test]
fn the_reader_gets_at_much_when_partners_are_left_out() {
    let (mut found, mut exactly) = (0, 0);
    for seed in 0..5 {
        let (narrowed, known) = recovered(seed, false);
        found += narrowed;
        exactly += known;
        assert!(known > 0, "seed {seed}");
    }
    println!("without partners: {found} narrowed, {exactly} of them known exactly");
}
