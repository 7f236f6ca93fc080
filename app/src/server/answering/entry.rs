//! The start, the code, the notice, and leaving.

use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use axum::response::Response;
use jiff::ToSpan as _;

use super::{change, way_on};
use crate::error::AppError;
use crate::pages::{
    CodePage, CodeProblem, PrivacyPage, StartPage, StatePage, address, render_code_entry,
    render_privacy, render_start, render_state,
};
use crate::server::code::{Code, LONGEST_TYPED};
use crate::server::draft::Draft;
use crate::server::keys::Secret;
use crate::server::posted::{Fields, field, fields};
use crate::server::published;
use crate::server::state::Shared;
use crate::server::visit::{Jar, Visit, on_to, page, page_with, with_cookies};
use crate::server::waves::last_day;
use crate::store::{CodeHash, DraftRow, KnownCode, Mode, WaveState};

/// Shows the first page.
pub(crate) async fn start(State(app): State<Shared>, visit: Visit) -> Result<Response, AppError> {
    let mut open_surveys = Vec::new();
    for wave in app.service.store.open_waves().await? {
        let pinned = app.service.pinned(&wave).await?;
        let release = app.service.release(&pinned.survey, pinned.release)?;
        let title = release.survey().title.get(visit.lang).to_owned();
        if !open_surveys.contains(&title) {
            open_surveys.push(title);
        }
    }
    let start = StartPage {
        open_surveys,
        handbook: published::newest_handbook(&app.service.folder, "network", visit.lang),
    };
    Ok(page(render_start(&start, &visit.ctx)))
}

/// Shows the field for the code. Opening this page uses nothing up (AN-6).
pub(crate) async fn code_form(visit: Visit) -> Response {
    page(render_code_entry(&CodePage::default(), &visit.ctx))
}

/// Takes a code: a right one begins or continues a draft.
pub(crate) async fn enter_code(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(form, &["code"])?;
    let typed = field(&sent, "code").unwrap_or_default();
    let (code, hash, known) = match admitted(&visit, typed).await? {
        Ok(known) => known,
        Err(problem) => {
            let form = CodePage {
                typed: shown_again(typed),
                problem: Some(problem),
            };
            let html = render_code_entry(&form, &visit.ctx);
            return Ok(page_with(status_of(problem), html));
        }
    };
    let secret = derive(&visit, code).await?;
    let draft = begin(&visit, &secret, hash, known, On::Screen).await?;
    Ok(on_to(&way_on(&visit, &draft), answering(&visit, &secret)))
}

/// Returns what is known of a code that was typed and is not spent, or why its form is refused.
pub(super) async fn admitted(
    visit: &Visit,
    typed: &str,
) -> Result<Result<(Code, CodeHash, KnownCode), CodeProblem>, AppError> {
    if typed.trim().is_empty() {
        return Ok(Err(CodeProblem::Empty));
    }
    if visit.app.limits.is_over(visit.sender) {
        return Ok(Err(CodeProblem::TooManyTries));
    }
    let Some(known) = known_code(visit, typed).await? else {
        visit.app.limits.count_wrong(visit.sender);
        return Ok(Err(CodeProblem::Unknown));
    };
    if known.2.spent {
        return Err(AppError::UsedCode);
    }
    Ok(Ok(known))
}

/// Returns the status of a form whose code is refused.
pub(super) fn status_of(problem: CodeProblem) -> StatusCode {
    match problem {
        CodeProblem::TooManyTries => StatusCode::TOO_MANY_REQUESTS,
        CodeProblem::Empty | CodeProblem::Unknown => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// Returns what was typed as its field shows it again.
pub(super) fn shown_again(typed: &str) -> String {
    typed.chars().take(LONGEST_TYPED).collect()
}

/// Returns the cookies of somebody who begins to answer on this device.
pub(super) fn answering(visit: &Visit, secret: &Secret) -> [(HeaderName, String); 2] {
    [
        visit.set(Jar::Answer, &secret.to_cookie()),
        visit.unset(Jar::Result),
    ]
}

/// Unknown, revoked and malformed codes all take this way: one hash, one look (AN-7).
async fn known_code(
    visit: &Visit,
    typed: &str,
) -> Result<Option<(Code, CodeHash, KnownCode)>, AppError> {
    let service = &visit.app.service;
    let code = Code::parse(typed);
    let hash = match &code {
        Some(code) => service.keys.code_hash(code),
        None => service.keys.wrong_code_hash(typed),
    };
    let known = service.store.code(&hash).await?;
    Ok(code.zip(known).map(|(code, known)| (code, hash, known)))
}

pub(super) async fn derive(visit: &Visit, code: Code) -> Result<Secret, AppError> {
    let unexpected = |error: String| AppError::Unexpected(error);
    let _turn = visit
        .app
        .service
        .hashing
        .acquire()
        .await
        .map_err(|error| unexpected(error.to_string()))?;
    let app = std::sync::Arc::clone(&visit.app);
    tokio::task::spawn_blocking(move || app.service.keys.secret(&code))
        .await
        .map_err(|error| unexpected(error.to_string()))?
        .map_err(|error| unexpected(error.to_string()))
}

/// What is answered on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    /// The pages themselves.
    Screen,
    /// A form on paper that somebody types in.
    Paper,
}

/// Returns the draft of a code: the one that stands, whatever it is answered on, or a new one.
pub(super) async fn begin(
    visit: &Visit,
    secret: &Secret,
    hash: CodeHash,
    known: KnownCode,
    on: On,
) -> Result<Draft, AppError> {
    let service = &visit.app.service;
    let id = service.keys.draft_id(secret);
    let batch = &known.batch;
    let city = service.store.wave_city(&batch.wave, &batch.municipality);
    let city = city.await?.ok_or(AppError::NotFound)?;
    match city.state {
        WaveState::Open => {}
        WaveState::Draft => return Err(AppError::NotOpen(Some(city.opens))),
        // Only what was begun in time may be ended within the grace.
        _ if city.accepts_started(service.now()) && service.store.draft(&id).await?.is_some() => {}
        _ => return Err(AppError::Closed(Some(last_day(&city)))),
    }
    let mut submission = [0; 16];
    getrandom::fill(&mut submission).map_err(|error| AppError::Unexpected(error.to_string()))?;
    let begun = Draft::begin(hash, known.batch.unit, submission);
    let begun = match on {
        On::Screen => begun,
        On::Paper => begun.on_paper(),
    };
    let row = DraftRow {
        wave: known.batch.wave,
        municipality: known.batch.municipality,
        sealed: begun.seal(&service.keys, secret)?,
    };
    let row = service.store.begin_draft(id, row, service.now()).await?;
    Draft::open(&service.keys, secret, &row.sealed).ok_or(AppError::NoDraft)
}

/// Shows what is collected, by whom, why and for how long.
pub(crate) async fn notice(visit: Visit) -> Result<Response, AppError> {
    let respondent = visit.respondent().await?;
    let survey = respondent.survey();
    let text = |name: &str| {
        let text = survey.texts.get(name);
        text.map(|text| text.get(visit.lang).to_owned())
            .unwrap_or_default()
    };
    let notice = PrivacyPage {
        survey_title: survey.title.get(visit.lang).to_owned(),
        minutes: survey.minutes,
        intro: text("intro"),
        notice: text("privacy"),
        closes: Some(respondent.city.closes),
        open_link: respondent.city.mode == Mode::OpenLink,
    };
    Ok(page(render_privacy(&notice, &visit.ctx)))
}

/// Notes that the notice was read.
pub(crate) async fn notice_read(visit: Visit, form: Fields) -> Result<Response, AppError> {
    fields(form, &[])?;
    let respondent = visit.respondent().await?;
    change(&visit, &respondent, |draft| draft.notice_read = true).await?;
    Ok(on_to(&address::position(visit.lang), []))
}

/// Ends answering on this device; the draft stays on the server.
pub(crate) async fn leave(visit: Visit) -> Result<Response, AppError> {
    let has_draft = match visit.secret() {
        Some(secret) => {
            let service = &visit.app.service;
            service
                .store
                .draft(&service.keys.draft_id(&secret))
                .await?
                .is_some()
        }
        None => false,
    };
    if has_draft {
        Ok(saved_for_later(&visit))
    } else {
        let cookies = [visit.unset(Jar::Answer), visit.unset(Jar::Result)];
        Ok(on_to(&address::in_language(visit.lang, ""), cookies))
    }
}

/// Says that the same code continues, and forgets the respondent on this device.
pub(super) fn saved_for_later(visit: &Visit) -> Response {
    let service = &visit.app.service;
    let days = i64::from(service.folder.config().retention.draft_days).days();
    let kept_until = service.today().checked_add(days).ok();
    let state = StatePage::SavedForLater { kept_until };
    let shown = page(render_state(&state, &visit.ctx));
    with_cookies(shown, [visit.unset(Jar::Answer), visit.unset(Jar::Result)])
}
