//! The form for a new wave; the same rules as on the command line.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use surveys::network::Unit;
use surveys::{MunicipalityCode, RoleId, RoleKind, SurveyId, UnitId, WaveId};

use super::city_words;
use crate::access::{Action, Actor, Place, allows};
use crate::error::AppError;
use crate::pages::{
    Choice, ChoiceGroup, NewWavePage, NewWaveProblem, address, new_wave::OPEN_LINK,
    position::role_choices, render_new_wave,
};
use crate::server::posted::{Fields, field, fields};
use crate::server::visit::{Visit, on_to, page, page_with};
use crate::server::waves::WaveOrder;
use crate::store::{Coordinator, Mode};

/// Shows the form.
pub(crate) async fn form(visit: Visit) -> Result<Response, AppError> {
    let coordinator = visit.coordinator().await?;
    let units = own_units(&visit, &coordinator).await?;
    let mut shown = empty_page(&visit, &coordinator, &units);
    shown.opens = visit.app.service.today().to_string();
    if let [only] = shown.surveys.as_slice() {
        shown.survey = only.value.clone();
    }
    Ok(page(render_new_wave(&shown, &visit.ctx)))
}

async fn own_units(visit: &Visit, coordinator: &Coordinator) -> Result<Vec<Unit>, AppError> {
    let mut units = visit.app.service.store.units().await?;
    let actor = Actor::Coordinator(coordinator);
    units.retain(|unit| {
        allows(
            actor,
            Action::SetUpWave,
            Place::Municipality(&unit.municipality),
        )
    });
    Ok(units)
}

fn empty_page(visit: &Visit, coordinator: &Coordinator, units: &[Unit]) -> NewWavePage {
    let (service, lang) = (&visit.app.service, visit.lang);
    let catalog = &service.catalog;
    let mut surveys: Vec<Choice> = Vec::new();
    for release in service.releases() {
        let survey = release.survey();
        if service
            .newest_release(&survey.id)
            .is_some_and(|it| it.number() == release.number())
        {
            let value = format!("{}@{}", survey.id, release.number());
            surveys.push(Choice::new(value, survey.title.get(lang)));
        }
    }
    let mut groups: Vec<ChoiceGroup> = Vec::new();
    for unit in units {
        let name = match coordinator {
            Coordinator::Network => city_words(service, &unit.municipality, lang),
            Coordinator::Municipality(_) => kind_words(visit, &unit.kind),
        };
        let choice = Choice::new(unit.id.as_str(), unit.name.get(lang));
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.choices.push(choice),
            None => groups.push(ChoiceGroup {
                name,
                choices: vec![choice],
            }),
        }
    }
    NewWavePage {
        surveys,
        roles: role_choices(&catalog.role_groups, &catalog.roles, lang),
        units: groups,
        ..NewWavePage::default()
    }
}

/// What a unit is, as a heading; a kind of an earlier register stands as it was written.
fn kind_words(visit: &Visit, kind: &str) -> String {
    let words = visit.ctx.words();
    match kind {
        "school" => words.say("unit-kind-school"),
        "ecec" => words.say("unit-kind-ecec"),
        "library" => words.say("unit-kind-library"),
        "youth" => words.say("unit-kind-youth"),
        "office" => words.say("unit-kind-office"),
        _ => kind.to_owned(),
    }
}

/// The fields of the form.
const KNOWN: [&str; 7] = ["survey", "wave", "opens", "closes", "mode", "role", "unit"];

/// Makes the wave, or shows the form again with everything that is wrong.
pub(crate) async fn make(visit: Visit, form: Fields) -> Result<Response, AppError> {
    let sent = fields(form, &KNOWN)?;
    let coordinator = visit.coordinator().await?;
    let units = own_units(&visit, &coordinator).await?;
    let mut problems = BTreeSet::new();
    let order = read(&visit, &coordinator, &units, &sent, &mut problems).await?;
    let Some(order) = order.filter(|_| problems.is_empty()) else {
        return Ok(refused(&visit, &coordinator, &units, &sent, problems));
    };
    let id = order.id.clone();
    let service = &visit.app.service;
    let opens_now = order.opens <= service.today();
    service.create_wave(order).await?;
    if opens_now {
        service.open_wave(&id).await?;
    }
    Ok(on_to(
        &format!("{}?done=made", address::wave(visit.lang, id.as_str())),
        [],
    ))
}

async fn read(
    visit: &Visit,
    coordinator: &Coordinator,
    own: &[Unit],
    sent: &[(String, String)],
    problems: &mut BTreeSet<NewWaveProblem>,
) -> Result<Option<WaveOrder>, AppError> {
    let service = &visit.app.service;
    let text = |name: &str| field(sent, name).unwrap_or_default().trim();
    let survey = newest(visit, text("survey"));
    let id = WaveId::new(text("wave")).ok();
    let opens: Option<Date> = text("opens").parse().ok();
    let closes: Option<Date> = text("closes").parse().ok();
    let roles = role_ids(visit, sent);
    let units = unit_ids(own, sent);
    for (is_wrong, problem) in [
        (survey.is_none(), NewWaveProblem::NoSurvey),
        (id.is_none(), NewWaveProblem::WaveId),
        (opens.is_none(), NewWaveProblem::Opens),
        (closes.is_none(), NewWaveProblem::Closes),
        (roles.is_none(), NewWaveProblem::Roles),
        (units.is_none() || own.is_empty(), NewWaveProblem::Units),
    ] {
        if is_wrong {
            problems.insert(problem);
        }
    }
    if let (Some(opens), Some(closes)) = (opens, closes)
        && (closes < opens || closes < service.today())
    {
        problems.insert(NewWaveProblem::ClosesTooEarly);
    }
    if let Some(id) = &id
        && service.store.wave(id).await?.is_some()
    {
        problems.insert(NewWaveProblem::WaveExists);
    }
    let municipalities: BTreeSet<MunicipalityCode> = super::home::own_city(coordinator)
        .into_iter()
        .cloned()
        .collect();
    let (Some(id), Some(survey), Some(opens), Some(closes)) = (id, survey, opens, closes) else {
        return Ok(None);
    };
    Ok(roles.zip(units).map(|(roles, units)| WaveOrder {
        id,
        survey,
        opens,
        closes,
        roles,
        municipalities,
        units,
        mode: mode(sent),
    }))
}

/// How the wave is answered: by codes unless the open link was chosen.
fn mode(sent: &[(String, String)]) -> Mode {
    match field(sent, "mode") {
        Some(OPEN_LINK) => Mode::OpenLink,
        _ => Mode::Codes,
    }
}

/// A wave is made from the newest release; an older page may still name the one before.
fn newest(visit: &Visit, text: &str) -> Option<SurveyId> {
    let survey = SurveyId::new(text.split('@').next()?).ok()?;
    visit.app.service.newest_release(&survey).map(|_| survey)
}

fn role_ids(visit: &Visit, sent: &[(String, String)]) -> Option<BTreeSet<RoleId>> {
    let catalog = &visit.app.service.catalog;
    values(sent, "role")
        .map(|text| RoleId::new(text).ok())
        .map(|id| id.filter(|id| catalog.role(id).is_some_and(|it| it.kind == RoleKind::Role)))
        .collect()
}

fn unit_ids(own: &[Unit], sent: &[(String, String)]) -> Option<BTreeSet<UnitId>> {
    values(sent, "unit")
        .map(|text| UnitId::new(text).ok())
        .map(|id| id.filter(|id| own.iter().any(|unit| unit.id == *id)))
        .collect()
}

fn values<'a>(sent: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    let filled = sent
        .iter()
        .filter(move |(key, value)| key == name && !value.is_empty());
    filled.map(|(_, value)| value.as_str())
}

fn refused(
    visit: &Visit,
    coordinator: &Coordinator,
    units: &[Unit],
    sent: &[(String, String)],
    problems: BTreeSet<NewWaveProblem>,
) -> Response {
    let text = |name: &str| field(sent, name).unwrap_or_default().to_owned();
    let shown = NewWavePage {
        survey: text("survey"),
        wave: text("wave"),
        opens: text("opens"),
        closes: text("closes"),
        open_link: mode(sent) == Mode::OpenLink,
        chosen_roles: values(sent, "role").map(str::to_owned).collect(),
        chosen_units: values(sent, "unit").map(str::to_owned).collect(),
        problems: problems.into_iter().collect(),
        ..empty_page(visit, coordinator, units)
    };
    page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        render_new_wave(&shown, &visit.ctx),
    )
}
