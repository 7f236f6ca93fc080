//! A wave: progress, codes, closing, findings. Forms: codes with `unit` (a unit's id, or empty
//! for codes without a unit) and `count`; closing without fields.

use leptos::prelude::*;

use super::{
    Choice, ChoiceGroup, PageContext, WaveState, address, coordinator_home::StateMark, words::Words,
};
use crate::components::{HiddenFields, LocalAddress, Problem, ProblemList, Shell, document};

/// A wave in a municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WavePage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// What is going on.
    pub state: WaveState,
    /// First day.
    pub opens: jiff::civil::Date,
    /// Last day.
    pub closes: jiff::civil::Date,
    /// Whether it closes by itself after the last day; an invented wave does not.
    pub closes_itself: bool,
    /// Progress by unit, rounded.
    pub progress: Vec<UnitProgress>,
    /// Progress of all units together, rounded.
    pub total: RoundedShare,
    /// When the progress was counted.
    pub counted: Option<jiff::civil::Date>,
    /// How many codes have been made; nothing once they are deleted.
    pub codes: Option<u64>,
    /// Whether the wave is answered by an open link instead of codes.
    pub open_link: bool,
    /// The open links, by place.
    pub links: Vec<LinkRow>,
    /// Whether so few answers came that mixing protects less.
    pub small_group: bool,
    /// Units that codes can be made for.
    pub units: Vec<Choice>,
    /// The address that slips, posters and paper forms carry.
    pub public_url: String,
    /// How many codes may be made at once.
    pub most_codes: u32,
    /// Staff groups that are asked, by group, for the questionnaire on paper.
    pub roles: Vec<ChoiceGroup>,
    /// Released findings, the newest first.
    pub releases: Vec<ReleaseLink>,
    /// The published handbook in this language, if there is one.
    pub handbook: Option<String>,
    /// What just happened, or why a form was refused.
    pub notice: Option<WaveNotice>,
}

/// An open link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRow {
    /// The city or the unit.
    pub place: String,
    /// The whole address.
    pub address: String,
    /// Where it stands as a sheet for a wall.
    pub poster: String,
}

/// Progress of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitProgress {
    /// The unit's name.
    pub unit: String,
    /// Staff by the register, if it is known.
    pub staff: Option<u64>,
    /// How many have answered, rounded.
    pub share: RoundedShare,
}

/// A share of answers that tells nothing about one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundedShare {
    /// To the nearest ten per cent.
    Percent(u8),
    /// Too few staff to tell.
    TooFew,
    /// The register gives no staff number.
    Unknown,
}

/// Released findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseLink {
    /// The release's number.
    pub number: u32,
}

/// What just happened on a wave's page, or why a form was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaveNotice {
    /// The wave was made.
    Made,
    /// The wave was closed.
    Closed,
    /// No number of codes was given, and every member of staff has one.
    CodesEnough,
    /// The number of codes is not one that can be made.
    CodeCount,
    /// The unit is not known.
    CodeUnit,
    /// The wave is closed, so no codes can be made.
    NotOpen,
}

/// The question before a wave is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosePage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// Progress of all units together, rounded.
    pub total: RoundedShare,
    /// The last day.
    pub closes: jiff::civil::Date,
    /// Whether it would close by itself after that day.
    pub closes_itself: bool,
}

/// Renders a wave.
#[must_use]
pub fn render_wave(page: &WavePage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let page = page.clone();
    let problems = problems(words, page.notice);
    let shell = Shell::coordinator(page.wave.clone()).with_problems(!problems.is_empty());
    document(ctx, shell, || {
        view! {
            <p class="crumb">
                <a href=address::coordinator(ctx.lang)>{words.say("crumb-home")}</a>
            </p>
            <ProblemList words problems/>
            <h1>{page.wave.clone()}</h1>
            <Done words notice=page.notice open_link=page.open_link/>
            <Facts words page=page.clone()/>
            <h2>{words.say("wave-progress")}</h2>
            <ProgressTable words page=page.clone()/>
            {(!matches!(page.state, WaveState::Closed | WaveState::Frozen))
                .then(|| view! { <LocalAddress words address=page.public_url.clone()/> })}
            <CodesForm ctx=ctx.clone() page=page.clone()/>
            <Links words page=page.clone()/>
            <PaperForm words page=page.clone()/>
            <Outcome words page=page.clone()/>
            <Closing words page=page.clone()/>
        }
    })
}

fn problems(words: Words, notice: Option<WaveNotice>) -> Vec<Problem> {
    let (field, text) = match notice {
        Some(WaveNotice::CodeCount) => ("count", words.say("wave-code-count")),
        Some(WaveNotice::CodesEnough) => ("count", words.say("wave-codes-enough")),
        Some(WaveNotice::CodeUnit) => ("unit", words.say("wave-code-unit")),
        Some(WaveNotice::NotOpen) => ("codes", words.say("wave-codes-closed")),
        _ => return Vec::new(),
    };
    vec![Problem {
        field: field.to_owned(),
        text,
    }]
}

/// What has just been done.
#[component]
fn Done(words: Words, notice: Option<WaveNotice>, open_link: bool) -> impl IntoView {
    let text = match notice {
        Some(WaveNotice::Made) if open_link => words.say("wave-made-open-link"),
        Some(WaveNotice::Made) => words.say("wave-made"),
        Some(WaveNotice::Closed) => words.say("wave-was-closed"),
        _ => return None,
    };
    Some(view! { <p class="note" role="status">{text}</p> })
}

/// Survey, state and dates.
#[component]
fn Facts(words: Words, page: WavePage) -> impl IntoView {
    let mode = if page.open_link {
        words.say("mode-open-link")
    } else {
        words.say("mode-codes")
    };
    let codes = match page.codes {
        Some(codes) => words.whole(codes),
        None => words.say("wave-codes-deleted"),
    };
    view! {
        <dl class="facts">
            <dt>{words.say("column-survey")}</dt>
            <dd>{page.survey}</dd>
            <dt>{words.say("column-state")}</dt>
            <dd><StateMark words state=page.state/></dd>
            <dt>{words.say("column-opens")}</dt>
            <dd>{words.date(page.opens)}</dd>
            <dt>{words.say("column-closes")}</dt>
            <dd>{words.date(page.closes)}</dd>
            <dt>{words.say("wave-mode")}</dt>
            <dd>{mode}</dd>
            {(!page.open_link)
                .then(|| {
                    view! {
                        <dt>{words.say("wave-codes-made")}</dt>
                        <dd>{codes}</dd>
                    }
                })}
        </dl>
        {page
            .small_group
            .then(|| view! { <p class="note">{words.say("wave-small-group")}</p> })}
    }
}

/// How the wave ends if nobody closes it.
fn end_text(words: Words, closes: jiff::civil::Date, closes_itself: bool) -> String {
    if closes_itself {
        words.say_with("wave-closes-itself", [("date", words.date(closes).into())])
    } else {
        words.say("wave-closes-by-hand")
    }
}

fn share_text(words: Words, share: RoundedShare) -> String {
    match share {
        RoundedShare::Percent(percent) => words.say_with(
            "wave-about",
            [("share", words.percent(f64::from(percent) / 100.0).into())],
        ),
        RoundedShare::TooFew => words.say("wave-too-few"),
        RoundedShare::Unknown => words.say("wave-no-staff-number"),
    }
}

/// Rounded progress by unit.
#[component]
fn ProgressTable(words: Words, page: WavePage) -> impl IntoView {
    let rows = page
        .progress
        .into_iter()
        .map(|unit| {
            view! {
                <tr>
                    <th scope="row">{unit.unit}</th>
                    <td class="n">{unit.staff.map(|staff| words.whole(staff)).unwrap_or_default()}</td>
                    <td class="n">{share_text(words, unit.share)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <p>
            {words.say_with("wave-total", [("share", share_text(words, page.total).into())])}
            " "
            {page
                .counted
                .map(|date| words.say_with("wave-counted", [("date", words.date(date).into())]))}
        </p>
        {page.open_link.then(|| view! { <p>{words.say("wave-open-link-counts")}</p> })}
        <p class="small quiet">{words.say("wave-rounded")}</p>
        <div class="table-wrap" role="region" aria-labelledby="progress-caption" tabindex="0">
            <table>
                <caption id="progress-caption" class="unseen">{words.say("wave-progress-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{words.say("column-unit")}</th>
                        <th scope="col" class="n">{words.say("column-staff")}</th>
                        <th scope="col" class="n">{words.say("column-answered")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Making codes; only while the wave is not closed.
#[component]
fn CodesForm(ctx: PageContext, page: WavePage) -> impl IntoView {
    let words = ctx.words();
    if page.open_link || matches!(page.state, WaveState::Closed | WaveState::Frozen) {
        return None;
    }
    let options = page
        .units
        .into_iter()
        .map(|unit| view! { <option value=unit.value>{unit.text}</option> })
        .collect_view();
    let invalid = |notice: WaveNotice| (page.notice == Some(notice)).then_some("true");
    let bad_count = invalid(WaveNotice::CodeCount).or(invalid(WaveNotice::CodesEnough));
    Some(view! {
        <h2 id="codes">{words.say("wave-codes")}</h2>
        <p>{words.say("wave-codes-lead")}</p>
        <form class="inline-form" method="post" action=address::codes(ctx.lang, &page.wave)>
            <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
            <div class="field">
                <label for="unit">{words.say("column-unit")}</label>
                <select id="unit" name="unit" aria-invalid=invalid(WaveNotice::CodeUnit)>
                    {options}
                </select>
            </div>
            <div class="field">
                <label for="count">{words.say("wave-how-many")}</label>
                <input
                    type="number"
                    id="count"
                    name="count"
                    min="1"
                    max=page.most_codes.to_string()
                    aria-invalid=bad_count
                    aria-describedby="count-hint"
                />
                <p class="small quiet" id="count-hint">{words.say("wave-how-many-hint")}</p>
            </div>
            <button class="button" type="submit">{words.say("wave-make-codes")}</button>
        </form>
    })
}

/// The open links, for mail and notice boards; only while the wave is not closed.
#[component]
fn Links(words: Words, page: WavePage) -> impl IntoView {
    if page.links.is_empty() || matches!(page.state, WaveState::Closed | WaveState::Frozen) {
        return None;
    }
    let rows = page
        .links
        .into_iter()
        .map(|link| {
            view! {
                <dt>{link.place.clone()}</dt>
                <dd>
                    <a class="address" href=link.address.clone()>{link.address.clone()}</a>
                    " "
                    <a href=link.poster>
                        {words.say("wave-poster")}
                        <span class="unseen">{format!(": {}", link.place)}</span>
                    </a>
                </dd>
            }
        })
        .collect_view();
    Some(view! {
        <h2 id="links">{words.say("wave-links")}</h2>
        <p>{words.say("wave-links-lead")}</p>
        <dl class="links">{rows}</dl>
    })
}

/// The questionnaire on paper and how it gets in again; only while the wave is not closed.
#[component]
fn PaperForm(words: Words, page: WavePage) -> impl IntoView {
    if page.roles.is_empty() || matches!(page.state, WaveState::Closed | WaveState::Frozen) {
        return None;
    }
    let typing = if page.open_link {
        words.say("wave-paper-entry-open-link")
    } else {
        words.say("wave-paper-entry")
    };
    let groups = page
        .roles
        .into_iter()
        .map(|group| {
            let options = group
                .choices
                .into_iter()
                .map(|role| view! { <option value=role.value>{role.text}</option> })
                .collect_view();
            view! { <optgroup label=group.name>{options}</optgroup> }
        })
        .collect_view();
    Some(view! {
        <h2 id="paper">{words.say("wave-paper")}</h2>
        <p>{words.say("wave-paper-lead")}</p>
        <form class="inline-form" method="get" action=address::paper(words.lang, &page.wave)>
            <div class="field">
                <label for="role">{words.say("column-role")}</label>
                <select id="role" name="role">
                    {groups}
                </select>
            </div>
            <button class="button second" type="submit">{words.say("wave-paper-go")}</button>
        </form>
        <p>{typing}</p>
        <p class="buttons">
            <a class="button second" href=address::paper_entry(words.lang)>
                {words.say("wave-paper-entry-go")}
            </a>
        </p>
    })
}

/// Released findings and the handbook.
#[component]
fn Outcome(words: Words, page: WavePage) -> impl IntoView {
    let releases = page
        .releases
        .iter()
        .map(|release| {
            let href = address::findings(words.lang, &page.wave, release.number);
            let text = words.say_with("wave-release", [("number", release.number.into())]);
            view! { <li><a href=href>{text}</a></li> }
        })
        .collect_view();
    view! {
        <h2>{words.say("wave-findings")}</h2>
        {if page.releases.is_empty() {
            view! { <p>{words.say("wave-no-findings")}</p> }.into_any()
        } else {
            view! { <ul>{releases}</ul> }.into_any()
        }}
        {page
            .handbook
            .map(|href| view! { <p><a href=href>{words.say("home-handbook-read")}</a></p> })}
    }
}

/// The way to closing an open wave.
#[component]
fn Closing(words: Words, page: WavePage) -> impl IntoView {
    (page.state == WaveState::Open).then(|| {
        view! {
            <h2>{words.say("wave-closing")}</h2>
            <p>{end_text(words, page.closes, page.closes_itself)}</p>
            <p class="buttons">
                <a class="button second" href=address::close_wave(words.lang, &page.wave)>
                    {words.say("wave-close")}
                </a>
            </p>
        }
    })
}

/// Renders the question before a wave is closed.
#[must_use]
pub fn render_close_wave(page: &ClosePage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let title = words.say_with("close-title", [("wave", page.wave.as_str().into())]);
    let share = share_text(words, page.total);
    document(ctx, Shell::coordinator(title.clone()), || {
        view! {
            <p class="crumb">
                <a href=address::wave(ctx.lang, &page.wave)>{page.wave.clone()}</a>
            </p>
            <h1>{title}</h1>
            <p class="lead">{words.say_with("close-so-far", [("share", share.into())])}</p>
            <ul>
                <li>{words.say("close-no-more")}</li>
                <li>{words.say("close-mixed")}</li>
                <li>{words.say("close-not-undone")}</li>
            </ul>
            <p>{end_text(words, page.closes, page.closes_itself)}</p>
            <form method="post" action=address::close_wave(ctx.lang, &page.wave)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                <div class="buttons">
                    <button class="button" type="submit">{words.say("close-go")}</button>
                    <a class="button second" href=address::wave(ctx.lang, &page.wave)>
                        {words.say("close-not-yet")}
                    </a>
                </div>
            </form>
        }
    })
}
