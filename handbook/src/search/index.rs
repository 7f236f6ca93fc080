//! What is found where: every section, word of the glossary and card by the stems of its words.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use surveys::Lang;
use typeset::{Block, Document, Inline};

use super::stems::{Stems, words};

/// Letters of the text that a result shows.
const SNIPPET: usize = 140;

/// A place that can be found.
#[derive(Default)]
struct Place {
    title: String,
    /// The chapter it stands in.
    context: String,
    /// Address from the search page.
    to: String,
    /// Headings, and the rest.
    named: String,
    text: String,
}

#[derive(Serialize)]
struct Index {
    /// Title, chapter, address, first words.
    docs: Vec<[String; 4]>,
    /// Twice the number of the place, and one more where the word stands in a heading.
    stems: BTreeMap<String, Vec<usize>>,
    /// Words whose longest known beginning is not their stem.
    forms: BTreeMap<String, String>,
}

/// Returns the index of a book as a script that leaves it to the page's own.
pub(crate) fn index(book: &Document, lang: Lang) -> String {
    let mut places = Vec::new();
    collect(&book.body, &mut String::new(), &mut places);
    let all = |place: &Place| {
        words(&place.named)
            .chain(words(&place.text))
            .collect::<Vec<_>>()
    };
    let known: BTreeSet<String> = places.iter().flat_map(all).collect();
    let stems = Stems::new(lang, known.clone());
    let mut found: BTreeMap<String, BTreeMap<usize, bool>> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        for (text, is_named) in [(&place.text, false), (&place.named, true)] {
            for word in words(text) {
                let parts = stems.parts(&word);
                for stem in std::iter::once(stems.stem(&word)).chain(parts) {
                    *found.entry(stem).or_default().entry(at).or_default() |= is_named;
                }
            }
        }
    }
    // As the script does: the longest beginning of three letters or more that is a stem, where
    // at most eight letters of the word are left over.
    let stem_of = |word: &str| {
        let ends: Vec<usize> = word
            .char_indices()
            .map(|(at, c)| at + c.len_utf8())
            .collect();
        let near = ends
            .iter()
            .rev()
            .take(9)
            .filter(|end| word[..**end].chars().count() > 2);
        let mut beginnings = near.map(|end| word[..*end].to_owned());
        beginnings.find(|beginning| found.contains_key(beginning))
    };
    let forms = known
        .iter()
        .map(|word| (word.clone(), stems.stem(word)))
        .filter(|(word, stem)| stem_of(word).as_ref() != Some(stem))
        .collect();
    let index = Index {
        docs: places.into_iter().map(Place::shown).collect(),
        stems: found
            .into_iter()
            .map(|(stem, places)| {
                let code = |(at, is_named): (usize, bool)| at * 2 + usize::from(is_named);
                (stem, places.into_iter().map(code).collect())
            })
            .collect(),
        forms,
    };
    let json =
        serde_json::to_string(&index).expect("an index holds nothing that JSON cannot write");
    format!("globalThis.ictekoIndex = {json};\n")
}

impl Place {
    fn shown(self) -> [String; 4] {
        let mut snippet: String = self.text.trim().chars().take(SNIPPET).collect();
        if self.text.trim().chars().count() > SNIPPET {
            let end = snippet.rfind(' ').unwrap_or(snippet.len());
            snippet.truncate(end);
            snippet.push('…');
        }
        [self.title, self.context, self.to, snippet]
    }
}

/// Reads blocks in order; a heading with a label begins a place, a level 1 without one ends all.
fn collect(blocks: &[Block], chapter: &mut String, places: &mut Vec<Place>) -> bool {
    for block in blocks {
        match block {
            Block::Heading {
                level: 1, label, ..
            } if label.is_empty() && !places.is_empty() => {
                return false;
            }
            Block::Heading {
                level,
                number,
                content,
                label,
            } if !label.is_empty() => {
                let words = plain(content);
                let title = format!("{number} {words}").trim().to_owned();
                if *level == 1 {
                    chapter.clone_from(&title);
                }
                places.push(Place {
                    title,
                    context: if *level == 1 {
                        String::new()
                    } else {
                        chapter.clone()
                    },
                    to: label.trim_end_matches('#').to_owned(),
                    named: words,
                    text: String::new(),
                });
            }
            Block::Heading { content, .. } => {
                if let Some(place) = places.last_mut() {
                    add(&mut place.named, &plain(content));
                }
            }
            Block::Terms { items } => {
                for item in items {
                    let (name, text) = (plain(&item.name), plain(&item.content));
                    if item.label.is_empty() {
                        say(places, &name);
                        say(places, &text);
                        continue;
                    }
                    places.push(Place {
                        title: item
                            .name
                            .first()
                            .map_or_else(String::new, |word| plain(std::slice::from_ref(word))),
                        context: chapter.clone(),
                        to: item.label.clone(),
                        named: name,
                        text,
                    });
                }
            }
            Block::List { items, .. } => {
                for item in items {
                    collect(item, chapter, places);
                }
            }
            Block::Lead { content }
            | Block::ForeignBlocks { content, .. }
            | Block::Note { content, .. }
            | Block::Quote { content } => {
                if !collect(content, chapter, places) {
                    return false;
                }
            }
            Block::Paragraph { content } => say(places, &plain(content)),
            Block::Code { text } => say(places, text),
            Block::Table(table) => {
                say(places, &plain(&table.caption));
                let cells = table.rows.iter().flatten().map(|cell| &cell.content);
                for cell in table.columns.iter().chain(cells) {
                    say(places, &plain(cell));
                }
            }
            Block::Figure { caption, .. } => say(places, &plain(caption)),
            Block::Rule | Block::Register { .. } => {}
        }
    }
    true
}

fn say(places: &mut [Place], text: &str) {
    if let Some(place) = places.last_mut() {
        add(&mut place.text, text);
    }
}

fn add(to: &mut String, text: &str) {
    if !to.is_empty() {
        to.push(' ');
    }
    to.push_str(text);
}

fn plain(content: &[Inline]) -> String {
    content
        .iter()
        .map(|piece| match piece {
            Inline::Text { text } | Inline::Mono { text } => text.clone(),
            Inline::Break => " ".to_owned(),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Link { content, .. }
            | Inline::Ref { content, .. }
            | Inline::Foreign { content, .. } => plain(content),
        })
        .collect()
}
