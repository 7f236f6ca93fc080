//! The file of one municipality whose numbers are hidden until all are added.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::file::{About, EXCHANGE_SCHEMA, Head, Source, json, refuse_other_files};
use crate::AnalysisError;
use crate::dataset::read;
use crate::grouping::Keys;
use crate::tables::held::TableId;

const NOTICE: &str = "Numbers of people under masks that cancel when the files of all parties are added. Not for publication.";

/// A masked exchange file, and where it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct MaskedFile {
    pub(super) path: PathBuf,
    pub(super) text: MaskedText,
}

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MaskedText {
    kind: Kind,
    notice: String,
    schema: u32,
    pub(super) about: About,
    pub(super) sources: Vec<Source>,
    /// Who masked it.
    pub(super) party: String,
    /// The others, each with a fingerprint of the secret that is shared with it.
    pub(super) partners: BTreeMap<String, String>,
    /// What the masks are for: secrets may be used once for each.
    pub(super) round: String,
    /// What the numbers count, the same in every file.
    pub(super) layout: Vec<GridLayout>,
    /// The numbers modulo 2^64, in the order of the layout.
    pub(super) values: Vec<u64>,
}

/// A grid without its numbers: every group that the codebook allows, whether anybody is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GridLayout {
    pub(super) columns: Vec<String>,
    pub(super) tables: BTreeSet<TableId>,
    pub(super) cells: Vec<Keys>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    MaskedExchange,
}

impl MaskedText {
    pub(super) fn new(about: About, sources: Vec<Source>, party: &str, round: &str) -> MaskedText {
        MaskedText {
            kind: Kind::MaskedExchange,
            notice: NOTICE.to_owned(),
            schema: EXCHANGE_SCHEMA,
            about,
            sources,
            party: party.to_owned(),
            partners: BTreeMap::new(),
            round: round.to_owned(),
            layout: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl MaskedFile {
    /// Returns whether the bytes are a masked file of any version.
    pub(super) fn is_masked(bytes: &[u8]) -> bool {
        let head: Option<Head> = serde_json::from_slice(bytes).ok();
        head.is_some_and(|head| head.kind.as_str() == Some("masked_exchange"))
    }

    /// Reads a masked file.
    ///
    /// # Errors
    /// When it is another file or of another schema version.
    pub fn read(path: &Path) -> Result<MaskedFile, AnalysisError> {
        MaskedFile::parse(&read(path)?, path)
    }

    pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<MaskedFile, AnalysisError> {
        refuse_other_files(bytes, path, "masked_exchange")?;
        let text = serde_json::from_slice(bytes).map_err(|error| {
            AnalysisError::data(path, format!("no masked exchange file: {error}"))
        })?;
        Ok(MaskedFile {
            path: path.to_owned(),
            text,
        })
    }

    /// Returns the text of the file.
    #[must_use]
    pub fn to_json(&self) -> String {
        json(&self.text) + "\n"
    }

    /// Returns the numbers as they stand in the file.
    #[must_use]
    pub fn values(&self) -> &[u64] {
        &self.text.values
    }
}
