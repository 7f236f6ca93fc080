//! The tree as HTML, with figures, names and references filled in for one edition.
//!
//! All text is escaped here and nowhere else; there is no way to pass markup through.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use charts::ChartTable;

use crate::csvw::{self, Described};
use crate::data::{self, Drawn, Picture};
use crate::directive::{Directive, Kind};
use crate::figure;
use crate::list;
use crate::lookup;
use crate::outline::{self, Anchor, Outline, fragment};
use crate::problem::{DidYouMean, Located, Problem};
use crate::tree::{Block, Inline, plain};
use crate::untold::told;
use crate::view::View;

/// Writes blocks of one page.
pub(crate) struct Writer<'a, 'o> {
    pub(crate) view: View<'a>,
    pub(crate) outline: &'o Outline<'a>,
    /// File name of the page, to tell links inside it from links to others.
    pub(crate) page: String,
    /// Data files by their address from the page.
    pub(crate) data: BTreeMap<String, String>,
    /// What the columns of the data files mean.
    pub(crate) described: Vec<Described>,
    /// Tables behind charts by the chart's id, for the appendix that repeats them.
    pub(crate) tables: BTreeMap<String, String>,
    pub(crate) problems: Vec<Located>,
    /// Whether the page goes into one file: charts bring their colours, tables stand open, and
    /// there are no data files to follow.
    pub(crate) single: bool,
}

/// Text made safe for HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

impl<'a, 'o> Writer<'a, 'o> {
    /// A writer of a chapter's page.
    pub(crate) fn new(view: View<'a>, outline: &'o Outline<'a>, chapter: &str) -> Self {
        Writer {
            view,
            outline,
            page: format!("{chapter}.html"),
            data: BTreeMap::new(),
            described: Vec::new(),
            tables: BTreeMap::new(),
            problems: Vec::new(),
            single: false,
        }
    }
}

impl Writer<'_, '_> {
    /// Returns blocks as HTML; headings of level 2 become `h3`, below the section's `h2`.
    pub(crate) fn blocks(&mut self, blocks: &[Block]) -> String {
        let mut out = String::new();
        for block in blocks {
            self.block(block, &mut out);
        }
        out
    }

    fn block(&mut self, block: &Block, out: &mut String) {
        match block {
            Block::Heading { level, content } => {
                let (level, content) = (level + 1, self.inlines(content));
                let _ = writeln!(out, "<h{level}>{content}</h{level}>");
            }
            Block::Paragraph(content) => {
                let content = self.inlines(&told(&self.view, content));
                let _ = writeln!(out, "<p>{content}</p>");
            }
            Block::List { start, items } => self.list(*start, items, out),
            Block::Quote { note, content } => {
                let content = self.blocks(content);
                let _ = match note {
                    Some(note) => writeln!(
                        out,
                        "<div class=\"note\" role=\"note\"><p class=\"note-title\">{}</p>{content}</div>",
                        escape(&self.view.words.get(note.word()))
                    ),
                    None => writeln!(out, "<blockquote>{content}</blockquote>"),
                };
            }
            Block::Code(text) => {
                let _ = writeln!(
                    out,
                    "<pre tabindex=\"0\"><code>{}</code></pre>",
                    escape(text)
                );
            }
            Block::Table { head, rows } => self.typed_table(head, rows, out),
            Block::Rule => out.push_str("<hr>\n"),
            Block::Placed(directive) => self.placed(directive, out),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], out: &mut String) {
        let (tag, open) = match start {
            None => ("ul", "<ul>".to_owned()),
            Some(1) => ("ol", "<ol>".to_owned()),
            Some(start) => ("ol", format!("<ol start=\"{start}\">")),
        };
        out.push_str(&open);
        for item in items {
            let content = match item.as_slice() {
                // A tight list has its words straight in the item.
                [Block::Paragraph(content), rest @ ..] => {
                    let first = self.inlines(&told(&self.view, content));
                    format!("{first}{}", self.blocks(rest))
                }
                blocks => self.blocks(blocks),
            };
            let _ = write!(out, "<li>{content}</li>");
        }
        let _ = writeln!(out, "</{tag}>");
    }

    fn typed_table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], out: &mut String) {
        // A table wider than the page is scrolled by keyboard; a name is what a region needs.
        let name = head.first().map_or_else(String::new, |cell| plain(cell));
        let name = match name.trim() {
            "" => self.view.words.get("typed-table"),
            name => format!("{}: {name}", self.view.words.get("typed-table")),
        };
        let _ = write!(
            out,
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table><thead><tr>",
            escape(&name)
        );
        for cell in head {
            let cell = self.inlines(cell);
            let _ = write!(out, "<th scope=\"col\">{cell}</th>");
        }
        out.push_str("</tr></thead><tbody>");
        for row in rows {
            out.push_str("<tr>");
            for cell in row {
                let cell = self.inlines(cell);
                let _ = write!(out, "<td>{cell}</td>");
            }
            out.push_str("</tr>");
        }
        out.push_str("</tbody></table></div>\n");
    }

    fn inlines(&mut self, content: &[Inline]) -> String {
        let mut out = String::new();
        for inline in content {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::Code(text) => {
                    let _ = write!(out, "<code>{}</code>", escape(text));
                }
                Inline::Emphasis(inner) => {
                    let inner = self.inlines(inner);
                    let _ = write!(out, "<em>{inner}</em>");
                }
                Inline::Strong(inner) => {
                    let inner = self.inlines(inner);
                    let _ = write!(out, "<strong>{inner}</strong>");
                }
                Inline::Link { to, content } => {
                    let content = self.inlines(content);
                    let to = escape(to);
                    let _ = write!(out, "<a href=\"{to}\" rel=\"noreferrer\">{content}</a>");
                }
                Inline::Break => out.push_str("<br>"),
                Inline::Filled(directive, inner) => {
                    let filled = match directive.kind {
                        Kind::Ref => self.reference(directive, inner),
                        Kind::Term => self.term(directive, inner),
                        Kind::Cite => self.citation(directive),
                        _ => self.value(directive),
                    };
                    out.push_str(&filled);
                }
            }
        }
        out
    }

    fn value(&mut self, directive: &Directive) -> String {
        match lookup::value(&self.view, directive) {
            Ok(worded) => {
                let text = escape(&worded.text);
                match worded.number {
                    Some(number) => format!("<data value=\"{number}\">{text}</data>"),
                    None => text,
                }
            }
            Err((problem, place)) => {
                self.report(Located::new(problem, place));
                self.missing()
            }
        }
    }

    fn reference(&mut self, directive: &Directive, content: &[Inline]) -> String {
        let words = self.inlines(content);
        if let Some(link) = self.link(&directive.target, &words) {
            return link;
        }
        let book = self.view.book;
        let steps_aside = book
            .sections(self.view.lang)
            .any(|s| s.id == directive.target);
        if !steps_aside {
            let known = book
                .sections(self.view.lang)
                .map(|section| section.id.as_str());
            let known = known.chain(self.outline.anchors.keys().map(String::as_str));
            let id = directive.target.clone();
            let near = DidYouMean::among(&id, known);
            let problem = Problem::UnknownReference { id, near };
            self.report(Located::new(problem, directive.place.clone()));
        }
        // A section that is not in this edition leaves its words without a link.
        words
    }

    /// A link to an anchor of the edition; without words (HTML already) it is called by its label.
    pub(crate) fn link(&self, id: &str, words: &str) -> Option<String> {
        let anchor = self.outline.anchors.get(id)?;
        let words = if words.is_empty() {
            escape(&anchor.label)
        } else {
            words.to_owned()
        };
        Some(format!("<a href=\"{}\">{words}</a>", self.address(anchor)))
    }

    /// The address of an anchor from this page.
    fn address(&self, anchor: &Anchor) -> String {
        let page = if anchor.page == self.page {
            ""
        } else {
            anchor.page.as_str()
        };
        match (page, anchor.fragment.as_str()) {
            ("", "") => self.page.clone(),
            (page, "") => page.to_owned(),
            (page, fragment) => format!("{page}#{fragment}"),
        }
    }

    /// A word of the glossary: its meaning is there to hover over, and to follow.
    fn term(&mut self, directive: &Directive, content: &[Inline]) -> String {
        let words = self.inlines(content);
        let Some(term) = self.view.book.terms.get(&directive.target) else {
            return words;
        };
        let wording = term.wording(self.view.lang);
        let words = if words.is_empty() {
            escape(&wording.word)
        } else {
            words
        };
        match self.outline.anchors.get(&list::term_anchor(&term.id)) {
            Some(anchor) => format!(
                "<a class=\"term\" href=\"{}\" title=\"{}\">{words}</a>",
                self.address(anchor),
                escape(&wording.means)
            ),
            None => words,
        }
    }

    /// Who says so, and when, with a link to the list of sources.
    fn citation(&self, directive: &Directive) -> String {
        let citations = &self.view.book.citations;
        let Some(source) = citations.get(&directive.target, self.view.lang) else {
            return String::new();
        };
        let mut words = source.short.clone();
        if let Some(page) = directive.own("page") {
            let pages = self.view.words.with("cited-page", &[("page", &page.value)]);
            words = format!("{words}, {pages}");
        }
        let words = escape(&words);
        let link = self.link(&list::source_anchor(&source.key), &words);
        format!("({})", link.unwrap_or(words))
    }

    fn placed(&mut self, directive: &Directive, out: &mut String) {
        match directive.kind {
            Kind::Slot => return self.slot(directive, out),
            Kind::List => return list::write(self, directive, out),
            _ => {}
        }
        let Some(numbered) = self.outline.figure(directive) else {
            return;
        };
        let id = fragment(&numbered.id);
        match figure::draw(&self.view, directive, &format!("svg-{id}")) {
            Ok(drawn) => {
                let label = numbered.label.clone();
                let html = self.figure(directive, &id, &label, &drawn);
                if let Picture::Chart(chart) = &drawn.picture {
                    let caption = format!("{label}. {}", escape(&directive.text));
                    let again = table(&chart.table, &caption, &format!("{id}-all"), "figures");
                    self.tables.insert(numbered.id.clone(), again);
                }
                out.push_str(&html);
                let csv = data::csv(&self.view, &drawn);
                let caption = format!("{label}. {}", directive.text);
                let file = format!("{id}.csv");
                let described = csvw::figure(&self.view, &file, &caption, &drawn);
                self.described.push(described);
                self.data.insert(format!("data/{id}.csv"), csv);
            }
            Err((problem, place)) => {
                self.report(Located::new(problem, place));
                let _ = writeln!(out, "<p>{}</p>", self.missing());
            }
        }
    }

    fn slot(&mut self, directive: &Directive, out: &mut String) {
        let slots = &self.view.book.slots;
        if slots.is_known(&directive.target) {
            let blocks = outline::slot(&self.view, &directive.target);
            let inner = self.blocks(blocks);
            out.push_str(&inner);
        } else {
            let name = directive.target.clone();
            let near = DidYouMean::among(&name, slots.names());
            let problem = Problem::UnknownSlot { name, near };
            self.report(Located::new(problem, directive.place.clone()));
        }
    }

    /// A chart or table with all that belongs to it: number, message, what is measured, base,
    /// the table behind a chart, and the data file.
    fn figure(&self, directive: &Directive, id: &str, label: &str, drawn: &Drawn) -> String {
        let words = self.view.words;
        let measure = escape(&directive.text);
        let body = match &drawn.picture {
            Picture::Chart(chart) if self.single => format!(
                "<div class=\"picture\">{}</div>\n{}",
                charts::printed(chart).svg,
                table(&chart.table, &format!("{label}. {measure}"), id, "figures"),
            ),
            Picture::Chart(chart) => format!(
                "<div class=\"picture\">{}</div>\n<details><summary>{}</summary>\n{}</details>\n<p class=\"on-paper\">{}</p>",
                chart.svg,
                escape(&words.get("show-table")),
                table(&chart.table, &format!("{label}. {measure}"), id, "figures"),
                escape(&words.with("print-table", &[("where", &words.get("tables-title"))]))
            ),
            Picture::Shaded(shaded) => {
                table(shaded, &format!("{label}. {measure}"), id, "figures shaded")
            }
            Picture::Table(plain) => table(plain, &format!("{label}. {measure}"), id, "figures"),
        };
        let head = match &drawn.picture {
            Picture::Table(_) => {
                format!("<span class=\"number\">{label}</span> <strong>{measure}</strong>")
            }
            _ => format!(
                "<span class=\"number\">{label}</span> <strong>{}</strong> <span class=\"measure\">{measure}</span>",
                escape(&directive.message)
            ),
        };
        let note = if drawn.withholds() {
            format!(
                "<p class=\"base\">{}</p>\n",
                escape(&words.get("withheld-note"))
            )
        } else {
            String::new()
        };
        let files = if self.single {
            String::new()
        } else {
            format!(
                "<p class=\"files\"><a href=\"data/{id}.csv\" download>{}\
                 <span class=\"hidden\">: {label}</span></a></p>\n",
                escape(&words.get("download"))
            )
        };
        format!(
            "<figure class=\"figure\" id=\"{id}\">\n<figcaption>{head}</figcaption>\n{body}\n\
             <p class=\"base\">{}</p>\n{note}{files}</figure>\n",
            escape(&data::base(&self.view, drawn)),
        )
    }

    fn missing(&self) -> String {
        let words = escape(&self.view.words.get("missing-finding"));
        format!("<mark class=\"missing\">{words}</mark>")
    }

    fn report(&mut self, problem: Located) {
        let edition = self.view.edition_name();
        self.problems.push(problem.in_edition(&edition));
    }
}

/// A table of figures that can be scrolled sideways by keyboard where it is wider than the page.
/// `caption` is HTML already.
pub(crate) fn table(table: &ChartTable, caption: &str, id: &str, class: &str) -> String {
    let mut out = format!(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{id}-caption\">\
         <table class=\"{class}\"><caption id=\"{id}-caption\">{caption}</caption><thead><tr>"
    );
    for column in &table.columns {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(column));
    }
    out.push_str("</tr></thead>\n<tbody>");
    for row in &table.rows {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escape(&row.header));
        for cell in &row.cells {
            let text = escape(&cell.text);
            let _ = match cell.shade {
                Some(shade) => write!(out, "<td class=\"h{shade}\">{text}</td>"),
                None if starts_with_number(&cell.text) => write!(out, "<td>{text}</td>"),
                None => write!(out, "<td class=\"word\">{text}</td>"),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>");
    out
}

pub(crate) fn starts_with_number(text: &str) -> bool {
    text.trim_start_matches(['−', '+'])
        .starts_with(|c: char| c.is_ascii_digit())
}
