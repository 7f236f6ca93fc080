//! What the answer cards of a page show: items in the respondent's language with the answers so
//! far, made from a survey by [`blocks`].

use std::collections::{BTreeMap, BTreeSet};

use surveys::{
    Answer, Block, Declined, Item, ItemId, ItemKind, Lang, ResponseProblem, Section, Survey,
};

/// A piece of a page of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockView {
    /// One item on its own.
    Item(ItemView),
    /// Items under one stem.
    Matrix {
        /// The common stem.
        stem: String,
        /// The rows, each a group of radio buttons of its own.
        rows: Vec<ItemView>,
    },
}

/// One item with the answer so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemView {
    /// The item's id.
    pub id: String,
    /// The statement or question.
    pub text: String,
    /// An example from work.
    pub help: Option<String>,
    /// How it is answered.
    pub control: Control,
    /// Deliberate non-answers that are offered.
    pub declined: Vec<Declined>,
    /// The non-answer that was chosen.
    pub chosen_declined: Option<Declined>,
    /// What is wrong with the answer, if it was refused.
    pub problem: Option<ResponseProblem>,
}

/// How an item is answered, with what was chosen or typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Control {
    /// One of several ordered or unordered options.
    One(Vec<OptionView>),
    /// Any number of options.
    Many {
        /// The options.
        options: Vec<OptionView>,
        /// At most this many.
        at_most: Option<u8>,
    },
    /// Free text.
    Text {
        /// What was typed.
        text: String,
        /// Most characters.
        max_chars: u32,
    },
    /// Text to read.
    Nothing,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionView {
    /// The value sent by the form.
    pub value: String,
    /// The words.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Returns what a section shows to somebody who is asked `asked` and has put down `answers`.
#[must_use]
pub fn blocks(
    survey: &Survey,
    section: &Section,
    asked: &BTreeSet<ItemId>,
    answers: &BTreeMap<ItemId, Answer>,
    problems: &BTreeMap<ItemId, ResponseProblem>,
    lang: Lang,
) -> Vec<BlockView> {
    let view = |id: &ItemId| {
        asked.contains(id).then_some(())?;
        let item = survey.item(id)?;
        Some(item_view(
            survey,
            item,
            answers.get(id),
            problems.get(id),
            lang,
        ))
    };
    section
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Item { item } => view(item).map(BlockView::Item),
            Block::Matrix { stem, items, .. } => {
                let rows: Vec<ItemView> = items.iter().filter_map(view).collect();
                (!rows.is_empty()).then(|| BlockView::Matrix {
                    stem: stem.get(lang).to_owned(),
                    rows,
                })
            }
        })
        .collect()
}

/// Returns one item with its answer.
#[must_use]
pub fn item_view(
    survey: &Survey,
    item: &Item,
    answer: Option<&Answer>,
    problem: Option<&ResponseProblem>,
    lang: Lang,
) -> ItemView {
    ItemView {
        id: item.id.to_string(),
        text: item.text.get(lang).to_owned(),
        help: item.help.as_ref().map(|help| help.get(lang).to_owned()),
        control: control(survey, item, answer, lang),
        declined: item.declined.clone(),
        chosen_declined: match answer {
            Some(Answer::NoValue(declined)) => Some(*declined),
            _ => None,
        },
        problem: problem.cloned(),
    }
}

fn control(survey: &Survey, item: &Item, answer: Option<&Answer>, lang: Lang) -> Control {
    let chosen = |value: i16| match answer {
        Some(Answer::Choices(values)) => values.contains(&value),
        Some(Answer::Level(level)) => i16::from(level.0) == value,
        _ => false,
    };
    let option = |value: i16, text: &surveys::Localized| OptionView {
        value: value.to_string(),
        text: text.get(lang).to_owned(),
        chosen: chosen(value),
    };
    match &item.kind {
        ItemKind::Likert { scale } => Control::One(
            survey
                .scale(scale)
                .map(|scale| scale.steps.as_slice())
                .unwrap_or_default()
                .iter()
                .map(|step| option(i16::from(step.value.0), &step.text))
                .collect(),
        ),
        ItemKind::Single { options } => {
            Control::One(options.iter().map(|o| option(o.value, &o.text)).collect())
        }
        ItemKind::Multi { options, at_most } => Control::Many {
            options: options.iter().map(|o| option(o.value, &o.text)).collect(),
            at_most: *at_most,
        },
        ItemKind::LongText { max_chars } => Control::Text {
            text: match answer {
                Some(Answer::Text(text)) => text.clone(),
                _ => String::new(),
            },
            max_chars: *max_chars,
        },
        ItemKind::Info => Control::Nothing,
    }
}
