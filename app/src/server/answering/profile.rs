//! The own profile, made from the sealed cookie and shown as long as the browser's session lasts.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use findings::Cell;
use surveys::{DimensionId, Lang, Profile, ProfileDimension, Release, Survey};

use super::position::in_words;
use super::result::OwnResult;
use crate::error::AppError;
use crate::pages::{
    CityHelp, Comparison, Earlier, NextStep, PageContext, Peers, ProfileArea, ProfileCompetence,
    ProfilePage, address, render_profile, render_saved_profile,
};
use crate::server::code::LONGEST_TYPED;
use crate::server::help;
use crate::server::level_code;
use crate::server::peers::Released;
use crate::server::posted::{Fields, field, fields};
use crate::server::service::Service;
use crate::server::visit::{Jar, Visit, on_to, page, page_with};

/// Shows the own profile; without one it leads to where the person is.
pub(crate) async fn profile(visit: Visit) -> Result<Response, AppError> {
    match Own::of(&visit)? {
        Some(own) => Ok(page(render_profile(&own.page(&visit).await?, &visit.ctx))),
        None => to_answering(&visit).await,
    }
}

/// Hands the own profile over as a file.
pub(crate) async fn file(visit: Visit) -> Result<Response, AppError> {
    let Some(own) = Own::of(&visit)? else {
        return to_answering(&visit).await;
    };
    let model = own.page(&visit).await?;
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

/// Shows the own profile beside the one of an earlier survey, from the code that was typed. The
/// code comes in a form, so that it stands in no address.
pub(crate) async fn earlier(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(form, &["code"])?;
    let typed = field(&sent, "code").unwrap_or_default();
    let Some(own) = Own::of(&visit)? else {
        return to_answering(&visit).await;
    };
    let mut model = own.page(&visit).await?;
    let levels = own.releases.iter().find_map(|release| {
        let survey = release.survey();
        Some((survey, level_code::read(survey, typed)?))
    });
    // The other languages show the profile without the code, which is kept nowhere.
    let ctx = PageContext {
        path: "/profile".to_owned(),
        ..visit.ctx.clone()
    };
    let Some((survey, levels)) = levels else {
        model.earlier = Earlier::Refused(typed.chars().take(LONGEST_TYPED).collect());
        let html = render_profile(&model, &ctx);
        return Ok(page_with(StatusCode::UNPROCESSABLE_ENTITY, html));
    };
    let level = |area: &ProfileDimension| {
        let then = survey.dimension(&area.dimension)?;
        let same_scale = survey.dimension_range(then) == area.range;
        levels
            .by_area
            .get(&area.dimension)
            .copied()
            .filter(|_| same_scale)
    };
    model.earlier = Earlier::Found {
        month: levels.month,
        levels: own.profile.areas.iter().map(level).collect(),
    };
    Ok(page(render_profile(&model, &ctx)))
}

/// The address of the comparison without a code, as after a reload.
pub(crate) async fn without_code(visit: Visit) -> Response {
    on_to(&address::profile(visit.lang), [])
}

/// Somebody in the middle of answering goes on there; anybody else needs a code.
async fn to_answering(visit: &Visit) -> Result<Response, AppError> {
    visit.respondent().await?;
    Ok(on_to(&address::review(visit.lang), []))
}

/// The own result with the profile made of it.
struct Own {
    result: OwnResult,
    /// Every release of the survey, the answered one first.
    releases: Vec<Arc<Release>>,
    profile: Profile,
}

impl Own {
    fn of(visit: &Visit) -> Result<Option<Own>, AppError> {
        let Some(result) = own_result(visit) else {
            return Ok(None);
        };
        let service = &visit.app.service;
        let mut releases: Vec<_> = service
            .releases()
            .filter(|it| it.survey().id == result.survey)
            .cloned()
            .collect();
        releases.sort_by_key(|it| it.number() != result.release);
        let answered = releases
            .first()
            .filter(|it| it.number() == result.release)
            .ok_or(AppError::NotFound)?;
        let survey = answered.survey();
        let answers = result.answers(survey);
        Ok(Some(Own {
            profile: Profile::new(survey, &service.catalog, &result.position, &answers),
            releases,
            result,
        }))
    }

    async fn page(&self, visit: &Visit) -> Result<ProfilePage, AppError> {
        let service = &visit.app.service;
        let survey = self.releases[0].survey();
        let released = visit.app.peers.of(service, &self.result.survey).await?;
        Ok(ProfilePage {
            peers: released.and_then(|it| self.peers(service, &it, visit.lang)),
            level_code: level_code::write(survey, service.today(), &self.levels()),
            ..profile_page(service, survey, &self.profile, &self.result, visit.lang)
        })
    }

    fn levels(&self) -> BTreeMap<DimensionId, f64> {
        let areas = self.profile.areas.iter();
        areas
            .filter_map(|area| Some((area.dimension.clone(), area.score.ok()?.value)))
            .collect()
    }

    /// The own role group's released figures; none where the release shows nothing of it.
    fn peers(&self, service: &Service, released: &Released, lang: Lang) -> Option<Peers> {
        let group = service.catalog.group_of(&self.result.position.role)?;
        let cells: Vec<Option<Cell>> = self
            .profile
            .areas
            .iter()
            .map(|area| {
                let scale = [f64::from(area.range.0.0), f64::from(area.range.1.0)];
                released
                    .cell(area.dimension.as_str(), &group.id, scale)
                    .cloned()
            })
            .collect();
        cells.iter().any(Option::is_some).then(|| Peers {
            group: group.name.get(lang).to_owned(),
            wave: released.wave.to_string(),
            simulated: released.simulated,
            table: released.table().clone(),
            cells,
        })
    }
}

fn own_result(visit: &Visit) -> Option<OwnResult> {
    let secret = visit.secret()?;
    OwnResult::open(&visit.app.service.keys, &secret, visit.cookie(Jar::Result)?)
}

fn profile_page(
    service: &Service,
    survey: &Survey,
    profile: &Profile,
    result: &OwnResult,
    lang: Lang,
) -> ProfilePage {
    let catalog = &service.catalog;
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
        steps: step_words(survey, profile, lang),
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
        help: city_help(service, profile, result, lang),
        peers: None,
        level_code: String::new(),
        earlier: Earlier::NotAsked,
        comparisons: comparisons(service, survey, profile, result, lang),
        receipt: result.receipt.clone(),
        return_code: result.return_code.clone(),
        // Whoever comes back with a return code has been thanked.
        thanks: thanks
            .filter(|_| result.receipt.is_some())
            .unwrap_or_default(),
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
