//! All pages of an edition: every population, every language, and the files they share.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use surveys::Lang;

use crate::book::Book;
use crate::correction::{self, Correction};
use crate::csvw;
use crate::diff::{TextChange, text_changes};
use crate::epub;
use crate::front;
use crate::html::{Writer, escape};
use crate::outline::{Outline, Part, chapter_label, fragment};
use crate::page::{Page, Shell, Whole};
use crate::print;
use crate::problem::{Located, Problem, gather};
use crate::register;
use crate::release;
use crate::request::{FindingsFile, Request};
use crate::search;
use crate::section::hex;
use crate::sheet;
use crate::tree::{Block, plain};
use crate::view::{KnownKeys, View};
use crate::words::{self, Words};

/// Files by their path below the edition's folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// All pages of an edition, what is still to be set as whole books, and every problem found.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) files: Files,
    /// Path of the file, and the book.
    pub(crate) books: Vec<(String, typeset::Document)>,
    pub(crate) problems: Vec<Located>,
    /// Pages beside the editions that this one takes the place of.
    pub(crate) beside: Files,
}

/// Makes all pages of an edition, with every problem found on the way.
pub(crate) fn make(request: &Request<'_>) -> Made {
    make_some(request, |_, _| true)
}

/// Makes what all books share, and the books that are wanted.
pub(crate) fn make_some(
    request: &Request<'_>,
    is_wanted: impl Fn(&FindingsFile, Lang) -> bool,
) -> Made {
    let mut made = Made::default();
    let (files, problems) = (&mut made.files, &mut made.problems);
    request.check(problems);
    if let Some(book) = Book::read(request.sources, problems) {
        let words = words::read(request.sources, &book.settings.languages, problems);
        let keys = KnownKeys::of(request);
        let corrections = correction::read(request.sources, request.edition, problems);
        correction::check_touched(&corrections, &book, problems);
        let texts = request
            .previous
            .map(|previous| text_changes(previous.sources(), request.sources));
        let site = Site {
            style: style(request, &book, &words, files),
            script: add_asset(files, "search", "js", search::SCRIPT.as_bytes()),
            text_digest: text_digest(request),
            request,
            book: &book,
            words: &words,
            keys: &keys,
            corrections: &corrections,
            texts: texts.as_deref(),
        };
        made.beside = site.beside();
        unknown_cities(request, &book, problems);
        book.cards.check(request.catalog, problems);
        site.root(files);
        for file in request.findings {
            let languages = book.settings.languages.iter();
            if languages.clone().any(|lang| is_wanted(file, *lang)) {
                site.release(file, &mut made);
            }
            for lang in languages.filter(|lang| is_wanted(file, **lang)) {
                if let Some(view) = site.view(file, *lang) {
                    site.book(view, &mut made);
                }
            }
        }
    }
    made.problems = gather(made.problems);
    made
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

/// What all books of an edition share.
struct Site<'a> {
    request: &'a Request<'a>,
    book: &'a Book,
    words: &'a BTreeMap<Lang, Words>,
    keys: &'a KnownKeys<'a>,
    corrections: &'a BTreeMap<u32, Correction>,
    texts: Option<&'a [TextChange]>,
    style: String,
    /// Name of the search's script.
    script: String,
    text_digest: String,
}

impl<'a> Site<'a> {
    fn view(&self, file: &'a FindingsFile, lang: Lang) -> Option<View<'a>> {
        Some(View {
            request: self.request,
            book: self.book,
            words: self.words.get(&lang)?,
            lang,
            file,
            keys: self.keys,
            corrections: self.corrections,
            texts: self.texts,
        })
    }

    /// Writes the figures of a population for programs.
    fn release(&self, file: &'a FindingsFile, made: &mut Made) {
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
        let languages = self.book.settings.languages.iter();
        let views: Vec<View<'_>> = languages
            .filter_map(|lang| self.view(file, *lang))
            .collect();
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

    /// Pages that stand beside the editions of the same line and point to this one.
    fn beside(&self) -> Files {
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
            let style = format!("assets/{}", self.style);
            let page = correction::page((&old, new), &style, correction, self.words, languages);
            pages.insert(format!("{old}.html"), page.into_bytes());
        }
        pages
    }

    /// Writes one book: a population in a language.
    fn book(&self, view: View<'_>, made: &mut Made) {
        let outline = Outline::of(&view, &mut made.problems);
        let populations: Vec<(String, String)> = self
            .request
            .findings
            .iter()
            .map(|file| {
                let name = View { file, ..view }.population_name();
                (file.population().to_owned(), name)
            })
            .collect();
        let (population, lang) = (view.file.population(), view.lang.tag());
        let wanted = self.request.whole;
        let is_wanted = !wanted.network_only || view.city().is_none();
        let stem = format!("{}-{population}-{lang}", self.request.edition);
        let whole = Whole {
            pdf: (is_wanted && wanted.pdf).then(|| format!("{stem}.pdf")),
            epub: (is_wanted && wanted.epub && self.request.published.is_some())
                .then(|| format!("{stem}.epub")),
        };
        let shell = Shell {
            view,
            outline: &outline,
            style: format!("../../assets/{}", self.style),
            populations: &populations,
            text_digest: &self.text_digest,
            whole: &whole,
        };
        let folder = format!("{population}/{lang}");
        for page in pages(&shell, &self.script, made, &folder) {
            let html = shell.page(&page);
            let name = format!("{folder}/{}", page.name);
            made.files.insert(name, html.into_bytes());
        }
        for (name, html) in sheet::pages(&shell) {
            made.files
                .insert(format!("{folder}/{name}"), html.into_bytes());
        }
        if let (Some(name), Some(published)) = (&whole.epub, self.request.published) {
            let name = format!("{folder}/{name}");
            match epub::book(&shell, published) {
                Ok(bytes) => {
                    made.files.insert(name, bytes);
                }
                Err(message) => {
                    let problem = Problem::NotPrintable { message };
                    made.problems.push(Located::of_file(problem, &name));
                }
            }
        }
        let book = print::document(&shell);
        let index = search::index(&book, view.lang).into_bytes();
        made.files
            .insert(format!("{folder}/{}", search::INDEX), index);
        if let Some(pdf) = &whole.pdf {
            made.books.push((format!("{folder}/{pdf}"), book));
        }
    }

    fn root(&self, files: &mut Files) {
        let languages = &self.book.settings.languages;
        let populations: Vec<(String, Vec<String>)> = self
            .request
            .findings
            .iter()
            .map(|file| {
                let views = languages.iter().filter_map(|lang| self.view(file, *lang));
                let names = views.map(|view| view.population_name()).collect();
                (file.population().to_owned(), names)
            })
            .collect();
        let title = self.book.settings.title(Lang::Fi);
        let style = format!("assets/{}", self.style);
        let html = front::root(title, &style, self.request.draft, languages, &populations);
        files.insert("index.html".to_owned(), html.into_bytes());
    }
}

/// Writes the style sheet and the fonts, and returns the style sheet's name.
fn style(
    request: &Request<'_>,
    book: &Book,
    words: &BTreeMap<Lang, Words>,
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

fn pages(shell: &Shell<'_, '_>, script: &str, made: &mut Made, folder: &str) -> Vec<Page> {
    let view = shell.view;
    let (files, problems) = (&mut made.files, &mut made.problems);
    let mut pages = vec![Page {
        name: "index.html".to_owned(),
        title: view.book.settings.title(view.lang).to_owned(),
        description: view
            .words
            .with("edition-of", &[("name", &view.population_name())]),
        main: front::index(&view, shell.outline, &sheet::links(&view)),
        scripts: Vec::new(),
        previous: None,
        next: None,
    }];
    let mut list = String::new();
    let mut described = Vec::new();
    for part in &shell.outline.chapters {
        let mut writer = Writer::new(view, shell.outline, &part.chapter.id);
        let main = chapter(&mut writer, part);
        list.push_str(&front::figures_of(&writer, part));
        for (name, csv) in std::mem::take(&mut writer.data) {
            files.insert(format!("{folder}/{name}"), csv.into_bytes());
        }
        described.append(&mut writer.described);
        problems.append(&mut writer.problems);
        pages.push(Page {
            name: writer.page,
            title: part.chapter.index.title.clone(),
            description: description(&part.chapter.index.blocks),
            main,
            scripts: Vec::new(),
            previous: None,
            next: None,
        });
    }
    if !described.is_empty() {
        let text = csvw::metadata(&[view], &described);
        let name = format!("{folder}/data/{}", csvw::NAME);
        files.insert(name, text.into_bytes());
    }
    list.push_str(&front::files(&view));
    let title = view.words.get("tables-title");
    let lead = view.words.get("tables-lead");
    pages.push(Page {
        name: "tables.html".to_owned(),
        main: format!(
            "<h1>{}</h1>\n<p class=\"lead\">{}</p>\n{list}",
            escape(&title),
            escape(&lead)
        ),
        title,
        description: lead,
        scripts: Vec::new(),
        previous: None,
        next: None,
    });
    pages.push(Page {
        name: register::PAGE.to_owned(),
        title: view.words.get("register-title"),
        description: view.words.get("register-lead"),
        main: register::page(&view, shell.outline),
        scripts: Vec::new(),
        previous: None,
        next: None,
    });
    pages.push(Page {
        name: search::PAGE.to_owned(),
        title: view.words.get("search-title"),
        description: view.words.get("search-label"),
        main: search::page(&view),
        scripts: vec![search::INDEX.to_owned(), format!("../../assets/{script}")],
        previous: None,
        next: None,
    });
    let names: Vec<(String, String)> = pages
        .iter()
        .map(|page| (page.name.clone(), page.title.clone()))
        .collect();
    for (i, page) in pages.iter_mut().enumerate() {
        page.previous = i.checked_sub(1).and_then(|i| names.get(i)).cloned();
        page.next = names.get(i + 1).cloned();
    }
    pages
}

/// A chapter with its sections.
pub(crate) fn chapter(writer: &mut Writer<'_, '_>, part: &Part<'_>) -> String {
    let label = escape(&chapter_label(&writer.view, part.chapter));
    let index = &part.chapter.index;
    let mut out = format!(
        "<h1><span class=\"number\">{label}</span> {}</h1>\n<div class=\"lead\">\n{}</div>\n",
        escape(&index.title),
        writer.blocks(&index.blocks)
    );
    for (number, section) in &part.sections {
        let id = fragment(&section.id);
        let own = writer.view.lang.tag();
        let written = section.written_in().unwrap_or(own);
        // A draft may show the Finnish text where a translation is missing; it says so.
        let lang = if written == own {
            String::new()
        } else {
            format!(" lang=\"{written}\"")
        };
        let _ = write!(
            out,
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\"{lang}>\n\
             <h2 id=\"{id}-title\"><span class=\"number\">{}</span> {}</h2>\n{}</section>\n",
            escape(number),
            escape(&section.title),
            writer.blocks(&section.blocks)
        );
    }
    out
}

fn description(blocks: &[Block]) -> String {
    let first = blocks.iter().find_map(|block| match block {
        Block::Paragraph(content) => Some(plain(content)),
        _ => None,
    });
    first.unwrap_or_default().chars().take(160).collect()
}

/// Adds a file named by its content, and returns its name.
fn add_asset(files: &mut Files, stem: &str, kind: &str, bytes: &[u8]) -> String {
    let mut digest = hex(&Sha256::digest(bytes));
    digest.truncate(10);
    let name = format!("{stem}-{digest}.{kind}");
    files.insert(format!("assets/{name}"), bytes.to_vec());
    name
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
