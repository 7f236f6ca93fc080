//! Weighs what a phone fetches before the first answer.

use std::collections::BTreeSet;

use super::http::Visitor;
use super::place::Place;
use crate::pilot;
use crate::step::{program, step};

/// The most that the first load of the answering path may weigh, compressed, and fetch.
const MOST_BYTES: usize = 60_000;
const MOST_REQUESTS: usize = 6;

/// Weighs every page of the answering path that the server gives without answers.
pub(super) fn run() -> Result<(), String> {
    step("build the program", pilot::build)?;
    let place = Place::open(&program(), "bench-page")?;
    let mut worst = (0, 0);
    println!("{:<28} {:>9} {:>9}", "page", "requests", "bytes");
    for (name, bytes, requests) in walk(&place)? {
        println!("{name:<28} {requests:>9} {bytes:>9}");
        worst = (worst.0.max(bytes), worst.1.max(requests));
    }
    println!("most allowed                 {MOST_REQUESTS:>9} {MOST_BYTES:>9}");
    if worst.0 > MOST_BYTES || worst.1 > MOST_REQUESTS {
        return Err("a page of the answering path is too heavy".into());
    }
    Ok(())
}

/// Follows the path from the code to the first items; each page is weighed as if nothing were
/// in the browser's store.
fn walk(place: &Place) -> Result<Vec<(String, usize, usize)>, String> {
    let mut visitor = Visitor::new(&place.server.host);
    let entry = "/fi/answer".to_owned();
    let mut weighed = vec![weigh(&visitor, entry)?];
    for path in visitor.enter(&place.code)? {
        weighed.push(weigh(&visitor, path)?);
    }
    Ok(weighed)
}

/// Address, bytes and requests of a page with all that it fetches.
fn weigh(visitor: &Visitor, path: String) -> Result<(String, usize, usize), String> {
    let first = visitor.get(&path)?;
    let mut bytes = first.wire;
    let assets = assets(&first.text);
    for asset in &assets {
        bytes += visitor.get(asset)?.wire;
    }
    Ok((path, bytes, 1 + assets.len()))
}

/// Returns what the browser fetches by itself: styles, scripts, pictures and fonts of the page.
fn assets(html: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for tag in html.split('<') {
        let name = tag
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or("");
        let attribute = match name {
            "script" | "img" => "src=\"",
            "link" => "href=\"",
            _ => continue,
        };
        let is_fetched = name != "link"
            || ["stylesheet", "icon", "preload"]
                .iter()
                .any(|rel| tag.contains(rel));
        if let (true, Some(at)) = (is_fetched, tag.find(attribute)) {
            let value = tag[at + attribute.len()..].split('"').next().unwrap_or("");
            if value.starts_with('/') {
                found.insert(value.to_owned());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_fetches_is_counted_and_links_are_not() {
        let html = "<link rel=\"stylesheet\" href=\"/a.css\"><a href=\"/b\">x</a><script src=\"/c.js\"></script>";
        assert_eq!(
            assets(html),
            BTreeSet::from(["/a.css".to_owned(), "/c.js".to_owned()])
        );
    }
}
