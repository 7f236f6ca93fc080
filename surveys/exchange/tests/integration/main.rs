//! Table of contents of the integration tests. `cfg(test)` tells the lints that helpers are tests.

#[cfg(test)]
mod dataset;
#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod folder;
#[cfg(test)]
mod real_content;
#[cfg(test)]
mod registers;
#[cfg(test)]
mod spss;

#[test]
fn every_file_of_this_folder_is_listed() {
    let contents = include_str!("main.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration");
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap();
        if module != "main" {
            assert!(contents.contains(&format!("mod {module};")), "{module}");
        }
    }
}
