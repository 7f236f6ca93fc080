//! Typing the code of a letter or slip. Form: field `code`.

use leptos::prelude::*;

use super::{PageContext, address, words::Words};
use crate::components::{HiddenFields, Look, Problem, ProblemList, Shell, document};

/// The page where a code is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodePage {
    /// What was typed and refused.
    pub typed: String,
    /// Why it was refused.
    pub problem: Option<CodeProblem>,
}

/// Why a code was refused without leaving the page. A used code, a closed wave and one that is
/// not open yet have pages of their own, see [`super::StatePage`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// Nothing was typed.
    Empty,
    /// Unknown, revoked or malformed: one and the same answer.
    Unknown,
    /// Too many tries; wait some minutes.
    TooManyTries,
}

impl CodeProblem {
    pub(super) fn text(self, words: Words) -> String {
        match self {
            CodeProblem::Empty => words.say("code-empty"),
            CodeProblem::Unknown => words.say("code-unknown"),
            CodeProblem::TooManyTries => words.say("code-too-many-tries"),
        }
    }
}

/// Renders the page where a code is typed.
#[must_use]
pub fn render_code_entry(page: &CodePage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problem = page.problem.map(|problem| problem.text(words));
    let shell = Shell::new(words.say("code-title"), Look::Answer).with_problems(problem.is_some());
    let typed = page.typed.clone();
    document(ctx, shell, || {
        view! {
            <ProblemList words problems=field_problem("code", problem.as_deref())/>
            <h1>{words.say("code-title")}</h1>
            <p>{words.say("code-lead")}</p>
            <form method="post" action=address::answer(ctx.lang)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                <CodeField label=words.say("code-label") hint=words.say("code-hint") typed problem/>
                <div class="buttons">
                    <button class="button" type="submit">{words.say("code-go")}</button>
                </div>
            </form>
            <h2>{words.say("code-missing-heading")}</h2>
            <p>{words.say("code-missing")}</p>
            <h2>{words.say("code-return-heading")}</h2>
            <p>
                <a href=address::return_to(ctx.lang)>{words.say("start-return")}</a>
            </p>
            <FragmentScript nonce=ctx.nonce.clone()/>
        }
    })
}

/// The field of a code, of either kind.
#[component]
pub(super) fn CodeField(
    label: String,
    hint: String,
    typed: String,
    problem: Option<String>,
) -> impl IntoView {
    let described = if problem.is_some() {
        "code-hint code-problem"
    } else {
        "code-hint"
    };
    view! {
        <div class="field">
            <label for="code">{label}</label>
            <p class="hint" id="code-hint">{hint}</p>
            {problem
                .clone()
                .map(|text| view! { <p class="error" id="code-problem">{text}</p> })}
            <input
                class="code-input"
                type="text"
                id="code"
                name="code"
                value=typed
                maxlength="64"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=problem.map(|_| "true")
            />
        </div>
    }
}

/// Takes a code or token that came after `#` into the page's field and out of the address, so
/// that it stays in no history. The page works without it.
#[component]
pub(super) fn FragmentScript(nonce: String) -> impl IntoView {
    view! { <script nonce=nonce inner_html=include_str!("../../public/fragment.js")></script> }
}

/// Returns the list entry for a page with one field.
pub(super) fn field_problem(field: &str, text: Option<&str>) -> Vec<Problem> {
    text.map(|text| Problem {
        field: field.to_owned(),
        text: text.to_owned(),
    })
    .into_iter()
    .collect()
}
