//! Exchange files that do not belong together, or that hold what cannot be.

use std::fs;

use analysis::federation::{ExchangeFile, Part, tables};
use findings::{Findings, Working};

use crate::network::{SMALL_JOB, refused, small};

#[test]
fn tables_about_different_things_are_refused_naming_both_sides() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let parts = network.parts(|_, row| row[1].to_owned());
    let files = network.exchange(&job, &parts);
    let mine = files[1].clone();
    let other = files[2].clone();
    let text = fs::read_to_string(&other).unwrap();
    for (from, to, said) in [
        (
            "\"min_share\":0.5",
            "\"min_share\":0.75",
            "the missing rule of `abc`",
        ),
        (
            "\"targets\":[",
            "\"targets\":[{\"role\":\"x\",\"dimension\":\"abc\",\"target\":3.0},",
            "the targets",
        ),
        (
            "\"origin\":\"simulated\"",
            "\"origin\":\"collected\"",
            "the origin of the answers",
        ),
        (
            "\"meaning\":\"dont_know\"",
            "\"meaning\":\"prefer_not_to_say\"",
            "the missing codes",
        ),
        (
            "\"name\":\"a\",\"kind\":\"scale\",\"label\":{}",
            "\"name\":\"a\",\"kind\":\"scale\",\"label\":{\"fi\":\"Toinen\"}",
            "the words of `a`",
        ),
        (
            "\"wave\":null",
            "\"wave\":{\"current\":\"2026\",\"earlier\":[]}",
            "the wave of the job",
        ),
        (
            "\"instruments\":[]",
            "\"instruments\":[\"icteko@2:aa\"]",
            "the releases of the survey",
        ),
        (
            "[[\"oulu\",\"guide\"],20]",
            "[[\"oulu\",\"guide\"],21]",
            "the staff of group oulu / guide",
        ),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        fs::write(&other, changed).unwrap();
        let message = refused(&[mine.clone(), other.clone()]);
        let both = [&mine, &other].map(|path| path.display().to_string());
        assert!(message.contains(said), "{message}");
        assert!(both.iter().all(|path| message.contains(path)), "{message}");
    }
    fs::write(&other, text.replacen("\"schema\": 2", "\"schema\": 3", 1)).unwrap();
    let message = refused(&[mine.clone(), other.clone()]);
    assert!(
        message.contains("schema 3, this program reads schema 2"),
        "{message}"
    );
    fs::write(&other, &text).unwrap();

    let job = network.job(
        "all.csv",
        "statistics = [\"mean\"]\n[groups]\nby = [\"town\"]",
    );
    fs::remove_file(&mine).unwrap();
    let fewer = network.exchange(&job, &parts);
    fs::write(&other, &text).unwrap();
    let message = refused(&[fewer[1].clone(), other.clone()]);
    assert!(message.contains("made with different jobs"), "{message}");
}

#[test]
fn the_same_answers_are_not_counted_twice() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let files = network.exchange(&job, &network.parts(|_, row| row[1].to_owned()));
    let copy = network.path("copy.json");
    fs::copy(&files[1], &copy).unwrap();
    let message = refused(&[files[1].clone(), files[2].clone(), copy.clone()]);
    assert!(
        message.contains("counted twice") && message.contains("copy.json"),
        "{message}"
    );
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let whole = tables(&job, &Part::default()).unwrap().file.to_json();
    let path = network.path("changed.json");
    for (from, to) in [
        ("\"people\": 2", "\"people\": 3"),
        ("\"people\": 2", "\"people\": -2"),
        ("\"people\": 2", "\"people\": 9223372036854775807"),
        ("[3,6,1]", "[3,96,1]"),
        ("[3,6,1]", "[3,6,-1]"),
        ("[3,6,1]", "[3,6,1],[3,6,1]"),
        ("[3,6,1]", "[]"),
        ("[3,6,1]", "[3,6,0.5]"),
        ("\"keys\": [", "\"keys\": [null, "),
        ("\"kind\": \"exchange\"", "\"kind\": \"working\""),
        ("\"notice\"", "\"note\""),
    ] {
        let changed = whole.replacen(from, to, 1);
        assert_ne!(changed, whole, "{from}");
        fs::write(&path, changed).unwrap();
        let message = ExchangeFile::read(&path).unwrap_err().to_string();
        assert!(
            message.contains("changed.json"),
            "{from} to {to}: {message}"
        );
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(ExchangeFile::read(&path).unwrap().to_json(), whole);
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(ExchangeFile::read(&path).is_err());
    assert!(refused(&[]).contains("nothing to merge"));
}

#[test]
fn exchange_files_are_refused_as_findings_and_as_working_results() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let text = tables(&job, &Part::default()).unwrap().file.to_json();
    let message = Findings::from_json(&text).unwrap_err().to_string();
    assert!(message.contains("exchange"), "{message}");
    assert!(Working::from_json(&text).is_err());
    assert!(text.contains("\"notice\": \"Numbers of people for exchange between partners under agreement. Not for publication"));
}
