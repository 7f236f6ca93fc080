//! One page of items: shown with the answers so far, saved whenever it is left, and answer by
//! answer where the page's script runs.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use surveys::{Answer, Assessment, ItemId, Position, ResponseProblem, SectionId};

use super::changes::{Changes, KNOWN, SHOWN, shown_field, unknown_item};
use super::entry::saved_for_later;
use super::{change, first_page, go, items_of, position_of, same_time};
use crate::components::answered_text;
use crate::error::AppError;
use crate::pages::answer_view::blocks;
use crate::pages::form::Go;
use crate::pages::{PaperTime, SectionPage, address, render_section};
use crate::server::posted::{Fields, fields};
use crate::server::visit::{Respondent, Visit, on_to, page, page_with};

/// Shows a page.
pub(crate) async fn form(
    Path((_, section)): Path<(String, String)>,
    visit: Visit,
) -> Result<Response, AppError> {
    let respondent = visit.respondent().await?;
    let position = position_of(&visit, &respondent)?;
    let section = SectionId::new(section).map_err(|_| AppError::NotFound)?;
    let shown = Shown {
        visit: &visit,
        respondent: &respondent,
        position: &position,
        section: &section,
    };
    let answers = &respondent.draft.answers;
    match shown.page(answers, answers, &BTreeMap::new()) {
        Some(model) => Ok(page(render_section(&model, &visit.ctx))),
        None => Ok(first_page(&visit, &shown.assessment(answers))),
    }
}

/// Saves a page and leads on as its button says.
pub(crate) async fn save(
    Path((_, section)): Path<(String, String)>,
    visit: Visit,
    form: Fields,
) -> Result<Response, AppError> {
    let sent = fields(form, &KNOWN)?;
    let respondent = visit.respondent().await?;
    same_time(&respondent, &sent)?;
    let position = position_of(&visit, &respondent)?;
    let section = SectionId::new(section).map_err(|_| AppError::NotFound)?;
    let shown = Shown {
        visit: &visit,
        respondent: &respondent,
        position: &position,
        section: &section,
    };
    if let Some(name) = unknown_item(respondent.survey(), &sent) {
        return Err(AppError::unknown_field(name));
    }
    if !visit.app.limits.admits_save(&respondent.id) {
        return Err(AppError::TooMany);
    }
    let go = go(&sent);
    let on_page = shown.asked(&respondent.draft.answers);
    if on_page.is_none() && go != Go::Keep {
        let assessment = shown.assessment(&respondent.draft.answers);
        return Ok(first_page(&visit, &assessment));
    }
    let changes = Changes::read(respondent.survey(), &on_page.unwrap_or_default(), &sent);
    if go == Go::Keep && changes.key.is_none() {
        return Err(AppError::Unreadable);
    }
    let (settled, key, at) = (
        changes.settled.clone(),
        changes.key.clone(),
        section.clone(),
    );
    let draft = change(&visit, &respondent, move |draft| {
        draft.save_page(&at, settled, key);
    })
    .await?;
    if !changes.problems.is_empty() && go != Go::Keep {
        let filled = changes.filled(&draft.answers);
        let model = shown.page(&draft.answers, &filled, &changes.problems);
        let model = model.ok_or(AppError::NotFound)?;
        let html = render_section(&model, &visit.ctx);
        return Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, html));
    }
    Ok(shown.lead_on(go, &changes, &draft.answers))
}

/// A page as one respondent sees it.
struct Shown<'a> {
    visit: &'a Visit,
    respondent: &'a Respondent,
    position: &'a Position,
    section: &'a SectionId,
}

impl Shown<'_> {
    fn assessment(&self, answers: &BTreeMap<ItemId, Answer>) -> Assessment<'_> {
        Assessment::new(self.respondent.survey(), self.position, answers)
    }

    fn asked(&self, answers: &BTreeMap<ItemId, Answer>) -> Option<BTreeSet<ItemId>> {
        self.assessment(answers).page(self.section).map(items_of)
    }

    /// Returns the page's model: `saved` decides what is asked, `filled` is what the fields hold.
    fn page(
        &self,
        saved: &BTreeMap<ItemId, Answer>,
        filled: &BTreeMap<ItemId, Answer>,
        problems: &BTreeMap<ItemId, ResponseProblem>,
    ) -> Option<SectionPage> {
        let (survey, lang) = (self.respondent.survey(), self.visit.lang);
        let assessment = self.assessment(saved);
        let index = assessment
            .pages
            .iter()
            .position(|it| it.section.id == *self.section)?;
        let section = assessment.pages[index].section;
        let asked = items_of(&assessment.pages[index]);
        let progress = assessment.progress();
        let keys = &self.visit.app.service.keys;
        Some(SectionPage {
            section: self.section.to_string(),
            title: section.title.get(lang).to_owned(),
            intro: section
                .intro
                .as_ref()
                .map(|intro| intro.get(lang).to_owned()),
            blocks: blocks(survey, section, &asked, filled, problems, lang),
            answered: progress.answered,
            asked: progress.total,
            number: index + 1,
            pages: assessment.pages.len(),
            saved: problems.is_empty() && asked.iter().any(|item| saved.contains_key(item)),
            draft: keys.draft_tag(&self.respondent.draft.submission),
            hidden: [(SHOWN.to_owned(), shown_field(&asked, saved))]
                .into_iter()
                .chain(self.respondent.draft.time().map(PaperTime::field))
                .collect(),
            paper: self.respondent.draft.time(),
        })
    }

    fn lead_on(&self, go: Go, changes: &Changes, answers: &BTreeMap<ItemId, Answer>) -> Response {
        let lang = self.visit.lang;
        let own = |lang| address::section(lang, self.section.as_str());
        let assessment = self.assessment(answers);
        let index = assessment
            .pages
            .iter()
            .position(|it| it.section.id == *self.section);
        let at = |index: usize| {
            let section = assessment.pages.get(index).map(|page| &page.section.id);
            section.map(|section| address::section(lang, section.as_str()))
        };
        // An answer of this page may have brought more items onto it.
        let now = self.asked(answers);
        let grown = now.is_some_and(|now| !now.is_subset(&changes.asked));
        let address = match go {
            Go::Keep => return self.acknowledged(changes, &assessment),
            Go::Language(lang) => own(lang),
            Go::Later => return saved_for_later(self.visit),
            Go::Next if grown => own(lang),
            Go::Next => {
                let next = index.and_then(|index| at(index + 1));
                next.unwrap_or_else(|| address::review(lang))
            }
            Go::Back => {
                let back = index.and_then(|index| at(index.checked_sub(1)?));
                back.unwrap_or_else(|| address::position(lang))
            }
            Go::Review => address::review(lang),
        };
        on_to(&address, [])
    }

    /// Tells the script that what it sent is on the disk, and what could not be kept.
    fn acknowledged(&self, changes: &Changes, assessment: &Assessment<'_>) -> Response {
        let refused: Vec<&str> = changes.problems.keys().map(ItemId::as_str).collect();
        let progress = assessment.progress();
        let words = self.visit.ctx.words();
        let said = serde_json::json!({
            "refused": refused,
            "answered": progress.answered,
            "asked": progress.total,
            "progress": answered_text(words, progress.answered, progress.total),
        });
        let kind = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, kind)], said.to_string()).into_response()
    }
}
