//! Folders of definitions: read, released, stamped.

use std::fs;
use std::path::{Path, PathBuf};

use exchange::folder::{
    FolderError, Stamped, load_releases, read_catalog, read_sources, read_survey, sources_from,
    translated, write_release,
};
use surveys::Lang;
use tempfile::TempDir;

use crate::fixtures::{catalog, copy, definitions, everything};

fn instrument() -> (TempDir, PathBuf) {
    let parent = TempDir::new().unwrap();
    let folder = parent.path().join("everything");
    copy(&definitions().join("valid/everything"), &folder);
    (parent, folder)
}

fn change(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let error = read_catalog(Path::new("no/such/folder")).unwrap_err();
    assert_eq!(error.to_string(), "there is no folder no/such/folder");
}

#[test]
fn files_in_memory_are_read_like_a_folder() {
    let folder = definitions().join("valid/everything");
    let sources = read_sources(&folder).unwrap();
    let mut files: Vec<_> = sources
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    files.push(("releases/0001.json", "{}"));
    files.push((".gitkeep", ""));
    assert_eq!(sources_from(files), sources);
}

#[test]
fn a_file_that_is_no_text_is_named() {
    let (_parent, folder) = instrument();
    fs::write(folder.join("survey.toml"), [0xff, 0xfe]).unwrap();
    let error = read_survey(&folder, &catalog()).unwrap_err();
    assert!(matches!(error, FolderError::NotText(file) if file.ends_with("survey.toml")));
}

#[test]
fn a_release_is_written_once_and_read_back() {
    let (_parent, folder) = instrument();
    let first = write_release(&folder, &everything()).unwrap();
    assert_eq!(first.number(), 1);
    // Nothing changed, nothing is released.
    assert_eq!(write_release(&folder, &everything()).unwrap(), first);
    change(&folder.join("survey.toml"), "minutes = 5", "minutes = 6");
    let changed = read_survey(&folder, &catalog()).unwrap().value.unwrap();
    let second = write_release(&folder, &changed).unwrap();
    assert_eq!(second.number(), 2);
    assert_eq!(load_releases(&folder).unwrap(), [first, second]);
    assert!(folder.join("releases/0002.json").exists());
}

#[test]
fn a_release_that_was_changed_by_hand_is_refused() {
    let (_parent, folder) = instrument();
    write_release(&folder, &everything()).unwrap();
    let file = folder.join("releases/0001.json");
    change(&file, "\"minutes\": 5", "\"minutes\": 9");
    let error = load_releases(&folder).unwrap_err();
    assert!(
        matches!(error, FolderError::ReleaseChanged { .. }),
        "{error}"
    );
    change(&file, "\"minutes\": 9", "\"minutes\": 5");
    fs::copy(&file, folder.join("releases/0002.json")).unwrap();
    let error = load_releases(&folder).unwrap_err();
    assert!(matches!(error, FolderError::NotLocked(file) if file.ends_with("0002.json")));
}

#[test]
fn what_must_not_change_is_not_released() {
    let (_parent, folder) = instrument();
    write_release(&folder, &everything()).unwrap();
    let mut changed = everything();
    changed.items.retain(|item| item.id.as_str() != "com-3");
    let error = write_release(&folder, &changed).unwrap_err().to_string();
    assert!(
        error.contains("release 2 is refused: item com-3: removed, add it as [[retired]]"),
        "{error}"
    );
    assert_eq!(load_releases(&folder).unwrap().len(), 1);
}

#[test]
fn a_translation_is_stamped_and_the_rest_of_the_file_stays() {
    let (_parent, folder) = instrument();
    let file = folder.join("i18n/sv.toml");
    change(
        &file,
        "[\"com-1\"]",
        "# Läst av två personer.\n[\"com-1\"]   # sic",
    );
    let before = fs::read_to_string(&file).unwrap();
    assert_eq!(translated(&folder, Lang::Sv, &[]).unwrap(), []);
    change(
        &folder.join("items/20-communication.toml"),
        "Valitsen tilanteeseen",
        "Valitsen aina tilanteeseen",
    );
    let problems = read_survey(&folder, &catalog()).unwrap().problems;
    assert_eq!(problems.len(), 2, "stale in both languages");
    let stamped = translated(&folder, Lang::Sv, &["com-1".to_owned()]).unwrap();
    let [Stamped { key, digest }] = stamped.as_slice() else {
        panic!("one key changed");
    };
    assert_eq!(key, "com-1");
    let after = fs::read_to_string(&file).unwrap();
    let differing: Vec<_> = before
        .lines()
        .zip(after.lines())
        .filter(|(a, b)| a != b)
        .collect();
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].1, format!("of = \"{digest}\""));
    assert_eq!(read_survey(&folder, &catalog()).unwrap().problems.len(), 1);
    let error = translated(&folder, Lang::En, &["no-such".to_owned()]).unwrap_err();
    assert!(matches!(error, FolderError::NoSuchKey { key, .. } if key == "no-such"));
}
