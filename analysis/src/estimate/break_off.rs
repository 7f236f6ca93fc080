//! Breaking off and leaving items empty.

use std::collections::BTreeMap;

use findings::{RawRow, Undefined, dim};

use super::share::share;
use super::{Design, Estimates, nobody, tidy};
use crate::grouping::Grouping;
use crate::tables::by_group;
use crate::tables::course::CourseTable;
use crate::tables::questionnaire::Questionnaire;
use crate::{AnalysisError, Dataset};

/// Returns, for each group, the share of people who broke off (`break_off`) and the share of items
/// that concerned somebody and were left without a value (`item_nonresponse`); the last key is
/// the term. Wilson's interval for people; items of one person hang together and have none.
///
/// Who left everything empty to the end, over the last tenth of the items shown and two at least,
/// broke off. An item concerns whom it was shown to and who did not say that it is not their work;
/// don't know and prefer not to say are no values (AAPOR 2023).
///
/// # Errors
/// When a group column does not exist.
pub fn break_off(
    data: &Dataset,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for (group, course) in courses(data, by)? {
        let asked = course.asked();
        let reason = nobody(asked, course.not_asked());
        let people = share(course.broke_off(), asked, design).ok_or(reason);
        let cells = share(course.cells_without_value, course.cells, design);
        let cells = cells.ok_or(reason).map(|mut cells| {
            (cells.se, cells.low, cells.high) = (None, None, None);
            cells
        });
        for (term, figure) in [("break_off", people), ("item_nonresponse", cells)] {
            rows.push(row(&group, term, figure, asked));
        }
    }
    Ok(tidy(by, &[dim::TERM], rows))
}

/// Returns, for each group and item, the share of people whose last answer before they broke off
/// was to this item; the last key is the item, and `start` who answered none.
///
/// # Errors
/// As [`break_off`].
pub fn break_off_places(
    data: &Dataset,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let items = Questionnaire::columns(data);
    let mut rows = Vec::new();
    for (group, course) in courses(data, by)? {
        let asked = course.asked();
        let reason = nobody(asked, course.not_asked());
        let places = std::iter::once(BEFORE_ALL).chain(items.iter().copied());
        for (place, name) in places.enumerate() {
            let people = course.stopped_after(place);
            let figure = share(people, asked, design).ok_or(reason);
            rows.push(row(&group, name, figure, asked));
        }
    }
    Ok(tidy(by, &[dim::ITEM], rows))
}

/// The key of people who answered no item before they stopped.
const BEFORE_ALL: &str = "start";

fn row(
    group: &[String],
    key: &str,
    figure: Result<findings::Estimate, Undefined>,
    answers: u64,
) -> RawRow {
    let mut keys = group.to_vec();
    keys.push(key.to_owned());
    RawRow {
        keys,
        figure,
        answers,
        modal: 0,
    }
}

fn courses(
    data: &Dataset,
    by: &Grouping,
) -> Result<BTreeMap<Vec<String>, CourseTable>, AnalysisError> {
    by_group(data, &Questionnaire, by)
}
