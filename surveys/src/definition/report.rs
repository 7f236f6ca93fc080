//! Problems as they are found, and what of them is handed over in the end.

use std::sync::Arc;

use super::consequences::{Broken, follows};
use super::locate::{Located, Mark, Place, SourceFile};
use super::problem::{DidYouMean, Problem};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

impl<T> At<T> {
    pub(crate) fn map<U>(&self, change: impl FnOnce(&T) -> U) -> At<U> {
        At {
            value: change(&self.value),
            place: self.place.clone(),
        }
    }
}

/// Problems as they are found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) problems: Vec<Located>,
    broken: Vec<Broken>,
}

impl Report {
    /// Notes a file that could not be read in full, and the byte where its first fault stands.
    pub(crate) fn note_broken(&mut self, file: &Arc<SourceFile>, fault: usize) {
        self.broken.push(Broken::new(file, fault));
    }

    /// Adds a problem with one place.
    pub(crate) fn add(&mut self, problem: Problem, place: &Place, label: impl Into<String>) {
        self.add_all(problem, [(place, label.into())]);
    }

    /// Adds a problem with several places; the first is where it is best mended.
    pub(crate) fn add_all<'p>(
        &mut self,
        problem: Problem,
        places: impl IntoIterator<Item = (&'p Place, String)>,
    ) {
        let marks = places
            .into_iter()
            .map(|(place, label)| Mark {
                place: place.clone(),
                label,
            })
            .collect();
        self.problems.push(Located::new(problem, marks));
    }

    /// Returns what a word of a closed list stands for, or reports it.
    pub(crate) fn word<T: Copy>(
        &mut self,
        key: &str,
        word: &At<String>,
        known: &[(&str, T)],
    ) -> Option<T> {
        if let Some((_, value)) = known.iter().find(|(known, _)| *known == word.value) {
            return Some(*value);
        }
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let problem = Problem::UnknownWord {
            key: key.to_owned(),
            word: word.value.clone(),
            near: DidYouMean::among(&word.value, words.iter().copied()),
            known: words.join(", "),
        };
        self.add(problem, &word.place, "not known");
        None
    }

    /// Returns the problems by file and place. What only follows from a file that could not be
    /// read in full is left out: it would bury the cause. The rest comes with it.
    pub(crate) fn finish(self) -> Vec<Located> {
        let Report {
            mut problems,
            broken,
        } = self;
        problems.retain(|located| !follows(located, &broken));
        problems.sort_by_key(|located| {
            located
                .marks
                .first()
                .map(|mark| (mark.place.file.name.clone(), mark.place.span.start))
        });
        problems
    }
}
