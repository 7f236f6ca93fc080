//! A questionnaire under way, as it lies inside its seal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use surveys::{Answer, Assessment, ItemId, Lang, Position, Response, SectionId, Survey, UnitId};

use crate::server::keys::{Keys, Purpose, Secret};
use crate::server::paper_entry::Paper;
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
    /// The last background save of each tab, the tab that saved last at the end.
    #[serde(default)]
    pub(crate) tabs: Vec<SaveKey>,
    /// The page that was open last.
    pub(crate) at: Option<SectionId>,
    /// How far the typing is, where this is a form on paper.
    #[serde(default)]
    pub(crate) paper: Option<Paper>,
}

/// What makes a background save count once: a tab's random name and its running number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SaveKey {
    tab: String,
    number: u32,
}

/// Tabs whose last save is remembered. Each time a page is opened it is a new tab; a save that
/// comes later than this many pages is not to be feared.
const MOST_TABS: usize = 32;

impl SaveKey {
    /// Reads a key as a browser sent it.
    pub(crate) fn new(tab: &str, number: &str) -> Option<SaveKey> {
        let is_name = (8..=32).contains(&tab.len()) && tab.bytes().all(|b| b.is_ascii_hexdigit());
        let number = number.parse().ok()?;
        is_name.then(|| SaveKey {
            tab: tab.to_owned(),
            number,
        })
    }
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
            tabs: Vec::new(),
            at: None,
            paper: None,
        }
    }

    /// The same for a form on paper; whoever filled it in had the notice on it.
    pub(crate) fn on_paper(self) -> Draft {
        Draft {
            notice_read: true,
            paper: Some(Paper::First),
            ..self
        }
    }

    /// Saves what was changed on a page; nothing stands for an answer that was taken back. A save
    /// that comes twice, or after a later one of the same tab, changes nothing.
    pub(crate) fn save_page(
        &mut self,
        section: &SectionId,
        settled: BTreeMap<ItemId, Option<Answer>>,
        key: Option<SaveKey>,
    ) {
        if key.is_some_and(|key| !self.is_new(key)) {
            return;
        }
        for (item, answer) in settled {
            match answer {
                Some(answer) => drop(self.answers.insert(item, answer)),
                None => drop(self.answers.remove(&item)),
            }
        }
        self.at = Some(section.clone());
    }

    fn is_new(&mut self, key: SaveKey) -> bool {
        let known = self.tabs.iter().position(|it| it.tab == key.tab);
        if known.is_some_and(|place| self.tabs[place].number >= key.number) {
            return false;
        }
        if let Some(place) = known {
            self.tabs.remove(place);
        } else if self.tabs.len() >= MOST_TABS {
            self.tabs.remove(0);
        }
        self.tabs.push(key);
        true
    }

    /// Returns what would be sent now; nothing before a position is known, or where a form on
    /// paper has not been typed twice alike.
    pub(crate) fn response(&self, survey: &Survey, language: Lang) -> Option<Response> {
        let response = self.typed(survey, language)?;
        self.is_agreed(survey).then_some(response)
    }

    /// Returns what has been put down so far: answers to hidden items are left out.
    pub(crate) fn typed(&self, survey: &Survey, language: Lang) -> Option<Response> {
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

    fn level(n: u8) -> Option<Answer> {
        Some(Answer::Level(Level(n)))
    }

    fn key(tab: char, number: u32) -> Option<SaveKey> {
        SaveKey::new(&tab.to_string().repeat(16), &number.to_string())
    }

    #[test]
    fn a_save_that_comes_twice_or_late_changes_nothing() {
        let (section, first, second) = ids();
        let mut draft = draft();
        let mut save = |item: &ItemId, answer, key| {
            draft.save_page(&section, [(item.clone(), answer)].into(), key);
            draft.answers.clone()
        };
        save(&first, level(1), key('a', 1));
        save(&first, level(3), key('a', 2));
        assert_eq!(
            save(&first, level(1), key('a', 1)).get(&first),
            level(3).as_ref()
        );
        assert_eq!(
            save(&first, None, key('a', 2)).get(&first),
            level(3).as_ref()
        );
        // Another tab counts for itself, and only what it changed is changed.
        assert_eq!(save(&second, level(2), key('b', 1)).len(), 2);
        assert_eq!(save(&first, None, key('a', 3)).len(), 1);
    }

    #[test]
    fn only_so_many_tabs_are_remembered() {
        let (section, first, _) = ids();
        let mut draft = draft();
        for tab in 0..100 {
            let key = SaveKey::new(&format!("{tab:016x}"), "1");
            draft.save_page(&section, [(first.clone(), level(2))].into(), key);
        }
        assert_eq!(draft.tabs.len(), MOST_TABS);
        assert!(SaveKey::new("no hex at all", "1").is_none());
        assert!(SaveKey::new("0123456789abcdef", "-1").is_none());
    }

    /// A draft of the program before this one (DU-17).
    #[test]
    fn an_earlier_draft_still_opens() {
        let keys = Keys::new([1; 32], [2; 32], [3; 32]);
        let secret = Secret::from_cookie(&"A".repeat(43)).unwrap();
        let mut text = serde_json::to_value(draft()).unwrap();
        text.as_object_mut().unwrap().remove("tabs");
        text["saves"] = serde_json::json!({ "safety": 2 });
        let sealed = keys
            .seal(&secret, Purpose::Draft, &text.to_string())
            .unwrap();
        assert_eq!(Draft::open(&keys, &secret, &sealed), Some(draft()));
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
