//! What a disk may hold after the power was cut: what was synced, and of every write since then
//! whatever the machine had got round to, in whatever order.

use std::collections::BTreeMap;
use std::path::Path;

use rand::{Rng, RngExt as _};

use crate::recorded::Event;

/// What a disk writes as a whole.
const SECTOR: usize = 512;

/// How much of what was not synced a cut spares.
const SPARED: [f64; 5] = [0.0, 0.1, 0.5, 0.9, 1.0];

/// A disk as far as a record goes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Disk {
    files: BTreeMap<String, Stored>,
    /// How many events it has seen.
    seen: usize,
}

/// A file.
#[derive(Clone, Debug, Default)]
struct Stored {
    /// Whether the file's name lasts, and whether it is there now.
    is_named: bool,
    is_there: bool,
    /// What lasts.
    synced: Vec<u8>,
    /// What was done since, each with its place in the record.
    since: Vec<(usize, Change)>,
}

#[derive(Clone, Debug)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Resize(usize),
}

impl Disk {
    /// The files of a folder as they lie there, all of them synced.
    pub(crate) fn of(folder: &Path) -> Disk {
        let mut disk = Disk::default();
        for name in ["icteko.db", "icteko.db-wal"] {
            if let Ok(synced) = std::fs::read(folder.join(name)) {
                let stored = Stored {
                    is_named: true,
                    is_there: true,
                    synced,
                    since: Vec::new(),
                };
                disk.files.insert(name.to_owned(), stored);
            }
        }
        disk
    }

    /// Does what a server did next.
    pub(crate) fn follow(&mut self, event: &Event) {
        match event {
            Event::Opened { file } => self.file(file).is_there = true,
            Event::Removed { file } => self.file(file).is_there = false,
            Event::FolderSynced => {
                for stored in self.files.values_mut() {
                    stored.is_named = stored.is_there;
                }
            }
            Event::Wrote { file, at, bytes } => {
                let (at, bytes) = (*at, bytes.clone());
                self.change(file, Change::Write { at, bytes });
            }
            Event::Resized { file, length } => self.change(file, Change::Resize(*length)),
            Event::Synced {
                file,
                since,
                is_done,
            } => self.file(file).sync(*since, *is_done),
            Event::Failed { .. } | Event::Unread { .. } | Event::Answered { .. } => {}
        }
        self.seen += 1;
    }

    fn file(&mut self, name: &str) -> &mut Stored {
        self.files.entry(name.to_owned()).or_default()
    }

    fn change(&mut self, name: &str, change: Change) {
        let seen = self.seen;
        self.file(name).since.push((seen, change));
    }

    /// Writes what may be left after a cut into a folder.
    pub(crate) fn cut(&self, random: &mut impl Rng, folder: &Path) {
        let spared = SPARED[random.random_range(0..SPARED.len())];
        for (name, stored) in &self.files {
            let is_left = if stored.is_named == stored.is_there {
                stored.is_named
            } else {
                random.random_bool(0.5)
            };
            if is_left {
                std::fs::write(folder.join(name), stored.cut(spared, random)).unwrap();
            }
        }
    }

    /// Writes only what was synced into a folder.
    pub(crate) fn least(&self, folder: &Path) {
        for (name, stored) in self.files.iter().filter(|(_, stored)| stored.is_named) {
            std::fs::write(folder.join(name), &stored.synced).unwrap();
        }
    }
}

impl Stored {
    /// What a failed sync was about is not carried to the disk by a later one: the system takes
    /// it for written.
    fn sync(&mut self, since: usize, is_done: bool) {
        for (seen, change) in std::mem::take(&mut self.since) {
            if seen >= since {
                self.since.push((seen, change));
            } else if is_done {
                change.apply(&mut self.synced);
            }
        }
    }

    fn cut(&self, spared: f64, random: &mut impl Rng) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        for (_, change) in &self.since {
            let fate = random.random_range(0.0..1.0);
            if fate < spared {
                change.apply(&mut bytes);
            } else if let Some(torn) = change.torn(random) {
                torn.apply(&mut bytes);
            }
        }
        bytes
    }
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Change::Resize(length) => bytes.resize(*length, 0),
            Change::Write { at, bytes: written } => {
                let end = at + written.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*at..end].copy_from_slice(written);
            }
        }
    }

    /// Returns the front or the back of a write, parted where a sector ends; mostly nothing.
    fn torn(&self, random: &mut impl Rng) -> Option<Change> {
        let Change::Write { at, bytes } = self else {
            return None;
        };
        let (first, last) = (at / SECTOR + 1, (at + bytes.len() - 1) / SECTOR);
        if first > last || random.random_bool(0.7) {
            return None;
        }
        let parted = random.random_range(first..=last) * SECTOR;
        let (front, back) = bytes.split_at(parted - at);
        Some(if random.random_bool(0.5) {
            let (at, bytes) = (*at, front.to_vec());
            Change::Write { at, bytes }
        } else {
            let (at, bytes) = (parted, back.to_vec());
            Change::Write { at, bytes }
        })
    }
}

#[test]
fn what_was_synced_stays_and_what_was_not_may_go() {
    use rand::SeedableRng as _;
    let file = || "icteko.db".to_owned();
    let wrote = |at, byte| Event::Wrote {
        file: file(),
        at,
        bytes: vec![byte; 1_024],
    };
    let synced = |since, is_done| Event::Synced {
        file: file(),
        since,
        is_done,
    };
    let mut disk = Disk::default();
    let opened = Event::Opened { file: file() };
    let events = [opened, wrote(0, 1), synced(2, true), Event::FolderSynced];
    for event in events.iter().chain([&wrote(512, 2)]) {
        disk.follow(event);
    }
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..200 {
        let folder = tempfile::tempdir().unwrap();
        disk.cut(&mut random, folder.path());
        let bytes = std::fs::read(folder.path().join("icteko.db")).unwrap();
        assert_eq!(bytes[..512], [1; 512]);
        seen.insert(bytes);
    }
    // Written, not written, only the front, only the back.
    assert_eq!(seen.len(), 4);
    // A failed sync forgets: the next one does not bring it back.
    disk.follow(&synced(5, false));
    disk.follow(&synced(6, true));
    let folder = tempfile::tempdir().unwrap();
    disk.least(folder.path());
    let bytes = std::fs::read(folder.path().join("icteko.db")).unwrap();
    assert_eq!(bytes, [1; 1_024]);
}
