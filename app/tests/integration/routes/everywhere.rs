//! What holds at every address: headers, other sites, bad input, pages for refusals.

use axum::body::Body;
use axum::http::{Method, Request, header};

use crate::test_app::TestApp;

const PAGES: [&str; 16] = [
    "/fi",
    "/sv/",
    "/en/answer",
    "/fi/answer/privacy",
    "/fi/answer/position",
    "/fi/answer/return",
    "/fi/answer/section/safety",
    "/fi/answer/review",
    "/fi/profile",
    "/fi/profile/file",
    "/fi/profile/earlier",
    "/fi/coordinator",
    "/fi/coordinator/sign-in",
    "/fi/coordinator/waves/new",
    "/fi/coordinator/waves/2026-syksy",
    "/fi/coordinator/waves/2026-syksy/paper?role=class-teacher",
];

#[tokio::test]
async fn every_page_carries_the_headers_and_a_fresh_nonce() {
    let app = TestApp::new().await;
    let mut nonces = Vec::new();
    for path in PAGES
        .into_iter()
        .chain(["/nowhere", "/healthz", "/robots.txt"])
    {
        let page = app.anonymous().get(path).await;
        assert!(page.status.as_u16() < 500, "{path}");
        let text = |name: &str| page.headers[name].to_str().unwrap().to_owned();
        let policy = text("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"),
            "{policy}"
        );
        assert_eq!(text("x-content-type-options"), "nosniff");
        assert_eq!(text("referrer-policy"), "no-referrer");
        assert_eq!(text("cache-control"), "no-store");
        let nonce = policy
            .split("nonce-")
            .nth(1)
            .unwrap()
            .split('\'')
            .next()
            .unwrap()
            .to_owned();
        if page.html.contains("<style") {
            assert!(page.html.contains(&format!("nonce=\"{nonce}\"")), "{path}");
        }
        nonces.push(nonce);
    }
    let count = nonces.len();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), count);
}

/// WEB-1.
#[tokio::test]
async fn posts_from_other_sites_change_nothing() {
    let app = TestApp::new().await;
    let code = app.code().await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
        ("x", "y"),
    ] {
        let request = Request::builder()
            .method(Method::POST)
            .uri("/fi/answer")
            .header(name, value)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(format!("code={code}")));
        let mut visitor = app.anonymous();
        let page = visitor.send(request.unwrap()).await;
        page.is(403);
        assert!(page.html.contains("<h1") && visitor.cookie("icteko-answer").is_none());
    }
}

/// IN-1, IN-3: a 4xx with a designed page, never a 500.
#[tokio::test]
async fn bad_input_gets_a_designed_page() {
    let app = TestApp::new().await;
    let form = "application/x-www-form-urlencoded";
    let large = format!("code={}", "A".repeat(70_000));
    for (method, path, kind, body, status) in [
        (Method::POST, "/fi/answer", form, large.as_str(), 413),
        (
            Method::POST,
            "/fi/answer",
            "application/json",
            "{\"code\":1}",
            415,
        ),
        (Method::POST, "/fi/answer", form, "code=%FF%FE%ZZ", 400),
        (Method::POST, "/fi/answer", form, "code=%ZZ&&code", 422),
        (Method::POST, "/fi/answer", form, "code=x&=&a", 422),
        (Method::PUT, "/fi/answer", form, "", 405),
        (Method::DELETE, "/fi/profile", form, "", 405),
        (Method::GET, "/zz/answer", form, "", 404),
        (Method::GET, "/fi/answer/../../etc/passwd", form, "", 404),
        (Method::GET, "/static/x/../Cargo.toml", form, "", 404),
        (Method::GET, "/handbook/..%2f..%2fkeys/code", form, "", 404),
        (Method::GET, "/handbook/none/", form, "", 404),
        (
            Method::POST,
            "/fi/answer/section/safety",
            form,
            "a.dc-4-1=2",
            401,
        ),
        (Method::POST, "/fi/answer/review", form, "state=abc", 401),
        (Method::GET, "/fi/coordinator", form, "", 401),
        (Method::POST, "/fi/coordinator/waves/x/close", form, "", 401),
    ] {
        let request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body.to_owned()));
        let page = app.anonymous().send(request.unwrap()).await;
        assert_eq!(
            page.status.as_u16(),
            status,
            "{method} {path}: {}",
            page.html
        );
        assert!(
            page.html.contains("<h1"),
            "{method} {path} has no designed page"
        );
    }
}

#[tokio::test]
async fn odd_cookies_are_nobody() {
    let app = TestApp::new().await;
    for value in [
        "",
        "x",
        "icteko-answer=",
        "icteko-answer=%%%",
        "icteko-answer=AAAA",
        "icteko-desk=é",
    ] {
        let bytes = axum::http::HeaderValue::from_bytes(value.as_bytes()).unwrap();
        let request = Request::get("/fi/answer/review").header(header::COOKIE, bytes);
        app.anonymous()
            .send(request.body(Body::empty()).unwrap())
            .await
            .is(401);
    }
}

#[tokio::test]
async fn the_start_leads_into_the_browsers_language() {
    let app = TestApp::new().await;
    let request = Request::get("/")
        .header(header::ACCEPT_LANGUAGE, "sv-FI")
        .body(Body::empty());
    app.anonymous().send(request.unwrap()).await.leads_to("/sv");
    assert_eq!(app.anonymous().get("/healthz").await.html, "ok\n");
    assert!(
        app.anonymous()
            .get("/robots.txt")
            .await
            .html
            .contains("Disallow")
    );
}

#[tokio::test]
async fn published_handbooks_are_served() {
    let app = TestApp::new().await;
    let folder = app.data().join("editions/2026/network/fi");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "<h1>Käsikirja</h1>").unwrap();
    let page = app.anonymous().get("/handbook/2026/network/fi/").await;
    page.is(200);
    assert_eq!(page.heading(), "Käsikirja");
    assert_eq!(page.headers["cache-control"], "no-cache");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'none'",
        "script-src 'self';",
        "style-src 'self';",
    ] {
        assert!(policy.contains(part), "no {part} in {policy}");
    }
    assert!(!policy.contains("nonce-"), "{policy}");
    assert!(
        app.anonymous()
            .get("/fi")
            .await
            .html
            .contains("/handbook/2026/network/fi/")
    );
}
