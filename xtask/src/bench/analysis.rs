//! Times the analysis of a foreign survey beside other programs that do the same job.
//!
//! Everything runs from a clean clone: the peers are installed into an environment of their own
//! under the build folder, the survey is made up from a seed. Runs of all programs take turns, a
//! run whose results differ does not count. `docs/benchmarks.md` says what was found and how.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::measure::{Input, Kind, Program, Run, Spread, run as run_once};
use super::place::release_program;
use super::{results, survey};
use crate::step::{output, root, run as run_command, step, target_dir};

/// What the command may be told.
struct Options {
    rows: Vec<u64>,
    rounds: usize,
    program: Option<PathBuf>,
}

/// The command.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let options = options(args)?;
    let folder = target_dir().join("bench-analysis");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let python = step("install the peers", || peers(&folder))?;
    let own = release_program(options.program.as_deref())?;
    let programs = programs(&own, &python)?;
    for rows in options.rows {
        let data = folder.join(format!("rows-{rows}"));
        step(&format!("make {rows} answers"), || {
            make_data(rows, &data, &python)
        })?;
        compare(&programs, &python, &data, rows, options.rounds)?;
    }
    Ok(())
}

fn options(args: &[String]) -> Result<Options, String> {
    let usage = "usage: cargo xtask bench analysis [--rows N]... [--rounds N] [--program PATH]";
    let mut options = Options {
        rows: Vec::new(),
        rounds: 5,
        program: None,
    };
    let mut args = args.iter();
    while let Some(name) = args.next() {
        let value = args.next().ok_or(usage)?;
        let number = value.parse().ok().filter(|number| *number > 0);
        match name.as_str() {
            "--rows" => options.rows.push(number.ok_or(usage)?),
            "--rounds" => options.rounds = number.ok_or(usage)? as usize,
            "--program" => options.program = Some(PathBuf::from(value)),
            _ => return Err(usage.into()),
        }
    }
    if options.rows.is_empty() {
        options.rows = vec![100_000, 1_000_000];
    }
    Ok(options)
}

/// Installs the peers of `xtask/bench/requirements.txt`; returns their Python.
fn peers(folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join("venv/bin/python");
    let wanted = root().join("xtask/bench/requirements.txt");
    let installed = folder.join("venv/installed.txt");
    let text = fs::read_to_string(&wanted).map_err(|error| error.to_string())?;
    if fs::read_to_string(&installed).is_ok_and(|installed| installed == text) {
        return Ok(python);
    }
    let environment = folder.join("venv");
    run_command(
        Command::new("python3")
            .args(["-m", "venv"])
            .arg(environment),
    )?;
    let mut pip = Command::new(&python);
    run_command(
        pip.args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(&wanted),
    )?;
    fs::write(&installed, text).map_err(|error| error.to_string())?;
    Ok(python)
}

fn programs(own: &Path, python: &Path) -> Result<Vec<Program>, String> {
    let version = |library: &str| {
        let ask = format!("import {library}; print({library}.__version__)");
        output(Command::new(python).args(["-c", &ask])).map(|text| text.trim().to_owned())
    };
    let own_version = output(Command::new(own).arg("--version"))?;
    let own_version = own_version.trim().trim_start_matches("icteko ").to_owned();
    let mut programs = vec![Program {
        name: "icteko",
        version: own_version,
        kind: Kind::Own(own.to_owned()),
    }];
    for (name, script) in [
        ("polars", "run_polars.py"),
        ("duckdb", "run_duckdb.py"),
        ("pandas", "run_pandas.py"),
    ] {
        programs.push(Program {
            name,
            version: version(name)?,
            kind: Kind::Script {
                runner: python.to_owned(),
                script,
            },
        });
    }
    let ask = "cat(as.character(packageVersion('data.table')))";
    match Command::new("Rscript").args(["-e", ask]).output() {
        Ok(said) if said.status.success() => programs.push(Program {
            name: "data.table",
            version: String::from_utf8_lossy(&said.stdout).into_owned(),
            kind: Kind::Script {
                runner: "Rscript".into(),
                script: "run_datatable.R",
            },
        }),
        _ => eprintln!("R with data.table is not installed: left out"),
    }
    programs.push(Program {
        name: "polars, reading alone",
        version: version("polars")?,
        kind: Kind::Reading {
            runner: python.to_owned(),
            script: "read_polars.py",
        },
    });
    programs.push(Program {
        name: "polars, import alone",
        version: version("polars")?,
        kind: Kind::Import {
            runner: python.to_owned(),
            library: "polars",
        },
    });
    Ok(programs)
}

/// Makes the survey as CSV and Parquet, with codebook and jobs, unless it is there.
fn make_data(rows: u64, data: &Path, python: &Path) -> Result<(), String> {
    let (csv, parquet) = (data.join("survey.csv"), data.join("survey.parquet"));
    let write = |name: &str, text: String| {
        let file = data.join(name);
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))
    };
    fs::create_dir_all(data).map_err(|error| error.to_string())?;
    write("codebook.json", survey::codebook())?;
    for input in Input::ALL {
        let file = format!("survey.{}", input.name());
        write(&format!("{}.toml", input.name()), survey::job(&file))?;
    }
    if !parquet.exists() {
        survey::write_csv(rows, &csv)?;
        let half = data.join("half-written.parquet");
        let script = root().join("xtask/bench/to_parquet.py");
        run_command(Command::new(python).arg(script).arg(&csv).arg(&half))?;
        fs::rename(half, parquet).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Times all programs in turn and prints a table for each input and number of threads.
fn compare(
    programs: &[Program],
    python: &Path,
    data: &Path,
    rows: u64,
    rounds: usize,
) -> Result<(), String> {
    for input in Input::ALL {
        let file = data.join(format!("survey.{}", input.name()));
        let bytes = fs::read(&file).map_err(|error| error.to_string())?.len();
        for one_thread in [false, true] {
            let threads = if one_thread {
                "one thread"
            } else {
                "all threads"
            };
            let taking_part: Vec<&Program> = programs
                .iter()
                .filter(|program| program.reads(input))
                .collect();
            let mut runs: Vec<Vec<Run>> = vec![Vec::new(); taking_part.len()];
            let mut differences: Vec<f64> = vec![0.0; taking_part.len()];
            for round in 1..=rounds {
                eprintln!("{} {threads}, round {round} of {rounds}", input.name());
                for (place, program) in taking_part.iter().enumerate() {
                    let out = data.join(format!("out-{}-{}", program.name, input.name()));
                    runs[place].push(run_once(program, python, data, input, one_thread, &out)?);
                    if program.does_job() {
                        let reference = data.join(format!("out-icteko-{}", input.name()));
                        differences[place] = results::compared(&reference, &out)?;
                    }
                }
            }
            let mib = bytes as f64 / f64::from(1 << 20);
            println!(
                "\n{rows} rows, {} ({mib:.0} MiB), {threads}, {rounds} rounds",
                input.name()
            );
            print(&taking_part, &runs, &differences);
        }
    }
    Ok(())
}

fn print(programs: &[&Program], runs: &[Vec<Run>], differences: &[f64]) {
    println!(
        "| {:<22} | {:<8} | {:>8} | {:>13} | {:>9} | {:>8} | {:>8} | {:>10} |",
        "program",
        "version",
        "median s",
        "from-to s",
        "processor",
        "peak MiB",
        "times",
        "difference"
    );
    println!("| --- | --- | --: | --: | --: | --: | --: | --: |");
    let median = |runs: &[Run]| Spread::of(runs.iter().map(|run| run.seconds)).median;
    let own = median(&runs[0]);
    for ((program, runs), difference) in programs.iter().zip(runs).zip(differences) {
        let seconds = Spread::of(runs.iter().map(|run| run.seconds));
        let processor = Spread::of(runs.iter().map(|run| run.processor_seconds));
        let peak = Spread::of(runs.iter().map(|run| run.peak_mib));
        let difference = match program.does_job() {
            true => format!("{difference:.1e}"),
            false => String::new(),
        };
        println!(
            "| {:<22} | {:<8} | {:>8.3} | {:>5.3}-{:<7.3} | {:>9.3} | {:>8.0} | {:>8.2} | {:>10} |",
            program.name,
            program.version,
            seconds.median,
            seconds.low,
            seconds.high,
            processor.median,
            peak.high,
            seconds.median / own,
            difference,
        );
    }
}
