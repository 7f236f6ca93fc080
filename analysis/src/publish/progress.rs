//! How far a run is, for people and for the program that watches a child process.

use std::fmt;

use serde::Serialize;

use crate::job::JobStatistic;

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Reading and checking the data.
    Reading,
    /// Estimating.
    Estimating(JobStatistic),
    /// Protecting the figures.
    Protecting,
    /// Writing the files.
    Writing,
}

/// How far a run is: `done` of `total` steps of a part. As JSON it is one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The part.
    pub part: Part,
    /// Steps done.
    pub done: usize,
    /// Steps of the part.
    pub total: usize,
}

impl Progress {
    pub(super) fn started(part: Part) -> Self {
        Progress {
            part,
            done: 0,
            total: 1,
        }
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Reading => f.write_str("reading the data"),
            Part::Protecting => f.write_str("protecting the figures"),
            Part::Writing => f.write_str("writing the files"),
            Part::Estimating(statistic) => {
                let (done, total) = (self.done + 1, self.total);
                write!(f, "estimating {} ({done} of {total})", statistic.name())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_reads_as_words_and_as_a_line_of_json() {
        let progress = Progress {
            part: Part::Estimating(JobStatistic::BelowTarget),
            done: 1,
            total: 8,
        };
        assert_eq!(progress.to_string(), "estimating below_target (2 of 8)");
        let json = serde_json::to_string(&progress).unwrap();
        assert_eq!(
            json,
            r#"{"part":{"estimating":"below_target"},"done":1,"total":8}"#
        );
    }
}
