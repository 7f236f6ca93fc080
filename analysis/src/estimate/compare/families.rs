//! Many tests at once: p values corrected over the family that is shown together.
//!
//! Of twenty true null hypotheses one looks significant at five percent. Holm 1979 keeps the
//! chance of any such error below the level, Benjamini and Hochberg 1995 the share of such errors
//! among what is found.

use std::collections::BTreeMap;

use findings::{Estimate, RawRow};

/// Name of the key column that says which test a part belongs to.
pub const TEST: &str = "test";

/// Name of the key column that names the family over which a p value is corrected.
pub const FAMILY: &str = "family";

/// What stands in that column where nothing is corrected.
pub const NO_FAMILY: &str = "none";

/// Returns p values corrected by Holm's step-down rule, in the order given: the i-th smallest of
/// m times m - i + 1, never below an earlier one, at most 1.
///
/// Tested against R: `p.adjust(method = "holm")`.
pub(super) fn holm(p: &[f64]) -> Vec<f64> {
    let mut corrected = vec![0.0; p.len()];
    let mut largest = 0.0_f64;
    for (place, index) in ascending(p).into_iter().enumerate() {
        largest = largest.max(p[index] * (p.len() - place) as f64);
        corrected[index] = largest.min(1.0);
    }
    corrected
}

/// Returns p values corrected by Benjamini's and Hochberg's step-up rule: the i-th smallest of m
/// times m / i, never above a later one.
///
/// Tested against R: `p.adjust(method = "BH")`.
pub(super) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut corrected = vec![0.0; p.len()];
    let mut smallest = 1.0_f64;
    for (place, index) in ascending(p).into_iter().enumerate().rev() {
        smallest = smallest.min(p[index] * p.len() as f64 / (place + 1) as f64);
        corrected[index] = smallest;
    }
    corrected
}

fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    order
}

/// Adds rows `p_holm` and `p_bh` for every row `p` of the given tests: the family is all rows of
/// one test that `family` gives the same name. A p that is not defined belongs to no family.
///
/// Rows end with the keys test, term and family.
pub(crate) fn correct_over(
    rows: &mut Vec<RawRow>,
    tests: &[&str],
    family: impl Fn(&RawRow, &str) -> String,
) {
    let mut families: BTreeMap<String, Vec<(usize, f64)>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let [.., test, term, _] = &row.keys[..] else {
            continue;
        };
        if let ("p", true, Ok(figure)) =
            (term.as_str(), tests.contains(&test.as_str()), &row.figure)
        {
            let name = family(row, test);
            families
                .entry(name)
                .or_default()
                .push((place, figure.value));
        }
    }
    for (name, members) in families {
        let p: Vec<f64> = members.iter().map(|(_, p)| *p).collect();
        for (term, corrected) in [("p_holm", holm(&p)), ("p_bh", benjamini_hochberg(&p))] {
            for ((place, _), value) in members.iter().zip(corrected) {
                let mut row = rows[*place].clone();
                let keys = row.keys.len();
                term.clone_into(&mut row.keys[keys - 2]);
                row.keys[keys - 1].clone_from(&name);
                row.figure = row.figure.map(|figure| Estimate { value, ..figure });
                rows.push(row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_are_those_of_r() {
        let p = [0.01, 0.04, 0.03, 0.005, 0.5];
        let near = |found: Vec<f64>, expected: [f64; 5]| {
            let pairs = found.into_iter().zip(expected);
            pairs.into_iter().all(|(a, b)| (a - b).abs() < 1e-15)
        };
        assert!(near(holm(&p), [0.04, 0.09, 0.09, 0.025, 0.5]));
        assert!(near(
            benjamini_hochberg(&p),
            [0.025, 0.05, 0.05, 0.025, 0.5]
        ));
        assert_eq!((holm(&[0.6, 0.7]), holm(&[])), (vec![1.0, 1.0], vec![]));
    }
}
