//! Drafts while they are written: one book at a time, and a page with every problem.

use handbook::{preview, problem_page, trace};
use surveys::Lang;

use crate::fixture::{catalog, file, findings, network, request, tiny};

#[test]
fn a_preview_is_a_draft_of_one_book() {
    let sources = tiny("Luku [0,8](value:area.alpha,area=safety).");
    let catalog = catalog();
    let files = [network(), file(&findings("oulu", "564"))];
    let asked = request(&sources, &catalog, &files);
    let shown = preview(&asked, Some(("oulu", Lang::Fi))).expect("a draft may lack figures");
    let page = String::from_utf8_lossy(&shown.files["oulu/fi/results.html"]);
    assert!(page.contains("<body class=\"draft\">"), "{page}");
    assert!(page.contains("content=\"noindex, nofollow\""), "{page}");
    assert!(!shown.files.keys().any(|name| name.starts_with("network/")));
    assert_eq!(shown.problems.len(), 1);
    let page = shown
        .shown("oulu/fi/results.html", 7, Lang::Fi)
        .expect("a page");
    let page = String::from_utf8_lossy(&page);
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    assert!(
        page.contains("<a href=\"_problems\">Ongelmia: 1</a>"),
        "{page}"
    );
    assert!(shown.shown("oulu/fi/nothing.html", 7, Lang::Fi).is_none());
    let shared = preview(&asked, None).expect("a draft");
    assert!(shared.files.contains_key("index.html"));
    assert!(!shared.files.keys().any(|name| name.starts_with("oulu/")));
}

#[test]
fn the_page_of_problems_shows_places_and_lines_and_runs_nothing() {
    let sources = tiny("<script>alert(1)</script>\n\n[a](ref:nowhere)");
    let catalog = catalog();
    let files = [network()];
    let problems = preview(
        &request(&sources, &catalog, &files),
        Some(("network", Lang::Fi)),
    );
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
