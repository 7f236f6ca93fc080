//! A section file: head between `+++`, then Markdown; and the digest translations refer to.

use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};
use surveys::definition::{Place, SourceFile};
use toml::Spanned;

use crate::markdown;
use crate::problem::{Located, Problem};
use crate::settings::{from_toml, place};
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
    let head: Head = from_toml(file, head, 4, problems)?;
    let id_span = head.id.span();
    Some(Section {
        digest: digest(&head.title, body),
        blocks: markdown::parse(file, body, start, problems),
        place: place(file, id_span.start + 4..id_span.end + 4),
        of: head.of.map(|of| {
            let span = of.span();
            let at = place(file, span.start + 4..span.end + 4);
            (of.into_inner(), at)
        }),
        id: head.id.into_inner(),
        title: head.title,
        needs: head.needs,
        editions: head.editions,
    })
}

/// Splits a file into the TOML of its head and its body.
fn split(text: &str) -> Option<(&str, &str)> {
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

/// Returns the text of a translation file with `of` naming a digest.
pub(crate) fn with_digest(text: &str, digest: &str) -> Option<String> {
    let (head, body) = split(text)?;
    let mut lines: Vec<String> = head
        .lines()
        .filter(|line| {
            !line.trim_start().starts_with("of ") && !line.trim_start().starts_with("of=")
        })
        .map(str::to_owned)
        .collect();
    lines.push(format!("of = \"{digest}\""));
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
        let stamped = with_digest(text, "12345678").expect("there is a head");
        assert_eq!(
            stamped,
            "+++\nid = \"a\"\ntitle = \"T\"\nof = \"12345678\"\n+++\nBody\n"
        );
        assert!(with_digest("no head", "1").is_none());
    }

    #[test]
    fn a_head_may_end_the_file() {
        assert_eq!(split("+++\nid = \"a\"\n+++"), Some(("id = \"a\"", "")));
        assert_eq!(split("+++\nid = \"a\"\n+++\n"), Some(("id = \"a\"", "")));
    }
}
