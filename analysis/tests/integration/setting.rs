//! What several tests start from: the oracle's data, small datasets, and comparing numbers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use analysis::job::Job;
use analysis::{AnalysisError, Dataset, publish};
use findings::{Count, Estimate, Produced, RawTable, Undefined, Working};
use serde_json::{Value, json};

use crate::gold::Gold;
pub(crate) use crate::gold::gold;

/// The areas of the oracle's survey.
pub(crate) const AREAS: [&str; 6] = [
    "tieto",
    "viestinta",
    "sisalto",
    "turvallisuus",
    "ongelmat",
    "ohjaus",
];

/// Returns a file of the reference results.
pub(crate) fn oracle(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/oracle")
        .join(path)
}

pub(crate) fn survey() -> Dataset {
    let frame = oracle("data/frame.csv");
    let codebook = oracle("data/codebook.json");
    Dataset::from_file(&oracle("data/survey.csv"), &codebook, Some(&frame)).unwrap()
}

/// Runs the rest of a job on the oracle's survey and returns its working result.
pub(crate) fn working(rest_of_job: &str) -> Tables {
    let text = format!(
        "schema = 1\ntitle = \"oracle\"\n{rest_of_job}\n[data]\nfile = \"data/survey.csv\"\ncodebook = \"data/codebook.json\"\nframe = \"data/frame.csv\"\n"
    );
    let job = Job::parse(&text, &oracle("job.toml")).unwrap();
    let produced = Produced {
        program: "test".to_owned(),
        dataset_sha256: String::new(),
        job_sha256: String::new(),
        instruments: Vec::new(),
        open_link: BTreeMap::new(),
    };
    let data = Dataset::open(&job.data).unwrap();
    let (working, _) = publish::working_result(&job, &data, produced, &mut |_| {}).unwrap();
    // Through the file's text, as a researcher gets it.
    let read_back = Working::from_json(&working.to_json().unwrap()).unwrap();
    Tables::new(&read_back.tables)
}

/// Tables of a working result, quick to look into.
pub(crate) struct Tables(BTreeMap<(String, Vec<String>), Result<Estimate, Undefined>>);

impl Tables {
    fn new(tables: &[RawTable]) -> Self {
        let rows = tables
            .iter()
            .flat_map(|table| table.rows.iter().map(|row| (&table.id, row)));
        Tables(
            rows.map(|(id, row)| ((id.clone(), row.keys.clone()), row.figure.clone()))
                .collect(),
        )
    }

    pub(crate) fn figure(&self, table: &str, keys: &[&str]) -> Result<Estimate, Undefined> {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        let place = (table.to_owned(), keys);
        self.0
            .get(&place)
            .unwrap_or_else(|| panic!("{table} has no row {:?}", place.1))
            .clone()
    }
}

pub(crate) fn n(figure: &Estimate) -> u64 {
    match figure.n {
        Count::Exact(n) => n,
        Count::Range(range) => panic!("{range:?} is not exact"),
    }
}

/// Something that a number is compared with; none means that it is not defined.
pub(crate) trait Expected {
    fn number(&self) -> Option<f64>;
}

impl Expected for Gold {
    fn number(&self) -> Option<f64> {
        self.as_f64()
    }
}

impl Expected for Value {
    fn number(&self) -> Option<f64> {
        self.as_f64()
    }
}

/// Compares a number with a reference value: relative, or absolute below 1.
#[track_caller]
pub(crate) fn close(found: Option<f64>, expected: &impl Expected, tolerance: f64) {
    match (found, expected.number()) {
        (Some(found), Some(expected)) => {
            let error = (found - expected).abs() / expected.abs().max(1.0);
            assert!(
                error <= tolerance,
                "{found} is {error:e} away from {expected}"
            );
        }
        (None, None) => {}
        (found, expected) => panic!("found {found:?}, expected {expected:?}"),
    }
}

/// A CSV file with its codebook in a folder of its own.
pub(crate) struct Small {
    pub(crate) folder: tempfile::TempDir,
    codebook: Value,
}

impl Small {
    /// Items `a`, `b`, `c` from 0 to 5, `c` reversed, 8 and 9 missing, in the dimension `abc`.
    pub(crate) fn new() -> Self {
        let values: Vec<Value> = (0..=5).map(|value| json!({"value": value})).collect();
        let item = |name: &str| json!({"name": name, "kind": "scale", "values": values});
        let mut reversed = item("c");
        reversed["reversed"] = json!(true);
        let codebook = json!({
            "schema": 1,
            "origin": "simulated",
            "missing": [
                {"code": 8, "meaning": "not_my_work"},
                {"code": 9, "meaning": "dont_know"},
            ],
            "variables": [
                {"name": "id", "kind": "answer_id"},
                {"name": "town", "kind": "municipality"},
                {"name": "job", "kind": "role"},
                item("a"), item("b"), reversed,
            ],
            "dimensions": [{
                "id": "abc",
                "variables": ["a", "b", "c"],
                "missing": {"min_share": 0.5, "of": "all", "min_answered": 1},
            }],
            "targets": [{"role": "teacher", "dimension": "abc", "target": 3.0}],
        });
        Small {
            folder: tempfile::tempdir().unwrap(),
            codebook,
        }
    }

    /// Returns the text of the codebook.
    pub(crate) fn codebook_text(&self) -> String {
        self.codebook.to_string()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Changes the codebook before it is written.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Value)) -> Self {
        change(&mut self.codebook);
        self
    }

    /// Writes the codebook, for files that a job names.
    pub(crate) fn codebook(self) -> Self {
        self.write("codebook.json", self.codebook.to_string());
        self
    }

    /// Opens rows under the usual header.
    pub(crate) fn rows(&self, rows: &str) -> Result<Dataset, AnalysisError> {
        self.csv(format!("id,town,job,a,b,c\n{rows}"))
    }

    /// Opens a whole CSV file.
    pub(crate) fn csv(&self, text: impl AsRef<[u8]>) -> Result<Dataset, AnalysisError> {
        let file = self.write("data.csv", text);
        self.open(&file)
    }

    pub(crate) fn open(&self, file: &Path) -> Result<Dataset, AnalysisError> {
        let codebook = self.write("codebook.json", self.codebook.to_string());
        Dataset::from_file(file, &codebook, None)
    }

    /// Opens rows with staff numbers.
    pub(crate) fn with_frame(&self, rows: &str, frame: &str) -> Result<Dataset, AnalysisError> {
        self.csv_with_frame(format!("id,town,job,a,b,c\n{rows}"), frame)
    }

    /// Opens a whole CSV file with staff numbers.
    pub(crate) fn csv_with_frame(
        &self,
        text: impl AsRef<[u8]>,
        frame: &str,
    ) -> Result<Dataset, AnalysisError> {
        let file = self.write("data.csv", text);
        let codebook = self.write("codebook.json", self.codebook.to_string());
        let frame = self.write("frame.csv", frame);
        Dataset::from_file(&file, &codebook, Some(&frame))
    }
}
