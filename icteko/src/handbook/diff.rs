//! `icteko handbook diff`: what is different between two editions.

use std::path::Path;

use clap::Args;

use super::editions;
use crate::arguments::Said;
use crate::failure::Failure;

/// Options of `handbook diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The earlier edition: its id in the data folder, or its folder.
    earlier: String,
    /// The later edition.
    later: String,
    #[command(flatten)]
    said: Said,
}

/// Shows figures and text that differ.
pub(crate) fn run(data: &Path, options: &Diff) -> Result<(), Failure> {
    let earlier = editions::archive(data, &options.earlier)?;
    let later = editions::archive(data, &options.later)?;
    let difference = handbook::diff(&earlier, &later).told(options.said.language);
    out!("{}", difference.trim_end())
}
