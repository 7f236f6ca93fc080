//! `[levels]`: cut points of the level bands.

use super::fields::{Fields, Notes};
use crate::estimate::Bands;

/// Reads `[levels]`; none where the job does not have it.
pub(super) fn levels(mut table: Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<Bands> {
    let cuts = table.numbers(notes, "cuts");
    let names = table.texts(notes, "names");
    let (present, span) = (table.is_present(), table.span());
    table.finish(notes);
    if !present {
        return None;
    }
    let Some(cuts) = cuts.filter(|cuts| !cuts.is_empty()) else {
        let help = Some("write `cuts = [30, 48, 81]`, in percent of the scale".to_owned());
        notes.note(span, "[levels] must name its `cuts`", help);
        return None;
    };
    let mut thousandths: Vec<i64> = Vec::new();
    for (cut, span) in cuts {
        let whole = (cut * 1000.0).round();
        if !(cut > 0.0 && cut < 100.0) {
            notes.note(span, "a cut must lie between 0 and 100", None);
        } else if (whole - cut * 1000.0).abs() > 1e-6 {
            notes.note(span, "a cut has three decimals at most", None);
        } else if thousandths.last().is_some_and(|last| whole as i64 <= *last) {
            notes.note(span, "cuts must rise", None);
        } else {
            thousandths.push(whole as i64);
        }
    }
    let wanted = thousandths.len() + 1;
    let names: Vec<String> = match names {
        None => (1..=wanted).map(|number| number.to_string()).collect(),
        Some(names) => {
            let mut known: Vec<String> = Vec::new();
            for (name, span) in names {
                if name == findings::ALL || known.contains(&name) {
                    notes.note(span, format!("`{name}` cannot name a band here"), None);
                }
                known.push(name);
            }
            known
        }
    };
    if names.len() != wanted {
        let help = Some("there is one band more than cuts".to_owned());
        notes.note(span, format!("{wanted} bands need as many `names`"), help);
    }
    Some(Bands {
        cuts: thousandths,
        names,
    })
}
