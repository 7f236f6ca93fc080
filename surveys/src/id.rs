//! Identifiers: permanent text, checked once, never a bare `String` across a module edge.
//!
//! Published ids are retired, never reused, never renamed, never translated, never numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A text that does not fit the shape its identifier must have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} `{text}` must be {shape}")]
pub struct InvalidId {
    /// What kind of identifier was asked for, such as `item id`.
    pub kind: &'static str,
    /// The text that was given.
    pub text: String,
    /// The shape in words.
    pub shape: &'static str,
}

pub(crate) fn is_kebab(text: &str, longest: usize) -> bool {
    let bytes = text.as_bytes();
    (1..=longest).contains(&bytes.len())
        && bytes[0].is_ascii_lowercase()
        && bytes[bytes.len() - 1] != b'-'
        && bytes
            .iter()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-')
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $shape:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            #[doc = concat!("Checks a text and returns it as ", $kind, ".")]
            ///
            /// # Errors
            #[doc = concat!("When the text is not ", $shape, ".")]
            pub fn new(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                let check: fn(&str) -> bool = $check;
                if check(&text) {
                    Ok(Self(text))
                } else {
                    Err(InvalidId { kind: $kind, text, shape: $shape })
                }
            }

            /// Returns the identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

text_id!(
    /// The identity of a survey, such as `icteko-perus`.
    SurveyId, "a survey id", "2 to 40 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| t.len() >= 2 && is_kebab(t, 40)
);
text_id!(
    /// The identity of a section of a survey.
    SectionId, "a section id", "1 to 40 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| is_kebab(t, 40)
);
text_id!(
    /// The identity of one statement or question.
    ItemId, "an item id", "3 to 32 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| t.len() >= 3 && is_kebab(t, 32)
);
text_id!(
    /// The identity of a set of ordered answers.
    ScaleId, "a scale id", "1 to 40 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| is_kebab(t, 40)
);
text_id!(
    /// The identity of something scored from several items, such as a competence area.
    DimensionId, "a dimension id", "1 to 40 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| is_kebab(t, 40)
);
text_id!(
    /// The identity of a staff group of the catalogue: a role, a duty or a kind of employment.
    RoleId, "a role id", "1 to 40 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| is_kebab(t, 40)
);
text_id!(
    /// The identity of a group of roles that share their target levels.
    RoleGroupId, "a role group id", "1 to 40 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| is_kebab(t, 40)
);
text_id!(
    /// The identity of a framework with its version, such as `digcomp-3.0`.
    FrameworkId, "a framework id", "1 to 40 of a-z, 0-9, hyphen and full stop",
    |t| is_kebab(&t.replace('.', "-"), 40)
);
text_id!(
    /// The identity of a competence area inside its framework, such as `2`.
    AreaId, "an area id", "1 to 12 letters, digits or full stops",
    |t| (1..=12).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
);
text_id!(
    /// The identity of a competence inside its framework; `2.2` is text, not a number.
    CompetenceId, "a competence id", "1 to 12 letters, digits or full stops",
    |t| (1..=12).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
);
text_id!(
    /// A municipality's three-character code by Statistics Finland; `092` keeps its nought.
    MunicipalityCode, "a municipality code", "three digits, such as 092",
    |t| t.len() == 3 && t.bytes().all(|b| b.is_ascii_digit())
);
text_id!(
    /// The identity of a network of municipalities.
    NetworkId, "a network id", "1 to 40 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| is_kebab(t, 40)
);
text_id!(
    /// The identity of a school, day-care centre, library or office.
    UnitId, "a unit id", "1 to 40 of a-z, 0-9 and hyphen, beginning with a letter",
    |t| is_kebab(t, 40)
);
text_id!(
    /// The identity of a wave, such as `2026-syksy`.
    WaveId, "a wave id", "1 to 40 of a-z, 0-9 and hyphen",
    |t| is_kebab(&format!("w{t}"), 41)
);
text_id!(
    /// The name of a column of the dataset.
    VariableName, "a variable name", "1 to 64 of a-z, 0-9 and underscore, beginning with a letter",
    |t| (1..=64).contains(&t.len())
        && t.as_bytes()[0].is_ascii_lowercase()
        && t.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
);

/// The number of a released, frozen form of a survey; the first is 1.
pub type ReleaseNumber = u32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_keep_to_their_shape() {
        assert!(ItemId::new("dc-1-1").is_ok());
        for wrong in [
            "ab",
            "Abc",
            "1abc",
            "abc-",
            "a b c",
            "äiti",
            &"a".repeat(33),
        ] {
            assert!(ItemId::new(wrong).is_err(), "{wrong}");
        }
        assert!(MunicipalityCode::new("092").is_ok());
        assert!(MunicipalityCode::new("92").is_err());
        assert!(FrameworkId::new("digcomp-3.0").is_ok());
        assert!(WaveId::new("2026-syksy").is_ok());
        assert!(VariableName::new("dc_1_1").is_ok());
        assert!(VariableName::new("dc-1-1").is_err());
    }
}
