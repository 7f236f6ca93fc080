//! `[compare]`: which groups are compared with each other, and over which families.

use super::fields::{Fields, Notes, suggestion};

/// Which groups are compared, and how their p values are corrected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompareChoice {
    /// Columns whose groups are compared, each by itself; none named means the job's groups.
    pub by: Vec<String>,
    /// Columns within whose groups the comparison is made.
    pub within: Vec<String>,
    /// Also item by item.
    pub items: bool,
    /// Over what p values of pairs are corrected.
    pub family: Family,
    /// The corrections that are shown.
    pub corrections: Corrections,
}

/// What is shown together, and so corrected together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Family {
    /// All pairs of one dimension or item.
    #[default]
    Quantity,
    /// All pairs of all dimensions or items of a table.
    Table,
}

/// The corrections that are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corrections {
    /// Holm 1979.
    pub holm: bool,
    /// Benjamini and Hochberg 1995.
    pub bh: bool,
}

impl Default for Corrections {
    fn default() -> Self {
        Corrections {
            holm: true,
            bh: true,
        }
    }
}

/// Reads `[compare]`.
pub(super) fn compare(mut table: Fields<'_, '_>, notes: &mut Notes<'_>) -> CompareChoice {
    let mut names = |key| {
        let names = table.texts(notes, key).unwrap_or_default();
        names.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    let (by, within) = (names("by"), names("within"));
    let items = table.truth(notes, "items").is_some_and(|(items, _)| items);
    let family = family(&mut table, notes);
    let corrections = corrections(&mut table, notes);
    let span = table.span();
    table.finish(notes);
    if let Some(twice) = by.iter().find(|name| within.contains(name)) {
        notes.note(
            span,
            format!("groups of `{twice}` cannot be compared within themselves"),
            Some("name it in `by` or in `within`".to_owned()),
        );
    }
    CompareChoice {
        by,
        within,
        items,
        family,
        corrections,
    }
}

fn family(table: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Family {
    const KNOWN: [(&str, Family); 2] = [("quantity", Family::Quantity), ("table", Family::Table)];
    let Some((name, span)) = table.text(notes, "family") else {
        return Family::default();
    };
    match KNOWN.iter().find(|(known, _)| *known == name) {
        Some((_, family)) => *family,
        None => {
            let help = suggestion(&name, KNOWN.iter().map(|(known, _)| *known));
            notes.note(span, format!("there is no family `{name}`"), help);
            Family::default()
        }
    }
}

fn corrections(table: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Corrections {
    let Some(names) = table.texts(notes, "corrections") else {
        return Corrections::default();
    };
    let mut chosen = Corrections {
        holm: false,
        bh: false,
    };
    for (name, span) in names {
        match name.as_str() {
            "holm" => chosen.holm = true,
            "bh" => chosen.bh = true,
            _ => {
                let help = suggestion(&name, ["holm", "bh"].into_iter());
                notes.note(span, format!("there is no correction `{name}`"), help);
            }
        }
    }
    chosen
}
