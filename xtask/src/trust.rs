//! The adversary against many releases: `cargo xtask trust` tries 200 invented worlds, or as many as
//! are asked for.

use crate::step::{cargo, run as run_command, step};

/// How many worlds stand for "every world".
const WORLDS: &str = "200";

/// The command.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let worlds = match args {
        [] => WORLDS,
        [count] if count.parse::<u32>().is_ok() => count,
        _ => return Err("give the number of worlds, such as 200".into()),
    };
    step("try to work out what releases withhold", || {
        let adversary = [
            "run",
            "--quiet",
            "-p",
            "findings",
            "--example",
            "adversary",
            "--",
        ];
        run_command(cargo(&adversary).arg(worlds))
    })
}
