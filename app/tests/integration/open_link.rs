//! Mode A: one link for everybody, a code made in each visit, and everything else as with codes.

use crate::test_app::{TestApp, UNIT, pulse, vantaa, wave};

#[tokio::test]
async fn whoever_follows_the_link_answers_and_comes_back_with_the_code_of_the_visit() {
    let app = TestApp::new().await;
    let link = app.pulse().await;
    let page = app.anonymous().get(&link).await;
    assert!(page.is(200).html.contains("Harjun koulu"));
    assert!(!page.html.contains("Lammen koulu"), "another city's unit");
    let (mut visitor, code) = app.visitor_of(&link, UNIT).await;
    let notice = visitor.get("/fi/answer/privacy").await;
    assert!(notice.html.contains("Palvelu ei tunne vastaajia"));
    assert!(!notice.html.contains("kertakäyttöisellä koodilla, jonka"));
    visitor
        .post("/fi/answer/section/safety", &[("a.dc-4-1", "2")])
        .await;
    // Following the link again leads back to what was begun.
    let again = visitor.get(&link).await;
    assert!(again.html.contains("/fi/answer/section/safety"));
    visitor.post("/fi/answer/leave", &[]).await.is(200);
    assert!(visitor.cookie("icteko-answer").is_none());
    let mut other = app.anonymous();
    let back = other.post("/fi/answer", &[("code", &code)]).await;
    back.leads_to("/fi/answer/section/safety");
    other.send_words("linkistä").await;
    app.anonymous()
        .post("/fi/answer", &[("code", &code)])
        .await
        .is(409);
    let store = app.service().store();
    assert_eq!(store.kept_answers(&pulse()).await.unwrap(), 1);
    assert_eq!(app.kept().await, 0, "the other wave");
}

#[tokio::test]
async fn a_link_is_printed_for_a_wall() {
    let app = TestApp::new().await;
    let link = app.pulse().await;
    let mut desk = app.coordinator(vantaa()).await;
    let wave = desk.get("/fi/coordinator/waves/2026-pulssi").await;
    let path = "/fi/coordinator/waves/2026-pulssi/poster?city=092";
    let of_unit = format!("{path}&unit={UNIT}");
    assert!(wave.html.contains(path));
    let sheet = desk.get(path).await;
    assert_eq!(sheet.is(200).html.matches("<svg").count(), 1);
    assert_eq!(sheet.inside("address"), format!("http://icteko.test{link}"));
    let sheet = desk.get(&of_unit).await;
    let whole = format!("http://icteko.test{link}/{UNIT}");
    assert_eq!(sheet.is(200).inside("address"), whole);
    for lang in ["sv", "en"] {
        let other = desk.get(&of_unit.replacen("fi", lang, 1)).await;
        let whole = whole.replacen("/fi/", &format!("/{lang}/"), 1);
        assert_eq!(other.is(200).inside("address"), whole);
    }
    for wrong in [
        path.replace("092", "837"),
        path.replace("092", "x"),
        format!("{path}&unit=tre-lampi"),
        path.replace("pulssi", "syksy"),
    ] {
        desk.get(&wrong).await.is(404);
    }
    app.anonymous().get(path).await.is(401);
}

/// Soft limits only: the page asks for one answer, and nothing can hold people to it.
#[tokio::test]
async fn the_same_person_can_answer_twice_and_the_coordinator_is_told() {
    let app = TestApp::new().await;
    let link = app.pulse().await;
    for words in ["kerran", "toisen kerran"] {
        let (mut visitor, _) = app.visitor_of(&link, UNIT).await;
        visitor.send_words(words).await;
    }
    let store = app.service().store();
    assert_eq!(store.kept_answers(&pulse()).await.unwrap(), 2);
    let mut desk = app.coordinator(vantaa()).await;
    let page = desk.get("/fi/coordinator/waves/2026-pulssi").await;
    assert!(page.html.contains("monta kertaa"), "{}", page.html);
    assert!(!page.html.contains("Koodeja tehty"));
    let other = desk.get("/fi/coordinator/waves/2026-syksy").await;
    assert!(!other.html.contains("monta kertaa"));
}

#[tokio::test]
async fn a_link_leads_to_its_own_city_while_the_wave_is_open() {
    let app = TestApp::new().await;
    let link = app.pulse().await;
    let mut visitor = app.anonymous();
    visitor.post(&link, &[]).await.is(422);
    visitor.post(&link, &[("unit", "tre-lampi")]).await.is(422);
    let own = visitor.post(&format!("{link}/{UNIT}"), &[]).await;
    own.is(200);
    for wrong in [
        format!("{link}/tre-lampi"),
        format!("{link}/nowhere"),
        format!("{link}x"),
        "/fi/answer/open/aaaaaaaaaaaaaaaaaaaaaaaaaa".into(),
        "/fi/answer/open/%00".into(),
    ] {
        visitor.get(&wrong).await.is(404);
        visitor.post(&wrong, &[("unit", UNIT)]).await.is(404);
    }
    let none = jiff::SignedDuration::ZERO;
    app.service().close_wave(&pulse(), none).await.unwrap();
    visitor.get(&link).await.is(410);
    visitor.post(&link, &[("unit", UNIT)]).await.is(410);
}

/// A wave has one way in: no codes beside the link, no link beside the codes (AN-1).
#[tokio::test]
async fn the_ways_of_answering_do_not_mix() {
    let app = TestApp::new().await;
    app.pulse().await;
    let mut desk = app.coordinator(vantaa()).await;
    let order = [("unit", UNIT), ("count", "3")];
    let path = "/fi/coordinator/waves/2026-pulssi/codes";
    desk.post(path, &order).await.is(404);
    let made = app.service().make_codes(&pulse(), None, Some(1)).await;
    assert!(made.unwrap_err().to_string().contains("open link"));
    let page = desk.get("/fi/coordinator/waves/2026-syksy").await;
    assert!(!page.html.contains("/answer/open/"));
}

#[tokio::test]
async fn the_coordinator_chooses_the_way_when_the_wave_is_made() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(vantaa()).await;
    for (wave, mode, has_link) in [
        ("2026-a", "open-link", true),
        ("2026-b", "codes", false),
        ("2026-c", "", false),
    ] {
        let form = [
            ("survey", "icteko-perus@1"),
            ("wave", wave),
            ("opens", "2026-10-12"),
            ("closes", "2026-11-12"),
            ("mode", mode),
        ];
        desk.post("/fi/coordinator/waves/new", &form)
            .await
            .leads_to(&format!("/fi/coordinator/waves/{wave}?done=made"));
        let page = desk.get(&format!("/fi/coordinator/waves/{wave}")).await;
        assert_eq!(page.html.contains("/answer/open/"), has_link, "{wave}");
    }
}

/// Whoever takes the data learns that an answer is not one person there.
#[tokio::test]
async fn the_dataset_says_which_answers_came_over_a_link() {
    let app = TestApp::new().await;
    let link = app.pulse().await;
    let (mut visitor, _) = app.visitor_of(&link, UNIT).await;
    visitor.send_words("linkistä").await;
    let none = jiff::SignedDuration::ZERO;
    for wave in [pulse(), wave()] {
        app.service().close_wave(&wave, none).await.unwrap();
    }
    let input = app.service().dataset(&[pulse(), wave()]).await.unwrap();
    let files = exchange::dataset::dataset_files(&input.as_dataset("icteko"), false);
    let (files, _) = files.unwrap();
    let told: serde_json::Value = serde_json::from_slice(&files["codebook.json"]).unwrap();
    let places = serde_json::json!({ "2026-pulssi": ["092", "837"] });
    assert_eq!(told["open_link"], places);
}

/// The answering path asks for single rows; they say what the whole wave says.
#[tokio::test]
async fn one_row_of_a_wave_says_what_the_whole_wave_says() {
    let app = TestApp::new().await;
    app.pulse().await;
    let store = app.service().store();
    let waves = store.waves().await.unwrap();
    let ids: Vec<_> = waves.iter().map(|wave| wave.id.clone()).collect();
    assert_eq!(ids, [pulse(), wave()]);
    assert_eq!(store.open_waves().await.unwrap(), ids);
    for whole in &waves {
        let pinned = store.pinned(&whole.id).await.unwrap().unwrap();
        assert_eq!(pinned.survey, whole.survey);
        assert_eq!(
            (pinned.release, &pinned.roles),
            (whole.release, &whole.roles)
        );
        assert_eq!(store.wave(&whole.id).await.unwrap().as_ref(), Some(whole));
        for (code, city) in &whole.cities {
            let row = store.wave_city(&whole.id, code).await.unwrap();
            assert_eq!(row.as_ref(), Some(city));
            if let Some(link) = city.open_link {
                let behind = store.behind_link(link).await.unwrap();
                assert_eq!(behind, Some((whole.id.clone(), code.clone())));
            }
        }
    }
    let nowhere = surveys::WaveId::new("2031-syksy").unwrap();
    assert_eq!(store.pinned(&nowhere).await.unwrap(), None);
    assert_eq!(store.wave(&nowhere).await.unwrap(), None);
}
