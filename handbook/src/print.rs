//! A book on paper: the same tree as the pages, as one document for the typesetter.
//!
//! Problems of the text are found when the pages are made; here a figure that is missing is a word.

mod blocks;
mod lists;

use std::collections::BTreeMap;

use typeset::{Block, Day, Document, IndexLine, Inline, Table, Term};

use crate::html::starts_with_number;
use crate::lookup;
use crate::messages;
use crate::outline::{Outline, Part, chapter_label, fragment};
use crate::page::Shell;
use crate::register;
use crate::view::View;

/// Writes blocks of one book.
pub(super) struct Printer<'a, 'o> {
    view: View<'a>,
    outline: &'o Outline<'a>,
    /// Tables behind the charts, for the appendix.
    tables: Vec<Table>,
}

/// Where links lead in a book: the address its place has among the pages.
fn label(page: &str, fragment: &str) -> String {
    format!("{page}#{fragment}")
}

/// Label of the table behind a chart.
fn table_label(id: &str) -> String {
    label("tables.html", id)
}

/// Returns the whole book.
pub(crate) fn document(shell: &Shell<'_, '_>) -> Document {
    let view = shell.view;
    let mut printer = Printer {
        view,
        outline: shell.outline,
        tables: Vec::new(),
    };
    let mut body = printer.messages();
    for part in &shell.outline.chapters {
        printer.chapter(part, &mut body);
    }
    printer.appendices(&mut body);
    let words = view.words;
    let draft = view.request.draft;
    let stamp = shell.stamp();
    let mut banners: Vec<String> = Vec::new();
    banners.extend(draft.then(|| words.get("draft-note")));
    banners.extend(
        view.corrections.values().next_back().map(|correction| {
            words.with("corrected-note", &[("what", correction.what(view.lang))])
        }),
    );
    banners.extend(shell.is_simulated().then(|| words.get("simulated")));
    Document {
        title: shell.book().to_owned(),
        edition: words.with("edition-of", &[("name", &view.population_name())]),
        lang: view.lang.tag().to_owned(),
        date: view.request.published.and_then(Day::parse),
        program: view.request.program.to_owned(),
        stamp: stamp
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect(),
        watermark: draft.then(|| words.get("draft")),
        banners,
        foot: format!(
            "{} – {} – {} {}",
            shell.book(),
            view.population_name(),
            words.get("stamp-edition"),
            view.request.edition
        ),
        cover: cover(&view, stamp),
        contents: words.get("contents"),
        body,
    }
}

/// Facts of the edition, and what reproduces it.
fn cover(view: &View<'_>, stamp: Vec<(String, String)>) -> Vec<Block> {
    let words = view.words;
    let mut facts = vec![
        (words.get("fact-wave"), view.wave()),
        (
            words.get("fact-date"),
            view.fact("date").unwrap_or_default(),
        ),
    ];
    if let Some(rate) = lookup::response_rate(view) {
        facts.insert(1, (words.get("stat-response_rate"), rate));
    }
    facts.extend(lookup::open_link(view).map(|text| (words.get("fact-answering"), text)));
    let terms = |all: Vec<(String, String)>| Block::Terms {
        items: all
            .into_iter()
            .map(|(name, value)| Term {
                name: vec![Inline::text(name)],
                content: vec![Inline::text(value)],
                label: String::new(),
            })
            .collect(),
    };
    vec![
        terms(facts),
        Block::Rule,
        terms(stamp),
        paragraph(words.get("licence")),
    ]
}

fn paragraph(words: String) -> Block {
    Block::Paragraph {
        content: vec![Inline::text(words)],
    }
}

fn heading(level: u8, words: String) -> Block {
    Block::Heading {
        level,
        number: String::new(),
        content: vec![Inline::text(words)],
        label: String::new(),
    }
}

impl<'a> Printer<'a, '_> {
    fn messages(&self) -> Vec<Block> {
        let messages = messages::of(&self.view);
        if messages.is_empty() {
            return Vec::new();
        }
        let items = messages.into_iter().map(|message| {
            let mut content = vec![Inline::text(message.words)];
            if let Some(anchor) = self.outline.anchors.get(message.section) {
                let more = [("where", anchor.label.as_str())];
                content.push(Inline::text(" "));
                content.push(Inline::Ref {
                    to: label(&anchor.page, &anchor.fragment),
                    content: vec![Inline::text(self.view.words.with("messages-more", &more))],
                });
            }
            vec![Block::Paragraph { content }]
        });
        let list = Block::List {
            start: Some(1),
            items: items.collect(),
        };
        vec![heading(1, self.view.words.get("messages-title")), list]
    }

    fn chapter(&mut self, part: &Part<'a>, out: &mut Vec<Block>) {
        let index = &part.chapter.index;
        let page = format!("{}.html", part.chapter.id);
        out.push(Block::Heading {
            level: 1,
            number: chapter_label(&self.view, part.chapter),
            content: vec![Inline::text(&index.title)],
            label: label(&page, ""),
        });
        let content = self.blocks(&index.blocks);
        out.push(Block::Lead { content });
        for (number, section) in &part.sections {
            let content = self.blocks(&section.blocks);
            let heading = Block::Heading {
                level: 2,
                number: number.clone(),
                content: vec![Inline::text(&section.title)],
                label: label(&page, &fragment(&section.id)),
            };
            // A draft may show the Finnish text where a translation is missing.
            let own = self.view.lang.tag();
            let written = section.written_in().unwrap_or(own);
            if written == own {
                out.push(heading);
                out.extend(content);
            } else {
                out.push(Block::ForeignBlocks {
                    lang: written.to_owned(),
                    content: std::iter::once(heading).chain(content).collect(),
                });
            }
        }
    }

    /// The tables behind the charts, and the index.
    fn appendices(&mut self, out: &mut Vec<Block>) {
        let words = self.view.words;
        let tables = std::mem::take(&mut self.tables);
        if !tables.is_empty() {
            out.push(heading(1, words.get("tables-title")));
            out.push(paragraph(words.get("tables-print-lead")));
            out.extend(tables.into_iter().map(Block::Table));
        }
        let mut letters: BTreeMap<Vec<u32>, (String, Vec<IndexLine>)> = BTreeMap::new();
        for (name, places) in register::lines(&self.view, self.outline).into_values() {
            let (order, letter) = register::letter(&name);
            let places = places
                .into_iter()
                .map(|(to, _)| if to.contains('#') { to } else { label(&to, "") })
                .collect();
            let (_, lines) = letters.entry(order).or_insert_with(|| (letter, Vec::new()));
            lines.push((name, places));
        }
        out.push(heading(1, words.get("register-title")));
        out.push(paragraph(words.get("register-print-lead")));
        let letters = letters.into_values().collect();
        out.push(Block::Register { letters });
    }
}

/// A table of figures with its words as lines.
fn figures(table: &charts::ChartTable, caption: Vec<Inline>, label: String) -> Table {
    let cell = |cell: &charts::TableCell| typeset::Cell {
        content: vec![Inline::text(&cell.text)],
        shade: cell.shade,
        number: starts_with_number(&cell.text),
    };
    let heading = |text: &String| vec![Inline::text(text)];
    Table {
        label,
        caption,
        columns: table.columns.iter().map(heading).collect(),
        rows: table
            .rows
            .iter()
            .map(|row| {
                let first = typeset::Cell {
                    content: heading(&row.header),
                    ..typeset::Cell::default()
                };
                std::iter::once(first)
                    .chain(row.cells.iter().map(cell))
                    .collect()
            })
            .collect(),
        row_headers: true,
        below: Vec::new(),
    }
}
