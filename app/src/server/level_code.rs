//! The short code of somebody's own area levels, such as `7CDB-K9RT-2X8`: a person keeps it with
//! the saved profile and types it after a later wave to see the change. The server keeps nothing.
//!
//! Two letters are the month, one is the level of each competence area of the survey in thirtieths
//! of its scale (tenths of a step on four steps), three are a check over these, the survey and its
//! areas. So a code of another survey, or one that was misread, is told from one that fits. It
//! says nothing of who somebody is and opens nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use surveys::{Dimension, DimensionId, DimensionKind, Survey};

use super::code::{LETTERS, LONGEST_TYPED, is_spacing, value_of};

/// The first year that a code can name.
const FIRST_YEAR: i16 = 2020;

/// Levels are counted in this many parts of the scale; the letter after the last is "no level".
const PARTS: u8 = 30;
const NO_LEVEL: u8 = 31;

/// Letters before and after those of the areas.
const MONTH: usize = 2;
const CHECK: usize = 3;

/// What a code holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Levels {
    /// The year and the month in which it was made.
    pub(crate) month: (i16, i8),
    /// The level of each competence area that had one.
    pub(crate) by_area: BTreeMap<DimensionId, f64>,
}

/// Writes the code of somebody's levels.
pub(crate) fn write(survey: &Survey, today: Date, by_area: &BTreeMap<DimensionId, f64>) -> String {
    let mut values = Vec::from(month_values(today));
    values.extend(areas(survey).map(|area| {
        let level = by_area.get(&area.id);
        level.map_or(NO_LEVEL, |level| part_of(*level, range(survey, area)))
    }));
    values.extend(check(survey, &values));
    let letters: Vec<char> = values
        .iter()
        .map(|value| char::from(LETTERS[usize::from(value & 31)]))
        .collect();
    let groups: Vec<String> = letters.chunks(4).map(String::from_iter).collect();
    groups.join("-")
}

/// Reads a code as somebody typed it; none where it is not one of this survey.
pub(crate) fn read(survey: &Survey, typed: &str) -> Option<Levels> {
    if typed.len() > LONGEST_TYPED {
        return None;
    }
    let letters = typed.chars().filter(|letter| !is_spacing(*letter));
    let values: Vec<u8> = letters.map(value_of).collect::<Option<_>>()?;
    let end = values.len().checked_sub(CHECK)?;
    let (told, checked) = values.split_at(end);
    if told.len() != MONTH + areas(survey).count() || check(survey, told) != *checked {
        return None;
    }
    let (month, levels) = told.split_at(MONTH);
    let by_area = areas(survey)
        .zip(levels)
        .filter(|(_, value)| **value <= PARTS)
        .map(|(area, value)| {
            let (low, high) = range(survey, area);
            let level = low + (high - low) * f64::from(*value) / f64::from(PARTS);
            (area.id.clone(), level)
        })
        .collect();
    let months = i16::from(month[0]) * 32 + i16::from(month[1]);
    let in_year = i8::try_from(months % 12).ok()? + 1;
    Some(Levels {
        month: (FIRST_YEAR + months / 12, in_year),
        by_area,
    })
}

fn areas(survey: &Survey) -> impl Iterator<Item = &Dimension> {
    let all = survey.dimensions.iter();
    all.filter(|area| area.kind == DimensionKind::Competence)
}

fn range(survey: &Survey, area: &Dimension) -> (f64, f64) {
    let (low, high) = survey.dimension_range(area);
    (f64::from(low.0), f64::from(high.0))
}

/// The nearest part of the scale; a scale without length has none.
fn part_of(level: f64, (low, high): (f64, f64)) -> u8 {
    let share = (level - low) / (high - low);
    (0..=PARTS)
        .min_by(|left, right| {
            let off = |part: u8| (share * f64::from(PARTS) - f64::from(part)).abs();
            off(*left).total_cmp(&off(*right))
        })
        .filter(|_| share.is_finite())
        .unwrap_or(NO_LEVEL)
}

fn month_values(today: Date) -> [u8; MONTH] {
    let months = i32::from(today.year() - FIRST_YEAR) * 12 + i32::from(today.month()) - 1;
    // Beyond what two letters hold stands their last month.
    let months = months.clamp(0, 32 * 32 - 1);
    [months / 32, months % 32].map(|value| u8::try_from(value).unwrap_or(NO_LEVEL))
}

fn check(survey: &Survey, values: &[u8]) -> [u8; CHECK] {
    let mut digest = Sha256::new();
    digest.update(b"icteko own levels 1\n");
    digest.update(survey.id.as_str());
    for area in areas(survey) {
        let (low, high) = survey.dimension_range(area);
        digest.update(format!("\n{} {} {}", area.id, low.0, high.0));
    }
    digest.update(b"\n");
    digest.update(values);
    let hash = digest.finalize();
    [hash[0] & 31, hash[1] & 31, hash[2] & 31]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use surveys::{Level, Release};

    use super::*;

    fn survey() -> Survey {
        let text = include_str!("../../../surveys/instruments/icteko-perus/releases/0002.json");
        Release::read(text).unwrap().survey().clone()
    }

    fn levels(survey: &Survey, values: &[f64]) -> BTreeMap<DimensionId, f64> {
        let ids = areas(survey).map(|area| area.id.clone());
        ids.zip(values.iter().copied()).collect()
    }

    #[test]
    fn a_code_brings_back_month_and_levels_to_a_tenth() {
        let survey = survey();
        let own = levels(&survey, &[1.0, 2.333, 4.0, 2.75, 3.5]);
        let code = write(&survey, date(2026, 10, 12), &own);
        assert_eq!(code.len(), 13, "{code}");
        let typed = code.to_lowercase().replace('-', " ");
        let read = read(&survey, &typed).unwrap();
        assert_eq!(read.month, (2026, 10));
        assert_eq!(read.by_area.len(), 5, "an area without a level has none");
        for (area, level) in &own {
            assert!((read.by_area[area] - level).abs() < 0.051, "{area}");
        }
    }

    #[test]
    fn misread_letters_and_swapped_neighbours_are_told() {
        let survey = survey();
        let own = levels(&survey, &[1.2, 2.3, 3.4, 2.5, 1.6, 3.9]);
        let code = write(&survey, date(2026, 3, 1), &own).replace('-', "");
        let (mut tried, mut passed) = (0, 0);
        let mut letters: Vec<char> = code.chars().collect();
        for place in 0..letters.len() {
            let right = letters[place];
            for wrong in LETTERS.map(char::from) {
                letters[place] = wrong;
                if wrong != right {
                    tried += 1;
                    passed += u32::from(read(&survey, &String::from_iter(&letters)).is_some());
                }
            }
            letters[place] = right;
        }
        for place in 1..letters.len() {
            letters.swap(place - 1, place);
            if letters[place - 1] != letters[place] {
                tried += 1;
                passed += u32::from(read(&survey, &String::from_iter(&letters)).is_some());
            }
            letters.swap(place - 1, place);
        }
        assert_eq!((tried > 340, passed), (true, 0));
    }

    #[test]
    fn what_is_no_code_of_this_survey_is_refused() {
        let survey = survey();
        let own = levels(&survey, &[1.0; 6]);
        let code = write(&survey, date(2026, 10, 12), &own);
        let mut other = survey.clone();
        other.dimensions.swap(0, 1);
        assert_eq!(read(&other, &code), None);
        let long = "7".repeat(65);
        for typed in ["", "-", "7", "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄ", "<script>", &long, &code[1..]] {
            assert_eq!(read(&survey, typed), None, "{typed}");
        }
    }

    #[test]
    fn odd_levels_and_dates_make_a_code_all_the_same() {
        let survey = survey();
        let own = levels(&survey, &[f64::NAN, -3.0, 99.0, f64::INFINITY]);
        let code = write(&survey, date(1999, 1, 1), &own);
        let read = read(&survey, &code).unwrap();
        assert_eq!(read.month, (2020, 1));
        assert_eq!(read.by_area.len(), 2);
        assert_eq!(part_of(2.0, (2.0, 2.0)), NO_LEVEL);
        assert_eq!(survey.dimension_range(&survey.dimensions[0]).0, Level(1));
    }
}
