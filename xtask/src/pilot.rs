//! The invented network, walked from definition to edition; what comes out must be what is
//! committed in `examples/pilot/results`, byte for byte.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::step::{cargo, output, program, root, run as run_command, step, target_dir};

/// The pilot's waves: id, number for the generator, first and last day. The last is open.
pub(crate) const WAVES: [(&str, &str, &str, &str); 3] = [
    ("2025-syksy", "1", "2025-10-06", "2025-10-31"),
    ("2026-kevat", "2", "2026-04-13", "2026-05-08"),
    ("2026-syksy", "3", "2026-11-02", "2027-01-29"),
];

/// The wave whose findings and handbook are made.
pub(crate) const CURRENT: &str = "2026-kevat";

/// The day the pilot's edition carries; a date of its own would change with every run.
const PUBLISHED: &str = "2026-06-15";

const INSTRUMENT: &str = "icteko-perus";

/// The cities' names in addresses and folders.
const CITIES: [&str; 7] = [
    "hameenlinna",
    "lahti",
    "oulu",
    "porvoo",
    "tampere",
    "turku",
    "vantaa",
];

/// Walks the pilot in a fresh folder and compares; `--accept` writes what came out instead.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let accept = args.iter().any(|arg| arg == "--accept");
    step("build the program and the pilot", build)?;
    let work = target_dir().join("pilot");
    if work.exists() {
        fs::remove_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    }
    fs::create_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    let data = work.join("data");
    prepare(&data)?;
    answer(&data, "127.0.0.1:0", |_| {})?;
    publish(&data)?;
    step("compare with what is committed", || {
        let came_out = results(&data)?;
        let committed = root().join("examples/pilot/results");
        if accept {
            replace(&committed, &came_out)
        } else {
            compare(&committed, &came_out)
        }
    })
}

/// Builds the program and the generator in the development profile.
pub(crate) fn build() -> Result<(), String> {
    run_command(&mut cargo(&["build", "--workspace"]))
}

/// Returns the program with a data folder.
pub(crate) fn icteko(data: &Path) -> Command {
    let mut command = Command::new(program());
    command.arg("--data").arg(data);
    command
}

/// Registers, waves and their codes.
pub(crate) fn prepare(data: &Path) -> Result<(), String> {
    let pilot = root().join("examples/pilot");
    step(
        "import the network, its units and its staff numbers",
        || {
            for (what, file) in [
                ("network", "network.toml"),
                ("units", "units.csv"),
                ("frame", "frame.csv"),
            ] {
                run_command(icteko(data).args(["import", what]).arg(pilot.join(file)))?;
            }
            Ok(())
        },
    )?;
    step("give every city its contacts and trainings", || {
        for city in CITIES {
            let file = data.join("help").join(format!("{city}.toml"));
            fs::copy(pilot.join("help.toml"), &file)
                .map_err(|error| format!("{}: {error}", file.display()))?;
        }
        Ok(())
    })?;
    step("make the waves and their codes", || {
        for (wave, _, opens, closes) in WAVES {
            run_command(icteko(data).args([
                "wave", "create", wave, "--survey", INSTRUMENT, "--opens", opens, "--closes",
                closes,
            ]))?;
            run_command(icteko(data).args(["wave", "open", wave]))?;
            let codes = output(icteko(data).args(["wave", "codes", wave]))?;
            fs::write(codes_file(data, wave), codes)
                .map_err(|error| format!("codes of {wave}: {error}"))?;
        }
        Ok(())
    })
}

/// The list of codes of a wave, beside the data folder: the program itself does not keep it.
fn codes_file(data: &Path, wave: &str) -> PathBuf {
    data.with_file_name(format!("codes-{wave}.csv"))
}

/// Everybody's answers through the server, then closes what is over. `ready` is called with the
/// server's address once it takes answers.
pub(crate) fn answer(data: &Path, listen: &str, ready: impl FnOnce(&str)) -> Result<(), String> {
    let server = Server::start(data, listen)?;
    ready(&server.host);
    let release = root().join(format!(
        "surveys/instruments/{INSTRUMENT}/releases/0002.json"
    ));
    for (wave, number, _, _) in WAVES {
        step(&format!("answer the wave {wave} over HTTP"), || {
            run_command(
                Command::new(target_dir().join("debug/pilot"))
                    .args(["answer", &server.host])
                    .arg(&release)
                    .arg(codes_file(data, wave))
                    .arg(number),
            )
        })?;
    }
    drop(server);
    step("close the waves that are over", || {
        for (wave, _, _, _) in &WAVES[..2] {
            run_command(icteko(data).args(["wave", "close", wave]))?;
        }
        Ok(())
    })
}

/// Dataset, findings and handbook of the current wave.
pub(crate) fn publish(data: &Path) -> Result<(), String> {
    let dataset = data.join("datasets").join(CURRENT);
    step("export the dataset", || {
        let mut export = icteko(data);
        export
            .args(["dataset", "export", "--csv", "--out"])
            .arg(&dataset);
        for (wave, _, _, _) in &WAVES[..2] {
            export.args(["--wave", wave]);
        }
        run_command(&mut export)
    })?;
    step("compute the findings", || {
        let jobs = data.join("jobs");
        fs::create_dir_all(&jobs).map_err(|error| format!("{}: {error}", jobs.display()))?;
        let job = jobs.join(format!("{CURRENT}.toml"));
        fs::copy(
            root().join(format!("examples/pilot/jobs/{CURRENT}.toml")),
            &job,
        )
        .map_err(|error| format!("{}: {error}", job.display()))?;
        let findings = data.join("findings").join(CURRENT).join("1");
        run_command(
            icteko(data)
                .arg("analyse")
                .arg(&job)
                .arg("--out")
                .arg(&findings)
                .arg("--ledger")
                .arg(data.join("findings/ledger.json")),
        )
    })?;
    step(
        "build the handbook of the network and of each city in three languages",
        || {
            let findings = data.join("findings").join(CURRENT).join("1");
            let editions = data.join("editions").join(CURRENT);
            run_command(
                icteko(data)
                    .args(["handbook", "build", "--edition", CURRENT])
                    // Setting a book takes seconds in the development profile; there are 24.
                    .args(["--books", "network"])
                    .args(["--published", PUBLISHED, "--findings"])
                    .arg(&findings)
                    .arg("--out")
                    .arg(&editions),
            )
        },
    )
}

/// Returns what is committed of a walk: the findings, the edition's manifest, one page.
fn results(data: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, String> {
    let findings = data.join("findings").join(CURRENT).join("1");
    let edition = data.join("editions").join(CURRENT);
    let mut files = Vec::new();
    let mut names: Vec<PathBuf> = fs::read_dir(&findings)
        .map_err(|error| format!("{}: {error}", findings.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    names.sort();
    for path in names {
        let name = path.file_name().map(PathBuf::from).unwrap_or_default();
        files.push((Path::new("findings").join(name), path));
    }
    files.push((
        PathBuf::from("dataset-manifest.json"),
        data.join("datasets").join(CURRENT).join("manifest.json"),
    ));
    files.push((
        PathBuf::from("edition-manifest.json"),
        edition.join("manifest.json"),
    ));
    files.push((
        PathBuf::from("page-network-fi.html"),
        edition.join("network/fi/results.html"),
    ));
    files
        .into_iter()
        .map(|(name, path)| {
            fs::read(&path)
                .map(|bytes| (name, bytes))
                .map_err(|error| format!("{}: {error}", path.display()))
        })
        .collect()
}

fn replace(committed: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), String> {
    if committed.exists() {
        fs::remove_dir_all(committed)
            .map_err(|error| format!("{}: {error}", committed.display()))?;
    }
    for (name, bytes) in files {
        let path = committed.join(name);
        let folder = path.parent().unwrap_or(committed);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, bytes))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

fn compare(committed: &Path, files: &[(PathBuf, Vec<u8>)]) -> Result<(), String> {
    let mut differing = Vec::new();
    for (name, bytes) in files {
        match fs::read(committed.join(name)) {
            Ok(expected) if expected == *bytes => {}
            Ok(_) => differing.push(format!("{} differs", name.display())),
            Err(error) => differing.push(format!("{}: {error}", name.display())),
        }
    }
    for name in files_below(committed, Path::new(""))? {
        if files.iter().all(|(produced, _)| *produced != name) {
            differing.push(format!("{} is no longer produced", name.display()));
        }
    }
    if differing.is_empty() {
        eprintln!("{} files, the same byte for byte", files.len());
        return Ok(());
    }
    Err(format!(
        "the pilot gives other results than are committed:\n  {}\n\
         Look at the difference; if it is meant, run  cargo xtask pilot --accept",
        differing.join("\n  ")
    ))
}

/// Returns every file below a folder by its path inside it, in order.
fn files_below(folder: &Path, inside: &Path) -> Result<Vec<PathBuf>, String> {
    let here = folder.join(inside);
    let unreadable = |error| format!("{}: {error}", here.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(&here).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = inside.join(entry.file_name());
        if entry.path().is_dir() {
            found.extend(files_below(folder, &name)?);
        } else {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}

/// A running server that ends with its owner.
pub(crate) struct Server {
    child: Child,
    /// Where it listens, such as `127.0.0.1:8080`.
    pub(crate) host: String,
}

impl Server {
    /// Starts `icteko serve` and waits until it listens.
    pub(crate) fn start(data: &Path, listen: &str) -> Result<Server, String> {
        Server::started(icteko(data).args(["serve", "--listen", listen]))
    }

    /// Starts a server by any command and waits until it listens.
    pub(crate) fn started(command: &mut Command) -> Result<Server, String> {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start the server: {error}"))?;
        let stdout = child.stdout.take().ok_or("the server has no output")?;
        let mut host = None;
        // The line `ready: http://…` is the last of the greeting.
        for line in BufReader::new(stdout).lines() {
            let line = line.map_err(|error| error.to_string())?;
            if let Some(address) = line.strip_prefix("ready: http://") {
                host = Some(address.trim_end_matches('/').to_owned());
                break;
            }
        }
        match host {
            Some(host) => Ok(Server { child, host }),
            None => {
                let _ = child.kill();
                Err("the server ended before it was ready".into())
            }
        }
    }

    /// Returns the most memory that the server has held, in MiB, where the system tells it.
    pub(crate) fn peak_mib(&self) -> Option<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib / 1024.0)
    }

    /// Waits until the server ends by itself or by the person at the keyboard.
    pub(crate) fn wait(mut self) -> Result<(), String> {
        self.child
            .wait()
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGTERM, so that it finishes what runs; the standard library can only kill.
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_that_changed_vanished_or_are_no_longer_produced_are_named() {
        let folder = std::env::temp_dir().join(format!("icteko-pilot-{}", std::process::id()));
        let files = |names: &[&str]| -> Vec<(PathBuf, Vec<u8>)> {
            let pair = |name: &&str| (PathBuf::from(name), name.as_bytes().to_vec());
            names.iter().map(pair).collect()
        };
        let committed = files(&["findings/lahti.json", "findings/oulu.json", "page.html"]);
        replace(&folder, &committed).unwrap();
        let same = compare(&folder, &committed);
        let mut other = files(&["findings/lahti.json", "findings/turku.json", "page.html"]);
        other[2].1.push(b'!');
        let different = compare(&folder, &other).unwrap_err();
        fs::remove_dir_all(&folder).unwrap();
        same.unwrap();
        for line in [
            "findings/turku.json: ",
            "page.html differs",
            "findings/oulu.json is no longer produced",
        ] {
            assert!(different.contains(line), "{different}");
        }
        assert!(!different.contains("lahti"), "{different}");
    }
}
