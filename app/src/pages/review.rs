//! All answers before sending. Form: the hidden fields given, among them the submission id.

use std::collections::{BTreeMap, BTreeSet};

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;
use surveys::{Answer, ItemId, Lang, Survey};

/// All answers before sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewPage {
    /// The respondent's work in words.
    pub position: String,
    /// Pages of items with their answers, see [`review_sections`].
    pub sections: Vec<ReviewSection>,
    /// Fields that the form carries along unseen, such as `submission`.
    pub hidden: Vec<(String, String)>,
    /// Why sending was refused.
    pub problem: Option<ReviewProblem>,
}

/// Why sending was refused; nothing is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewProblem {
    /// Some answers must be put right first; they are marked in the list.
    AnswersNeedWork,
    /// The answers could not be stored just now; try again.
    TryAgain,
}

/// A page of items in the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewSection {
    /// The section's id.
    pub section: String,
    /// The heading.
    pub title: String,
    /// Its items.
    pub rows: Vec<ReviewRow>,
}

/// An item in the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewRow {
    /// The item's id.
    pub item: String,
    /// The statement or question.
    pub question: String,
    /// The answer in words; none where it was left empty.
    pub answer: Option<String>,
    /// Whether it must be put right.
    pub refused: bool,
}

/// Returns the review of the items `asked`, by section.
#[must_use]
pub fn review_sections(
    survey: &Survey,
    asked: &BTreeSet<ItemId>,
    answers: &BTreeMap<ItemId, Answer>,
    refused: &BTreeSet<ItemId>,
    lang: Lang,
) -> Vec<ReviewSection> {
    let _ = (survey, asked, answers, refused, lang);
    Vec::new()
}

/// Renders the review.
#[must_use]
pub fn render_review(page: &ReviewPage, ctx: &PageContext) -> String {
    let _ = page;
    document(ctx, "ICTeko", view! { <h1>"ICTeko"</h1> })
}
