//! One tiny book for each problem code, with the line that its writer sees.

use std::collections::BTreeSet;
use std::path::Path;

use handbook::{Archive, FindingsFile, Located, Sources, build, check, corrected};
use surveys::Lang;

use crate::fixture::{
    TERMS, catalog, file, findings, head, network, replaceable, request, tiny, with_names,
};

/// Checks a book with the network's findings and returns the lines.
fn lines(sources: &Sources) -> String {
    let files = [network()];
    lines_with(sources, &files)
}

fn lines_with(sources: &Sources, files: &[FindingsFile]) -> String {
    let catalog = catalog();
    told(&check(&request(sources, &catalog, files)))
}

/// Every problem in English, then in Finnish.
fn told(problems: &[Located]) -> String {
    let english = problems.iter().map(handbook::Located::one_line);
    let finnish = problems
        .iter()
        .map(|problem| problem.told(Lang::Fi).one_line());
    let lines: Vec<String> = english.chain(finnish).collect();
    lines.join("\n")
}

/// The lines for a section with this text.
fn section(body: &str) -> String {
    lines(&tiny(body))
}

/// The lines for the tiny book with one file put in place of its own.
fn with(name: &str, text: &str) -> String {
    let mut sources = tiny("Teksti.");
    sources.insert(name, text.to_owned());
    lines(&sources)
}

/// The cards of the book, changed.
fn cards(change: impl Fn(&str) -> String) -> String {
    let embedded = Sources::embedded();
    change(&embedded.get("cards.toml").expect("it is embedded").text)
}

/// The lines with one code, where a change brings others along.
fn only(lines: &str, code: &str) -> String {
    let with_code = lines.lines().filter(|line| line.contains(code));
    with_code.collect::<Vec<_>>().join("\n")
}

/// The lines for a section of the tiny book that has a glossary and one source.
fn named(body: &str) -> String {
    lines(&with_names(tiny(body)))
}

/// The lines for the tiny book with its words changed.
fn words(change: impl Fn(&str) -> String) -> String {
    let embedded = Sources::embedded();
    let file = embedded.get("locales/fi.ftl").expect("it is embedded");
    with("locales/fi.ftl", &change(&file.text))
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

/// The lines for a tiny book whose section a city has replaced, with its slots if there are any.
fn own(section: &str, slots: &str) -> String {
    let mut sources = replaceable(tiny("Teksti.\n\n![](slot:support.contact)"));
    sources.insert("cities/oulu/fi/results/one.md", section.to_owned());
    if !slots.is_empty() {
        sources.insert("cities/oulu/slots.fi.toml", slots.to_owned());
    }
    lines(&sources)
}

macro_rules! problems {
    ($($name:ident: $lines:expr;)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), $lines);
        }
    )*};
}

problems! {
    syntax: with("handbook.toml", "schema = \n");
    wrong_schema: with("handbook.toml", "schema = 2\ntitle = \"a\"\ntitle_sv = \"b\"\ntitle_en = \"c\"\nlanguages = [\"fi\"]\nchapter = []\n");
    missing_head: section("!");
    missing_file: with("handbook.toml", "schema = 1\ntitle = \"a\"\ntitle_sv = \"b\"\ntitle_en = \"c\"\nlanguages = [\"fi\"]\n\n[[chapter]]\nid = \"results\"\nnumber = \"4\"\nsections = [\"one\", \"two\"]\n");
    unlisted_file: with("content/fi/results/forgotten.md", "+++\n+++\n");
    bad_value: with("handbook.toml", "schema = 1\ntitle = \"a\"\ntitle_sv = \"b\"\ntitle_en = \"c\"\nlanguages = [\"fi\"]\n\n[[chapter]]\nid = \"results\"\nnumber = \"4\"\nsections = [\"one\", \"../up\"]\n");
    duplicate_id: with("content/fi/results/one.md", "+++\nid = \"results\"\ntitle = \"Yksi\"\n+++\n");
    bad_field: with("content/fi/results/one.md", "+++\nid = \"results.one\"\ntitle = \"Yksi\"\nneed = [\"area.mean\"]\n+++\n");
    missing_translation: lines(&translated(""));
    stale_translation: lines(&translated("[2,4](value:area.mean,area=safety) och text."));
    differs_from_source: lines(&translated("+++\nid = \"results.two\"\ntitle = \"Ett\"\nof = \"cd6d2227\"\n+++\n[2,4](value:area.mean,area=safety) och text.\n"));
    other_figures: lines(&translated("[2,4](value:area.mean,area=content) och text."));
    raw_html: section("Teksti <b>lihava</b>.\n\n<script>alert(1)</script>\n");
    heading_order: section("# Liian iso\n\n## Sopiva\n\n#### Hyppy\n");
    too_deep: section(&format!("{}syvä", "> ".repeat(40)));
    nested_slot: with("cities/oulu/slots.fi.toml", "\"support.contact\" = \"![](slot:support.contact)\"\n");
    missing_city_text: {
        let mut sources = translated("+++\nid = \"results.one\"\ntitle = \"Ett\"\nof = \"cd6d2227\"\n+++\n[2,4](value:area.mean,area=safety) och text.\n");
        sources.insert("cities/oulu/slots.fi.toml", "\"support.contact\" = \"Soita.\"\n".to_owned());
        lines(&sources)
    };
    stale_override: own("+++\nid = \"results.one\"\nreplaces = \"00000000\"\n+++\nOma.\n", "");
    not_replaceable: {
        let mut sources = tiny("Teksti.");
        let text = "+++\nid = \"results.one\"\nreplaces = \"5cc9fe5d\"\n+++\nOma.\n";
        sources.insert("cities/oulu/fi/results/one.md", text.to_owned());
        lines(&sources)
    };
    hidden_text: own("+++\nid = \"results.one\"\nreplaces = \"00000000\"\n+++\nOma.\n", "\"support.contact\" = \"Soita.\"\n");
    an_own_section_with_a_title_and_no_digest: own("+++\nid = \"results.one\"\ntitle = \"Oma\"\n+++\nOma.\n", "");
    a_city_file_with_a_wrong_name: with("cities/oulu/slot.fi.toml", "\"support.contact\" = \"Oulu.\"\n");
    a_city_that_the_catalogue_does_not_know: with("cities/olu/slots.fi.toml", "\"support.contact\" = \"Oulu.\"\n");
    bad_link: section("[täällä](sivu.html)");
    unknown_directive: section("Luku on [2,4](valeu:area.mean,area=safety).");
    wrong_form: section("![](value:area.mean,area=safety)");
    inline_figure: section("Kuvio ![Mitä](table:response.rate,by=role_group) rivillä.");
    missing_alt: section("![](table:response.rate,by=role_group)");
    missing_message: section("![Mitä](chart:area.gap,form=dumbbell)");
    missing_parameter: section("![Mitä](chart:area.gap \"Viesti\")\n\nLuku [2,4](value:area.mean).");
    bad_parameter: section("Luku [2,4](value:area.mean,safety).");
    repeated_parameter: section("Luku [2,4](value:area.mean,area=safety,area=content).");
    unknown_parameter: section("Ä, luku [2,4](value:area.mean,area=safety,role_grop=teachers).");
    unknown_word: section("Luku [2,4](value:area.mean,area=safety,fmt=dec3) ja [kaupungissa](value:city.inn).");
    unknown_table: section("Luku [2,4](value:area.maen,area=safety).");
    missing_finding: section("Luku [0,8](value:area.alpha,area=safety).");
    unknown_key: section("Luku [2,4](value:area.mean,area=safty).");
    unsuitable_form: section("![Mitä](chart:response.rate,form=diverging \"Viesti\")\n\n![Mitä](chart:response.rate,form=dumbbell \"Viesti\")");
    unknown_slot: section("![](slot:support.contcat)");
    unknown_reference: section("[katso](ref:results.on)");
    unknown_term: named("Kysy [lähituelta](term:on-site-suport). [a](cite:aalto)");
    unknown_source: named("Näin on [a](cite:aalto) [b](cite:aalto2,page=4).");
    uncited_source: named("Ilman lähdettä.");
    bad_sources: with("sources.bib", "@report{a, title = {Nimi}");
    a_term_that_stands_twice: with("terms.toml", &TERMS.repeat(2));
    a_term_whose_finnish_words_have_changed: with("terms.toml", &TERMS.replace("tulee paikalle", "saapuu"));
    a_list_that_nothing_makes: named("[a](cite:aalto)\n\n![](list:words)\n\n![](list:terms,group=suport)");
    unknown_role: only(&with("cards.toml", &cards(|text| text.replacen("\"class-teacher\"", "\"clas-teacher\"", 1))), "unknown_role");
    missing_card: only(&with("cards.toml", &cards(|text| text.replacen("\"class-teacher\"", "\"subject-teacher\"", 1))), "missing_card");
    duplicate_figure: section("![A](table:response.rate,by=role_group,id=a)\n\n![B](table:response.rate,by=role_group,id=a)");
    unknown_city: lines_with(&tiny("Teksti."), &[file(&findings("atlantis", "999"))]);
    repeated_findings: lines_with(&tiny("Teksti."), &[network(), network()]);
    mixed_findings: {
        let mut other = findings("oulu", "564");
        other["wave"] = "2025-syksy".into();
        lines_with(&tiny("Teksti."), &[network(), file(&other)])
    };
    bad_words: words(|text| format!("broken = {{ $\n\n{text}"));
    missing_word: words(|text| text.replace("\ntip = ", "\n# tip = "));
    unused_word: words(|text| format!("skpi = Hups\n{text}"));
    bad_findings: {
        let working = r#"{"schema":1,"kind":"working","tables":[]}"#;
        told(&[*FindingsFile::from_json("b.json", working).expect_err("a working result")])
    };
    no_findings: {
        let (catalog, sources) = (catalog(), tiny("Teksti."));
        told(&build(&request(&sources, &catalog, &[])).expect_err("no findings"))
    };
    bad_edition_id: {
        let (catalog, sources, files) = (catalog(), tiny("Teksti."), [network()]);
        let mut nameless = request(&sources, &catalog, &files);
        nameless.edition = "../up";
        told(&build(&nameless).expect_err("no name"))
    };
    missing_notice: {
        let (catalog, sources, files) = (catalog(), tiny("Teksti."), [network()]);
        let mut silent = request(&sources, &catalog, &files);
        silent.edition = "2026-syksy.1";
        told(&build(&silent).expect_err("no notice"))
    };
    nothing_to_correct: told(&[*corrected("2026-syksy.1", &BTreeSet::new()).expect_err("nothing")]);
    bad_edition: told(&[*Archive::read(Path::new("nowhere")).expect_err("no folder")]);
    not_printable: {
        let (catalog, sources, files) = (catalog(), tiny("Kirjain \u{4e00}."), [network()]);
        let mut paper = request(&sources, &catalog, &files);
        paper.whole.pdf = true;
        told(&build(&paper).expect_err("the typeface lacks it"))
    };
    a_city_slot_that_nobody_asks_for: with("cities/oulu/slots.fi.toml", "\"support.contcat\" = \"Oulu.\"\n");
}

#[test]
fn a_working_result_and_another_schema_are_refused() {
    let mut other = findings("network", "");
    other["schema"] = 2.into();
    let error = FindingsFile::from_json("a.json", &other.to_string()).expect_err("schema 2");
    assert!(
        error.one_line().contains("handbook::bad_findings"),
        "{error}"
    );
    assert!(error.one_line().contains('2'), "{error}");
    let working = r#"{"schema":1,"kind":"working","tables":[]}"#;
    assert!(FindingsFile::from_json("b.json", working).is_err());
}

#[test]
fn every_problem_code_has_a_case_here() {
    let source = include_str!("../../src/problem.rs");
    let cases = include_str!("problems.rs");
    for piece in source.split("code(handbook::").skip(1) {
        let code = piece.split(')').next().unwrap_or_default();
        let has_case = cases.contains(&format!("    {code}:"));
        assert!(has_case, "no case for {code}");
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
