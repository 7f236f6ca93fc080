//! The form for a new wave. Form: `survey` (`<id>@<release>`), `wave` (its id), `opens`,
//! `closes` (ISO dates), `role` (any number; none means all), `unit` (any number; none means all).

use std::collections::BTreeSet;

use super::PageContext;
use crate::components::document;
use leptos::prelude::*;

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value sent by the form.
    pub value: String,
    /// The words.
    pub text: String,
}

impl Choice {
    /// Returns a choice.
    #[must_use]
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Choice {
            value: value.into(),
            text: text.into(),
        }
    }
}

/// Choices under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// The heading.
    pub name: String,
    /// The choices.
    pub choices: Vec<Choice>,
}

/// The form for a new wave, with what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewWavePage {
    /// Released surveys.
    pub surveys: Vec<Choice>,
    /// Roles by role group.
    pub roles: Vec<ChoiceGroup>,
    /// Units by kind or municipality.
    pub units: Vec<ChoiceGroup>,
    /// The survey chosen.
    pub survey: String,
    /// The id typed.
    pub wave: String,
    /// The first day typed.
    pub opens: String,
    /// The last day typed.
    pub closes: String,
    /// The roles chosen.
    pub chosen_roles: BTreeSet<String>,
    /// The units chosen.
    pub chosen_units: BTreeSet<String>,
    /// Everything that is wrong.
    pub problems: Vec<NewWaveProblem>,
}

/// What is wrong with the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NewWaveProblem {
    /// No released survey was chosen.
    NoSurvey,
    /// The id has not the shape of one.
    WaveId,
    /// A wave of this id exists.
    WaveExists,
    /// The first day is no date.
    Opens,
    /// The last day is no date.
    Closes,
    /// The last day is before the first, or past.
    ClosesTooEarly,
    /// A role that the catalogue does not know.
    Roles,
    /// A unit that the register does not know, or no unit at all.
    Units,
}

/// Renders the form for a new wave.
#[must_use]
pub fn render_new_wave(page: &NewWavePage, ctx: &PageContext) -> String {
    let _ = page;
    document(ctx, "ICTeko", view! { <h1>"ICTeko"</h1> })
}
