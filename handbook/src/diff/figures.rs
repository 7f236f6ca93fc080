//! Figures of two findings files of one population, joined by table and keys.
//!
//! A change is called clear where the two intervals do not meet. That is a strict rule: some real
//! changes stay unclear, and hardly any chance is called a change. Nothing is computed here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use findings::{Cell, Estimate, Findings, Table};
use surveys::Lang;

use crate::release;

/// A figure that is not the same in both.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureChange {
    /// Table of the finding.
    pub table: String,
    /// Its keys: dimension and key, in the order of the table.
    pub keys: Vec<(String, String)>,
    /// How it differs.
    pub kind: FigureKind,
}

/// How a figure differs.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureKind {
    /// It was not shown before.
    New {
        /// The figure now.
        after: Estimate,
    },
    /// It is not shown any more.
    Gone {
        /// The figure before.
        before: Estimate,
    },
    /// It has another value.
    Changed {
        /// The figure before.
        before: Estimate,
        /// The figure now.
        after: Estimate,
        /// Whether the two intervals do not meet; without intervals it cannot be told.
        is_clear: bool,
    },
    /// Before and now cannot be compared.
    Broken {
        /// What is different, in a few words.
        why: &'static str,
    },
}

/// Returns the figures that differ, in the order of the later file; what has gone comes last.
pub(crate) fn changes(before: &Findings, after: &Findings) -> Vec<FigureChange> {
    let mut changes = Vec::new();
    let is_public = |table: &&Table| release::is_public(table);
    for table in after.tables.iter().filter(is_public) {
        let old = before.table(table.id());
        table_changes(before, after, old, table, &mut changes);
    }
    for table in before.tables.iter().filter(is_public) {
        if after.table(table.id()).is_none() {
            for (keys, cell) in cells(table) {
                if let Cell::Shown(figure) = cell {
                    let before = figure.clone();
                    changes.push(change(table, keys, FigureKind::Gone { before }));
                }
            }
        }
    }
    changes
}

fn table_changes(
    before: &Findings,
    after: &Findings,
    old: Option<&Table>,
    table: &Table,
    changes: &mut Vec<FigureChange>,
) {
    let same_form = |old: &Table| {
        old.statistic() == table.statistic()
            && old.unit() == table.unit()
            && old.scale() == table.scale()
            && old.dims() == table.dims()
    };
    if old.is_some_and(|old| !same_form(old)) {
        let why = OTHER_MEASURE;
        changes.push(change(table, &[], FigureKind::Broken { why }));
        return;
    }
    let old_cells: BTreeMap<&[String], &Cell> =
        old.map(|old| cells(old).collect()).unwrap_or_default();
    let reworded = old
        .map(|_| reworded(before, after, table))
        .unwrap_or_default();
    let mut seen = BTreeSet::new();
    for (keys, cell) in cells(table) {
        seen.insert(keys);
        let kind = kind(old_cells.get(keys).copied(), Some(cell));
        let is_reworded = keys
            .iter()
            .enumerate()
            .any(|(dim, key)| reworded.contains(&(dim, key.as_str())));
        match kind {
            Some(FigureKind::Changed { .. }) if before.origin != after.origin => {
                let why = OTHER_ORIGIN;
                changes.push(change(table, keys, FigureKind::Broken { why }));
            }
            Some(FigureKind::Changed { .. }) if is_reworded => {
                let why = OTHER_WORDING;
                changes.push(change(table, keys, FigureKind::Broken { why }));
            }
            Some(kind) => changes.push(change(table, keys, kind)),
            None => {}
        }
    }
    for (keys, cell) in old_cells {
        if let (false, Some(kind)) = (seen.contains(keys), kind(Some(cell), None)) {
            changes.push(change(table, keys, kind));
        }
    }
}

fn kind(before: Option<&Cell>, after: Option<&Cell>) -> Option<FigureKind> {
    let shown = |cell: Option<&Cell>| match cell {
        Some(Cell::Shown(figure)) => Some(figure.clone()),
        _ => None,
    };
    match (shown(before), shown(after)) {
        (None, None) => None,
        (None, Some(after)) => Some(FigureKind::New { after }),
        (Some(before), None) => Some(FigureKind::Gone { before }),
        (Some(before), Some(after)) => {
            let is_same = before.value.total_cmp(&after.value).is_eq();
            (!is_same).then(|| FigureKind::Changed {
                is_clear: is_apart(&before, &after),
                before,
                after,
            })
        }
    }
}

/// Whether two intervals do not meet.
fn is_apart(before: &Estimate, after: &Estimate) -> bool {
    let interval = |figure: &Estimate| figure.low.zip(figure.high);
    match (interval(before), interval(after)) {
        (Some((low, high)), Some((new_low, new_high))) => new_low > high || new_high < low,
        _ => false,
    }
}

/// Keys of a table, with the place of their dimension, whose Finnish words are others than before.
fn reworded<'a>(
    before: &Findings,
    after: &'a Findings,
    table: &Table,
) -> BTreeSet<(usize, &'a str)> {
    let mut found = BTreeSet::new();
    for (at, dim) in table.dims().iter().enumerate() {
        let (Some(old), Some(new)) = (before.labels.get(dim), after.labels.get(dim)) else {
            continue;
        };
        for (key, words) in new {
            let now = words.get(Lang::Fi);
            if old.get(key).is_some_and(|then| then.get(Lang::Fi) != now) {
                found.insert((at, key.as_str()));
            }
        }
    }
    found
}

fn cells(table: &Table) -> impl Iterator<Item = (&[String], &Cell)> {
    table
        .rows()
        .iter()
        .map(|row| (row.keys.as_slice(), &row.cell))
}

fn change(table: &Table, keys: &[String], kind: FigureKind) -> FigureChange {
    let dims = table.dims().iter().cloned();
    FigureChange {
        table: table.id().to_owned(),
        keys: dims.zip(keys.iter().cloned()).collect(),
        kind,
    }
}

impl FigureChange {
    /// Returns the change as a line for people: in Finnish, else in English.
    #[must_use]
    pub fn told(&self, lang: Lang) -> String {
        let (fi, en) = match self.kind {
            FigureKind::New { .. } => ("uusi", "new"),
            FigureKind::Gone { .. } => ("poistunut", "gone"),
            FigureKind::Changed { .. } => ("muuttunut", "changed"),
            FigureKind::Broken { .. } => ("ei verrata", "broken"),
        };
        let (word, was) = match lang {
            Lang::Fi => (format!("{fi:10}"), "oli"),
            Lang::Sv | Lang::En => (format!("{en:7}"), "was"),
        };
        let mut out = format!("{word}  {}", self.table);
        for (dim, key) in &self.keys {
            let _ = write!(out, ",{dim}={key}");
        }
        let figure = |estimate: &Estimate| figure(estimate, lang);
        let _ = match &self.kind {
            FigureKind::New { after } => write!(out, "  {}", figure(after)),
            FigureKind::Gone { before } => write!(out, "  {was} {}", figure(before)),
            FigureKind::Changed { before, after, .. } => {
                write!(out, "  {} -> {}", figure(before), figure(after))
            }
            FigureKind::Broken { why } => write!(out, "  {}", reason(why, lang)),
        };
        out
    }
}

const OTHER_MEASURE: &str = "the table measures something else";
const OTHER_ORIGIN: &str = "only one of the two is invented";
const OTHER_WORDING: &str = "the wording has changed";

fn reason(why: &'static str, lang: Lang) -> &'static str {
    match (lang, why) {
        (Lang::Fi, OTHER_MEASURE) => "taulukko mittaa eri asiaa",
        (Lang::Fi, OTHER_ORIGIN) => "vain toisen luvut ovat keksittyjä",
        (Lang::Fi, OTHER_WORDING) => "sanamuoto on muuttunut",
        (_, why) => why,
    }
}

fn figure(figure: &Estimate, lang: Lang) -> String {
    let number = |value: f64| match lang {
        Lang::Fi => value.to_string().replace('.', ","),
        Lang::Sv | Lang::En => value.to_string(),
    };
    let to = if lang == Lang::Fi { "–" } else { " to " };
    let value = number(figure.value);
    match figure.low.zip(figure.high) {
        Some((low, high)) => format!("{value} ({}{to}{})", number(low), number(high)),
        None => value,
    }
}
