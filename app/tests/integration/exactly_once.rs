//! Exactly once: repeats (T5), two tabs, many at the same time (DU-6, DU-15).

use std::collections::BTreeSet;

use app::store::Weakness;

use crate::form;
use crate::size::size;
use crate::test_app::{Page, TestApp, UNIT, Visitor, wave};

async fn ready(app: &TestApp) -> (Visitor, Page) {
    let mut visitor = app.respondent(&app.code().await).await;
    let review = visitor.answer_pages(1).await;
    (visitor, review)
}

/// The profile's page, receipt included, without what is fresh on every page.
async fn profile(visitor: &mut Visitor) -> String {
    let page = visitor.get("/fi/profile").await;
    page.is(200);
    let nonce = page
        .html
        .split("nonce=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    page.html.replace(&nonce, "")
}

/// Sends the same form as if every answer before had been lost; returns what was shown: the
/// profile, or the status of a refusal.
async fn send_many_times(app: &TestApp) -> BTreeSet<String> {
    let (visitor, review) = ready(app).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let mut again = visitor.without("icteko-result");
        let fields = form::hidden(&review.html);
        tasks.spawn(async move {
            let sent = again.post_fields("/fi/answer/review", &fields).await;
            if sent.status == 303 {
                profile(&mut again).await
            } else {
                format!("refused with {}", sent.status)
            }
        });
    }
    tasks.join_all().await.into_iter().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twenty_times_is_one_answer_with_one_receipt() {
    let app = TestApp::new().await;
    for person in 1..=size(50, 1_000) {
        let shown = send_many_times(&app).await;
        assert_eq!(app.kept().await, person);
        assert_eq!(shown.len(), 1);
        assert!(
            shown.iter().all(|page| !page.starts_with("refused")),
            "{shown:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_test_catches_a_store_without_unique_marks() {
    let app = TestApp::with(Weakness::NothingUnique).await;
    let shown = send_many_times(&app).await;
    let kept = app.kept().await;
    // A repeat that comes late finds the draft gone and is refused: not one receipt either.
    assert!(kept > 1 || shown.len() > 1, "{kept} kept, {shown:?}");
}

#[tokio::test]
async fn two_tabs_with_other_answers_give_one_answer_and_a_conflict() {
    let app = TestApp::new().await;
    let (mut visitor, old) = ready(&app).await;
    let path = "/fi/answer/section/open";
    visitor
        .post(path, &[("a.open-1", "toinen välilehti")])
        .await
        .leads_to("/fi/answer/review");
    // The review that was shown before is not what would be sent now.
    visitor.send_review(&old).await.is(409);
    assert_eq!(app.kept().await, 0);
    let new = visitor.get("/fi/answer/review").await;
    visitor.send_review(&new).await.leads_to("/fi/profile");
    visitor.send_review(&old).await.is(409);
    visitor.send_review(&new).await.leads_to("/fi/profile");
    assert_eq!(app.kept().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_tab_saves_while_sending_is_never_dropped_unseen() {
    let app = TestApp::new().await;
    for _ in 0..25 {
        let (visitor, review) = ready(&app).await;
        let mut saver = visitor.without("icteko-result");
        let mut sender = visitor.without("icteko-result");
        let saving = tokio::spawn(async move {
            let text = [("a.open-1", "toinen välilehti")];
            saver.post("/fi/answer/section/open", &text).await
        });
        let sending = tokio::spawn(async move { sender.send_review(&review).await });
        let (saved, sent) = (saving.await.unwrap(), sending.await.unwrap());
        let acknowledged = saved.status == 303 && saved.location() == "/fi/answer/review";
        let went_without_it = sent.status == 303 && sent.location() == "/fi/profile";
        assert!(
            acknowledged != went_without_it,
            "saved {}, sent {}",
            saved.status,
            sent.status
        );
    }
}

#[tokio::test]
async fn two_tabs_on_two_pages_lose_nothing() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let safety = visitor.get("/fi/answer/section/safety").await;
    let content = visitor.get("/fi/answer/section/content").await;
    visitor
        .post_fields(
            "/fi/answer/section/content",
            &form::filled(&content.html, 1),
        )
        .await;
    visitor
        .post_fields("/fi/answer/section/safety", &form::filled(&safety.html, 2))
        .await;
    // A form of before that is sent empty takes nothing away.
    visitor
        .post_fields("/fi/answer/section/safety", &form::hidden(&safety.html))
        .await;
    for (path, before) in [("safety", 2), ("content", 1)] {
        let page = visitor.get(&format!("/fi/answer/section/{path}")).await;
        let answered = form::chosen(&page.html);
        assert_eq!(
            answered.len(),
            form::radios(&page.html).len(),
            "{path} {before}"
        );
    }
}

#[tokio::test]
async fn a_state_of_another_code_is_not_sent() {
    let app = TestApp::new().await;
    let (_, review) = ready(&app).await;
    let (mut other, _) = ready(&app).await;
    other
        .send_review(&review)
        .await
        .leads_to("/fi/answer/review");
    let mut fields = form::hidden(&review.html);
    fields[0].1.replace_range(10..14, "AAAA");
    other
        .post_fields("/fi/answer/review", &fields)
        .await
        .leads_to("/fi/answer/review");
    assert_eq!(app.kept().await, 0);
}

#[tokio::test]
async fn a_code_gives_one_answer_from_many_browsers() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut phone = app.respondent(&code).await;
    let mut computer = app.respondent(&code).await;
    let review = phone.answer_pages(0).await;
    phone.send_review(&review).await.leads_to("/fi/profile");
    computer.get("/fi/answer/section/safety").await.is(401);
    assert_eq!(app.kept().await, 1);
}

#[tokio::test]
async fn revoked_codes_send_nothing() {
    let app = TestApp::new().await;
    let service = app.service();
    let batch = app::store::Batch {
        wave: wave(),
        municipality: surveys::MunicipalityCode::new("092").unwrap(),
        unit: surveys::UnitId::new(UNIT).unwrap(),
    };
    let code = app::server::Code::from_random([5; 15]);
    let again = app::server::DataFolder::open(&app.data());
    assert_eq!(
        again.is_ok(),
        crate::place::SERVERS > 1,
        "the folder is held"
    );
    let hash = service.code_hash(&code);
    let batch = service
        .store()
        .record_codes(batch, vec![hash])
        .await
        .unwrap();
    let mut visitor = app.respondent(&code.to_string()).await;
    let review = visitor.answer_pages(0).await;
    service.store().revoke_codes(batch).await.unwrap();
    visitor.send_review(&review).await.is(401);
    app.anonymous()
        .post("/fi/answer", &[("code", &code.to_string())])
        .await
        .is(422);
    assert_eq!(app.kept().await, 0);
}

/// Answers that come together share their statements; what is odd about one of them touches none of
/// the others.
#[tokio::test(flavor = "multi_thread")]
async fn odd_answers_among_many_that_come_together_touch_no_other() {
    let app = TestApp::new().await;
    let mut reviews = Vec::new();
    for code in app.codes(UNIT, 24).await {
        let mut visitor = app.respondent(&code).await;
        let review = visitor.get("/fi/answer/review").await;
        reviews.push((visitor, form::hidden(&review.html)));
    }
    // One has sent already and sends again; one sends twice at once; another tab of one has saved
    // something else since.
    let (mut again, fields) = reviews[0].clone();
    again
        .post_fields("/fi/answer/review", &fields)
        .await
        .leads_to("/fi/profile");
    reviews.push(reviews[1].clone());
    let (mut changed, _) = reviews[2].clone();
    changed
        .post("/fi/answer/section/safety", &[("a.dc-4-1", "2")])
        .await;
    let mut tasks = tokio::task::JoinSet::new();
    for (number, (mut visitor, fields)) in reviews.into_iter().enumerate() {
        tasks.spawn(async move {
            let sent = visitor.post_fields("/fi/answer/review", &fields).await;
            (number, sent.status.as_u16())
        });
    }
    let mut seen = tasks.join_all().await;
    seen.sort_unstable();
    for (number, status) in seen {
        assert_eq!(status, if number == 2 { 409 } else { 303 }, "{number}");
    }
    assert_eq!(app.kept().await, 23);
}
