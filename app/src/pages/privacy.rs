//! What is collected, by whom, why and for how long, before the first question.

use leptos::prelude::*;

use super::{PageContext, address, words::Words};
use crate::components::{HiddenFields, Look, Markdown, Shell, document, plain_title};

/// The notice before the first question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivacyPage {
    /// The survey's name.
    pub survey_title: String,
    /// About how many minutes answering takes.
    pub minutes: u8,
    /// The survey's introduction in Markdown, empty where there is none.
    pub intro: String,
    /// The notice in Markdown.
    pub notice: String,
    /// Until when answers are taken.
    pub closes: Option<jiff::civil::Date>,
    /// Whether the wave is answered by an open link instead of codes that were handed out.
    pub open_link: bool,
}

/// Renders the notice.
#[must_use]
pub fn render_privacy(page: &PrivacyPage, ctx: &PageContext) -> String {
    let words = ctx.words();
    let shell = Shell::new(words.say("privacy-title"), Look::Answer);
    let facts = time_facts(words, page);
    let (heading, notice) = plain_title(&page.notice);
    let heading = heading.unwrap_or_else(|| words.say("privacy-heading"));
    let (survey, intro) = (page.survey_title.clone(), page.intro.clone());
    document(ctx, shell, || {
        view! {
            <p class="eyebrow">{words.say("privacy-title")}</p>
            <h1>{survey}</h1>
            <div class="prose">
                <Markdown text=plain_title(&intro).1/>
                <p>{facts}</p>
                <HowToAnswer words open_link=page.open_link/>
                <h2>{heading}</h2>
                <Markdown text=notice under_heading=true/>
                <h3>{words.say("privacy-duty-heading")}</h3>
                <p>{words.say("privacy-duty")}</p>
            </div>
            <form method="post" action=address::privacy(ctx.lang)>
                <HiddenFields ctx=ctx.clone() fields=Vec::new()/>
                <div class="buttons">
                    <button class="button" type="submit">{words.say("privacy-go")}</button>
                </div>
            </form>
        }
    })
}

/// What the way of answering means; it is the wave's and not the questionnaire's.
#[component]
fn HowToAnswer(words: Words, open_link: bool) -> impl IntoView {
    view! {
        <h2>{words.say("notice-mode-heading")}</h2>
        <ul>
            {open_link
                .then(|| {
                    view! {
                        <li>{words.say("notice-open-link")}</li>
                        <li>{words.say("notice-open-link-once")}</li>
                        <li>{words.say("notice-open-link-code")}</li>
                    }
                })}
            {(!open_link)
                .then(|| view! { <li>{words.say("notice-codes")}</li> })}
            <li>{words.say("notice-return")}</li>
        </ul>
    }
}

fn time_facts(words: Words, page: &PrivacyPage) -> String {
    let minutes = page.minutes.into();
    match page.closes {
        Some(date) => words.say_with(
            "privacy-time-until",
            [("minutes", minutes), ("date", words.date(date).into())],
        ),
        None => words.say_with("privacy-time", [("minutes", minutes)]),
    }
}
