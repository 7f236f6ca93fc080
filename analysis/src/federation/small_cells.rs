//! Merging the smallest groups upwards before tables leave the house.
//!
//! A group below the wanted size is counted in totals only, as people whose group is unknown are.
//! Where those counted in totals would be too few themselves, the next smallest group joins them.

use std::collections::BTreeMap;

use crate::grouping::Keys;
use crate::tables::held::{Grid, GridCell};

/// Merges groups of fewer than `smallest` people, within the same values of the `kept` columns
/// (municipality and wave); returns how many groups were merged.
pub(super) fn merge_upwards(grid: &mut Grid, kept: &[&str], smallest: u64) -> usize {
    let smallest = i64::try_from(smallest).unwrap_or(i64::MAX);
    let is_kept: Vec<bool> = grid
        .columns
        .iter()
        .map(|column| kept.contains(&column.as_str()))
        .collect();
    let above = |keys: &Keys| -> Keys {
        let keys = keys.iter().zip(&is_kept);
        keys.map(|(key, kept)| key.clone().filter(|_| *kept))
            .collect()
    };
    let mut families: BTreeMap<Keys, Vec<(i64, Keys)>> = BTreeMap::new();
    for (keys, cell) in &grid.cells {
        let family = families.entry(above(keys)).or_default();
        family.push((cell.people, keys.clone()));
    }
    let mut merged = 0;
    for (above, mut family) in families {
        family.sort();
        let mut together: i64 = 0;
        let mut joined = 0;
        for (people, keys) in family {
            let enough = together == 0 || together >= smallest;
            if people >= smallest && enough {
                break;
            }
            let Some(cell) = grid.cells.remove(&keys) else {
                continue;
            };
            together += people;
            joined += 1;
            add(grid.cells.entry(above.clone()).or_default(), &cell);
        }
        merged += joined;
    }
    merged
}

/// Adds what was counted in one group to another; numbers of one data file stay far within range.
fn add(to: &mut GridCell, from: &GridCell) {
    to.people += from.people;
    for (id, entries) in &from.tables {
        let sums = to.tables.entry(id.clone()).or_default();
        for (place, value) in entries {
            *sums.entry(place.clone()).or_default() += value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(sizes: &[(&str, i64)]) -> Grid {
        let cell = |people| GridCell {
            people,
            ..GridCell::default()
        };
        let keys = |role: &str| vec![Some("oulu".to_owned()), Some(role.to_owned())];
        let cells = sizes.iter();
        Grid {
            columns: vec!["town".to_owned(), "role".to_owned()],
            cells: cells
                .map(|(role, people)| (keys(role), cell(*people)))
                .collect(),
            ..Grid::default()
        }
    }

    fn sizes(grid: &Grid) -> Vec<(Option<&str>, i64)> {
        let cells = grid.cells.iter();
        cells
            .map(|(keys, cell)| (keys[1].as_deref(), cell.people))
            .collect()
    }

    #[test]
    fn small_groups_are_counted_in_the_total_only() {
        let mut several = grid(&[("a", 2), ("b", 3), ("c", 9), ("d", 20)]);
        assert_eq!(merge_upwards(&mut several, &["town"], 5), 2);
        assert_eq!(
            sizes(&several),
            [(None, 5), (Some("c"), 9), (Some("d"), 20)]
        );
    }

    #[test]
    fn one_small_group_takes_the_next_smallest_with_it() {
        let mut one = grid(&[("a", 2), ("c", 9), ("d", 20)]);
        assert_eq!(merge_upwards(&mut one, &["town"], 5), 2);
        assert_eq!(sizes(&one), [(None, 11), (Some("d"), 20)]);
    }

    #[test]
    fn large_groups_stay_as_they_are() {
        let mut large = grid(&[("c", 9), ("d", 20)]);
        assert_eq!(merge_upwards(&mut large, &["town"], 5), 0);
        assert_eq!(sizes(&large), [(Some("c"), 9), (Some("d"), 20)]);
    }
}
