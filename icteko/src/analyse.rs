//! `icteko analyse`: from a dataset and a job file to findings.

use std::io::IsTerminal;

use analysis::publish;

use crate::arguments::{Analyse, Format};
use crate::failure::Failure;

/// Runs a job file.
pub(crate) fn run(options: &Analyse) -> Result<(), Failure> {
    let is_watched = std::io::stderr().is_terminal();
    let mut progress = |progress: publish::Progress| {
        if is_watched {
            eprint!("\r\x1b[K{progress}");
        }
    };
    let outcome = publish::run(
        &options.job,
        &options.out,
        options.ledger.as_deref(),
        &mut progress,
    );
    if is_watched {
        eprint!("\r\x1b[K");
    }
    let summary = outcome.map_err(|error| match options.format {
        Format::Text => Failure::new(error),
        Format::Json => {
            let text = serde_json::json!([{ "message": error.to_string() }]).to_string();
            Failure::Problems {
                text,
                count: 1,
                for_programs: true,
            }
        }
    })?;
    for note in &summary.notes {
        eprintln!("note: {note}");
    }
    eprintln!(
        "{} answers, {} cells, {} of them withheld or in bands; {} files in {}",
        summary.answers,
        summary.cells,
        summary.withheld,
        summary.files.len(),
        options.out.display()
    );
    if options.format == Format::Json {
        println!("[]");
    }
    Ok(())
}
