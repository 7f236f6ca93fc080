//! Released findings as tables: labels, numbers of answers, intervals, withheld in words.

use super::PageContext;
use crate::components::document;
use findings::Findings;
use leptos::prelude::*;

/// Released findings of a wave.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingsPage {
    /// The wave's id.
    pub wave: String,
    /// The survey's name.
    pub survey: String,
    /// The municipality, or the network's name.
    pub place: String,
    /// The released file.
    pub findings: Findings,
}

/// Renders released findings.
#[must_use]
pub fn render_findings(page: &FindingsPage, ctx: &PageContext) -> String {
    document(ctx, &page.place, view! { <h1>{page.place.clone()}</h1> })
}
