//! The catalogue and the instruments of this repository have no problems.

use std::path::{Path, PathBuf};

use exchange::folder::{read_catalog, read_survey};
use surveys::definition::Located;

fn surveys_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn assert_clean(what: &str, problems: &[Located]) {
    let lines: Vec<_> = problems.iter().map(Located::one_line).collect();
    assert!(lines.is_empty(), "{what}:\n{}", lines.join("\n"));
}

#[test]
fn the_catalogue_has_no_problems() {
    let catalog = read_catalog(&surveys_folder().join("catalog")).unwrap();
    assert_clean("catalog", &catalog.problems);
    assert!(catalog.value.roles.len() >= 28);
    assert!(catalog.value.municipalities.len() >= 7);
}

#[test]
fn every_instrument_has_no_problems() {
    let catalog = read_catalog(&surveys_folder().join("catalog"))
        .unwrap()
        .value;
    let mut seen = 0;
    for entry in surveys_folder().join("instruments").read_dir().unwrap() {
        let folder = entry.unwrap().path();
        let survey = read_survey(&folder, &catalog).unwrap();
        assert_clean(&folder.display().to_string(), &survey.problems);
        assert!(survey.value.is_some());
        seen += 1;
    }
    assert!(seen > 0);
}
