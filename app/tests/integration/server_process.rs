//! A server in a process of its own: this test binary, started again with a folder.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::server::{DataFolder, MOST_CODES, Service, serve};
use app::store::{StoreOptions, Weakness};

use crate::form;
use crate::place;
use crate::test_app::{set_up, stock, write_settings};

const FOLDER: &str = "APP_TEST_FOLDER";
const LISTEN: &str = "APP_TEST_LISTEN";
const WEAKNESS: &str = "APP_TEST_WEAKNESS";
const THIS_TEST: &str = "server_process::a_server_serves_and_ends_when_it_is_told_to";

/// A running server; it is killed when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Held open: a process that cannot print does not end well.
    _output: BufReader<ChildStdout>,
    pub(crate) host: String,
}

impl Server {
    /// Starts a server and waits until it listens.
    pub(crate) fn start(folder: &Path, listen: &str, weakness: Weakness) -> Server {
        let started = Server::started(command(&[], folder, listen, weakness));
        started.unwrap_or_else(|said| panic!("the server ended before it was ready: {said}"))
    }

    /// Starts a server under another program, such as one that records it. Returns what it said
    /// where it ended before it listened.
    pub(crate) fn start_under(
        before: &[String],
        folder: &Path,
        weakness: Weakness,
    ) -> Result<Server, String> {
        Server::started(command(before, folder, "127.0.0.1:0", weakness))
    }

    fn started(mut command: Command) -> Result<Server, String> {
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let host = output
            .by_ref()
            .lines()
            .find_map(|line| line.unwrap().split("ready: ").nth(1).map(str::to_owned));
        match host {
            Some(host) => Ok(Server {
                child,
                _output: output,
                host,
            }),
            None => {
                let output = child.wait_with_output().unwrap();
                Err(String::from_utf8_lossy(&output.stderr).into_owned())
            }
        }
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Waits for it to end by itself; returns whether it did in time.
    pub(crate) fn ends_within(&mut self, time: Duration) -> bool {
        let began = Instant::now();
        while began.elapsed() < time {
            if self.child.try_wait().unwrap().is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// How much memory the process holds, in MiB.
    pub(crate) fn memory_mib(&self) -> f64 {
        let status = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.unwrap().split_whitespace().nth(1).unwrap();
        kib.parse::<f64>().unwrap() / 1_024.0
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(before: &[String], folder: &Path, listen: &str, weakness: Weakness) -> Command {
    let this = std::env::current_exe().unwrap();
    let mut command = match before {
        [] => Command::new(this),
        [program, args @ ..] => {
            let mut command = Command::new(program);
            command.args(args).arg(this);
            command
        }
    };
    command
        .args(["--exact", THIS_TEST, "--nocapture"])
        .env(FOLDER, folder)
        .env(LISTEN, listen)
        .env(WEAKNESS, format!("{weakness:?}"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Sets a folder up with codes for a unit, as the program does before it serves.
pub(crate) fn prepare(folder: &Path, unit: &str, count: u32) -> Vec<String> {
    prepare_over(folder, &place::settings(), unit, count)
}

/// The same over a store of the caller's own.
pub(crate) fn prepare_over(folder: &Path, settings: &str, unit: &str, count: u32) -> Vec<String> {
    write_settings(folder, settings);
    in_runtime(async {
        let service = Service::open(DataFolder::open(folder).unwrap(), stock())
            .await
            .unwrap();
        set_up(&service).await;
        let unit = surveys::UnitId::new(unit).unwrap();
        let wave = crate::test_app::wave();
        let mut codes = Vec::new();
        let mut left = count;
        while left > 0 {
            let some = left.min(MOST_CODES);
            let made = service.make_codes(&wave, Some(&unit), Some(some)).await;
            codes.extend(made.unwrap().remove(0).codes);
            left -= some;
        }
        codes.iter().map(ToString::to_string).collect()
    })
}

/// Returns the responses that are kept, after closing, and how many codes are spent.
pub(crate) fn kept_responses(folder: &Path) -> Vec<String> {
    in_runtime(async {
        let service = Service::open(DataFolder::open(folder).unwrap(), stock())
            .await
            .unwrap();
        let wave = crate::test_app::wave();
        service
            .close_wave(&wave, jiff::SignedDuration::ZERO)
            .await
            .unwrap();
        let answers = service.store().answers(&wave).await.unwrap();
        answers.into_iter().map(|answer| answer.response).collect()
    })
}

pub(crate) fn in_runtime<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

/// What came back over a connection of its own.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The port on this side: which connection it came over.
    pub(crate) port: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }
}

/// Sends a request and reads the whole answer.
pub(crate) fn ask(
    host: &str,
    method: &str,
    path: &str,
    cookie: &str,
    fields: &[(String, String)],
) -> std::io::Result<Answer> {
    let mut stream = send(host, method, path, cookie, fields)?;
    let port = stream.local_addr()?.port();
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let cut = || std::io::Error::other("the answer is cut");
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(cut)?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|text| text.parse().ok())
        .ok_or_else(cut)?;
    let answer = Answer {
        status,
        port,
        head: head.to_owned(),
        body: body.to_owned(),
    };
    // A page that was cut short is no page.
    let whole = answer
        .header("content-length")
        .and_then(|text| text.parse::<usize>().ok());
    if whole.is_some_and(|whole| whole != body.len()) {
        Err(cut())
    } else {
        Ok(answer)
    }
}

/// Sends a request and leaves the answer unread.
pub(crate) fn send(
    host: &str,
    method: &str,
    path: &str,
    cookie: &str,
    fields: &[(String, String)],
) -> std::io::Result<TcpStream> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let body = form::body(fields);
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: {cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )?;
    stream.flush()?;
    Ok(stream)
}

/// The server's side of the process.
fn run_as_server(folder: &str) {
    let weakness = match std::env::var(WEAKNESS).unwrap().as_str() {
        "ReceiptBeforeCommit" => Weakness::ReceiptBeforeCommit,
        "NothingUnique" => Weakness::NothingUnique,
        "WritesOnAfterFailure" => Weakness::WritesOnAfterFailure,
        "CommitsNotSynced" => Weakness::CommitsNotSynced,
        _ => Weakness::None,
    };
    let listen = std::env::var(LISTEN).unwrap().parse().unwrap();
    let now: jiff::Timestamp = "2026-10-12T09:00:00Z".parse().unwrap();
    in_runtime(async {
        let folder = DataFolder::open(Path::new(folder)).unwrap_or_else(|error| panic!("{error}"));
        let options = StoreOptions { weakness };
        let service = Service::open_with(folder, stock(), Arc::new(move || now), options);
        let service = service.await.unwrap();
        serve(service, Some(listen), |greeting| {
            println!("ready: {}", greeting.listening);
        })
        .await
        .unwrap();
    });
}

#[test]
fn a_server_serves_and_ends_when_it_is_told_to() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return run_as_server(&folder);
    }
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path(), "vantaa-harju", 1);
    let mut server = Server::start(folder.path(), "127.0.0.1:0", Weakness::None);
    let answer = ask(&server.host, "GET", "/healthz", "", &[]).unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, "ok\n"));

    if place::SERVERS > 1 {
        let second = Server::start(folder.path(), "127.0.0.1:0", Weakness::None);
        let answer = ask(&second.host, "GET", "/healthz", "", &[]).unwrap();
        assert_eq!(answer.status, 200);
    } else {
        // DU-13: a second server refuses with a clear sentence.
        let second = command(&[], folder.path(), "127.0.0.1:0", Weakness::None)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&second.stderr);
        assert!(
            !second.status.success() && said.contains("in use by another ICTeko process"),
            "{said}"
        );
    }

    // DU-11: it ends by SIGTERM, in time and in order.
    let asked = Instant::now();
    let told = Command::new("kill")
        .arg(server.child.id().to_string())
        .status()
        .unwrap();
    assert!(told.success());
    assert!(server.child.wait().unwrap().success());
    assert!(asked.elapsed() < Duration::from_secs(10));
}
