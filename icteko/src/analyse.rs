//! `icteko analyse`: from a dataset and a job file to findings.

use std::path::{Path, PathBuf};

use analysis::publish;
use miette::Diagnostic as _;

use crate::arguments::{Analyse, Format};
use crate::counted::{counted, counted_len};
use crate::failure::Failure;
use crate::watch::Watch;

/// Returns the record of what has been released before: the named one, or the data folder's.
pub(crate) fn ledger(data: &Path, named: Option<&Path>) -> PathBuf {
    named.map_or_else(|| data.join("ledger.json"), Path::to_owned)
}

/// Runs a job file.
pub(crate) fn run(data: &Path, options: &Analyse) -> Result<(), Failure> {
    let ledger = ledger(data, options.ledger.as_deref());
    let watch = Watch::start();
    let outcome = publish::run(&options.job, &options.out, Some(&ledger), &mut |progress| {
        watch.show(progress);
    });
    drop(watch);
    let summary = outcome.map_err(|error| match options.format {
        Format::Text => Failure::with_help(error),
        Format::Json => {
            let help = error.help().map(|help| help.to_string());
            let problem = serde_json::json!([{ "message": error.to_string(), "help": help }]);
            let text = problem.to_string();
            Failure::Problems {
                text,
                count: 1,
                for_programs: true,
            }
        }
    })?;
    for note in &summary.notes {
        note!("note: {note}");
    }
    note!(
        "{}, {}, {} of them withheld or in bands; {} in {}",
        counted_len(summary.answers, "answer", "answers"),
        counted(summary.cells, "cell", "cells"),
        summary.withheld,
        counted_len(summary.files.len(), "file", "files"),
        options.out.display()
    );
    if options.format == Format::Json {
        out!("[]")?;
    }
    Ok(())
}
