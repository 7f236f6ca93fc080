//! Pages for people who meet: the situation of a population on one A4, and slides for half an hour.
//!
//! Both are read from the same tree and findings as the book: their headings are its main messages,
//! their charts are those its authors placed in the sections the messages point to.

mod picture;
mod slides;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use charts::TablePlace;

use crate::data::{self, Picture};
use crate::directive::{Directive, Kind};
use crate::figure;
use crate::html::{escape, table};
use crate::outline::{Outline, fragment};
use crate::page::{Page, Shell};
use crate::section::Section;
use crate::tree;
use crate::view::View;

/// File names, in every population and language.
pub(crate) const PICTURE: &str = "picture.html";
pub(crate) const SLIDES: &str = "summary.html";

/// File names of the sheets.
pub(crate) const NAMES: [&str; 2] = [PICTURE, SLIDES];

/// Returns the sheet of a file name.
pub(crate) fn page(shell: &Shell<'_, '_>, name: &str) -> String {
    let (view, outline) = (&shell.view, shell.outline);
    let (key, class, main) = match name {
        PICTURE => ("picture", "picture-sheet", picture::main(view, outline)),
        _ => ("slides", "slides", slides::main(view, outline)),
    };
    let page = Page {
        name: name.to_owned(),
        title: view.words.get(key),
        description: view.words.get(&format!("{key}-about")),
        main,
        scripts: Vec::new(),
        previous: None,
        next: None,
    };
    shell.sheet(&page, class)
}

/// Links to the sheets, for the first page of a book.
pub(crate) fn links(view: &View<'_>) -> String {
    let mut out = String::from("<ul class=\"sheets\">");
    for (name, key) in [(PICTURE, "picture"), (SLIDES, "slides")] {
        let _ = write!(
            out,
            "<li><a href=\"{name}\">{}</a> <span class=\"quiet\">{}</span></li>",
            escape(&view.words.get(key)),
            escape(&view.words.get(&format!("{key}-about")))
        );
    }
    out.push_str("</ul>\n");
    out
}

/// The charts and tables of a section, in reading order.
fn placed(section: &Section) -> Vec<&Directive> {
    let mut found = Vec::new();
    tree::directives(&section.blocks, &mut |directive| {
        if matches!(directive.kind, Kind::Chart | Kind::Table) {
            found.push(directive);
        }
    });
    found
}

/// A section of this edition.
fn section<'a>(outline: &Outline<'a>, id: &str) -> Option<&'a Section> {
    let sections = outline.chapters.iter().flat_map(|part| &part.sections);
    sections
        .map(|(_, section)| *section)
        .find(|section| section.id == id)
}

/// The first chart or table of a section that is not shown yet, under a message.
fn first_figure(
    view: &View<'_>,
    outline: &Outline<'_>,
    id: &str,
    message: &str,
    shown: &mut BTreeSet<String>,
    place: TablePlace,
) -> Option<String> {
    placed(section(outline, id)?)
        .into_iter()
        .find_map(|directive| {
            let numbered = outline.figure(directive)?;
            if shown.contains(&numbered.id) {
                return None;
            }
            let html = figure(view, outline, directive, message, place)?;
            shown.insert(numbered.id.clone());
            Some(html)
        })
}

/// A chart or table with its number, what is measured, its base and the way to the book. What
/// cannot be drawn has been reported where the book draws it.
fn figure(
    view: &View<'_>,
    outline: &Outline<'_>,
    directive: &Directive,
    message: &str,
    place: TablePlace,
) -> Option<String> {
    let numbered = outline.figure(directive)?;
    let anchor = outline.anchors.get(&numbered.id)?;
    let id = fragment(&numbered.id);
    let said = Directive {
        message: message.to_owned(),
        ..directive.clone()
    };
    let drawn = figure::draw(view, &said, &format!("svg-{id}")).ok()?;
    let measure = escape(&directive.text);
    let label = escape(&numbered.label);
    let caption = format!("{label}. {measure}");
    let body = match &drawn.picture {
        Picture::Chart(chart) => {
            let tabled = charts::tabled(chart, place, view.lang);
            let below = match place {
                TablePlace::Below => table(&tabled.table, &caption, &id, "figures"),
                _ => String::new(),
            };
            format!("<div class=\"picture\">{}</div>\n{below}", tabled.svg)
        }
        Picture::Shaded(shaded) => table(shaded, &caption, &id, "figures shaded"),
        Picture::Table(plain) => table(plain, &caption, &id, "figures"),
    };
    Some(format!(
        "<figure class=\"figure\" id=\"{id}\">\n<figcaption><span class=\"measure\"><a href=\"{}#{}\">{label}</a>. {measure}</span></figcaption>\n{body}\n<p class=\"base\">{}</p>\n</figure>\n",
        anchor.page,
        anchor.fragment,
        escape(&data::base(view, &drawn))
    ))
}
