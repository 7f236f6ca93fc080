//! Which columns are answer scales, from where to where, and which numbers stand apart from them.

use std::collections::{BTreeMap, BTreeSet};

use super::seen::ColumnSeen;

/// The ends of a scale, and numbers outside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) low: i16,
    pub(super) high: i16,
    /// Numbers that occur or are declared and mean that there is no value.
    pub(super) missing: Vec<i16>,
}

impl Scale {
    /// Returns whether it says no more than chosen or not.
    pub(super) fn is_yes_or_no(&self) -> bool {
        (self.low, self.high) == (0, 1)
    }

    fn holds(&self, other: &Scale) -> bool {
        self.low <= other.low && other.high <= self.high
    }
}

/// Scales with more steps than these are counts or years.
const MOST_STEPS: i16 = 11;

/// Numbers that surveys put beside a scale for answers that are none.
const USUAL_CODES: [i16; 14] = [7, 8, 9, 66, 77, 88, 96, 97, 98, 99, -1, -8, -9, -99];

/// Returns the scale of every column that has one.
pub(super) fn found(columns: &[ColumnSeen], notes: &mut Vec<String>) -> Vec<Option<Scale>> {
    let mut scales: Vec<Option<Scale>> = columns.iter().map(scale).collect();
    widen(columns, &mut scales);
    share_codes(columns, &mut scales);
    note_codes(columns, &scales, notes);
    scales
}

/// Gives all items of a scale the codes that stand apart in any of them, where the file itself
/// declares none: an item that nobody declined has the same answers as its neighbours.
fn share_codes(columns: &[ColumnSeen], scales: &mut [Option<Scale>]) {
    let mut shared: BTreeMap<(i16, i16), BTreeSet<i16>> = BTreeMap::new();
    for (_, scale) in undeclared(columns, scales) {
        let codes = shared.entry((scale.low, scale.high)).or_default();
        codes.extend(&scale.missing);
    }
    for (_, scale) in undeclared(columns, scales) {
        let codes = shared.get(&(scale.low, scale.high)).into_iter().flatten();
        scale.missing = codes.copied().collect();
    }
}

fn undeclared<'c>(
    columns: &'c [ColumnSeen],
    scales: &'c mut [Option<Scale>],
) -> impl Iterator<Item = (&'c ColumnSeen, &'c mut Scale)> {
    let pairs = columns.iter().zip(scales.iter_mut());
    pairs
        .filter(|(column, _)| column.declared_missing.is_empty())
        .filter_map(|(column, scale)| Some((column, scale.as_mut()?)))
        .filter(|(_, scale)| !scale.is_yes_or_no())
}

/// The columns of a scale and the numbers that stand apart from it.
type Apart<'c> = (Vec<&'c str>, &'c [i16]);

fn note_codes(columns: &[ColumnSeen], scales: &[Option<Scale>], notes: &mut Vec<String>) {
    let mut found: BTreeMap<(i16, i16), Apart<'_>> = BTreeMap::new();
    for (column, scale) in columns.iter().zip(scales) {
        let Some(scale) = scale.as_ref().filter(|scale| !scale.missing.is_empty()) else {
            continue;
        };
        if column.declared_missing.is_empty() {
            let (names, _) = found
                .entry((scale.low, scale.high))
                .or_insert((Vec::new(), &scale.missing));
            names.push(&column.name);
        }
    }
    for ((low, high), (names, codes)) in found {
        let codes: Vec<String> = codes.iter().map(i16::to_string).collect();
        let more = match names.len() {
            1 => String::new(),
            number => format!(" and {} more", number - 1),
        };
        notes.push(format!(
            "scale {low} to {high} (`{}`{more}): numbers apart from the scale are taken for \
             missing codes: {}; check what they mean",
            names[0],
            codes.join(", ")
        ));
    }
}

/// Returns the scale of one column by itself.
fn scale(column: &ColumnSeen) -> Option<Scale> {
    if super::guess::by_name(&column.name).is_some() {
        return None;
    }
    let mut numbers = column.whole_numbers()?;
    let labelled = column
        .labels
        .iter()
        .filter_map(|(value, _)| value.parse::<i16>().ok());
    numbers.extend(labelled);
    numbers.sort_unstable();
    numbers.dedup();
    let (mut missing, mut values): (Vec<i16>, Vec<i16>) = numbers
        .into_iter()
        .partition(|number| column.is_declared_missing(*number));
    // What the file declares is known; only where it declares nothing is there something to guess.
    if column.declared_missing.is_empty() {
        while let Some(code) = apart(&values) {
            values.retain(|value| *value != code);
            missing.push(code);
        }
    }
    let (low, high) = (*values.first()?, *values.last()?);
    if low >= high || high - low >= MOST_STEPS || !(-10..=100).contains(&low) {
        return None;
    }
    missing.sort_unstable();
    Some(Scale { low, high, missing })
}

/// Returns a number at an end of the values that is a usual code and has a gap before it.
fn apart(values: &[i16]) -> Option<i16> {
    let is_code = |number: i16| USUAL_CODES.contains(&number);
    if let [.., before, last] = values
        && is_code(*last)
        && (last - before > 1 || is_code(*before) && gap_below(values, *before))
    {
        return Some(*last);
    }
    if let [first, second, ..] = values
        && is_code(*first)
        && *first < 0
        && (second - first > 1 || *second == 0)
    {
        return Some(*first);
    }
    None
}

/// Returns whether the numbers up to this one are codes with a gap below them, as 8 in 0 to 5, 8, 9.
fn gap_below(values: &[i16], number: i16) -> bool {
    let below: Vec<i16> = values
        .iter()
        .copied()
        .filter(|value| *value < number)
        .collect();
    match below.last() {
        Some(next) if number - next > 1 => true,
        Some(next) => USUAL_CODES.contains(next) && gap_below(values, *next),
        None => false,
    }
}

/// Gives an item that nobody answered at an end the scale of most other items. Only items that are
/// numbered: those of a matrix have the same answers, a question that stands alone has its own.
fn widen(columns: &[ColumnSeen], scales: &mut [Option<Scale>]) {
    let mut uses: BTreeMap<(i16, i16), usize> = BTreeMap::new();
    for scale in scales
        .iter()
        .flatten()
        .filter(|scale| !scale.is_yes_or_no())
    {
        *uses.entry((scale.low, scale.high)).or_default() += 1;
    }
    let Some(((low, high), number)) = uses.into_iter().max_by_key(|(_, number)| *number) else {
        return;
    };
    let usual = Scale {
        low,
        high,
        missing: Vec::new(),
    };
    if number < 2 {
        return;
    }
    for (column, scale) in columns.iter().zip(scales) {
        let numbered = column
            .name
            .ends_with(|letter: char| letter.is_ascii_digit());
        if let Some(scale) = scale.as_mut().filter(|_| numbered)
            && usual.holds(scale)
            && !scale.is_yes_or_no()
        {
            (scale.low, scale.high) = (low, high);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(values: &[&str]) -> ColumnSeen {
        ColumnSeen {
            name: "x_1".to_owned(),
            values: values.iter().map(|it| ((*it).to_owned(), 1)).collect(),
            filled: values.len() as u64,
            ..ColumnSeen::default()
        }
    }

    fn check(values: &[&str], expected: Option<(i16, i16, &[i16])>) {
        let found = scale(&seen(values));
        let found = found.as_ref().map(|it| (it.low, it.high, &it.missing[..]));
        assert_eq!(found, expected, "{values:?}");
    }

    #[test]
    fn codes_stand_apart_from_a_scale() {
        check(&["1", "2", "3", "4", "5"], Some((1, 5, &[])));
        check(
            &["0", "1", "2", "3", "4", "5", "8", "9"],
            Some((0, 5, &[8, 9])),
        );
        check(&["1", "2", "3", "4", "99"], Some((1, 4, &[99])));
        check(&["-9", "1", "2", "3", "4"], Some((1, 4, &[-9])));
        check(&["1", "2", "3", "4", "5", "6", "7"], Some((1, 7, &[])));
        check(&["1.0", "2.0", "9.0"], Some((1, 2, &[9])));
    }

    #[test]
    fn years_decimals_words_and_constants_are_no_scales() {
        check(&["2024", "2026"], None);
        check(&["1.5", "2"], None);
        check(&["a", "b"], None);
        check(&["3"], None);
        check(&[], None);
    }

    #[test]
    fn an_item_nobody_answered_at_an_end_gets_the_scale_of_the_others() {
        let all = seen(&["1", "2", "3", "4", "5"]);
        let columns = [all.clone(), all, seen(&["2", "3", "4"])];
        let scales = found(&columns, &mut Vec::new());
        let ends = scales.iter().flatten().map(|it| (it.low, it.high));
        assert_eq!(ends.collect::<Vec<_>>(), [(1, 5); 3]);
    }
}
