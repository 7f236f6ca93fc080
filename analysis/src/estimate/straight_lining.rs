//! Answering everything alike: longest runs and shares of identical answers.
//!
//! A report; nobody is left out of anything because of it. Answers are taken as they were given,
//! before reversed items are turned round: who agrees with a statement and its opposite alike has
//! not read them.

use findings::{RawRow, Undefined, dim};

use super::mean::with_interval;
use super::share::share;
use super::{Design, Estimates, nobody, plain, tidy};
use crate::exact::Moments;
use crate::grouping::Grouping;
use crate::tables::by_group;
use crate::tables::questionnaire::Questionnaire;
use crate::tables::runs::RunTable;
use crate::{AnalysisError, Dataset};

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
    for (group, runs) in by_group::<RunTable>(data, &Questionnaire, by)? {
        let n = runs.n();
        let reason = nobody(n + runs.without_value, runs.not_asked);
        let of_people = |moments: Moments| match n {
            0 => Err(reason),
            _ => with_interval(&moments, design),
        };
        let (longest, identical) = match n {
            0 => (Err(reason), Err(reason)),
            _ => (
                Ok(plain(runs.longest_of_all() as f64, n)),
                share(runs.identical, runs.judged, design).ok_or(Undefined::FewValues),
            ),
        };
        let terms = [
            ("longest_run", of_people(runs.longest())),
            ("longest_run_max", longest),
            ("identical_share", of_people(runs.most_frequent())),
            ("identical", identical),
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
