//! Markdown to the typed tree, with the place of everything that may be wrong.

use std::iter::Peekable;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd,
};
use surveys::definition::{Place, SourceFile};

use crate::directive::{self, Address, Directive, Link};
use crate::problem::{Located, Problem};
use crate::tree::{Block, Inline, Note, plain};

/// Parses a stretch of a file. `text` stands at `start` in the file (about there, for texts that
/// are values of another format).
pub(crate) fn parse(
    file: &Arc<SourceFile>,
    text: &str,
    start: usize,
    problems: &mut Vec<Located>,
) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let mut reader = Reader {
        events: Parser::new_ext(text, options).into_offset_iter().peekable(),
        file,
        start,
        problems,
        last_heading: 1,
        depth: 0,
    };
    reader.blocks()
}

/// Nobody writes deeper; a file that does would exhaust the stack.
const DEEPEST: usize = 16;

struct Reader<'t, 'p> {
    events: Peekable<OffsetIter<'t>>,
    file: &'p Arc<SourceFile>,
    start: usize,
    problems: &'p mut Vec<Located>,
    /// Level of the last heading; the section's title is 1.
    last_heading: u8,
    /// How many lists, quotes and marks stand around the present place.
    depth: usize,
}

impl Reader<'_, '_> {
    fn place(&self, range: &Range<usize>) -> Place {
        let end = self.file.text.len();
        let at = |offset: usize| {
            let mut at = (self.start + offset).min(end);
            while !self.file.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        Place {
            file: self.file.clone(),
            span: at(range.start)..at(range.end),
        }
    }

    fn report(&mut self, problem: Problem, range: &Range<usize>) {
        let place = self.place(range);
        self.problems.push(Located::new(problem, place));
    }

    /// Takes everything up to the end of whatever holds the present place.
    fn skip(&mut self) {
        let mut open = 0_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) if open == 0 => break,
                Event::End(_) => open -= 1,
                _ => {}
            }
        }
    }

    /// Goes one step deeper, unless that is too deep; then what stands there is left out.
    fn deeper<T: Default>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= DEEPEST {
            let range = self.events.peek().map_or(0..0, |(_, range)| range.clone());
            self.report(Problem::TooDeep { deepest: DEEPEST }, &range);
            self.skip();
            return T::default();
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// Reads blocks up to the end of whatever holds them.
    fn blocks(&mut self) -> Vec<Block> {
        self.deeper(Self::blocks_here)
    }

    fn blocks_here(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(tag) => blocks.extend(self.block(tag, range)),
                Event::End(_) => break,
                Event::Rule => blocks.push(Block::Rule),
                Event::Html(_) => self.report(Problem::RawHtml, &range),
                // Text straight inside a list item, without a paragraph around it.
                other => {
                    let content = self.loose(other, range);
                    blocks.push(Block::Paragraph(content));
                }
            }
        }
        blocks
    }

    fn block(&mut self, tag: Tag<'_>, range: Range<usize>) -> Option<Block> {
        Some(match tag {
            Tag::Paragraph => return self.paragraph(),
            Tag::Heading { level, .. } => self.heading(level, &range),
            Tag::List(start) => Block::List {
                start,
                items: self.items(),
            },
            Tag::BlockQuote(kind) => Block::Quote {
                note: kind.map(note_of),
                content: self.blocks(),
            },
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                Block::Code(plain(&self.inlines()))
            }
            Tag::Table(_) => self.table(),
            Tag::HtmlBlock => {
                self.report(Problem::RawHtml, &range);
                while !matches!(self.events.next(), None | Some((Event::End(_), _))) {}
                return None;
            }
            // An inline mark at the beginning of a list item without a paragraph.
            other => {
                let content = self.loose(Event::Start(other), range);
                Block::Paragraph(content)
            }
        })
    }

    /// Gathers inline events that stand without a paragraph, up to the next block or end.
    fn loose(&mut self, first: Event<'_>, range: Range<usize>) -> Vec<Inline> {
        let mut content = Vec::new();
        self.inline(first, range, &mut content);
        while let Some((event, _)) = self.events.peek() {
            let goes_on = match event {
                Event::End(_) | Event::Rule | Event::Html(_) => false,
                Event::Start(tag) => is_inline(tag),
                _ => true,
            };
            if !goes_on {
                break;
            }
            if let Some((event, range)) = self.events.next() {
                self.inline(event, range, &mut content);
            }
        }
        content
    }

    /// A paragraph, or the one chart, table or slot that stands alone in it.
    fn paragraph(&mut self) -> Option<Block> {
        let mut content = self.inlines();
        let is_placed =
            |inline: &Inline| matches!(inline, Inline::Filled(d, _) if d.kind.is_block());
        if content.len() == 1
            && is_placed(&content[0])
            && let Some(Inline::Filled(directive, _)) = content.pop()
        {
            return Some(Block::Placed(directive));
        }
        self.refuse_inline(&mut content);
        (!content.is_empty()).then_some(Block::Paragraph(content))
    }

    /// Takes charts, tables and slots out of a line; they are blocks.
    fn refuse_inline(&mut self, content: &mut Vec<Inline>) {
        let mut refused: Vec<(Directive, &'static str)> = Vec::new();
        content.retain(|inline| match inline {
            Inline::Filled(d, _) if d.kind.is_block() => {
                refused.push((d.clone(), d.kind.name()));
                false
            }
            _ => true,
        });
        for (directive, scheme) in refused {
            let problem = Problem::InlineFigure { scheme };
            self.problems.push(Located::new(problem, directive.place));
        }
    }

    fn heading(&mut self, level: HeadingLevel, range: &Range<usize>) -> Block {
        let level = level as u8;
        if level < 2 || level > self.last_heading + 1 {
            let expected = "#".repeat(usize::from(self.last_heading) + 1);
            let problem = Problem::HeadingOrder {
                found: level,
                expected: format!("`{expected}`"),
            };
            self.report(problem, range);
        }
        self.last_heading = level.max(2);
        let mut content = self.inlines();
        self.refuse_inline(&mut content);
        Block::Heading { level, content }
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::Item) => items.push(self.blocks()),
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        items
    }

    fn table(&mut self) -> Block {
        let (mut head, mut rows) = (Vec::new(), Vec::new());
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableHead) => head = self.cells(),
                Event::Start(Tag::TableRow) => rows.push(self.cells()),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        Block::Table { head, rows }
    }

    fn cells(&mut self) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::Start(Tag::TableCell) => {
                    let mut content = self.inlines();
                    self.refuse_inline(&mut content);
                    cells.push(content);
                }
                Event::End(_) => break,
                _ => {}
            }
        }
        cells
    }

    /// Reads inlines up to the end of whatever holds them.
    fn inlines(&mut self) -> Vec<Inline> {
        self.deeper(Self::inlines_here)
    }

    fn inlines_here(&mut self) -> Vec<Inline> {
        let mut content = Vec::new();
        while let Some((event, range)) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.inline(event, range, &mut content);
        }
        content
    }

    fn inline(&mut self, event: Event<'_>, range: Range<usize>, out: &mut Vec<Inline>) {
        match event {
            Event::Text(text) => push_text(out, &text),
            Event::Code(text) => out.push(Inline::Code(text.into_string())),
            Event::SoftBreak => push_text(out, " "),
            Event::HardBreak => out.push(Inline::Break),
            Event::Html(_) | Event::InlineHtml(_) => self.report(Problem::RawHtml, &range),
            Event::Start(Tag::Emphasis) => {
                let inner = self.inlines();
                out.push(Inline::Emphasis(inner));
            }
            Event::Start(Tag::Strong) => {
                let inner = self.inlines();
                out.push(Inline::Strong(inner));
            }
            Event::Start(Tag::Link {
                dest_url, title, ..
            }) => {
                self.link(&dest_url, &title, false, &range, out);
            }
            Event::Start(Tag::Image {
                dest_url, title, ..
            }) => {
                self.link(&dest_url, &title, true, &range, out);
            }
            Event::Start(_) => {
                // Kinds that are not switched on never come; their words are kept all the same.
                let inner = self.inlines();
                out.extend(inner);
            }
            _ => {}
        }
    }

    fn link(
        &mut self,
        address: &str,
        message: &str,
        is_image: bool,
        range: &Range<usize>,
        out: &mut Vec<Inline>,
    ) {
        let mut content = self.inlines();
        self.refuse_inline(&mut content);
        let link = Link {
            address,
            message,
            text: plain(&content),
            is_image,
            place: self.place(range),
        };
        let problems = &mut *self.problems;
        let report = |problem, place| problems.push(Located::new(problem, place));
        match directive::read(link, report) {
            Address::Plain => out.push(Inline::Link {
                to: address.to_owned(),
                content,
            }),
            Address::Directive(directive) => out.push(Inline::Filled(directive, content)),
            Address::Refused if is_image => {}
            Address::Refused => out.extend(content),
        }
    }
}

fn push_text(out: &mut Vec<Inline>, text: &str) {
    if let Some(Inline::Text(last)) = out.last_mut() {
        last.push_str(text);
    } else {
        out.push(Inline::Text(text.to_owned()));
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn note_of(kind: BlockQuoteKind) -> Note {
    match kind {
        BlockQuoteKind::Note => Note::Remark,
        BlockQuoteKind::Tip => Note::Tip,
        BlockQuoteKind::Important => Note::Important,
        BlockQuoteKind::Warning => Note::Warning,
        BlockQuoteKind::Caution => Note::Caution,
    }
}
