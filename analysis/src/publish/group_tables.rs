//! Tables of groups as CSV files: a job that names them with `[[table]]`.
//!
//! The answers are counted in parts as they are read, so memory does not grow with their number.
//! Figures are exact and unprotected; `tables.json` says so, and which job they are from.

mod figures;
mod plan;

use std::path::Path;

use serde_json::json;

use super::folder::{Files, Prepared};
use super::{Part, Progress, Summary};
use crate::dataset::Encoding;
use crate::dataset::plan::Plan;
use crate::job::{DataSource, Job};
use crate::reduce::{Reducer, Rows};
use crate::stream::counted;
use crate::{AnalysisError, Dataset};
use plan::{TablePlan, planned};

/// The file that says what the folder is.
pub(super) const ABOUT: &str = "tables.json";

/// Makes the tables of a job and writes them into a folder.
pub(super) fn run(
    job: &Job,
    job_sha256: &str,
    out: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, AnalysisError> {
    progress(Progress::started(Part::Reading));
    let streamed = match &job.data {
        DataSource::File {
            file,
            codebook,
            encoding: Encoding::Utf8,
            ..
        } => {
            let plan = Plan::from_file(codebook)?;
            let (wanted, tables) = planned(job, &plan)?;
            counted(file, &wanted).map(|counted| {
                let mut made = made(&tables, &counted.reducer, &plan);
                made.notes.extend(counted.notes);
                made
            })
        }
        DataSource::File { .. } | DataSource::Folder(_) => None,
    };
    let made = match streamed {
        Some(made) => made,
        // What is not plain is read as strictly as everything else, and counted all the same.
        None => in_memory(job)?,
    };
    progress(Progress::started(Part::Writing));
    let mut files = made.files;
    let about = json!({
        "schema": 1,
        "kind": "tables",
        "protected": false,
        "title": job.title,
        "program": format!("icteko {}", env!("CARGO_PKG_VERSION")),
        "job_sha256": job_sha256,
        "answers": made.answers,
        "files": files.keys().collect::<Vec<_>>(),
    });
    files.insert(ABOUT.to_owned(), format!("{about:#}\n").into_bytes());
    Ok(Summary {
        files: Prepared::new(out, &files)?.put_in_place()?,
        answers: usize::try_from(made.answers).unwrap_or(usize::MAX),
        cells: made.cells,
        withheld: 0,
        notes: made.notes,
    })
}

struct Made {
    files: Files,
    answers: u64,
    cells: u64,
    notes: Vec<String>,
}

fn in_memory(job: &Job) -> Result<Made, AnalysisError> {
    let data = Dataset::open(&job.data)?;
    let plan = plan_of(job)?;
    let (wanted, tables) = planned(job, &plan)?;
    let name = |column: &usize| plan.columns[*column].name.as_str();
    let keys = wanted.keys.iter().map(|column| data.key(name(column)));
    let items = wanted.items.iter().map(|column| data.item(name(column)));
    let mut reducer = Reducer::new(&wanted.counting);
    reducer.add(&Rows {
        len: data.answers(),
        keys: keys.collect::<Result<_, _>>()?,
        items: items.collect::<Result<_, _>>()?,
    });
    let mut made = made(&tables, &reducer, &plan);
    made.notes.extend(data.notes().iter().cloned());
    Ok(made)
}

fn plan_of(job: &Job) -> Result<Plan, AnalysisError> {
    match &job.data {
        DataSource::File { codebook, .. } => Plan::from_file(codebook),
        DataSource::Folder(folder) => Plan::from_file(&folder.join("codebook.json")),
    }
}

fn made(tables: &[TablePlan<'_>], reducer: &Reducer<'_>, plan: &Plan) -> Made {
    let totals = reducer.totals();
    let mut made = Made {
        files: Files::new(),
        answers: reducer.answers(),
        cells: 0,
        notes: vec!["the tables are exact and unprotected: not for publication".to_owned()],
    };
    for table in tables {
        let (text, rows) = figures::csv(table, &totals, plan);
        made.cells += rows;
        made.files
            .insert(table.spec.file.clone(), text.into_bytes());
    }
    made
}
