//! Nothing is kept longer than is said (PD-4, T16): the clock moves, and the disk is searched.

use crate::place::found;
use crate::test_app::{TestApp, vantaa, wave};

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

/// Rows that tell when a coordinator was here go with what they are for.
#[tokio::test]
async fn one_time_links_and_sign_ins_go_when_they_hold_no_more() {
    let app = TestApp::new().await;
    let left = async |app: &TestApp| {
        let now = app.service().now();
        app.service()
            .store()
            .delete_old_sign_ins(now)
            .await
            .unwrap()
    };
    app.service().invite(vantaa()).await.unwrap();
    app.coordinator(vantaa()).await;
    app.wait_minutes(DAY);
    assert_eq!(left(&app).await, 2, "nobody has kept house");
    app.service().invite(vantaa()).await.unwrap();
    app.coordinator(vantaa()).await;
    pass(&app, 1).await;
    assert_eq!(left(&app).await, 0);
}

/// Files below a folder that are none of the program's, by path.
fn strange_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut strange = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let name = name.trim_end_matches("-wal").trim_end_matches("-shm");
        let is_own = matches!(name, "icteko.toml" | "icteko.db" | "icteko.lock" | "keys");
        if path.is_dir() && !is_own {
            strange.extend(strange_files(&path));
        } else if !is_own {
            strange.push(path);
        }
    }
    strange
}

/// Technical logs (LG-1, PD-4): the program says what it does on standard output and keeps nothing
/// of it, so there is no log that it would have to delete.
#[tokio::test]
async fn the_data_folder_holds_no_log() {
    let app = TestApp::new().await;
    answered(&app).await;
    let mut desk = app.coordinator(vantaa()).await;
    desk.get("/fi/coordinator/waves/2026-syksy").await.is(200);
    app.anonymous().get("/fi/nowhere").await.is(404);
    pass(&app, 20).await;
    assert!(strange_files(&app.data()).is_empty());
    let log = app.data().join("jobs/icteko.log");
    std::fs::write(&log, "served").unwrap();
    assert_eq!(strange_files(&app.data()), [log], "it is found");
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
