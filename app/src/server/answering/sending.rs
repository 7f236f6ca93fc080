//! The review, and sending exactly once.
//!
//! The review's form carries its answers along, sealed for the respondent alone. So a repeated
//! form after a lost connection gets the same receipt and the own result, although the server has
//! dropped the draft; and what was seen is what is sent, whatever another tab does.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use surveys::{Assessment, ItemId, MunicipalityCode, Response as Answered, Survey, UnitId, WaveId};

use super::position::in_words;
use super::result::OwnResult;
use super::{go, position_of, shown_items};
use crate::error::{AppError, retry_after};
use crate::pages::form::Go;
use crate::pages::{
    PaperTime, ReviewPage, ReviewProblem, address, render_review, review::review_sections,
};
use crate::server::code::ReturnCode;
use crate::server::draft::{Draft, hex16, hex32};
use crate::server::keys::{Purpose, Secret};
use crate::server::posted::{Fields, field, fields};
use crate::server::state::Shared;
use crate::server::visit::{Jar, Respondent, Visit, on_to, page, page_with};
use crate::server::waves::last_day;
use crate::store::{Batch, CodeHash, ReturnHash, StoreError, Submission, Submitted};

/// The hidden field with what the review showed.
const STATE: &str = "state";

/// How long answers wait for others that come meanwhile, so that each is not mixed for itself.
const BEFORE_MIXING: Duration = Duration::from_secs(1);

/// What the review's form carries along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Reviewed {
    #[serde(with = "hex16")]
    submission: [u8; 16],
    #[serde(with = "hex32")]
    code: [u8; 32],
    wave: WaveId,
    municipality: MunicipalityCode,
    unit: UnitId,
    response: Answered,
    /// Random, and from here on in the browser only: a repeated form brings the same one.
    #[serde(default)]
    return_code: Option<String>,
    /// Whether this is a form on paper: whoever typed it gets neither result nor return code.
    #[serde(default)]
    paper: bool,
}

/// Shows all answers before sending. Where the two times of a form on paper differ, that comes
/// first.
pub(crate) async fn review(visit: Visit) -> Result<Response, AppError> {
    let respondent = visit.respondent().await?;
    position_of(&visit, &respondent)?;
    let (survey, draft) = (respondent.survey(), &respondent.draft);
    if draft.time() == Some(PaperTime::Second) && !draft.is_agreed(survey) {
        return Err(AppError::Elsewhere(address::paper_differences(visit.lang)));
    }
    let html = review_page(&visit, &respondent, None, &BTreeSet::new())?;
    Ok(page(html))
}

fn review_page(
    visit: &Visit,
    respondent: &Respondent,
    problem: Option<ReviewProblem>,
    refused: &BTreeSet<ItemId>,
) -> Result<String, AppError> {
    let (survey, draft) = (respondent.survey(), &respondent.draft);
    let response = draft.typed(survey, visit.lang);
    let response = response.ok_or_else(|| AppError::Elsewhere(address::position(visit.lang)))?;
    let assessment = Assessment::new(survey, &response.position, &draft.answers);
    let asked = shown_items(&assessment);
    // What must be typed once more is not sent, so it carries nothing to send along.
    let hidden = match draft.response(survey, visit.lang) {
        Some(_) => {
            let reviewed = reviewed(respondent, response.clone())?;
            (
                STATE.to_owned(),
                seal(visit, &respondent.secret, &reviewed)?,
            )
        }
        None => PaperTime::First.field(),
    };
    let shown = ReviewPage {
        position: in_words(&visit.app.service.catalog, &response.position, visit.lang),
        sections: review_sections(survey, &asked, &response.answers, refused, visit.lang),
        hidden: vec![hidden],
        draft: visit.app.service.keys.draft_tag(&draft.submission),
        paper: draft.time(),
        problem,
    };
    Ok(render_review(&shown, &visit.ctx))
}

fn reviewed(respondent: &Respondent, response: Answered) -> Result<Reviewed, AppError> {
    let draft = &respondent.draft;
    let paper = draft.time().is_some();
    Ok(Reviewed {
        submission: draft.submission,
        code: draft.code,
        wave: respondent.row.wave.clone(),
        municipality: respondent.row.municipality.clone(),
        unit: draft.unit.clone(),
        response,
        return_code: if paper {
            None
        } else {
            Some(fresh_return_code()?)
        },
        paper,
    })
}

fn fresh_return_code() -> Result<String, AppError> {
    let code = ReturnCode::fresh().map_err(|error| AppError::Unexpected(error.to_string()))?;
    Ok(code.to_string())
}

fn seal(visit: &Visit, secret: &Secret, reviewed: &Reviewed) -> Result<String, AppError> {
    let unexpected = |error: String| AppError::Unexpected(error);
    let text = serde_json::to_string(reviewed).map_err(|error| unexpected(error.to_string()))?;
    let sealed = visit.app.service.keys.seal(secret, Purpose::Review, &text);
    let sealed = sealed.map_err(|error| unexpected(error.to_string()))?;
    Ok(data_encoding::BASE64URL_NOPAD.encode(&sealed))
}

fn opened(visit: &Visit, secret: &Secret, sent: &[(String, String)]) -> Option<Reviewed> {
    let sealed = data_encoding::BASE64URL_NOPAD
        .decode(field(sent, STATE)?.as_bytes())
        .ok()?;
    let text = visit
        .app
        .service
        .keys
        .open(secret, Purpose::Review, &sealed)?;
    serde_json::from_str(&text).ok()
}

/// Sends the answers that were reviewed.
pub(crate) async fn send(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(form, &[STATE, "go"])?;
    if let Go::Language(lang) = go(&sent) {
        return Ok(on_to(&address::review(lang), []));
    }
    let secret = visit.secret().ok_or(AppError::NoDraft)?;
    if !visit
        .app
        .limits
        .admits_sending(&visit.app.service.keys.draft_id(&secret))
    {
        return Err(AppError::TooMany);
    }
    let Some(reviewed) = opened(&visit, &secret, &sent) else {
        // Without what was reviewed nothing is sent; the review is shown again.
        visit.respondent().await?;
        return Ok(on_to(&address::review(visit.lang), []));
    };
    keep(&visit, &secret, &reviewed).await
}

async fn keep(visit: &Visit, secret: &Secret, reviewed: &Reviewed) -> Result<Response, AppError> {
    let service = &visit.app.service;
    let pinned = service.pinned(&reviewed.wave).await?;
    let release = service.release(&pinned.survey, pinned.release)?;
    let survey = release.survey();
    let valid = match surveys::validate(survey, &service.catalog, &reviewed.response) {
        Ok(valid) => valid.into_response(),
        Err(problems) => {
            let refused = problems
                .iter()
                .filter_map(|it| it.item().cloned())
                .collect();
            return again(visit, ReviewProblem::AnswersNeedWork, &refused).await;
        }
    };
    match record(visit, secret, survey, reviewed, &valid).await {
        Ok(verdict @ (Submitted::Kept | Submitted::Repeated)) => {
            if verdict == Submitted::Kept {
                visit.app.sent.count();
            }
            mix_later(visit, &reviewed.wave, &reviewed.municipality);
            if reviewed.paper {
                let receipt = service.keys.receipt(&reviewed.submission);
                return Ok(super::paper::sent(visit, &receipt));
            }
            let mut result = OwnResult::new(survey, &valid, &reviewed.municipality);
            result.receipt = Some(service.keys.receipt(&reviewed.submission));
            result.return_code = return_code(visit, reviewed, verdict).await?;
            let cookie = visit.set(Jar::Result, &result.seal(&service.keys, secret)?);
            Ok(on_to(&address::profile(visit.lang), [cookie]))
        }
        Ok(Submitted::DraftChanged) => Err(AppError::Conflict),
        Ok(Submitted::OtherContent) => Err(AppError::AlreadySent),
        Ok(Submitted::Spent) => Err(AppError::UsedCode),
        Ok(Submitted::UnknownCode) => Err(AppError::NoDraft),
        Ok(Submitted::Closed) => {
            let city = service
                .store
                .wave_city(&reviewed.wave, &reviewed.municipality);
            Err(AppError::Closed(city.await?.map(|city| last_day(&city))))
        }
        Err(AppError::Store(error @ (StoreError::Busy | StoreError::DiskFull))) => {
            match again(visit, ReviewProblem::TryAgain, &BTreeSet::new()).await {
                // An earlier try was kept, and its receipt was not heard: the draft is gone, but
                // the form comes back and finds its receipt later.
                Err(AppError::NoDraft) => Err(AppError::Store(error)),
                shown => shown,
            }
        }
        Err(error) => Err(error),
    }
}

/// Returns the code that finds the answer again. Where another review of the same draft was sent,
/// the one that came with it holds, and this one finds nothing.
async fn return_code(
    visit: &Visit,
    reviewed: &Reviewed,
    verdict: Submitted,
) -> Result<Option<String>, AppError> {
    let service = &visit.app.service;
    let Some(hash) = return_hash(visit, reviewed) else {
        return Ok(None);
    };
    let holds = verdict == Submitted::Kept || service.store.returned(&hash).await?.is_some();
    Ok(reviewed.return_code.clone().filter(|_| holds))
}

fn return_hash(visit: &Visit, reviewed: &Reviewed) -> Option<ReturnHash> {
    let code = ReturnCode::parse(reviewed.return_code.as_ref()?)?;
    Some(visit.app.service.keys.return_hash(&code))
}

/// Keeps a checked response, unless another tab has saved something else since the review (DU-15).
///
/// The draft is compared before the transaction, which then takes only a draft with these very
/// bytes. A draft that was saved in between is compared again: nothing that was saved goes unseen.
async fn record(
    visit: &Visit,
    secret: &Secret,
    survey: &Survey,
    reviewed: &Reviewed,
    valid: &Answered,
) -> Result<Submitted, AppError> {
    let service = &visit.app.service;
    let draft = service.keys.draft_id(secret);
    let response =
        serde_json::to_string(valid).map_err(|error| AppError::Unexpected(error.to_string()))?;
    loop {
        let standing = service.store.draft(&draft).await?.map(|row| row.sealed);
        if let Some(sealed) = &standing {
            let now = Draft::open(&service.keys, secret, sealed).ok_or(AppError::NoDraft)?;
            let now = now.response(survey, reviewed.response.language);
            if now.as_ref() != Some(&reviewed.response) {
                return Ok(Submitted::DraftChanged);
            }
        }
        let submission = Submission {
            mark: service.keys.submission_mark(&reviewed.submission),
            content: service.keys.content_hash(&response),
            code: CodeHash(reviewed.code),
            draft,
            standing,
            batch: Batch {
                wave: reviewed.wave.clone(),
                municipality: reviewed.municipality.clone(),
                unit: reviewed.unit.clone(),
            },
            release: valid.release,
            response: response.clone(),
            return_hash: return_hash(visit, reviewed),
        };
        let verdict = service.store.record_submission(submission, service.now());
        match verdict.await? {
            Submitted::DraftChanged => {}
            verdict => return Ok(verdict),
        }
    }
}

/// Shows the review again with what is in the way; nothing was stored and nothing is lost.
async fn again(
    visit: &Visit,
    problem: ReviewProblem,
    refused: &BTreeSet<ItemId>,
) -> Result<Response, AppError> {
    let respondent = visit.respondent().await?;
    let status = match problem {
        ReviewProblem::AnswersNeedWork => StatusCode::UNPROCESSABLE_ENTITY,
        ReviewProblem::TryAgain => StatusCode::SERVICE_UNAVAILABLE,
    };
    let html = review_page(visit, &respondent, Some(problem), refused)?;
    let mut response = page_with(status, html);
    if problem == ReviewProblem::TryAgain {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, retry_after());
    }
    Ok(response)
}

/// Mixing never delays a receipt, and answers that come together are mixed together: a city that
/// waits for its mixing waits once. A crash before it only delays the mixing: the next start does
/// what is due.
fn mix_later(visit: &Visit, wave: &WaveId, municipality: &MunicipalityCode) {
    let app = std::sync::Arc::clone(&visit.app);
    let (wave, municipality) = (wave.clone(), municipality.clone());
    let city = (wave.clone(), municipality.clone());
    // A thread that panicked in here has left a set of cities all the same.
    let waiting = |app: &Shared, change: &dyn Fn(&mut BTreeSet<_>) -> bool| {
        change(&mut app.to_be_mixed.lock().unwrap_or_else(|it| it.into_inner()))
    };
    if !waiting(&app, &|cities| cities.insert(city.clone())) {
        return;
    }
    tokio::spawn(async move {
        tokio::time::sleep(BEFORE_MIXING).await;
        waiting(&app, &|cities| cities.remove(&city));
        if let Err(error) = app.service.store.mix_if_due(&wave, &municipality).await {
            tracing::warn!(%error, "mixing is put off");
        }
    });
}
