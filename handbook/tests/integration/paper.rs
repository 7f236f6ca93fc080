//! Whole books as PDF: made on request, linked from every page, the same bytes, never with gaps.

use std::num::NonZeroUsize;

use handbook::{WholeBooks, build};

use crate::fixture::{catalog, file, findings, network, request, tiny, with_names};

const PDF: WholeBooks = WholeBooks {
    network_only: false,
    epub: true,
    pdf: true,
};

/// Whether the file says of itself that it keeps a rule, and in which part.
fn says(pdf: &[u8], what: &str) -> bool {
    pdf.windows(what.len())
        .any(|bytes| bytes == what.as_bytes())
}

#[test]
fn a_book_is_set_for_paper_and_linked_from_its_pages() {
    let sources = with_names(tiny(
        "Tukea antaa [lähituki](term:on-site-support) [A](cite:aalto), [luku](ref:need).\n\n\
         | A | B |\n| - | - |\n| 1 | **2** |\n\n1. Yksi\n2. Kaksi\n\n> [!NOTE]\n> Huomio.\n\n\
         ![Mitä](chart:area.gap,form=dumbbell,id=need \"Viesti\")\n\n![T](table:area.mean,by=role_group)\n\n\
         ![](list:terms,group=support)\n\n![](list:sources)\n\n## Alle\n\n![](slot:support.contact)",
    ));
    let catalog = catalog();
    let files = [network(), file(&findings("oulu", "564"))];
    let mut request = request(&sources, &catalog, &files);
    request.whole = PDF;
    let edition = build(&request).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(handbook::Located::one_line).collect();
        panic!("{}", lines.join("\n"))
    });
    let name = "2026-syksy-oulu-fi.pdf";
    let pdf = &edition.files[&format!("oulu/fi/{name}")];
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for part in [
        "<pdfuaid:part>1<",
        "<pdfaid:part>2<",
        "<pdfaid:conformance>A<",
    ] {
        assert!(says(pdf, part), "{part}");
    }
    for (page, bytes) in &edition.files {
        if page.starts_with("oulu/fi/") && page.ends_with(".html") {
            let link = format!("href=\"{name}\"");
            assert!(String::from_utf8_lossy(bytes).contains(&link), "{page}");
        }
    }
    request.whole.network_only = true;
    let edition = build(&request).expect("sound");
    let books: Vec<&String> = edition
        .files
        .keys()
        .filter(|name| name.ends_with(".pdf"))
        .collect();
    assert_eq!(books, ["network/fi/2026-syksy-network-fi.pdf"]);
    assert!(!String::from_utf8_lossy(&edition.files["oulu/fi/index.html"]).contains(".pdf"));
}

#[test]
fn a_book_on_paper_is_the_same_bytes_every_time() {
    let sources = tiny("Hinta on $5 #let x = 1 @ankka\n\n![A](chart:area.gap,form=dumbbell \"V\")");
    let catalog = catalog();
    let files = [network(), file(&findings("oulu", "564"))];
    let mut request = request(&sources, &catalog, &files);
    request.whole = PDF;
    request.threads = NonZeroUsize::new(1);
    let one = build(&request).expect("sound");
    request.threads = NonZeroUsize::new(3);
    let two = build(&request).expect("sound");
    assert!(one.files.contains_key("oulu/fi/2026-syksy-oulu-fi.pdf"));
    assert_eq!(one.files, two.files);
}

#[test]
fn a_draft_is_no_document_for_the_archive() {
    let sources = tiny("Teksti.");
    let catalog = catalog();
    let files = [network()];
    let mut request = request(&sources, &catalog, &files);
    request.whole = PDF;
    (request.draft, request.published) = (true, None);
    let edition = build(&request).expect("sound");
    let pdf = &edition.files["network/fi/2026-syksy-network-fi.pdf"];
    assert!(says(pdf, "<pdfuaid:part>1<"));
    assert!(!says(pdf, "<pdfaid:part>"));
}

#[test]
fn a_letter_that_the_typeface_lacks_bars_publishing_and_is_named() {
    let sources = tiny("Hyvää työtä 🎉!");
    let catalog = catalog();
    let files = [network()];
    let mut request = request(&sources, &catalog, &files);
    build(&request).expect("pages show what the reader's system has");
    request.whole = PDF;
    let problems = build(&request).expect_err("paper has one typeface");
    let lines: Vec<String> = problems.iter().map(handbook::Located::one_line).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].contains("handbook::not_printable"), "{lines:?}");
    assert!(
        lines[0].contains("network-fi.pdf") && lines[0].contains('🎉'),
        "{lines:?}"
    );
}
