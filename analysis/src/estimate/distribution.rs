//! Shares of the answers of an item as they were given, and of the reasons for no answer.

use findings::{RawRow, Undefined, dim};
use surveys::{Declined, Missing};

use super::share::share;
use super::{Design, Estimates, nobody};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::Grouping;
use crate::score::{Quantity, missing_code};
use crate::tables::by_group;
use crate::tables::codes::CodeTable;

/// The reasons for no answer, by the key they have in results.
const REASONS: [(&str, Missing); 5] = [
    ("not_asked", Missing::NotAsked),
    ("left_empty", Missing::LeftEmpty),
    ("dont_know", Missing::Declined(Declined::DontKnow)),
    ("not_my_work", Missing::Declined(Declined::NotMyWork)),
    (
        "prefer_not_to_say",
        Missing::Declined(Declined::PreferNotToSay),
    ),
];

/// Returns, for each group and value of an item, the share of valid answers with Wilson's
/// interval; the last key is the value as it was given, before a reversed item is turned round.
///
/// # Errors
/// When the quantity is no item, or it or a group column does not exist.
pub fn distribution(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let ends = data.item_scale(of.name())?;
    let reversed = data.variable(of.name())?.reversed;
    let mut rows = Vec::new();
    for (group, cells) in by_group::<CodeTable>(data, of, by)? {
        let valid = cells.valid();
        let scored = |value: i16| if reversed { ends.turned(value) } else { value };
        let counts = (ends.low..=ends.high).map(|value| {
            (
                value,
                i8::try_from(scored(value)).map_or(0, |value| cells.of(value)),
            )
        });
        let counts: Vec<(i16, u64)> = counts.collect();
        let modal = counts.iter().map(|(_, people)| *people).max().unwrap_or(0);
        let not_asked = cells.of(missing_code(Missing::NotAsked));
        let asked = cells.everybody() - not_asked;
        for (value, people) in counts {
            let mut keys = group.clone();
            keys.push(value.to_string());
            let figure = share(people, valid, design).ok_or(nobody(asked, not_asked));
            rows.push(RawRow {
                keys,
                figure,
                answers: valid,
                modal,
            });
        }
    }
    Ok(Estimates {
        dims: with_level(by),
        rows,
        notes: Vec::new(),
    })
}

/// Returns, for each group and reason, the share of all answering people who gave no value to an
/// item for that reason; the last key is the reason.
///
/// # Errors
/// As [`distribution`].
pub fn missing_reasons(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for (group, cells) in by_group::<CodeTable>(data, of, by)? {
        let answers = cells.everybody();
        let people = REASONS.map(|(key, reason)| (key, cells.of(missing_code(reason))));
        let modal = people.iter().map(|(_, people)| *people).max().unwrap_or(0);
        for (key, people) in people {
            let mut keys = group.clone();
            keys.push(key.to_owned());
            let figure = share(people, answers, design).ok_or(Undefined::NoAnswers);
            rows.push(RawRow {
                keys,
                figure,
                answers,
                modal,
            });
        }
    }
    Ok(Estimates {
        dims: with_level(by),
        rows,
        notes: Vec::new(),
    })
}

fn with_level(by: &Grouping) -> Vec<String> {
    let mut dims = by.dims();
    dims.push(dim::LEVEL.to_owned());
    dims
}
