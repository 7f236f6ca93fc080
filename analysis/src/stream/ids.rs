//! Whether the ids of answers are all different, without keeping each of them.
//!
//! Most programs number answers one by one, so that a part of a file is a run or a few. Which line
//! a doubled id stands on is for the strict readers to say.

use std::sync::Mutex;

use crate::dataset::cells::Cell;

/// An empty id names nothing and is not doubled.
pub(super) const NO_ID: u64 = u64::MAX - 1;

/// An id that is no number as a program writes it.
pub(super) const BAD_ID: u64 = u64::MAX;

/// Ids that rise one by one, first and last, in the order in which they were met.
#[derive(Default)]
pub(super) struct Ids {
    runs: Mutex<Vec<(u64, u64)>>,
}

/// Returns the number of an id: digits, none of them a nought that could be left out.
pub(super) fn number(cell: &Cell<'_>) -> u64 {
    match cell {
        Cell::Whole(number) => u64::try_from(*number).unwrap_or(BAD_ID),
        Cell::Empty | Cell::Text("") => NO_ID,
        Cell::Text(text) => {
            let is_written_so =
                *text == "0" || text.starts_with(|first| ('1'..='9').contains(&first));
            let number = text.parse().ok().filter(|_| is_written_so);
            number.filter(|number| *number < NO_ID).unwrap_or(BAD_ID)
        }
        Cell::Decimal(_) => BAD_ID,
    }
}

impl Ids {
    /// Remembers the ids of a part of a file; nothing where one is no number.
    pub(super) fn add(&self, ids: &[u64]) -> Option<()> {
        let mut found: Vec<(u64, u64)> = Vec::new();
        for id in ids.iter().filter(|id| **id != NO_ID) {
            match found.last_mut() {
                _ if *id == BAD_ID => return None,
                Some((_, last)) if *last + 1 == *id => *last = *id,
                _ => found.push((*id, *id)),
            }
        }
        self.runs.lock().ok()?.append(&mut found);
        Some(())
    }

    /// Returns whether no id is there twice.
    pub(super) fn are_all_different(self) -> bool {
        let Ok(mut runs) = self.runs.into_inner() else {
            return false;
        };
        runs.sort_unstable();
        runs.windows(2).all(|two| two[0].1 < two[1].0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_different(parts: &[&[&str]]) -> Option<bool> {
        let ids = Ids::default();
        for part in parts {
            let part: Vec<u64> = part.iter().map(|id| number(&Cell::Text(id))).collect();
            ids.add(&part)?;
        }
        Some(ids.are_all_different())
    }

    #[test]
    fn a_doubled_id_is_noticed_wherever_it_stands() {
        assert_eq!(
            are_different(&[&["4", "5", "", ""], &["1", "2", "3"]]),
            Some(true)
        );
        assert_eq!(are_different(&[&["4", "5"], &["3", "4"]]), Some(false));
        assert_eq!(are_different(&[&["9", "7", "9"]]), Some(false));
        assert_eq!(are_different(&[&["1", "1"]]), Some(false));
    }

    #[test]
    fn an_id_that_is_no_plain_number_is_left_to_others() {
        for id in ["a", "007", "+7", " 7", "-1", "18446744073709551615", "1.0"] {
            assert_eq!(are_different(&[&[id]]), None, "{id}");
        }
        assert_eq!(number(&Cell::Whole(-1)), BAD_ID);
        assert_eq!(number(&Cell::Decimal(1.0)), BAD_ID);
    }
}
