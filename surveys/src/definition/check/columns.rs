//! The columns that items write into the dataset: no two the same.

use std::collections::BTreeMap;

use super::Checker;
use super::items::Placed;
use crate::ItemKind;
use crate::definition::{Place, Problem};

/// Columns that every dataset has.
const FIXED_COLUMNS: [&str; 10] = [
    "answer",
    "wave",
    "municipality",
    "unit",
    "role",
    "role_group",
    "duties",
    "employment",
    "language",
    "release",
];

impl Checker<'_> {
    /// No two items may write the same column, options of multiple choices included.
    pub(super) fn columns(&mut self, items: &[Placed<'_>]) {
        let mut seen: BTreeMap<String, Option<&Place>> = BTreeMap::new();
        for column in FIXED_COLUMNS {
            seen.insert(column.to_owned(), None);
        }
        for placed in items {
            let var = placed.item.var.as_str();
            let place = placed
                .raw
                .var
                .as_ref()
                .map_or(placed.id_place, |var| &var.place);
            let names = match &placed.item.kind {
                ItemKind::Info => Vec::new(),
                ItemKind::Multi { options, .. } => options
                    .iter()
                    .map(|it| format!("{var}_{}", it.value))
                    .collect(),
                ItemKind::LongText { .. } => vec![var.to_owned(), format!("{var}_missing")],
                _ => vec![var.to_owned()],
            };
            for var in names {
                match seen.insert(var.clone(), Some(place)) {
                    None => {}
                    Some(first) => {
                        let mut places = vec![(place, "taken already".to_owned())];
                        places.extend(first.map(|first| (first, "by this one".to_owned())));
                        self.report
                            .add_all(Problem::DuplicateVariable { var }, places);
                    }
                }
            }
        }
    }
}
