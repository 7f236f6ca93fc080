//! Drafts while they are written: one book at a time, and a page with every problem.

use handbook::{Draft, Located, Memo, Sources, in_preview, problem_count, problem_page, trace};
use surveys::Lang;

use crate::fixture::{TERMS, catalog, file, findings, head, network, request, tiny};

const LUKU: &str = "Luku [0,8](value:area.alpha,area=safety).";

#[test]
fn a_preview_is_a_draft_of_one_book() {
    let sources = tiny(LUKU);
    let catalog = catalog();
    let files = [network(), file(&findings("oulu", "564"))];
    let asked = request(&sources, &catalog, &files);
    let draft = Draft::read(&asked, &Memo::default()).expect("settings");
    let shown = draft.book("oulu", Lang::Fi);
    let shown = shown.expect("a draft may lack figures");
    let page = String::from_utf8_lossy(&shown.files["oulu/fi/results.html"]);
    assert!(page.contains("<body class=\"draft\">"), "{page}");
    assert!(page.contains("content=\"noindex, nofollow\""), "{page}");
    assert!(!shown.files.keys().any(|name| name.starts_with("network/")));
    assert_eq!(shown.problems.len(), 1);
    let page = in_preview(&page, 7);
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert_eq!(problem_count(&shown.problems, Lang::Fi), "Ongelmia: 1");
    assert_eq!(problem_count(&[], Lang::Fi), "");
    let shared = draft.shared();
    assert!(shared.contains_key("index.html"));
    assert!(!shared.keys().any(|name| name.starts_with("oulu/")));
}

#[test]
fn a_page_made_alone_is_the_page_of_the_whole_book() {
    let sources = tiny(LUKU);
    let catalog = catalog();
    let files = [network(), file(&findings("oulu", "564"))];
    let asked = request(&sources, &catalog, &files);
    let draft = Draft::read(&asked, &Memo::default()).expect("settings");
    let book = draft.book("oulu", Lang::Fi).expect("a draft").files;
    let mut alone = 0;
    for (name, bytes) in &book {
        let Some(page) = name.strip_prefix("oulu/fi/") else {
            continue;
        };
        if let Some(made) = draft.page("oulu", Lang::Fi, page).expect("a draft") {
            assert!(made.as_bytes() == bytes.as_slice(), "{name}");
            alone += 1;
        }
    }
    assert_eq!(
        alone, 6,
        "first page, chapter, index, search and two sheets"
    );
    for (place, name) in [
        ("oulu", "tables.html"),
        ("oulu", "no.html"),
        ("x", "results.html"),
    ] {
        let page = draft.page(place, Lang::Fi, name).expect("a draft");
        assert_eq!(page, None, "{place} {name}");
    }
}

/// What a save changes is seen, and only that: nothing of an earlier text is shown.
#[test]
fn after_a_save_the_draft_is_what_a_fresh_reading_gives() {
    let catalog = catalog();
    let files = [network(), file(&findings("oulu", "564"))];
    let memo = Memo::default();
    let mut sources = tiny("Ensin.");
    let page = |sources: &Sources, memo: &Memo| {
        let asked = request(sources, &catalog, &files);
        let draft = Draft::read(&asked, memo).expect("settings");
        let lines = |problems: Vec<Located>| -> Vec<String> {
            problems.iter().map(Located::one_line).collect()
        };
        draft
            .book("oulu", Lang::Fi)
            .map(|book| (book.files, lines(book.problems)))
            .map_err(lines)
    };
    let words = &Sources::embedded()
        .get("locales/fi.ftl")
        .expect("words")
        .text
        .clone();
    let settings = sources
        .get("handbook.toml")
        .expect("it is there")
        .text
        .clone();
    let steps = [
        ("content/fi/results/one.md", head("Sitten.")),
        ("content/fi/results/one.md", head("<b>rikki")),
        (
            "content/fi/results/one.md",
            head("Ehjä. ![](slot:support.contact)"),
        ),
        (
            "content/fi/results/one.md",
            head("Ehjä.\n\n![](slot:support.contact)"),
        ),
        (
            "content/fi/slots.toml",
            "\"support.contact\" = \"Uusi oletus.\"\n".to_owned(),
        ),
        (
            "cities/oulu/slots.fi.toml",
            "\"support.contact\" = \"Oulun oma.\"\n".to_owned(),
        ),
        ("terms.toml", TERMS.to_owned()),
        ("sources.bib", "@report{a, title = {Nimi}}".to_owned()),
        ("sources.bib", String::new()),
        (
            "locales/fi.ftl",
            words.replace("\ncontents = ", "\ncontents = Uusi "),
        ),
        ("handbook.toml", settings.replace("\"Kirja\"", "\"Toinen\"")),
        ("content/fi/results/index.md", head("Väärä tunnus.")),
    ];
    let mut seen = std::collections::BTreeSet::new();
    for (name, text) in steps {
        sources.insert(name, text);
        let (kept, fresh) = (page(&sources, &memo), page(&sources, &Memo::default()));
        assert!(kept == fresh, "{name}");
        seen.insert(format!("{kept:?}"));
    }
    assert_eq!(seen.len(), 12, "every save changes something");
}

#[test]
fn the_page_of_problems_shows_places_and_lines_and_runs_nothing() {
    let sources = tiny("<script>alert(1)</script>\n\n[a](ref:nowhere)");
    let catalog = catalog();
    let files = [network()];
    let asked = request(&sources, &catalog, &files);
    let draft = Draft::read(&asked, &Memo::default()).expect("settings");
    let page = draft.page("network", Lang::Fi, "index.html");
    assert_eq!(page.expect_err("HTML is refused").len(), 1);
    let problems = draft.book("network", Lang::Fi);
    let problems = problems.expect_err("HTML is refused");
    let page = problem_page(&problems, Lang::En, 7);
    assert_eq!(
        page.matches("<script").count(),
        1,
        "only the one that waits: {page}"
    );
    assert!(page.contains("data-generation=\"7\""), "{page}");
    assert!(page.contains("content/fi/results/one.md:5:1"), "{page}");
    assert!(page.contains("handbook::raw_html"), "{page}");
    assert!(page.contains("handbook::unknown_reference"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    let page = problem_page(&problems, Lang::Fi, 7);
    assert!(
        page.contains("<html lang=\"fi\">") && page.contains("<h1>Ongelmia: 2</h1>"),
        "{page}"
    );
    assert!(
        page.contains("tekstissä ei voi olla HTML-merkintöjä"),
        "{page}"
    );
}

#[test]
fn the_trace_names_every_place_of_a_finding_and_those_that_stand_nowhere() {
    let body = "Luku [2,4](value:area.mean,area=safety).\n\n\
        ![Mitä](table:item.distribution,item=dc-1-1)\n\nJa [64 %](value:response.rate).";
    let sources = tiny(body);
    let catalog = catalog();
    let files = [network()];
    let trace = trace(&request(&sources, &catalog, &files)).expect("the text is sound");
    let places = &trace.populations["network"];
    let safety = &places.used["area.mean,area=safety,role_group=all"];
    assert_eq!(
        safety.iter().collect::<Vec<_>>(),
        ["content/fi/results/one.md:5"]
    );
    assert!(
        places
            .used
            .contains_key("item.distribution,item=dc-1-1,level=4")
    );
    assert!(places.used.contains_key("response.rate,role_group=all"));
    let unused: Vec<&str> = places.unused.iter().map(String::as_str).collect();
    assert_eq!(
        unused,
        ["1", "2", "3", "4"].map(|level| format!("item.distribution,item=dc-1-2,level={level}"))
    );
}

#[test]
fn the_reference_is_made_from_the_registry_and_the_readme_has_each() {
    let text = handbook::reference();
    insta::assert_snapshot!("reference", text);
    let readme = include_str!("../../README.md");
    for heading in text.lines().filter_map(|line| line.strip_prefix("## ")) {
        assert!(
            readme.contains(&format!("({heading}:")),
            "README lacks {heading}"
        );
    }
}

/// Whoever adds a figure to the Finnish text looks at it before it is translated.
#[test]
fn a_figure_that_the_translations_lack_bars_no_draft() {
    let mut sources = Sources::embedded();
    let name = "content/fi/using/who.md";
    let text = sources.get(name).expect("it is embedded").text.clone();
    let more = format!("{text}\nVastausaste on [64 %](value:response.rate).\n");
    sources.insert(name, more);
    let catalog = catalog();
    let files = [network()];
    let mut asked = request(&sources, &catalog, &files);
    let barred = handbook::check(&asked);
    let with_code = |code: &str| {
        let lines = barred.iter().map(Located::one_line);
        lines.filter(|line| line.contains(code)).count()
    };
    assert_eq!(with_code("handbook::other_figures"), 2, "{barred:?}");
    assert_eq!(with_code("handbook::stale_translation"), 2, "{barred:?}");
    asked.draft = true;
    let draft = Draft::read(&asked, &Memo::default()).expect("settings");
    let page = draft.page("network", Lang::Fi, "using.html");
    let page = page.expect("a draft").expect("a page");
    assert!(page.contains("Vastausaste on <data"), "{page}");
}
