//! Accepting a text that hangs on another: a person has read it against that one, and says so.

use surveys::Lang;

use crate::own::OwnPath;
use crate::section::{self, with_digest};
use crate::slots;
use crate::sources::Sources;

/// Returns the text of a translation or of a city's own section with the digest of the present
/// text that it hangs on in it, or nothing where it is neither or that text is not there.
#[must_use]
pub fn accept(sources: &Sources, path: &str) -> Option<String> {
    if let Some(own) = OwnPath::of(path) {
        return accept_own(sources, path, &own);
    }
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
    with_digest(&translation.text, "of", &source.digest)
}

/// An own section hangs on the common Finnish text; in other languages also on the city's Finnish.
fn accept_own(sources: &Sources, path: &str, own: &OwnPath<'_>) -> Option<String> {
    let common = sources.get(&own.common(Lang::Fi))?;
    let common = section::read(common, &mut Vec::new())?;
    let text = with_digest(&sources.get(path)?.text, "replaces", &common.digest)?;
    if own.lang == Lang::Fi {
        return Some(text);
    }
    let finnish = sources.get(&own.in_language(Lang::Fi))?;
    let finnish = section::read_own(finnish, &common, &mut Vec::new())?;
    with_digest(&text, "of", &finnish.section.digest)
}

/// Returns the files of a section that hang on another text: its translations and the cities' own
/// sections, by the section's id.
#[must_use]
pub fn files_of<'a>(sources: &'a Sources, id: &str) -> Vec<&'a str> {
    let is_it = |name: &str| {
        let finnish = match OwnPath::of(name) {
            Some(own) => own.common(Lang::Fi),
            None => match name.splitn(3, '/').collect::<Vec<_>>()[..] {
                ["content", _, rest] => format!("content/fi/{rest}"),
                _ => return false,
            },
        };
        let source = sources.get(&finnish);
        let section = source.and_then(|file| section::read(file, &mut Vec::new()));
        finnish != name && section.is_some_and(|section| section.id == id)
    };
    let names = sources.iter().map(|file| file.name.as_str());
    names.filter(|name| is_it(name)).collect()
}
