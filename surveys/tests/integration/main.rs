//! Table of contents of the integration tests. `cfg(test)` tells the lints that helpers are tests.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod assessment;
#[cfg(test)]
mod dataset;
#[cfg(test)]
mod definitions;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod network;
#[cfg(test)]
mod releases;
#[cfg(test)]
mod scoring;

#[test]
fn every_file_of_this_folder_is_listed() {
    let contents = include_str!("main.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration");
    for path in fixtures::entries(&folder) {
        let module = path.file_stem().unwrap().to_str().unwrap();
        if module != "main" {
            assert!(contents.contains(&format!("mod {module};")), "{module}");
        }
    }
}
