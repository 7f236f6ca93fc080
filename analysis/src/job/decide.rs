//! `[needs]` and `[themes]`: what helps to decide.

use std::collections::BTreeMap;

use super::fields::{Fields, Notes, suggestion};
use crate::estimate::{Stems, Themes};

/// Which items ask how important an area is, and how sure the ranking shall be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedsChoice {
    /// The importance item of each dimension, by the dimension's id.
    pub importance: BTreeMap<String, String>,
    /// The scale that importance and competence are brought to; none means that of the item.
    pub scale: Option<[i16; 2]>,
    /// How often needs are drawn for the probability of a rank.
    pub replicates: u32,
}

/// Enough that a probability is off by about a hundredth.
const REPLICATES: u32 = 2000;

/// Reads `[needs]`.
pub(super) fn needs(mut table: Fields<'_, '_>, notes: &mut Notes<'_>) -> NeedsChoice {
    let importance = table.table(notes, "importance").texts_by_name(notes);
    let scale = scale(&mut table, notes);
    let replicates = match table.whole(notes, "replicates") {
        None => REPLICATES,
        Some((number, span)) => match u32::try_from(number) {
            Ok(number @ 100..=1_000_000) => number,
            _ => {
                notes.note(span, "`replicates` must lie between 100 and 1000000", None);
                REPLICATES
            }
        },
    };
    table.finish(notes);
    NeedsChoice {
        importance,
        scale,
        replicates,
    }
}

/// Reads the two ends of the common scale.
fn scale(table: &mut Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<[i16; 2]> {
    let ends = table.numbers(notes, "scale")?;
    let help = Some("write `scale = [1, 5]`".to_owned());
    let [(low, span), (high, _)] = &ends[..] else {
        let first = ends.first().map(|(_, span)| span.clone());
        let place = first.unwrap_or_else(|| table.span());
        notes.note(place, "`scale` has a lowest and a highest value", help);
        return None;
    };
    let is_whole = |end: &f64| end.fract() == 0.0 && end.abs() <= 1000.0;
    if low < high && is_whole(low) && is_whole(high) {
        return Some([*low as i16, *high as i16]);
    }
    let message = "`scale` must be the lowest and the highest value, whole numbers up to 1000";
    notes.note(span.clone(), message, help);
    None
}

/// Reads `[themes]`.
pub(super) fn themes(mut table: Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<Themes> {
    let column = table.text(notes, "column");
    let stemmer = table.text(notes, "stemmer").and_then(|(name, span)| {
        let known = Stems::ALL.iter().find(|(known, _)| *known == name);
        if known.is_none() {
            let help = suggestion(&name, Stems::ALL.iter().map(|(known, _)| *known));
            notes.note(span, format!("there is no stemmer `{name}`"), help);
        }
        known.map(|(_, stems)| *stems)
    });
    let words = table.table(notes, "words").lists_by_name(notes);
    let (is_present, span) = (table.is_present(), table.span());
    table.finish(notes);
    if !is_present {
        return None;
    }
    match column {
        Some((column, _)) if !words.is_empty() => Some(Themes {
            column,
            stemmer,
            words,
        }),
        Some(_) => {
            let help = Some("add `[themes.words]` with a list of beginnings for each".to_owned());
            notes.note(span, "[themes] has no themes", help);
            None
        }
        None => {
            let help = Some("add `column = \"…\"`, a column of kind `text`".to_owned());
            notes.note(
                span,
                "[themes] does not say where the open answers are",
                help,
            );
            None
        }
    }
}
