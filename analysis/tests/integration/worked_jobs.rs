//! The jobs that the documents walk through, run as they stand in the repository.

use std::fs;
use std::path::{Path, PathBuf};

use analysis::dataset::Encoding;
use analysis::draft::draft_codebook;
use analysis::publish::{Summary, run};
use findings::{Findings, Working};
use surveys::Lang;

use crate::dataset_folder::export;

fn examples(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples")
        .join(path)
}

fn run_example(path: &str, out: &Path) -> Summary {
    run(&examples(path), out, None, &mut |_| {}).unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_job_of_the_pilot_runs_on_a_dataset_of_its_kind() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = folder.path().join("jobs");
    fs::create_dir(&jobs).unwrap();
    // The test's dataset has two waves of its own names.
    let job = fs::read_to_string(examples("pilot/jobs/2026-kevat.toml")).unwrap();
    let job = job
        .replace("2026-kevat", "2026-syksy")
        .replace("2025-syksy", "2026-kevat")
        .replace("unit = true", "unit = false")
        .replace("\"distribution\", ", "");
    let path = jobs.join("job.toml");
    fs::write(&path, job + "\n[output]\nlanguages = [\"fi\"]\n").unwrap();
    export(&folder.path().join("datasets/2026-syksy"));
    let out = folder.path().join("out");
    run(&path, &out, None, &mut |_| {}).unwrap();
    let city = Findings::from_json(&read(&out, "hameenlinna.json")).unwrap();
    assert!(city.table("area.mean").is_some() && city.table("network.area.mean").is_some());
    let summary = read(&out, "hameenlinna-fi.md");
    assert!(
        summary.starts_with("# Hämeenlinna, kierros 2026-syksy\n"),
        "{summary}"
    );
    assert!(summary.contains("> **Luvut ovat keksittyjä."), "{summary}");
    assert!(!summary.contains("työtulos"), "{summary}");
}

#[test]
fn a_file_of_others_becomes_tables_a_workbook_charts_and_a_summary() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let summary = run_example("foreign/job.toml", &out);
    assert_eq!(summary.answers, 138);
    assert!(
        summary
            .notes
            .iter()
            .any(|note| note.contains("separated by semicolons")),
        "{:?}",
        summary.notes
    );
    for name in [
        "working.json",
        "working.csv",
        "working.parquet",
        "working-fi.xlsx",
        "working-sv.md",
        "charts/working-profile-fi.svg",
        "charts/working-profile-fi.png",
        "charts/working-groups-role-en.svg",
        "charts/working-answers-1-sv.png",
    ] {
        assert!(
            fs::metadata(out.join(name)).is_ok_and(|file| file.len() > 500),
            "{name}"
        );
    }
    let working = Working::from_json(&read(&out, "working.json")).unwrap();
    // By hand: the reversed item turned round, 8 and 9 left out.
    let table = working.table("item.mean").unwrap();
    let found = table.figure(&["turva_3", "all"]).unwrap().unwrap();
    let (mut sum, mut n) = (0, 0);
    for line in read(&examples("foreign"), "survey.csv").lines().skip(1) {
        let field = line.split(';').nth(6).unwrap();
        if let Ok(value @ 1..=5) = field.parse::<i32>() {
            sum += 6 - value;
            n += 1;
        }
    }
    assert_eq!(found.value, f64::from(sum) / f64::from(n));
}

#[test]
fn one_city_stands_beside_the_network() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run_example("foreign/city.toml", &out);
    let working = Working::from_json(&read(&out, "working.json")).unwrap();
    let means = working.table("area.mean").unwrap();
    let value = |city: &str| means.figure(&["turva", city]).unwrap().unwrap().value;
    assert!(value("Kuusela") > value("all"));
    let summary = read(&out, "working-fi.md");
    assert!(
        summary.contains("”Kuusela” on selvästi kaikkien keskiarvon yläpuolella"),
        "{summary}"
    );
    assert!(!out.join("charts").exists());
}

#[test]
fn the_example_codebook_describes_what_its_draft_finds() {
    let draft = draft_codebook(&examples("foreign/survey.csv"), Encoding::Utf8, Lang::Fi).unwrap();
    let text = read(&examples("foreign"), "codebook.json");
    let corrected: surveys::dataset::Codebook = serde_json::from_str(&text).unwrap();
    let kinds = |codebook: &surveys::dataset::Codebook| -> Vec<_> {
        let variables = codebook.variables.iter();
        variables.map(|it| (it.name.clone(), it.kind)).collect()
    };
    assert_eq!(kinds(&draft.codebook), kinds(&corrected));
    let dimensions = |codebook: &surveys::dataset::Codebook| -> Vec<_> {
        let dimensions = codebook.dimensions.iter();
        dimensions
            .map(|it| (it.id.clone(), it.variables.clone()))
            .collect()
    };
    assert_eq!(dimensions(&draft.codebook), dimensions(&corrected));
}
