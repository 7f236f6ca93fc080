//! The return code: the own result again, or withdrawing the answers. Form: fields `code` and `go`
//! (`show`, `withdraw`, and `withdraw-now` once it was asked back).

use leptos::prelude::*;

use super::{
    PageContext, address,
    code_entry::{CodeField, field_problem},
};
use crate::components::{HiddenFields, Look, ProblemList, Shell, document};

/// The page where a return code is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReturnPage {
    /// What was typed and refused.
    pub typed: String,
    /// Why it was refused.
    pub problem: Option<ReturnProblem>,
}

/// Why a return code was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnProblem {
    /// Nothing was typed.
    Empty,
    /// Unknown, malformed, withdrawn or of a frozen wave: one and the same answer.
    Unknown,
    /// Too many tries; wait some minutes.
    TooManyTries,
}

/// Renders the page where a return code is typed.
#[must_use]
pub fn render_return(page: &ReturnPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problem = page.problem.map(|problem| match problem {
        ReturnProblem::Empty => words.say("return-empty"),
        ReturnProblem::Unknown => words.say("return-unknown"),
        ReturnProblem::TooManyTries => words.say("code-too-many-tries"),
    });
    let shell =
        Shell::new(words.say("return-title"), Look::Answer).with_problems(problem.is_some());
    let typed = page.typed.clone();
    document(ctx, shell, || {
        view! {
            <ProblemList words problems=field_problem("code", problem.as_deref())/>
            <h1>{words.say("return-title")}</h1>
            <p>{words.say("return-lead")}</p>
            <form method="post" action=address::return_to(ctx.lang)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                <CodeField label=words.say("return-label") hint=words.say("return-hint") typed problem/>
                <div class="buttons">
                    <button class="button" type="submit" name="go" value="show">
                        {words.say("return-show")}
                    </button>
                    <button class="button second" type="submit" name="go" value="withdraw">
                        {words.say("return-withdraw")}
                    </button>
                </div>
            </form>
            <h2>{words.say("return-lost-heading")}</h2>
            <p>{words.say("return-lost")}</p>
        }
    })
}

/// Renders the question before answers are withdrawn.
#[must_use]
pub fn render_withdraw(code: &str, ctx: &PageContext) -> String {
    let words = ctx.words();
    let hidden = vec![("code".to_owned(), code.to_owned())];
    document(
        ctx,
        Shell::new(words.say("withdraw-title"), Look::Answer),
        || {
            view! {
                <h1>{words.say("withdraw-title")}</h1>
                <ul>
                    <li>{words.say("withdraw-gone")}</li>
                    <li>{words.say("withdraw-not-again")}</li>
                    <li>{words.say("withdraw-published")}</li>
                </ul>
                <form method="post" action=address::return_to(ctx.lang)>
                    <HiddenFields ctx=ctx.clone() fields=hidden/>
                    <div class="buttons">
                        <button class="button" type="submit" name="go" value="withdraw-now">
                            {words.say("withdraw-go")}
                        </button>
                        <a class="button second" href=address::return_to(ctx.lang)>
                            {words.say("withdraw-not")}
                        </a>
                    </div>
                </form>
            }
        },
    )
}

/// Renders the page after answers were withdrawn.
#[must_use]
pub fn render_withdrawn(ctx: &PageContext) -> String {
    let words = ctx.words();
    document(
        ctx,
        Shell::new(words.say("withdrawn-title"), Look::Plain),
        || {
            view! {
                <h1>{words.say("withdrawn-title")}</h1>
                <p class="lead">{words.say("withdrawn-why")}</p>
                <p>{words.say("withdrawn-next")}</p>
                <p class="buttons">
                    <a class="button" href=address::in_language(ctx.lang, "")>
                        {words.say("state-to-start")}
                    </a>
                </p>
            }
        },
    )
}
