//! Registers from files: all or nothing, every problem at its place.

use crate::test_app::TestApp;

async fn refused(what: &str, text: &str) -> String {
    let app = TestApp::new().await;
    let service = app.service();
    let before = service.store().units().await.unwrap();
    let refused = match what {
        "network.toml" => service.import_network(what, text).await,
        "units.csv" => service.import_units(what, text).await,
        _ => service.import_frame(what, text, false).await,
    };
    assert_eq!(
        service.store().units().await.unwrap(),
        before,
        "nothing was changed"
    );
    refused.unwrap_err().to_string()
}

#[tokio::test]
async fn a_network_that_names_oulu_twice_is_refused() {
    let cities = ["109", "398", "564", "638", "837", "Oulu", "092"];
    let mut text = "schema = 1\nid = \"seven\"\norigin = \"collected\"\n[title]\nfi = \"a\"\nsv = \"a\"\nen = \"a\"\n".to_owned();
    for city in cities {
        text.push_str(&format!("[[municipality]]\ncode = \"{city}\"\n"));
    }
    let message = refused("network.toml", &text).await;
    assert!(
        message.contains("network.toml:19:") && message.contains("Oulu"),
        "{message}"
    );
}

#[tokio::test]
async fn another_network_or_origin_is_refused() {
    let other = "schema = 1\nid = \"koe\"\norigin = \"simulated\"\n[title]\nfi = \"a\"\nsv = \"a\"\nen = \"a\"\n[[municipality]]\ncode = \"092\"\n";
    let message = refused("network.toml", other).await;
    assert!(
        message.contains("invented and collected answers"),
        "{message}"
    );
    let message = refused("network.toml", &other.replace("koe", "toinen")).await;
    assert!(message.contains("another network"), "{message}");
}

#[tokio::test]
async fn every_wrong_row_is_named() {
    let units = "unit,municipality,kind,name_fi,name_sv,name_en\na b,092,school,A,,\nok,999,school,B,,\nok2,564,school,C,,\n";
    let message = refused("units.csv", units).await;
    assert_eq!(
        message
            .lines()
            .filter(|line| line.starts_with("units.csv: line"))
            .count(),
        3,
        "{message}"
    );
    let frame = "municipality,unit,role,staff\n092,vantaa-harju,emperor,3\n092,none,class-teacher,3\n092,vantaa-harju,class-teacher,many\n";
    let message = refused("frame.csv", frame).await;
    assert_eq!(
        message
            .lines()
            .filter(|line| line.starts_with("frame.csv: line"))
            .count(),
        3,
        "{message}"
    );
}

/// The tables are read by `exchange`: its hints and limits are those of the import.
#[tokio::test]
async fn a_table_that_was_saved_otherwise_is_told_what_to_do() {
    let header = "unit,municipality,kind,name_fi,name_sv,name_en\n";
    let message = refused("units.csv", &header.replace("kind", "knd")).await;
    assert!(
        message.contains("units.csv: line 1: nothing reads column `knd`; did you mean `kind`?"),
        "{message}"
    );
    let long = format!("{header}ok,092,school,{},,\n", "a".repeat(4_001));
    let message = refused("units.csv", &long).await;
    assert!(
        message.contains("line 2, field 4: longer than 4000"),
        "{message}"
    );
    let message = refused("frame.csv", "municipality,unit,role,staff\n").await;
    assert!(message.contains("no line under the header"), "{message}");
    let latin1 = [header.as_bytes(), b"ok,092,ecec,P\xe4iv\xe4koti,,\n"].concat();
    let app = TestApp::new().await;
    let message = app.service().import_units("units.csv", latin1).await;
    let message = message.unwrap_err().to_string();
    assert!(
        message.contains("units.csv: line 2: not UTF-8; save the file as"),
        "{message}"
    );
}

#[tokio::test]
async fn a_unit_id_belongs_to_one_municipality() {
    let units =
        "unit,municipality,kind,name_fi,name_sv,name_en\nvantaa-harju,837,school,Toinen,,\n";
    let message = refused("units.csv", units).await;
    assert!(message.contains("has the id of a unit of 092"), "{message}");
}
