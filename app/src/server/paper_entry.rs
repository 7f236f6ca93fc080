//! A form on paper, typed in twice: what differs between the two times, and the decision on it.
//!
//! Both times lie in the draft, sealed with the code of the form, and neither tells who typed it.
//! [`Draft::response`] gives nothing to send until they agree, so a form counts only then. What
//! the first time gave is not shown to the second.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use surveys::{Answer, Assessment, ItemId, Position, Survey};

use crate::pages::PaperTime;
use crate::server::draft::Draft;

/// How far the typing of a form is; position and answers of the draft are those of this time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Paper {
    /// It is typed for the first time.
    First,
    /// It is typed for the second time.
    Second {
        /// The position as it was typed first.
        position: Position,
        /// The answers as they were typed first.
        answers: BTreeMap<ItemId, Answer>,
    },
}

/// What the two times have put down differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// The position. It decides what is asked, so it is decided before all else.
    Position {
        /// The first time's.
        first: Position,
        /// The second time's.
        second: Position,
    },
    /// An answer; nothing where the item was left empty.
    Item {
        /// The item.
        item: ItemId,
        /// The first time's.
        first: Option<Answer>,
        /// The second time's.
        second: Option<Answer>,
    },
}

/// Which time is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    /// The first.
    First,
    /// The second.
    Second,
}

impl Draft {
    /// Returns which time a form on paper is being typed; nothing where somebody answers online.
    pub(crate) fn time(&self) -> Option<PaperTime> {
        Some(match self.paper.as_ref()? {
            Paper::First => PaperTime::First,
            Paper::Second { .. } => PaperTime::Second,
        })
    }

    /// Ends the first time: the second begins with nothing, under a submission id of its own, so
    /// that nothing a browser still holds of the first gets into it.
    pub(crate) fn end_first_time(&mut self, submission: [u8; 16]) {
        if self.paper != Some(Paper::First) {
            return;
        }
        let Some(position) = self.position.take() else {
            return;
        };
        let answers = std::mem::take(&mut self.answers);
        self.paper = Some(Paper::Second { position, answers });
        self.submission = submission;
        self.tabs.clear();
        self.at = None;
    }

    /// Returns what is still to be decided, in the order of the survey.
    pub(crate) fn differences(&self, survey: &Survey) -> Vec<Difference> {
        let Some(Paper::Second { position, answers }) = &self.paper else {
            return Vec::new();
        };
        let Some(second) = &self.position else {
            return Vec::new();
        };
        if position != second {
            return vec![Difference::Position {
                first: position.clone(),
                second: second.clone(),
            }];
        }
        let sent = |answers| Assessment::new(survey, second, answers).submitted(answers);
        let (first, second) = (sent(answers), sent(&self.answers));
        let items = survey.items.iter().map(|item| &item.id);
        items
            .filter(|item| first.get(*item) != second.get(*item))
            .map(|item| Difference::Item {
                item: item.clone(),
                first: first.get(item).cloned(),
                second: second.get(item).cloned(),
            })
            .collect()
    }

    /// Takes the time that is right for both.
    pub(crate) fn decide(&mut self, difference: Difference, right: Right) {
        let Some(Paper::Second { position, answers }) = &mut self.paper else {
            return;
        };
        match difference {
            Difference::Position { first, second } => {
                let right = if right == Right::First { first } else { second };
                position.clone_from(&right);
                self.position = Some(right);
            }
            Difference::Item {
                item,
                first,
                second,
            } => {
                let right = if right == Right::First { first } else { second };
                for time in [answers, &mut self.answers] {
                    match right.clone() {
                        Some(answer) => drop(time.insert(item.clone(), answer)),
                        None => drop(time.remove(&item)),
                    }
                }
            }
        }
    }

    /// Returns whether the answers may be sent as far as paper is concerned: nobody checks what
    /// somebody answers online, and the two times of a form must agree.
    pub(crate) fn is_agreed(&self, survey: &Survey) -> bool {
        match self.time() {
            None => true,
            Some(PaperTime::First) => false,
            Some(PaperTime::Second) => self.differences(survey).is_empty(),
        }
    }
}
