//! The gate: the only way from exact figures to figures that may be shown (DC-1).
//!
//! [`protect`] takes all raw tables of a release at once, since a table is safe only beside the
//! others, and lets the auditor read the finished files. Read on in `protect/pattern.rs` (what is
//! withheld together), `cover.rs` (partners), `system.rs` (the attack), `cells.rs` (what each place
//! shows in the end), `auditor.rs` (what a reader of the files could work out).

mod auditor;
mod cells;
mod cover;
mod history;
mod lattice;
mod layers;
mod partners;
mod pattern;
mod round;
mod shares;
mod solver;
mod sums;
mod system;
mod telling;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::{
    About, BelowFloor, Ledger, RawRow, RawTable, Release, Rule, Statistic,
    format::{self, FormatError, TableProblem},
    ledger::Entry,
    release,
};
use cells::Cells;
use history::History;
use lattice::{Lattice, group_name};
use pattern::{Margins, Plan};

/// Why no release can be made.
#[derive(Debug, Error)]
pub enum ProtectError {
    /// A threshold is under its floor.
    #[error(transparent)]
    BelowFloor(#[from] BelowFloor),
    /// A threshold was lowered within a wave (DC-14).
    #[error(
        "{threshold} is {value}, but release {release} of wave {wave} was made with {before}; \
         thresholds cannot be lowered within a wave"
    )]
    Lowered {
        /// The threshold's name.
        threshold: &'static str,
        /// What it is set to now.
        value: u64,
        /// What it was.
        before: u64,
        /// The wave.
        wave: String,
        /// The earlier release.
        release: u32,
    },
    /// An earlier release of the wave has groups that this one lacks.
    #[error(
        "release {release} of wave {wave} was made with the group `{group}`, which this one lacks; \
         two groupings of the same people tell more than either: keep the earlier groups, and add \
         others beside them in the same job"
    )]
    OtherGroups {
        /// The wave.
        wave: String,
        /// The earlier release.
        release: u32,
        /// The group.
        group: String,
    },
    /// The number is taken by a release of other data.
    #[error(
        "release {release} of wave {wave} was made from other data; give this one the number {next}"
    )]
    NumberTaken {
        /// The wave.
        wave: String,
        /// The number asked for.
        release: u32,
        /// The next free number.
        next: u32,
    },
    /// Two tables have the same id.
    #[error("table `{0}` is there twice")]
    DuplicateTable(String),
    /// A row is not as it must be.
    #[error("table `{table}`, row {keys}: {problem}", keys = keys.join(" / "))]
    Row {
        /// The table's id.
        table: String,
        /// The row's keys.
        keys: Vec<String>,
        /// What is wrong.
        problem: String,
    },
    /// Two tables count the same people differently.
    #[error(
        "table `{table}`, row {keys}: {answers} answers, but another row of the same statistic, \
         quantity and group says {other}; totals must count the same people everywhere",
        keys = keys.join(" / ")
    )]
    Conflict {
        /// The table's id.
        table: String,
        /// The row's keys.
        keys: Vec<String>,
        /// Answers in this row.
        answers: u64,
        /// Answers in another row.
        other: u64,
    },
    /// Parts are more than their total.
    #[error(
        "{quantity} group `{group}`: its parts by {dimension} have {parts} answers, the total {total}"
    )]
    NotAdditive {
        /// What was asked.
        quantity: String,
        /// The total's group.
        group: String,
        /// The dimension it is split by.
        dimension: String,
        /// Answers of all parts.
        parts: u64,
        /// Answers of the total.
        total: u64,
    },
    /// A reader of all files could work out a withheld count.
    #[error(
        "the audit refuses the release: of {quantity} group `{group}` could be worked out {how}; \
         leave out a grouping or raise the thresholds",
        quantity = if quantity.is_empty() { "the answers" } else { quantity.as_str() }
    )]
    Recoverable {
        /// What was asked.
        quantity: String,
        /// The group.
        group: String,
        /// By whom or from what.
        how: &'static str,
    },
    /// The audit came to no end.
    #[error(
        "the audit came to no end for {quantity} group `{group}`; the release waits: leave out a \
         grouping or raise the thresholds",
        quantity = if quantity.is_empty() { "the answers" } else { quantity.as_str() }
    )]
    Unfinished {
        /// What was asked.
        quantity: String,
        /// The group.
        group: String,
    },
    /// A figure is not a number that can be shown.
    #[error(transparent)]
    Figure(#[from] FormatError),
}

impl ProtectError {
    fn at(table: &RawTable, row: &RawRow, problem: &str) -> Self {
        ProtectError::Row {
            table: table.id.clone(),
            keys: row.keys.clone(),
            problem: problem.to_owned(),
        }
    }
}

/// Protects all tables of a release together: withholds, puts bands in places, rounds. Then the
/// auditor reads the finished files and works out what a reader could.
///
/// The outcome depends on the arguments alone. Giving the same release again, with a ledger that
/// already holds it, yields the same release.
///
/// # Errors
/// When thresholds are too low, the tables contradict each other, the release's number is taken
/// by other data, or the audit finds a withheld count that could be worked out.
pub fn protect(
    tables: &[RawTable],
    ledger: &Ledger,
    rule: &Rule,
    about: &About,
) -> Result<Release, ProtectError> {
    let mut margins = Margins::default();
    loop {
        let mut release = make(tables, ledger, rule, about, Some(&margins))?;
        let outcome = auditor::audit(&release, tables, ledger)?;
        let Some(first) = outcome.narrow.first() else {
            release.audit.ranges = outcome.ranges;
            return Ok(release);
        };
        if !widen(&mut margins, &outcome.narrow) {
            return Err(first.into());
        }
    }
}

/// Asks for more where an audit found too little; says whether there was more to ask for.
///
/// Partners are looked for quantity by quantity; where quantities together tell more, a count gets
/// partners as if it had to stay wider, and where that does not help, nothing of its quantity is
/// shown: a release that says less is of more use than none.
fn widen(margins: &mut Margins, narrow: &[auditor::Narrow]) -> bool {
    let mut wider = false;
    for narrow in narrow {
        if let Some(group) = &narrow.group {
            let place = (narrow.quantity.clone(), group.clone());
            let margin = margins.wider.entry(place).or_default();
            wider |= *margin < WIDEST_MARGIN;
            *margin = WIDEST_MARGIN.min(*margin + 1);
        }
    }
    wider
        || narrow.iter().fold(false, |closed, narrow| {
            closed | margins.closed.insert(narrow.quantity.clone())
        })
}

/// How much wider than the rule asks a count is kept that the audit finds too narrow, at most.
const WIDEST_MARGIN: i64 = 4;

/// Makes a release that nobody has audited, without partners to show what they are for.
#[cfg(test)]
fn protect_with(
    tables: &[RawTable],
    ledger: &Ledger,
    rule: &Rule,
    about: &About,
    complementary: bool,
) -> Result<Release, ProtectError> {
    let margins = Margins::default();
    make(
        tables,
        ledger,
        rule,
        about,
        complementary.then_some(&margins),
    )
}

/// Makes a release; without margins also without partners.
fn make(
    tables: &[RawTable],
    ledger: &Ledger,
    rule: &Rule,
    about: &About,
    margins: Option<&Margins>,
) -> Result<Release, ProtectError> {
    rule.check()?;
    check_history(ledger, rule, about)?;
    check_figures(tables)?;
    let lattice = Lattice::new(tables, &about.wave)?;
    check_groups(ledger, about, &lattice)?;
    let history = History::new(ledger, about.release, tables, &about.wave, &lattice);
    let found = lattice.municipalities.iter().map(String::as_str).collect();
    let named = release::named_cities(rule, &found);
    let plan = Plan {
        lattice: &lattice,
        rule,
        history: &history,
        telling: telling::figures(tables, &lattice, rule, &about.wave),
        shares: shares::all(tables, &lattice, &about.wave),
        named: named.into_iter().map(str::to_owned).collect(),
        margins,
    };
    let pattern = plan.pattern()?;
    let cells = Cells::new(tables, rule, &about.wave, &lattice, &pattern, &history);
    let (tables, audit) = cells.tables();
    let answers = groups(&lattice, &history);
    let entry = Entry {
        release: about.release,
        dataset_sha256: about.produced.dataset_sha256.clone(),
        min_unit: rule.min_unit,
        min_group: rule.min_group,
        min_cities: rule.min_cities,
        answers,
        tables: Entry::rows_of(&tables),
    };
    Ok(Release {
        about: about.clone(),
        rule: rule.clone(),
        tables,
        audit,
        ledger: ledger.with(&about.wave, entry),
    })
}

/// Returns the answers behind the figures of each group, for the ledger.
fn groups(lattice: &Lattice, history: &History<'_>) -> BTreeMap<String, u64> {
    let groups = lattice.counts.values().flat_map(BTreeMap::keys);
    groups
        .map(|group| {
            let behind = history.unchanged(group);
            let answers = behind.unwrap_or_else(|| lattice.people(group));
            (group_name(group), answers)
        })
        .collect()
}

fn check_history(ledger: &Ledger, rule: &Rule, about: &About) -> Result<(), ProtectError> {
    let Some(entries) = ledger.waves.get(&about.wave) else {
        return Ok(());
    };
    for entry in entries {
        let thresholds = [
            ("min_unit", rule.min_unit, entry.min_unit),
            ("min_group", rule.min_group, entry.min_group),
            ("min_cities", rule.min_cities, entry.min_cities),
        ];
        for (threshold, value, before) in thresholds {
            if value < before {
                return Err(ProtectError::Lowered {
                    threshold,
                    value,
                    before,
                    wave: about.wave.clone(),
                    release: entry.release,
                });
            }
        }
        let taken =
            entry.release == about.release && entry.dataset_sha256 != about.produced.dataset_sha256;
        if taken {
            return Err(ProtectError::NumberTaken {
                wave: about.wave.clone(),
                release: about.release,
                next: entries.iter().map(|e| e.release).max().unwrap_or(0) + 1,
            });
        }
    }
    Ok(())
}

/// Refuses a release without the groups of an earlier one: their differences would be figures that
/// nobody has looked at (DC-9, DC-19).
fn check_groups(ledger: &Ledger, about: &About, lattice: &Lattice) -> Result<(), ProtectError> {
    let groups = lattice.counts.values().flat_map(BTreeMap::keys);
    let groups: BTreeSet<String> = groups.map(group_name).collect();
    for entry in ledger.before(&about.wave, about.release) {
        let mut earlier = entry.answers.iter();
        let lacking = earlier.find(|(group, answers)| {
            // Groups of other waves were looked at when those were released.
            let of_wave = group.starts_with(OF_WAVE) || group.contains(&format!(";{OF_WAVE}"));
            **answers > 0 && !of_wave && !groups.contains(*group)
        });
        if let Some((group, _)) = lacking {
            return Err(ProtectError::OtherGroups {
                wave: about.wave.clone(),
                release: entry.release,
                group: group.clone(),
            });
        }
    }
    Ok(())
}

/// How the wave begins in a group's name.
const OF_WAVE: &str = "wave=";

fn check_figures(tables: &[RawTable]) -> Result<(), ProtectError> {
    for table in tables {
        if table.statistic == Statistic::Working {
            return Err(format::at(&table.id, &[], TableProblem::WorkingOnly).into());
        }
        for row in &table.rows {
            if let Ok(figure) = &row.figure {
                format::check_estimate(figure)
                    .map_err(|problem| format::at(&table.id, &row.keys, problem))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
