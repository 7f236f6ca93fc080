//! `icteko survey`: check, release, compare, and note that translations were read again.

use std::path::Path;

use exchange::folder;
use surveys::definition::Located;
use surveys::release::Difference;
use surveys::{Catalog, Lang, Release};

use crate::arguments::{Format, Survey};
use crate::counted::counted_len;
use crate::failure::Failure;
use crate::stock;

/// Carries out a subcommand on survey definitions.
pub(crate) fn run(command: &Survey) -> Result<(), Failure> {
    match command {
        Survey::Check {
            folder,
            catalog,
            format,
        } => {
            let survey = checked(folder, catalog.as_deref(), *format)?;
            match format {
                Format::Json => out!("[]")?,
                Format::Text => note!(
                    "{}: {} in {}, no problems",
                    survey.id,
                    counted_len(survey.items.len(), "item", "items"),
                    counted_len(survey.sections.len(), "section", "sections")
                ),
            }
            Ok(())
        }
        Survey::Release { folder, catalog } => {
            let survey = checked(folder, catalog.as_deref(), Format::Text)?;
            let release = folder::write_release(folder, &survey).map_err(Failure::new)?;
            out!(
                "{} release {} sha256 {}",
                survey.id,
                release.number(),
                release.sha256()
            )?;
            Ok(())
        }
        Survey::Diff { earlier, later } => diff(earlier, later),
        Survey::Translated {
            folder,
            language,
            keys,
        } => {
            let lang = Lang::from_tag(language)
                .filter(|lang| *lang != Lang::Fi)
                .ok_or_else(|| {
                    Failure::Sentence(format!(
                        "`{language}` is not a language to translate into: sv or en"
                    ))
                })?;
            let stamped = folder::translated(folder, lang, keys).map_err(Failure::new)?;
            for stamp in &stamped {
                out!("{} {}", stamp.key, stamp.digest)?;
            }
            note!(
                "{} changed",
                counted_len(stamped.len(), "digest", "digests")
            );
            Ok(())
        }
    }
}

fn checked(
    folder: &Path,
    catalog: Option<&Path>,
    format: Format,
) -> Result<surveys::Survey, Failure> {
    let catalog = match catalog {
        Some(path) => {
            let read = folder::read_catalog(path).map_err(Failure::new)?;
            refuse_problems(path, &read.problems, format)?;
            read.value
        }
        None => stock::catalog()?,
    };
    survey_of(folder, &catalog, format)
}

fn survey_of(folder: &Path, catalog: &Catalog, format: Format) -> Result<surveys::Survey, Failure> {
    let read = folder::read_survey(folder, catalog).map_err(Failure::new)?;
    refuse_problems(folder, &read.problems, format)?;
    read.value
        .ok_or_else(|| Failure::at(folder, "the definition is not whole"))
}

fn refuse_problems(folder: &Path, problems: &[Located], format: Format) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    if format == Format::Text {
        let one_line = |problem: &Located| format!("{}/{}", folder.display(), problem.one_line());
        return Err(Failure::of_files(problems, one_line));
    }
    let summaries: Vec<_> = problems.iter().map(Located::summary).collect();
    Err(Failure::Problems {
        text: serde_json::to_string_pretty(&summaries).map_err(Failure::new)?,
        count: problems.len(),
        for_programs: true,
    })
}

fn diff(earlier: &Path, later: &Path) -> Result<(), Failure> {
    let read = |path: &Path| -> Result<Release, Failure> {
        let text = std::fs::read_to_string(path).map_err(|error| Failure::at(path, error))?;
        Release::read(&text).map_err(|error| Failure::at(path, error))
    };
    let (earlier, later) = (read(earlier)?, read(later)?);
    let difference = Difference::between(earlier.survey(), later.survey());
    for change in &difference.changes {
        out!("{change}")?;
    }
    let refused = difference.refused().count();
    if refused == 0 {
        note!("{} changes, none refused", difference.changes.len());
        return Ok(());
    }
    Err(Failure::Sentence(format!(
        "{refused} changes that need a new id"
    )))
}
