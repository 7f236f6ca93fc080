//! `icteko handbook accept`: a person has read texts against those they hang on, and says so.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use handbook::Sources;
use surveys::Lang;

use crate::counted::counted_len;
use crate::failure::Failure;

/// Options of `handbook accept`.
#[derive(Debug, Args)]
pub(crate) struct Accept {
    /// Ids of sections, or paths of files below the folder.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    sections: Vec<String>,
    /// Everything that hangs on another text.
    #[arg(long)]
    all: bool,
    /// Only texts in this language: fi, sv or en.
    #[arg(long, value_parser = language, value_name = "LANGUAGE")]
    only: Option<Lang>,
    /// The handbook's folder; `handbook` in the data folder when absent.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

pub(crate) fn language(tag: &str) -> Result<Lang, String> {
    Lang::from_tag(tag).ok_or_else(|| "languages are fi, sv and en".to_owned())
}

/// Writes the present digests into the files, and says into which.
pub(crate) fn run(data: &Path, options: &Accept) -> Result<(), Failure> {
    let folder = options
        .folder
        .clone()
        .unwrap_or_else(|| data.join("handbook"));
    let own = Sources::read(&folder).map_err(|error| Failure::at(&folder, error))?;
    let sources = Sources::embedded().with(own.clone());
    let mut changed = 0;
    for path in chosen(options, &own, &sources)? {
        let Some(text) = handbook::accept(&sources, &path) else {
            continue;
        };
        if own.get(&path).is_some_and(|file| file.text != text) {
            let file = folder.join(&path);
            fs::write(&file, text).map_err(|error| Failure::at(&file, error))?;
            out!("{path}")?;
            changed += 1;
        }
    }
    note!("{} noted as read", counted_len(changed, "text", "texts"));
    Ok(())
}

/// Paths of what was asked for, in the folder itself; something that is not there is said.
fn chosen(options: &Accept, own: &Sources, sources: &Sources) -> Result<Vec<String>, Failure> {
    let hangs = |path: &&str| own.get(path).is_some() && handbook::accept(sources, path).is_some();
    let mut paths: Vec<&str> = Vec::new();
    if options.all {
        let names = own.iter().map(|file| file.name.as_str());
        paths.extend(names.filter(|path| hangs(path)));
    }
    for section in &options.sections {
        let files = match own.get(section) {
            Some(_) => vec![section.as_str()],
            None => handbook::files_of(sources, section),
        };
        let before = paths.len();
        paths.extend(files.into_iter().filter(|path| hangs(path)));
        if paths.len() == before {
            return Err(Failure::Sentence(format!(
                "{section}: the folder has no text of this id or path that hangs on a Finnish one; \
                 see  icteko handbook status"
            )));
        }
    }
    let tag = options.only.map(Lang::tag);
    paths.retain(|path| tag.is_none_or(|tag| path.split('/').any(|part| part == tag)));
    Ok(paths.into_iter().map(str::to_owned).collect())
}
