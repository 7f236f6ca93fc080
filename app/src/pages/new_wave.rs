//! The form for a new wave. Form: `survey` (`<id>@<release>`), `wave` (its id), `opens`,
//! `closes` (ISO dates), `mode` (`codes` or `open-link`), `role` (any number; none means all),
//! `unit` (any number; none means all).

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{PageContext, address, words::Words};
use crate::components::{HiddenFields, Problem, ProblemList, RadioRow, Shell, TickRow, document};

/// The value of `mode` for an open link.
pub const OPEN_LINK: &str = "open-link";
/// The value of `mode` for codes.
pub const CODES: &str = "codes";

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value sent by the form.
    pub value: String,
    /// The words.
    pub text: String,
}

impl Choice {
    /// Returns a choice.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Choice {
            value: value.into(),
            text: text.into(),
        }
    }
}

/// Choices under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// The heading.
    pub name: String,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// The form for a new wave, with what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewWavePage {
    /// Released surveys.
    pub surveys: Vec<Choice>,
    /// Roles by role group.
    pub roles: Vec<ChoiceGroup>,
    /// Units by kind or municipality.
    pub units: Vec<ChoiceGroup>,
    /// The survey chosen.
    pub survey: String,
    /// The id typed.
    pub wave: String,
    /// The first day typed.
    pub opens: String,
    /// The last day typed.
    pub closes: String,
    /// Whether an open link was chosen instead of codes.
    pub open_link: bool,
    /// The roles chosen.
    pub chosen_roles: BTreeSet<String>,
    /// The units chosen.
    pub chosen_units: BTreeSet<String>,
    /// Everything that is wrong.
    pub problems: Vec<NewWaveProblem>,
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NewWaveProblem {
    /// No released survey was chosen.
    NoSurvey,
    /// The id has not the shape of one.
    WaveId,
    /// A wave of this id exists.
    WaveExists,
    /// The first day is no date.
    Opens,
    /// The last day is no date.
    Closes,
    /// The last day is before the first, or past.
    ClosesTooEarly,
    /// A role that the catalogue does not know.
    Roles,
    /// A unit that the register does not know, or no unit at all.
    Units,
}

/// Renders the form for a new wave.
#[must_use]
pub fn render_new_wave(page: &NewWavePage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problems: Vec<Problem> = page
        .problems
        .iter()
        .map(|problem| Problem {
            field: field_of(*problem).to_owned(),
            text: problem_text(words, *problem),
        })
        .collect();
    let shell = Shell::coordinator(words.say("new-wave-title")).with_problems(!problems.is_empty());
    let page = page.clone();
    document(ctx, shell, || {
        view! {
            <p class="crumb">
                <a href=address::coordinator(ctx.lang)>{words.say("crumb-home")}</a>
            </p>
            <ProblemList words problems/>
            <h1>{words.say("new-wave-title")}</h1>
            <p>{words.say("new-wave-lead")}</p>
            <form class="form" method="post" action=address::new_wave(ctx.lang)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                <SurveyField words page=page.clone()/>
                <NameField words page=page.clone()/>
                <DateFields words page=page.clone()/>
                <ModeField words open_link=page.open_link/>
                <Ticks
                    words
                    name="role"
                    legend=words.say("new-wave-roles")
                    hint=words.say("new-wave-roles-hint")
                    problem=problem_of(words, &page, NewWaveProblem::Roles)
                    groups=page.roles.clone()
                    chosen=page.chosen_roles.clone()
                />
                <Ticks
                    words
                    name="unit"
                    legend=words.say("new-wave-units")
                    hint=words.say("new-wave-units-hint")
                    problem=problem_of(words, &page, NewWaveProblem::Units)
                    groups=page.units.clone()
                    chosen=page.chosen_units.clone()
                />
                <div class="buttons">
                    <button class="button" type="submit">{words.say("new-wave-go")}</button>
                </div>
            </form>
        }
    })
}

fn field_of(problem: NewWaveProblem) -> &'static str {
    match problem {
        NewWaveProblem::NoSurvey => "survey",
        NewWaveProblem::WaveId | NewWaveProblem::WaveExists => "wave",
        NewWaveProblem::Opens => "opens",
        NewWaveProblem::Closes | NewWaveProblem::ClosesTooEarly => "closes",
        NewWaveProblem::Roles => "role",
        NewWaveProblem::Units => "unit",
    }
}

fn problem_text(words: Words, problem: NewWaveProblem) -> String {
    match problem {
        NewWaveProblem::NoSurvey => words.say("new-wave-no-survey"),
        NewWaveProblem::WaveId => words.say("new-wave-bad-id"),
        NewWaveProblem::WaveExists => words.say("new-wave-exists"),
        NewWaveProblem::Opens => words.say("new-wave-bad-opens"),
        NewWaveProblem::Closes => words.say("new-wave-bad-closes"),
        NewWaveProblem::ClosesTooEarly => words.say("new-wave-closes-early"),
        NewWaveProblem::Roles => words.say("new-wave-bad-roles"),
        NewWaveProblem::Units => words.say("new-wave-bad-units"),
    }
}

/// Returns the sentence of a problem if the page has it.
fn problem_of(words: Words, page: &NewWavePage, problem: NewWaveProblem) -> Option<String> {
    page.problems
        .contains(&problem)
        .then(|| problem_text(words, problem))
}

/// The sentence on what is wrong with a field, tied to it by id.
#[component]
fn FieldProblem(field: &'static str, text: Option<String>) -> impl IntoView {
    text.map(|text| view! { <p class="error" id=format!("{field}-problem")>{text}</p> })
}

/// Released surveys to choose from.
#[component]
fn SurveyField(words: Words, page: NewWavePage) -> impl IntoView {
    let problem = problem_of(words, &page, NewWaveProblem::NoSurvey);
    let options = page
        .surveys
        .into_iter()
        .map(|survey| {
            let selected = survey.value == page.survey;
            view! { <option value=survey.value selected=selected>{survey.text}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="survey">{words.say("new-wave-survey")}</label>
            <FieldProblem field="survey" text=problem.clone()/>
            <select
                id="survey"
                name="survey"
                aria-invalid=problem.as_ref().map(|_| "true")
                aria-describedby=problem.as_ref().map(|_| "survey-problem")
            >
                {options}
            </select>
        </div>
    }
}

/// The wave's id, as coordinators name it.
#[component]
fn NameField(words: Words, page: NewWavePage) -> impl IntoView {
    let problem = problem_of(words, &page, NewWaveProblem::WaveId)
        .or_else(|| problem_of(words, &page, NewWaveProblem::WaveExists));
    let described = if problem.is_some() {
        "wave-hint wave-problem"
    } else {
        "wave-hint"
    };
    view! {
        <div class="field">
            <label for="wave">{words.say("new-wave-id")}</label>
            <p class="hint" id="wave-hint">{words.say("new-wave-id-hint")}</p>
            <FieldProblem field="wave" text=problem.clone()/>
            <input
                type="text"
                id="wave"
                name="wave"
                value=page.wave
                maxlength="40"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=problem.map(|_| "true")
            />
        </div>
    }
}

/// First and last day.
#[component]
fn DateFields(words: Words, page: NewWavePage) -> impl IntoView {
    let opens = problem_of(words, &page, NewWaveProblem::Opens);
    let closes = problem_of(words, &page, NewWaveProblem::Closes)
        .or_else(|| problem_of(words, &page, NewWaveProblem::ClosesTooEarly));
    view! {
        <div class="dates">
            <div class="field">
                <label for="opens">{words.say("new-wave-opens")}</label>
                <FieldProblem field="opens" text=opens.clone()/>
                <input
                    type="date"
                    id="opens"
                    name="opens"
                    value=page.opens
                    aria-invalid=opens.as_ref().map(|_| "true")
                    aria-describedby=opens.as_ref().map(|_| "opens-problem")
                />
            </div>
            <div class="field">
                <label for="closes">{words.say("new-wave-closes")}</label>
                <FieldProblem field="closes" text=closes.clone()/>
                <input
                    type="date"
                    id="closes"
                    name="closes"
                    value=page.closes
                    aria-invalid=closes.as_ref().map(|_| "true")
                    aria-describedby=closes.as_ref().map(|_| "closes-problem")
                />
            </div>
        </div>
    }
}

/// Codes or one open link; nobody changes it later (AN-1).
#[component]
fn ModeField(words: Words, open_link: bool) -> impl IntoView {
    view! {
        <fieldset class="card" id="mode" aria-describedby="mode-hint">
            <legend>{words.say("new-wave-mode")}</legend>
            <p class="example" id="mode-hint">{words.say("new-wave-mode-hint")}</p>
            <div class="options">
                <RadioRow
                    name="mode".into()
                    value=CODES.into()
                    text=words.say("mode-codes-about")
                    chosen=!open_link
                />
                <RadioRow
                    name="mode".into()
                    value=OPEN_LINK.into()
                    text=words.say("mode-open-link-about")
                    chosen=open_link
                />
            </div>
        </fieldset>
    }
}

/// Roles or units to tick, by group; none ticked means all.
#[component]
fn Ticks(
    words: Words,
    name: &'static str,
    legend: String,
    hint: String,
    problem: Option<String>,
    groups: Vec<ChoiceGroup>,
    chosen: BTreeSet<String>,
) -> impl IntoView {
    let all: usize = groups.iter().map(|group| group.choices.len()).sum();
    let open = !chosen.is_empty() || problem.is_some() || all <= 8;
    let described = if problem.is_some() {
        format!("{name}-hint {name}-problem")
    } else {
        format!("{name}-hint")
    };
    let groups = groups
        .into_iter()
        .map(|group| view! { <TickGroup name group chosen=chosen.clone()/> })
        .collect_view();
    view! {
        <fieldset class="card" id=name tabindex="-1" aria-describedby=described>
            <legend>{legend}</legend>
            <p class="example" id=format!("{name}-hint")>{hint}</p>
            <FieldProblem field=name text=problem/>
            <details open=open>
                <summary>{words.say_with("new-wave-choose", [("count", all.into())])}</summary>
                {groups}
            </details>
        </fieldset>
    }
}

/// One group of ticks under its name.
#[component]
fn TickGroup(name: &'static str, group: ChoiceGroup, chosen: BTreeSet<String>) -> impl IntoView {
    let rows = group
        .choices
        .into_iter()
        .map(|choice| {
            let is_chosen = chosen.contains(&choice.value);
            view! {
                <TickRow name=name.to_owned() value=choice.value text=choice.text chosen=is_chosen/>
            }
        })
        .collect_view();
    view! {
        <div role="group" aria-label=group.name.clone()>
            <p class="group-name" aria-hidden="true">{group.name.clone()}</p>
            <div class="tick-columns">{rows}</div>
        </div>
    }
}
