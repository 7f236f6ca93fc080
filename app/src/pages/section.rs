//! One page of items. Form: see [`super::form`].

use super::{PageContext, answer_view::BlockView};
use crate::components::document;
use leptos::prelude::*;

/// One page of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionPage {
    /// The section's id.
    pub section: String,
    /// The heading.
    pub title: String,
    /// A sentence or two before the items.
    pub intro: Option<String>,
    /// Items with the answers so far, see [`super::answer_view::blocks`].
    pub blocks: Vec<BlockView>,
    /// How many of the items of the whole survey have an answer (non-answers count).
    pub answered: usize,
    /// How many items this respondent is asked.
    pub asked: usize,
    /// Number of this page, from 1.
    pub number: usize,
    /// How many pages there are.
    pub pages: usize,
    /// Whether the answers shown are saved on the server.
    pub saved: bool,
    /// Fields that the form carries along unseen, such as the draft's revision.
    pub hidden: Vec<(String, String)>,
}

/// Renders a page of items.
#[must_use]
pub fn render_section(page: &SectionPage, ctx: &PageContext) -> String {
    document(ctx, &page.title, view! { <h1>{page.title.clone()}</h1> })
}
