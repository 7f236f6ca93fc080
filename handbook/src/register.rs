//! The index from A to Ö: words, staff groups and headings of an edition, without a script.
//!
//! It is made from the outline, so it names only what the edition holds, and works on paper too.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::html::escape;
use crate::outline::Outline;
use crate::view::{View, alphabetical};

pub(crate) const PAGE: &str = "register.html";

/// A line of the index: where it leads, by the number that stands there.
pub(crate) type Places = Vec<(String, String)>;

/// Returns the page's main part.
pub(crate) fn page(view: &View<'_>, outline: &Outline<'_>) -> String {
    let words = view.words;
    let lines = lines(view, outline);
    let mut letters: BTreeMap<Vec<u32>, (String, String)> = BTreeMap::new();
    for (name, places) in lines.values() {
        let (order, letter) = letter(name);
        let links: Vec<String> = places
            .iter()
            .map(|(to, number)| format!("<a href=\"{to}\">{}</a>", escape(number)))
            .collect();
        let (_, items) = letters
            .entry(order)
            .or_insert_with(|| (letter, String::new()));
        let _ = writeln!(items, "<li>{} {}</li>", escape(name), links.join(", "));
    }
    let mut out = format!(
        "<h1>{}</h1>\n<p class=\"lead\">{}</p>\n<nav class=\"letters\" aria-label=\"{}\"><ul>",
        escape(&words.get("register-title")),
        escape(&words.get("register-lead")),
        escape(&words.get("letters"))
    );
    for (at, (letter, _)) in letters.values().enumerate() {
        let _ = write!(
            out,
            "<li><a href=\"#letter-{}\">{}</a></li>",
            at + 1,
            escape(letter)
        );
    }
    out.push_str("</ul></nav>\n");
    for (at, (letter, items)) in letters.values().enumerate() {
        let _ = write!(
            out,
            "<h2 id=\"letter-{}\">{}</h2>\n<ul class=\"register\">\n{items}</ul>\n",
            at + 1,
            escape(letter)
        );
    }
    out
}

/// The letter that a name stands under, and its place in the alphabet.
pub(crate) fn letter(name: &str) -> (Vec<u32>, String) {
    let letter: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    (alphabetical(&letter), letter)
}

/// Lines in alphabetical order; what stands under one name stands in one line.
pub(crate) fn lines(
    view: &View<'_>,
    outline: &Outline<'_>,
) -> BTreeMap<(Vec<u32>, String), (String, Places)> {
    let mut lines: BTreeMap<(Vec<u32>, String), (String, Places)> = BTreeMap::new();
    let mut add = |name: &str, to: String, number: &str| {
        let key = (alphabetical(name), name.to_lowercase());
        let (_, places) = lines
            .entry(key)
            .or_insert_with(|| (name.to_owned(), Places::new()));
        let place = (to, number.to_owned());
        if !places.contains(&place) {
            places.push(place);
        }
    };
    for entry in &outline.index {
        add(&entry.name, entry.to.clone(), &entry.number);
    }
    for part in &outline.chapters {
        let page = format!("{}.html", part.chapter.id);
        add(
            &part.chapter.index.title,
            page.clone(),
            &part.chapter.number,
        );
        for (number, section) in &part.sections {
            let fragment = crate::outline::fragment(&section.id);
            add(&section.title, format!("{page}#{fragment}"), number);
        }
    }
    for term in view.book.terms.iter() {
        let wording = term.wording(view.lang);
        let Some(uses) = outline.uses.get(&term.id) else {
            continue;
        };
        for name in std::iter::once(&wording.word).chain(&wording.also) {
            for (to, number) in uses {
                add(name, to.clone(), number);
            }
        }
    }
    lines
}
