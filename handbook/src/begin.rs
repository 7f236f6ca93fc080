//! First files of a city's own text: what it may write, with the common text to begin from.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use surveys::{Catalog, Lang};

use crate::accept::accept;
use crate::book::Book;
use crate::changes;
use crate::memo::Memo;
use crate::own;
use crate::problem::{Located, Problem};
use crate::section;
use crate::sources::Sources;

/// Returns files for a city by their path: for each language its slots, where every common default
/// stands as a comment, and the sections that it wants to write itself, as copies of the common ones
/// that count as read. Laid over the sources they change nothing.
///
/// # Errors
/// Where the catalogue does not know the city, or it cannot replace one of the sections; and what is
/// wrong with the common text, where it cannot be read.
pub fn begin(
    sources: &Sources,
    catalog: &Catalog,
    slug: &str,
    sections: &[String],
) -> Result<BTreeMap<String, String>, Vec<Located>> {
    let mut problems = Vec::new();
    let Some(book) = Book::read(sources, &Memo::default(), &mut problems) else {
        return Err(problems);
    };
    let mut refused = Vec::new();
    if !catalog.municipalities.iter().any(|city| city.slug == slug) {
        let code = slug.to_owned();
        let place = format!("cities/{slug}");
        refused.push(Located::of_file(Problem::UnknownCity { code }, &place));
    }
    for id in sections {
        if let Some(problem) = own::refused(&book.settings, id) {
            refused.push(Located::of_file(problem, id));
        }
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    let mut begun = sources.clone();
    let mut files = BTreeMap::new();
    for lang in &book.settings.languages {
        let name = format!("cities/{slug}/slots.{}.toml", lang.tag());
        files.insert(name, slots(sources, &book, *lang));
        for id in sections {
            if let Some((name, text)) = copied(&book, slug, *lang, id) {
                begun.insert(&name, text);
                // Translations hang on the city's Finnish text, which stands there already.
                if let Some(text) = accept(&begun, &name) {
                    begun.insert(&name, text.clone());
                    files.insert(name, text);
                }
            }
        }
    }
    Ok(files)
}

/// A copy of a common section as the city's own.
fn copied(book: &Book, slug: &str, lang: Lang, id: &str) -> Option<(String, String)> {
    let common = book.sections(lang).find(|section| section.id == id)?;
    let file = Arc::clone(&common.place.file);
    let (_, body) = section::split(&file.text)?;
    let rest = file.name.splitn(3, '/').nth(2)?;
    let name = format!("cities/{slug}/{}/{rest}", lang.tag());
    Some((name, format!("+++\nid = \"{id}\"\n+++\n{body}")))
}

/// A file of slots in which nothing is filled yet.
fn slots(sources: &Sources, book: &Book, lang: Lang) -> String {
    let file = sources.get(&format!("content/{}/slots.toml", lang.tag()));
    let entries: BTreeMap<String, toml::Value> = file
        .and_then(|file| toml::from_str(&file.text).ok())
        .unwrap_or_default();
    let mut out = String::new();
    for line in head(lang) {
        let _ = writeln!(out, "# {line}");
    }
    for (name, text) in entries {
        let Some(text) = text.as_str() else {
            continue;
        };
        let mut sections = book.sections(lang);
        let section = sections.find(|section| changes::asks_for(section, &name));
        let title = section.map_or("–", |section| section.title.as_str());
        // A text of several lines is written as one, so that every line is a comment.
        let text = toml::Value::from(text.replace('\n', "\u{1}")).to_string();
        let text = text.replace("\\u0001", "\\n");
        let _ = write!(out, "\n# {title}\n# \"{name}\" = {text}\n");
    }
    out
}

fn head(lang: Lang) -> [&'static str; 3] {
    match lang {
        Lang::Fi => [
            "Kaupungin omat tekstit. Poista rivin alusta merkki # ja kirjoita tilalle oma teksti.",
            "Muualla käytetään yhteistä tekstiä, joka näkyy tässä. Tyhjä teksti \"\" jättää paikan pois.",
            "Kirjoita sama paikka kaikilla kielillä.",
        ],
        Lang::Sv => [
            "Stadens egna texter. Ta bort tecknet # i början av raden och skriv en egen text.",
            "Annars används den gemensamma text som står här. En tom text \"\" lämnar platsen tom.",
            "Skriv samma plats på alla språk.",
        ],
        Lang::En => [
            "The city's own texts. Take away the # at the beginning of a line and write your own.",
            "Elsewhere the common text that is shown here is used. An empty text \"\" leaves the place out.",
            "Write the same place in every language.",
        ],
    }
}
