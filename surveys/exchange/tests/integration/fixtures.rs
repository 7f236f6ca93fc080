//! The small definitions of the crate `surveys`, and copies of folders to write into.

use std::fs;
use std::path::{Path, PathBuf};

use exchange::folder::{read_catalog, read_survey};
use surveys::{Catalog, Survey};

pub(crate) fn definitions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/definitions")
}

pub(crate) fn catalog() -> Catalog {
    let catalog = read_catalog(&definitions().join("catalog")).unwrap();
    assert!(catalog.problems.is_empty());
    catalog.value
}

pub(crate) fn everything() -> Survey {
    let folder = definitions().join("valid/everything");
    read_survey(&folder, &catalog()).unwrap().value.unwrap()
}

/// Copies an instrument so that a test can change it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
