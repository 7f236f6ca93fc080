//! SPSS files that another program wrote (`tests/spss/make.py`), and files that somebody damaged.

use std::path::Path;

use exchange::spss::{MissingValues, SpssFile, SpssValue};

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spss");
    std::fs::read(folder.join(name)).unwrap()
}

const FILES: [&str; 3] = ["plain.sav", "bytecode.sav", "packed.zsav"];

fn text(text: &str) -> SpssValue {
    SpssValue::Text(text.to_owned())
}

fn cases(bytes: &[u8]) -> Result<Vec<Vec<SpssValue>>, String> {
    let file = SpssFile::open(bytes).map_err(|error| error.to_string())?;
    let mut cases = file.cases().map_err(|error| error.to_string())?;
    let mut found = Vec::new();
    while let Some(case) = cases.next_case().map_err(|error| error.to_string())? {
        found.push(case);
    }
    Ok(found)
}

#[test]
fn every_packing_holds_the_same_variables() {
    for name in FILES {
        let bytes = bytes(name);
        let file = SpssFile::open(&bytes).unwrap();
        let names: Vec<&str> = file.variables().iter().map(|it| it.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "vastaaja",
                "kaupunki",
                "rooli",
                "osaan_hakea_tietoa",
                "pelkaan_laitteita",
                "tunnit",
                "avoin"
            ]
        );
        let [_, town, role, item, fear, ..] = file.variables() else {
            panic!("{name}: too few variables");
        };
        assert_eq!(item.label, "Osaan hakea tietoa verkosta");
        assert_eq!(
            role.value_labels[1],
            (SpssValue::Number(2.0), "rehtori".to_owned())
        );
        assert_eq!(
            town.value_labels,
            [(text("Jyväskylä"), "Jyväskylän kaupunki".to_owned())],
            "{name}: words of a text longer than eight bytes"
        );
        assert_eq!(
            item.missing,
            [MissingValues::Number(8.0), MissingValues::Number(9.0)]
        );
        assert_eq!(fear.missing, [MissingValues::Range(97.0, 99.0)]);
    }
}

#[test]
fn every_packing_holds_the_same_cases() {
    let number = SpssValue::Number;
    for name in FILES {
        let found = cases(&bytes(name)).unwrap();
        assert_eq!(found.len(), 5, "{name}");
        assert_eq!(
            found[0],
            [
                text("a1"),
                text("Jyväskylä"),
                number(1.0),
                number(1.0),
                number(2.0),
                number(0.5),
                text("Tietokone on hidas. ".repeat(20).trim_end()),
            ]
        );
        assert_eq!(found[1][1..4], [text("Örebro"), number(2.0), number(5.0)]);
        assert_eq!(found[1][5], number(-3.25));
        assert_eq!(found[3][1..4], [text(""), number(9.0), SpssValue::Nothing]);
        assert_eq!(found[2][5..], [number(1e6), text("å")]);
        assert_eq!(found[3][6], text(&"x".repeat(255)));
        assert_eq!(found[4][6], text(&"y".repeat(256)));
    }
}

#[test]
fn what_is_no_system_file_is_refused() {
    let error = SpssFile::open(b"PK\x03\x04").err().unwrap().to_string();
    assert!(
        error.contains("byte 0: this is no SPSS system file"),
        "{error}"
    );
    assert!(SpssFile::open(b"").is_err());
}

#[test]
fn a_file_cut_anywhere_is_an_error_or_lacks_nothing() {
    for name in FILES {
        let whole = bytes(name);
        for length in 0..whole.len() {
            match cases(&whole[..length]) {
                Err(error) => assert!(error.starts_with("byte "), "{error}"),
                // Only what fills up the last block may go.
                Ok(found) => assert_eq!(found.len(), 5, "{name} cut at {length}"),
            }
        }
    }
}

#[test]
fn a_damaged_byte_is_never_a_panic() {
    for name in FILES {
        let whole = bytes(name);
        for place in 0..whole.len().min(6_000) {
            for change in [0x80, 0xFF] {
                let mut damaged = whole.clone();
                damaged[place] ^= change;
                drop(cases(&damaged));
            }
        }
    }
}
