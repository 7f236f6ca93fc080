//! The own result on its way through the browser: sealed in a cookie of the session, so that the
//! server keeps nothing that could link a person to answers (AN-19).
//!
//! It holds the answers in a short form, since the one scoring function makes the profile of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use surveys::{
    Answer, Declined, ItemId, Level, MunicipalityCode, Position, ReleaseNumber, Response, Survey,
    SurveyId,
};

use crate::error::AppError;
use crate::server::keys::{Keys, Purpose, Secret};

/// What the own profile is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OwnResult {
    #[serde(rename = "s")]
    pub(super) survey: SurveyId,
    #[serde(rename = "r")]
    pub(super) release: ReleaseNumber,
    #[serde(rename = "p")]
    pub(super) position: Position,
    /// Whose contacts and trainings are shown.
    #[serde(rename = "m")]
    pub(super) municipality: MunicipalityCode,
    /// The receipt's number, right after sending.
    #[serde(rename = "n", default)]
    pub(super) receipt: Option<String>,
    /// The return code, right after sending.
    #[serde(rename = "k", default, skip_serializing_if = "Option::is_none")]
    pub(super) return_code: Option<String>,
    /// One letter for each item of the survey.
    #[serde(rename = "a")]
    letters: String,
    /// Chosen options by the item's place.
    #[serde(rename = "c")]
    choices: BTreeMap<usize, BTreeSet<i16>>,
}

impl OwnResult {
    /// Takes what the profile needs from a response; texts stay behind.
    pub(super) fn new(
        survey: &Survey,
        response: &Response,
        municipality: &MunicipalityCode,
    ) -> OwnResult {
        let mut choices = BTreeMap::new();
        let letters = survey.items.iter().enumerate().map(|(place, item)| {
            match response.answers.get(&item.id) {
                None => '.',
                Some(Answer::Level(level)) => {
                    char::from_digit(u32::from(level.0), 36).unwrap_or('.')
                }
                Some(Answer::NoValue(Declined::DontKnow)) => 'D',
                Some(Answer::NoValue(Declined::NotMyWork)) => 'N',
                Some(Answer::NoValue(Declined::PreferNotToSay)) => 'P',
                Some(Answer::Text(_)) => 'T',
                Some(Answer::Choices(chosen)) => {
                    choices.insert(place, chosen.clone());
                    'C'
                }
            }
        });
        OwnResult {
            letters: letters.collect(),
            survey: response.survey.clone(),
            release: response.release,
            position: response.position.clone(),
            municipality: municipality.clone(),
            receipt: None,
            return_code: None,
            choices,
        }
    }

    /// Returns the answers again; a text only as having been given.
    pub(super) fn answers(&self, survey: &Survey) -> BTreeMap<ItemId, Answer> {
        let items = survey.items.iter().enumerate().zip(self.letters.chars());
        items
            .filter_map(|((place, item), letter)| {
                let answer = match letter {
                    '.' => return None,
                    'D' => Answer::NoValue(Declined::DontKnow),
                    'N' => Answer::NoValue(Declined::NotMyWork),
                    'P' => Answer::NoValue(Declined::PreferNotToSay),
                    'T' => Answer::Text("…".into()),
                    'C' => Answer::Choices(self.choices.get(&place)?.clone()),
                    digit => Answer::Level(Level(u8::try_from(digit.to_digit(36)?).ok()?)),
                };
                Some((item.id.clone(), answer))
            })
            .collect()
    }

    /// Returns the cookie's value.
    pub(super) fn seal(&self, keys: &Keys, secret: &Secret) -> Result<String, AppError> {
        let text =
            serde_json::to_string(self).map_err(|error| AppError::Unexpected(error.to_string()))?;
        let sealed = keys
            .seal(secret, Purpose::Result, &text)
            .map_err(|error| AppError::Unexpected(error.to_string()))?;
        Ok(data_encoding::BASE64URL_NOPAD.encode(&sealed))
    }

    /// Reads a cookie's value.
    pub(super) fn open(keys: &Keys, secret: &Secret, cookie: &str) -> Option<OwnResult> {
        let sealed = data_encoding::BASE64URL_NOPAD
            .decode(cookie.as_bytes())
            .ok()?;
        serde_json::from_str(&keys.open(secret, Purpose::Result, &sealed)?).ok()
    }
}
