//! Coming back with a return code: the own result again, or withdrawing the answers (AN-19).
//!
//! The code comes in a form and stands in no address. It leads to the answer's row and to nothing
//! else: who withdraws stays as unknown as who answered.

use axum::http::StatusCode;
use axum::response::Response;

use super::result::OwnResult;
use crate::error::AppError;
use crate::pages::{
    ReturnPage, ReturnProblem, address, render_return, render_withdraw, render_withdrawn,
};
use crate::server::code::{LONGEST_TYPED, ReturnCode};
use crate::server::keys::Secret;
use crate::server::posted::{Fields, field, fields};
use crate::server::visit::{Jar, Visit, on_to, page, page_with, with_cookies};
use crate::store::{Returned, StoreError};

/// Shows the field for the return code.
pub(crate) async fn form(visit: Visit) -> Response {
    page(render_return(&ReturnPage::default(), &visit.ctx))
}

/// Takes a return code and does what its button says.
pub(crate) async fn act(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(form, &["code", "go"])?;
    let typed = field(&sent, "code").unwrap_or_default();
    if typed.trim().is_empty() {
        return Ok(refused(&visit, typed, ReturnProblem::Empty));
    }
    if visit.app.limits.is_over(visit.sender) {
        return Ok(refused(&visit, typed, ReturnProblem::TooManyTries));
    }
    // Unknown and malformed codes take the same way: one hash, one look.
    let service = &visit.app.service;
    let code = ReturnCode::parse(typed);
    let hash = match &code {
        Some(code) => service.keys.return_hash(code),
        None => service.keys.wrong_return_hash(typed),
    };
    let found = service.store.returned(&hash).await?;
    let (Some(code), Some(found)) = (code, found) else {
        visit.app.limits.count_wrong(visit.sender);
        return Ok(refused(&visit, typed, ReturnProblem::Unknown));
    };
    match field(&sent, "go") {
        Some("withdraw") => Ok(page(render_withdraw(&code.to_string(), &visit.ctx))),
        Some("withdraw-now") => {
            service.store.withdraw(&hash).await?;
            let gone = page(render_withdrawn(&visit.ctx));
            Ok(with_cookies(
                gone,
                [visit.unset(Jar::Answer), visit.unset(Jar::Result)],
            ))
        }
        _ => show(&visit, &found).await,
    }
}

fn refused(visit: &Visit, typed: &str, problem: ReturnProblem) -> Response {
    let status = match problem {
        ReturnProblem::Empty | ReturnProblem::Unknown => StatusCode::UNPROCESSABLE_ENTITY,
        ReturnProblem::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
    };
    let form = ReturnPage {
        typed: typed.chars().take(LONGEST_TYPED).collect(),
        problem: Some(problem),
    };
    page_with(status, render_return(&form, &visit.ctx))
}

/// Hands the own result to the browser as after sending, under a secret made for this session.
async fn show(visit: &Visit, found: &Returned) -> Result<Response, AppError> {
    let service = &visit.app.service;
    let pinned = service.pinned(&found.wave).await?;
    let release = service.release(&pinned.survey, pinned.release)?;
    let response: surveys::Response = serde_json::from_str(&found.response).map_err(|error| {
        AppError::Store(StoreError::Row {
            table: "answers",
            reason: error.to_string(),
        })
    })?;
    let result = OwnResult::new(release.survey(), &response, &found.municipality);
    let secret = Secret::fresh().map_err(|error| AppError::Unexpected(error.to_string()))?;
    let cookies = [
        visit.set(Jar::Answer, &secret.to_cookie()),
        visit.set(Jar::Result, &result.seal(&service.keys, &secret)?),
    ];
    Ok(on_to(&address::profile(visit.lang), cookies))
}
