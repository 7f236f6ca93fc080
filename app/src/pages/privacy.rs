//! What is collected, by whom, why and for how long, before the first question.

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

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
}

/// Renders the notice.
#[must_use]
pub fn render_privacy(page: &PrivacyPage, ctx: &PageContext) -> String {
    document(
        ctx,
        &page.survey_title,
        view! { <h1>{page.survey_title.clone()}</h1> },
    )
}
