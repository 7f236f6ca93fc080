//! Measurements that compare: `bench page` weighs what a phone fetches before the first answer,
//! `bench lighthouse` has the answering path judged as on a phone, `bench analysis` times an
//! analysis beside other programs that do the same, `bench answering` sends whole questionnaires
//! beside what the bare database does, `bench handbook` times whole editions, and pages beside
//! mdBook.

mod analysis;
mod answering;
mod handbook;
mod http;
mod lighthouse;
mod measure;
mod page;
mod place;
mod plain_book;
mod postgres;
mod results;
mod saving;
mod survey;

/// The command.
pub(crate) fn run(args: &[String]) -> Result<(), String> {
    match args {
        [name] if name == "page" => page::run(),
        [name, options @ ..] if name == "lighthouse" => lighthouse::run(options),
        [name, options @ ..] if name == "analysis" => analysis::run(options),
        [name, options @ ..] if name == "answering" => answering::run(options),
        [name, options @ ..] if name == "handbook" => handbook::run(options),
        _ => Err(
            "there are `bench page`, `lighthouse`, `analysis`, `answering` and `handbook`".into(),
        ),
    }
}
