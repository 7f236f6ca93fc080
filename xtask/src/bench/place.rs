//! A server to measure: one open wave of the pilot's network and a code nobody has used, in a
//! folder of its own that goes when the measurement ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::pilot::Server;
use crate::step::{cargo, output, root, run as run_command, step, target_dir};

const WAVE: &str = "proba";

/// The server with its folder.
pub(super) struct Place {
    pub(super) server: Server,
    pub(super) code: String,
    folder: PathBuf,
}

impl Place {
    /// Makes the folder `name` under the build folder and serves it with `program`.
    pub(super) fn open(program: &Path, name: &str) -> Result<Place, String> {
        let folder = target_dir().join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| error.to_string())?;
        }
        let data = folder.join("data");
        open_wave(program, &data, WAVE)?;
        let unit = ["wave", "codes", WAVE, "--unit", "tre-harju", "--count", "1"];
        let codes = output(&mut icteko(program, &data, &unit))?;
        let line = codes.lines().nth(1).and_then(|line| line.split_once(','));
        let code = line.ok_or("the program gave no code")?.1.trim().to_owned();
        let server = Server::started(&mut icteko(
            program,
            &data,
            &["serve", "--listen", "127.0.0.1:0"],
        ))?;
        Ok(Place {
            server,
            code,
            folder,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Takes the pilot's registers into a new data folder and opens one wave over all of them.
pub(super) fn open_wave(program: &Path, data: &Path, wave: &str) -> Result<(), String> {
    let inputs = root().join("examples/pilot");
    for (what, file) in [
        ("network", "network.toml"),
        ("units", "units.csv"),
        ("frame", "frame.csv"),
    ] {
        run_command(icteko(program, data, &["import", what]).arg(inputs.join(file)))?;
    }
    let dates = ["--opens", "2026-01-01", "--closes", "2036-01-01"];
    let mut create = icteko(
        program,
        data,
        &["wave", "create", wave, "--survey", "icteko-perus"],
    );
    run_command(create.args(dates))?;
    run_command(&mut icteko(program, data, &["wave", "open", wave]))
}

/// A command of the program on a data folder.
pub(super) fn icteko(program: &Path, data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.arg("--data").arg(data).args(words);
    command
}

/// The program as people use it: the one that is named, or a release build.
pub(super) fn release_program(named: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(program) = named {
        return Ok(program.to_owned());
    }
    step(
        "build the program for release (long the first time)",
        || {
            let build = ["build", "--release", "--package", "icteko", "--locked"];
            run_command(&mut cargo(&build))?;
            Ok(target_dir().join("release").join("icteko"))
        },
    )
}
