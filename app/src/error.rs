//! Every failure becomes a status and a designed page here, and nowhere else (IN-3).
//!
//! A handler returns an [`AppError`]; the response carries the page's model, and `server::layers`
//! renders it in the visitor's language. Unexpected failures are logged with an id, and people see
//! only that id.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;

use crate::pages::StatePage;
use crate::server::ServiceError;
use crate::store::StoreError;

/// Why a request is not answered with what it asked for.
#[derive(Debug)]
pub enum AppError {
    /// The way leads on elsewhere.
    Elsewhere(String),
    /// No such page, or none in the visitor's scope (AZ-3).
    NotFound,
    /// Nobody is answering on this device.
    NoDraft,
    /// No coordinator is signed in.
    SignInNeeded,
    /// Known, but not allowed.
    Forbidden,
    /// The code is right and has been used.
    UsedCode,
    /// The wave is closed.
    Closed(Option<Date>),
    /// The wave is not open yet.
    NotOpen(Option<Date>),
    /// Another tab or device has saved something else meanwhile.
    Conflict,
    /// Another answer was sent under the same id.
    AlreadySent,
    /// The form could not be read.
    Unreadable,
    /// A field that the page does not have (IN-2), by its name.
    UnknownField(String),
    /// More was sent than a form can hold.
    TooLarge,
    /// Something else than a form was sent.
    WrongType,
    /// Too many requests.
    TooMany,
    /// More than can be worked on now (LO-2).
    Overloaded,
    /// The store failed or refused.
    Store(StoreError),
    /// Something that cannot happen did.
    Unexpected(String),
}

/// The model of the page that a refusal shows.
#[derive(Clone, Debug)]
pub(crate) struct Refusal(pub(crate) StatePage);

/// The page of a service that cannot do it now; `server::admission` adds what was typed.
const BUSY: StatePage = StatePage::Busy { again: None };

/// Returns when to come again: 5 to 30 s, at random, so that not all come at once (LO-2).
pub(crate) fn retry_after() -> HeaderValue {
    let mut byte = [10];
    // Without random numbers all come at once, and are refused once more.
    let _ = getrandom::fill(&mut byte);
    HeaderValue::from(5 + u16::from(byte[0]) % 26)
}

/// More of a field's name is not shown again.
const LONGEST_NAME: usize = 40;

impl AppError {
    /// A field that the page does not have.
    pub(crate) fn unknown_field(name: &str) -> AppError {
        AppError::UnknownField(name.chars().take(LONGEST_NAME).collect())
    }

    fn page(&self) -> (StatusCode, StatePage) {
        match self {
            AppError::Elsewhere(_) => (StatusCode::SEE_OTHER, StatePage::NotFound),
            AppError::NotFound => (StatusCode::NOT_FOUND, StatePage::NotFound),
            AppError::NoDraft => (StatusCode::UNAUTHORIZED, StatePage::NoDraft),
            AppError::SignInNeeded => (StatusCode::UNAUTHORIZED, StatePage::SignInNeeded),
            AppError::Forbidden => (StatusCode::FORBIDDEN, StatePage::Forbidden),
            AppError::UsedCode => (StatusCode::CONFLICT, StatePage::UsedCode),
            AppError::Closed(since) => (StatusCode::GONE, StatePage::Closed { since: *since }),
            AppError::NotOpen(opens) => {
                (StatusCode::FORBIDDEN, StatePage::NotOpen { opens: *opens })
            }
            AppError::Conflict => (StatusCode::CONFLICT, StatePage::Conflict),
            AppError::AlreadySent => (StatusCode::CONFLICT, StatePage::AlreadySent),
            AppError::Unreadable => (StatusCode::BAD_REQUEST, StatePage::Unreadable),
            AppError::UnknownField(name) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                StatePage::UnknownField { name: name.clone() },
            ),
            AppError::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, StatePage::TooLarge),
            AppError::WrongType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, StatePage::Unreadable),
            AppError::TooMany => (StatusCode::TOO_MANY_REQUESTS, StatePage::TooMany),
            AppError::Overloaded => (StatusCode::SERVICE_UNAVAILABLE, BUSY),
            AppError::Store(error) => store_page(error),
            AppError::Unexpected(problem) => unexpected(problem),
        }
    }
}

fn store_page(error: &StoreError) -> (StatusCode, StatePage) {
    match error {
        StoreError::Busy
        | StoreError::DiskFull
        | StoreError::Away(_)
        | StoreError::Broken(_)
        | StoreError::Interrupted => {
            tracing::warn!(%error, "the store did not answer");
            (StatusCode::SERVICE_UNAVAILABLE, BUSY)
        }
        // Something else was done at the same time, such as closing a wave twice.
        StoreError::Refused(reason) => {
            tracing::info!(reason, "the store refused");
            (StatusCode::CONFLICT, StatePage::Conflict)
        }
        error => unexpected(&error.to_string()),
    }
}

/// Logs what happened under an id; the id is all that people see.
pub(crate) fn unexpected(problem: &str) -> (StatusCode, StatePage) {
    let mut bytes = [0; 5];
    // Without random numbers the id is poor, and everything else has stopped anyway.
    let _ = getrandom::fill(&mut bytes);
    let id = data_encoding::BASE32_NOPAD.encode(&bytes);
    tracing::error!(id, problem, "unexpected failure");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        StatePage::Unexpected { id },
    )
}

/// Returns the page for a status that came from below the handlers, such as a body too large.
pub(crate) fn page_for(status: StatusCode) -> Option<StatePage> {
    Some(match status {
        StatusCode::NOT_FOUND => StatePage::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => StatePage::WrongMethod,
        StatusCode::PAYLOAD_TOO_LARGE => StatePage::TooLarge,
        StatusCode::FORBIDDEN => StatePage::Forbidden,
        StatusCode::SERVICE_UNAVAILABLE => BUSY,
        StatusCode::TOO_MANY_REQUESTS => StatePage::TooMany,
        StatusCode::INTERNAL_SERVER_ERROR => unexpected("a handler panicked").1,
        status if status.is_client_error() => StatePage::Unreadable,
        _ => return None,
    })
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        if let AppError::Elsewhere(address) = &self {
            return Redirect::to(address).into_response();
        }
        let (status, page) = self.page();
        let mut response = status.into_response();
        if matches!(status.as_u16(), 429 | 503) {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, retry_after());
        }
        response.extensions_mut().insert(Refusal(page));
        response
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        AppError::Store(error)
    }
}

impl From<ServiceError> for AppError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Store(error) => AppError::Store(error),
            ServiceError::Refused(reason) => AppError::Store(StoreError::Refused(reason)),
            other => AppError::Unexpected(other.to_string()),
        }
    }
}
