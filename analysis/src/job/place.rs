//! Where in a job a name stands that the data turn out not to have.
//!
//! A job is read before its data, so what it names can be looked up only later; the place is then
//! found in its text again.

use std::path::Path;

use super::JobProblem;
use crate::AnalysisError;

/// Gives an error about an unknown name its place in the job that names it, where it does, or the
/// job's file; other errors have a place already.
pub(crate) fn placed(error: AnalysisError, job: &Path) -> AnalysisError {
    let AnalysisError::UnknownName { problem } = error else {
        return error;
    };
    let file = job.display().to_string();
    let text = std::fs::read_to_string(job).unwrap_or_default();
    match span(&text, &problem) {
        Some(span) => AnalysisError::Job(vec![JobProblem::new(&file, &text, span, problem, None)]),
        None => AnalysisError::UnknownName {
            problem: format!("{file}: {problem}"),
        },
    }
}

/// Finds the first name of a message that the job's text has in quotes.
fn span(text: &str, problem: &str) -> Option<std::ops::Range<usize>> {
    let names = problem.split('`').skip(1).step_by(2);
    names
        .flat_map(|name| [format!("\"{name}\""), format!("'{name}'")])
        .find_map(|quoted| {
            let mut from = 0;
            for line in text.split_inclusive('\n') {
                let code = line.split('#').next().unwrap_or_default();
                if let Some(place) = code.find(&quoted) {
                    return Some(from + place..from + place + quoted.len());
                }
                from += line.len();
            }
            None
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_where_the_job_has_it_and_not_in_a_remark() {
        let text = "# by \"town\"\n[groups]\nby = [\"town\"]\n";
        let found = span(text, "the data have no column `town`; there are: `x`").unwrap();
        assert_eq!((&text[found.clone()], found.start), ("\"town\"", 27));
        assert_eq!(span(text, "no column `other`"), None);
    }
}
