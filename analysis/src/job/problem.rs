//! A problem of a job file with its place.

use miette::{Diagnostic, NamedSource, SourceSpan};

/// Something in a job file that cannot be used.
#[derive(Clone, Debug, thiserror::Error, Diagnostic)]
#[error("{file}:{line}:{column}: {message}{}", .help.as_deref().map(|help| format!(" ({help})")).unwrap_or_default())]
#[diagnostic(code(analysis::job_problem))]
pub struct JobProblem {
    /// The job file.
    pub file: String,
    /// Line, counted from one.
    pub line: usize,
    /// Column in characters, counted from one.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[help]
    pub help: Option<String>,
    #[source_code]
    text: NamedSource<String>,
    #[label("here")]
    span: SourceSpan,
}

impl JobProblem {
    /// Places a problem in the text of a job file.
    pub(super) fn new(
        file: &str,
        text: &str,
        span: std::ops::Range<usize>,
        message: String,
        help: Option<String>,
    ) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        JobProblem {
            file: file.to_owned(),
            line,
            column,
            message,
            help,
            text: NamedSource::new(file, text.to_owned()),
            span: span.into(),
        }
    }
}
