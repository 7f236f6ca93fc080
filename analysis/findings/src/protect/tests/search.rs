//! Tries every table of whole numbers that keeps given sums and bounds.

use std::collections::BTreeMap;

/// What is known of one count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) low: i64,
    pub(super) high: i64,
}

pub(super) type Table<K> = BTreeMap<K, Known>;

pub(super) struct Search<K> {
    /// Total and parts.
    pub(super) sums: Vec<(K, Vec<K>)>,
}

impl<K: Ord + Clone> Search<K> {
    /// Returns the least and greatest count that fits.
    pub(super) fn range(&self, table: &Table<K>, key: &K) -> [i64; 2] {
        let bounds = table[key];
        let possible = |value: &i64| self.is_possible(table, key, *value);
        let low = (bounds.low..=bounds.high).find(possible);
        let high = (bounds.low..=bounds.high).rev().find(possible);
        [low, high].map(|end| end.expect("the true table fits what is shown"))
    }

    /// Says whether two counts fit that are at least `width` apart.
    pub(super) fn is_wide(&self, table: &Table<K>, key: &K, width: i64) -> bool {
        let bounds = table[key];
        let possible = |value: &i64| self.is_possible(table, key, *value);
        let low = (bounds.low..=bounds.high).find(possible);
        let low = low.expect("the true table fits what is shown");
        (low + width..=bounds.high).any(|value| possible(&value))
    }

    fn is_possible(&self, table: &Table<K>, key: &K, value: i64) -> bool {
        let mut tried = table.clone();
        let exactly = Known {
            low: value,
            high: value,
        };
        tried.insert(key.clone(), exactly);
        self.fits(tried)
    }

    /// Says whether there is a table of whole numbers within these bounds.
    fn fits(&self, mut table: Table<K>) -> bool {
        if !self.tighten(&mut table) {
            return false;
        }
        let open = table.iter().filter(|(_, known)| known.low < known.high);
        let Some((key, known)) = open.min_by_key(|(_, known)| known.high - known.low) else {
            return true;
        };
        let (key, known) = (key.clone(), *known);
        (known.low..=known.high).any(|value| {
            let mut tried = table.clone();
            tried.insert(
                key.clone(),
                Known {
                    low: value,
                    high: value,
                },
            );
            self.fits(tried)
        })
    }

    /// Tightens bounds along the sums; false when they contradict each other.
    fn tighten(&self, table: &mut Table<K>) -> bool {
        let mut changed = true;
        while changed {
            changed = false;
            for (total, parts) in &self.sums {
                let low: i64 = parts.iter().map(|part| table[part].low).sum();
                let high: i64 = parts.iter().map(|part| table[part].high).sum();
                let sum = table[total];
                changed |= narrow(table, total, low, high);
                for part in parts {
                    let own = table[part];
                    let least = sum.low - (high - own.high);
                    let most = sum.high - (low - own.low);
                    changed |= narrow(table, part, least, most);
                }
            }
            if table.values().any(|known| known.low > known.high) {
                return false;
            }
        }
        true
    }
}

fn narrow<K: Ord>(table: &mut Table<K>, key: &K, low: i64, high: i64) -> bool {
    let known = table.get_mut(key).expect("every group of a sum has bounds");
    let before = (known.low, known.high);
    known.low = known.low.max(low);
    known.high = known.high.min(high);
    before != (known.low, known.high)
}
