//! The own profile, right after sending: level by area against the target of the own role.

use leptos::prelude::*;

use super::{
    PageContext,
    profile_words::{as_text, distance_text, in_short, own_text, sentences, target_text},
    words::Words,
};
use crate::{
    components::{
        ForgetUnsent, IslandLoader, Look, Markdown, PrintButton, Shell, document, percent_encoded,
    },
    islands::{CompareLabels, CompareTargets, TargetChoice},
};

/// The own profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfilePage {
    /// The survey's name.
    pub survey_title: String,
    /// The respondent's work in words.
    pub role: String,
    /// Whether the targets are proposals that the city has yet to decide.
    pub targets_are_proposals: bool,
    /// The lowest and the highest step.
    pub scale: (u8, u8),
    /// The words of the steps, from low to high.
    pub steps: Vec<String>,
    /// Competence areas in the survey's order.
    pub areas: Vec<ProfileArea>,
    /// What is offered next, at most three are shown.
    pub next_steps: Vec<NextStep>,
    /// Target levels of other roles and duties to compare with.
    pub comparisons: Vec<Comparison>,
    /// The receipt's number, shown once after sending.
    pub receipt: Option<String>,
    /// A sentence of the survey after sending (`thanks`), in Markdown; may be empty.
    pub thanks: String,
}

/// A competence area of the profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileArea {
    /// The dimension's id.
    pub id: String,
    /// The name in work language.
    pub title: String,
    /// One sentence on what it covers.
    pub gist: Option<String>,
    /// The own score, none where too few items were answered.
    pub score: Option<f64>,
    /// The step that the score means in words and figures (changes at 1.5, 2.5, 3.5).
    pub step: Option<u8>,
    /// The target level of the own role, none where there is no target.
    pub target: Option<u8>,
}

/// A next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The area it belongs to.
    pub area: String,
    /// What to do, beginning with a verb.
    pub text: String,
}

/// Target levels to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The role group's or duty's name.
    pub name: String,
    /// Target by area, in the order of [`ProfilePage::areas`].
    pub targets: Vec<Option<u8>>,
}

/// Renders the own profile.
#[must_use]
pub fn render_profile(page: &ProfilePage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let page = page.clone();
    document(
        ctx,
        Shell::new(words.say("profile-title"), Look::Profile),
        || {
            view! {
                <h1>{words.say("profile-title")}</h1>
                <p class="lead">{in_short(words, &page)}</p>
                <p class="quiet small">{about(words, &page)}</p>
                    <Figure words page=page.clone()/>
                <LevelTable words page=page.clone()/>
                <NextSteps words page=page.clone()/>
            <Keep ctx=ctx.clone() page=page.clone()/>
                <h2>{words.say("profile-in-words")}</h2>
                <ul>{sentences(words, &page).into_iter().map(|s| view! { <li>{s}</li> }).collect_view()}</ul>
                <Compare ctx=ctx.clone() page=page.clone()/>
                <h2>{words.say("profile-limits-heading")}</h2>
                <ul>
                    <li>{words.say("profile-limits-self")}</li>
                    <li>{words.say("profile-limits-work")}</li>
                    <li>{words.say("profile-limits-lead")}</li>
                </ul>
            }
        },
    )
}

/// Whose profile, against whose targets.
fn about(words: Words, page: &ProfilePage) -> String {
    let about = words.say_with("profile-about", [("role", page.role.as_str().into())]);
    if page.targets_are_proposals {
        format!("{about} {}", words.say("profile-proposals"))
    } else {
        about
    }
}

/// The receipt, the survey's thanks, and the ways to keep the profile.
#[component]
fn Keep(ctx: PageContext, page: ProfilePage) -> impl IntoView {
    let words = ctx.words();
    let file = format!(
        "data:text/plain;charset=utf-8,{}",
        percent_encoded(&as_text(words, &page))
    );
    view! {
        <div class="note no-print">
            <Markdown text=page.thanks/>
            {page
                .receipt
                .map(|receipt| view! { <p>{words.say_with("profile-receipt", [("receipt", receipt.into())])}</p> })}
            <div class="buttons">
                <a class="button second" href=file download=words.say("profile-file-name")>
                    {words.say("profile-save")}
                </a>
                <PrintButton words nonce=ctx.nonce.clone()/>
                <ForgetUnsent nonce=ctx.nonce.clone()/>
            </div>
        </div>
    }
}

/// The radar, drawn by `charts`; the table beneath says the same.
#[component]
fn Figure(words: Words, page: ProfilePage) -> impl IntoView {
    let spec = charts::ProfileSpec {
        frame: charts::Frame {
            id: "own".to_owned(),
            title: words.say("profile-figure-title"),
            measure: words.say_with(
                "profile-figure-measure",
                [("low", page.scale.0.into()), ("high", page.scale.1.into())],
            ),
        },
        scale: [f64::from(page.scale.0), f64::from(page.scale.1)],
        row_kind: words.say("column-area"),
        score_name: words.say("column-own"),
        target_name: words.say("column-target"),
        rows: page
            .areas
            .iter()
            .map(|area| charts::ProfileRow {
                label: area.title.clone(),
                score: area
                    .score
                    .map_or(charts::Figure::Withheld, charts::Figure::value),
                target: area
                    .target
                    .map(|target| charts::Figure::value(f64::from(target))),
            })
            .collect(),
    };
    let chart = charts::radar(&spec, words.lang);
    let any_score = page.areas.iter().any(|area| area.score.is_some());
    any_score.then(|| view! { <figure class="figure" inner_html=chart.svg></figure> })
}

/// Level, target and distance by area.
#[component]
fn LevelTable(words: Words, page: ProfilePage) -> impl IntoView {
    let rows = page
        .areas
        .iter()
        .map(|area| {
            view! {
                <tr>
                    <th scope="row">{area.title.clone()}</th>
                    <td class="n">{own_text(words, area)}</td>
                    <td class="n">{target_text(words, area.target)}</td>
                    <td class="n">{distance_text(words, area, area.target)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table>
            <caption>
                {words.say_with(
                    "profile-table-caption",
                    [("low", page.scale.0.into()), ("high", page.scale.1.into())],
                )}
            </caption>
            <thead>
                <tr>
                    <th scope="col">{words.say("column-area")}</th>
                    <th scope="col" class="n">{words.say("column-own")}</th>
                    <th scope="col" class="n">{words.say("column-target")}</th>
                    <th scope="col" class="n">{words.say("column-distance")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <ol class="small quiet steps-key" start=page.scale.0.to_string()>
            {page.steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}
        </ol>
    }
}

/// At most three things to do, a card each.
#[component]
fn NextSteps(words: Words, page: ProfilePage) -> impl IntoView {
    (!page.next_steps.is_empty()).then(|| {
        let cards = page
            .next_steps
            .into_iter()
            .take(3)
            .map(|step| {
                view! {
                    <li>
                        <span class="area">{step.area}</span>
                        {step.text}
                    </li>
                }
            })
            .collect_view();
        view! {
            <h2>{words.say("profile-next-heading")}</h2>
            <ul class="next">{cards}</ul>
        }
    })
}

/// The targets of other work. An island chooses one; without it every one can be opened.
#[component]
fn Compare(ctx: PageContext, page: ProfilePage) -> impl IntoView {
    let words = ctx.words();
    if page.comparisons.is_empty() {
        return None;
    }
    let labels = CompareLabels {
        choose: words.say("profile-compare-choose"),
        area: words.say("column-area"),
        own: words.say("column-own"),
        target: words.say("column-target"),
        distance: words.say("column-distance"),
    };
    let areas: Vec<String> = page.areas.iter().map(|area| area.title.clone()).collect();
    let own: Vec<String> = page
        .areas
        .iter()
        .map(|area| own_text(words, area))
        .collect();
    let choices: Vec<TargetChoice> = page
        .comparisons
        .iter()
        .map(|comparison| {
            let pairs = || page.areas.iter().zip(&comparison.targets);
            TargetChoice {
                name: comparison.name.clone(),
                targets: pairs()
                    .map(|(_, target)| target_text(words, *target))
                    .collect(),
                distances: pairs()
                    .map(|(area, target)| distance_text(words, area, *target))
                    .collect(),
            }
        })
        .collect();
    Some(view! {
        <div class="no-print">
            <h2>{words.say("profile-compare-heading")}</h2>
            <p>{words.say("profile-compare-lead")}</p>
            <CompareTargets areas own choices labels/>
            <IslandLoader ctx=ctx.clone()/>
        </div>
    })
}
