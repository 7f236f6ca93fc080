//! Response rates: answers divided by the staff a wave concerned (AAPOR RR1).

use findings::{ALL, RawRow, Undefined, dim};

use super::share::share;
use super::{Design, Estimates, group_name};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::grouping::{Grouping, tabulate_staff};
use crate::tables;

/// Returns answers divided by staff for each group, with Wilson's interval; `n` is the staff.
///
/// More answers than staff in a wave, a municipality or a unit is an error that names the group:
/// codes are counted there, so the frame must be wrong. In a group that people place themselves
/// in, such as a role, it is a reason instead of a figure, and a note.
///
/// # Errors
/// When a group column does not exist, or the frame is too small as said.
pub fn response_rate(
    data: &Dataset,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let dims = by.dims();
    let answers = tables::people(data, by)?;
    let staff = match data.staff() {
        Some(staff) => tabulate_staff(data, by, staff)?,
        None => Default::default(),
    };
    let mut rows = Vec::new();
    let (mut errors, mut notes) = (Vec::new(), Vec::new());
    for (keys, answers) in answers {
        let figure = match staff.get(&keys) {
            None => Err(Undefined::FrameUnknown),
            Some(staff) if answers > *staff => {
                let name = group_name(&dims, &keys);
                let message = format!("{name}: {answers} answers, {staff} staff");
                if is_registered(&dims, &keys) {
                    errors.push(message);
                } else {
                    notes.push(message);
                }
                Err(Undefined::FrameTooSmall)
            }
            Some(staff) => share(answers, *staff, design).ok_or(Undefined::NotAsked),
        };
        rows.push(RawRow {
            keys,
            figure,
            answers,
            modal: 0,
        });
    }
    if errors.is_empty() {
        Ok(Estimates { dims, rows, notes })
    } else {
        Err(AnalysisError::MoreAnswersThanStaff { cells: errors })
    }
}

/// Returns whether only registers, not people themselves, say who belongs to the group.
fn is_registered(dims: &[String], keys: &[String]) -> bool {
    let mut chosen = dims.iter().zip(keys).filter(|(_, key)| *key != ALL);
    chosen.all(|(name, _)| [dim::WAVE, dim::MUNICIPALITY, dim::UNIT].contains(&name.as_str()))
}
