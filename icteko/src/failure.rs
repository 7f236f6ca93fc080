//! How a command ends when it cannot do what it was asked for.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use crate::counted::counted_len;
use miette::{Diagnostic, GraphicalReportHandler};

/// Why a command failed, ready to be shown.
#[derive(Debug)]
pub(crate) enum Failure {
    /// One sentence on what is wrong and what to do.
    Sentence(String),
    /// Whoever read the result has gone; there is nobody to tell.
    NobodyReads,
    /// Everything that is wrong, rendered already; the command says how many.
    Problems {
        /// The rendered problems.
        text: String,
        /// How many there are.
        count: usize,
        /// Whether the text is a document for programs, which goes to standard output.
        for_programs: bool,
    },
}

impl Failure {
    /// Makes a failure of an error's own words.
    pub(crate) fn new(error: impl std::fmt::Display) -> Failure {
        Failure::Sentence(error.to_string())
    }

    /// Makes a failure of an error that may say what to do, behind what is wrong.
    pub(crate) fn with_help(error: impl Diagnostic) -> Failure {
        Failure::Sentence(match error.help() {
            Some(help) => format!("{error}\n  help: {help}"),
            None => error.to_string(),
        })
    }

    /// Makes a failure of an error at a file.
    pub(crate) fn at(path: &std::path::Path, error: impl std::fmt::Display) -> Failure {
        Failure::Sentence(format!("{}: {error}", path.display()))
    }

    /// Makes a failure of all that is wrong in files, for a person: with the lines of the file at
    /// a terminal, and one line each where another program reads along.
    pub(crate) fn of_files<P: Diagnostic>(
        problems: &[P],
        one_line: impl Fn(&P) -> String,
    ) -> Failure {
        let graphical = |problem: &P| {
            let mut text = String::new();
            let rendered = GraphicalReportHandler::new().render_report(&mut text, problem);
            rendered.map_or_else(|_| one_line(problem), |()| text)
        };
        let is_watched = std::io::stderr().is_terminal();
        let lines = problems.iter().map(|problem| match is_watched {
            true => graphical(problem),
            false => one_line(problem),
        });
        Failure::Problems {
            text: lines.collect::<Vec<_>>().join("\n"),
            count: problems.len(),
            for_programs: false,
        }
    }

    /// Returns the failure as words, for where it is shown in another way.
    pub(crate) fn sentence(self) -> String {
        match self {
            Failure::Sentence(text) | Failure::Problems { text, .. } => text,
            Failure::NobodyReads => String::new(),
        }
    }

    /// Shows the failure and returns the exit code: problems found.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Failure::NobodyReads => {}
            Failure::Sentence(sentence) => note!("icteko: {sentence}"),
            Failure::Problems {
                text,
                for_programs: true,
                ..
            } => return out!("{text}").map_or_else(Failure::report, |()| ExitCode::FAILURE),
            Failure::Problems { text, count, .. } => {
                note!("{text}");
                note!("icteko: {}", counted_len(count, "problem", "problems"));
            }
        }
        ExitCode::FAILURE
    }
}
