//! Words of the generator itself, from Fluent files: complete in every language, none unused.

use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use surveys::Lang;
use surveys::definition::SourceFile;
use unic_langid::LanguageIdentifier;

use crate::memo::Memo;
use crate::problem::{DidYouMean, Located, Problem};
use crate::settings::place;
use crate::sources::Sources;

/// Every key with the names of what it is given. The list is the contract with `locales/`.
pub(crate) const KEYS: &[(&str, &[&str])] = &[
    ("skip", &[]),
    ("draft", &[]),
    ("draft-note", &[]),
    ("simulated", &[]),
    ("contents", &[]),
    ("language-choice", &[]),
    ("edition-choice", &[]),
    ("chapters", &[]),
    ("on-this-page", &[]),
    ("previous", &[]),
    ("next", &[]),
    ("home", &[]),
    ("edition-of", &["name"]),
    ("network-name", &[]),
    ("network-nom", &[]),
    ("network-gen", &[]),
    ("network-in", &[]),
    ("network-from", &[]),
    ("network-to", &[]),
    ("chapter", &["number"]),
    ("appendix", &["number"]),
    ("figure", &["number"]),
    ("table", &["number"]),
    ("section", &["number"]),
    ("base", &["name", "wave", "n"]),
    ("base-staff", &["name", "wave", "n"]),
    ("base-without-n", &["name", "wave"]),
    ("withheld", &[]),
    ("withheld-note", &[]),
    ("withheld-sentence", &[]),
    ("band-below", &[]),
    ("band-near", &[]),
    ("band-above", &[]),
    ("missing-finding", &[]),
    ("show-table", &[]),
    ("download", &[]),
    ("tables-title", &[]),
    ("tables-lead", &[]),
    ("picture", &[]),
    ("picture-about", &[]),
    ("picture-need", &[]),
    ("picture-groups", &[]),
    ("picture-read", &[]),
    ("gap-largest", &[]),
    ("gap-of", &["area", "value"]),
    ("gap-not-clear", &[]),
    ("sheet-more", &[]),
    ("slides", &[]),
    ("slides-about", &[]),
    ("slides-lead", &["count", "minutes"]),
    ("slide-of", &["number", "count"]),
    ("slide-back", &[]),
    ("slide-on", &[]),
    ("ask-rate", &[]),
    ("ask-gap", &[]),
    ("ask-group", &[]),
    ("ask-change", &[]),
    ("ask-environment", &[]),
    ("ask-support", &[]),
    ("ask-well", &[]),
    ("next-title", &[]),
    ("next-first", &[]),
    ("next-who", &[]),
    ("next-seen", &[]),
    ("data-title", &[]),
    ("data-lead", &[]),
    ("data-findings", &[]),
    ("data-columns", &[]),
    ("data-table", &[]),
    ("data-status", &[]),
    ("data-value", &[]),
    ("data-se", &[]),
    ("data-low", &[]),
    ("data-high", &[]),
    ("data-n_low", &[]),
    ("data-n_high", &[]),
    ("dataset-name", &["book", "name", "wave"]),
    ("dataset-about", &[]),
    ("facts-title", &[]),
    ("fact-wave", &[]),
    ("fact-release", &[]),
    ("fact-answering", &[]),
    ("fact-open-link", &[]),
    ("fact-date", &[]),
    ("not-published", &[]),
    ("messages-title", &[]),
    ("messages-more", &["where"]),
    ("message-rate", &["in", "value"]),
    ("message-rate-withheld", &["in"]),
    ("message-gap", &["in", "area", "value"]),
    ("message-no-gap", &["in"]),
    ("message-gap-withheld", &["in"]),
    ("message-group", &["group", "area", "value"]),
    ("message-no-group", &[]),
    ("message-groups-withheld", &["count"]),
    ("message-change", &["area", "wave", "before", "after"]),
    ("message-no-change", &["wave"]),
    ("message-environment", &["value"]),
    ("message-support", &["value"]),
    ("message-withheld", &["area"]),
    ("message-met", &["area"]),
    ("message-nearest", &["area", "value"]),
    ("register-title", &[]),
    ("register-lead", &[]),
    ("letters", &[]),
    ("typed-table", &[]),
    ("print-table", &["where"]),
    ("tables-print-lead", &[]),
    ("register-print-lead", &[]),
    ("whole-pdf", &[]),
    ("whole-epub", &[]),
    ("epub-access", &[]),
    ("search-title", &[]),
    ("search-label", &[]),
    ("search-none", &[]),
    ("search-found", &["count"]),
    ("search-without", &[]),
    ("card-others", &[]),
    ("card-tasks", &[]),
    ("card-steps", &[]),
    ("card-ask", &["whom"]),
    ("card-targets", &["levels"]),
    ("card-gap", &["area", "value"]),
    ("card-no-gap", &[]),
    ("card-withheld", &[]),
    ("no-target", &[]),
    ("targets-caption", &[]),
    ("corrected-note", &["what"]),
    ("corrected-title", &["old"]),
    ("corrected-new", &["new"]),
    ("corrected-old", &["old"]),
    ("correction-none", &[]),
    ("changes-none-earlier", &[]),
    ("changes-compared", &["edition"]),
    (
        "changes-counts",
        &["clear", "unclear", "new", "gone", "broken"],
    ),
    ("changes-caption", &[]),
    ("changes-before", &[]),
    ("changes-now", &[]),
    ("changes-more", &["count"]),
    ("text-new", &["name"]),
    ("text-gone", &["name"]),
    ("text-changed", &["name"]),
    ("text-same", &[]),
    ("stamp-title", &[]),
    ("stamp-edition", &[]),
    ("stamp-findings", &[]),
    ("stamp-dataset", &[]),
    ("stamp-text", &[]),
    ("stamp-program", &[]),
    ("licence", &[]),
    ("term-spring", &["year"]),
    ("term-autumn", &["year"]),
    ("note", &[]),
    ("tip", &[]),
    ("important", &[]),
    ("term-avoid", &["words"]),
    ("term-see", &[]),
    ("cited-page", &["page"]),
    ("written-fi", &[]),
    ("written-sv", &[]),
    ("written-en", &[]),
    ("warning", &[]),
    ("caution", &[]),
    ("total", &[]),
    ("score", &[]),
    ("target", &[]),
    ("value", &[]),
    ("interval", &[]),
    ("interval-low", &[]),
    ("interval-high", &[]),
    ("answers", &[]),
    ("staff", &[]),
    ("dim-area", &[]),
    ("dim-role_group", &[]),
    ("dim-role", &[]),
    ("dim-municipality", &[]),
    ("dim-unit", &[]),
    ("dim-wave", &[]),
    ("dim-item", &[]),
    ("dim-level", &[]),
    ("stat-response_rate", &[]),
    ("stat-distribution", &[]),
    ("stat-mean", &[]),
    ("stat-quantile", &[]),
    ("stat-gap", &[]),
    ("stat-below_target", &[]),
    ("stat-alpha", &[]),
    ("stat-working", &[]),
];

/// The words of one language.
pub(crate) struct Words {
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Returns the words for a key.
    pub(crate) fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// Returns the words for a key, filled in.
    pub(crate) fn with(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        let mut given = FluentArgs::new();
        for (name, value) in arguments {
            given.set(*name, (*value).to_owned());
        }
        let message = self.bundle.get_message(key);
        let Some(pattern) = message.as_ref().and_then(|message| message.value()) else {
            // A missing word has been reported by `read`; a draft shows its key.
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let words = self
            .bundle
            .format_pattern(pattern, Some(&given), &mut errors);
        words.into_owned()
    }
}

/// Reads the words of all languages and checks that they are complete.
pub(crate) fn read(
    sources: &Sources,
    languages: &[Lang],
    memo: &Memo,
    problems: &mut Vec<Located>,
) -> BTreeMap<Lang, Arc<Words>> {
    languages
        .iter()
        .map(|lang| {
            let name = format!("locales/{}.ftl", lang.tag());
            let words = match sources.get(&name) {
                Some(file) => {
                    let read = |problems: &mut Vec<Located>| read_file(file, *lang, problems);
                    memo.read(&name, &[file], problems, read)
                }
                None => {
                    let problem = Problem::MissingFile { file: name.clone() };
                    problems.push(Located::of_file(problem, &name));
                    Arc::new(Words {
                        bundle: empty(*lang),
                    })
                }
            };
            (*lang, words)
        })
        .collect()
}

fn read_file(file: &Arc<SourceFile>, lang: Lang, problems: &mut Vec<Located>) -> Words {
    let resource =
        FluentResource::try_new(file.text.clone()).unwrap_or_else(|(resource, errors)| {
            for error in errors {
                let problem = Problem::BadWords {
                    message: error.kind.to_string(),
                };
                problems.push(Located::new(problem, place(file, error.pos)));
            }
            resource
        });
    for (key, at) in keys_of(&file.text) {
        if !KEYS.iter().any(|(known, _)| *known == key) {
            let near = DidYouMean::among(key, KEYS.iter().map(|(known, _)| *known));
            let key = key.to_owned();
            let span = at..at + key.len();
            problems.push(Located::new(
                Problem::UnusedWord { key, near },
                place(file, span),
            ));
        }
    }
    let mut bundle = empty(lang);
    bundle.add_resource_overriding(resource);
    for (key, _) in KEYS {
        if bundle
            .get_message(key)
            .and_then(|message| message.value())
            .is_none()
        {
            let problem = Problem::MissingWord {
                lang: lang.tag(),
                key: (*key).to_owned(),
            };
            problems.push(Located::new(problem, place(file, 0..0)));
        }
    }
    Words { bundle }
}

fn empty(lang: Lang) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = lang.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // Direction marks around what is filled in would end up in data files and in searches.
    bundle.set_use_isolating(false);
    bundle
}

/// Keys of a Fluent file with their places: words at the beginning of a line, before ` =`.
fn keys_of(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let (key, _) = line.split_once('=')?;
        let key = key.trim_end();
        let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        is_key.then_some((key, start))
    })
}
