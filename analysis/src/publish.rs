//! From a job file to files: read, estimate, protect, write.
//!
//! A release goes through [`findings::protect`] and becomes one file per population; a working
//! result stays exact and is marked so. Everything is written into a temporary folder and renamed
//! into place, so that nobody ever sees half a release.

mod beside;
mod compared;
mod decided;
mod families;
mod folder;
mod group_tables;
mod groupings;
mod labels;
mod needs;
mod output;
mod plans;
mod progress;
mod tables;
mod terms;
mod waves;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use findings::{About, Findings, Ledger, Produced, ProtectError, Release, Rule, Working, protect};
use surveys::dataset::VariableKind;

use crate::job::{Job, Output, placed};
use crate::{AnalysisError, Dataset};
use folder::{Files, Prepared};
pub(crate) use needs::{Need, needs};
use output::Outcome;
pub use progress::{Part, Progress};
use waves::Waves;
pub(crate) use waves::left_aside;

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The files that were written, in the order of their names.
    pub files: Vec<PathBuf>,
    /// Answers of the current wave.
    pub answers: usize,
    /// Cells of all tables together.
    pub cells: u64,
    /// Cells that are not shown as a figure; nought in a working result.
    pub withheld: u64,
    /// What was noticed and is no error, such as columns left aside.
    pub notes: Vec<String>,
}

/// Runs the job file at a path and writes the results into a folder.
///
/// `ledger` is the operator's record of earlier releases: read if it is there, and written with
/// this release added; beside it goes `audit-<wave>-<release>.json`, which says why figures are
/// withheld. Without a ledger the release is taken for the first. Same inputs, same bytes.
///
/// # Errors
/// When the job, the data or the frame have problems, the figures cannot be protected, or the
/// folder holds something else.
pub fn run(
    path: &Path,
    out: &Path,
    ledger: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, AnalysisError> {
    let place = |error| placed(error, path);
    let (job, job_sha256) = Job::read(path)?;
    if !job.tables.is_empty() {
        return group_tables::run(&job, &job_sha256, out, progress).map_err(place);
    }
    progress(Progress::started(Part::Reading));
    let all = Dataset::open(&job.data)?;
    run_job(&job, job_sha256, &all, out, ledger, progress).map_err(place)
}

/// Runs a job file as [`run`] does, on other data than it names: on merged exchange tables.
///
/// # Errors
/// As [`run`]; also when a release is asked for and only masked sums are known.
pub fn run_on(
    data: &Dataset,
    job: &Path,
    out: &Path,
    ledger: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, AnalysisError> {
    let (read, job_sha256) = Job::read(job)?;
    run_job(&read, job_sha256, data, out, ledger, progress).map_err(|error| placed(error, job))
}

fn run_job(
    job: &Job,
    job_sha256: String,
    all: &Dataset,
    out: &Path,
    ledger: Option<&Path>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, AnalysisError> {
    let produced = Produced {
        program: format!("icteko {}", env!("CARGO_PKG_VERSION")),
        dataset_sha256: all.sha256().to_owned(),
        job_sha256,
        instruments: all.instruments(),
        open_link: all.codebook().open_link.clone(),
    };
    match &job.output {
        Output::Working => {
            let (files, summary) = working(job, all, produced, progress)?;
            progress(Progress::started(Part::Writing));
            let files = Prepared::new(out, &files)?.put_in_place()?;
            Ok(Summary { files, ..summary })
        }
        Output::Release { number, rule } => {
            let before = ledger.map_or(Ok(Ledger::default()), read_ledger)?;
            let (release, mut summary) =
                release(job, *number, rule, all, produced, &before, progress)?;
            progress(Progress::started(Part::Writing));
            let prepared = Prepared::new(out, &release_files(&release, job)?)?;
            // The ledger first: a release that is out and unknown to it would be forgotten by the
            // next one; one that is known and not out is simply made again.
            if let Some(path) = ledger {
                let text = release.audit().to_json().map_err(protection)?;
                folder::replace_file(&audit_file(path, &release), &text)?;
                let text = release.ledger().to_json().map_err(protection)?;
                folder::replace_file(path, &text)?;
                summary.notes.push(format!(
                    "what has been released is recorded in {}; every further release of these people needs the same file",
                    path.display()
                ));
            }
            let files = prepared.put_in_place()?;
            Ok(Summary { files, ..summary })
        }
    }
}

/// Computes the exact tables of a job without writing anything.
///
/// # Errors
/// When the job asks for something the data do not have, or the frame is too small.
pub fn working_result(
    job: &Job,
    data: &Dataset,
    produced: Produced,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Working, Vec<String>), AnalysisError> {
    let waves = Waves::of(job, data)?;
    let made = tables::all(job, &waves, progress)?;
    let labels = labels::labels(&waves.current, &made.tables);
    let origin = data.codebook().origin;
    let name = waves.name.clone().unwrap_or_default();
    Ok((
        Working::new(name, origin, produced, labels, made.tables),
        made.notes,
    ))
}

fn working(
    job: &Job,
    data: &Dataset,
    produced: Produced,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Files, Summary), AnalysisError> {
    let answers = Waves::of(job, data)?.current.answers();
    let (working, notes) = working_result(job, data, produced, progress)?;
    let mut files = Files::new();
    let text = working.to_json().map_err(protection)?;
    files.insert("working.json".to_owned(), text.into_bytes());
    files.extend(Outcome::of_working(&working, job.confidence).files(&job.forms)?);
    let cells = working
        .tables
        .iter()
        .map(|table| table.rows.len() as u64)
        .sum();
    Ok((
        files,
        Summary {
            files: Vec::new(),
            answers,
            cells,
            withheld: 0,
            notes,
        },
    ))
}

fn release(
    job: &Job,
    number: u32,
    rule: &Rule,
    data: &Dataset,
    produced: Produced,
    before: &Ledger,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Release, Summary), AnalysisError> {
    let waves = Waves::of(job, data)?;
    let Some(wave) = waves.name.clone() else {
        return Err(AnalysisError::Protection {
            problem: "a release is about one wave; name it as `current` in [wave]".to_owned(),
            help: None,
        });
    };
    let made = tables::all(job, &waves, progress)?;
    let about = About {
        release: number,
        wave,
        origin: data.codebook().origin,
        produced,
        labels: labels::labels(&waves.current, &made.tables),
        cities: cities(&waves.current)?,
    };
    progress(Progress::started(Part::Protecting));
    let release =
        protect(&made.tables, before, rule, &about).map_err(|error| AnalysisError::Protection {
            problem: error.to_string(),
            help: is_about_earlier(&error).then(|| OTHER_RECORD.to_owned()),
        })?;
    let audit = release.audit();
    let mut notes = made.notes;
    let strangers = rule
        .shown_by_name
        .iter()
        .filter(|code| !about.cities.contains_key(*code));
    notes.extend(
        strangers.map(|code| format!("`{code}` in `shown_by_name` is no municipality of the data")),
    );
    let summary = Summary {
        files: Vec::new(),
        answers: waves.current.answers(),
        cells: audit.total,
        withheld: audit.cells.len() as u64,
        notes,
    };
    Ok((release, summary))
}

fn release_files(release: &Release, job: &Job) -> Result<Files, AnalysisError> {
    let mut files = Files::new();
    let mut add = |name: &str, findings: &Findings| -> Result<(), AnalysisError> {
        let text = findings.to_json().map_err(protection)?;
        files.insert(format!("{name}.json"), text.into_bytes());
        files.extend(Outcome::of_findings(findings, job.confidence).files(&job.forms)?);
        Ok(())
    };
    add("network", &release.network())?;
    for code in release.cities() {
        if let Some(findings) = release.city(code)
            && let findings::Population::City { slug, .. } = &findings.population
        {
            add(slug, &findings)?;
        }
    }
    Ok(files)
}

/// Names the file that says why cells are withheld. It stands beside the ledger, where the
/// operator keeps what nobody else may see, and never in the folder of a release.
fn audit_file(ledger: &Path, release: &Release) -> PathBuf {
    let about = release.about();
    let plain = |letter: char| {
        if letter.is_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    let wave: String = about.wave.chars().map(plain).collect();
    ledger.with_file_name(format!("audit-{wave}-{}.json", about.release))
}

/// What helps where the record holds releases of somebody else.
const OTHER_RECORD: &str = "if the earlier release is of other people, as of another survey whose \
                            wave has the same name, keep a record of their own for these: \
                            --ledger FILE";

fn is_about_earlier(error: &ProtectError) -> bool {
    matches!(
        error,
        ProtectError::Lowered { .. }
            | ProtectError::OtherGroups { .. }
            | ProtectError::NumberTaken { .. }
    )
}

fn read_ledger(path: &Path) -> Result<Ledger, AnalysisError> {
    if !path.exists() {
        return Ok(Ledger::default());
    }
    let text = crate::dataset::read(path)?;
    let text = String::from_utf8_lossy(&text);
    Ledger::from_json(&text)
        .map_err(|error| AnalysisError::data(path, format!("no ledger: {error}")))
}

/// Returns the folder name of each municipality; two with the same name would share a file.
fn cities(data: &Dataset) -> Result<BTreeMap<String, String>, AnalysisError> {
    let Some(column) = data.column_of(VariableKind::Municipality) else {
        return Ok(BTreeMap::new());
    };
    let mut cities: BTreeMap<String, String> = BTreeMap::new();
    for code in data.values(&column.name)? {
        let slug = data.slug(code);
        let taken = cities
            .iter()
            .find(|(_, other)| **other == slug)
            .map(|(code, _)| code.as_str());
        if let Some(other) =
            taken.or((slug == "network" || slug.is_empty()).then_some("a file of ours"))
        {
            return Err(AnalysisError::UnknownName {
                problem: format!(
                    "municipality `{code}` would have the file name `{slug}`, which is that of {other}"
                ),
            });
        }
        cities.insert(code.to_owned(), slug);
    }
    Ok(cities)
}

fn protection(error: findings::FormatError) -> AnalysisError {
    AnalysisError::Protection {
        problem: error.to_string(),
        help: None,
    }
}
