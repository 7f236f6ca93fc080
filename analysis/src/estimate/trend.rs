//! Means over waves, compared only where the same items were asked.
//!
//! A statement whose wording changes what it means gets a new revision, which is a column of its
//! own (decision record 0002): nobody was asked it in an earlier wave. A mean over the items that
//! are left would be a mean of something else, so such a wave has a reason in place of a figure.

use std::collections::{BTreeMap, BTreeSet};

use findings::{Undefined, dim};
use surveys::Missing;
use surveys::dataset::VariableKind;

use super::{Design, Estimates, mean};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Grouping;
use crate::score::{Quantity, missing_code};
use crate::tables::by_cell;
use crate::tables::codes::CodeTable;

/// Returns the mean of every group and wave as [`mean`] does; a wave in which nobody was asked an
/// item of the quantity has the reason `items changed`, and a note names the items.
///
/// # Errors
/// As [`mean`].
pub fn trend(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut found = mean(data, of, by, design)?;
    let Some(place) = found.dims.iter().position(|name| name == dim::WAVE) else {
        return Ok(found);
    };
    let changed = changed(data, of)?;
    for row in &mut found.rows {
        if changed.contains_key(row.keys[place].as_str()) {
            row.figure = Err(Undefined::ItemsChanged);
        }
    }
    found.notes.extend(changed.iter().map(|(wave, items)| {
        format!(
            "wave {wave}: {} is not compared, since nobody was asked {}",
            of.name(),
            items.join(", ")
        )
    }));
    Ok(found)
}

/// Returns the items that nobody was asked in a wave in which others of the quantity were.
fn changed(data: &Dataset, of: &Quantity) -> Result<BTreeMap<String, Vec<String>>, AnalysisError> {
    let Some(wave) = data.column_of(VariableKind::Wave) else {
        return Ok(BTreeMap::new());
    };
    let not_asked = missing_code(Missing::NotAsked);
    let columns = of.columns(data)?;
    let mut waves: BTreeSet<String> = BTreeSet::new();
    let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for column in &columns {
        let item = Quantity::Item((*column).to_owned());
        for (keys, codes) in by_cell::<CodeTable>(data, &item, &[&wave.name])? {
            let Some(wave) = keys.into_iter().next().flatten() else {
                continue;
            };
            waves.insert(wave.clone());
            if codes.everybody() > codes.of(not_asked) {
                asked.entry((*column).to_owned()).or_default().insert(wave);
            }
        }
    }
    let mut lacking: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for column in &columns {
        let asked = asked.remove(*column).unwrap_or_default();
        for wave in waves.difference(&asked) {
            lacking
                .entry(wave.clone())
                .or_default()
                .push((*column).to_owned());
        }
    }
    // Where nobody was asked anything, the mean says so itself.
    lacking.retain(|_, items| items.len() < columns.len());
    Ok(lacking)
}
