//! What a person can do and see, in a real browser: with scripts and without, on a phone's
//! width, in three languages, with accessibility rules. Needs chromium, chromedriver and
//! `npm ci` in this folder; `cargo xtask test` sets them up.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail the test they help"
)]

mod accessibility;
mod answering;
mod comparing;
mod coordinating;
mod driver;
mod gallery;
mod gallery_coordinator;
mod gallery_states;
mod mistakes;
mod path;
mod resuming;
mod rules;
mod site;

/// Every file of this folder belongs to a module above or to the example beside, or it would
/// never run.
#[test]
fn every_file_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("e2e");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "rs") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let listed = include_str!("main.rs").contains(&format!("mod {name};"));
        assert!(
            listed || ["main", "write_gallery"].contains(&name.as_str()),
            "{name}"
        );
    }
}
