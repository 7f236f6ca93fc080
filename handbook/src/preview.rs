//! A draft while it is being written: one page at a time, and a page that shows every problem.
//!
//! Pages of a preview, and no others, have a script that loads them anew after a change.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use miette::Diagnostic as _;
use surveys::Lang;

use crate::html::escape;
use crate::memo::Memo;
use crate::problem::{Located, gather};
use crate::request::{Request, WholeBooks};
use crate::site::{Made, Site};

/// The text of a draft as it is now. What is shown of it is made when it is asked for.
pub struct Draft<'a> {
    site: Site<'a>,
    /// What is wrong with the text as such.
    problems: Vec<Located>,
}

/// A whole book of a draft, and what is still open in it.
#[derive(Debug)]
pub struct Preview {
    /// Files by their path below the edition's folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// All problems of the text and of this book.
    pub problems: Vec<Located>,
}

impl<'a> Draft<'a> {
    /// Reads the text, but for what is the same as it was when `memo` saw it. Whatever the request
    /// says, it is a draft, and no whole books are made for paper.
    ///
    /// # Errors
    /// All problems at once, where the settings of the book cannot be read.
    pub fn read(request: &Request<'a>, memo: &Memo) -> Result<Draft<'a>, Vec<Located>> {
        let draft = Request {
            draft: true,
            published: None,
            whole: WholeBooks::default(),
            ..*request
        };
        let mut problems = Vec::new();
        match Site::read(draft, memo, &mut problems) {
            Some(site) => Ok(Draft { site, problems }),
            None => Err(gather(problems)),
        }
    }

    /// Returns the files that all books share.
    #[must_use]
    pub fn shared(&self) -> BTreeMap<String, Vec<u8>> {
        self.site.shared()
    }

    /// Makes one page of the book of a population, or says that it needs the whole book or is not
    /// there. Problems of other pages are not looked for.
    ///
    /// # Errors
    /// Problems of the text and of this page, where one of them bars even a draft.
    pub fn page(
        &self,
        population: &str,
        lang: Lang,
        name: &str,
    ) -> Result<Option<String>, Vec<Located>> {
        let mut problems = self.problems.clone();
        let file = self.site.file(population);
        let page = file.and_then(|file| self.site.page(file, lang, name, &mut problems));
        match shows(&problems) {
            true => Ok(page),
            false => Err(gather(problems)),
        }
    }

    /// Makes the whole book of a population.
    ///
    /// # Errors
    /// All its problems at once, where one of them bars even a draft.
    pub fn book(&self, population: &str, lang: Lang) -> Result<Preview, Vec<Located>> {
        let mut made = Made::default();
        if let Some(file) = self.site.file(population) {
            self.site.figures(file, &mut made);
            self.site.book(file, lang, &mut made);
        }
        made.problems.extend(self.problems.iter().cloned());
        let problems = gather(made.problems);
        match shows(&problems) {
            true => Ok(Preview {
                files: made.files,
                problems,
            }),
            false => Err(problems),
        }
    }
}

/// Whether a draft can be looked at all the same.
fn shows(problems: &[Located]) -> bool {
    problems
        .iter()
        .all(|located| located.problem.allows_draft())
}

/// The script that waits for changes; it asks `/_preview/changes?since=<number>`.
pub const RELOAD: &str = include_str!("preview/reload.js");
/// Where a server shows [`RELOAD`].
pub const RELOAD_PATH: &str = "/_preview/reload.js";
/// The page beside the pages of a book that shows what is open in it.
pub const PROBLEMS_PAGE: &str = "_problems";
/// How much that is, as [`problem_count`] says it: a page asks for it when it is shown already,
/// since only the whole book tells.
pub const PROBLEMS_COUNT: &str = "_problems.txt";

fn script(generation: u64) -> String {
    format!("<script src=\"{RELOAD_PATH}\" data-generation=\"{generation}\" defer></script>\n")
}

/// Returns a page as the preview shows it: with the script, and the number of changes that it was
/// made after.
#[must_use]
pub fn in_preview(page: &str, generation: u64) -> String {
    page.replacen("</head>", &format!("{}</head>", script(generation)), 1)
}

/// Returns how many problems there are, in words; nothing where there is none.
#[must_use]
pub fn problem_count(problems: &[Located], lang: Lang) -> String {
    match problems.len() {
        0 => String::new(),
        count => format!("{}: {count}", title(lang)),
    }
}

fn title(lang: Lang) -> &'static str {
    match lang {
        Lang::Fi => "Ongelmia",
        Lang::Sv | Lang::En => "Problems",
    }
}

/// Returns a page that says in one sentence why there is nothing to show.
#[must_use]
pub fn empty_page(why: &str, generation: u64) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>Nothing to show</title>\n<meta name=\"robots\" content=\"noindex, nofollow\">\n{}\
         </head>\n<body>\n<main>\n<h1>Nothing to show</h1>\n<p>{}</p>\n</main>\n</body>\n</html>\n",
        script(generation),
        escape(why)
    )
}

/// Returns a page with every problem, its place and the line it stands in, as an HTML document that
/// needs no style of its own.
#[must_use]
pub fn problem_page(problems: &[Located], lang: Lang, generation: u64) -> String {
    let lang = match lang {
        Lang::Fi => Lang::Fi,
        Lang::Sv | Lang::En => Lang::En,
    };
    let (title, head) = (title(lang), script(generation));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}: {1}</title>\n<meta name=\"robots\" content=\"noindex, nofollow\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}</head>\n<body>\n<main>\n\
         <h1>{title}: {1}</h1>\n<ol>\n",
        lang.tag(),
        problems.len()
    );
    for located in problems {
        let (file, line, column) = located.position();
        let told = located.told(lang);
        let code = located
            .code()
            .map(|code| code.to_string())
            .unwrap_or_default();
        let _ = write!(
            out,
            "<li>\n<p><strong>{}:{line}:{column}</strong> {}</p>\n",
            escape(file),
            escape(&told.to_string()),
        );
        let text = located.place.file.text.lines().nth(line - 1);
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            let _ = writeln!(
                out,
                "<pre tabindex=\"0\"><code>{}</code></pre>",
                escape(text)
            );
        }
        let _ = write!(
            out,
            "<p>{}</p>\n<p><code>{}</code></p>\n</li>\n",
            escape(told.help()),
            escape(&code)
        );
    }
    out.push_str("</ol>\n</main>\n</body>\n</html>\n");
    out
}
