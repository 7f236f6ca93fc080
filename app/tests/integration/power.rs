//! The power is cut while people send (T2): whatever the disk has got round to by then, the store
//! opens, and every answer that was acknowledged is there once.
//!
//! A server is recorded while people answer and their answers are mixed. Cuts at random places of
//! the record leave folders behind, as `disk` makes them; each is opened and looked at. A store
//! that does not sync its commits shows that the test can see what is lost.

mod disk;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use app::store::Weakness;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;

pub(crate) use disk::Disk;

use crate::kept::{Broken, Told, look};
use crate::person::{Person, name};
use crate::recorded::{Event, Record, Recorded};
use crate::server_process::{in_runtime, prepare};
use crate::size::size;

const AT_ONCE: usize = 3;

/// Looks at so many folders at a time.
const LOOKING: usize = 2;

/// What a server did while people answered.
struct Recording {
    /// The folder as it was before.
    before: TempDir,
    codes: Vec<String>,
    record: Record,
    /// The last answer to each port that led on.
    answered: BTreeMap<u16, usize>,
    /// Whether nothing should be lost.
    is_trusted: bool,
    /// The ports that heard "saved" and "kept", by person.
    heard: Vec<(Option<u16>, Option<u16>)>,
}

/// Lets people answer before a server that is recorded, and then kills it.
fn recording(people: usize, weakness: Weakness) -> Recording {
    let (before, codes) = folder_with_codes(people);
    let folder = tempfile::tempdir().unwrap();
    copy(before.path(), folder.path(), &|_| true);
    let notes = tempfile::tempdir().unwrap();
    let file = notes.path().join("record");
    let recorded = Recorded::start(folder.path(), &file, weakness, &[]).unwrap();
    let hosts = [recorded.server.host.clone()];
    let turn = Mutex::new(0..people);
    let heard = Mutex::new(vec![(None, None); people]);
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(number) = { turn.lock().unwrap().next() } {
                    let mut person = Person::new(&hosts, number);
                    person.answer(&codes[number]);
                    heard.lock().unwrap()[number] = (person.saved, person.sent);
                }
            });
        }
    });
    let record = recorded.end();
    let events = record.events.iter().enumerate();
    let answered = events.filter_map(|(place, event)| match event {
        Event::Answered { port, status: 303 } => Some((*port, place)),
        _ => None,
    });
    Recording {
        answered: answered.collect(),
        before,
        codes,
        record,
        is_trusted: weakness == Weakness::None,
        heard: heard.into_inner().unwrap(),
    }
}

/// A folder with codes, all of it in the one file: whoever made it may not have closed it yet.
fn folder_with_codes(people: usize) -> (TempDir, Vec<String>) {
    let made = tempfile::tempdir().unwrap();
    let codes = prepare(made.path(), "tre-lampi", u32::try_from(people).unwrap());
    in_runtime(async {
        let file = SqliteConnectOptions::new().filename(made.path().join("icteko.db"));
        let mut raw = file.connect().await.unwrap();
        let text = "PRAGMA wal_checkpoint(TRUNCATE)";
        let (busy, ..): (i64, i64, i64) = sqlx::query_as(text).fetch_one(&mut raw).await.unwrap();
        assert_eq!(busy, 0, "nobody else writes or reads");
    });
    let folder = tempfile::tempdir().unwrap();
    copy(made.path(), folder.path(), &|name| {
        !name.starts_with("icteko.db-")
    });
    (folder, codes)
}

/// Copies the files of a folder that are wanted.
pub(crate) fn copy(from: &Path, to: &Path, is_wanted: &dyn Fn(&str) -> bool) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target, is_wanted);
        } else if is_wanted(entry.file_name().to_str().unwrap()) {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A folder after a cut.
struct Left {
    place: usize,
    folder: TempDir,
}

impl Recording {
    /// Cuts the power at random places and returns what is left of the promises.
    fn cut(&self, cuts: usize, seed: u64) -> Broken {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let last = self.record.events.len();
        let mut places: Vec<usize> = (0..cuts).map(|_| random.random_range(0..=last)).collect();
        places.sort_unstable();
        let broken = Mutex::new(Broken::default());
        let (sender, receiver) = std::sync::mpsc::sync_channel::<Left>(LOOKING);
        let receiver = Mutex::new(receiver);
        std::thread::scope(|scope| {
            for _ in 0..LOOKING {
                scope.spawn(|| {
                    while let Ok(left) = { receiver.lock().unwrap().recv() } {
                        *broken.lock().unwrap() += self.look(left, seed);
                    }
                });
            }
            self.leave(places, &mut random, |left| sender.send(left).unwrap());
            drop(sender);
        });
        broken.into_inner().unwrap()
    }

    /// Goes through the record once, and at each place hands over what is left.
    fn leave(&self, places: Vec<usize>, random: &mut ChaCha8Rng, hand: impl Fn(Left)) {
        let mut disk = Disk::of(self.before.path());
        let mut done = 0;
        for place in places {
            for event in &self.record.events[done..place] {
                disk.follow(event);
            }
            done = place;
            let folder = tempfile::tempdir().unwrap();
            copy(self.before.path(), folder.path(), &|name| {
                !name.starts_with("icteko.db")
            });
            disk.cut(random, folder.path());
            hand(Left { place, folder });
        }
    }

    fn look(&self, left: Left, seed: u64) -> Broken {
        let has_heard = |port: &Option<u16>| {
            let answered = port.and_then(|port| self.answered.get(&port));
            answered.is_some_and(|event| *event < left.place)
        };
        let people = self.heard.iter().zip(&self.codes).enumerate();
        let people: Vec<Told<'_>> = people
            .map(|(number, ((saved, sent), code))| Told {
                name: name(number),
                code,
                is_saved: has_heard(saved),
                is_kept: has_heard(sent),
            })
            .collect();
        let opened = tempfile::tempdir().unwrap();
        copy(left.folder.path(), opened.path(), &|_| true);
        let broken = look(opened.path(), &people);
        if broken != Broken::default() {
            let place = left.place;
            println!("after event {place} with seed {seed}: {broken:?}");
            if self.is_trusted {
                println!("as it was left: {}", left.folder.keep().display());
            }
        }
        broken
    }

    /// How often the log was emptied after answers were mixed.
    fn emptied(&self) -> usize {
        let is_emptied = |event: &&Event| matches!(event, Event::Resized { file, length: 0 } if file.ends_with("-wal"));
        self.record.events.iter().filter(is_emptied).count()
    }
}

/// Returns a test's own seed, or the one that is asked for, and says how to ask. What threads do
/// is never quite the same again.
pub(crate) fn seed(own: u64) -> u64 {
    let asked = std::env::var("TRUST_SEED").ok();
    let seed = asked.map_or(own, |text| text.parse().unwrap());
    println!("seed {seed}; TRUST_SEED={seed} before the command repeats it");
    seed
}

#[test]
fn no_acknowledged_answer_is_lost_by_a_power_cut() {
    let (people, cuts) = size((100, 200), (400, 2_000));
    let recording = recording(people, Weakness::None);
    let events = recording.record.events.len();
    let emptied = recording.emptied();
    println!("{people} people, {events} events, the log emptied {emptied} times");
    assert!(emptied > 2, "answers were mixed {emptied} times");
    let broken = recording.cut(cuts, seed(20_261_122));
    assert_eq!(broken, Broken::default());
}

#[test]
fn the_same_test_catches_commits_that_are_not_synced() {
    let recording = recording(20, Weakness::CommitsNotSynced);
    let broken = recording.cut(60, seed(1));
    println!("{broken:?}");
    assert!(broken.lost > 0, "{broken:?}");
}
