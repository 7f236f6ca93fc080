//! Project automation: one table from name to function, one file per command.
//!
//! `cargo xtask` is an alias in `.cargo/config.toml`. This package is the first thing compiled on
//! a fresh machine, so it must not depend on the crates it drives: it runs the program.

#![expect(clippy::print_stdout, reason = "a program speaks to standard output")]

mod bench;
mod demo;
mod licences;
mod papers;
mod pilot;
mod setup;
mod sheets;
mod step;
mod test;
mod tidy;
mod trust;
mod web;

use std::process::ExitCode;

type Command = (
    &'static str,
    &'static str,
    fn(&[String]) -> Result<(), String>,
);

const COMMANDS: &[Command] = &[
    (
        "demo",
        "set up, build, load the pilot, serve it on loopback and print the addresses",
        demo::run,
    ),
    (
        "test",
        "set up and run every check and test there is",
        test::run,
    ),
    (
        "web",
        "build the island for the browser into app/public/pkg",
        web::run,
    ),
    (
        "pilot",
        "walk the invented network through every station and compare with what is committed",
        pilot::run,
    ),
    (
        "papers",
        "check an edition, its pages, books, data and sheets, with programs that know the standards",
        papers::run,
    ),
    (
        "tidy",
        "hold the dependency table and the house rules",
        tidy::run,
    ),
    (
        "trust",
        "try what is promised in the size of a release: kills, power cuts, failing disks, a soak, linking, 200 worlds; `trust T6` tries one",
        trust::run,
    ),
    (
        "licences",
        "check the licence of every dependency",
        licences::run,
    ),
    (
        "bench",
        "print measurements: `bench page` weighs the answering path, `bench analysis` times an analysis, `bench answering` sends questionnaires at a rate, `bench handbook` times whole editions",
        bench::run,
    ),
];

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let name = if args.is_empty() {
        String::from("help")
    } else {
        args.remove(0)
    };
    let Some((_, _, command)) = COMMANDS.iter().find(|(known, _, _)| *known == name) else {
        eprintln!("usage: cargo xtask COMMAND\n");
        for (name, what, _) in COMMANDS {
            eprintln!("  {name:<10} {what}");
        }
        return if name == "help" || name == "--help" {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(2)
        };
    };
    match command(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\ncargo xtask {name}: {problem}");
            ExitCode::FAILURE
        }
    }
}
