//! Staff groups, role profiles and the position of one respondent.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{DimensionId, Level, Localized, RoleGroupId, RoleId};

/// A staff group of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Identity, such as `class-teacher`.
    pub id: RoleId,
    /// Whether it is chosen as the job, added as a duty or a kind of employment.
    pub kind: RoleKind,
    /// The group whose target levels it has; a kind of employment has none of its own.
    pub group: Option<RoleGroupId>,
    /// The name people see.
    pub name: Localized,
    /// Codes of Ammattiluokitus 2010 (ISCO-08 based), as text.
    #[serde(default)]
    pub occupation_codes: Vec<String>,
}

/// How a staff group is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleKind {
    /// The job itself: exactly one.
    Role,
    /// A task beside the job: any number.
    Duty,
    /// A kind of employment, such as substitute.
    Employment,
}

/// Roles that share target levels and are merged in small municipalities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleGroup {
    /// Identity, such as `teachers`.
    pub id: RoleGroupId,
    /// The name people see.
    pub name: Localized,
    /// Whether people in it teach or educate and get the pedagogical block.
    pub pedagogical: bool,
}

/// The level a role is meant to reach in a dimension.
pub type TargetLevel = Level;

/// The target levels of a role group. The start values are proposals for cities to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleProfile {
    /// Whose targets these are.
    pub group: RoleGroupId,
    /// Whether a city has yet to decide them.
    pub proposal: bool,
    /// Target by dimension; a dimension that is absent has no target, which is not nought.
    pub targets: BTreeMap<DimensionId, TargetLevel>,
}

/// What one respondent does: one role, duties beside it and possibly a kind of employment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The job; a substitute names the job stood in for.
    pub role: RoleId,
    /// Tasks beside the job.
    #[serde(default)]
    pub duties: BTreeSet<RoleId>,
    /// A kind of employment that changes what is asked, such as substitute.
    #[serde(default)]
    pub employment: Option<RoleId>,
}

impl Position {
    /// Returns every staff group the person belongs to.
    pub fn groups(&self) -> impl Iterator<Item = &RoleId> {
        std::iter::once(&self.role)
            .chain(&self.duties)
            .chain(&self.employment)
    }
}
