//! Pages of one book: all of them, or one alone for who is looking at it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Made;
use crate::csvw::{self, Described};
use crate::front;
use crate::html::{Writer, escape};
use crate::outline::{Part, chapter_label, fragment};
use crate::page::{Page, Shell};
use crate::problem::Located;
use crate::register;
use crate::search;
use crate::sheet;
use crate::tree::{Block, plain};

const FRONT: &str = "index.html";
const TABLES: &str = "tables.html";

/// The pages of a book.
pub(super) struct Pages<'s, 'a, 'o> {
    shell: &'s Shell<'a, 'o>,
    /// Name of the search's script.
    script: &'s str,
    /// File names and titles in reading order.
    order: Vec<(String, String)>,
}

/// A chapter's page, and what it brings along.
struct Chapter {
    html: String,
    /// Its charts and tables, for the list of all.
    list: String,
    /// Data files by their address from the page.
    data: BTreeMap<String, String>,
    described: Vec<Described>,
    problems: Vec<Located>,
}

impl<'s, 'a, 'o> Pages<'s, 'a, 'o> {
    pub(super) fn of(shell: &'s Shell<'a, 'o>, script: &'s str) -> Self {
        let words = shell.view.words;
        let chapters = shell.outline.chapters.iter().map(|part| {
            let title = part.chapter.index.title.clone();
            (format!("{}.html", part.chapter.id), title)
        });
        let last = [
            (TABLES, "tables-title"),
            (register::PAGE, "register-title"),
            (search::PAGE, "search-title"),
        ];
        Pages {
            shell,
            script,
            order: std::iter::once((FRONT.to_owned(), shell.book().to_owned()))
                .chain(chapters)
                .chain(last.map(|(name, key)| (name.to_owned(), words.get(key))))
                .collect(),
        }
    }

    /// Writes every page with its data files below a folder.
    pub(super) fn all(&self, folder: &str, made: &mut Made) {
        let mut put = |name: &str, text: String| {
            made.files
                .insert(format!("{folder}/{name}"), text.into_bytes());
        };
        put(FRONT, self.front());
        let (mut list, mut described) = (String::new(), Vec::new());
        for part in &self.shell.outline.chapters {
            let mut chapter = self.chapter(part);
            put(&format!("{}.html", part.chapter.id), chapter.html);
            for (name, csv) in chapter.data {
                put(&name, csv);
            }
            list.push_str(&chapter.list);
            described.append(&mut chapter.described);
            made.problems.append(&mut chapter.problems);
        }
        if !described.is_empty() {
            let text = csvw::metadata(&[self.shell.view], &described);
            put(&format!("data/{}", csvw::NAME), text);
        }
        put(TABLES, self.tables(&list));
        put(register::PAGE, self.register());
        put(search::PAGE, self.search());
        for name in sheet::NAMES {
            put(name, sheet::page(self.shell, name));
        }
    }

    /// Returns a page that can be made without the rest of the book.
    pub(super) fn one(&self, name: &str, problems: &mut Vec<Located>) -> Option<String> {
        let parts = &self.shell.outline.chapters;
        Some(match name {
            FRONT => self.front(),
            register::PAGE => self.register(),
            search::PAGE => self.search(),
            name if sheet::NAMES.contains(&name) => sheet::page(self.shell, name),
            name => {
                let id = name.strip_suffix(".html")?;
                let mut chapter = self.chapter(parts.iter().find(|part| part.chapter.id == id)?);
                problems.append(&mut chapter.problems);
                chapter.html
            }
        })
    }

    /// A page in its frame, with the way to its neighbours.
    fn framed(&self, name: &str, description: String, main: String) -> String {
        let at = self.order.iter().position(|(known, _)| known == name);
        let beside = |at: Option<usize>| at.and_then(|at| self.order.get(at)).cloned();
        let scripts = match name {
            search::PAGE => vec![
                search::INDEX.to_owned(),
                format!("../../assets/{}", self.script),
            ],
            _ => Vec::new(),
        };
        self.shell.page(&Page {
            name: name.to_owned(),
            title: beside(at).map(|(_, title)| title).unwrap_or_default(),
            description,
            main,
            scripts,
            previous: beside(at.and_then(|at| at.checked_sub(1))),
            next: beside(at.map(|at| at + 1)),
        })
    }

    fn front(&self) -> String {
        let view = &self.shell.view;
        let name = [("name", &*view.population_name())];
        let main = front::index(view, self.shell.outline, &sheet::links(view));
        self.framed(FRONT, view.words.with("edition-of", &name), main)
    }

    fn chapter(&self, part: &Part<'a>) -> Chapter {
        let mut writer = Writer::new(self.shell.view, self.shell.outline, &part.chapter.id);
        let main = chapter(&mut writer, part);
        Chapter {
            html: self.framed(&writer.page, description(&part.chapter.index.blocks), main),
            list: front::figures_of(&writer, part),
            data: writer.data,
            described: writer.described,
            problems: writer.problems,
        }
    }

    /// The list of all charts and tables, which the chapters have given.
    fn tables(&self, list: &str) -> String {
        let view = &self.shell.view;
        let lead = view.words.get("tables-lead");
        let main = format!(
            "<h1>{}</h1>\n<p class=\"lead\">{}</p>\n{list}{}",
            escape(&view.words.get("tables-title")),
            escape(&lead),
            front::files(view)
        );
        self.framed(TABLES, lead, main)
    }

    fn register(&self) -> String {
        let view = &self.shell.view;
        let lead = view.words.get("register-lead");
        self.framed(
            register::PAGE,
            lead,
            register::page(view, self.shell.outline),
        )
    }

    fn search(&self) -> String {
        let view = &self.shell.view;
        let label = view.words.get("search-label");
        self.framed(search::PAGE, label, search::page(view))
    }
}

/// A chapter with its sections.
pub(crate) fn chapter(writer: &mut Writer<'_, '_>, part: &Part<'_>) -> String {
    let label = escape(&chapter_label(&writer.view, part.chapter));
    let index = &part.chapter.index;
    let mut out = format!(
        "<h1><span class=\"number\">{label}</span> {}</h1>\n<div class=\"lead\">\n{}</div>\n",
        escape(&index.title),
        writer.blocks(&index.blocks)
    );
    for (number, section) in &part.sections {
        let id = fragment(&section.id);
        let own = writer.view.lang.tag();
        let written = section.written_in().unwrap_or(own);
        // A draft may show the Finnish text where a translation is missing; it says so.
        let lang = if written == own {
            String::new()
        } else {
            format!(" lang=\"{written}\"")
        };
        let _ = write!(
            out,
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\"{lang}>\n\
             <h2 id=\"{id}-title\"><span class=\"number\">{}</span> {}</h2>\n{}</section>\n",
            escape(number),
            escape(&section.title),
            writer.blocks(&section.blocks)
        );
    }
    out
}

fn description(blocks: &[Block]) -> String {
    let first = blocks.iter().find_map(|block| match block {
        Block::Paragraph(content) => Some(plain(content)),
        _ => None,
    });
    first.unwrap_or_default().chars().take(160).collect()
}
