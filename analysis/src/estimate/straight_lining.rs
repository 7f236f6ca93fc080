//! Answering everything alike: longest runs and shares of identical answers.
//!
//! A report; nobody is left out of anything because of it. Answers are taken as they were given,
//! before reversed items are turned round: who agrees with a statement and its opposite alike has
//! not read them.

use findings::{RawRow, Undefined, dim};
use surveys::Missing;

use super::break_off::questionnaire;
use super::mean::with_interval;
use super::share::share;
use super::{Design, Estimates, nobody, plain, tidy};
use crate::exact::Moments;
use crate::grouping::{Grouping, Tally, tabulate};
use crate::score::{LAST_MISSING, missing_code};
use crate::{AnalysisError, Dataset};

/// Runs and repetitions of the people of a group.
#[derive(Clone, Debug, Default)]
struct Runs {
    not_asked: u64,
    without_value: u64,
    /// Lengths of the longest runs.
    longest: Moments,
    longest_of_all: i64,
    /// Shares of the most frequent answer.
    most_frequent: Moments,
    /// People with values enough to judge, and those of them with one answer to everything.
    judged: u64,
    identical: u64,
}

impl Tally for Runs {
    fn add(&mut self, other: &Self) {
        self.not_asked += other.not_asked;
        self.without_value += other.without_value;
        self.longest.add_all(&other.longest);
        self.longest_of_all = self.longest_of_all.max(other.longest_of_all);
        self.most_frequent.add_all(&other.most_frequent);
        self.judged += other.judged;
        self.identical += other.identical;
    }
}

/// Returns how alike the answers of people are in each group; the last key is the term:
///
/// - `longest_run`: mean over people of the longest run of one answer, item after item, with
///   Student's t interval; `longest_run_max` the longest of all. A missing value ends a run, as in
///   R's `careless::longstring`;
/// - `identical_share`: mean over people of the share of their most frequent answer;
/// - `identical`: share of people who gave one answer to everything, of those who have a value in
///   half of the items they were shown and two at least.
///
/// # Errors
/// When a group column does not exist.
pub fn straight_lining(
    data: &Dataset,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for (group, runs) in runs(data, by)? {
        let n = runs.longest.count();
        let reason = nobody(n + runs.without_value, runs.not_asked);
        let longest = runs.longest_of_all as f64;
        let of_people = |moments: &Moments| match n {
            0 => Err(reason),
            _ => with_interval(moments, design),
        };
        let terms = [
            ("longest_run", of_people(&runs.longest)),
            (
                "longest_run_max",
                if n == 0 {
                    Err(reason)
                } else {
                    Ok(plain(longest, n))
                },
            ),
            ("identical_share", of_people(&runs.most_frequent)),
            (
                "identical",
                share(runs.identical, runs.judged, design).ok_or(if n == 0 {
                    reason
                } else {
                    Undefined::FewValues
                }),
            ),
        ];
        for (term, figure) in terms {
            let mut keys = group.clone();
            keys.push(term.to_owned());
            rows.push(RawRow {
                keys,
                figure,
                answers: n,
                modal: 0,
            });
        }
    }
    Ok(tidy(by, &[dim::TERM], rows))
}

fn runs(
    data: &Dataset,
    by: &Grouping,
) -> Result<std::collections::BTreeMap<Vec<String>, Runs>, AnalysisError> {
    let mut items = Vec::new();
    for name in questionnaire(data) {
        let turned = data
            .variable(name)?
            .reversed
            .then_some(data.item_scale(name)?);
        items.push((data.item(name)?, turned));
    }
    let not_asked = missing_code(Missing::NotAsked);
    let mut given: Vec<Option<i16>> = Vec::with_capacity(items.len());
    tabulate(data, by, |runs: &mut Runs, row| {
        given.clear();
        let shown = items.iter().filter(|(item, _)| item[row] != not_asked);
        given.extend(shown.map(|(item, turned)| {
            let value = i16::from(item[row]);
            (item[row] > LAST_MISSING).then(|| turned.map_or(value, |ends| ends.turned(value)))
        }));
        runs.count(&given);
    })
}

impl Runs {
    /// Counts a person by the answers to the items that were shown, none where there is no value.
    fn count(&mut self, given: &[Option<i16>]) {
        if given.is_empty() {
            self.not_asked += 1;
            return;
        }
        let mut values: Vec<i16> = given.iter().flatten().copied().collect();
        if values.is_empty() {
            self.without_value += 1;
            return;
        }
        let longest = longest_run(
            given
                .split(Option::is_none)
                .flat_map(|part| part.chunk_by(|a, b| a == b).map(<[_]>::len)),
        );
        let valid = values.len();
        values.sort_unstable();
        let most_frequent = longest_run(values.chunk_by(|a, b| a == b).map(<[_]>::len));
        self.longest.add(longest, 1, 1);
        self.longest_of_all = self.longest_of_all.max(longest);
        self.most_frequent
            .add(most_frequent, i64::try_from(valid).unwrap_or(i64::MAX), 1);
        if valid >= given.len().div_ceil(2).max(2) {
            self.judged += 1;
            self.identical += u64::from(values.first() == values.last());
        }
    }
}

fn longest_run(lengths: impl Iterator<Item = usize>) -> i64 {
    i64::try_from(lengths.max().unwrap_or(0)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(people: &[&[Option<i16>]]) -> Runs {
        let mut runs = Runs::default();
        for given in people {
            runs.count(given);
        }
        runs
    }

    #[test]
    fn a_missing_value_ends_a_run() {
        let found = runs(&[&[Some(3), Some(3), None, Some(3), Some(2)]]);
        assert_eq!(found.longest_of_all, 2);
        assert_eq!(found.most_frequent.mean(), Some(0.75));
        assert_eq!((found.judged, found.identical), (1, 0));
    }

    #[test]
    fn few_values_are_not_judged() {
        let found = runs(&[
            &[Some(3), None, None, None],
            &[None],
            &[],
            &[Some(1), Some(1)],
        ]);
        assert_eq!((found.judged, found.identical), (1, 1));
        assert_eq!((found.without_value, found.not_asked), (1, 1));
        assert_eq!(found.longest.mean(), Some(1.5));
    }
}
