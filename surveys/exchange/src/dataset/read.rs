//! Reads codebook and manifest with clear errors, and compares a folder with its manifest.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use surveys::dataset::{CODEBOOK_SCHEMA, Codebook, Manifest};

/// A codebook larger than this is refused; ours have some hundred kilobytes.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Why a codebook or a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be read.
    #[error("cannot read {file}: {cause}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// The file is far larger than any of its kind.
    #[error("{0} is larger than 16 MiB")]
    TooLarge(PathBuf),
    /// Not JSON, or not of this form.
    #[error("{file}:{line}:{column}: {message}")]
    Malformed {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// Another schema version.
    #[error("{file} has schema {found}, this program reads schema {CODEBOOK_SCHEMA}")]
    OtherSchema {
        /// The file.
        file: PathBuf,
        /// The version in the file.
        found: u64,
    },
    /// No schema version at all.
    #[error("{0} has no `schema`, add `\"schema\": {CODEBOOK_SCHEMA}`")]
    NoSchema(PathBuf),
}

/// Reads a codebook.
///
/// # Errors
/// When the file cannot be read, is no codebook or has another schema version.
pub fn read_codebook(file: &Path) -> Result<Codebook, ReadError> {
    parse_codebook(file, &text_of(file)?)
}

/// Reads a codebook from text; the file's name stands in errors.
///
/// # Errors
/// When the text is no codebook or has another schema version.
pub fn parse_codebook(file: &Path, text: &str) -> Result<Codebook, ReadError> {
    versioned(file, text)
}

/// Reads the manifest of a dataset folder.
///
/// # Errors
/// When the file cannot be read, is no manifest or has another schema version.
pub fn read_manifest(folder: &Path) -> Result<Manifest, ReadError> {
    let file = folder.join("manifest.json");
    versioned(&file, &text_of(&file)?)
}

/// Returns the files of a dataset folder that are missing or differ from the manifest.
///
/// # Errors
/// When the manifest itself cannot be read.
pub fn altered_files(folder: &Path) -> Result<Vec<String>, ReadError> {
    let manifest = read_manifest(folder)?;
    let differs = |(name, digest): &(String, String)| {
        let bytes = fs::read(folder.join(name));
        !bytes.is_ok_and(|bytes| crate::sha256(&bytes) == *digest)
    };
    let altered = manifest.files.into_iter().filter(differs);
    Ok(altered.map(|(name, _)| name).collect())
}

fn text_of(file: &Path) -> Result<String, ReadError> {
    let unreadable = |cause| ReadError::Unreadable {
        file: file.to_owned(),
        cause,
    };
    if fs::metadata(file).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(ReadError::TooLarge(file.to_owned()));
    }
    fs::read_to_string(file).map_err(unreadable)
}

/// The version is looked at first: a file of another schema has other fields, and naming those
/// would hide the cause.
fn versioned<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T, ReadError> {
    let malformed = |error: serde_json::Error| ReadError::Malformed {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        message: plain(&error),
    };
    let value: serde_json::Value = serde_json::from_str(text).map_err(malformed)?;
    match value.get("schema").and_then(serde_json::Value::as_u64) {
        Some(schema) if schema == u64::from(CODEBOOK_SCHEMA) => {}
        Some(found) => {
            let file = file.to_owned();
            return Err(ReadError::OtherSchema { file, found });
        }
        None => return Err(ReadError::NoSchema(file.to_owned())),
    }
    serde_json::from_str(text).map_err(malformed)
}

/// The message without the place, which stands before it.
fn plain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&place).unwrap_or(&message).to_owned()
}
