//! Dataset folders: same answers, same bytes; readable by others; told apart when altered.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use exchange::dataset::{
    Dataset, DatasetAnswer, DatasetError, FrameNumber, ReadError, altered_files, dataset_files,
    parse_codebook, read_codebook, read_manifest, write_dataset,
};
use parquet::basic::{LogicalType, Type as PhysicalType};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::prelude::*;
use surveys::dataset::{CodeValue, Origin, VariableKind};
use surveys::network::Unit;
use surveys::{
    Answer, Catalog, ItemId, Lang, Level, Localized, MunicipalityCode, Position, Release, Response,
    RoleId, SurveyId, UnitId, WaveId,
};
use tempfile::TempDir;

use crate::fixtures::{catalog, everything};

fn answer(town: &str, unit: Option<&str>, level: u8, text: &str) -> DatasetAnswer {
    let answers = BTreeMap::from([
        (ItemId::new("com-1").unwrap(), Answer::Level(Level(level))),
        (
            ItemId::new("com-open").unwrap(),
            Answer::Text(text.to_owned()),
        ),
    ]);
    DatasetAnswer {
        wave: WaveId::new("2026-syksy").unwrap(),
        municipality: MunicipalityCode::new(town).unwrap(),
        unit: unit.map(|unit| UnitId::new(unit).unwrap()),
        response: Response {
            survey: SurveyId::new("everything").unwrap(),
            release: 1,
            language: Lang::Fi,
            position: Position {
                role: RoleId::new("librarian").unwrap(),
                duties: BTreeSet::new(),
                employment: None,
            },
            answers,
        },
    }
}

fn answers() -> Vec<DatasetAnswer> {
    vec![
        answer("092", Some("kirjasto-1"), 3, "=SUM(A1)"),
        answer("092", Some("kirjasto-1"), 1, "rivi\n\"toinen\""),
        answer("092", None, 3, "ääni"),
        answer("564", None, 2, ""),
    ]
}

fn frame() -> Vec<FrameNumber> {
    vec![FrameNumber {
        wave: WaveId::new("2026-syksy").unwrap(),
        municipality: MunicipalityCode::new("092").unwrap(),
        unit: UnitId::new("kirjasto-1").unwrap(),
        role: RoleId::new("librarian").unwrap(),
        staff: 4,
    }]
}

fn units() -> Vec<Unit> {
    let name = |fi: &str| Localized {
        fi: fi.to_owned(),
        sv: "Dickursby bibliotek".to_owned(),
        en: "Tikkurila Library".to_owned(),
    };
    vec![Unit {
        id: UnitId::new("kirjasto-1").unwrap(),
        municipality: MunicipalityCode::new("092").unwrap(),
        kind: "library".to_owned(),
        name: name("Tikkurilan kirjasto"),
    }]
}

fn files(answers: &[DatasetAnswer], catalog: &Catalog) -> BTreeMap<String, Vec<u8>> {
    let dataset = Dataset {
        origin: Origin::Simulated,
        releases: &[Release::freeze(everything(), 1)],
        catalog,
        answers,
        frame: &frame(),
        units: &units(),
        open_link: &[],
        program: "icteko 0.1.0",
    };
    dataset_files(&dataset, true).unwrap().0
}

const PARQUET: &str = "responses/wave=2026-syksy/municipality=vantaa/responses.parquet";

#[test]
fn the_folder_has_the_files_of_the_decision_record() {
    let files = files(&answers(), &catalog());
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "codebook.json",
            "frame.csv",
            "manifest.json",
            "responses/wave=2026-syksy/municipality=oulu/responses.csv",
            "responses/wave=2026-syksy/municipality=oulu/responses.parquet",
            "responses/wave=2026-syksy/municipality=vantaa/responses.csv",
            PARQUET,
        ]
    );
    assert_eq!(
        String::from_utf8(files["frame.csv"].clone()).unwrap(),
        "wave,municipality,unit,role,role_group,staff\n\
         2026-syksy,092,kirjasto-1,librarian,library,4\n"
    );
}

#[test]
fn the_codebook_names_the_units() {
    let mut answers = answers();
    answers.push(answer("564", Some("koulu-9"), 2, ""));
    let files = files(&answers, &catalog());
    let text = std::str::from_utf8(&files["codebook.json"]).unwrap();
    let codebook = parse_codebook(Path::new("codebook.json"), text).unwrap();
    let mut variables = codebook.variables.iter();
    let unit = variables.find(|it| it.kind == VariableKind::Unit).unwrap();
    let found: Vec<_> = unit
        .values
        .iter()
        .map(|value| (value.value.clone(), value.label.get(Lang::Sv)))
        .collect();
    let text = |id: &str| CodeValue::Text(id.to_owned());
    assert_eq!(
        found,
        [
            (text("kirjasto-1"), Some("Dickursby bibliotek")),
            (text("koulu-9"), None),
        ]
    );
}

#[test]
fn parquet_holds_numbered_rows_of_small_integers_and_text() {
    let bytes = files(&answers(), &catalog()).remove(PARQUET).unwrap();
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
    let file = reader.metadata().file_metadata();
    assert_eq!(file.created_by(), Some("icteko dataset schema 1"));
    let columns = file.schema_descr().columns();
    let column = |name: &str| columns.iter().find(|column| column.name() == name).unwrap();
    assert_eq!(column("com_1").physical_type(), PhysicalType::INT32);
    let small = LogicalType::integer(16, true);
    assert_eq!(column("com_1").logical_type_ref(), Some(&small));
    assert_eq!(
        column("municipality").logical_type_ref(),
        Some(&LogicalType::String)
    );
    let rows: Vec<BTreeMap<String, Field>> = reader
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().into_columns().into_iter().collect())
        .collect();
    let numbers: Vec<_> = rows.iter().map(|row| row["answer"].clone()).collect();
    assert_eq!(numbers, [Field::Int(1), Field::Int(2), Field::Int(3)]);
    assert_eq!(rows[0]["municipality"], Field::Str("092".to_owned()));
    assert_eq!(rows[0]["unit"], Field::Str(String::new()));
    assert_eq!(rows[1]["com_1"], Field::Short(1));
    assert_eq!(rows[1]["ped_1"], Field::Short(-91));
}

#[test]
fn csv_guards_against_formulas_and_quotes_lines() {
    let files = files(&answers(), &catalog());
    let bytes = &files["responses/wave=2026-syksy/municipality=vantaa/responses.csv"];
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.starts_with("\u{feff}answer,wave,municipality,"));
    assert!(text.contains("'=SUM(A1)"));
    assert!(text.contains("\"rivi\n\"\"toinen\"\"\""));
    assert!(text.contains(",ääni,"));
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.records().map(Result::unwrap).count(), 3);
}

#[test]
fn a_folder_is_written_as_a_whole_and_replaced_as_a_whole() {
    let parent = TempDir::new().unwrap();
    let folder = parent.path().join("2026-syksy");
    let catalog = catalog();
    let releases = [Release::freeze(everything(), 1)];
    let (answers, frame) = (answers(), frame());
    let linked = WaveId::new("2026-syksy").unwrap();
    let vantaa = MunicipalityCode::new("092").unwrap();
    let dataset = Dataset {
        origin: Origin::Simulated,
        releases: &releases,
        catalog: &catalog,
        answers: &answers,
        frame: &frame,
        units: &units(),
        open_link: &[(linked, vantaa)],
        program: "icteko 0.1.0",
    };
    let manifest = write_dataset(&folder, &dataset, false).unwrap();
    assert_eq!(read_manifest(&folder).unwrap(), manifest);
    assert_eq!(manifest.answers["2026-syksy"]["092"], 3);
    let codebook = read_codebook(&folder.join("codebook.json")).unwrap();
    assert_eq!(codebook.origin, Origin::Simulated);
    assert!(codebook.open_link["2026-syksy"].contains("092"));
    assert_eq!(altered_files(&folder).unwrap(), Vec::<String>::new());
    fs::write(folder.join("stray.txt"), "x").unwrap();
    fs::write(folder.join("frame.csv"), "x").unwrap();
    assert_eq!(altered_files(&folder).unwrap(), ["frame.csv"]);
    write_dataset(&folder, &dataset, false).unwrap();
    assert_eq!(altered_files(&folder).unwrap(), Vec::<String>::new());
    assert!(!folder.join("stray.txt").exists());
    let error = write_dataset(parent.path(), &dataset, false).unwrap_err();
    assert!(matches!(error, DatasetError::Occupied(_)));
}

#[test]
fn a_codebook_of_another_schema_is_refused_by_its_version() {
    let parent = TempDir::new().unwrap();
    let file = parent.path().join("codebook.json");
    let read = |text: &str| {
        fs::write(&file, text).unwrap();
        read_codebook(&file).unwrap_err()
    };
    assert!(matches!(
        read("{\"schema\": 2, \"columns\": []}"),
        ReadError::OtherSchema { found: 2, .. }
    ));
    assert!(matches!(
        read("{\"origin\": \"collected\"}"),
        ReadError::NoSchema(_)
    ));
    let half = read("{\"schema\": 1,\n \"origin\": ");
    assert!(
        matches!(half, ReadError::Malformed { line: 2, .. }),
        "{half}"
    );
    let wrong = read("{\"schema\": 1,\n \"origin\": \"found\", \"variables\": []}");
    assert!(wrong.to_string().contains(":2:"), "{wrong}");
    assert!(
        wrong.to_string().contains("unknown variant `found`"),
        "{wrong}"
    );
    let missing = read_manifest(parent.path()).unwrap_err();
    assert!(matches!(missing, ReadError::Unreadable { .. }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_same_answers_in_any_order_give_the_same_bytes(order in Just(answers()).prop_shuffle()) {
        let catalog = catalog();
        prop_assert_eq!(files(&order, &catalog), files(&answers(), &catalog));
    }
}
