//! From what the files say to a survey whose every reference resolves.
//!
//! Checking goes on after a problem; the survey is handed over only when there is none. The
//! order here is the order of a definition: items with their sections, conditions, scoring.

mod blocks;
mod columns;
mod conditions;
mod items;
mod never;
mod scoring;

use std::collections::{BTreeMap, BTreeSet};

use super::raw::{RawDefinition, RawRoles, RawSection};
use super::report::{At, Report};
use super::translation::{self, Translations};
use super::{Located, Place, Problem, Sources};
use crate::definition::problem::DidYouMean;
use crate::{
    Block, Catalog, InvalidId, Item, ItemId, Localized, Position, RetiredItem, RoleFilter,
    RoleGroupId, RoleId, RoleKind, Section, SectionId, Survey, SurveyId,
};

/// Checks a definition against the catalogue.
///
/// Returns the survey where there is no problem, and every problem at once where there is one.
///
/// ```
/// use surveys::{Catalog, definition::{Sources, check}};
/// let sources = Sources::from([("survey.toml".to_owned(), "schema = 2".to_owned())]);
/// let (survey, problems) = check(&sources, &Catalog::default());
/// assert!(survey.is_none());
/// assert!(problems.iter().any(|it| it.one_line().starts_with(
///     "survey.toml:1:10: error[surveys::wrong_schema] schema 2 is not known"
/// )));
/// ```
#[must_use]
pub fn check(sources: &Sources, catalog: &Catalog) -> (Option<Survey>, Vec<Located>) {
    let mut report = Report::default();
    let raw = RawDefinition::read(sources, &mut report);
    let translations = translation::check(&raw, &mut report);
    let mut checker = Checker {
        raw: &raw,
        catalog,
        translations: &translations,
        positions: positions(catalog),
        report: &mut report,
    };
    let survey = checker.survey();
    let problems = report.finish();
    (survey.filter(|_| problems.is_empty()), problems)
}

struct Checker<'a> {
    raw: &'a RawDefinition,
    catalog: &'a Catalog,
    translations: &'a Translations,
    positions: Vec<Position>,
    report: &'a mut Report,
}

/// Every position that asks for its own look: each role alone, with each duty, with each kind of
/// employment.
fn positions(catalog: &Catalog) -> Vec<Position> {
    let mut found = Vec::new();
    for role in catalog.roles_of_kind(RoleKind::Role) {
        let alone = Position {
            role: role.id.clone(),
            duties: BTreeSet::new(),
            employment: None,
        };
        for duty in catalog.roles_of_kind(RoleKind::Duty) {
            found.push(Position {
                duties: BTreeSet::from([duty.id.clone()]),
                ..alone.clone()
            });
        }
        for employment in catalog.roles_of_kind(RoleKind::Employment) {
            found.push(Position {
                employment: Some(employment.id.clone()),
                ..alone.clone()
            });
        }
        found.push(alone);
    }
    found
}

impl Checker<'_> {
    fn survey(&mut self) -> Option<Survey> {
        let raw = self.raw;
        let sections = self.sections();
        let items = self.items(&sections);
        let retired = self.retired(&items);
        let blocks = self.blocks(&sections, &items);
        let ordered: Vec<&items::Placed<'_>> = blocks
            .iter()
            .flat_map(|(_, blocks)| blocks.iter().flat_map(block_items))
            .filter_map(|id| items.iter().find(|placed| placed.item.id == *id))
            .collect();
        self.conditions(&ordered);
        let dimensions = self.dimensions(&items, &sections);
        let profiles = self.profiles(&items, &dimensions);
        let survey = raw.survey.as_ref()?;
        let id = survey.id.as_ref()?;
        let id = self.id(id, SurveyId::new)?;
        let ordered: Vec<Item> = ordered
            .into_iter()
            .map(|placed| placed.item.clone())
            .collect();
        let used: BTreeSet<_> = ordered.iter().filter_map(Item::scale).collect();
        let scales = self.catalog.scales.iter();
        Some(Survey {
            id,
            release: None,
            title: self.localized("survey", "title", survey.title.as_ref()?),
            minutes: u8::try_from(survey.minutes.as_ref()?.value).ok()?,
            scales: scales
                .filter(|scale| used.contains(&scale.id))
                .cloned()
                .collect(),
            sections: sections
                .into_values()
                .zip(blocks)
                .map(|(checked, (_, blocks))| Section {
                    blocks,
                    ..checked.section
                })
                .collect(),
            items: ordered,
            dimensions: dimensions.into_iter().map(|it| it.dimension).collect(),
            profiles,
            texts: self.texts(),
            retired,
        })
    }

    fn sections(&mut self) -> Sections {
        let mut found = Sections::default();
        let raw = self.raw;
        for section in raw.survey.iter().flat_map(|survey| &survey.sections) {
            let Some(raw_id) = &section.id else { continue };
            let Some(id) = self.id(raw_id, SectionId::new) else {
                continue;
            };
            if let Some(first) = found.get(&id) {
                let id = id.to_string();
                let places = twice(&raw_id.place, &first.place);
                self.report
                    .add_all(Problem::DuplicateSection { id }, places);
                continue;
            }
            let checked = self.section(section, &id, &raw_id.place);
            found.push(checked);
        }
        found
    }

    fn section(&mut self, raw: &RawSection, id: &SectionId, place: &Place) -> CheckedSection {
        let key = format!("section.{id}");
        let roles = self.roles(&raw.roles);
        if !self.positions.iter().any(|position| roles.admits(position)) {
            let what = format!("section `{id}`");
            self.report
                .add(Problem::NobodyIsAsked { what }, &raw.place, "this section");
        }
        let title = raw
            .title
            .as_ref()
            .map(|it| self.localized(&key, "title", it));
        let intro = raw
            .intro
            .as_ref()
            .map(|it| self.localized(&key, "intro", it));
        CheckedSection {
            place: place.clone(),
            section: Section {
                id: id.clone(),
                title: title.unwrap_or_default(),
                intro,
                roles,
                blocks: Vec::new(),
            },
        }
    }

    /// Resolves role ids, `@group-id` and `@pedagogical`.
    fn roles(&mut self, raw: &RawRoles) -> RoleFilter {
        let mut resolve = |names: &[At<String>]| -> BTreeSet<RoleId> {
            names.iter().flat_map(|name| self.role_set(name)).collect()
        };
        RoleFilter {
            only: resolve(&raw.only),
            except: resolve(&raw.except),
        }
    }

    fn role_set(&mut self, name: &At<String>) -> BTreeSet<RoleId> {
        let Some(group) = name.value.strip_prefix('@') else {
            return match RoleId::new(name.value.clone()) {
                Ok(id) if self.catalog.role(&id).is_some() => BTreeSet::from([id]),
                _ => {
                    let known = self.catalog.roles.iter().map(|role| role.id.as_str());
                    let near = DidYouMean::among(&name.value, known);
                    let role = name.value.clone();
                    let problem = Problem::UnknownRole { role, near };
                    self.report
                        .add(problem, &name.place, "not in the catalogue");
                    BTreeSet::new()
                }
            };
        };
        if group == "pedagogical" {
            return self.catalog.pedagogical();
        }
        self.group(&name.map(|_| group.to_owned()))
            .map(|group| self.catalog.members(&group))
            .unwrap_or_default()
    }

    fn group(&mut self, name: &At<String>) -> Option<RoleGroupId> {
        let known = self.catalog.role_groups.iter();
        if let Some(group) = known.clone().find(|it| it.id.as_str() == name.value) {
            return Some(group.id.clone());
        }
        let near = DidYouMean::among(&name.value, known.map(|it| it.id.as_str()));
        let group = name.value.clone();
        let problem = Problem::UnknownGroup { group, near };
        self.report
            .add(problem, &name.place, "not in the catalogue");
        None
    }

    fn retired(&mut self, items: &[items::Placed<'_>]) -> Vec<RetiredItem> {
        let raw = self.raw;
        let mut found = Vec::new();
        for retired in raw.items.iter().flat_map(|file| &file.retired) {
            let (Some(id), Some(since), Some(reason)) =
                (&retired.id, &retired.since, &retired.reason)
            else {
                continue;
            };
            let Some(item_id) = self.id(id, ItemId::new) else {
                continue;
            };
            for used in items.iter().filter(|placed| placed.item.id == item_id) {
                let places = [
                    (used.id_place, "used again here".to_owned()),
                    (&id.place, "retired here".to_owned()),
                ];
                let id = item_id.to_string();
                self.report.add_all(Problem::RetiredId { id }, places);
            }
            found.push(RetiredItem {
                id: item_id,
                since: u32::try_from(since.value).unwrap_or(u32::MAX),
                reason: reason.value.clone(),
            });
        }
        found.sort_by(|left, right| left.id.cmp(&right.id));
        found
    }

    fn texts(&self) -> BTreeMap<String, Localized> {
        let get = |languages: &BTreeMap<crate::Lang, At<String>>, lang| {
            languages
                .get(&lang)
                .map(|it| it.value.clone())
                .unwrap_or_default()
        };
        let texts = self.raw.texts.iter().map(|(name, languages)| {
            let text = Localized {
                fi: get(languages, crate::Lang::Fi),
                sv: get(languages, crate::Lang::Sv),
                en: get(languages, crate::Lang::En),
            };
            (name.clone(), text)
        });
        texts.collect()
    }

    fn localized(&self, key: &str, field: &str, finnish: &At<String>) -> Localized {
        self.translations.localized(key, field, &finnish.value)
    }

    /// Turns a text into an id or reports that it cannot be one.
    fn id<T>(
        &mut self,
        raw: &At<String>,
        new: impl FnOnce(String) -> Result<T, InvalidId>,
    ) -> Option<T> {
        match new(raw.value.clone()) {
            Ok(id) => Some(id),
            Err(error) => {
                // An empty text has been reported as such.
                if !raw.value.is_empty() {
                    let message = error.to_string();
                    self.report
                        .add(Problem::BadId { message }, &raw.place, error.shape);
                }
                None
            }
        }
    }
}

/// The items of a block in order.
fn block_items(block: &Block) -> &[ItemId] {
    match block {
        Block::Item { item } => std::slice::from_ref(item),
        Block::Matrix { items, .. } => items,
    }
}

/// Both places of something that stands twice.
fn twice<'p>(again: &'p Place, first: &'p Place) -> [(&'p Place, String); 2] {
    [
        (again, "again here".to_owned()),
        (first, "first here".to_owned()),
    ]
}

/// A section whose blocks are still to come.
struct CheckedSection {
    place: Place,
    section: Section,
}

/// Sections in order.
#[derive(Default)]
struct Sections(Vec<CheckedSection>);

impl Sections {
    fn get(&self, id: &SectionId) -> Option<&CheckedSection> {
        self.0.iter().find(|checked| checked.section.id == *id)
    }

    fn by_name(&self, name: &str) -> Option<&CheckedSection> {
        self.0
            .iter()
            .find(|checked| checked.section.id.as_str() == name)
    }

    fn push(&mut self, section: CheckedSection) {
        self.0.push(section);
    }

    fn iter(&self) -> impl Iterator<Item = &CheckedSection> {
        self.0.iter()
    }

    fn into_values(self) -> impl Iterator<Item = CheckedSection> {
        self.0.into_iter()
    }
}
