//! Nothing is kept longer than is said (PD-4, T16): the clock moves, and the disk is searched.

use crate::place::found;
use crate::test_app::{TestApp, wave};

const DAY: i64 = 24 * 60;
const CANARY: &str = "kanarialintu-säilytys";

/// Somebody answers with words that can be found again; returns the code.
async fn answered(app: &TestApp) -> String {
    let code = app.code().await;
    let mut visitor = app.respondent(&code).await;
    visitor
        .post("/fi/answer/section/open", &[("a.open-1", CANARY)])
        .await;
    let review = visitor.get("/fi/answer/review").await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    code
}

pub(crate) async fn pass(app: &TestApp, days: i64) {
    app.wait_minutes(days * DAY);
    app.service().keep_house().await.unwrap();
}

#[tokio::test]
async fn an_untouched_draft_goes_after_fourteen_days() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut visitor = app.respondent(&code).await;
    pass(&app, 13).await;
    visitor.get("/fi/answer/section/background").await.is(200);
    pass(&app, 2).await;
    visitor.get("/fi/answer/section/background").await.is(401);
    // The code is not used up: whoever comes back begins anew.
    app.respondent(&code).await;
}

#[tokio::test]
async fn codes_and_spent_marks_go_when_the_wave_is_frozen() {
    let app = TestApp::new().await;
    let code = answered(&app).await;
    let hash = app
        .service()
        .code_hash(&app::server::Code::parse(&code).unwrap());
    // The wave closes by its date; the grace passes, and everything is mixed.
    pass(&app, 19).await;
    pass(&app, 1).await;
    assert!(
        found(&app.data(), &hash.0) > 0,
        "the search finds what is there"
    );
    pass(&app, 12).await;
    assert!(found(&app.data(), &hash.0) > 0);
    pass(&app, 3).await;
    assert_eq!(found(&app.data(), &hash.0), 0, "hash of the code");
    let mut visitor = app.anonymous();
    visitor.post("/fi/answer", &[("code", &code)]).await.is(422);
    assert_eq!(
        app.service().store().answers(&wave()).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn answers_go_after_five_years() {
    let app = TestApp::new().await;
    answered(&app).await;
    pass(&app, 20).await;
    pass(&app, 1).await;
    pass(&app, 5 * 365 - 20).await;
    assert_eq!(
        found(&app.data(), CANARY.as_bytes()),
        1,
        "the search finds what is there"
    );
    pass(&app, 30).await;
    assert_eq!(found(&app.data(), CANARY.as_bytes()), 0);
    assert_eq!(
        app.service().store().answers(&wave()).await.unwrap().len(),
        0
    );
}

/// What the operator sets holds, and the person is told the same.
#[tokio::test]
async fn a_shorter_time_is_kept_and_told() {
    let app = TestApp::with_settings("[retention]\ndraft_days = 3\n").await;
    let mut visitor = app.respondent(&app.code().await).await;
    let told = visitor.post("/fi/answer/leave", &[]).await;
    assert!(
        told.html.contains("15."),
        "three days from the 12th: {}",
        told.html
    );
    let mut visitor = app.respondent(&app.code().await).await;
    pass(&app, 4).await;
    visitor.get("/fi/answer/section/background").await.is(401);
}

/// A clock that jumps deletes nothing that is still needed (T7).
#[tokio::test]
async fn a_clock_that_goes_back_deletes_nothing() {
    let app = TestApp::new().await;
    answered(&app).await;
    pass(&app, -400 * 30).await;
    assert_eq!(app.kept().await, 1);
    pass(&app, 400 * 30).await;
    assert_eq!(app.kept().await, 1);
}
