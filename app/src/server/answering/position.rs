//! What the respondent's work is: one role, duties beside it, possibly a kind of employment.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use surveys::{Assessment, Catalog, Lang, Position, RoleId};

use super::{change, first_page, same_time};
use crate::error::AppError;
use crate::pages::{PaperTime, PositionPage, PositionProblem, address, render_position};
use crate::server::posted::{Fields, field, fields};
use crate::server::visit::{Respondent, Visit, on_to, page, page_with};

/// Shows the question.
pub(crate) async fn form(visit: Visit) -> Result<Response, AppError> {
    let respondent = visit.respondent().await?;
    if !respondent.draft.notice_read {
        return Err(AppError::Elsewhere(address::privacy(visit.lang)));
    }
    let mut shown = empty_page(&visit, &respondent);
    if let Some(position) = &respondent.draft.position {
        shown.role = Some(position.role.to_string());
        shown.chosen_duties = position.duties.iter().map(ToString::to_string).collect();
        shown.employment = position.employment.as_ref().map(ToString::to_string);
    }
    Ok(page(render_position(&shown, &visit.ctx)))
}

fn empty_page(visit: &Visit, respondent: &Respondent) -> PositionPage {
    let catalog = &visit.app.service.catalog;
    let asked = &respondent.pinned.roles;
    let mut shown = PositionPage::from_catalogue(&catalog.role_groups, &catalog.roles, visit.lang);
    if !asked.is_empty() {
        for group in &mut shown.roles {
            group
                .choices
                .retain(|choice| asked.contains(choice.value.as_str()));
        }
        shown.roles.retain(|group| !group.choices.is_empty());
    }
    shown.paper = respondent.draft.time();
    shown.has_answers = !respondent.draft.answers.is_empty();
    shown
}

/// Takes the answer and leads to the first page of items.
pub(crate) async fn save(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(
        form,
        &["role", "duty", "employment", "go", PaperTime::FIELD],
    )?;
    let respondent = visit.respondent().await?;
    same_time(&respondent, &sent)?;
    let position = match read(&visit, &respondent, &sent) {
        Ok(position) => position,
        Err(problem) => return Ok(refused(&visit, &respondent, &sent, problem)),
    };
    let chosen = position.clone();
    let draft = change(&visit, &respondent, move |draft| {
        draft.position = Some(chosen);
    })
    .await?;
    if let Some(lang) = other_language(&sent) {
        return Ok(on_to(&address::position(lang), []));
    }
    let assessment = Assessment::new(respondent.survey(), &position, &draft.answers);
    Ok(first_page(&visit, &assessment))
}

fn other_language(sent: &[(String, String)]) -> Option<Lang> {
    match super::go(sent) {
        crate::pages::form::Go::Language(lang) => Some(lang),
        _ => None,
    }
}

fn read(
    visit: &Visit,
    respondent: &Respondent,
    sent: &[(String, String)],
) -> Result<Position, PositionProblem> {
    let role = field(sent, "role").filter(|role| !role.is_empty());
    let role = role.ok_or(PositionProblem::NoRole)?;
    let id = |text: &str| RoleId::new(text).map_err(|_| PositionProblem::UnknownRole);
    let employment = field(sent, "employment").filter(|text| !text.is_empty());
    let position = Position {
        role: id(role)?,
        duties: values(sent, "duty")
            .map(id)
            .collect::<Result<BTreeSet<_>, _>>()?,
        employment: employment.map(id).transpose()?,
    };
    let asked = &respondent.pinned.roles;
    let is_asked = asked.is_empty() || asked.contains(&position.role);
    if is_asked && visit.app.service.catalog.knows(&position) {
        Ok(position)
    } else {
        Err(PositionProblem::UnknownRole)
    }
}

fn values<'a>(sent: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    sent.iter()
        .filter(move |(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn refused(
    visit: &Visit,
    respondent: &Respondent,
    sent: &[(String, String)],
    problem: PositionProblem,
) -> Response {
    let shown = PositionPage {
        role: field(sent, "role").map(str::to_owned),
        chosen_duties: values(sent, "duty").map(str::to_owned).collect(),
        // No kind of employment is a choice too, and its value is empty.
        employment: field(sent, "employment")
            .filter(|text| !text.is_empty())
            .map(str::to_owned),
        problem: Some(problem),
        ..empty_page(visit, respondent)
    };
    page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        render_position(&shown, &visit.ctx),
    )
}

/// Returns a position in words.
pub(super) fn in_words(catalog: &Catalog, position: &Position, lang: Lang) -> String {
    position
        .groups()
        .filter_map(|id| catalog.role(id))
        .map(|role| role.name.get(lang))
        .collect::<Vec<_>>()
        .join(", ")
}
