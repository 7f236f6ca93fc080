//! A reader with all files of a release, the staff list and patience: tries every table of whole
//! numbers that agrees with what is shown. Shares no code with the gate's own check.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::search::{Known, Search};
use super::world::{AREAS, Dice, World};
use crate::{ALL, Band, Cell, Findings, Ledger, Release, protect::protect_with};

/// City, dimension and key of a group; a city's total has the dimension `role_group`.
type Key = (String, &'static str, String);

struct Adversary {
    truth: BTreeMap<Key, i64>,
    known: BTreeMap<Key, Known>,
    /// Bounds from the staff list and empty groups, had nothing been released.
    prior: BTreeMap<Key, Known>,
    search: Search<Key>,
}

fn key(city: &str, by: &'static str, part: &str) -> Key {
    let by = if part == ALL { "role_group" } else { by };
    (city.to_owned(), by, part.to_owned())
}

/// Reads the cells of one table out of every file: the group, and what is shown of it.
fn cells(
    release: &Release,
    table: &str,
    area: Option<&str>,
    by: &'static str,
) -> BTreeMap<Key, Cell> {
    let mut cells = BTreeMap::new();
    let mut read = |file: &Findings, city: &str| {
        for row in file.table(table).map_or(&[][..], |table| table.rows()) {
            let part = row.keys.last().expect("tables of this test have keys");
            if area.is_none_or(|area| row.keys[0] == area) {
                cells.insert(key(city, by, part), row.cell.clone());
            }
        }
    };
    read(&release.network(), ALL);
    for city in release.cities() {
        read(&release.city(city).unwrap(), city);
    }
    cells
}

impl Adversary {
    /// Knows the numbers behind whatever is shown, and of the rest what everybody knows.
    fn new(world: &World, release: &Release, area: Option<usize>) -> Adversary {
        let name = area.map(|area| AREAS[area]);
        let table = if area.is_some() {
            "area.mean"
        } else {
            "response.rate"
        };
        let mut shown = cells(release, table, name, "role_group");
        shown.extend(cells(release, &format!("unit.{table}"), name, "unit"));
        let mut answered = cells(release, "response.rate", None, "role_group");
        answered.extend(cells(release, "unit.response.rate", None, "unit"));
        let mut adversary = Adversary {
            truth: BTreeMap::new(),
            known: BTreeMap::new(),
            prior: BTreeMap::new(),
            search: Search { sums: sums(world) },
        };
        for (key, cell) in shown {
            let (city, by, part) = &key;
            let staff = world.members(city, by, part).count() as i64;
            let answers = world.members(city, by, part).filter(|p| p.answered).count() as i64;
            let with_score = world
                .members(city, by, part)
                .filter(|person| area.is_none_or(|area| person.scores[area].is_some()));
            let count = with_score.filter(|person| person.answered).count() as i64;
            let out = matches!(answered.get(&key), Some(Cell::Shown(_)));
            let most = if area.is_some() && out {
                answers
            } else {
                staff
            };
            // That a unit gets a band is the rule itself: it says five to nine.
            let is_band = *by == "unit" && part != ALL && (5..10).contains(&count);
            let known = match cell {
                Cell::Shown(_) => Known {
                    low: count,
                    high: count,
                },
                Cell::Band(_) | Cell::Withheld if is_band => Known {
                    low: 5,
                    high: most.min(9),
                },
                Cell::Band(_) => Known { low: 5, high: most },
                // An empty group is known to be empty.
                Cell::Withheld if count == 0 => Known { low: 0, high: 0 },
                Cell::Withheld => Known { low: 0, high: most },
            };
            let prior = match (is_band, count) {
                (_, 0) => Known { low: 0, high: 0 },
                (true, _) => Known {
                    low: 5,
                    high: staff.min(9),
                },
                _ => Known {
                    low: 0,
                    high: staff,
                },
            };
            adversary.prior.insert(key.clone(), prior);
            adversary.truth.insert(key.clone(), count);
            adversary.known.insert(key, known);
        }
        adversary
    }

    /// Returns the hidden groups that are too few people, and whose count can be narrowed to
    /// less than the rule's width (or than what was known before).
    fn narrowed(&self, insider: Option<&Key>) -> Vec<Key> {
        let with_own = |table: &BTreeMap<Key, Known>| {
            let mut table = table.clone();
            if let Some(own) = insider {
                table.insert(own.clone(), Known { low: 1, high: 1 });
            }
            table
        };
        let (known, prior) = (with_own(&self.known), with_own(&self.prior));
        let small = self.truth.iter().filter(|((_, by, part), count)| {
            let least = if *by == "unit" && part != ALL { 10 } else { 5 };
            (1..least).contains(*count)
        });
        small
            .map(|(key, _)| key)
            .filter(|key| Some(*key) != insider)
            .filter(|key| {
                !self.search.is_wide(&known, key, 4) && {
                    let [low, high] = self.search.range(&known, key);
                    let [least, most] = self.search.range(&prior, key);
                    high - low < 4.min(most - least)
                }
            })
            .cloned()
            .collect()
    }
}

fn sums(world: &World) -> Vec<(Key, Vec<Key>)> {
    let mut sums = Vec::new();
    let cities = world.keys("municipality");
    let roles = world.keys("role_group");
    for city in &cities {
        let parts = roles[1..].iter().map(|role| key(city, "role_group", role));
        sums.push((key(city, "role_group", ALL), parts.collect()));
    }
    for role in &roles {
        let parts = cities[1..].iter().map(|city| key(city, "role_group", role));
        sums.push((key(ALL, "role_group", role), parts.collect()));
    }
    for city in &cities[1..] {
        let units = world.keys("unit");
        let parts = units[1..].iter().map(|unit| key(city, "unit", unit));
        sums.push((key(city, "role_group", ALL), parts.collect()));
    }
    sums
}

fn release(world: &World, complementary: bool) -> Release {
    let (tables, rule, about) = (world.tables(), world.rule(), world.about());
    protect_with(&tables, &Ledger::default(), &rule, &about, complementary).unwrap()
}

/// Returns the groups that an adversary gets at, and how many were withheld for being small.
fn attack(world: &World, release: &Release) -> (Vec<(Option<usize>, Key)>, usize) {
    let mut found = Vec::new();
    let mut small = 0;
    for area in [None, Some(0), Some(1)] {
        let adversary = Adversary::new(world, release, area);
        small += adversary
            .truth
            .values()
            .filter(|n| (1..5).contains(*n))
            .count();
        let alone: Vec<&Key> = adversary
            .truth
            .iter()
            .filter(|(_, count)| **count == 1)
            .map(|(key, _)| key)
            .collect();
        let attackers = [None].into_iter().chain(alone.into_iter().map(Some));
        for insider in attackers {
            found.extend(
                adversary
                    .narrowed(insider)
                    .into_iter()
                    .map(|key| (area, key)),
            );
        }
    }
    (found, small)
}

fn small_world(seed: u64) -> World {
    let mut dice = Dice(seed);
    let staff: Vec<Vec<u64>> = (0..3)
        .map(|_| {
            (0..3)
                .map(|_| [2, 3, 5, 8, 12, 14][dice.below(6) as usize])
                .collect()
        })
        .collect();
    World::new(&staff, 3, seed)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_under_the_least_number_can_be_worked_out(seed in any::<u64>()) {
        let world = small_world(seed);
        let release = release(&world, true);
        let (found, _) = attack(&world, &release);
        prop_assert!(found.is_empty(), "seed {seed}: {found:?}");
    }
}

/// Towns in which the number who answered at all, shown, narrowed a count of one area: the gate
/// once took what that number tells for something that everybody knows anyway.
const ONCE_NARROWED: [u64; 6] = [
    9_319_975_506_440_869_368,
    10_914_662_399_797_996_254,
    5_812_112_469_468_491_956,
    3_820_655_845_531_989_604,
    15_590_099_012_168_732_683,
    10_833_394_741_541_397_997,
];

#[test]
fn what_was_once_narrowed_stays_wide() {
    for seed in ONCE_NARROWED {
        let world = small_world(seed);
        let (found, _) = attack(&world, &release(&world, true));
        assert!(found.is_empty(), "seed {seed}: {found:?}");
    }
}

#[test]
fn the_adversary_wins_when_partners_are_left_out() {
    let (mut found, mut small) = (0, 0);
    for seed in 0..10 {
        let world = small_world(seed);
        let release = release(&world, false);
        let (recovered, withheld) = attack(&world, &release);
        found += recovered.len();
        small += withheld;
    }
    println!("without partners: {found} of {small} small counts narrowed");
    assert!(found * 10 >= small * 3, "{found} of {small}");
}

#[test]
fn a_band_is_all_that_a_small_unit_shows() {
    for seed in 0..10 {
        let world = small_world(seed);
        let release = release(&world, true);
        for area in [0, 1] {
            let cells = cells(&release, "unit.area.mean", Some(AREAS[area]), "unit");
            for ((city, by, part), cell) in cells.iter().filter(|((_, by, _), _)| *by == "unit") {
                let members = world.members(city, by, part);
                let answers = members
                    .filter(|person| person.scores[area].is_some())
                    .count();
                match cell {
                    Cell::Shown(_) => assert!(answers >= 10, "{city} {part} {answers}"),
                    Cell::Band(Band::Below | Band::Near | Band::Above) => assert!(answers >= 5),
                    Cell::Withheld => {}
                }
            }
        }
    }
}
