//! `kill -9` while people send, with retries: nothing acknowledged is lost, nothing is doubled
//! (T1). Where several servers share a store, people try one after the other, so that repeats meet
//! in different processes (T5). Two stores with a fault on purpose show that the test can see it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use app::store::Weakness;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::person::{Person, name, name_in};
use crate::place::SERVERS;
use crate::server_process::{Server, kept_responses, prepare};
use crate::size::size;

const AT_ONCE: usize = 8;

/// What came of a run.
#[derive(Debug, Default)]
struct Outcome {
    kills: usize,
    acknowledged: usize,
    lost: usize,
    doubled: usize,
}

/// Lets people answer while the server is killed again and again.
fn run(people: u32, seed: u64, weakness: Weakness) -> Outcome {
    println!("seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    let codes = prepare(folder.path(), "tre-lampi", people);
    let servers: Vec<Server> = (0..SERVERS)
        .map(|_| Server::start(folder.path(), "127.0.0.1:0", weakness))
        .collect();
    let hosts: Vec<String> = servers.iter().map(|server| server.host.clone()).collect();
    let queue = Mutex::new(codes.into_iter().enumerate().collect::<Vec<_>>());
    let acknowledged = Mutex::new(Vec::new());
    let running = AtomicUsize::new(AT_ONCE);
    let mut kills = 0;
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some((number, code)) = next(&queue) {
                    Person::new(&hosts, number).answer(&code);
                    acknowledged.lock().unwrap().push(name(number));
                }
                running.fetch_sub(1, Ordering::SeqCst);
            });
        }
        kills = kill_until_done(servers, folder.path(), weakness, seed, &running);
    });
    let acknowledged = acknowledged.into_inner().unwrap();
    let (lost, doubled) = lost_and_doubled(folder.path(), &acknowledged);
    Outcome {
        kills,
        acknowledged: acknowledged.len(),
        lost,
        doubled,
    }
}

/// Returns how many people have an acknowledgment and no answer, and how many have two answers.
pub(crate) fn lost_and_doubled(folder: &Path, acknowledged: &[String]) -> (usize, usize) {
    let mut kept: BTreeMap<String, usize> = BTreeMap::new();
    for response in kept_responses(folder) {
        *kept.entry(name_in(&response)).or_default() += 1;
    }
    let lost = acknowledged.iter().filter(|name| !kept.contains_key(*name));
    let doubled = kept.values().filter(|count| **count > 1);
    (lost.count(), doubled.count())
}

fn next<T>(queue: &Mutex<Vec<T>>) -> Option<T> {
    queue.lock().unwrap().pop()
}

/// Kills and restarts at random moments until everybody is done.
fn kill_until_done(
    mut servers: Vec<Server>,
    folder: &Path,
    weakness: Weakness,
    seed: u64,
    running: &AtomicUsize,
) -> usize {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut kills = 0;
    while running.load(Ordering::SeqCst) > 0 {
        std::thread::sleep(Duration::from_millis(random.random_range(300..1_500)));
        let next = kills % servers.len();
        let server = &mut servers[next];
        server.kill();
        kills += 1;
        let host = server.host.clone();
        *server = Server::start(folder, &host, weakness);
    }
    kills
}

#[test]
fn no_acknowledged_answer_is_lost_or_doubled_by_kills() {
    let (people, kills) = size((500, 10), (100_000, 1_000));
    let outcome = run(people, 20_261_122, Weakness::None);
    println!("{outcome:?}");
    assert!(outcome.kills >= kills, "{outcome:?}");
    assert_eq!((outcome.lost, outcome.doubled), (0, 0), "{outcome:?}");
    assert_eq!(u32::try_from(outcome.acknowledged), Ok(people));
}

#[test]
fn the_same_test_catches_a_receipt_before_the_commit() {
    let outcome = run(200, 1, Weakness::ReceiptBeforeCommit);
    println!("{outcome:?}");
    assert!(outcome.lost > 0, "{outcome:?}");
}

#[test]
fn the_same_test_catches_a_store_that_marks_nothing() {
    let outcome = run(60, 2, Weakness::NothingUnique);
    println!("{outcome:?}");
    assert!(outcome.doubled > 0, "{outcome:?}");
}
