//! Bounds of the mean without assumptions about those who did not answer (Manski 1995).

use findings::{Count, Estimate, RawRow, Undefined};
use num_bigint::BigInt;
use num_rational::BigRational;

use super::{Design, Estimates};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{nearest, ratio};
use crate::grouping::{Grouping, tabulate_staff};
use crate::score::Quantity;
use crate::tables::people;
use crate::tables::scores::{ScoreTable, score_tables};

/// From this rate on the bounds are left out, in per cent.
const WELL_ANSWERED: u128 = 60;

/// Returns the mean of each group with the lowest and the highest it could be for the whole
/// staff: `[(n m + (N - n) a)/N, (n m + (N - n) b)/N]` on the scale from a to b.
///
/// Whoever has no score could have either end of the scale. The bounds are no confidence
/// interval: they hold whoever did not answer, and are shown where fewer than 60 % did. Tested
/// against fractions worked out by hand.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn bounds(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let ends = of.scale(data)?;
    let people = people(data, by)?;
    let staff = match data.staff() {
        Some(staff) => tabulate_staff(data, by, staff)?,
        None => Default::default(),
    };
    let rows = score_tables(data, of, by)?
        .into_iter()
        .map(|(keys, scores)| {
            let answered = people.get(&keys).copied().unwrap_or(0);
            let figure = match (scores.n(), staff.get(&keys)) {
                (0, _) => Err(scores.nobody()),
                (_, None) => Err(Undefined::FrameUnknown),
                (_, Some(staff)) if answered > *staff => Err(Undefined::FrameTooSmall),
                (_, Some(staff)) if is_well_answered(answered, *staff) => {
                    Err(Undefined::WellAnswered)
                }
                (_, Some(staff)) => {
                    let ends = [ends.low, ends.high].map(i128::from);
                    figure(&scores, *staff, ends)
                }
            };
            RawRow {
                keys,
                figure,
                answers: scores.n(),
                modal: scores.modal(),
            }
        });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: Vec::new(),
    })
}

fn is_well_answered(answered: u64, staff: u64) -> bool {
    u128::from(answered) * 100 >= u128::from(staff) * WELL_ANSWERED
}

fn figure(scores: &ScoreTable, staff: u64, ends: [i128; 2]) -> Result<Estimate, Undefined> {
    let moments = scores.moments();
    let silent = i128::from(staff) - i128::from(moments.count());
    let everybody = BigRational::from(BigInt::from(staff));
    let [low, high] =
        ends.map(|end| nearest(&((moments.total() + ratio(silent * end, 1)) / &everybody)));
    Ok(Estimate {
        value: moments.mean().ok_or(Undefined::NoAnswers)?,
        se: None,
        low: Some(low),
        high: Some(high),
        n: Count::Exact(moments.count()),
    })
}
