//! Reads lines of `strace -f -y -xx`: a thread, a call with every text as `\x` and two digits,
//! and its result. A call during which another thread did something stands in two lines.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

/// What changed a file of the database or went out to a person. Files are named without their
/// folder; the index in shared memory is none of them, since no power cut spares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// A file was opened for writing, and made if it was missing.
    Opened { file: String },
    /// Bytes were written.
    Wrote {
        file: String,
        at: usize,
        bytes: Vec<u8>,
    },
    /// A file was given another length.
    Resized { file: String, length: usize },
    /// A file could not be written or given another length, and not for want of room.
    Failed { file: String },
    /// A file could not be read.
    Unread { file: String },
    /// A sync of a file ended well or not; it is about the events before `since`.
    Synced {
        file: String,
        since: usize,
        is_done: bool,
    },
    /// A sync of the folder ended well: names in it last.
    FolderSynced,
    /// A file was removed.
    Removed { file: String },
    /// The head of an answer was on its way to a port.
    Answered { port: u16, status: u16 },
}

/// What a server did, in order.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) events: Vec<Event>,
    /// How often one thread made a call, at most: failures are counted by thread.
    pub(crate) calls: BTreeMap<String, usize>,
    /// The same by the time the server listened.
    pub(crate) calls_before: BTreeMap<String, usize>,
}

/// Reads as it goes.
#[derive(Default)]
struct Reader {
    events: Vec<Event>,
    folder: String,
    /// Calls of threads that have begun, and how many events there were then.
    begun: BTreeMap<String, (String, usize)>,
    /// Who stands at the other end of a connection.
    ports: BTreeMap<String, u16>,
    calls: BTreeMap<(String, String), usize>,
    calls_before: BTreeMap<(String, String), usize>,
}

impl Record {
    pub(crate) fn read(lines: impl BufRead, folder: &Path) -> Record {
        let mut reader = Reader {
            folder: folder.to_str().unwrap().to_owned(),
            ..Reader::default()
        };
        for line in lines.lines() {
            reader.line(&line.unwrap());
        }
        Record {
            calls: most_by_call(&reader.calls),
            calls_before: most_by_call(&reader.calls_before),
            events: reader.events,
        }
    }
}

fn most_by_call(calls: &BTreeMap<(String, String), usize>) -> BTreeMap<String, usize> {
    let mut most = BTreeMap::new();
    for ((_, call), count) in calls {
        let known: &mut usize = most.entry(call.clone()).or_default();
        *known = (*known).max(*count);
    }
    most
}

impl Reader {
    fn line(&mut self, line: &str) {
        let Some((thread, text)) = line.split_once(' ') else {
            return;
        };
        let text = text.trim_start();
        if text.starts_with("+++") || text.starts_with("---") {
            return;
        }
        if let Some(begun) = text.strip_suffix(" <unfinished ...>") {
            // An answer may be read before the call that sends it returns.
            self.answered(begun);
            self.begun
                .insert(thread.to_owned(), (begun.to_owned(), self.events.len()));
            return;
        }
        if let Some((_, rest)) = text
            .strip_prefix("<... ")
            .and_then(|it| it.split_once(" resumed>"))
        {
            let (begun, since) = self.begun.remove(thread).unwrap();
            self.call(thread, &format!("{begun}{rest}"), since);
            return;
        }
        self.answered(text);
        self.call(thread, text, self.events.len());
    }

    /// Notes the head of an answer, which begins with the protocol, and when the server listens.
    fn answered(&mut self, text: &str) {
        let (name, args) = text.split_once('(').unwrap_or_default();
        if !["write", "writev", "sendto", "sendmsg"].contains(&name) {
            return;
        }
        let number = args.split(['<', ',']).next().unwrap_or_default();
        let sent = args.split('"').nth(1).map(bytes).unwrap_or_default();
        if sent.windows(7).any(|it| it == b"ready: ") {
            self.calls_before = self.calls.clone();
        }
        if let (Some(port), Some(status)) =
            (self.ports.get(number), sent.strip_prefix(b"HTTP/1.1 "))
        {
            let status = String::from_utf8_lossy(&status[..3]).parse().unwrap();
            let port = *port;
            self.events.push(Event::Answered { port, status });
        }
    }

    fn call(&mut self, thread: &str, text: &str, since: usize) {
        let Some((name, args)) = text.split_once('(') else {
            return;
        };
        let count = (thread.to_owned(), name.to_owned());
        *self.calls.entry(count).or_default() += 1;
        // A call that never returned did nothing that can be relied on.
        let Some((args, result)) = args.rsplit_once(" = ") else {
            return;
        };
        let result: i64 = number_at_start(result).unwrap_or(-1);
        match name {
            "accept4" if result >= 0 => {
                if let Some(port) = args.split("htons(").nth(1).and_then(number_at_start) {
                    self.ports.insert(result.to_string(), port);
                }
            }
            "fsync" | "fdatasync" => self.synced(args, since, result == 0),
            "pwrite64" | "ftruncate" if result < 0 && !text.contains(" ENOSPC ") => {
                self.push(path_in(args, '<'), |file| Event::Failed { file });
            }
            "pread64" if result < 0 => {
                self.push(path_in(args, '<'), |file| Event::Unread { file });
            }
            _ if result < 0 => {}
            "openat" if args.contains("O_CREAT") => self.push(path_in(args, '"'), |file| {
                // Opening a file that is there changes nothing; the disk knows which it is.
                Event::Opened { file }
            }),
            "pwrite64" => self.wrote(args, usize::try_from(result).unwrap()),
            "ftruncate" => {
                let length = last_number(args);
                self.push(path_in(args, '<'), |file| Event::Resized { file, length });
            }
            "unlink" => self.push(path_in(args, '"'), |file| Event::Removed { file }),
            _ => {}
        }
    }

    fn wrote(&mut self, args: &str, written: usize) {
        let mut bytes = args.split('"').nth(1).map(bytes).unwrap();
        bytes.truncate(written);
        let at = last_number(args);
        self.push(path_in(args, '<'), |file| Event::Wrote { file, at, bytes });
    }

    fn synced(&mut self, args: &str, since: usize, is_done: bool) {
        let path = path_in(args, '<');
        if path == self.folder && is_done {
            self.events.push(Event::FolderSynced);
        }
        self.push(path, |file| Event::Synced {
            file,
            since,
            is_done,
        });
    }

    fn push(&mut self, path: String, event: impl FnOnce(String) -> Event) {
        let file = path
            .strip_prefix(&self.folder)
            .and_then(|it| it.strip_prefix('/'));
        if let Some(file) = file.filter(|it| it.starts_with("icteko.db") && !it.ends_with("-shm")) {
            let event = event(file.to_owned());
            self.events.push(event);
        }
    }
}

/// Returns the bytes of a text that stands as `\x` and two digits each.
fn bytes(text: &str) -> Vec<u8> {
    let digits = text.as_bytes().chunks_exact(4);
    assert!(digits.remainder().is_empty(), "the record is cut: {text}");
    digits
        .map(|it| u8::from_str_radix(str::from_utf8(&it[2..]).unwrap(), 16).unwrap())
        .collect()
}

/// Returns the path after the first quote or bracket.
fn path_in(args: &str, opening: char) -> String {
    let path = args.split(opening).nth(1).unwrap_or_default();
    let path = path.split(['"', '>']).next().unwrap_or_default();
    match path.starts_with("\\x") {
        true => String::from_utf8(bytes(path)).unwrap(),
        false => path.to_owned(),
    }
}

fn number_at_start<T: std::str::FromStr>(text: &str) -> Option<T> {
    let end = text.find(|it: char| !it.is_ascii_digit() && it != '-');
    text[..end.unwrap_or(text.len())].parse().ok()
}

fn last_number(args: &str) -> usize {
    let last = args.rsplit(", ").next().unwrap();
    number_at_start(last).unwrap()
}

#[test]
fn a_record_tells_writes_syncs_and_answers_in_order() {
    let text = r#"7 accept4(3<socket:[1]>,  <unfinished ...>
8 pwrite64(5<\x2f\x64\x2f\x69\x63\x74\x65\x6b\x6f\x2e\x64\x62>, "\x41\x42", 2, 4096) = 2
8 fdatasync(5<\x2f\x64\x2f\x69\x63\x74\x65\x6b\x6f\x2e\x64\x62> <unfinished ...>
7 <... accept4 resumed>{sa_family=AF_INET, sin_port=htons(4711), sin_addr=inet_addr("\x31")}, [16], SOCK_CLOEXEC) = 9<socket:[2]>
7 sendto(9<socket:[2]>, "\x48\x54\x54\x50\x2f\x31\x2e\x31\x20\x33\x30\x33\x20", 13, MSG_NOSIGNAL, NULL, 0) = 13
8 <... fdatasync resumed>) = -1 EIO (Input/output error) (INJECTED)
8 +++ exited with 0 +++
"#;
    let record = Record::read(text.as_bytes(), Path::new("/d"));
    let file = || "icteko.db".to_owned();
    let wanted = [
        Event::Wrote {
            file: file(),
            at: 4_096,
            bytes: b"AB".to_vec(),
        },
        Event::Answered {
            port: 4_711,
            status: 303,
        },
        Event::Synced {
            file: file(),
            since: 1,
            is_done: false,
        },
    ];
    assert_eq!(record.events, wanted);
    assert_eq!(record.calls["fdatasync"], 1);
}
