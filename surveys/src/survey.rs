//! The instrument: sections, items, scales, scoring and texts, checked and complete.
//!
//! A `Survey` comes out of [`crate::definition`] or out of a release; every reference inside it
//! resolves and every text exists in three languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    DimensionId, Item, ItemId, Localized, ReleaseNumber, ResponseScale, RoleFilter, RoleGroupId,
    RoleProfile, ScaleId, SectionId, SurveyId,
};

/// A checked survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Identity.
    pub id: SurveyId,
    /// The number of the frozen release; a working copy has none.
    pub release: Option<ReleaseNumber>,
    /// The name people see.
    pub title: Localized,
    /// About how many minutes answering takes.
    pub minutes: u8,
    /// Sections in order; one section is one page.
    pub sections: Vec<Section>,
    /// Items in display order.
    pub items: Vec<Item>,
    /// Scales the items use.
    pub scales: Vec<ResponseScale>,
    /// What is scored.
    pub dimensions: Vec<Dimension>,
    /// Target levels by role group.
    pub profiles: Vec<RoleProfile>,
    /// Longer texts in Markdown by name, such as `intro`, `privacy`, `thanks`.
    pub texts: BTreeMap<String, Localized>,
    /// Items that existed once; their ids never return.
    #[serde(default)]
    pub retired: Vec<RetiredItem>,
}

/// An item that was taken out of use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetiredItem {
    /// Its id, which is never used again.
    pub id: ItemId,
    /// The first release without it.
    pub since: ReleaseNumber,
    /// Why it went.
    pub reason: String,
}

/// One page of the questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Identity.
    pub id: SectionId,
    /// The heading.
    pub title: Localized,
    /// A sentence or two before the items.
    pub intro: Option<Localized>,
    /// Who gets this page.
    pub roles: RoleFilter,
    /// Items and matrices in order.
    pub blocks: Vec<Block>,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "lowercase")]
pub enum Block {
    /// One item on its own.
    Item {
        /// The item.
        item: ItemId,
    },
    /// Likert items under one stem with one scale; each is still an item of its own.
    Matrix {
        /// Identity among the items; it takes no answer of its own.
        id: ItemId,
        /// The common stem.
        stem: Localized,
        /// The common scale.
        scale: ScaleId,
        /// The rows.
        items: Vec<ItemId>,
    },
}

/// Something scored from several items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dimension {
    /// Identity, such as `communication`.
    pub id: DimensionId,
    /// Whether it is a competence area of the own profile or an index beside it.
    pub kind: DimensionKind,
    /// The name in work language.
    pub title: Localized,
    /// One sentence on what it covers.
    pub gist: Option<Localized>,
    /// Likert items it is the mean of.
    pub items: Vec<ItemId>,
    /// When a person gets a score.
    pub missing: MissingRule,
    /// Next steps for people below target, in the order they are offered.
    #[serde(default)]
    pub next_steps: Vec<Localized>,
}

/// What a dimension is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DimensionKind {
    /// A competence area: it has targets and stands in the own profile.
    Competence,
    /// An index such as support or environment.
    Index,
}

/// A person has a score when `valid >= max(min_answered, ceil(min_share * base))`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissingRule {
    /// Least share of the base that must be valid, 0 to 1.
    pub min_share: f64,
    /// What the share is taken of.
    pub of: ShareBase,
    /// Least number of valid items.
    pub min_answered: u8,
}

impl Eq for MissingRule {}

impl Default for MissingRule {
    fn default() -> Self {
        MissingRule {
            min_share: 0.5,
            of: ShareBase::All,
            min_answered: 1,
        }
    }
}

/// The base of the missing rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShareBase {
    /// All items of the dimension.
    All,
    /// Items not marked "not my work" and not left unasked.
    Applicable,
}

impl Survey {
    /// Returns the item with this id.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// Returns the scale of a likert item.
    #[must_use]
    pub fn scale_of(&self, item: &Item) -> Option<&ResponseScale> {
        item.scale().and_then(|scale| self.scale(scale))
    }

    /// Returns the target levels of a role group.
    #[must_use]
    pub fn profile_of(&self, group: &RoleGroupId) -> Option<&RoleProfile> {
        self.profiles.iter().find(|profile| profile.group == *group)
    }

    /// Returns the section with this id.
    #[must_use]
    pub fn section(&self, id: &SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// Returns the scale with this id.
    #[must_use]
    pub fn scale(&self, id: &ScaleId) -> Option<&ResponseScale> {
        self.scales.iter().find(|scale| scale.id == *id)
    }

    /// Returns the dimension with this id.
    #[must_use]
    pub fn dimension(&self, id: &DimensionId) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id == *id)
    }
}
