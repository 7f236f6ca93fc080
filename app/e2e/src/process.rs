//! The service in a process of its own, so that a test can kill it: the test's own program,
//! started again with a folder.

use std::io::{BufRead, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use app::server::{DataFolder, Service, serve};
use app::store::{StoreOptions, Weakness};
use surveys::UnitId;

use crate::site::{set_up, stock, wave};

const FOLDER: &str = "E2E_FOLDER";
const LISTEN: &str = "E2E_LISTEN";
const WEAKNESS: &str = "E2E_WEAKNESS";

/// A running server; it is killed when it is dropped.
pub struct Process {
    child: Child,
    /// Held open: a process that cannot print does not end well.
    _output: BufReader<ChildStdout>,
    /// Host and port.
    pub host: String,
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    /// Starts a server and waits until it listens. `entry` is the test that calls
    /// [`serve_if_asked`].
    pub fn start(entry: &str, folder: &Path, listen: &str, weakness: Weakness) -> Process {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", entry, "--nocapture"])
            .env(FOLDER, folder)
            .env(LISTEN, listen)
            .env(WEAKNESS, format!("{weakness:?}"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let host = output
            .by_ref()
            .lines()
            .find_map(|line| line.unwrap().split("ready: ").nth(1).map(str::to_owned))
            .expect("the server ended before it was ready");
        Process {
            child,
            _output: output,
            host,
        }
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Sets a folder up with an open wave and returns a code.
pub async fn prepare(folder: &Path) -> String {
    let service = open(folder, Weakness::None).await;
    set_up(&service).await;
    let unit = UnitId::new("jokikoulu").unwrap();
    let made = service.make_codes(&wave(), Some(&unit), Some(1)).await;
    made.unwrap()[0].codes[0].to_string()
}

/// Serves if this process was started by [`Process::start`], and says whether it did.
pub async fn serve_if_asked() -> bool {
    let Ok(folder) = std::env::var(FOLDER) else {
        return false;
    };
    let weakness = match std::env::var(WEAKNESS).unwrap().as_str() {
        "SavedBeforeCommit" => Weakness::SavedBeforeCommit,
        _ => Weakness::None,
    };
    let listen = std::env::var(LISTEN).unwrap().parse().unwrap();
    let service = open(Path::new(&folder), weakness).await;
    serve(service, Some(listen), |greeting| {
        #[expect(clippy::print_stdout, reason = "the parent process reads it")]
        {
            println!("ready: {}", greeting.listening);
        }
    })
    .await
    .unwrap();
    true
}

async fn open(folder: &Path, weakness: Weakness) -> Service {
    let now: jiff::Timestamp = "2026-10-12T09:00:00Z".parse().unwrap();
    let folder = DataFolder::open(folder).unwrap();
    let options = StoreOptions { weakness };
    Service::open_with(folder, stock(), Arc::new(move || now), options)
        .await
        .unwrap()
}
