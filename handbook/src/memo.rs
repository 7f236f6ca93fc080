//! What was read, kept as long as the files it was read from say the same.
//!
//! A preview reads the same text after every save, and all but one file is as it was. Problems are
//! kept with what was read, so that they are told every time.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use surveys::definition::SourceFile;

use crate::problem::Located;

/// Parsed text, by what it is. A new one is empty, and then everything is read once.
#[derive(Default)]
pub struct Memo {
    kept: Mutex<BTreeMap<String, Kept>>,
}

struct Kept {
    files: Vec<Arc<SourceFile>>,
    value: Arc<dyn Any + Send + Sync>,
    problems: Vec<Located>,
}

impl Memo {
    /// Returns what was read before, where all its files are the same, else reads it. `what` names
    /// it; one name always stands for one kind of value.
    pub(crate) fn read<T: Send + Sync + 'static>(
        &self,
        what: &str,
        files: &[&Arc<SourceFile>],
        problems: &mut Vec<Located>,
        read: impl FnOnce(&mut Vec<Located>) -> T,
    ) -> Arc<T> {
        if let Some(value) = self.known(what, files, problems) {
            return value;
        }
        let mut found = Vec::new();
        let value = Arc::new(read(&mut found));
        problems.extend(found.iter().cloned());
        let kept = Kept {
            files: files.iter().map(|file| Arc::clone(file)).collect(),
            value: value.clone(),
            problems: found,
        };
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(what.to_owned(), kept);
        value
    }

    fn known<T: Send + Sync + 'static>(
        &self,
        what: &str,
        files: &[&Arc<SourceFile>],
        problems: &mut Vec<Located>,
    ) -> Option<Arc<T>> {
        let all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = all.get(what)?;
        let is_same = |(then, now): (&Arc<SourceFile>, &&Arc<SourceFile>)| {
            Arc::ptr_eq(then, now) || (then.name == now.name && then.text == now.text)
        };
        if kept.files.len() != files.len() || !kept.files.iter().zip(files).all(is_same) {
            return None;
        }
        let value = kept.value.clone().downcast().ok()?;
        problems.extend(kept.problems.iter().cloned());
        Some(value)
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        f.debug_set().entries(all.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Problem;

    fn file(text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile {
            name: "a.md".to_owned(),
            text: text.to_owned(),
        })
    }

    #[test]
    fn the_same_text_is_read_once_and_its_problems_are_told_each_time() {
        let memo = Memo::default();
        let mut reads = 0;
        for (text, expected) in [("one", 1), ("one", 1), ("two", 2), ("one", 3)] {
            let (file, mut problems) = (file(text), Vec::new());
            let length = memo.read("a", &[&file], &mut problems, |problems| {
                reads += 1;
                problems.push(Located::of_file(Problem::RawHtml, "a.md"));
                text.to_owned()
            });
            assert_eq!((length.as_str(), reads), (text, expected));
            assert_eq!(problems.len(), 1);
        }
    }

    #[test]
    fn a_file_more_is_another_text() {
        let memo = Memo::default();
        let (one, two) = (file("one"), file("two"));
        let read = |files: &[&Arc<SourceFile>]| {
            let count = files.len();
            *memo.read("a", files, &mut Vec::new(), |_| count)
        };
        assert_eq!(read(&[&one]), 1);
        assert_eq!(read(&[&one, &two]), 2);
    }
}
