//! The one-time link: its token comes in a form, never in an address that a log could keep.

use axum::http::StatusCode;
use axum::response::Response;

use crate::error::AppError;
use crate::pages::{SignInPage, SignInProblem, StatePage, address, render_sign_in, render_state};
use crate::server::keys::{random_token, token_hash};
use crate::server::posted::{Fields, field, fields};
use crate::server::visit::{Jar, Visit, on_to, page, page_with, with_cookies};

/// Shows the page behind the link; opening it uses nothing up.
pub(crate) async fn form(visit: Visit) -> Response {
    page(render_sign_in(&SignInPage::default(), &visit.ctx))
}

/// Takes the token: the first one who sends it is signed in.
pub(crate) async fn sign_in(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(form, &["token"])?;
    let typed = field(&sent, "token").unwrap_or_default().trim();
    if typed.is_empty() {
        return Ok(refused(&visit, SignInProblem::Empty));
    }
    let service = &visit.app.service;
    let token = random_token().map_err(|error| AppError::Unexpected(error.to_string()))?;
    let accepted = service
        .store
        .accept_invitation(token_hash(typed), token_hash(&token), service.now())
        .await?;
    Ok(match accepted {
        Some(_) => on_to(
            &address::coordinator(visit.lang),
            [visit.set(Jar::Desk, &token)],
        ),
        None => refused(&visit, SignInProblem::Refused),
    })
}

fn refused(visit: &Visit, problem: SignInProblem) -> Response {
    let shown = SignInPage {
        typed: String::new(),
        problem: Some(problem),
    };
    page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        render_sign_in(&shown, &visit.ctx),
    )
}

/// Signs out.
pub(crate) async fn sign_out(visit: Visit) -> Result<Response, AppError> {
    if let Some(token) = visit.cookie(Jar::Desk) {
        visit
            .app
            .service
            .store
            .end_sign_in(token_hash(token))
            .await?;
    }
    let clear = (
        axum::http::HeaderName::from_static("clear-site-data"),
        "\"cache\", \"storage\"".to_owned(),
    );
    let shown = page(render_state(&StatePage::SignedOut, &visit.ctx));
    Ok(with_cookies(shown, [visit.unset(Jar::Desk), clear]))
}
