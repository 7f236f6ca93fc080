//! What the shares in the files tell of withheld groups: whether everybody in one gave an answer.

use std::collections::BTreeSet;

use super::super::{
    lattice::{Group, Lattice, Quantity, Series, is_visible, place},
    shares::{self, Whose},
};
use super::published::Published;
use crate::{Audit, RawTable, Reason};

/// Returns whose answers come out: the quantity, and the group if it is one.
pub(super) fn given_away(
    raw: &[RawTable],
    wave: &str,
    lattice: &Lattice,
    published: &Published,
    audit: &Audit,
) -> Vec<(Quantity, Option<Group>)> {
    let secret = secret(raw, wave, audit);
    let mut found = Vec::new();
    for (series, shares) in shares::all(raw, lattice, wave) {
        let group = |at: usize| &shares.groups[at];
        let shown = |at: usize, level: &str| {
            let mut figures = published.figures(&series, group(at)).iter();
            let figure = figures.find(|(of, _)| of == level);
            figure.map(|(_, figure)| figure.value)
        };
        let is_secret = |at: usize| secret.contains(&(series.clone(), group(at).clone()));
        let whose = shares.given_away(shown, is_secret).into_keys();
        found.extend(whose.map(|whose| {
            let group = match whose {
                Whose::Group(at) => Some(group(at).clone()),
                Whose::Rest(_) => None,
            };
            (series.quantity.clone(), group)
        }));
    }
    found
}

/// Returns the groups whose figures are withheld for their own sake.
pub(super) fn secret(raw: &[RawTable], wave: &str, audit: &Audit) -> BTreeSet<(Series, Group)> {
    let cells = audit.cells.iter();
    let cells = cells.filter(|cell| matches!(cell.reason, Reason::TooFew | Reason::Same));
    let secret: BTreeSet<(&str, &[String])> = cells
        .map(|cell| (cell.table.as_str(), cell.keys.as_slice()))
        .collect();
    let mut places = BTreeSet::new();
    for table in raw {
        for row in table.rows.iter().filter(|row| is_visible(table, row)) {
            if row.answers > 0 && secret.contains(&(table.id.as_str(), row.keys.as_slice())) {
                let place = place(table, row, wave);
                places.insert((place.series, place.group));
            }
        }
    }
    places
}
