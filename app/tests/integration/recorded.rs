//! A server whose calls to the operating system are recorded, and fail where a test wants it:
//! `strace` runs it (Debian's package of that name).
//!
//! The record tells in one order what was written to the database's files, what was synced, and
//! which answers went out to whom. `lines` reads it.

mod lines;

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use app::store::Weakness;

pub(crate) use lines::{Event, Record};

use crate::server_process::Server;

/// The calls that change files, and those that answer people.
const CALLS: &str = "openat,pwrite64,ftruncate,fsync,fdatasync,unlink,\
                     accept4,write,writev,sendto,sendmsg";

/// How long a server on a busy machine may take to end.
const LONG: Duration = Duration::from_secs(10);

/// How long the recorder may need for its last lines.
const LAST_LINES: Duration = Duration::from_secs(20);

/// A server and its record.
#[derive(Debug)]
pub(crate) struct Recorded {
    pub(crate) server: Server,
    folder: PathBuf,
    record: PathBuf,
}

impl Recorded {
    /// Starts a server over a folder. `faults` are injections as `strace` reads them, and then
    /// reading is recorded as well; what the server said comes back where a fault kept it from
    /// listening.
    pub(crate) fn start(
        folder: &Path,
        record: &Path,
        weakness: Weakness,
        faults: &[String],
    ) -> Result<Recorded, String> {
        expect_strace();
        // The server stays our own child (-D), and stops at these calls only.
        let mut under: Vec<String> = ["strace", "-D", "-f", "--seccomp-bpf", "-y", "-xx"]
            .map(String::from)
            .to_vec();
        let reading = if faults.is_empty() { "" } else { ",pread64" };
        under.extend(["-e".into(), format!("trace={CALLS}{reading}")]);
        under.extend(["-s", "100000000", "-o"].map(String::from));
        under.push(record.to_str().unwrap().into());
        for fault in faults {
            under.extend(["-e".into(), format!("inject={fault}")]);
        }
        let server = Server::start_under(&under, folder, weakness)?;
        Ok(Recorded {
            server,
            folder: folder.to_owned(),
            record: record.to_owned(),
        })
    }

    /// Whether a call failed by now that was not a write to a full disk.
    fn has_failed(&self) -> bool {
        let record = std::fs::read_to_string(&self.record).unwrap();
        let mut injected = record.lines().filter(|line| line.ends_with("(INJECTED)"));
        injected.any(|line| !line.contains("pwrite64") || !line.contains(" ENOSPC "))
    }

    /// Waits for the server to end by itself, for long where its disk has failed; returns whether
    /// it did.
    pub(crate) fn ends_within(&mut self, time: Duration) -> bool {
        self.server.ends_within(time) || self.has_failed() && self.server.ends_within(LONG)
    }

    /// Kills the server, if it still runs, and reads what was recorded.
    pub(crate) fn end(mut self) -> Record {
        self.server.kill();
        let process = self.server.process();
        let began = Instant::now();
        while !is_complete(&self.record, process) {
            assert!(began.elapsed() < LAST_LINES, "the record does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
        let lines = BufReader::new(File::open(&self.record).unwrap());
        Record::read(lines, &self.folder.canonicalize().unwrap())
    }
}

/// Whether the record tells of the process's end.
fn is_complete(record: &Path, process: u32) -> bool {
    let mut file = File::open(record).unwrap();
    let length = file.metadata().unwrap().len();
    file.seek(SeekFrom::Start(length.saturating_sub(4_096)))
        .unwrap();
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).unwrap();
    let tail = String::from_utf8_lossy(&tail).into_owned();
    tail.lines().any(|line| {
        let mut words = line.split_whitespace();
        words.next() == Some(&process.to_string()) && words.next() == Some("+++")
    })
}

fn expect_strace() {
    let found = Command::new("strace")
        .arg("--version")
        .stdout(Stdio::null())
        .status();
    assert!(
        found.is_ok(),
        "these tests record a server with strace: run  apt-get install strace"
    );
}
