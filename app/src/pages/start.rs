//! The first page: what this is, and the way to answering.

use leptos::prelude::*;

use super::{PageContext, address, words::Words};
use crate::components::{Look, Shell, document};

/// What the first page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartPage {
    /// Names of the surveys that are open now.
    pub open_surveys: Vec<String>,
    /// The address of the published handbook, if there is one.
    pub handbook: Option<String>,
}

/// Renders the first page.
#[must_use]
pub fn render_start(page: &StartPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let lang = ctx.lang;
    let open = page.open_surveys.clone();
    let handbook = page.handbook.clone();
    document(
        ctx,
        Shell::new(words.say("start-title"), Look::Plain),
        || {
            view! {
                <h1>{words.say("start-title")}</h1>
                <p class="lead">{words.say("start-lead")}</p>
                {(!open.is_empty()).then(|| view! { <OpenNow words names=open/> })}
                <p class="buttons">
                    <a class="button" href=address::answer(lang)>{words.say("start-answer")}</a>
                </p>
                <p class="small">
                    <a href=address::return_to(lang)>{words.say("start-return")}</a>
                </p>
                <h2>{words.say("start-promise-heading")}</h2>
                <ul>
                    <li>{words.say("start-promise-anonymous")}</li>
                    <li>{words.say("start-promise-pause")}</li>
                    <li>{words.say("start-promise-profile")}</li>
                </ul>
                <h2>{words.say("start-others-heading")}</h2>
                <ul>
                    {handbook.map(|href| view! { <li><a href=href>{words.say("start-handbook")}</a></li> })}
                    <li>
                        <a href=address::coordinator(lang)>{words.say("start-coordinator")}</a>
                    </li>
                </ul>
            }
        },
    )
}

/// The surveys that are open now.
#[component]
fn OpenNow(words: Words, names: Vec<String>) -> impl IntoView {
    view! {
        <p class="quiet">
            {words.say_with("start-open-now", [("surveys", names.join(", ").into())])}
        </p>
    }
}
