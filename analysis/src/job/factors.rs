//! `[factors]`: how many factors are sought.

use super::fields::{Fields, Notes};

/// More factors than this need more keys than tables have in order.
const MOST_FACTORS: i64 = 99;

/// Reads `[factors]`; none where the job does not have it.
pub(super) fn factors(mut table: Fields<'_, '_>, notes: &mut Notes<'_>) -> Option<usize> {
    let number = table.whole(notes, "number");
    let (present, span) = (table.is_present(), table.span());
    table.finish(notes);
    match number {
        Some((number, _)) if (1..=MOST_FACTORS).contains(&number) => usize::try_from(number).ok(),
        Some((_, span)) => {
            let message = format!("`number` of factors must lie between 1 and {MOST_FACTORS}");
            notes.note(span, message, None);
            None
        }
        None => {
            if present {
                notes.note(span, "[factors] must say their `number`", None);
            }
            None
        }
    }
}
