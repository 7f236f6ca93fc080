//! A counter for each slot of each group.

use std::collections::HashMap;

/// Beyond so many counters, only those that are not nought are kept.
const DENSE: usize = 1 << 22;

/// `width` counters for each group.
pub(super) struct Slots {
    width: usize,
    counts: Counts,
}

/// Where the counters are.
pub(super) enum Counts {
    /// One after the other.
    Dense(Vec<u64>),
    /// Those that are not nought: groups are many, or scales long.
    Sparse(HashMap<usize, u64>),
}

impl Slots {
    pub(super) fn new(width: usize) -> Self {
        Slots {
            width,
            counts: Counts::Dense(Vec::new()),
        }
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Makes room for so many groups.
    pub(super) fn grow(&mut self, cells: usize) {
        let wanted = cells.saturating_mul(self.width);
        if let Counts::Dense(counts) = &mut self.counts {
            if wanted <= DENSE {
                counts.resize(wanted.max(counts.len()), 0);
            } else {
                let counts = std::mem::take(counts).into_iter().enumerate();
                self.counts = Counts::Sparse(counts.filter(|(_, count)| *count > 0).collect());
            }
        }
    }

    /// Adds one to each place.
    #[inline]
    pub(super) fn count(&mut self, places: impl Iterator<Item = usize>) {
        match &mut self.counts {
            Counts::Dense(counts) => {
                let counts = counts.as_mut_slice();
                places.for_each(|place| counts[place] += 1);
            }
            Counts::Sparse(counts) => {
                places.for_each(|place| *counts.entry(place).or_default() += 1);
            }
        }
    }

    /// Adds another's counters; `cells` says which group each of its groups is here.
    pub(super) fn add(&mut self, other: &Slots, cells: &[usize]) {
        for (cell, mine) in cells.iter().enumerate() {
            for slot in 0..other.width {
                let count = other.of(cell, slot);
                if count > 0 {
                    let place = mine * self.width + slot;
                    match &mut self.counts {
                        Counts::Dense(counts) => counts[place] += count,
                        Counts::Sparse(counts) => *counts.entry(place).or_default() += count,
                    }
                }
            }
        }
    }

    /// Returns a counter.
    pub(super) fn of(&self, cell: usize, slot: usize) -> u64 {
        let place = cell * self.width + slot;
        match &self.counts {
            Counts::Dense(counts) => counts.get(place).copied().unwrap_or(0),
            Counts::Sparse(counts) => counts.get(&place).copied().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_stay_when_groups_become_many() {
        let mut slots = Slots::new(1 << 12);
        slots.grow(2);
        slots.count([5, 5, 4096].into_iter());
        slots.grow(1 << 11);
        slots.count([5, (1 << 12) * 2000].into_iter());
        assert_eq!(
            [slots.of(0, 5), slots.of(1, 0), slots.of(2000, 0)],
            [3, 1, 1]
        );
        let mut sum = Slots::new(1 << 12);
        sum.grow(3);
        let mut cells: Vec<usize> = vec![0; 1 << 11];
        cells[1] = 2;
        sum.add(&slots, &cells);
        assert_eq!([sum.of(0, 5), sum.of(2, 0), sum.of(0, 0)], [3, 1, 1]);
    }
}
