//! Releases of an instrument: `releases/NNNN.json`, and `releases.lock` with their digests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use surveys::release::{Difference, Release};
use surveys::{ReleaseNumber, Survey};

use super::{FolderError, read_text};

const LOCK: &str = "releases.lock";

/// Reads every release of an instrument and compares it with the lock, in order of number.
///
/// # Errors
/// When a release cannot be read, was changed after its release or is not in the lock.
pub fn load_releases(instrument: &Path) -> Result<Vec<Release>, FolderError> {
    let folder = instrument.join("releases");
    let mut found = Vec::new();
    for (number, locked) in lock(&folder)? {
        let file = folder.join(file_name(number));
        let text = read_text(&file)?;
        let release = Release::read(&text).map_err(|cause| FolderError::BadRelease {
            file: file.clone(),
            cause,
        })?;
        // The digest is that of the bytes as well, so that a change of layout is seen too.
        if release.sha256() != locked || release.to_json() != text || release.number() != number {
            let found = crate::sha256(text.as_bytes());
            return Err(FolderError::ReleaseChanged {
                file,
                found,
                locked,
            });
        }
        found.push(release);
    }
    not_locked(&folder, &found)?;
    Ok(found)
}

/// Freezes a survey as the next release of its instrument and returns it.
///
/// A survey that does not differ from the latest release is not released again; that release is
/// returned.
///
/// # Errors
/// When something changed that must not change, or a file cannot be written.
pub fn write_release(instrument: &Path, survey: &Survey) -> Result<Release, FolderError> {
    let mut releases = load_releases(instrument)?;
    let number = releases.last().map_or(1, |latest| latest.number() + 1);
    let next = Release::freeze(survey.clone(), number);
    if let Some(latest) = releases.last() {
        let difference = Difference::between(latest.survey(), next.survey());
        if difference.changes.is_empty() {
            return Ok(latest.clone());
        }
        let refused: Vec<_> = difference.refused().map(ToString::to_string).collect();
        if !refused.is_empty() {
            let reason = refused.join("; ");
            return Err(FolderError::ReleaseRefused { number, reason });
        }
    }
    releases.push(next.clone());
    let folder = instrument.join("releases");
    let unwritable = |file: &Path| {
        let file = file.to_owned();
        move |cause| FolderError::Unwritable { file, cause }
    };
    fs::create_dir_all(&folder).map_err(unwritable(&folder))?;
    let file = folder.join(file_name(number));
    fs::write(&file, next.to_json()).map_err(unwritable(&file))?;
    let lines = releases
        .iter()
        .map(|release| format!("{} {}\n", file_name(release.number()), release.sha256()));
    let lock = folder.join(LOCK);
    fs::write(&lock, lines.collect::<String>()).map_err(unwritable(&lock))?;
    Ok(next)
}

fn file_name(number: ReleaseNumber) -> String {
    format!("{number:04}.json")
}

fn lock(folder: &Path) -> Result<BTreeMap<ReleaseNumber, String>, FolderError> {
    let file = folder.join(LOCK);
    if !file.exists() {
        return Ok(BTreeMap::new());
    }
    let text = read_text(&file)?;
    let lines = text.lines().filter_map(|line| {
        let (name, digest) = line.split_once(' ')?;
        let number = name.strip_suffix(".json")?.parse().ok()?;
        Some((number, digest.trim().to_owned()))
    });
    Ok(lines.collect())
}

fn not_locked(folder: &Path, releases: &[Release]) -> Result<(), FolderError> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let known = |name: &String| releases.iter().any(|it| file_name(it.number()) == *name);
        let is_json = path
            .extension()
            .is_some_and(|extension| extension == "json");
        if is_json && !name.as_ref().is_some_and(known) {
            return Err(FolderError::NotLocked(path));
        }
    }
    Ok(())
}
