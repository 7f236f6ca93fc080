//! The disk fails while people send (T3): from some call on, or once, writing, syncing, reading or
//! changing a file's length is refused. Nobody gets a receipt for what is not on the disk, what was
//! typed comes back, after a failed sync the server writes nothing more and ends, and a server
//! that starts again on a sound disk has everything.
//!
//! Each point is a call of the server's own, by its number. A receipt before the commit shows that
//! the test can see what is lost, a store that goes on after a failed sync that it sees this too.

mod point;

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use app::store::Weakness;
use point::{Outcome, Point, choose};
use tempfile::TempDir;

use crate::form::{self, Fields};
use crate::kept::{Broken, Told, look};
use crate::person::{Person, name};
use crate::power::{Disk, copy, seed};
use crate::recorded::{Event, Record, Recorded};
use crate::server_process::{Server, ask, prepare};
use crate::size::size;

/// People who have answered before the disk fails, so that mixing comes soon, and those who
/// answer then.
const BEFORE: usize = 8;
const THEN: usize = 5;

/// Points that are tried at a time.
const AT_ONCE: usize = 3;

/// How long a server is left alone when everybody has gone; answers are mixed after a second.
const LAST: Duration = Duration::from_millis(1_600);

/// A folder in which some have answered.
struct Stage {
    folder: TempDir,
    codes: Vec<String>,
}

impl Stage {
    fn new() -> Stage {
        let folder = tempfile::tempdir().unwrap();
        let people = u32::try_from(BEFORE + THEN).unwrap();
        let codes = prepare(folder.path(), "tre-lampi", people);
        let mut server = Server::start(folder.path(), "127.0.0.1:0", Weakness::None);
        let hosts = [server.host.clone()];
        for (number, code) in codes.iter().enumerate().take(BEFORE) {
            Person::new(&hosts, number).answer(code);
        }
        server.kill();
        Stage { folder, codes }
    }

    /// Lets the others answer and be mixed on a sound disk, and chooses points among the calls.
    fn choose(&self, count: usize, seed: u64) -> Vec<Point> {
        // A fault that never comes has reading counted as well.
        let never = [String::from("pread64:error=EIO:when=65000")];
        let (record, _) = self.play(&never, Weakness::None, &mut Outcome::default());
        let record = record.expect("a server without faults starts");
        choose(&record, count, seed)
    }

    /// Lets the others answer before a server whose calls fail; returns its record, unless it did
    /// not start, and what people were told.
    fn play(
        &self,
        faults: &[String],
        weakness: Weakness,
        outcome: &mut Outcome,
    ) -> (Option<Record>, Vec<Told<'_>>) {
        let folder = tempfile::tempdir().unwrap();
        copy(self.folder.path(), folder.path(), &|_| true);
        let notes = tempfile::tempdir().unwrap();
        let file = notes.path().join("record");
        let mut told = self.told();
        let record = match Recorded::start(folder.path(), &file, weakness, faults) {
            Err(said) => {
                let said: Vec<&str> = said.lines().take(3).collect();
                println!("a server did not start: {}", said.join(" "));
                outcome.unstarted += 1;
                None
            }
            Ok(mut recorded) => {
                self.answer(&recorded.server.host, &mut told, outcome);
                if recorded.ends_within(LAST) {
                    outcome.ended += 1;
                } else {
                    let page = ask(&recorded.server.host, "GET", "/fi/answer", "", &[]);
                    outcome.silent += usize::from(!page.is_ok_and(|page| page.status == 200));
                }
                Some(recorded.end())
            }
        };
        // A server that starts again finds what the last one left.
        outcome.broken += look(folder.path(), &told);
        (record, told)
    }

    fn told(&self) -> Vec<Told<'_>> {
        let codes = self.codes.iter().enumerate();
        let told = codes.map(|(number, code)| Told {
            name: name(number),
            code,
            is_saved: number < BEFORE,
            is_kept: number < BEFORE,
        });
        told.collect()
    }

    fn answer(&self, host: &str, told: &mut [Told<'_>], outcome: &mut Outcome) {
        let hosts = [host.to_owned()];
        std::thread::scope(|scope| {
            let people: Vec<_> = (BEFORE..BEFORE + THEN)
                .map(|number| {
                    let hosts = &hosts;
                    scope.spawn(move || {
                        let patience = Duration::from_millis(150);
                        let mut person = Person::with_patience(hosts, number, patience);
                        // Whoever is refused for long goes away.
                        let _ = person.try_to_answer(&self.codes[number]);
                        person
                    })
                })
                .collect();
            for (person, told) in people.into_iter().zip(&mut told[BEFORE..]) {
                let person = person.join().unwrap();
                told.is_saved = person.saved.is_some();
                told.is_kept = person.sent.is_some();
                outcome.refused += person.refused.len();
                let lost = person
                    .refused
                    .iter()
                    .filter(|(typed, page)| !is_returned(typed, page));
                outcome.not_returned += lost.count();
            }
        });
    }

    /// Tries a point.
    fn point(&self, point: &Point, weakness: Weakness) -> Outcome {
        let mut outcome = Outcome::default();
        let (record, told) = self.play(&[point.injection()], weakness, &mut outcome);
        if let Some(record) = record {
            let unread = |event: &Event| matches!(event, Event::Unread { .. });
            let failure = failure(&record);
            if failure.is_some() || record.events.iter().any(unread) {
                outcome.failed = 1;
                let rest = failure.map_or(&[][..], |at| &record.events[at + 1..]);
                let is_quiet = !rest.iter().any(is_change);
                outcome.went_on = usize::from(outcome.ended == 0 || !is_quiet);
            }
            // The power goes as well: only what was synced is left.
            let left = tempfile::tempdir().unwrap();
            self.cut(&record, left.path());
            outcome.broken += look(left.path(), &told);
        }
        println!("{point:?}: {outcome:?}");
        outcome
    }

    fn cut(&self, record: &Record, left: &Path) {
        let before = self.folder.path();
        copy(before, left, &|name| !name.starts_with("icteko.db"));
        let mut disk = Disk::of(before);
        for event in &record.events {
            disk.follow(event);
        }
        disk.least(left);
    }

    /// Tries points, some at a time, until one is as it is looked for, and adds up what came.
    fn points(
        &self,
        points: Vec<Point>,
        weakness: Weakness,
        is_enough: impl Fn(&Outcome) -> bool + Sync,
    ) -> Outcome {
        let (points, all) = (Mutex::new(points), Mutex::new(Outcome::default()));
        std::thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| {
                    while let Some(point) = { points.lock().unwrap().pop() } {
                        let outcome = self.point(&point, weakness);
                        let mut all = all.lock().unwrap();
                        all.add(&outcome);
                        if is_enough(&all) {
                            return;
                        }
                    }
                });
            }
        });
        all.into_inner().unwrap()
    }
}

/// The first call after which nothing may be written.
fn failure(record: &Record) -> Option<usize> {
    let fails = |event: &Event| {
        let is_synced = matches!(event, Event::Synced { is_done: false, .. });
        is_synced || matches!(event, Event::Failed { .. })
    };
    record.events.iter().position(fails)
}

fn is_change(event: &Event) -> bool {
    use Event::{Answered, Opened, Unread};
    !matches!(event, Answered { .. } | Opened { .. } | Unread { .. })
}

/// Whether a page carries a form along. The review is shown anew, with a state of its own.
fn is_returned(typed: &Fields, page: &str) -> bool {
    let returned = form::hidden(page);
    typed.iter().all(|(key, value)| {
        let same = |(name, it): &(String, String)| name == key && (it == value || key == "state");
        returned.iter().any(same)
    })
}

#[test]
fn no_receipt_is_given_for_what_a_failing_disk_does_not_keep() {
    let stage = Stage::new();
    let points = stage.choose(size(40, 200), seed(20_261_122));
    let outcome = stage.points(points, Weakness::None, |_| false);
    println!("{outcome:?}");
    assert_eq!(outcome.broken, Broken::default(), "{outcome:?}");
    assert_eq!((outcome.went_on, outcome.silent), (0, 0), "{outcome:?}");
    assert!(outcome.refused > 0 && outcome.failed > 0, "{outcome:?}");
    assert_eq!(outcome.not_returned, 0, "{outcome:?}");
}

#[test]
fn the_same_test_catches_a_receipt_before_the_commit() {
    let stage = Stage::new();
    let points = stage.choose(size(40, 200), seed(1));
    let outcome = stage.points(points, Weakness::ReceiptBeforeCommit, |all| {
        all.broken.lost > 0
    });
    println!("{outcome:?}");
    assert!(outcome.broken.lost > 0, "{outcome:?}");
}

#[test]
fn the_same_test_catches_a_store_that_writes_on_after_a_failure() {
    let stage = Stage::new();
    let points = stage.choose(size(40, 200), seed(2));
    let weakness = Weakness::WritesOnAfterFailure;
    let outcome = stage.points(points, weakness, |all| all.went_on > 0);
    println!("{outcome:?}");
    assert!(outcome.went_on > 0, "{outcome:?}");
}
