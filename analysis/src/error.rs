//! Everything that can be wrong with a job, its data or its results.
//!
//! Problems of a job file and of a data file come all at once, each with its place; a program
//! that runs jobs prints the error as it is.

use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;

use miette::Diagnostic;

use crate::job::JobProblem;

/// Why an analysis could not be made.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum AnalysisError {
    /// The job file cannot be used; every problem is listed.
    #[error("the job file has {}{}", counted(.0), listed(.0))]
    #[diagnostic(code(analysis::job))]
    Job(#[related] Vec<JobProblem>),
    /// A file could not be read or written.
    #[error("{}: {}", .file.display(), said(.cause))]
    #[diagnostic(code(analysis::file))]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The codebook cannot be used.
    #[error("{}: the codebook cannot be used{}", .file.display(), listed(.problems))]
    #[diagnostic(code(analysis::codebook))]
    Codebook {
        /// The codebook.
        file: PathBuf,
        /// What is wrong with it.
        problems: Vec<String>,
    },
    /// A data file as a whole cannot be used.
    #[error("{}: {problem}", .file.display())]
    #[diagnostic(code(analysis::data_file))]
    DataFile {
        /// The data file.
        file: PathBuf,
        /// What is wrong, with line and column where there are any.
        problem: String,
    },
    /// Places of a data file disagree with the codebook.
    #[error("the data and the codebook disagree{}{}", listed(.problems), more(*.further))]
    #[diagnostic(
        code(analysis::cells),
        help("correct the value, or declare it in the codebook as a value or a missing code")
    )]
    Cells {
        /// The first places.
        problems: Vec<CellProblem>,
        /// How many more there are.
        further: usize,
    },
    /// More answers than staff.
    #[error("more answers than staff in the frame{}", listed(.cells))]
    #[diagnostic(
        code(analysis::more_answers_than_staff),
        help("correct the staff numbers of the frame; a response rate above one is no rate")
    )]
    MoreAnswersThanStaff {
        /// The groups, each with both numbers.
        cells: Vec<String>,
    },
    /// The design of the job does not fit the answers or the frame.
    #[error("{problem}{}", listed(.cells))]
    #[diagnostic(code(analysis::design), help("{help}"))]
    Design {
        /// What does not fit.
        problem: &'static str,
        /// The strata, clusters, categories or columns concerned.
        cells: Vec<String>,
        /// What to do.
        help: &'static str,
    },
    /// Something is asked for that the codebook does not have.
    #[error("{problem}")]
    #[diagnostic(code(analysis::unknown_name))]
    UnknownName {
        /// What is missing and what there is instead.
        problem: String,
    },
    /// Results could not be put into one of the forms that the job asks for.
    #[error("{problem}")]
    #[diagnostic(code(analysis::form))]
    Form {
        /// Which form, and why.
        problem: String,
    },
    /// Exchange tables cannot be made, added or used.
    #[error("{problem}")]
    #[diagnostic(code(analysis::exchange))]
    Exchange {
        /// What is wrong, with the files it is about.
        problem: String,
    },
    /// The disclosure gate refused the tables.
    #[error("the figures cannot be released: {problem}")]
    #[diagnostic(code(analysis::protection))]
    Protection {
        /// What the gate said.
        problem: String,
        /// What to do.
        #[help]
        help: Option<String>,
    },
}

/// A place of a data file that disagrees with the codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    /// The file.
    pub file: PathBuf,
    /// The line (of text) or the row (of Parquet), counted from one.
    pub line: u64,
    /// The column's name.
    pub column: String,
    /// What is wrong with the value.
    pub problem: String,
}

impl fmt::Display for CellProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CellProblem {
            file,
            line,
            column,
            problem,
        } = self;
        write!(f, "{}:{line}: column `{column}`: {problem}", file.display())
    }
}

impl AnalysisError {
    /// Wraps an error of the system with the file it came from.
    pub(crate) fn file(file: impl Into<PathBuf>, cause: std::io::Error) -> Self {
        AnalysisError::File {
            file: file.into(),
            cause,
        }
    }

    /// States where a design does not fit.
    pub(crate) fn design(problem: &'static str, cells: Vec<String>, help: &'static str) -> Self {
        AnalysisError::Design {
            problem,
            cells,
            help,
        }
    }

    /// States what is wrong with a data file as a whole.
    pub(crate) fn data(file: impl Into<PathBuf>, problem: impl Into<String>) -> Self {
        AnalysisError::DataFile {
            file: file.into(),
            problem: problem.into(),
        }
    }
}

/// Says what is wrong with a file where the system's words are of little help.
fn said(cause: &std::io::Error) -> String {
    match cause.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::IsADirectory => "this is a folder, where a file is needed".to_owned(),
        ErrorKind::PermissionDenied => "the file may not be opened by this user".to_owned(),
        _ => cause.to_string(),
    }
}

fn counted<T>(problems: &[T]) -> String {
    match problems.len() {
        1 => "a problem".to_owned(),
        number => format!("{number} problems"),
    }
}

fn listed<T: fmt::Display>(problems: &[T]) -> String {
    problems
        .iter()
        .map(|problem| format!("\n  {problem}"))
        .collect()
}

fn more(further: usize) -> String {
    match further {
        0 => String::new(),
        number => format!("\n  and {number} more"),
    }
}
