//! The questionnaire on paper, by staff group and language, from the wave's own release.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use surveys::{Assessment, ItemId, Position, RoleId, RoleKind};

use super::desk;
use crate::access::Action;
use crate::error::AppError;
use crate::pages::answer_view::blocks;
use crate::pages::{Choice, PaperPage, PaperSection, PositionPage, address, render_paper};
use crate::server::visit::{Visit, page};
use crate::store::Mode;

/// For whom the sheet is.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    role: Option<String>,
}

/// Shows the sheet of one staff group.
pub(crate) async fn sheet(
    Path((_, wave)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
    visit: Visit,
) -> Result<Response, AppError> {
    let desk = desk(&visit, &wave, Action::MakeCodes).await?;
    let service = &visit.app.service;
    let role = wanted.role.and_then(|text| RoleId::new(text).ok());
    let role = role.as_ref().and_then(|id| service.catalog.role(id));
    let asked = |id: &RoleId| desk.wave.roles.is_empty() || desk.wave.roles.contains(id);
    let role = role
        .filter(|role| role.kind == RoleKind::Role && asked(&role.id))
        .ok_or(AppError::NotFound)?;
    let release = service.release_of(&desk.wave)?;
    let survey = release.survey();
    let position = Position {
        role: role.id.clone(),
        duties: [].into(),
        employment: None,
    };
    let nothing = BTreeMap::new();
    let assessment = Assessment::new(survey, &position, &nothing);
    let sections = assessment.pages.iter().map(|page| {
        let items: std::collections::BTreeSet<ItemId> =
            page.items().map(|item| item.id.clone()).collect();
        let intro = page.section.intro.as_ref();
        PaperSection {
            title: page.section.title.get(visit.lang).to_owned(),
            intro: intro.map(|intro| intro.get(visit.lang).to_owned()),
            blocks: blocks(
                survey,
                page.section,
                &items,
                &nothing,
                &BTreeMap::new(),
                visit.lang,
            ),
        }
    });
    let notice = survey.texts.get("privacy");
    let cities = || {
        desk.cities
            .iter()
            .filter_map(|code| desk.wave.cities.get(code))
    };
    let beside_job = PositionPage::from_catalogue(
        &service.catalog.role_groups,
        &service.catalog.roles,
        visit.lang,
    );
    let texts = |choices: Vec<Choice>| choices.into_iter().map(|it| it.text).collect();
    let sheet = PaperPage {
        sections: sections.collect(),
        survey: survey.title.get(visit.lang).to_owned(),
        role: role.name.get(visit.lang).to_owned(),
        open_link: cities().any(|city| city.mode == Mode::OpenLink),
        typed_at: format!(
            "{}{}",
            visit.app.public_url,
            address::paper_entry(visit.lang)
        ),
        duties: texts(beside_job.duties),
        employments: texts(beside_job.employments),
        closes: cities()
            .map(|city| city.closes)
            .max()
            .ok_or(AppError::NotFound)?,
        minutes: survey.minutes,
        notice: notice
            .map(|text| text.get(visit.lang).to_owned())
            .unwrap_or_default(),
        wave,
    };
    Ok(page(render_paper(&sheet, &visit.ctx)))
}
