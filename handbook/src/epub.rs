//! A book as EPUB 3.3: the same pages as XHTML, in one file that is the same bytes every time.
//!
//! Tables stand open behind their charts and nothing leads out of the file but addresses of
//! sources. Times inside are those of publication, so only a published edition has the file.

mod package;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::front;
use crate::html::{Writer, escape};
use crate::outline::chapter_label;
use crate::page::Shell;
use crate::register;
use crate::site;

/// A page of the book.
struct Leaf {
    /// Name without ending; also its id in the package.
    name: String,
    title: String,
    /// XHTML.
    main: String,
}

/// Returns the bytes of a published book.
///
/// # Errors
/// What the archive writer says; it writes to memory.
pub(crate) fn book(shell: &Shell<'_, '_>, published: &str) -> Result<Vec<u8>, String> {
    let leaves = leaves(shell);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for leaf in &leaves {
        let page = page(shell, leaf).into_bytes();
        files.insert(format!("EPUB/{}.xhtml", leaf.name), page);
    }
    let navigation = package::navigation(shell);
    files.insert("EPUB/nav.xhtml".to_owned(), navigation.into_bytes());
    let package = package::package(shell, &leaves, published);
    files.insert("EPUB/package.opf".to_owned(), package.into_bytes());
    let style = shell.view.request.sources.get("theme/book.css");
    let style = style.map_or_else(String::new, |file| file.text.clone());
    files.insert("EPUB/book.css".to_owned(), style.into_bytes());
    for (name, bytes) in [
        ("EPUB/regular.woff2", charts::look::FONT_REGULAR),
        ("EPUB/semibold.woff2", charts::look::FONT_SEMIBOLD),
        ("EPUB/OFL.txt", charts::look::FONT_LICENCE.as_bytes()),
        ("META-INF/container.xml", package::CONTAINER.as_bytes()),
    ] {
        files.insert(name.to_owned(), bytes.to_vec());
    }
    archive(&files).map_err(|error| error.to_string())
}

fn leaves(shell: &Shell<'_, '_>) -> Vec<Leaf> {
    let (view, outline) = (shell.view, shell.outline);
    let mut leaves = vec![Leaf {
        name: "index".to_owned(),
        title: shell.book().to_owned(),
        main: format!("{}{}", banner(shell), front::index(&view, outline, "")),
    }];
    for part in &outline.chapters {
        let mut writer = Writer::new(view, outline, &part.chapter.id);
        writer.single = true;
        leaves.push(Leaf {
            name: part.chapter.id.clone(),
            title: format!(
                "{} {}",
                chapter_label(&view, part.chapter),
                part.chapter.index.title
            ),
            main: site::chapter(&mut writer, part),
        });
    }
    leaves.push(Leaf {
        name: "register".to_owned(),
        title: view.words.get("register-title"),
        main: register::page(&view, outline),
    });
    let names: Vec<String> = leaves.iter().map(|leaf| leaf.name.clone()).collect();
    for leaf in &mut leaves {
        leaf.main = xhtml(&leaf.main, &names);
    }
    leaves
}

fn banner(shell: &Shell<'_, '_>) -> String {
    if !shell.is_simulated() {
        return String::new();
    }
    let note = escape(&shell.view.words.get("simulated"));
    format!("<p class=\"simulated\">{note}</p>\n")
}

/// Our HTML as XHTML. All text is escaped, so what looks like markup here is markup.
fn xhtml(html: &str, names: &[String]) -> String {
    let mut out = html.replace("<br>", "<br/>").replace("<hr>", "<hr/>");
    for name in names {
        out = out.replace(
            &format!("href=\"{name}.html"),
            &format!("href=\"{name}.xhtml"),
        );
    }
    out
}

fn page(shell: &Shell<'_, '_>, leaf: &Leaf) -> String {
    let mut out = head(shell, &leaf.title);
    let _ = write!(out, "<main>\n{}</main>\n", leaf.main);
    if leaf.name == "index" {
        out.push_str("<footer class=\"stamp\">\n<dl>");
        for (key, value) in shell.stamp() {
            let (key, value) = (escape(&key), escape(&value));
            let _ = write!(out, "<div><dt>{key}</dt><dd>{value}</dd></div>");
        }
        let licence = escape(&shell.view.words.get("licence"));
        let _ = writeln!(out, "</dl>\n<p>{licence}</p>\n</footer>");
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// Everything before the content of a page.
fn head(shell: &Shell<'_, '_>, title: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{0}\" xml:lang=\"{0}\">\n<head>\n<title>{1}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"book.css\"/>\n</head>\n<body>\n",
        shell.view.lang.tag(),
        escape(title)
    )
}

/// The type of the file stands first and is not packed; times and order are fixed.
fn archive(files: &BTreeMap<String, Vec<u8>>) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/epub+zip")?;
    let packed = stored.compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(name, packed)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
