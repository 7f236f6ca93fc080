//! Editions against one another: figures by id, text by block, the appendix of changes, corrections.

use std::path::Path;

use handbook::{Archive, FigureKind, FindingsFile, Sources, build, diff, write};
use serde_json::{Value, json};
use surveys::Lang;

use crate::fixture::{catalog, file, findings, network, request, tiny};

const BODY: &str = "Apua saa heti.\n\nToinen kappale.\n\n![](list:changed-figures)\n\n\
    ![](list:changed-text)\n\n![](list:corrections)";

/// Network findings with one figure moved far, one a little, one withheld, one no longer so, and
/// one whose wording is another.
fn later() -> Value {
    let mut value = findings("network", "");
    value["wave"] = "2027-kevat".into();
    for table in value["tables"].as_array_mut().expect("tables") {
        if table["id"] != "area.mean" {
            continue;
        }
        for row in table["rows"].as_array_mut().expect("rows") {
            let keys = row["keys"].as_array().expect("keys");
            let keys: Vec<&str> = keys.iter().filter_map(Value::as_str).collect();
            let cell =
                |v: f64| json!({"shown": {"value": v, "low": v - 0.1, "high": v + 0.1, "n": 50}});
            match keys[..] {
                ["content", "all"] => row["cell"] = cell(3.5),
                ["content", "teachers"] => row["cell"] = cell(2.7),
                ["content", "childcarers"] => row["cell"] = json!("withheld"),
                ["safety", "childcarers"] => row["cell"] = cell(2.0),
                ["information", "all"] => row["cell"] = cell(3.9),
                _ => {}
            }
        }
    }
    value["labels"]["area"]["information"]["fi"] = "Tiedon hallinta".into();
    value
}

/// Writes an edition and reads it back.
fn archive(folder: &Path, id: &str, sources: &Sources, files: &[FindingsFile]) -> Archive {
    let catalog = catalog();
    let mut asked = request(sources, &catalog, files);
    asked.edition = id;
    write(&asked, &folder.join(id)).expect("a new folder");
    Archive::read(&folder.join(id)).expect("what was written")
}

#[test]
fn figures_are_joined_by_id_and_text_by_block() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (before, after) = (tiny(BODY), tiny(&BODY.replace("heti", "pian")));
    let oulu = file(&findings("oulu", "564"));
    let before = archive(folder.path(), "a", &before, &[network(), oulu]);
    let after = archive(folder.path(), "b", &after, &[file(&later())]);
    let difference = diff(&before, &after);
    insta::assert_snapshot!("difference", difference.told(Lang::En));
    insta::assert_snapshot!("difference_in_finnish", difference.told(Lang::Fi));
    let kinds = |is_it: fn(&FigureKind) -> bool| {
        let changes = difference.figures["network"].iter();
        changes.filter(|change| is_it(&change.kind)).count()
    };
    assert_eq!(
        kinds(|k| matches!(k, FigureKind::Changed { is_clear: true, .. })),
        1
    );
    assert_eq!(
        kinds(|k| matches!(
            k,
            FigureKind::Changed {
                is_clear: false,
                ..
            }
        )),
        1
    );
    assert_eq!(kinds(|k| matches!(k, FigureKind::New { .. })), 1);
    assert_eq!(kinds(|k| matches!(k, FigureKind::Gone { .. })), 1);
    assert_eq!(kinds(|k| matches!(k, FigureKind::Broken { .. })), 1);
    let same = diff(&before, &before);
    assert!(same.texts.is_empty() && same.figures["network"].is_empty());
}

#[test]
fn the_appendix_tells_what_changed_since_the_edition_before() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let previous = archive(folder.path(), "a", &tiny(BODY), &[network()]);
    let after = tiny(&BODY.replace("heti", "pian"));
    let catalog = catalog();
    let files = [
        file(&later()),
        file(&{
            let mut oulu = findings("oulu", "564");
            oulu["wave"] = "2027-kevat".into();
            oulu
        }),
    ];
    let mut asked = request(&after, &catalog, &files);
    asked.previous = Some(&previous);
    let edition = build(&asked).expect("sound");
    let page = |population: &str| {
        let bytes = &edition.files[&format!("{population}/fi/results.html")];
        let page = String::from_utf8_lossy(bytes).into_owned();
        let start = page.find("Toinen kappale").expect("the section");
        page[start..]
            .split("</section>")
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    insta::assert_snapshot!("appendix", page("network"));
    let new = page("oulu");
    assert!(
        new.contains("Aiempaa painosta, johon verrata, ei ole."),
        "{new}"
    );

    asked.previous = None;
    let first = build(&asked).expect("sound");
    let first = String::from_utf8_lossy(&first.files["network/fi/results.html"]).into_owned();
    assert_eq!(
        first
            .matches("Aiempaa painosta, johon verrata, ei ole.")
            .count(),
        2
    );
}

#[test]
fn an_edition_that_was_altered_or_holds_no_text_is_refused() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    archive(folder.path(), "a", &tiny(BODY), &[network()]);
    let read = || Archive::read(&folder.path().join("a")).map_err(|problem| problem.one_line());
    assert!(read().is_ok());
    let path = folder.path().join("a/network/data/findings.json");
    let text = std::fs::read_to_string(&path).expect("it was written");
    std::fs::write(&path, text.replacen("2.4", "2.5", 1)).expect("a file");
    let refused = read().expect_err("it was altered");
    assert!(refused.contains("handbook::bad_edition"), "{refused}");
    assert!(refused.contains("not as the manifest says"), "{refused}");
    std::fs::remove_file(folder.path().join("a/text.json")).expect("it was written");
    assert!(read().expect_err("no text").contains("text.json"));
    assert!(Archive::read(folder.path()).is_err());
}

#[test]
fn a_correction_says_what_was_wrong_and_points_to_itself_from_beside_the_old_edition() {
    let catalog = catalog();
    let files = [network()];
    let mut sources = tiny(BODY);
    let lines = |sources: &Sources| -> String {
        let mut asked = request(sources, &catalog, &files);
        asked.edition = "2026-syksy.1";
        let problems = build(&asked).expect_err("no notice");
        let lines: Vec<String> = problems.iter().map(handbook::Located::one_line).collect();
        lines.join("\n")
    };
    assert!(lines(&sources).contains("handbook::missing_notice"));
    let name = "corrections/2026-syksy.1.toml";
    let notice = "date = \"2026-11-30\"\nfi = \"Luku oli <väärä>.\"\nsv = \"Talet var fel.\"\n\
        en = \"The figure was wrong.\"\ntouches = [\"results.one\"]\n";
    sources.insert(name, notice.replace("results.one", "results.on"));
    insta::assert_snapshot!("correction_of_nothing", lines(&sources));
    sources.insert(
        name,
        notice
            .replace("2026-11-30", "marraskuu")
            .replace("Talet var fel.", " "),
    );
    insta::assert_snapshot!("bad_notice", lines(&sources));

    sources.insert(name, notice.to_owned());
    let mut asked = request(&sources, &catalog, &files);
    asked.edition = "2026-syksy.1";
    let edition = build(&asked).expect("sound");
    let page = String::from_utf8_lossy(&edition.files["network/fi/results.html"]);
    assert!(
        page.contains("Tämä on korjattu painos. Korjaus: Luku oli &lt;väärä&gt;."),
        "{page}"
    );
    assert!(page.contains("30.11.2026: Luku oli"), "{page}");
    let names: Vec<&String> = edition.beside.keys().collect();
    assert_eq!(names, ["2026-syksy.html"]);
    let beside = String::from_utf8_lossy(&edition.beside["2026-syksy.html"]);
    assert!(
        beside.contains("href=\"2026-syksy.1/index.html\""),
        "{beside}"
    );
    assert!(beside.contains("&lt;väärä&gt;"), "{beside}");

    let folder = tempfile::tempdir().expect("a folder for the test");
    std::fs::create_dir(folder.path().join("2026-syksy")).expect("the old edition");
    let written = write(&asked, &folder.path().join("2026-syksy.1")).expect("a new folder");
    assert_eq!(written.beside, edition.beside);
    written.write_beside(folder.path()).expect("writable");
    assert!(folder.path().join("2026-syksy.html").is_file());
    let inside = std::fs::read_dir(folder.path().join("2026-syksy")).expect("readable");
    assert_eq!(inside.count(), 0, "nothing is written into the old edition");
}
