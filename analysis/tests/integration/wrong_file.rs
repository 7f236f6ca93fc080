//! A file, a folder or nothing at all where a job names something else: the sentence names it and
//! says what to do.

use std::fs;
use std::path::Path;

use analysis::publish::run;

use crate::setting::oracle;

/// Two bytes that begin no text, and no file that the program reads.
const NO_TEXT: &[u8] = b"\x00\xff\xfe\x80";

/// A folder with good files, wrong ones and folders under their names.
fn folder_of_wrong_files() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    for name in ["survey.csv", "codebook.json", "frame.csv"] {
        fs::copy(oracle("data").join(name), place(name)).unwrap();
    }
    for name in ["folder.csv", "folder.parquet", "folder.sav", "folder"] {
        fs::create_dir(place(name)).unwrap();
    }
    for ending in ["csv", "parquet", "sav", "json", "toml"] {
        fs::write(place("no-text").with_extension(ending), NO_TEXT).unwrap();
        fs::write(place("empty").with_extension(ending), "").unwrap();
    }
    folder
}

/// Runs the job at `job` and looks for `words` in what it refuses with; nothing is written.
fn check_run(folder: &Path, job: &str, words: &[&str]) {
    let out = folder.join("out");
    let error = run(&folder.join(job), &out, None, &mut |_| {}).unwrap_err();
    let error = error.to_string();
    for word in words {
        assert!(error.contains(word), "{job} asks for `{word}`: {error}");
    }
    assert!(!out.exists(), "{job} wrote something");
}

fn check_data(folder: &Path, data: &str, words: &[&str]) {
    let text = format!("schema = 1\ntitle = \"Koe\"\n[data]\n{data}\n");
    fs::write(folder.join("job.toml"), text).unwrap();
    check_run(folder, "job.toml", words);
}

#[test]
fn a_wrong_data_file_is_named() {
    let folder = folder_of_wrong_files();
    let a_folder = ["this is a folder, where a file is needed"];
    let no_parquet = ["no Parquet file that can be read"];
    let no_spss = ["this is no SPSS system file"];
    for (file, words) in [
        ("folder.csv", a_folder),
        ("folder.parquet", a_folder),
        ("folder.sav", a_folder),
        ("nothing.csv", ["there is no such file"]),
        ("nothing.sav", ["there is no such file"]),
        ("empty.csv", ["the file is empty"]),
        ("empty.parquet", no_parquet),
        ("empty.sav", no_spss),
        ("no-text.csv", ["no text at all; save the file as CSV"]),
        ("no-text.parquet", no_parquet),
        ("no-text.sav", no_spss),
        ("codebook.json", ["must end in .csv, .tsv, .txt, .parquet"]),
    ] {
        let data = format!("file = {file:?}\ncodebook = \"codebook.json\"");
        check_data(folder.path(), &data, &[file, words[0]]);
    }
}

#[test]
fn a_wrong_codebook_is_named() {
    let folder = folder_of_wrong_files();
    let none = "this is no codebook, which is JSON between { and }; `icteko codebook draft`";
    for (codebook, words) in [
        ("survey.csv", none),
        ("no-text.json", none),
        ("empty.json", none),
        ("folder", "this is a folder, where a file is needed"),
        ("nothing.json", "there is no such file"),
    ] {
        let data = format!("file = \"survey.csv\"\ncodebook = {codebook:?}");
        check_data(folder.path(), &data, &[codebook, words]);
    }
}

#[test]
fn a_wrong_frame_is_named() {
    let folder = folder_of_wrong_files();
    for (frame, words) in [
        ("codebook.json", "the frame has no column `staff`"),
        ("survey.csv", "the frame has no column `staff`"),
        ("no-text.csv", "no text at all; save the file as CSV"),
        ("empty.csv", "the file is empty"),
        ("folder", "this is a folder, where a file is needed"),
        ("nothing.csv", "there is no such file"),
    ] {
        let data =
            format!("file = \"survey.csv\"\ncodebook = \"codebook.json\"\nframe = {frame:?}");
        check_data(folder.path(), &data, &[frame, words]);
    }
}

#[test]
fn a_dataset_that_is_none_is_named() {
    let folder = folder_of_wrong_files();
    let none = "there is no dataset folder here";
    for dataset in ["folder", "survey.csv", "nothing"] {
        let data = format!("dataset = {dataset:?}");
        check_data(
            folder.path(),
            &data,
            &[dataset, none, "icteko dataset export"],
        );
    }
}

#[test]
fn a_job_that_is_none_is_named() {
    let folder = folder_of_wrong_files();
    for (job, words) in [
        (
            "no-text.toml",
            "this is no text in UTF-8, and a job file is TOML",
        ),
        ("empty.toml", "the schema is missing"),
        ("survey.csv", "this is not TOML"),
        ("codebook.json", "this is JSON, and a job file is TOML"),
        ("folder", "this is a folder, where a file is needed"),
        ("nothing.toml", "there is no such file"),
    ] {
        check_run(folder.path(), job, &[job, words]);
    }
}
