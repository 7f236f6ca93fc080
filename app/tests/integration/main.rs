//! The application from outside: addresses, faults, anonymity. One binary, a module per matter.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail the test they help"
)]
#![expect(
    clippy::print_stdout,
    reason = "a failing run prints its seed and what came of it"
)]

mod disk_faults;
mod exactly_once;
mod form;
mod kept;
mod kill;
mod linkage;
mod malformed;
mod open_link;
mod overload;
mod paper;
mod person;
mod place;
mod power;
mod recorded;
mod registers;
mod retention;
mod returning;
mod routes;
mod server_process;
mod size;
mod soak;
mod test_app;

/// Every file of this folder belongs to a module above, or it would never run.
#[test]
fn every_file_is_listed() {
    let folder = std::path::Path::new(place::APP).join("tests/integration");
    let listed = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            name == "main" || listed.contains(&format!("mod {name};")),
            "{name}"
        );
    }
}
