//! What is said of statistics that a job asked for by name, each part in a file of its own.
//!
//! Every part puts its sentences under all three headings at once, since a number without its
//! sureness, or without what it does not mean, is half a sentence.

mod groups;
mod items;
mod needs;
mod spread;
mod units;
mod waves;

use findings::{Estimate, dim};

use super::{Teller, ends, plain};
use crate::estimate::FAMILY;
use crate::publish::output::OutTable;

/// Sentences by heading.
#[derive(Default)]
pub(super) struct Lines {
    pub(super) known: Vec<String>,
    pub(super) sure: Vec<String>,
    pub(super) cannot: Vec<String>,
}

/// A figure of everybody with its keys in the dimensions that were asked for.
type Found<'r> = (Vec<&'r str>, &'r Estimate);

impl<'r> Teller<'_, 'r> {
    /// Tells of everything else that the job asked for.
    pub(super) fn further(&self) -> Lines {
        let mut lines = Lines::default();
        self.linked_people(&mut lines);
        self.slopes(&mut lines);
        self.pairs_of_groups(&mut lines);
        self.invariance(&mut lines);
        self.dif(&mut lines);
        self.needs(&mut lines);
        self.quadrants(&mut lines);
        self.levels(&mut lines);
        self.correlations(&mut lines);
        self.themes(&mut lines);
        self.icc(&mut lines);
        self.units(&mut lines);
        self.design(&mut lines);
        lines
    }

    /// Returns the shown figures of a table by some of its dimensions, everybody's in all others.
    fn open(&self, table: &OutTable<'r>, dims: &[&str]) -> Vec<Found<'r>> {
        let places = dims.iter().map(|dim| table.place(dim));
        let Some(places) = places.collect::<Option<Vec<usize>>>() else {
            return Vec::new();
        };
        let open: Vec<usize> = places.iter().copied().chain(table.place(FAMILY)).collect();
        let rows = table.rows_by(&open).into_iter();
        rows.filter_map(|row| {
            let keys = places.iter().map(|place| row.keys[*place].as_str());
            Some((keys.collect(), row.figure.shown()?))
        })
        .collect()
    }

    /// Returns the figures of a table whose last key is a term, by area.
    fn by_area(&self, id: &str, term: &str) -> Vec<(&'r str, &'r Estimate)> {
        let table = self.outcome.table(id);
        let found = table.map(|table| self.open(table, &[dim::AREA, dim::TERM]));
        let found = found.into_iter().flatten();
        found
            .filter(|(keys, _)| keys[1] == term)
            .map(|(keys, figure)| (keys[0], figure))
            .collect()
    }

    /// Returns the tables that have the column of the groups they compare at their end.
    fn compared_tables(&self, what: &str) -> Vec<(&'r str, &OutTable<'r>)> {
        let tables = self.outcome.tables.iter();
        tables
            .filter_map(|table| Some((table.id.strip_prefix(what)?.strip_prefix('.')?, table)))
            .collect()
    }

    fn key(&self, dim: &str, key: &str) -> String {
        plain(self.outcome.label(dim, key, self.words.lang))
    }

    fn column(&self, name: &str) -> String {
        plain(&self.words.dimension(name))
    }

    fn share(&self, estimate: &Estimate) -> String {
        let value = self.percent(estimate.value);
        match ends(estimate) {
            Some([low, high]) => {
                let ends = [low, high].map(|end| self.percent(end));
                let range = charts::number::range(&ends[0], &ends[1], self.words.lang);
                format!("{value} ({range})")
            }
            None => value,
        }
    }

    fn signed(&self, value: f64) -> String {
        charts::number::signed(value, self.decimals(), self.words.lang)
    }

    /// Returns a change or difference with its sign and its interval.
    fn change(&self, name: &str, estimate: &Estimate) -> String {
        let value = self.signed(estimate.value);
        match self.range(estimate) {
            Some(range) => format!("{name} {value} ({range})"),
            None => format!("{name} {value}"),
        }
    }

    /// Says a sentence about a list, unless it is empty.
    fn of_list(&self, key: &str, list: &[String], given: &[(&str, &str)], to: &mut Vec<String>) {
        if !list.is_empty() {
            let joined = list.join("; ");
            let mut all = vec![("list", joined.as_str())];
            all.extend_from_slice(given);
            to.push(self.words.counted(key, list.len() as u64, &all));
        }
    }
}

fn is_above(estimate: &Estimate) -> bool {
    ends(estimate).is_some_and(|[low, _]| low > 0.0)
}

fn is_below(estimate: &Estimate) -> bool {
    ends(estimate).is_some_and(|[_, high]| high < 0.0)
}
