//! The data folder: configuration, database, keys, datasets, findings, editions, help, jobs.
//!
//! It is made on first use, readable by its owner only (OP-4). With a SQLite file one process holds
//! it at a time (DU-13); with PostgreSQL several servers share it.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::server::config::{Config, ConfigError};
use crate::server::keys::Keys;
use crate::store::{Place, PostgresPlace};

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process writes to it.
    #[error(
        "{0} is in use by another ICTeko process; stop it first, or do the same on its coordinator's page"
    )]
    InUse(PathBuf),
    /// A file or folder cannot be read or made.
    #[error("{path}: {problem}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the operating system said.
        problem: std::io::Error,
    },
    /// A key file holds something else than 32 bytes.
    #[error(
        "{0} must hold 32 bytes; put the right file back from the key safe, codes and drafts need it"
    )]
    Key(PathBuf),
    /// There is a database but a key is missing.
    #[error("{0} is missing although there is a database; put it back from the key safe")]
    KeyMissing(PathBuf),
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

/// A data folder that this process may write to.
#[derive(Debug)]
pub struct DataFolder {
    root: PathBuf,
    config: Config,
    // Held for its lock.
    _lock: File,
}

impl DataFolder {
    /// Opens a data folder, making what is missing.
    ///
    /// # Errors
    /// When another process holds it, or a file in it is wrong.
    pub fn open(root: &Path) -> Result<DataFolder, FolderError> {
        make_private(root)?;
        for name in ["keys", "datasets", "findings", "editions", "help", "jobs"] {
            make_private(&root.join(name))?;
        }
        let config = read_config(&root.join("icteko.toml"))?;
        let lock = lock(root, config.store.url.is_some())?;
        Ok(DataFolder {
            root: root.to_owned(),
            config,
            _lock: lock,
        })
    }

    /// Returns the configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Returns where the rows are.
    #[must_use]
    pub fn place(&self) -> Place {
        let store = &self.config.store;
        match &store.url {
            None => Place::File(self.root.join("icteko.db")),
            Some(url) => Place::Postgres(PostgresPlace {
                url: url.clone(),
                password_file: store.password_file.clone(),
                log_is_kept: store.log_is_kept,
            }),
        }
    }

    /// Returns where the database stands; a file is there, readable by its owner only.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn database(&self) -> Result<Place, FolderError> {
        let place = self.place();
        if let Place::File(path) = &place {
            // SQLite gives its log and its index of the log the same rights as this file.
            private_file(OpenOptions::new().append(true).create(true), path)?;
        }
        Ok(place)
    }

    /// Returns the folder of released findings.
    #[must_use]
    pub fn findings(&self) -> PathBuf {
        self.root.join("findings")
    }

    /// Returns where a city's contacts and trainings stand.
    #[must_use]
    pub fn help(&self, slug: &str) -> PathBuf {
        self.root.join("help").join(format!("{slug}.toml"))
    }

    /// Returns the folder of published handbook editions.
    #[must_use]
    pub fn editions(&self) -> PathBuf {
        self.root.join("editions")
    }

    /// Reads the keys, making them where there is no database yet.
    ///
    /// # Errors
    /// When a key is missing beside a database that needs it, or is not 32 bytes.
    pub fn keys(&self, has_database: bool) -> Result<Keys, FolderError> {
        let key = |name: &str| read_key(&self.root.join("keys").join(name), has_database);
        Ok(Keys::new(key("code")?, key("draft")?, key("submission")?))
    }
}

/// Takes the folder: alone for a file, together with other servers of one database.
fn lock(root: &Path, is_shared: bool) -> Result<File, FolderError> {
    let path = root.join("icteko.lock");
    let file = private_file(OpenOptions::new().append(true).create(true), &path)?;
    let taken = if is_shared {
        file.try_lock_shared()
    } else {
        file.try_lock()
    };
    match taken {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(FolderError::InUse(root.to_owned())),
        Err(TryLockError::Error(problem)) => Err(FolderError::Unreadable { path, problem }),
    }
}

fn read_config(path: &Path) -> Result<Config, FolderError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Config::parse(&text, &path.display().to_string())?),
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {
            let mut file = private_file(OpenOptions::new().write(true).create_new(true), path)?;
            file.write_all(Config::FIRST.as_bytes())
                .map_err(|problem| unreadable(path, problem))?;
            Ok(Config::parse(Config::FIRST, &path.display().to_string())?)
        }
        Err(problem) => Err(unreadable(path, problem)),
    }
}

fn read_key(path: &Path, has_database: bool) -> Result<[u8; 32], FolderError> {
    match fs::read(path) {
        Ok(bytes) => bytes
            .try_into()
            .map_err(|_| FolderError::Key(path.to_owned())),
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => {
            if has_database {
                return Err(FolderError::KeyMissing(path.to_owned()));
            }
            let mut key = [0; 32];
            getrandom::fill(&mut key)
                .map_err(|error| unreadable(path, std::io::Error::other(error.to_string())))?;
            write_key(path, &key)
        }
        Err(problem) => Err(unreadable(path, problem)),
    }
}

/// Writes a new key. Where another server of the same folder was quicker, its key counts.
fn write_key(path: &Path, key: &[u8; 32]) -> Result<[u8; 32], FolderError> {
    let whole = path.with_extension(std::process::id().to_string());
    let mut file = private_file(
        OpenOptions::new().write(true).create(true).truncate(true),
        &whole,
    )?;
    let linked = file
        .write_all(key)
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::hard_link(&whole, path));
    let removed = fs::remove_file(&whole);
    match linked {
        Err(problem) if problem.kind() == std::io::ErrorKind::AlreadyExists => read_key(path, true),
        linked => linked
            .and(removed)
            .map(|()| *key)
            .map_err(|problem| unreadable(path, problem)),
    }
}

fn make_private(path: &Path) -> Result<(), FolderError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(path)
        .map_err(|problem| unreadable(path, problem))
}

fn private_file(options: &mut OpenOptions, path: &Path) -> Result<File, FolderError> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
        .open(path)
        .map_err(|problem| unreadable(path, problem))
}

fn unreadable(path: &Path, problem: std::io::Error) -> FolderError {
    FolderError::Unreadable {
        path: path.to_owned(),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_process_is_refused_with_a_clear_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let first = DataFolder::open(folder.path()).unwrap();
        let refused = DataFolder::open(folder.path()).unwrap_err().to_string();
        assert!(
            refused.contains("is in use by another ICTeko process"),
            "{refused}"
        );
        drop(first);
        assert!(DataFolder::open(folder.path()).is_ok());
    }

    #[test]
    fn servers_of_one_database_share_the_folder_and_its_keys() {
        let folder = tempfile::tempdir().unwrap();
        let settings = "[store]\nurl = \"postgres:///icteko?host=/run/postgresql&user=icteko\"\n";
        fs::write(folder.path().join("icteko.toml"), settings).unwrap();
        let first = DataFolder::open(folder.path()).unwrap();
        let second = DataFolder::open(folder.path()).unwrap();
        let code = crate::server::code::Code::from_random([1; 15]);
        assert_eq!(
            first.keys(false).unwrap().code_hash(&code),
            second.keys(false).unwrap().code_hash(&code)
        );
        let path = folder.path().join("keys/code");
        let kept = fs::read(&path).unwrap();
        assert_eq!(write_key(&path, &[9; 32]).unwrap().to_vec(), kept);
        assert_eq!(fs::read_dir(folder.path().join("keys")).unwrap().count(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let outer = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(&outer.path().join("data")).unwrap();
        folder.keys(false).unwrap();
        folder.database().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.root), 0o700);
        assert_eq!(mode(&folder.root.join("keys")), 0o700);
        for name in [
            "keys/code",
            "keys/draft",
            "keys/submission",
            "icteko.db",
            "icteko.toml",
        ] {
            assert_eq!(mode(&folder.root.join(name)), 0o600, "{name}");
        }
    }

    #[test]
    fn keys_are_made_once_and_never_beside_an_old_database() {
        let outer = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(outer.path()).unwrap();
        let code = crate::server::code::Code::from_random([1; 15]);
        let hash = folder.keys(false).unwrap().code_hash(&code);
        assert_eq!(folder.keys(true).unwrap().code_hash(&code), hash);
        fs::remove_file(outer.path().join("keys/code")).unwrap();
        assert!(matches!(folder.keys(true), Err(FolderError::KeyMissing(_))));
        fs::write(outer.path().join("keys/code"), "short").unwrap();
        assert!(matches!(folder.keys(true), Err(FolderError::Key(_))));
    }
}
