//! The handbook's pages, built from the pilot's committed findings for the network and one city.

use std::fs;
use std::path::{Path, PathBuf};

use handbook::{FindingsFile, Request, Sources, WholeBooks};

/// The city whose edition is looked at beside the network's.
const CITY: &str = "tampere";

/// Builds the editions in three languages into a folder and returns their pages, sorted.
#[must_use]
pub fn pages(folder: &Path) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let catalog = exchange::folder::read_catalog(&root.join("surveys/catalog"))
        .unwrap()
        .value;
    let findings: Vec<FindingsFile> = ["network", CITY]
        .map(|place| findings_of(&root, place))
        .into();
    let (edition, sources) = (folder.join("edition"), Sources::embedded());
    let request = Request {
        sources: &sources,
        catalog: &catalog,
        findings: &findings,
        edition: "2026-kevat",
        draft: false,
        published: Some("2026-06-15"),
        approved: None,
        previous: None,
        program: "icteko",
        whole: WholeBooks::default(),
        threads: None,
    };
    handbook::write(&request, &edition).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut pages = Vec::new();
    html_files(&edition, &mut pages);
    pages.sort();
    pages
}

fn findings_of(root: &Path, place: &str) -> FindingsFile {
    let path = root.join(format!("examples/pilot/results/findings/{place}.json"));
    let text = fs::read_to_string(&path).unwrap();
    FindingsFile::from_json(&path.display().to_string(), &text)
        .unwrap_or_else(|problem| panic!("{}", problem.one_line()))
}

fn html_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            html_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "html") {
            found.push(path);
        }
    }
}
