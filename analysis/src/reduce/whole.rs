//! A dataset in memory, counted as one part.

use super::plan::{Counting, DimensionCount};
use super::{Reducer, Rows};
use crate::AnalysisError;
use crate::dataset::{Dataset, ScaleEnds};
use crate::grouping::Keys;
use crate::score::{LAST_MISSING, Quantity};
use crate::tables::codes::CodeTable;
use crate::tables::scores::ScoreTable;

/// Counts the scores in a quantity by the smallest groups of some columns.
///
/// # Errors
/// When the quantity or a column does not exist.
pub(crate) fn scores(
    data: &Dataset,
    of: &Quantity,
    columns: &[&str],
) -> Result<Vec<(Keys, ScoreTable)>, AnalysisError> {
    let names = of.columns(data)?;
    let items = items(data, &names)?;
    let scales: Vec<ScaleEnds> = items.iter().map(|item| ends(item)).collect();
    let dimension = DimensionCount {
        items: (0..items.len()).collect(),
        rule: of.rule(data)?,
        ends: ScaleEnds {
            low: scales.iter().map(|ends| ends.low).min().unwrap_or(0),
            high: scales.iter().map(|ends| ends.high).max().unwrap_or(0),
        },
    };
    let counting = Counting {
        keys: columns.len(),
        items: scales,
        dimensions: vec![dimension],
        lone: Vec::new(),
        codes: false,
    };
    let reducer = counted(data, items, columns, &counting)?;
    let totals = reducer.totals();
    let cells = totals.cells();
    Ok(cells
        .map(|(keys, cell)| (keys, totals.scores(0, &[cell])))
        .collect())
}

/// Counts the codes of an item by the smallest groups of some columns.
///
/// # Errors
/// When the item or a column does not exist.
pub(crate) fn codes(
    data: &Dataset,
    item: &str,
    columns: &[&str],
) -> Result<Vec<(Keys, CodeTable)>, AnalysisError> {
    let items = items(data, &[item])?;
    let counting = Counting {
        keys: columns.len(),
        items: items.iter().map(|item| ends(item)).collect(),
        dimensions: Vec::new(),
        lone: vec![0],
        codes: true,
    };
    let reducer = counted(data, items, columns, &counting)?;
    let totals = reducer.totals();
    let cells = totals.cells();
    Ok(cells
        .map(|(keys, cell)| (keys, totals.codes(0, &[cell])))
        .collect())
}

fn items<'d>(data: &'d Dataset, names: &[&str]) -> Result<Vec<&'d [i8]>, AnalysisError> {
    names.iter().map(|name| data.item(name)).collect()
}

/// Returns the ends of the values that occur; they lie on the item's scale.
fn ends(item: &[i8]) -> ScaleEnds {
    let values = || item.iter().copied().filter(|value| *value > LAST_MISSING);
    ScaleEnds {
        low: values().min().unwrap_or(0).into(),
        high: values().max().unwrap_or(0).into(),
    }
}

fn counted<'c>(
    data: &Dataset,
    items: Vec<&[i8]>,
    columns: &[&str],
    counting: &'c Counting,
) -> Result<Reducer<'c>, AnalysisError> {
    let keys = columns.iter().map(|column| data.key(column));
    let mut reducer = Reducer::new(counting);
    reducer.add(&Rows {
        len: data.answers(),
        keys: keys.collect::<Result<_, _>>()?,
        items,
    });
    Ok(reducer)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use surveys::dataset::VariableKind;

    use super::*;
    use crate::grouping::cells;
    use crate::tables::IntegerTable;

    /// The quick way and the one that looks at one row after the other.
    fn check<T>(data: &Dataset, of: &Quantity, columns: &[&str])
    where
        T: IntegerTable<Of = Quantity> + PartialEq + std::fmt::Debug,
    {
        let mut count = T::counter(data, of, columns).unwrap();
        let slowly = cells(data, columns, |table: &mut T, row| count(table, row)).unwrap();
        let slowly: BTreeMap<Keys, T> = slowly.into_iter().collect();
        let quickly: BTreeMap<Keys, T> =
            T::by_cell(data, of, columns).unwrap().into_iter().collect();
        assert_eq!(quickly, slowly, "{of:?} by {columns:?}");
    }

    #[test]
    fn many_rows_at_once_count_as_one_by_one() {
        let oracle = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/data");
        let file = oracle.join("survey.csv");
        let data = Dataset::from_file(&file, &oracle.join("codebook.json"), None).unwrap();
        let kinds = [
            VariableKind::Municipality,
            VariableKind::Wave,
            VariableKind::Role,
        ];
        let keys = kinds.iter().filter_map(|kind| data.column_of(*kind));
        let keys: Vec<&str> = keys.map(|variable| variable.name.as_str()).collect();
        assert_eq!(keys.len(), 3);
        for columns in [&[][..], &keys[..1], &keys[..]] {
            for dimension in &data.codebook().dimensions {
                check::<ScoreTable>(&data, &Quantity::Dimension(dimension.id.clone()), columns);
                for item in &dimension.variables {
                    check::<CodeTable>(&data, &Quantity::Item(item.clone()), columns);
                    check::<ScoreTable>(&data, &Quantity::Item(item.clone()), columns);
                }
            }
        }
    }
}
