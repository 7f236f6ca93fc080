//! What stands in front of every handler: nonce and headers, forged posts, pages for refusals.

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use surveys::Lang;

use crate::error::{AppError, Refusal, page_for};
use crate::pages::render_state;
use crate::server::state::Shared;
use crate::server::visit::{page_context, sender};

/// The nonce of one response.
#[derive(Clone, Debug)]
pub(crate) struct Nonce(pub(crate) String);

/// Gives every response a fresh nonce and the headers of WEB-4.
pub(crate) async fn headers(
    State(app): State<Shared>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut bytes = [0; 16];
    if getrandom::fill(&mut bytes).is_err() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let nonce = data_encoding::BASE64URL_NOPAD.encode(&bytes);
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
         object-src 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        // A handler may have set a narrower one.
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(policy);
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (HeaderName::from_static("permissions-policy"), ""),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if app.is_secure() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    // Everything is personal unless a handler says that it is not.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Refuses posts that another site has made (WEB-1).
pub(crate) async fn same_site(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || is_own(&app.public_url, request.headers()) {
        next.run(request).await
    } else {
        AppError::Forbidden.into_response()
    }
}

/// Refuses what comes too fast from one place (LO-5).
pub(crate) async fn not_too_many(
    State(app): State<Shared>,
    request: Request,
    next: Next,
) -> Response {
    let sender = sender(request.extensions(), request.headers());
    if app.limits.admits_request(sender) {
        next.run(request).await
    } else {
        AppError::TooMany.into_response()
    }
}

/// Browsers tell where a post comes from; one that tells nothing is refused as well.
fn is_own(public_url: &str, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else {
        return false;
    };
    let host = origin
        .strip_prefix("http://")
        .or_else(|| origin.strip_prefix("https://"));
    origin == public_url || (host.is_some() && host == text("host"))
}

/// Turns refusals into designed pages in the visitor's language.
pub(crate) async fn refusals(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let nonce = request.extensions().get::<Nonce>().cloned();
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).cloned();
    let mut response = next.run(request).await;
    let status = response.status();
    let refusal = response
        .extensions_mut()
        .remove::<Refusal>()
        .map(|refusal| refusal.0);
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let Some(page) = refusal.or_else(|| page_for(status).filter(|_| !is_page)) else {
        return response;
    };
    let lang = language_of(&path).unwrap_or_else(|| preferred(wanted.as_ref()));
    let ctx = page_context(&app, lang, &path, nonce.as_ref());
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    let body = Html(render_state(&page, &ctx)).into_response();
    for (name, value) in body.headers() {
        parts.headers.insert(name.clone(), value.clone());
    }
    Response::from_parts(parts, body.into_body())
}

fn language_of(path: &str) -> Option<Lang> {
    Lang::from_tag(path.trim_start_matches('/').split('/').next()?)
}

/// Returns the language a browser asks for first, Finnish where it asks for none of ours.
pub(crate) fn preferred(header: Option<&HeaderValue>) -> Lang {
    header
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .split(',')
        .find_map(|entry| Lang::from_tag(entry.trim().get(..2)?))
        .unwrap_or(Lang::Fi)
}

/// Writes one line for a request: the pattern of its address, never the address (LG-1).
pub(crate) async fn log(request: Request<Body>, next: Next) -> Response {
    let started = std::time::Instant::now();
    let method = request.method().clone();
    let pattern = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = pattern.as_ref().map_or("-", MatchedPath::as_str);
    // A log beside the store must not tell when somebody answered; the own profile is fetched in
    // the second after sending.
    if !route.contains("/answer") && !route.contains("/profile") {
        let (status, ms) = (response.status().as_u16(), started.elapsed().as_millis());
        tracing::info!(%method, route, status, ms, "served");
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, HeaderValue::from_static(value));
        }
        is_own("https://icteko.fi", &headers)
    }

    #[test]
    fn posts_of_other_sites_are_refused() {
        assert!(own(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "https://icteko.fi")
        ]));
        assert!(own(&[("sec-fetch-site", "none")]));
        assert!(own(&[("origin", "https://icteko.fi")]));
        assert!(own(&[
            ("origin", "http://localhost:1"),
            ("host", "localhost:1")
        ]));
        for wrong in [
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "https://icteko.fi"),
            ][..],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.fi"), ("host", "icteko.fi")],
            &[("origin", "null"), ("host", "null")],
            &[("host", "icteko.fi")],
            &[],
        ] {
            assert!(!own(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn the_browser_chooses_the_language_of_pages_outside_one() {
        let asks = |text: &'static str| preferred(Some(&HeaderValue::from_static(text)));
        assert_eq!(asks("sv-FI,sv;q=0.9,fi;q=0.8"), Lang::Sv);
        assert_eq!(asks("de, en;q=0.5"), Lang::En);
        let odd = HeaderValue::from_bytes("é".as_bytes()).unwrap();
        assert_eq!(preferred(Some(&odd)), Lang::Fi);
        assert_eq!(preferred(None), Lang::Fi);
    }
}
