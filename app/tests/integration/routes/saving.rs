//! `POST /{lang}/answer/section/{section}`: what a page changes, and background saves.

use serde_json::Value;

use crate::form::{self, Fields};
use crate::test_app::{Page, TestApp, Visitor};

const SAFETY: &str = "/fi/answer/section/safety";

/// A save as the page's script sends it.
async fn keep(visitor: &mut Visitor, tab: char, number: u32, item: &str, value: &str) -> Page {
    let (tab, number) = (tab.to_string().repeat(16), number.to_string());
    let name = format!("a.{item}");
    let mut fields = vec![
        ("go", "keep"),
        ("tab", &tab),
        ("n", &number),
        ("shown", item),
        ("changed", item),
    ];
    if !value.is_empty() {
        fields.push((&name, value));
    }
    visitor.post(SAFETY, &fields).await
}

/// What the pages' fields hold.
async fn given(visitor: &mut Visitor) -> Fields {
    form::chosen(&visitor.get(SAFETY).await.html)
}

fn pair(item: &str, value: &str) -> (String, String) {
    (format!("a.{item}"), value.to_owned())
}

#[tokio::test]
async fn a_background_save_counts_once_and_in_order() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let page = keep(&mut visitor, 'a', 1, "dc-4-1", "2").await;
    page.is(200);
    assert_eq!(page.headers["content-type"], "application/json");
    let said: Value = serde_json::from_str(&page.html).unwrap();
    assert_eq!(
        (&said["answered"], &said["refused"]),
        (&1.into(), &Value::Array(vec![]))
    );
    keep(&mut visitor, 'a', 2, "dc-4-1", "4").await.is(200);
    // The first one was not heard and comes again; then a copy that was stuck on the way.
    for number in [1, 2, 1] {
        keep(&mut visitor, 'a', number, "dc-4-1", "2").await.is(200);
        assert_eq!(given(&mut visitor).await, [pair("dc-4-1", "4")]);
    }
    keep(&mut visitor, 'b', 1, "dc-4-2", "1").await.is(200);
    assert_eq!(given(&mut visitor).await.len(), 2);
    keep(&mut visitor, 'a', 3, "dc-4-1", "").await.is(200);
    assert_eq!(given(&mut visitor).await, [pair("dc-4-2", "1")]);
}

#[tokio::test]
async fn what_cannot_be_kept_is_named_and_the_rest_is_kept() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let tab = "a".repeat(16);
    let fields = [
        ("go", "keep"),
        ("tab", tab.as_str()),
        ("n", "1"),
        ("shown", "dc-4-1 dc-4-2 no-such"),
        ("changed", "dc-4-1 dc-4-2 no-such"),
        ("a.dc-4-1", "9"),
        ("a.dc-4-2", "3"),
        ("a.no-such", "3"),
    ];
    // An answer to an item that is nowhere refuses the whole; one that is only named is passed over.
    let page = visitor.post(SAFETY, &fields).await;
    assert!(page.is(422).html.contains("a.no-such"));
    assert_eq!(given(&mut visitor).await, []);
    let page = visitor.post(SAFETY, &fields[..7]).await;
    let said: Value = serde_json::from_str(&page.is(200).html).unwrap();
    assert_eq!(said["refused"], serde_json::json!(["dc-4-1"]));
    assert_eq!(given(&mut visitor).await, [pair("dc-4-2", "3")]);
}

#[tokio::test]
async fn a_background_save_without_a_key_is_refused() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    for (tab, number) in [
        ("", "1"),
        ("0123456789abcdef", ""),
        ("<script>", "1"),
        ("0123456789abcdef", "-1"),
    ] {
        let fields = [
            ("go", "keep"),
            ("tab", tab),
            ("n", number),
            ("shown", "dc-4-1"),
            ("a.dc-4-1", "1"),
        ];
        visitor.post(SAFETY, &fields).await.is(400);
    }
    assert_eq!(given(&mut visitor).await, []);
}

/// Without scripts: each tab changes what was changed in it, and nothing else.
#[tokio::test]
async fn an_old_tab_changes_only_what_was_changed_in_it() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let old = form::hidden(&visitor.get(SAFETY).await.html);
    let with = |hidden: &Fields, answers: &[(&str, &str)]| {
        let mut fields = hidden.clone();
        fields.extend(form::fields(answers));
        fields
    };
    visitor
        .post_fields(SAFETY, &with(&old, &[("a.dc-4-1", "2"), ("a.dc-4-2", "2")]))
        .await;
    // Another tab, opened before that, sends only a third answer.
    visitor
        .post_fields(SAFETY, &with(&old, &[("a.dc-4-3", "3")]))
        .await;
    assert_eq!(given(&mut visitor).await.len(), 3);
    // A tab that shows all three, and one that changes one of them meanwhile.
    let all = visitor.get(SAFETY).await.html;
    keep(&mut visitor, 'a', 1, "dc-4-1", "4").await.is(200);
    let mut fields = form::hidden(&all);
    fields.extend(form::chosen(&all));
    for field in &mut fields {
        if field.0 == "a.dc-4-2" {
            "1".clone_into(&mut field.1);
        }
    }
    visitor.post_fields(SAFETY, &fields).await;
    let expected = [
        pair("dc-4-1", "4"),
        pair("dc-4-2", "1"),
        pair("dc-4-3", "3"),
    ];
    assert_eq!(given(&mut visitor).await, expected);
}

#[tokio::test]
async fn a_background_save_after_sending_adds_nothing() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let review = visitor.answer_pages(1).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    keep(&mut visitor, 'a', 1, "dc-4-1", "4")
        .await
        .leads_to("/fi/profile");
    assert_eq!(app.kept().await, 1);
}

#[tokio::test]
async fn the_script_is_small_and_comes_with_the_page() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let page = visitor.get(SAFETY).await;
    let (_, rest) = page.html.split_once("src=\"").unwrap();
    let address = rest.split('"').next().unwrap().to_owned();
    assert!(address.ends_with("/answering.js"), "{address}");
    let script = visitor.get(&address).await;
    assert!(script.is(200).html.len() < 16_000, "{}", script.html.len());
    assert!(
        script.headers["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
}

/// LO-5: one code may save 600 times and send 30 times an hour; others do not notice.
#[tokio::test]
async fn a_code_that_saves_or_sends_without_end_is_told_to_wait() {
    let app = TestApp::new().await;
    let codes = app.codes(crate::test_app::UNIT, 2).await;
    let mut busy = app.respondent(&codes[0]).await;
    let mut other = app.respondent(&codes[1]).await;
    for number in 1..=600 {
        keep(&mut busy, 'a', number, "dc-4-1", "2").await.is(200);
    }
    let page = keep(&mut busy, 'a', 601, "dc-4-1", "3").await;
    page.is(429);
    assert!(page.headers.contains_key("retry-after"));
    assert_eq!(
        given(&mut busy).await,
        [pair("dc-4-1", "2")],
        "reading goes on"
    );
    keep(&mut other, 'a', 1, "dc-4-1", "2").await.is(200);
    for _ in 0..30 {
        busy.post("/fi/answer/review", &[("state", "nonsense")])
            .await
            .leads_to("/fi/answer/review");
    }
    busy.post("/fi/answer/review", &[("state", "nonsense")])
        .await
        .is(429);
}
