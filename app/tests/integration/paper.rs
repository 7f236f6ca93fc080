//! A form on paper is typed twice; it counts once both times agree, and nothing tells it from an
//! answer given online.

use crate::form;
use crate::place::found;
use crate::test_app::{Page, TestApp, UNIT, Visitor, pulse, wave};

const CANARY: &str = "kanarialintu-paperilla";

/// Somebody who takes a form with its code and says what the job on it is.
async fn typist(app: &TestApp, code: &str, time: &str, role: &str) -> Visitor {
    let mut typist = app.anonymous();
    let begun = typist.post("/fi/answer/paper", &[("code", code)]).await;
    begun.leads_to("/fi/answer/position");
    say_position(&mut typist, time, role).await;
    typist
}

async fn say_position(typist: &mut Visitor, time: &str, role: &str) {
    let position = [("time", time), ("role", role), ("employment", "")];
    let next = typist.post("/fi/answer/position", &position).await;
    next.leads_to("/fi/answer/section/background");
}

async fn say(typist: &mut Visitor, time: &str, section: &str, item: &str, answer: &str) -> Page {
    let path = format!("/fi/answer/section/{section}");
    let fields = [("time", time), (item, answer), ("go", "review")];
    typist.post(&path, &fields).await
}

/// Types a form for the first time and ends it.
async fn first_time(app: &TestApp, code: &str, level: &str, words: &str) {
    let mut typist = typist(app, code, "1", "class-teacher").await;
    say(&mut typist, "1", "safety", "a.dc-4-1", level).await;
    let done = say(&mut typist, "1", "open", "a.open-1", words).await;
    done.leads_to("/fi/answer/review");
    let review = typist.get("/fi/answer/review").await;
    assert!(!form::names(&review.html).contains(&"state".into()));
    let kept = typist
        .post_fields("/fi/answer/paper/first", &form::hidden(&review.html))
        .await;
    assert_eq!(kept.is(200).heading(), "Ensimmäinen näppäily on tallessa");
    assert!(typist.cookie("icteko-answer").is_none());
}

/// Types it for the second time, as far as the review or what comes before it.
async fn second_time(app: &TestApp, code: &str, level: &str, words: &str) -> Visitor {
    let mut typist = typist(app, code, "2", "class-teacher").await;
    say(&mut typist, "2", "safety", "a.dc-4-1", level).await;
    say(&mut typist, "2", "open", "a.open-1", words).await;
    typist
}

async fn sent(typist: &mut Visitor) -> Page {
    let review = typist.get("/fi/answer/review").await;
    typist.send_review(&review).await
}

#[tokio::test]
async fn a_form_typed_twice_alike_is_an_answer() {
    let app = TestApp::new().await;
    let code = app.code().await;
    first_time(&app, &code, "2", CANARY).await;
    assert_eq!(app.kept().await, 0, "once is not enough");
    assert_eq!(found(&app.data(), CANARY.as_bytes()), 0, "it lies sealed");
    let mut second = second_time(&app, &code, "2", CANARY).await;
    let review = second.get("/fi/answer/review").await;
    assert_eq!(review.is(200).heading(), "Molemmat näppäilyt ovat samat");
    assert_eq!(app.kept().await, 0, "it is not sent yet");
    let done = second.send_review(&review).await;
    assert_eq!(done.is(200).heading(), "Lomake on näppäilty");
    assert!(second.cookie("icteko-result").is_none(), "no own result");
    // A form that is sent again, as after a lost connection, is the same answer.
    let again = second.send_review(&review).await;
    assert_eq!(again.is(200).heading(), "Lomake on näppäilty");
    let receipt = |page: &Page| page.inside("lead");
    assert_eq!(receipt(&again), receipt(&done));
    assert_eq!(app.kept().await, 1);
    assert!(
        found(&app.data(), CANARY.as_bytes()) > 0,
        "the search finds"
    );
    let used = app
        .anonymous()
        .post("/fi/answer/paper", &[("code", &code)])
        .await;
    used.is(409);
}

/// What the second time sees is empty: it is a check only if it is typed from the form.
#[tokio::test]
async fn the_second_time_begins_from_nothing() {
    let app = TestApp::new().await;
    let code = app.code().await;
    first_time(&app, &code, "3", CANARY).await;
    let mut second = typist(&app, &code, "2", "class-teacher").await;
    let open = second.get("/fi/answer/section/open").await;
    assert!(open.is(200).html.contains("toinen näppäily"));
    assert!(!open.html.contains(CANARY));
    let safety = second.get("/fi/answer/section/safety").await;
    assert!(form::chosen(&safety.html).is_empty());
}

#[tokio::test]
async fn differences_are_decided_one_by_one_before_anything_counts() {
    let app = TestApp::new().await;
    let code = app.code().await;
    first_time(&app, &code, "2", "Enemmän aikaa").await;
    let mut second = second_time(&app, &code, "4", "Enemmän rahaa").await;
    let way = second.get("/fi/answer/review").await;
    way.leads_to("/fi/answer/paper/differences");
    let page = second.get("/fi/answer/paper/differences").await;
    assert!(page.is(200).html.contains("Enemmän aikaa"));
    assert!(page.html.contains("Enemmän rahaa"));
    let values = |page: &Page, name: &str| form::values(&page.html, name);
    let (level, words) = (values(&page, "a.dc-4-1"), values(&page, "a.open-1"));
    assert_eq!((level.len(), words.len()), (2, 2));
    // One decision is kept, the other is asked for again.
    let path = "/fi/answer/paper/differences";
    let half = second.post(path, &[("a.dc-4-1", &level[0])]).await;
    half.is(422);
    assert!(values(&half, "a.dc-4-1").is_empty());
    assert_eq!(values(&half, "a.open-1"), words);
    second.get("/fi/answer/review").await.leads_to(path);
    assert_eq!(app.kept().await, 0);
    let decided = second.post(path, &[("a.open-1", &words[1])]).await;
    decided.leads_to("/fi/answer/review");
    sent(&mut second).await.is(200);
    let kept = answers(&app).await;
    assert_eq!(kept.len(), 1);
    assert!(kept[0].contains("Enemmän rahaa") && !kept[0].contains("Enemmän aikaa"));
    assert!(kept[0].contains("\"dc-4-1\":{\"level\":2}"), "{}", kept[0]);
}

/// Whoever corrects the second time settles the difference as well.
#[tokio::test]
async fn correcting_the_second_time_settles_a_difference() {
    let app = TestApp::new().await;
    let code = app.code().await;
    first_time(&app, &code, "2", "sanat").await;
    let mut second = second_time(&app, &code, "3", "sanat").await;
    let review = second.get("/fi/answer/review").await;
    review.leads_to("/fi/answer/paper/differences");
    say(&mut second, "2", "safety", "a.dc-4-1", "2").await;
    let differ = second.get("/fi/answer/paper/differences").await;
    differ.leads_to("/fi/answer/review");
    sent(&mut second).await.is(200);
    assert_eq!(app.kept().await, 1);
}

/// The position decides what is asked, so it is decided first.
#[tokio::test]
async fn another_position_is_decided_before_the_answers() {
    let app = TestApp::new().await;
    let code = app.code().await;
    first_time(&app, &code, "2", "sanat").await;
    let mut second = typist(&app, &code, "2", "school-assistant").await;
    say(&mut second, "2", "safety", "a.dc-4-1", "3").await;
    let path = "/fi/answer/paper/differences";
    let page = second.get(path).await;
    let roles = form::values(&page.html, "position");
    assert_eq!(roles.len(), 2, "{}", page.html);
    assert!(form::values(&page.html, "a.dc-4-1").is_empty());
    let decided = second.post(path, &[("position", &roles[0])]).await;
    decided.leads_to("/fi/answer/review");
    let page = second.get(path).await;
    assert_eq!(form::values(&page.html, "a.dc-4-1").len(), 2);
    assert_eq!(
        form::values(&page.html, "a.open-1").len(),
        2,
        "left empty once"
    );
}

/// A page of the first time that is still open somewhere changes nothing in the second.
#[tokio::test]
async fn a_page_of_the_first_time_is_refused_in_the_second() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut left_open = typist(&app, &code, "1", "class-teacher").await;
    say(&mut left_open, "1", "safety", "a.dc-4-1", "1").await;
    let review = left_open.get("/fi/answer/review").await;
    let mut same = left_open.clone();
    let end = form::hidden(&review.html);
    same.post_fields("/fi/answer/paper/first", &end)
        .await
        .is(200);
    let late = [("time", "1"), ("a.dc-4-1", "4"), ("go", "keep")];
    let late = [
        &late[..],
        &[
            ("tab", "0123456789abcdef"),
            ("n", "7"),
            ("changed", "dc-4-1"),
            ("shown", "dc-4-1"),
        ],
    ]
    .concat();
    left_open
        .post("/fi/answer/section/safety", &late)
        .await
        .is(409);
    left_open
        .post(
            "/fi/answer/position",
            &[("time", "1"), ("role", "class-teacher")],
        )
        .await
        .is(409);
    // Ending the first time twice, as by a double click, is ending it once.
    left_open
        .post_fields("/fi/answer/paper/first", &end)
        .await
        .is(200);
    let mut second = typist(&app, &code, "2", "class-teacher").await;
    let safety = second.get("/fi/answer/section/safety").await;
    assert!(form::chosen(&safety.html).is_empty());
    // The same page of the second time is taken.
    say(&mut second, "2", "safety", "a.dc-4-1", "1").await;
    second.get("/fi/answer/review").await.is(200);
}

/// A review that was open before the second time was changed sends nothing.
#[tokio::test]
async fn what_was_changed_after_the_comparison_is_compared_again() {
    let app = TestApp::new().await;
    let code = app.code().await;
    first_time(&app, &code, "2", "sanat").await;
    let mut second = second_time(&app, &code, "2", "sanat").await;
    let review = second.get("/fi/answer/review").await;
    say(&mut second, "2", "safety", "a.dc-4-1", "4").await;
    second.send_review(&review).await.is(409);
    assert_eq!(app.kept().await, 0);
    second
        .get("/fi/answer/review")
        .await
        .leads_to("/fi/answer/paper/differences");
}

#[tokio::test]
async fn a_code_that_somebody_answers_with_online_types_no_form() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut online = app.respondent(&code).await;
    let mut typist = app.anonymous();
    let refused = typist.post("/fi/answer/paper", &[("code", &code)]).await;
    assert!(refused.is(409).html.contains("verkossa"));
    assert!(typist.cookie("icteko-answer").is_none());
    for (path, fields) in [
        ("/fi/answer/paper/first", &[("time", "1")]),
        ("/fi/answer/paper/differences", &[("a.dc-4-1", "x")]),
    ] {
        online
            .post(path, fields)
            .await
            .leads_to("/fi/answer/review");
    }
    for wrong in ["", "AAAA", "no code at all"] {
        typist
            .post("/fi/answer/paper", &[("code", wrong)])
            .await
            .is(422);
    }
}

/// Few answers come on paper, so that one did is told to nobody: not by the row, not by the
/// dataset that is made of it.
#[tokio::test]
async fn nothing_tells_paper_from_online() {
    let app = TestApp::new().await;
    let code = app.code().await;
    first_time(&app, &code, "2", "samat sanat").await;
    let mut second = second_time(&app, &code, "2", "samat sanat").await;
    sent(&mut second).await.is(200);
    let mut online = app.respondent(&app.code().await).await;
    let safety = [("a.dc-4-1", "2")];
    online.post("/fi/answer/section/safety", &safety).await;
    online.send_words("samat sanat").await;
    let kept = answers(&app).await;
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0], kept[1]);
}

/// Mode A: whoever types the form follows the link and writes the code of the visit on it.
#[tokio::test]
async fn an_open_link_gives_a_form_its_code() {
    let app = TestApp::new().await;
    let link = app.pulse().await;
    let mut typist = app.anonymous();
    let begun = [("unit", UNIT), ("go", "paper")];
    let code = typist.post(&link, &begun).await.is(200).inside("code-text");
    say_position(&mut typist, "1", "class-teacher").await;
    let review = typist.get("/fi/answer/review").await;
    let end = form::hidden(&review.html);
    typist
        .post_fields("/fi/answer/paper/first", &end)
        .await
        .is(200);
    let mut second = self::typist(&app, &code, "2", "class-teacher").await;
    sent(&mut second).await.is(200);
    let kept = app.service().store().kept_answers(&pulse()).await;
    assert_eq!(kept.unwrap(), 1);
}

/// Once the wave has closed, whatever was typed once only is gone.
#[tokio::test]
async fn a_form_typed_once_goes_with_the_wave() {
    let app = TestApp::new().await;
    let code = app.code().await;
    first_time(&app, &code, "2", CANARY).await;
    let none = jiff::SignedDuration::ZERO;
    app.service().close_wave(&wave(), none).await.unwrap();
    let late = app
        .anonymous()
        .post("/fi/answer/paper", &[("code", &code)])
        .await;
    late.is(410);
    assert_eq!(answers(&app).await.len(), 0);
}

/// What is kept once the wave is closed, as text.
async fn answers(app: &TestApp) -> Vec<String> {
    let none = jiff::SignedDuration::ZERO;
    // It may have been closed before.
    let _ = app.service().close_wave(&wave(), none).await;
    let kept = app.service().store().answers(&wave()).await.unwrap();
    kept.into_iter().map(|it| it.response).collect()
}
