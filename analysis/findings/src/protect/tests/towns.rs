//! Towns for the adversary, and what it is given of them: texts, the staff list, and the truth to
//! compare with.

use std::collections::BTreeMap;

use super::attack::{Group, Place};
use super::world::{AREAS, Dice, World};
use crate::Release;

/// Makes four towns with five roles and four units each, most of them small.
pub(super) fn town(seed: u64) -> World {
    let mut dice = Dice(seed);
    let sizes = [2, 3, 4, 6, 9, 13, 20, 31];
    let mut role = || sizes[usize::try_from(dice.below(8)).unwrap()];
    let staff: Vec<Vec<u64>> = (0..4).map(|_| (0..5).map(|_| role()).collect()).collect();
    World::new(&staff, 4, seed)
}

/// Returns every file of a release.
pub(super) fn texts(release: &Release) -> Vec<String> {
    let cities = release.cities().into_iter();
    let cities = cities.map(|city| release.city(city).unwrap());
    let files = [release.network()].into_iter().chain(cities);
    files.map(|file| file.to_json().unwrap()).collect()
}

/// Returns how many people work in each group.
pub(super) fn staff_list(world: &World) -> BTreeMap<Group, i64> {
    groups(world)
        .into_iter()
        .map(|(group, [city, by, part])| {
            let people = world.members(&city, &by, &part).count();
            (group, i64::try_from(people).unwrap())
        })
        .collect()
}

/// Returns the count behind every figure.
pub(super) fn truth(world: &World) -> BTreeMap<Place, i64> {
    let mut truth = BTreeMap::new();
    for (group, [city, by, part]) in groups(world) {
        for area in [None, Some(0), Some(1)] {
            let members = world.members(&city, &by, &part);
            let counted = members
                .filter(|person| person.answered)
                .filter(|person| area.is_none_or(|area: usize| person.scores[area].is_some()));
            let count = i64::try_from(counted.count()).unwrap();
            let quantity = area.map_or("", |area| AREAS[area]);
            truth.insert((quantity.to_owned(), group.clone()), count);
        }
    }
    truth
}

fn groups(world: &World) -> Vec<(Group, [String; 3])> {
    let mut groups = Vec::new();
    for city in world.keys("municipality") {
        for by in ["role_group", "unit"] {
            for part in world.keys(by) {
                let unit_of_all = by == "unit" && city == "all" && part != "all";
                let total_again = by == "unit" && part == "all";
                if !unit_of_all && !total_again {
                    let keys = [("municipality", &city), (by, &part)];
                    let keys = keys.into_iter().filter(|(_, key)| *key != "all");
                    let group = keys.map(|(dim, key)| (dim.to_owned(), key.clone()));
                    groups.push((group.collect(), [city.clone(), by.to_owned(), part]));
                }
            }
        }
    }
    groups
}
