//! Editions as a whole: the book we carry, same bytes, writing and never overwriting.

use handbook::{Sources, build, check};
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

#[test]
fn the_same_request_gives_the_same_bytes() {
    let sources = tiny("![A](chart:area.gap,form=dumbbell \"V\")");
    let catalog = catalog();
    let files = [network(), file(&findings("oulu", "564"))];
    let request = request(&sources, &catalog, &files);
    let (one, two) = (
        build(&request).expect("sound"),
        build(&request).expect("sound"),
    );
    assert_eq!(one.files, two.files);
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
    let edition = build(&request(&sources, &catalog, &files)).expect("sound");
    let folder = tempfile::tempdir().expect("a folder for the test");
    let target = folder.path().join("editions").join("2026-syksy");
    edition.write(&target).expect("a new folder");
    let page = std::fs::read(target.join("network/fi/results.html")).expect("it was written");
    assert_eq!(page, edition.files["network/fi/results.html"]);
    let again = edition.write(&target).expect_err("it exists");
    assert_eq!(again.kind(), std::io::ErrorKind::AlreadyExists);
    let left: Vec<_> = std::fs::read_dir(target.parent().expect("a parent"))
        .expect("readable")
        .collect();
    assert_eq!(left.len(), 1, "nothing half is left beside it");
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
