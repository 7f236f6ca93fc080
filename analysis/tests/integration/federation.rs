//! Municipalities hand over integer tables; merged, they give what the answers together give.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use analysis::federation::{ExchangeFile, Merged, Part, merge, tables};
use analysis::publish::run;
use findings::{Findings, RawRow, RawTable, Working};
use proptest::prelude::*;
use serde_json::Value;

use crate::setting::{gold, oracle};

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
        assert_eq!(whole.notes, sum.notes);
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

/// The oracle's columns: wave and city.
const WAVE: usize = 1;
const CITY: usize = 2;

const AREAS: [&str; 6] = [
    "tieto",
    "viestinta",
    "sisalto",
    "turvallisuus",
    "ongelmat",
    "ohjaus",
];

const WORKING: &str = "[wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]\n[groups]\nby = [\"rooli\", \"kaupunki\"]\nunit = true";
const BY_WAVE: &str = "[groups]\nby = [\"kaupunki\", \"rooli\", \"aalto\"]";
const RELEASE: &str = "[wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]\n[groups]\nby = [\"rooli\", \"kaupunki\"]\nunit = true\n[release]\nkind = \"release\"\nnumber = 1\nshown_by_name = [\"Harjukylä\", \"Kuusilahti\", \"Pellonpää\"]";

#[test]
fn merged_cities_write_the_same_working_result_as_all_answers_together() {
    let network = Network::oracle(&["tieto", "kaikki"]);
    for rest in [WORKING, BY_WAVE] {
        let job = network.job("all.csv", rest);
        let mut files = network.exchange(&job, &network.parts(|_, row| row[CITY].to_owned()));
        assert_eq!(files.len(), 7);
        let merged = merge(&files).unwrap();
        network.same(&job, &merged);
        files.reverse();
        let again = merge(&files).unwrap();
        assert_eq!(again.file.to_json(), merged.file.to_json());
    }
}

#[test]
fn merged_cities_write_the_same_release_through_the_same_gate() {
    let network = Network::oracle(&["tieto", "kaikki"]);
    let job = network.job("all.csv", RELEASE);
    // A city lacks the wave before it joined, and a partition has one wave only.
    let parts = network.parts(|_, row| format!("{}-{}", row[CITY], row[WAVE]));
    assert_eq!(parts.len(), 20);
    let files = network.exchange(&job, &parts);
    let merged = merge(&files).unwrap();
    assert_eq!(network.same(&job, &merged).len(), 16);
}

#[test]
fn a_merged_file_can_be_merged_again() {
    let network = Network::oracle(&["tieto", "kaikki"]);
    let job = network.job("all.csv", WORKING);
    let files = network.exchange(&job, &network.parts(|number, _| (number % 3).to_string()));
    let first = merge(&files[..2]).unwrap();
    let path = network.path("first.json");
    fs::write(&path, first.file.to_json()).unwrap();
    let both = merge(&[files[2].clone(), path]).unwrap();
    assert_eq!(both.file.to_json(), merge(&files).unwrap().file.to_json());
}

/// The real size: units, needs, open answers and people who come back in seven cities.
#[test]
fn merged_cities_tell_of_units_needs_themes_and_change_as_all_answers_do() {
    let network = Network::oracle(&["tieto"]);
    let job = network.job(
        "all.csv",
        &format!("statistics = [\"icc\", \"unit_means\", \"needs\", \"themes\", \"change\"]\n{WORKING}\n[needs.importance]\ntieto = \"tarkeys_tieto\"\n[themes]\ncolumn = \"avoin\"\n[themes.words]\nnetwork = [\"verkko\"]"),
    );
    let files = network.exchange(&job, &network.parts(|_, row| row[CITY].to_owned()));
    network.same(&job, &merge(&files).unwrap());
}

fn working_tables(network: &Network, merged: &Merged, job: &Path) -> Vec<RawTable> {
    let out = network.path("merged");
    merged.file.run(job, &out, None, &mut |_| {}).unwrap();
    let text = fs::read_to_string(out.join("working.json")).unwrap();
    Working::from_json(&text).unwrap().tables
}

fn value(tables: &[RawTable], id: &str, keys: &[&str]) -> f64 {
    let table = tables.iter().find(|table| table.id == id).unwrap();
    table.figure(keys).unwrap().unwrap().value
}

#[test]
fn merged_tables_give_the_exact_fractions_rounded_once() {
    let network = Network::oracle(&AREAS);
    let job = network.job(
        "all.csv",
        &format!("statistics = [\"mean\", \"quantile\", \"alpha\", \"compare\"]\n{BY_WAVE}\n[compare]\nby = [\"kaupunki\", \"rooli\"]\nwithin = [\"aalto\"]"),
    );
    let parts = network.parts(|number, _| (number * 31 % 11).to_string());
    let merged = merge(&network.exchange(&job, &parts)).unwrap();
    let tables = working_tables(&network, &merged, &job);
    let mut checked = 0;
    for (area, exact) in gold("exact.json")["areas"].as_object().unwrap() {
        let cities = exact["by_city"].as_object().unwrap().iter();
        let cities = cities.map(|(city, row)| (city.as_str(), row));
        for (city, row) in cities.chain([("all", &exact["pooled"])]) {
            let bits = |value: &Value| value["value"].as_f64().unwrap().to_bits();
            let keys = [area, city, "all", "2026"];
            assert_eq!(
                value(&tables, "area.mean", &keys).to_bits(),
                bits(&row["mean"])
            );
            assert_eq!(
                value(&tables, "area.alpha", &keys).to_bits(),
                bits(&row["alpha"])
            );
            let keys = [area, city, "all", "2026", "p50"];
            assert_eq!(
                value(&tables, "area.quantile", &keys).to_bits(),
                bits(&row["median"])
            );
            let table = tables.iter().find(|table| table.id == "area.mean").unwrap();
            let mean = table.figure(&[area, city, "all", "2026"]).unwrap().unwrap();
            let n = row["n"].as_f64().unwrap_or(f64::NAN);
            let variance = mean.se.unwrap().powi(2) * n;
            let expected = row["variance"]["value"].as_f64().unwrap();
            assert!(
                (variance / expected - 1.0).abs() <= 4.0 * f64::EPSILON,
                "{area} {city}"
            );
            checked += 1;
        }
        let part = |id: &str, keys: &[&str]| -> f64 {
            let table = tables.iter().find(|table| table.id == id).unwrap();
            let fits = |row: &&RawRow| {
                row.keys
                    .starts_with(&keys.iter().map(ToString::to_string).collect::<Vec<_>>())
            };
            table
                .rows
                .iter()
                .find(fits)
                .unwrap()
                .figure
                .as_ref()
                .unwrap()
                .value
        };
        let within_four_places = |found: f64, expected: &Value| {
            let expected = expected["value"].as_f64().unwrap();
            assert!(
                (found / expected - 1.0).abs() <= 4.0 * f64::EPSILON,
                "{area}: {found}"
            );
        };
        let h = part(
            "area.differences.municipality",
            &[area, "2026", "kruskal", "h"],
        );
        within_four_places(h, &exact["pooled"]["kruskal_H_by_city"]);
        let delta = part(
            "area.pairs.role",
            &[
                area,
                "2026",
                "koulunkäynninohjaaja",
                "opettaja",
                "effect",
                "cliff_delta",
            ],
        );
        within_four_places(
            -delta,
            &exact["cliff_delta_opettaja_vs_koulunkäynninohjaaja"],
        );
    }
    assert_eq!(checked, 48);
}

const SMALL: &str = "id,town,job,a,b,c\n1,oulu,teacher,0,1,5\n2,oulu,teacher,2,3,1\n3,oulu,guide,4,4,0\n4,turku,teacher,5,5,2\n5,turku,guide,3,,9\n6,turku,guide,1,8,4\n7,turku,teacher,,,\n8,oulu,teacher,2,2,2\n9,oulu,guide,5,0,3\n10,oulu,,1,1,1\n11,,guide,2,5,0\n12,turku,teacher,4,4,4\n";

fn small() -> Network {
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

const SMALL_JOB: &str = "[groups]\nby = [\"town\", \"job\"]";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any split, any order, files and rows: the same bytes.
    #[test]
    fn any_split_in_any_order_writes_the_same_bytes(
        split in proptest::collection::vec(0_usize..5, 12),
        order in Just((0..12).collect::<Vec<usize>>()).prop_shuffle(),
        files in Just((0..5).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let mut network = small();
        network.rows = order.iter().map(|place| network.rows[*place].clone()).collect();
        let job = network.job("all.csv", SMALL_JOB);
        let parts = network.parts(|number, _| split[number].to_string());
        let exchanged = network.exchange(&job, &parts);
        let ordered: Vec<PathBuf> = files
            .iter()
            .filter_map(|place| exchanged.get(*place).cloned())
            .collect();
        network.same(&job, &merge(&ordered).unwrap());
    }
}

#[test]
fn row_by_row_is_a_split_too() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let parts = network.parts(|number, _| format!("{number:02}"));
    let merged = merge(&network.exchange(&job, &parts)).unwrap();
    network.same(&job, &merged);
    assert_eq!(merged.file.answers(), 12);
}

pub(crate) fn refused(paths: &[PathBuf]) -> String {
    merge(paths).unwrap_err().to_string()
}

#[test]
fn tables_about_different_things_are_refused_naming_both_sides() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let parts = network.parts(|_, row| row[1].to_owned());
    let files = network.exchange(&job, &parts);
    let mine = files[1].clone();
    let other = files[2].clone();
    let text = fs::read_to_string(&other).unwrap();
    for (from, to, said) in [
        (
            "\"min_share\":0.5",
            "\"min_share\":0.75",
            "the missing rule of `abc`",
        ),
        (
            "\"targets\":[",
            "\"targets\":[{\"role\":\"x\",\"dimension\":\"abc\",\"target\":3.0},",
            "the targets",
        ),
        (
            "\"origin\":\"simulated\"",
            "\"origin\":\"collected\"",
            "the origin of the answers",
        ),
        (
            "\"meaning\":\"dont_know\"",
            "\"meaning\":\"prefer_not_to_say\"",
            "the missing codes",
        ),
        (
            "\"name\":\"a\",\"kind\":\"scale\",\"label\":{}",
            "\"name\":\"a\",\"kind\":\"scale\",\"label\":{\"fi\":\"Toinen\"}",
            "the words of `a`",
        ),
        (
            "\"wave\":null",
            "\"wave\":{\"current\":\"2026\",\"earlier\":[]}",
            "the wave of the job",
        ),
        (
            "\"instruments\":[]",
            "\"instruments\":[\"icteko@2:aa\"]",
            "the releases of the survey",
        ),
        (
            "[[\"oulu\",\"guide\"],20]",
            "[[\"oulu\",\"guide\"],21]",
            "the staff of group oulu / guide",
        ),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        fs::write(&other, changed).unwrap();
        let message = refused(&[mine.clone(), other.clone()]);
        let both = [&mine, &other].map(|path| path.display().to_string());
        assert!(message.contains(said), "{message}");
        assert!(both.iter().all(|path| message.contains(path)), "{message}");
    }
    fs::write(&other, text.replacen("\"schema\": 2", "\"schema\": 3", 1)).unwrap();
    let message = refused(&[mine.clone(), other.clone()]);
    assert!(
        message.contains("schema 3, this program reads schema 2"),
        "{message}"
    );
    fs::write(&other, &text).unwrap();

    let job = network.job(
        "all.csv",
        "statistics = [\"mean\"]\n[groups]\nby = [\"town\"]",
    );
    fs::remove_file(&mine).unwrap();
    let fewer = network.exchange(&job, &parts);
    fs::write(&other, &text).unwrap();
    let message = refused(&[fewer[1].clone(), other.clone()]);
    assert!(message.contains("made with different jobs"), "{message}");
}

#[test]
fn the_same_answers_are_not_counted_twice() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let files = network.exchange(&job, &network.parts(|_, row| row[1].to_owned()));
    let copy = network.path("copy.json");
    fs::copy(&files[1], &copy).unwrap();
    let message = refused(&[files[1].clone(), files[2].clone(), copy.clone()]);
    assert!(
        message.contains("counted twice") && message.contains("copy.json"),
        "{message}"
    );
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let whole = tables(&job, &Part::default()).unwrap().file.to_json();
    let path = network.path("changed.json");
    for (from, to) in [
        ("\"people\": 2", "\"people\": 3"),
        ("\"people\": 2", "\"people\": -2"),
        ("\"people\": 2", "\"people\": 9223372036854775807"),
        ("[3,6,1]", "[3,96,1]"),
        ("[3,6,1]", "[3,6,-1]"),
        ("[3,6,1]", "[3,6,1],[3,6,1]"),
        ("[3,6,1]", "[]"),
        ("[3,6,1]", "[3,6,0.5]"),
        ("\"keys\": [", "\"keys\": [null, "),
        ("\"kind\": \"exchange\"", "\"kind\": \"working\""),
        ("\"notice\"", "\"note\""),
    ] {
        let changed = whole.replacen(from, to, 1);
        assert_ne!(changed, whole, "{from}");
        fs::write(&path, changed).unwrap();
        let message = ExchangeFile::read(&path).unwrap_err().to_string();
        assert!(
            message.contains("changed.json"),
            "{from} to {to}: {message}"
        );
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(ExchangeFile::read(&path).unwrap().to_json(), whole);
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(ExchangeFile::read(&path).is_err());
    assert!(refused(&[]).contains("nothing to merge"));
}

#[test]
fn exchange_files_are_refused_as_findings_and_as_working_results() {
    let network = small();
    let job = network.job("all.csv", SMALL_JOB);
    let text = tables(&job, &Part::default()).unwrap().file.to_json();
    let message = Findings::from_json(&text).unwrap_err().to_string();
    assert!(message.contains("exchange"), "{message}");
    assert!(Working::from_json(&text).is_err());
    assert!(text.contains("\"notice\": \"Numbers of people for exchange between partners under agreement. Not for publication"));
}

#[test]
fn small_groups_stay_in_the_house_and_totals_stay_complete() {
    let network = Network::oracle(&["tieto", "kaikki"]);
    let job = network.job("all.csv", WORKING);
    let parts = network.parts(|_, row| row[CITY].to_owned());
    let files: Vec<PathBuf> = parts
        .iter()
        .map(|(name, file)| {
            let part = Part {
                file: Some(file.clone()),
                smallest_cell: Some(10),
            };
            let collected = tables(&job, &part).unwrap();
            assert!(!collected.notes.is_empty(), "{name}");
            let text = collected.file.to_json();
            let small = text.lines().filter(|line| {
                let people = line.split("\"people\": ").nth(1);
                let people = people.and_then(|rest| rest.split(',').next()?.parse().ok());
                people.is_some_and(|people: u64| people < 10)
            });
            assert_eq!(small.count(), 0, "{name}");
            let path = network.path(&format!("{name}.json"));
            fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let merged = merge(&files).unwrap();
    assert!(merged.notes[0].contains("fewer than 10 people"));
    let coarse = working_tables(&network, &merged, &job);
    run(&job, &network.path("pooled"), None, &mut |_| {}).unwrap();
    let text = fs::read_to_string(network.path("pooled/working.json")).unwrap();
    let exact = Working::from_json(&text).unwrap().tables;
    for keys in [["tieto", "Koskimaa", "all"], ["tieto", "all", "all"]] {
        let values = [&coarse, &exact].map(|tables| value(tables, "area.mean", &keys).to_bits());
        assert_eq!(values[0], values[1]);
    }
}
