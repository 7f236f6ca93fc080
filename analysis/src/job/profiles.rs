//! `[profiles]`: which areas make a support profile, and how many are sought.

use super::fields::{Fields, Notes};

/// How support profiles are sought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfilesChoice {
    /// Ids of the dimensions; none named means all of the codebook.
    pub areas: Vec<String>,
    /// How many profiles; none means the number that lies apart best.
    pub number: Option<usize>,
    /// How often people are drawn again.
    pub replicates: u32,
}

/// What R's `fpc::clusterboot` draws too.
const REPLICATES: u32 = 100;

/// Reads `[profiles]`.
pub(super) fn profiles(mut table: Fields<'_, '_>, notes: &mut Notes<'_>) -> ProfilesChoice {
    let areas = table.texts(notes, "areas").unwrap_or_default();
    let mut known: Vec<String> = Vec::new();
    for (area, span) in areas {
        if known.contains(&area) {
            notes.note(span, format!("`{area}` is named twice"), None);
        } else {
            known.push(area);
        }
    }
    let number = table.whole(notes, "number").and_then(|(number, span)| {
        let number = usize::try_from(number).ok();
        let fits = number.filter(|number| (2..=20).contains(number));
        if fits.is_none() {
            notes.note(span, "`number` of profiles must lie between 2 and 20", None);
        }
        fits
    });
    let replicates = match table.whole(notes, "replicates") {
        None => REPLICATES,
        Some((number, span)) => match u32::try_from(number) {
            Ok(number @ 10..=10_000) => number,
            _ => {
                notes.note(span, "`replicates` must lie between 10 and 10000", None);
                REPLICATES
            }
        },
    };
    table.finish(notes);
    ProfilesChoice {
        areas: known,
        number,
        replicates,
    }
}
