//! The crate as others use it: one module per matter.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod builder;
mod figures;
mod files;
mod ledger;
mod slices;

#[test]
fn every_module_is_listed() {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/integration");
    let source = include_str!("main.rs");
    for entry in std::fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let module = name.trim_end_matches(".rs");
        assert!(
            module == "main" || source.contains(&format!("mod {module};")),
            "{name}"
        );
    }
}
