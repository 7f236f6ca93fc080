//! `/{lang}/answer/…` and `/{lang}/profile`.

use axum::http::StatusCode;

use crate::form;
use crate::test_app::{TestApp, UNIT, wave};

#[tokio::test]
async fn somebody_answers_and_sees_the_own_profile() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let review = visitor.answer_pages(1).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    let profile = visitor.get("/fi/profile").await;
    profile.is(200);
    assert_eq!(app.kept().await, 1);
    // The same in the other languages, as often as one likes, until the browser is closed.
    for lang in ["sv", "en", "fi"] {
        visitor.get(&format!("/{lang}/profile")).await.is(200);
    }
    app.anonymous().get("/fi/profile").await.is(401);
}

#[tokio::test]
async fn the_own_profile_is_kept_as_a_file_that_stands_alone() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let early = visitor.get("/fi/profile/file").await;
    early.leads_to("/fi/answer/review");
    let review = visitor.answer_pages(1).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    for (lang, name) in [
        ("fi", "oma-profiili"),
        ("sv", "min-profil"),
        ("en", "my-profile"),
    ] {
        let file = visitor.get(&format!("/{lang}/profile/file")).await;
        let disposition = file.is(200).headers["content-disposition"]
            .to_str()
            .unwrap();
        assert_eq!(disposition, format!("attachment; filename=\"{name}.html\""));
        assert!(file.html.contains("<svg") && file.html.contains("@page{size:A4"));
        for strange in ["<script", " src=", "href=\"/", "action=", "nonce="] {
            assert!(!file.html.contains(strange), "{lang}: {strange}");
        }
    }
    app.anonymous().get("/fi/profile/file").await.is(401);
}

#[tokio::test]
async fn a_profile_says_whom_to_ask_in_the_own_city() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let review = visitor.answer_pages(1).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    let nobody = "ei ole vielä kertonut tähän yhteystietoja";
    let page = visitor.get("/fi/profile").await;
    assert!(page.html.contains("Keneltä voit kysyä: Vantaa") && page.html.contains(nobody));
    let file = app.data().join("help/vantaa.toml");
    let help = "schema = 1\n[[contact]]\n\
        name = { fi = \"Digi & tuki\", sv = \"Digistöd\", en = \"Digital support\" }\n\
        mail = \"tuki@example.org\"\n";
    std::fs::write(&file, help).unwrap();
    let page = visitor.get("/fi/profile").await;
    assert!(page.html.contains("Digi &amp; tuki") && !page.html.contains(nobody));
    assert!(page.html.contains("href=\"mailto:tuki@example.org\""));
    // A mistake in the file costs the contacts, never the profile.
    std::fs::write(&file, help.replace("tuki@", "javascript:")).unwrap();
    let page = visitor.get("/fi/profile").await;
    assert!(page.is(200).html.contains(nobody) && !page.html.contains("javascript:"));
}

/// Returns the comparison code that a saved profile carries.
fn level_code(saved: &str) -> String {
    let rest = saved.split("class=\"code-text\">").nth(1).unwrap();
    rest.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_earlier_profile_is_compared_by_its_code() {
    let app = TestApp::new().await;
    let codes = app.codes(UNIT, 2).await;
    let mut then = app.respondent(&codes[0]).await;
    let review = then.answer_pages(0).await;
    then.send_review(&review).await.leads_to("/fi/profile");
    let saved = then.get("/fi/profile/file").await.html;
    let code = level_code(&saved);
    let mut now = app.respondent(&codes[1]).await;
    now.post("/fi/profile/earlier", &[("code", &code)])
        .await
        .leads_to("/fi/answer/review");
    let review = now.answer_pages(2).await;
    now.send_review(&review).await.leads_to("/fi/profile");
    assert_ne!(level_code(&now.get("/fi/profile").await.html), code);
    // The first steps of then, the third of now: two steps up in every area.
    let typed = code.to_lowercase().replace('-', " ");
    let page = now.post("/fi/profile/earlier", &[("code", &typed)]).await;
    page.is(200);
    assert!(page.html.contains("Silloin (10/2026)"), "{}", page.html);
    assert!(page.html.matches(">+2,0<").count() >= 5, "{}", page.html);
    // Nothing of it stays: the next look at the profile knows no earlier one.
    let page = now.get("/fi/profile").await;
    assert!(!page.html.contains("Silloin") && page.html.contains("name=\"code\""));
    now.get("/sv/profile/earlier").await.leads_to("/sv/profile");
}

#[tokio::test]
async fn a_comparison_code_that_fits_nothing_is_told_and_stays_typed() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let review = visitor.answer_pages(1).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    let code = level_code(&visitor.get("/fi/profile/file").await.html);
    let mut misread = code.clone();
    let last = if code.ends_with('7') { '8' } else { '7' };
    misread.pop();
    misread.push(last);
    let long = "A".repeat(5_000);
    for typed in [misread.as_str(), "", "ÄÄ <b>x</b>", long.as_str()] {
        let page = visitor
            .post("/fi/profile/earlier", &[("code", typed)])
            .await;
        page.is(422);
        assert!(page.html.contains("href=\"#earlier-code\""), "{typed}");
        assert!(page.html.contains("Korjattavaa") && !page.html.contains("<b>x"));
    }
    let page = visitor
        .post("/fi/profile/earlier", &[("code", &misread)])
        .await;
    assert!(page.html.contains(&format!("value=\"{misread}\"")));
    visitor.post("/fi/profile/earlier", &[]).await.is(422);
    app.anonymous()
        .post("/fi/profile/earlier", &[("code", &code)])
        .await
        .is(401);
}

/// Puts released figures of the network beside the open wave.
fn release(app: &TestApp, text: &str) {
    let folder = app.data().join("findings/2026-syksy/1");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("network.json"), text).unwrap();
}

#[tokio::test]
async fn released_network_figures_of_the_own_group_stand_beside_the_own_levels() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let review = visitor.answer_pages(1).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    let heading = "Ammattiryhmäsi verkostossa: Opettajat";
    assert!(!visitor.get("/fi/profile").await.html.contains(heading));
    let cell = |area: &str, figure: &str| {
        format!("{{\"keys\": [\"{area}\", \"teachers\"], \"cell\": {figure}}}")
    };
    let shown =
        "{\"shown\": {\"value\": 2.6, \"se\": 0.1, \"low\": 2.5, \"high\": 2.7, \"n\": 412}}";
    let rows = [
        cell("communication", shown),
        cell("content", "\"withheld\""),
    ]
    .join(",");
    let digest = "4f".repeat(32);
    let text = format!(
        "{{\"schema\": 1, \"release\": 1, \"population\": {{\"kind\": \"network\"}}, \"wave\": \"2026-syksy\",
        \"origin\": \"simulated\", \"produced\": {{\"program\": \"icteko 0.1.0\",
        \"dataset_sha256\": \"{digest}\", \"job_sha256\": \"{digest}\", \"instruments\": [\"icteko-perus@1:{digest}\"]}},
        \"rule\": {{\"min_unit\": 10, \"min_group\": 5, \"min_cities\": 3, \"shown_by_name\": []}}, \"labels\": {{}},
        \"tables\": [{{\"id\": \"area.mean\", \"statistic\": \"mean\", \"unit\": \"scale\", \"scale\": [1.0, 4.0],
        \"dims\": [\"area\", \"role_group\"], \"rows\": [{rows}]}}]}}"
    );
    release(&app, &text);
    let page = visitor.get("/fi/profile").await;
    assert!(page.html.contains(heading), "{}", page.html);
    assert!(page.html.contains("2,6 (2,5\u{2013}2,7)") && page.html.contains(">412<"));
    assert!(page.html.contains("ei näytetä") && page.html.contains("Luvut on keksitty."));
    assert!(visitor.get("/fi/profile/file").await.html.contains(">412<"));
    // Another population, survey or scale is not the own group's.
    for (is, other) in [
        (
            "\"kind\": \"network\"",
            "\"kind\": \"city\", \"code\": \"092\", \"slug\": \"vantaa\"",
        ),
        ("icteko-perus@1", "other-survey@1"),
        ("[1.0, 4.0]", "[1.0, 5.0]"),
        ("\"teachers\"", "\"library\""),
        ("\"schema\": 1", "\"schema\": 99"),
    ] {
        let changed = text.replace(is, other);
        assert_ne!(changed, text, "{is}");
        let later = format!("findings/2026-syksy/{}", other.len() + 100);
        let folder = app.data().join(&later);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("network.json"), changed).unwrap();
        let page = visitor.get("/fi/profile").await;
        assert!(!page.is(200).html.contains(heading), "{other}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
    assert!(visitor.get("/fi/profile").await.html.contains(heading));
}

/// The style is fetched once; after it, each page of the path takes at most 5 kB packed.
#[tokio::test]
async fn every_later_page_is_light() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let start = visitor.get("/fi").await.html;
    let style = start.split("rel=\"stylesheet\" href=\"").nth(1).unwrap();
    let style = style.split('"').next().unwrap();
    let kept = &visitor.get(style).await.headers["cache-control"];
    assert!(kept.to_str().unwrap().contains("immutable"));
    assert!(visitor.packed(style).await < 10_000);
    let sections = [
        "background",
        "information",
        "communication",
        "content",
        "safety",
        "problem-solving",
        "pedagogy",
        "support",
        "environment",
        "future",
        "open",
    ];
    let mut paths: Vec<String> = sections
        .iter()
        .map(|section| format!("answer/section/{section}"))
        .collect();
    paths.extend(
        [
            "answer",
            "answer/privacy",
            "answer/position",
            "answer/review",
        ]
        .map(String::from),
    );
    let mut sizes = Vec::new();
    for lang in ["fi", "sv", "en"] {
        for path in &paths {
            let path = format!("/{lang}/{path}");
            sizes.push((visitor.packed(&path).await, path));
        }
    }
    let review = visitor.answer_pages(1).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    for lang in ["fi", "sv", "en"] {
        let path = format!("/{lang}/profile");
        sizes.push((visitor.packed(&path).await, path));
    }
    let heavy: Vec<_> = sizes.iter().filter(|(size, _)| *size > 5_120).collect();
    assert!(heavy.is_empty(), "{heavy:?}");
}

#[tokio::test]
async fn a_code_is_typed_as_people_type() {
    let app = TestApp::new().await;
    let code = app.code().await;
    for typed in [
        code.to_lowercase(),
        code.replace('-', " "),
        format!(" {code} "),
    ] {
        let mut visitor = app.anonymous();
        visitor
            .post("/sv/answer", &[("code", &typed)])
            .await
            .leads_to("/sv/answer/privacy");
    }
}

/// AN-7: one and the same answer.
#[tokio::test]
async fn unknown_revoked_and_malformed_codes_look_alike() {
    let app = TestApp::new().await;
    let mut visitor = app.anonymous();
    let wrong = [
        "0000-0000-0000-0000",
        "ABCD",
        "ÄÄÄÄ <script>",
        "ABCD-EFGH-JKMN-PQRS",
    ];
    let mut pages = Vec::new();
    for typed in wrong {
        let page = visitor.post("/fi/answer", &[("code", typed)]).await;
        page.is(422);
        assert!(!page.html.contains("<script>alert") && !page.html.contains("ÄÄÄÄ <script>"));
        pages.push(page.heading());
    }
    pages.dedup();
    assert_eq!(pages.len(), 1);
    visitor.post("/fi/answer", &[("code", "")]).await.is(422);
    visitor.post("/fi/answer", &[]).await.is(422);
    assert_eq!(visitor.cookie("icteko-answer"), None);
}

#[tokio::test]
async fn a_used_code_is_told_only_to_its_holder() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut visitor = app.respondent(&code).await;
    let review = visitor.answer_pages(0).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    app.anonymous()
        .post("/fi/answer", &[("code", &code)])
        .await
        .is(409);
}

/// AN-6: mail scanners and previews open links.
#[tokio::test]
async fn opening_a_link_uses_nothing_up() {
    let app = TestApp::new().await;
    let code = app.code().await;
    for _ in 0..3 {
        app.anonymous().get("/fi/answer").await.is(200);
        app.respondent(&code).await;
    }
    assert_eq!(app.kept().await, 0);
}

#[tokio::test]
async fn answers_come_back_on_another_device() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut phone = app.respondent(&code).await;
    let path = "/fi/answer/section/background";
    let mut answers = form::filled(&phone.get(path).await.html, 1);
    let given = answers
        .iter()
        .find(|(name, _)| name.starts_with("a."))
        .unwrap()
        .clone();
    answers.push(("go".into(), "later".into()));
    phone.post_fields(path, &answers).await.is(200);
    assert_eq!(phone.cookie("icteko-answer"), None, "the phone forgets");
    let mut computer = app.anonymous();
    let page = computer.post("/en/answer", &[("code", &code)]).await;
    page.leads_to("/en/answer/section/background");
    let page = computer.get("/en/answer/section/background").await;
    assert!(form::chosen(&page.html).contains(&given), "{given:?}");
}

#[tokio::test]
async fn the_language_changes_without_losing_what_was_chosen() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let path = "/fi/answer/section/background";
    let mut answers = form::filled(&visitor.get(path).await.html, 0);
    let given: Vec<_> = answers
        .iter()
        .filter(|(name, _)| name.starts_with("a."))
        .cloned()
        .collect();
    answers.push(("go".into(), "lang-sv".into()));
    let page = visitor.post_fields(path, &answers).await;
    page.leads_to("/sv/answer/section/background");
    let page = visitor.get("/sv/answer/section/background").await;
    assert_eq!(form::chosen(&page.html), given);
}

#[tokio::test]
async fn pages_wait_for_notice_and_position() {
    let app = TestApp::new().await;
    let mut visitor = app.anonymous();
    visitor
        .post("/fi/answer", &[("code", &app.code().await)])
        .await
        .leads_to("/fi/answer/privacy");
    visitor.get("/fi/answer/privacy").await.is(200);
    for path in [
        "/fi/answer/section/safety",
        "/fi/answer/review",
        "/fi/answer/position",
    ] {
        visitor.get(path).await.leads_to("/fi/answer/privacy");
    }
    visitor
        .post("/fi/answer/privacy", &[])
        .await
        .leads_to("/fi/answer/position");
    visitor
        .get("/fi/answer/section/safety")
        .await
        .leads_to("/fi/answer/position");
    for wrong in [
        &[][..],
        &[("role", "")],
        &[("role", "emperor")],
        &[("role", "digital-tutor")],
        &[("role", "ÄÄ ä")],
    ] {
        visitor.post("/fi/answer/position", wrong).await.is(422);
    }
    // What was chosen beforehand, no kind of employment, is still chosen on the refused page.
    let fields = [("role", ""), ("employment", "")];
    let refused = visitor.post("/fi/answer/position", &fields).await;
    let none = refused.is(422).html.split("name=\"employment\"").nth(1);
    let none = none.and_then(|rest| rest.split('>').next()).unwrap();
    assert!(none.contains("checked"), "{none}");
}

#[tokio::test]
async fn a_wrong_value_is_told_and_what_was_typed_stays() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let path = "/fi/answer/section/open";
    let long = "ä".repeat(4_500);
    let typed = [("a.open-1", long.as_str()), ("go", "next")];
    let page = visitor.post(path, &typed).await;
    page.is(422);
    assert!(page.html.contains(&long[..200]), "what was typed stays");
    let page = visitor
        .post("/fi/answer/section/safety", &[("a.dc-4-1", "9")])
        .await;
    page.is(422);
    let page = visitor
        .post(
            "/fi/answer/section/safety",
            &[("a.dc-4-1", "'; DROP TABLE answers; --")],
        )
        .await;
    page.is(422);
    visitor
        .post(
            path,
            &[("a.open-1", "</textarea><script>alert(1)</script>")],
        )
        .await
        .leads_to("/fi/answer/review");
    let page = visitor.get(path).await;
    assert!(!page.html.contains("<script>alert(1)"), "{}", page.html);
}

/// What no code of ours does is promised in nobody's name but the city's.
#[tokio::test]
async fn the_notice_says_what_the_city_does_itself() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    for (lang, promised, whose) in [
        (
            "fi",
            "Varmuuskopiot: 14 päivää",
            "Niistä yllä luvatut asiat hoitaa kaupunki.",
        ),
        (
            "sv",
            "Säkerhetskopior: 14 dagar",
            "Det som utlovas om dem ovan sköter staden.",
        ),
        (
            "en",
            "Backups: 14 days",
            "What is promised about them above is done by the city.",
        ),
    ] {
        let page = visitor.get(&format!("/{lang}/answer/privacy")).await;
        let at = |text: &str| {
            page.html
                .find(text)
                .unwrap_or_else(|| panic!("{lang}: {text}"))
        };
        assert!(page.is(200).html.contains("<h3"), "{lang}");
        assert!(at(promised) < at(whose), "{lang}");
    }
}

/// IN-2: what no page sends is refused by name, and nothing of that form is kept.
#[tokio::test]
async fn a_field_that_the_page_does_not_have_is_refused_by_name() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let open = "/fi/answer/section/open";
    for (path, field) in [
        (open, "a.zz"),
        (open, "a.open-1 "),
        (open, "hx"),
        ("/fi/answer/position", "unit"),
        ("/fi/answer/privacy", "agree"),
        ("/fi/answer/review", "a.open-1"),
        ("/fi/answer", "token"),
        ("/fi/coordinator/sign-in", "code"),
    ] {
        let sent = [("a.open-1", "kanarialintu"), ("go", "next"), (field, "9")];
        let from = if path == open { 0 } else { 2 };
        let page = visitor.post(path, &sent[from..]).await;
        let named = page
            .is(422)
            .html
            .contains(&format!("”{}”", field.trim_end()));
        assert!(
            named || field.ends_with(' '),
            "{path} {field}: {}",
            page.html
        );
    }
    let long = format!("<b>{}", "x".repeat(2_000));
    let page = visitor.post(open, &[(long.as_str(), "1")]).await;
    let shown = page.is(422).html.contains("&lt;b&gt;x") && !page.html.contains(&"x".repeat(60));
    assert!(shown, "{}", page.html);
    let keep = [("go", "keep"), ("tab", "0123456789abcdef"), ("n", "1")];
    let mut background = keep.to_vec();
    background.extend([("changed", "open-1"), ("shown", "open-1"), ("a.zz", "9")]);
    visitor.post(open, &background).await.is(422);
    let page = visitor.get(open).await;
    assert!(!page.html.contains("kanarialintu"));
}

#[tokio::test]
async fn bytes_that_are_no_text_are_refused_and_nothing_is_kept() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    let path = "/fi/answer/section/open";
    for body in [
        "a.open-1=kana%ff&go=next",
        "a.open-1=kana&%c3=1",
        "a.open-1=kana%ED%A0%80",
    ] {
        let request = axum::http::Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(
                "content-type",
                "application/x-www-form-urlencoded; charset=UTF-8",
            )
            .body(axum::body::Body::from(body));
        visitor.send(request.unwrap()).await.is(400);
    }
    let page = visitor.get(path).await;
    assert!(!page.html.contains("kana"), "{}", page.html);
}

/// Every field of every form of a respondent is one that its address takes.
#[tokio::test]
async fn the_forms_of_a_respondent_send_nothing_unknown() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut visitor = app.respondent(&code).await;
    let mut pages = vec![
        ("/fi/answer".to_owned(), "/fi/answer".to_owned()),
        (
            "/fi/coordinator/sign-in".to_owned(),
            "/fi/coordinator/sign-in".to_owned(),
        ),
    ];
    let survey = crate::test_app::stock().releases.remove(0);
    let sections = survey.survey().sections.iter();
    let sections = sections.map(|section| format!("/fi/answer/section/{}", section.id));
    let fixed = ["/fi/answer/privacy", "/fi/answer/position"].map(str::to_owned);
    let own = fixed.into_iter().chain(sections);
    pages.extend(own.map(|path| (path.clone(), path)));
    let mut fields = 0;
    for (page, to) in pages {
        let html = visitor.get(&page).await.is(200).html.clone();
        let names = form::names(&html);
        fields += names.len();
        let sent = names
            .iter()
            .map(|name| (name.clone(), String::new()))
            .collect();
        let answer = visitor.clone().post_fields(&to, &sent).await;
        assert!(
            !answer.html.contains("jota tällä sivulla ei ole"),
            "{page}: {names:?}"
        );
    }
    assert!(fields > 60, "{fields} fields");
    let review = visitor.get("/fi/answer/review").await;
    let names = form::names(&review.html);
    assert!(names.contains(&"state".to_owned()), "{names:?}");
    assert!(
        names.iter().all(|name| name == "state" || name == "go"),
        "{names:?}"
    );
    visitor.send_review(&review).await.leads_to("/fi/profile");
    let profile = visitor.get("/fi/profile").await;
    assert_eq!(form::names(&profile.html), ["code"]);
}

#[tokio::test]
async fn a_section_that_is_not_asked_leads_to_the_first_that_is() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    visitor
        .get("/fi/answer/section/no-such")
        .await
        .leads_to("/fi/answer/section/background");
    visitor.get("/fi/answer/section/%C3%A4").await.is(404);
    visitor
        .post("/fi/answer/position", &[("role", "school-secretary")])
        .await;
    visitor
        .get("/fi/answer/section/pedagogy")
        .await
        .leads_to("/fi/answer/section/background");
}

#[tokio::test]
async fn answers_of_a_role_that_was_changed_are_not_sent() {
    let app = TestApp::new().await;
    let mut visitor = app.respondent(&app.code().await).await;
    visitor.answer_pages(0).await;
    visitor
        .post("/fi/answer/position", &[("role", "school-secretary")])
        .await;
    let review = visitor.get("/fi/answer/review").await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    app.service()
        .close_wave(&wave(), jiff::SignedDuration::ZERO)
        .await
        .unwrap();
    let dataset = app.service().dataset(&[wave()]).await.unwrap();
    let answers = &dataset.answers[0].response.answers;
    assert!(
        !answers.is_empty() && !answers.keys().any(|id| id.as_str().starts_with("ped")),
        "{answers:?}"
    );
}

#[tokio::test]
async fn a_closed_wave_says_so_and_takes_what_was_begun() {
    let app = TestApp::new().await;
    let codes = app.codes(UNIT, 2).await;
    let mut begun = app.respondent(&codes[0]).await;
    let review = begun.answer_pages(2).await;
    app.service()
        .close_wave(&wave(), app::server::GRACE)
        .await
        .unwrap();
    let late = app
        .anonymous()
        .post("/fi/answer", &[("code", &codes[1])])
        .await;
    // It was to be open until the 30th.
    assert!(
        late.is(410).html.contains("auki 12.10.2026 asti"),
        "{}",
        late.html
    );
    app.wait_minutes(14);
    begun.send_review(&review).await.leads_to("/fi/profile");
    app.wait_minutes(2);
    app.service().keep_house().await.unwrap();
    // After the grace everything is mixed, and a repeat still gets its receipt.
    begun.send_review(&review).await.leads_to("/fi/profile");
    assert_eq!(
        app.service().store().answers(&wave()).await.unwrap().len(),
        1
    );
}

#[tokio::test]
async fn what_comes_after_the_grace_is_refused() {
    let app = TestApp::new().await;
    let mut late = app.respondent(&app.code().await).await;
    let review = late.answer_pages(2).await;
    app.service()
        .close_wave(&wave(), app::server::GRACE)
        .await
        .unwrap();
    app.wait_minutes(16);
    late.send_review(&review).await.is(410);
    late.get("/fi/answer/section/safety").await.is(410);
    assert_eq!(app.kept().await, 0);
}

#[tokio::test]
async fn a_wave_closes_by_its_date_and_drafts_go() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut visitor = app.respondent(&code).await;
    app.wait_minutes(60 * 24 * 20);
    app.service().keep_house().await.unwrap();
    app.wait_minutes(20);
    app.service().keep_house().await.unwrap();
    visitor.get("/fi/answer/review").await.is(401);
    app.anonymous()
        .post("/fi/answer", &[("code", &code)])
        .await
        .is(410);
}

#[tokio::test]
async fn leaving_forgets_the_browser_and_keeps_the_draft() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut visitor = app.respondent(&code).await;
    visitor.post("/fi/answer/leave", &[]).await.is(200);
    assert_eq!(visitor.cookie("icteko-answer"), None);
    visitor.get("/fi/answer/review").await.is(401);
    visitor
        .post("/fi/answer", &[("code", &code)])
        .await
        .leads_to("/fi/answer/position");
    let review = visitor.answer_pages(0).await;
    visitor.send_review(&review).await.leads_to("/fi/profile");
    visitor.post("/fi/answer/leave", &[]).await.leads_to("/fi");
    visitor.get("/fi/profile").await.is(401);
}

#[tokio::test]
async fn a_guesser_is_stopped() {
    let app = TestApp::new().await;
    let code = app.code().await;
    let mut guesser = app.anonymous();
    for _ in 0..60 {
        guesser
            .post("/fi/answer", &[("code", "0000-0000-0000-0000")])
            .await
            .is(422);
    }
    guesser
        .post("/fi/answer", &[("code", "0000-0000-0000-0000")])
        .await
        .is(429);
    assert_eq!(
        guesser.post("/fi/answer", &[("code", &code)]).await.status,
        StatusCode::TOO_MANY_REQUESTS
    );
}
