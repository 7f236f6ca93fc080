//! A whole run: from a job file to the files of a release and of a working result.

use std::fs;
use std::path::{Path, PathBuf};

use analysis::Grouping;
use analysis::publish::{Summary, run};
use findings::{Cell, Findings, Statistic, Working};

use crate::setting::{Small, oracle};

/// Writes a job on the oracle's survey into a folder and runs it.
fn run_job(folder: &Path, rest_of_job: &str, out: &str) -> Summary {
    let job = job_file(folder, rest_of_job);
    run(
        &job,
        &folder.join(out),
        Some(&folder.join("ledger.json")),
        &mut |_| {},
    )
    .unwrap()
}

fn job_file(folder: &Path, rest_of_job: &str) -> PathBuf {
    let data = oracle("data");
    let place = |name: &str| data.join(name).display().to_string();
    let text = format!(
        "schema = 1\ntitle = \"Koe\"\n{rest_of_job}\n[data]\nfile = {:?}\ncodebook = {:?}\nframe = {:?}\n",
        place("survey.csv"),
        place("codebook.json"),
        place("frame.csv"),
    );
    let job = folder.join("job.toml");
    fs::write(&job, text).unwrap();
    job
}

const RELEASE: &str = r#"
[wave]
current = "2026"
earlier = ["2024", "2025"]
[groups]
by = ["rooli", "kaupunki"]
unit = true
[release]
kind = "release"
number = 1
shown_by_name = ["Harjukylä", "Kuusilahti", "Pellonpää"]
"#;

fn findings(path: &Path) -> Findings {
    Findings::from_json(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn a_release_has_a_file_for_the_network_and_for_each_city() {
    let folder = tempfile::tempdir().unwrap();
    let summary = run_job(folder.path(), RELEASE, "out");
    assert_eq!(summary.answers, 1845);
    assert!(
        summary.withheld > 0 && summary.withheld < summary.cells,
        "{summary:?}"
    );

    let network = findings(&folder.path().join("out/network.json"));
    let dims = |findings: &Findings, id: &str| {
        findings
            .table(id)
            .unwrap_or_else(|| panic!("no table {id}"))
            .dims()
            .to_vec()
    };
    for (id, expected) in [
        ("response.rate", &["role"][..]),
        ("area.mean", &["area", "role"]),
        ("area.gap", &["area", "role"]),
        ("area.below", &["area", "role"]),
        ("area.quantile", &["area", "role", "level"]),
        ("area.alpha", &["area"]),
        ("area.trend", &["area", "wave"]),
        ("item.distribution", &["item", "level"]),
        ("city.area.mean", &["area", "municipality", "role"]),
    ] {
        assert_eq!(dims(&network, id), expected, "{id}");
    }
    assert!(network.table("unit.area.mean").is_none());

    let city = findings(&folder.path().join("out/kuusilahti.json"));
    assert_eq!(dims(&city, "unit.area.mean"), ["area", "unit"]);
    assert_eq!(dims(&city, "unit.response.rate"), ["unit"]);
    assert_eq!(dims(&city, "network.area.mean"), ["area", "role"]);
    let mean = city.table("area.mean").unwrap();
    assert_eq!(
        (mean.statistic(), mean.scale()),
        (Statistic::Mean, Some([0.0, 5.0]))
    );
    assert!(matches!(mean.cell(&["tieto", "all"]), Some(Cell::Shown(_))));
    assert_eq!(
        city.labels["area"]["tieto"].get(surveys::Lang::Fi),
        Some("Tiedonhaku ja arviointi")
    );
    assert_eq!(
        city.labels["role"]["all"].get(surveys::Lang::En),
        Some("all")
    );
    assert!(folder.path().join("out/kuusilahti.csv").is_file());
    assert!(folder.path().join("audit-2026-1.json").is_file());
    let published = fs::read_dir(folder.path().join("out")).unwrap();
    let mut names = published.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.all(|name| !name.contains("audit") && !name.contains("ledger")));
}

#[test]
fn the_same_job_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let job = RELEASE.replace("unit = true", "unit = false") + "\n";
    let forms = "[output]\nlanguages = [\"sv\"]\nformats = [\"csv\", \"parquet\", \"xlsx\", \"svg\", \"summary\"]";
    let small = format!("statistics = [\"mean\", \"response_rate\"]\n{job}\n{forms}");
    let first = run_job(folder.path(), &small, "out");
    let bytes = |summary: &Summary| {
        let files = summary.files.iter();
        files
            .map(|file| fs::read(file).unwrap())
            .collect::<Vec<_>>()
    };
    let before = bytes(&first);
    let ledger = fs::read(folder.path().join("ledger.json")).unwrap();
    let again = run_job(folder.path(), &small, "out");
    assert_eq!(first.files, again.files);
    assert!(before == bytes(&again), "the second run wrote other bytes");
    assert_eq!(ledger, fs::read(folder.path().join("ledger.json")).unwrap());
    let left: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert_eq!(
        left.len(),
        4,
        "job, ledger, audit and result only: {left:?}"
    );
}

#[test]
fn a_working_result_is_marked_and_refused_as_findings() {
    let folder = tempfile::tempdir().unwrap();
    let job = "statistics = [\"alpha\"]\n[wave]\ncurrent = \"2026\"";
    let mut seen = Vec::new();
    let job = job_file(folder.path(), job);
    let out = folder.path().join("out");
    let summary = run(&job, &out, None, &mut |progress| seen.push(progress.part)).unwrap();
    assert_eq!(summary.withheld, 0);
    assert!(seen.len() >= 3, "{seen:?}");
    let text = fs::read_to_string(out.join("working.json")).unwrap();
    assert!(text.contains("\"kind\": \"working\""));
    assert_eq!(Working::from_json(&text).unwrap().wave, "2026");
    let refused = Findings::from_json(&text).unwrap_err().to_string();
    assert!(refused.contains("working result"), "{refused}");
}

#[test]
fn a_folder_with_other_files_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let job = job_file(
        folder.path(),
        "statistics = [\"alpha\"]\n[wave]\ncurrent = \"2026\"",
    );
    let out = folder.path().join("letters");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("letter.txt"), "dear").unwrap();
    let error = run(&job, &out, None, &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("holds other files"), "{error}");
    assert_eq!(fs::read_to_string(out.join("letter.txt")).unwrap(), "dear");
}

#[test]
fn a_release_must_be_about_one_wave() {
    let folder = tempfile::tempdir().unwrap();
    let job = "statistics = [\"alpha\"]\n[release]\nkind = \"release\"\nnumber = 1";
    let job = job_file(folder.path(), job);
    let error = run(&job, &folder.path().join("out"), None, &mut |_| {})
        .unwrap_err()
        .to_string();
    assert!(error.contains("name it as `current` in [wave]"), "{error}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_background_question_called_level_makes_groups_of_people() {
    let setting = Small::new().with(|codebook| {
        codebook["variables"][2] = serde_json::json!({"name": "level", "kind": "background"});
    });
    let data = setting
        .csv("id,town,level,a,b,c\n1,oulu,upper,0,1,5\n2,oulu,lower,0,1,5\n")
        .unwrap();
    let by = Grouping::by(&data, &["level"]).unwrap();
    assert_eq!(by.dims(), ["level_group"]);
}

#[test]
fn a_name_that_is_no_municipality_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let job = RELEASE.replace("Harjukylä", "Harjukyla");
    let summary = run_job(
        folder.path(),
        &format!("statistics = [\"alpha\"]\n{job}"),
        "out",
    );
    let expected = "`Harjukyla` in `shown_by_name` is no municipality of the data";
    assert!(
        summary.notes.iter().any(|note| note == expected),
        "{:?}",
        summary.notes
    );
}
