//! Measurements that compare: `bench page` weighs what a phone fetches before the first answer,
//! `bench analysis` times an analysis beside other programs that do the same.

mod analysis;
mod measure;
mod page;
mod results;
mod survey;

/// The command.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    match args {
        [name] if name == "page" => page::run(),
        [name, options @ ..] if name == "analysis" => analysis::run(options),
        _ => Err("there are `bench page` and `bench analysis`".into()),
    }
}
