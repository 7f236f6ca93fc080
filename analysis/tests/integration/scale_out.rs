//! The worked example of `docs/federation.md`: partitions on Parquet, reduced one by one.

use std::fs;
use std::path::{Path, PathBuf};

use analysis::federation::{Part, merge, tables};
use analysis::publish::run;
use polars::prelude::{DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};

use crate::dataset_folder::export;
use crate::setting::Small;

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

/// Writes columns of text as another program would that divides a dataset by two of them.
fn write_partition(folder: &Path, header: &[&str], rows: &[Vec<String>]) -> PathBuf {
    fs::create_dir_all(folder).unwrap();
    let columns = header.iter().enumerate().map(|(place, name)| {
        let cells: Vec<&str> = rows.iter().map(|row| row[place].as_str()).collect();
        Series::new((*name).into(), cells).into_column()
    });
    let mut frame = DataFrame::new_infer_height(columns.collect()).unwrap();
    let file = folder.join("part-0.parquet");
    let writer = ParquetWriter::new(fs::File::create(&file).unwrap());
    writer.finish(&mut frame).unwrap();
    file
}

#[test]
fn columns_that_stand_in_the_path_only_are_read_from_there() {
    let small = Small::new()
        .with(|codebook| {
            let variables = codebook["variables"].as_array_mut().unwrap();
            variables.push(serde_json::json!({"name": "wave", "kind": "wave"}));
        })
        .codebook();
    let (towns, waves) = ([("Åbo", "%C3%85bo"), ("oulu", "oulu")], ["2025", "2026"]);
    let mut pooled = "id,town,job,a,b,c,wave\n".to_owned();
    let mut parts = Vec::new();
    for wave in waves {
        for (town, encoded) in towns {
            let rows = (0..12).map(|row: usize| {
                let id = format!("{wave}-{town}-{row}");
                let job = ["teacher", "guide"][row % 2].to_owned();
                let [a, b, c] = [row % 6, (row + wave.len()) % 5, town.len() % 6];
                vec![id, job, a.to_string(), b.to_string(), c.to_string()]
            });
            let rows: Vec<Vec<String>> = rows.collect();
            for row in &rows {
                let [id, job, items @ ..] = &row[..] else {
                    panic!()
                };
                pooled += &format!("{id},{town},{job},{},{wave}\n", items.join(","));
            }
            let folder = small.path(&format!("ds/wave={wave}/town={encoded}"));
            parts.push(write_partition(
                &folder,
                &["id", "job", "a", "b", "c"],
                &rows,
            ));
        }
    }
    small.write("data.csv", pooled);
    let job = small.write(
        "job.toml",
        "schema = 1\ntitle = \"x\"\n[data]\nfile = \"data.csv\"\ncodebook = \"codebook.json\"\n\
         [wave]\ncurrent = \"2026\"\nearlier = [\"2025\"]\n[groups]\nby = [\"municipality\", \"role\"]\n\
         [output]\nformats = [\"csv\"]\n",
    );
    let mut files = Vec::new();
    for (number, file) in parts.iter().enumerate() {
        let part = Part {
            file: Some(file.clone()),
            smallest_cell: None,
        };
        let made = tables(&job, &part).unwrap();
        let taken = made
            .notes
            .iter()
            .filter(|note| note.contains("is taken from the path"));
        assert_eq!(taken.count(), 2, "{:?}", made.notes);
        assert_eq!(made.file.answers(), 12);
        files.push(small.write(&format!("{number}.json"), made.file.to_json()));
    }
    let (whole, merged) = (small.path("whole"), small.path("merged"));
    run(&job, &whole, None, &mut |_| {}).unwrap();
    let sum = merge(&files).unwrap();
    sum.file.run(&job, &merged, None, &mut |_| {}).unwrap();
    for name in ["working.csv", "working.json"] {
        assert_eq!(
            without_digest(&merged.join(name)),
            without_digest(&whole.join(name))
        );
    }
    // What the path says must be in the codebook as much as what a file says.
    let strange = small.path("ds/wave=2026/town=all");
    let rows = [["1", "guide", "1", "1", "1"].map(str::to_owned).to_vec()];
    let file = write_partition(&strange, &["id", "job", "a", "b", "c"], &rows);
    let error = small.open(&file).unwrap_err().to_string();
    assert!(
        error.contains("column `town` stands in the path: `all` names the totals"),
        "{error}"
    );
    let lonely = write_partition(
        &small.path("wave=2026"),
        &["id", "job", "a", "b", "c"],
        &rows,
    );
    let error = small.open(&lonely).unwrap_err().to_string();
    assert!(
        error.contains("column `town` of the codebook is missing"),
        "{error}"
    );
}
