//! An edition: made book by book, written whole or not at all, with its manifest.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use crate::archive;
use crate::correction;
use crate::jobs;
use crate::memo::Memo;
use crate::problem::{Located, Problem, gather};
use crate::request::{Request, WholeBooks};
use crate::sink::{Digests, InFolder, InMemory, Nowhere, Sink};
use crate::site::{Files, Site, text_digest};

/// The faces of the pages, as outlines for paper.
const FACES: [&[u8]; 2] = [
    charts::look::FONT_TRUETYPE,
    charts::look::FONT_TRUETYPE_SEMIBOLD,
];

/// An edition in memory: path to bytes, to be looked at or compared.
#[derive(Debug)]
pub struct Edition {
    /// Files by their path below the edition's folder, `manifest.json` among them.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Pages that stand beside the editions that this one corrects, by their file name.
    pub beside: BTreeMap<String, Vec<u8>>,
    /// What a draft left open; a publishable edition has none.
    pub problems: Vec<Located>,
}

/// An edition that stands in its folder.
#[derive(Debug)]
pub struct Written {
    /// How many files there are, `manifest.json` among them.
    pub files: usize,
    /// Pages that stand beside the editions that this one corrects, by their file name.
    pub beside: BTreeMap<String, Vec<u8>>,
    /// What a draft left open; a publishable edition has none.
    pub problems: Vec<Located>,
}

/// Finds everything that is wrong with the text and, where findings are given, with every edition
/// made from them.
#[must_use]
pub fn check(request: &Request<'_>) -> Vec<Located> {
    let pages = Request {
        whole: WholeBooks::default(),
        ..*request
    };
    make_pages(&pages, &Nowhere).1
}

/// Builds the edition of every population in every language, and keeps it in memory.
///
/// # Errors
/// All problems at once. A draft is built in spite of those that only bar publication.
pub fn build(request: &Request<'_>) -> Result<Edition, Vec<Located>> {
    let sink = InMemory::default();
    let finished = make(request, &sink)?;
    Ok(Edition {
        files: sink.into_files(),
        beside: finished.beside,
        problems: finished.problems,
    })
}

/// Builds the edition into a new folder, book by book: first beside it, then renamed into place, so
/// that there is never half an edition. The bytes are those of [`build`].
///
/// # Errors
/// All problems at once, as with [`build`]; and when the folder exists already, since an edition is
/// never written again, or a file cannot be written.
pub fn write(request: &Request<'_>, folder: &Path) -> Result<Written, Vec<Located>> {
    if folder.exists() {
        return Err(vec![already_there(request, folder)]);
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let part = folder.with_file_name(format!(".{name}.part"));
    if part.exists() {
        // What a broken run left behind.
        std::fs::remove_dir_all(&part).map_err(|error| vec![not_written(&part, &error)])?;
    }
    let parent = folder.parent().filter(|parent| !parent.exists());
    std::fs::create_dir_all(&part).map_err(|error| vec![not_written(folder, &error)])?;
    let sink = InFolder::at(part.clone());
    let made = make(request, &sink);
    let files = sink.digests().len();
    let written = match (made, sink.failed()) {
        (Ok(_), None) if folder.exists() => Err(vec![already_there(request, folder)]),
        (Ok(made), None) => match std::fs::rename(&part, folder) {
            Ok(()) => Ok(made),
            Err(error) => Err(vec![not_written(folder, &error)]),
        },
        (made, Some((name, error))) => {
            let mut problems = made.err().unwrap_or_default();
            problems.push(not_written(&folder.join(name), &error));
            Err(problems)
        }
        (Err(problems), None) => Err(problems),
    };
    if written.is_err() {
        // The first error counts; a remainder that cannot be removed is removed next time.
        let _ = std::fs::remove_dir_all(&part);
        let _ = parent.map(std::fs::remove_dir);
    }
    written.map(|made| Written {
        files,
        beside: made.beside,
        problems: made.problems,
    })
}

fn already_there(request: &Request<'_>, folder: &Path) -> Located {
    let edition = request.edition;
    let next = match correction::parts(edition) {
        Some((first, number)) => format!("{first}.{}", u64::from(number) + 1),
        None => format!("{edition}.1"),
    };
    let id = edition.to_owned();
    let place = folder.display().to_string();
    Located::of_file(Problem::AlreadyThere { id, next }, &place)
}

fn not_written(path: &Path, error: &std::io::Error) -> Located {
    let message = error.to_string();
    Located::of_file(Problem::NotWritten { message }, &path.display().to_string())
}

impl Written {
    /// Writes the pages beside the editions that this one corrects into the folder of editions.
    /// They are no part of an edition: a later correction writes them anew.
    ///
    /// # Errors
    /// When a file cannot be written; what stood there before then still stands.
    pub fn write_beside(&self, editions: &Path) -> Result<(), Box<Located>> {
        for (name, bytes) in &self.beside {
            let (part, page) = (editions.join(format!(".{name}.part")), editions.join(name));
            std::fs::write(&part, bytes)
                .and_then(|()| std::fs::rename(&part, &page))
                .map_err(|error| {
                    // The first error counts; a remainder is written over next time.
                    let _ = std::fs::remove_file(&part);
                    Box::new(not_written(&page, &error))
                })?;
        }
        Ok(())
    }
}

/// What is left to say of an edition when all its files have been handed over.
struct Finished {
    beside: Files,
    problems: Vec<Located>,
}

/// Makes the whole edition.
fn make(request: &Request<'_>, sink: &dyn Sink) -> Result<Finished, Vec<Located>> {
    let (site, mut problems) = make_pages(request, sink);
    if request.findings.is_empty() {
        problems.push(Located::of_file(Problem::NoFindings, "findings"));
    }
    let Some(site) = site.filter(|_| !bars(request, &problems)) else {
        return Err(problems);
    };
    set_books(request, &site, sink)?;
    sink.put(one(archive::TEXT, archive::text(request)));
    let manifest = manifest(request, &sink.digests());
    sink.put(one("manifest.json", manifest.into_bytes()));
    Ok(Finished {
        beside: site.beside(),
        problems,
    })
}

fn one(name: &str, bytes: Vec<u8>) -> Files {
    Files::from([(name.to_owned(), bytes)])
}

/// Whether an edition cannot be made because of these.
fn bars(request: &Request<'_>, problems: &[Located]) -> bool {
    problems
        .iter()
        .any(|located| !(request.draft && located.problem.allows_draft()))
}

/// Makes every page and finds every problem. Once something bars the edition, the rest is made only
/// to see what else is wrong.
fn make_pages<'a>(request: &Request<'a>, sink: &dyn Sink) -> (Option<Site<'a>>, Vec<Located>) {
    let mut problems = Vec::new();
    let site = Site::read(*request, &Memo::default(), &mut problems);
    if let Some(site) = &site {
        let is_barred = AtomicBool::new(bars(request, &problems));
        let put = |files: Files| {
            if !is_barred.load(Ordering::Relaxed) {
                sink.put(files);
            }
        };
        put(site.shared());
        let found = jobs::run(request, &site.tasks(), |task| {
            let made = site.make(*task);
            is_barred.fetch_or(bars(request, &made.problems), Ordering::Relaxed);
            put(made.files);
            gather(made.problems)
        });
        problems.extend(found.into_iter().flatten());
    }
    (site, gather(problems))
}

/// Sets the books on paper that the request asks for.
fn set_books(request: &Request<'_>, site: &Site<'_>, sink: &dyn Sink) -> Result<(), Vec<Located>> {
    if !request.whole.pdf {
        return Ok(());
    }
    let refused = jobs::run(request, &site.tasks(), |task| {
        let (name, book) = site.on_paper(*task)?;
        match typeset::pdf(book, &FACES) {
            Ok(bytes) => {
                sink.put(one(&name, bytes));
                None
            }
            Err(error) => {
                let message = error.to_string();
                Some(Located::of_file(Problem::NotPrintable { message }, &name))
            }
        }
    });
    let problems: Vec<Located> = refused.into_iter().flatten().collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(gather(problems))
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema: u32,
    edition: &'a str,
    draft: bool,
    published: Option<&'a str>,
    approved: Option<&'a str>,
    program: &'a str,
    text_sha256: String,
    findings: BTreeMap<&'a str, &'a str>,
    files: &'a Digests,
}

fn manifest(request: &Request<'_>, files: &Digests) -> String {
    let manifest = Manifest {
        schema: 1,
        edition: request.edition,
        draft: request.draft,
        published: request.published,
        approved: request.approved,
        program: request.program,
        text_sha256: text_digest(request),
        findings: request
            .findings
            .iter()
            .map(|file| (file.population(), file.sha256.as_str()))
            .collect(),
        files,
    };
    let mut text = serde_json::to_string_pretty(&manifest)
        .expect("a manifest holds nothing that JSON cannot write");
    text.push('\n');
    text
}
