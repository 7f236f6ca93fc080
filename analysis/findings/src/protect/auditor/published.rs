//! What stands in the files of a release, by series and group.

use std::collections::BTreeMap;

use super::super::lattice::{Group, Quantity, Series};
use crate::{ALL, Cell, Estimate, Findings, Population, Table, raw::dim};

/// Every figure that any file shows.
pub(super) struct Published {
    shown: BTreeMap<Series, BTreeMap<Group, Vec<(String, Estimate)>>>,
}

impl Published {
    /// Reads files: a city's tables are about itself, unless they are the network's beside them.
    pub(super) fn read(files: &[Findings]) -> Published {
        let mut published = Published {
            shown: BTreeMap::new(),
        };
        for file in files {
            for table in &file.tables {
                let city = match &file.population {
                    Population::City { code, .. } if !table.id().starts_with("network.") => {
                        Some(code.as_str())
                    }
                    _ => None,
                };
                published.add(table, city, &file.wave);
            }
        }
        published
    }

    fn add(&mut self, table: &Table, city: Option<&str>, wave: &str) {
        for row in table.rows() {
            let Cell::Shown(figure) = &row.cell else {
                continue;
            };
            let mut quantity = Quantity::new();
            let mut group: Group = city
                .map(|code| (dim::MUNICIPALITY.to_owned(), code.to_owned()))
                .into_iter()
                .collect();
            let mut level = String::new();
            for (name, key) in table.dims().iter().zip(&row.keys) {
                match name.as_str() {
                    dim::AREA | dim::ITEM => {
                        quantity.insert(name.clone(), key.clone());
                    }
                    dim::LEVEL => level.clone_from(key),
                    dim::WAVE if key == wave => {}
                    _ if key == ALL => {}
                    _ => {
                        group.insert(name.clone(), key.clone());
                    }
                }
            }
            let statistic = table.statistic();
            let series = Series {
                quantity,
                statistic,
            };
            let groups = self.shown.entry(series).or_default();
            groups
                .entry(group)
                .or_default()
                .push((level, figure.clone()));
        }
    }

    /// Says whether any figure of this series and group stands in a file.
    pub(super) fn shows(&self, series: &Series, group: &Group) -> bool {
        !self.figures(series, group).is_empty()
    }

    /// Returns the figures of a series and group, with their places within the figure.
    pub(super) fn figures(&self, series: &Series, group: &Group) -> &[(String, Estimate)] {
        let groups = self.shown.get(series);
        let figures = groups.and_then(|groups| groups.get(group));
        figures.map_or(&[][..], Vec::as_slice)
    }
}
