//! Books set on all processors; each is the same bytes whichever thread sets it.

use std::sync::Mutex;

use typeset::Document;

use crate::problem::{Located, Problem};
use crate::site::Files;

/// The faces of the pages, as outlines.
const FACES: [&[u8]; 2] = [
    charts::look::FONT_TRUETYPE,
    charts::look::FONT_TRUETYPE_SEMIBOLD,
];

/// Sets books and returns their files by path.
///
/// # Errors
/// A problem for each book that the rules of the format refuse, with the path of its file.
pub(crate) fn set(books: Vec<(String, Document)>) -> Result<Files, Vec<Located>> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let workers = workers.min(books.len());
    let (open, done) = (Mutex::new(books), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((name, book)) = take(&open) {
                    let made = typeset::pdf(book, &FACES);
                    let mut done = done
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner);
                    done.push((name, made));
                }
            });
        }
    });
    let done = done.into_inner();
    let (mut files, mut problems) = (Files::new(), Vec::new());
    for (name, made) in done.unwrap_or_else(std::sync::PoisonError::into_inner) {
        match made {
            Ok(bytes) => {
                files.insert(name, bytes);
            }
            Err(error) => {
                let message = error.to_string();
                problems.push(Located::of_file(Problem::NotPrintable { message }, &name));
            }
        }
    }
    if problems.is_empty() {
        Ok(files)
    } else {
        Err(crate::problem::gather(problems))
    }
}

fn take(open: &Mutex<Vec<(String, Document)>>) -> Option<(String, Document)> {
    let mut open = open
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    open.pop()
}
