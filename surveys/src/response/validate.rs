//! Checks a submitted whole: every problem at once, each with its item and a message key.

use super::form::normalised;
use crate::{Answer, Assessment, Catalog, Item, ItemId, ItemKind, Response, Survey};

/// Most characters of any text after normalisation.
pub const LONGEST_TEXT: u32 = 4_000;

/// A response that may be stored: every answer fits its item, texts are normalised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidResponse(Response);

impl ValidResponse {
    /// Returns the response.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.0
    }

    /// Returns the response and gives up the proof that it was checked.
    #[must_use]
    pub fn into_response(self) -> Response {
        self.0
    }
}

/// Why an answer or a whole is refused. People see the translated text of [`Self::key`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum ResponseProblem {
    /// It answers another survey or another release.
    #[error("the response answers another release of the survey")]
    OtherRelease,
    /// The role, a duty or the employment is not in the catalogue or of the wrong kind.
    #[error("the role, a duty or the employment is not in the catalogue")]
    UnknownPosition,
    /// The item is not in this release.
    #[error("item `{0}` is not in this release")]
    UnknownItem(ItemId),
    /// The item is not asked of this person, by role or by earlier answers.
    #[error("item `{0}` is not asked of this person")]
    NotAsked(ItemId),
    /// Text to read was answered.
    #[error("item `{0}` takes no answer")]
    TakesNoAnswer(ItemId),
    /// The kind of the answer is not the item's.
    #[error("item `{0}` is answered in another way")]
    WrongKind(ItemId),
    /// A step that the scale does not have.
    #[error("the answer to `{0}` is not on its scale")]
    OffScale(ItemId),
    /// An option that the item does not have.
    #[error("the answer to `{0}` is not one of its options")]
    NotAnOption(ItemId),
    /// More answers than the item takes.
    #[error("item `{0}` takes fewer answers")]
    TooMany(ItemId),
    /// A non-answer that the item does not offer.
    #[error("item `{0}` does not offer this non-answer")]
    DeclinedNotOffered(ItemId),
    /// A non-answer and something else at once.
    #[error("item `{0}` is answered and declined at once")]
    DeclinedAndAnswered(ItemId),
    /// A text longer than allowed.
    #[error("the text of `{item}` is longer than {most} characters")]
    TextTooLong {
        /// The item.
        item: ItemId,
        /// Most characters.
        most: u32,
    },
    /// A text with characters that cannot be read.
    #[error("the text of `{0}` holds characters that cannot be read")]
    ControlCharacter(ItemId),
}

impl ResponseProblem {
    /// Every message key, so that translations can be checked for completeness.
    pub const KEYS: [&str; 13] = [
        "answer-other-release",
        "answer-unknown-position",
        "answer-unknown-item",
        "answer-not-asked",
        "answer-takes-no-answer",
        "answer-wrong-kind",
        "answer-off-scale",
        "answer-not-an-option",
        "answer-too-many",
        "answer-declined-not-offered",
        "answer-declined-and-answered",
        "answer-text-too-long",
        "answer-control-character",
    ];

    /// Returns the key of the message people see.
    #[must_use]
    pub fn key(&self) -> &'static str {
        Self::KEYS[match self {
            Self::OtherRelease => 0,
            Self::UnknownPosition => 1,
            Self::UnknownItem(_) => 2,
            Self::NotAsked(_) => 3,
            Self::TakesNoAnswer(_) => 4,
            Self::WrongKind(_) => 5,
            Self::OffScale(_) => 6,
            Self::NotAnOption(_) => 7,
            Self::TooMany(_) => 8,
            Self::DeclinedNotOffered(_) => 9,
            Self::DeclinedAndAnswered(_) => 10,
            Self::TextTooLong { .. } => 11,
            Self::ControlCharacter(_) => 12,
        }]
    }

    /// Returns the item it is about; problems of the whole have none.
    #[must_use]
    pub fn item(&self) -> Option<&ItemId> {
        match self {
            Self::OtherRelease | Self::UnknownPosition => None,
            Self::UnknownItem(item)
            | Self::NotAsked(item)
            | Self::TakesNoAnswer(item)
            | Self::WrongKind(item)
            | Self::OffScale(item)
            | Self::NotAnOption(item)
            | Self::TooMany(item)
            | Self::DeclinedNotOffered(item)
            | Self::DeclinedAndAnswered(item)
            | Self::TextTooLong { item, .. }
            | Self::ControlCharacter(item) => Some(item),
        }
    }
}

/// Checks a response against the release it answers and normalises its texts.
///
/// # Errors
/// Every problem at once. Leave hidden answers out first, with [`Assessment::submitted`].
pub fn validate(
    survey: &Survey,
    catalog: &Catalog,
    response: &Response,
) -> Result<ValidResponse, Vec<ResponseProblem>> {
    let mut response = response.clone();
    for answer in response.answers.values_mut() {
        if let Answer::Text(text) = answer {
            *text = normalised(text);
        }
    }
    response
        .answers
        .retain(|_, answer| !matches!(answer, Answer::Text(text) if text.is_empty()));
    let mut problems = Vec::new();
    if response.survey != survey.id || survey.release.is_some_and(|it| it != response.release) {
        problems.push(ResponseProblem::OtherRelease);
    }
    if !catalog.knows(&response.position) {
        problems.push(ResponseProblem::UnknownPosition);
    }
    let assessment = Assessment::new(survey, &response.position, &response.answers);
    for (id, answer) in &response.answers {
        let checked = match survey.item(id) {
            None => Err(ResponseProblem::UnknownItem(id.clone())),
            Some(_) if !assessment.shows(id) => Err(ResponseProblem::NotAsked(id.clone())),
            Some(item) => check_answer(survey, item, answer),
        };
        problems.extend(checked.err());
    }
    if problems.is_empty() {
        Ok(ValidResponse(response))
    } else {
        Err(problems)
    }
}

/// Checks one answer against its item.
pub(super) fn check_answer(
    survey: &Survey,
    item: &Item,
    answer: &Answer,
) -> Result<(), ResponseProblem> {
    let id = || item.id.clone();
    match (answer, &item.kind) {
        (_, ItemKind::Info) => Err(ResponseProblem::TakesNoAnswer(id())),
        (Answer::NoValue(reason), _) if item.declined.contains(reason) => Ok(()),
        (Answer::NoValue(_), _) => Err(ResponseProblem::DeclinedNotOffered(id())),
        (Answer::Level(level), ItemKind::Likert { scale }) => {
            let steps = survey.scale(scale).map_or(&[][..], |scale| &scale.steps);
            if steps.iter().any(|step| step.value == *level) {
                Ok(())
            } else {
                Err(ResponseProblem::OffScale(id()))
            }
        }
        (Answer::Choices(chosen), ItemKind::Single { .. } | ItemKind::Multi { .. }) => {
            let most = match item.kind {
                ItemKind::Multi { at_most, .. } => at_most.map_or(usize::MAX, usize::from),
                _ => 1,
            };
            let known = |value| item.options().iter().any(|option| option.value == value);
            if chosen.is_empty() || !chosen.iter().all(|value| known(*value)) {
                Err(ResponseProblem::NotAnOption(id()))
            } else if chosen.len() > most {
                Err(ResponseProblem::TooMany(id()))
            } else {
                Ok(())
            }
        }
        (Answer::Text(text), ItemKind::LongText { max_chars }) => {
            let most = (*max_chars).min(LONGEST_TEXT);
            if text.chars().count() > usize::try_from(most).unwrap_or(usize::MAX) {
                Err(ResponseProblem::TextTooLong { item: id(), most })
            } else if text
                .chars()
                .any(|c| c.is_control() && c != '\n' && c != '\t')
            {
                Err(ResponseProblem::ControlCharacter(id()))
            } else {
                Ok(())
            }
        }
        (Answer::Level(_) | Answer::Choices(_) | Answer::Text(_), _) => {
            Err(ResponseProblem::WrongKind(id()))
        }
    }
}
