//! A private PostgreSQL to measure: on a socket in a folder of its own that goes with it, with the
//! settings it comes with. `pgbench` stores the same rows without the service.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::setup;
use crate::step::{output, run};

/// The database of the service.
const STORE: &str = "kuorma";

/// Rows that one client stores alone, and rows of each of many.
const ROWS: (u32, u32) = (1_500, 300);

/// Clients that store at once: as many as there are senders and a quarter of them.
const CLIENTS: [u32; 2] = [8, 32];

/// A private database server.
pub(super) struct Postgres {
    folder: PathBuf,
    programs: PathBuf,
    /// Ends the server once nobody holds its input any more, however that comes about.
    _keeper: Child,
}

impl Postgres {
    /// Starts a server with one empty database.
    pub(super) fn start() -> Result<Postgres, String> {
        setup::postgres()?;
        let programs = programs()?;
        let folder = std::env::temp_dir().join(format!("icteko-bench-pg-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let data = folder.join("data");
        let mut initdb = as_postgres(&programs.join("initdb"));
        initdb
            .arg("-D")
            .arg(&data)
            .args(["-A", "trust", "-U", "icteko", "-E", "UTF8"]);
        run(initdb.arg("--locale=C.UTF-8").stdout(Stdio::null()))?;
        let script = format!(
            "cat > /dev/null; '{0}/pg_ctl' -D '{1}/data' -m immediate stop; rm -rf '{1}'",
            programs.display(),
            folder.display()
        );
        let mut keeper = as_postgres(Path::new("sh"));
        keeper.args(["-c", &script]).stdin(Stdio::piped());
        let keeper = keeper.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let server = Postgres {
            programs,
            _keeper: keeper.map_err(|error| format!("cannot start a shell: {error}"))?,
            folder,
        };
        let options = format!(
            "-k {} -c listen_addresses='' -c max_connections=100",
            server.folder.display()
        );
        let mut start = as_postgres(&server.programs.join("pg_ctl"));
        start.arg("-D").arg(data).args(["-w", "-o", &options, "-l"]);
        run(start
            .arg(server.folder.join("log"))
            .arg("start")
            .stdout(Stdio::null()))?;
        server.ask("postgres", &format!("CREATE DATABASE {STORE}"))?;
        Ok(server)
    }

    /// Returns what `icteko.toml` says of the store.
    pub(super) fn settings(&self) -> String {
        format!(
            "[store]\nurl = \"postgres:///{STORE}?host={}&user=icteko\"\n",
            self.folder.display()
        )
    }

    /// Stores the rows of sent questionnaires again in a database of the same tables, durable as
    /// the service's, once with one commit after another and then by many clients at once.
    pub(super) fn bare(&self) -> Result<String, String> {
        let kept = self.ask(
            STORE,
            "SELECT (SELECT COUNT(*) FROM answers) + (SELECT COUNT(*) FROM inbox)",
        )?;
        let version = self.ask(STORE, "SHOW server_version")?;
        let rows = ROWS.0 + CLIENTS.iter().map(|clients| clients * ROWS.1).sum::<u32>();
        self.ask(
            "postgres",
            &format!("CREATE DATABASE bare TEMPLATE {STORE}"),
        )?;
        self.ask("bare", &prepared(rows))?;
        let script = self.folder.join("store.sql");
        fs::write(&script, STORE_ONE).map_err(|error| format!("{}: {error}", script.display()))?;
        let mut told = format!(
            "answers kept: {kept}\nbare PostgreSQL {version}, stored per second:\n\
             one commit each: {}\n",
            self.pgbench(&script, 1, ROWS.0)?
        );
        for clients in CLIENTS {
            let rate = self.pgbench(&script, clients, ROWS.1)?;
            told.push_str(&format!("groups of {clients}: {rate}\n"));
        }
        Ok(told)
    }

    /// Returns how many transactions a second so many clients do, each so many.
    fn pgbench(&self, script: &Path, clients: u32, each: u32) -> Result<String, String> {
        let mut pgbench = Command::new(self.programs.join("pgbench"));
        pgbench
            .arg("-h")
            .arg(&self.folder)
            .args(["-U", "icteko", "-n", "-M", "prepared"]);
        pgbench.args(["-c", &clients.to_string(), "-t", &each.to_string(), "-f"]);
        let said = output(pgbench.arg(script).arg("bare"))?;
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.and_then(|rest| rest.split_whitespace().next());
        rate.map(str::to_owned)
            .ok_or_else(|| format!("pgbench told no rate:\n{said}"))
    }

    fn ask(&self, database: &str, text: &str) -> Result<String, String> {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.arg("-h").arg(&self.folder).args(["-U", "icteko"]);
        psql.args(["-v", "ON_ERROR_STOP=1", "-d", database, "-Atqc", text]);
        Ok(output(&mut psql)?.trim().to_owned())
    }
}

/// Codes of one batch for every row, and one sent answer to store again.
fn prepared(rows: u32) -> String {
    format!(
        "CREATE SEQUENCE bare_number;
         CREATE TABLE bare_row AS SELECT wave, municipality, unit, release, response
           FROM answers LIMIT 1;
         TRUNCATE inbox;
         INSERT INTO codes (code_hash, batch)
           SELECT sha256(('code' || number)::bytea), (SELECT batch FROM batches LIMIT 1)
           FROM generate_series(1, {rows}) AS number;"
    )
}

/// What the service stores for one questionnaire, under keys that say no more than random ones.
const STORE_ONE: &str = "\
SELECT nextval('bare_number') AS n \\gset
BEGIN;
INSERT INTO submissions (mark, wave, municipality)
  SELECT sha256(('mark' || :n)::bytea), wave, municipality FROM bare_row;
INSERT INTO spent_codes (code_hash) VALUES (sha256(('code' || :n)::bytea));
INSERT INTO inbox (entry, mark, content_hash, wave, municipality, unit, release, response)
  SELECT substring(sha256(('entry' || :n)::bytea) FOR 16), sha256(('mark' || :n)::bytea),
    sha256(('content' || :n)::bytea), wave, municipality, unit, release, response FROM bare_row;
COMMIT;
";

/// Debian keeps the programs of each version apart.
fn programs() -> Result<PathBuf, String> {
    let folders = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<PathBuf> = folders
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|folder| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found
        .pop()
        .ok_or_else(|| "PostgreSQL is missing: run  apt-get install postgresql".into())
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// The server refuses to run as root, and its user may not see this folder.
fn as_postgres(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/tmp");
    command
}
