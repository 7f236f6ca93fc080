//! `icteko analyse`: from a dataset and a job file to findings.

use std::path::{Path, PathBuf};

use analysis::publish;
use miette::Diagnostic as _;

use crate::arguments::{Analyse, DATA, Format};
use crate::counted::{counted, counted_len};
use crate::failure::Failure;
use crate::stock::must_be_there;
use crate::watch::Watch;

/// Returns the record of what has been released before: the named one, or the data folder's. A
/// folder that somebody named must be there; who has none analyses a file of somebody else.
pub(crate) fn ledger(data: &Path, named: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    if data != Path::new(DATA) {
        must_be_there(data)?;
    }
    Ok(data.join("ledger.json"))
}

/// Runs a job file.
pub(crate) fn run(data: &Path, options: &Analyse) -> Result<(), Failure> {
    let ledger = ledger(data, options.ledger.as_deref())?;
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
