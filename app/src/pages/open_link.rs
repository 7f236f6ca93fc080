//! An open link: the page behind it, and the code that a visit has made for itself. Form: field
//! `unit` (a unit's id) where the link is a whole city's, and `go` (`paper` for a form on paper).

use leptos::prelude::*;

use super::{Choice, PageContext, address, code_entry::field_problem, words::Words};
use crate::components::{HiddenFields, Look, ProblemList, Shell, document};

/// The page behind an open link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpenLinkPage {
    /// The survey's name.
    pub survey: String,
    /// About how many minutes answering takes.
    pub minutes: u8,
    /// The city's name.
    pub city: String,
    /// The name of the unit, where the link is a unit's.
    pub unit: Option<String>,
    /// Units to choose from, where the link is the city's.
    pub units: Vec<Choice>,
    /// Whether no unit was chosen.
    pub no_unit: bool,
    /// Where a questionnaire goes on that was begun on this device.
    pub begun: Option<String>,
}

/// The code that a visit has made for itself; it is shown this once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResumeCodePage {
    /// The code.
    pub code: String,
    /// Whether it is for a form on paper, which is typed twice with it.
    pub paper: bool,
}

/// Renders the page behind an open link. Its form posts to the page's own address.
#[must_use]
pub fn render_open_link(page: &OpenLinkPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let problem = page.no_unit.then(|| words.say("open-no-unit"));
    let shell = Shell::new(words.say("open-title"), Look::Answer).with_problems(problem.is_some());
    let page = page.clone();
    let place = match &page.unit {
        Some(unit) => format!("{unit}, {}", page.city),
        None => page.city.clone(),
    };
    document(ctx, shell, || {
        view! {
            <ProblemList words problems=field_problem("unit", problem.as_deref())/>
            <p class="eyebrow">{place}</p>
            <h1>{page.survey.clone()}</h1>
            <p class="lead">{words.say("open-lead")}</p>
            <p>{words.say_with("privacy-time", [("minutes", page.minutes.into())])}</p>
            <p>{words.say("open-once")}</p>
            {page.begun.clone().map(|href| view! { <Begun words href/> })}
            <form method="post" action=address::in_language(ctx.lang, &ctx.path)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                {page
                    .unit
                    .is_none()
                    .then(|| view! { <UnitField words units=page.units.clone() problem/> })}
                <div class="buttons">
                    <button class="button" type="submit">{words.say("open-go")}</button>
                </div>
                <p class="small">
                    <button class="link" type="submit" name="go" value="paper">
                        {words.say("open-paper")}
                    </button>
                </p>
            </form>
            <p class="small">
                <a href=address::answer(ctx.lang)>{words.say("open-resume")}</a>
            </p>
        }
    })
}

/// The way back to what was begun on this device.
#[component]
fn Begun(words: Words, href: String) -> impl IntoView {
    view! {
        <p class="note">
            {words.say("open-begun")} " " <a href=href>{words.say("open-begun-go")}</a>
        </p>
    }
}

/// Where the respondent works.
#[component]
fn UnitField(words: Words, units: Vec<Choice>, problem: Option<String>) -> impl IntoView {
    let options = units
        .into_iter()
        .map(|unit| view! { <option value=unit.value>{unit.text}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for="unit">{words.say("open-unit")}</label>
            {problem
                .clone()
                .map(|text| view! { <p class="error" id="unit-problem">{text}</p> })}
            <select
                id="unit"
                name="unit"
                required
                aria-invalid=problem.as_ref().map(|_| "true")
                aria-describedby=problem.as_ref().map(|_| "unit-problem")
            >
                <option value="">{words.say("open-choose-unit")}</option>
                {options}
            </select>
        </div>
    }
}

/// Renders the code that a visit has made for itself.
#[must_use]
pub fn render_resume_code(page: &ResumeCodePage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let code = page.code.clone();
    let (title, why, only) = if page.paper {
        (
            words.say("open-code-paper-title"),
            words.say("open-code-paper-why"),
            words.say("open-code-paper-only"),
        )
    } else {
        (
            words.say("open-code-title"),
            words.say("open-code-why"),
            words.say("open-code-only"),
        )
    };
    let next = if page.paper {
        address::position(ctx.lang)
    } else {
        address::privacy(ctx.lang)
    };
    document(ctx, Shell::new(title.clone(), Look::Answer), || {
        view! {
            <h1>{title}</h1>
            <p class="lead"><strong class="code-text">{code}</strong></p>
            <p>{why}</p>
            <p>{only}</p>
            <p class="buttons">
                <a class="button" href=next>{words.say("open-code-go")}</a>
            </p>
        }
    })
}
