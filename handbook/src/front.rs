//! Pages that lead into an edition: its root, the first page of a book, the list of figures.

use std::fmt::Write as _;

use surveys::Lang;

use crate::csvw;
use crate::html::{Writer, escape};
use crate::lookup;
use crate::messages;
use crate::outline::{Outline, Part, chapter_label, fragment};
use crate::release;
use crate::tree;
use crate::view::View;

/// The first page of a book: facts and contents. `links` are pages beside the book, as HTML; a book
/// in one file has none.
pub(crate) fn index(view: &View<'_>, outline: &Outline<'_>, links: &str) -> String {
    let words = view.words;
    let book = view.book.settings.title(view.lang);
    let mut out = format!(
        "<h1>{}</h1>\n<p class=\"lead\">{}</p>\n<section aria-labelledby=\"facts\">\n<h2 id=\"facts\">{}</h2>\n{}</section>\n{links}",
        escape(book),
        escape(&words.with("edition-of", &[("name", &view.population_name())])),
        escape(&words.get("facts-title")),
        facts(view)
    );
    out.push_str(&main_messages(view, outline));
    let _ = writeln!(
        out,
        "<section aria-labelledby=\"contents\">\n<h2 id=\"contents\">{}</h2>\n<ol class=\"contents\">",
        escape(&words.get("contents"))
    );
    for part in &outline.chapters {
        let page = format!("{}.html", part.chapter.id);
        let _ = write!(
            out,
            "<li><p><span class=\"number\">{}</span> <a href=\"{page}\">{}</a></p>",
            escape(&chapter_label(view, part.chapter)),
            escape(&part.chapter.index.title)
        );
        if !part.sections.is_empty() {
            out.push_str("<ul>");
            for (number, section) in &part.sections {
                let _ = write!(
                    out,
                    "<li><span class=\"number\">{}</span> <a href=\"{page}#{}\">{}</a></li>",
                    escape(number),
                    fragment(&section.id),
                    escape(&section.title)
                );
            }
            out.push_str("</ul>");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
    out
}

/// Wave, release, response rate and day of publication.
pub(crate) fn facts(view: &View<'_>) -> String {
    let words = view.words;
    let mut out = String::from("<dl class=\"facts\">");
    let mut facts = vec![
        ("fact-wave", view.wave()),
        ("fact-release", view.findings().release.to_string()),
        ("fact-date", view.fact("date").unwrap_or_default()),
    ];
    if let Some(rate) = lookup::response_rate(view) {
        facts.insert(2, ("stat-response_rate", rate));
    }
    facts.extend(lookup::open_link(view).map(|text| ("fact-answering", text)));
    for (key, value) in facts {
        let key = escape(&words.get(key));
        let _ = write!(out, "<div><dt>{key}</dt><dd>{}</dd></div>", escape(&value));
    }
    out.push_str("</dl>\n");
    out
}

/// Main messages, each with a link to where the book tells more.
fn main_messages(view: &View<'_>, outline: &Outline<'_>) -> String {
    let messages = messages::of(view);
    if messages.is_empty() {
        return String::new();
    }
    let title = escape(&view.words.get("messages-title"));
    let mut out = format!(
        "<section aria-labelledby=\"messages\">\n<h2 id=\"messages\">{title}</h2>\n<ol class=\"messages\">\n"
    );
    for message in messages {
        let link = outline.anchors.get(message.section).map(|anchor| {
            let more = [("where", anchor.label.as_str())];
            let more = escape(&view.words.with("messages-more", &more));
            let (page, fragment) = (&anchor.page, &anchor.fragment);
            format!(" <a href=\"{page}#{fragment}\">{more}</a>")
        });
        let words = escape(&message.words);
        let _ = writeln!(out, "<li>{words}{}</li>", link.unwrap_or_default());
    }
    out.push_str("</ol>\n</section>\n");
    out
}

/// The page at the root of an edition: every population in every language.
pub(crate) fn root(
    title: &str,
    style: &str,
    draft: bool,
    languages: &[Lang],
    populations: &[(String, Vec<String>)],
) -> String {
    let robots = if draft {
        "<meta name=\"robots\" content=\"noindex, nofollow\">\n"
    } else {
        ""
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"fi\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n{robots}\
         <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body>\n<main id=\"main\" class=\"root\">\n<h1>{0}</h1>\n<ul class=\"contents\">\n",
        escape(title)
    );
    for (folder, names) in populations {
        out.push_str("<li>");
        for (lang, name) in languages.iter().zip(names) {
            let tag = lang.tag();
            let _ = write!(
                out,
                "<a lang=\"{tag}\" hreflang=\"{tag}\" href=\"{folder}/{tag}/index.html\">{} <span class=\"quiet\">({})</span></a> ",
                escape(name),
                lang.endonym()
            );
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n</main>\n</body>\n</html>\n");
    out
}

/// The figures for programs: every table of the findings, also those that no chart shows.
pub(crate) fn files(view: &View<'_>) -> String {
    let words = |key: &str| escape(&view.words.get(key));
    let item = |name: &str, what: &str| {
        format!(
            "<li><a href=\"../{}/{}\" download>{what}</a></li>\n",
            release::FOLDER,
            escape(name)
        )
    };
    let mut items = item(release::FINDINGS, &words("data-findings"));
    items.push_str(&item(csvw::NAME, &words("data-columns")));
    for (name, table) in release::named(view.findings()) {
        let title = escape(&csvw::title(view, table));
        let what = format!("{title} <code>{}</code>", escape(&name));
        items.push_str(&item(&name, &what));
    }
    format!(
        "<section aria-labelledby=\"files\">\n<h2 id=\"files\">{}</h2>\n<p>{}</p>\n<ul class=\"data\">\n{items}</ul>\n</section>\n",
        words("data-title"),
        words("data-lead")
    )
}

/// The charts and tables of a chapter: each with its data file, and with the table behind a chart,
/// so that on paper nothing has to be unfolded.
pub(crate) fn figures_of(writer: &Writer<'_, '_>, part: &Part<'_>) -> String {
    let (view, outline) = (&writer.view, writer.outline);
    let mut items = String::new();
    let page = format!("{}.html", part.chapter.id);
    for section in part.read() {
        tree::directives(&section.blocks, &mut |directive| {
            if let Some(numbered) = outline.figure(directive) {
                let id = fragment(&numbered.id);
                let table = writer.tables.get(&numbered.id);
                let _ = writeln!(
                    items,
                    "<li id=\"{id}\"><a href=\"{page}#{id}\">{}</a> {} <a class=\"file\" href=\"data/{id}.csv\" download>{}<span class=\"hidden\">: {}</span></a>{}</li>",
                    escape(&numbered.label),
                    escape(&directive.text),
                    escape(&view.words.get("download")),
                    escape(&numbered.label),
                    table.map_or("", String::as_str)
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
