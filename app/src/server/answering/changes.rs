//! What a form of items changes, so that two tabs do not undo one another.
//!
//! A page carries along what it showed (`shown`). Without scripts an item is changed when it is
//! posted otherwise than it was shown; the script of the page names what was changed (`changed`)
//! and numbers its saves (`tab`, `n`), so that one that comes twice or late changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use sha2::{Digest, Sha256};
use surveys::{Answer, ItemId, ItemKind, ResponseProblem, Survey};

use crate::pages::PaperTime;
use crate::pages::form::posted_answers;
use crate::server::draft::SaveKey;
use crate::server::posted::field;

/// How the fields of answers begin.
const ANSWER: &str = "a.";

/// The fields that the form of a page of items may have.
pub(super) const KNOWN: [&str; 7] = [ANSWER, "go", SHOWN, CHANGED, TAB, NUMBER, PaperTime::FIELD];

/// The hidden field with the items of the page and what they held.
pub(super) const SHOWN: &str = "shown";
/// The script's field with the items it has changed and not yet heard of.
const CHANGED: &str = "changed";
const TAB: &str = "tab";
const NUMBER: &str = "n";

/// What a form changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    /// The items that stood on the page.
    pub(super) asked: BTreeSet<ItemId>,
    /// New answers; nothing where an answer was taken back.
    pub(super) settled: BTreeMap<ItemId, Option<Answer>>,
    /// What was chosen or typed, also where it was refused.
    pub(super) typed: BTreeMap<ItemId, Option<Answer>>,
    /// What is wrong with the others.
    pub(super) problems: BTreeMap<ItemId, ResponseProblem>,
    /// What makes a background save count once.
    pub(super) key: Option<SaveKey>,
}

impl Changes {
    /// Reads a form; `on_page` are the items that its page would show now.
    pub(super) fn read(
        survey: &Survey,
        on_page: &BTreeSet<ItemId>,
        sent: &[(String, String)],
    ) -> Changes {
        let shown = field(sent, SHOWN).map(|text| shown_items(survey, text));
        let named = field(sent, CHANGED).map(|text| items(survey, text));
        let asked: BTreeSet<ItemId> = match &shown {
            Some(shown) => shown.keys().cloned().collect(),
            None => on_page.clone(),
        };
        let looked_at: BTreeSet<ItemId> = match &named {
            Some(named) => asked.intersection(named).cloned().collect(),
            None => asked.clone(),
        };
        let posted = posted_answers(survey, &looked_at, sent);
        let mut changes = Changes {
            asked,
            key: key(sent),
            ..Changes::default()
        };
        for item in looked_at {
            let typed = posted.shown.get(&item).cloned();
            changes.typed.insert(item.clone(), typed);
            if posted.problems.contains_key(&item) {
                continue;
            }
            let answer = posted.answers.get(&item).cloned();
            let is_changed = named.is_some()
                || match shown.as_ref().and_then(|shown| shown.get(&item)) {
                    Some(before) => *before != answer.as_ref().map(trace),
                    // A page of an earlier program adds answers and takes none away (DU-17).
                    None => answer.is_some(),
                };
            if is_changed {
                changes.settled.insert(item, answer);
            }
        }
        changes.problems = posted.problems;
        changes
    }

    /// Returns what the fields of the page hold when it is shown again over `saved` answers.
    pub(super) fn filled(&self, saved: &BTreeMap<ItemId, Answer>) -> BTreeMap<ItemId, Answer> {
        let mut filled = saved.clone();
        filled.retain(|item, _| !self.typed.contains_key(item));
        let typed = self.typed.iter();
        filled.extend(typed.filter_map(|(item, answer)| Some((item.clone(), answer.clone()?))));
        filled
    }
}

/// Returns the value of the field `shown` for a page of these items.
pub(super) fn shown_field(asked: &BTreeSet<ItemId>, answers: &BTreeMap<ItemId, Answer>) -> String {
    let entry = |item: &ItemId| match answers.get(item) {
        Some(answer) => format!("{item}:{}", trace(answer)),
        None => item.to_string(),
    };
    asked.iter().map(entry).collect::<Vec<_>>().join(" ")
}

/// Tells one answer to an item from another, on the respondent's own page.
pub(super) fn trace(answer: &impl Serialize) -> String {
    // An answer is plain data, and writing it cannot fail.
    let text = serde_json::to_string(answer).unwrap_or_default();
    data_encoding::BASE64URL_NOPAD.encode(&Sha256::digest(text.as_bytes())[..6])
}

fn shown_items(survey: &Survey, text: &str) -> BTreeMap<ItemId, Option<String>> {
    let entries = text.split_whitespace().filter_map(|entry| {
        let (item, before) = match entry.split_once(':') {
            Some((item, before)) => (item, Some(before.to_owned())),
            None => (entry, None),
        };
        Some((known(survey, item)?, before))
    });
    entries.collect()
}

fn items(survey: &Survey, text: &str) -> BTreeSet<ItemId> {
    let entries = text.split_whitespace();
    entries.filter_map(|item| known(survey, item)).collect()
}

/// Returns the first answer that is sent to no item of the survey.
pub(super) fn unknown_item<'a>(survey: &Survey, sent: &'a [(String, String)]) -> Option<&'a str> {
    let mut names = sent.iter().map(|(name, _)| name.as_str());
    names.find(|name| {
        name.strip_prefix(ANSWER).is_some_and(|item| {
            let id = known(survey, item);
            id.and_then(|id| survey.item(&id))
                .is_none_or(|item| item.kind == ItemKind::Info)
        })
    })
}

fn known(survey: &Survey, item: &str) -> Option<ItemId> {
    let id = ItemId::new(item).ok()?;
    survey.item(&id).map(|item| item.id.clone())
}

fn key(sent: &[(String, String)]) -> Option<SaveKey> {
    SaveKey::new(field(sent, TAB)?, field(sent, NUMBER)?)
}
