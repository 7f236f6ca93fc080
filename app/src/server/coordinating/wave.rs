//! A wave: rounded progress, codes, closing, released findings.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use serde::Deserialize;
use surveys::Lang;
use surveys::network::Unit;

use super::home::together;
use super::{Desk, city_words, desk, place_name, place_words};
use crate::access::{Action, Actor, Place, allows};
use crate::error::AppError;
use crate::pages::{
    Choice, ChoiceGroup, ClosePage, FindingsPage, LinkRow, ReleaseLink, RoundedShare, UnitProgress,
    WaveNotice, WavePage, WaveState, address, position::role_choices, render_close_wave,
    render_findings, render_wave,
};
use crate::server::answering::open_link;
use crate::server::published;
use crate::server::service::{GRACE, Service};
use crate::server::visit::{Visit, on_to, page, page_with};
use crate::server::waves::MOST_CODES;
use crate::store::{Coordinator, Mode, UnitCount, WaveCity, WaveState as Stored};

/// Groups with fewer staff show no progress (DC-11).
const LEAST_STAFF: u64 = 20;

/// What has just been done, from the address the browser was sent to.
#[derive(Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// Shows a wave.
pub(crate) async fn wave(
    Path((_, wave)): Path<(String, String)>,
    Query(done): Query<Done>,
    visit: Visit,
) -> Result<Response, AppError> {
    let desk = desk(&visit, &wave, Action::SeeProgress).await?;
    let notice = match done.done.as_deref() {
        Some("made") => Some(WaveNotice::Made),
        Some("closed") => Some(WaveNotice::Closed),
        _ => None,
    };
    let model = wave_page(&visit, &desk, notice).await?;
    Ok(page(render_wave(&model, &visit.ctx)))
}

/// Shows a wave again with why a form was refused.
pub(super) async fn refused(
    visit: &Visit,
    desk: &Desk,
    notice: WaveNotice,
) -> Result<Response, AppError> {
    let status = match notice {
        WaveNotice::NotOpen => StatusCode::GONE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let model = wave_page(visit, desk, Some(notice)).await?;
    Ok(page_with(status, render_wave(&model, &visit.ctx)))
}

async fn wave_page(
    visit: &Visit,
    desk: &Desk,
    notice: Option<WaveNotice>,
) -> Result<WavePage, AppError> {
    let service = &visit.app.service;
    let (counted, counts) = visit.app.counts(&desk.wave).await?;
    let counts: Vec<UnitCount> = counts
        .into_iter()
        .filter(|count| desk.cities.contains(&count.municipality))
        .collect();
    let units: Vec<Unit> = service.store.units().await?;
    let place = place_name(service, &desk.coordinator);
    let names = |count: &UnitCount| unit_words(service, desk, &units, count, visit.lang);
    let (opens, closes) = dates(desk)?;
    Ok(WavePage {
        wave: desk.wave.id.to_string(),
        survey: service
            .release_of(&desk.wave)?
            .survey()
            .title
            .get(visit.lang)
            .to_owned(),
        state: state(desk)?,
        opens,
        closes,
        closes_itself: !desk.wave.simulated,
        progress: counts
            .iter()
            .map(|count| UnitProgress {
                unit: names(count),
                staff: (count.staff > 0).then_some(count.staff),
                share: rounded(count.answers, count.staff),
            })
            .collect(),
        total: total(&counts),
        counted: Some(counted),
        codes: codes_made(desk, &counts),
        open_link: cities(desk).iter().any(|it| it.mode == Mode::OpenLink),
        links: links(visit, desk, &counts, &units),
        small_group: cities(desk).iter().any(|it| it.small_group),
        units: counts
            .iter()
            .map(|it| Choice::new(it.unit.as_str(), lacking(visit, it, names(it))))
            .collect(),
        public_url: visit.app.public_url.clone(),
        most_codes: MOST_CODES,
        roles: asked_roles(service, desk, visit.lang),
        releases: published::releases(&service.folder, &desk.wave.id, &place)
            .into_iter()
            .map(|number| ReleaseLink { number })
            .collect(),
        handbook: published::newest_handbook(&service.folder, &place, visit.lang),
        notice,
    })
}

/// The unit's name, and for how many of its staff there is no code yet.
fn lacking(visit: &Visit, count: &UnitCount, unit: String) -> String {
    match count.lacking_codes() {
        0 => unit,
        lacking => visit.ctx.words().say_with(
            "wave-unit-lacks",
            [("unit", unit.into()), ("count", lacking.into())],
        ),
    }
}

/// Codes go with the freeze of their city, so a sum over frozen ones would not be true.
fn codes_made(desk: &Desk, counts: &[UnitCount]) -> Option<u64> {
    let any_frozen = cities(desk).iter().any(|it| it.state == Stored::Frozen);
    (!any_frozen).then(|| counts.iter().map(|count| count.codes).sum())
}

/// Staff groups that the wave asks, as the respondents choose among them.
fn asked_roles(service: &Service, desk: &Desk, lang: Lang) -> Vec<ChoiceGroup> {
    let (catalog, asked) = (&service.catalog, &desk.wave.roles);
    let mut groups = role_choices(&catalog.role_groups, &catalog.roles, lang);
    for group in &mut groups {
        let is_asked = |role: &Choice| asked.is_empty() || asked.contains(role.value.as_str());
        group.choices.retain(is_asked);
    }
    groups.retain(|group| !group.choices.is_empty());
    groups
}

/// The open links of each city and its units.
fn links(visit: &Visit, desk: &Desk, counts: &[UnitCount], units: &[Unit]) -> Vec<LinkRow> {
    let service = &visit.app.service;
    let mut rows = Vec::new();
    for code in &desk.cities {
        let link = desk.wave.cities.get(code).and_then(|city| city.open_link);
        let Some(link) = link else { continue };
        rows.push(LinkRow {
            place: visit.ctx.words().say_with(
                "wave-link-of-city",
                [("city", city_words(service, code, visit.lang).into())],
            ),
            address: open_link::whole(visit, link, None),
            poster: address::poster(visit.lang, desk.wave.id.as_str(), code.as_str(), None),
        });
        let own = counts.iter().filter(|count| count.municipality == *code);
        rows.extend(own.map(|count| LinkRow {
            place: unit_words(service, desk, units, count, visit.lang),
            address: open_link::whole(visit, link, Some(&count.unit)),
            poster: address::poster(
                visit.lang,
                desk.wave.id.as_str(),
                code.as_str(),
                Some(count.unit.as_str()),
            ),
        }));
    }
    rows
}

fn cities(desk: &Desk) -> Vec<&WaveCity> {
    desk.cities
        .iter()
        .filter_map(|code| desk.wave.cities.get(code))
        .collect()
}

fn state(desk: &Desk) -> Result<WaveState, AppError> {
    together(&cities(desk)).ok_or(AppError::NotFound)
}

fn dates(desk: &Desk) -> Result<(Date, Date), AppError> {
    let cities = cities(desk);
    let opens = cities.iter().map(|city| city.opens).min();
    let closes = cities.iter().map(|city| city.closes).max();
    opens.zip(closes).ok_or(AppError::NotFound)
}

/// Units have the same names in many towns, so the network sees the town as well.
fn unit_words(
    service: &Service,
    desk: &Desk,
    units: &[Unit],
    count: &UnitCount,
    lang: Lang,
) -> String {
    let unit = units
        .iter()
        .find(|unit| unit.municipality == count.municipality && unit.id == count.unit)
        .map_or_else(
            || count.unit.to_string(),
            |unit| unit.name.get(lang).to_owned(),
        );
    match desk.coordinator {
        Coordinator::Network => {
            format!("{unit}, {}", city_words(service, &count.municipality, lang))
        }
        Coordinator::Municipality(_) => unit,
    }
}

/// Rounds to the nearest ten per cent; small groups show nothing (DC-11).
fn rounded(answers: u64, staff: u64) -> RoundedShare {
    match staff {
        0 => RoundedShare::Unknown,
        1..LEAST_STAFF => RoundedShare::TooFew,
        _ => {
            let tenths = (answers.min(staff) * 20 + staff) / (2 * staff);
            RoundedShare::Percent(u8::try_from(tenths * 10).unwrap_or(100))
        }
    }
}

fn total(counts: &[UnitCount]) -> RoundedShare {
    rounded(
        counts.iter().map(|count| count.answers).sum(),
        counts.iter().map(|count| count.staff).sum(),
    )
}

/// Asks before a wave is closed.
pub(crate) async fn close_form(
    Path((_, wave)): Path<(String, String)>,
    visit: Visit,
) -> Result<Response, AppError> {
    let desk = desk(&visit, &wave, Action::CloseWave).await?;
    if state(&desk)? != WaveState::Open {
        return Ok(on_to(&address::wave(visit.lang, &wave), []));
    }
    let (_, counts) = visit.app.counts(&desk.wave).await?;
    let counts: Vec<UnitCount> = counts
        .into_iter()
        .filter(|count| desk.cities.contains(&count.municipality))
        .collect();
    let service = &visit.app.service;
    let asked = ClosePage {
        wave,
        survey: service
            .release_of(&desk.wave)?
            .survey()
            .title
            .get(visit.lang)
            .to_owned(),
        total: total(&counts),
        closes: dates(&desk)?.1,
        closes_itself: !desk.wave.simulated,
    };
    Ok(page(render_close_wave(&asked, &visit.ctx)))
}

/// Closes a wave where it is open and in scope; the rest is mixed after the grace.
pub(crate) async fn close(
    Path((_, wave)): Path<(String, String)>,
    visit: Visit,
) -> Result<Response, AppError> {
    let desk = desk(&visit, &wave, Action::CloseWave).await?;
    for city in &desk.cities {
        if desk
            .wave
            .cities
            .get(city)
            .is_some_and(|it| it.state == Stored::Open)
        {
            visit
                .app
                .service
                .close_wave_in(&desk.wave.id, city, GRACE)
                .await?;
        }
    }
    Ok(on_to(
        &format!("{}?done=closed", address::wave(visit.lang, &wave)),
        [],
    ))
}

/// Shows released findings of the coordinator's own place.
pub(crate) async fn findings(
    Path((_, wave, release)): Path<(String, String, String)>,
    visit: Visit,
) -> Result<Response, AppError> {
    let desk = desk(&visit, &wave, Action::SeeProgress).await?;
    let place = super::home::own_city(&desk.coordinator);
    let place = place.map_or(Place::Network, Place::Municipality);
    if !allows(
        Actor::Coordinator(&desk.coordinator),
        Action::SeeFindings,
        place,
    ) {
        return Err(AppError::NotFound);
    }
    let release: u32 = release.parse().map_err(|_| AppError::NotFound)?;
    let service = &visit.app.service;
    let name = place_name(service, &desk.coordinator);
    let shown = FindingsPage {
        survey: service
            .release_of(&desk.wave)?
            .survey()
            .title
            .get(visit.lang)
            .to_owned(),
        place: place_words(service, &desk.coordinator, visit.lang).await?,
        findings: published::findings(&service.folder, &desk.wave.id, release, &name)?,
        wave,
    };
    Ok(page(render_findings(&shown, &visit.ctx)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_rounded_and_small_groups_show_none() {
        assert_eq!(rounded(0, 0), RoundedShare::Unknown);
        assert_eq!(rounded(19, 19), RoundedShare::TooFew);
        assert_eq!(rounded(0, 20), RoundedShare::Percent(0));
        assert_eq!(rounded(13, 20), RoundedShare::Percent(70));
        assert_eq!(rounded(44, 100), RoundedShare::Percent(40));
        assert_eq!(rounded(45, 100), RoundedShare::Percent(50));
        // A register may be behind: more answers than staff are still all of them.
        assert_eq!(rounded(30, 20), RoundedShare::Percent(100));
    }
}
