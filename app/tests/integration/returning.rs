//! The return code: the own result again, or withdrawing the answer, until the wave is frozen
//! (AN-19, PD-5).

use app::server::ReturnCode;

use crate::place::found;
use crate::retention::pass;
use crate::test_app::{Page, TestApp, UNIT, vantaa, wave};

const CANARY: &str = "kanarialintu-paluu";

/// Somebody sends the canary; returns the answer code and the return code.
async fn sent(app: &TestApp) -> (String, String) {
    let code = app.code().await;
    let returned = app.respondent(&code).await.send_words(CANARY).await;
    (code, returned)
}

async fn back(app: &TestApp, code: &str, go: &str) -> Page {
    let fields = [("code", code), ("go", go)];
    app.anonymous().post("/fi/answer/return", &fields).await
}

#[tokio::test]
async fn the_own_result_is_seen_again_until_the_wave_is_frozen() {
    let app = TestApp::new().await;
    let (_, code) = sent(&app).await;
    for mixed in [false, true] {
        if mixed {
            pass(&app, 19).await;
            pass(&app, 1).await;
        }
        let mut visitor = app.anonymous();
        let typed = code.to_lowercase().replace('-', " ");
        let fields = [("code", typed.as_str()), ("go", "show")];
        let page = visitor.post("/fi/answer/return", &fields).await;
        page.leads_to("/fi/profile");
        let profile = visitor.get("/fi/profile").await;
        assert_eq!(profile.is(200).heading(), "Oma profiilisi");
        assert!(!profile.html.contains("Kuittinumero"), "no new receipt");
        assert!(!profile.html.contains(&code), "shown once, after sending");
        visitor.get("/fi/profile/file").await.is(200);
    }
    let hash = app
        .service()
        .return_hash(&ReturnCode::parse(&code).unwrap());
    assert!(found(&app.data(), &hash.0) > 0, "the search finds it");
    pass(&app, 15).await;
    back(&app, &code, "show").await.is(422);
    assert_eq!(found(&app.data(), &hash.0), 0, "hash of the return code");
    assert_eq!(app.kept().await, 1);
}

#[tokio::test]
async fn a_withdrawn_answer_is_nowhere_and_does_not_come_back() {
    for mixed in [false, true] {
        let app = TestApp::new().await;
        let code = app.code().await;
        let mut visitor = app.respondent(&code).await;
        visitor
            .post("/fi/answer/section/open", &[("a.open-1", CANARY)])
            .await;
        let review = visitor.get("/fi/answer/review").await;
        visitor.send_review(&review).await.leads_to("/fi/profile");
        let returned = visitor.get("/fi/profile").await.inside("return-code");
        if mixed {
            for code in app.codes(UNIT, 9).await {
                app.respondent(&code).await.send_words("muu").await;
            }
            app.service().store().mix_all_due().await.unwrap();
        }
        let others = if mixed { 9 } else { 0 };
        assert!(found(&app.data(), CANARY.as_bytes()) > 0);
        // Asked back first: nothing is gone yet.
        back(&app, &returned, "withdraw").await.is(200);
        assert_eq!(app.kept().await, others + 1);
        back(&app, &returned, "withdraw-now").await.is(200);
        assert_eq!(app.kept().await, others);
        assert_eq!(found(&app.data(), CANARY.as_bytes()), 0, "mixed: {mixed}");
        back(&app, &returned, "withdraw-now").await.is(422);
        // Neither the open review nor the code brings it back.
        visitor.send_review(&review).await.leads_to("/fi/profile");
        let page = visitor.get("/fi/profile").await;
        assert!(!page.html.contains("return-code"), "it would open nothing");
        let again = app.anonymous().post("/fi/answer", &[("code", &code)]).await;
        again.is(409);
        assert_eq!(app.kept().await, others);
        let none = jiff::SignedDuration::ZERO;
        app.service().close_wave(&wave(), none).await.unwrap();
        let dataset = app.service().dataset(&[wave()]).await.unwrap();
        assert_eq!(dataset.answers.len() as u64, others);
        assert_eq!(found(&app.data(), CANARY.as_bytes()), 0);
    }
}

/// The coordinator's page is of this morning: a withdrawal moves nothing on it (DC-11, AN-13).
#[tokio::test]
async fn withdrawing_shows_nothing_to_the_coordinator() {
    let app = TestApp::new().await;
    let mut returned = Vec::new();
    for code in app.codes(UNIT, 14).await {
        returned.push(app.respondent(&code).await.send_words("sana").await);
        app.service().store().mix_all_due().await.unwrap();
    }
    let mut desk = app.coordinator(vantaa()).await;
    let path = "/fi/coordinator/waves/2026-syksy";
    let without_nonce = |page: &Page| {
        let nonce = page.headers["content-security-policy"].to_str().unwrap();
        let nonce = nonce.split("nonce-").nth(1).unwrap().split('\'').next();
        page.html.replace(nonce.unwrap(), "")
    };
    let before = without_nonce(&desk.get(path).await);
    for code in returned {
        back(&app, &code, "withdraw-now").await.is(200);
    }
    assert_eq!(app.kept().await, 0);
    assert_eq!(without_nonce(&desk.get(path).await), before);
}

/// A repeated form brings the same code; a second review of the same draft brings none that would
/// open nothing.
#[tokio::test]
async fn the_code_that_is_shown_is_one_that_opens() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let first = visitor.get("/fi/answer/review").await;
    let second = visitor.get("/fi/answer/review").await;
    visitor.send_review(&first).await.leads_to("/fi/profile");
    let code = visitor.get("/fi/profile").await.inside("return-code");
    visitor.send_review(&first).await.leads_to("/fi/profile");
    let again = visitor.get("/fi/profile").await.inside("return-code");
    assert_eq!(again, code);
    visitor.send_review(&second).await.leads_to("/fi/profile");
    let other = visitor.get("/fi/profile").await;
    assert!(!other.is(200).html.contains("return-code"));
    back(&app, &code, "show").await.leads_to("/fi/profile");
}

#[tokio::test]
async fn the_code_is_in_no_file_that_people_hand_on() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let code = visitor.send_words(CANARY).await;
    let file = visitor.get("/fi/profile/file").await;
    assert!(!file.is(200).html.contains(&code));
    let code = ReturnCode::parse(&code).unwrap();
    assert_eq!(found(&app.data(), code.letters().as_bytes()), 0);
    assert_eq!(found(&app.data(), code.to_string().as_bytes()), 0);
}

/// AN-7: what is no code, what was never given and what has gone answer alike.
#[tokio::test]
async fn wrong_return_codes_all_get_the_same_answer() {
    let app = TestApp::new().await;
    let (answer_code, code) = sent(&app).await;
    back(&app, &code, "withdraw-now").await.is(200);
    let stranger = ReturnCode::from_random([5; 27]).to_string();
    let mut answers = Vec::new();
    for typed in [code.as_str(), &stranger, &answer_code, "x", "äää"] {
        for go in ["show", "withdraw", "withdraw-now"] {
            let page = back(&app, typed, go).await;
            assert!(page.is(422).html.contains("ei löydy vastauksia"));
            answers.push(page.heading());
        }
    }
    answers.dedup();
    assert_eq!(answers.len(), 1);
    back(&app, " ", "show").await.is(422);
}
