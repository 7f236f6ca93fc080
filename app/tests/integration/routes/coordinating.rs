//! `/{lang}/coordinator/…`.

use app::store::Coordinator;

use crate::form;
use crate::test_app::{TestApp, UNIT, WAVE, vantaa, wave};

const PATH: &str = "/fi/coordinator/waves/2026-syksy";

#[tokio::test]
async fn a_one_time_link_opens_once() {
    let app = TestApp::new().await;
    let token = app.service().invite(Coordinator::Network).await.unwrap();
    let mut first = app.anonymous();
    first.get("/fi/coordinator/sign-in").await.is(200);
    first
        .post("/fi/coordinator/sign-in", &[("token", &token)])
        .await
        .leads_to("/fi/coordinator");
    first.get("/fi/coordinator").await.is(200);
    app.anonymous()
        .post("/fi/coordinator/sign-in", &[("token", &token)])
        .await
        .is(422);
    first.post("/fi/coordinator/sign-out", &[]).await.is(200);
    first.get("/fi/coordinator").await.is(401);
}

#[tokio::test]
async fn a_link_and_a_sign_in_grow_old() {
    let app = TestApp::new().await;
    let token = app.service().invite(Coordinator::Network).await.unwrap();
    let mut desk = app.coordinator(Coordinator::Network).await;
    app.wait_minutes(31);
    app.anonymous()
        .post("/fi/coordinator/sign-in", &[("token", &token)])
        .await
        .is(422);
    desk.get("/fi/coordinator").await.is(401);
}

#[tokio::test]
async fn codes_are_shown_once_with_their_symbols() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(vantaa()).await;
    let sheet = desk
        .post(&format!("{PATH}/codes"), &[("unit", UNIT), ("count", "12")])
        .await;
    sheet.is(200);
    assert_eq!(sheet.html.matches("<svg").count(), 12);
    // Every code on the sheet opens a questionnaire.
    let code = sheet
        .html
        .split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'))
        .find(|word| word.len() == 19 && word.matches('-').count() == 3)
        .unwrap();
    app.respondent(code).await;
    let page = desk.get(PATH).await;
    assert!(!page.html.contains(code));
}

#[tokio::test]
async fn wrong_orders_for_codes_are_told() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(vantaa()).await;
    let path = format!("{PATH}/codes");
    for wrong in [
        &[][..],
        &[("unit", UNIT), ("count", "0")],
        &[("unit", UNIT), ("count", "2001")],
        &[("unit", UNIT), ("count", "-1")],
        &[("unit", "no-such"), ("count", "5")],
        // Another city's unit is no unit here.
        &[("unit", "tre-lampi"), ("count", "5")],
    ] {
        desk.post(&path, wrong).await.is(422);
    }
    app.service()
        .close_wave(&wave(), jiff::SignedDuration::ZERO)
        .await
        .unwrap();
    desk.post(&path, &[("unit", UNIT), ("count", "5")])
        .await
        .is(410);
}

/// The register of the tests has 30 class teachers here, and their service has no https.
#[tokio::test]
async fn a_unit_is_offered_the_codes_that_its_staff_lacks() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(vantaa()).await;
    let path = format!("{PATH}/codes");
    let before = app.service().store().unit_counts(&wave()).await.unwrap();
    let unit = before.iter().find(|it| it.unit.as_str() == UNIT).unwrap();
    let lacking = unit.lacking_codes();
    assert!(lacking > 0, "{unit:?}");
    let page = desk.get(PATH).await;
    assert!(page.html.contains(&format!("koodeja puuttuu {lacking}")));
    assert!(page.html.contains("public_url"), "a local address is told");
    let sheet = desk.post(&path, &[("unit", UNIT), ("count", "")]).await;
    let made = sheet.is(200).html.matches("<svg").count();
    assert_eq!(made as u64, lacking);
    assert!(sheet.html.contains("public_url"));
    let again = desk.post(&path, &[("unit", UNIT), ("count", "")]).await;
    assert!(again.is(422).html.contains("on jo tehty koodit"));
    desk.post(&path, &[("unit", UNIT), ("count", "1")])
        .await
        .is(200);
}

/// Closed on the coordinator's page, a wave waits for those who had begun; whoever exports it
/// afterwards needs no running server.
#[tokio::test]
async fn a_closed_wave_is_exported_once_its_grace_is_over() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(Coordinator::Network).await;
    desk.post(&format!("{PATH}/close"), &[]).await;
    let service = app.service();
    for told in [
        service.dataset(&[wave()]).await.unwrap_err().to_string(),
        service
            .close_wave(&wave(), jiff::SignedDuration::ZERO)
            .await
            .unwrap_err()
            .to_string(),
    ] {
        assert!(told.contains("wait until 20"), "{told}");
        assert!(!told.contains("close it first"), "{told}");
    }
    app.wait_minutes(16);
    service.dataset(&[wave()]).await.unwrap();
    service
        .close_wave(&wave(), jiff::SignedDuration::ZERO)
        .await
        .unwrap();
}

/// AZ-3: out of scope looks like absent.
#[tokio::test]
async fn another_citys_wave_is_not_there() {
    let app = TestApp::new().await;
    let tampere = Coordinator::Municipality(surveys::MunicipalityCode::new("837").unwrap());
    let mut own = app.coordinator(vantaa()).await;
    let mut page = form::fields(&[
        ("survey", "icteko-perus@1"),
        ("wave", "oma"),
        ("opens", "2026-10-12"),
        ("closes", "2026-11-12"),
    ]);
    page.push(("unit".into(), UNIT.into()));
    own.post_fields("/fi/coordinator/waves/new", &page)
        .await
        .leads_to("/fi/coordinator/waves/oma?done=made");
    own.get("/fi/coordinator/waves/oma").await.is(200);
    let mut other = app.coordinator(tampere).await;
    let absent = other.get("/fi/coordinator/waves/none").await;
    let hidden = other.get("/fi/coordinator/waves/oma").await;
    assert_eq!(
        (absent.is(404).heading(), absent.status),
        (hidden.is(404).heading(), hidden.status)
    );
    other
        .post("/fi/coordinator/waves/oma/close", &[])
        .await
        .is(404);
    other
        .post(
            "/fi/coordinator/waves/oma/codes",
            &[("unit", UNIT), ("count", "1")],
        )
        .await
        .is(404);
    assert!(
        !other
            .get("/fi/coordinator")
            .await
            .html
            .contains("/waves/oma")
    );
}

#[tokio::test]
async fn a_wave_that_is_wrong_comes_back_as_typed() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(vantaa()).await;
    desk.get("/fi/coordinator/waves/new").await.is(200);
    let typed = [
        ("survey", "none@1"),
        ("wave", "Isot Kirjaimet"),
        ("opens", "eilen"),
        ("closes", "2020-01-01"),
        ("unit", "tre-lampi"),
        ("role", "emperor"),
    ];
    let page = desk.post("/fi/coordinator/waves/new", &typed).await;
    page.is(422);
    assert!(page.html.contains("Isot Kirjaimet") && page.html.contains("eilen"));
    let exists = [
        ("survey", "icteko-perus@1"),
        ("wave", "2026-syksy"),
        ("opens", "2026-10-12"),
        ("closes", "2026-11-12"),
    ];
    desk.post("/fi/coordinator/waves/new", &exists)
        .await
        .is(422);
}

#[tokio::test]
async fn closing_is_asked_for_and_done_in_the_own_city_only() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(vantaa()).await;
    desk.get(&format!("{PATH}/close")).await.is(200);
    let page = desk.post(&format!("{PATH}/close"), &[]).await;
    page.leads_to("/fi/coordinator/waves/2026-syksy?done=closed");
    desk.get("/fi/coordinator/waves/2026-syksy?done=closed")
        .await
        .is(200);
    let wave = app.service().store().wave(&wave()).await.unwrap().unwrap();
    let states: Vec<_> = wave
        .cities
        .iter()
        .map(|(code, city)| (code.as_str(), city.state))
        .collect();
    use app::store::WaveState::{Closed, Open};
    assert_eq!(states, [("092", Closed), ("837", Open)]);
    desk.get(&format!("{PATH}/close")).await.leads_to(PATH);
}

/// DC-11, AN-13.
#[tokio::test]
async fn progress_is_rounded_and_small_units_show_none() {
    let app = TestApp::new().await;
    for code in app.codes(UNIT, 11).await {
        let mut visitor = app.respondent(&code).await;
        let review = visitor.get("/fi/answer/review").await;
        visitor.send_review(&review).await.leads_to("/fi/profile");
    }
    app.service().store().mix_all_due().await.unwrap();
    let page = app.coordinator(vantaa()).await.get(PATH).await;
    page.is(200);
    // 10 of 40 were mixed by then: 25 per cent is shown as 30, the eleventh is not counted.
    assert!(page.html.contains("30\u{a0}%"), "{}", page.html);
}

#[tokio::test]
async fn findings_that_were_released_are_shown_and_others_are_not_there() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(vantaa()).await;
    for path in [
        "findings/1",
        "findings/x",
        "findings/99999999999",
        "findings/..%2f1",
    ] {
        desk.get(&format!("{PATH}/{path}")).await.is(404);
    }
}

/// IN-2 for the coordinator's forms, as above for a respondent's.
#[tokio::test]
async fn the_forms_of_a_coordinator_send_nothing_unknown() {
    let app = TestApp::new().await;
    let mut visitor = app.coordinator(vantaa()).await;
    let wave = format!("/fi/coordinator/waves/{WAVE}");
    for (page, to) in [
        (
            "/fi/coordinator/waves/new",
            "/fi/coordinator/waves/new".to_owned(),
        ),
        (&*wave, format!("{wave}/codes")),
    ] {
        let html = visitor.get(page).await.is(200).html.clone();
        // The page of a wave has other forms beside that of its codes.
        let start = html.find(&format!("action=\"{to}\"")).expect("the form");
        let end = html[start..].find("</form>").expect("its end") + start;
        let names = form::names(&html[start..end]);
        assert!(names.len() >= 2, "{page}: {names:?}");
        let mut sent: form::Fields = names
            .iter()
            .map(|name| (name.clone(), String::new()))
            .collect();
        let answer = visitor.post_fields(&to, &sent).await;
        assert!(
            !answer.is(422).html.contains("jota tällä sivulla ei ole"),
            "{names:?}"
        );
        sent.push(("municipality".to_owned(), "837".to_owned()));
        let answer = visitor.post_fields(&to, &sent).await;
        assert!(
            answer.is(422).html.contains("”municipality”"),
            "{}",
            answer.html
        );
    }
}

/// An invented wave lies in invented time: the page does not promise that a date ends it.
#[tokio::test]
async fn how_a_wave_ends_is_told_as_it_will_be() {
    let page = format!("/fi/coordinator/waves/{WAVE}");
    let close = format!("{page}/close");
    for (app, says, keeps_silent, state_after) in [
        (
            TestApp::new().await,
            "päättyy itsestään",
            "kunnes suljet",
            "Päättynyt",
        ),
        (
            TestApp::invented().await,
            "kunnes suljet",
            "Kysely päättyy itsestään",
            "Auki",
        ),
    ] {
        let mut visitor = app.coordinator(vantaa()).await;
        for path in [&page, &close] {
            let html = visitor.get(path).await.is(200).html.clone();
            assert!(
                html.contains(says) && !html.contains(keeps_silent),
                "{path}: {html}"
            );
        }
        app.wait_minutes(20 * 24 * 60);
        app.service().keep_house().await.unwrap();
        let mut visitor = app.coordinator(vantaa()).await;
        let html = visitor.get(&page).await.is(200).html.clone();
        assert!(html.contains(state_after), "{html}");
    }
}

/// AN-10: where fewer answered than are mixed at a time, the coordinator is told what that means.
#[tokio::test]
async fn a_small_group_is_told_after_mixing() {
    let app = TestApp::new().await;
    let few = app.codes("vantaa-pieni", 1).await;
    let many = app.codes("tre-lampi", 10).await;
    for code in few.iter().chain(&many) {
        let mut visitor = app.respondent(code).await;
        let review = visitor.get("/fi/answer/review").await;
        visitor.send_review(&review).await.leads_to("/fi/profile");
    }
    let page = |lang: &str| format!("/{lang}/coordinator/waves/{WAVE}");
    let mut visitor = app.coordinator(Coordinator::Network).await;
    let before = visitor.get(&page("fi")).await;
    assert!(
        !before.is(200).html.contains("Vastauksia tuli niin"),
        "told before mixing"
    );
    let no_grace = jiff::SignedDuration::ZERO;
    app.service().close_wave(&wave(), no_grace).await.unwrap();
    for (lang, words) in [
        ("fi", "Vastauksia tuli niin vähän"),
        ("sv", "Det kom så få svar"),
        ("en", "So few answers came"),
    ] {
        let html = visitor.get(&page(lang)).await.is(200).html.clone();
        assert!(html.contains(words), "{html}");
    }
    let tampere = Coordinator::Municipality(surveys::MunicipalityCode::new("837").unwrap());
    let mut visitor = app.coordinator(tampere).await;
    let html = visitor.get(&page("fi")).await.is(200).html.clone();
    assert!(!html.contains("Vastauksia tuli niin"), "{html}");
}

#[tokio::test]
async fn where_nobody_answered_there_is_nobody_to_protect() {
    let app = TestApp::new().await;
    let no_grace = jiff::SignedDuration::ZERO;
    app.service().close_wave(&wave(), no_grace).await.unwrap();
    let mut visitor = app.coordinator(vantaa()).await;
    let html = visitor.get(PATH).await.is(200).html.clone();
    assert!(!html.contains("Vastauksia tuli niin"), "{html}");
}

#[tokio::test]
async fn no_codes_at_all_are_refused() {
    let app = TestApp::new().await;
    let wave = wave();
    let unit = surveys::UnitId::new("vantaa-harju").unwrap();
    for unit in [None, Some(&unit)] {
        let refused = app.service().make_codes(&wave, unit, Some(0)).await;
        let message = refused.unwrap_err().to_string();
        assert!(message.contains("ask for at least 1"), "{message}");
    }
}

/// Spent marks and codes are gone by then, so no number would be true.
#[tokio::test]
async fn a_frozen_wave_counts_no_codes_and_tells_of_a_small_group() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    visitor.send_words("yksin").await;
    let mut desk = app.coordinator(vantaa()).await;
    let open = desk.get(PATH).await;
    assert!(open.html.contains("<dd>1</dd>") && !open.html.contains("tavallista heikommin"));
    let none = jiff::SignedDuration::ZERO;
    app.service().close_wave(&wave(), none).await.unwrap();
    let closed = desk.get(PATH).await;
    assert!(
        closed.html.contains("tavallista heikommin"),
        "{}",
        closed.html
    );
    let city = surveys::MunicipalityCode::new("092").unwrap();
    let store = app.service().store();
    store.freeze_wave(&wave(), &city).await.unwrap();
    let frozen = desk.get(PATH).await;
    assert!(
        frozen
            .html
            .contains("poistettu, kun tulokset vahvistettiin")
    );
    assert!(!frozen.html.contains("<dd>0</dd>"));
}

#[tokio::test]
async fn the_questionnaire_on_paper_asks_what_the_pages_ask() {
    let app = TestApp::new().await;
    let mut desk = app.coordinator(vantaa()).await;
    for lang in ["fi", "sv", "en"] {
        let path = format!("/{lang}/coordinator/waves/2026-syksy/paper");
        let sheet = desk.get(&format!("{path}?role=class-teacher")).await;
        let on_paper = sheet.is(200).html.matches("class=\"paper-item\"").count();
        let release = app.service().releases().next().unwrap().clone();
        let position = surveys::Position {
            role: surveys::RoleId::new("class-teacher").unwrap(),
            duties: [].into(),
            employment: None,
        };
        let answers = std::collections::BTreeMap::new();
        let asked = surveys::Assessment::new(release.survey(), &position, &answers);
        // The job stands in the title; duties and kind of employment are asked.
        assert_eq!(on_paper, asked.progress().total + 2, "{lang}");
        for wrong in ["", "?role=", "?role=nobody", "?role=digital-contact"] {
            desk.get(&format!("{path}{wrong}")).await.is(404);
        }
    }
    let sheet = "/fi/coordinator/waves/2026-syksy/paper?role=class-teacher";
    app.anonymous().get(sheet).await.is(401);
}
