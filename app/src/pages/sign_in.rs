//! The coordinator's one-time link. The token stands after `#`, so that it reaches no log; a
//! small script puts it into the field. Form: field `token`.

use leptos::prelude::*;

use super::{
    PageContext, address,
    code_entry::{FragmentScript, field_problem},
};
use crate::components::{HiddenFields, Look, ProblemList, Shell, document};

/// The page behind a one-time link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInPage {
    /// What was typed and refused.
    pub typed: String,
    /// Why it was refused.
    pub problem: Option<SignInProblem>,
}

/// Why a one-time link was refused without leaving the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    /// Nothing was typed.
    Empty,
    /// Used, old or unknown.
    Refused,
}

/// Renders the page behind a one-time link.
#[must_use]
pub fn render_sign_in(page: &SignInPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problem = page.problem.map(|problem| match problem {
        SignInProblem::Empty => words.say("sign-in-empty"),
        SignInProblem::Refused => words.say("sign-in-refused"),
    });
    let shell =
        Shell::new(words.say("sign-in-title"), Look::Answer).with_problems(problem.is_some());
    let typed = page.typed.clone();
    document(ctx, shell, || {
        view! {
            <ProblemList words problems=field_problem("link-token", problem.as_deref())/>
            <h1>{words.say("sign-in-title")}</h1>
            <p>{words.say("sign-in-lead")}</p>
            <form method="post" action=address::sign_in(ctx.lang)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                <div class="field">
                    <label for="link-token">{words.say("sign-in-label")}</label>
                    <p class="hint" id="link-token-hint">{words.say("sign-in-hint")}</p>
                    {problem
                        .clone()
                        .map(|text| view! { <p class="error" id="link-token-problem">{text}</p> })}
                    <input
                        type="text"
                        id="link-token"
                        name="token"
                        value=typed
                        maxlength="256"
                        autocomplete="off"
                        autocapitalize="off"
                        spellcheck="false"
                        aria-describedby=if problem.is_some() {
                            "link-token-hint link-token-problem"
                        } else {
                            "link-token-hint"
                        }
                        aria-invalid=problem.map(|_| "true")
                    />
                </div>
                <div class="buttons">
                    <button class="button" type="submit">{words.say("sign-in-go")}</button>
                </div>
            </form>
            <FragmentScript nonce=ctx.nonce.clone()/>
        }
    })
}
