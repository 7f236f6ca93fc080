//! Items with their sections, matrices and columns.

use std::collections::BTreeMap;

use super::{Checker, Sections, twice};
use crate::definition::problem::DidYouMean;
use crate::definition::raw::RawItem;
use crate::definition::report::At;
use crate::definition::{Place, Problem};
use crate::{
    CompetenceId, Declined, FrameworkRef, Item, ItemId, ItemKind, ItemOption, ScaleId, SectionId,
    VariableName, condition,
};

/// A checked item, where it was written and where it is shown.
pub(super) struct Placed<'a> {
    pub(super) item: Item,
    pub(super) raw: &'a RawItem,
    pub(super) id_place: &'a Place,
    pub(super) section: SectionId,
}

impl<'a> Checker<'a> {
    /// Checks the items in the order of the files.
    pub(super) fn items(&mut self, sections: &Sections) -> Vec<Placed<'a>> {
        let raw = self.raw;
        let mut found: Vec<Placed<'a>> = Vec::new();
        let mut ids: BTreeMap<&str, &Place> = BTreeMap::new();
        for file in &raw.items {
            let section = file
                .section
                .as_ref()
                .and_then(|name| self.section_named(name, sections));
            for item in &file.items {
                let Some(id) = &item.id else { continue };
                if let Some(first) = ids.insert(&id.value, &id.place) {
                    let problem = Problem::DuplicateItem {
                        id: id.value.clone(),
                    };
                    self.report.add_all(problem, twice(&id.place, first));
                    ids.insert(&id.value, first);
                    continue;
                }
                let checked = self.item(item, id);
                if let (Some(item_checked), Some(section)) = (checked, &section) {
                    found.push(Placed {
                        item: item_checked,
                        raw: item,
                        id_place: &id.place,
                        section: section.clone(),
                    });
                }
            }
        }
        for matrix in raw.items.iter().flat_map(|file| &file.matrices) {
            let Some(id) = &matrix.id else { continue };
            if let Some(first) = ids.insert(&id.value, &id.place) {
                let problem = Problem::DuplicateItem {
                    id: id.value.clone(),
                };
                self.report.add_all(problem, twice(&id.place, first));
            }
        }
        self.columns(&found);
        self.audience(&found, sections);
        found
    }

    fn section_named(&mut self, name: &At<String>, sections: &Sections) -> Option<SectionId> {
        if let Some(found) = sections.by_name(&name.value) {
            return Some(found.section.id.clone());
        }
        let raw = self.raw.survey.iter().flat_map(|survey| &survey.sections);
        let mut written = raw.filter_map(|section| section.id.as_ref());
        if written.any(|id| id.value == name.value) {
            return None;
        }
        let known = sections.iter().map(|it| it.section.id.as_str());
        let near = DidYouMean::among(&name.value, known);
        let section = name.value.clone();
        let problem = Problem::UnknownSection { section, near };
        self.report.add(problem, &name.place, "not in survey.toml");
        None
    }

    fn item(&mut self, raw: &'a RawItem, raw_id: &'a At<String>) -> Option<Item> {
        let id = self.id(raw_id, ItemId::new);
        if condition::RESERVED_WORDS.contains(&raw_id.value.as_str()) {
            let id = raw_id.value.clone();
            self.report
                .add(Problem::ReservedId { id }, &raw_id.place, "reserved");
        }
        let var = match &raw.var {
            Some(var) => self.id(var, VariableName::new),
            None => VariableName::new(raw_id.value.replace('-', "_")).ok(),
        };
        let kind = raw
            .kind
            .as_ref()
            .and_then(|kind| self.kind(raw, raw_id, kind));
        let declined = self.declined(raw);
        let maps = self.maps(raw);
        let roles = self.roles(&raw.roles);
        let show_if = raw.show_if.as_ref().and_then(|text| self.parsed(text));
        let key = &raw_id.value;
        let text = raw.text.as_ref()?;
        Some(Item {
            id: id?,
            var: var?,
            rev: raw
                .rev
                .as_ref()
                .map_or(1, |rev| u32::try_from(rev.value).unwrap_or(1)),
            kind: kind?,
            text: self.localized(key, "text", text),
            help: raw
                .help
                .as_ref()
                .map(|help| self.localized(key, "help", help)),
            roles,
            show_if,
            maps,
            declined,
            reversed: raw.reversed.as_ref().is_some_and(|flag| flag.value),
            retired_values: raw
                .retired_values
                .iter()
                .filter_map(|value| i16::try_from(value.value).ok())
                .collect(),
        })
    }

    fn kind(&mut self, raw: &RawItem, id: &At<String>, kind: &At<String>) -> Option<ItemKind> {
        let word = kind.value.as_str();
        let types = ["likert", "single", "multi", "longtext", "info"];
        let types: Vec<_> = types.iter().map(|word| (*word, ())).collect();
        self.report.word("type", kind, &types)?;
        self.keys_of_other_types(raw, word);
        Some(match word {
            "likert" => ItemKind::Likert {
                scale: self.likert_scale(raw, id)?,
            },
            "single" => ItemKind::Single {
                options: self.options(raw, id),
            },
            "multi" => ItemKind::Multi {
                options: self.options(raw, id),
                at_most: raw
                    .at_most
                    .as_ref()
                    .and_then(|most| u8::try_from(most.value).ok()),
            },
            "longtext" => ItemKind::LongText {
                max_chars: raw
                    .max_chars
                    .as_ref()
                    .and_then(|most| u32::try_from(most.value).ok())
                    .unwrap_or(crate::LONGEST_TEXT),
            },
            _ => ItemKind::Info,
        })
    }

    /// A key that the item's type does not read is a mistake, not a decoration.
    fn keys_of_other_types(&mut self, raw: &RawItem, kind: &str) {
        let first = |list: &[At<String>]| list.first().map(|it| it.place.clone());
        let place = |at: &Option<At<i64>>| at.as_ref().map(|it| it.place.clone());
        let options = raw.options.first().map(|option| option.place.clone());
        let options = options.filter(|_| raw.has_options);
        let keys: [(&str, Option<Place>, &[&str]); 7] = [
            (
                "scale",
                raw.scale.as_ref().map(|it| it.place.clone()),
                &["likert"],
            ),
            (
                "reversed",
                raw.reversed.as_ref().map(|it| it.place.clone()),
                &["likert"],
            ),
            (
                "maps",
                first(&raw.maps),
                &["likert", "single", "multi", "longtext"],
            ),
            (
                "declined",
                first(&raw.declined),
                &["likert", "single", "multi"],
            ),
            ("options", options, &["single", "multi"]),
            ("max_chars", place(&raw.max_chars), &["longtext"]),
            ("at_most", place(&raw.at_most), &["multi"]),
        ];
        for (key, place, types) in keys {
            if let Some(place) = place.filter(|_| !types.contains(&kind)) {
                let problem = Problem::KeyOfOtherType {
                    key: key.to_owned(),
                    kind: kind.to_owned(),
                };
                self.report
                    .add(problem, &place, format!("belongs to {}", types.join(", ")));
            }
        }
    }

    fn likert_scale(&mut self, raw: &RawItem, id: &At<String>) -> Option<ScaleId> {
        let Some(scale) = &raw.scale else {
            let item = id.value.clone();
            self.report.add(
                Problem::LikertWithoutScale { item },
                &raw.place,
                "this item",
            );
            return None;
        };
        self.scale_named(scale)
    }

    pub(super) fn scale_named(&mut self, name: &At<String>) -> Option<ScaleId> {
        let known = self.catalog.scales.iter();
        if let Some(scale) = known.clone().find(|scale| scale.id.as_str() == name.value) {
            return Some(scale.id.clone());
        }
        let near = DidYouMean::among(&name.value, known.map(|scale| scale.id.as_str()));
        let scale = name.value.clone();
        let problem = Problem::UnknownScale { scale, near };
        self.report
            .add(problem, &name.place, "not in the catalogue");
        None
    }

    fn options(&mut self, raw: &RawItem, id: &At<String>) -> Vec<ItemOption> {
        if raw.options.len() < 2 {
            let item = id.value.clone();
            self.report
                .add(Problem::TooFewOptions { item }, &raw.place, "this item");
        }
        let mut found = Vec::new();
        let mut places: BTreeMap<i64, &Place> = BTreeMap::new();
        for option in &raw.options {
            let (Some(value), Some(text)) = (&option.value, &option.text) else {
                continue;
            };
            let (item, number) = (id.value.clone(), value.value);
            if let Some(first) = places.insert(number, &value.place) {
                let problem = Problem::DuplicateOption {
                    item,
                    value: number,
                };
                self.report.add_all(problem, twice(&value.place, first));
                continue;
            }
            if let Some(gone) = raw.retired_values.iter().find(|gone| gone.value == number) {
                let places = [
                    (&value.place, "used again here".to_owned()),
                    (&gone.place, "retired here".to_owned()),
                ];
                let problem = Problem::RetiredValue {
                    item,
                    value: number,
                };
                self.report.add_all(problem, places);
            }
            let field = format!("options.{number}");
            let text = self.localized(&id.value, &field, text);
            let value = i16::try_from(number).unwrap_or(i16::MAX);
            found.push(ItemOption { value, text });
        }
        found
    }

    fn declined(&mut self, raw: &RawItem) -> Vec<Declined> {
        let known: Vec<_> = Declined::ALL.iter().map(|it| (it.word(), *it)).collect();
        let reasons = raw.declined.iter();
        reasons
            .filter_map(|word| self.report.word("declined", word, &known))
            .collect()
    }

    fn maps(&mut self, raw: &RawItem) -> Vec<FrameworkRef> {
        raw.maps
            .iter()
            .filter_map(|place| self.framework_place(place))
            .collect()
    }

    fn framework_place(&mut self, at: &At<String>) -> Option<FrameworkRef> {
        let Some((framework, competence)) = at.value.split_once(':') else {
            let text = at.value.clone();
            self.report
                .add(Problem::BadFrameworkPlace { text }, &at.place, "no colon");
            return None;
        };
        let known = self.catalog.frameworks.iter();
        let Some(found) = known.clone().find(|it| it.id.as_str() == framework) else {
            let near = DidYouMean::among(framework, known.map(|it| it.id.as_str()));
            let framework = framework.to_owned();
            let problem = Problem::UnknownFramework { framework, near };
            self.report.add(problem, &at.place, "not in the catalogue");
            return None;
        };
        let id = CompetenceId::new(competence).ok();
        let place = id.filter(|id| found.competence(id).is_some());
        if place.is_none() {
            let known = found.competences.iter().map(|it| it.id.as_str());
            let problem = Problem::UnknownCompetence {
                framework: framework.to_owned(),
                competence: competence.to_owned(),
                near: DidYouMean::among(competence, known),
            };
            self.report.add(problem, &at.place, "not in the framework");
        }
        Some(FrameworkRef {
            framework: found.id.clone(),
            competence: place?,
        })
    }

    fn audience(&mut self, items: &[Placed<'_>], sections: &Sections) {
        for placed in items {
            let Some(section) = sections.get(&placed.section) else {
                continue;
            };
            let reaches = |roles: &crate::RoleFilter| {
                let mut positions = self.positions.iter();
                positions.any(|it| section.section.roles.admits(it) && roles.admits(it))
            };
            // A section that nobody gets has been reported once, not again for each item.
            if reaches(&crate::RoleFilter::default()) && !reaches(&placed.item.roles) {
                let what = format!("item `{}`", placed.item.id);
                self.report.add(
                    Problem::NobodyIsAsked { what },
                    placed.id_place,
                    "this item",
                );
            }
        }
    }

    /// Finds an item by name or reports that there is none.
    pub(super) fn item_named<'p, 'i>(
        &mut self,
        name: &At<String>,
        items: &'i [Placed<'p>],
    ) -> Option<&'i Placed<'p>> {
        let found = items
            .iter()
            .find(|placed| placed.item.id.as_str() == name.value);
        // An item that exists but could not be checked has its own problems already.
        if found.is_none() && !self.is_written(&name.value) {
            let known = items.iter().map(|placed| placed.item.id.as_str());
            let near = DidYouMean::among(&name.value, known);
            let item = name.value.clone();
            let problem = Problem::UnknownItem { item, near };
            self.report.add(problem, &name.place, "no such item");
        }
        found
    }

    /// Whether some file defines an item with this id, checked or not.
    pub(super) fn is_written(&self, id: &str) -> bool {
        let items = self.raw.items.iter().flat_map(|file| &file.items);
        items
            .filter_map(|item| item.id.as_ref())
            .any(|it| it.value == id)
    }
}
