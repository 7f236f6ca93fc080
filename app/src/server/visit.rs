//! One request as handlers see it: language, page context, cookies, who is there.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use surveys::{Lang, Release, Survey};

use crate::error::AppError;
use crate::pages::PageContext;
use crate::server::assets;
use crate::server::draft::Draft;
use crate::server::keys::{Secret, token_hash};
use crate::server::layers::Nonce;
use crate::server::patience::Peer;
use crate::server::state::Shared;
use crate::server::waves::last_day;
use crate::store::{Coordinator, DraftId, DraftRow, Pinned, WaveCity};

/// The respondent's cookie: the secret made from the code.
const ANSWER: &str = "icteko-answer";
/// The own result, sealed for the respondent's cookie.
const RESULT: &str = "icteko-result";
/// The coordinator's sign-in.
const DESK: &str = "icteko-desk";

/// Which cookie is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Jar {
    /// The respondent's secret.
    Answer,
    /// The own result.
    Result,
    /// The coordinator's sign-in.
    Desk,
}

/// One request.
pub(crate) struct Visit {
    /// The running server.
    pub(crate) app: Shared,
    /// The language of the address.
    pub(crate) lang: Lang,
    /// What every page needs.
    pub(crate) ctx: PageContext,
    /// The address prefix is only counted, see `limits`.
    pub(crate) sender: Option<IpAddr>,
    headers: HeaderMap,
}

/// Somebody who is answering.
pub(crate) struct Respondent {
    /// What the cookie holds.
    pub(crate) secret: Secret,
    /// Where the draft stands.
    pub(crate) id: DraftId,
    /// The draft as stored.
    pub(crate) row: DraftRow,
    /// The draft, opened.
    pub(crate) draft: Draft,
    /// What the wave pins.
    pub(crate) pinned: Arc<Pinned>,
    /// How the wave stands in the respondent's municipality.
    pub(crate) city: WaveCity,
    /// The release that the wave pins.
    pub(crate) release: Arc<Release>,
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = AppError;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, AppError> {
        let params = RawPathParams::from_request_parts(parts, app)
            .await
            .map_err(|_| AppError::NotFound)?;
        let lang = params
            .iter()
            .find(|(name, _)| *name == "lang")
            .and_then(|(_, tag)| Lang::from_tag(tag))
            .ok_or(AppError::NotFound)?;
        let sender = sender(&parts.extensions, &parts.headers);
        Ok(Visit {
            app: Arc::clone(app),
            lang,
            ctx: page_context(app, lang, parts.uri.path(), parts.extensions.get::<Nonce>()),
            sender,
            headers: parts.headers.clone(),
        })
    }
}

/// Returns where a request comes from. What comes from this machine itself comes from the proxy,
/// which adds the address it has seen at the end of `X-Forwarded-For`; whatever stands before that
/// anybody may have written.
pub(crate) fn sender(extensions: &Extensions, headers: &HeaderMap) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<Peer>>()?.0.0.ip();
    if !peer.is_loopback() {
        return Some(peer);
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back()?;
    forwarded
        .to_str()
        .ok()?
        .rsplit(',')
        .next()?
        .trim()
        .parse()
        .ok()
}

/// Returns the context of a page at a path.
pub(crate) fn page_context(
    app: &Shared,
    lang: Lang,
    path: &str,
    nonce: Option<&Nonce>,
) -> PageContext {
    let own = path
        .strip_prefix('/')
        .and_then(|path| path.strip_prefix(lang.tag()))
        .map(|path| path.trim_end_matches('/'))
        .unwrap_or_default();
    let nonce = nonce.map(|nonce| nonce.0.clone()).unwrap_or_default();
    PageContext {
        simulated: app.simulated,
        styles: Some(assets::address("style")),
        browser_build: assets::browser_build(),
        answering_script: Some(assets::address("answering.js")),
        ..PageContext::new(lang, own, nonce)
    }
}

impl Visit {
    /// Returns a cookie's value.
    pub(crate) fn cookie(&self, jar: Jar) -> Option<&str> {
        let name = jar.name(self.app.is_secure());
        self.headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Returns the header that sets a cookie for this session of the browser.
    pub(crate) fn set(&self, jar: Jar, value: &str) -> (header::HeaderName, String) {
        let secure = if self.app.is_secure() { "; Secure" } else { "" };
        let name = jar.name(self.app.is_secure());
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}");
        (header::SET_COOKIE, text)
    }

    /// Returns the header that takes a cookie away.
    pub(crate) fn unset(&self, jar: Jar) -> (header::HeaderName, String) {
        let (name, text) = self.set(jar, "");
        (name, format!("{text}; Max-Age=0"))
    }

    /// Returns the secret of the respondent's cookie.
    pub(crate) fn secret(&self) -> Option<Secret> {
        Secret::from_cookie(self.cookie(Jar::Answer)?)
    }

    /// Returns who is answering.
    ///
    /// # Errors
    /// When nobody is, or the wave takes no answers any more.
    pub(crate) async fn respondent(&self) -> Result<Respondent, AppError> {
        let secret = self.secret().ok_or(AppError::NoDraft)?;
        let service = &self.app.service;
        let id = service.keys.draft_id(&secret);
        let Some(row) = service.store.draft(&id).await? else {
            // Sending removed the draft: the own result is what there is to see now.
            return Err(match self.cookie(Jar::Result) {
                Some(_) => AppError::Elsewhere(crate::pages::address::profile(self.lang)),
                None => AppError::NoDraft,
            });
        };
        let draft = Draft::open(&service.keys, &secret, &row.sealed).ok_or(AppError::NoDraft)?;
        let pinned = service.pinned(&row.wave).await?;
        let release = service.release(&pinned.survey, pinned.release)?;
        let city = service.store.wave_city(&row.wave, &row.municipality);
        match city.await? {
            Some(city) if city.accepts_started(service.now()) => Ok(Respondent {
                secret,
                id,
                row,
                draft,
                pinned,
                city,
                release,
            }),
            city => Err(AppError::Closed(city.map(|city| last_day(&city)))),
        }
    }

    /// Returns who is signed in.
    ///
    /// # Errors
    /// When nobody is.
    pub(crate) async fn coordinator(&self) -> Result<Coordinator, AppError> {
        let token = self.cookie(Jar::Desk).ok_or(AppError::SignInNeeded)?;
        let service = &self.app.service;
        let found = service
            .store
            .coordinator(token_hash(token), service.now())
            .await?;
        found.ok_or(AppError::SignInNeeded)
    }
}

impl Respondent {
    /// Returns the survey.
    pub(crate) fn survey(&self) -> &Survey {
        self.release.survey()
    }
}

impl Jar {
    fn name(self, secure: bool) -> String {
        let name = match self {
            Jar::Answer => ANSWER,
            Jar::Result => RESULT,
            Jar::Desk => DESK,
        };
        // Browsers take the prefix over https only; on loopback the plain name has to do.
        if secure {
            format!("__Host-{name}")
        } else {
            name.to_owned()
        }
    }
}

/// Returns a page.
pub(crate) fn page(html: String) -> Response {
    Html(html).into_response()
}

/// Returns a page that was refused with a status.
pub(crate) fn page_with(status: StatusCode, html: String) -> Response {
    (status, Html(html)).into_response()
}

/// Sends the browser on with cookies set.
pub(crate) fn on_to(
    address: &str,
    cookies: impl IntoIterator<Item = (header::HeaderName, String)>,
) -> Response {
    with_cookies(Redirect::to(address).into_response(), cookies)
}

/// Sets cookies on a response.
pub(crate) fn with_cookies(
    mut response: Response,
    cookies: impl IntoIterator<Item = (header::HeaderName, String)>,
) -> Response {
    for (name, text) in cookies {
        if let Ok(value) = HeaderValue::from_str(&text) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use super::*;

    fn seen(peer: &str, forwarded: &[&'static str]) -> Option<String> {
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(Peer(peer.parse::<SocketAddr>().unwrap())));
        let mut headers = HeaderMap::new();
        for text in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_static(text));
        }
        sender(&extensions, &headers).map(|address| address.to_string())
    }

    #[test]
    fn only_the_proxy_of_this_machine_says_who_sends() {
        let (proxy, outside) = ("127.0.0.1:4000", "192.0.2.1:4000");
        assert_eq!(
            seen(outside, &["198.51.100.7"]).as_deref(),
            Some("192.0.2.1")
        );
        assert_eq!(
            seen(proxy, &["198.51.100.7"]).as_deref(),
            Some("198.51.100.7")
        );
        // The last one is the proxy's own.
        let written = ["203.0.113.5, 198.51.100.7"];
        assert_eq!(seen(proxy, &written).as_deref(), Some("198.51.100.7"));
        assert_eq!(
            seen(proxy, &["203.0.113.5", "2001:db8::1"]).as_deref(),
            Some("2001:db8::1")
        );
        for nothing in [&[][..], &["unknown"], &[""]] {
            assert_eq!(seen(proxy, nothing), None);
        }
    }
}
