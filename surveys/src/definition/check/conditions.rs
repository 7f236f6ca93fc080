//! Conditions: read, typed against the items they look at, and free of circles.

use std::collections::{BTreeMap, BTreeSet};

use super::Checker;
use super::items::Placed;
use crate::condition::{Condition, Domain, Subject, TypeErrorKind};
use crate::definition::problem::DidYouMean;
use crate::definition::report::At;
use crate::definition::{Place, Problem};
use crate::{Item, ItemId, ItemKind, RoleKind};

impl Checker<'_> {
    pub(super) fn parsed(&mut self, text: &At<String>) -> Option<Condition> {
        match Condition::parse(&text.value) {
            Ok(condition) => Some(condition),
            Err(error) => {
                let place = inside(text, error.span.clone());
                let message = error.message;
                self.report
                    .add(Problem::ConditionSyntax { message }, &place, "here");
                None
            }
        }
    }

    /// Checks the conditions of all items, which stand in display order.
    pub(super) fn conditions(&mut self, items: &[&Placed<'_>]) {
        for placed in items {
            if let (Some(condition), Some(text)) = (&placed.item.show_if, &placed.raw.show_if) {
                self.types(condition, text, items);
            }
        }
        let circles = circles(items);
        for circle in &circles {
            let names: Vec<_> = circle
                .iter()
                .map(|it| format!("`{}`", it.item.id))
                .collect();
            let problem = Problem::ConditionCycle {
                items: names.join(", "),
            };
            let texts = circle.iter().filter_map(|it| it.raw.show_if.as_ref());
            let places = texts.map(|text| (&text.place, "waits for another".to_owned()));
            self.report.add_all(problem, places);
        }
        self.looks_ahead(items, &circles);
    }

    fn types(&mut self, condition: &Condition, text: &At<String>, items: &[&Placed<'_>]) {
        let errors = condition.type_errors(&|subject| self.domain(subject, items));
        let clean = errors.is_empty();
        for error in errors {
            let subject = error.subject.to_string();
            match error.kind {
                TypeErrorKind::UnknownItem if self.is_written(&subject) => {}
                TypeErrorKind::UnknownItem => {
                    let known = items.iter().map(|it| it.item.id.as_str());
                    let near = DidYouMean::among(&subject, known);
                    let place = word_in(text, &subject);
                    let item = subject;
                    let problem = Problem::ConditionUnknownItem { item, near };
                    self.report.add(problem, &place, "no such item");
                }
                TypeErrorKind::Mismatch(reason) => {
                    let place = word_in(text, &subject);
                    let problem = Problem::ConditionType { subject, reason };
                    self.report.add(problem, &place, "compared here");
                }
                TypeErrorKind::UnknownChoice { value, known } => {
                    let place = word_in(text, &value.to_string());
                    let written = value.to_string();
                    let bare = written.trim_matches('\'');
                    let near = DidYouMean::among(bare, known.iter().map(String::as_str));
                    let problem = Problem::ConditionUnknownChoice {
                        subject,
                        value: written,
                        near,
                        known: known.join(", "),
                    };
                    self.report.add(problem, &place, "not among its values");
                }
            }
        }
        if clean && super::never::never_holds(condition, &|subject| self.domain(subject, items)) {
            let item = items
                .iter()
                .find(|it| it.raw.show_if.as_ref() == Some(text));
            let item = item.map_or_else(String::new, |it| it.item.id.to_string());
            self.report.add(
                Problem::ConditionNeverHolds { item },
                &text.place,
                "never true",
            );
        }
    }

    fn domain(&self, subject: &Subject, items: &[&Placed<'_>]) -> Option<Domain> {
        let roles = |kind| {
            let of_kind = self.catalog.roles_of_kind(kind);
            Some(Domain::Words(
                of_kind.map(|role| role.id.to_string()).collect(),
            ))
        };
        match subject {
            Subject::Role => roles(RoleKind::Role),
            Subject::Duty => roles(RoleKind::Duty),
            Subject::Employment => roles(RoleKind::Employment),
            Subject::Item(id) => {
                let placed = items.iter().find(|placed| placed.item.id == *id)?;
                Some(self.values(&placed.item))
            }
        }
    }

    fn values(&self, item: &Item) -> Domain {
        let options = || {
            item.options()
                .iter()
                .map(|it| i64::from(it.value))
                .collect()
        };
        match &item.kind {
            ItemKind::Likert { scale } => {
                let steps = self
                    .catalog
                    .scale(scale)
                    .map_or(&[][..], |scale| &scale.steps);
                Domain::Numbers(steps.iter().map(|step| i64::from(step.value.0)).collect())
            }
            ItemKind::Single { .. } => Domain::Numbers(options()),
            ItemKind::Multi { .. } => Domain::Chosen(options()),
            ItemKind::LongText { .. } => Domain::FreeText,
            ItemKind::Info => Domain::Nothing,
        }
    }

    fn looks_ahead(&mut self, items: &[&Placed<'_>], circles: &[Vec<&Placed<'_>>]) {
        let order: BTreeMap<&ItemId, usize> = items
            .iter()
            .enumerate()
            .map(|(index, placed)| (&placed.item.id, index))
            .collect();
        for (index, placed) in items.iter().enumerate() {
            let (Some(condition), Some(text)) = (&placed.item.show_if, &placed.raw.show_if) else {
                continue;
            };
            let in_circle = |id: &ItemId| {
                let mut circles = circles.iter();
                circles.any(|circle| {
                    let has = |wanted: &ItemId| circle.iter().any(|it| it.item.id == *wanted);
                    has(id) && has(&placed.item.id)
                })
            };
            for later in condition.items() {
                if order.get(later).is_some_and(|at| *at >= index) && !in_circle(later) {
                    let problem = Problem::ConditionLooksAhead {
                        item: placed.item.id.to_string(),
                        later: later.to_string(),
                    };
                    let asked = order.get(later).and_then(|at| items.get(*at));
                    let here = word_in(text, later.as_str());
                    let mut places = vec![(&here, "looked at here".to_owned())];
                    places.extend(asked.map(|it| (it.id_place, "asked here".to_owned())));
                    self.report.add_all(problem, places);
                }
            }
        }
    }
}

/// Groups of items whose conditions wait for one another, an item that waits for itself included.
fn circles<'i, 'p>(items: &[&'i Placed<'p>]) -> Vec<Vec<&'i Placed<'p>>> {
    let looks_at: BTreeMap<&ItemId, Vec<&ItemId>> = items
        .iter()
        .map(|placed| {
            let condition = placed.item.show_if.as_ref();
            (
                &placed.item.id,
                condition.map(Condition::items).unwrap_or_default(),
            )
        })
        .collect();
    let reach = |from: &ItemId| {
        let mut reached: BTreeSet<&ItemId> = BTreeSet::new();
        let mut open: Vec<&ItemId> = looks_at.get(from).cloned().unwrap_or_default();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(looks_at.get(next).into_iter().flatten());
            }
        }
        reached
    };
    let mut found: Vec<Vec<&Placed<'_>>> = Vec::new();
    for placed in items {
        let id = &placed.item.id;
        let known = found.iter().flatten().any(|it| it.item.id == *id);
        let reached = reach(id);
        if known || !reached.contains(id) {
            continue;
        }
        let circle = items
            .iter()
            .copied()
            .filter(|other| reached.contains(&other.item.id) && reach(&other.item.id).contains(id));
        found.push(circle.collect());
    }
    found
}

/// A place inside a condition: bytes of its text become bytes of the file.
fn inside(text: &At<String>, span: std::ops::Range<usize>) -> Place {
    let written = text
        .place
        .file
        .text
        .get(text.place.span.clone())
        .unwrap_or("");
    // With escapes in the text its bytes are not those of the file; then the whole is marked.
    match written.find(&text.value) {
        Some(offset) => {
            let start = text.place.span.start + offset;
            Place {
                file: text.place.file.clone(),
                span: start + span.start..start + span.end,
            }
        }
        None => text.place.clone(),
    }
}

fn word_in(text: &At<String>, word: &str) -> Place {
    match text.value.find(word) {
        Some(start) => inside(text, start..start + word.len()),
        None => text.place.clone(),
    }
}
