//! What a draft is made from, and its pages: each made when it is asked for, from text of which only
//! the changed file is read again. The whole book is made for what needs it: its list of problems,
//! of figures, its search.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use handbook::{Draft, FindingsFile, Located, Memo, Preview, Request, Sources, WholeBooks};
use surveys::{Catalog, Lang};

use super::watch::{Stamp, stamp};
use crate::arguments::Format;
use crate::failure::Failure;
use crate::handbook::{failure, laid_over, read_findings};
use crate::stock::{self, PROGRAM};

/// Which book: a population in a language.
type Which = (String, Lang);

/// Files by their path, or why there are none.
type Files = BTreeMap<String, Vec<u8>>;

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

/// All that drafts are made from.
pub(crate) struct Shelf {
    folder: PathBuf,
    findings: PathBuf,
    /// Of problems.
    language: Lang,
    catalog: Catalog,
    memo: Memo,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    generation: u64,
    text: Option<Arc<Text>>,
    /// Findings change seldom and are long; they are read again only when they do.
    findings: Option<(Stamp, Arc<Vec<FindingsFile>>)>,
}

/// Text and findings as they were after a change, and what has been made of them.
struct Text {
    sources: Sources,
    findings: Arc<Vec<FindingsFile>>,
    shared: OnceLock<Result<Files, Vec<Located>>>,
    books: Mutex<BTreeMap<Which, Arc<OnceLock<Arc<Book>>>>>,
}

/// A book as it could be made.
type Book = Result<Preview, Vec<Located>>;

impl Shelf {
    /// Takes a folder of text, which may be empty, and one of findings.
    pub(crate) fn open(
        data: &Path,
        folder: PathBuf,
        findings: PathBuf,
        language: Lang,
    ) -> Result<Shelf, Failure> {
        let shelf = Shelf {
            folder,
            findings,
            language,
            catalog: stock::catalog_of(data)?,
            memo: Memo::default(),
            kept: Mutex::default(),
        };
        shelf.read_findings()?;
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
        let text = match self.text(generation) {
            Ok(text) => text,
            Err(failure) => {
                return Answer::Problems(handbook::empty_page(&failure.sentence(), generation));
            }
        };
        let answer = match &which {
            Some(which) => self.of_book(&text, which, &name, generation),
            None => text
                .shared(self)
                .map(|files| file(files, &name, generation)),
        };
        answer.unwrap_or_else(|problems| self.told(&problems, generation))
    }

    /// What stands at an address of a book.
    fn of_book(
        &self,
        text: &Text,
        which: &Which,
        name: &str,
        generation: u64,
    ) -> Result<Answer, Vec<Located>> {
        let (population, lang) = which;
        let inside = format!("{population}/{}/", lang.tag());
        match name.strip_prefix(&inside) {
            Some(handbook::PROBLEMS_PAGE) => {
                let book = text.book(self, which);
                Ok(self.told(problems_of(&book), generation))
            }
            Some(handbook::PROBLEMS_COUNT) => {
                let book = text.book(self, which);
                let count = handbook::problem_count(problems_of(&book), self.language);
                Ok(Answer::File(kind(name), count.into_bytes()))
            }
            Some(page) => {
                let request = text.request(self);
                let draft = Draft::read(&request, &self.memo)?;
                match draft.page(population, *lang, page) {
                    Ok(Some(page)) => {
                        let page = handbook::in_preview(&page, generation);
                        Ok(Answer::File(kind(name), page.into_bytes()))
                    }
                    Ok(None) => from_book(&text.book(self, which), name, generation),
                    // Who mends one problem wants to know of the others as well.
                    Err(problems) => match &*text.book(self, which) {
                        Err(all) => Err(all.clone()),
                        Ok(_) => Err(problems),
                    },
                }
            }
            None => from_book(&text.book(self, which), name, generation),
        }
    }

    fn told(&self, problems: &[Located], generation: u64) -> Answer {
        Answer::Problems(handbook::problem_page(problems, self.language, generation))
    }

    /// Text and findings as they are now.
    fn text(&self, generation: u64) -> Result<Arc<Text>, Failure> {
        let mut kept = locked(&self.kept);
        if let Some(text) = kept.text.as_ref().filter(|_| kept.generation == generation) {
            return Ok(text.clone());
        }
        let text = Arc::new(Text {
            sources: laid_over(&self.folder)?,
            findings: self.findings(&mut kept)?,
            shared: OnceLock::new(),
            books: Mutex::default(),
        });
        kept.generation = generation;
        kept.text = Some(text.clone());
        Ok(text)
    }

    fn read_findings(&self) -> Result<Vec<FindingsFile>, Failure> {
        read_findings(&self.findings)
            .map_err(|problems| failure(&problems, Format::Text, self.language))
    }

    fn findings(&self, kept: &mut Kept) -> Result<Arc<Vec<FindingsFile>>, Failure> {
        let now = stamp(std::slice::from_ref(&self.findings));
        if let Some((then, files)) = &kept.findings
            && *then == now
        {
            return Ok(files.clone());
        }
        let files = Arc::new(self.read_findings()?);
        kept.findings = Some((now, files.clone()));
        Ok(files)
    }
}

impl Text {
    fn request<'a>(&'a self, shelf: &'a Shelf) -> Request<'a> {
        Request {
            sources: &self.sources,
            catalog: &shelf.catalog,
            findings: &self.findings,
            edition: "preview",
            draft: true,
            published: None,
            approved: None,
            program: PROGRAM,
            previous: None,
            whole: WholeBooks::default(),
            threads: None,
        }
    }

    /// Files that all books share.
    fn shared(&self, shelf: &Shelf) -> Result<&Files, Vec<Located>> {
        let shared = self.shared.get_or_init(|| {
            let request = self.request(shelf);
            let draft = Draft::read(&request, &shelf.memo)?;
            Ok(draft.shared())
        });
        shared.as_ref().map_err(Clone::clone)
    }

    /// The whole book, made once.
    fn book(&self, shelf: &Shelf, which: &Which) -> Arc<Book> {
        let made = locked(&self.books)
            .entry(which.clone())
            .or_default()
            .clone();
        let make = || {
            let request = self.request(shelf);
            let draft = Draft::read(&request, &shelf.memo)?;
            draft.book(&which.0, which.1)
        };
        made.get_or_init(|| Arc::new(make())).clone()
    }
}

/// What a thread that has ended in the middle left is made anew.
fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn problems_of(book: &Book) -> &[Located] {
    match book {
        Ok(book) => &book.problems,
        Err(problems) => problems,
    }
}

fn from_book(book: &Book, name: &str, generation: u64) -> Result<Answer, Vec<Located>> {
    match book {
        Ok(book) => Ok(file(&book.files, name, generation)),
        Err(problems) => Err(problems.clone()),
    }
}

fn file(files: &Files, name: &str, generation: u64) -> Answer {
    let Some(bytes) = files.get(name) else {
        return Answer::Nothing;
    };
    let page = std::str::from_utf8(bytes).ok();
    Answer::File(
        kind(name),
        match page.filter(|_| name.ends_with(".html")) {
            Some(page) => handbook::in_preview(page, generation).into_bytes(),
            None => bytes.clone(),
        },
    )
}

/// The book a path belongs to: `vantaa/sv/results.html`; data for programs come with the Finnish one.
fn which(path: &str) -> Option<Which> {
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
        Some("txt") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
