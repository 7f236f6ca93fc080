//! Editions as a whole: the book we carry, same bytes, writing and never overwriting.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;

use handbook::{Sources, build, check, write};
use sha2::{Digest, Sha256};

use crate::fixture::{catalog, file, findings, network, request, tiny};
use crate::full;

#[test]
fn the_book_we_carry_has_no_problem_in_its_text() {
    let sources = Sources::embedded();
    let catalog = catalog();
    let problems = check(&request(&sources, &catalog, &[]));
    let lines: Vec<String> = problems.iter().map(handbook::Located::one_line).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn the_book_we_carry_builds_for_the_network_and_a_city_in_three_languages() {
    let sources = Sources::embedded();
    let catalog = catalog();
    let survey = full::survey(&catalog);
    let files = [
        file(&full::findings(&catalog, &survey, "network", "")),
        file(&full::findings(&catalog, &survey, "tampere", "837")),
    ];
    let edition = build(&request(&sources, &catalog, &files)).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(handbook::Located::one_line).collect();
        panic!("{}", lines.join("\n"))
    });
    for population in ["network", "tampere"] {
        for lang in ["fi", "sv", "en"] {
            let page = &edition.files[&format!("{population}/{lang}/results.html")];
            let page = String::from_utf8_lossy(page);
            assert!(page.matches("<svg").count() >= 10, "{population}/{lang}");
            for svg in page.split("<svg").skip(1) {
                let svg = svg.split("</svg>").next().unwrap_or_default();
                assert!(
                    svg.len() <= 9_000,
                    "{population}/{lang}: {} bytes",
                    svg.len()
                );
            }
        }
    }
}

/// Targets stand twice, here and in the instrument, since editions are built without instruments.
#[test]
fn target_levels_are_those_of_the_instrument() {
    let catalog = catalog();
    let survey = full::survey(&catalog);
    let sources = Sources::embedded();
    let text = &sources.get("targets.toml").expect("it is embedded").text;
    let ours: BTreeMap<String, BTreeMap<String, i64>> = toml::from_str(text).expect("it is TOML");
    let theirs: BTreeMap<String, BTreeMap<String, i64>> = survey
        .profiles
        .iter()
        .map(|profile| {
            let targets = profile.targets.iter();
            let levels =
                targets.map(|(area, level)| (area.as_str().to_owned(), i64::from(level.0)));
            (profile.group.as_str().to_owned(), levels.collect())
        })
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn the_book_we_carry_has_messages_cards_and_an_index_in_three_languages() {
    let sources = Sources::embedded();
    let catalog = catalog();
    let survey = full::survey(&catalog);
    let files = [file(&full::findings(&catalog, &survey, "turku", "853"))];
    let edition = build(&request(&sources, &catalog, &files)).expect("sound");
    let page = |lang: &str, name: &str| {
        String::from_utf8_lossy(&edition.files[&format!("turku/{lang}/{name}.html")]).into_owned()
    };
    for (lang, place, said, reported) in [
        (
            "fi",
            "<li>Turussa kyselyyn vastasi ",
            "ei raportoida",
            "ei raportoida",
        ),
        (
            "sv",
            "<li>I Åbo svarade ",
            "inte redovisas",
            "redovisas inte",
        ),
        ("en", "<li>In Turku, ", "not reported", "not reported"),
    ] {
        let front = page(lang, "index");
        assert!(front.contains(place), "{lang}\n{front}");
        let messages = front
            .split("<ol class=\"messages\">")
            .nth(1)
            .unwrap_or_default();
        let messages = messages.split("</ol>").next().unwrap_or_default();
        assert!(
            (5..=7).contains(&messages.matches("<li>").count()),
            "{messages}"
        );
        assert!(messages.contains(said), "{messages}");
        let cards = page(lang, "competences");
        assert_eq!(
            cards.matches("<article class=\"card\"").count(),
            28,
            "{lang}"
        );
        assert!(
            cards.contains(&format!("{reported}, ")),
            "a group that is withheld: {lang}"
        );
        let register = page(lang, "register");
        assert_eq!(register.matches("#card-").count(), 28, "{lang}");
        for link in register.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap_or_default();
            let (name, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target = match name {
                "" => register.clone(),
                name if name.starts_with("..") || !name.ends_with(".html") => continue,
                name => page(lang, name.trim_end_matches(".html")),
            };
            let id = format!("id=\"{fragment}\"");
            assert!(
                fragment.is_empty() || target.contains(&id),
                "{lang}: {link}"
            );
        }
    }
}

/// Every file below a folder by its path.
fn read_back(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut files, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).expect("readable") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is inside");
            let bytes = std::fs::read(&path).expect("readable");
            files.insert(name.display().to_string(), bytes);
        }
    }
    files
}

#[test]
fn one_thread_many_threads_and_a_folder_give_the_same_bytes() {
    let sources = tiny("![A](chart:area.gap,form=dumbbell \"V\")");
    let catalog = catalog();
    let files = [
        network(),
        file(&findings("oulu", "564")),
        file(&findings("turku", "853")),
    ];
    let mut request = request(&sources, &catalog, &files);
    request.whole.epub = true;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let first = build(&request).expect("sound").files;
    for threads in [1, 2, 7] {
        request.threads = NonZeroUsize::new(threads);
        assert_eq!(build(&request).expect("sound").files, first, "{threads}");
        let target = folder.path().join(threads.to_string());
        let written = write(&request, &target).expect("a new folder");
        assert_eq!(written.files, first.len());
        assert!(
            read_back(&target) == first,
            "{threads} threads, in a folder"
        );
    }
}

#[test]
fn every_book_is_looked_at_before_all_problems_are_told_and_nothing_is_left() {
    let sources = tiny("Luku [2,4](value:area.mean,area=safty) ja [9](value:city.inn).");
    let catalog = catalog();
    let files = [
        network(),
        file(&findings("oulu", "564")),
        file(&findings("turku", "853")),
    ];
    let request = request(&sources, &catalog, &files);
    let folder = tempfile::tempdir().expect("a folder for the test");
    let target = folder.path().join("editions").join("2026-syksy");
    let problems = write(&request, &target).expect_err("two problems");
    let told: Vec<(String, usize)> = problems
        .iter()
        .map(|located| (located.one_line(), located.editions.len()))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].0.contains("handbook::unknown_key"), "{told:?}");
    assert_eq!(told[0].1, 3, "in every edition: {told:?}");
    assert!(told[1].0.contains("handbook::unknown_word"), "{told:?}");
    let left = std::fs::read_dir(folder.path()).expect("readable");
    assert_eq!(left.count(), 0, "not even the folder of editions");
}

#[test]
fn the_manifest_has_the_digest_of_every_file() {
    let sources = tiny("Teksti.");
    let catalog = catalog();
    let files = [network()];
    let edition = build(&request(&sources, &catalog, &files)).expect("sound");
    let manifest: serde_json::Value =
        serde_json::from_slice(&edition.files["manifest.json"]).expect("it is JSON");
    assert_eq!(manifest["edition"], "2026-syksy");
    assert_eq!(manifest["findings"]["network"], files[0].sha256.as_str());
    let listed = manifest["files"].as_object().expect("files");
    assert_eq!(listed.len() + 1, edition.files.len());
    for (name, digest) in listed {
        let made: String = Sha256::digest(&edition.files[name])
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(*digest, made.as_str(), "{name}");
    }
}

#[test]
fn an_edition_is_written_whole_and_never_again() {
    let sources = tiny("Teksti.");
    let catalog = catalog();
    let files = [network()];
    let request = request(&sources, &catalog, &files);
    let folder = tempfile::tempdir().expect("a folder for the test");
    let editions = folder.path().join("editions");
    let target = editions.join("2026-syksy");
    std::fs::create_dir_all(editions.join(".2026-syksy.part/old")).expect("a broken run");
    write(&request, &target).expect("a new folder");
    let before = read_back(&target);
    let again = write(&request, &target).expect_err("it exists");
    let line = again[0].one_line();
    assert!(line.contains("handbook::already_there"), "{line}");
    assert!(line.contains("`2026-syksy.1`"), "{line}");
    assert!(before == read_back(&target));
    let left = std::fs::read_dir(editions).expect("readable");
    assert_eq!(left.count(), 1, "nothing half is left beside it");
}

#[test]
fn a_folder_that_cannot_be_written_is_a_problem_with_its_path() {
    let sources = tiny("Teksti.");
    let catalog = catalog();
    let files = [network()];
    let folder = tempfile::tempdir().expect("a folder for the test");
    let occupied = folder.path().join("editions");
    std::fs::write(&occupied, "a file").expect("a file");
    let problems = write(
        &request(&sources, &catalog, &files),
        &occupied.join("2026-syksy"),
    );
    let line = problems.expect_err("there is a file in the way")[0].one_line();
    assert!(line.contains("handbook::not_written"), "{line}");
    assert!(line.contains("editions/2026-syksy"), "{line}");
    assert_eq!(std::fs::read(&occupied).expect("it is there"), b"a file");
}

#[test]
fn a_folder_lies_over_the_embedded_text() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let city = folder.path().join("cities/oulu");
    std::fs::create_dir_all(&city).expect("a folder");
    std::fs::write(city.join("slots.fi.toml"), "\"a\" = \"b\"\r\n").expect("a file");
    let sources = Sources::embedded().with(Sources::read(folder.path()).expect("readable"));
    let file = sources
        .get("cities/oulu/slots.fi.toml")
        .expect("it lies over");
    assert_eq!(file.text, "\"a\" = \"b\"\n");
    assert!(sources.get("handbook.toml").is_some());
}
