//! What the program brings along: the catalogue and released instruments, embedded in it.

use std::future::Future;
use std::path::Path;

use app::server::{DataFolder, Service, Stock};
use include_dir::{Dir, include_dir};
use surveys::{Catalog, Release};

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

/// Opens the service over a data folder, with the program's own catalogue and releases.
pub(crate) async fn open_service(data: &Path) -> Result<Service, Failure> {
    let stock = Stock {
        catalog: catalog()?,
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
