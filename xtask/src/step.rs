//! Running other programs, step by step, with the time each took.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Returns the root of the repository.
pub(crate) fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package
        .parent()
        .expect("xtask stands inside the repository")
        .to_path_buf()
}

/// Returns the folder that cargo builds into.
pub(crate) fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Returns the program as the development profile builds it.
pub(crate) fn program() -> PathBuf {
    target_dir().join("debug").join("icteko")
}

/// Returns a cargo command in the root of the repository.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root());
    command
}

/// Says what is being done, does it and says how long it took.
pub(crate) fn step<T>(what: &str, action: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    eprintln!("── {what}");
    let start = Instant::now();
    let outcome = action();
    let seconds = start.elapsed().as_secs_f64();
    match &outcome {
        Ok(_) => eprintln!("── {what}: done in {seconds:.1} s"),
        Err(_) => eprintln!("── {what}: FAILED after {seconds:.1} s"),
    }
    outcome
}

/// Runs a command and turns anything but success into words.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|error| format!("cannot start {}: {error}", command.get_program().display()))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} ended with {status}", words(command)))
    }
}

/// Runs a command and returns what it wrote to standard output.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot start {}: {error}", command.get_program().display()))?;
    if !output.status.success() {
        return Err(format!("{} ended with {}", words(command), output.status));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{}: {error}", words(command)))
}

fn words(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for arg in command.get_args() {
        text.push(' ');
        text.push_str(&arg.to_string_lossy());
    }
    text
}
