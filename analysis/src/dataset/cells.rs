//! One cell of a file: what it holds, and whether the codebook knows it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use surveys::Missing;

use super::plan::ColumnPlan;
use super::scale::ScaleEnds;

/// What stands between the duties of one person.
pub(crate) const DUTY_SEPARATOR: char = ';';

/// What stands in a cell, whatever the file's format.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell<'c> {
    Empty,
    Text(&'c str),
    Whole(i64),
    Decimal(f64),
}

impl Cell<'_> {
    /// Returns the cell as it would stand in a text file.
    pub(crate) fn written(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text.trim()),
            Cell::Whole(number) => Cow::Owned(number.to_string()),
            Cell::Decimal(number) => Cow::Owned(number.to_string()),
        }
    }
}

/// Returns the text of a key cell, or none where it is empty or a missing code.
pub(crate) fn key<'c>(
    plan: &ColumnPlan,
    allowed: Option<&BTreeSet<String>>,
    cell: &'c Cell<'_>,
) -> Result<Option<Cow<'c, str>>, String> {
    let text = cell.written();
    let is_code = text
        .parse()
        .is_ok_and(|code: i16| plan.missing.contains_key(&code));
    let listed = allowed.is_none_or(|allowed| match plan.joined {
        true => text
            .split(DUTY_SEPARATOR)
            .all(|duty| allowed.contains(duty)),
        false => allowed.contains(text.as_ref()),
    });
    if text.is_empty() || (is_code && !(allowed.is_some() && listed)) {
        return Ok(None);
    }
    if text == findings::ALL {
        return Err("`all` names the totals of results; give this value another name".to_owned());
    }
    if listed {
        return Ok(Some(text));
    }
    let known: Vec<&str> = allowed.into_iter().flatten().map(String::as_str).collect();
    Err(format!(
        "`{text}` is not in the codebook; it has {}",
        shortened(&known)
    ))
}

/// Returns the text of a cell that groups nobody, or none where it is empty or a missing code of
/// its own column.
pub(crate) fn words<'c>(plan: &ColumnPlan, cell: &'c Cell<'_>) -> Option<Cow<'c, str>> {
    let text = cell.written();
    let is_code = text
        .parse()
        .is_ok_and(|code: i16| plan.missing.contains_key(&code));
    (!text.is_empty() && !is_code).then_some(text)
}

/// Returns the value of an item cell, turned round where the item is reversed; a missing value is
/// returned as our own code.
pub(crate) fn item(
    plan: &ColumnPlan,
    ends: ScaleEnds,
    reversed: bool,
    cell: &Cell<'_>,
) -> Result<i8, String> {
    let number = match cell {
        Cell::Whole(number) => *number,
        Cell::Decimal(number) if number.fract() == 0.0 && number.abs() < 1e9 => *number as i64,
        Cell::Decimal(number) => return Err(not_whole(&number.to_string())),
        Cell::Empty => return Ok(own_code(Missing::LeftEmpty)),
        Cell::Text(text) => {
            let text = text.trim();
            if text.is_empty() {
                return Ok(own_code(Missing::LeftEmpty));
            }
            whole(text).ok_or_else(|| not_whole(text))?
        }
    };
    let number = i16::try_from(number).ok();
    if let Some(missing) = number.and_then(|number| plan.missing.get(&number)) {
        return Ok(own_code(*missing));
    }
    match number.filter(|number| (ends.low..=ends.high).contains(number)) {
        Some(value) => {
            let value = if reversed { ends.turned(value) } else { value };
            Ok(i8::try_from(value).expect("the plan keeps scales within one byte"))
        }
        None => Err(outside(plan, ends, &cell.written())),
    }
}

/// Returns our own number for a missing value, which fits into the byte of an item.
pub(crate) fn own_code(missing: Missing) -> i8 {
    i8::try_from(missing.code()).expect("our own codes of missing values are -95 to -91")
}

/// Returns a whole number as programs write it: also with decimals that are all noughts, which is
/// what a column of numbers with an empty field in it becomes in many of them.
pub(crate) fn whole(text: &str) -> Option<i64> {
    let number = match text.split_once(['.', ',']) {
        Some((number, noughts)) if !noughts.is_empty() => {
            noughts.bytes().all(|byte| byte == b'0').then_some(number)?
        }
        Some(_) => return None,
        None => text,
    };
    number.parse().ok()
}

fn not_whole(text: &str) -> String {
    if text.replace(',', ".").parse::<f64>().is_ok() {
        format!("`{text}` has decimals; an item takes whole numbers")
    } else {
        format!("`{text}` is no whole number")
    }
}

fn outside(plan: &ColumnPlan, ends: ScaleEnds, text: &str) -> String {
    let codes: Vec<String> = plan.missing.keys().map(i16::to_string).collect();
    let codes = if codes.is_empty() {
        "no missing codes are declared".to_owned()
    } else {
        format!("missing codes are {}", codes.join(", "))
    };
    format!(
        "`{text}` is not on the scale {} to {}, and {codes}",
        ends.low, ends.high
    )
}

fn shortened(known: &[&str]) -> String {
    const SHOWN: usize = 8;
    match known.len() {
        0..=SHOWN => known.join(", "),
        more => format!("{} and {} more", known[..SHOWN].join(", "), more - SHOWN),
    }
}
