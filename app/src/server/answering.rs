//! Answering: code, notice, position, page by page, review, send, own profile.
//!
//! Everything works as plain forms. Each page is saved when it is left, and each answer as it is
//! given where the page's script runs (`public/answering.js`); [`sending`] is where an
//! answer becomes one, [`profile`] shows the own result without a trace on the server. A form on
//! paper takes the same pages twice ([`paper`]).

mod changes;
pub(crate) mod entry;
pub(crate) mod open_link;
pub(crate) mod paper;
pub(crate) mod position;
pub(crate) mod profile;
mod result;
pub(crate) mod returning;
pub(crate) mod section;
pub(crate) mod sending;

use std::collections::BTreeSet;

use axum::response::Response;
use surveys::{Assessment, ItemId, Position};

use crate::error::AppError;
use crate::pages::form::Go;
use crate::pages::{PaperTime, address};
use crate::server::draft::Draft;
use crate::server::posted::field;
use crate::server::visit::{Respondent, Visit, on_to};

/// Returns what the button of a form asked for.
pub(crate) fn go(fields: &[(String, String)]) -> Go {
    Go::from_field(field(fields, "go").unwrap_or_default())
}

/// Refuses a page of one time once the other has begun, so that no answer of the first gets into
/// the second.
fn same_time(respondent: &Respondent, sent: &[(String, String)]) -> Result<(), AppError> {
    let time = respondent.draft.time().map(PaperTime::word);
    (field(sent, PaperTime::FIELD) == time)
        .then_some(())
        .ok_or(AppError::Conflict)
}

/// Returns the respondent's position, or leads to the page that is still missing before items.
fn position_of(visit: &Visit, respondent: &Respondent) -> Result<Position, AppError> {
    if !respondent.draft.notice_read {
        return Err(AppError::Elsewhere(address::privacy(visit.lang)));
    }
    let position = respondent.draft.position.clone();
    position.ok_or_else(|| AppError::Elsewhere(address::position(visit.lang)))
}

/// Returns the items of a page that take part in what is shown.
fn items_of(page: &surveys::Page<'_>) -> BTreeSet<ItemId> {
    page.items().map(|item| item.id.clone()).collect()
}

/// Returns every item that is shown.
fn shown_items(assessment: &Assessment<'_>) -> BTreeSet<ItemId> {
    assessment.items().map(|item| item.id.clone()).collect()
}

/// Changes the draft as it stands now, so that two tabs do not undo one another.
async fn change(
    visit: &Visit,
    respondent: &Respondent,
    act: impl FnOnce(&mut Draft) + Send + 'static,
) -> Result<Draft, AppError> {
    let service = &visit.app.service;
    let secret = respondent.secret.clone();
    let app = std::sync::Arc::clone(&visit.app);
    let sealed = service
        .store
        .change_draft(respondent.id, service.now(), move |sealed| {
            let keys = &app.service.keys;
            let mut draft = Draft::open(keys, &secret, sealed).ok_or_else(|| {
                crate::store::StoreError::Refused("the draft does not open any more".into())
            })?;
            act(&mut draft);
            draft.seal(keys, &secret)
        })
        .await?
        .ok_or(AppError::NoDraft)?;
    Draft::open(&service.keys, &respondent.secret, &sealed).ok_or(AppError::NoDraft)
}

/// Returns where somebody goes on who comes back.
fn way_on(visit: &Visit, draft: &Draft) -> String {
    match (&draft.at, draft.notice_read, &draft.position) {
        (_, false, _) => address::privacy(visit.lang),
        (_, _, None) => address::position(visit.lang),
        (Some(section), _, Some(_)) => address::section(visit.lang, section.as_str()),
        (None, _, Some(_)) => address::position(visit.lang),
    }
}

/// Leads to the first page of items, or to the review where there is none.
fn first_page(visit: &Visit, assessment: &Assessment<'_>) -> Response {
    let address = match assessment.pages.first() {
        Some(page) => address::section(visit.lang, page.section.id.as_str()),
        None => address::review(visit.lang),
    };
    on_to(&address, [])
}
