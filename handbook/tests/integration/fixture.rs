//! Invented findings and a tiny book for tests.

use std::collections::BTreeMap;

use handbook::{FindingsFile, Request, Sources, WholeBooks};
use serde_json::{Value, json};
use surveys::Catalog;

/// The catalogue of the repository.
pub(crate) fn catalog() -> Catalog {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../surveys/catalog");
    Catalog::parse(&read_folder(folder)).0
}

/// Reads every text file below a folder.
pub(crate) fn read_folder(folder: &str) -> BTreeMap<String, String> {
    let mut sources = BTreeMap::new();
    let mut open = vec![std::path::PathBuf::from(folder)];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).expect("the folder stands in the repository") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let inside = path.strip_prefix(folder).expect("below the folder");
            let name = inside.to_str().expect("plain names").to_owned();
            if let Ok(text) = std::fs::read_to_string(&path) {
                sources.insert(name, text);
            }
        }
    }
    sources
}

/// A cell with an interval.
pub(crate) fn shown(value: f64, n: u64) -> Value {
    let round = |value: f64| (value * 10.0).round() / 10.0;
    let (low, high) = (round(value - 0.2), round(value + 0.2));
    json!({"shown": {"value": value, "low": low, "high": high, "n": n}})
}

/// A table whose rows are put into canonical order.
pub(crate) fn table(
    id: &str,
    statistic: &str,
    unit: &str,
    dims: &[&str],
    rows: Vec<(Vec<&str>, Value)>,
) -> Value {
    let mut rows = rows;
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|(keys, cell)| json!({"keys": keys, "cell": cell}))
        .collect();
    let mut table =
        json!({"id": id, "statistic": statistic, "unit": unit, "dims": dims, "rows": rows});
    if unit == "scale" {
        table["scale"] = json!([1.0, 4.0]);
    }
    table
}

/// The value that no output may ever hold: it stands in no findings file.
pub(crate) const AREAS: [&str; 3] = ["content", "information", "safety"];
pub(crate) const GROUPS: [&str; 3] = ["all", "childcarers", "teachers"];

/// Small findings of a population: `network` or a city's slug and code.
pub(crate) fn findings(slug: &str, code: &str) -> Value {
    let population = if slug == "network" {
        json!({"kind": "network"})
    } else {
        json!({"kind": "city", "code": code, "slug": slug})
    };
    let by = |cell: &dyn Fn(usize, usize) -> Value| {
        let mut rows = Vec::new();
        for (a, area) in AREAS.iter().enumerate() {
            for (g, group) in GROUPS.iter().enumerate() {
                rows.push((vec![*area, *group], cell(a, g)));
            }
        }
        rows
    };
    let mean = by(&|a, g| match (a, g) {
        (2, 1) => json!("withheld"),
        _ => shown([2.4, 2.9, 2.5][a] + g as f64 / 10.0, 48),
    });
    let gap = by(&|a, g| match (a, g) {
        (2, 1) => json!("withheld"),
        _ => shown([0.6, 0.1, 0.5][a], 48),
    });
    let rate = vec![
        (
            vec!["all"],
            json!({"shown": {"value": 0.64, "low": 0.61, "high": 0.67, "n": 1184}}),
        ),
        (vec!["childcarers"], json!("withheld")),
        (
            vec!["teachers"],
            json!({"shown": {"value": 0.7, "n": [10, 19]}}),
        ),
    ];
    let mut spread = Vec::new();
    for (item, shares) in [
        ("dc-1-1", [0.1, 0.2, 0.4, 0.3]),
        ("dc-1-2", [0.3, 0.3, 0.3, 0.1]),
    ] {
        for (level, share) in ["1", "2", "3", "4"].iter().zip(shares) {
            let cell = json!({"shown": {"value": share, "n": 48}});
            spread.push((vec![item, *level], cell));
        }
    }
    let label = |fi: &str, sv: &str, en: &str| json!({"fi": fi, "sv": sv, "en": en});
    json!({
        "schema": 1,
        "release": 1,
        "population": population,
        "wave": "2026-syksy",
        "origin": "simulated",
        "produced": {"program": "icteko 0.1.0", "dataset_sha256": "d".repeat(64), "job_sha256": "j".repeat(64)},
        "rule": {"min_unit": 10, "min_group": 5, "min_cities": 3, "shown_by_name": []},
        "labels": {
            "area": {
                "content": label("Sisällöt", "Innehåll", "Content"),
                "information": label("Tieto", "Information", "Information"),
                "safety": label("Turvallisuus", "Säkerhet", "Safety"),
            },
        },
        "tables": [
            table("area.gap", "gap", "scale", &["area", "role_group"], gap),
            table("area.mean", "mean", "scale", &["area", "role_group"], mean),
            table("item.distribution", "distribution", "proportion", &["item", "level"], spread),
            table("response.rate", "response_rate", "proportion", &["role_group"], rate),
        ],
    })
}

pub(crate) fn file(value: &Value) -> FindingsFile {
    FindingsFile::from_json("findings/test.json", &value.to_string()).expect("sound findings")
}

pub(crate) fn network() -> FindingsFile {
    file(&findings("network", ""))
}

/// A book of one chapter and one section, in Finnish only.
pub(crate) fn tiny(section: &str) -> Sources {
    let mut sources = Sources::embedded();
    let languages = "languages = [\"fi\"]";
    let chapter = "[[chapter]]\nid = \"results\"\nnumber = \"4\"\nsections = [\"one\"]";
    let mut book = Sources::default();
    let settings = format!(
        "schema = 1\ntitle = \"Kirja\"\ntitle_sv = \"Bok\"\ntitle_en = \"Book\"\n{languages}\n\n{chapter}\n"
    );
    book.insert("handbook.toml", settings);
    book.insert(
        "content/fi/results/index.md",
        "+++\nid = \"results\"\ntitle = \"Tulokset\"\n+++\n\nAlku.\n".to_owned(),
    );
    book.insert("content/fi/results/one.md", head(section));
    book.insert(
        "content/fi/slots.toml",
        "\"support.contact\" = \"Oletus.\"\n".to_owned(),
    );
    for file in sources_of(&mut sources, &["locales/fi.ftl", "theme/handbook.css"]) {
        book.insert(&file.0, file.1);
    }
    book
}

/// Lets cities replace the section of the tiny book.
pub(crate) fn replaceable(mut book: Sources) -> Sources {
    let settings = &book.get("handbook.toml").expect("it is there").text;
    let settings = settings.replacen("\n\n[[", "\nreplaceable = [\"results.one\"]\n\n[[", 1);
    book.insert("handbook.toml", settings);
    book
}

/// One word of a glossary.
pub(crate) const TERMS: &str = "[[term]]\nid = \"on-site-support\"\ngroup = \"support\"\n\
    fi = { word = \"lähituki\", also = [\"paikallistuki\"], means = \"apu, joka tulee paikalle.\", avoid = \"mikrotuki\" }\n\
    sv = { word = \"närstöd\", means = \"hjälp på plats\" }\n\
    en = { word = \"on-site support\", means = \"help that comes to you\" }\n\
    of = \"0d8cc9d2\"\n";

/// Gives a book one word and one source.
pub(crate) fn with_names(mut book: Sources) -> Sources {
    book.insert("terms.toml", TERMS.to_owned());
    let source = "@report{aalto, author = {Aalto, A.}, title = {Tuki & apu}, date = {2024}, language = {english}}";
    book.insert("sources.bib", source.to_owned());
    book
}

/// A body with a head, unless it has one.
pub(crate) fn head(body: &str) -> String {
    if body.starts_with("+++") || body.starts_with('!') && body.len() == 1 {
        body.to_owned()
    } else {
        format!("+++\nid = \"results.one\"\ntitle = \"Yksi\"\n+++\n{body}\n")
    }
}

fn sources_of(sources: &mut Sources, names: &[&str]) -> Vec<(String, String)> {
    names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), sources.get(name)?.text.clone())))
        .collect()
}

/// A request for a publishable edition.
pub(crate) fn request<'a>(
    sources: &'a Sources,
    catalog: &'a Catalog,
    findings: &'a [FindingsFile],
) -> Request<'a> {
    Request {
        sources,
        catalog,
        findings,
        edition: "2026-syksy",
        draft: false,
        published: Some("2026-11-22"),
        approved: None,
        program: "icteko 0.1.0",
        previous: None,
        whole: WholeBooks::default(),
        threads: None,
    }
}
