//! Accepting a translation: a person has read it against the Finnish text, and says so.

use crate::section::{self, with_digest};
use crate::slots;
use crate::sources::Sources;

/// Returns the text of a translation file with the digest of the present Finnish text in it, or
/// nothing where the file is no translation or has no Finnish source.
#[must_use]
pub fn accept(sources: &Sources, path: &str) -> Option<String> {
    let translation = sources.get(path)?;
    let mut parts = path.splitn(3, '/');
    let (content, lang, rest) = (parts.next()?, parts.next()?, parts.next()?);
    if content != "content" || lang == "fi" {
        return None;
    }
    let source = sources.get(&format!("content/fi/{rest}"))?;
    if rest == "slots.toml" {
        return slots::with_digests(translation, source);
    }
    let source = section::read(source, &mut Vec::new())?;
    with_digest(&translation.text, &source.digest)
}
