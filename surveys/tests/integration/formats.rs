//! Every published schema stays readable and is written as it was: a file for each.

use surveys::Release;
use surveys::dataset::{Codebook, Layout, Manifest, Origin};

use crate::fixtures::{catalog, everything};

#[test]
fn a_release_of_schema_1_keeps_its_bytes_and_its_digest() {
    let text = include_str!("../formats/release-1.json");
    let release = Release::read(text).unwrap();
    assert_eq!(release.to_json(), text);
    assert_eq!(Release::freeze(everything(), 1).to_json(), text);
    assert_eq!(
        release.sha256(),
        "65908e7e0f5ba7edf81e6f664c842d596ea956323f95e274d51f5e0795cc7af4"
    );
}

#[test]
fn a_codebook_of_schema_1_is_read_and_written_as_it_was() {
    let text = include_str!("../formats/codebook-1.json");
    let codebook: Codebook = serde_json::from_str(text).unwrap();
    let releases = [Release::freeze(everything(), 1)];
    let catalog = catalog();
    let layout = Layout::new(&releases, &catalog, Origin::Simulated);
    assert_eq!(*layout.codebook(), codebook);
    assert_eq!(
        serde_json::to_string_pretty(&codebook).unwrap(),
        text.trim_end()
    );
}

#[test]
fn a_manifest_of_schema_1_is_read() {
    let text = include_str!("../formats/manifest-1.json");
    let manifest: Manifest = serde_json::from_str(text).unwrap();
    assert_eq!((manifest.schema, manifest.origin), (1, Origin::Simulated));
    assert_eq!(manifest.answers["2026-syksy"]["092"], 3);
    assert_eq!(
        serde_json::to_string_pretty(&manifest).unwrap(),
        text.trim_end()
    );
}

/// A researcher's own file: a scale from 0, codes of its own, a reversed item, its own roles.
#[test]
fn a_foreign_codebook_is_read() {
    let text = include_str!("../formats/codebook-foreign-1.json");
    let codebook: Codebook = serde_json::from_str(text).unwrap();
    assert_eq!(codebook.missing.len(), 2);
    assert!(codebook.variables[2].reversed);
    assert_eq!(codebook.targets[0].role, "rehtori");
}
