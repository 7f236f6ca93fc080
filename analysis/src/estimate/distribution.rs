//! Shares of the answers of an item as they were given, and of the reasons for no answer.

use std::collections::BTreeMap;

use findings::{RawRow, Undefined, dim};
use surveys::dataset::{CodeValue, VariableKind};
use surveys::{Declined, Missing};

use super::share::share;
use super::{Design, Estimates, nobody};
use crate::AnalysisError;
use crate::dataset::{Dataset, MISSING_KEY};
use crate::grouping::{Grouping, Tally, lattice, tabulate};
use crate::score::{Quantity, missing_code};
use crate::tables::by_group;
use crate::tables::codes::CodeTable;

/// The reasons for no answer, by the key they have in results.
pub(crate) const REASONS: [(&str, Missing); 5] = [
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
/// A question with one choice has its options for values, one with several has 0 and 1 for each.
///
/// # Errors
/// When the quantity is no item, or it or a group column does not exist.
pub fn distribution(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    if data.variable(of.name())?.kind == VariableKind::Single {
        return choices(data, of, by, design);
    }
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

/// People by the option they chose.
#[derive(Clone, Debug, Default)]
struct ChoiceTable(BTreeMap<u32, u64>);

impl Tally for ChoiceTable {
    fn add(&mut self, other: &Self) {
        for (option, people) in &other.0 {
            *self.0.entry(*option).or_default() += people;
        }
    }
}

/// Counts the options that people chose: answer by answer, or from numbers of people by option.
fn chosen(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    labels: &[String],
) -> Result<BTreeMap<Vec<String>, ChoiceTable>, AnalysisError> {
    let Some(held) = data.held() else {
        let key = data.key(of.name())?;
        return tabulate(data, by, |cells: &mut ChoiceTable, row| {
            if key.codes[row] != MISSING_KEY {
                *cells.0.entry(key.codes[row]).or_default() += 1;
            }
        });
    };
    let columns: Vec<&str> = by.columns().chain([of.name()]).collect();
    let cells = held.people(&columns)?.into_iter();
    let cells = cells.map(|(mut keys, people)| {
        let mut table = ChoiceTable::default();
        let option = keys.pop().flatten();
        let place = option.and_then(|option| labels.iter().position(|label| *label == option));
        if let Some(code) = place.and_then(|place| u32::try_from(place).ok()) {
            table.0.insert(code, people);
        }
        (keys, table)
    });
    lattice(data, by, cells.collect())
}

/// Returns the share of every option of a question with one choice, in the order of the codebook;
/// where it lists none, the options that occur in the order of their texts.
fn choices(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let labels = data.all_values(of.name())?;
    let listed = data.variable(of.name())?.values.iter();
    let listed: Vec<String> = listed
        .map(|value| match &value.value {
            CodeValue::Number(number) => number.to_string(),
            CodeValue::Text(text) => text.clone(),
        })
        .collect();
    let options = match listed.is_empty() {
        true => labels.to_vec(),
        false => listed,
    };
    let code = |option: &String| labels.iter().position(|label| label == option);
    let codes: Vec<Option<u32>> = options
        .iter()
        .map(|option| code(option).and_then(|code| u32::try_from(code).ok()))
        .collect();
    let groups = chosen(data, of, by, labels)?;
    let mut rows = Vec::new();
    for (group, ChoiceTable(cells)) in groups {
        let answers = cells.values().sum();
        let modal = cells.values().copied().max().unwrap_or(0);
        for (option, code) in options.iter().zip(&codes) {
            let people = code.and_then(|code| cells.get(&code)).copied().unwrap_or(0);
            let mut keys = group.clone();
            keys.push(option.clone());
            rows.push(RawRow {
                keys,
                figure: share(people, answers, design).ok_or(Undefined::NoAnswers),
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
