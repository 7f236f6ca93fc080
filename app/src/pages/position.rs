//! What the respondent's work is. Form: `role` (one), `duty` (any number), `employment`
//! (a kind of employment, or empty for none).

use std::collections::BTreeSet;

use super::{Choice, ChoiceGroup, PageContext};
use crate::components::document;
use leptos::prelude::*;
use surveys::{Lang, Role, RoleGroup, RoleKind};

/// What the respondent's work is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PositionPage {
    /// Roles by role group.
    pub roles: Vec<ChoiceGroup>,
    /// Duties beside the job.
    pub duties: Vec<Choice>,
    /// Kinds of employment that change what is asked.
    pub employments: Vec<Choice>,
    /// The role that was chosen.
    pub role: Option<String>,
    /// The duties that were chosen.
    pub chosen_duties: BTreeSet<String>,
    /// The kind of employment that was chosen.
    pub employment: Option<String>,
    /// Whether answers were given before: changing the role may drop some of them.
    pub has_answers: bool,
    /// Why the form was refused.
    pub problem: Option<PositionProblem>,
}

/// Why a position was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PositionProblem {
    /// No role was chosen.
    NoRole,
    /// A value that the catalogue does not know.
    UnknownRole,
}

impl PositionPage {
    /// Returns the page for the staff groups of the catalogue, nothing chosen yet.
    #[must_use]
    pub fn from_catalogue(groups: &[RoleGroup], roles: &[Role], lang: Lang) -> Self {
        let of_kind = |kind: RoleKind| -> Vec<Choice> {
            roles
                .iter()
                .filter(|role| role.kind == kind)
                .map(|role| Choice::new(role.id.as_str(), role.name.get(lang)))
                .collect()
        };
        PositionPage {
            roles: role_choices(groups, roles, lang),
            duties: of_kind(RoleKind::Duty),
            employments: of_kind(RoleKind::Employment),
            ..PositionPage::default()
        }
    }
}

/// Returns the roles that can be chosen as the job, by role group in the catalogue's order.
#[must_use]
pub fn role_choices(groups: &[RoleGroup], roles: &[Role], lang: Lang) -> Vec<ChoiceGroup> {
    groups
        .iter()
        .map(|group| ChoiceGroup {
            name: group.name.get(lang).to_owned(),
            choices: roles
                .iter()
                .filter(|role| {
                    role.kind == RoleKind::Role && role.group.as_ref() == Some(&group.id)
                })
                .map(|role| Choice::new(role.id.as_str(), role.name.get(lang)))
                .collect(),
        })
        .filter(|group| !group.choices.is_empty())
        .collect()
}

/// Renders the question about the respondent's work.
#[must_use]
pub fn render_position(page: &PositionPage, ctx: &PageContext) -> String {
    let _ = page;
    document(ctx, "ICTeko", view! { <h1>"ICTeko"</h1> })
}
