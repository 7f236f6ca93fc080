//! Words: complete in three languages, with the same variables, and every one of them used.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;

use super::*;

const FILES: [(&str, &str); 3] = [
    ("fi", include_str!("../../../locales/fi.ftl")),
    ("sv", include_str!("../../../locales/sv.ftl")),
    ("en", include_str!("../../../locales/en.ftl")),
];

/// Messages of a file with the variables each one uses.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line
            .split_once(" =")
            .filter(|(name, _)| !name.starts_with(' '))
        {
            key = name.to_owned();
            assert!(
                out.insert(key.clone(), BTreeSet::new()).is_none(),
                "{key} is there twice"
            );
        }
        let variables = line.split('$').skip(1).map(|rest| {
            let end = rest
                .find(|c: char| !c.is_ascii_alphanumeric())
                .unwrap_or(rest.len());
            rest[..end].to_owned()
        });
        if let Some(of_key) = out.get_mut(&key) {
            of_key.extend(variables);
        }
    }
    out
}

#[test]
fn every_file_is_well_formed() {
    for (lang, text) in FILES {
        let problems = FluentResource::try_new(text.to_owned())
            .err()
            .map(|(_, problems)| problems);
        assert!(problems.is_none(), "{lang}: {problems:?}");
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let source = messages(FILES[0].1);
    assert!(source.len() > 200);
    for (lang, text) in &FILES[1..] {
        assert_eq!(messages(text), source, "{lang}");
    }
}

/// Every source file of what people see, tests left out.
fn sources() -> String {
    fn collect(folder: &std::path::Path, out: &mut String) {
        let mut entries: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                collect(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs") {
                out.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut out = String::new();
    collect(
        &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut out,
    );
    out
}

#[test]
fn every_message_is_used_and_every_use_has_its_message() {
    let known: BTreeSet<String> = messages(FILES[0].1).into_keys().collect();
    let sources = sources();
    let unused: Vec<&String> = known
        .iter()
        .filter(|key| !sources.contains(&format!("\"{key}\"")))
        .filter(|key| !surveys::ResponseProblem::KEYS.contains(&key.as_str()))
        .collect();
    assert!(unused.is_empty(), "never said: {unused:?}");
    let missing: BTreeSet<&str> = ["say(", "say_with("]
        .iter()
        .flat_map(|call| sources.split(call).skip(1))
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
        .chain(surveys::ResponseProblem::KEYS)
        .filter(|key| !known.contains(*key))
        .collect();
    assert!(missing.is_empty(), "said but not written: {missing:?}");
}

#[test]
fn numbers_follow_the_language() {
    let (fi, en) = (Words { lang: Lang::Fi }, Words { lang: Lang::En });
    assert_eq!(fi.decimal(-2.345, 1), "\u{2212}2,3");
    assert_eq!(fi.decimal(-0.01, 1), "0,0");
    assert_eq!(en.decimal(2.0, 1), "2.0");
    assert_eq!(fi.percent(0.406), "41\u{a0}%");
    assert_eq!(en.percent(0.4), "40%");
    assert_eq!(fi.whole(12_345), "12\u{a0}345");
    assert_eq!(en.whole(1_000_000), "1,000,000");
    assert_eq!(en.whole(999), "999");
}

#[test]
fn dates_follow_the_language() {
    let date = jiff::civil::date(2026, 10, 12);
    assert_eq!(Words { lang: Lang::Fi }.date(date), "12.10.2026");
    assert_eq!(
        Words { lang: Lang::En }.date(date),
        "12\u{a0}October\u{a0}2026"
    );
}

#[test]
fn plurals_follow_the_language() {
    let fi = Words { lang: Lang::Fi };
    assert_eq!(
        fi.say_with("problems-heading", [("count", 1.into())]),
        "Yksi kohta pitää korjata"
    );
    assert_eq!(
        fi.say_with("problems-heading", [("count", 3.into())]),
        "3 kohtaa pitää korjata"
    );
}
