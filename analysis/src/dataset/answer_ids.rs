//! Numbers of answers, each of which may stand in a file once.
//!
//! A doubled id is a copied row, and two copies are two people in every figure. Ids that rise one
//! by one, as most programs write them, are remembered as their first and last; others one by one.

use std::collections::HashMap;

/// The ids of one file so far, each with its line.
#[derive(Default)]
pub(crate) struct AnswerIds {
    run: Option<Run>,
    others: HashMap<String, u64>,
}

/// Ids that rise one by one, line by line.
struct Run {
    first: u64,
    last: u64,
    first_line: u64,
}

impl AnswerIds {
    /// Remembers an id; returns the line it stands on already, if there is one. An empty id names
    /// nothing and is not doubled.
    pub(crate) fn add(&mut self, id: &str, line: u64) -> Option<u64> {
        let id = id.trim();
        if id.is_empty() {
            return None;
        }
        // `007` is another text than `7`: only numbers as a program writes them can run.
        let number = id.parse::<u64>().ok();
        let number = number.filter(|_| id == "0" || !id.starts_with(['0', '+']));
        if let (Some(number), Some(run)) = (number, &mut self.run) {
            if (run.first..=run.last).contains(&number) {
                return Some(run.first_line + (number - run.first));
            }
            let expected = run.first_line + (run.last - run.first) + 1;
            if Some(number) == run.last.checked_add(1)
                && line == expected
                && !self.others.contains_key(id)
            {
                run.last = number;
                return None;
            }
        } else if let (Some(number), None, true) = (number, &self.run, self.others.is_empty()) {
            self.run = Some(Run {
                first: number,
                last: number,
                first_line: line,
            });
            return None;
        }
        match self.others.get(id) {
            Some(earlier) => Some(*earlier),
            None => {
                self.others.insert(id.to_owned(), line);
                None
            }
        }
    }
}

/// Says that an id is there twice, and what to do.
pub(crate) fn doubled(id: &str, earlier: u64, unit: &str) -> String {
    format!(
        "`{}` is there already on {unit} {earlier}; every answer has an id of its own: delete the \
         copy, or describe the column as another kind in the codebook",
        id.trim()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds ids on lines 2, 3, …; returns what each was told.
    fn told(ids: &[&str]) -> Vec<Option<u64>> {
        let mut known = AnswerIds::default();
        (2..)
            .zip(ids)
            .map(|(line, id)| known.add(id, line))
            .collect()
    }

    #[test]
    fn a_doubled_id_names_its_first_line_however_ids_run() {
        assert_eq!(told(&["1", "2", "3", "2"]), [None, None, None, Some(3)]);
        assert_eq!(told(&["7", "5", "8", "5"]), [None, None, None, Some(3)]);
        assert_eq!(told(&["a", "1", "a", "1"]), [None, None, Some(2), Some(3)]);
        assert_eq!(told(&["1", "3", "2", "3"]), [None, None, None, Some(3)]);
        assert_eq!(told(&["7", "007", " 7 "]), [None, None, Some(2)]);
    }

    #[test]
    fn an_empty_id_is_not_doubled() {
        assert_eq!(told(&["", " ", "1"]), [None, None, None]);
    }

    #[test]
    fn the_largest_number_does_not_overflow() {
        let largest = u64::MAX.to_string();
        assert_eq!(told(&[&largest, "1", &largest]), [None, None, Some(2)]);
    }
}
