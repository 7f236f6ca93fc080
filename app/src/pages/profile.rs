//! The own profile, right after sending: level by area and competence against the target of the
//! own role, what to do next and whom to ask.
//!
//! The same parts make the page and the file that a person keeps ([`render_saved_profile`]).

mod earlier;
mod in_words;
mod keep;
mod levels;
mod next;
mod other_work;
mod peers;

use leptos::prelude::*;

pub use self::earlier::Earlier;
pub use self::peers::Peers;

use self::earlier::{earlier, own_code};
use self::in_words::{in_short, sentences};
use self::keep::keep;
use self::levels::{competences, figure, level_table};
use self::next::{next_steps, whom_to_ask};
use self::other_work::other_work;
use self::peers::peers;
use super::{PageContext, words::Words};
use crate::components::{Look, Problem, ProblemList, Shell, document, saved_document};

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
    /// Whom to ask and where to learn in the own city.
    pub help: CityHelp,
    /// Released network figures of the own role group, where there are any.
    pub peers: Option<Peers>,
    /// The code of these levels, to compare a later profile with.
    pub level_code: String,
    /// What is known of an earlier survey.
    pub earlier: Earlier,
    /// Target levels of other roles and duties to compare with.
    pub comparisons: Vec<Comparison>,
    /// The receipt's number, shown once after sending.
    pub receipt: Option<String>,
    /// The return code, right after sending.
    pub return_code: Option<String>,
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
    /// Its competences; each has the area's target.
    pub competences: Vec<ProfileCompetence>,
}

/// A competence of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileCompetence {
    /// Its title in the framework.
    pub title: String,
    /// The own score, none where nothing was answered.
    pub score: Option<f64>,
}

/// A next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The area it belongs to.
    pub area: String,
    /// What to do, beginning with a verb.
    pub text: String,
}

/// Whom to ask and where to learn in a city; both may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CityHelp {
    /// The city's name, where it is known.
    pub city: Option<String>,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// Where to learn.
    pub trainings: Vec<Training>,
}

/// Somebody who helps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who.
    pub name: String,
    /// With what, or when.
    pub about: Option<String>,
    /// Telephone number, mail address and page: the words and the address behind them.
    pub ways: Vec<(String, String)>,
}

/// A training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Training {
    /// Its title.
    pub title: String,
    /// Its page.
    pub address: String,
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
    let problems = problems(words, &page);
    let shell =
        Shell::new(words.say("profile-title"), Look::Profile).with_problems(!problems.is_empty());
    document(ctx, shell, || {
        view! {
            <ProblemList words problems/>
            <h1>{words.say("profile-title")}</h1>
            <p class="lead">{in_short(words, &page)}</p>
            <p class="quiet small">{about(words, &page)}</p>
            {figure(words, page.clone())}
            {level_table(words, page.clone())}
            <details>
                <summary>{words.say("profile-competences-heading")}</summary>
                {competences(words, page.clone())}
            </details>
            {next_steps(words, page.clone())}
            {whom_to_ask(words, page.help.clone())}
            {keep(ctx, page.clone())}
            {earlier(ctx, &page)}
            {peers(words, &page)}
            <InWords words page=page.clone()/>
            {other_work(ctx, page.clone())}
            <Limits words/>
        }
    })
}

/// Renders the own profile as a file to keep: whole, without scripts, and fit for A4.
#[must_use]
pub fn render_saved_profile(
    page: &ProfilePage,
    saved: jiff::civil::Date,
    ctx: &PageContext,
) -> String {
    let words = ctx.words();
    let page = page.clone();
    let saved = words.say_with("profile-saved-on", [("date", words.date(saved).into())]);
    saved_document(ctx, words.say("profile-title"), || {
        view! {
            <h1>{words.say("profile-title")}</h1>
            <p class="quiet small">{page.survey_title.clone()} ". " {saved}</p>
            <p class="lead">{in_short(words, &page)}</p>
            <p class="quiet small">{about(words, &page)}</p>
            {figure(words, page.clone())}
            {level_table(words, page.clone())}
            {next_steps(words, page.clone())}
            {whom_to_ask(words, page.help.clone())}
            {peers(words, &page)}
            <h2>{words.say("profile-code-heading")}</h2>
            {own_code(words, &page)}
            <Limits words/>
            <InWords words page=page.clone()/>
            <h2>{words.say("profile-competences-heading")}</h2>
            {competences(words, page.clone())}
        }
    })
}

fn problems(words: Words, page: &ProfilePage) -> Vec<Problem> {
    match page.earlier {
        Earlier::Refused(_) => vec![Problem {
            field: "earlier-code".to_owned(),
            text: words.say("profile-earlier-refused"),
        }],
        Earlier::NotAsked | Earlier::Found { .. } => Vec::new(),
    }
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

/// The values of the table as sentences.
#[component]
fn InWords(words: Words, page: ProfilePage) -> impl IntoView {
    let lines = sentences(words, &page)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect_view();
    view! {
        <h2>{words.say("profile-in-words")}</h2>
        <ul>{lines}</ul>
    }
}

/// What a self-rating does not say.
#[component]
fn Limits(words: Words) -> impl IntoView {
    view! {
        <h2>{words.say("profile-limits-heading")}</h2>
        <ul>
            <li>{words.say("profile-limits-self")}</li>
            <li>{words.say("profile-limits-work")}</li>
            <li>{words.say("profile-limits-lead")}</li>
        </ul>
    }
}
