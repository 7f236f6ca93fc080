//! More than can be worked on (LO-2): what is too much hears so at once, in three languages, and
//! what was typed comes back with it.

use crate::form;
use crate::test_app::{Page, TestApp};

/// Everybody at once on one page; returns what came back.
async fn rush(app: &TestApp, lang: &str, people: usize) -> Vec<Page> {
    let visitor = app.respondent(&app.code().await).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..people {
        let mut again = visitor.without("none");
        let path = format!("/{lang}/answer/section/open");
        tasks.spawn(async move {
            let typed = [("a.open-1", "keltainen \"kanarialintu\"")];
            again.post(&path, &typed).await
        });
    }
    tasks.join_all().await
}

#[tokio::test]
async fn too_many_at_once_are_told_to_come_again_and_keep_what_they_typed() {
    let app = TestApp::new().await;
    for (lang, heading) in [
        ("fi", "Palvelu on hetken varattu"),
        ("sv", "Tjänsten är upptagen en stund"),
        ("en", "The service is busy for a moment"),
    ] {
        let came_back = rush(&app, lang, 300).await;
        let (refused, saved): (Vec<_>, Vec<_>) =
            came_back.iter().partition(|page| page.status == 503);
        assert!(!refused.is_empty() && !saved.is_empty(), "{}", saved.len());
        for page in saved {
            page.leads_to(&format!("/{lang}/answer/review"));
        }
        for page in &refused {
            assert_eq!(page.heading(), heading);
            let wait: u32 = page.headers["retry-after"]
                .to_str()
                .unwrap()
                .parse()
                .unwrap();
            assert!((5..=30).contains(&wait), "{wait}");
            let kept = form::hidden(&page.html);
            assert_eq!(
                kept,
                form::fields(&[("a.open-1", "keltainen \"kanarialintu\"")])
            );
        }
        let waits: std::collections::BTreeSet<_> = refused
            .iter()
            .map(|page| {
                page.headers["retry-after"]
                    .clone()
                    .to_str()
                    .unwrap()
                    .to_owned()
            })
            .collect();
        assert!(waits.len() > 1, "all would come again at the same moment");
    }
}

#[tokio::test]
async fn after_the_rush_the_refused_form_is_taken() {
    let app = TestApp::new().await;
    let visitor = app.respondent(&app.code().await).await;
    let came_back = rush(&app, "fi", 300).await;
    let refused = came_back.iter().find(|page| page.status == 503).unwrap();
    let fields = form::hidden(&refused.html);
    let mut again = visitor.without("none");
    again
        .post_fields("/fi/answer/section/open", &fields)
        .await
        .leads_to("/fi/answer/review");
    let page = again.get("/fi/answer/section/open").await;
    assert!(page.is(200).html.contains("kanarialintu"));
}
