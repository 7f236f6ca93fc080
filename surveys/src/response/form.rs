//! From the values of a form to answers: pure, so that the browser and the server agree.

use unicode_normalization::UnicodeNormalization;

use super::validate::check_answer;
use crate::{Answer, Declined, Item, ItemKind, Level, ResponseProblem, Survey};

impl Answer {
    /// Parses the values a form sent under an item's name and checks them against the item.
    ///
    /// A likert item and a single choice send one number, a multiple choice one number per chosen
    /// option, a declined answer its word (`dont_know`, `not_my_work`, `prefer_not_to_say`), a
    /// text itself. Empty values count as not sent; nothing sent is no answer.
    ///
    /// # Errors
    /// When the values do not fit the item.
    pub fn from_form(
        survey: &Survey,
        item: &Item,
        values: &[impl AsRef<str>],
    ) -> Result<Option<Answer>, ResponseProblem> {
        let values: Vec<&str> = values
            .iter()
            .map(AsRef::as_ref)
            .filter(|value| !value.trim().is_empty())
            .collect();
        if values.is_empty() {
            return Ok(None);
        }
        let answer = match &item.kind {
            ItemKind::LongText { .. } => text(item, &values)?,
            ItemKind::Info => return Err(ResponseProblem::TakesNoAnswer(item.id.clone())),
            _ => match declined(item, &values)? {
                Some(reason) => Answer::NoValue(reason),
                None => numbers(item, &values)?,
            },
        };
        check_answer(survey, item, &answer)?;
        Ok(Some(answer))
    }

    /// Returns the values a form holds for this answer, to show again what was typed.
    #[must_use]
    pub fn form_values(&self) -> Vec<String> {
        match self {
            Answer::Level(level) => vec![level.0.to_string()],
            Answer::Choices(chosen) => chosen.iter().map(ToString::to_string).collect(),
            Answer::Text(text) => vec![text.clone()],
            Answer::NoValue(reason) => vec![reason.word().to_owned()],
        }
    }
}

/// Text as it is stored: NFC, line ends as one character, no blank around it.
pub(super) fn normalised(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.trim().nfc().collect()
}

fn text(item: &Item, values: &[&str]) -> Result<Answer, ResponseProblem> {
    match values {
        [text] => Ok(Answer::Text(normalised(text))),
        _ => Err(ResponseProblem::TooMany(item.id.clone())),
    }
}

fn declined(item: &Item, values: &[&str]) -> Result<Option<Declined>, ResponseProblem> {
    let reasons: Vec<_> = values
        .iter()
        .filter_map(|value| Declined::from_word(value))
        .collect();
    match (reasons.as_slice(), values.len()) {
        ([], _) => Ok(None),
        ([reason], 1) => Ok(Some(*reason)),
        _ => Err(ResponseProblem::DeclinedAndAnswered(item.id.clone())),
    }
}

fn numbers(item: &Item, values: &[&str]) -> Result<Answer, ResponseProblem> {
    let numbers = values
        .iter()
        .map(|value| value.parse::<i16>())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| ResponseProblem::NotAnOption(item.id.clone()))?;
    match (&item.kind, numbers.as_slice()) {
        (ItemKind::Likert { .. }, [number]) => u8::try_from(*number)
            .map(|number| Answer::Level(Level(number)))
            .map_err(|_| ResponseProblem::OffScale(item.id.clone())),
        (ItemKind::Single { .. }, [number]) => Ok(Answer::Choices([*number].into())),
        (ItemKind::Multi { .. }, numbers) => Ok(Answer::Choices(numbers.iter().copied().collect())),
        _ => Err(ResponseProblem::TooMany(item.id.clone())),
    }
}
