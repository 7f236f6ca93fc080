//! What the respondent's work is. Form: `role` (one), `duty` (any number), `employment`
//! (a kind of employment, or empty for none).

use std::collections::BTreeSet;

use leptos::prelude::*;
use surveys::{Lang, Role, RoleGroup, RoleKind};

use super::{Choice, ChoiceGroup, PageContext, PaperTime, address, words::Words};
use crate::components::{
    HiddenFields, Look, PaperMark, ProblemList, RadioRow, Shell, TickRow, document,
};

/// What the respondent's work is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PositionPage {
    /// Roles by role group.
    pub roles: Vec<ChoiceGroup>,
    /// Duties beside the job.
    pub duties: Vec<Choice>,
    /// Kinds of employment that change what is asked.
    pub employments: Vec<Choice>,
    /// The role that was chosen.
    pub role: Option<String>,
    /// The duties that were chosen.
    pub chosen_duties: BTreeSet<String>,
    /// The kind of employment that was chosen.
    pub employment: Option<String>,
    /// Whether answers were given before: changing the role may drop some of them.
    pub has_answers: bool,
    /// Which time it is typed, where this is a form on paper.
    pub paper: Option<PaperTime>,
    /// Why the form was refused.
    pub problem: Option<PositionProblem>,
}

/// Why a position was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionProblem {
    /// No role was chosen.
    NoRole,
    /// A value that the catalogue does not know.
    UnknownRole,
}

impl PositionPage {
    /// Returns the page for the staff groups of the catalogue, nothing chosen yet.
    #[must_use]
    pub fn from_catalogue(groups: &[RoleGroup], roles: &[Role], lang: Lang) -> Self {
        let of_kind = |kind: RoleKind| -> Vec<Choice> {
            roles
                .iter()
                .filter(|role| role.kind == kind)
                .map(|role| Choice::new(role.id.as_str(), role.name.get(lang)))
                .collect()
        };
        PositionPage {
            roles: role_choices(groups, roles, lang),
            duties: of_kind(RoleKind::Duty),
            employments: of_kind(RoleKind::Employment),
            ..PositionPage::default()
        }
    }
}

/// Returns the roles that can be chosen as the job, by role group in the catalogue's order.
#[must_use]
pub fn role_choices(groups: &[RoleGroup], roles: &[Role], lang: Lang) -> Vec<ChoiceGroup> {
    groups
        .iter()
        .map(|group| ChoiceGroup {
            name: group.name.get(lang).to_owned(),
            choices: roles
                .iter()
                .filter(|role| {
                    role.kind == RoleKind::Role && role.group.as_ref() == Some(&group.id)
                })
                .map(|role| Choice::new(role.id.as_str(), role.name.get(lang)))
                .collect(),
        })
        .filter(|group| !group.choices.is_empty())
        .collect()
}

/// Renders the question about the respondent's work.
#[must_use]
pub fn render_position(page: &PositionPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problem = page.problem.map(|problem| match problem {
        PositionProblem::NoRole => words.say("position-no-role"),
        PositionProblem::UnknownRole => words.say("position-unknown-role"),
    });
    let shell =
        Shell::new(words.say("position-title"), Look::Answer).with_problems(problem.is_some());
    document(ctx, shell, || {
        view! {
            <ProblemList words problems=super::code_entry::field_problem("role", problem.as_deref())/>
            <PaperMark words time=page.paper/>
            <h1>{words.say("position-title")}</h1>
            <p>{words.say("position-lead")}</p>
            {page
                .has_answers
                .then(|| view! { <p class="note">{words.say("position-has-answers")}</p> })}
            <form method="post" action=address::position(ctx.lang)>
                <HiddenFields ctx=ctx.clone() fields=page.paper.map(PaperTime::field).into_iter().collect()/>
                <RoleQuestion words page=page.clone() problem=problem.clone()/>
                <DutyQuestion words page=page.clone()/>
                <EmploymentQuestion words page=page.clone()/>
                <div class="steps">
                    <button class="button" type="submit">{words.say("position-go")}</button>
                </div>
            </form>
        }
    })
}

/// The job: roles under the names of their groups.
#[component]
fn RoleQuestion(words: Words, page: PositionPage, problem: Option<String>) -> impl IntoView {
    let chosen = page.role;
    let groups = page
        .roles
        .into_iter()
        .map(|group| {
            let rows = group.choices.into_iter().map(|choice| {
                let is_chosen = chosen.as_deref() == Some(choice.value.as_str());
                view! { <RadioRow name="role".into() value=choice.value text=choice.text chosen=is_chosen/> }
            });
            view! {
                <div role="group" aria-label=group.name.clone()>
                    <p class="group-name" aria-hidden="true">{group.name.clone()}</p>
                    <div class="options pairs">{rows.collect_view()}</div>
                </div>
            }
        })
        .collect_view();
    let described = problem.is_some().then_some("role-problem");
    view! {
        <fieldset class="card" id="role" tabindex="-1" aria-describedby=described>
            <legend>{words.say("position-role")}</legend>
            <p class="example">{words.say("position-role-hint")}</p>
            {problem.map(|text| view! { <p class="error" id="role-problem">{text}</p> })}
            {groups}
        </fieldset>
    }
}

/// Tasks beside the job.
#[component]
fn DutyQuestion(words: Words, page: PositionPage) -> impl IntoView {
    let chosen = page.chosen_duties;
    let rows = page
        .duties
        .into_iter()
        .map(|duty| {
            let is_chosen = chosen.contains(&duty.value);
            view! { <TickRow name="duty".into() value=duty.value text=duty.text chosen=is_chosen/> }
        })
        .collect_view();
    view! {
        <fieldset class="card" id="duty">
            <legend>{words.say("position-duties")}</legend>
            <p class="example">{words.say("position-duties-hint")}</p>
            <div class="options">{rows}</div>
        </fieldset>
    }
}

/// Whether the respondent is a substitute.
#[component]
fn EmploymentQuestion(words: Words, page: PositionPage) -> impl IntoView {
    let chosen = page.employment;
    let rows = page
        .employments
        .into_iter()
        .map(|kind| {
            let is_chosen = chosen.as_deref() == Some(kind.value.as_str());
            view! { <RadioRow name="employment".into() value=kind.value text=kind.text chosen=is_chosen/> }
        })
        .collect_view();
    view! {
        <fieldset class="card" id="employment">
            <legend>{words.say("position-employment")}</legend>
            <p class="example">{words.say("position-employment-hint")}</p>
            <div class="options">
                <RadioRow
                    name="employment".into()
                    value=String::new()
                    text=words.say("position-employment-none")
                    chosen=chosen.is_none()
                />
                {rows}
            </div>
        </fieldset>
    }
}
