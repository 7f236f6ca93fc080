//! `show_if` expressions: parsed and type-checked with the definition, evaluated with answers.

use serde::{Deserialize, Serialize};

/// A condition over role and earlier answers; unknown hides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The expression as written.
    pub text: String,
}
