//! What changed between two releases, classed by its effect on answers.
//!
//! | change | class |
//! | --- | --- |
//! | wording without a new revision, help, order, layout | cosmetic |
//! | new item, role, option, target | additive |
//! | raised `rev`, other items in a score | revised |
//! | item, option or dimension retired, fewer roles | retiring |
//! | type, scale, column, removed without retiring, reused id | refused |

use std::collections::BTreeSet;
use std::fmt;

use crate::{Item, ItemKind, RoleFilter, Survey};

/// Everything that changed between two releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Changes in the order of the new release; those of the old one alone come last.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it does to answers.
    pub class: ChangeClass,
    /// What changed, such as `item dc-2-1: its wording`.
    pub what: String,
}

/// What a change does to answers; a later class outweighs an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeClass {
    /// Same variable, same revision.
    Cosmetic,
    /// Earlier answers get "not asked in that release".
    Additive,
    /// Comparable with earlier waves no longer.
    Revised,
    /// Kept for ever, exported under its releases.
    Retiring,
    /// Must not happen: a new id is needed.
    Refused,
}

impl ChangeClass {
    /// Returns the word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ChangeClass::Cosmetic => "cosmetic",
            ChangeClass::Additive => "additive",
            ChangeClass::Revised => "revised",
            ChangeClass::Retiring => "retiring",
            ChangeClass::Refused => "refused",
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Difference {
    /// Compares two releases of one survey, or a release with a working copy.
    #[must_use]
    pub fn between(old: &Survey, new: &Survey) -> Difference {
        let mut difference = Difference {
            changes: Vec::new(),
        };
        difference.whole(old, new);
        for item in &new.items {
            match old.item(&item.id) {
                Some(before) => difference.item(old, before, new, item),
                None if old.retired.iter().any(|it| it.id == item.id) => {
                    let what = format!("item {}: its id is retired, give it a new one", item.id);
                    difference.add(ChangeClass::Refused, what);
                }
                None => difference.add(ChangeClass::Additive, format!("item {}: new", item.id)),
            }
        }
        difference.gone(old, new);
        difference.scoring(old, new);
        let unnumbered = |survey: &Survey| Survey {
            release: None,
            ..survey.clone()
        };
        if difference.changes.is_empty() && unnumbered(old) != unnumbered(new) {
            difference.add(ChangeClass::Cosmetic, "order or layout".to_owned());
        }
        difference
    }

    /// Returns the changes that must not happen.
    pub fn refused(&self) -> impl Iterator<Item = &Change> {
        self.changes
            .iter()
            .filter(|change| change.class == ChangeClass::Refused)
    }

    /// Returns the heaviest class, or none where nothing changed.
    #[must_use]
    pub fn class(&self) -> Option<ChangeClass> {
        self.changes.iter().map(|change| change.class).max()
    }

    fn add(&mut self, class: ChangeClass, what: String) {
        self.changes.push(Change { class, what });
    }

    fn add_if(&mut self, differs: bool, class: ChangeClass, what: impl FnOnce() -> String) {
        if differs {
            self.add(class, what());
        }
    }

    fn whole(&mut self, old: &Survey, new: &Survey) {
        use ChangeClass::{Cosmetic, Refused};
        self.add_if(old.id != new.id, Refused, || {
            format!("survey {}: another survey than {}", new.id, old.id)
        });
        self.add_if(old.title != new.title, Cosmetic, || "the title".to_owned());
        self.add_if(old.minutes != new.minutes, Cosmetic, || {
            "the minutes".to_owned()
        });
        self.add_if(old.texts != new.texts, Cosmetic, || {
            "the texts around the items".to_owned()
        });
        for section in &new.sections {
            let id = &section.id;
            let Some(before) = old.section(id) else {
                self.add(Cosmetic, format!("section {id}: new"));
                continue;
            };
            self.roles(&format!("section {id}"), &before.roles, &section.roles);
            let words = before.title != section.title || before.intro != section.intro;
            self.add_if(words, Cosmetic, || format!("section {id}: its words"));
        }
    }

    fn roles(&mut self, what: &str, old: &RoleFilter, new: &RoleFilter) {
        if old == new {
            return;
        }
        let everybody = |filter: &RoleFilter| filter.only.is_empty();
        let wider = (everybody(new) || (!everybody(old) && old.only.is_subset(&new.only)))
            && new.except.is_subset(&old.except);
        if wider {
            self.add(
                ChangeClass::Additive,
                format!("{what}: asked of more roles"),
            );
        } else {
            self.add(
                ChangeClass::Retiring,
                format!("{what}: asked of other roles"),
            );
        }
    }

    fn item(&mut self, old: &Survey, before: &Item, new: &Survey, item: &Item) {
        use ChangeClass::{Additive, Cosmetic, Refused, Revised};
        let id = &item.id;
        let steps = |survey: &Survey, item: &Item| -> Option<Vec<_>> {
            let scale = survey.scale_of(item)?;
            Some(scale.steps.iter().map(|step| step.value).collect())
        };
        let words = |survey: &Survey, item: &Item| survey.scale_of(item).cloned();
        let type_differs =
            std::mem::discriminant(&before.kind) != std::mem::discriminant(&item.kind);
        self.add_if(type_differs, Refused, || {
            format!("item {id}: another type, give it a new id")
        });
        let scale_differs =
            before.scale() != item.scale() || steps(old, before) != steps(new, item);
        self.add_if(!type_differs && scale_differs, Refused, || {
            format!("item {id}: another scale, give it a new id")
        });
        self.add_if(before.var != item.var, Refused, || {
            format!("item {id}: another column, keep `var = \"{}\"`", before.var)
        });
        self.add_if(item.rev < before.rev, Refused, || {
            format!("item {id}: `rev` fell from {} to {}", before.rev, item.rev)
        });
        let revised = item.rev > before.rev;
        self.add_if(revised, Revised, || {
            format!("item {id}: revision {}", item.rev)
        });
        self.add_if(
            before.reversed != item.reversed && !revised,
            Refused,
            || format!("item {id}: `reversed` changed, raise `rev`"),
        );
        let wording = before.text != item.text
            || before.help != item.help
            || (!scale_differs && words(old, before) != words(new, item));
        self.add_if(wording && !revised, Cosmetic, || {
            format!("item {id}: its wording")
        });
        self.options(before, item);
        self.roles(&format!("item {id}"), &before.roles, &item.roles);
        self.add_if(before.show_if != item.show_if, Additive, || {
            format!("item {id}: its condition")
        });
        self.add_if(before.maps != item.maps, Cosmetic, || {
            format!("item {id}: its places in frameworks")
        });
        self.add_if(before.declined != item.declined, Additive, || {
            format!("item {id}: the non-answers it offers")
        });
        let limits = |kind: &ItemKind| match kind {
            ItemKind::LongText { max_chars } => Some(*max_chars),
            ItemKind::Multi { at_most, .. } => at_most.map(u32::from),
            _ => None,
        };
        let differ = !type_differs && limits(&before.kind) != limits(&item.kind);
        self.add_if(differ, Additive, || format!("item {id}: its limit"));
    }

    fn options(&mut self, before: &Item, item: &Item) {
        let id = &item.id;
        let values = |item: &Item| -> BTreeSet<i16> {
            item.options().iter().map(|option| option.value).collect()
        };
        let (old_values, new_values) = (values(before), values(item));
        for value in new_values.difference(&old_values) {
            if before.retired_values.contains(value) {
                let what = format!("item {id}: option {value} is retired, use a new value");
                self.add(ChangeClass::Refused, what);
            } else {
                self.add(
                    ChangeClass::Additive,
                    format!("item {id}: option {value} is new"),
                );
            }
        }
        for value in old_values.difference(&new_values) {
            if item.retired_values.contains(value) {
                self.add(
                    ChangeClass::Retiring,
                    format!("item {id}: option {value} retired"),
                );
            } else {
                let what = format!(
                    "item {id}: option {value} removed, name it in `retired_values` as well"
                );
                self.add(ChangeClass::Refused, what);
            }
        }
        let forgotten = before
            .retired_values
            .difference(&item.retired_values)
            .next();
        self.add_if(forgotten.is_some(), ChangeClass::Refused, || {
            format!("item {id}: `retired_values` only ever grows")
        });
        let words = before.options().iter().filter(|option| {
            let now = item.options().iter().find(|it| it.value == option.value);
            now.is_some_and(|now| now.text != option.text)
        });
        let words_differ = words.count() > 0 && item.rev == before.rev;
        self.add_if(words_differ, ChangeClass::Cosmetic, || {
            format!("item {id}: the words of its options")
        });
    }

    /// Items of the old release that the new one does not have.
    fn gone(&mut self, old: &Survey, new: &Survey) {
        for item in old.items.iter().filter(|item| new.item(&item.id).is_none()) {
            let id = &item.id;
            if new.retired.iter().any(|retired| retired.id == *id) {
                self.add(ChangeClass::Retiring, format!("item {id}: retired"));
            } else {
                let what = format!("item {id}: removed, add it as [[retired]]");
                self.add(ChangeClass::Refused, what);
            }
        }
        for retired in &old.retired {
            if new.retired.iter().all(|it| it.id != retired.id) && new.item(&retired.id).is_none() {
                let what = format!("item {}: its [[retired]] entry must stay", retired.id);
                self.add(ChangeClass::Refused, what);
            }
        }
    }

    fn scoring(&mut self, old: &Survey, new: &Survey) {
        use ChangeClass::{Additive, Cosmetic, Retiring, Revised};
        for dimension in &new.dimensions {
            let id = &dimension.id;
            let Some(before) = old.dimension(id) else {
                self.add(Additive, format!("dimension {id}: new"));
                continue;
            };
            let items = |items: &[crate::ItemId]| items.iter().cloned().collect::<BTreeSet<_>>();
            let scored = items(&before.items) != items(&dimension.items)
                || before.missing != dimension.missing
                || before.kind != dimension.kind;
            self.add_if(scored, Revised, || {
                format!("dimension {id}: how it is scored")
            });
            let words = before.title != dimension.title
                || before.gist != dimension.gist
                || before.next_steps != dimension.next_steps;
            self.add_if(words, Cosmetic, || format!("dimension {id}: its words"));
        }
        for dimension in &old.dimensions {
            let gone = new.dimension(&dimension.id).is_none();
            self.add_if(gone, Retiring, || {
                format!("dimension {}: gone", dimension.id)
            });
        }
        for profile in &new.profiles {
            let differs = old.profile_of(&profile.group) != Some(profile);
            self.add_if(differs, Additive, || {
                format!("targets of {}", profile.group)
            });
        }
        for profile in &old.profiles {
            let gone = new.profile_of(&profile.group).is_none();
            self.add_if(gone, Retiring, || {
                format!("targets of {}: gone", profile.group)
            });
        }
    }
}
