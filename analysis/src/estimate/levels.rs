//! Level bands: how many people reach which level, and how many are placed wrongly by chance.
//!
//! Bands are a layer over the score, never instead of it. A cut point splits people who differ by
//! less than the score's own error, so the expected share of wrong placements stands beside.

use findings::{RawRow, Undefined, dim};

use super::alpha::figure as alpha_figure;
use super::share::share;
use super::{Design, Estimates, plain, tidy};
use crate::grouping::Grouping;
use crate::probability::normal_below;
use crate::score::Quantity;
use crate::tables::by_group;
use crate::tables::complete::CompleteRows;
use crate::tables::scores::{ScoreTable, score_tables};
use crate::{AnalysisError, Dataset};

/// Bands of the score in percent of its scale, from the lowest up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bands {
    /// The lowest percentage of each band but the first, in thousandths, rising.
    pub cuts: Vec<i64>,
    /// Names of the bands, one more than cuts.
    pub names: Vec<String>,
}

impl Bands {
    /// Returns the place of the band of a score `sum / valid` on a scale from `low` to `high`;
    /// compared in whole numbers, and a score on a cut goes up.
    fn place(&self, sum: i32, valid: u16, [low, high]: [i16; 2]) -> usize {
        let (valid, width) = (i64::from(valid), i64::from(high - low));
        let percent = 100_000 * (i64::from(sum) - i64::from(low) * valid);
        self.cuts
            .partition_point(|cut| cut * width * valid <= percent)
    }

    /// Returns the ends of a band as scores; the outer ones have none.
    fn ends(&self, place: usize, [low, high]: [i16; 2]) -> [f64; 2] {
        let score = |cut: i64| f64::from(low) + cut as f64 / 100_000.0 * f64::from(high - low);
        let below = place
            .checked_sub(1)
            .map_or(f64::NEG_INFINITY, |cut| score(self.cuts[cut]));
        let above = self
            .cuts
            .get(place)
            .map_or(f64::INFINITY, |cut| score(*cut));
        [below, above]
    }
}

/// Returns the share of people in each band of each group, with Wilson's interval; the last key is
/// the band.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn levels(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    bands: &Bands,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let scale = ends(data, of)?;
    let mut rows = Vec::new();
    for (group, scores) in score_tables(data, of, by)? {
        let mut people = vec![0_u64; bands.names.len()];
        for (sum, valid, persons) in scores.ascending() {
            people[bands.place(sum, valid, scale)] += persons;
        }
        let answers = scores.n();
        let modal = people.iter().copied().max().unwrap_or(0);
        for (name, people) in bands.names.iter().zip(people) {
            let mut keys = group.clone();
            keys.push(name.clone());
            rows.push(RawRow {
                keys,
                figure: share(people, answers, design).ok_or(scores.nobody()),
                answers,
                modal,
            });
        }
    }
    Ok(tidy(by, &[dim::LEVEL], rows))
}

/// Returns, for each group, what the error of scores does to the bands; the last key is the term:
///
/// - `sem`: standard error of measurement, `sd √(1 - alpha)`, in steps of the scale; a negative
///   alpha counts as nought;
/// - `misclassified`: share of people expected to belong to another band than they are placed in.
///   A person's true score is taken as normal about the score with that error (Rudner 2001).
///
/// Both need an alpha, so two items at least, and some spread.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn level_errors(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    bands: &Bands,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let scale = ends(data, of)?;
    let k = of.columns(data)?.len();
    let complete = by_group::<CompleteRows>(data, of, by)?;
    let mut rows = Vec::new();
    for ((group, scores), complete) in score_tables(data, of, by)?
        .into_iter()
        .zip(complete.values())
    {
        let sem = error(&scores, complete, k, design);
        let wrong = sem.map(|sem| misclassified(&scores, bands, scale, sem));
        for (term, value) in [("sem", sem), ("misclassified", wrong)] {
            let mut keys = group.clone();
            keys.push(term.to_owned());
            rows.push(RawRow {
                keys,
                figure: value.map(|value| plain(value, scores.n())),
                answers: scores.n(),
                modal: 0,
            });
        }
    }
    Ok(tidy(by, &[dim::TERM], rows))
}

fn ends(data: &Dataset, of: &Quantity) -> Result<[i16; 2], AnalysisError> {
    let scale = of.scale(data)?;
    Ok([scale.low, scale.high])
}

fn error(
    scores: &ScoreTable,
    complete: &CompleteRows,
    k: usize,
    design: &Design,
) -> Result<f64, Undefined> {
    if scores.n() == 0 {
        return Err(scores.nobody());
    }
    let variance = scores.moments().variance().ok_or(Undefined::OneAnswer)?;
    let alpha = alpha_figure(complete, k, design)?.value;
    Ok((variance * (1.0 - alpha.clamp(0.0, 1.0))).sqrt())
}

fn misclassified(scores: &ScoreTable, bands: &Bands, scale: [i16; 2], sem: f64) -> f64 {
    if sem == 0.0 {
        return 0.0;
    }
    let mut wrong = 0.0;
    for (sum, valid, persons) in scores.ascending() {
        let score = f64::from(sum) / f64::from(valid);
        let [low, high] = bands.ends(bands.place(sum, valid, scale), scale);
        let outside = normal_below((low - score) / sem) + normal_below((score - high) / sem);
        wrong += persons as f64 * outside;
    }
    wrong / scores.n() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands() -> Bands {
        Bands {
            cuts: vec![30_000, 80_000],
            names: ["low", "middle", "high"].map(str::to_owned).to_vec(),
        }
    }

    #[test]
    fn a_score_on_a_cut_goes_up() {
        let place = |sum, valid| bands().place(sum, valid, [0, 5]);
        // 30 % of 0..5 is 1.5, 80 % is 4.
        assert_eq!((place(7, 5), place(3, 2), place(19, 5)), (0, 1, 1));
        assert_eq!((place(4, 1), place(0, 3), place(5, 1)), (2, 0, 2));
        // On 1..5 the same percentages are 2.2 and 4.2.
        let place = |sum, valid| bands().place(sum, valid, [1, 5]);
        assert_eq!((place(10, 5), place(11, 5), place(21, 5)), (0, 1, 2));
    }

    #[test]
    fn half_of_those_on_a_cut_belong_elsewhere() {
        let mut scores = ScoreTable::default();
        scores.count(1, 4, 10);
        let wrong = misclassified(&scores, &bands(), [0, 5], 0.2);
        assert!((wrong - 0.5).abs() < 1e-12, "{wrong}");
        assert_eq!(misclassified(&scores, &bands(), [0, 5], 0.0).to_bits(), 0);
    }
}
