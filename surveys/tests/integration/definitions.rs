//! Definitions: the valid ones have no problem, each invalid one shows the problem of its name.

use std::collections::BTreeSet;

use miette::{GraphicalReportHandler, GraphicalTheme};
use proptest::prelude::*;
use surveys::Catalog;
use surveys::definition::{Located, Sources, check, translation_texts};
use surveys::network::Network;

use crate::fixtures::{
    catalog, catalog_sources, definitions, entries, everything, lines, read, translate, valid,
};

#[test]
fn the_valid_definitions_have_no_problem() {
    for name in ["smallest", "everything"] {
        let (survey, problems) = check(&valid(name), &catalog());
        assert_eq!(lines(&problems), Vec::<String>::new(), "{name}");
        assert_eq!(survey.unwrap().id.as_str(), name);
    }
}

#[test]
fn one_of_everything_comes_out_as_written() {
    let survey = everything();
    let order: Vec<_> = survey.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(
        order,
        [
            "bg-device",
            "bg-tools",
            "com-info",
            "com-1",
            "com-2",
            "com-3",
            "com-phone",
            "com-open",
            "ped-1",
            "ped-2"
        ]
    );
    insta::assert_snapshot!(serde_json::to_string_pretty(&survey.sections[2]).unwrap(), @r#"
    {
      "id": "pedagogy",
      "title": {
        "fi": "Opettaminen",
        "sv": "[sv] Opettaminen",
        "en": "[en] Opettaminen"
      },
      "intro": null,
      "roles": {
        "only": [
          "class-teacher",
          "digital-tutor"
        ],
        "except": []
      },
      "blocks": [
        {
          "block": "matrix",
          "id": "ped-matrix",
          "stem": {
            "fi": "Mitä mieltä olet?",
            "sv": "[sv] Mitä mieltä olet?",
            "en": "[en] Mitä mieltä olet?"
          },
          "scale": "agreement3",
          "items": [
            "ped-1",
            "ped-2"
          ]
        }
      ]
    }
    "#);
    insta::assert_snapshot!(serde_json::to_string_pretty(&survey.items[6]).unwrap(), @r#"
    {
      "id": "com-phone",
      "var": "com_phone",
      "rev": 1,
      "kind": {
        "type": "likert",
        "scale": "agreement3"
      },
      "text": {
        "fi": "Puhelin riittää työhöni.",
        "sv": "[sv] Puhelin riittää työhöni.",
        "en": "[en] Puhelin riittää työhöni."
      },
      "help": null,
      "roles": {
        "only": [],
        "except": []
      },
      "show_if": "bg-device == 2 and role in ['class-teacher', 'librarian']",
      "maps": [],
      "declined": [],
      "reversed": false
    }
    "#);
}

#[test]
fn each_problem_has_a_folder_that_shows_it() {
    let catalog = catalog_sources();
    let mut shown = BTreeSet::new();
    for folder in entries(&definitions().join("invalid")) {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let problems = problems_of(&read(&folder), &catalog);
        let codes: BTreeSet<_> = problems.iter().map(|it| it.summary().code).collect();
        assert!(
            codes.contains(&format!("surveys::{name}")),
            "{name}: {codes:?}"
        );
        insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!("problems", rendered(&problems));
        });
        shown.insert(name);
    }
    let source = include_str!("../../src/definition/problem.rs");
    let codes = source.split("code(surveys::").skip(1);
    let codes: BTreeSet<_> = codes
        .map(|rest| rest.split(')').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        codes.difference(&shown).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

/// Files of an invalid folder that are no part of a definition.
const BESIDE: [&str; 3] = ["municipalities.toml", "network.toml", "removed.txt"];

/// An invalid folder lies over the smallest definition, and its `catalog/` over the catalogue.
/// `removed.txt` names files that are taken away. Translations are invented unless it has its own.
fn problems_of(folder: &Sources, catalog: &Sources) -> Vec<Located> {
    let mut catalog = catalog.clone();
    let mut sources = valid("smallest");
    for (name, text) in folder {
        if let Some(name) = name.strip_prefix("catalog/") {
            catalog.insert(name.to_owned(), text.clone());
        } else if !name.contains(".snap") && !BESIDE.contains(&name.as_str()) {
            sources.insert(name.clone(), text.clone());
        }
    }
    let (mut catalog, mut problems) = Catalog::parse(&catalog);
    if let Some(own) = folder.get("municipalities.toml") {
        problems.extend(catalog.add_municipalities("municipalities.toml", own));
    }
    if let Some(network) = folder.get("network.toml") {
        problems.extend(Network::parse("network.toml", network, &catalog).1);
    }
    if !folder.keys().any(|name| name.starts_with("i18n/")) {
        translate(&mut sources);
    }
    for name in folder
        .get("removed.txt")
        .iter()
        .flat_map(|text| text.lines())
    {
        sources.remove(name).unwrap();
    }
    problems.extend(check(&sources, &catalog).1);
    problems
}

/// Both forms a person meets: the line, and the picture with the lines of the file.
fn rendered(problems: &[Located]) -> String {
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
        .with_width(100)
        .with_links(false);
    let mut text = String::new();
    for problem in problems {
        text.push_str(&problem.one_line());
        text.push('\n');
        handler.render_report(&mut text, problem).unwrap();
        text.push('\n');
    }
    text
}

#[test]
fn problems_of_several_files_come_at_once_and_in_order() {
    let mut sources = valid("everything");
    for (file, right, wrong) in [
        ("survey.toml", "minutes = 5", "minutes = 500"),
        (
            "items/10-background.toml",
            "prefer_not_to_say",
            "prefer_not_to_sya",
        ),
        (
            "items/20-communication.toml",
            "digcomp-3.0:2.2",
            "digcomp-3.0:2.9",
        ),
        ("scoring.toml", "[\"com-phone\"]", "[\"com-fone\"]"),
    ] {
        let text = sources.get_mut(file).unwrap();
        assert!(text.contains(right));
        *text = text.replace(right, wrong);
    }
    let (survey, problems) = check(&sources, &catalog());
    assert!(survey.is_none());
    insta::assert_snapshot!(lines(&problems).join("\n"), @r#"
    items/10-background.toml:7:13: error[surveys::unknown_word] `prefer_not_to_sya` is not a value of `declined`; did you mean `prefer_not_to_say`? choose one of: dont_know, not_my_work, prefer_not_to_say
    items/20-communication.toml:22:9: error[surveys::unknown_competence] framework `digcomp-3.0` has no competence `2.9`; did you mean `2.2`? competences stand in the framework's file in the catalogue
    scoring.toml:23:10: error[surveys::unknown_item] there is no item `com-fone`; did you mean `com-phone`? items stand in the files of items/
    survey.toml:4:11: error[surveys::out_of_range] `minutes` is 500, outside 1 to 120; choose a value from 1 to 120
    "#);
}

#[test]
fn a_broken_file_does_not_bury_its_cause_under_consequences() {
    let mut sources = valid("everything");
    let text = sources.get_mut("items/20-communication.toml").unwrap();
    *text = text.replace(
        "\"Viestintä tuntuu vaikealta.\"",
        "\"Viestintä tuntuu vaikealta.",
    );
    let (_, problems) = check(&sources, &catalog());
    insta::assert_snapshot!(lines(&problems).join("\n"), @r#"items/20-communication.toml:30:36: error[surveys::syntax] this is not TOML: invalid basic string, expected `"`; close quotes and brackets; texts stand in quotes, one `key = value` to a line"#);
}

/// A fault of the form hides nothing that does not follow from it: neither in other files nor
/// before it in its own.
#[test]
fn a_broken_file_does_not_hide_the_problems_of_others() {
    let mut sources = valid("everything");
    for (file, right, wrong) in [
        (
            "items/20-communication.toml",
            "\"Viestintä tuntuu vaikealta.\"",
            "\"Viestintä tuntuu vaikealta.",
        ),
        (
            "items/20-communication.toml",
            "digcomp-3.0:2.2",
            "digcomp-3.0:2.9",
        ),
        (
            "items/30-pedagogy.toml",
            "section = \"pedagogy\"",
            "section = \"pedagogi\"",
        ),
        ("survey.toml", "\"substitute\"", "\"substitut\""),
        ("scoring.toml", "[\"com-phone\"]", "[\"com-fone\"]"),
        ("scoring.toml", "\"library\"", "\"librari\""),
    ] {
        let text = sources.get_mut(file).unwrap();
        assert!(text.contains(right), "{right}");
        *text = text.replace(right, wrong);
    }
    let swedish = sources.get_mut("i18n/sv.toml").unwrap();
    assert!(swedish.contains("e0efbdfd"));
    *swedish = swedish.replace("e0efbdfd", "00000000");
    let english = sources.get_mut("i18n/en.toml").unwrap();
    english.push_str("\n[\"com-telex\"]\nof = \"\"\n");
    let (_, problems) = check(&sources, &catalog());
    let found: Vec<_> = problems
        .iter()
        .map(Located::summary)
        .map(|it| format!("{} {}", it.file, it.code.replace("surveys::", "")))
        .collect();
    assert_eq!(
        found,
        [
            "i18n/en.toml unknown_translation",
            "i18n/sv.toml stale_translation",
            "items/20-communication.toml unknown_competence",
            "items/20-communication.toml syntax",
            "items/30-pedagogy.toml unknown_section",
            "scoring.toml unknown_item",
            "scoring.toml unknown_group",
            "survey.toml unknown_role",
            "survey.toml empty_section",
        ],
        "{:#?}",
        lines(&problems)
    );
}

/// Every text left open and every line cut, one at a time: what is shown is the fault alone.
#[test]
fn a_single_fault_of_the_form_is_shown_alone() {
    let whole = valid("everything");
    let mut faults = 0;
    for (name, text) in whole.iter().filter(|(name, _)| name.ends_with(".toml")) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let (before, after) = (lines[..at].concat(), lines[at + 1..].concat());
            let line = lines[at].trim_end();
            let open = line
                .strip_suffix('"')
                .map(|line| format!("{line}\n{after}"));
            let cut = line.rfind('"').map(|quote| line[..quote].to_owned());
            for rest in open.into_iter().chain(cut) {
                let broken = format!("{before}{rest}");
                let sources =
                    Sources::from_iter(whole.clone().into_iter().chain([(name.clone(), broken)]));
                let problems = check(&sources, &catalog()).1;
                let codes: BTreeSet<_> = problems.iter().map(|it| it.summary().code).collect();
                let line = at + 1;
                assert_eq!(
                    codes,
                    BTreeSet::from(["surveys::syntax".to_owned()]),
                    "{name}:{line} {:#?}",
                    self::lines(&problems)
                );
                faults += 1;
            }
        }
    }
    assert!(faults > 100, "{faults} faults");
}

#[test]
fn the_digest_of_a_translation_follows_the_finnish_texts() {
    let mut sources = valid("smallest");
    let digest = |sources: &Sources| {
        let texts = translation_texts(sources);
        texts.iter().find(|it| it.key == "work-1").unwrap().digest()
    };
    let before = digest(&sources);
    assert_eq!(before.len(), 8);
    let text = sources.get_mut("items/10-work.toml").unwrap();
    *text = text.replace("Jaan", "Jaan usein");
    assert_ne!(digest(&sources), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Half files, missing lines and stray signs: a definition is checked or refused, every
    /// problem stands inside its file, and there is no panic.
    #[test]
    fn a_damaged_definition_is_refused_with_places(
        which in any::<prop::sample::Index>(),
        from in any::<prop::sample::Index>(),
        length in 0_usize..40,
        put in prop_oneof![Just(String::new()), "[ -~äö\n]{1,12}", Just("\"".to_owned())],
    ) {
        let mut sources = valid("everything");
        let name = which.get(&sources.keys().cloned().collect::<Vec<_>>()).clone();
        let text = sources.get_mut(&name).unwrap();
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let start = from.index(places.len());
        let end = places.get(start + length).copied().unwrap_or(text.len());
        text.replace_range(places[start]..end, &put);
        let (survey, problems) = check(&sources, &catalog());
        prop_assert_eq!(survey.is_some(), problems.is_empty());
        for problem in &problems {
            for mark in &problem.marks {
                prop_assert!(mark.place.file.text.get(mark.place.span.clone()).is_some());
            }
        }
        rendered(&problems);
    }
}
