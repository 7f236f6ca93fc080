//! `icteko handbook status`: what is stale, missing and open, in each language and city.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use handbook::Sources;

use super::{editions, read_findings, sources};
use crate::arguments::{Format, Said};
use crate::failure::Failure;

/// Options of `handbook status`.
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// The folder with findings of one release, to tell of their cities as well.
    #[arg(long, value_name = "FOLDER")]
    findings: Option<PathBuf>,
    /// An older copy of the handbook's folder, to tell changes from; published editions are known.
    #[arg(long, value_name = "FOLDER")]
    earlier: Option<PathBuf>,
    #[command(flatten)]
    said: Said,
}

/// Shows the table; what is stale or missing is a problem.
pub(crate) fn run(data: &Path, options: &Status) -> Result<(), Failure> {
    let mut cities = BTreeSet::new();
    if let Some(folder) = &options.findings {
        let files = read_findings(folder)
            .map_err(|problems| super::failure(&problems, Format::Text, options.said.language))?;
        let slugs = files.iter().map(|file| file.population().to_owned());
        cities.extend(slugs.filter(|slug| slug != "network"));
    }
    let mut earlier = editions::texts(data)?;
    if let Some(folder) = &options.earlier {
        earlier.push(Sources::read(folder).map_err(|error| Failure::at(folder, error))?);
    }
    let lang = options.said.language;
    let status = handbook::status(&sources(data)?, &cities, &earlier)
        .map_err(|problems| super::failure(&problems, Format::Text, lang))?;
    out!("{}", status.table(lang).trim_end())?;
    if status.is_in_order() {
        return Ok(());
    }
    Err(Failure::Sentence(status.sum(lang)))
}
