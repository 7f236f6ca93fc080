#![doc = include_str!("../README.md")]
#![warn(missing_docs)]

mod document;
mod labels;
mod world;

use std::collections::BTreeMap;

use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use document::{Block, Cell, Day, Document, IndexLine, Inline, Table, Term};

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the PDF cannot be made: {0}")]
pub struct Failure(String);

#[derive(Serialize)]
struct Given<'a> {
    #[serde(flatten)]
    document: &'a Document,
    labels: BTreeMap<String, bool>,
}

/// Sets a book and returns its bytes: PDF/UA-1, and PDF/A-2a where it has a date.
///
/// The same book gives the same bytes, on any number of threads.
///
/// # Errors
/// When the book breaks a rule of these standards, such as a picture without a text alternative,
/// a heading level that is skipped, or a letter that no face has.
pub fn pdf(mut document: Document, faces: &[&'static [u8]]) -> Result<Vec<u8>, Failure> {
    let labels = labels::settle(&mut document);
    let given = Given {
        document: &document,
        labels,
    };
    let json = serde_json::to_string(&given).map_err(|error| Failure(error.to_string()))?;
    let made = set(&document, json, faces);
    // Also after a failure: what is kept for the next run is of no use to another book.
    typst::comemo::evict(0);
    made
}

fn set(document: &Document, json: String, faces: &[&'static [u8]]) -> Result<Vec<u8>, Failure> {
    let world = world::Closed::new(json, faces);
    let pages: PagedDocument = typst::compile(&world)
        .output
        .map_err(|errors| told(&errors))?;
    let mut standards = vec![PdfStandard::Ua_1];
    standards.extend(document.date.map(|_| PdfStandard::A_2a));
    let options = PdfOptions {
        ident: Smart::Custom(document.stamp.join(" ")),
        creator: Smart::Custom(Some(document.program.clone())),
        standards: PdfStandards::new(&standards)
            .map_err(|error| Failure(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|errors| told(&errors))
}

fn told(errors: &[SourceDiagnostic]) -> Failure {
    let mut lines: Vec<String> = errors
        .iter()
        .map(|error| {
            let hints: Vec<&str> = error.hints.iter().map(|hint| hint.v.as_str()).collect();
            if hints.is_empty() {
                error.message.to_string()
            } else {
                format!("{} ({})", error.message, hints.join("; "))
            }
        })
        .collect();
    lines.dedup();
    Failure(lines.join("; "))
}

#[cfg(test)]
mod tests {
    use typst::layout::{Frame, FrameItem};

    use super::*;

    const FACE: &[u8] = include_bytes!("../../charts/fonts/atkinson-hyperlegible-next-400.ttf");
    const SVG: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0H9V9z"/></svg>"#;

    fn document(body: Vec<Block>) -> Document {
        Document {
            title: "Käsikirja".into(),
            edition: "Painos: Vantaa".into(),
            lang: "fi".into(),
            date: Day::parse("2026-11-22"),
            program: "icteko 0.1.0".into(),
            stamp: vec!["Painos 2026-syksy".into()],
            watermark: None,
            banners: Vec::new(),
            foot: "Käsikirja".into(),
            cover: Vec::new(),
            contents: "Sisällys".into(),
            body,
        }
    }

    fn words(text: &str) -> Block {
        Block::Paragraph {
            content: vec![Inline::text(text)],
        }
    }

    fn heading(level: u8, label: &str) -> Block {
        Block::Heading {
            level,
            number: String::new(),
            content: vec![Inline::text("Otsikko")],
            label: label.into(),
        }
    }

    fn picture(alt: &str) -> Block {
        Block::Figure {
            label: String::new(),
            caption: vec![Inline::text("Kuvio 1")],
            svg: SVG.into(),
            ratio: 1.0,
            alt: alt.into(),
            below: Vec::new(),
        }
    }

    fn text_of(frame: &Frame, out: &mut String) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => text_of(&group.frame, out),
                FrameItem::Text(text) => out.push_str(&text.text),
                _ => {}
            }
        }
    }

    #[test]
    fn text_is_never_read_as_instructions() {
        let hostile = "#panic() $x^2$ @nowhere *a* _b_ `c` <d> = e // f /* g */ \\ #let h = 1";
        let mut book = document(vec![words(hostile)]);
        let labels = labels::settle(&mut book);
        let given = Given {
            document: &book,
            labels,
        };
        let json = serde_json::to_string(&given).expect("it is JSON");
        let world = world::Closed::new(json, &[FACE]);
        let pages: PagedDocument = typst::compile(&world).output.expect("it is set");
        let mut text = String::new();
        for page in pages.pages() {
            text_of(&page.frame, &mut text);
        }
        let dense = |text: &str| text.replace([' ', '\u{a0}'], "");
        assert!(dense(&text).contains(&dense(hostile)), "{text}");
    }

    #[test]
    fn a_picture_without_a_text_a_skipped_level_and_a_foreign_letter_are_refused() {
        let sound = || {
            vec![
                heading(1, "a"),
                heading(2, "b"),
                picture("Kolmio."),
                words("ä"),
            ]
        };
        pdf(document(sound()), &[FACE]).expect("a sound book");
        for (broken, said) in [
            (picture(""), "alt"),
            (heading(4, "c"), "heading"),
            (words("漢"), "漢"),
        ] {
            let mut body = sound();
            body.push(broken);
            let error = pdf(document(body), &[FACE]).expect_err(said).to_string();
            assert!(error.contains(said), "{said}: {error}");
        }
    }

    #[test]
    fn a_label_that_stands_twice_or_nowhere_stops_nothing() {
        let link = |to: &str| Inline::Ref {
            to: to.into(),
            content: vec![Inline::text("katso")],
        };
        let body = vec![
            heading(1, "a"),
            heading(1, "a"),
            Block::Paragraph {
                content: vec![link("a"), link("nowhere")],
            },
        ];
        let one = pdf(document(body.clone()), &[FACE]).expect("it is set");
        let two = pdf(document(body), &[FACE]).expect("it is set");
        assert_eq!(one, two, "the same bytes every time");
    }

    #[test]
    fn days_are_read_or_refused() {
        assert!(Day::parse("2026-11-22").is_some());
        for text in [
            "2026-13-01",
            "2026-00-10",
            "2026-11",
            "x",
            "2026-11-22-1",
            "",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
