//! Breaking off and leaving items empty.
//!
//! Both are about the questionnaire: the items that are scored, in the order of the codebook.
//! Questions beside them, such as how important an area is, are often answered on another page.

use findings::{RawRow, Undefined, dim};
use surveys::dataset::VariableKind;
use surveys::{Declined, Missing};

use super::share::share;
use super::{Design, Estimates, nobody, tidy};
use crate::grouping::{Grouping, Tally, tabulate};
use crate::score::{LAST_MISSING, missing_code};
use crate::{AnalysisError, Dataset};

/// People and cells of a group.
#[derive(Clone, Debug, Default)]
struct Course {
    /// People whom any item was shown to.
    asked: u64,
    not_asked: u64,
    broke_off: u64,
    /// Items that concerned somebody, over all people, and how many of them have no value.
    cells: u64,
    cells_without_value: u64,
    /// People who broke off, by how many items lay before the first they did not see; the last
    /// place is not used.
    stopped_after: Vec<u64>,
}

impl Tally for Course {
    fn add(&mut self, other: &Self) {
        self.asked += other.asked;
        self.not_asked += other.not_asked;
        self.broke_off += other.broke_off;
        self.cells += other.cells;
        self.cells_without_value += other.cells_without_value;
        let longer = self.stopped_after.len().max(other.stopped_after.len());
        self.stopped_after.resize(longer, 0);
        for (to, from) in self.stopped_after.iter_mut().zip(&other.stopped_after) {
            *to += from;
        }
    }
}

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
        let reason = nobody(course.asked, course.not_asked);
        let people = share(course.broke_off, course.asked, design).ok_or(reason);
        let cells = share(course.cells_without_value, course.cells, design);
        let cells = cells.ok_or(reason).map(|mut cells| {
            (cells.se, cells.low, cells.high) = (None, None, None);
            cells
        });
        for (term, figure) in [("break_off", people), ("item_nonresponse", cells)] {
            rows.push(row(&group, term, figure, course.asked));
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
    let items = questionnaire(data);
    let mut rows = Vec::new();
    for (group, course) in courses(data, by)? {
        let reason = nobody(course.asked, course.not_asked);
        let places = std::iter::once(BEFORE_ALL).chain(items.iter().copied());
        for (place, name) in places.enumerate() {
            let people = course.stopped_after.get(place).copied().unwrap_or(0);
            let figure = share(people, course.asked, design).ok_or(reason);
            rows.push(row(&group, name, figure, course.asked));
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

/// Returns the columns of the items that are scored, in the order of the codebook; every scale
/// where nothing is scored.
pub(super) fn questionnaire(data: &Dataset) -> Vec<&str> {
    let codebook = data.codebook();
    let scored = |name: &String| {
        codebook.dimensions.is_empty()
            || codebook
                .dimensions
                .iter()
                .any(|dimension| dimension.variables.contains(name))
    };
    let scales = codebook.variables.iter();
    scales
        .filter(|variable| variable.kind == VariableKind::Scale && scored(&variable.name))
        .map(|variable| variable.name.as_str())
        .collect()
}

fn courses(
    data: &Dataset,
    by: &Grouping,
) -> Result<std::collections::BTreeMap<Vec<String>, Course>, AnalysisError> {
    let names = questionnaire(data);
    let items = names
        .iter()
        .map(|name| data.item(name))
        .collect::<Result<Vec<_>, _>>()?;
    let not_asked = missing_code(Missing::NotAsked);
    let not_my_work = missing_code(Missing::Declined(Declined::NotMyWork));
    let left_empty = missing_code(Missing::LeftEmpty);
    tabulate(data, by, |course: &mut Course, row| {
        let (mut shown, mut empty_at_end, mut last_answered) = (0_usize, 0_usize, 0_usize);
        for (place, item) in items.iter().enumerate() {
            let cell = item[row];
            if cell == not_asked {
                continue;
            }
            shown += 1;
            if cell == left_empty {
                empty_at_end += 1;
            } else {
                empty_at_end = 0;
                last_answered = place + 1;
            }
            if cell != not_my_work {
                course.cells += 1;
                course.cells_without_value += u64::from(cell <= LAST_MISSING);
            }
        }
        if shown == 0 {
            course.not_asked += 1;
            return;
        }
        course.asked += 1;
        if empty_at_end >= shown.div_ceil(10).max(2) {
            course.broke_off += 1;
            course.stopped_after.resize(items.len() + 1, 0);
            course.stopped_after[last_answered] += 1;
        }
    })
}
