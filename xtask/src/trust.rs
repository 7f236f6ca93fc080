//! What the service promises, tried in the size that a release asks for: `cargo xtask trust` runs
//! the tests that every landing runs small, and sets the adversary on 200 invented worlds.
//!
//! The sizes stand at the tests (`app/tests/integration/size.rs`). All of it takes some hours; a
//! test can be named by its id.

use std::process::Command;

use crate::step::{cargo, run as run_command, step};
use crate::{setup, web};

/// How many worlds stand for "every world".
const WORLDS: &str = "200";

/// How long the soak takes, in minutes.
const SOAK: &str = "60";

/// The variable that the tests know their size by.
const SIZE: &str = "TRUST_SOAK_MINUTES";

/// The reader of releases, who is no test of the service.
const RELEASES: &str = "T18";

/// A test by its id: what it tries, and the target and module that hold it.
const TESTS: [(&str, &str, &str, &str); 13] = [
    (
        "T1",
        "kill the server while people send",
        "integration",
        "kill::",
    ),
    (
        "T1",
        "kill two servers before one database",
        "postgres",
        "kill::",
    ),
    ("T2", "cut the power", "integration", "power::"),
    (
        "T3",
        "let the disk fail and fill up",
        "integration",
        "disk_faults::",
    ),
    ("T4", "crash the database", "postgres", "away::"),
    (
        "T5",
        "send the same forms again and again",
        "integration",
        "exactly_once::",
    ),
    (
        "T5",
        "send the same forms again and again over a database",
        "postgres",
        "exactly_once::",
    ),
    (
        "T6",
        "kill the server under a browser",
        "browser",
        "saving::a_server_that_is_killed",
    ),
    ("T8", "serve for long", "integration", "soak::"),
    ("T8", "serve for long over a database", "postgres", "soak::"),
    (
        "T10",
        "send malformed requests to every address",
        "integration",
        "malformed::",
    ),
    (
        "T17",
        "link answers with a whole disk",
        "integration",
        "linkage::",
    ),
    (
        "T17",
        "link answers in a database's files",
        "postgres",
        "unlinked::",
    ),
];

const USAGE: &str = "usage: cargo xtask trust [T1] [T2] [T3] [T4] [T5] [T6] [T8] [T10] [T17] [T18] [--worlds N] \
                     [--soak-minutes N]; without an id all of them run";

/// What the command was told.
#[derive(Debug, PartialEq, Eq)]
struct Options {
    ids: Vec<String>,
    worlds: String,
    soak: String,
}

/// The command.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    let options = options(args)?;
    let chosen: Vec<_> = TESTS.iter().filter(|(id, ..)| options.wants(id)).collect();
    if options.wants(RELEASES) {
        step("T18: work out what releases withhold", || {
            adversary(&options.worlds)
        })?;
    }
    let needs = |wanted: &str| chosen.iter().any(|(id, ..)| *id == wanted);
    if needs("T2") || needs("T3") {
        step("set up: strace", setup::recorder)?;
    }
    if chosen
        .iter()
        .any(|(.., target, _)| *target != "integration")
    {
        step("set up: Chromium, PostgreSQL, accessibility rules", || {
            setup::wasm_target()?;
            setup::browser()?;
            setup::postgres()?;
            setup::accessibility_rules()
        })?;
        web::run_web()?;
    }
    for (id, what, target, filter) in chosen {
        step(&format!("{id}: {what}"), || {
            run_command(&mut test(target, filter, &options.soak))
        })?;
    }
    Ok(())
}

fn adversary(worlds: &str) -> Result<(), String> {
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
}

/// The whole workspace is built, as for `cargo xtask test`: a part of it would be built anew. One
/// test runs at a time, since each takes the machine as it finds it.
fn test(target: &str, filter: &str, soak: &str) -> Command {
    let mut command = cargo(&["test", "--workspace", "--test", target, "--"]);
    command.args([filter, "--nocapture", "--test-threads=1"]);
    command.env(SIZE, soak);
    command
}

impl Options {
    fn wants(&self, id: &str) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|wanted| wanted == id)
    }
}

fn options(args: &[String]) -> Result<Options, String> {
    let mut options = Options {
        ids: Vec::new(),
        worlds: WORLDS.into(),
        soak: SOAK.into(),
    };
    let known = |id: &str| id == RELEASES || TESTS.iter().any(|(known, ..)| *known == id);
    let mut args = args.iter();
    while let Some(word) = args.next() {
        let number = match word.as_str() {
            "--worlds" => &mut options.worlds,
            "--soak-minutes" => &mut options.soak,
            id if known(id) => {
                options.ids.push(id.to_owned());
                continue;
            }
            _ => return Err(USAGE.into()),
        };
        let value = args.next().ok_or(USAGE)?;
        if value.parse::<u32>().is_ok_and(|value| value > 0) {
            number.clone_from(value);
        } else {
            return Err(USAGE.into());
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::step::root;

    fn told(words: &[&str]) -> Result<Options, String> {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        options(&words)
    }

    #[test]
    fn tests_are_named_and_the_soak_has_a_length() {
        let all = told(&[]).unwrap();
        assert!(all.wants("T6") && all.wants("T18") && all.soak == "60");
        let some = told(&["T6", "--soak-minutes", "3", "T8"]).unwrap();
        assert!(some.wants("T6") && some.wants("T8") && !some.wants("T18"));
        assert_eq!((some.soak.as_str(), some.worlds.as_str()), ("3", "200"));
        for wrong in [
            &["T99"][..],
            &["200"],
            &["--worlds"],
            &["--worlds", "many"],
            &["--soak-minutes", "0"],
        ] {
            assert!(told(wrong).is_err(), "{wrong:?}");
        }
    }

    /// A filter that fits no test would pass without having tried anything.
    #[test]
    fn every_filter_names_a_module_of_its_target() {
        for (id, _, target, filter) in TESTS {
            let folder = match target {
                "browser" => "app/e2e/tests",
                _ => "app/tests",
            };
            let main = root().join(folder).join(target).join("main.rs");
            let text = fs::read_to_string(&main).unwrap();
            let (module, name) = filter.split_once("::").unwrap();
            assert!(text.contains(&format!("mod {module};")), "{id} {filter}");
            let file = main.with_file_name(format!("{module}.rs"));
            let file = if file.exists() {
                file
            } else {
                root()
                    .join("app/tests/integration")
                    .join(format!("{module}.rs"))
            };
            let text = fs::read_to_string(&file).unwrap();
            let called = format!("fn {name}");
            assert!(
                text.contains(&called) && text.contains("size"),
                "{id} {filter}"
            );
        }
    }
}
