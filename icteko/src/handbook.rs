//! `icteko handbook`: check the text, build and publish editions; the other subcommands stand in
//! files of their own.

pub(crate) mod accept;
pub(crate) mod diff;
mod editions;
pub(crate) mod new;
pub(crate) mod preview;
pub(crate) mod status;

use std::fs;
use std::path::Path;

use ::findings::Population;
use handbook::{Archive, FindingsFile, Located, Request, Sources, Told, WholeBooks, Written};
use surveys::Lang;

use crate::arguments::{Books, Format, Handbook};
use crate::counted::counted_len;
use crate::failure::Failure;
use crate::stock::{self, PROGRAM};

/// Carries out a subcommand on the handbook.
pub(crate) fn run(data: &Path, command: &Handbook) -> Result<(), Failure> {
    match command {
        Handbook::Check {
            findings,
            trace,
            format,
            said,
        } => {
            let files = match findings {
                Some(folder) => read_findings(folder)
                    .map_err(|problems| failure(&problems, *format, said.language))?,
                None => Vec::new(),
            };
            let catalog = stock::catalog_of(data)?;
            let sources = sources(data)?;
            let request = Request {
                sources: &sources,
                catalog: &catalog,
                findings: &files,
                edition: "check",
                draft: false,
                published: None,
                approved: None,
                program: PROGRAM,
                previous: None,
                whole: WholeBooks::default(),
                threads: None,
            };
            let problems = handbook::check(&request);
            if let Some(file) = trace {
                write_trace(&request, file)?;
            }
            if problems.is_empty() {
                match format {
                    Format::Json => out!("[]")?,
                    Format::Text => note!("no problems"),
                }
                return Ok(());
            }
            Err(failure(&problems, *format, said.language))
        }
        Handbook::Build {
            edition,
            findings,
            out,
            draft,
            published,
            previous,
            books,
            said,
        } => {
            let previous = match previous {
                Some(named) => Some(editions::archive(data, named)?),
                None => None,
            };
            let asked = Asked {
                edition,
                findings,
                draft: *draft,
                published: published.as_deref(),
                approved: None,
                previous,
                books: *books,
                language: said.language,
            };
            match write(data, &asked, out) {
                Ok(written) => {
                    tell(&written, out);
                    Ok(())
                }
                Err(Why::Problems(problems)) => {
                    Err(failure(&problems, Format::Text, said.language))
                }
                Err(Why::Other(other)) => Err(other),
            }
        }
        Handbook::Publish {
            edition,
            findings,
            published,
            approved_by,
            books,
            said,
        } => publish(
            data,
            Asked {
                edition,
                findings,
                draft: false,
                published: published.as_deref(),
                approved: approved_by.as_deref(),
                previous: None,
                books: *books,
                language: said.language,
            },
        ),
        Handbook::New(options) => new::run(data, options),
        Handbook::Preview(options) => preview::run(data, options),
        Handbook::Status(options) => status::run(data, options),
        Handbook::Directives => out!("{}", handbook::reference().trim_end()),
        Handbook::Diff(options) => diff::run(data, options),
        Handbook::Accept(options) => accept::run(data, options),
    }
}

/// Writes where the findings stand; problems of the text are told by the check itself.
fn write_trace(request: &Request<'_>, file: &Path) -> Result<(), Failure> {
    let Ok(trace) = handbook::trace(request) else {
        note!("note: no trace is written before the text can be read");
        return Ok(());
    };
    let text = serde_json::to_string_pretty(&trace).map_err(Failure::new)?;
    fs::write(file, text + "\n").map_err(|error| Failure::at(file, error))?;
    for (population, places) in &trace.populations {
        note!(
            "{population}: {} in the text, {} nowhere",
            counted_len(places.used.len(), "finding", "findings"),
            places.unused.len()
        );
    }
    Ok(())
}

/// What an edition is built from.
struct Asked<'a> {
    edition: &'a str,
    findings: &'a Path,
    draft: bool,
    published: Option<&'a str>,
    approved: Option<&'a str>,
    previous: Option<Archive>,
    books: Books,
    /// Of problems.
    language: Lang,
}

/// Why there is no edition.
enum Why {
    Problems(Vec<Located>),
    Other(Failure),
}

impl From<Failure> for Why {
    fn from(failure: Failure) -> Why {
        Why::Other(failure)
    }
}

fn write(data: &Path, asked: &Asked<'_>, out: &Path) -> Result<Written, Why> {
    let today = jiff::Zoned::now().date().to_string();
    let published = asked.published.unwrap_or(&today);
    if published.parse::<jiff::civil::Date>().is_err() {
        let sentence = format!("`{published}` is no day; write it as 2026-06-15");
        return Err(Failure::Sentence(sentence).into());
    }
    let files = read_findings(asked.findings).map_err(Why::Problems)?;
    let catalog = stock::catalog_of(data)?;
    let sources = sources(data)?;
    let request = Request {
        sources: &sources,
        catalog: &catalog,
        findings: &files,
        edition: asked.edition,
        draft: asked.draft,
        published: (!asked.draft).then_some(published),
        approved: asked.approved,
        program: PROGRAM,
        previous: asked.previous.as_ref(),
        whole: WholeBooks {
            network_only: asked.books == Books::Network,
            epub: asked.books != Books::None,
            pdf: asked.books != Books::None,
        },
        threads: None,
    };
    handbook::write(&request, out).map_err(Why::Problems)
}

/// Shows the gates, and writes the edition where the service finds it if all let it through.
fn publish(data: &Path, mut asked: Asked<'_>) -> Result<(), Failure> {
    stock::must_be_there(data)?;
    let editions = data.join("editions");
    let out = editions.join(asked.edition);
    let language = asked.language;
    let refused = |problems: &[Located]| -> Result<(), Failure> {
        out!("{}", handbook::gates(problems, language).trim_end())?;
        Err(failure(problems, Format::Text, language))
    };
    let corrected = match handbook::corrected(asked.edition, &editions::names(data)?) {
        Ok(corrected) => corrected,
        Err(problem) => return refused(&[*problem]),
    };
    asked.previous = editions::before(data, corrected.as_deref())?;
    match write(data, &asked, &out) {
        Ok(written) => {
            out!("{}", handbook::gates(&[], language).trim_end())?;
            tell(&written, &out);
            written.write_beside(&editions).map_err(|problem| {
                note!(
                    "{} is out, but a page beside what it corrects is missing:",
                    asked.edition
                );
                failure(&[*problem], Format::Text, language)
            })?;
            for name in written.beside.keys() {
                note!(
                    "{} points to {}",
                    editions.join(name).display(),
                    asked.edition
                );
            }
            Ok(())
        }
        Err(Why::Problems(problems)) => refused(&problems),
        Err(Why::Other(failure)) => Err(failure),
    }
}

/// Says what stands where now.
fn tell(written: &Written, out: &Path) {
    for problem in &written.problems {
        note!("open in this draft: {}", problem.one_line());
    }
    note!(
        "{} written to {}",
        counted_len(written.files, "file", "files"),
        out.display()
    );
}

/// The program's own text, with what the data folder lays over it.
fn sources(data: &Path) -> Result<Sources, Failure> {
    laid_over(&data.join("handbook"))
}

/// The program's own text with a folder laid over it, where there is one.
fn laid_over(folder: &Path) -> Result<Sources, Failure> {
    let embedded = Sources::embedded();
    if !folder.is_dir() {
        return Ok(embedded);
    }
    Ok(embedded.with(Sources::read(folder).map_err(Failure::new)?))
}

fn read_findings(folder: &Path) -> Result<Vec<FindingsFile>, Vec<Located>> {
    let files = FindingsFile::read_folder(folder)?;
    note_what_is_missing(folder, &files);
    Ok(files)
}

/// Says which editions there will be none of, though the findings name them: part of the folder
/// may have been lost on the way.
fn note_what_is_missing(folder: &Path, files: &[FindingsFile]) {
    let network = |file: &&FindingsFile| file.findings.population == Population::Network;
    let Some(network) = files.iter().find(network) else {
        note!(
            "note: no network.json in {}: there will be no edition of the network",
            folder.display()
        );
        return;
    };
    let there: Vec<&str> = files
        .iter()
        .filter_map(|file| match &file.findings.population {
            Population::City { code, .. } => Some(code.as_str()),
            Population::Network => None,
        })
        .collect();
    let named = network.findings.labels.get("municipality");
    for (code, name) in named.into_iter().flatten() {
        if !there.contains(&code.as_str()) {
            note!(
                "note: no findings of {} ({code}) in {}: there will be no edition of it",
                name.get(Lang::En).unwrap_or(code),
                folder.display()
            );
        }
    }
}

/// The problems as a failure, told in a language: Finnish, else English.
fn failure(problems: &[Located], format: Format, lang: Lang) -> Failure {
    let told: Vec<Told<'_>> = problems.iter().map(|problem| problem.told(lang)).collect();
    if format == Format::Text {
        return Failure::of_files(&told, Told::one_line);
    }
    let lines: Vec<String> = told.iter().map(Told::one_line).collect();
    Failure::Problems {
        text: serde_json::json!(lines).to_string(),
        count: problems.len(),
        for_programs: true,
    }
}
