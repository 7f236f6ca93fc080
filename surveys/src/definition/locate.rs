//! Where a problem is: files, places in them, and a problem with all its places.
//!
//! A [`Located`] renders in two ways: as one line for logs and editors ([`Located::one_line`]),
//! and through `miette` with the lines of the file around each place.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SpanContents};
use serde::Serialize;

use super::Problem;

/// A file in memory.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path inside the folder.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes.
    pub span: Range<usize>,
}

impl Place {
    /// Returns line and column of the beginning; both count from 1, columns in characters.
    #[must_use]
    pub fn line_column(&self) -> (usize, usize) {
        let before = self.file.text.get(..self.span.start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.matches('\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// A place that a problem involves, and what it has to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The place.
    pub place: Place,
    /// A few words that stand beside it.
    pub label: String,
}

/// A problem with every place it involves.
#[derive(Debug)]
pub struct Located {
    /// What is wrong.
    pub problem: Problem,
    /// Where; the first place is where it is best mended.
    pub marks: Vec<Mark>,
    elsewhere: Vec<Elsewhere>,
}

/// A problem as plain text and numbers, for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemSummary {
    /// The stable code, such as `surveys::unknown_role`.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Path of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Located {
    pub(crate) fn new(problem: Problem, marks: Vec<Mark>) -> Located {
        let main = marks.first().map(|mark| mark.place.file.clone());
        let elsewhere = marks
            .iter()
            .filter(|mark| Some(&mark.place.file) != main.as_ref())
            .map(|mark| Elsewhere(mark.clone()))
            .collect();
        Located {
            problem,
            marks,
            elsewhere,
        }
    }

    /// Returns path, line and column of the place where it is best mended.
    #[must_use]
    pub fn position(&self) -> (&str, usize, usize) {
        self.marks.first().map_or(("", 1, 1), |mark| {
            let (line, column) = mark.place.line_column();
            (mark.place.file.name.as_str(), line, column)
        })
    }

    /// Returns the problem as plain text and numbers.
    #[must_use]
    pub fn summary(&self) -> ProblemSummary {
        let text = |text: Option<Box<dyn fmt::Display + '_>>| {
            text.map(|text| text.to_string()).unwrap_or_default()
        };
        let (file, line, column) = self.position();
        ProblemSummary {
            code: text(self.problem.code()),
            message: self.problem.to_string(),
            help: text(self.problem.help()),
            file: file.to_owned(),
            line,
            column,
        }
    }

    /// Returns the problem as one line: `file:line:column: error[code] message; help`.
    #[must_use]
    pub fn one_line(&self) -> String {
        let ProblemSummary {
            code,
            message,
            help,
            file,
            line,
            column,
        } = self.summary();
        format!("{file}:{line}:{column}: error[{code}] {message}; {help}")
    }
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl std::error::Error for Located {}

impl Diagnostic for Located {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.help()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        let mark = self.marks.first()?;
        Some(mark.place.file.as_ref())
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let main = &self.marks.first()?.place.file;
        let here = self
            .marks
            .iter()
            .filter(move |mark| mark.place.file == *main);
        Some(Box::new(here.map(Mark::labeled_span)))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        if self.elsewhere.is_empty() {
            return None;
        }
        let parts = self.elsewhere.iter();
        Some(Box::new(parts.map(|part| part as &dyn Diagnostic)))
    }
}

impl Mark {
    fn labeled_span(&self) -> LabeledSpan {
        LabeledSpan::new_with_span(Some(self.label.clone()), self.place.span.clone())
    }
}

/// A place in another file than the main one; the renderer shows one file at a time.
#[derive(Debug)]
struct Elsewhere(Mark);

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.label)
    }
}

impl std::error::Error for Elsewhere {}

impl Diagnostic for Elsewhere {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.0.place.file.as_ref())
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(self.0.labeled_span())))
    }
}

impl SourceCode for SourceFile {
    fn read_span<'a>(
        &'a self,
        span: &miette::SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let part = self.text.read_span(span, lines_before, lines_after)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            part.data(),
            *part.span(),
            part.line(),
            part.column(),
            part.line_count(),
        )))
    }
}
