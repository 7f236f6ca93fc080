//! Responses as rows, and the codebook that explains them.

use std::collections::{BTreeMap, BTreeSet};

use surveys::dataset::{CellValue, Layout, Origin, RowError, VariableKind};
use surveys::{Answer, Declined, MunicipalityCode, Release, Response, UnitId, WaveId};

use crate::fixtures::{answers, catalog, chosen, everything, level, position, response};

fn row_of(releases: &[Release], response: &Response) -> BTreeMap<String, CellValue> {
    let catalog = catalog();
    let layout = Layout::new(releases, &catalog, Origin::Simulated);
    let wave = WaveId::new("2026-syksy").unwrap();
    let municipality = MunicipalityCode::new("092").unwrap();
    let unit = UnitId::new("koulu-1").unwrap();
    let row = layout
        .row(response, &wave, &municipality, Some(&unit))
        .unwrap();
    assert_eq!(row.len(), layout.column_types().len());
    let names = layout.codebook().variables.iter().map(|it| it.name.clone());
    names.zip(row).collect()
}

#[test]
fn a_response_becomes_a_row_with_typed_missing_values() {
    let releases = [Release::freeze(everything(), 1)];
    let given = answers([
        ("bg-tools", chosen(&[2])),
        ("com-1", level(3)),
        ("com-2", Answer::NoValue(Declined::NotMyWork)),
        ("com-open", Answer::Text("=1+1".to_owned())),
    ]);
    let row = row_of(&releases, &response(position("librarian"), given));
    let cells: Vec<_> = row
        .iter()
        .map(|(name, cell)| match cell {
            CellValue::Integer(number) => format!("{name} {number}"),
            CellValue::Text(text) => format!("{name} {text}"),
        })
        .collect();
    insta::assert_snapshot!(cells.join("\n"), @r#"
    answer 0
    bg_device -92
    bg_tools_1 0
    bg_tools_2 1
    bg_tools_3 0
    com_1 3
    com_2_rev2 -94
    com_3 -92
    com_open =1+1
    com_open_missing 0
    com_phone -91
    duties 
    employment 
    language sv
    municipality 092
    ped_1 -91
    ped_2 -91
    release 1
    role librarian
    role_group library
    unit koulu-1
    wave 2026-syksy
    "#);
}

#[test]
fn a_raised_revision_is_a_column_of_its_own() {
    let first = everything();
    let mut second = first.clone();
    for item in &mut second.items {
        if item.id.as_str() == "com-1" {
            item.rev = 2;
        }
    }
    let releases = [Release::freeze(first, 1), Release::freeze(second, 2)];
    let mut given = response(position("librarian"), answers([("com-1", level(3))]));
    let old = row_of(&releases, &given);
    assert_eq!(
        (&old["com_1"], &old["com_1_rev2"]),
        (&CellValue::Integer(3), &CellValue::Integer(-91))
    );
    given.release = 2;
    let new = row_of(&releases, &given);
    assert_eq!(
        (&new["com_1"], &new["com_1_rev2"]),
        (&CellValue::Integer(-91), &CellValue::Integer(3))
    );
    given.release = 3;
    let catalog = catalog();
    let layout = Layout::new(&releases, &catalog, Origin::Simulated);
    let wave = WaveId::new("2026").unwrap();
    let town = MunicipalityCode::new("092").unwrap();
    let unknown = layout.row(&given, &wave, &town, None).unwrap_err();
    assert!(matches!(
        unknown,
        RowError::UnknownRelease { release: 3, .. }
    ));
}

#[test]
fn the_codebook_carries_what_scoring_needs() {
    let releases = [Release::freeze(everything(), 1)];
    let catalog = catalog();
    let layout = Layout::new(&releases, &catalog, Origin::Simulated);
    let codebook = layout.codebook();
    let json = serde_json::to_string(codebook).unwrap();
    assert_eq!(
        serde_json::from_str::<surveys::dataset::Codebook>(&json).unwrap(),
        *codebook
    );
    let names: BTreeSet<_> = codebook
        .variables
        .iter()
        .map(|it| it.name.as_str())
        .collect();
    assert_eq!(names.len(), codebook.variables.len());
    for dimension in &codebook.dimensions {
        for variable in &dimension.variables {
            let found = codebook
                .variables
                .iter()
                .find(|it| it.name == *variable)
                .unwrap();
            assert_eq!(found.kind, VariableKind::Scale);
        }
    }
    let reversed = codebook.variables.iter().filter(|it| it.reversed);
    assert_eq!(
        reversed.map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["com_3"]
    );
    let tutor = codebook
        .targets
        .iter()
        .filter(|it| it.role == "digital-tutor");
    assert_eq!(tutor.count(), 2);
}
