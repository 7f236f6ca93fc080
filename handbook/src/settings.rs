//! `handbook.toml`: title, languages, and the order of chapters and sections.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use surveys::Lang;
use surveys::definition::{Place, SourceFile};
use toml::Spanned;

use crate::problem::{Located, Problem};

/// Its name.
pub(crate) const FILE: &str = "handbook.toml";

/// The file as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    schema: u32,
    title: String,
    title_sv: String,
    title_en: String,
    pub(crate) languages: Vec<Lang>,
    /// Natural order of keys, by dimension; keys that are not named follow in their own order.
    #[serde(default)]
    pub(crate) order: BTreeMap<String, Vec<String>>,
    /// Ids of the sections that a city may replace by its own as a whole.
    #[serde(default)]
    pub(crate) replaceable: Vec<Spanned<String>>,
    /// Sections and slots that every city has to write itself before its edition is published.
    #[serde(default)]
    pub(crate) required: Vec<Spanned<String>>,
    #[serde(rename = "chapter")]
    pub(crate) chapters: Vec<ChapterEntry>,
}

/// A chapter: folder `content/<lang>/<id>/`, whose `index.md` has its title and first words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChapterEntry {
    pub(crate) id: Spanned<String>,
    pub(crate) number: String,
    pub(crate) sections: Vec<Spanned<String>>,
}

impl Settings {
    pub(crate) fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fi => &self.title,
            Lang::Sv => &self.title_sv,
            Lang::En => &self.title_en,
        }
    }
}

/// Reads the settings; none if they cannot be read at all.
pub(crate) fn read(file: &Arc<SourceFile>, problems: &mut Vec<Located>) -> Option<Settings> {
    let settings: Settings = from_toml(file, &file.text, 0, problems)?;
    if settings.schema != 1 {
        let problem = Problem::WrongSchema {
            found: settings.schema,
        };
        problems.push(Located::new(problem, place(file, 0..0)));
        return None;
    }
    for chapter in &settings.chapters {
        let sections = chapter.sections.iter().map(|name| (name, &[INDEX][..]));
        for (name, taken) in std::iter::once((&chapter.id, &PAGES[..])).chain(sections) {
            let expected = if !is_id(name.get_ref()) {
                "a name of a-z, 0-9 and hyphen"
            } else if taken.contains(&name.get_ref().as_str()) {
                "another name: the handbook has a page of its own that is called so"
            } else {
                continue;
            };
            let problem = Problem::BadValue {
                value: name.get_ref().clone(),
                expected: expected.to_owned(),
            };
            problems.push(Located::new(problem, place(file, name.span())));
        }
    }
    Some(settings)
}

/// The file with the first words of a chapter.
const INDEX: &str = "index";
/// What stands beside the pages of chapters.
const PAGES: [&str; 7] = [
    INDEX, "tables", "register", "search", "data", "picture", "summary",
];

/// Reads TOML that stands at `start` in a file.
pub(crate) fn from_toml<T: DeserializeOwned>(
    file: &Arc<SourceFile>,
    text: &str,
    start: usize,
    problems: &mut Vec<Located>,
) -> Option<T> {
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let message = error.message().to_owned();
            let of_a_field = [
                "unknown field",
                "missing field",
                "invalid",
                "duplicate field",
                "data did",
            ];
            let problem = if of_a_field.iter().any(|start| message.starts_with(start)) {
                Problem::BadField { message }
            } else {
                Problem::Syntax { message }
            };
            let span = start + span.start..start + span.end;
            problems.push(Located::new(problem, place(file, span)));
            None
        }
    }
}

/// Whether a text can be an id in addresses.
pub(crate) fn is_id(id: &str) -> bool {
    let is_part = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !id.is_empty() && id.bytes().all(is_part)
}

pub(crate) fn place(file: &Arc<SourceFile>, span: Range<usize>) -> Place {
    Place {
        file: file.clone(),
        span,
    }
}
