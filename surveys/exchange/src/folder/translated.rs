//! Stamps translations: once a person has read one again, its `of` gets the present digest.
//!
//! Everything else in the file stays as it is, comments and layout included.

use std::fs;
use std::path::Path;

use surveys::Lang;
use surveys::definition::translation_texts;
use toml_edit::{DocumentMut, Item, value};

use super::{FolderError, read_sources, read_text};

/// A translation that got a new digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// The key in the translation file.
    pub key: String,
    /// The digest it has now.
    pub digest: String,
}

/// Writes the present digests into the translation file of a language: of the named keys, or of
/// all keys where none is named. Returns the keys whose digest changed.
///
/// # Errors
/// When a file cannot be read or written, or a named key is not there.
pub fn translated(
    instrument: &Path,
    lang: Lang,
    keys: &[String],
) -> Result<Vec<Stamped>, FolderError> {
    let sources = read_sources(instrument)?;
    let file = instrument.join("i18n").join(format!("{}.toml", lang.tag()));
    let no_such_key = |key: &str| FolderError::NoSuchKey {
        file: file.clone(),
        key: key.to_owned(),
    };
    let text = read_text(&file)?;
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let message = error.message().trim().to_owned();
        FolderError::NotToml {
            file: file.clone(),
            message,
        }
    })?;
    let texts = translation_texts(&sources);
    for key in keys {
        if !(texts.iter().any(|it| it.key == *key) && document.contains_key(key)) {
            return Err(no_such_key(key));
        }
    }
    let mut stamped = Vec::new();
    for source in texts
        .iter()
        .filter(|it| keys.is_empty() || keys.contains(&it.key))
    {
        let digest = source.digest();
        let Some(table) = document
            .get_mut(&source.key)
            .and_then(Item::as_table_like_mut)
        else {
            continue;
        };
        if table.get("of").and_then(Item::as_str) == Some(digest.as_str()) {
            continue;
        }
        table.insert("of", value(digest.clone()));
        stamped.push(Stamped {
            key: source.key.clone(),
            digest,
        });
    }
    if !stamped.is_empty() {
        let unwritable = |cause| FolderError::Unwritable {
            file: file.clone(),
            cause,
        };
        fs::write(&file, document.to_string()).map_err(unwritable)?;
    }
    Ok(stamped)
}
