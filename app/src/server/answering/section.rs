//! One page of items: shown with the answers so far, saved whenever it is left.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use surveys::{Answer, Assessment, ItemId, Position, ResponseProblem, SectionId};

use super::entry::saved_for_later;
use super::{Fields, change, field, fields, first_page, go, items_of, position_of};
use crate::error::AppError;
use crate::pages::answer_view::blocks;
use crate::pages::form::{Go, posted_answers};
use crate::pages::{SectionPage, address, render_section};
use crate::server::visit::{Respondent, Visit, on_to, page, page_with};

/// The hidden field with how often the page had been saved when it was shown.
const SAVES: &str = "saves";

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
    let sent = fields(form)?;
    let respondent = visit.respondent().await?;
    let position = position_of(&visit, &respondent)?;
    let section = SectionId::new(section).map_err(|_| AppError::NotFound)?;
    let shown = Shown {
        visit: &visit,
        respondent: &respondent,
        position: &position,
        section: &section,
    };
    let Some(asked) = shown.asked(&respondent.draft.answers) else {
        return Ok(first_page(
            &visit,
            &shown.assessment(&respondent.draft.answers),
        ));
    };
    let posted = posted_answers(respondent.survey(), &asked, &sent);
    // What was refused neither replaces nor removes what is saved.
    let settled: BTreeSet<ItemId> = asked
        .iter()
        .filter(|item| !posted.problems.contains_key(*item))
        .cloned()
        .collect();
    let saves = field(&sent, SAVES)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let (kept, at) = (posted.answers.clone(), section.clone());
    let draft = change(&visit, &respondent, move |draft| {
        draft.save_page(&at, &settled, kept, saves);
    })
    .await?;
    if !posted.problems.is_empty() {
        let model = shown.page(&draft.answers, &posted.shown, &posted.problems);
        let model = model.ok_or(AppError::NotFound)?;
        let html = render_section(
            &SectionPage {
                saved: false,
                ..model
            },
            &visit.ctx,
        );
        return Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, html));
    }
    Ok(shown.lead_on(go(&sent), &asked, &draft.answers))
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
        let saves = self.respondent.draft.saves_of(self.section);
        // A refused form was itself a save, and the next one builds on it.
        let saves = saves + u32::from(!problems.is_empty());
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
            saved: saves > 0,
            hidden: vec![(SAVES.to_owned(), saves.to_string())],
        })
    }

    fn lead_on(
        &self,
        go: Go,
        asked: &BTreeSet<ItemId>,
        answers: &BTreeMap<ItemId, Answer>,
    ) -> Response {
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
        let grown = self.asked(answers).is_some_and(|now| !now.is_subset(asked));
        let address = match go {
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
}
