//! A survey with everything that a statistic of the job language can ask for.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;

use analysis::job::{Job, JobStatistic};
use analysis::publish::{run, working_result};
use analysis::{AnalysisError, Dataset};
use findings::{Produced, RawTable};
use serde_json::{Value, json};

pub(super) const WAVES: [&str; 3] = ["2024", "2025", "2026"];
const TOWNS: [&str; 2] = ["oulu", "turku"];
const UNITS: [&str; 3] = ["north", "south", "east"];
const JOBS: [&str; 2] = ["teacher", "guide"];
const SHIFTS: [&str; 2] = ["early", "late"];
const SAID: [&str; 4] = ["", "Verkko ei toimi", "tuki puuttuu", "verkon tuki"];
const HEADER: &str = "id,wave,town,unit,job,shift,code,a1,a2,a3,a4,b1,b2,b3,c1,c2,c3,ia,ib,ic,said";

/// Items of the three areas.
const AREAS: [(&str, &[&str]); 3] = [
    ("a", &["a1", "a2", "a3", "a4"]),
    ("b", &["b1", "b2", "b3"]),
    ("c", &["c1", "c2", "c3"]),
];

/// How many people answer in a wave: as many in every town, unit, job and shift.
pub(super) const PERSONS: usize = 72;

/// One answer, before it is written down.
#[derive(Clone)]
pub(super) struct Answer {
    wave: usize,
    town: usize,
    unit: usize,
    job: usize,
    shift: usize,
    code: String,
    items: Vec<String>,
    said: &'static str,
}

/// Makes a number below `below` of a number; neighbours have nothing to do with each other.
fn mixed(number: usize, below: usize) -> usize {
    let mut state = number as u64 + 1;
    for _ in 0..3 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    (state % below as u64) as usize
}

/// Returns the answers of all waves, in which most people come back.
pub(super) fn answers() -> Vec<Answer> {
    let numbers = (0..WAVES.len()).flat_map(|wave| (0..PERSONS).map(move |person| (wave, person)));
    numbers.map(|(wave, person)| answer(wave, person)).collect()
}

fn answer(wave: usize, person: usize) -> Answer {
    let number = wave * PERSONS + person;
    let able = mixed(person, 4);
    let items = (0..10).map(|item| {
        let draw = number * 16 + item;
        let value = (able + mixed(draw, 3) + wave / 2).min(5);
        match mixed(draw + 7919, 23) {
            0 => String::new(),
            1 => "9".to_owned(),
            _ => value.to_string(),
        }
    });
    let mut items: Vec<String> = items.collect();
    if person % 12 == 5 {
        // Broke off in the middle.
        items[4..].fill(String::new());
    }
    items.extend((0..3).map(|area| (1 + mixed(number * 5 + area, 5)).to_string()));
    Answer {
        wave,
        town: person % 2,
        unit: person / 2 % 3,
        job: person / 6 % 2,
        shift: person / 12 % 2,
        code: match person % 4 {
            3 => String::new(),
            _ => format!("p{person}"),
        },
        items,
        said: SAID[mixed(number, 4)],
    }
}

/// Returns answers without any value.
pub(super) fn emptied(answers: &[Answer]) -> Vec<Answer> {
    let mut emptied = answers.to_vec();
    for (number, answer) in emptied.iter_mut().enumerate() {
        answer.items.fill(["", "9"][number % 2].to_owned());
        answer.items[10..].fill(String::new());
        answer.said = "";
    }
    emptied
}

/// Returns every answer twice; the second time it is somebody else's.
pub(super) fn doubled(answers: &[Answer]) -> Vec<Answer> {
    let mut twins = answers.to_vec();
    for answer in &mut twins {
        if !answer.code.is_empty() {
            answer.code += "x";
        }
    }
    [answers.to_vec(), twins].concat()
}

/// Staff of each town, unit and job, for each of those who answer in a wave; in `vaasa` nobody
/// answers.
pub(super) fn frame(for_each: usize) -> String {
    let mut frame = "town,unit,job,staff\n".to_owned();
    for (job, staff) in JOBS.iter().zip([4, 2]) {
        frame += &format!("vaasa,north,{job},{}\n", staff * for_each);
    }
    let of_group = PERSONS / TOWNS.len() / UNITS.len() / JOBS.len() * for_each;
    for town in TOWNS {
        for unit in UNITS {
            for job in JOBS {
                frame += &format!("{town},{unit},{job},{of_group}\n");
            }
        }
    }
    frame
}

fn written(answers: &[Answer]) -> String {
    let mut text = format!("{HEADER}\n");
    for (number, answer) in answers.iter().enumerate() {
        text += &format!(
            "{number},{},{},{},{},{},{},{},{}\n",
            WAVES[answer.wave],
            TOWNS[answer.town],
            UNITS[answer.unit],
            JOBS[answer.job],
            SHIFTS[answer.shift],
            answer.code,
            answer.items.join(","),
            answer.said
        );
    }
    text
}

fn codebook() -> Value {
    let scale = |name: &str, low: i64| {
        let values: Vec<Value> = (low..=5).map(|value| json!({"value": value})).collect();
        json!({"name": name, "kind": "scale", "values": values})
    };
    let mut variables: Vec<Value> = [
        ("id", "answer_id"),
        ("wave", "wave"),
        ("town", "municipality"),
        ("unit", "unit"),
        ("job", "role"),
        ("shift", "background"),
        ("code", "person_code"),
        ("said", "text"),
    ]
    .map(|(name, kind)| json!({"name": name, "kind": kind}))
    .to_vec();
    for name in AREAS.iter().flat_map(|(_, items)| items.iter()) {
        variables.push(scale(name, 0));
    }
    variables.extend(["ia", "ib", "ic"].map(|name| scale(name, 1)));
    let rule = json!({"min_share": 0.5, "of": "all", "min_answered": 1});
    let dimensions =
        AREAS.map(|(id, items)| json!({"id": id, "variables": items, "missing": rule}));
    json!({
        "schema": 1,
        "origin": "simulated",
        "missing": [{"code": 9, "meaning": "dont_know"}],
        "variables": variables,
        "dimensions": dimensions,
        "targets": [
            {"role": "teacher", "dimension": "a", "target": 3.5},
            {"role": "guide", "dimension": "a", "target": 2.0},
        ],
    })
}

/// The rest of a job that asks for everything the job language has.
pub(super) fn everything() -> String {
    let all: Vec<String> = JobStatistic::ALL
        .iter()
        .map(|(name, _)| format!("\"{name}\""))
        .collect();
    format!(
        "statistics = [{}]
[wave]\ncurrent = \"2026\"\nearlier = [\"2024\", \"2025\"]
[groups]\nby = [\"town\", \"job\"]\nunit = true
[compare]\nby = [\"shift\"]\nwithin = [\"town\", \"job\"]\nitems = true
[levels]\ncuts = [30, 60]
[factors]\nnumber = 1
[needs]\nreplicates = 100\n[needs.importance]\na = \"ia\"\nb = \"ib\"\nc = \"ic\"
[profiles]\nreplicates = 10
[themes]\ncolumn = \"said\"\n[themes.words]\nnetwork = [\"verkko\", \"verko\"]\nhelp = [\"tuki\"]
",
        all.join(", ")
    )
}

/// The tables of a job by their ids.
pub(super) type Tables = BTreeMap<String, RawTable>;

/// Runs the rest of a job on answers and staff numbers.
pub(super) fn tables(
    answers: &[Answer],
    frame: &str,
    rest_of_job: &str,
) -> Result<Tables, AnalysisError> {
    let folder = tempfile::tempdir().unwrap();
    let text = written_out(folder.path(), answers, frame, rest_of_job);
    let job = Job::parse(&text, &folder.path().join("job.toml"))?;
    let data = Dataset::open(&job.data)?;
    let produced = Produced {
        program: "test".to_owned(),
        dataset_sha256: String::new(),
        job_sha256: String::new(),
        instruments: Vec::new(),
        open_link: BTreeMap::new(),
    };
    let (working, _) = working_result(&job, &data, produced, &mut |_| {})?;
    let tables = working.tables.into_iter();
    Ok(tables.map(|table| (table.id.clone(), table)).collect())
}

/// Writes a survey into a folder; returns the text of a job on it.
fn written_out(folder: &Path, answers: &[Answer], frame: &str, rest_of_job: &str) -> String {
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    write("all.csv", &written(answers));
    write("codebook.json", &codebook().to_string());
    write("frame.csv", frame);
    format!(
        "schema = 1\ntitle = \"Koe\"\n{rest_of_job}\n[data]\nfile = \"all.csv\"\ncodebook = \"codebook.json\"\nframe = \"frame.csv\"\n"
    )
}

/// Runs a job to the end; returns every text of its workbook in a language.
pub(super) fn texts_of_workbook(rest_of_job: &str, lang: &str) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    let forms = format!("{rest_of_job}[output]\nformats = [\"xlsx\"]\nlanguages = [\"{lang}\"]\n");
    let text = written_out(folder.path(), &answers(), &frame(3), &forms);
    let (job, out) = (folder.path().join("job.toml"), folder.path().join("out"));
    fs::write(&job, text).unwrap();
    run(&job, &out, None, &mut |_| {}).unwrap();
    let book = fs::File::open(out.join(format!("working-{lang}.xlsx"))).unwrap();
    let mut book = zip::ZipArchive::new(book).unwrap();
    let mut texts = String::new();
    let mut shared = book.by_name("xl/sharedStrings.xml").unwrap();
    shared.read_to_string(&mut texts).unwrap();
    let texts = texts
        .split("</t>")
        .filter_map(|part| part.rsplit_once("<t")?.1.split_once('>'));
    texts.map(|(_, text)| text.to_owned()).collect()
}
