//! What a respondent put down: answers, the submitted whole, and why a place holds no value.
//!
//! `form.rs` turns form values into answers, `validate.rs` checks a whole before it is stored.

mod form;
mod validate;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Declined, ItemId, Lang, Level, Position, ReleaseNumber, SurveyId};

pub use validate::{LONGEST_TEXT, ResponseProblem, ValidResponse, validate};

/// What a respondent put down for one item. No entry means the item was left empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A step of a scale.
    Level(Level),
    /// The chosen options' values; one for a single choice, none chosen is an empty set.
    Choices(BTreeSet<i16>),
    /// Free text, normalised to NFC.
    Text(String),
    /// A deliberate non-answer.
    NoValue(Declined),
}

/// A submitted whole: it names the release it answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The survey.
    pub survey: SurveyId,
    /// The release that was shown.
    pub release: ReleaseNumber,
    /// The language at the moment of sending.
    pub language: Lang,
    /// What the respondent does.
    pub position: Position,
    /// Answers by item.
    pub answers: BTreeMap<ItemId, Answer>,
}

/// Why a place in the dataset holds no value. Always known, never guessed from a blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Not asked: by role, by condition or in this release.
    NotAsked,
    /// Shown and left empty, breaking off included.
    LeftEmpty,
    /// Declined on purpose.
    #[serde(untagged)]
    Declined(Declined),
}

impl Missing {
    /// Returns the number that stands for it in every export.
    #[must_use]
    pub fn code(self) -> i16 {
        match self {
            Missing::NotAsked => -91,
            Missing::LeftEmpty => -92,
            Missing::Declined(Declined::DontKnow) => -93,
            Missing::Declined(Declined::NotMyWork) => -94,
            Missing::Declined(Declined::PreferNotToSay) => -95,
        }
    }

    /// Returns the reason that a number of our own exports stands for.
    #[must_use]
    pub fn from_code(code: i16) -> Option<Missing> {
        [
            Missing::NotAsked,
            Missing::LeftEmpty,
            Missing::Declined(Declined::DontKnow),
            Missing::Declined(Declined::NotMyWork),
            Missing::Declined(Declined::PreferNotToSay),
        ]
        .into_iter()
        .find(|missing| missing.code() == code)
    }
}
