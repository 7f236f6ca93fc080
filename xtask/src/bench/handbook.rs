//! Times whole editions of the handbook, and its pages beside mdBook on the same Markdown.
//!
//! The pilot's network with every city, in three languages and all formats; three hundred cities as
//! pages; a page after a save in the preview beside making all pages; and the handbook's own Finnish
//! text without figures, again and again, as one book for both programs. Runs take turns, and every
//! run of ours must give the same bytes, one on a single processor among them. More memory than
//! promised and other bytes fail; times are printed, since the machine may be shared.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::measure::{Run, Spread, timed};
use super::place::{icteko, release_program};
use super::plain_book::{self, PlainBook};
use super::saving;
use crate::step::{cargo, output, root, run as run_command, step, target_dir};

/// MiB that pages of three hundred cities may take.
const MANY_CITIES: f64 = 1024.0;
/// How many times faster a page is than with the peer.
const TIMES: f64 = 5.0;

/// The peer, as its package index has it.
const MDBOOK: &str = "0.5.4";

/// What the command may be told.
struct Options {
    rounds: usize,
    cities: usize,
    copies: usize,
    program: Option<PathBuf>,
}

/// The command.
pub(super) fn run(args: &[String]) -> Result<(), String> {
    let options = options(args)?;
    let folder = target_dir().join("bench-handbook");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let own = release_program(options.program.as_deref())?;
    let peer = step("install mdBook", || mdbook(&folder))?;
    let mut missed = Vec::new();
    let bench = Bench {
        own: &own,
        folder: &folder,
        rounds: options.rounds,
    };
    println!("| what | files | median s | from-to s | processor s | peak MiB | goal |");
    println!("| --- | --: | --: | --: | --: | --: | --- |");
    let pilot = root().join("examples/pilot/results/findings");
    let all = bench.edition("all", &pilot, "all")?;
    all.print(
        "network and 7 cities, 3 languages, pages, PDF and EPUB",
        "60 s",
    );
    let pages = bench.edition("pages", &pilot, "none")?;
    pages.print("the same, pages", "");
    let saves = saving::measure(&own, &folder.join("data-saving"), &pilot)?;
    saves.print();
    let many = folder.join("findings");
    step(
        &format!("make findings of {} cities", options.cities),
        || plain_book::many_cities(&pilot, &many, options.cities),
    )?;
    let html = bench.edition("many", &many, "none")?;
    let what = format!("{} cities, 3 languages, pages", options.cities);
    html.print(&what, "60 s, 1024 MiB");
    missed.extend((html.peak > MANY_CITIES).then_some("memory for many cities"));
    let times = bench.beside(&peer, &pilot, options.copies)?;
    missed.extend((times < TIMES).then_some("a page beside mdBook"));
    println!("\n{}", versions(&own, &peer)?);
    if missed.is_empty() {
        return Ok(());
    }
    Err(format!("not as promised: {}", missed.join(", ")))
}

fn options(args: &[String]) -> Result<Options, String> {
    let usage =
        "usage: cargo xtask bench handbook [--rounds N] [--cities N] [--copies N] [--program PATH]";
    let mut options = Options {
        rounds: 3,
        cities: 300,
        copies: 40,
        program: None,
    };
    let mut args = args.iter();
    while let Some(name) = args.next() {
        let value = args.next().ok_or(usage)?;
        let number = || value.parse().ok().filter(|number| *number > 0);
        match name.as_str() {
            "--rounds" => options.rounds = number().ok_or(usage)?,
            "--cities" => options.cities = number().ok_or(usage)?,
            "--copies" => options.copies = number().ok_or(usage)?,
            "--program" => options.program = Some(PathBuf::from(value)),
            _ => return Err(usage.into()),
        }
    }
    Ok(options)
}

/// Installs the peer below the folder and returns its program.
fn mdbook(folder: &Path) -> Result<PathBuf, String> {
    let home = folder.join("mdbook");
    let program = home.join("bin/mdbook");
    let says = |program: &Path| output(Command::new(program).arg("--version")).unwrap_or_default();
    if program.exists() && says(&program).contains(MDBOOK) {
        return Ok(program);
    }
    let install = [
        "install",
        "mdbook",
        "--version",
        MDBOOK,
        "--locked",
        "--quiet",
        "--root",
    ];
    run_command(cargo(&install).arg(&home))?;
    Ok(program)
}

/// The program and where it works.
struct Bench<'a> {
    own: &'a Path,
    folder: &'a Path,
    rounds: usize,
}

/// What several runs took.
struct Took {
    files: usize,
    seconds: Spread,
    processor: Spread,
    peak: f64,
}

impl Took {
    fn of(files: usize, runs: &[Run]) -> Took {
        Took {
            files,
            seconds: Spread::of(runs.iter().map(|run| run.seconds)),
            processor: Spread::of(runs.iter().map(|run| run.processor_seconds)),
            peak: runs.iter().map(|run| run.peak_mib).fold(0.0, f64::max),
        }
    }

    fn print(&self, what: &str, goal: &str) {
        println!(
            "| {what} | {} | {:.2} | {:.2}-{:.2} | {:.2} | {:.0} | {goal} |",
            self.files,
            self.seconds.median,
            self.seconds.low,
            self.seconds.high,
            self.processor.median,
            self.peak,
        );
    }
}

impl Bench<'_> {
    /// Builds an edition in every round, and once on a single processor, which is not timed; all
    /// must be the same.
    fn edition(&self, name: &str, findings: &Path, books: &str) -> Result<Took, String> {
        let (mut runs, mut first) = (Vec::new(), None);
        for round in 0..=self.rounds {
            eprintln!("{name}, round {round} of {}", self.rounds);
            let (run, manifest) = self.build(name, findings, books, round == 0)?;
            runs.extend((round > 0).then_some(run));
            if first.get_or_insert_with(|| manifest.clone()) != &manifest {
                return Err(format!("{name}: two runs gave different bytes"));
            }
        }
        let manifest: Value = serde_json::from_str(&first.unwrap_or_default())
            .map_err(|error| format!("{name}: {error}"))?;
        let files = manifest["files"].as_object().map_or(0, |files| files.len());
        Ok(Took::of(files, &runs))
    }

    /// One run, and the manifest it wrote.
    fn build(
        &self,
        name: &str,
        findings: &Path,
        books: &str,
        on_one: bool,
    ) -> Result<(Run, String), String> {
        let out = self.folder.join(format!("out-{name}"));
        if out.exists() {
            fs::remove_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        }
        let words = ["handbook", "build", "--edition", "bench", "--books", books];
        let mut build = icteko(self.own, &self.folder.join(format!("data-{name}")), &words);
        build.args(["--published", "2026-06-15", "--findings"]);
        build.arg(findings).arg("--out").arg(&out);
        let mut single = Command::new("taskset");
        single.args(["-c", "0"]).arg(build.get_program());
        single.args(build.get_args());
        let run = timed(Path::new("python3"), if on_one { &single } else { &build })?;
        let manifest = out.join("manifest.json");
        let text = fs::read_to_string(&manifest)
            .map_err(|error| format!("{}: {error}", manifest.display()))?;
        Ok((run, text))
    }

    /// The same Markdown by both programs; returns how many times faster a page of ours is.
    fn beside(&self, peer: &Path, pilot: &Path, copies: usize) -> Result<f64, String> {
        let book = PlainBook::read(&root().join("handbook"), copies)?;
        book.write_own(&self.folder.join("data-plain/handbook"))?;
        let theirs = self.folder.join("plain-mdbook");
        book.write_mdbook(&theirs)?;
        let findings = self.folder.join("findings-plain");
        plain_book::only_network(pilot, &findings)?;
        let mut build = Command::new(peer);
        build.arg("build").arg(&theirs);
        let (mut own, mut peers) = (Vec::new(), Vec::new());
        for round in 1..=self.rounds.max(5) {
            eprintln!("beside mdBook, round {round}");
            own.push(self.build("plain", &findings, "none", false)?.0);
            peers.push(timed(Path::new("python3"), &build)?);
        }
        let pages = book.pages();
        let (own, peers) = (Took::of(pages, &own), Took::of(pages, &peers));
        let goal = format!("{TIMES} times faster a page");
        own.print("the text without figures, pages", &goal);
        peers.print("the same, mdBook", "");
        let times = peers.seconds.median / own.seconds.median;
        println!(
            "\na page: {:.2} ms, with mdBook {:.2} ms, {times:.1} times",
            own.seconds.median * 1e3 / pages as f64,
            peers.seconds.median * 1e3 / pages as f64
        );
        Ok(times)
    }
}

fn versions(own: &Path, peer: &Path) -> Result<String, String> {
    let say = |program: &Path| {
        output(Command::new(program).arg("--version")).map(|said| said.trim().to_owned())
    };
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(format!(
        "{}, {}, {processors} processors",
        say(own)?,
        say(peer)?
    ))
}
