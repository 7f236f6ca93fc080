//! Where the rows are in this run: on a private PostgreSQL that listens on a socket in a folder of
//! its own, a fresh database for every data folder. It ends with the tests, however they end.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The folder of the package whose files the tests read.
pub(crate) const APP: &str = env!("CARGO_MANIFEST_DIR");

/// Servers that stand before one store.
pub(crate) const SERVERS: usize = 2;

/// A private database server.
pub(crate) struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    /// Ends the server once nobody holds its input any more.
    _keeper: Child,
}

/// Returns the server that most tests share.
pub(crate) fn shared() -> &'static Postgres {
    static SHARED: OnceLock<Postgres> = OnceLock::new();
    SHARED.get_or_init(Postgres::start)
}

/// Returns what `icteko.toml` says of a fresh store.
pub(crate) fn settings() -> String {
    shared().fresh_database()
}

/// Returns how often some bytes stand in the files of the store's tables.
pub(crate) fn found(data: &Path, bytes: &[u8]) -> usize {
    let name = database_of(data);
    shared().query("postgres", "CHECKPOINT");
    let number = shared().query(
        "postgres",
        &format!("SELECT oid FROM pg_database WHERE datname = '{name}'"),
    );
    let folder = shared().folder.join("data/base").join(number);
    let files = std::fs::read_dir(folder).unwrap();
    let count = |file: std::io::Result<std::fs::DirEntry>| {
        let file = std::fs::read(file.unwrap().path()).unwrap_or_default();
        file.windows(bytes.len()).filter(|it| *it == bytes).count()
    };
    files.map(count).sum()
}

/// Returns the name of the database of a data folder.
pub(crate) fn database_of(data: &Path) -> String {
    name_in(&std::fs::read_to_string(data.join("icteko.toml")).unwrap())
}

/// Returns the name of the database that settings speak of.
pub(crate) fn name_in(settings: &str) -> String {
    let rest = settings.split("postgres:///").nth(1).unwrap();
    rest.split('?').next().unwrap().to_owned()
}

impl Postgres {
    /// Makes and starts a server with the settings it comes with: those are what must be safe.
    pub(crate) fn start() -> Postgres {
        let programs = programs();
        let folder = tempfile::Builder::new()
            .prefix("icteko-pg-")
            .tempdir()
            .unwrap()
            .keep();
        if is_root() {
            let mut chown = Command::new("chown");
            succeeds(chown.arg("postgres").arg(&folder));
        }
        let mut initdb = as_postgres(&programs.join("initdb"));
        initdb.arg("-D").arg(folder.join("data"));
        initdb.args(["-A", "trust", "-U", "icteko", "-E", "UTF8"]);
        succeeds(initdb.args(["--locale=C.UTF-8", "--no-sync"]));
        let script = format!(
            "cat > /dev/null; '{0}/pg_ctl' -D '{1}/data' -m immediate stop; rm -rf '{1}'",
            programs.display(),
            folder.display()
        );
        let mut keeper = as_postgres(Path::new("sh"));
        keeper.args(["-c", &script]).stdin(Stdio::piped());
        let keeper = keeper.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let server = Postgres {
            folder,
            programs,
            _keeper: keeper.unwrap(),
        };
        server.begin();
        server
    }

    /// Starts what was stopped.
    pub(crate) fn begin(&self) {
        let socket = self.folder.display();
        let options =
            format!("-k {socket} -c listen_addresses='' -c max_connections=300 -c autovacuum=off");
        let log = self.folder.join("log");
        let mut start = self.control();
        start.args(["-w", "-o", &options, "-l"]).arg(log);
        succeeds(start.arg("start"));
    }

    /// Stops at once, as a crash does.
    pub(crate) fn crash(&self) {
        succeeds(self.control().args(["-m", "immediate", "stop"]));
    }

    /// Returns the settings of a data folder over a fresh database.
    pub(crate) fn fresh_database(&self) -> String {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let name = format!("store{}", NUMBER.fetch_add(1, Ordering::SeqCst));
        self.query("postgres", &format!("CREATE DATABASE {name}"));
        format!(
            "[store]\nurl = \"postgres:///{name}?host={}&user=icteko\"\n",
            self.folder.display()
        )
    }

    /// Asks a database and returns the words of the answer.
    pub(crate) fn query(&self, database: &str, text: &str) -> String {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.arg("-h").arg(&self.folder);
        psql.args(["-U", "icteko", "-d", database, "-Atqc", text]);
        let output = psql.output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}: {said}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Returns the bytes of a table's file.
    pub(crate) fn file(&self, database: &str, table: &str) -> Vec<u8> {
        self.query("postgres", "CHECKPOINT");
        let ask = format!("SELECT pg_relation_filepath('{table}')");
        let path = self.query(database, &ask);
        std::fs::read(self.folder.join("data").join(path)).unwrap()
    }

    fn control(&self) -> Command {
        let mut control = as_postgres(&self.programs.join("pg_ctl"));
        control.arg("-D").arg(self.folder.join("data"));
        control
    }
}

/// Debian keeps the programs of each version apart.
fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path().join("bin"))
        .filter(|folder| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found
        .pop()
        .expect("PostgreSQL is missing: run  apt-get install postgresql")
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// The server refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    // Its own folder may be closed to the database's user.
    command.current_dir("/tmp");
    command
}

fn succeeds(command: &mut Command) {
    let done = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(done.success(), "{command:?}");
}
