//! A questionnaire under way, as it lies inside its seal.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use surveys::{Answer, Assessment, ItemId, Lang, Position, Response, SectionId, Survey, UnitId};

use crate::server::keys::{Keys, Purpose, Secret};
use crate::store::{CodeHash, StoreError};

/// A questionnaire under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Draft {
    /// The hash of the code it was begun with.
    #[serde(with = "hex32")]
    pub(crate) code: [u8; 32],
    /// The unit of the code.
    pub(crate) unit: UnitId,
    /// The id that makes sending it twice one answer (DU-6).
    #[serde(with = "hex16")]
    pub(crate) submission: [u8; 16],
    /// Whether the notice was read.
    pub(crate) notice_read: bool,
    /// What the respondent does.
    pub(crate) position: Option<Position>,
    /// Answers so far, hidden ones included.
    pub(crate) answers: BTreeMap<ItemId, Answer>,
    /// How often each page was saved.
    pub(crate) saves: BTreeMap<SectionId, u32>,
    /// The page that was open last.
    pub(crate) at: Option<SectionId>,
}

impl Draft {
    /// Begins a draft.
    pub(crate) fn begin(code: CodeHash, unit: UnitId, submission: [u8; 16]) -> Draft {
        Draft {
            code: code.0,
            unit,
            submission,
            notice_read: false,
            position: None,
            answers: BTreeMap::new(),
            saves: BTreeMap::new(),
            at: None,
        }
    }

    /// Returns how often a page was saved.
    pub(crate) fn saves_of(&self, section: &SectionId) -> u32 {
        self.saves.get(section).copied().unwrap_or(0)
    }

    /// Saves one page. A form that is older than the page's last save sets answers but takes
    /// none away, so that two tabs lose nothing.
    pub(crate) fn save_page(
        &mut self,
        section: &SectionId,
        asked: &BTreeSet<ItemId>,
        posted: BTreeMap<ItemId, Answer>,
        seen_saves: u32,
    ) {
        let saves = self.saves.entry(section.clone()).or_insert(0);
        if seen_saves >= *saves {
            self.answers.retain(|item, _| !asked.contains(item));
        }
        *saves += 1;
        self.answers.extend(posted);
        self.at = Some(section.clone());
    }

    /// Returns what would be sent now: answers to hidden items are left out.
    pub(crate) fn response(&self, survey: &Survey, language: Lang) -> Option<Response> {
        let position = self.position.clone()?;
        let assessment = Assessment::new(survey, &position, &self.answers);
        Some(Response {
            survey: survey.id.clone(),
            release: survey.release.unwrap_or_default(),
            language,
            answers: assessment.submitted(&self.answers),
            position,
        })
    }

    /// Seals the draft for the holder of the code.
    pub(crate) fn seal(&self, keys: &Keys, secret: &Secret) -> Result<Vec<u8>, StoreError> {
        let text = serde_json::to_string(self)
            .map_err(|error| StoreError::Refused(format!("a draft cannot be written: {error}")))?;
        keys.seal(secret, Purpose::Draft, &text)
            .map_err(|error| StoreError::Refused(error.to_string()))
    }

    /// Opens a sealed draft.
    pub(crate) fn open(keys: &Keys, secret: &Secret, sealed: &[u8]) -> Option<Draft> {
        let text = keys.open(secret, Purpose::Draft, sealed)?;
        serde_json::from_str(&text).ok()
    }
}

macro_rules! hex_bytes {
    ($name:ident, $length:literal) => {
        /// Bytes as hexadecimal text.
        pub(crate) mod $name {
            use data_encoding::HEXLOWER;
            use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

            pub(crate) fn serialize<S: Serializer>(
                bytes: &[u8; $length],
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&HEXLOWER.encode(bytes))
            }

            pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
                deserializer: D,
            ) -> Result<[u8; $length], D::Error> {
                let text = String::deserialize(deserializer)?;
                let bytes = HEXLOWER.decode(text.as_bytes()).map_err(D::Error::custom)?;
                bytes
                    .try_into()
                    .map_err(|_| D::Error::custom("wrong length"))
            }
        }
    };
}

hex_bytes!(hex16, 16);
hex_bytes!(hex32, 32);

#[cfg(test)]
mod tests {
    use surveys::Level;

    use super::*;

    fn ids() -> (SectionId, ItemId, ItemId) {
        (
            SectionId::new("safety").unwrap(),
            ItemId::new("dc-4-1").unwrap(),
            ItemId::new("dc-4-2").unwrap(),
        )
    }

    fn draft() -> Draft {
        Draft::begin(CodeHash([1; 32]), UnitId::new("koulu").unwrap(), [2; 16])
    }

    #[test]
    fn an_old_tab_takes_no_answer_away() {
        let (section, first, second) = ids();
        let asked: BTreeSet<ItemId> = [first.clone(), second.clone()].into();
        let level = |n| Answer::Level(Level(n));
        let mut draft = draft();
        draft.save_page(&section, &asked, [(first.clone(), level(2))].into(), 0);
        // Another tab, opened before that save, sends only the second answer.
        draft.save_page(&section, &asked, [(second.clone(), level(3))].into(), 0);
        assert_eq!(draft.answers.len(), 2);
        // The newest form may empty an answer.
        draft.save_page(&section, &asked, [(second, level(4))].into(), 2);
        assert_eq!(draft.answers.len(), 1);
    }

    #[test]
    fn a_draft_comes_back_as_it_was() {
        let keys = Keys::new([1; 32], [2; 32], [3; 32]);
        let secret = Secret::from_cookie(&"A".repeat(43)).unwrap();
        let (section, first, _) = ids();
        let mut draft = draft();
        draft.answers.insert(first, Answer::Text("äö".into()));
        draft.at = Some(section);
        let sealed = draft.seal(&keys, &secret).unwrap();
        assert_eq!(Draft::open(&keys, &secret, &sealed), Some(draft));
    }
}
