//! Problems in Finnish: for coordinators, who write in Finnish.
//!
//! Messages stand in `fi.ftl` by code and are filled in with the fields of the problem. Words that
//! come from the readers of TOML, BibTeX and findings stay in English, as those give them.

use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use miette::Diagnostic;
use serde_json::Value;
use unic_langid::LanguageIdentifier;

use super::Problem;

/// What problems say of themselves in English, and how that is said in Finnish.
pub(crate) const PHRASES: &[(&str, &str)] = &[
    (
        "a name of a-z, 0-9 and hyphen",
        "nimi, jossa on vain merkkejä a–z, 0–9 ja yhdysmerkki",
    ),
    (
        "another name: the handbook has a page of its own that is called so",
        "jokin muu nimi: käsikirjassa on jo samanniminen oma sivu",
    ),
    (
        "an id of a-z, 0-9 and hyphen",
        "tunnus, jossa on vain merkkejä a–z, 0–9 ja yhdysmerkki",
    ),
    (
        "a text; write the whole name in quotes",
        "teksti; kirjoita koko nimi lainausmerkkeihin",
    ),
    ("a day such as `2026-06-20`", "päivä muodossa `2026-06-20`"),
    (
        "a sentence on what was wrong, in every language",
        "joka kielellä lause siitä, mikä oli väärin",
    ),
    (
        "a list with at least one id of a figure or section",
        "luettelo, jossa on ainakin yhden kuvion tai kohdan tunnus",
    ),
    (
        "a heat table has two: give the others one key each, or say `by=…`",
        "lämpötaulukossa niitä on kaksi: anna muille yksi avain kullekin tai kerro `by=…`",
    ),
    (
        "it shows means against targets: use a table that ends in `.mean` or `.gap`",
        "kuvio näyttää keskiarvot ja tavoitteet: käytä taulukkoa, jonka lopussa on `.mean` tai `.gap`",
    ),
    (
        "it has one: give the others one key each, or say `by=…`",
        "siinä niitä on yksi: anna muille yksi avain kullekin tai kerro `by=…`",
    ),
    (
        "it shows shares of answers: use `item.distribution`",
        "kuvio näyttää vastausten osuudet: käytä taulukkoa `item.distribution`",
    ),
    ("an image", "kuvana"),
    ("a link", "linkkinä"),
    ("waves", "kierrokset"),
    ("releases", "julkaisut"),
    ("origins", "alkuperät"),
];

/// Returns message and help of a problem in Finnish.
pub(super) fn worded(problem: &Problem) -> (String, String) {
    let code = problem
        .code()
        .map(|code| code.to_string())
        .unwrap_or_default();
    let key = code.rsplit(':').next().unwrap_or_default();
    let given = arguments(problem);
    let bundle = bundle();
    let Some(message) = bundle.get_message(key) else {
        return (problem.to_string(), String::new());
    };
    let written = |pattern| {
        let text = bundle.format_pattern(pattern, Some(&given), &mut Vec::new());
        text.into_owned()
    };
    let help = message.get_attribute("help");
    (
        message.value().map(written).unwrap_or_default(),
        help.map(|help| written(help.value())).unwrap_or_default(),
    )
}

/// The fields of a problem by their names.
fn arguments(problem: &Problem) -> FluentArgs<'static> {
    let mut given = FluentArgs::new();
    let value = serde_json::to_value(problem).unwrap_or_default();
    let kinds = value.as_object().into_iter().flatten();
    for (name, field) in kinds.filter_map(|(_, fields)| fields.as_object()).flatten() {
        let text = match field {
            Value::String(text) if name == "near" => format!("tarkoititko `{text}`? "),
            Value::String(text) => finnish(text),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        given.set(name.clone(), text);
    }
    given
}

fn finnish(text: &str) -> String {
    let known = PHRASES.iter().find(|(english, _)| *english == text);
    if let Some((_, finnish)) = known {
        return (*finnish).to_owned();
    }
    // Examples say `write …`, and a missing slot is named in words.
    if let Some(example) = text.strip_prefix("write `") {
        return format!("kirjoita `{example}");
    }
    if let Some(name) = text.strip_prefix("the slot `") {
        return format!("tekstipaikka `{name}");
    }
    match text.strip_suffix(" dimensions") {
        Some(count) => format!("ulottuvuuksia {count}"),
        None => text.to_owned(),
    }
}

fn bundle() -> &'static FluentBundle<FluentResource> {
    static BUNDLE: OnceLock<FluentBundle<FluentResource>> = OnceLock::new();
    BUNDLE.get_or_init(|| {
        let text = include_str!("fi.ftl").to_owned();
        // A test reads the file without an error.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
        let language: LanguageIdentifier = "fi".parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        bundle
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_message_and_a_help_in_finnish() {
        assert!(FluentResource::try_new(include_str!("fi.ftl").to_owned()).is_ok());
        let source = include_str!("../problem.rs");
        let mut codes = 0;
        for piece in source.split("code(handbook::").skip(1) {
            let code = piece.split(')').next().unwrap_or_default();
            let message = bundle().get_message(code);
            let message = message.unwrap_or_else(|| panic!("no message for {code}"));
            assert!(message.value().is_some(), "{code}");
            assert!(
                message.get_attribute("help").is_some(),
                "no help for {code}"
            );
            codes += 1;
        }
        let lines = include_str!("fi.ftl").lines();
        let messages = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        assert_eq!(messages.count(), codes, "a message that no problem has");
    }

    #[test]
    fn every_phrase_is_still_said() {
        let said = [
            include_str!("../correction.rs"),
            include_str!("../directive.rs"),
            include_str!("../figure.rs"),
            include_str!("../outline.rs"),
            include_str!("../request.rs"),
            include_str!("../settings.rs"),
            include_str!("../slots.rs"),
        ];
        for (english, _) in PHRASES {
            let quoted = format!("\"{english}\"");
            assert!(said.iter().any(|file| file.contains(&quoted)), "{english}");
        }
    }
}
