//! Which groups make up which: the sums along the lattice.

use std::collections::BTreeMap;

use super::lattice::Group;
use crate::raw::dim;

/// A total, its parts along one dimension, and how many people no part holds.
pub(super) struct Sum {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    pub(super) rest: u64,
}

/// Returns the sums between groups, which are named by their place in the order of their keys.
pub(super) fn sums(counts: &BTreeMap<Group, u64>) -> Vec<Sum> {
    let places: BTreeMap<&Group, usize> = counts.keys().zip(0..).collect();
    let people: Vec<u64> = counts.values().copied().collect();
    let mut parts: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (group, place) in &places {
        for name in group.keys().filter(|name| *name != dim::WAVE) {
            let mut total = (*group).clone();
            total.remove(name);
            if let Some(total) = places.get(&total) {
                parts.entry((*total, name)).or_default().push(*place);
            }
        }
    }
    let parts = parts.into_iter();
    parts
        .map(|((total, _), parts)| {
            let known: u64 = parts.iter().map(|part| people[*part]).sum();
            let rest = people[total].saturating_sub(known);
            Sum { total, parts, rest }
        })
        .collect()
}
