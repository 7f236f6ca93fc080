//! The worked example of `docs/federation.md`: partitions on Parquet, reduced one by one.

use std::fs;
use std::path::{Path, PathBuf};

use analysis::federation::{Part, merge, tables};
use analysis::publish::run;

use crate::dataset_folder::export;

const JOB: &str = r#"schema = 1
title = "Kevät ja syksy"
statistics = ["response_rate", "distribution", "mean", "quantile", "gap", "below_target", "alpha", "trend"]
[output]
formats = ["csv"]
[data]
dataset = "dataset"
[wave]
current = "2026-syksy"
earlier = ["2026-kevat"]
[groups]
by = ["municipality", "role_group"]
unit = true
[release]
kind = "release"
number = 1
shown_by_name = ["109", "398", "564"]
"#;

/// Returns the Parquet files below `wave=*/municipality=*`.
fn partitions(dataset: &Path) -> Vec<PathBuf> {
    let children = |folder: &PathBuf| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let waves = children(&dataset.join("responses"));
    let municipalities = waves.iter().flat_map(children);
    municipalities
        .map(|folder| folder.join("responses.parquet"))
        .collect()
}

fn without_digest(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.contains("dataset_sha256"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn partitions_reduced_one_by_one_give_the_release_of_the_whole_dataset() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = folder.path().join("dataset");
    export(&dataset);
    let job = folder.path().join("job.toml");
    fs::write(&job, JOB).unwrap();

    let parts = partitions(&dataset);
    assert_eq!(parts.len(), 6);
    let mut reduced: Vec<PathBuf> = parts
        .iter()
        .enumerate()
        .map(|(number, file)| {
            let part = Part {
                file: Some(file.clone()),
                smallest_cell: None,
            };
            let path = folder.path().join(format!("{number}.exchange.json"));
            fs::write(&path, tables(&job, &part).unwrap().file.to_json()).unwrap();
            path
        })
        .collect();

    let whole = folder.path().join("whole");
    run(&job, &whole, None, &mut |_| {}).unwrap();
    for order in ["as they lie", "the other way round"] {
        let merged = merge(&reduced).unwrap();
        assert_eq!(merged.file.answers(), 72, "{order}");
        let out = folder.path().join("merged");
        let summary = merged.file.run(&job, &out, None, &mut |_| {}).unwrap();
        assert_eq!(summary.answers, 36, "{order}");
        for file in &summary.files {
            let name = file.file_name().unwrap();
            assert_eq!(
                without_digest(file),
                without_digest(&whole.join(name)),
                "{order}: {}",
                name.display()
            );
        }
        assert_eq!(summary.files.len(), 8, "{order}");
        reduced.reverse();
    }
}
