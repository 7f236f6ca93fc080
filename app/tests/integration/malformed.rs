//! Malformed requests at every address, by chance and from a seed: never a status 500, never a
//! panic, and the server goes on serving (T10). The same visitors find a service that is careless
//! on purpose.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use app::store::Weakness;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::form;
use crate::server_process::{Server, prepare};
use crate::size::size;
use crate::test_app::{TestApp, Visitor, vantaa};

/// Requests to one service before a fresh one: some of them close its wave or end its visits.
const TO_ONE: usize = 250;

/// The table of addresses itself, so that none is left out.
const ROUTER: &str = include_str!("../../src/server/router.rs");

/// What stands where an address has a part in braces.
const PARTS: [&str; 16] = [
    "fi",
    "sv",
    "zz",
    "safety",
    "background",
    "none",
    "2026-syksy",
    "vantaa-harju",
    "1",
    "-1",
    "99999999999999999999",
    "",
    "%00",
    "%FF%FE",
    "..%2f..%2fkeys",
    "%F0%9F%A6%9B",
];

/// Values that fields have or should not have.
const VALUES: [&str; 18] = [
    "",
    "0",
    "2",
    "5",
    "-1",
    "99",
    "1e9",
    "NaN",
    "class-teacher",
    "vantaa-harju",
    "092",
    "keep",
    "next",
    "2026-10-12",
    "2026-02-30",
    "\u{0}",
    "<script>",
    "ä\u{301}🦛",
];

/// Returns the addresses of the service with their braces.
fn addresses() -> Vec<&'static str> {
    let table = ROUTER.split("async fn choose_language").next().unwrap();
    let quoted = table.split('"').skip(1).step_by(2);
    quoted.filter(|text| text.starts_with('/')).collect()
}

fn one<'a, T>(rng: &mut ChaCha8Rng, of: &'a [T]) -> &'a T {
    &of[rng.random_range(0..of.len())]
}

/// Changes some bytes: dropped, doubled, moved, or others in their place.
fn spoiled(rng: &mut ChaCha8Rng, mut bytes: Vec<u8>) -> Vec<u8> {
    for _ in 0..rng.random_range(0..4) {
        let at = rng.random_range(0..=bytes.len());
        match rng.random_range(0..5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, rng.random_range(0..=255)),
            2 => bytes.splice(at..at, *b"%C3&=;%").for_each(drop),
            3 if at < bytes.len() => bytes[at] ^= 1 << rng.random_range(0..8),
            _ => bytes.extend_from_within(at..),
        }
    }
    bytes
}

fn path(rng: &mut ChaCha8Rng, address: &str) -> String {
    let mut path = String::new();
    for (number, part) in address.split('{').enumerate() {
        let rest = match number {
            0 => part,
            _ => {
                let is_language = part.starts_with("lang") && rng.random_bool(0.9);
                path.push_str(if is_language {
                    "fi"
                } else {
                    one::<&str>(rng, &PARTS)
                });
                part.split_once('}').unwrap().1
            }
        };
        path.push_str(rest);
    }
    if rng.random_bool(0.2) {
        path.push_str(&format!(
            "?{}={}",
            one(rng, &["city", "unit", "role", "x"]),
            one(rng, &PARTS)
        ));
    }
    path
}

/// A form of the page's own fields and of others, with values that fit and values that do not.
fn body(rng: &mut ChaCha8Rng, known: &form::Fields) -> Vec<u8> {
    let mut fields = known.clone();
    for _ in 0..rng.random_range(0..4) {
        let name = one(
            rng,
            &[
                "code", "role", "duty", "go", "a.dc-4-1", "a.open-1", "n", "tab", "unit", "count",
                "token", "state",
            ],
        );
        fields.push(((*name).to_owned(), (*one(rng, &VALUES)).to_owned()));
    }
    if !fields.is_empty() && rng.random_bool(0.3) {
        let number = rng.random_range(0..fields.len());
        fields[number].1 = (*one(rng, &VALUES)).to_owned();
    }
    let whole = form::body(&fields).into_bytes();
    spoiled(rng, whole)
}

fn request(rng: &mut ChaCha8Rng, path: &str, known: &form::Fields) -> Option<Request> {
    let methods = [
        Method::GET,
        Method::POST,
        Method::POST,
        Method::PUT,
        Method::HEAD,
    ];
    let kinds = [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded",
        "application/json",
        "multipart/form-data",
        "",
    ];
    let language = spoiled(rng, b"sv-FI,fi;q=0.9".to_vec());
    let mut request = Request::builder()
        .method(one(rng, &methods))
        .uri(path)
        .header(
            "sec-fetch-site",
            if rng.random_bool(0.95) {
                "same-origin"
            } else {
                "none"
            },
        )
        .header(header::CONTENT_TYPE, *one(rng, &kinds));
    if let Ok(language) = HeaderValue::from_bytes(&language) {
        request = request.header(header::ACCEPT_LANGUAGE, language);
    }
    // What no address can be is refused before any of our own code sees it.
    request.body(Body::from(body(rng, known))).ok()
}

/// Spoils what the browser keeps, as far as it can still be sent.
fn spoil_cookies(rng: &mut ChaCha8Rng, visitor: &mut Visitor) {
    for value in visitor.cookies.values_mut() {
        let changed = String::from_utf8(spoiled(rng, value.as_bytes().to_vec()));
        let is_sendable = |text: &String| text.bytes().all(|byte| byte.is_ascii_graphic());
        if let Some(changed) = changed.ok().filter(is_sendable) {
            *value = changed;
        }
    }
}

/// The people whose requests go wrong, and the form that lies before each.
async fn people(app: &TestApp) -> Vec<(Visitor, form::Fields)> {
    let mut respondent = app.respondent(&app.code().await).await;
    let page = respondent.get("/fi/answer/section/safety").await;
    let section = form::filled(&page.html, 1);
    let mut ready = app.respondent(&app.code().await).await;
    let review = ready.answer_pages(1).await;
    let mut sent = app.respondent(&app.code().await).await;
    sent.send_words("lähetetty").await;
    let code = vec![("code".to_owned(), app.code().await)];
    vec![
        (app.anonymous(), code),
        (respondent, section),
        (ready, form::hidden(&review.html)),
        (sent, form::Fields::new()),
        (app.coordinator(vantaa()).await, form::Fields::new()),
    ]
}

/// Returns what the service did not stand.
async fn not_stood(count: usize, seed: u64, careless: bool) -> Vec<String> {
    println!("seed {seed}");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let addresses = addresses();
    let mut found = Vec::new();
    for first in (0..count).step_by(TO_ONE) {
        let app = TestApp::new().await;
        let people = people(&app).await;
        for number in first..count.min(first + TO_ONE) {
            let (visitor, known) = one(&mut rng, &people);
            let mut visitor = visitor.clone();
            if careless {
                visitor.router = visitor.router.layer(from_fn(trusts_every_path));
            }
            if rng.random_bool(0.3) {
                spoil_cookies(&mut rng, &mut visitor);
            }
            let address = *one(&mut rng, &addresses);
            let path = path(&mut rng, address);
            let Some(request) = request(&mut rng, &path, known) else {
                continue;
            };
            let method = request.method().clone();
            let page = visitor.send(request).await;
            if page.status == StatusCode::INTERNAL_SERVER_ERROR {
                found.push(format!("{number}: {method} {path}: {}", page.html));
            }
        }
    }
    found
}

/// A layer that takes what stands in an address for text.
async fn trusts_every_path(request: Request, next: Next) -> Response {
    if request.uri().path().contains("%FF") {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    next.run(request).await
}

#[tokio::test]
async fn no_malformed_request_is_too_much_for_any_address() {
    assert!(addresses().len() > 30, "{:?}", addresses());
    let seed = rand::random();
    assert_eq!(not_stood(size(2_500, 50_000), seed, false).await, [""; 0]);
}

#[tokio::test]
async fn the_same_requests_find_a_service_that_trusts_every_path() {
    assert!(!not_stood(TO_ONE, 1, true).await.is_empty());
}

/// Bytes that are no request at all, or end in the middle of one.
fn garbage(rng: &mut ChaCha8Rng) -> Vec<u8> {
    let whole = [
        "GET /fi HTTP/1.1\r\nhost: a\r\n\r\n",
        "POST /fi/answer HTTP/1.1\r\nhost: a\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 7\r\n\r\ncode=ab",
        "POST /fi/answer HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx\r\n0\r\n\r\n",
        "GET /fi HTTP/9.9\r\n\r\n",
        "\u{0}\u{1}\u{16}\u{3}",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];
    let mut bytes = one(rng, &whole).as_bytes().to_vec();
    if rng.random_bool(0.1) {
        bytes.splice(4..4, [b'a'; 70_000]).for_each(drop);
    }
    spoiled(rng, bytes)
}

#[test]
fn bytes_that_are_no_request_end_their_connection_only() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path(), "tre-lampi", 1);
    let server = Server::start(folder.path(), "127.0.0.1:0", Weakness::None);
    let seed = rand::random();
    println!("seed {seed}");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut answered = 0;
    for _ in 0..size(400, 5_000) {
        let said = said(&server.host, &garbage(&mut rng));
        assert!(!said.starts_with("HTTP/1.1 500"), "{said}");
        answered += usize::from(said.starts_with("HTTP/1."));
    }
    assert!(answered > 10, "only {answered} were answered at all");
    let mut whole = TcpStream::connect(&server.host).unwrap();
    let request = b"GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    whole.write_all(request).unwrap();
    let mut well = String::new();
    whole.read_to_string(&mut well).unwrap();
    assert!(
        well.starts_with("HTTP/1.1 200") && well.ends_with("ok\n"),
        "{well}"
    );
}

/// Returns what comes back until the server ends the connection. Ours has ended for writing, so it
/// may end before it was answered.
fn said(host: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(40)))
        .unwrap();
    // The server may have heard enough and closed before everything was written.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
