//! Typing a form on paper: begun by the code on it, typed twice over the pages of items, compared,
//! and sent as any other answer ([`super::sending`]).
//!
//! The code is the right to type the form, as it is the right to answer: who types it is neither
//! asked nor kept, and the first time is sealed with it like any draft.

use axum::http::StatusCode;
use axum::response::Response;
use jiff::ToSpan as _;
use surveys::{Assessment, ItemId, Survey};

use super::changes::trace;
use super::entry::{self, On};
use super::position::in_words;
use super::{change, position_of, way_on};
use crate::error::AppError;
use crate::pages::form::answer_field;
use crate::pages::review::answer_text;
use crate::pages::{
    DifferenceRow, DifferencesPage, PageContext, PaperEntryPage, PaperProblem, PaperTime, address,
    render_differences, render_first_time_kept, render_paper_entry, render_paper_sent,
};
use crate::server::paper_entry::{Difference, Right};
use crate::server::posted::{Fields, field, fields};
use crate::server::visit::{Jar, Respondent, Visit, on_to, page, page_with, with_cookies};

/// The field of the position where the two times differ in it.
const POSITION: &str = "position";

/// Shows the field for the code of a form.
pub(crate) async fn form(visit: Visit) -> Response {
    page(render_paper_entry(&PaperEntryPage::default(), &visit.ctx))
}

/// Takes the code of a form: its first time begins, or whichever time it is goes on.
pub(crate) async fn begin(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(form, &["code"])?;
    let typed = field(&sent, "code").unwrap_or_default();
    let refused = |problem, status| {
        let form = PaperEntryPage {
            typed: entry::shown_again(typed),
            problem: Some(problem),
        };
        page_with(status, render_paper_entry(&form, &visit.ctx))
    };
    let (code, hash, known) = match entry::admitted(&visit, typed).await? {
        Ok(known) => known,
        Err(problem) => {
            let status = entry::status_of(problem);
            return Ok(refused(PaperProblem::Code(problem), status));
        }
    };
    let secret = entry::derive(&visit, code).await?;
    let draft = entry::begin(&visit, &secret, hash, known, On::Paper).await?;
    if draft.time().is_none() {
        return Ok(refused(PaperProblem::BegunOnline, StatusCode::CONFLICT));
    }
    let cookies = entry::answering(&visit, &secret);
    Ok(on_to(&way_on(&visit, &draft), cookies))
}

/// Ends the first time. Doing it twice is doing it once.
pub(crate) async fn end_first_time(visit: Visit, form: Fields) -> Result<Response, AppError> {
    fields(form, &[PaperTime::FIELD])?;
    let respondent = visit.respondent().await?;
    match respondent.draft.time() {
        None => return Err(AppError::Elsewhere(address::review(visit.lang))),
        Some(PaperTime::Second) => return Ok(first_time_kept(&visit)),
        Some(PaperTime::First) => drop(position_of(&visit, &respondent)?),
    }
    if !visit.app.limits.admits_save(&respondent.id) {
        return Err(AppError::TooMany);
    }
    let mut submission = [0; 16];
    getrandom::fill(&mut submission).map_err(|error| AppError::Unexpected(error.to_string()))?;
    change(&visit, &respondent, move |draft| {
        draft.end_first_time(submission);
    })
    .await?;
    Ok(first_time_kept(&visit))
}

/// The code is asked for again, so that the second time begins on purpose.
fn first_time_kept(visit: &Visit) -> Response {
    let service = &visit.app.service;
    let days = i64::from(service.folder.config().retention.draft_days).days();
    let kept_until = service.today().checked_add(days).ok();
    let html = render_first_time_kept(kept_until, &at_entry(visit));
    with_cookies(page(html), [visit.unset(Jar::Answer)])
}

/// A page that came as the answer to a form has the page of the next code in other languages.
fn at_entry(visit: &Visit) -> PageContext {
    PageContext {
        path: "/answer/paper".to_owned(),
        ..visit.ctx.clone()
    }
}

/// Says that a form was sent.
pub(super) fn sent(visit: &Visit, receipt: &str) -> Response {
    page(render_paper_sent(receipt, &at_entry(visit)))
}

/// Shows what the two times differ in.
pub(crate) async fn differences(visit: Visit) -> Result<Response, AppError> {
    let respondent = visit.respondent().await?;
    let differences = respondent.draft.differences(respondent.survey());
    if differences.is_empty() {
        return Err(AppError::Elsewhere(address::review(visit.lang)));
    }
    let html = differences_page(&visit, &respondent, &differences, false);
    Ok(page(html))
}

/// Takes the decisions; what is not decided is asked again.
pub(crate) async fn decide(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(form, &[POSITION, "a."])?;
    let mut respondent = visit.respondent().await?;
    if !visit.app.limits.admits_save(&respondent.id) {
        return Err(AppError::TooMany);
    }
    let release = std::sync::Arc::clone(&respondent.release);
    let asked = respondent.draft.differences(release.survey());
    let missed = asked.iter().any(|it| right(it, &sent).is_none());
    let survey = std::sync::Arc::clone(&release);
    respondent.draft = change(&visit, &respondent, move |draft| {
        for difference in draft.differences(survey.survey()) {
            if let Some(right) = right(&difference, &sent) {
                draft.decide(difference, right);
            }
        }
    })
    .await?;
    let left = respondent.draft.differences(release.survey());
    if missed && !left.is_empty() {
        let html = differences_page(&visit, &respondent, &left, true);
        return Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, html));
    }
    // What a decision has brought onto the pages may differ in its turn; the review says so.
    Ok(on_to(&address::review(visit.lang), []))
}

/// Returns which time was chosen; nothing where neither was, or what was chosen has changed since.
fn right(difference: &Difference, sent: &[(String, String)]) -> Option<Right> {
    let chosen = field(sent, &name(difference))?;
    let (first, second) = traces(difference);
    match chosen {
        _ if chosen == first => Some(Right::First),
        _ if chosen == second => Some(Right::Second),
        _ => None,
    }
}

fn name(difference: &Difference) -> String {
    match difference {
        Difference::Position { .. } => POSITION.to_owned(),
        Difference::Item { item, .. } => answer_field(item.as_str()),
    }
}

fn traces(difference: &Difference) -> (String, String) {
    match difference {
        Difference::Position { first, second } => (trace(first), trace(second)),
        Difference::Item { first, second, .. } => (trace(first), trace(second)),
    }
}

fn differences_page(
    visit: &Visit,
    respondent: &Respondent,
    differences: &[Difference],
    missed: bool,
) -> String {
    let rows = differences.iter().map(|difference| DifferenceRow {
        missed,
        ..row(visit, respondent, difference)
    });
    let shown = DifferencesPage {
        rows: rows.collect(),
    };
    let ctx = PageContext {
        path: "/answer/paper/differences".to_owned(),
        ..visit.ctx.clone()
    };
    render_differences(&shown, &ctx)
}

fn row(visit: &Visit, respondent: &Respondent, difference: &Difference) -> DifferenceRow {
    let (survey, lang) = (respondent.survey(), visit.lang);
    let (first_value, second_value) = traces(difference);
    let (question, first, second, page) = match difference {
        Difference::Position { first, second } => {
            let words = |it| Some(in_words(&visit.app.service.catalog, it, lang));
            (None, words(first), words(second), address::position(lang))
        }
        Difference::Item {
            item,
            first,
            second,
        } => {
            let known = survey.item(item);
            let words = |answer: &Option<surveys::Answer>| {
                let text = answer_text(visit.ctx.words(), survey, known?, answer.as_ref()?);
                text.map(|text| text.replace('\n', "; "))
            };
            let question = known.map(|item| item.text.get(lang).to_owned());
            let page = page_of(visit, respondent, survey, item);
            (question, words(first), words(second), page)
        }
    };
    DifferenceRow {
        field: name(difference),
        question,
        first,
        first_value,
        second,
        second_value,
        page,
        missed: false,
    }
}

/// Returns where the second time has an item, or the position where only the first was asked it.
fn page_of(visit: &Visit, respondent: &Respondent, survey: &Survey, item: &ItemId) -> String {
    let draft = &respondent.draft;
    let section = draft.position.as_ref().and_then(|position| {
        let assessment = Assessment::new(survey, position, &draft.answers);
        let page = assessment
            .pages
            .iter()
            .find(|page| page.items().any(|it| it.id == *item))?;
        Some(address::section(visit.lang, page.section.id.as_str()))
    });
    match section {
        Some(section) => format!(
            "{section}#{}",
            crate::components::answer_card::anchor(item.as_str())
        ),
        None => address::position(visit.lang),
    }
}
