//! Translations: which Finnish texts there are, what translates them, and whether it is up to date.
//!
//! A translation carries the digest of the Finnish texts it was made from. When the Finnish
//! changes, the digest differs and a person has to read the translation again.

use std::collections::BTreeMap;

use super::Sources;
use super::locate::Place;
use super::problem::{DidYouMean, Problem};
use super::raw::RawDefinition;
use super::read::Fields;
use super::report::{At, Report};
use crate::release::digest;
use crate::{Lang, Localized};

/// The Finnish texts that are translated together under one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTexts {
    /// The key, such as an item's id or `section.communication`.
    pub key: String,
    /// Each text by its field, in the order of the digest.
    pub fields: Vec<(&'static str, SourceText)>,
    pub(super) place: Place,
}

/// A Finnish text, or several that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceText {
    /// One text in the definition.
    One(String),
    /// A list of texts, translated in the same order.
    List(Vec<String>),
    /// Options by value.
    Options(BTreeMap<i64, String>),
    /// A Markdown file, translated by another file.
    File(String),
}

impl SourceTexts {
    /// Returns the digest that a translation of these texts carries: the first eight hexadecimal
    /// digits of SHA-256 over the texts, joined by a line end in the order of the fields.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut texts: Vec<&str> = Vec::new();
        for (_, text) in &self.fields {
            match text {
                SourceText::One(text) | SourceText::File(text) => texts.push(text),
                SourceText::List(list) => texts.extend(list.iter().map(String::as_str)),
                SourceText::Options(options) => texts.extend(options.values().map(String::as_str)),
            }
        }
        let mut digest = digest(&texts.join("\n"));
        digest.truncate(8);
        digest
    }
}

/// Returns every key that is translated with its Finnish texts, in the order of the definition.
/// Problems of the definition are left to [`super::check`].
#[must_use]
pub fn translation_texts(sources: &Sources) -> Vec<SourceTexts> {
    source_texts(&RawDefinition::read(sources, &mut Report::default()))
}

/// What one table of a translation file says.
pub(super) struct RawTranslation {
    pub(super) key: At<String>,
    of: Option<At<String>>,
    texts: BTreeMap<&'static str, At<String>>,
    next_steps: Vec<At<String>>,
    options: Vec<(At<String>, At<String>)>,
}

pub(super) fn read(f: &mut Fields<'_, '_>) -> Vec<RawTranslation> {
    let tables = f.all_tables(|key, f| {
        let mut texts = BTreeMap::new();
        for field in ["title", "intro", "text", "help", "stem", "gist"] {
            if let Some(text) = f.text(field) {
                texts.insert(field, text);
            }
        }
        RawTranslation {
            key: key.clone(),
            of: f.digest("of"),
            texts,
            next_steps: f.texts("next_steps"),
            options: f.texts_by_key("options"),
        }
    });
    tables.into_iter().map(|(_, table)| table).collect()
}

/// Collects the Finnish texts of a definition.
pub(super) fn source_texts(raw: &RawDefinition) -> Vec<SourceTexts> {
    let mut found = Vec::new();
    let mut add = |key: String, place: &Place, fields: Vec<(&'static str, Option<SourceText>)>| {
        let fields = fields
            .into_iter()
            .filter_map(|(name, text)| Some((name, text?)))
            .collect();
        let place = place.clone();
        found.push(SourceTexts { key, fields, place });
    };
    let one = |text: &Option<At<String>>| text.as_ref().map(|it| SourceText::One(it.value.clone()));
    if let Some(survey) = &raw.survey {
        add(
            "survey".to_owned(),
            survey
                .title
                .as_ref()
                .map_or(&survey.place, |title| &title.place),
            vec![("title", one(&survey.title))],
        );
        for section in &survey.sections {
            let Some(id) = &section.id else { continue };
            let fields = vec![
                ("title", one(&section.title)),
                ("intro", one(&section.intro)),
            ];
            add(format!("section.{}", id.value), &id.place, fields);
        }
    }
    for file in &raw.items {
        for item in &file.items {
            let Some(id) = &item.id else { continue };
            let options: BTreeMap<i64, String> = item
                .options
                .iter()
                .filter_map(|option| {
                    Some((
                        option.value.as_ref()?.value,
                        option.text.as_ref()?.value.clone(),
                    ))
                })
                .collect();
            let options = (!options.is_empty()).then_some(SourceText::Options(options));
            let fields = vec![
                ("text", one(&item.text)),
                ("help", one(&item.help)),
                ("options", options),
            ];
            add(id.value.clone(), &id.place, fields);
        }
        for matrix in &file.matrices {
            let Some(id) = &matrix.id else { continue };
            add(
                id.value.clone(),
                &id.place,
                vec![("stem", one(&matrix.stem))],
            );
        }
    }
    for dimension in &raw.scoring.dimensions {
        let Some(id) = &dimension.id else { continue };
        let steps: Vec<_> = dimension
            .next_steps
            .iter()
            .map(|step| step.value.clone())
            .collect();
        let steps = (!steps.is_empty()).then_some(SourceText::List(steps));
        let fields = vec![
            ("title", one(&dimension.title)),
            ("gist", one(&dimension.gist)),
            ("next_steps", steps),
        ];
        add(format!("dimension.{}", id.value), &id.place, fields);
    }
    for (name, languages) in &raw.texts {
        if let Some(finnish) = languages.get(&Lang::Fi) {
            let text = SourceText::File(finnish.value.clone());
            add(
                format!("text.{name}"),
                &finnish.place,
                vec![("text", Some(text))],
            );
        }
    }
    found
}

/// The translations by key and field, ready to be joined with the Finnish.
pub(super) struct Translations {
    texts: BTreeMap<(Lang, String, String), String>,
}

impl Translations {
    /// Joins a Finnish text with its translations; where one is missing, which has been
    /// reported, the Finnish stands in its place.
    pub(super) fn localized(&self, key: &str, field: &str, finnish: &str) -> Localized {
        let get = |lang| {
            let found = self.texts.get(&(lang, key.to_owned(), field.to_owned()));
            found.map_or_else(|| finnish.to_owned(), Clone::clone)
        };
        Localized {
            fi: finnish.to_owned(),
            sv: get(Lang::Sv),
            en: get(Lang::En),
        }
    }
}

/// Compares the translations with the Finnish texts.
pub(super) fn check(raw: &RawDefinition, report: &mut Report) -> Translations {
    let sources = source_texts(raw);
    let mut texts = BTreeMap::new();
    for (lang, tables) in &raw.translations {
        let lang = *lang;
        for source in &sources {
            match tables.iter().find(|table| table.key.value == source.key) {
                Some(table) => compare(lang, source, table, report, &mut texts),
                None => missing(lang, source, report),
            }
        }
        for table in tables {
            if sources.iter().all(|source| source.key != table.key.value) {
                let known = sources.iter().map(|source| source.key.as_str());
                let near = DidYouMean::among(&table.key.value, known);
                let key = format!("[\"{}\"]", table.key.value);
                let problem = Problem::UnknownTranslation { key, near };
                report.add(problem, &table.key.place, "nothing has this key");
            }
        }
    }
    Translations { texts }
}

fn missing(lang: Lang, source: &SourceTexts, report: &mut Report) {
    for (field, _) in &source.fields {
        not_translated(lang, source, (*field).to_owned(), &source.place, report);
    }
}

fn not_translated(
    lang: Lang,
    source: &SourceTexts,
    field: String,
    place: &Place,
    report: &mut Report,
) {
    let problem = Problem::MissingTranslation {
        key: source.key.clone(),
        field: field.clone(),
        language: lang.tag(),
    };
    report.add(
        problem,
        place,
        format!("`{field}` is missing in {}", lang.tag()),
    );
}

fn compare(
    lang: Lang,
    source: &SourceTexts,
    table: &RawTranslation,
    report: &mut Report,
    texts: &mut BTreeMap<(Lang, String, String), String>,
) {
    stale(lang, source, table, report);
    let given = given(table);
    let mut wanted = Vec::new();
    for (field, text) in &source.fields {
        match text {
            SourceText::One(_) => wanted.push((*field).to_owned()),
            SourceText::List(list) => {
                wanted.extend((0..list.len()).map(|index| format!("{field}.{index}")));
            }
            SourceText::Options(options) => {
                wanted.extend(options.keys().map(|value| format!("{field}.{value}")));
            }
            SourceText::File(_) => {}
        }
    }
    for field in &wanted {
        if !given.contains_key(field) {
            not_translated(lang, source, field.clone(), &table.key.place, report);
        }
    }
    for (field, text) in given {
        if wanted.contains(&field) {
            texts.insert((lang, source.key.clone(), field), text.value.clone());
        } else {
            let key = source.key.clone();
            let places = [
                (&text.place, "no Finnish text".to_owned()),
                (&source.place, "translates this".to_owned()),
            ];
            report.add_all(Problem::TranslationWithoutSource { key, field }, places);
        }
    }
}

fn stale(lang: Lang, source: &SourceTexts, table: &RawTranslation, report: &mut Report) {
    let digest = source.digest();
    if table.of.as_ref().is_some_and(|of| of.value == digest) {
        return;
    }
    let (place, label) = match &table.of {
        Some(of) => (&of.place, "digest of the text it was made from"),
        None => (&table.key.place, "has no `of`"),
    };
    let problem = Problem::StaleTranslation {
        key: source.key.clone(),
        language: lang.tag(),
        digest,
    };
    let places = [
        (place, label.to_owned()),
        (&source.place, "the Finnish text".to_owned()),
    ];
    report.add_all(problem, places);
}

/// Every translated text by field, lists and options with their index or value.
fn given(table: &RawTranslation) -> BTreeMap<String, &At<String>> {
    let texts = table.texts.iter();
    let texts = texts.map(|(field, text)| ((*field).to_owned(), text));
    let steps = table.next_steps.iter().enumerate();
    let steps = steps.map(|(index, text)| (format!("next_steps.{index}"), text));
    let options = table.options.iter();
    let options = options.map(|(value, text)| (format!("options.{}", value.value), text));
    texts.chain(steps).chain(options).collect()
}
