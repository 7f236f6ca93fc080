//! Answer scales: the ordered answers of an item, nothing else.

use serde::{Deserialize, Serialize};

use crate::{Localized, ScaleId};

/// One step of competence or agreement: a small whole number, where nought is a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Level(pub u8);

/// The ordered answers that one or more items share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseScale {
    /// Identity of the scale.
    pub id: ScaleId,
    /// Steps from low to high; values rise by one.
    pub steps: Vec<ScaleStep>,
}

/// One step of a scale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleStep {
    /// The number that is stored and scored.
    pub value: Level,
    /// The words the respondent sees.
    pub text: Localized,
}

impl ResponseScale {
    /// Returns the lowest and the highest step; a checked scale has at least two.
    #[must_use]
    pub fn range(&self) -> (Level, Level) {
        let lowest = self.steps.first().map_or(Level(0), |step| step.value);
        let highest = self.steps.last().map_or(lowest, |step| step.value);
        (lowest, highest)
    }
}
