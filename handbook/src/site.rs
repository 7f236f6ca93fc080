//! All that the books of an edition share, read once; and each book, made when it is asked for.
//!
//! A book is a population in a language. No book needs another, so they are made in any order and
//! none is kept.

mod assets;
mod pages;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use surveys::Lang;
use typeset::Document;

use crate::book::Book;
use crate::correction::{self, Correction};
use crate::csvw;
use crate::diff::{TextChange, text_changes};
use crate::epub;
use crate::front;
use crate::memo::Memo;
use crate::outline::Outline;
use crate::own;
use crate::page::{Shell, Whole};
use crate::print;
use crate::problem::{Located, Problem};
use crate::release;
use crate::request::{FindingsFile, Request};
use crate::search;
use crate::section::hex;
use crate::settings;
use crate::view::{KnownKeys, View};
use crate::words::{self, Words};
use assets::Assets;
use pages::Pages;

pub(crate) use pages::chapter;

/// Files by their path below the edition's folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Files, and the problems found on the way.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) files: Files,
    pub(crate) problems: Vec<Located>,
}

/// A part of an edition that is made by itself, by the place of its findings in the request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Task {
    /// The figures of a population for programs.
    Figures(usize),
    /// The book of a population in a language.
    Book(usize, Lang),
}

/// What all books of an edition share.
pub(crate) struct Site<'a> {
    request: Request<'a>,
    book: Book,
    words: BTreeMap<Lang, Arc<Words>>,
    keys: KnownKeys<'a>,
    corrections: BTreeMap<u32, Correction>,
    texts: Option<Vec<TextChange>>,
    assets: Assets,
    text_digest: String,
    /// Folder and name of every population, by language.
    populations: BTreeMap<Lang, Vec<(String, String)>>,
}

impl<'a> Site<'a> {
    /// Reads the text and finds what is wrong with it as such; none where its settings cannot be
    /// read.
    pub(crate) fn read(
        request: Request<'a>,
        memo: &Memo,
        problems: &mut Vec<Located>,
    ) -> Option<Site<'a>> {
        request.check(problems);
        let book = Book::read(request.sources, memo, problems)?;
        let words = words::read(request.sources, &book.settings.languages, memo, problems);
        let corrections = correction::read(request.sources, request.edition, problems);
        correction::check_touched(&corrections, &book, problems);
        unknown_cities(&request, &book, problems);
        book.cards.check(request.catalog, problems);
        let previous = request.previous.map(|previous| previous.sources());
        let mut site = Site {
            keys: KnownKeys::of(&request),
            texts: previous.map(|previous| text_changes(previous, request.sources)),
            assets: Assets::of(&request, &book, &words),
            text_digest: text_digest(&request),
            populations: BTreeMap::new(),
            request,
            book,
            words,
            corrections,
        };
        for lang in site.languages() {
            let files = request.findings.iter();
            let names = files.filter_map(|file| {
                let name = site.view(file, lang)?.population_name();
                Some((file.population().to_owned(), name))
            });
            let names = names.collect();
            site.populations.insert(lang, names);
        }
        Some(site)
    }

    fn languages(&self) -> Vec<Lang> {
        self.book.settings.languages.clone()
    }

    /// Everything that makes up the edition beside what its books share.
    pub(crate) fn tasks(&self) -> Vec<Task> {
        let files = 0..self.request.findings.len();
        files
            .flat_map(|at| {
                let books = self.languages().into_iter();
                std::iter::once(Task::Figures(at))
                    .chain(books.map(move |lang| Task::Book(at, lang)))
            })
            .collect()
    }

    /// Makes one part of the edition.
    pub(crate) fn make(&self, task: Task) -> Made {
        let mut made = Made::default();
        match task {
            Task::Figures(at) => self.figures(&self.request.findings[at], &mut made),
            Task::Book(at, lang) => self.book(&self.request.findings[at], lang, &mut made),
        }
        made
    }

    /// Files that all books share.
    pub(crate) fn shared(&self) -> Files {
        let mut files = self.assets.files.clone();
        let title = self.book.settings.title(Lang::Fi);
        let style = format!("assets/{}", self.assets.style);
        let languages = self.languages();
        let populations: Vec<(String, Vec<String>)> = self
            .request
            .findings
            .iter()
            .enumerate()
            .map(|(at, file)| {
                let names = languages.iter().filter_map(|lang| {
                    let (_, name) = self.populations.get(lang)?.get(at)?;
                    Some(name.clone())
                });
                (file.population().to_owned(), names.collect())
            })
            .collect();
        let html = front::root(title, &style, self.request.draft, &languages, &populations);
        files.insert("index.html".to_owned(), html.into_bytes());
        files
    }

    /// Pages that stand beside the editions of the same line and point to this one.
    pub(crate) fn beside(&self) -> Files {
        let new = self.request.edition;
        let mut pages = Files::new();
        let Some((first, number)) = correction::parts(new) else {
            return pages;
        };
        let Some(correction) = self.corrections.get(&number) else {
            return pages;
        };
        let languages = &self.book.settings.languages;
        for earlier in 0..number.min(1000) {
            let old = match earlier {
                0 => first.to_owned(),
                earlier => format!("{first}.{earlier}"),
            };
            let style = format!("assets/{}", self.assets.style);
            let page = correction::page((&old, new), &style, correction, &self.words, languages);
            pages.insert(format!("{old}.html"), page.into_bytes());
        }
        pages
    }

    /// Returns the book of a task as it is set on paper, with the path of its file, where the
    /// request asks for it.
    pub(crate) fn on_paper(&self, task: Task) -> Option<(String, Document)> {
        let Task::Book(at, lang) = task else {
            return None;
        };
        let file = &self.request.findings[at];
        // What is wrong has been found when its pages were made.
        self.in_shell(file, lang, &mut Vec::new(), |shell, _| {
            let name = shell.whole.pdf.as_ref()?;
            let path = format!("{}/{}/{name}", file.population(), lang.tag());
            Some((path, print::document(shell)))
        })?
    }

    /// Returns a page of a book that can be made without the rest of the book, by its file name.
    pub(crate) fn page(
        &self,
        file: &FindingsFile,
        lang: Lang,
        name: &str,
        problems: &mut Vec<Located>,
    ) -> Option<String> {
        self.in_shell(file, lang, problems, |shell, problems| {
            Pages::of(shell, &self.assets.script).one(name, problems)
        })?
    }

    /// Returns one book to ask about, where the book has the language.
    pub(crate) fn view<'s>(&'s self, file: &'s FindingsFile, lang: Lang) -> Option<View<'s>> {
        Some(View {
            request: &self.request,
            book: &self.book,
            words: self.words.get(&lang)?,
            lang,
            file,
            keys: &self.keys,
            corrections: &self.corrections,
            texts: self.texts.as_deref(),
        })
    }

    /// Returns the findings of a population.
    pub(crate) fn file(&self, population: &str) -> Option<&'a FindingsFile> {
        let mut files = self.request.findings.iter();
        files.find(|file| file.population() == population)
    }

    /// Writes the figures of a population for programs.
    pub(crate) fn figures(&self, file: &FindingsFile, made: &mut Made) {
        let folder = format!("{}/{}", file.population(), release::FOLDER);
        let findings = &file.findings;
        match release::public(findings).to_json() {
            Ok(text) => {
                let name = format!("{folder}/{}", release::FINDINGS);
                made.files.insert(name, text.into_bytes());
            }
            Err(error) => {
                let message = error.to_string();
                let problem = Problem::BadFindings { message };
                made.problems.push(Located::of_file(problem, &file.name));
            }
        }
        let languages = self.languages().into_iter();
        let views: Vec<View<'_>> = languages.filter_map(|lang| self.view(file, lang)).collect();
        let mut described = Vec::new();
        for (name, table) in release::named(findings) {
            described.push(csvw::table(&views, &name, table));
            let text = release::csv(table);
            made.files
                .insert(format!("{folder}/{name}"), text.into_bytes());
        }
        let text = csvw::metadata(&views, &described);
        made.files
            .insert(format!("{folder}/{}", csvw::NAME), text.into_bytes());
    }

    /// Writes one book but for paper.
    pub(crate) fn book(&self, file: &FindingsFile, lang: Lang, made: &mut Made) {
        let folder = format!("{}/{}", file.population(), lang.tag());
        let mut problems = Vec::new();
        let settings = self.request.sources.get(settings::FILE);
        if let (Some(city), Some(name)) = (self.request.municipality(file), settings) {
            let (written, whose) = ((&self.book.own, &*self.book.slots), (&*city.slug, lang));
            own::check_written(written, &self.book.settings, name, whose, &mut problems);
        }
        self.in_shell(file, lang, &mut problems, |shell, _| {
            Pages::of(shell, &self.assets.script).all(&folder, made);
            let index = search::index(&print::document(shell), lang).into_bytes();
            made.files
                .insert(format!("{folder}/{}", search::INDEX), index);
            let (Some(name), Some(published)) = (&shell.whole.epub, self.request.published) else {
                return;
            };
            let name = format!("{folder}/{name}");
            match epub::book(shell, published) {
                Ok(bytes) => {
                    made.files.insert(name, bytes);
                }
                Err(message) => {
                    let problem = Problem::NotPrintable { message };
                    made.problems.push(Located::of_file(problem, &name));
                }
            }
        });
        made.problems.append(&mut problems);
    }

    /// Does something with all that pages of a book share.
    fn in_shell<R>(
        &self,
        file: &FindingsFile,
        lang: Lang,
        problems: &mut Vec<Located>,
        work: impl FnOnce(&Shell<'_, '_>, &mut Vec<Located>) -> R,
    ) -> Option<R> {
        let view = self.view(file, lang)?;
        let outline = Outline::of(&view, problems);
        let wanted = self.request.whole;
        let is_wanted = !wanted.network_only || view.city().is_none();
        let (edition, population) = (self.request.edition, file.population());
        let stem = format!("{edition}-{population}-{}", lang.tag());
        let whole = Whole {
            pdf: (is_wanted && wanted.pdf).then(|| format!("{stem}.pdf")),
            epub: (is_wanted && wanted.epub && self.request.published.is_some())
                .then(|| format!("{stem}.epub")),
        };
        let shell = Shell {
            view,
            outline: &outline,
            style: format!("../../assets/{}", self.assets.style),
            populations: self.populations.get(&lang).map_or(&[], Vec::as_slice),
            text_digest: &self.text_digest,
            whole: &whole,
        };
        Some(work(&shell, problems))
    }
}

/// Texts of a city that no catalogue knows would be forgotten in silence.
fn unknown_cities(request: &Request<'_>, book: &Book, problems: &mut Vec<Located>) {
    let slugs: BTreeSet<&str> = book
        .slots
        .slugs()
        .union(&book.own.slugs())
        .copied()
        .collect();
    for slug in slugs {
        let cities = &request.catalog.municipalities;
        if !cities.iter().any(|city| city.slug == slug) {
            let code = slug.to_owned();
            let name = format!("cities/{slug}");
            problems.push(Located::of_file(Problem::UnknownCity { code }, &name));
        }
    }
}

/// Digest of everything that is text: common, cities', words, theme.
pub(crate) fn text_digest(request: &Request<'_>) -> String {
    let mut hash = Sha256::new();
    for file in request.sources.iter() {
        hash.update(file.name.as_bytes());
        hash.update([0]);
        hash.update(file.text.as_bytes());
        hash.update([0]);
    }
    let mut digest = hex(&hash.finalize());
    digest.truncate(12);
    digest
}
