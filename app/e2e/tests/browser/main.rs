//! The tests of the browser; what they share stands in the library.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail the test they help"
)]

mod accessibility;
mod answering;
mod comparing;
mod coordinating;
mod handbook;
mod keys;
mod mistakes;
mod paper;
mod resuming;
mod saving;
#[path = "../../../tests/integration/size.rs"]
mod size;
mod trees;
mod weight;

/// Every file of this folder belongs to a module above, or it would never run.
#[test]
fn every_file_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let listed = include_str!("main.rs").contains(&format!("mod {name};"));
        assert!(listed || name == "main", "{name}");
    }
}
