//! The `[design]` of a job: how the answers stand for the staff.

use std::ops::Range;

use super::DataSource;
use super::fields::{Fields, Notes, suggestion};
use crate::design::{Lonely, Sampling};

/// Reads the table; an absent one is no design.
pub(super) fn sampling(
    mut design: Fields<'_, '_>,
    notes: &mut Notes<'_>,
    data: Option<&DataSource>,
) -> Option<Sampling> {
    let strata = design.texts(notes, "strata").unwrap_or_default();
    let cluster = design.text(notes, "cluster");
    let finite = design.truth(notes, "finite");
    let lonely = design.text(notes, "lonely");
    let rake = design.texts(notes, "rake").unwrap_or_default();
    let trim = design.number(notes, "trim");
    let (present, span) = (design.is_present(), design.span());
    design.finish(notes);
    if !present {
        return None;
    }
    if let Some(DataSource::File { frame: None, .. }) = data {
        let help = Some("add `frame = \"frame.csv\"` to [data]".to_owned());
        notes.note(span, "[design] needs the staff numbers of a frame", help);
    }
    let cluster = cluster.map(|(name, span)| {
        if strata.iter().any(|(stratum, _)| *stratum == name) {
            let help = Some("strata are asked on purpose, clusters by chance".to_owned());
            notes.note(span, format!("`{name}` is both stratum and cluster"), help);
        }
        name
    });
    Some(Sampling {
        finite: finite_or_not(finite, cluster.is_some(), notes),
        lonely: lonely.map_or(Lonely::Error, |lonely| choice(lonely, notes)),
        trim: trim.and_then(|trim| limit(trim, notes)),
        strata: once("strata", strata, notes),
        rake: once("rake", rake, notes),
        cluster,
    })
}

fn finite_or_not(
    finite: Option<(bool, Range<usize>)>,
    clustered: bool,
    notes: &mut Notes<'_>,
) -> bool {
    match finite {
        Some((true, span)) if clustered => {
            let help =
                Some("take out `finite`, or `cluster` where every unit was asked".to_owned());
            notes.note(
                span,
                "`finite` counts people, with `cluster` units are chance",
                help,
            );
            false
        }
        Some((finite, _)) => finite,
        None => !clustered,
    }
}

fn choice((name, span): (String, Range<usize>), notes: &mut Notes<'_>) -> Lonely {
    let known = Lonely::ALL.into_iter().find(|(known, _)| *known == name);
    if let Some((_, lonely)) = known {
        return lonely;
    }
    let help = suggestion(&name, Lonely::ALL.into_iter().map(|(known, _)| known));
    notes.note(
        span,
        format!("`{name}` is no way to treat a lonely stratum"),
        help,
    );
    Lonely::Error
}

fn limit((trim, span): (f64, Range<usize>), notes: &mut Notes<'_>) -> Option<f64> {
    if trim > 1.0 && trim.is_finite() {
        return Some(trim);
    }
    let help = Some("write 5.0 for five times the mean weight".to_owned());
    notes.note(span, "`trim` must be above 1", help);
    None
}

fn once(key: &str, names: Vec<(String, Range<usize>)>, notes: &mut Notes<'_>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for (name, span) in names {
        if kept.contains(&name) {
            notes.note(span, format!("`{name}` is named twice in `{key}`"), None);
        } else {
            kept.push(name);
        }
    }
    kept
}
