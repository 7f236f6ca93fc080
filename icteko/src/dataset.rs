//! `icteko dataset`: from the store to a folder that any engine reads.

use std::path::Path;

use exchange::dataset::write_dataset;
use surveys::WaveId;

use crate::arguments::Dataset;
use crate::counted::counted_len;
use crate::failure::Failure;
use crate::stock::{PROGRAM, in_runtime, open_service};

/// Carries out a subcommand on datasets.
pub(crate) fn run(data: &Path, command: &Dataset) -> Result<(), Failure> {
    let Dataset::Export { waves, out, csv } = command;
    let waves: Vec<WaveId> = waves
        .iter()
        .map(|wave| WaveId::new(wave.as_str()))
        .collect::<Result<_, _>>()
        .map_err(Failure::new)?;
    in_runtime(async {
        let service = open_service(data).await?;
        let input = service.dataset(&waves).await.map_err(Failure::new)?;
        write_dataset(out, &input.as_dataset(PROGRAM), *csv).map_err(Failure::new)?;
        eprintln!(
            "{} written to {}",
            counted_len(input.answers.len(), "answer", "answers"),
            out.display()
        );
        Ok(())
    })
}
