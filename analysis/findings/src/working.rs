//! The working result: exact, unprotected, for the researcher who made it and nobody else.
//!
//! It is another type in another file with `"kind": "working"`, so that no reader of findings
//! takes it by mistake. The numbers are compared with reference results.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use surveys::{Labels, dataset::Origin};

use crate::{Produced, RawTable, Undefined, format};

/// The schema version of working results that this program writes and reads.
pub const WORKING_SCHEMA: u32 = 1;

/// `working.json`: every table over the whole lattice, exact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Working {
    /// Marks the file, so that it is not taken for findings.
    pub kind: WorkingKind,
    /// Schema version of this file.
    pub schema: u32,
    /// The wave the figures come from.
    pub wave: String,
    /// Whether the answers are invented.
    pub origin: Origin,
    /// What made the file.
    pub produced: Produced,
    /// Words for the keys of tables: dimension name, key, label.
    pub labels: BTreeMap<String, BTreeMap<String, Labels>>,
    /// Tables in the order of their ids.
    pub tables: Vec<RawTable>,
}

/// The mark of a working result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkingKind {
    /// Exact and unprotected.
    #[default]
    Working,
}

impl Working {
    /// Returns a working result with tables and rows in canonical order.
    #[must_use]
    pub fn new(
        wave: String,
        origin: Origin,
        produced: Produced,
        labels: BTreeMap<String, BTreeMap<String, Labels>>,
        mut tables: Vec<RawTable>,
    ) -> Self {
        for table in &mut tables {
            table.rows.sort_by(|a, b| a.keys.cmp(&b.keys));
        }
        tables.sort_by(|a, b| a.id.cmp(&b.id));
        Working {
            kind: WorkingKind::Working,
            schema: WORKING_SCHEMA,
            wave,
            origin,
            produced,
            labels,
            tables,
        }
    }

    /// Returns the table with this id.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&RawTable> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// Returns the canonical text of the file.
    ///
    /// # Errors
    /// When a number is not finite; the message names its table and keys.
    pub fn to_json(&self) -> Result<String, format::FormatError> {
        for table in &self.tables {
            for row in &table.rows {
                if let Ok(figure) = &row.figure {
                    format::check_estimate(figure)
                        .map_err(|problem| format::at(&table.id, &row.keys, problem))?;
                }
            }
        }
        format::canonical(self)
    }

    /// Reads a working result.
    ///
    /// # Errors
    /// When the text is no working result of this schema.
    pub fn from_json(text: &str) -> Result<Self, format::FormatError> {
        format::refuse_other_files(text, Some("working"), WORKING_SCHEMA)?;
        Ok(serde_json::from_str(text)?)
    }
}

impl RawTable {
    /// Returns the figure with these keys, in the order of `dims`.
    #[must_use]
    pub fn figure(&self, keys: &[&str]) -> Option<Result<&crate::Estimate, Undefined>> {
        self.rows
            .iter()
            .find(|row| row.keys == keys)
            .map(|row| row.figure.as_ref().map_err(|reason| *reason))
    }
}
