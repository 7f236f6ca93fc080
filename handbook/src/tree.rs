//! A section as a typed tree: parsed once per language, resolved for every edition.
//!
//! HTML is one reader of it; other outputs read the same tree. Nothing in it depends on a city or
//! on findings: figures, names and references are directives, still to be filled in.

use crate::directive::Directive;

/// A piece of text that stands by itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A heading below the section's title; level 2 is the first.
    Heading { level: u8, content: Vec<Inline> },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list; ordered ones carry their first number.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    /// A block quote, or a note where it is marked as one.
    Quote {
        note: Option<Note>,
        content: Vec<Block>,
    },
    /// Preformatted text.
    Code(String),
    /// A table typed by the author.
    Table {
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A line between paragraphs.
    Rule,
    /// A chart, a table or a slot.
    Placed(Directive),
}

/// What a marked block quote is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    Remark,
    Tip,
    Important,
    Warning,
    Caution,
}

impl Note {
    /// Returns the key of its heading among the words.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Note::Remark => "note",
            Note::Tip => "tip",
            Note::Important => "important",
            Note::Warning => "warning",
            Note::Caution => "caution",
        }
    }
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Inline {
    Text(String),
    Code(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    /// A link out of the book.
    Link {
        to: String,
        content: Vec<Inline>,
    },
    /// A forced line break.
    Break,
    /// A value or a reference; its content is the author's own wording.
    Filled(Directive, Vec<Inline>),
}

/// Returns the words of a line without its marks.
pub(crate) fn plain(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Break => " ".to_owned(),
            Inline::Emphasis(inner) | Inline::Strong(inner) => plain(inner),
            Inline::Link { content, .. } | Inline::Filled(_, content) => plain(content),
        })
        .collect()
}

/// Calls `see` for every directive in reading order.
pub(crate) fn directives<'t>(blocks: &'t [Block], see: &mut impl FnMut(&'t Directive)) {
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph(content) => inline(content, see),
            Block::List { items, .. } => items.iter().for_each(|item| directives(item, see)),
            Block::Quote { content, .. } => directives(content, see),
            Block::Table { head, rows } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    inline(cell, see);
                }
            }
            Block::Placed(directive) => see(directive),
            Block::Code(_) | Block::Rule => {}
        }
    }
}

fn inline<'t>(content: &'t [Inline], see: &mut impl FnMut(&'t Directive)) {
    for piece in content {
        match piece {
            Inline::Filled(directive, inner) => {
                see(directive);
                inline(inner, see);
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) => inline(inner, see),
            Inline::Link { content, .. } => inline(content, see),
            Inline::Text(_) | Inline::Code(_) | Inline::Break => {}
        }
    }
}
