//! Sends whole questionnaires at a set rate and ten times as fast, and stores the same rows in a
//! bare database in the same run.
//!
//! The pilot's `load` command sends; `xtask/bench/bare_sqlite.py` is the bare database.
//! `docs/benchmarks.md` says what was found and how.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::place::{icteko, open_wave, release_program};
use super::postgres::Postgres;
use crate::pilot::Server;
use crate::step::{cargo, output, root, run as run_command, step, target_dir};

/// The share of the bare database that the service must reach.
const LEAST_SHARE: f64 = 60.0;

/// What the command may be told.
struct Options {
    rate: u32,
    seconds: u32,
    overload_seconds: u32,
    at_once: u32,
    program: Option<PathBuf>,
    store: Kind,
}

/// Where the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Sqlite,
    Postgres,
}

/// Servers that stand before one PostgreSQL.
const SERVERS: usize = 2;

/// Where the rows are in this run, for as long as it lives.
enum Store {
    File(PathBuf),
    Server(Postgres),
}

/// The command.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let options = options(args)?;
    let (program, sender) = programs(&options)?;
    let folder = target_dir().join("bench-answering");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let data = folder.join("data");
    let codes = folder.join("codes.csv");
    let store = store(options.store, &data)?;
    step("set up a wave with its codes", || {
        set_up(&program, &data, &codes, people(&options))
    })?;
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let servers = (0..store.servers())
        .map(|_| Server::started(&mut icteko(&program, &data, &serve)))
        .collect::<Result<Vec<_>, _>>()?;
    let hosts: Vec<&str> = servers.iter().map(|server| server.host.as_str()).collect();
    let numbers = [
        options.rate,
        options.seconds,
        options.overload_seconds,
        options.at_once,
    ];
    let release = root().join("surveys/instruments/icteko-perus/releases/0002.json");
    let text = step("people answer, then send (some minutes)", || {
        let mut load = Command::new(&sender);
        load.args(["load", &hosts.join(",")])
            .arg(release)
            .arg(&codes);
        output(load.args(numbers.map(|number| number.to_string())))
    })?;
    println!("{text}");
    for peak in servers.iter().filter_map(Server::peak_mib) {
        println!("most memory of a server: {peak:.0} MiB");
    }
    drop(servers);
    let bare = step("store the same rows in a bare database", || {
        store.bare(&folder)
    })?;
    print!("{bare}");
    let told = judge(&text, &bare);
    let _ = fs::remove_dir_all(&folder);
    told
}

/// Sets up where the rows will be.
fn store(kind: Kind, data: &Path) -> Result<Store, String> {
    if kind == Kind::Sqlite {
        return Ok(Store::File(data.join("icteko.db")));
    }
    let server = step("start a private PostgreSQL", Postgres::start)?;
    let settings = data.join("icteko.toml");
    fs::create_dir_all(data)
        .and_then(|()| fs::write(&settings, server.settings()))
        .map_err(|error| format!("{}: {error}", settings.display()))?;
    Ok(Store::Server(server))
}

impl Store {
    fn servers(&self) -> usize {
        match self {
            Store::File(_) => 1,
            Store::Server(_) => SERVERS,
        }
    }

    fn bare(&self, folder: &Path) -> Result<String, String> {
        match self {
            Store::File(file) => {
                let mut python = Command::new("python3");
                python.arg(root().join("xtask/bench/bare_sqlite.py"));
                output(python.arg(file).arg(folder.join("bare.db")))
            }
            Store::Server(server) => server.bare(),
        }
    }
}

/// Compares with the bare database, and the receipts with what is kept.
fn judge(text: &str, bare: &str) -> Result<(), String> {
    let given = number(text, "receipts given: ")?;
    let kept = number(bare, "answers kept: ")?;
    if given > kept {
        return Err(format!(
            "{given} receipts were given, {kept} answers are kept"
        ));
    }
    let service = number(text, "sent per second as fast as it goes: ")?;
    let one_by_one = number(bare, "one commit each: ")?;
    let share = 100.0 * service / one_by_one;
    println!("share of the bare database with one commit each: {share:.0} %");
    for line in bare.lines().filter(|line| line.starts_with("groups of ")) {
        let (group, rate) = line.split_once(": ").unwrap_or((line, ""));
        let rate = number(rate, "")?;
        println!(
            "share of the bare database with {group}: {:.0} %",
            100.0 * service / rate
        );
    }
    if share < LEAST_SHARE {
        return Err(format!("{share:.0} % is less than {LEAST_SHARE} %"));
    }
    Ok(())
}

/// Returns the number behind a label.
fn number(text: &str, label: &str) -> Result<f64, String> {
    text.lines()
        .find_map(|line| line.strip_prefix(label))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|word| word.parse().ok())
        .ok_or_else(|| format!("no line `{label}` with a number"))
}

fn options(args: &[String]) -> Result<Options, String> {
    let usage = "usage: cargo xtask bench answering [--rate N] [--seconds N] [--overload-seconds N] \
                 [--at-once N] [--store sqlite|postgres] [--program PATH]";
    let mut options = Options {
        rate: 50,
        seconds: 30,
        overload_seconds: 10,
        at_once: 1_500,
        program: None,
        store: Kind::Sqlite,
    };
    let mut args = args.iter();
    while let Some(name) = args.next() {
        let value = args.next().ok_or(usage)?;
        let number = value.parse().ok().filter(|number| *number > 0);
        match name.as_str() {
            "--rate" => options.rate = number.ok_or(usage)?,
            "--seconds" => options.seconds = number.ok_or(usage)?,
            "--overload-seconds" => options.overload_seconds = number.ok_or(usage)?,
            "--at-once" => options.at_once = number.ok_or(usage)?,
            "--store" if value == "sqlite" => options.store = Kind::Sqlite,
            "--store" if value == "postgres" => options.store = Kind::Postgres,
            "--program" => options.program = Some(PathBuf::from(value)),
            _ => return Err(usage.into()),
        }
    }
    Ok(options)
}

/// Codes that are needed: everybody who sends in some phase, those who save and read, and one who
/// goes before. The pilot says so where they are too few.
fn people(options: &Options) -> u32 {
    let (rate, over) = (options.rate, options.overload_seconds);
    rate * options.seconds + options.at_once + 10 * rate * over + 15 * rate + 201
}

/// Returns the program and the sender, both built for release unless a program is given.
fn programs(options: &Options) -> Result<(PathBuf, PathBuf), String> {
    let program = release_program(options.program.as_deref())?;
    let sender = step("build the sender for release", || {
        let build = ["build", "--release", "--package", "pilot", "--locked"];
        run_command(&mut cargo(&build))?;
        Ok(target_dir().join("release").join("pilot"))
    })?;
    Ok((program, sender))
}

fn set_up(program: &Path, data: &Path, codes: &Path, people: u32) -> Result<(), String> {
    open_wave(program, data, "kuorma")?;
    let mut list = String::from("unit,code\n");
    let mut left = people;
    while left > 0 {
        // The program makes so many at a time.
        let count = left.min(2_000);
        let words = ["wave", "codes", "kuorma", "--unit", "tre-harju"];
        let mut make = icteko(program, data, &words);
        let made = output(make.args(["--count", &count.to_string()]))?;
        for line in made.lines().skip(1) {
            list.push_str(line);
            list.push('\n');
        }
        left -= count;
    }
    fs::write(codes, list).map_err(|error| format!("{}: {error}", codes.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_answer_and_a_small_share_end_the_measurement() {
        let text = "receipts given: 10\nsent per second as fast as it goes: 70.0\n";
        let bare = "answers kept: 10\none commit each: 100.0\ngroups of 32: 300.0\n";
        assert!(judge(text, bare).is_ok());
        let lost = bare.replace("kept: 10", "kept: 9");
        assert!(judge(text, &lost).unwrap_err().contains("9 answers"));
        let fast = bare.replace("each: 100", "each: 200");
        assert!(judge(text, &fast).unwrap_err().contains("35 %"));
        assert!(judge("", bare).is_err());
    }
}
