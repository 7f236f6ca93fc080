//! Drafts while they are written: one book at a time, and a page with every problem.

use handbook::{preview, problem_page};
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
    let page = problem_page(&problems, Lang::En, "");
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("content/fi/results/one.md:5:1"), "{page}");
    assert!(page.contains("handbook::raw_html"), "{page}");
    assert!(page.contains("handbook::unknown_reference"), "{page}");
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    let page = problem_page(&problems, Lang::Fi, "");
    assert!(
        page.contains("<html lang=\"fi\">") && page.contains("<h1>Ongelmia: 2</h1>"),
        "{page}"
    );
    assert!(
        page.contains("tekstissä ei voi olla HTML-merkintöjä"),
        "{page}"
    );
}
