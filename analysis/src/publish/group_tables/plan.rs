//! What has to be counted so that every table of a job can be made from it.

use surveys::dataset::VariableKind;

use crate::AnalysisError;
use crate::dataset::ScaleEnds;
use crate::dataset::plan::{Plan, Reading};
use crate::job::{GroupTable, GroupTableAbout, GroupTableColumn, Job};
use crate::reduce::{Counting, DimensionCount};
use crate::stream::Wanted;

/// A table, and where what it needs is found.
pub(super) struct TablePlan<'j> {
    pub(super) spec: &'j GroupTable,
    /// The key columns of the counting that make its groups.
    pub(super) keys: Vec<usize>,
    /// What its rows are about: ids with their place in the counting, in the order of the ids.
    pub(super) about: Vec<(String, usize)>,
}

/// Works out what to count.
pub(super) fn planned<'p>(
    job: &'p Job,
    plan: &'p Plan,
) -> Result<(Wanted<'p>, Vec<TablePlan<'p>>), AnalysisError> {
    let mut keys: Vec<usize> = Vec::new();
    let mut keys_of_tables = Vec::new();
    for spec in &job.tables {
        let mut of_table: Vec<usize> = Vec::new();
        for name in &spec.by {
            let column = plan.key_called(name)?;
            let place = keys.iter().position(|known| *known == column);
            let place = place.unwrap_or_else(|| {
                keys.push(column);
                keys.len() - 1
            });
            if of_table.contains(&place) {
                return Err(AnalysisError::UnknownName {
                    problem: format!(
                        "column `{name}` is named twice in the groups of `{}`",
                        spec.file
                    ),
                });
            }
            of_table.push(place);
        }
        keys_of_tables.push(of_table);
    }
    let is_about = |about| job.tables.iter().any(|spec| spec.about == about);
    let (items, scales): (Vec<usize>, Vec<ScaleEnds>) = scales(plan).unzip();
    let dimensions = match is_about(GroupTableAbout::Areas) {
        true => dimensions(plan, &items, &scales),
        false => Vec::new(),
    };
    let is_scored = |item: &usize| dimensions.iter().any(|spec| spec.items.contains(item));
    let lone = match is_about(GroupTableAbout::Items) {
        true => (0..items.len()).filter(|item| !is_scored(item)).collect(),
        false => Vec::new(),
    };
    let mut columns = job.tables.iter().flat_map(|spec| &spec.columns);
    let codes = is_about(GroupTableAbout::Items)
        || columns
            .any(|column| matches!(column, GroupTableColumn::Alpha | GroupTableColumn::Complete));
    let tables = job.tables.iter().zip(keys_of_tables);
    let tables = tables.map(|(spec, keys)| TablePlan {
        spec,
        keys,
        about: about(spec, plan, &items),
    });
    let tables = tables.collect();
    let counting = Counting {
        keys: keys.len(),
        items: scales,
        dimensions,
        lone,
        codes,
    };
    let wanted = Wanted {
        plan,
        counting,
        keys,
        items,
    };
    Ok((wanted, tables))
}

/// Returns the scale items of a plan: their column and scale.
fn scales(plan: &Plan) -> impl Iterator<Item = (usize, ScaleEnds)> {
    let is_scale = |name: &str| {
        let mut variables = plan.codebook.variables.iter();
        variables.any(|found| found.name == name && found.kind == VariableKind::Scale)
    };
    plan.columns
        .iter()
        .enumerate()
        .filter_map(move |(place, column)| match column.reading {
            Reading::Item { ends, .. } if is_scale(&column.name) => Some((place, ends)),
            _ => None,
        })
}

fn dimensions(plan: &Plan, items: &[usize], scales: &[ScaleEnds]) -> Vec<DimensionCount> {
    let place = |name: &String| {
        let mut names = items.iter().map(|column| &plan.columns[*column].name);
        names.position(|found| found == name)
    };
    let dimensions = plan.codebook.dimensions.iter().map(|dimension| {
        let items: Vec<usize> = dimension.variables.iter().filter_map(place).collect();
        let ends = || items.iter().map(|item| scales[*item]);
        DimensionCount {
            rule: dimension.missing,
            ends: ScaleEnds {
                low: ends().map(|ends| ends.low).min().unwrap_or(0),
                high: ends().map(|ends| ends.high).max().unwrap_or(0),
            },
            items,
        }
    });
    dimensions.collect()
}

fn about(spec: &GroupTable, plan: &Plan, items: &[usize]) -> Vec<(String, usize)> {
    let name = |place: &usize| plan.columns[*place].name.clone();
    let mut about: Vec<(String, usize)> = match spec.about {
        GroupTableAbout::Items => items.iter().map(name).zip(0..).collect(),
        GroupTableAbout::Areas => {
            let ids = plan
                .codebook
                .dimensions
                .iter()
                .map(|found| found.id.clone());
            ids.zip(0..).collect()
        }
    };
    about.sort();
    about
}
