//! The own profile, right after sending: level by area against the target of the own role.

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

/// The own profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfilePage {
    /// The survey's name.
    pub survey_title: String,
    /// The respondent's work in words.
    pub role: String,
    /// Whether the targets are proposals that the city has yet to decide.
    pub targets_are_proposals: bool,
    /// The lowest and the highest step.
    pub scale: (u8, u8),
    /// The words of the steps, from low to high.
    pub steps: Vec<String>,
    /// Competence areas in the survey's order.
    pub areas: Vec<ProfileArea>,
    /// What is offered next, at most three are shown.
    pub next_steps: Vec<NextStep>,
    /// Target levels of other roles and duties to compare with.
    pub comparisons: Vec<Comparison>,
    /// The receipt's number, shown once after sending.
    pub receipt: Option<String>,
    /// A sentence of the survey after sending (`thanks`), in Markdown; may be empty.
    pub thanks: String,
}

/// A competence area of the profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileArea {
    /// The dimension's id.
    pub id: String,
    /// The name in work language.
    pub title: String,
    /// One sentence on what it covers.
    pub gist: Option<String>,
    /// The own score, none where too few items were answered.
    pub score: Option<f64>,
    /// The step that the score means in words and figures (changes at 1.5, 2.5, 3.5).
    pub step: Option<u8>,
    /// The target level of the own role, none where there is no target.
    pub target: Option<u8>,
}

/// A next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The area it belongs to.
    pub area: String,
    /// What to do, beginning with a verb.
    pub text: String,
}

/// Target levels to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The role group's or duty's name.
    pub name: String,
    /// Target by area, in the order of [`ProfilePage::areas`].
    pub targets: Vec<Option<u8>>,
}

/// Renders the own profile.
#[must_use]
pub fn render_profile(page: &ProfilePage, ctx: &PageContext) -> String {
    let _ = page;
    document(ctx, "ICTeko", view! { <h1>"ICTeko"</h1> })
}
