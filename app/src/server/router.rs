//! All addresses in one table, and the layers in front of them.
//!
//! The tests in `tests/integration/routes` mirror this table.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;

use super::answering::{
    entry, open_link, paper as paper_entry, position, profile, returning, section, sending,
};
use super::coordinating::{codes, home, new_wave, paper, poster, sign_in, wave};
use super::state::Shared;
use super::{admission, assets, layers, published};
use crate::error::AppError;

/// Largest form: 500 items, or a text of 4,000 characters that each become twelve in a form.
pub(super) const LARGEST_FORM: usize = 64 * 1024;

/// Returns the whole service over a running server's state.
pub(crate) fn router(app: Shared) -> Router {
    Router::new()
        .route("/", get(choose_language))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/robots.txt", get(robots))
        .route("/static/{version}/{*path}", get(assets::file))
        .route("/handbook/{*path}", get(published::handbook))
        .route("/{lang}", get(entry::start))
        .route("/{lang}/", get(entry::start))
        .merge(answering())
        .merge(coordinating())
        .fallback(|| async { AppError::NotFound })
        .layer(from_fn_with_state(app.clone(), admission::admit))
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(LARGEST_FORM))
        .layer(from_fn_with_state(app.clone(), layers::same_site))
        .layer(from_fn_with_state(app.clone(), layers::not_too_many))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(app.clone(), layers::refusals))
        .layer(from_fn_with_state(app.clone(), layers::headers))
        .layer(CompressionLayer::new())
        .layer(from_fn(layers::log))
        .with_state(app)
}

fn answering() -> Router<Shared> {
    Router::new()
        .route(
            "/{lang}/answer",
            get(entry::code_form).post(entry::enter_code),
        )
        .route(
            "/{lang}/answer/open/{link}",
            get(open_link::of_city).post(open_link::begin_in_city),
        )
        .route(
            "/{lang}/answer/open/{link}/{unit}",
            get(open_link::of_unit).post(open_link::begin_in_unit),
        )
        .route(
            "/{lang}/answer/return",
            get(returning::form).post(returning::act),
        )
        .route(
            "/{lang}/answer/paper",
            get(paper_entry::form).post(paper_entry::begin),
        )
        .route(
            "/{lang}/answer/paper/first",
            post(paper_entry::end_first_time),
        )
        .route(
            "/{lang}/answer/paper/differences",
            get(paper_entry::differences).post(paper_entry::decide),
        )
        .route(
            "/{lang}/answer/privacy",
            get(entry::notice).post(entry::notice_read),
        )
        .route(
            "/{lang}/answer/position",
            get(position::form).post(position::save),
        )
        .route(
            "/{lang}/answer/section/{section}",
            get(section::form).post(section::save),
        )
        .route(
            "/{lang}/answer/review",
            get(sending::review).post(sending::send),
        )
        .route("/{lang}/answer/leave", post(entry::leave))
        .route("/{lang}/profile", get(profile::profile))
        .route("/{lang}/profile/file", get(profile::file))
        .route(
            "/{lang}/profile/earlier",
            get(profile::without_code).post(profile::earlier),
        )
}

fn coordinating() -> Router<Shared> {
    Router::new()
        .route("/{lang}/coordinator", get(home::home))
        .route(
            "/{lang}/coordinator/sign-in",
            get(sign_in::form).post(sign_in::sign_in),
        )
        .route("/{lang}/coordinator/sign-out", post(sign_in::sign_out))
        .route(
            "/{lang}/coordinator/waves/new",
            get(new_wave::form).post(new_wave::make),
        )
        .route("/{lang}/coordinator/waves/{wave}", get(wave::wave))
        .route("/{lang}/coordinator/waves/{wave}/codes", post(codes::make))
        .route(
            "/{lang}/coordinator/waves/{wave}/close",
            get(wave::close_form).post(wave::close),
        )
        .route("/{lang}/coordinator/waves/{wave}/paper", get(paper::sheet))
        .route(
            "/{lang}/coordinator/waves/{wave}/poster",
            get(poster::sheet),
        )
        .route(
            "/{lang}/coordinator/waves/{wave}/findings/{release}",
            get(wave::findings),
        )
}

async fn choose_language(request: Request) -> Redirect {
    let lang = layers::preferred(request.headers().get(header::ACCEPT_LANGUAGE));
    Redirect::to(&format!("/{}", lang.tag()))
}

/// Only the handbook is meant to be found.
async fn robots() -> Response {
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    )];
    (kind, "User-agent: *\nAllow: /handbook/\nDisallow: /\n").into_response()
}
