//! The own profile, made from the sealed cookie and shown as long as the browser's session lasts.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use surveys::{DimensionId, Lang, Profile, ProfileDimension, Survey};

use super::position::in_words;
use super::result::OwnResult;
use crate::error::AppError;
use crate::pages::{
    CityHelp, Comparison, NextStep, ProfileArea, ProfileCompetence, ProfilePage, address,
    render_profile, render_saved_profile,
};
use crate::server::help;
use crate::server::service::Service;
use crate::server::visit::{Jar, Visit, on_to, page};

/// Shows the own profile; without one it leads to where the person is.
pub(crate) async fn profile(visit: Visit) -> Result<Response, AppError> {
    match own_profile(&visit)? {
        Some(model) => Ok(page(render_profile(&model, &visit.ctx))),
        None => to_answering(&visit).await,
    }
}

/// Hands the own profile over as a file.
pub(crate) async fn file(visit: Visit) -> Result<Response, AppError> {
    let Some(model) = own_profile(&visit)? else {
        return to_answering(&visit).await;
    };
    let html = render_saved_profile(&model, visit.app.service.today(), &visit.ctx);
    let name = visit.ctx.words().say("profile-file-name");
    let mut response = page(html);
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|error| AppError::Unexpected(error.to_string()))?;
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// Somebody in the middle of answering goes on there; anybody else needs a code.
async fn to_answering(visit: &Visit) -> Result<Response, AppError> {
    visit.respondent().await?;
    Ok(on_to(&address::review(visit.lang), []))
}

fn own_profile(visit: &Visit) -> Result<Option<ProfilePage>, AppError> {
    let service = &visit.app.service;
    let Some(result) = own_result(visit) else {
        return Ok(None);
    };
    let release = service
        .releases()
        .find(|it| it.survey().id == result.survey && it.number() == result.release)
        .ok_or(AppError::NotFound)?;
    let survey = release.survey();
    Ok(Some(profile_page(service, survey, &result, visit.lang)))
}

fn own_result(visit: &Visit) -> Option<OwnResult> {
    let secret = visit.secret()?;
    OwnResult::open(&visit.app.service.keys, &secret, visit.cookie(Jar::Result)?)
}

fn profile_page(service: &Service, survey: &Survey, result: &OwnResult, lang: Lang) -> ProfilePage {
    let catalog = &service.catalog;
    let profile = Profile::new(survey, catalog, &result.position, &result.answers(survey));
    let range = profile
        .areas
        .first()
        .map(|area| (area.range.0.0, area.range.1.0));
    let thanks = survey
        .texts
        .get("thanks")
        .map(|text| text.get(lang).to_owned());
    ProfilePage {
        survey_title: survey.title.get(lang).to_owned(),
        role: in_words(catalog, &result.position, lang),
        targets_are_proposals: profile.proposal,
        scale: range.unwrap_or_default(),
        steps: step_words(survey, &profile, lang),
        areas: profile
            .areas
            .iter()
            .map(|area| profile_area(area, lang))
            .collect(),
        next_steps: profile
            .next_steps
            .iter()
            .map(|step| NextStep {
                area: step.title.get(lang).to_owned(),
                text: step.text.get(lang).to_owned(),
            })
            .collect(),
        help: city_help(service, &profile, result, lang),
        comparisons: comparisons(service, survey, &profile, result, lang),
        receipt: Some(result.receipt.clone()),
        thanks: thanks.unwrap_or_default(),
    }
}

fn profile_area(area: &ProfileDimension, lang: Lang) -> ProfileArea {
    ProfileArea {
        id: area.dimension.to_string(),
        title: area.title.get(lang).to_owned(),
        gist: area.gist.as_ref().map(|gist| gist.get(lang).to_owned()),
        score: area.score.ok().map(|score| score.value),
        step: area.step.map(|step| step.0),
        target: area.target.map(|target| target.0),
        competences: area
            .competences
            .iter()
            .map(|line| ProfileCompetence {
                title: line.title.get(lang).to_owned(),
                score: line.score.ok().map(|score| score.value),
            })
            .collect(),
    }
}

/// What the own city offers for the next steps.
fn city_help(service: &Service, profile: &Profile, result: &OwnResult, lang: Lang) -> CityHelp {
    let steps: Vec<&DimensionId> = profile
        .next_steps
        .iter()
        .map(|step| &step.dimension)
        .collect();
    let cities = &service.catalog.municipalities;
    match cities.iter().find(|city| city.code == result.municipality) {
        Some(city) => help::of_city(&service.folder, city, &steps, lang),
        None => CityHelp::default(),
    }
}

/// The words of the steps of the scale that the areas share.
fn step_words(survey: &Survey, profile: &Profile, lang: Lang) -> Vec<String> {
    profile
        .areas
        .first()
        .and_then(|area| survey.dimension(&area.dimension))
        .and_then(|dimension| survey.item(dimension.items.first()?))
        .and_then(|item| survey.scale_of(item))
        .map(|scale| {
            scale
                .steps
                .iter()
                .map(|step| step.text.get(lang).to_owned())
                .collect()
        })
        .unwrap_or_default()
}

/// Targets of the other role groups, in the catalogue's order.
fn comparisons(
    service: &Service,
    survey: &Survey,
    profile: &Profile,
    result: &OwnResult,
    lang: Lang,
) -> Vec<Comparison> {
    let own = service
        .catalog
        .group_of(&result.position.role)
        .map(|group| &group.id);
    let groups = service
        .catalog
        .role_groups
        .iter()
        .filter(|group| own != Some(&group.id));
    groups
        .filter_map(|group| Some((group, survey.profile_of(&group.id)?)))
        .map(|(group, target)| Comparison {
            name: group.name.get(lang).to_owned(),
            targets: profile
                .areas
                .iter()
                .map(|area| target.targets.get(&area.dimension).map(|level| level.0))
                .collect(),
        })
        .collect()
}
