//! Typing a form on paper into the service, twice. Forms: field `code` where a form is begun;
//! where the two times differ, `position` and `a.<item>` with a trace of the one that is right.

use jiff::civil::Date;
use leptos::prelude::*;

use super::{
    PageContext, address,
    code_entry::{CodeField, FragmentScript, field_problem},
    words::Words,
};
use crate::components::{
    HiddenFields, Look, PaperMark, Problem, ProblemList, RadioRow, Shell, document,
};

/// Which time a form on paper is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperTime {
    /// The first.
    First,
    /// The second.
    Second,
}

impl PaperTime {
    /// The hidden field that says so.
    pub const FIELD: &str = "time";

    /// Returns the value of the field.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            PaperTime::First => "1",
            PaperTime::Second => "2",
        }
    }

    /// Returns the field with its value.
    #[must_use]
    pub fn field(self) -> (String, String) {
        (Self::FIELD.to_owned(), self.word().to_owned())
    }
}

/// The page where a form is begun by its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperEntryPage {
    /// What was typed and refused.
    pub typed: String,
    /// Why it was refused.
    pub problem: Option<PaperProblem>,
}

/// Why a form is not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperProblem {
    /// The code is refused as on the page where people type their own.
    Code(super::CodeProblem),
    /// Somebody has begun to answer online with this code.
    BegunOnline,
}

/// Where the two times differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferencesPage {
    /// What is to be decided.
    pub rows: Vec<DifferenceRow>,
}

/// One thing that the two times have put down differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceRow {
    /// The field's name: `position`, or `a.` and the item's id.
    pub field: String,
    /// The question; none for the position.
    pub question: Option<String>,
    /// What the first time has put down, in words; none where it was left empty.
    pub first: Option<String>,
    /// The value that chooses it.
    pub first_value: String,
    /// What the second time has put down, in words.
    pub second: Option<String>,
    /// The value that chooses it.
    pub second_value: String,
    /// The page where the second time is corrected.
    pub page: String,
    /// Whether the form was sent without a choice here.
    pub missed: bool,
}

/// Renders the page where a form is begun.
#[must_use]
pub fn render_paper_entry(page: &PaperEntryPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problem = page.problem.map(|problem| match problem {
        PaperProblem::Code(problem) => problem.text(words),
        PaperProblem::BegunOnline => words.say("paper-begun-online"),
    });
    let title = words.say("paper-entry-title");
    let shell = Shell::new(title.clone(), Look::Answer).with_problems(problem.is_some());
    let typed = page.typed.clone();
    document(ctx, shell, || {
        view! {
            <ProblemList words problems=field_problem("code", problem.as_deref())/>
            <h1>{title}</h1>
            <p class="lead">{words.say("paper-entry-lead")}</p>
            <ul>
                <li>{words.say("paper-entry-language")}</li>
                <li>{words.say("paper-entry-exactly")}</li>
                <li>{words.say("paper-entry-nobody")}</li>
            </ul>
            <form method="post" action=address::paper_entry(ctx.lang)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                <CodeField label=words.say("code-label") hint=words.say("code-hint") typed problem/>
                <div class="buttons">
                    <button class="button" type="submit">{words.say("paper-entry-go")}</button>
                </div>
            </form>
            <FragmentScript nonce=ctx.nonce.clone()/>
        }
    })
}

/// Renders the page after the first time.
#[must_use]
pub fn render_first_time_kept(kept_until: Option<Date>, ctx: &PageContext) -> String {
    let words = ctx.words();
    let title = words.say("paper-first-kept-title");
    let until = kept_until
        .map(|date| words.say_with("paper-kept-until", [("date", words.date(date).into())]));
    document(ctx, Shell::new(title.clone(), Look::Plain), || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{words.say("paper-first-kept-lead")}</p>
            {until.map(|text| view! { <p>{text}</p> })}
            <NextForm words/>
        }
    })
}

/// Renders the page after a form was sent.
#[must_use]
pub fn render_paper_sent(receipt: &str, ctx: &PageContext) -> String {
    let words = ctx.words();
    let title = words.say("paper-sent-title");
    let receipt = words.say_with("paper-sent-receipt", [("receipt", receipt.into())]);
    document(ctx, Shell::new(title.clone(), Look::Plain), || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{receipt}</p>
            <p>{words.say("paper-sent-destroy")}</p>
            <NextForm words/>
        }
    })
}

/// The way to the next form.
#[component]
fn NextForm(words: Words) -> impl IntoView {
    view! {
        <p class="buttons">
            <a class="button" href=address::paper_entry(words.lang)>{words.say("paper-next")}</a>
        </p>
    }
}

/// Renders what is to be decided.
#[must_use]
pub fn render_differences(page: &DifferencesPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problems: Vec<Problem> = page
        .rows
        .iter()
        .filter(|row| row.missed)
        .map(|row| Problem {
            field: row.field.clone(),
            text: words.say_with("paper-differ-missed", [("item", row.title(words).into())]),
        })
        .collect();
    let title = words.say("paper-differ-title");
    let shell = Shell::new(title.clone(), Look::Answer).with_problems(!problems.is_empty());
    let rows = page.rows.clone();
    document(ctx, shell, || {
        view! {
            <ProblemList words problems/>
            <PaperMark words time=Some(PaperTime::Second)/>
            <h1>{title}</h1>
            <p class="lead">
                {words.say_with("paper-differ-count", [("count", rows.len().into())])}
            </p>
            <p>{words.say("paper-differ-lead")}</p>
            <form method="post" action=address::paper_differences(ctx.lang)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                {rows
                    .into_iter()
                    .map(|row| view! { <Choose words row/> })
                    .collect_view()}
                <div class="steps">
                    <button class="button" type="submit">{words.say("paper-differ-go")}</button>
                </div>
            </form>
        }
    })
}

impl DifferenceRow {
    fn title(&self, words: Words) -> String {
        let position = || words.say("review-position-label");
        self.question.clone().unwrap_or_else(position)
    }
}

/// One difference: the two times to choose from, and the way to correct the second.
#[component]
fn Choose(words: Words, row: DifferenceRow) -> impl IntoView {
    let title = row.title(words);
    let answer = |answer: Option<String>| answer.unwrap_or_else(|| words.say("review-no-answer"));
    let first = [("answer", answer(row.first).into())];
    let second = [("answer", answer(row.second).into())];
    let problem_id = format!("{}-problem", row.field);
    let described = row.missed.then(|| problem_id.clone());
    view! {
        <fieldset
            class="card"
            id=row.field.clone()
            tabindex="-1"
            aria-describedby=described
        >
            <legend>{title.clone()}</legend>
            {row
                .missed
                .then(|| view! { <p class="error" id=problem_id>{words.say("paper-differ-choose")}</p> })}
            <div class="options">
                <RadioRow
                    name=row.field.clone()
                    value=row.first_value
                    text=words.say_with("paper-differ-first", first)
                    chosen=false
                />
                <RadioRow
                    name=row.field.clone()
                    value=row.second_value
                    text=words.say_with("paper-differ-second", second)
                    chosen=false
                />
            </div>
            <p class="small">
                <a href=row.page>
                    {words.say("paper-differ-neither")}
                    <span class="unseen">{format!(": {title}")}</span>
                </a>
            </p>
        </fieldset>
    }
}
