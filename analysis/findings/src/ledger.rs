//! What was released before, so that a further release can be checked against it (DC-9).
//!
//! A ledger holds exact numbers of answers. It is the operator's file and is kept where datasets
//! are kept; it is never published.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Cell, Row, Table, format};

/// The schema version of ledgers that this program writes and reads.
pub const LEDGER_SCHEMA: u32 = 1;

/// All releases so far, by wave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Schema version of this file.
    pub(crate) schema: u32,
    /// Releases by wave, oldest first.
    pub(crate) waves: BTreeMap<String, Vec<Entry>>,
}

/// One release as the ledger remembers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entry {
    pub(crate) release: u32,
    pub(crate) dataset_sha256: String,
    pub(crate) min_unit: u64,
    pub(crate) min_group: u64,
    pub(crate) min_cities: u64,
    /// Answers of each group when its figures were made, keyed by the group's name.
    pub(crate) answers: BTreeMap<String, u64>,
    /// The cells, over the whole lattice, by table id.
    pub(crate) tables: BTreeMap<String, Vec<Row>>,
}

impl Default for Ledger {
    fn default() -> Self {
        Ledger {
            schema: LEDGER_SCHEMA,
            waves: BTreeMap::new(),
        }
    }
}

impl Ledger {
    /// Returns the waves and release numbers it knows.
    pub fn releases(&self) -> impl Iterator<Item = (&str, u32)> {
        self.waves
            .iter()
            .flat_map(|(wave, entries)| entries.iter().map(|e| (wave.as_str(), e.release)))
    }

    /// Returns the canonical text of the file.
    ///
    /// # Errors
    /// When a number is not finite, which no release holds.
    pub fn to_json(&self) -> Result<String, format::FormatError> {
        format::canonical(self)
    }

    /// Reads a ledger.
    ///
    /// # Errors
    /// When the text is no ledger of this schema.
    pub fn from_json(text: &str) -> Result<Self, format::FormatError> {
        format::refuse_other_files(text, None, LEDGER_SCHEMA)?;
        Ok(serde_json::from_str(text)?)
    }

    /// Returns the ledger with a further release; the same release again replaces itself.
    pub(crate) fn with(&self, wave: &str, entry: Entry) -> Ledger {
        let mut ledger = self.clone();
        let entries = ledger.waves.entry(wave.to_owned()).or_default();
        entries.retain(|earlier| earlier.release < entry.release);
        entries.push(entry);
        ledger
    }

    /// Returns the releases of a wave before this number, newest first.
    pub(crate) fn before(&self, wave: &str, release: u32) -> Vec<&Entry> {
        let entries = self.waves.get(wave).map_or(&[][..], Vec::as_slice);
        entries
            .iter()
            .rev()
            .filter(|entry| entry.release < release)
            .collect()
    }
}

impl Entry {
    /// Returns the cell that this release showed.
    pub(crate) fn cell(&self, table: &str, keys: &[String]) -> Option<&Cell> {
        let rows = self.tables.get(table)?;
        let place = rows
            .binary_search_by(|row| row.keys.as_slice().cmp(keys))
            .ok()?;
        Some(&rows[place].cell)
    }

    /// Returns the rows of tables as the ledger keeps them.
    pub(crate) fn rows_of(tables: &[Table]) -> BTreeMap<String, Vec<Row>> {
        tables
            .iter()
            .map(|table| (table.id.clone(), table.rows.clone()))
            .collect()
    }
}
