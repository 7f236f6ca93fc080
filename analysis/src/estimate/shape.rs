//! Standard deviation, skewness and kurtosis of scores, with the lowest and the highest.
//!
//! The central moments are whole-number fractions up to the last step, so that the order of rows
//! leaves no trace and a skewness of nought is nought.

use findings::{RawRow, Undefined, dim};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Pow, Zero};

use super::{Design, Estimates, plain, tidy};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{nearest, ratio};
use crate::grouping::Grouping;
use crate::score::Quantity;
use crate::tables::scores::{ScoreTable, score_tables};

/// Returns standard deviation, skewness and kurtosis of the scores of each group; the last key is
/// the term: `sd`, `skewness` (G1), `kurtosis` (G2), and the `lowest` and `highest` score.
///
/// `G1 = g1 √(n(n-1)) / (n-2)` and `G2 = (n-1)/((n-2)(n-3)) ((n+1) g2 + 6)`, where `g1 = m3/m2^1.5`
/// and `g2 = m4/m2² - 3` (Joanes and Gill 1998): both corrected for bias under normality, kurtosis
/// as excess over the normal one. They need three and four people, and some spread. Tested against
/// R's central moments, which are those of scipy's `skew` and `kurtosis` with `bias=False`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn shape(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    _design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for (group, scores) in score_tables(data, of, by)? {
        let (answers, modal) = (scores.n(), scores.modal());
        let moments = CentralMoments::of(&scores);
        let [lowest, highest] = ends(&scores);
        for (term, value) in [
            ("sd", moments.deviation()),
            ("skewness", moments.skewness()),
            ("kurtosis", moments.kurtosis()),
            ("lowest", lowest),
            ("highest", highest),
        ] {
            let figure = if answers == 0 {
                Err(scores.nobody())
            } else {
                value.map(|value| plain(value, answers))
            };
            let mut keys = group.clone();
            keys.push(term.to_owned());
            rows.push(RawRow {
                keys,
                figure,
                answers,
                modal,
            });
        }
    }
    Ok(tidy(by, &[dim::TERM], rows))
}

/// Returns the lowest and the highest score.
fn ends(scores: &ScoreTable) -> [Result<f64, Undefined>; 2] {
    let ascending = scores.ascending();
    [ascending.first(), ascending.last()].map(|end| {
        let (sum, valid, _) = end.ok_or(Undefined::NoAnswers)?;
        Ok(f64::from(*sum) / f64::from(*valid))
    })
}

/// Number of people and sums of powers about the mean.
struct CentralMoments {
    n: u64,
    second: BigRational,
    third: BigRational,
    fourth: BigRational,
}

impl CentralMoments {
    fn of(scores: &ScoreTable) -> Self {
        let n = scores.n();
        let values: Vec<(BigRational, BigInt)> = scores
            .ascending()
            .into_iter()
            .map(|(sum, valid, persons)| {
                let value = ratio(i128::from(sum), i128::from(valid));
                (value, BigInt::from(persons))
            })
            .collect();
        let total = values
            .iter()
            .fold(BigRational::zero(), |total, (value, persons)| {
                total + value * persons
            });
        let mean = total / BigInt::from(n.max(1));
        let about_mean = |power: u32| {
            values
                .iter()
                .fold(BigRational::zero(), |total, (value, persons)| {
                    total + Pow::pow(value - &mean, power) * persons
                })
        };
        CentralMoments {
            n,
            second: about_mean(2),
            third: about_mean(3),
            fourth: about_mean(4),
        }
    }

    fn deviation(&self) -> Result<f64, Undefined> {
        self.need(2, Undefined::OneAnswer)?;
        Ok(nearest(&(&self.second / BigInt::from(self.n - 1))).sqrt())
    }

    /// `G1 = M3/M2 · n/(n-2) · √((n-1)/M2)`, `M` being sums about the mean.
    fn skewness(&self) -> Result<f64, Undefined> {
        self.need(3, Undefined::TwoAnswers)?;
        self.spread()?;
        let n = BigInt::from(self.n);
        let before_root = &self.third / &self.second * &n / BigInt::from(self.n - 2);
        let under_root = BigRational::from(BigInt::from(self.n - 1)) / &self.second;
        Ok(nearest(&before_root) * nearest(&under_root).sqrt())
    }

    /// A fraction throughout: rounded once.
    fn kurtosis(&self) -> Result<f64, Undefined> {
        self.need(4, Undefined::ThreeAnswers)?;
        self.spread()?;
        let n = i128::from(self.n);
        let whole = |value: i128| BigRational::from(BigInt::from(value));
        let excess = &self.fourth * whole(n) / (&self.second * &self.second) - whole(3);
        let corrected = (excess * whole(n + 1) + whole(6)) * ratio(n - 1, (n - 2) * (n - 3));
        Ok(nearest(&corrected))
    }

    fn need(&self, people: u64, reason: Undefined) -> Result<(), Undefined> {
        if self.n < people { Err(reason) } else { Ok(()) }
    }

    fn spread(&self) -> Result<(), Undefined> {
        if self.second.is_zero() {
            Err(Undefined::ZeroVariance)
        } else {
            Ok(())
        }
    }
}
