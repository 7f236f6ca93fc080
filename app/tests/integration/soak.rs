//! The soak (T8): people come without end. Every answer that was acknowledged is kept once, nobody
//! meets with an error, and the server does not grow. It is killed the moment after the last
//! acknowledgment, so one that was given too early can be lost.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use app::store::Weakness;

use crate::kill::lost_and_doubled;
use crate::person::{Person, name};
use crate::server_process::{Server, prepare};
use crate::size::minutes;

const AT_ONCE: usize = 4;

/// Most memory a server may hold (LO-2), and how much of it may come after the first fifth.
const MOST_MIB: f64 = 512.0;
const MOST_GROWTH_MIB: f64 = 96.0;

/// People who answer in a second are never more than this on the machines we know.
const FASTEST: u64 = 60;

/// What came of a soak.
#[derive(Debug)]
struct Soaked {
    acknowledged: usize,
    lost: usize,
    doubled: usize,
    /// Memory after a fifth of the time and at the end, in MiB.
    memory: [f64; 2],
}

fn soaked(time: Duration, weakness: Weakness) -> Soaked {
    let folder = tempfile::tempdir().unwrap();
    let most = FASTEST * time.as_secs().max(1);
    let codes = prepare(folder.path(), "tre-lampi", u32::try_from(most).unwrap());
    let mut server = Server::start(folder.path(), "127.0.0.1:0", weakness);
    let hosts = [server.host.clone()];
    let began = Instant::now();
    let (turn, acknowledged) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let mut early = 0.0;
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while began.elapsed() < time {
                    let number = turn.fetch_add(1, Ordering::SeqCst);
                    let code = codes.get(number).expect("enough codes were made");
                    Person::new(&hosts, number).answer(code);
                    acknowledged.lock().unwrap().push(name(number));
                }
            });
        }
        std::thread::sleep(time / 5);
        early = server.memory_mib();
    });
    let late = server.memory_mib();
    server.kill();
    let acknowledged = acknowledged.into_inner().unwrap();
    let (lost, doubled) = lost_and_doubled(folder.path(), &acknowledged);
    Soaked {
        acknowledged: acknowledged.len(),
        lost,
        doubled,
        memory: [early, late],
    }
}

#[test]
fn a_server_that_serves_for_long_loses_nothing_and_does_not_grow() {
    let time = minutes().map_or(10, |minutes| 60 * minutes);
    let time = Duration::from_secs(time);
    let soaked = soaked(time, Weakness::None);
    println!("{time:?}: {soaked:?}");
    assert!(soaked.acknowledged > AT_ONCE, "{soaked:?}");
    assert_eq!((soaked.lost, soaked.doubled), (0, 0), "{soaked:?}");
    let [early, late] = soaked.memory;
    assert!(early > 1.0 && late < MOST_MIB, "{soaked:?}");
    assert!(late - early < MOST_GROWTH_MIB, "{soaked:?}");
}

#[test]
fn the_same_soak_catches_a_receipt_before_the_commit() {
    // On a busy machine the last of it may be kept before the kill comes.
    let caught = (0..20).any(|_| {
        let soaked = soaked(Duration::from_millis(500), Weakness::ReceiptBeforeCommit);
        println!("{soaked:?}");
        soaked.lost > 0
    });
    assert!(caught);
}
