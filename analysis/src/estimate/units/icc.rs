//! Intraclass correlation: how alike the answers of one unit are, and what that costs.

use std::collections::{BTreeMap, BTreeSet};

use findings::{Estimate, RawRow, Undefined, dim};
use surveys::dataset::VariableKind;

use super::OneWay;
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::design::{NO_CELL, Sampling};
use crate::estimate::weighted::in_cells;
use crate::estimate::{Design, Estimates, plain, tidy};
use crate::exact::Moments;
use crate::grouping::{Grouping, Keys};
use crate::probability::{f_above, f_two_sided};
use crate::score::Quantity;
use crate::tables::people_by_cell;
use crate::tables::scores::ScoreTable;

/// Returns the intraclass correlation of each group's units; the last key is the term.
///
/// Units are the clusters of the design, or else the column of kind `unit`. With mean squares
/// between (MSB) and within (MSW) units, `n0 = (n - Σ n_i²/n)/(k - 1)`:
///
/// | term | what |
/// | --- | --- |
/// | `icc1` | `(MSB - MSW)/(MSB + (n0 - 1) MSW)`, the likeness of two answers of a unit, with the interval of Searle (1971), exact for units of equal size |
/// | `icc1_mean_size` | the same with the mean size for n0, as R's `multilevel::ICC1` has it |
/// | `icc2` | `(MSB - MSW)/MSB`, the reliability of unit means |
/// | `deff` | `1 + (Σ n_i²/n - 1) max(0, icc1)`: answers count this many times less if units are the chance (Kish 1965) |
/// | `effective_n` | answers divided by `deff` |
/// | `ms_between`, `ms_within`, `n0`, `units` | what they are made of |
/// | `f`, `p` | the F test of no difference between units |
///
/// A negative correlation is shown as it is. People without a unit are left out. Tested against
/// R: `anova(lm)`, `multilevel::ICC1`, `ICC2`.
///
/// # Errors
/// When the quantity or a group column does not exist, or the data have no units.
pub fn icc(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let columns = unit_columns(data, design.sampling.as_ref())?;
    let units = numbers(data, &columns)?;
    let unit = |keys: &[Option<String>]| units.get(keys).copied().unwrap_or(NO_CELL);
    let mut rows = Vec::new();
    for (group, cells) in in_cells::<ScoreTable>(data, of, by, &columns, unit)? {
        let total = cells.total();
        let (answers, modal) = (total.n(), total.modal());
        let moments = cells.moments(ScoreTable::moments);
        let moments: Vec<&Moments> = moments.values().collect();
        let parts = match answers {
            0 => Err(total.nobody()),
            _ => OneWay::of(&moments),
        };
        for (term, figure) in terms(parts, design) {
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

type Terms = Vec<(&'static str, Result<Estimate, Undefined>)>;

fn terms(parts: Result<OneWay, Undefined>, design: &Design) -> Terms {
    const NAMES: [&str; 11] = [
        "icc1",
        "icc1_mean_size",
        "icc2",
        "deff",
        "effective_n",
        "ms_between",
        "ms_within",
        "n0",
        "units",
        "f",
        "p",
    ];
    let parts = match parts {
        Ok(parts) => parts,
        Err(reason) => return NAMES.map(|name| (name, Err(reason))).to_vec(),
    };
    let n = parts.n as u64;
    let OneWay {
        between, within, ..
    } = parts;
    let with_size = |size: f64| (between - within) / (between + (size - 1.0) * within);
    let icc1 = with_size(parts.n0());
    let deff = 1.0 + (parts.squared_sizes / parts.n - 1.0) * icc1.max(0.0);
    let f = match within > 0.0 {
        true => Ok(between / within),
        false => Err(Undefined::ZeroVariance),
    };
    let p = f.and_then(|f| {
        let p = f_above(f, parts.k - 1.0, parts.n - parts.k);
        p.ok_or(Undefined::ZeroVariance)
    });
    let icc2 = match between > 0.0 {
        true => Ok((between - within) / between),
        false => Err(Undefined::ZeroVariance),
    };
    let values = [
        Ok(icc1),
        Ok(with_size(parts.n / parts.k)),
        icc2,
        Ok(deff),
        Ok(parts.n / deff),
        Ok(between),
        Ok(within),
        Ok(parts.n0()),
        Ok(parts.k),
        f,
        p,
    ];
    let mut terms: Terms = NAMES
        .into_iter()
        .zip(values)
        .map(|(name, value)| (name, value.map(|value| plain(value, n))))
        .collect();
    if let (Ok(f), Ok(figure)) = (f, &mut terms[0].1)
        && let Some([low, high]) = f_two_sided(design.confidence, parts.k - 1.0, parts.n - parts.k)
    {
        // Searle 1971, chapter 9: F over its quantiles takes the place of F.
        let at = |ratio: f64| (ratio - 1.0) / (ratio + parts.n0() - 1.0);
        figure.low = Some(at(f / high));
        figure.high = Some(at(f / low));
    }
    terms
}

/// Returns the columns that name a unit: units of two municipalities are never the same.
pub(crate) fn unit_columns<'d>(
    data: &'d Dataset,
    sampling: Option<&Sampling>,
) -> Result<Vec<&'d str>, AnalysisError> {
    let named = sampling.and_then(|sampling| sampling.cluster.as_deref());
    let unit = match named {
        Some(name) => data.column_called(name)?,
        None => data.column_of(VariableKind::Unit).ok_or_else(|| {
            let problem = "the data have no column of kind `unit`; name a `cluster` in [design]";
            AnalysisError::UnknownName {
                problem: problem.to_owned(),
            }
        })?,
    };
    let outer = match unit.kind {
        VariableKind::Unit => data.column_of(VariableKind::Municipality),
        _ => None,
    };
    let columns = outer.into_iter().chain([unit]);
    Ok(columns.map(|column| column.name.as_str()).collect())
}

/// Numbers the units in the order of their names.
fn numbers(data: &Dataset, columns: &[&str]) -> Result<BTreeMap<Keys, u32>, AnalysisError> {
    let cells = people_by_cell(data, columns)?.into_iter();
    let known: BTreeSet<Keys> = cells
        .map(|(keys, _)| keys)
        .filter(|keys| keys.last().is_some_and(Option::is_some))
        .collect();
    Ok(known.into_iter().zip(0..).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(values: &[&[i64]]) -> Vec<Moments> {
        let unit = |values: &&[i64]| {
            let mut moments = Moments::default();
            for value in *values {
                moments.add(*value, 1, 1);
            }
            moments
        };
        values.iter().map(unit).collect()
    }

    fn icc1(values: &[&[i64]]) -> Result<Estimate, Undefined> {
        let units = units(values);
        let parts = OneWay::of(&units.iter().collect::<Vec<_>>());
        terms(parts, &Design::default()).remove(0).1
    }

    #[test]
    fn what_cannot_be_split_has_a_reason() {
        assert_eq!(icc1(&[&[1, 2, 3]]), Err(Undefined::OneUnit));
        assert_eq!(icc1(&[&[1], &[2], &[3]]), Err(Undefined::SingleAnswers));
        assert_eq!(icc1(&[&[2, 2], &[2, 2]]), Err(Undefined::ZeroVariance));
        assert_eq!(icc1(&[&[], &[]]), Err(Undefined::NoAnswers));
    }

    #[test]
    fn units_that_are_all_alike_inside_correlate_fully() {
        let found = icc1(&[&[1, 1], &[4, 4]]).unwrap();
        assert_eq!((found.value, found.low), (1.0, None));
    }

    #[test]
    fn a_negative_correlation_is_shown_and_costs_nothing() {
        let units = units(&[&[1, 5], &[5, 1], &[1, 5]]);
        let parts = OneWay::of(&units.iter().collect::<Vec<_>>());
        let terms = terms(parts, &Design::default());
        let value = |place: usize| terms[place].1.as_ref().unwrap().value;
        assert!((value(0) + 1.0).abs() < 1e-12 && (value(3) - 1.0).abs() < 1e-12);
    }
}
