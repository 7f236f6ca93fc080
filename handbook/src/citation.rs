//! Claims from outside: the sources of `sources.bib`, formatted by one style in every language.
//!
//! A citation reads the same in every edition, since the years of all sources of the book are told
//! apart together; the list of an edition holds what its text cites.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use hayagriva::citationberg::{FontStyle, IndependentStyle, LocaleCode};
use hayagriva::io::{BibLaTeXError, from_biblatex_str};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild,
    ElemChildren, Entry, Library,
};
use surveys::Lang;
use surveys::definition::{Place, SourceFile};

use crate::memo::Memo;
use crate::problem::{Located, Problem};
use crate::settings::place;
use crate::sources::Sources;

const FILE: &str = "sources.bib";
const STYLE: &str = include_str!("../sources.csl");

/// All sources of the book.
#[derive(Debug, Default)]
pub(crate) struct Citations {
    /// Where each source stands in the file.
    places: BTreeMap<String, Place>,
    by_lang: BTreeMap<Lang, Vec<Source>>,
}

/// A source in the words of one language.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) key: String,
    /// As cited in the text: `(Redecker 2017)`, without the brackets.
    pub(crate) short: String,
    /// As listed.
    pub(crate) full: Vec<Piece>,
    /// The language it is written in, where it is one of ours.
    pub(crate) written: Option<Lang>,
}

/// A piece of a listed source.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Title(String),
    Link { text: String, to: String },
}

impl Citations {
    /// Reads and formats the sources in the languages that the settings name; a book without the
    /// file has none.
    pub(crate) fn read(
        sources: &Sources,
        settings: &Arc<SourceFile>,
        languages: &[Lang],
        memo: &Memo,
        problems: &mut Vec<Located>,
    ) -> Arc<Citations> {
        let Some(file) = sources.get(FILE) else {
            return Arc::default();
        };
        memo.read(FILE, &[file, settings], problems, |problems| {
            Citations::read_file(file, languages, problems)
        })
    }

    fn read_file(
        file: &Arc<SourceFile>,
        languages: &[Lang],
        problems: &mut Vec<Located>,
    ) -> Citations {
        let library = match from_biblatex_str(&file.text) {
            Ok(library) => library,
            Err(errors) => {
                for error in errors {
                    let (message, span) = told(error);
                    let end = file.text.len();
                    let span = span.start.min(end)..span.end.min(end);
                    let problem = Problem::BadSources { message };
                    problems.push(Located::new(problem, place(file, span)));
                }
                return Citations::default();
            }
        };
        let places = library.keys().map(|key| {
            let at = file.text.find(&format!("{{{key},")).map_or(0, |at| at + 1);
            (key.to_owned(), place(file, at..at + key.len()))
        });
        Citations {
            places: places.collect(),
            by_lang: languages
                .iter()
                .map(|lang| (*lang, format(&library, *lang)))
                .collect(),
        }
    }

    pub(crate) fn get(&self, key: &str, lang: Lang) -> Option<&Source> {
        self.all(lang).iter().find(|source| source.key == key)
    }

    /// All sources in the order of a language's list.
    pub(crate) fn all(&self, lang: Lang) -> &[Source] {
        self.by_lang.get(&lang).map_or(&[], Vec::as_slice)
    }

    /// Every source with its place in the file.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.places.iter().map(|(key, place)| (key.as_str(), place))
    }
}

/// What the reader of the file says, and where.
fn told(error: BibLaTeXError) -> (String, Range<usize>) {
    match error {
        BibLaTeXError::Parse(error) => (error.kind.to_string(), error.span),
        BibLaTeXError::Type(error) => (error.kind.to_string(), error.span),
    }
}

fn format(library: &Library, lang: Lang) -> Vec<Source> {
    let style = IndependentStyle::from_xml(STYLE).expect("the style is part of the program");
    let locale = LocaleCode(lang.tag().to_owned());
    let mut driver = BibliographyDriver::new();
    for entry in library {
        let items = vec![CitationItem::with_entry(entry)];
        driver.citation(CitationRequest::new(
            items,
            &style,
            Some(locale.clone()),
            &[],
            None,
        ));
    }
    let rendered = driver.finish(BibliographyRequest::new(&style, Some(locale), &[]));
    let short: BTreeMap<&str, String> = library
        .iter()
        .map(Entry::key)
        .zip(
            rendered
                .citations
                .iter()
                .map(|cited| words(&cited.citation)),
        )
        .collect();
    let listed = rendered
        .bibliography
        .map_or_else(Vec::new, |list| list.items);
    listed
        .into_iter()
        .map(|item| {
            let mut full = Vec::new();
            pieces(&item.content, &mut full);
            Source {
                short: short.get(item.key.as_str()).cloned().unwrap_or_default(),
                written: library.get(&item.key).and_then(written),
                key: item.key,
                full,
            }
        })
        .collect()
}

fn written(entry: &Entry) -> Option<Lang> {
    Lang::from_tag(entry.language()?.language.as_str())
}

fn pieces(children: &ElemChildren, out: &mut Vec<Piece>) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) if text.formatting.font_style == FontStyle::Italic => {
                out.push(Piece::Title(text.text.clone()));
            }
            ElemChild::Text(text) => push(out, &text.text),
            ElemChild::Markup(text) => push(out, text),
            ElemChild::Elem(inner) => pieces(&inner.children, out),
            ElemChild::Link { text, url } if is_web(url) => out.push(Piece::Link {
                text: text.text.clone(),
                to: url.clone(),
            }),
            ElemChild::Link { text, .. } => push(out, &text.text),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn push(out: &mut Vec<Piece>, more: &str) {
    if let Some(Piece::Text(text)) = out.last_mut() {
        text.push_str(more);
    } else {
        out.push(Piece::Text(more.to_owned()));
    }
}

/// Addresses come from a file that others may write.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn words(children: &ElemChildren) -> String {
    let mut found = Vec::new();
    pieces(children, &mut found);
    let words: Vec<&str> = found
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) | Piece::Title(text) | Piece::Link { text, .. } => text.as_str(),
        })
        .collect();
    words.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bib: &str, lang: Lang) -> (Vec<String>, Vec<String>) {
        let library = from_biblatex_str(bib).expect("sound sources");
        let sources = format(&library, lang);
        let full = |source: &Source| {
            let piece = |piece: &Piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Title(text) => format!("*{text}*"),
                Piece::Link { text, to } => format!("[{text}]({to})"),
            };
            source.full.iter().map(piece).collect::<String>()
        };
        (
            sources.iter().map(|source| source.short.clone()).collect(),
            sources.iter().map(full).collect(),
        )
    }

    const BIB: &str = "@report{b, author = {Öhman, Ö. and Aalto, A.}, title = {Title}, date = {2025}, doi = {10.1/2}}\n\
        @online{a, author = {{Istekki}}, title = {Tarina}, language = {finnish}}\n\
        @report{c, author = {Redecker, C.}, editor = {Punie, Y.}, title = {Frame}, date = {2017}}\n";

    #[test]
    fn sources_are_cited_in_the_words_of_each_language() {
        let (short, full) = check(BIB, Lang::Fi);
        assert_eq!(
            short,
            ["Istekki s.a.", "Redecker 2017", "Öhman ja Aalto 2025"]
        );
        assert_eq!(
            full,
            [
                "Istekki (s.a.). *Tarina.*",
                "Redecker, C. (2017). *Frame.* Toim. Y. Punie.",
                "Öhman, Ö. ja Aalto, A. (2025). *Title.* doi:[10.1/2](https://doi.org/10.1/2)",
            ]
        );
        let (short, full) = check(BIB, Lang::Sv);
        assert_eq!(
            short,
            ["Istekki u.å.", "Redecker 2017", "Öhman och Aalto 2025"]
        );
        assert_eq!(full[1], "Redecker, C. (2017). *Frame.* Red. Y. Punie.");
        let (short, _) = check(BIB, Lang::En);
        assert_eq!(
            short,
            ["Istekki n.d.", "Redecker 2017", "Öhman and Aalto 2025"]
        );
    }

    #[test]
    fn two_works_of_one_year_are_told_apart() {
        let bib = "@report{x, author = {Aalto, A.}, title = {One}, date = {2020}}\n\
            @report{y, author = {Aalto, A.}, title = {Two}, date = {2020}}\n";
        assert_eq!(check(bib, Lang::Fi).0, ["Aalto 2020a", "Aalto 2020b"]);
    }

    #[test]
    fn an_address_that_is_no_page_is_not_linked() {
        assert!(is_web("https://doi.org/10.1/2"));
        assert!(!is_web("javascript:alert(1)"));
    }
}
