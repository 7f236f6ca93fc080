//! A survey in a folder, its parts, and what they write together.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use analysis::federation::{Merged, Part, merge, tables};
use analysis::publish::run;
use serde_json::Value;

use crate::setting::oracle;

/// A folder with a survey, its codebook and its frame, that is cut into parts.
pub(crate) struct Network {
    pub(crate) folder: tempfile::TempDir,
    header: String,
    pub(crate) rows: Vec<String>,
}

impl Network {
    /// The oracle's survey with some of its dimensions.
    pub(crate) fn oracle(dimensions: &[&str]) -> Network {
        let text = fs::read_to_string(oracle("data/survey.csv")).unwrap();
        let network = Network::new(&text, &[("frame.csv", "data/frame.csv")]);
        let codebook = fs::read_to_string(oracle("data/codebook.json")).unwrap();
        let mut codebook: Value = serde_json::from_str(&codebook).unwrap();
        let all = codebook["dimensions"].as_array_mut().unwrap();
        all.retain(|dimension| dimensions.contains(&dimension["id"].as_str().unwrap()));
        let targets = codebook["targets"].as_array_mut().unwrap();
        targets.retain(|target| dimensions.contains(&target["dimension"].as_str().unwrap()));
        fs::write(network.path("codebook.json"), codebook.to_string()).unwrap();
        network
    }

    pub(crate) fn new(text: &str, files: &[(&str, &str)]) -> Network {
        let folder = tempfile::tempdir().unwrap();
        for (name, from) in files {
            fs::copy(oracle(from), folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("all.csv"), text).unwrap();
        let mut lines = text.lines().map(str::to_owned);
        Network {
            header: lines.next().unwrap(),
            rows: lines.collect(),
            folder,
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a job on a data file of the folder.
    pub(crate) fn job(&self, data: &str, rest: &str) -> PathBuf {
        let path = self.path("job.toml");
        let text = format!(
            "schema = 1\ntitle = \"Koe\"\n{rest}\n[data]\nfile = \"{data}\"\ncodebook = \"codebook.json\"\nframe = \"frame.csv\"\n[output]\nformats = [\"csv\"]\n"
        );
        fs::write(&path, text).unwrap();
        path
    }

    /// Writes rows by what `part_of` makes of their number and their fields.
    pub(crate) fn parts(
        &self,
        part_of: impl Fn(usize, &[&str]) -> String,
    ) -> BTreeMap<String, PathBuf> {
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        for (number, row) in self.rows.iter().enumerate() {
            let fields: Vec<&str> = row
                .split(',')
                .map(|field| field.trim_matches('"'))
                .collect();
            let part = texts.entry(part_of(number, &fields));
            let text = part.or_insert_with(|| self.header.clone() + "\n");
            *text += &format!("{row}\n");
        }
        let written = texts.into_iter().map(|(name, text)| {
            let path = self.path(&format!("part-{name}.csv"));
            fs::write(&path, text).unwrap();
            (name, path)
        });
        written.collect()
    }

    /// Writes the exchange file of each part.
    pub(crate) fn exchange(&self, job: &Path, parts: &BTreeMap<String, PathBuf>) -> Vec<PathBuf> {
        let files = parts.iter().map(|(name, part)| {
            let part = Part {
                file: Some(part.clone()),
                smallest_cell: None,
            };
            let path = self.path(&format!("{name}.exchange.json"));
            fs::write(&path, tables(job, &part).unwrap().file.to_json()).unwrap();
            path
        });
        files.collect()
    }

    fn written(&self, folder: &str) -> BTreeMap<String, String> {
        let files = fs::read_dir(self.path(folder)).unwrap();
        let files = files.map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, without_digest(&fs::read_to_string(path).unwrap()))
        });
        files.collect()
    }

    /// Runs a job on the whole and on merged parts; both write the same bytes, but for the digest
    /// of what they were made from.
    pub(crate) fn same(&self, job: &Path, merged: &Merged) -> BTreeMap<String, String> {
        let (pooled, shared) = (self.path("pooled"), self.path("merged"));
        let whole = run(job, &pooled, None, &mut |_| {}).unwrap();
        let sum = merged.file.run(job, &shared, None, &mut |_| {}).unwrap();
        // Answers that the job is not about are in no table: that was said when those were made.
        let mut notes = whole.notes;
        notes.retain(|note| !note.contains("left aside"));
        assert_eq!(notes, sum.notes);
        let (pooled, shared) = (self.written("pooled"), self.written("merged"));
        assert_eq!(
            pooled.keys().collect::<Vec<_>>(),
            shared.keys().collect::<Vec<_>>()
        );
        for (name, text) in &pooled {
            let mut lines = text.lines().zip(shared[name].lines());
            if let Some((a, b)) = lines.find(|(a, b)| a != b) {
                panic!("{name}: {a} is merged to {b}");
            }
            assert_eq!(text.len(), shared[name].len(), "{name}");
        }
        shared
    }
}

/// Leaves out what must differ: the digest of the answers, or of the tables.
fn without_digest(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.contains("dataset_sha256"));
    lines.collect::<Vec<_>>().join("\n")
}

pub(crate) fn refused(paths: &[PathBuf]) -> String {
    merge(paths).unwrap_err().to_string()
}

/// A survey by town and job, with people whose group is not known.
const SMALL: &str = "id,town,job,a,b,c\n1,oulu,teacher,0,1,5\n2,oulu,teacher,2,3,1\n3,oulu,guide,4,4,0\n4,turku,teacher,5,5,2\n5,turku,guide,3,,9\n6,turku,guide,1,8,4\n7,turku,teacher,,,\n8,oulu,teacher,2,2,2\n9,oulu,guide,5,0,3\n10,oulu,,1,1,1\n11,,guide,2,5,0\n12,turku,teacher,4,4,4\n";

pub(crate) fn small() -> Network {
    let network = Network::new(SMALL, &[]);
    let frame = "town,job,staff\noulu,teacher,40\noulu,guide,20\nturku,teacher,30\nturku,guide,20\nvantaa,guide,7\n";
    fs::write(network.path("frame.csv"), frame).unwrap();
    fs::write(
        network.path("codebook.json"),
        crate::setting::Small::new().codebook_text(),
    )
    .unwrap();
    network
}

/// A job on it.
pub(crate) const SMALL_JOB: &str = "[groups]\nby = [\"town\", \"job\"]";
