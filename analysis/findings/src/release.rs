//! A protected release and the files it is cut into: the network's and one for each city.

use std::collections::{BTreeMap, BTreeSet};

use surveys::{Labels, dataset::Origin};

use crate::{
    ALL, Audit, FINDINGS_SCHEMA, Findings, Ledger, Population, Produced, Row, Rule, Table, raw::dim,
};

/// What a release is about: the parts of the files that are not figures.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Number of the release within its wave, from 1.
    pub release: u32,
    /// The wave.
    pub wave: String,
    /// Whether the answers are invented.
    pub origin: Origin,
    /// What made the figures.
    pub produced: Produced,
    /// Words for the keys of tables: dimension name, key, label. A file gets those it uses.
    pub labels: BTreeMap<String, BTreeMap<String, Labels>>,
    /// Folder names of the municipalities, by the key they have in tables.
    pub cities: BTreeMap<String, String>,
}

/// All figures of one wave, protected together. Only [`crate::protect`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    pub(crate) about: About,
    pub(crate) rule: Rule,
    /// Protected tables over the whole lattice, in the order of their ids.
    pub(crate) tables: Vec<Table>,
    pub(crate) audit: Audit,
    pub(crate) ledger: Ledger,
}

impl Release {
    /// Returns what the release is about.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Returns why cells are withheld; never to be shown beside the figures.
    #[must_use]
    pub fn audit(&self) -> &Audit {
        &self.audit
    }

    /// Returns the ledger with this release added, to be kept for the next one.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns the keys of the municipalities that get a file of their own.
    #[must_use]
    pub fn cities(&self) -> Vec<&str> {
        let found = self.municipalities();
        let known = self.about.cities.keys().map(String::as_str);
        known.filter(|code| found.contains(code)).collect()
    }

    /// Returns the network's findings: all municipalities together, and by name those that
    /// share their figures, if at least three do.
    #[must_use]
    pub fn network(&self) -> Findings {
        let named = named_cities(&self.rule, &self.municipalities());
        let mut tables = Vec::new();
        for table in self.tables.iter().filter(|table| !has(table, dim::UNIT)) {
            tables.push(cut(table, ALL, &table.id));
            if has(table, dim::MUNICIPALITY) && !named.is_empty() {
                let mut by_name = table.clone();
                by_name.id = format!("city.{}", table.id);
                let column = column(table, dim::MUNICIPALITY);
                by_name
                    .rows
                    .retain(|row| column.is_some_and(|c| named.contains(row.keys[c].as_str())));
                tables.push(by_name);
            }
        }
        self.findings(Population::Network, tables)
    }

    /// Returns a city's findings: its own figures and units, and the network's beside them.
    /// Its labels hold its own name under `municipality`.
    #[must_use]
    pub fn city(&self, code: &str) -> Option<Findings> {
        let slug = self.about.cities.get(code)?;
        if !self.municipalities().contains(code) {
            return None;
        }
        let mut tables = Vec::new();
        for table in self.tables.iter().filter(|t| has(t, dim::MUNICIPALITY)) {
            tables.push(cut(table, code, &table.id));
            if !has(table, dim::UNIT) {
                tables.push(cut(table, ALL, &format!("network.{}", table.id)));
            }
        }
        let population = Population::City {
            code: code.to_owned(),
            slug: slug.clone(),
        };
        let mut findings = self.findings(population, tables);
        let names = self.about.labels.get(dim::MUNICIPALITY);
        if let Some(name) = names.and_then(|names| names.get(code)) {
            let own = BTreeMap::from([(code.to_owned(), name.clone())]);
            findings.labels.insert(dim::MUNICIPALITY.to_owned(), own);
        }
        Some(findings)
    }

    fn findings(&self, population: Population, mut tables: Vec<Table>) -> Findings {
        tables.sort_by(|a, b| a.id.cmp(&b.id));
        Findings {
            schema: FINDINGS_SCHEMA,
            release: self.about.release,
            population,
            wave: self.about.wave.clone(),
            origin: self.about.origin,
            produced: self.about.produced.clone(),
            rule: self.rule.clone(),
            labels: used_labels(&self.about.labels, &tables),
            tables,
        }
    }

    fn municipalities(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for table in &self.tables {
            if let Some(column) = column(table, dim::MUNICIPALITY) {
                found.extend(table.rows.iter().map(|row| row.keys[column].as_str()));
            }
        }
        found.remove(ALL);
        found
    }
}

/// Returns the municipalities shown by name: those that share and are there, if at least three, and
/// if those that do not share are none or at least two. A single one would be what the named ones
/// leave of the total (DC-8).
pub(crate) fn named_cities<'a>(rule: &'a Rule, found: &BTreeSet<&str>) -> BTreeSet<&'a str> {
    let named: BTreeSet<&str> = rule
        .shown_by_name
        .iter()
        .map(String::as_str)
        .filter(|code| found.contains(code))
        .collect();
    if named.len() < LEAST_NAMED || found.len() - named.len() == 1 {
        return BTreeSet::new();
    }
    named
}

/// With two names each of them is the other's remainder.
const LEAST_NAMED: usize = 3;

fn has(table: &Table, name: &str) -> bool {
    column(table, name).is_some()
}

fn column(table: &Table, name: &str) -> Option<usize> {
    table.dims.iter().position(|dim| dim == name)
}

/// Cuts the rows of one municipality (or of all together) out of a table, without its column.
fn cut(table: &Table, municipality: &str, id: &str) -> Table {
    let mut part = table.clone();
    id.clone_into(&mut part.id);
    if let Some(column) = column(table, dim::MUNICIPALITY) {
        part.dims.remove(column);
        part.rows = table
            .rows
            .iter()
            .filter(|row| row.keys[column] == municipality)
            .map(|row| {
                let mut row: Row = row.clone();
                row.keys.remove(column);
                row
            })
            .collect();
        part.rows.sort_by(|a, b| a.keys.cmp(&b.keys));
    }
    part
}

/// Keeps the labels that a file needs: a city's file names no unit of another city.
fn used_labels(
    labels: &BTreeMap<String, BTreeMap<String, Labels>>,
    tables: &[Table],
) -> BTreeMap<String, BTreeMap<String, Labels>> {
    let mut used: BTreeMap<String, BTreeMap<String, Labels>> = BTreeMap::new();
    for table in tables {
        for (column, dim) in table.dims.iter().enumerate() {
            let Some(words) = labels.get(dim) else {
                continue;
            };
            let kept = used.entry(dim.clone()).or_default();
            for row in &table.rows {
                let key = &row.keys[column];
                if let Some(label) = words.get(key)
                    && !kept.contains_key(key)
                {
                    kept.insert(key.clone(), label.clone());
                }
            }
        }
        keep_steps(labels, table, &mut used);
    }
    used
}

/// Keeps the words of an item's steps, which stand under `item:level`.
fn keep_steps(
    labels: &BTreeMap<String, BTreeMap<String, Labels>>,
    table: &Table,
    used: &mut BTreeMap<String, BTreeMap<String, Labels>>,
) {
    let columns = (column(table, dim::ITEM), column(table, dim::LEVEL));
    let ((Some(item), Some(level)), Some(words)) = (columns, labels.get(dim::LEVEL)) else {
        return;
    };
    let kept = used.entry(dim::LEVEL.to_owned()).or_default();
    for row in &table.rows {
        let key = format!("{}:{}", row.keys[item], row.keys[level]);
        if let Some(label) = words.get(&key) {
            kept.insert(key, label.clone());
        }
    }
}
