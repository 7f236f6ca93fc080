//! One folder for each problem code, `tests/problems/<code>`: the smallest text that causes it, laid
//! over the tiny book, and the lines that its writer sees in English and in Finnish, in `lines.snap`.
//! A second cause of the same code stands in `<code>.<cause>`; `run.toml` says what else is unusual.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use handbook::{Archive, FindingsFile, Located, Sources, build, check, corrected, write};
use serde::Deserialize;
use surveys::Lang;

use crate::fixture::{catalog, head, network, read_folder, replaceable, request, tiny, with_names};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/problems");

/// What is unusual about a case.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Run {
    base: Base,
    asks: Asks,
    /// Id of the edition.
    edition: Option<String>,
    findings: Findings,
    /// Whether a book on paper is asked for.
    pdf: bool,
    /// Where the edition is to be written.
    out: Out,
    /// Whether the case brings problems of other codes along, which are left out.
    only: bool,
    /// Files of the book we carry that the tiny book gets.
    carried: Vec<String>,
    /// Changes to files that are too long to be given whole.
    change: Vec<Change>,
}

/// The book that the folder lies over.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Base {
    #[default]
    Tiny,
    /// With a glossary and a source.
    WithNames,
    /// In Finnish and Swedish.
    Translated,
    /// With a section that cities can replace.
    Replaceable,
}

/// What is asked of the book.
#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Asks {
    #[default]
    Check,
    Build,
    Write,
    /// To read the folder `edition` as one that is out.
    Archive,
    /// Whether the edition corrects one that is out; none is.
    Corrected,
}

#[derive(Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Findings {
    /// Those of the folder `findings`, or else the network's of the tests.
    #[default]
    Given,
    None,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Out {
    #[default]
    New,
    There,
    BelowAFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    from: String,
    to: String,
}

/// Every problem in English, then in Finnish.
fn told(problems: &[Located]) -> String {
    let english = problems.iter().map(Located::one_line);
    let finnish = problems
        .iter()
        .map(|problem| problem.told(Lang::Fi).one_line());
    let lines: Vec<String> = english.chain(finnish).collect();
    lines.join("\n")
}

/// The lines for a section of the tiny book with this text.
fn section(body: &str) -> String {
    let (sources, catalog, files) = (tiny(body), catalog(), [network()]);
    told(&check(&request(&sources, &catalog, &files)))
}

/// The tiny book in Finnish and Swedish.
fn translated(swedish: &str) -> Sources {
    let mut sources = tiny("[2,4](value:area.mean,area=safety) ja teksti.");
    let settings = sources
        .get("handbook.toml")
        .expect("it is there")
        .text
        .clone();
    sources.insert(
        "handbook.toml",
        settings.replace("[\"fi\"]", "[\"fi\", \"sv\"]"),
    );
    let words = Sources::embedded();
    let words = words.get("locales/sv.ftl").expect("it is embedded");
    sources.insert("locales/sv.ftl", words.text.clone());
    sources.insert(
        "content/sv/slots.toml",
        "\"support.contact\" = \"Förval.\"\n".to_owned(),
    );
    sources.insert(
        "content/sv/results/index.md",
        "+++\nid = \"results\"\ntitle = \"Resultat\"\n+++\n\nBörjan.\n".to_owned(),
    );
    for name in ["content/sv/slots.toml", "content/sv/results/index.md"] {
        let stamped = handbook::accept(&sources, name).expect("it is a translation");
        sources.insert(name, stamped);
    }
    if !swedish.is_empty() {
        sources.insert("content/sv/results/one.md", head(swedish));
    }
    sources
}

/// The book of a case: its folder laid over the tiny book.
fn book(run: &Run, files: &BTreeMap<String, String>) -> Sources {
    let mut sources = match run.base {
        Base::Tiny => tiny("Teksti."),
        Base::WithNames => with_names(tiny("Teksti.")),
        Base::Translated => translated(""),
        Base::Replaceable => replaceable(tiny("Teksti.\n\n![](slot:support.contact)")),
    };
    let carried = Sources::embedded();
    for name in &run.carried {
        let file = carried.get(name).expect("it is embedded");
        sources.insert(name, file.text.clone());
    }
    for change in &run.change {
        let file = sources.get(&change.file).expect("it is in the tiny book");
        assert!(file.text.contains(&change.from), "no {}", change.from);
        let text = file.text.replacen(&change.from, &change.to, 1);
        sources.insert(&change.file, text);
    }
    for (name, text) in files {
        let folder = name.split('/').next().unwrap_or_default();
        let is_text = !matches!(folder, "findings" | "edition" | "run.toml");
        if is_text && !folder.starts_with("lines.snap") {
            sources.insert(name, text.clone());
        }
    }
    sources
}

/// The findings of a case, or what is wrong with one of the files.
fn findings_of(
    run: &Run,
    files: &BTreeMap<String, String>,
) -> Result<Vec<FindingsFile>, Vec<Located>> {
    if run.findings == Findings::None {
        return Ok(Vec::new());
    }
    let mut read = Vec::new();
    for (name, text) in files {
        if name.starts_with("findings/") {
            let file = FindingsFile::from_json(name, text);
            read.push(file.map_err(|problem| vec![*problem])?);
        }
    }
    if read.is_empty() {
        read.push(network());
    }
    Ok(read)
}

/// Whatever is wrong with a case.
fn problems_of(case: &str, run: &Run, files: &BTreeMap<String, String>) -> Vec<Located> {
    let (catalog, sources) = (catalog(), book(run, files));
    let findings = match findings_of(run, files) {
        Ok(findings) => findings,
        Err(problems) => return problems,
    };
    let mut asked = request(&sources, &catalog, &findings);
    asked.edition = run.edition.as_deref().unwrap_or(asked.edition);
    asked.whole.pdf = run.pdf;
    let one = |problem: Option<Box<Located>>| problem.map(|problem| *problem).into_iter().collect();
    match run.asks {
        Asks::Check => check(&asked),
        Asks::Build => build(&asked).err().unwrap_or_default(),
        Asks::Write => {
            let folder = tempfile::tempdir().expect("a folder for the test");
            let editions = folder.path().join("editions");
            let target = editions.join(asked.edition);
            match run.out {
                Out::New => {}
                Out::There => std::fs::create_dir_all(&target).expect("a folder"),
                Out::BelowAFile => std::fs::write(&editions, "").expect("a file"),
            }
            write(&asked, &target).err().unwrap_or_default()
        }
        Asks::Archive => {
            let folder = Path::new("tests/problems").join(case).join("edition");
            one(Archive::read(&folder).err())
        }
        Asks::Corrected => one(corrected(asked.edition, &BTreeSet::new()).err()),
    }
}

/// The lines of a case, each with its place.
fn lines_of(case: &str) -> String {
    let code = case.split('.').next().unwrap_or_default();
    let files = read_folder(&format!("{FOLDER}/{case}"));
    let run = files.get("run.toml").map(|text| toml::from_str(text));
    let run: Run = run.map_or_else(Run::default, |run| {
        run.unwrap_or_else(|error| panic!("{case}/run.toml: {error}"))
    });
    let lines = told(&problems_of(case, &run, &files));
    let error = format!(": error[handbook::{code}] ");
    let is_meant = |line: &&str| !run.only || line.contains(&error);
    let lines: Vec<&str> = lines.lines().filter(is_meant).collect();
    let with_code = lines.iter().filter(|line| line.contains(&error)).count();
    assert!(
        with_code >= 2 && with_code.is_multiple_of(2),
        "{case} does not cause {code} in both languages: {lines:#?}"
    );
    for line in &lines {
        let (place, _) = line.split_once(": error[").expect("a place and a code");
        let mut numbers = place.rsplit(':').map(str::parse::<usize>);
        let numbers = (numbers.next(), numbers.next());
        assert!(matches!(numbers, (Some(Ok(1..)), Some(Ok(1..)))), "{line}");
    }
    let shown: Vec<String> = lines.into_iter().map(without_temporary).collect();
    shown.join("\n")
}

/// Folders for tests have another name every time.
fn without_temporary(line: &str) -> String {
    let temporary = std::env::temp_dir().display().to_string();
    match line.split_once(&temporary) {
        Some((before, after)) => match after.split_once("/editions") {
            Some((_, inside)) => format!("{before}editions{inside}"),
            None => line.to_owned(),
        },
        None => line.to_owned(),
    }
}

fn cases() -> BTreeSet<String> {
    let entries = std::fs::read_dir(FOLDER).expect("the folder stands in the repository");
    let names = entries.map(|entry| entry.expect("a readable entry").file_name());
    names
        .map(|name| name.into_string().expect("a plain name"))
        .collect()
}

#[test]
fn every_folder_causes_its_problem_and_tells_it_as_reviewed() {
    let mut other = Vec::new();
    for case in cases() {
        let told = catch_unwind(AssertUnwindSafe(|| {
            let lines = lines_of(&case);
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(format!("{FOLDER}/{case}"));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!("lines", lines));
        }));
        if told.is_err() {
            other.push(case);
        }
    }
    assert!(other.is_empty(), "not as reviewed: {other:?}");
}

#[test]
fn every_problem_code_has_a_folder_and_every_folder_a_code() {
    let source = include_str!("../../src/problem.rs");
    let pieces = source.split("code(handbook::").skip(1);
    let codes: BTreeSet<&str> = pieces
        .map(|piece| piece.split(')').next().unwrap_or_default())
        .collect();
    let cases = cases();
    let named = cases.iter().map(|case| case.split('.').next());
    let named: BTreeSet<&str> = named.map(Option::unwrap_or_default).collect();
    let alone: Vec<&&str> = codes.symmetric_difference(&named).collect();
    assert!(alone.is_empty(), "no folder, or no code: {alone:?}");
    for code in codes {
        assert!(cases.contains(code), "{code} has only further causes");
    }
    for case in cases {
        let reviewed = format!("{FOLDER}/{case}/lines.snap");
        assert!(Path::new(&reviewed).is_file(), "{case} has no lines");
    }
}

#[test]
fn all_problems_come_at_once_and_once() {
    let text = section("[a](ref:nowhere) <i>\n\n![](table:response.rat)\n\n[x](value:area.maen)");
    let codes = [
        "raw_html",
        "unknown_reference",
        "missing_alt",
        "unknown_table",
    ];
    for code in codes {
        assert_eq!(
            text.matches(&format!("handbook::{code}]")).count(),
            2,
            "once in each language: {text}"
        );
    }
}

#[test]
fn problems_render_with_the_line_of_the_file() {
    let sources = tiny("Ääkkösiä: [2,4](value:area.mean,area=safty).");
    let catalog = catalog();
    let files = [network()];
    let problems = check(&request(&sources, &catalog, &files));
    let mut text = String::new();
    miette::GraphicalReportHandler::new_themed(miette::GraphicalTheme::unicode_nocolor())
        .render_report(&mut text, &problems[0])
        .expect("a report can be rendered");
    insta::assert_snapshot!("rendered", text);
}

/// Broken text is a problem with a place, never a panic: cut, doubled and spoilt in 120 ways.
#[test]
fn no_text_makes_the_reader_panic() {
    let spoils = [
        "[", "](", "![](", "`", "+++", "> ", "<", "\0", "ä", "|", "value:", ",=", "\n\n", "**",
        "\\",
    ];
    let text = "Luku [2,4](value:area.mean,area=safety).\n\n![Mitä](chart:area.gap,form=radar \"V\")\n\n- a\n  - b\n\n| a |\n| - |\n| ä |\n";
    let catalog = catalog();
    let files = [network()];
    for round in 0..120_usize {
        let cut = text.floor_char_boundary(round * 31 % text.len());
        let spoil = spoils[round % spoils.len()].repeat(1 + round % 3);
        let spoilt = match round % 3 {
            0 => format!("{}{spoil}{}", &text[..cut], &text[cut..]),
            1 => format!("{}{spoil}", &text[..cut]),
            _ => format!("{spoil}{}{text}", &text[cut..]),
        };
        let sources = tiny(&head(&spoilt));
        for problem in check(&request(&sources, &catalog, &files)) {
            let (_, line, column) = problem.position();
            assert!(line >= 1 && column >= 1, "{spoilt}");
        }
    }
}
