//! Typing the code of a letter or slip. Form: field `code`.

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

/// The page where a code is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodePage {
    /// What was typed and refused.
    pub typed: String,
    /// Why it was refused.
    pub problem: Option<CodeProblem>,
}

/// Why a code was refused without leaving the page. A used code, a closed wave and one that is
/// not open yet have pages of their own, see [`super::StatePage`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// Nothing was typed.
    Empty,
    /// Unknown, revoked or malformed: one and the same answer.
    Unknown,
    /// Too many tries; wait some minutes.
    TooManyTries,
}

/// Renders the page where a code is typed.
#[must_use]
pub fn render_code_entry(page: &CodePage, ctx: &PageContext) -> String {
    let _ = page;
    document(ctx, "ICTeko", view! { <h1>"ICTeko"</h1> })
}
