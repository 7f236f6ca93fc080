//! Which problems only follow from a file that could not be read in full.
//!
//! A fault of the form cuts a file in two: what stands before the table with the fault was read
//! as it is written, the rest perhaps not. A problem follows from the fault when it stands in
//! that rest, when it compares with a text there, or when it misses something that the rest may
//! define. Every other problem is one of its own and is shown with the fault.

use std::sync::Arc;

use super::locate::{Located, Place, SourceFile};
use super::problem::Problem;

/// A file with a fault of its form.
#[derive(Debug)]
pub(crate) struct Broken {
    file: Arc<SourceFile>,
    /// Where the table with the first fault begins.
    unread: usize,
}

impl Broken {
    /// Notes a file whose first fault stands at this byte.
    pub(crate) fn new(file: &Arc<SourceFile>, fault: usize) -> Broken {
        let before = file.text.get(..fault).unwrap_or(&file.text);
        Broken {
            file: file.clone(),
            unread: before.rfind("\n[").map_or(0, |line_end| line_end + 1),
        }
    }

    fn hides(&self, place: &Place) -> bool {
        place.file == self.file && place.span.start >= self.unread
    }

    /// Whether the rest of the file may define a word. A file that stops in the middle of a line
    /// was cut: nobody knows what else stood in it.
    fn may_define(&self, wanted: &Missed<'_>) -> bool {
        let rest = self.file.text.get(self.unread..).unwrap_or("");
        self.file.name.starts_with(wanted.files)
            && (!rest.ends_with('\n') || mentions(rest, wanted.id))
    }
}

/// Whether a problem only follows from what could not be read.
pub(crate) fn follows(located: &Located, broken: &[Broken]) -> bool {
    if matches!(located.problem, Problem::Syntax { .. }) {
        return false;
    }
    let mut places = located.marks.iter().map(|mark| &mark.place);
    let compared = if compares(&located.problem) {
        located.marks.len()
    } else {
        1
    };
    let hidden = |place: &Place| broken.iter().any(|it| it.hides(place));
    places.by_ref().take(compared).any(hidden)
        || missed(&located.problem)
            .is_some_and(|wanted| broken.iter().any(|it| it.may_define(&wanted)))
}

/// Whether all places of the problem have to be read before it can be told.
fn compares(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::StaleTranslation { .. } | Problem::TranslationWithoutSource { .. }
    )
}

/// Something that is referred to and was not found.
struct Missed<'p> {
    /// How the names of the files begin that may define it.
    files: &'static str,
    id: &'p str,
}

fn missed(problem: &Problem) -> Option<Missed<'_>> {
    let (files, id) = match problem {
        Problem::UnknownItem { item, .. } | Problem::ConditionUnknownItem { item, .. } => {
            ("items/", item.as_str())
        }
        Problem::ConditionUnknownChoice { subject, .. } => ("items/", subject.as_str()),
        Problem::EmptySection { section } => ("items/", section.as_str()),
        Problem::UnknownSection { section, .. } => ("survey.toml", section.as_str()),
        Problem::UnscoredCompetence { item } => ("scoring.toml", item.as_str()),
        Problem::MissingTranslation { key, language, .. } => match *language {
            "sv" => ("i18n/sv.toml", key.as_str()),
            _ => ("i18n/en.toml", key.as_str()),
        },
        Problem::UnknownTranslation { key, .. } => translated(key),
        _ => return None,
    };
    Some(Missed { files, id })
}

/// The file and the id that the key of a translation stands for.
fn translated(key: &str) -> (&'static str, &str) {
    let key = key.trim_start_matches("[\"").trim_end_matches("\"]");
    match key.split_once('.') {
        Some(("section", id)) => ("survey.toml", id),
        Some(("dimension", id)) => ("scoring.toml", id),
        _ => ("items/", key),
    }
}

/// Whether a word stands in a text and is not a part of a longer id.
fn mentions(text: &str, word: &str) -> bool {
    let of_an_id = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            !text[..at].ends_with(of_an_id) && !text[at + word.len()..].starts_with(of_an_id)
        })
}
