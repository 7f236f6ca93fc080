//! A draft while it is being written: one book at a time, and a page that shows every problem.
//!
//! Pages of a preview, and no others, have a script that loads them anew after a change.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use miette::Diagnostic as _;
use surveys::Lang;

use crate::html::escape;
use crate::problem::Located;
use crate::request::Request;
use crate::site::{self, Made};

/// Pages of a draft, and what is still open in it.
#[derive(Debug)]
pub struct Preview {
    /// Files by their path below the edition's folder.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Problems that bar publication.
    pub problems: Vec<Located>,
}

/// Makes the pages that all books share and, where one is named, those of a population in a
/// language. Whatever the request says, it is a draft, and no whole books are made.
///
/// # Errors
/// All problems at once, where even a draft cannot be shown.
pub fn preview(request: &Request<'_>, book: Option<(&str, Lang)>) -> Result<Preview, Vec<Located>> {
    let draft = Request {
        draft: true,
        published: None,
        whole: crate::request::WholeBooks::default(),
        ..*request
    };
    let Made {
        files, problems, ..
    } = site::make_some(&draft, |file, lang| {
        book.is_some_and(|book| book == (file.population(), lang))
    });
    if problems
        .iter()
        .all(|located| located.problem.allows_draft())
    {
        return Ok(Preview { files, problems });
    }
    Err(problems)
}

/// The script that waits for changes; it asks `/_preview/changes?since=<number>`.
pub const RELOAD: &str = include_str!("preview/reload.js");
/// Where a server shows [`RELOAD`].
pub const RELOAD_PATH: &str = "/_preview/reload.js";
/// The page beside the pages of a book that shows what is open in it.
pub const PROBLEMS_PAGE: &str = "_problems";

fn script(generation: u64) -> String {
    format!("<script src=\"{RELOAD_PATH}\" data-generation=\"{generation}\" defer></script>\n")
}

impl Preview {
    /// Returns a file as the preview shows it: pages with the script and the number of changes
    /// that they were made after, and with a way to what is open in the draft.
    #[must_use]
    pub fn shown(&self, name: &str, generation: u64, lang: Lang) -> Option<Vec<u8>> {
        let bytes = self.files.get(name)?;
        let page = std::str::from_utf8(bytes).ok();
        let Some(page) = page.filter(|_| name.ends_with(".html")) else {
            return Some(bytes.clone());
        };
        let page = page.replacen("</head>", &format!("{}</head>", script(generation)), 1);
        if self.problems.is_empty() {
            return Some(page.into_bytes());
        }
        let banner = format!(
            "<header>\n<p class=\"banner\"><a href=\"{PROBLEMS_PAGE}\">{}: {}</a></p>\n",
            title(lang),
            self.problems.len()
        );
        Some(page.replacen("<header>\n", &banner, 1).into_bytes())
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
