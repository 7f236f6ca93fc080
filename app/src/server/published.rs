//! What has been published into the data folder: released findings and handbook editions.
//!
//! Paths are made of checked names only and must stay inside their folder (IN-6).

use std::path::{Path, PathBuf};

use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use findings::Findings;
use surveys::{Lang, WaveId};

use crate::error::AppError;
use crate::server::assets::content_type;
use crate::server::folder::DataFolder;
use crate::server::state::Shared;

/// Returns the address of the newest edition of a place in a language, if there is one.
pub(crate) fn newest_handbook(folder: &DataFolder, place: &str, lang: Lang) -> Option<String> {
    let editions = folder.editions();
    let mut all = names(&editions);
    all.sort_by(|left, right| order(left).cmp(&order(right)));
    let newest = all
        .into_iter()
        .rev()
        .find(|edition| editions.join(edition).join(place).join(lang.tag()).is_dir())?;
    Some(format!("/handbook/{newest}/{place}/{}/", lang.tag()))
}

/// Returns the numbers of released findings of a wave for a place, the newest first.
pub(crate) fn releases(folder: &DataFolder, wave: &WaveId, place: &str) -> Vec<u32> {
    let of_wave = folder.findings().join(wave.as_str());
    let mut numbers: Vec<u32> = names(&of_wave)
        .iter()
        .filter_map(|name| name.parse().ok())
        .filter(|number: &u32| {
            of_wave
                .join(number.to_string())
                .join(format!("{place}.json"))
                .is_file()
        })
        .collect();
    numbers.sort_unstable_by(|left, right| right.cmp(left));
    numbers
}

/// Returns where released findings stand.
pub(crate) fn findings_file(
    folder: &DataFolder,
    wave: &WaveId,
    release: u32,
    place: &str,
) -> PathBuf {
    folder
        .findings()
        .join(wave.as_str())
        .join(release.to_string())
        .join(format!("{place}.json"))
}

/// Reads released findings. A working result or another schema is refused by the reader.
pub(crate) fn findings(
    folder: &DataFolder,
    wave: &WaveId,
    release: u32,
    place: &str,
) -> Result<Findings, AppError> {
    let path = findings_file(folder, wave, release, place);
    let text = std::fs::read_to_string(path).map_err(|_| AppError::NotFound)?;
    Findings::from_json(&text).map_err(|error| AppError::Unexpected(error.to_string()))
}

/// Returns the names of the folders in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_plain(name))
        .collect();
    names.sort();
    names
}

/// What editions are ordered by: their line, and the number of the correction in it, so that
/// `2026-kevat.10` comes after `2026-kevat.2`.
fn order(edition: &str) -> (&str, u32) {
    let correction = |(line, number): (_, &str)| Some((line, number.parse().ok()?));
    let parts = edition.rsplit_once('.').and_then(correction);
    parts.unwrap_or((edition, 0))
}

fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && !name.starts_with('.') && name.chars().all(plain)
}

/// What pages of an edition may load: their own style, faces and search, and nothing else.
const HANDBOOK_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Serves a page or a file of an edition.
pub(crate) async fn handbook(
    State(app): State<Shared>,
    UrlPath(path): UrlPath<String>,
) -> Result<Response, AppError> {
    let editions = app.service.folder.editions();
    let found = tokio::task::spawn_blocking(move || read_inside(&editions, &path))
        .await
        .map_err(|error| AppError::Unexpected(error.to_string()))?;
    match found.ok_or(AppError::NotFound)? {
        Found::Folder(address) => Ok(Redirect::to(&address).into_response()),
        Found::File(kind, bytes) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
                (
                    header::CONTENT_SECURITY_POLICY,
                    HeaderValue::from_static(HANDBOOK_POLICY),
                ),
            ];
            Ok((headers, bytes).into_response())
        }
    }
}

enum Found {
    /// A folder without the slash that its relative links need.
    Folder(String),
    File(&'static str, Vec<u8>),
}

fn read_inside(root: &Path, path: &str) -> Option<Found> {
    let (inner, is_folder) = match path.strip_suffix('/') {
        Some(inner) => (inner, true),
        None => (path, false),
    };
    if !inner.split('/').all(is_plain) {
        return None;
    }
    let root = root.canonicalize().ok()?;
    let mut file: PathBuf = root.join(inner);
    if file.is_dir() && !is_folder {
        return Some(Found::Folder(format!("/handbook/{path}/")));
    }
    if is_folder {
        file.push("index.html");
    }
    // A link that leads out of the folder is no page of ours.
    let file = file
        .canonicalize()
        .ok()
        .filter(|file| file.starts_with(&root))?;
    let name = file.file_name()?.to_str()?;
    Some(Found::File(content_type(name), std::fs::read(&file).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_edition_is_the_tenth_correction_and_not_the_second() {
        let root = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(root.path()).unwrap();
        assert_eq!(newest_handbook(&folder, "oulu", Lang::Fi), None);
        for edition in ["2025-syksy", "2026-kevat", "2026-kevat.10", "2026-kevat.2"] {
            let book = folder.editions().join(edition).join("oulu/fi");
            std::fs::create_dir_all(book).unwrap();
        }
        let newest = newest_handbook(&folder, "oulu", Lang::Fi);
        assert_eq!(newest.as_deref(), Some("/handbook/2026-kevat.10/oulu/fi/"));
        let next = folder.editions().join("2026-syksy/oulu/fi");
        std::fs::create_dir_all(next).unwrap();
        let newest = newest_handbook(&folder, "oulu", Lang::Fi);
        assert_eq!(newest.as_deref(), Some("/handbook/2026-syksy/oulu/fi/"));
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("editions");
        std::fs::create_dir_all(root.join("2026/network/fi")).unwrap();
        std::fs::write(root.join("2026/network/fi/index.html"), "sivu").unwrap();
        std::fs::write(outer.path().join("secret"), "key").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(outer.path().join("secret"), root.join("2026/link")).unwrap();
        let read = |path: &str| match read_inside(&root, path) {
            Some(Found::File(_, bytes)) => String::from_utf8(bytes).unwrap(),
            Some(Found::Folder(address)) => address,
            None => "nothing".into(),
        };
        assert_eq!(read("2026/network/fi/"), "sivu");
        assert_eq!(read("2026/network/fi"), "/handbook/2026/network/fi/");
        for path in [
            "../secret",
            "2026/../../secret",
            "2026/link",
            "",
            "/",
            "//etc/passwd",
            "2026/.x",
        ] {
            assert_eq!(read(path), "nothing", "{path}");
        }
    }
}
