//! The one door to definition files on disk: folders in, releases and digests out.
//!
//! A catalogue and an instrument are read into [`Sources`], text in memory, and checked there.
//! The same works for files that are embedded in a program ([`sources_from`]). Writing is narrow:
//! a release under its number, and the digest of a translation that a person has read again.

mod release;
mod translated;

use std::fs;
use std::path::{Path, PathBuf};

use surveys::Catalog;
use surveys::Survey;
use surveys::definition::{Located, Sources};

pub use release::{load_releases, write_release};
pub use translated::{Stamped, translated};

/// A definition file larger than this is refused; real ones have some ten kilobytes.
const MOST_BYTES: u64 = 2 * 1024 * 1024;

/// Why a folder cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder is not there.
    #[error("there is no folder {0}")]
    NoFolder(PathBuf),
    /// A file cannot be read.
    #[error("cannot read {file}: {cause}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// A file is not text in UTF-8.
    #[error("{0} is not text in UTF-8")]
    NotText(PathBuf),
    /// A file is far larger than any definition.
    #[error("{0} is larger than 2 MiB")]
    TooLarge(PathBuf),
    /// A file cannot be written.
    #[error("cannot write {file}: {cause}")]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// A release file does not have the digest that the lock says.
    #[error(
        "{file} was changed after its release: its digest is {found}, releases.lock says {locked}"
    )]
    ReleaseChanged {
        /// The release file.
        file: PathBuf,
        /// Digest of what stands there now.
        found: String,
        /// Digest when it was released.
        locked: String,
    },
    /// A release file is not in the lock.
    #[error("{0} is not in releases.lock; write releases with `icteko survey release`")]
    NotLocked(PathBuf),
    /// A release file cannot be used.
    #[error("{file}: {cause}")]
    BadRelease {
        /// The release file.
        file: PathBuf,
        /// What is wrong with it.
        #[source]
        cause: surveys::release::ReleaseError,
    },
    /// The survey cannot follow the latest release.
    #[error("release {number} is refused: {reason}")]
    ReleaseRefused {
        /// The number it would have had.
        number: u32,
        /// What must not change, and what to do.
        reason: String,
    },
    /// A translation file that is to be stamped is not TOML.
    #[error("{file} is not TOML: {message}")]
    NotToml {
        /// The file.
        file: PathBuf,
        /// What the parser says.
        message: String,
    },
    /// A key that is to be stamped is not in the definition or not in the file.
    #[error("{file} has no [\"{key}\"]")]
    NoSuchKey {
        /// The file.
        file: PathBuf,
        /// The key.
        key: String,
    },
}

/// A folder that was read, and what was found in it.
#[derive(Debug)]
pub struct Checked<T> {
    /// What stands in it; usable where there are no problems.
    pub value: T,
    /// Every problem, each with a path below the folder.
    pub problems: Vec<Located>,
}

/// Reads and checks a catalogue folder.
///
/// # Errors
/// When a file cannot be read at all; what stands in the files is judged in `problems`.
pub fn read_catalog(folder: &Path) -> Result<Checked<Catalog>, FolderError> {
    let (value, problems) = Catalog::parse(&read_sources(folder)?);
    Ok(Checked { value, problems })
}

/// Reads and checks an instrument folder against a catalogue; releases are left aside.
///
/// # Errors
/// When a file cannot be read at all; what stands in the files is judged in `problems`.
pub fn read_survey(
    folder: &Path,
    catalog: &Catalog,
) -> Result<Checked<Option<Survey>>, FolderError> {
    let (value, problems) = surveys::definition::check(&read_sources(folder)?, catalog);
    Ok(Checked { value, problems })
}

/// Reads every `.toml` and `.md` file below a folder; `releases/` and hidden files are left out.
///
/// # Errors
/// When the folder is not there or a file cannot be read.
pub fn read_sources(folder: &Path) -> Result<Sources, FolderError> {
    if !folder.is_dir() {
        return Err(FolderError::NoFolder(folder.to_owned()));
    }
    let mut sources = Sources::new();
    collect(folder, "", &mut sources)?;
    Ok(sources)
}

fn collect(folder: &Path, prefix: &str, sources: &mut Sources) -> Result<(), FolderError> {
    let unreadable = |cause| FolderError::Unreadable {
        file: folder.to_owned(),
        cause,
    };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || (prefix.is_empty() && name == "releases") {
            continue;
        }
        let inside = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{inside}/"), sources)?;
        } else if is_source(&name) {
            sources.insert(inside, read_text(&path)?);
        }
    }
    Ok(())
}

fn is_source(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension == "toml" || extension == "md")
}

pub(crate) fn read_text(path: &Path) -> Result<String, FolderError> {
    let unreadable = |cause| FolderError::Unreadable {
        file: path.to_owned(),
        cause,
    };
    if fs::metadata(path).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(FolderError::TooLarge(path.to_owned()));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| FolderError::NotText(path.to_owned()))?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map_or(text.clone(), str::to_owned))
}

/// Makes sources from files in memory, such as those embedded in a program: each with its path
/// below the folder. What is no definition file, releases included, is left out.
pub fn sources_from<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Sources {
    files
        .into_iter()
        .filter(|(name, _)| is_source(name) && !name.starts_with("releases/"))
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect()
}
