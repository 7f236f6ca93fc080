//! Whether tables of several files are about the same thing, and in which words they are not.
//!
//! Municipalities list their own units, waves and names; everything else of a codebook (items and
//! their words, scales, codes, missing rules, targets) must be the same, or the sum means nothing.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use surveys::dataset::{Codebook, ValueLabel, VariableKind};

use super::file::{About, StaffNumbers, json};
use crate::AnalysisError;

/// One side of a comparison: a file and what its tables are about.
pub(super) type Side<'s> = (&'s Path, &'s About);

/// Refuses tables that are about different things; the message names both sides.
pub(super) fn refuse_difference(a: Side<'_>, b: Side<'_>) -> Result<(), AnalysisError> {
    let (mine, others) = (a.1, b.1);
    same(
        a.0,
        b.0,
        "the releases of the survey",
        &mine.instruments,
        &others.instruments,
    )?;
    same(a.0, b.0, "the wave of the job", &mine.wave, &others.wave)?;
    let (mine, others) = (essence(&mine.codebook), essence(&others.codebook));
    same(
        a.0,
        b.0,
        "the origin of the answers",
        &mine.origin,
        &others.origin,
    )?;
    let names = |codebook: &Codebook| -> Vec<String> {
        let variables = codebook.variables.iter();
        variables.map(|variable| variable.name.clone()).collect()
    };
    same(
        a.0,
        b.0,
        "the columns of the codebook",
        &names(&mine),
        &names(&others),
    )?;
    same(
        a.0,
        b.0,
        "the missing codes",
        &mine.missing,
        &others.missing,
    )?;
    for (mine, others) in mine.variables.iter().zip(&others.variables) {
        let name = &mine.name;
        same(
            a.0,
            b.0,
            &format!("the scale of `{name}`"),
            &(&mine.values, mine.reversed),
            &(&others.values, others.reversed),
        )?;
        same(
            a.0,
            b.0,
            &format!("the words of `{name}`"),
            &mine.label,
            &others.label,
        )?;
        same(a.0, b.0, &format!("column `{name}`"), mine, others)?;
    }
    let by_id = |codebook: &Codebook| -> BTreeMap<String, String> {
        let dimensions = codebook.dimensions.iter();
        dimensions
            .map(|dimension| (dimension.id.clone(), json(dimension)))
            .collect()
    };
    let others_dimensions = by_id(&others);
    for dimension in &mine.dimensions {
        let other = others
            .dimensions
            .iter()
            .find(|other| other.id == dimension.id);
        if let Some(other) = other {
            let what = format!("the missing rule of `{}`", dimension.id);
            same(a.0, b.0, &what, &dimension.missing, &other.missing)?;
        }
    }
    same(
        a.0,
        b.0,
        "the dimensions",
        &by_id(&mine),
        &others_dimensions,
    )?;
    same(a.0, b.0, "the targets", &mine.targets, &others.targets)?;
    same(a.0, b.0, "the codebook", &mine, &others)
}

fn same<T: Serialize>(
    a: &Path,
    b: &Path,
    what: &str,
    mine: &T,
    others: &T,
) -> Result<(), AnalysisError> {
    let (mine, others) = (json(mine), json(others));
    if mine == others {
        return Ok(());
    }
    Err(AnalysisError::Exchange {
        problem: format!(
            "{} and {} do not agree on {what}: {} there, {} here",
            a.display(),
            b.display(),
            shortened(&mine),
            shortened(&others)
        ),
    })
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 200;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

/// Returns what a codebook says about everybody: without the values that each municipality has of
/// its own, and without its way of answering.
pub(super) fn essence(codebook: &Codebook) -> Codebook {
    let mut codebook = codebook.clone();
    codebook.open_link.clear();
    for variable in &mut codebook.variables {
        if is_own(variable.kind) {
            variable.values.clear();
        }
    }
    codebook
}

fn is_own(kind: VariableKind) -> bool {
    matches!(
        kind,
        VariableKind::Municipality | VariableKind::Unit | VariableKind::Wave
    )
}

/// Puts what each side says of its own together: names of municipalities, units and waves, ways of
/// answering, file names, and staff numbers, which are facts about a group and are not added.
pub(super) fn united(a: Side<'_>, b: Side<'_>) -> Result<About, AnalysisError> {
    let mut about = a.1.clone();
    let others = b.1.codebook.variables.iter();
    for (mine, others) in about.codebook.variables.iter_mut().zip(others) {
        if is_own(mine.kind) {
            mine.values = all_values(a.0, b.0, &mine.name, &mine.values, &others.values)?;
        }
    }
    for (wave, places) in &b.1.codebook.open_link {
        let known = about.codebook.open_link.entry(wave.clone()).or_default();
        known.extend(places.iter().cloned());
    }
    for (municipality, slug) in &b.1.slugs {
        let known = about
            .slugs
            .entry(municipality.clone())
            .or_insert_with(|| slug.clone());
        same(
            a.0,
            b.0,
            &format!("the file name of `{municipality}`"),
            known,
            slug,
        )?;
    }
    about.staff = match (&a.1.staff, &b.1.staff) {
        (Some(mine), Some(others)) => Some(all_staff(a.0, b.0, mine, others)?),
        (mine, others) => {
            same(
                a.0,
                b.0,
                "whether staff numbers are known",
                &mine.is_some(),
                &others.is_some(),
            )?;
            None
        }
    };
    Ok(about)
}

fn all_values(
    a: &Path,
    b: &Path,
    column: &str,
    mine: &[ValueLabel],
    others: &[ValueLabel],
) -> Result<Vec<ValueLabel>, AnalysisError> {
    if mine == others {
        return Ok(mine.to_vec());
    }
    let mut all = BTreeMap::new();
    for value in mine.iter().chain(others) {
        let known = all.entry(&value.value).or_insert(value);
        let what = format!("the words of {} in `{column}`", json(&value.value));
        same(a, b, &what, known, &value)?;
    }
    Ok(all.into_values().cloned().collect())
}

fn all_staff(
    a: &Path,
    b: &Path,
    mine: &StaffNumbers,
    others: &StaffNumbers,
) -> Result<StaffNumbers, AnalysisError> {
    same(
        a,
        b,
        "the columns of the staff numbers",
        &mine.columns,
        &others.columns,
    )?;
    let mut known: BTreeMap<_, u64> = mine.rows.iter().cloned().collect();
    for (keys, people) in &others.rows {
        let known = known.entry(keys.clone()).or_insert(*people);
        let what = format!("the staff of {}", super::cells::name(keys));
        same(a, b, &what, known, people)?;
    }
    Ok(StaffNumbers {
        columns: mine.columns.clone(),
        rows: known.into_iter().collect(),
    })
}
