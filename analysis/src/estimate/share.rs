//! Shares with Wilson's interval.

use findings::{Count, Estimate, RawRow};

use super::{Design, Estimates, tidy};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Grouping;
use crate::probability::normal_two_sided;
use crate::score::Quantity;
use crate::tables::scores::{ScoreTable, score_tables};

/// Returns the share of people in each group whose score is at least `level`.
///
/// With an item and its second highest value this is the "top two" share. Tested against R.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn share_at_or_above(
    data: &Dataset,
    of: &Quantity,
    level: i16,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    shares(data, of, by, design, |scores| {
        scores.at_or_above(i32::from(level))
    })
}

fn shares(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
    people: impl Fn(&ScoreTable) -> u64,
) -> Result<Estimates, AnalysisError> {
    let rows = score_tables(data, of, by)?
        .into_iter()
        .map(|(keys, scores)| {
            let (answers, part) = (scores.n(), people(&scores));
            RawRow {
                keys,
                figure: share(part, answers, design).ok_or(scores.nobody()),
                answers,
                modal: part.max(answers - part),
            }
        });
    Ok(tidy(by, &[], rows.collect()))
}

/// Returns the share of people in each group who chose one of the two highest values of an item.
///
/// A reversed item is turned round first, so that high is always good. Wilson's interval. Tested
/// against R: `sum(x >= 4) / n`, and Wilson's formula.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn top_two(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let level = of.scale(data)?.high - 1;
    share_at_or_above(data, of, level, by, design)
}

/// Returns the share of people in each group who chose one of the two lowest values of an item.
///
/// As [`top_two`], at the other end. On a scale of two or three values both hold the same people.
///
/// # Errors
/// As [`top_two`].
pub fn bottom_two(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let level = i32::from(of.scale(data)?.low) + 2;
    shares(data, of, by, design, |scores| {
        scores.n() - scores.at_or_above(level)
    })
}

/// Returns `part / of` with Wilson's interval (Wilson 1927), unless `of` is nought.
///
/// None or all of the people give an end of the interval that is exactly 0 or 1.
pub(super) fn share(part: u64, of: u64, design: &Design) -> Option<Estimate> {
    if of == 0 {
        return None;
    }
    let n = of as f64;
    let p = part as f64 / n;
    let z = normal_two_sided(design.confidence);
    let z2 = z * z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    Some(Estimate {
        value: p,
        se: Some((p * (1.0 - p) / n).sqrt()),
        low: Some(if part == 0 { 0.0 } else { centre - half }),
        high: Some(if part == of { 1.0 } else { centre + half }),
        n: Count::Exact(of),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_and_all_have_one_sided_intervals() {
        for (part, of, low, high) in [
            (0, 10, 0.0, 0.277_532_799_862_889_26),
            (10, 10, 0.722_467_200_137_110_6, 1.0),
            (1, 1, 0.206_549_314_377_237_4, 1.0),
        ] {
            let found = share(part, of, &Design::default()).unwrap();
            assert!((found.low.unwrap() - low).abs() < 1e-12, "{found:?}");
            assert!((found.high.unwrap() - high).abs() < 1e-12, "{found:?}");
        }
        assert_eq!(share(0, 0, &Design::default()), None);
    }
}
