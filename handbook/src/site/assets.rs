//! Files that all pages of an edition share: style sheet, fonts, the search's script. Each is named by
//! its content, so that a changed one is never taken from a reader's cache.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use surveys::Lang;

use super::Files;
use crate::book::Book;
use crate::request::Request;
use crate::search;
use crate::section::hex;
use crate::words::Words;

/// The shared files, and the names that pages link to.
pub(crate) struct Assets {
    pub(crate) files: Files,
    /// Name of the style sheet.
    pub(crate) style: String,
    /// Name of the search's script.
    pub(crate) script: String,
}

impl Assets {
    pub(super) fn of(
        request: &Request<'_>,
        book: &Book,
        words: &BTreeMap<Lang, Arc<Words>>,
    ) -> Assets {
        let mut files = Files::new();
        Assets {
            style: style(request, book, words, &mut files),
            script: add_asset(&mut files, "search", "js", search::SCRIPT.as_bytes()),
            files,
        }
    }
}

/// Writes the style sheet and the fonts, and returns the style sheet's name.
fn style(
    request: &Request<'_>,
    book: &Book,
    words: &BTreeMap<Lang, Arc<Words>>,
    files: &mut Files,
) -> String {
    let regular = add_asset(files, "text", "woff2", charts::look::FONT_REGULAR);
    let semibold = add_asset(files, "text-semibold", "woff2", charts::look::FONT_SEMIBOLD);
    let theme = |name: &str| {
        request
            .sources
            .get(name)
            .map_or("", |file| file.text.as_str())
    };
    let mut css = String::new();
    for (weight, file) in [(400, &regular), (600, &semibold)] {
        let _ = writeln!(
            css,
            "@font-face {{ font-family: \"Atkinson Hyperlegible Next\"; font-weight: {weight}; \
             font-display: swap; src: url(\"{file}\") format(\"woff2\"); }}"
        );
    }
    css.push_str(charts::look::TOKENS);
    css.push_str(charts::look::CHARTS);
    css.push_str(theme("theme/handbook.css"));
    css.push_str(theme("theme/sheets.css"));
    // The watermark is a word, so it stands in the style sheet once per language.
    for lang in &book.settings.languages {
        let word = words
            .get(lang)
            .map_or_else(String::new, |words| words.get("draft"));
        let _ = writeln!(
            css,
            ".draft:lang({})::before {{ content: \"{}\"; }}",
            lang.tag(),
            word.replace(['"', '\\', '\n', '<'], "")
        );
    }
    add_asset(files, "handbook", "css", css.as_bytes())
}

/// Adds a file named by its content, and returns its name.
fn add_asset(files: &mut Files, stem: &str, kind: &str, bytes: &[u8]) -> String {
    let mut digest = hex(&Sha256::digest(bytes));
    digest.truncate(10);
    let name = format!("{stem}-{digest}.{kind}");
    files.insert(format!("assets/{name}"), bytes.to_vec());
    name
}
