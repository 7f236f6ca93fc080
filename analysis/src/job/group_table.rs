//! Tables that a job asks for by name: one CSV file each, a row for each group.

use std::collections::BTreeSet;
use std::ops::Range;

use super::fields::{Fields, Notes, suggestion};

/// A CSV file with a row for each group and area, or each group and item.
///
/// The figures are exact and unprotected, and there are no totals: it is for researchers who want
/// columns, not for publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupTable {
    /// Name of the file in the folder of results.
    pub file: String,
    /// What the rows are about.
    pub about: GroupTableAbout,
    /// The columns (or kinds of column) that make groups.
    pub by: Vec<String>,
    /// The columns after the keys.
    pub columns: Vec<GroupTableColumn>,
}

/// What the rows of a table are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupTableAbout {
    /// The dimensions of the codebook.
    Areas,
    /// The scale items of the codebook.
    Items,
}

/// One column, or several that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupTableColumn {
    /// `n`: people with a score, or with a value.
    Count,
    /// `mean`.
    Mean,
    /// `sd`: standard deviation over `n - 1`.
    Deviation,
    /// `p1` to `p99`: quantile of type 7.
    Quantile(u32),
    /// `n_complete`: people with a value in every item.
    Complete,
    /// `alpha`: Cronbach's alpha of complete rows.
    Alpha,
    /// `counts`: people by value, reversed items turned round, in columns `c0`, `c1`, …
    Values,
    /// `missing`: people by reason for no value, a column for each.
    Missing,
    /// `reason`: why a figure of the row is not there.
    Reason,
}

impl GroupTableColumn {
    /// Reads the name that a job has for it.
    fn named(name: &str, about: GroupTableAbout) -> Option<Self> {
        use GroupTableAbout::{Areas, Items};
        let quantile = || {
            let percent = name.strip_prefix('p')?.parse().ok()?;
            let is_plain = (1..100).contains(&percent) && name == format!("p{percent}");
            is_plain.then_some(GroupTableColumn::Quantile(percent))
        };
        match (name, about) {
            ("n", _) => Some(GroupTableColumn::Count),
            ("mean", Areas) => Some(GroupTableColumn::Mean),
            ("sd", Areas) => Some(GroupTableColumn::Deviation),
            ("n_complete", Areas) => Some(GroupTableColumn::Complete),
            ("alpha", Areas) => Some(GroupTableColumn::Alpha),
            ("reason", Areas) => Some(GroupTableColumn::Reason),
            ("counts", Items) => Some(GroupTableColumn::Values),
            ("missing", Items) => Some(GroupTableColumn::Missing),
            (_, Areas) => quantile(),
            (_, Items) => None,
        }
    }
}

const OF_AREAS: [&str; 7] = ["n", "mean", "sd", "p50", "n_complete", "alpha", "reason"];
const OF_ITEMS: [&str; 3] = ["n", "counts", "missing"];

/// Reads every `[[table]]` of a job.
pub(super) fn tables(of: Vec<Fields<'_, '_>>, notes: &mut Notes<'_>) -> Vec<GroupTable> {
    let mut files = BTreeSet::new();
    of.into_iter()
        .filter_map(|fields| table(fields, &mut files, notes))
        .collect()
}

fn table(
    mut fields: Fields<'_, '_>,
    files: &mut BTreeSet<String>,
    notes: &mut Notes<'_>,
) -> Option<GroupTable> {
    let file = fields.text(notes, "file");
    let of = fields.text(notes, "of");
    let by = fields.texts(notes, "by").unwrap_or_default();
    let columns = fields.texts(notes, "columns");
    let span = fields.span();
    fields.finish(notes);
    let (Some(file), Some(of), Some(columns)) = (file, of, columns) else {
        let help = Some("write `file = \"scores.csv\"`, `of = \"area\"`, `columns = [\"n\"]`");
        notes.note(
            span,
            "[[table]] must have `file`, `of` and `columns`",
            help.map(str::to_owned),
        );
        return None;
    };
    check_file(&file, files, notes);
    let about = match of.0.as_str() {
        "area" => GroupTableAbout::Areas,
        "item" => GroupTableAbout::Items,
        other => {
            let help = suggestion(other, ["area", "item"].into_iter());
            notes.note(
                of.1,
                format!("a table is of `area` or `item`, not `{other}`"),
                help,
            );
            return None;
        }
    };
    let mut chosen = Vec::new();
    for (name, span) in columns {
        match GroupTableColumn::named(&name, about) {
            Some(column) if chosen.contains(&column) => {
                notes.note(span, format!("`{name}` is asked for twice"), None);
            }
            Some(column) => chosen.push(column),
            None => {
                let known: &[&str] = match about {
                    GroupTableAbout::Areas => &OF_AREAS,
                    GroupTableAbout::Items => &OF_ITEMS,
                };
                let help = suggestion(&name, known.iter().copied());
                notes.note(
                    span,
                    format!("a table of `{}` has no column `{name}`", of.0),
                    help,
                );
            }
        }
    }
    Some(GroupTable {
        file: file.0,
        about,
        by: by.into_iter().map(|(name, _)| name).collect(),
        columns: chosen,
    })
}

fn check_file(
    (name, span): &(String, Range<usize>),
    files: &mut BTreeSet<String>,
    notes: &mut Notes<'_>,
) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    if !name.ends_with(".csv") || name.starts_with('.') || !name.bytes().all(is_plain) {
        let help = Some("letters, digits, `-` and `_`, such as `scores.csv`".to_owned());
        notes.note(
            span.clone(),
            format!("`{name}` is no name of a CSV file"),
            help,
        );
    } else if !files.insert(name.clone()) {
        notes.note(
            span.clone(),
            format!("two tables are written to `{name}`"),
            None,
        );
    }
}
