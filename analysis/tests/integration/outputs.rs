//! Results as people take them along: every form holds what the JSON holds, and no text is a
//! formula or markup.

use std::fs;
use std::path::Path;

use analysis::publish::run;
use polars::prelude::{ParquetReader, SerReader};

use crate::setting::Small;

const ROWS: &str =
    "1,oulu,teacher,4,1,5\n2,turku,teacher,5,4,1\n3,oulu,guide,3,4,4\n4,turku,guide,2,2,2\n";

/// Runs a working job over a small file and returns the folder of its results.
fn results(setting: &Small, rows: &str, rest: &str) -> Result<std::path::PathBuf, String> {
    setting
        .with_frame(
            rows,
            "town,job,staff\noulu,teacher,3\noulu,guide,3\nturku,teacher,3\nturku,guide,3\n",
        )
        .map_err(|error| error.to_string())?;
    let job = format!(
        "schema = 1\ntitle = \"x\"\n{rest}\n[data]\nfile = \"data.csv\"\ncodebook = \"codebook.json\"\nframe = \"frame.csv\"\n[groups]\nby = [\"role\"]\n"
    );
    let job = setting.write("job.toml", job);
    let out = setting.path("out");
    run(&job, &out, None, &mut |_| {}).map_err(|error| error.to_string())?;
    Ok(out)
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn parquet_has_the_rows_of_the_csv() {
    let setting = Small::new();
    let forms = "[output]\nformats = [\"csv\", \"parquet\"]";
    let out = results(&setting, ROWS, forms).unwrap();
    let csv = text(&out, "working.csv");
    let file = fs::File::open(out.join("working.parquet")).unwrap();
    let frame = ParquetReader::new(file).finish().unwrap();
    assert_eq!(frame.height(), csv.lines().count() - 1);
    let values = frame.column("value").unwrap().f64().unwrap().clone();
    let (header, rows) = csv.split_once('\n').unwrap();
    let place = header.split(',').position(|name| name == "value").unwrap();
    for (row, line) in rows.lines().enumerate() {
        let field = line.split(',').nth(place).unwrap();
        assert_eq!(values.get(row), field.parse().ok(), "{line}");
    }
    assert!(
        !out.join("working-fi.md").exists(),
        "only what was asked for"
    );
}

#[test]
fn answers_over_an_open_link_are_said_to_deserve_little_trust() {
    let setting = Small::new();
    let out = results(&setting, ROWS, "").unwrap();
    assert!(!text(&out, "working-fi.md").contains("voimesta linkistä"));
    let setting = Small::new().with(|codebook| {
        codebook["open_link"] = serde_json::json!({"2026": ["oulu"]});
    });
    let out = results(&setting, ROWS, "").unwrap();
    for (name, words) in [
        ("working-fi.md", "- Avoimesta linkistä on vastattu"),
        ("working-sv.md", "via en öppen länk"),
        ("working-en.md", "answered over an open link"),
    ] {
        let summary = text(&out, name);
        assert!(summary.contains(words), "{summary}");
    }
}

#[test]
fn a_workbook_holds_words_as_text() {
    let setting = Small::new().with(|codebook| {
        let label = serde_json::json!({"fi": "=HYPERLINK(\"x\")"});
        codebook["dimensions"][0]["label"] = label;
    });
    let forms = "[output]\nformats = [\"xlsx\"]\nlanguages = [\"fi\"]";
    let out = results(&setting, ROWS, forms).unwrap();
    let bytes = fs::read(out.join("working-fi.xlsx")).unwrap();
    assert!(bytes.starts_with(b"PK"));
    assert!(!out.join("working-sv.xlsx").exists());
}

#[test]
fn a_summary_says_what_is_known_how_surely_and_what_is_not() {
    let setting = Small::new();
    let out = results(&setting, ROWS, "").unwrap();
    let summary = text(&out, "working-fi.md");
    for words in [
        "# Työtulos\n",
        "> **Luvut ovat keksittyjä.",
        "> **Tämä on tutkijan työtulos.",
        "## Mitä tiedetään",
        "- Vastausosuus on 33\u{a0}% (henkilöstöä 12).",
        "- Osa-alueen ”abc” keskiarvo on ",
        "Asteikko on 0–5.",
        "## Kuinka varmoja luvut ovat",
        "- Luottamusvälit on laskettu 95\u{a0}%:n varmuudella",
        "- Pienin vastaajamäärä, johon jokin tässä mainittu keskiarvo perustuu, on 4.",
        "## Mitä ei voi päätellä",
        "- Luvut ovat vastaajien omia arvioita.",
        "- Alle 60 prosenttia vastasi.",
        "Väittämien keskiarvot",
    ] {
        assert!(summary.contains(words), "{summary}\nlacks: {words}");
    }
    assert!(
        !summary.contains("{ $") && !summary.contains("NaN"),
        "{summary}"
    );
    let english = text(&out, "working-en.md");
    assert!(
        english.contains("The response rate is 33% (staff: 12)."),
        "{english}"
    );
    let swedish = text(&out, "working-sv.md");
    assert!(
        swedish.contains("Svarsandelen är 33\u{a0}% (antal anställda: 12)."),
        "{swedish}"
    );
}

#[test]
fn one_respondent_all_missing_and_groups_of_one_have_reasons_in_every_form() {
    for rows in [
        "1,oulu,teacher,4,1,5\n",
        "1,oulu,teacher,,,\n2,turku,guide,9,9,8\n",
    ] {
        let setting = Small::new();
        let forms = "[output]\nformats = [\"csv\", \"parquet\", \"xlsx\", \"svg\", \"png\", \"summary\"]\nlanguages = [\"en\"]";
        let out = results(&setting, rows, forms).unwrap();
        let csv = text(&out, "working.csv");
        assert!(!csv.contains("NaN") && !csv.contains("inf"), "{csv}");
        assert!(
            csv.contains(",n < 2\n") || csv.contains(",n = 0\n"),
            "{csv}"
        );
        let summary = text(&out, "working-en.md");
        assert!(summary.contains("missing, because "), "{summary}");
    }
}

#[test]
fn an_unknown_form_or_language_is_named_with_its_place() {
    let setting = Small::new();
    let forms = "[output]\nformats = [\"csv\", \"xls\"]\nlanguages = [\"de\"]\nform = 1";
    let error = results(&setting, ROWS, forms).unwrap_err();
    for words in [
        "job.toml:4:19: `formats` cannot hold `xls` (did you mean `xlsx`?)",
        "job.toml:5:14: `languages` cannot hold `de` (there are: fi, sv, en)",
        "[output] has no key `form` (did you mean `formats`?)",
    ] {
        assert!(error.contains(words), "{error}\nlacks: {words}");
    }
}

#[test]
fn questions_with_options_have_a_distribution() {
    let setting = Small::new().with(|codebook| {
        codebook["variables"][3] = serde_json::json!({
            "name": "a", "kind": "single", "values": [{"value": 2}, {"value": 4}, {"value": 7}],
        });
        codebook["variables"][4] = serde_json::json!({"name": "b", "kind": "multi"});
        codebook["dimensions"] = serde_json::json!([]);
        codebook["targets"] = serde_json::json!([]);
    });
    let forms = "statistics = [\"distribution\"]\n[output]\nformats = [\"csv\"]";
    let rows =
        "1,oulu,teacher,4,1,5\n2,turku,teacher,4,0,1\n3,oulu,guide,2,1,4\n4,turku,guide,9,8,2\n";
    let out = results(&setting, rows, forms).unwrap();
    let csv = text(&out, "working.csv");
    let header = csv.lines().next().unwrap();
    assert!(
        header.starts_with("table,item,level,role,value,"),
        "{header}"
    );
    for (row, value) in [
        ("item.distribution,a,2,all,", 1.0 / 3.0),
        ("item.distribution,a,4,all,", 2.0 / 3.0),
        ("item.distribution,a,7,all,", 0.0),
        ("item.distribution,b,0,all,", 1.0 / 3.0),
        ("item.distribution,b,1,teacher,", 0.5),
    ] {
        let found = csv.lines().find_map(|line| line.strip_prefix(row)).unwrap();
        let found: f64 = found.split(',').next().unwrap().parse().unwrap();
        assert!((found - value).abs() < 1e-15, "{row} {found}");
    }
}

#[test]
fn a_wave_that_was_not_asked_an_item_is_not_compared() {
    let setting = Small::new().with(|codebook| {
        codebook["missing"][0] = serde_json::json!({"code": 8, "meaning": "not_asked"});
        codebook["variables"][2] = serde_json::json!({"name": "job", "kind": "wave"});
        codebook["targets"] = serde_json::json!([]);
    });
    let rows = "1,oulu,2025,4,8,5\n2,oulu,2025,3,8,4\n3,oulu,2026,4,1,5\n4,oulu,2026,3,2,8\n";
    setting.rows(rows).unwrap();
    let job = "schema = 1\ntitle = \"x\"\nstatistics = [\"trend\"]\n[data]\nfile = \"data.csv\"\ncodebook = \"codebook.json\"\n[wave]\ncurrent = \"2026\"\nearlier = [\"2025\"]\n";
    let job = setting.write("job.toml", job);
    let out = setting.path("out");
    let summary = run(&job, &out, None, &mut |_| {}).unwrap();
    assert!(
        summary
            .notes
            .contains(&"wave 2025: abc is not compared, since nobody was asked b".to_owned()),
        "{:?}",
        summary.notes
    );
    let csv = text(&out, "working.csv");
    assert!(
        csv.contains("area.trend,abc,2025,,,,,,items changed\n"),
        "{csv}"
    );
    assert!(csv.contains("area.trend,abc,2026,"), "{csv}");
}

#[test]
fn every_form_has_the_same_bytes_every_time_and_marks_invented_figures() {
    let forms = "statistics = [\"mean\"]\n[output]\nformats = [\"csv\", \"parquet\", \"xlsx\", \"svg\", \"png\", \"summary\"]\nlanguages = [\"fi\"]";
    let names = [
        "working.csv",
        "working.parquet",
        "working-fi.xlsx",
        "working-fi.md",
        "charts/working-profile-fi.svg",
        "charts/working-profile-fi.png",
    ];
    let bytes = || {
        let setting = Small::new();
        let out = results(&setting, ROWS, forms).unwrap();
        names.map(|name| fs::read(out.join(name)).unwrap())
    };
    let (first, second) = (bytes(), bytes());
    for ((name, first), second) in names.iter().zip(&first).zip(&second) {
        assert!(first == second, "{name} has other bytes");
    }
    let svg = String::from_utf8(first[4].clone()).unwrap();
    assert!(svg.contains("Luvut ovat keksittyjä"), "{svg}");
    assert!(svg.contains("ei julkaistavaksi"), "{svg}");
    assert!(svg.contains("Luvut tulostiedostoissa.</desc>"), "{svg}");
    assert!(!svg.contains("Taulukko alla"), "{svg}");
    assert!(first[5].starts_with(b"\x89PNG"));
}

#[test]
fn tests_terms_and_families_have_words_in_every_language() {
    let setting = Small::new();
    let wanted = "statistics = [\"compare\", \"weighted_tests\", \"dif\", \"invariance\", \"omega\", \
                  \"design_effect\", \"replicates\", \"reliability\", \"factors\", \"shape\"]\n\
                  [output]\nformats = [\"csv\"]\n[factors]\nnumber = 1\n[design]\nstrata = [\"role\"]";
    let out = results(&setting, ROWS, wanted).unwrap();
    let working: serde_json::Value = serde_json::from_str(&text(&out, "working.json")).unwrap();
    let mut seen = 0;
    for dim in ["test", "term", "family"] {
        for (key, words) in working["labels"][dim].as_object().unwrap() {
            for lang in ["fi", "sv", "en"] {
                let word = words[lang].as_str().unwrap();
                // A letter of statistics is its own word, and factors are numbered.
                let letter = key.len() == 1 || key.starts_with("f0");
                // An English word can be the key itself.
                let own = letter || lang == "en" || word != key;
                assert!(own, "{dim} {key} in {lang}: {word}");
                seen += 1;
            }
        }
    }
    assert!(seen > 150, "{seen}");
    // The other one of two has the word of its group; a role without words is itself.
    assert_eq!(working["labels"]["with"]["teacher"]["fi"], "teacher");
    let finnish = &working["labels"]["test"]["games_howell"]["fi"];
    assert_eq!(finnish, "Gamesin–Howellin testi");
}
