//! Quantiles of type 7, the default of R and numpy.

use findings::{RawRow, dim};

use super::{Design, Estimates, plain};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{nearest, ratio};
use crate::grouping::Grouping;
use crate::score::Quantity;
use crate::tables::scores::score_tables;

/// The quantiles that are given, with their keys.
pub const QUANTILES: [(&str, u32); 5] = [
    ("p10", 10),
    ("p25", 25),
    ("p50", 50),
    ("p75", 75),
    ("p90", 90),
];

/// Returns five quantiles of the scores of each group; the last key is the level.
///
/// Type 7 (Hyndman and Fan 1996): linear between the order statistics around `(n - 1) p`.
/// People without a score are left out. Tested against R: `quantile(type = 7)`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn quantile(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for (group, scores) in score_tables(data, of, by)? {
        let ascending = scores.ascending();
        let (answers, modal) = (scores.n(), scores.modal());
        for (level, percent) in QUANTILES {
            let mut keys = group.clone();
            keys.push(level.to_owned());
            let value = at(&ascending, answers, percent);
            let figure = value
                .map(|value| plain(value, answers))
                .ok_or(scores.nobody());
            rows.push(RawRow {
                keys,
                figure,
                answers,
                modal,
            });
        }
    }
    let mut dims = by.dims();
    dims.push(dim::LEVEL.to_owned());
    Ok(Estimates {
        dims,
        rows,
        notes: Vec::new(),
    })
}

/// Returns one quantile of scores in ascending order, as an exact fraction rounded once.
pub(crate) fn at(ascending: &[(i32, u16, u64)], n: u64, percent: u32) -> Option<f64> {
    let place = i128::from(n.checked_sub(1)?) * i128::from(percent);
    let (below, part) = (place / 100, place % 100);
    let order_statistic = |wanted: i128| {
        let mut seen: i128 = 0;
        let mut scores = ascending.iter();
        let found = scores.find(|(_, _, persons)| {
            seen += i128::from(*persons);
            wanted < seen
        });
        found.map(|(sum, valid, _)| ratio(i128::from(*sum), i128::from(*valid)))
    };
    let low = order_statistic(below)?;
    if part == 0 {
        return Some(nearest(&low));
    }
    let high = order_statistic(below + 1)?;
    Some(nearest(&(&low + (high - &low) * ratio(part, 100))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_samples_are_interpolated() {
        let two = [(2, 1, 1)];
        assert_eq!(at(&two, 1, 90), Some(2.0));
        let one_and_four = [(1, 1, 1), (4, 1, 1)];
        let found = [25, 50, 90].map(|percent| at(&one_and_four, 2, percent));
        assert_eq!(found, [Some(1.75), Some(2.5), Some(3.7)]);
        assert_eq!(at(&[], 0, 50), None);
    }
}
