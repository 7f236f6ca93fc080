//! An edition: every page of every population and language, its files and its manifest.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};
use surveys::Lang;

use crate::book::Book;
use crate::html::{Writer, escape};
use crate::outline::{Outline, Part, chapter_label, fragment};
use crate::page::{self, Page, Shell};
use crate::problem::{Located, Problem, gather};
use crate::request::Request;
use crate::section::hex;
use crate::tree::{Block, plain};
use crate::view::View;
use crate::words::{self, Words};

/// A built edition: path to bytes, in memory, ready to be written or compared.
#[derive(Debug)]
pub struct Edition {
    /// Files by their path below the edition's folder, `manifest.json` among them.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What a draft left open; a publishable edition has none.
    pub problems: Vec<Located>,
}

/// Finds everything that is wrong with the text and, where findings are given, with every edition
/// made from them.
#[must_use]
pub fn check(request: &Request<'_>) -> Vec<Located> {
    make(request).1
}

/// Builds the edition of every population in every language.
///
/// # Errors
/// All problems at once. A draft is built in spite of those that only bar publication.
pub fn build(request: &Request<'_>) -> Result<Edition, Vec<Located>> {
    let (files, mut problems) = make(request);
    if request.findings.is_empty() {
        problems.push(Located::of_file(Problem::NoFindings, "findings"));
    }
    let is_barred = problems
        .iter()
        .any(|located| !(request.draft && located.problem.allows_draft()));
    if is_barred {
        return Err(problems);
    }
    let mut edition = Edition { files, problems };
    let manifest = manifest(request, &edition.files);
    edition
        .files
        .insert("manifest.json".to_owned(), manifest.into_bytes());
    Ok(edition)
}

impl Edition {
    /// Writes the edition to a new folder: first beside it, then renamed into place, so that
    /// there is never half an edition.
    ///
    /// # Errors
    /// When the folder exists already, since an edition is never written again, or a file cannot
    /// be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let exists = |folder: &Path| {
            let message = format!(
                "{} exists; an edition is never overwritten",
                folder.display()
            );
            io::Error::new(io::ErrorKind::AlreadyExists, message)
        };
        if folder.exists() {
            return Err(exists(folder));
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let beside = folder.with_file_name(format!(".{name}.part"));
        if beside.exists() {
            // What a broken run left behind.
            std::fs::remove_dir_all(&beside)?;
        }
        let written = self.write_files(&beside).and_then(|()| {
            if folder.exists() {
                Err(exists(folder))
            } else {
                std::fs::rename(&beside, folder)
            }
        });
        if written.is_err() {
            // The first error counts; a remainder that cannot be removed is removed next time.
            let _ = std::fs::remove_dir_all(&beside);
        }
        written
    }

    fn write_files(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for (name, bytes) in &self.files {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, bytes)?;
        }
        Ok(())
    }
}

type Files = BTreeMap<String, Vec<u8>>;

fn make(request: &Request<'_>) -> (Files, Vec<Located>) {
    let mut problems = Vec::new();
    let mut files = Files::new();
    request.check(&mut problems);
    if let Some(book) = Book::read(request.sources, &mut problems) {
        let words = words::read(request.sources, &book.settings.languages, &mut problems);
        let site = Site::of(request, &book, &words, &mut files);
        for file in request.findings {
            for lang in &book.settings.languages {
                if let Some(words) = words.get(lang) {
                    let view = View {
                        request,
                        book: &book,
                        words,
                        lang: *lang,
                        file,
                    };
                    site.book(view, &mut files, &mut problems);
                }
            }
        }
        site.root(&book, &words, &mut files);
    }
    (files, gather(problems))
}

/// What all books of an edition share.
struct Site<'a> {
    request: &'a Request<'a>,
    style: String,
    text_digest: String,
}

impl<'a> Site<'a> {
    fn of(
        request: &'a Request<'a>,
        book: &Book,
        words: &BTreeMap<Lang, Words>,
        files: &mut Files,
    ) -> Site<'a> {
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
        let style = add_asset(files, "handbook", "css", css.as_bytes());
        Site {
            request,
            style,
            text_digest: text_digest(request),
        }
    }

    /// Writes one book: a population in a language.
    fn book(&self, view: View<'_>, files: &mut Files, problems: &mut Vec<Located>) {
        let outline = Outline::of(&view, problems);
        let populations: Vec<(String, String)> = self
            .request
            .findings
            .iter()
            .map(|file| {
                let name = View { file, ..view }.population_name();
                (file.population().to_owned(), name)
            })
            .collect();
        let shell = Shell {
            view,
            outline: &outline,
            style: format!("../../assets/{}", self.style),
            populations: &populations,
            text_digest: &self.text_digest,
        };
        let folder = format!("{}/{}", view.file.population(), view.lang.tag());
        for page in pages(&shell, files, &folder, problems) {
            let html = shell.page(&page);
            files.insert(format!("{folder}/{}", page.name), html.into_bytes());
        }
    }

    fn root(&self, book: &Book, words: &BTreeMap<Lang, Words>, files: &mut Files) {
        let languages = &book.settings.languages;
        let populations: Vec<(String, Vec<String>)> = self
            .request
            .findings
            .iter()
            .map(|file| {
                let names = languages.iter().filter_map(|lang| {
                    let words = words.get(lang)?;
                    let view = View {
                        request: self.request,
                        book,
                        words,
                        lang: *lang,
                        file,
                    };
                    Some(view.population_name())
                });
                (file.population().to_owned(), names.collect())
            })
            .collect();
        let title = book.settings.title(Lang::Fi);
        let style = format!("assets/{}", self.style);
        let html = page::root(title, &style, self.request.draft, languages, &populations);
        files.insert("index.html".to_owned(), html.into_bytes());
    }
}

fn pages(
    shell: &Shell<'_, '_>,
    files: &mut Files,
    folder: &str,
    problems: &mut Vec<Located>,
) -> Vec<Page> {
    let view = shell.view;
    let mut pages = vec![Page {
        name: "index.html".to_owned(),
        title: view.book.settings.title(view.lang).to_owned(),
        description: view
            .words
            .with("edition-of", &[("name", &view.population_name())]),
        main: page::index(&view, shell.outline),
        previous: None,
        next: None,
    }];
    let mut list = String::new();
    for part in &shell.outline.chapters {
        let mut writer = Writer {
            view,
            outline: shell.outline,
            page: format!("{}.html", part.chapter.id),
            data: BTreeMap::new(),
            problems: Vec::new(),
        };
        let main = chapter(&mut writer, part);
        list.push_str(&figures_of(shell.outline, &view, part));
        for (name, csv) in std::mem::take(&mut writer.data) {
            files.insert(format!("{folder}/{name}"), csv.into_bytes());
        }
        problems.append(&mut writer.problems);
        pages.push(Page {
            name: writer.page,
            title: part.chapter.index.title.clone(),
            description: description(&part.chapter.index.blocks),
            main,
            previous: None,
            next: None,
        });
    }
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

fn chapter(writer: &mut Writer<'_, '_>, part: &Part<'_>) -> String {
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
        let written = section.place.file.name.split('/').nth(1).unwrap_or(own);
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

/// The list of charts and tables of a chapter, with their data files.
fn figures_of(outline: &Outline<'_>, view: &View<'_>, part: &Part<'_>) -> String {
    let mut items = String::new();
    let page = format!("{}.html", part.chapter.id);
    let sections = part.sections.iter().map(|(_, section)| *section);
    for section in std::iter::once(&part.chapter.index).chain(sections) {
        crate::tree::directives(&section.blocks, &mut |directive| {
            if let Some(numbered) = outline.figure(directive) {
                let id = fragment(&numbered.id);
                let _ = writeln!(
                    items,
                    "<li><a href=\"{page}#{id}\">{}</a> {} <a class=\"file\" href=\"data/{id}.csv\" download>{}<span class=\"hidden\">: {}</span></a></li>",
                    escape(&numbered.label),
                    escape(&directive.text),
                    escape(&view.words.get("download")),
                    escape(&numbered.label)
                );
            }
        });
    }
    if items.is_empty() {
        return items;
    }
    let label = escape(&chapter_label(view, part.chapter));
    let title = escape(&part.chapter.index.title);
    format!(
        "<h2><span class=\"number\">{label}</span> {title}</h2>\n<ul class=\"data\">\n{items}</ul>\n"
    )
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
fn text_digest(request: &Request<'_>) -> String {
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

#[derive(Serialize)]
struct Manifest<'a> {
    schema: u32,
    edition: &'a str,
    draft: bool,
    published: Option<&'a str>,
    program: &'a str,
    text_sha256: String,
    findings: BTreeMap<&'a str, &'a str>,
    files: BTreeMap<&'a str, String>,
}

fn manifest(request: &Request<'_>, files: &Files) -> String {
    let manifest = Manifest {
        schema: 1,
        edition: request.edition,
        draft: request.draft,
        published: request.published,
        program: request.program,
        text_sha256: text_digest(request),
        findings: request
            .findings
            .iter()
            .map(|file| (file.population(), file.sha256.as_str()))
            .collect(),
        files: files
            .iter()
            .map(|(name, bytes)| (name.as_str(), hex(&Sha256::digest(bytes))))
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&manifest)
        .expect("a manifest holds nothing that JSON cannot write");
    text.push('\n');
    text
}
