//! Dimensions and role profiles.

use std::collections::{BTreeMap, BTreeSet};

use super::items::Placed;
use super::{Checker, Sections, twice};
use crate::definition::problem::DidYouMean;
use crate::definition::raw::{RawDimension, RawProfile};
use crate::definition::report::At;
use crate::definition::{Place, Problem};
use crate::{
    Dimension, DimensionId, DimensionKind, Level, Localized, MissingRule, RoleProfile, ShareBase,
    TargetLevel,
};

/// A dimension and where it stands.
pub(super) struct CheckedDimension<'a> {
    pub(super) dimension: Dimension,
    place: &'a Place,
}

impl<'a> Checker<'a> {
    pub(super) fn dimensions(
        &mut self,
        items: &[Placed<'_>],
        sections: &Sections,
    ) -> Vec<CheckedDimension<'a>> {
        let raw = self.raw;
        let mut found: Vec<CheckedDimension<'a>> = Vec::new();
        for dimension in &raw.scoring.dimensions {
            let Some(id) = &dimension.id else { continue };
            let first = found.iter().find(|it| it.dimension.id.as_str() == id.value);
            if let Some(first) = first {
                let problem = Problem::DuplicateDimension {
                    id: id.value.clone(),
                };
                self.report.add_all(problem, twice(&id.place, first.place));
                continue;
            }
            let scored = self.scored_items(dimension, id, items);
            // Items with problems of their own are not there to be asked about.
            if scored.len() == dimension.items.len() {
                self.asked(id, &scored, sections);
            }
            if let Some(dimension) = self.dimension(dimension, id, &scored) {
                let place = &id.place;
                found.push(CheckedDimension { dimension, place });
            }
        }
        self.unscored(items, &found);
        found
    }

    fn dimension(
        &mut self,
        raw: &RawDimension,
        id: &At<String>,
        scored: &[&Placed<'_>],
    ) -> Option<Dimension> {
        let key = format!("dimension.{}", id.value);
        let kinds = [
            ("competence", DimensionKind::Competence),
            ("index", DimensionKind::Index),
        ];
        let kind = raw
            .kind
            .as_ref()
            .and_then(|it| self.report.word("kind", it, &kinds));
        let missing = self.missing_rule(raw, id);
        let steps = raw.next_steps.iter().enumerate();
        let next_steps: Vec<Localized> = steps
            .map(|(index, step)| self.localized(&key, &format!("next_steps.{index}"), step))
            .collect();
        Some(Dimension {
            id: self.id(id, DimensionId::new)?,
            kind: kind?,
            title: self.localized(&key, "title", raw.title.as_ref()?),
            gist: raw
                .gist
                .as_ref()
                .map(|gist| self.localized(&key, "gist", gist)),
            items: scored.iter().map(|placed| placed.item.id.clone()).collect(),
            missing,
            next_steps,
        })
    }

    fn missing_rule(&mut self, raw: &RawDimension, id: &At<String>) -> MissingRule {
        let standard = MissingRule::default();
        let bases = [
            ("all", ShareBase::All),
            ("applicable", ShareBase::Applicable),
        ];
        let of = raw
            .of
            .as_ref()
            .and_then(|word| self.report.word("of", word, &bases));
        if let Some(wanted) = &raw.min_answered
            && usize::try_from(wanted.value).is_ok_and(|wanted| wanted > raw.items.len())
        {
            let problem = Problem::RuleNeverMet {
                dimension: id.value.clone(),
                wanted: wanted.value,
                items: raw.items.len(),
            };
            self.report
                .add(problem, &wanted.place, "more than there are items");
        }
        MissingRule {
            min_share: raw
                .min_share
                .as_ref()
                .map_or(standard.min_share, |it| it.value),
            of: of.unwrap_or(standard.of),
            min_answered: raw
                .min_answered
                .as_ref()
                .and_then(|wanted| u8::try_from(wanted.value).ok())
                .unwrap_or(standard.min_answered),
        }
    }

    fn scored_items<'p, 'i>(
        &mut self,
        raw: &RawDimension,
        id: &At<String>,
        items: &'i [Placed<'p>],
    ) -> Vec<&'i Placed<'p>> {
        let mut found: Vec<&Placed<'p>> = Vec::new();
        let mut named: BTreeMap<&str, &Place> = BTreeMap::new();
        for name in &raw.items {
            if let Some(first) = named.insert(&name.value, &name.place) {
                let item = name.value.clone();
                let places = twice(&name.place, first);
                self.report
                    .add_all(Problem::ItemNamedTwice { item }, places);
                continue;
            }
            let Some(placed) = self.item_named(name, items) else {
                continue;
            };
            if placed.item.scale().is_none() {
                let problem = Problem::UnscoredType {
                    item: name.value.clone(),
                    dimension: id.value.clone(),
                };
                let places = [
                    (&name.place, "scored here".to_owned()),
                    (placed.id_place, "the item".to_owned()),
                ];
                self.report.add_all(problem, places);
                continue;
            }
            found.push(placed);
        }
        let ranges: BTreeSet<(Level, Level)> = found
            .iter()
            .filter_map(|placed| self.catalog.scale(placed.item.scale()?))
            .map(crate::ResponseScale::range)
            .collect();
        if ranges.len() > 1 {
            let dimension = id.value.clone();
            self.report.add(
                Problem::MixedScales { dimension },
                &id.place,
                "this dimension",
            );
        }
        found
    }

    /// An area that no role is asked about would look like a result of nought people.
    fn asked(&mut self, id: &At<String>, scored: &[&Placed<'_>], sections: &Sections) {
        let is_asked = |placed: &&Placed<'_>| {
            let section = sections.get(&placed.section);
            section.is_some_and(|section| {
                let mut positions = self.positions.iter();
                positions.any(|it| section.section.roles.admits(it) && placed.item.roles.admits(it))
            })
        };
        if !scored.iter().any(is_asked) {
            let dimension = id.value.clone();
            let problem = Problem::AreaNobodyIsAsked { dimension };
            self.report
                .add(problem, &id.place, "nobody is asked any of its items");
        }
    }

    /// A likert item that maps to a framework measures a competence and belongs to a dimension.
    fn unscored(&mut self, items: &[Placed<'_>], dimensions: &[CheckedDimension<'_>]) {
        for placed in items {
            let measures = placed.item.scale().is_some() && !placed.item.maps.is_empty();
            let mut scored = dimensions.iter().flat_map(|it| &it.dimension.items);
            if measures && !scored.any(|id| *id == placed.item.id) {
                let item = placed.item.id.to_string();
                let problem = Problem::UnscoredCompetence { item };
                self.report.add(problem, placed.id_place, "in no dimension");
            }
        }
    }

    pub(super) fn profiles(
        &mut self,
        items: &[Placed<'_>],
        dimensions: &[CheckedDimension<'_>],
    ) -> Vec<RoleProfile> {
        let raw = self.raw;
        let mut found = Vec::new();
        let mut groups: BTreeMap<&str, &Place> = BTreeMap::new();
        for profile in &raw.scoring.profiles {
            let Some(group) = &profile.group else {
                continue;
            };
            if let Some(first) = groups.insert(&group.value, &group.place) {
                let problem = Problem::DuplicateProfile {
                    group: group.value.clone(),
                };
                self.report.add_all(problem, twice(&group.place, first));
                continue;
            }
            let targets = self.targets(profile, items, dimensions);
            if let Some(group) = self.group(group) {
                found.push(RoleProfile {
                    group,
                    proposal: profile.proposal,
                    targets,
                });
            }
        }
        found
    }

    fn targets(
        &mut self,
        profile: &RawProfile,
        items: &[Placed<'_>],
        dimensions: &[CheckedDimension<'_>],
    ) -> BTreeMap<DimensionId, TargetLevel> {
        let mut found = BTreeMap::new();
        for (name, target) in &profile.targets {
            let known = dimensions.iter().map(|it| &it.dimension);
            let Some(dimension) = known.clone().find(|it| it.id.as_str() == name.value) else {
                self.unknown_dimension(name, dimensions);
                continue;
            };
            if dimension.kind == DimensionKind::Index {
                let problem = Problem::TargetOfIndex {
                    dimension: name.value.clone(),
                };
                self.report.add(problem, &name.place, "an index");
                continue;
            }
            let (Level(low), Level(high)) = self.range(dimension, items);
            match u8::try_from(target.value) {
                Ok(level) if (low..=high).contains(&level) => {
                    found.insert(dimension.id.clone(), Level(level));
                }
                _ => {
                    let problem = Problem::TargetOffScale {
                        dimension: name.value.clone(),
                        target: target.value,
                        low,
                        high,
                    };
                    self.report
                        .add(problem, &target.place, format!("{low} to {high}"));
                }
            }
        }
        found
    }

    fn unknown_dimension(&mut self, name: &At<String>, dimensions: &[CheckedDimension<'_>]) {
        let mut written = self
            .raw
            .scoring
            .dimensions
            .iter()
            .filter_map(|it| it.id.as_ref());
        if written.any(|id| id.value == name.value) {
            return;
        }
        let known = dimensions.iter().map(|it| it.dimension.id.as_str());
        let near = DidYouMean::among(&name.value, known);
        let dimension = name.value.clone();
        let problem = Problem::UnknownDimension { dimension, near };
        self.report.add(problem, &name.place, "no such dimension");
    }

    fn range(&self, dimension: &Dimension, items: &[Placed<'_>]) -> (Level, Level) {
        items
            .iter()
            .filter(|placed| dimension.items.contains(&placed.item.id))
            .filter_map(|placed| self.catalog.scale(placed.item.scale()?))
            .map(crate::ResponseScale::range)
            .next()
            .unwrap_or((Level(0), Level(u8::MAX)))
    }
}
