//! The situation picture and the slides: what is on them, and that they say what the book says.

use std::collections::BTreeMap;

use handbook::{Sources, build};

use crate::fixture::{catalog, file, request};
use crate::full;

/// Pages of the network and a city by name, from findings as wide as the instrument's.
fn pages() -> BTreeMap<String, String> {
    let (sources, catalog) = (Sources::embedded(), catalog());
    let survey = full::survey(&catalog);
    let files = [
        file(&full::findings(&catalog, &survey, "network", "")),
        file(&full::findings(&catalog, &survey, "turku", "853")),
    ];
    let edition = build(&request(&sources, &catalog, &files)).expect("sound");
    let pages = edition.files.into_iter();
    pages
        .filter(|(name, _)| name.ends_with(".html"))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("it is text")))
        .collect()
}

/// What stands between two marks, every time.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open)
        .skip(1)
        .filter_map(|rest| rest.split(close).next())
        .collect()
}

/// The main messages of a book's first page, without their links.
fn messages(pages: &BTreeMap<String, String>, book: &str) -> Vec<String> {
    let list = between(
        &pages[&format!("{book}/index.html")],
        "<ol class=\"messages\">",
        "</ol>",
    );
    let words = |item: &&str| {
        item.split(" <a ")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    between(list[0], "<li>", "</li>")
        .iter()
        .map(words)
        .collect()
}

const BOOKS: [&str; 6] = [
    "network/fi",
    "network/sv",
    "network/en",
    "turku/fi",
    "turku/sv",
    "turku/en",
];

#[test]
fn the_situation_picture_has_messages_chart_table_and_groups() {
    let pages = pages();
    for book in BOOKS {
        let page = &pages[&format!("{book}/picture.html")];
        for message in messages(&pages, book) {
            assert!(
                page.contains(&format!("<li>{message}</li>")),
                "{book}: {message}"
            );
        }
        assert_eq!(page.matches("<svg").count(), 1, "{book}");
        assert_eq!(page.matches("<table").count(), 2, "{book}");
        let groups = page.split("id=\"groups-table-caption\"").nth(1);
        let rows = groups
            .unwrap_or_default()
            .matches("<tr><th scope=\"row\"")
            .count();
        let groups = catalog().role_groups.len();
        assert_eq!(rows, groups + 1, "{book}: every group and all");
        assert!(pages[&format!("{book}/index.html")].contains("href=\"picture.html\""));
    }
    let alternative = between(&pages["turku/fi/picture.html"], "<desc", "</desc>");
    assert!(
        alternative[0].ends_with("Taulukko alla."),
        "{alternative:?}"
    );
    let groups = &pages["turku/fi/picture.html"];
    assert!(
        groups.contains("<td class=\"word\">ei raportoida</td>"),
        "a group that is withheld says so"
    );
}

#[test]
fn every_message_has_a_slide_with_its_figure_and_a_question() {
    let pages = pages();
    for book in BOOKS {
        let page = &pages[&format!("{book}/summary.html")];
        let slides = between(page, "<section class=\"slide", "</section>");
        let messages = messages(&pages, book);
        assert_eq!(slides.len(), messages.len() + 3, "{book}");
        for slide in &slides {
            assert_eq!(
                slide.matches("class=\"mark\"").count(),
                1,
                "{book}: {slide}"
            );
        }
        for (message, slide) in messages.iter().zip(&slides[1..]) {
            assert!(
                slide.contains(&format!("{message}</h2>")),
                "{book}: {message}"
            );
            assert_eq!(slide.matches("<figure").count(), 1, "{book}: {message}");
            assert_eq!(
                slide.matches("class=\"ask\"").count(),
                1,
                "{book}: {message}"
            );
        }
        let numbers = between(page, "<span class=\"measure\"><a href=\"", "\"");
        assert_eq!(numbers.len(), messages.len(), "{book}");
        for link in numbers {
            let (name, id) = link.split_once('#').expect("a place on a page");
            let place = &pages[&format!("{book}/{name}")];
            assert!(place.contains(&format!("id=\"{id}\"")), "{book}: {link}");
        }
    }
}

#[test]
fn a_chart_without_its_table_says_where_the_table_is() {
    let pages = pages();
    for (book, end) in [
        ("turku/fi", "Taulukko käsikirjassa."),
        ("turku/sv", "Tabell i handboken."),
        ("turku/en", "Table in the handbook."),
    ] {
        let page = &pages[&format!("{book}/summary.html")];
        let alternatives = between(page, "<desc", "</desc>");
        assert!(alternatives.len() >= 3, "{book}: {}", alternatives.len());
        for words in alternatives {
            assert!(words.ends_with(end), "{book}: {words}");
        }
        // In the book itself the table follows.
        let book_page = &pages[&format!("{book}/results.html")];
        assert!(
            between(book_page, "<desc", "</desc>")
                .iter()
                .all(|words| !words.ends_with(end)),
            "{book}"
        );
    }
}

#[test]
fn ids_on_the_sheets_stand_once() {
    let pages = pages();
    for (name, page) in &pages {
        if !(name.ends_with("picture.html") || name.ends_with("summary.html")) {
            continue;
        }
        let mut ids = between(page, " id=\"", "\"");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}");
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
    }
}
