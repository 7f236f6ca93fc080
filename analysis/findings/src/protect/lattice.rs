//! Whom and what each row of the raw tables is about: groups, quantities and their counts.
//!
//! A *group* is a set of people: keys of the grouping dimensions, totals left out. A *quantity* is
//! what they were asked: an area, an item, or whether they answered at all. A *series* is one
//! statistic of one quantity: its counts over all groups add up along the lattice.

use std::collections::{BTreeMap, BTreeSet};

use super::ProtectError;
use crate::{ALL, Count, RawRow, RawTable, Statistic, raw::dim};

/// People that belong together: dimension and key, totals left out. The empty group is everybody.
pub(crate) type Group = BTreeMap<String, String>;

/// What was asked: dimension and key, or nothing for "answered at all".
pub(crate) type Quantity = BTreeMap<String, String>;

/// One statistic of one quantity over all groups.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Series {
    pub(crate) quantity: Quantity,
    pub(crate) statistic: Statistic,
}

/// Where a raw row belongs.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) series: Series,
    pub(crate) group: Group,
    pub(crate) level: String,
}

/// All raw tables, read together.
pub(crate) struct Lattice {
    /// Answers by series and group.
    pub(crate) counts: BTreeMap<Series, BTreeMap<Group, u64>>,
    /// People asked, where the frame is known.
    pub(crate) staff: BTreeMap<Group, u64>,
    /// All municipalities that are there.
    pub(crate) municipalities: BTreeSet<String>,
}

impl Lattice {
    /// Reads the tables and checks that they fit together.
    pub(crate) fn new(tables: &[RawTable], wave: &str) -> Result<Self, ProtectError> {
        let mut lattice = Lattice {
            counts: BTreeMap::new(),
            staff: BTreeMap::new(),
            municipalities: BTreeSet::new(),
        };
        let mut ids = BTreeSet::new();
        for table in tables {
            if !ids.insert(table.id.as_str()) {
                return Err(ProtectError::DuplicateTable(table.id.clone()));
            }
            let mut seen = BTreeSet::new();
            for row in &table.rows {
                if !seen.insert(&row.keys) {
                    return Err(ProtectError::at(table, row, "the row is there twice"));
                }
                lattice.add(table, row, wave)?;
            }
        }
        Ok(lattice)
    }

    fn add(&mut self, table: &RawTable, row: &RawRow, wave: &str) -> Result<(), ProtectError> {
        if row.keys.len() != table.dims.len() {
            return Err(ProtectError::at(
                table,
                row,
                "one key per dimension is needed",
            ));
        }
        if !is_visible(table, row) {
            return Ok(());
        }
        let place = place(table, row, wave);
        if let Some(code) = place.group.get(dim::MUNICIPALITY) {
            self.municipalities.insert(code.clone());
        }
        if let (Statistic::ResponseRate, Ok(figure)) = (table.statistic, &row.figure)
            && let Count::Exact(staff) = figure.n
        {
            self.staff.insert(place.group.clone(), staff);
        }
        let counts = self.counts.entry(place.series).or_default();
        match counts.insert(place.group, row.answers) {
            Some(other) if other != row.answers => Err(ProtectError::Conflict {
                table: table.id.clone(),
                keys: row.keys.clone(),
                answers: row.answers,
                other,
            }),
            _ => Ok(()),
        }
    }

    /// Returns how many people of each group answered at all, if a response table says so.
    pub(crate) fn answered(&self) -> Option<&BTreeMap<Group, u64>> {
        self.counts.get(&base())
    }

    /// Returns the number by which the ledger measures new answers in a group.
    pub(crate) fn people(&self, group: &Group) -> u64 {
        if let Some(answered) = self.answered().and_then(|counts| counts.get(group)) {
            return *answered;
        }
        let counts = self.counts.values().filter_map(|counts| counts.get(group));
        counts.copied().max().unwrap_or(0)
    }
}

/// The series of who answered at all.
pub(crate) fn base() -> Series {
    Series {
        quantity: Quantity::new(),
        statistic: Statistic::ResponseRate,
    }
}

/// Returns whom and what a row is about.
pub(crate) fn place(table: &RawTable, row: &RawRow, wave: &str) -> Place {
    let mut place = Place {
        series: Series {
            quantity: Quantity::new(),
            statistic: table.statistic,
        },
        group: Group::new(),
        level: String::new(),
    };
    for (name, key) in table.dims.iter().zip(&row.keys) {
        match name.as_str() {
            dim::AREA | dim::ITEM => {
                place.series.quantity.insert(name.clone(), key.clone());
            }
            dim::LEVEL => place.level.clone_from(key),
            // The release's own wave is the same people as without the word.
            dim::WAVE if key == wave => {}
            _ if key == ALL => {}
            _ => {
                place.group.insert(name.clone(), key.clone());
            }
        }
    }
    place
}

/// Says whether a row reaches any file: a unit stands under its own municipality alone.
pub(crate) fn is_visible(table: &RawTable, row: &RawRow) -> bool {
    let key = |name: &str| {
        let column = table.dims.iter().position(|dim| dim == name);
        column
            .and_then(|column| row.keys.get(column))
            .map(String::as_str)
    };
    !(key(dim::MUNICIPALITY) == Some(ALL) && key(dim::UNIT).is_some_and(|unit| unit != ALL))
}

/// Returns a group as the ledger and messages name it.
pub(crate) fn group_name(group: &Group) -> String {
    let parts: Vec<String> = group
        .iter()
        .map(|(dim, key)| format!("{dim}={key}"))
        .collect();
    parts.join(";")
}
