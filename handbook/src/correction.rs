//! Corrections: an edition that is out is never altered; `2026-kevat.1` takes its place.
//!
//! `corrections/<edition>.toml` says what was wrong, when it was corrected and which figures and
//! sections it touches. Editions of one line carry the notices of all before them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Deserialize;
use surveys::Lang;
use surveys::definition::SourceFile;
use toml::Spanned;

use crate::book::Book;
use crate::directive::Kind;
use crate::html::escape;
use crate::problem::{DidYouMean, Located, Problem};
use crate::settings::{from_toml, place};
use crate::sources::Sources;
use crate::tree;
use crate::words::Words;

/// What a corrected edition says of itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correction {
    /// Day of the correction, such as `2026-06-20`.
    date: Spanned<String>,
    fi: Spanned<String>,
    sv: Spanned<String>,
    en: Spanned<String>,
    /// Ids of figures, sections and chapters that it touches.
    pub(crate) touches: Vec<Spanned<String>>,
    #[serde(skip)]
    pub(crate) file: Option<Arc<SourceFile>>,
}

impl Correction {
    pub(crate) fn date(&self) -> &str {
        self.date.get_ref()
    }

    /// What was wrong and is mended.
    pub(crate) fn what(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fi => self.fi.get_ref(),
            Lang::Sv => self.sv.get_ref(),
            Lang::En => self.en.get_ref(),
        }
    }
}

/// Splits `2026-kevat.2` into what it corrects and its number; other ids are no corrections.
pub(crate) fn parts(edition: &str) -> Option<(&str, u32)> {
    let (first, number) = edition.rsplit_once('.')?;
    let is_plain = !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
    let number = number.parse().ok().filter(|_| is_plain)?;
    (!first.is_empty()).then_some((first, number))
}

/// Returns what editions are ordered by: their line, and the number of the correction in it, so that
/// `2026-kevat.10` comes after `2026-kevat.2`.
#[must_use]
pub fn order(edition: &str) -> (&str, u32) {
    parts(edition).unwrap_or((edition, 0))
}

/// Returns the edition that a correction takes the place of; an edition of its own has none.
///
/// # Errors
/// When that edition has not been published.
pub fn corrected(
    edition: &str,
    published: &BTreeSet<String>,
) -> Result<Option<String>, Box<Located>> {
    let Some((first, number)) = parts(edition) else {
        return Ok(None);
    };
    let before = match number {
        1 => first.to_owned(),
        number => format!("{first}.{}", number - 1),
    };
    if published.contains(&before) {
        return Ok(Some(before));
    }
    let problem = Problem::NothingToCorrect {
        id: edition.to_owned(),
        before,
    };
    Err(Box::new(Located::of_file(problem, "edition")))
}

/// Reads the notices that an edition carries: its own and those of the corrections before it.
pub(crate) fn read(
    sources: &Sources,
    edition: &str,
    problems: &mut Vec<Located>,
) -> BTreeMap<u32, Correction> {
    let mut read = BTreeMap::new();
    let Some((first, last)) = parts(edition) else {
        return read;
    };
    // A number so large that nobody can have made that many corrections is a mistyped id.
    for number in (1..=last.min(1000)).rev() {
        let name = format!("corrections/{first}.{number}.toml");
        let Some(file) = sources.get(&name) else {
            if number == last {
                let problem = Problem::MissingNotice { file: name.clone() };
                problems.push(Located::of_file(problem, &name));
            }
            continue;
        };
        if let Some(mut correction) = from_toml::<Correction>(file, &file.text, 0, problems) {
            check(file, &correction, problems);
            correction.file = Some(file.clone());
            read.insert(number, correction);
        }
    }
    read
}

fn check(file: &Arc<SourceFile>, correction: &Correction, problems: &mut Vec<Located>) {
    let mut refuse = |value: &str, expected: &str, span| {
        let problem = Problem::BadValue {
            value: value.to_owned(),
            expected: expected.to_owned(),
        };
        problems.push(Located::new(problem, place(file, span)));
    };
    if typeset::Day::parse(correction.date()).is_none() {
        let expected = "a day such as `2026-06-20`";
        refuse(correction.date(), expected, correction.date.span());
    }
    for text in [&correction.fi, &correction.sv, &correction.en] {
        if text.get_ref().trim().is_empty() {
            let expected = "a sentence on what was wrong, in every language";
            refuse("", expected, text.span());
        }
    }
    if correction.touches.is_empty() {
        refuse(
            "touches",
            "a list with at least one id of a figure or section",
            0..0,
        );
    }
}

/// Finds ids among what corrections touch that nothing in the book has.
pub(crate) fn check_touched(
    corrections: &BTreeMap<u32, Correction>,
    book: &Book,
    problems: &mut Vec<Located>,
) {
    let known = ids(book);
    for correction in corrections.values() {
        for id in &correction.touches {
            if let (false, Some(file)) = (known.contains(id.get_ref()), &correction.file) {
                let near = DidYouMean::among(id.get_ref(), known.iter().map(String::as_str));
                let at = place(file, id.span());
                let id = id.get_ref().clone();
                problems.push(Located::new(Problem::UnknownReference { id, near }, at));
            }
        }
    }
}

/// Ids of chapters, sections and figures, as references name them.
fn ids(book: &Book) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for section in book.sections(Lang::Fi) {
        ids.insert(section.id.clone());
        tree::directives(&section.blocks, &mut |directive| {
            if matches!(directive.kind, Kind::Chart | Kind::Table) {
                let own = directive.own("id").map(|id| id.value.clone());
                ids.insert(own.unwrap_or_else(|| directive.target.replace('.', "-")));
            }
        });
    }
    ids
}

/// Returns the page that stands beside a corrected edition and points to the one in its place.
pub(crate) fn page(
    (old, new): (&str, &str),
    style: &str,
    correction: &Correction,
    words: &BTreeMap<Lang, Arc<Words>>,
    languages: &[Lang],
) -> String {
    let say = |lang: Lang, key: &str, with: &[(&str, &str)]| {
        let words = words.get(&lang);
        escape(&words.map_or_else(String::new, |words| words.with(key, with)))
    };
    let main = languages.first().copied().unwrap_or(Lang::Fi);
    let title = say(main, "corrected-title", &[("old", old)]);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"canonical\" href=\"{new}/index.html\">\n\
         <link rel=\"stylesheet\" href=\"{new}/{style}\">\n</head>\n\
         <body>\n<main id=\"main\" class=\"root\">\n",
        main.tag(),
        title
    );
    for (at, lang) in languages.iter().enumerate() {
        let level = if at == 0 { 1 } else { 2 };
        let _ = write!(
            out,
            "<section lang=\"{}\">\n<h{level}>{}</h{level}>\n<p>{}: {}</p>\n\
             <p><a href=\"{new}/index.html\">{}</a></p>\n<p><a href=\"{old}/index.html\">{}</a></p>\n</section>\n",
            lang.tag(),
            say(*lang, "corrected-title", &[("old", old)]),
            escape(&crate::view::date_in(correction.date(), *lang)),
            escape(correction.what(*lang)),
            say(*lang, "corrected-new", &[("new", new)]),
            say(*lang, "corrected-old", &[("old", old)]),
        );
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::{corrected, order, parts};
    use std::collections::BTreeSet;

    #[test]
    fn the_tenth_correction_comes_after_the_second() {
        let mut editions = ["a.10", "b", "a.2", "a", "b.1", "a.x"];
        editions.sort_by_key(|edition| order(edition));
        assert_eq!(editions, ["a", "a.2", "a.10", "a.x", "b", "b.1"]);
    }

    #[test]
    fn a_correction_follows_the_edition_or_the_correction_before_it() {
        let published = BTreeSet::from(["a".to_owned(), "a.1".to_owned()]);
        let before = |id: &str| corrected(id, &published).map_err(|problem| problem.one_line());
        assert_eq!(before("b"), Ok(None));
        assert_eq!(before("a.1"), Ok(Some("a".to_owned())));
        assert_eq!(before("a.2"), Ok(Some("a.1".to_owned())));
        for id in ["b.1", "a.3"] {
            assert!(
                before(id)
                    .unwrap_err()
                    .contains("handbook::nothing_to_correct"),
                "{id}"
            );
        }
        for id in [
            "a",
            "a.0",
            "a.01",
            "a.x",
            ".1",
            "2026.kevat",
            "a.99999999999",
        ] {
            assert_eq!(parts(id), None, "{id}");
        }
    }
}
