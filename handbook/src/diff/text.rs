//! The text of two source trees: sections and slots joined by their ids, block by block.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Deserialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use surveys::Lang;

use crate::own::OwnPath;
use crate::section;
use crate::slots;
use crate::sources::Sources;
use crate::worddiff;

/// A section, a slot or a file whose text is not the same in both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextChange {
    /// Whose text it is; none for the common text.
    pub city: Option<String>,
    /// Its language; none for files that hold all languages.
    pub lang: Option<Lang>,
    /// Id of the section, name of the slot or of the file.
    pub id: String,
    /// How it differs.
    pub kind: TextKind,
}

/// How a text differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextKind {
    /// It was not there.
    New,
    /// It is not there any more.
    Gone,
    /// Some of its blocks differ: the changed words of each.
    Changed(Vec<String>),
}

/// Whose text, in which language, and its id.
type Key = (Option<String>, Option<Lang>, String);

/// Returns what differs, the common text before that of the cities.
pub(crate) fn changes(before: &Sources, after: &Sources) -> Vec<TextChange> {
    let (before, after) = (texts(before), texts(after));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    let mut changes = Vec::new();
    for key in keys {
        let kind = match (before.get(key), after.get(key)) {
            (None, _) => TextKind::New,
            (_, None) => TextKind::Gone,
            (Some(before), Some(after)) => {
                let changed = blocks(before, after);
                if changed.is_empty() {
                    continue;
                }
                TextKind::Changed(changed)
            }
        };
        let (city, lang, id) = key.clone();
        changes.push(TextChange {
            city,
            lang,
            id,
            kind,
        });
    }
    changes
}

/// The changed words of each block that differs.
fn blocks(before: &str, after: &str) -> Vec<String> {
    let (before, after) = (split(before), split(after));
    let mut changed = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (old, new) = (&before[op.old_range()], &after[op.new_range()]);
        for at in 0..old.len().max(new.len()) {
            let block = |blocks: &[String]| blocks.get(at).cloned().unwrap_or_default();
            changed.extend(worddiff::words(&block(old), &block(new)));
        }
    }
    changed
}

/// Blocks of Markdown stand between empty lines; white space inside counts as one space.
fn split(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words.is_empty(), blocks.last_mut()) {
            (true, _) => blocks.push(String::new()),
            (false, Some(block)) => {
                if !block.is_empty() {
                    block.push(' ');
                }
                block.push_str(&words.join(" "));
            }
            (false, None) => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Every text by whose it is, its language and its id. How pages look is no text.
fn texts(sources: &Sources) -> BTreeMap<Key, String> {
    let mut texts = BTreeMap::new();
    for file in sources
        .iter()
        .filter(|file| !file.name.starts_with("theme/"))
    {
        let name = file.name.as_str();
        let (city, lang) = whose(name);
        if name.ends_with(".md") {
            let id = id(&file.text).unwrap_or_else(|| name.to_owned());
            let words = section::text_of(sources, name);
            let words = words.map_or_else(|| file.text.clone(), |text| text.words);
            texts.insert((city, lang, id), words);
        } else if lang.is_some() && !name.starts_with("locales/") {
            let slots: BTreeMap<String, toml::Value> =
                toml::from_str(&file.text).unwrap_or_default();
            for (slot, text) in slots {
                if let Some(text) = text.as_str() {
                    let key = (city.clone(), lang, format!("slot:{slot}"));
                    texts.insert(key, text.to_owned());
                }
            }
        } else {
            texts.insert((city, lang, name.to_owned()), file.text.clone());
        }
    }
    texts
}

fn whose(name: &str) -> (Option<String>, Option<Lang>) {
    if let Some(own) = OwnPath::of(name) {
        return (Some(own.slug.to_owned()), Some(own.lang));
    }
    if let Some((slug, lang)) = slots::city_file(name) {
        return (Some(slug.to_owned()), Some(lang));
    }
    let tag = ["content/", "locales/"].iter().find_map(|folder| {
        let rest = name.strip_prefix(folder)?;
        rest.split(['/', '.']).next()
    });
    (None, tag.and_then(Lang::from_tag))
}

/// The id in the head of a section file.
fn id(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        id: String,
    }
    let (head, _) = section::split(text)?;
    toml::from_str(head).ok().map(|Named { id }| id)
}

impl TextChange {
    /// Returns the change as lines for people: in Finnish, else in English.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let (fi, en) = match self.kind {
            TextKind::New => ("uusi", "new"),
            TextKind::Gone => ("poistunut", "gone"),
            TextKind::Changed(_) => ("muuttunut", "changed"),
        };
        let (word, common) = match lang {
            Lang::Fi => (format!("{fi:10}"), "yhteinen"),
            Lang::Sv | Lang::En => (format!("{en:7}"), "common"),
        };
        let mut out = format!("{word}  {}", self.city.as_deref().unwrap_or(common));
        if let Some(lang) = self.lang {
            let _ = write!(out, "/{}", lang.tag());
        }
        let _ = write!(out, "  {}", self.id);
        if let TextKind::Changed(blocks) = &self.kind {
            for block in blocks {
                let _ = write!(out, "\n           {block}");
            }
        }
        out
    }
}
