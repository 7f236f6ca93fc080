//! How areas go together: the correlation of every two scores.

use findings::{Count, Estimate, RawRow, Undefined, dim};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::{Design, Estimates, plain};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{nearest, ratio};
use crate::grouping::Grouping;
use crate::probability::normal_two_sided;
use crate::score::Quantity;
use crate::tables::area_pairs::AreaPairs;
use crate::tables::by_group;

/// Returns Pearson's correlation of every two areas in each group; the first keys are the areas,
/// the earlier one of the codebook first.
///
/// People with a score in both areas. The interval is Fisher's (1921), `tanh(artanh r ± z/√(n - 3))`;
/// it needs four people and a correlation inside ±1, and the correlation three people and some
/// spread in both. All sums are whole numbers, rounded once. Areas that share items go together by
/// that alone, which a note says. Tested against R: `cor(use = "pairwise")`.
///
/// # Errors
/// When an area or a group column does not exist.
pub fn correlations(
    data: &Dataset,
    areas: &[Quantity],
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for (group, pairs) in by_group::<AreaPairs>(data, &areas.to_vec(), by)? {
        for (a, area) in areas.iter().enumerate() {
            for (b, other) in areas.iter().enumerate().skip(a + 1) {
                let sums = Sums::of(&pairs, [a, b]);
                let mut keys = vec![area.name().to_owned(), other.name().to_owned()];
                keys.extend(group.iter().cloned());
                rows.push(RawRow {
                    keys,
                    figure: sums.correlation(design),
                    answers: sums.n,
                    modal: 0,
                });
            }
        }
    }
    rows.sort_by(|a, b| a.keys.cmp(&b.keys));
    let mut dims = vec![dim::AREA.to_owned(), dim::WITH.to_owned()];
    dims.extend(by.dims());
    Ok(Estimates {
        dims,
        rows,
        notes: shared_items(data, areas)?.into_iter().collect(),
    })
}

/// Names the pairs of areas that have items in common.
fn shared_items(data: &Dataset, areas: &[Quantity]) -> Result<Option<String>, AnalysisError> {
    let mut pairs = Vec::new();
    for (number, area) in areas.iter().enumerate() {
        let items = area.columns(data)?;
        for other in &areas[number + 1..] {
            if other.columns(data)?.iter().any(|item| items.contains(item)) {
                pairs.push(format!("{} and {}", area.name(), other.name()));
            }
        }
    }
    Ok((!pairs.is_empty()).then(|| {
        format!(
            "areas that share items go together by that alone: {}",
            pairs.join(", ")
        )
    }))
}

/// People with both scores, and sums of scores, squares and products.
struct Sums {
    n: u64,
    plain: [BigRational; 2],
    squares: [BigRational; 2],
    products: BigRational,
}

impl Sums {
    fn of(pairs: &AreaPairs, [a, b]: [usize; 2]) -> Self {
        let nought = BigRational::zero;
        let mut sums = Sums {
            n: 0,
            plain: [nought(), nought()],
            squares: [nought(), nought()],
            products: nought(),
        };
        let of_pair = pairs.sums.range((a, b, 0, 0)..=(a, b, u16::MAX, u16::MAX));
        for ((.., v, w), [n, y, other, y_y, y_other, other_other]) in of_pair {
            let (v, w) = (i128::from(*v), i128::from(*w));
            let part = |sum: &i64, over: i128| ratio(i128::from(*sum), over);
            sums.n += u64::try_from(*n).unwrap_or(0);
            sums.plain[0] += part(y, v);
            sums.plain[1] += part(other, w);
            sums.squares[0] += part(y_y, v * v);
            sums.squares[1] += part(other_other, w * w);
            sums.products += part(y_other, v * w);
        }
        sums
    }

    fn correlation(&self, design: &Design) -> Result<Estimate, Undefined> {
        match self.n {
            0 => return Err(Undefined::NoAnswers),
            1 => return Err(Undefined::OneAnswer),
            2 => return Err(Undefined::TwoAnswers),
            _ => {}
        }
        let n = ratio(i128::from(self.n), 1);
        let [x, y] = &self.plain;
        let spread = [(x, &self.squares[0]), (y, &self.squares[1])]
            .map(|(sum, squares)| squares * &n - sum * sum);
        if spread.iter().any(Zero::is_zero) {
            return Err(Undefined::ZeroVariance);
        }
        let together = &self.products * &n - x * y;
        let square = &together * &together / (&spread[0] * &spread[1]);
        let size = nearest(&square).sqrt();
        let r = if together.is_negative() { -size } else { size };
        Ok(self.with_interval(r, design))
    }

    fn with_interval(&self, r: f64, design: &Design) -> Estimate {
        let figure = plain(r, self.n);
        if self.n < 4 || r.abs() >= 1.0 {
            return figure;
        }
        let half = normal_two_sided(design.confidence) / (self.n as f64 - 3.0).sqrt();
        Estimate {
            low: Some((r.atanh() - half).tanh()),
            high: Some((r.atanh() + half).tanh()),
            n: Count::Exact(self.n),
            ..figure
        }
    }
}
