//! Where the files of an edition go as they are made: memory, a folder, or nowhere.
//!
//! What is made is handed over at once and dropped by its maker, so that an edition of hundreds of
//! cities needs no more memory than the books that are being made.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use crate::section::hex;
use crate::site::Files;

/// SHA-256 of files by their path.
pub(crate) type Digests = BTreeMap<String, String>;

/// Takes files from several threads.
pub(crate) trait Sink: Sync {
    /// Takes files.
    fn put(&self, files: Files);

    /// Digests of all that was taken.
    fn digests(&self) -> Digests;
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// For who only wants to know what is wrong.
pub(crate) struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: Files) {}

    fn digests(&self) -> Digests {
        Digests::new()
    }
}

/// Keeps everything.
#[derive(Default)]
pub(crate) struct InMemory(Mutex<Files>);

impl InMemory {
    pub(crate) fn into_files(self) -> Files {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for InMemory {
    fn put(&self, mut files: Files) {
        locked(&self.0).append(&mut files);
    }

    fn digests(&self) -> Digests {
        let files = locked(&self.0);
        files
            .iter()
            .map(|(name, bytes)| (name.clone(), digest(bytes)))
            .collect()
    }
}

/// Writes files below a folder. After the first that cannot be written nothing is.
pub(crate) struct InFolder {
    folder: PathBuf,
    digests: Mutex<Digests>,
    failed: Mutex<Option<(String, io::Error)>>,
}

impl InFolder {
    pub(crate) fn at(folder: PathBuf) -> InFolder {
        InFolder {
            folder,
            digests: Mutex::default(),
            failed: Mutex::default(),
        }
    }

    /// Returns the file that could not be written, and why.
    pub(crate) fn failed(self) -> Option<(String, io::Error)> {
        self.failed
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, bytes)
    }
}

impl Sink for InFolder {
    fn put(&self, files: Files) {
        for (name, bytes) in files {
            if locked(&self.failed).is_some() {
                return;
            }
            match self.write(&name, &bytes) {
                Ok(()) => {
                    locked(&self.digests).insert(name, digest(&bytes));
                }
                Err(error) => {
                    locked(&self.failed).get_or_insert((name, error));
                }
            }
        }
    }

    fn digests(&self) -> Digests {
        locked(&self.digests).clone()
    }
}
