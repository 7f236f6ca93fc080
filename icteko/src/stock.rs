//! What the program brings along: the catalogue and released instruments, embedded in it.

use std::future::Future;
use std::path::Path;

use app::server::{DataFolder, Service, Stock};
use include_dir::{Dir, include_dir};
use surveys::definition::Located;
use surveys::{Catalog, Release};

use crate::arguments::DATA;
use crate::failure::Failure;

/// Name and version, for provenance.
pub(crate) const PROGRAM: &str = concat!("icteko ", env!("CARGO_PKG_VERSION"));

static CATALOG: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../surveys/catalog");
static INSTRUMENTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../surveys/instruments");

/// Returns the program's own catalogue.
pub(crate) fn catalog() -> Result<Catalog, Failure> {
    let mut files = Vec::new();
    collect(&CATALOG, &mut files);
    let sources = exchange::folder::sources_from(files.iter().map(|(name, text)| (*name, *text)));
    let (catalog, problems) = Catalog::parse(&sources);
    match problems.first() {
        None => Ok(catalog),
        Some(problem) => Err(Failure::Sentence(format!(
            "the program's catalogue is broken: {}",
            problem.one_line()
        ))),
    }
}

/// Returns the program's catalogue with the municipalities that the data folder adds to it.
pub(crate) fn catalog_of(data: &Path) -> Result<Catalog, Failure> {
    let mut catalog = catalog()?;
    let path = data.join("municipalities.toml");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(catalog),
        Err(error) => return Err(Failure::at(&path, error)),
    };
    let problems = catalog.add_municipalities(&path.display().to_string(), &text);
    if problems.is_empty() {
        return Ok(catalog);
    }
    Err(Failure::of_files(&problems, Located::one_line))
}

/// Returns every release the program carries.
pub(crate) fn releases() -> Result<Vec<Release>, Failure> {
    let mut files = Vec::new();
    collect(&INSTRUMENTS, &mut files);
    files
        .iter()
        .filter(|(name, _)| name.contains("/releases/") && name.ends_with(".json"))
        .map(|(name, text)| {
            Release::read(text).map_err(|error| Failure::Sentence(format!("{name}: {error}")))
        })
        .collect()
}

/// Refuses a data folder that is not there: a name with a slip in it would get a folder, a
/// database and keys of its own.
pub(crate) fn must_be_there(data: &Path) -> Result<(), Failure> {
    if data.is_dir() {
        return Ok(());
    }
    Err(Failure::Sentence(format!(
        "there is no data folder {}; name the one there is with --data FOLDER, or begin one with  {}",
        data.display(),
        typed(data, "import network network.toml")
    )))
}

/// Returns a command as it is to be typed for this data folder.
pub(crate) fn typed(data: &Path, command: &str) -> String {
    let named = data.display().to_string();
    match named.as_str() {
        DATA => format!("icteko {command}"),
        _ if named.contains(char::is_whitespace) => format!("icteko --data \"{named}\" {command}"),
        _ => format!("icteko --data {named} {command}"),
    }
}

/// Opens the service over a data folder that is there.
pub(crate) async fn open_service(data: &Path) -> Result<Service, Failure> {
    must_be_there(data)?;
    begin_service(data).await
}

/// Opens the service over a data folder, which is made where there is none, with the program's own
/// catalogue and releases.
pub(crate) async fn begin_service(data: &Path) -> Result<Service, Failure> {
    let stock = Stock {
        catalog: catalog_of(data)?,
        releases: releases()?,
    };
    let folder = DataFolder::open(data).map_err(Failure::new)?;
    Service::open(folder, stock).await.map_err(Failure::new)
}

/// Runs a command that waits for the store.
pub(crate) fn in_runtime(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Sentence(format!("cannot start: {error}")))?
        .block_on(work)
}

fn collect(dir: &'static Dir<'static>, files: &mut Vec<(&'static str, &'static str)>) {
    for file in dir.files() {
        if let (Some(name), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push((name, text));
        }
    }
    for inner in dir.dirs() {
        collect(inner, files);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_carries_a_catalogue_of_28_staff_groups_and_a_released_instrument() {
        assert_eq!(catalog().unwrap().roles.len(), 28);
        let releases = releases().unwrap();
        assert!(
            releases
                .iter()
                .any(|release| release.survey().id.as_str() == "icteko-perus")
        );
    }
}
