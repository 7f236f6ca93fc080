//! A section file: head between `+++`, then Markdown; and the digest translations refer to.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use surveys::definition::{Place, SourceFile};
use toml::Spanned;

use crate::markdown;
use crate::problem::{Located, Problem};
use crate::settings::{from_toml, place};
use crate::sources::Sources;
use crate::tree::Block;

/// The head of a section file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    id: Spanned<String>,
    title: String,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    editions: Vec<EditionKind>,
    of: Option<Spanned<String>>,
}

/// The head of a city's own section; title and conditions stay those of the common one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnHead {
    id: Spanned<String>,
    replaces: Spanned<String>,
    of: Option<Spanned<String>>,
}

/// In whose editions a section stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EditionKind {
    Network,
    City,
}

/// A section in one language.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) id: String,
    pub(crate) title: String,
    /// Tables without which it steps aside.
    pub(crate) needs: Vec<String>,
    /// Where it stands; everywhere if empty.
    pub(crate) editions: Vec<EditionKind>,
    pub(crate) blocks: Vec<Block>,
    /// The digest of the Finnish text that this is a translation of.
    pub(crate) of: Option<(String, Place)>,
    /// The digest of this text.
    pub(crate) digest: String,
    /// Where the id stands.
    pub(crate) place: Place,
}

/// Reads a section; none if its head cannot be read.
pub(crate) fn read(file: &Arc<SourceFile>, problems: &mut Vec<Located>) -> Option<Section> {
    let Some((head, body)) = split(&file.text) else {
        problems.push(Located::new(Problem::MissingHead, place(file, 0..0)));
        return None;
    };
    let start = file.text.len() - body.len();
    let head: Head = from_toml(file, head, HEAD, problems)?;
    let id_span = head.id.span();
    Some(Section {
        digest: digest(&head.title, body),
        blocks: markdown::parse(file, body, start, problems),
        place: in_head(file, id_span),
        of: head.of.map(|of| located(file, of)),
        id: head.id.into_inner(),
        title: head.title,
        needs: head.needs,
        editions: head.editions,
    })
}

/// A city's own section, and the digest of the common text that it took the place of.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub(crate) section: Section,
    pub(crate) replaces: (String, Place),
}

/// Reads a city's own section; none if its head cannot be read.
pub(crate) fn read_own(
    file: &Arc<SourceFile>,
    common: &Section,
    problems: &mut Vec<Located>,
) -> Option<Own> {
    let Some((head, body)) = split(&file.text) else {
        problems.push(Located::new(Problem::MissingHead, place(file, 0..0)));
        return None;
    };
    let start = file.text.len() - body.len();
    let head: OwnHead = from_toml(file, head, HEAD, problems)?;
    let (at, replaces_at) = (head.id.span(), head.replaces.span());
    Some(Own {
        section: Section {
            digest: digest("", body),
            blocks: markdown::parse(file, body, start, problems),
            place: in_head(file, at),
            of: head.of.map(|of| located(file, of)),
            id: head.id.into_inner(),
            title: common.title.clone(),
            needs: common.needs.clone(),
            editions: common.editions.clone(),
        },
        replaces: (head.replaces.into_inner(), in_head(file, replaces_at)),
    })
}

/// Where the head begins, behind its first line.
const HEAD: usize = 4;

fn in_head(file: &Arc<SourceFile>, span: Range<usize>) -> Place {
    place(file, span.start + HEAD..span.end + HEAD)
}

fn located(file: &Arc<SourceFile>, value: Spanned<String>) -> (String, Place) {
    let at = in_head(file, value.span());
    (value.into_inner(), at)
}

impl Section {
    /// The language of the file it was read from: `content/<lang>/…`, `cities/<slug>/<lang>/…`.
    pub(crate) fn written_in(&self) -> Option<&str> {
        let mut parts = self.place.file.name.split('/');
        match parts.next()? {
            "cities" => parts.nth(1),
            _ => parts.next(),
        }
    }
}

/// The words of a section file, as they are digested.
pub(crate) struct Text {
    pub(crate) digest: String,
    pub(crate) words: String,
}

/// Returns the words of the section file at a path, a city's own one among them.
pub(crate) fn text_of(sources: &Sources, path: &str) -> Option<Text> {
    #[derive(Deserialize)]
    struct Titled {
        #[serde(default)]
        title: String,
    }
    let (head, body) = split(&sources.get(path)?.text)?;
    let Titled { title } = toml::from_str(head).ok()?;
    Some(Text {
        digest: digest(&title, body),
        words: format!("{title}\n{body}"),
    })
}

/// Splits a file into the TOML of its head and its body.
pub(crate) fn split(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("+++\n")?;
    let end = rest.find("\n+++\n").or_else(|| {
        // A file that ends with its head has an empty body.
        rest.strip_suffix("\n+++").map(str::len)
    })?;
    let body = rest.get(end + 5..).unwrap_or("");
    Some((&rest[..end], body))
}

/// Returns the first 8 hexadecimal digits of SHA-256 over title and text; white space counts as
/// one space, so that breaking lines anew makes no translation stale.
pub(crate) fn digest(title: &str, body: &str) -> String {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    short_digest(&format!("{}\n{}", words(title), words(body)))
}

pub(crate) fn short_digest(text: &str) -> String {
    let mut hex = hex(&Sha256::digest(text.as_bytes()));
    hex.truncate(8);
    hex
}

/// Returns bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the text of a section file with a digest under a key of its head.
pub(crate) fn with_digest(text: &str, key: &str, digest: &str) -> Option<String> {
    let (head, body) = split(text)?;
    let is_key = |line: &&str| {
        let rest = line.trim_start().strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let mut lines: Vec<&str> = head.lines().filter(|line| !is_key(line)).collect();
    let line = format!("{key} = \"{digest}\"");
    lines.push(&line);
    Some(format!("+++\n{}\n+++\n{body}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaking_lines_anew_does_not_change_the_digest() {
        assert_eq!(
            digest("A", "one two\nthree\n"),
            digest("A ", "one\ntwo three")
        );
        assert_ne!(digest("A", "one two"), digest("A", "one too"));
    }

    #[test]
    fn accepting_writes_the_digest_into_the_head() {
        let text = "+++\nid = \"a\"\nof = \"\"\ntitle = \"T\"\n+++\nBody\n";
        let stamped = with_digest(text, "of", "12345678").expect("there is a head");
        assert_eq!(
            stamped,
            "+++\nid = \"a\"\ntitle = \"T\"\nof = \"12345678\"\n+++\nBody\n"
        );
        assert!(with_digest("no head", "of", "1").is_none());
    }

    #[test]
    fn a_head_may_end_the_file() {
        assert_eq!(split("+++\nid = \"a\"\n+++"), Some(("id = \"a\"", "")));
        assert_eq!(split("+++\nid = \"a\"\n+++\n"), Some(("id = \"a\"", "")));
    }
}
