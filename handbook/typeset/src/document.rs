//! What a printed book is: blocks and lines with everything filled in, in one language.
//!
//! All of it travels to the template as JSON, so that no text can be read as instructions.

use serde::Serialize;

/// A book.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Document {
    /// Title of the book; also in the properties of the file.
    pub title: String,
    /// Which edition it is, below the title.
    pub edition: String,
    /// Language tag, such as `fi`.
    pub lang: String,
    /// Day of publication; a book without one is no document for the archive.
    pub date: Option<Day>,
    /// Program and version that made the file.
    pub program: String,
    /// What reproduces the book, for the properties of the file.
    pub stamp: Vec<String>,
    /// A word across every page.
    pub watermark: Option<String>,
    /// What must be seen before anything else.
    pub banners: Vec<String>,
    /// What stands at the foot of every page.
    pub foot: String,
    /// Blocks of the first page, below the title.
    pub cover: Vec<Block>,
    /// Heading of the table of contents.
    pub contents: String,
    /// The book itself; its headings of level 1 begin a page.
    pub body: Vec<Block>,
}

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    /// Year, such as 2026.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Day {
    /// Reads `2026-11-22`; none for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let day = Day {
            year: parts.next()?.parse().ok()?,
            month: parts.next()?.parse().ok()?,
            day: parts.next()?.parse().ok()?,
        };
        let is_day = (1..=12).contains(&day.month) && (1..=31).contains(&day.day);
        (is_day && parts.next().is_none()).then_some(day)
    }
}

/// A piece of text that stands by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A heading of level 1 to 6; levels may not be skipped.
    Heading {
        /// 1 for chapters.
        level: u8,
        /// Number or name before the words, such as `4.1`; may be empty.
        number: String,
        /// The words.
        content: Vec<Inline>,
        /// Where links lead; may be empty.
        label: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        content: Vec<Inline>,
    },
    /// The first words of a chapter.
    Lead {
        /// Its blocks.
        content: Vec<Block>,
    },
    /// A list; ordered ones carry their first number.
    List {
        /// First number; none for a list of points.
        start: Option<u64>,
        /// Items.
        items: Vec<Vec<Block>>,
    },
    /// Names with what is said of them.
    Terms {
        /// Name, what is said, and where links lead (may be empty).
        items: Vec<Term>,
    },
    /// Blocks of another language.
    ForeignBlocks {
        /// Language tag.
        lang: String,
        /// The blocks.
        content: Vec<Block>,
    },
    /// A marked passage with its heading.
    Note {
        /// Such as `Huomaa`.
        title: String,
        /// Its blocks.
        content: Vec<Block>,
    },
    /// A block quote.
    Quote {
        /// Its blocks.
        content: Vec<Block>,
    },
    /// Preformatted text.
    Code {
        /// The text.
        text: String,
    },
    /// A line between paragraphs.
    Rule,
    /// A table.
    Table(Table),
    /// A picture with what must stand beside it.
    Figure {
        /// Where links lead; may be empty.
        label: String,
        /// Number such as `Kuvio 4.1`, and message.
        caption: Vec<Inline>,
        /// An SVG document of its own.
        svg: String,
        /// Its height in parts of its width; a high picture is made narrower to fit a page.
        ratio: f64,
        /// Text alternative; never empty.
        alt: String,
        /// Lines below: base, notes.
        below: Vec<Vec<Inline>>,
    },
    /// An index in two columns; places are pages, found when the pages are made.
    Register {
        /// Letter and lines: name, and labels of the places.
        letters: Vec<(String, Vec<IndexLine>)>,
    },
}

/// A line of an index: a name, and the labels of its places.
pub type IndexLine = (String, Vec<String>);

/// A name with what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// The name.
    pub name: Vec<Inline>,
    /// What is said.
    pub content: Vec<Inline>,
    /// Where links lead; may be empty.
    pub label: String,
}

/// A table with headings of its columns and of its rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Table {
    /// Where links lead; may be empty.
    pub label: String,
    /// Number, what is shown; may be empty.
    pub caption: Vec<Inline>,
    /// Headings of the columns.
    pub columns: Vec<Vec<Inline>>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell of each row is its heading.
    pub row_headers: bool,
    /// Lines below: base, notes.
    pub below: Vec<Vec<Inline>>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// Its words.
    pub content: Vec<Inline>,
    /// Shade, 0 to 4.
    pub shade: Option<u8>,
    /// Whether it holds a number, which stands at the right.
    pub number: bool,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Words in a typewriter's manner.
    Mono {
        /// The words.
        text: String,
    },
    /// Stressed words.
    Emphasis {
        /// The words.
        content: Vec<Inline>,
    },
    /// Strongly stressed words.
    Strong {
        /// The words.
        content: Vec<Inline>,
    },
    /// A link out of the book.
    Link {
        /// The address.
        to: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// A link inside the book; words only where nothing has the label.
    Ref {
        /// The label.
        to: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// Words of another language.
    Foreign {
        /// Language tag.
        lang: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// A forced line break.
    Break,
}

impl Inline {
    /// Words as they are.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text { text: text.into() }
    }

    /// Strongly stressed words.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Inline {
        Inline::Strong {
            content: vec![Inline::text(text)],
        }
    }
}
