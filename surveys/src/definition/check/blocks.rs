//! Sections with their blocks: items in order, matrices where their first item stands.

use std::collections::{BTreeMap, BTreeSet};

use super::items::Placed;
use super::{Checker, Sections, twice};
use crate::definition::raw::RawMatrix;
use crate::definition::{Place, Problem};
use crate::{Block, ItemId, ScaleId, SectionId};

impl<'a> Checker<'a> {
    /// Puts items and matrices into their sections in order.
    pub(super) fn blocks(
        &mut self,
        sections: &Sections,
        items: &[Placed<'_>],
    ) -> Vec<(SectionId, Vec<Block>)> {
        let matrices = self.matrices(items);
        let mut blocks: Vec<(SectionId, Vec<Block>)> = Vec::new();
        for checked in sections.iter() {
            let mut placed_matrices: BTreeSet<&str> = BTreeSet::new();
            let mut found = Vec::new();
            for placed in items.iter().filter(|it| it.section == checked.section.id) {
                let inside = matrices
                    .iter()
                    .find(|(_, items)| items.contains(&placed.item.id));
                match inside {
                    None => found.push(Block::Item {
                        item: placed.item.id.clone(),
                    }),
                    Some((matrix, rows)) => {
                        let key = matrix.id.as_ref().map_or("", |id| &id.value);
                        if placed_matrices.insert(key) {
                            found.extend(self.matrix_block(matrix, rows));
                        }
                    }
                }
            }
            if !self.has_written_items(&checked.section.id) {
                let section = checked.section.id.to_string();
                let problem = Problem::EmptySection { section };
                self.report
                    .add(problem, &checked.place, "no file of items names it");
            }
            blocks.push((checked.section.id.clone(), found));
        }
        blocks
    }

    fn matrix_block(&mut self, matrix: &RawMatrix, rows: &[ItemId]) -> Option<Block> {
        let id = matrix.id.as_ref()?;
        Some(Block::Matrix {
            stem: self.localized(&id.value, "stem", matrix.stem.as_ref()?),
            scale: ScaleId::new(matrix.scale.as_ref()?.value.clone()).ok()?,
            id: self.id(id, ItemId::new)?,
            items: rows.to_vec(),
        })
    }

    /// Returns each matrix with the items that may stand in it.
    fn matrices(&mut self, items: &[Placed<'_>]) -> Vec<(&'a RawMatrix, Vec<ItemId>)> {
        let raw = self.raw;
        let mut found = Vec::new();
        let mut named: BTreeMap<&str, &Place> = BTreeMap::new();
        for matrix in raw.items.iter().flat_map(|file| &file.matrices) {
            let (Some(id), Some(scale)) = (&matrix.id, &matrix.scale) else {
                continue;
            };
            self.scale_named(scale);
            let mut rows = Vec::new();
            let mut section: Option<&SectionId> = None;
            for name in &matrix.items {
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
                let reason = match placed.item.scale() {
                    None => Some("it has no scale".to_owned()),
                    Some(own) if own.as_str() != scale.value => Some(format!(
                        "its scale is `{own}`, the matrix has `{}`",
                        scale.value
                    )),
                    Some(_) if section.is_some_and(|it| *it != placed.section) => {
                        Some(format!("it is in section `{}`", placed.section))
                    }
                    Some(_) => None,
                };
                if let Some(reason) = reason {
                    let problem = Problem::MatrixMismatch {
                        matrix: id.value.clone(),
                        item: name.value.clone(),
                        reason,
                    };
                    let places = [
                        (&name.place, "named here".to_owned()),
                        (placed.id_place, "the item".to_owned()),
                    ];
                    self.report.add_all(problem, places);
                    continue;
                }
                section = Some(&placed.section);
                rows.push(placed.item.id.clone());
            }
            found.push((matrix, rows));
        }
        found
    }

    fn has_written_items(&self, section: &SectionId) -> bool {
        let files = self.raw.items.iter().filter(|file| !file.items.is_empty());
        let mut names = files.filter_map(|file| file.section.as_ref());
        names.any(|name| name.value == section.as_str())
    }
}
