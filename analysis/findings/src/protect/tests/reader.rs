//! The reader with a solver (`examples/adversary`) on releases of five towns, sound and broken.

use super::answers::{Answers, Certain};
use super::attack::{Found, Reader};
use super::towns::{staff_list, texts, town, truth};
use crate::{
    Ledger,
    protect::{protect, protect_with},
};

/// Returns what a reader gets at.
fn recovered(seed: u64, complementary: bool) -> Vec<Found> {
    let world = town(seed);
    let tables = world.tables();
    let (ledger, rule, about) = (Ledger::default(), world.rule(), world.about());
    let release = if complementary {
        protect(&tables, &ledger, &rule, &about).unwrap()
    } else {
        protect_with(&tables, &ledger, &rule, &about, false).unwrap()
    };
    let truth = truth(&world);
    Reader::new(&texts(&release), &staff_list(&world), &truth).attack(&truth)
}

/// Returns of whom a reader is certain what they answered.
fn certain(seed: u64, complementary: bool) -> Vec<Certain> {
    let world = town(seed);
    let (ledger, rule, about) = (Ledger::default(), world.rule(), world.about());
    let tables = world.tables();
    let release = if complementary {
        protect(&tables, &ledger, &rule, &about).unwrap()
    } else {
        protect_with(&tables, &ledger, &rule, &about, false).unwrap()
    };
    Answers::read(&texts(&release)).certain(&truth(&world))
}

#[test]
fn nobody_is_known_to_have_answered_as_everybody_of_a_group() {
    for seed in 0..5 {
        assert_eq!(certain(seed, true).first(), None, "seed {seed}");
    }
}

#[test]
fn without_partners_many_are_known_to_have_answered_alike() {
    let found: usize = (0..5).map(|seed| certain(seed, false).len()).sum();
    assert!(found >= 10, "{found}");
}

#[test]
fn a_reader_of_every_file_gets_at_nothing() {
    for seed in 0..5 {
        let found = recovered(seed, true);
        let first = found.first().map(|found| (&found.place, &found.by));
        assert_eq!(first, None, "seed {seed}");
    }
}

#[test]
fn the_reader_gets_at_much_when_partners_are_left_out() {
    let found: Vec<Found> = (0..5).flat_map(|seed| recovered(seed, false)).collect();
    let exactly = found.iter().filter(|found| found.exactly).count();
    println!(
        "without partners: {} narrowed, {exactly} of them known exactly",
        found.len()
    );
    assert!(exactly >= 20, "{exactly} of {}", found.len());
}
