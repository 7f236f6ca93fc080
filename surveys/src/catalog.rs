//! Data shared by all instruments: staff groups, municipalities, scales and frameworks.
//!
//! Read from the text of `catalog/*.toml` by [`Catalog::parse`], which reports every problem
//! with its place. The lookups here are what the other modules use.

mod own;
mod parse;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    Framework, FrameworkId, Labels, Lang, Localized, MunicipalityCode, Position, ResponseScale,
    Role, RoleGroup, RoleGroupId, RoleId, RoleKind, ScaleId,
};

pub use own::EXAMPLE_MUNICIPALITY;

/// Data shared by all instruments.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalog {
    /// Groups of roles that share target levels, in order.
    pub role_groups: Vec<RoleGroup>,
    /// Staff groups in order: roles, duties and kinds of employment.
    pub roles: Vec<Role>,
    /// Municipalities in order.
    pub municipalities: Vec<Municipality>,
    /// Answer scales by id.
    pub scales: Vec<ResponseScale>,
    /// Competence frameworks by id.
    pub frameworks: Vec<Framework>,
}

/// A town or city.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Municipality {
    /// Three-character code by Statistics Finland.
    pub code: MunicipalityCode,
    /// Name in addresses and folders, such as `hameenlinna`.
    pub slug: String,
    /// The name people see.
    pub name: Localized,
    /// The Finnish name inflected, for sentences.
    pub forms: InflectedForms,
    /// Who provides education there, as it calls itself.
    pub provider: Labels,
    /// Languages of the municipality, its first language first.
    pub languages: Vec<Lang>,
    /// The region it lies in, by its Finnish name.
    pub region: String,
}

/// A Finnish name in the cases that sentences need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InflectedForms {
    /// Nominative: Tampere.
    pub nom: String,
    /// Genitive: Tampereen.
    #[serde(rename = "gen")]
    pub genitive: String,
    /// Being there: Tampereella.
    #[serde(rename = "in")]
    pub inside: String,
    /// Coming from there: Tampereelta.
    pub from: String,
    /// Going there: Tampereelle.
    pub to: String,
}

impl Catalog {
    /// Returns the staff group with this id.
    #[must_use]
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == *id)
    }

    /// Returns the staff groups of a kind, in order.
    pub fn roles_of_kind(&self, kind: RoleKind) -> impl Iterator<Item = &Role> {
        self.roles.iter().filter(move |role| role.kind == kind)
    }

    /// Returns the role group with this id.
    #[must_use]
    pub fn group(&self, id: &RoleGroupId) -> Option<&RoleGroup> {
        self.role_groups.iter().find(|group| group.id == *id)
    }

    /// Returns the group whose targets a staff group has; a kind of employment has none.
    #[must_use]
    pub fn group_of(&self, role: &RoleId) -> Option<&RoleGroup> {
        self.group(self.role(role)?.group.as_ref()?)
    }

    /// Returns the ids of the staff groups in a role group.
    #[must_use]
    pub fn members(&self, group: &RoleGroupId) -> BTreeSet<RoleId> {
        self.roles
            .iter()
            .filter(|role| role.group.as_ref() == Some(group))
            .map(|role| role.id.clone())
            .collect()
    }

    /// Returns the ids of the staff groups whose role group teaches or educates.
    #[must_use]
    pub fn pedagogical(&self) -> BTreeSet<RoleId> {
        self.roles
            .iter()
            .filter(|role| {
                self.group_of(&role.id)
                    .is_some_and(|group| group.pedagogical)
            })
            .map(|role| role.id.clone())
            .collect()
    }

    /// Returns whether the role and the duties and the employment exist and are of those kinds.
    #[must_use]
    pub fn knows(&self, position: &Position) -> bool {
        let is = |id: &RoleId, kind| self.role(id).is_some_and(|role| role.kind == kind);
        is(&position.role, RoleKind::Role)
            && position.duties.iter().all(|duty| is(duty, RoleKind::Duty))
            && position
                .employment
                .iter()
                .all(|employment| is(employment, RoleKind::Employment))
    }

    /// Returns the municipality with this code.
    #[must_use]
    pub fn municipality(&self, code: &MunicipalityCode) -> Option<&Municipality> {
        self.municipalities.iter().find(|town| town.code == *code)
    }

    /// Returns the municipality with this name in addresses.
    #[must_use]
    pub fn municipality_by_slug(&self, slug: &str) -> Option<&Municipality> {
        self.municipalities.iter().find(|town| town.slug == slug)
    }

    /// Returns the scale with this id.
    #[must_use]
    pub fn scale(&self, id: &ScaleId) -> Option<&ResponseScale> {
        self.scales.iter().find(|scale| scale.id == *id)
    }

    /// Returns the framework with this id.
    #[must_use]
    pub fn framework(&self, id: &FrameworkId) -> Option<&Framework> {
        self.frameworks.iter().find(|framework| framework.id == *id)
    }
}
