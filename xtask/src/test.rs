//! Everything the checks run, cheapest first. Each step prints how long it took.
//!
//! Building and testing take the whole workspace with its own features each time: parts of it
//! would choose other features of what they share, and compile it again.

use std::time::Instant;

use crate::step::{cargo, run as run_command, step};
use crate::{licences, papers, pilot, setup, tidy, web};

/// Sets up what is missing and runs every check and test.
pub(crate) fn run(_args: &[String]) -> Result<(), String> {
    let start = Instant::now();
    step(
        "set up: browser target, Chromium, PostgreSQL, strace, accessibility rules",
        || {
            setup::wasm_target()?;
            setup::browser()?;
            setup::postgres()?;
            setup::recorder()?;
            setup::accessibility_rules()
        },
    )?;
    step("format", || {
        run_command(&mut cargo(&["fmt", "--all", "--check"]))
    })?;
    step("tidy", || tidy::run(&[]))?;
    step("licences", || licences::run(&[]))?;
    step("lint", || {
        run_command(&mut cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    step("build the core for the browser", || {
        run_command(&mut cargo(&[
            "build",
            "--package",
            "surveys",
            "--package",
            "findings",
            "--target",
            "wasm32-unknown-unknown",
        ]))
    })?;
    web::run_web()?;
    step("documents", || {
        let mut doc = cargo(&["doc", "--workspace", "--no-deps", "--quiet"]);
        run_command(doc.env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    step("build the program", pilot::build)?;
    step("tests", || {
        run_command(&mut cargo(&["test", "--workspace"]))
    })?;
    pilot::run(&[])?;
    papers::run(&[])?;
    eprintln!(
        "everything passed in {:.0} s",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
