//! Blocks and lines of the tree with figures, names and references filled in.

use charts::TablePlace;
use typeset::{Block as Printed, Cell, Inline as Line, Table};

use super::{Printer, figures, label, table_label};
use crate::data::{self, Picture};
use crate::directive::{Directive, Kind};
use crate::figure;
use crate::list;
use crate::lookup;
use crate::outline::{self, fragment};
use crate::tree::{Block, Inline};
use crate::untold::told;

impl Printer<'_, '_> {
    /// Headings of level 2 stand below those of sections.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Vec<Printed> {
        let mut out = Vec::new();
        for block in blocks {
            self.block(block, &mut out);
        }
        out
    }

    fn block(&mut self, block: &Block, out: &mut Vec<Printed>) {
        let printed = match block {
            Block::Heading { level, content } => Printed::Heading {
                level: level + 1,
                number: String::new(),
                content: self.line(content),
                label: String::new(),
            },
            Block::Paragraph(content) => Printed::Paragraph {
                content: self.line(&told(&self.view, content)),
            },
            Block::List { start, items } => Printed::List {
                start: *start,
                items: items.iter().map(|item| self.blocks(item)).collect(),
            },
            Block::Quote { note, content } => {
                let content = self.blocks(content);
                match note {
                    Some(note) => Printed::Note {
                        title: self.view.words.get(note.word()),
                        content,
                    },
                    None => Printed::Quote { content },
                }
            }
            Block::Code(text) => Printed::Code { text: text.clone() },
            Block::Table { head, rows } => Printed::Table(self.typed_table(head, rows)),
            Block::Rule => Printed::Rule,
            Block::Placed(directive) => return self.placed(directive, out),
        };
        out.push(printed);
    }

    fn typed_table(&self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Table {
        let cell = |content: &Vec<Inline>| Cell {
            content: self.line(content),
            ..Cell::default()
        };
        let row = |row: &Vec<Vec<Inline>>| {
            // A row of the text may be shorter than its head; a table of the book may not.
            let mut cells: Vec<Cell> = row.iter().take(head.len()).map(cell).collect();
            cells.resize_with(head.len(), Cell::default);
            cells
        };
        Table {
            columns: head.iter().map(|cell| self.line(cell)).collect(),
            rows: rows.iter().map(row).collect(),
            ..Table::default()
        }
    }

    pub(super) fn line(&self, content: &[Inline]) -> Vec<Line> {
        let mut out = Vec::new();
        for inline in content {
            match inline {
                Inline::Text(text) => out.push(Line::text(text)),
                Inline::Code(text) => out.push(Line::Mono { text: text.clone() }),
                Inline::Emphasis(inner) => out.push(Line::Emphasis {
                    content: self.line(inner),
                }),
                Inline::Strong(inner) => out.push(Line::Strong {
                    content: self.line(inner),
                }),
                Inline::Link { to, content } => out.push(Line::Link {
                    to: to.clone(),
                    content: self.line(content),
                }),
                Inline::Break => out.push(Line::Break),
                Inline::Filled(directive, inner) => {
                    let words = self.line(inner);
                    match directive.kind {
                        Kind::Ref => out.extend(self.reference(&directive.target, words)),
                        Kind::Term => out.extend(self.term(directive, words)),
                        Kind::Cite => out.extend(self.citation(directive)),
                        _ => out.push(Line::text(self.value(directive))),
                    }
                }
            }
        }
        out
    }

    fn value(&self, directive: &Directive) -> String {
        match lookup::value(&self.view, directive) {
            Ok(worded) => worded.text,
            Err(_) => self.view.words.get("missing-finding"),
        }
    }

    /// A link to an anchor of the edition; without words it is called by its label, without an
    /// anchor it is its words.
    pub(super) fn reference(&self, id: &str, words: Vec<Line>) -> Vec<Line> {
        let Some(anchor) = self.outline.anchors.get(id) else {
            return words;
        };
        let content = if words.is_empty() {
            vec![Line::text(&anchor.label)]
        } else {
            words
        };
        let to = label(&anchor.page, &anchor.fragment);
        vec![Line::Ref { to, content }]
    }

    fn term(&self, directive: &Directive, words: Vec<Line>) -> Vec<Line> {
        let Some(term) = self.view.book.terms.get(&directive.target) else {
            return words;
        };
        let words = if words.is_empty() {
            vec![Line::text(&term.wording(self.view.lang).word)]
        } else {
            words
        };
        self.reference(&list::term_anchor(&term.id), words)
    }

    fn citation(&self, directive: &Directive) -> Vec<Line> {
        let citations = &self.view.book.citations;
        let Some(source) = citations.get(&directive.target, self.view.lang) else {
            return Vec::new();
        };
        let mut words = source.short.clone();
        if let Some(page) = directive.own("page") {
            let pages = self.view.words.with("cited-page", &[("page", &page.value)]);
            words = format!("{words}, {pages}");
        }
        let mut out = vec![Line::text("(")];
        out.extend(self.reference(&list::source_anchor(&source.key), vec![Line::text(words)]));
        out.push(Line::text(")"));
        out
    }

    fn placed(&mut self, directive: &Directive, out: &mut Vec<Printed>) {
        match directive.kind {
            Kind::Slot => {
                let blocks = outline::slot(&self.view, &directive.target);
                return out.extend(self.blocks(blocks));
            }
            Kind::List => return self.list(directive, out),
            _ => {}
        }
        let Some(numbered) = self.outline.figure(directive).cloned() else {
            return;
        };
        let id = fragment(&numbered.id);
        let Ok(drawn) = figure::draw(&self.view, directive, &format!("svg-{id}")) else {
            let words = self.view.words.get("missing-finding");
            out.push(super::paragraph(words));
            return;
        };
        let page = self
            .outline
            .anchors
            .get(&numbered.id)
            .map_or("", |anchor| anchor.page.as_str());
        let place = label(page, &id);
        let words = self.view.words;
        let mut below = vec![vec![Line::text(data::base(&self.view, &drawn))]];
        if drawn.withholds() {
            below.push(vec![Line::text(words.get("withheld-note"))]);
        }
        let named = |strong: &str, rest: &str| {
            let words = [numbered.label.as_str(), strong].join(" ");
            let rest = format!(" {rest}");
            vec![Line::strong(words.trim()), Line::text(rest)]
        };
        let caption = match &drawn.picture {
            Picture::Table(_) => named("", &directive.text),
            _ => named(&directive.message, &directive.text),
        };
        out.push(match &drawn.picture {
            Picture::Chart(chart) => {
                let again = named("", &directive.text);
                let behind = figures(&chart.table, again, table_label(&id));
                self.tables.push(behind);
                let there = format!("{}, {}", words.get("tables-title"), numbered.label);
                let there = words.with("print-table", &[("where", &there)]);
                below.push(vec![Line::Ref {
                    to: table_label(&id),
                    content: vec![Line::text(there)],
                }]);
                let chart = charts::tabled(chart, TablePlace::End, self.view.lang);
                let charts::Printed { svg, ratio } = charts::printed(&chart);
                Printed::Figure {
                    label: place,
                    caption,
                    svg,
                    ratio,
                    alt: chart.desc,
                    below,
                }
            }
            Picture::Shaded(table) | Picture::Table(table) => {
                let mut table = figures(table, caption, place);
                table.below = below;
                Printed::Table(table)
            }
        });
    }
}
