//! Competence frameworks as facts: areas, competences, levels, licence and source.

use serde::{Deserialize, Serialize};

use crate::{AreaId, CompetenceId, FrameworkId, Localized};

/// A published framework in one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Identity with version, such as `digcomp-3.0`.
    pub id: FrameworkId,
    /// The framework's title.
    pub title: Localized,
    /// Who owns it.
    pub owner: String,
    /// Year of publication.
    pub year: u16,
    /// The licence under which titles are reused.
    pub licence: String,
    /// The publication, as a citation.
    pub source: String,
    /// Competence areas in the framework's order.
    #[serde(rename = "area")]
    pub areas: Vec<Area>,
    /// Competences in the framework's order.
    #[serde(rename = "competence")]
    pub competences: Vec<Competence>,
}

/// A group of competences in a framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Identity inside the framework.
    pub id: AreaId,
    /// The area's title.
    pub title: Localized,
}

/// One thing a person can be more or less able to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    /// Identity inside the framework; text, never a number.
    pub id: CompetenceId,
    /// The area it belongs to.
    pub area: AreaId,
    /// The competence's title.
    pub title: Localized,
}

/// A place in a framework that an item measures, written `digcomp-3.0:2.2` in definitions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FrameworkRef {
    /// The framework.
    pub framework: FrameworkId,
    /// The competence in it.
    pub competence: CompetenceId,
}

impl std::fmt::Display for FrameworkRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.framework, self.competence)
    }
}

impl Framework {
    /// Returns the competence with this id.
    #[must_use]
    pub fn competence(&self, id: &CompetenceId) -> Option<&Competence> {
        self.competences
            .iter()
            .find(|competence| competence.id == *id)
    }
}
