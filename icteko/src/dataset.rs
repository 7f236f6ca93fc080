//! `icteko dataset`: from the store to a folder that any engine reads.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use analysis::job::{StandardJob, standard_job};
use app::server::Service;
use exchange::dataset::write_dataset;
use surveys::WaveId;

use crate::arguments::Dataset;
use crate::counted::counted_len;
use crate::failure::Failure;
use crate::stock::{PROGRAM, in_runtime, open_service, typed};

/// Carries out a subcommand on datasets.
pub(crate) fn run(data: &Path, command: &Dataset) -> Result<(), Failure> {
    let Dataset::Export {
        waves,
        out,
        csv,
        job,
    } = command;
    let waves: Vec<WaveId> = waves
        .iter()
        .map(|wave| WaveId::new(wave.as_str()))
        .collect::<Result<_, _>>()
        .map_err(Failure::new)?;
    in_runtime(async {
        let service = open_service(data).await?;
        let input = service.dataset(&waves).await.map_err(Failure::new)?;
        write_dataset(out, &input.as_dataset(PROGRAM), *csv).map_err(Failure::new)?;
        note!(
            "{} written to {}",
            counted_len(input.answers.len(), "answer", "answers"),
            out.display()
        );
        match job {
            Some(job) => write_job(data, &service, &waves, out, job).await,
            None => Ok(()),
        }
    })
}

/// Writes the job that our own waves are analysed with, for the last of these waves.
async fn write_job(
    data: &Path,
    service: &Service,
    waves: &[WaveId],
    dataset: &Path,
    job: &Path,
) -> Result<(), Failure> {
    let Some((wave, earlier)) = waves.split_last() else {
        return Ok(());
    };
    let shown_by_name = service.sharing_figures().await.map_err(Failure::new)?;
    let text = standard_job(&StandardJob {
        title: wave.to_string(),
        dataset: seen_from(job, dataset)?,
        wave: wave.to_string(),
        earlier: earlier.iter().map(WaveId::to_string).collect(),
        number: 1,
        rule: ::findings::Rule {
            shown_by_name: shown_by_name.iter().map(ToString::to_string).collect(),
            ..::findings::Rule::default()
        },
    });
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(job)
        .map_err(|error| Failure::at(job, error))?;
    file.write_all(text.as_bytes())
        .map_err(|error| Failure::at(job, error))?;
    note!(
        "the job stands in {}; run it with  {}",
        job.display(),
        typed(data, &format!("analyse {} --out FOLDER", job.display()))
    );
    Ok(())
}

/// The dataset's folder as the job names it: relative where it lies beside or below the job.
fn seen_from(job: &Path, dataset: &Path) -> Result<String, Failure> {
    let full = |path: &Path| {
        path.canonicalize()
            .map_err(|error| Failure::at(path, error))
    };
    let home = match job.parent() {
        Some(parent) if parent != Path::new("") => full(parent)?,
        _ => full(Path::new("."))?,
    };
    let dataset = full(dataset)?;
    let named = dataset.strip_prefix(&home).unwrap_or(&dataset);
    Ok(named.display().to_string())
}
