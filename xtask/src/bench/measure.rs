//! The programs that are compared, and one timed run of one of them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{output, root};

/// What a program reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    Parquet,
    Csv,
}

impl Input {
    pub(super) const ALL: [Input; 2] = [Input::Parquet, Input::Csv];

    pub(super) fn name(self) -> &'static str {
        match self {
            Input::Parquet => "parquet",
            Input::Csv => "csv",
        }
    }
}

/// Something that is timed.
pub(super) struct Program {
    pub(super) name: &'static str,
    pub(super) version: String,
    pub(super) kind: Kind,
}

/// How it is started.
pub(super) enum Kind {
    /// Our own program.
    Own(PathBuf),
    /// A script that does the job.
    Script {
        runner: PathBuf,
        script: &'static str,
    },
    /// A script that only reads the file: a floor, no competitor.
    Reading {
        runner: PathBuf,
        script: &'static str,
    },
    /// Python with nothing to do but to load a library: a floor, too.
    Import {
        runner: PathBuf,
        library: &'static str,
    },
}

impl Program {
    /// Returns whether it does the job, and can read the input.
    pub(super) fn does_job(&self) -> bool {
        matches!(self.kind, Kind::Own(_) | Kind::Script { .. })
    }

    pub(super) fn reads(&self, input: Input) -> bool {
        match &self.kind {
            Kind::Script { script, .. } => input == Input::Csv || !script.ends_with(".R"),
            Kind::Own(_) => true,
            Kind::Reading { .. } | Kind::Import { .. } => input == Input::Parquet,
        }
    }

    fn command(&self, data: &Path, input: Input, out: &Path) -> Vec<PathBuf> {
        let file = data.join(format!("survey.{}", input.name()));
        let script = |script: &str| root().join("xtask/bench").join(script);
        match &self.kind {
            Kind::Own(program) => {
                let job = data.join(format!("{}.toml", input.name()));
                vec![
                    program.clone(),
                    "analyse".into(),
                    job,
                    "--out".into(),
                    out.into(),
                ]
            }
            Kind::Script {
                runner,
                script: name,
            } => {
                vec![runner.clone(), script(name), file, out.into()]
            }
            Kind::Reading {
                runner,
                script: name,
            } => vec![runner.clone(), script(name), file],
            Kind::Import { runner, library } => {
                vec![
                    runner.clone(),
                    "-c".into(),
                    format!("import {library}").into(),
                ]
            }
        }
    }
}

/// What one run took.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) seconds: f64,
    pub(super) processor_seconds: f64,
    pub(super) peak_mib: f64,
}

/// Runs a program once, whole process from start to exit; one thread is also one processor.
pub(super) fn run(
    program: &Program,
    python: &Path,
    data: &Path,
    input: Input,
    one_thread: bool,
    out: &Path,
) -> Result<Run, String> {
    let mut measured = Command::new(python);
    measured.arg(root().join("xtask/bench/measured.py"));
    if one_thread {
        measured.args(["taskset", "-c", "0"]);
        for name in [
            "POLARS_MAX_THREADS",
            "DUCKDB_THREADS",
            "R_DATATABLE_NUM_THREADS",
        ] {
            measured.env(name, "1");
        }
    }
    said(measured.args(program.command(data, input, out)))
}

/// Runs any command once, whole process from start to exit.
pub(super) fn timed(python: &Path, command: &Command) -> Result<Run, String> {
    let mut measured = Command::new(python);
    measured.arg(root().join("xtask/bench/measured.py"));
    said(measured.arg(command.get_program()).args(command.get_args()))
}

/// What the measuring script says of a run.
fn said(measured: &mut Command) -> Result<Run, String> {
    let text = output(measured)?;
    let numbers: Vec<f64> = text
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    match numbers[..] {
        [seconds, processor_seconds, kib] => Ok(Run {
            seconds,
            processor_seconds,
            peak_mib: kib / 1024.0,
        }),
        _ => Err(format!("the measuring script said `{text}`")),
    }
}

/// Median and ends of several runs.
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Spread {
    /// Returns the spread of at least one number.
    pub(super) fn of(numbers: impl Iterator<Item = f64>) -> Spread {
        let mut sorted: Vec<f64> = numbers.collect();
        sorted.sort_by(f64::total_cmp);
        let at = |place: usize| sorted.get(place).copied().unwrap_or(f64::NAN);
        let last = sorted.len().saturating_sub(1);
        Spread {
            median: (at(last / 2) + at(last.div_ceil(2))) / 2.0,
            low: at(0),
            high: at(last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_stands_in_the_middle() {
        let odd = Spread::of([3.0, 1.0, 2.0].into_iter());
        assert_eq!([odd.low, odd.median, odd.high].map(|x| x as u8), [1, 2, 3]);
        let even = Spread::of([4.0, 1.0, 2.0, 8.0].into_iter());
        assert_eq!(
            [even.low, even.median, even.high].map(|x| x as u8),
            [1, 3, 8]
        );
    }
}
