//! A whole page: head, skip link, banners, navigation, main, foot with the reproduction stamp.

use std::fmt::Write as _;

use crate::dataset;
use crate::html::escape;
use crate::outline::{Outline, fragment};
use crate::register;
use crate::search;
use crate::section::Section;
use crate::view::View;

/// With more populations than this a page leads to the list of all, which would be longer than the
/// page itself.
const LISTED: usize = 30;

/// What pages of an edition share.
pub(crate) struct Shell<'a, 'o> {
    pub(crate) view: View<'a>,
    pub(crate) outline: &'o Outline<'a>,
    /// Address of the style sheet from a page.
    pub(crate) style: String,
    /// Other populations of the edition: folder and name.
    pub(crate) populations: &'o [(String, String)],
    /// Digest of the text source.
    pub(crate) text_digest: &'o str,
    /// File names of the whole book, beside its pages.
    pub(crate) whole: &'o Whole,
}

/// The whole book as one file, by kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole {
    pub(crate) pdf: Option<String>,
    pub(crate) epub: Option<String>,
}

/// One page's own part.
pub(crate) struct Page {
    /// File name.
    pub(crate) name: String,
    pub(crate) title: String,
    /// One sentence for search engines.
    pub(crate) description: String,
    pub(crate) main: String,
    /// Addresses of the scripts it needs; only the search has any.
    pub(crate) scripts: Vec<String>,
    /// File name and title of the pages before and after.
    pub(crate) previous: Option<(String, String)>,
    pub(crate) next: Option<(String, String)>,
}

impl Shell<'_, '_> {
    /// Returns the whole page.
    pub(crate) fn page(&self, page: &Page) -> String {
        let lang = self.view.lang.tag();
        let words = self.view.words;
        let mut out = format!("<!doctype html>\n<html lang=\"{lang}\">\n");
        self.head(page, &mut out);
        let class = if self.view.request.draft {
            " class=\"draft\""
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "<body{class}>\n<a class=\"skip\" href=\"#main\">{}</a>",
            escape(&words.get("skip"))
        );
        out.push_str("<header>\n");
        self.banners(&mut out);
        self.header(page, &mut out);
        out.push_str("</header>\n");
        out.push_str("<div class=\"columns\">\n");
        self.navigation(page, &mut out);
        out.push_str("<main id=\"main\">\n");
        self.brief(page, &mut out);
        let _ = writeln!(out, "{}", page.main);
        self.neighbours(page, &mut out);
        out.push_str("</main>\n</div>\n");
        self.foot(&mut out);
        out.push_str("</body>\n</html>\n");
        out
    }

    /// Returns a page for people who meet: without the side column, which would be printed with it.
    pub(crate) fn sheet(&self, page: &Page, class: &str) -> String {
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\">\n",
            self.view.lang.tag()
        );
        self.head(page, &mut out);
        let draft = if self.view.request.draft {
            " draft"
        } else {
            ""
        };
        let skip = escape(&self.view.words.get("skip"));
        let _ = write!(
            out,
            "<body class=\"sheet {class}{draft}\">\n<a class=\"skip\" href=\"#main\">{skip}</a>\n<header>\n"
        );
        self.banners(&mut out);
        self.header(page, &mut out);
        let _ = write!(out, "</header>\n<main id=\"main\">\n{}</main>\n", page.main);
        self.foot(&mut out);
        out.push_str("</body>\n</html>\n");
        out
    }

    fn head(&self, page: &Page, out: &mut String) {
        let title = format!(
            "{} – {} – {}",
            page.title,
            self.view.population_name(),
            self.book()
        );
        let robots = if self.view.request.draft {
            "<meta name=\"robots\" content=\"noindex, nofollow\">\n"
        } else {
            ""
        };
        let _ = write!(
            out,
            "<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{robots}\
             <meta name=\"description\" content=\"{}\">\n\
             <meta name=\"generator\" content=\"{}\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <link rel=\"stylesheet\" href=\"{}\">\n",
            escape(&title),
            escape(&page.description),
            escape(self.view.request.program),
            self.style
        );
        for lang in &self.view.book.settings.languages {
            let tag = lang.tag();
            let _ = writeln!(
                out,
                "<link rel=\"alternate\" hreflang=\"{tag}\" href=\"../{tag}/{}\">",
                page.name
            );
        }
        for script in &page.scripts {
            let _ = writeln!(out, "<script src=\"{script}\" defer></script>");
        }
        out.push_str(&dataset::block(&self.view, &page.name));
        out.push_str("</head>\n");
    }

    pub(crate) fn book(&self) -> &str {
        self.view.book.settings.title(self.view.lang)
    }

    /// Whether the figures are invented, which everything made from them says.
    pub(crate) fn is_simulated(&self) -> bool {
        self.view.is_simulated()
    }

    fn banners(&self, out: &mut String) {
        let words = self.view.words;
        if self.view.request.draft {
            let (draft, note) = (words.get("draft"), words.get("draft-note"));
            let _ = writeln!(
                out,
                "<p class=\"banner\"><strong>{}</strong> {}</p>",
                escape(&draft),
                escape(&note)
            );
        }
        if let Some(correction) = self.view.corrections.values().next_back() {
            let what = correction.what(self.view.lang);
            let note = words.with("corrected-note", &[("what", what)]);
            let _ = writeln!(out, "<p class=\"banner\">{}</p>", escape(&note));
        }
        if self.is_simulated() {
            let note = words.get("simulated");
            let _ = writeln!(out, "<p class=\"banner simulated\">{}</p>", escape(&note));
        }
    }

    fn header(&self, page: &Page, out: &mut String) {
        let words = self.view.words;
        let _ = write!(
            out,
            "<div class=\"top\">\n<p class=\"brand\"><a href=\"index.html\">{}</a> \
             <span>{}</span></p>\n<nav class=\"languages\" aria-label=\"{}\"><ul>",
            escape(self.book()),
            escape(&self.view.population_name()),
            escape(&words.get("language-choice"))
        );
        for lang in &self.view.book.settings.languages {
            let (tag, name) = (lang.tag(), lang.endonym());
            let _ = if *lang == self.view.lang {
                write!(out, "<li><span aria-current=\"true\">{name}</span></li>")
            } else {
                write!(
                    out,
                    "<li><a lang=\"{tag}\" hreflang=\"{tag}\" href=\"../{tag}/{}\">{name}</a></li>",
                    page.name
                )
            };
        }
        out.push_str("</ul></nav>\n</div>\n");
    }

    fn navigation(&self, page: &Page, out: &mut String) {
        let words = self.view.words;
        let label = escape(&words.get("contents"));
        let _ = write!(
            out,
            "<nav class=\"chapters\" aria-label=\"{label}\">\n<ul>\n<li>{}</li>\n",
            self.item("index.html", &escape(&words.get("home")), page)
        );
        for part in &self.outline.chapters {
            let name = format!("{}.html", part.chapter.id);
            let text = format!(
                "<span class=\"number\">{}</span> <span>{}</span>",
                escape(&part.chapter.number),
                escape(&part.chapter.index.title)
            );
            let _ = write!(out, "<li>{}", self.item(&name, &text, page));
            if name == page.name && !part.sections.is_empty() {
                out.push_str("<ul>");
                for (number, section) in &part.sections {
                    out.push_str(&section_item(number, section));
                }
                out.push_str("</ul>");
            }
            out.push_str("</li>\n");
        }
        let tables = escape(&words.get("tables-title"));
        let register = escape(&words.get("register-title"));
        let search = escape(&words.get("search-title"));
        let _ = writeln!(
            out,
            "<li>{}</li>\n<li>{}</li>\n<li>{}</li>\n</ul>",
            self.item("tables.html", &tables, page),
            self.item(register::PAGE, &register, page),
            self.item(search::PAGE, &search, page)
        );
        self.editions(page, out);
        out.push_str("</nav>\n");
    }

    /// What narrow screens have in place of the side column, which would push the text away.
    fn brief(&self, page: &Page, out: &mut String) {
        let words = self.view.words;
        let label = escape(&words.get("contents"));
        let mut items = String::new();
        for part in &self.outline.chapters {
            if format!("{}.html", part.chapter.id) == page.name {
                for (number, section) in &part.sections {
                    items.push_str(&section_item(number, section));
                }
            }
        }
        let name = match (page.name.as_str(), items.is_empty()) {
            ("index.html", _) => "edition-choice",
            (_, true) => "home",
            (_, false) => "on-this-page",
        };
        let name = escape(&words.get(name));
        let _ = write!(out, "<nav class=\"brief\" aria-label=\"{name}\">");
        if page.name != "index.html" {
            let search = self.item(search::PAGE, &escape(&words.get("search-title")), page);
            let _ = write!(out, "<p><a href=\"index.html\">{label}</a> {search}</p>");
        }
        if !items.is_empty() {
            let here = escape(&words.get("on-this-page"));
            let _ = write!(
                out,
                "<details><summary>{here}</summary><ul>{items}</ul></details>"
            );
        }
        if page.name == "index.html" {
            self.editions(page, out);
        }
        out.push_str("</nav>\n");
    }

    fn item(&self, name: &str, text: &str, page: &Page) -> String {
        if name == page.name {
            format!("<a href=\"{name}\" aria-current=\"page\">{text}</a>")
        } else {
            format!("<a href=\"{name}\">{text}</a>")
        }
    }

    fn editions(&self, page: &Page, out: &mut String) {
        if self.populations.len() < 2 {
            return;
        }
        let label = escape(&self.view.words.get("edition-choice"));
        if self.populations.len() > LISTED {
            let _ = writeln!(
                out,
                "<p class=\"editions\"><a href=\"../../index.html\">{label}</a></p>"
            );
            return;
        }
        let _ = writeln!(
            out,
            "<details class=\"editions\"><summary>{label}</summary><ul>"
        );
        for (folder, name) in self.populations {
            let current = if folder == self.view.file.population() {
                " aria-current=\"true\""
            } else {
                ""
            };
            let _ = writeln!(
                out,
                "<li><a href=\"../../{folder}/{}/{}\"{current}>{}</a></li>",
                self.view.lang.tag(),
                page.name,
                escape(name)
            );
        }
        out.push_str("</ul></details>\n");
    }

    fn neighbours(&self, page: &Page, out: &mut String) {
        let words = self.view.words;
        let link = |at: &Option<(String, String)>, key: &str| {
            at.as_ref().map_or_else(String::new, |(name, title)| {
                format!(
                    "<a class=\"{key}\" rel=\"{}\" href=\"{name}\"><span>{}</span> {}</a>",
                    if key == "next" { "next" } else { "prev" },
                    escape(&words.get(key)),
                    escape(title)
                )
            })
        };
        let (before, after) = (link(&page.previous, "previous"), link(&page.next, "next"));
        if !(before.is_empty() && after.is_empty()) {
            let label = escape(&words.get("chapters"));
            let _ = writeln!(
                out,
                "<nav class=\"neighbours\" aria-label=\"{label}\">{before}{after}</nav>"
            );
        }
    }

    /// Edition, findings, dataset, text and program: enough to make the same bytes again.
    pub(crate) fn stamp(&self) -> Vec<(String, String)> {
        let words = self.view.words;
        let findings = self.view.findings();
        let rows = [
            ("stamp-edition", self.view.request.edition.to_owned()),
            ("fact-wave", findings.wave.clone()),
            ("fact-release", findings.release.to_string()),
            ("stamp-findings", short(&self.view.file.sha256)),
            ("stamp-dataset", short(&findings.produced.dataset_sha256)),
            ("stamp-text", self.text_digest.to_owned()),
            ("stamp-program", self.view.request.program.to_owned()),
        ];
        let named = rows.into_iter();
        named.map(|(key, value)| (words.get(key), value)).collect()
    }

    fn foot(&self, out: &mut String) {
        let words = self.view.words;
        let _ = write!(
            out,
            "<footer class=\"stamp\">\n<h2 class=\"hidden\">{}</h2>\n<dl>",
            escape(&words.get("stamp-title"))
        );
        for (key, value) in self.stamp() {
            let (key, value) = (escape(&key), escape(&value));
            let _ = write!(out, "<div><dt>{key}</dt><dd>{value}</dd></div>");
        }
        out.push_str("</dl>\n");
        for (file, kind, key) in [
            (&self.whole.pdf, "application/pdf", "whole-pdf"),
            (&self.whole.epub, "application/epub+zip", "whole-epub"),
        ] {
            if let Some(file) = file {
                let words = escape(&words.get(key));
                let _ = writeln!(out, "<p><a href=\"{file}\" type=\"{kind}\">{words}</a></p>");
            }
        }
        let _ = writeln!(out, "<p>{}</p>\n</footer>", escape(&words.get("licence")));
    }
}

fn section_item(number: &str, section: &Section) -> String {
    format!(
        "<li><a href=\"#{}\"><span class=\"number\">{}</span> <span>{}</span></a></li>",
        fragment(&section.id),
        escape(number),
        escape(&section.title)
    )
}

fn short(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}
