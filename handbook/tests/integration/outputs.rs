//! Figures for programs: the public findings, a file for each table, what its columns mean, and the
//! data block that search engines read. Everything is read back as a stranger would.

use std::collections::BTreeMap;

use findings::{Cell, Count, Findings};
use handbook::{FindingsFile, build};
use serde_json::{Value, json};

use crate::fixture::{catalog, file, findings, network, request, shown, table, tiny};

type Files = BTreeMap<String, Vec<u8>>;

const CHART: &str = "![Arvio, asteikko 1–4](chart:area.gap,form=dumbbell,id=gap \"Viesti\")\n\n\
    ![Arvio](table:area.mean,by=role_group,id=mean)";

fn files(of: &[FindingsFile]) -> Files {
    let (sources, catalog) = (tiny(CHART), catalog());
    build(&request(&sources, &catalog, of))
        .unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(handbook::Located::one_line).collect();
            panic!("{}", lines.join("\n"))
        })
        .files
}

fn text(files: &Files, name: &str) -> String {
    let bytes = files.get(name).unwrap_or_else(|| panic!("no {name}"));
    String::from_utf8(bytes.clone()).expect("it is text")
}

/// A city's findings with results of single units, which stay with the units.
fn with_units() -> Value {
    let mut value = findings("oulu", "564");
    let rows = vec![
        (vec!["all"], shown(2.6, 48)),
        (vec!["oul-koskela"], shown(1.7, 12)),
    ];
    let units = table("unit.area.mean", "mean", "scale", &["unit"], rows);
    value["tables"].as_array_mut().expect("tables").push(units);
    let label = json!({"fi": "Koskelan koulu", "sv": "Koskelan koulu", "en": "Koskela school"});
    value["labels"]["unit"] = json!({ "oul-koskela": label });
    value
}

/// Rows of a file with quotes, as RFC 4180 has them.
fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (vec![], vec![], String::new(), false);
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c if c == delimiter && !quoted => row.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    rows
}

/// Whether a field is what its column says.
fn suits(column: &Value, field: &str) -> bool {
    let null = column["null"].as_array().map_or_else(
        || field.is_empty(),
        |words| words.iter().any(|word| word == field),
    );
    if null {
        return column["required"] != true;
    }
    let kind = &column["datatype"];
    match kind["base"].as_str().or(kind.as_str()).unwrap_or("string") {
        "nonNegativeInteger" => field.parse::<u64>().is_ok(),
        "decimal" => {
            let mark = kind["format"]["decimalChar"].as_str().unwrap_or(".");
            let number = field.replace(mark, ".").parse::<f64>();
            (mark == "." || !field.contains('.')) && number.is_ok()
        }
        _ => kind["format"]
            .as_str()
            .is_none_or(|words| words.split('|').any(|word| word == field)),
    }
}

/// Reads every file that a folder's metadata names; returns how many fields were read.
fn read_back(files: &Files, folder: &str) -> Result<usize, String> {
    let metadata: Value =
        serde_json::from_str(&text(files, &format!("{folder}/csv-metadata.json")))
            .map_err(|error| error.to_string())?;
    if metadata["@context"] != "http://www.w3.org/ns/csvw" {
        return Err("another context".to_owned());
    }
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut read = 0;
    for table in list(&metadata["tables"]) {
        let url = table["url"].as_str().ok_or("no url")?;
        let delimiter = table["dialect"]["delimiter"].as_str().unwrap_or(",");
        let columns = list(&table["tableSchema"]["columns"]);
        let all = rows(
            &text(files, &format!("{folder}/{url}")),
            delimiter.chars().next().unwrap_or(','),
        );
        let (head, body) = all.split_first().ok_or("an empty file")?;
        let titles: Vec<Value> = columns.iter().map(|c| c["titles"].clone()).collect();
        if json!(head) != json!(titles) {
            return Err(format!("{url}: {head:?} is not {titles:?}"));
        }
        for row in body {
            if row.len() != columns.len() {
                return Err(format!("{url}: {row:?} has another number of fields"));
            }
            for (column, field) in columns.iter().zip(row) {
                if !suits(column, field) {
                    return Err(format!("{url}: `{field}` is no {column}"));
                }
                read += 1;
            }
        }
    }
    let names = files.keys().filter(|name| {
        let inside = name.strip_prefix(&format!("{folder}/"));
        inside.is_some_and(|name| !name.contains('/') && name.ends_with(".csv"))
    });
    if names.count() != list(&metadata["tables"]).len() {
        return Err("a file that nothing describes".to_owned());
    }
    Ok(read)
}

#[test]
fn every_data_file_is_what_its_metadata_says() {
    let files = files(&[network(), file(&with_units())]);
    for folder in ["network/data", "oulu/data", "network/fi/data"] {
        let read = read_back(&files, folder);
        assert!(
            read.as_ref().is_ok_and(|fields| *fields > 50),
            "{folder}: {read:?}"
        );
    }
}

#[test]
fn a_file_that_is_not_as_described_is_found() {
    let sound = files(&[network()]);
    let name = "network/data/area.mean.csv";
    for (from, to) in [
        ("shown,2.4", "shown,\"2,4\""),
        ("shown,2.4", "seen,2.4"),
        ("status", "state"),
        (",48,48\r\n", ",48\r\n"),
        ("information,", ","),
    ] {
        let mut broken = sound.clone();
        let other = text(&sound, name).replacen(from, to, 1);
        assert_ne!(other, text(&sound, name), "{from} is in the file");
        broken.insert(name.to_owned(), other.into_bytes());
        assert!(read_back(&broken, "network/data").is_err(), "{from} → {to}");
    }
    let mut more = sound;
    more.insert("network/data/more.csv".to_owned(), b"a\r\n".to_vec());
    assert!(read_back(&more, "network/data").is_err(), "a file too many");
}

#[test]
fn tables_for_programs_hold_the_same_cells_as_the_findings() {
    let findings = network().findings;
    let files = files(&[network()]);
    let mut compared = 0;
    for table in &findings.tables {
        let name = format!("network/data/{}.csv", table.id());
        for row in rows(&text(&files, &name), ',').iter().skip(1) {
            let (keys, figures) = row.split_at(table.dims().len());
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let cell = table.cell(&keys).expect("a row of the findings");
            let number = |at: usize| figures[at].parse::<f64>().ok();
            match cell {
                Cell::Shown(estimate) => {
                    assert_eq!(figures[0], "shown");
                    assert_eq!(number(1), Some(estimate.value), "{name} {keys:?}");
                    assert_eq!(number(3), estimate.low, "{name} {keys:?}");
                    let [low, high] = match estimate.n {
                        Count::Exact(n) => [n, n],
                        Count::Range(ends) => ends,
                    };
                    let ends = [low.to_string(), high.to_string()];
                    assert_eq!(figures[5..7], ends, "{name} {keys:?}");
                }
                _ => assert!(figures[1..].iter().all(String::is_empty), "{name} {keys:?}"),
            }
            compared += 1;
        }
        let file = rows(&text(&files, &name), ',');
        assert_eq!(file.len(), table.rows().len() + 1, "{name}");
    }
    assert!(compared > 20, "{compared}");
}

#[test]
fn the_public_findings_are_findings_without_units() {
    let with = with_units();
    let files = files(&[file(&with)]);
    let public = Findings::from_json(&text(&files, "oulu/data/findings.json")).expect("findings");
    let mut expected = file(&with).findings;
    assert_eq!(expected.tables.len(), public.tables.len() + 1);
    expected
        .tables
        .retain(|table| table.id() != "unit.area.mean");
    expected.labels.remove("unit");
    assert_eq!(public, expected);
    for (name, bytes) in &files {
        let said = String::from_utf8_lossy(bytes);
        for secret in ["oul-koskela", "Koskela", "unit.area.mean"] {
            assert!(!said.contains(secret), "{name} says {secret}");
        }
    }
}

/// The data blocks of a page.
fn blocks(page: &str) -> Vec<Value> {
    page.split("<script type=\"application/ld+json\">")
        .skip(1)
        .map(|rest| {
            let block = rest.split("</script>").next().unwrap_or_default();
            serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}: {block}"))
        })
        .collect()
}

#[test]
fn search_engines_find_the_dataset_and_its_files() {
    let files = files(&[network(), file(&with_units())]);
    for page in ["oulu/fi/index.html", "oulu/fi/tables.html"] {
        let found = blocks(&text(&files, page));
        let [dataset] = found.as_slice() else {
            panic!("{page}: {} blocks", found.len());
        };
        assert_eq!(dataset["@context"], "https://schema.org");
        assert_eq!(dataset["@type"], "Dataset");
        assert_eq!(dataset["name"], "Kirja, Oulu, syksy 2026: luvut");
        assert_eq!(dataset["datePublished"], "2026-11-22");
        let about = dataset["description"].as_str().unwrap_or_default();
        assert!(about.starts_with("Luvut ovat keksittyjä."), "{about}");
        let downloads = dataset["distribution"].as_array().expect("files");
        assert_eq!(downloads.len(), 2 + 4, "two of JSON, and the tables");
        for download in downloads {
            let url = download["contentUrl"].as_str().unwrap_or_default();
            let name = url.replace("../", "oulu/");
            assert!(files.contains_key(&name), "{url}");
            assert!(
                text(&files, "oulu/fi/tables.html").contains(&format!("href=\"{url}\"")),
                "{url} has no link"
            );
        }
    }
    assert!(blocks(&text(&files, "oulu/fi/results.html")).is_empty());
}

#[test]
fn nothing_in_a_data_block_ends_it() {
    let mut value = findings("network", "");
    let hostile = "</script><script>alert(1)</script>";
    value["tables"][3]["dims"][0] = json!(hostile);
    let files = files(&[file(&value)]);
    let page = text(&files, "network/fi/index.html");
    assert_eq!(page.matches("</script").count(), 1, "{page}");
    let dataset = blocks(&page).remove(0);
    assert!(
        dataset["variableMeasured"].to_string().contains("alert(1)"),
        "{dataset}"
    );
    let lists = text(&files, "network/fi/tables.html");
    assert_eq!(lists.matches("</script").count(), 1, "{lists}");
}
