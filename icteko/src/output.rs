//! What the program says: results to standard output, remarks to standard error.
//!
//! Rust's own macros panic when nobody reads any more (`icteko wave codes … | head`) or when the
//! disk behind the redirection is full. Here the first ends the program quietly, the second is a
//! failure that says so; a remark that cannot be made is left unsaid.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

use crate::failure::Failure;

/// Writes one line of a result.
macro_rules! out {
    ($($words:tt)*) => {
        $crate::output::result(format_args!($($words)*))
    };
}

/// Writes one line of remark.
macro_rules! note {
    ($($words:tt)*) => {
        $crate::output::remark(format_args!($($words)*))
    };
}

/// Writes one line of a result. See [`out!`].
pub(crate) fn result(line: Arguments<'_>) -> Result<(), Failure> {
    finished(writeln!(std::io::stdout(), "{line}"))
}

/// Writes a result that is not made of lines.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = std::io::stdout();
    finished(stdout.write_all(bytes).and_then(|()| stdout.flush()))
}

/// Writes one line of remark. See [`note!`].
pub(crate) fn remark(line: Arguments<'_>) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn finished(outcome: std::io::Result<()>) -> Result<(), Failure> {
    outcome.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::NobodyReads,
        _ => Failure::Sentence(format!(
            "the result could not be written to the end: {error}"
        )),
    })
}
