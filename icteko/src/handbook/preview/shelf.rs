//! Books of a draft, each made when its first page is asked for and kept until something changes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use handbook::{FindingsFile, Located, Preview, Request, Sources, WholeBooks};
use surveys::{Catalog, Lang};

use super::watch::{Stamp, stamp};
use crate::failure::Failure;
use crate::handbook::{laid_over, read_findings};
use crate::stock::{self, PROGRAM};

/// Which book: a population in a language; none for what all books share.
type Which = Option<(String, Lang)>;

/// What is shown at an address.
pub(crate) enum Answer {
    /// A file and what kind it is.
    File(&'static str, Vec<u8>),
    /// A page with problems, in place of what was asked for.
    Problems(String),
    /// Another address.
    Elsewhere(String),
    /// There is no such page.
    Nothing,
}

/// All that drafts are made from, and those that have been made.
pub(crate) struct Shelf {
    folder: PathBuf,
    findings: PathBuf,
    /// Of problems.
    language: Lang,
    catalog: Catalog,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    generation: u64,
    books: BTreeMap<Which, Arc<Book>>,
    /// Findings change seldom and are long; they are read again only when they do.
    findings: Option<(Stamp, Arc<Vec<FindingsFile>>)>,
}

/// A book as it could be made.
enum Book {
    Made(Preview),
    Problems(Vec<Located>),
    Unreadable(String),
}

impl Shelf {
    /// Takes a folder of text, which may be empty, and one of findings.
    pub(crate) fn open(
        folder: PathBuf,
        findings: PathBuf,
        language: Lang,
    ) -> Result<Shelf, Failure> {
        let shelf = Shelf {
            folder,
            findings,
            language,
            catalog: stock::catalog()?,
            kept: Mutex::default(),
        };
        read_findings(&shelf.findings)?;
        Ok(shelf)
    }

    /// Answers for a path. `generation` is the number of changes seen so far.
    pub(crate) fn answer(&self, path: &str, generation: u64) -> Answer {
        let path = path.trim_start_matches('/');
        let which = which(path);
        let name = match (path, path.strip_suffix('/')) {
            ("", _) => "index.html".to_owned(),
            (_, Some(folder)) => format!("{folder}/index.html"),
            _ => path.to_owned(),
        };
        if which.is_some() && path.split('/').count() == 2 {
            return Answer::Elsewhere(format!("/{path}/"));
        }
        let page = |problems: &[Located]| {
            Answer::Problems(handbook::problem_page(problems, self.language, generation))
        };
        match &*self.book(&which, generation) {
            Book::Problems(problems) => page(problems),
            Book::Unreadable(why) => Answer::Problems(handbook::empty_page(why, generation)),
            Book::Made(book) if path.rsplit('/').next() == Some(handbook::PROBLEMS_PAGE) => {
                page(&book.problems)
            }
            Book::Made(book) => match book.shown(&name, generation, self.language) {
                Some(bytes) => Answer::File(kind(&name), bytes),
                None => Answer::Nothing,
            },
        }
    }

    fn book(&self, which: &Which, generation: u64) -> Arc<Book> {
        // A book that was being made when its thread ended is made anew.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.generation != generation {
            kept.generation = generation;
            kept.books.clear();
        }
        if let Some(book) = kept.books.get(which) {
            return book.clone();
        }
        let book = Arc::new(self.make(which, &mut kept));
        kept.books.insert(which.clone(), book.clone());
        book
    }

    fn make(&self, which: &Which, kept: &mut Kept) -> Book {
        let unreadable = |failure: Failure| Book::Unreadable(failure.sentence());
        let files = match self.files(kept) {
            Ok(files) => files,
            Err(failure) => return unreadable(failure),
        };
        let sources: Sources = match laid_over(&self.folder) {
            Ok(sources) => sources,
            Err(failure) => return unreadable(failure),
        };
        let request = Request {
            sources: &sources,
            catalog: &self.catalog,
            findings: &files,
            edition: "preview",
            draft: true,
            published: None,
            program: PROGRAM,
            previous: None,
            whole: WholeBooks::default(),
        };
        let which = which.as_ref().map(|(place, lang)| (place.as_str(), *lang));
        match handbook::preview(&request, which) {
            Ok(preview) => Book::Made(preview),
            Err(problems) => Book::Problems(problems),
        }
    }

    fn files(&self, kept: &mut Kept) -> Result<Arc<Vec<FindingsFile>>, Failure> {
        let now = stamp(std::slice::from_ref(&self.findings));
        if let Some((then, files)) = &kept.findings
            && *then == now
        {
            return Ok(files.clone());
        }
        let files = Arc::new(read_findings(&self.findings)?);
        kept.findings = Some((now, files.clone()));
        Ok(files)
    }
}

/// The book a path belongs to: `vantaa/sv/results.html`; data for programs come with the Finnish one.
fn which(path: &str) -> Which {
    let mut parts = path.split('/');
    let (place, tag) = (parts.next()?, parts.next()?);
    let lang = match tag {
        "data" => Lang::Fi,
        tag => Lang::from_tag(tag)?,
    };
    Some((place.to_owned(), lang))
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
