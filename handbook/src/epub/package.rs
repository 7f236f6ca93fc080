//! What an EPUB says of itself: package document, table of contents, accessibility metadata.

use std::fmt::Write as _;

use super::{Leaf, head};
use crate::html::escape;
use crate::outline::{chapter_label, fragment};
use crate::page::Shell;

/// Where the package document stands.
pub(super) const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n\
    <rootfiles><rootfile full-path=\"EPUB/package.opf\" \
    media-type=\"application/oebps-package+xml\"/></rootfiles>\n</container>\n";

/// EPUB Accessibility 1.1: what a reader can rely on. No level is claimed, since nobody has
/// certified one.
const ACCESS: [(&str, &str); 12] = [
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "index"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "noFlashingHazard"),
    ("accessibilityHazard", "noMotionSimulationHazard"),
    ("accessibilityHazard", "noSoundHazard"),
];

pub(super) fn package(shell: &Shell<'_, '_>, leaves: &[Leaf], published: &str) -> String {
    let view = shell.view;
    let (lang, words) = (view.lang.tag(), view.words);
    let stamp: Vec<String> = shell
        .stamp()
        .iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" \
         xml:lang=\"{lang}\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">urn:icteko:handbook:{}:{}:{lang}</dc:identifier>\n\
         <dc:title>{} – {}</dc:title>\n<dc:language>{lang}</dc:language>\n\
         <dc:creator>ICTeko</dc:creator>\n<dc:date>{published}</dc:date>\n\
         <dc:description>{}</dc:description>\n<dc:rights>{}</dc:rights>\n\
         <meta property=\"dcterms:modified\">{published}T00:00:00Z</meta>\n",
        escape(view.request.edition),
        escape(view.file.population()),
        escape(shell.book()),
        escape(&view.population_name()),
        escape(&stamp.join("; ")),
        escape(&words.get("licence")),
    );
    for (name, value) in ACCESS {
        let _ = writeln!(out, "<meta property=\"schema:{name}\">{value}</meta>");
    }
    let summary = escape(&words.get("epub-access"));
    let _ = writeln!(
        out,
        "<meta property=\"schema:accessibilitySummary\">{summary}</meta>"
    );
    out.push_str("</metadata>\n<manifest>\n");
    out.push_str(
        "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"style\" href=\"book.css\" media-type=\"text/css\"/>\n\
         <item id=\"regular\" href=\"regular.woff2\" media-type=\"font/woff2\"/>\n\
         <item id=\"semibold\" href=\"semibold.woff2\" media-type=\"font/woff2\"/>\n\
         <item id=\"ofl\" href=\"OFL.txt\" media-type=\"text/plain\"/>\n",
    );
    for leaf in leaves {
        let drawn = if leaf.main.contains("<svg ") {
            " properties=\"svg\""
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "<item id=\"page-{0}\" href=\"{0}.xhtml\" media-type=\"application/xhtml+xml\"{drawn}/>",
            leaf.name
        );
    }
    out.push_str("</manifest>\n<spine>\n");
    for leaf in leaves {
        let _ = writeln!(out, "<itemref idref=\"page-{}\"/>", leaf.name);
    }
    out.push_str("</spine>\n</package>\n");
    out
}

/// Chapters and sections, as reading systems show them.
pub(super) fn navigation(shell: &Shell<'_, '_>) -> String {
    let (view, words) = (shell.view, shell.view.words);
    let contents = escape(&words.get("contents"));
    let mut out = head(shell, &words.get("contents"));
    let _ = write!(
        out,
        "<nav epub:type=\"toc\" id=\"toc\" role=\"doc-toc\">\n<h1>{contents}</h1>\n<ol>\n\
         <li><a href=\"index.xhtml\">{}</a></li>\n",
        escape(&words.get("home"))
    );
    for part in &shell.outline.chapters {
        let page = &part.chapter.id;
        let _ = write!(
            out,
            "<li><a href=\"{page}.xhtml\">{} {}</a>",
            escape(&chapter_label(&view, part.chapter)),
            escape(&part.chapter.index.title)
        );
        if !part.sections.is_empty() {
            out.push_str("\n<ol>\n");
            for (number, section) in &part.sections {
                let _ = writeln!(
                    out,
                    "<li><a href=\"{page}.xhtml#{}\">{} {}</a></li>",
                    fragment(&section.id),
                    escape(number),
                    escape(&section.title)
                );
            }
            out.push_str("</ol>\n");
        }
        out.push_str("</li>\n");
    }
    let _ = write!(
        out,
        "<li><a href=\"register.xhtml\">{}</a></li>\n</ol>\n</nav>\n</body>\n</html>\n",
        escape(&words.get("register-title"))
    );
    out
}
