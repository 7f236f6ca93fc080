//! A draft while it is being written: one book at a time, and a page that shows every problem.

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

/// Returns a page with every problem, its place and the line it stands in, as an HTML document that
/// needs no style of its own. `head` is HTML for the head, such as a script that loads it anew.
#[must_use]
pub fn problem_page(problems: &[Located], lang: Lang, head: &str) -> String {
    let (lang, title) = match lang {
        Lang::Fi => (Lang::Fi, "Ongelmia"),
        Lang::Sv | Lang::En => (Lang::En, "Problems"),
    };
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
