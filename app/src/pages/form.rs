//! Names and values of the forms that carry answers, written and read in one place.
//!
//! | field | value |
//! | --- | --- |
//! | `a.<item>` | a step or an option's number, `dont_know`, `not_my_work`, `prefer_not_to_say`, or the text |
//! | `d.<item>` | beside a text or a multiple choice: the non-answer |
//! | `go` | `next`, `back`, `later`, `review` or `lang-fi`, `lang-sv`, `lang-en` |
//! | `token` | the token against forged posts |

use std::collections::{BTreeMap, BTreeSet};

use surveys::{Answer, Declined, ItemId, ItemKind, Lang, Level, Survey};

use super::answer_view::ItemProblem;

/// What a respondent asked for with the button of a page of items; the page is saved first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// To the next page of items, or to the review after the last.
    Next,
    /// To the page before.
    Back,
    /// Stop now, continue later.
    Later,
    /// Straight to the review.
    Review,
    /// The same page in another language.
    Language(Lang),
}

impl Go {
    /// Returns what the field `go` asks for; anything else means next.
    #[must_use]
    pub fn from_field(value: &str) -> Go {
        match value {
            "back" => Go::Back,
            "later" => Go::Later,
            "review" => Go::Review,
            other => other
                .strip_prefix("lang-")
                .and_then(Lang::from_tag)
                .map_or(Go::Next, Go::Language),
        }
    }
}

/// Returns the field of an item's answer.
#[must_use]
pub fn answer_field(item: &str) -> String {
    format!("a.{item}")
}

/// Returns the field of an item's non-answer, where the answer is typed or ticked.
#[must_use]
pub fn declined_field(item: &str) -> String {
    format!("d.{item}")
}

/// Returns the value that stands for a non-answer in a form.
#[must_use]
pub fn declined_value(declined: Declined) -> &'static str {
    match declined {
        Declined::DontKnow => "dont_know",
        Declined::NotMyWork => "not_my_work",
        Declined::PreferNotToSay => "prefer_not_to_say",
    }
}

fn declined_from(value: &str) -> Option<Declined> {
    [
        Declined::DontKnow,
        Declined::NotMyWork,
        Declined::PreferNotToSay,
    ]
    .into_iter()
    .find(|declined| declined_value(*declined) == value)
}

/// Answers read from a form, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostedAnswers {
    /// The answers of the items that were on the page.
    pub answers: BTreeMap<ItemId, Answer>,
    /// Items whose field held something that is no answer to them.
    pub problems: BTreeMap<ItemId, ItemProblem>,
}

/// Reads the answers to the items `asked` on a page from the fields of its form; other fields
/// are passed over. Text stays as typed, also where it is too long, so that nothing is lost.
#[must_use]
pub fn posted_answers(
    survey: &Survey,
    asked: &BTreeSet<ItemId>,
    fields: &[(String, String)],
) -> PostedAnswers {
    let mut posted = PostedAnswers::default();
    for id in asked {
        let Some(item) = survey.item(id) else {
            continue;
        };
        let values = values_of(fields, &answer_field(id.as_str()));
        let declined = values_of(fields, &declined_field(id.as_str()))
            .into_iter()
            .chain(values.iter().copied())
            .find_map(declined_from)
            .filter(|declined| item.declined.contains(declined));
        let read = read_answer(survey, &item.kind, &values);
        match (read, declined) {
            (_, Some(declined)) if !typed_beside(&item.kind, &values) => {
                posted.answers.insert(id.clone(), Answer::NoValue(declined));
            }
            (Ok(Some(answer)), Some(_)) => {
                posted.answers.insert(id.clone(), answer);
                posted.problems.insert(id.clone(), ItemProblem::Both);
            }
            (Ok(Some(answer)), None) => {
                if let Some(problem) = too_much(&item.kind, &answer) {
                    posted.problems.insert(id.clone(), problem);
                }
                posted.answers.insert(id.clone(), answer);
            }
            (Ok(None), _) => {}
            (Err(problem), _) => {
                posted.problems.insert(id.clone(), problem);
            }
        }
    }
    posted
}

fn values_of<'a>(fields: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    fields
        .iter()
        .filter(|(field, _)| field == name)
        .map(|(_, value)| value.as_str())
        .collect()
}

fn typed_beside(kind: &ItemKind, values: &[&str]) -> bool {
    match kind {
        ItemKind::LongText { .. } => values.iter().any(|value| !value.trim().is_empty()),
        ItemKind::Multi { .. } => values.iter().any(|value| declined_from(value).is_none()),
        _ => false,
    }
}

fn read_answer(
    survey: &Survey,
    kind: &ItemKind,
    values: &[&str],
) -> Result<Option<Answer>, ItemProblem> {
    let number = |value: &str| value.parse::<i16>().map_err(|_| ItemProblem::UnknownValue);
    match kind {
        ItemKind::Info => Ok(None),
        ItemKind::LongText { .. } => Ok(values
            .iter()
            .find(|value| !value.trim().is_empty())
            .map(|value| Answer::Text(value.replace("\r\n", "\n")))),
        ItemKind::Likert { scale } => {
            let Some(value) = values.first() else {
                return Ok(None);
            };
            let level = Level(value.parse().map_err(|_| ItemProblem::UnknownValue)?);
            survey
                .scale(scale)
                .filter(|scale| scale.steps.iter().any(|step| step.value == level))
                .map(|_| Some(Answer::Level(level)))
                .ok_or(ItemProblem::UnknownValue)
        }
        ItemKind::Single { options } | ItemKind::Multi { options, .. } => {
            let mut chosen = BTreeSet::new();
            for value in values.iter().filter(|value| declined_from(value).is_none()) {
                let value = number(value)?;
                if !options.iter().any(|option| option.value == value) {
                    return Err(ItemProblem::UnknownValue);
                }
                chosen.insert(value);
            }
            match kind {
                ItemKind::Single { .. } if chosen.len() > 1 => Err(ItemProblem::UnknownValue),
                _ => Ok((!chosen.is_empty()).then_some(Answer::Choices(chosen))),
            }
        }
    }
}

fn too_much(kind: &ItemKind, answer: &Answer) -> Option<ItemProblem> {
    match (kind, answer) {
        (
            ItemKind::Multi {
                at_most: Some(at_most),
                ..
            },
            Answer::Choices(chosen),
        ) if chosen.len() > usize::from(*at_most) => {
            Some(ItemProblem::TooMany { at_most: *at_most })
        }
        (ItemKind::LongText { max_chars }, Answer::Text(text)) => {
            let typed = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            (typed > *max_chars).then_some(ItemProblem::TooLong {
                max_chars: *max_chars,
                typed,
            })
        }
        _ => None,
    }
}
