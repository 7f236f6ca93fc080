//! The integer tables that statistics are made of.
//!
//! Every table counts people in whole numbers, so tables of parts of the answers (a municipality,
//! a wave, any split) add up to exactly the table of all of them, in any order. A statistic asks
//! for its table with [`by_group`] and turns it into floating-point numbers once, at the end: then
//! it has the same bits whether it starts from the answers themselves or from tables that were
//! made elsewhere and added. A statistic that reads answers in another way works on answers only.
//!
//! A new table is a type with [`IntegerTable`], a line in [`TableKind`], and a line in
//! [`made_of`] for each statistic that starts from it.

pub(crate) mod answered;
pub(crate) mod area_pairs;
pub(crate) mod codes;
pub(crate) mod complete;
pub(crate) mod contingency;
pub(crate) mod course;
pub(crate) mod held;
pub(crate) mod importance;
pub(crate) mod importance_pairs;
pub(crate) mod linked;
pub(crate) mod made_of;
pub(crate) mod over_waves;
pub(crate) mod pairs;
pub(crate) mod persons;
pub(crate) mod questionnaire;
pub(crate) mod rest;
pub(crate) mod runs;
pub(crate) mod scores;
pub(crate) mod subject;
pub(crate) mod targets;
pub(crate) mod themes;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::{Grouping, Keys, Tally, cells, lattice};
pub(crate) use subject::{Size, Subject, TableOf};

/// A table written out: whole numbers by what they count; noughts are left out.
pub(crate) type Entries = BTreeMap<Vec<i64>, i64>;

/// The tables by their names in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum TableKind {
    /// `[code] -> people`, see [`codes`].
    #[serde(rename = "T1")]
    Codes,
    /// `[valid, sum] -> persons`, see [`scores`].
    #[serde(rename = "T2")]
    Scores,
    /// `[a, b, valid, valid, sort] -> sums`, see [`area_pairs`].
    #[serde(rename = "T2-pairs")]
    AreaPairs,
    /// `[target, valid, sum] -> persons`, see [`targets`].
    #[serde(rename = "T2-target")]
    Targets,
    /// `[i, j] -> Σ x_i x_j`, see [`complete`].
    #[serde(rename = "T3")]
    Complete,
    /// `[1 to 3, i, j] -> sums over people who answered both`, see [`pairs`].
    #[serde(rename = "T3-pairs")]
    Pairs,
    /// `[i, j, a, b] -> people`, see [`contingency`].
    #[serde(rename = "T4")]
    Contingency,
    /// `[moved, valid, sum, valid, sum] -> persons`, see [`linked`].
    #[serde(rename = "T6")]
    Linked,
    /// `[twice, without, moved, valid, sum, …] -> answers`, see [`over_waves`].
    #[serde(rename = "T6-waves")]
    Waves,
    /// `[item, answer, rest] -> people`, see [`rest`].
    #[serde(rename = "T7")]
    Rest,
    /// `[theme] -> answers`, see [`themes`].
    #[serde(rename = "T8")]
    Themes,
    /// `[1, items before] -> people who broke off`, see [`course`].
    #[serde(rename = "T9-course")]
    Course,
    /// `[1, length] -> people by longest run`, see [`runs`].
    #[serde(rename = "T9-runs")]
    Runs,
    /// `[importance, valid, sum] -> persons`, see [`importance`].
    #[serde(rename = "T10")]
    Importance,
    /// `[a, b, valid, valid, sort] -> sums`, see [`importance_pairs`].
    #[serde(rename = "T10-pairs")]
    ImportancePairs,
}

/// Does something with the type of a table that is known by its name.
macro_rules! with_table {
    ($kind:expr, $table:ident => $what:expr) => {
        match $kind {
            TableKind::Codes => {
                type $table = codes::CodeTable;
                $what
            }
            TableKind::Scores => {
                type $table = scores::ScoreTable;
                $what
            }
            TableKind::AreaPairs => {
                type $table = area_pairs::AreaPairs;
                $what
            }
            TableKind::Targets => {
                type $table = targets::TargetTable;
                $what
            }
            TableKind::Complete => {
                type $table = complete::CompleteRows;
                $what
            }
            TableKind::Pairs => {
                type $table = pairs::PairRows;
                $what
            }
            TableKind::Contingency => {
                type $table = contingency::PairTables;
                $what
            }
            TableKind::Linked => {
                type $table = linked::LinkedPairs;
                $what
            }
            TableKind::Waves => {
                type $table = over_waves::WaveTable;
                $what
            }
            TableKind::Rest => {
                type $table = rest::RestTable;
                $what
            }
            TableKind::Themes => {
                type $table = themes::ThemeTable;
                $what
            }
            TableKind::Course => {
                type $table = course::CourseTable;
                $what
            }
            TableKind::Runs => {
                type $table = runs::RunTable;
                $what
            }
            TableKind::Importance => {
                type $table = importance::ImportanceTable;
                $what
            }
            TableKind::ImportancePairs => {
                type $table = importance_pairs::ImportancePairs;
                $what
            }
        }
    };
}

/// A table of whole numbers about something in a group of people.
pub(crate) trait IntegerTable: Tally {
    /// What it is about: a quantity, or more than one thing.
    type Of: TableOf;

    /// Its name in files; none for a table that is not handed over.
    const KIND: Option<TableKind> = None;

    /// The largest first number of entries that count people, each person once; what stands under
    /// larger ones is about the same people.
    const PEOPLE_UP_TO: i64 = i64::MAX;

    /// Returns how the answer in a row is counted into groups by some columns.
    ///
    /// # Errors
    /// When the data have no such quantity.
    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Self::Of,
        columns: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError>;

    /// Counts the answers by the smallest groups of some columns: row by row, unless the table
    /// has a quicker way.
    ///
    /// # Errors
    /// When the data have no such quantity or column.
    fn by_cell(
        data: &Dataset,
        of: &Self::Of,
        columns: &[&str],
    ) -> Result<Vec<(Keys, Self)>, AnalysisError> {
        let mut count = Self::counter(data, of, columns)?;
        cells(data, columns, |table: &mut Self, row| count(table, row))
    }

    /// Returns everything that can be counted, in a fixed order: what [`IntegerTable::entries`]
    /// may hold. It follows from the codebook alone.
    ///
    /// # Errors
    /// When the codebook has no such quantity.
    fn places(_data: &Dataset, _of: &Self::Of) -> Result<Vec<Vec<i64>>, AnalysisError> {
        Ok(Vec::new())
    }

    /// Returns what tells whether something can be counted in a grid of so many columns.
    ///
    /// # Errors
    /// As [`IntegerTable::places`].
    fn allowed(data: &Dataset, of: &Self::Of, _columns: usize) -> Result<Allowed, AnalysisError> {
        let places: BTreeSet<Vec<i64>> = Self::places(data, of)?.into_iter().collect();
        Ok(Box::new(move |place| places.contains(place)))
    }

    /// Writes the table out.
    fn entries(&self) -> Entries {
        Entries::new()
    }

    /// Reads a table back; entries outside [`IntegerTable::places`] are left out.
    fn from_entries(_entries: &Entries, _size: Size) -> Self {
        Self::default()
    }

    /// Turns a table of a grid into one of some of its columns, by their places there.
    #[must_use]
    fn projected(self, _places: &[usize]) -> Self {
        self
    }

    /// Returns how many people a written table is about.
    fn people(entries: &Entries) -> i64 {
        let once = entries.iter().take_while(|(place, _)| {
            let first = place.first();
            first.is_none_or(|first| *first <= Self::PEOPLE_UP_TO)
        });
        once.map(|(_, people)| people).sum()
    }

    /// Returns whether the parts of a written table are about the same people, as far as its
    /// numbers can tell.
    fn agrees(_entries: &Entries) -> bool {
        true
    }
}

/// Tells whether something can be counted in a written table.
pub(crate) type Allowed = Box<dyn Fn(&[i64]) -> bool>;

/// Counts the answer in a row into a table.
pub(crate) type Counter<'d, T> = Box<dyn FnMut(&mut T, usize) + 'd>;

/// Makes the table of every group, from the answers or from tables of smaller groups.
///
/// # Errors
/// When the quantity or a group column does not exist, or is not in the tables.
pub(crate) fn by_group<T: IntegerTable>(
    data: &Dataset,
    of: &T::Of,
    by: &Grouping,
) -> Result<BTreeMap<Vec<String>, T>, AnalysisError> {
    let columns: Vec<&str> = by.columns().collect();
    lattice(data, by, by_cell(data, of, &columns)?)
}

/// Makes the table of the smallest groups by some columns, from the answers or from tables of
/// smaller groups; a group can come several times.
///
/// # Errors
/// As [`by_group`].
pub(crate) fn by_cell<T: IntegerTable>(
    data: &Dataset,
    of: &T::Of,
    columns: &[&str],
) -> Result<Vec<(Keys, T)>, AnalysisError> {
    match data.held() {
        Some(held) => held.cells(data, of, columns),
        None => T::by_cell(data, of, columns),
    }
}

/// Counts the answers of every group (T9).
///
/// # Errors
/// When a group column does not exist, or is not in the tables.
pub(crate) fn people(
    data: &Dataset,
    by: &Grouping,
) -> Result<BTreeMap<Vec<String>, u64>, AnalysisError> {
    let columns: Vec<&str> = by.columns().collect();
    lattice(data, by, people_by_cell(data, &columns)?)
}

/// Counts the answers in the smallest groups by some columns; a group can come several times.
///
/// # Errors
/// As [`people`].
pub(crate) fn people_by_cell(
    data: &Dataset,
    columns: &[&str],
) -> Result<Vec<(Keys, u64)>, AnalysisError> {
    match data.held() {
        Some(held) => held.people(columns),
        None => cells(data, columns, |people: &mut u64, _| *people += 1),
    }
}

impl TableKind {
    /// Counts the answers into the smallest groups by some columns and writes the tables out.
    pub(crate) fn written(
        self,
        data: &Dataset,
        of: &Subject,
        columns: &[&str],
    ) -> Result<Vec<(Keys, Entries)>, AnalysisError> {
        with_table!(self, Table => {
            let tables = Table::by_cell(data, &of.read()?, columns)?.into_iter();
            Ok(tables
                .map(|(keys, table)| (keys, table.entries()))
                .collect())
        })
    }

    /// As [`IntegerTable::places`].
    pub(crate) fn places(
        self,
        data: &Dataset,
        of: &Subject,
    ) -> Result<Vec<Vec<i64>>, AnalysisError> {
        with_table!(self, Table => Table::places(data, &of.read()?))
    }

    /// As [`IntegerTable::allowed`].
    pub(crate) fn allowed(
        self,
        data: &Dataset,
        of: &Subject,
        columns: usize,
    ) -> Result<Allowed, AnalysisError> {
        with_table!(self, Table => Table::allowed(data, &of.read()?, columns))
    }

    /// As [`IntegerTable::people`].
    pub(crate) fn people(self, entries: &Entries) -> i64 {
        with_table!(self, Table => Table::people(entries))
    }

    /// As [`IntegerTable::agrees`].
    pub(crate) fn agrees(self, entries: &Entries) -> bool {
        with_table!(self, Table => Table::agrees(entries))
    }

    /// Returns whether an entry is a number of people, and so never negative.
    pub(crate) fn counts_people(self, place: &[i64]) -> bool {
        let first = place.first().copied().unwrap_or(0);
        match self {
            TableKind::Complete => first <= 0,
            TableKind::Pairs | TableKind::Course => first <= 1,
            TableKind::AreaPairs | TableKind::ImportancePairs => {
                place.last().is_some_and(|sort| *sort <= 1)
            }
            _ => true,
        }
    }
}

/// Returns the numbers of `k` items, counted from one, with the places they have from nought on.
pub(crate) fn numbered(k: usize) -> impl Iterator<Item = (i64, usize)> + Clone {
    (1..).zip(0..k)
}

/// Returns a number of people from a written table; files are checked to hold none below nought.
pub(crate) fn as_people(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

/// Writes a number of people; more than there are on earth cannot be counted here.
pub(crate) fn as_entry(people: u64) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}
