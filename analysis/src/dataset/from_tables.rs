//! A dataset that holds tables in place of answers.

use std::collections::BTreeMap;
use std::path::Path;

use polars::prelude::DataFrame;
use surveys::dataset::Codebook;

use super::plan::{Plan, Reading};
use super::{Dataset, Staff};
use crate::AnalysisError;
use crate::tables::held::Held;

impl Dataset {
    /// Makes a dataset from tables; `file` is named where the codebook cannot be used.
    pub(crate) fn from_tables(
        codebook: &Codebook,
        file: &Path,
        staff: Option<Staff>,
        slugs: BTreeMap<String, String>,
        held: Held,
        sha256: String,
    ) -> Result<Dataset, AnalysisError> {
        let text = serde_json::to_vec(codebook)
            .map_err(|error| AnalysisError::data(file, error.to_string()))?;
        let plan = Plan::parse(&text, file)?;
        let columns = held.columns();
        let is_held = |name: &str| columns.contains(name);
        let keys = plan.columns.iter().filter(|column| {
            matches!(column.reading, Reading::Key { .. }) && is_held(&column.name)
        });
        let labels: BTreeMap<String, Vec<String>> = keys
            .map(|column| {
                let values = held.values(&column.name).into_iter().flatten();
                let values = values.map(str::to_owned).collect();
                (column.name.clone(), values)
            })
            .collect();
        if let Some(unknown) = columns.iter().find(|name| !labels.contains_key(**name)) {
            let problem = format!("the codebook has no column `{unknown}` to group by");
            return Err(AnalysisError::data(file, problem));
        }
        Ok(Dataset {
            codebook: plan.codebook,
            frame: DataFrame::empty(),
            labels,
            staff,
            slugs,
            sha256,
            notes: Vec::new(),
            held: Some(held),
        })
    }
}
