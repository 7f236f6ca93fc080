//! The search and the book for readers: what is in them, and that nothing else needs a script.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use handbook::{WholeBooks, build};
use serde_json::Value;

use crate::fixture::{catalog, network, request, tiny, with_names};

const BOTH: &str = "Lähitukijärjestelmä auttaa. Järjestelmä kuntoon, tuki lähelle <b> & kodiin.\n\n\
    ![Mitä](chart:area.gap,form=dumbbell,id=need \"Viesti\")\n\nRivi  \ntoinen\n\n---\n\n\
    [lähituki](term:on-site-support) [A](cite:aalto) [luku](ref:need)\n\n\
    ![](list:terms,group=support)\n\n![](list:sources)";

fn edition() -> handbook::Edition {
    let sources = with_names(tiny(&BOTH.replace("<b>", "b")));
    let catalog = catalog();
    let files = [network()];
    let mut request = request(&sources, &catalog, &files);
    request.whole = WholeBooks {
        epub: true,
        ..WholeBooks::default()
    };
    build(&request).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn text(edition: &handbook::Edition, name: &str) -> String {
    String::from_utf8_lossy(&edition.files[name]).into_owned()
}

#[test]
fn only_the_search_page_has_scripts_and_it_works_without_them() {
    let edition = edition();
    for name in edition.files.keys().filter(|name| name.ends_with(".html")) {
        // Blocks of data are no scripts.
        let page = text(&edition, name).replace("<script type=\"application/ld+json\">", "");
        let scripts = page.matches("<script").count();
        let expected = if name.ends_with("/search.html") { 2 } else { 0 };
        assert_eq!(scripts, expected, "{name}");
    }
    let page = text(&edition, "network/fi/search.html");
    assert!(
        page.contains("role=\"search\"") && page.contains(" hidden>"),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"register.html\">Asiahakemisto</a>"),
        "{page}"
    );
    for script in page.split("<script src=\"").skip(1) {
        let address = script.split('"').next().unwrap_or_default();
        let name = match address.strip_prefix("../../") {
            Some(shared) => shared.to_owned(),
            None => format!("network/fi/{address}"),
        };
        assert!(edition.files.contains_key(&name), "{name}");
    }
}

#[test]
fn compounds_stand_in_the_index_by_their_parts_and_every_address_leads_somewhere() {
    let edition = edition();
    let script = text(&edition, "network/fi/search-index.js");
    let json = script
        .strip_prefix("globalThis.ictekoIndex = ")
        .and_then(|rest| rest.strip_suffix(";\n"))
        .expect("a script of one statement");
    let index: Value = serde_json::from_str(json).expect("it is JSON");
    let docs = index["docs"].as_array().expect("places");
    let at = |word: &str| -> BTreeSet<String> {
        let stem = index["forms"][word].as_str().unwrap_or(word);
        let begins = |(name, _): &(&String, &Value)| stem.starts_with(name.as_str());
        let stems = index["stems"].as_object().expect("stems");
        let places = stems
            .iter()
            .filter(begins)
            .max_by_key(|(name, _)| name.len());
        let codes = places
            .and_then(|(_, places)| places.as_array())
            .into_iter()
            .flatten();
        let place = |code: &Value| usize::try_from(code.as_u64().unwrap_or(0) / 2).unwrap_or(0);
        let to = codes.map(|code| docs[place(code)][2].as_str().unwrap_or_default().to_owned());
        to.collect()
    };
    for word in ["lähitukijärjestelmä", "järjestelmä", "tuki", "lähelle"] {
        assert!(
            at(word).contains("results.html#results-one"),
            "{word}: {json}"
        );
    }
    assert!(
        at("paikallistuki").contains("results.html#term-on-site-support"),
        "{json}"
    );
    for doc in docs {
        let to = doc[2].as_str().expect("an address");
        let (page, fragment) = to.split_once('#').unwrap_or((to, ""));
        let page = text(&edition, &format!("network/fi/{page}"));
        let id = format!("id=\"{fragment}\"");
        assert!(fragment.is_empty() || page.contains(&id), "{to}");
    }
}

#[test]
fn a_book_for_readers_is_whole_and_the_same_every_time() {
    let (one, two) = (edition(), edition());
    let name = "network/fi/2026-syksy-network-fi.epub";
    assert_eq!(one.files[name], two.files[name]);
    let bytes = &one.files[name];
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let names: Vec<String> = zip
        .file_names()
        .map(|name| name.expect("plain names").into_owned())
        .collect();
    let mut read = |name: &str| {
        let mut text = String::new();
        let mut file = zip.by_name(name).unwrap_or_else(|_| panic!("{name}"));
        file.read_to_string(&mut text).expect("text");
        text
    };
    let package = read("EPUB/package.opf");
    assert!(
        package.contains("<dc:language>fi</dc:language>"),
        "{package}"
    );
    assert!(package.contains("2026-11-22T00:00:00Z"), "{package}");
    for item in package.split(" href=\"").skip(1) {
        let href = item.split('"').next().unwrap_or_default();
        assert!(names.contains(&format!("EPUB/{href}")), "{href}");
    }
    let page = read("EPUB/results.xhtml");
    for gone in ["<br>", "<hr>", ".html", "download", "<details", "var("] {
        assert!(!page.contains(gone), "{gone}\n{page}");
    }
    assert!(page.contains("<br/>") && page.contains("<table"), "{page}");
}

#[test]
fn a_draft_has_no_book_for_readers() {
    let sources = tiny("Teksti.");
    let catalog = catalog();
    let files = [network()];
    let mut request = request(&sources, &catalog, &files);
    request.whole.epub = true;
    (request.draft, request.published) = (true, None);
    let edition = build(&request).expect("sound");
    assert!(!edition.files.keys().any(|name| name.ends_with(".epub")));
}

/// Links of a page that leave its file, without their place in it.
fn links(page: &str) -> impl Iterator<Item = &str> {
    let attributes = page.split("href=\"").chain(page.split("src=\"")).skip(1);
    let address = |rest: &str| rest.split(['"', '#']).next().map(str::len);
    attributes
        .filter_map(move |rest| Some(&rest[..address(rest)?]))
        .filter(|to| !to.is_empty() && !to.contains(['<', ' ', ':']))
}

#[test]
fn every_link_of_the_book_for_readers_stays_inside_it() {
    let edition = edition();
    let bytes = &edition.files["network/fi/2026-syksy-network-fi.epub"];
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("it is a zip");
    let names: Vec<String> = book
        .file_names()
        .map(|name| name.expect("a plain name").into_owned())
        .collect();
    let mut seen = 0;
    for name in names.iter().filter(|name| name.ends_with(".xhtml")) {
        let mut page = String::new();
        let mut file = book.by_name(name).expect("it is listed");
        std::io::Read::read_to_string(&mut file, &mut page).expect("it is text");
        for to in links(&page) {
            seen += 1;
            assert!(names.contains(&format!("EPUB/{to}")), "{name}: {to}");
        }
    }
    assert!(seen > 5, "{seen}");
}
