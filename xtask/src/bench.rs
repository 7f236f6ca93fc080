//! Measurements that compare: `bench page` weighs what a phone fetches before the first answer,
//! `bench analysis` times an analysis beside other programs that do the same, `bench answering`
//! sends whole questionnaires beside what the bare database does.

mod analysis;
mod answering;
mod measure;
mod page;
mod results;
mod survey;

/// The command.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    match args {
        [name] if name == "page" => page::run(),
        [name, options @ ..] if name == "analysis" => analysis::run(options),
        [name, options @ ..] if name == "answering" => answering::run(options),
        _ => Err("there are `bench page`, `bench analysis` and `bench answering`".into()),
    }
}
