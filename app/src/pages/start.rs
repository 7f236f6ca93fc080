//! The first page: what this is, and the way to answering.

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

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
    let _ = page;
    document(ctx, "ICTeko", view! { <h1>"ICTeko"</h1> })
}
