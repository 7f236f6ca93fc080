//! The browser build: the island as WebAssembly, with its script, into `app/public/pkg`.
//!
//! `app` embeds the folder when it is there, so the program stays one file. Without it every page
//! is complete all the same.

use std::fs;

use wasm_bindgen_cli_support::Bindgen;

use crate::setup;
use crate::step::{cargo, root, run as run_command, step, target_dir};

/// Builds the island.
pub(crate) fn run_web() -> Result<(), String> {
    setup::wasm_target()?;
    step("build the island for the browser", || {
        run_command(&mut cargo(&[
            "build",
            "--package",
            "app",
            "--lib",
            "--no-default-features",
            "--features",
            "hydrate",
            "--target",
            "wasm32-unknown-unknown",
            "--profile",
            "wasm-release",
        ]))
    })?;
    step("bind the island to the page", || {
        let pkg = root().join("app/public/pkg");
        if pkg.exists() {
            fs::remove_dir_all(&pkg).map_err(|error| format!("{}: {error}", pkg.display()))?;
        }
        let wasm = target_dir().join("wasm32-unknown-unknown/wasm-release/app.wasm");
        Bindgen::new()
            .input_path(&wasm)
            .web(true)
            .map_err(|error| error.to_string())?
            .typescript(false)
            .out_name("app")
            .remove_name_section(true)
            .remove_producers_section(true)
            .generate(&pkg)
            .map_err(|error| error.to_string())
    })
}

/// The command.
pub(crate) fn run(_args: &[String]) -> Result<(), String> {
    run_web()
}
