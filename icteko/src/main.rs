#![doc = include_str!("../README.md")]
#[macro_use]
mod output;

mod analyse;
mod arguments;
mod codebook;
mod counted;
mod dataset;
mod failure;
mod findings;
mod handbook;
mod serve;
mod stock;
mod survey;
mod watch;
mod waves;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use arguments::{Arguments, Command};
use failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into()),
        )
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .log_internal_errors(false)
        .init();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let data = arguments.data.as_path();
    match &arguments.command {
        Command::Serve(options) => serve::serve(data, options),
        Command::Survey(command) => survey::run(command),
        Command::Import(options) => waves::import(data, options),
        Command::Wave(command) => waves::run(data, command),
        Command::Dataset(command) => dataset::run(data, command),
        Command::Analyse(options) => analyse::run(data, options),
        Command::Codebook(command) => codebook::run(command),
        Command::Findings(command) => findings::run(data, command),
        Command::Handbook(command) => handbook::run(data, command),
        Command::Coordinator(command) => waves::coordinator(data, command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "icteko", &mut script);
            output::bytes(&script)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent_and_every_command_shows_an_example() {
        let command = Arguments::command();
        command.clone().debug_assert();
        fn leaves(command: &clap::Command, path: &str, lacking: &mut Vec<String>) {
            let path = format!("{path} {}", command.get_name());
            if command.get_subcommands().next().is_none() {
                let help = command
                    .get_after_help()
                    .map(ToString::to_string)
                    .unwrap_or_default();
                if !help.contains("Example: icteko") {
                    lacking.push(path);
                }
                return;
            }
            for inner in command.get_subcommands() {
                leaves(inner, &path, lacking);
            }
        }
        let mut lacking = Vec::new();
        leaves(&command, "", &mut lacking);
        assert!(lacking.is_empty(), "no example: {lacking:?}");
    }
}
