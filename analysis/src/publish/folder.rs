//! Writing a folder of results so that it is there whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::AnalysisError;

/// What stands in files, by their paths inside the folder.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Name of the new folder while it is being written.
const NEW: &str = "new";

/// A folder with one of these was written here and may be replaced.
const OURS: [&str; 3] = ["network.json", "working.json", super::group_tables::ABOUT];

/// All files of a folder, written beside the place where they will stand.
pub(super) struct Prepared {
    beside: TempDir,
    out: PathBuf,
    files: Vec<PathBuf>,
}

impl Prepared {
    /// Writes all files beside `out`.
    pub(super) fn new(out: &Path, files: &Files) -> Result<Prepared, AnalysisError> {
        let failed = |cause| AnalysisError::file(out, cause);
        refuse_foreign(out)?;
        let parent = parent(out);
        fs::create_dir_all(parent).map_err(failed)?;
        let beside = tempfile::Builder::new()
            .prefix(".analysis-")
            .tempdir_in(parent)
            .map_err(failed)?;
        let new = beside.path().join(NEW);
        fs::create_dir(&new).map_err(failed)?;
        for (name, bytes) in files {
            let path = new.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&new)).map_err(failed)?;
            let mut file = fs::File::create(path).map_err(failed)?;
            file.write_all(bytes)
                .and_then(|()| file.sync_all())
                .map_err(failed)?;
        }
        let files = files.keys().map(|name| out.join(name)).collect();
        let out = out.to_owned();
        Ok(Prepared { beside, out, files })
    }

    /// Renames the files into their place; returns where they are.
    pub(super) fn put_in_place(self) -> Result<Vec<PathBuf>, AnalysisError> {
        let Prepared { beside, out, files } = self;
        let failed = |cause| AnalysisError::file(&out, cause);
        if out.exists() {
            fs::rename(&out, beside.path().join("old")).map_err(failed)?;
        }
        fs::rename(beside.path().join(NEW), &out).map_err(failed)?;
        Ok(files)
    }
}

/// Replaces one file by renaming.
pub(super) fn replace_file(path: &Path, text: &str) -> Result<(), AnalysisError> {
    let failed = |cause| AnalysisError::file(path, cause);
    let parent = parent(path);
    fs::create_dir_all(parent).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(parent).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Refuses a folder that holds something else: it would be gone after the renaming.
fn refuse_foreign(out: &Path) -> Result<(), AnalysisError> {
    let failed = |cause| AnalysisError::file(out, cause);
    if !out.exists() {
        return Ok(());
    }
    let empty = fs::read_dir(out).map_err(failed)?.next().is_none();
    if empty || OURS.iter().any(|name| out.join(name).is_file()) {
        return Ok(());
    }
    let problem = "the folder holds other files; name a new folder for the results";
    Err(AnalysisError::data(out, problem))
}
