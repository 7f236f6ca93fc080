//! Items: one statement or question each, with who is asked and how it is answered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{Condition, FrameworkRef, ItemId, Localized, Position, RoleId, ScaleId, VariableName};

/// One statement or question of a survey.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Key in answers, translations, scoring and tests; never reused, never renamed.
    pub id: ItemId,
    /// Name of the column in the dataset.
    pub var: VariableName,
    /// Raised when the meaning changes; comparisons over waves join only equal revisions.
    pub rev: u32,
    /// How it is answered.
    pub kind: ItemKind,
    /// The statement or question.
    pub text: Localized,
    /// An example from work, shown beneath.
    pub help: Option<Localized>,
    /// Who is asked.
    pub roles: RoleFilter,
    /// Shown only where this holds; unknown hides.
    pub show_if: Option<Condition>,
    /// Places in frameworks that it measures.
    pub maps: Vec<FrameworkRef>,
    /// Deliberate non-answers that are offered, in order.
    pub declined: Vec<Declined>,
    /// Worded the other way round: recoded to `min + max - x` before scoring.
    pub reversed: bool,
    /// Option values that existed once and never return.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub retired_values: BTreeSet<i16>,
}

/// The ways of answering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum ItemKind {
    /// A step of an ordered scale.
    Likert {
        /// The scale.
        scale: ScaleId,
    },
    /// One of several options.
    Single {
        /// The options in order.
        options: Vec<ItemOption>,
    },
    /// Any number of options.
    Multi {
        /// The options in order.
        options: Vec<ItemOption>,
        /// At most this many may be chosen; absent means all.
        at_most: Option<u8>,
    },
    /// Free text of several lines.
    LongText {
        /// Most characters after normalisation.
        max_chars: u32,
    },
    /// Text to read; it takes no answer.
    Info,
}

/// One option of a single or multiple choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemOption {
    /// The whole number stored in the dataset; retired, never reused.
    pub value: i16,
    /// The words the respondent sees.
    pub text: Localized,
}

/// A deliberate non-answer. None of these is ever part of a mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Declined {
    /// "En osaa sanoa."
    DontKnow,
    /// "Ei kuulu työhöni."
    NotMyWork,
    /// "En halua vastata."
    PreferNotToSay,
}

/// Which staff groups are asked. A person belongs to a role, to duties and to a kind of
/// employment at once (see [`crate::Position`]); all of them count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleFilter {
    /// Asked only of people in one of these; empty means everybody.
    pub only: BTreeSet<RoleId>,
    /// Never asked of people in one of these.
    pub except: BTreeSet<RoleId>,
}

impl RoleFilter {
    /// Returns whether a person in this position is asked.
    #[must_use]
    pub fn admits(&self, position: &Position) -> bool {
        (self.only.is_empty() || position.groups().any(|group| self.only.contains(group)))
            && !position.groups().any(|group| self.except.contains(group))
    }
}

impl Item {
    /// Returns the scale of a likert item.
    #[must_use]
    pub fn scale(&self) -> Option<&ScaleId> {
        match &self.kind {
            ItemKind::Likert { scale } => Some(scale),
            _ => None,
        }
    }

    /// Returns the options of a single or multiple choice, else none.
    #[must_use]
    pub fn options(&self) -> &[ItemOption] {
        match &self.kind {
            ItemKind::Single { options } | ItemKind::Multi { options, .. } => options,
            _ => &[],
        }
    }

    /// Returns whether the item takes an answer; text to read does not.
    #[must_use]
    pub fn takes_answer(&self) -> bool {
        !matches!(self.kind, ItemKind::Info)
    }
}

impl Declined {
    /// Every deliberate non-answer.
    pub const ALL: [Declined; 3] = [
        Declined::DontKnow,
        Declined::NotMyWork,
        Declined::PreferNotToSay,
    ];

    /// Returns the word for it in definitions and forms, such as `dont_know`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Declined::DontKnow => "dont_know",
            Declined::NotMyWork => "not_my_work",
            Declined::PreferNotToSay => "prefer_not_to_say",
        }
    }

    /// Returns the deliberate non-answer with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Declined> {
        Declined::ALL
            .into_iter()
            .find(|reason| reason.word() == word)
    }
}
