//! Names and values of the forms that carry answers, written and read in one place.
//!
//! | field | value |
//! | --- | --- |
//! | `a.<item>` | a step or an option's number, the word of a non-answer, or the text |
//! | `go` | `next`, `back`, `later`, `review`, `keep` or `lang-fi`, `lang-sv`, `lang-en` |
//! | `shown` | the items of the page, each with a trace of the answer it showed |
//! | `changed`, `tab`, `n` | the script's: items it has changed, and which save this is |
//! | `token` | the token against forged posts |

use std::collections::{BTreeMap, BTreeSet};

use surveys::{Answer, Item, ItemId, ItemKind, Lang, ResponseProblem, Survey};

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
    /// Stay: the script saves in the background.
    Keep,
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
            "keep" => Go::Keep,
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

/// Answers read from a form, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostedAnswers {
    /// The answers that can be kept.
    pub answers: BTreeMap<ItemId, Answer>,
    /// Everything that was chosen or typed, also where it was refused, to be shown again.
    pub shown: BTreeMap<ItemId, Answer>,
    /// What is wrong with the others.
    pub problems: BTreeMap<ItemId, ResponseProblem>,
}

/// Reads the answers to the items `asked` on a page from the fields of its form; other fields
/// are passed over. An item of the page that is in neither map was left empty.
#[must_use]
pub fn posted_answers(
    survey: &Survey,
    asked: &BTreeSet<ItemId>,
    fields: &[(String, String)],
) -> PostedAnswers {
    let mut posted = PostedAnswers::default();
    for item in asked.iter().filter_map(|id| survey.item(id)) {
        if item.kind == ItemKind::Info {
            continue;
        }
        let name = answer_field(item.id.as_str());
        let values: Vec<&str> = fields
            .iter()
            .filter(|(field, _)| *field == name)
            .map(|(_, value)| value.as_str())
            .collect();
        match Answer::from_form(survey, item, &values) {
            Ok(None) => {}
            Ok(Some(answer)) => {
                posted.shown.insert(item.id.clone(), answer.clone());
                posted.answers.insert(item.id.clone(), answer);
            }
            Err(problem) => {
                if let Some(typed) = as_typed(item, &values) {
                    posted.shown.insert(item.id.clone(), typed);
                }
                posted.problems.insert(item.id.clone(), problem);
            }
        }
    }
    posted
}

/// What was typed or ticked, to be shown again though it cannot be kept.
fn as_typed(item: &Item, values: &[&str]) -> Option<Answer> {
    match item.kind {
        ItemKind::LongText { .. } => values.first().map(|text| Answer::Text((*text).to_owned())),
        ItemKind::Multi { .. } => Some(Answer::Choices(
            values
                .iter()
                .filter_map(|value| value.parse().ok())
                .collect(),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_nobody_made_goes_on() {
        assert_eq!(Go::from_field("later"), Go::Later);
        assert_eq!(Go::from_field("lang-sv"), Go::Language(Lang::Sv));
        assert_eq!(Go::from_field("lang-de"), Go::Next);
        assert_eq!(Go::from_field("<script>"), Go::Next);
    }
}
