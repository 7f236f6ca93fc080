//! SPSS files as data: the same rules as for every other file.

use std::path::Path;

use analysis::{AnalysisError, Dataset};
use serde_json::{Value, json};

fn open(name: &str, change: impl FnOnce(&mut Value)) -> Result<Dataset, AnalysisError> {
    let values: Vec<Value> = (1..=5).map(|value| json!({"value": value})).collect();
    let mut codebook = json!({
        "schema": 1, "origin": "simulated",
        "variables": [
            {"name": "vastaaja", "kind": "answer_id"},
            {"name": "kaupunki", "kind": "municipality"},
            {"name": "rooli", "kind": "role", "values": [{"value": 1}, {"value": 2}, {"value": 9}]},
            {"name": "osaan_hakea_tietoa", "kind": "scale", "values": values,
             "missing": [{"code": 8, "meaning": "not_my_work"}]},
        ],
    });
    change(&mut codebook);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("codebook.json");
    std::fs::write(&path, codebook.to_string()).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../surveys/exchange/tests/spss")
        .join(name);
    Dataset::from_file(&file, &path, None)
}

#[test]
fn every_packing_of_an_spss_file_is_read_as_data() {
    for name in ["plain.sav", "bytecode.sav", "packed.zsav"] {
        let data = open(name, |_| {}).unwrap();
        assert_eq!(data.answers(), 5, "{name}");
        assert_eq!(data.values("kaupunki").unwrap(), ["Jyväskylä", "Örebro"]);
        assert_eq!(data.values("rooli").unwrap(), ["1", "2", "9"]);
    }
}

#[test]
fn what_disagrees_with_the_codebook_is_named_with_its_case() {
    let missing = |codebook: &mut Value| codebook["variables"][3]["missing"] = json!([]);
    let error = open("packed.zsav", missing).unwrap_err().to_string();
    assert!(
        error
            .contains("packed.zsav:3: column `osaan_hakea_tietoa`: `8` is not on the scale 1 to 5"),
        "{error}"
    );
    let other = |codebook: &mut Value| codebook["variables"][1]["name"] = json!("kaupunk");
    let error = open("plain.sav", other).unwrap_err().to_string();
    assert!(
        error.contains("column `kaupunk` of the codebook is missing (did you mean `kaupunki`?)"),
        "{error}"
    );
}
