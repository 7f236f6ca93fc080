//! Cronbach's alpha with Feldt's interval, on complete rows.

use findings::{Count, Estimate, RawRow, Undefined};

use super::{Design, Estimates, nobody};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{nearest, ratio};
use crate::grouping::{Grouping, Tally, tabulate};
use crate::probability::f_two_sided;
use crate::score::{LAST_MISSING, Quantity};

/// Sums over the people who answered every item: the diagonal of the cross-products and the
/// total's, which is all that alpha needs.
#[derive(Clone, Debug, Default)]
struct CompleteRows {
    n: u64,
    sums: Vec<i64>,
    squares: Vec<i64>,
    total: i64,
    total_squares: i64,
    incomplete: u64,
    not_asked: u64,
}

impl Tally for CompleteRows {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        add_each(&mut self.sums, &other.sums);
        add_each(&mut self.squares, &other.squares);
        self.total += other.total;
        self.total_squares += other.total_squares;
        self.incomplete += other.incomplete;
        self.not_asked += other.not_asked;
    }
}

fn add_each(to: &mut Vec<i64>, from: &[i64]) {
    if to.len() < from.len() {
        to.resize(from.len(), 0);
    }
    for (to, from) in to.iter_mut().zip(from) {
        *to += from;
    }
}

/// Returns Cronbach's alpha of each group: `k/(k-1) (1 - Σ s²_i / s²_total)`.
///
/// Complete rows only; `n` is their number, in the interval too (psych and pingouin take all
/// rows there, even those they left out). An item without variance is kept: alpha falls, k does
/// not. A negative alpha is reported as it is. Interval: Feldt 1965. Tested against R:
/// `psych::alpha(check.keys = FALSE)`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn alpha(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let names = of.columns(data)?;
    let items = names
        .iter()
        .map(|name| data.item(name))
        .collect::<Result<Vec<_>, _>>()?;
    let not_asked = crate::score::missing_code(surveys::Missing::NotAsked);
    let tables = tabulate(data, by, |rows: &mut CompleteRows, row| {
        if items.iter().all(|item| item[row] == not_asked) {
            rows.not_asked += 1;
        } else if items.iter().any(|item| item[row] <= LAST_MISSING) {
            rows.incomplete += 1;
        } else {
            rows.sums.resize(items.len(), 0);
            rows.squares.resize(items.len(), 0);
            let mut total = 0;
            for (place, item) in items.iter().enumerate() {
                let value = i64::from(item[row]);
                rows.sums[place] += value;
                rows.squares[place] += value * value;
                total += value;
            }
            rows.n += 1;
            rows.total += total;
            rows.total_squares += total * total;
        }
    })?;
    let rows = tables.into_iter().map(|(keys, rows)| RawRow {
        keys,
        figure: figure(&rows, items.len(), design),
        answers: rows.n,
        modal: 0,
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: Vec::new(),
    })
}

fn figure(rows: &CompleteRows, k: usize, design: &Design) -> Result<Estimate, Undefined> {
    if k < 2 {
        return Err(Undefined::OneItem);
    }
    match rows.n {
        0 => return Err(nobody(rows.incomplete, rows.not_asked)),
        1 => return Err(Undefined::OneAnswer),
        _ => {}
    }
    // n Σx² - (Σx)² is n (n - 1) times the variance; the factor cancels in alpha.
    let n = i128::from(rows.n);
    let spread =
        |sum: i64, squares: i64| n * i128::from(squares) - i128::from(sum) * i128::from(sum);
    let items: i128 = rows
        .sums
        .iter()
        .zip(&rows.squares)
        .map(|(sum, squares)| spread(*sum, *squares))
        .sum();
    let total = spread(rows.total, rows.total_squares);
    if total == 0 {
        return Err(Undefined::ZeroVariance);
    }
    let k = i128::try_from(k).unwrap_or(i128::MAX);
    let value = nearest(&(ratio(total - items, total) * ratio(k, k - 1)));
    let (above, below) = ((n - 1) as f64, ((n - 1) * (k - 1)) as f64);
    let f = f_two_sided(design.confidence, above, below);
    Ok(Estimate {
        value,
        se: None,
        low: f.map(|[_, upper]| 1.0 - (1.0 - value) * upper),
        high: f.map(|[lower, _]| 1.0 - (1.0 - value) * lower),
        n: Count::Exact(rows.n),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(of: &[&[i64]]) -> CompleteRows {
        let mut rows = CompleteRows {
            n: of.len() as u64,
            ..CompleteRows::default()
        };
        for row in of {
            add_each(&mut rows.sums, row);
            add_each(
                &mut rows.squares,
                &row.iter().map(|x| x * x).collect::<Vec<_>>(),
            );
            let total: i64 = row.iter().sum();
            rows.total += total;
            rows.total_squares += total * total;
        }
        rows
    }

    #[test]
    fn two_items_have_an_alpha_and_one_has_none() {
        let two = rows(&[&[1, 2], &[2, 2], &[3, 5], &[4, 4], &[5, 5]]);
        let found = figure(&two, 2, &Design::default()).unwrap().value;
        assert!((found - 10.0 / 11.0).abs() < 1e-15);
        let one = rows(&[&[1], &[2], &[4], &[5]]);
        assert_eq!(figure(&one, 1, &Design::default()), Err(Undefined::OneItem));
    }

    #[test]
    fn an_item_without_variance_is_kept() {
        let constant = rows(&[&[3, 1, 2], &[3, 2, 2], &[3, 4, 5], &[3, 5, 4]]);
        let found = figure(&constant, 3, &Design::default()).unwrap().value;
        assert!((found - 0.682_926_829_268_292_7).abs() < 1e-15);
        let all_constant = rows(&[&[3, 3], &[3, 3], &[3, 3]]);
        assert_eq!(
            figure(&all_constant, 2, &Design::default()),
            Err(Undefined::ZeroVariance)
        );
    }

    #[test]
    fn a_negative_alpha_is_not_clipped() {
        let negative = rows(&[&[1, 5], &[2, 4], &[4, 2], &[5, 2]]);
        assert!(figure(&negative, 2, &Design::default()).unwrap().value < 0.0);
    }
}
