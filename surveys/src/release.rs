//! Releases: a survey frozen under a number, its canonical form and its digest.
//!
//! A wave pins one release and a response names the one it answers; nothing edits a release.
//! `difference.rs` classes what changed between two releases and refuses what must not change.

mod difference;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::dataset::ReleaseRef;
use crate::{ReleaseNumber, Survey};

pub use difference::{Change, ChangeClass, Difference};

/// The schema version of a release file that this program writes and reads.
pub const RELEASE_SCHEMA: u32 = 1;

/// A frozen form of a survey with its digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    number: ReleaseNumber,
    survey: Survey,
    sha256: String,
}

/// Why a release file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// Not JSON, or not a release.
    #[error("not a release of a survey: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// Another schema version.
    #[error("the release has schema {found}, this program reads schema {RELEASE_SCHEMA}")]
    OtherSchema {
        /// The version in the file.
        found: u64,
    },
    /// The number is missing.
    #[error("the release has no number")]
    NoNumber,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseFile {
    schema: u32,
    survey: Survey,
}

impl Release {
    /// Freezes a survey under a number.
    #[must_use]
    pub fn freeze(mut survey: Survey, number: ReleaseNumber) -> Release {
        survey.release = Some(number);
        let sha256 = digest(&canonical(&survey));
        Release {
            number,
            survey,
            sha256,
        }
    }

    /// Reads the text of a release file.
    ///
    /// # Errors
    /// When it is not a release or of another schema version.
    pub fn read(json: &str) -> Result<Release, ReleaseError> {
        let value: serde_json::Value = serde_json::from_str(json)?;
        match value.get("schema").and_then(serde_json::Value::as_u64) {
            None => {}
            Some(found) if found == u64::from(RELEASE_SCHEMA) => {}
            Some(found) => return Err(ReleaseError::OtherSchema { found }),
        }
        let file: ReleaseFile = serde_json::from_str(json)?;
        let number = file.survey.release.ok_or(ReleaseError::NoNumber)?;
        Ok(Release::freeze(file.survey, number))
    }

    /// Returns the canonical text of the release file; the digest is taken over these bytes.
    #[must_use]
    pub fn to_json(&self) -> String {
        canonical(&self.survey)
    }

    /// Returns the number.
    #[must_use]
    pub fn number(&self) -> ReleaseNumber {
        self.number
    }

    /// Returns the survey; its release number is set.
    #[must_use]
    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// Returns the SHA-256 of the canonical text, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Returns how a codebook names the release.
    #[must_use]
    pub fn reference(&self) -> ReleaseRef {
        ReleaseRef {
            survey: self.survey.id.to_string(),
            release: self.number,
            sha256: self.sha256.clone(),
        }
    }
}

/// Fields in the order of the types, maps sorted, two spaces, a line end: reviewable in a diff.
/// A field that the types gain later is left out where it is empty, or the digests of earlier
/// releases would no longer be those of their files.
fn canonical(survey: &Survey) -> String {
    let file = ReleaseFile {
        schema: RELEASE_SCHEMA,
        survey: survey.clone(),
    };
    let mut text = serde_json::to_string_pretty(&file)
        .expect("a survey has text keys and finite numbers only, checked at the edge");
    text.push('\n');
    text
}

/// SHA-256 of a text, in hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
