//! Everything the checks run, cheapest first. Each step prints how long it took.

use std::time::Instant;

use crate::step::{cargo, program, run as run_command, step};
use crate::{licences, pilot, setup, tidy, web};

/// One feature set for everything, so that nothing is compiled twice.
const FEATURES: [&str; 3] = ["--workspace", "--features", "app/e2e"];

/// Sets up what is missing and runs every check and test.
pub(crate) fn run(_args: &[String]) -> Result<(), String> {
    let start = Instant::now();
    step(
        "set up: browser target, Chromium, accessibility rules",
        || {
            setup::wasm_target()?;
            setup::browser()?;
            setup::accessibility_rules()
        },
    )?;
    step("format", || {
        run_command(&mut cargo(&["fmt", "--all", "--check"]))
    })?;
    step("tidy", || tidy::run(&[]))?;
    step("licences", || licences::run(&[]))?;
    step("lint", || {
        let mut clippy = cargo(&["clippy", "--all-targets"]);
        run_command(clippy.args(FEATURES).args(["--", "-D", "warnings"]))
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
        let mut doc = cargo(&["doc", "--no-deps", "--quiet"]);
        run_command(doc.args(FEATURES).env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    step("build the program", || {
        run_command(&mut cargo(&[
            "build",
            "--workspace",
            "--features",
            "app/e2e",
        ]))
    })?;
    step("tests", || {
        let mut test = cargo(&["test"]);
        run_command(test.args(FEATURES).env("ICTEKO_PROGRAM", program()))
    })?;
    pilot::run(&[])?;
    eprintln!(
        "everything passed in {:.0} s",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}
