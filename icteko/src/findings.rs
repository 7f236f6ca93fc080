//! `icteko findings`: integer tables that municipalities hand over, hidden, added and analysed.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use analysis::federation::{self, ExchangeFile, Part, Secret};

use crate::analyse::ledger;
use crate::arguments::{Findings, MergeTables};
use crate::counted::{counted, counted_len};
use crate::failure::Failure;
use crate::watch::Watch;

/// Carries out one of the subcommands.
pub(crate) fn run(data: &Path, command: &Findings) -> Result<(), Failure> {
    match command {
        Findings::Tables {
            job,
            out,
            file,
            smallest_cell,
        } => {
            let part = Part {
                file: file.clone(),
                smallest_cell: *smallest_cell,
            };
            let collected = federation::tables(job, &part).map_err(Failure::with_help)?;
            say(&collected.notes);
            write_new(out, &collected.file.to_json(), false)?;
            note!(
                "tables of {} in {}; for exchange under agreement, not for publication",
                counted(collected.file.answers(), "answer", "answers"),
                out.display()
            );
            Ok(())
        }
        Findings::Mask {
            tables,
            party,
            partners,
            round,
            out,
        } => {
            let file = ExchangeFile::read(tables).map_err(Failure::new)?;
            let mut secrets = BTreeMap::new();
            for (name, path) in partners {
                let secret = Secret::read(path).map_err(Failure::new)?;
                if secrets.insert(name.clone(), secret).is_some() {
                    return Err(Failure::new(format!("partner `{name}` is named twice")));
                }
            }
            let masked = federation::mask(&file, party, &secrets, round).map_err(Failure::new)?;
            write_new(out, &masked.to_json(), false)?;
            note!("masked tables of `{party}` in {}", out.display());
            Ok(())
        }
        Findings::Secret { out } => {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes)
                .map_err(|error| Failure::new(format!("no random numbers: {error}")))?;
            write_new(out, &(Secret::new(bytes).to_hex() + "\n"), true)?;
            note!("a secret for one pair of parties in {}", out.display());
            Ok(())
        }
        Findings::Merge(options) => merge(data, options),
    }
}

fn merge(data: &Path, options: &MergeTables) -> Result<(), Failure> {
    let merged = federation::merge(&options.files).map_err(Failure::new)?;
    say(&merged.notes);
    let Some(job) = &options.job else {
        write_new(&options.out, &merged.file.to_json(), false)?;
        note!(
            "tables of {} in {}; for exchange under agreement, not for publication",
            counted(merged.file.answers(), "answer", "answers"),
            options.out.display()
        );
        return Ok(());
    };
    let watch = Watch::start();
    let ledger = ledger(data, options.ledger.as_deref())?;
    let outcome = merged
        .file
        .run(job, &options.out, Some(&ledger), &mut |progress| {
            watch.show(progress);
        });
    drop(watch);
    let summary = outcome.map_err(Failure::with_help)?;
    say(&summary.notes);
    note!(
        "{}, {}, {} of them withheld or in bands; {} in {}",
        counted_len(summary.answers, "answer", "answers"),
        counted(summary.cells, "cell", "cells"),
        summary.withheld,
        counted_len(summary.files.len(), "file", "files"),
        options.out.display()
    );
    Ok(())
}

fn say(notes: &[String]) {
    for note in notes {
        note!("note: {note}");
    }
}

/// Writes a file that must not exist yet: nobody's tables or secrets are written over.
fn write_new(path: &Path, text: &str, private: bool) -> Result<(), Failure> {
    let failed = |cause: std::io::Error| {
        Failure::new(match cause.kind() {
            std::io::ErrorKind::AlreadyExists => format!(
                "{} is there already and nothing is written over it; take it away or name another file",
                path.display()
            ),
            _ => format!("{}: {cause}", path.display()),
        })
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed)
}

/// Reads `NAME=FILE`.
pub(crate) fn partner(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => {
            Ok((name.to_owned(), PathBuf::from(file)))
        }
        _ => Err("write NAME=FILE, such as koskimaa=secrets/koskimaa".to_owned()),
    }
}
