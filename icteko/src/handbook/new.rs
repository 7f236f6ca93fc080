//! `icteko handbook new`: first files of a city's own text.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{failure, laid_over};
use crate::arguments::{Format, Said};
use crate::counted::counted_len;
use crate::failure::Failure;
use crate::stock;

/// Options of `handbook new`.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// The city's slug, such as vantaa.
    city: String,
    /// A section that the city writes itself, such as support.local; once for each.
    #[arg(long = "section", value_name = "SECTION")]
    sections: Vec<String>,
    /// The handbook's folder; `handbook` in the data folder when absent.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    said: Said,
}

/// Writes the files that are not there yet, and says which.
pub(crate) fn run(data: &Path, options: &New) -> Result<(), Failure> {
    let folder = match &options.folder {
        Some(folder) => folder.clone(),
        None => {
            stock::must_be_there(data)?;
            data.join("handbook")
        }
    };
    let sources = laid_over(&folder)?;
    let catalog = stock::catalog_of(data)?;
    let files = handbook::begin(&sources, &catalog, &options.city, &options.sections)
        .map_err(|problems| failure(&problems, Format::Text, options.said.language))?;
    let mut new = 0;
    for (name, text) in files {
        let file = folder.join(&name);
        if file.exists() {
            note!(
                "note: {} is there already and stays as it is",
                file.display()
            );
            continue;
        }
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent).map_err(|error| Failure::at(parent, error))?;
        }
        fs::write(&file, text).map_err(|error| Failure::at(&file, error))?;
        out!("{}", file.display())?;
        new += 1;
    }
    note!("{} written", counted_len(new, "file", "files"));
    Ok(())
}
