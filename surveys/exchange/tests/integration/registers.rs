//! Registers as spreadsheets save them.

use exchange::registers::{MOST_BYTES, TableProblem, read_frame, read_units};
use surveys::network::{Network, Unit};

use crate::fixtures::catalog;

const UNITS: &str = "unit,municipality,kind,name_fi,name_sv,name_en\n\
    koulu-1,092,school,\"Koulu, uusi\",Skolan,School\n\
    kirjasto-1,564,library,Kirjasto,,\n";

fn network() -> Network {
    let text = "schema = 1\nid = \"verkosto\"\norigin = \"simulated\"\n\
        title = { fi = \"V\", sv = \"N\", en = \"T\" }\n\
        [[municipality]]\ncode = \"092\"\n[[municipality]]\ncode = \"564\"\n";
    Network::parse("network.toml", text, &catalog()).0.unwrap()
}

fn units_of(text: &[u8]) -> Result<Vec<Unit>, Vec<String>> {
    read_units(text, &catalog(), &network())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn the_mark_the_semicolon_and_the_order_of_columns_do_not_matter() {
    let units = units_of(UNITS.as_bytes()).unwrap();
    assert_eq!(units.len(), 2);
    assert_eq!(units[0].name.fi, "Koulu, uusi");
    let other = "\u{feff}municipality;unit;name_fi;name_sv;name_en;kind\r\n\
        92;koulu-1;Koulu, uusi;Skolan;School;school\r\n;;;;;\r\n\
        564;kirjasto-1;Kirjasto;;;library\r\n";
    assert_eq!(units_of(other.as_bytes()).unwrap(), units);
}

#[test]
fn problems_of_the_table_and_of_its_values_come_together() {
    let wrong = "unit,municipality,kind,name_fi,name_sv,name_en\n\
        koulu-1,092,school,Koulu,,,\n\
        koulu-2,093,school,Koulu,,\n";
    assert_eq!(
        units_of(wrong.as_bytes()).unwrap_err(),
        [
            "line 2: 7 fields, the first line names 6",
            "line 3, column municipality: municipality `093` is not in the catalogue; did you \
             mean `092`? write its code, such as 092",
        ]
    );
    assert_eq!(
        units_of(b"unit,municipality,knd,name_fi,name_sv,unit\n").unwrap_err(),
        [
            "line 1: nothing reads column `knd`; did you mean `kind`? remove it",
            "line 1: column `unit` stands there twice",
            "line 1: column `kind` is missing",
            "line 1: column `name_en` is missing",
        ]
    );
}

#[test]
fn a_file_that_is_no_table_is_refused() {
    assert!(units_of(b"").unwrap_err()[0].starts_with("the file is empty"));
    let latin1 = [UNITS.as_bytes(), b"p\xe4iv\xe4koti,092,ecec,P,,\n"].concat();
    assert_eq!(
        units_of(&latin1).unwrap_err(),
        ["line 4: not UTF-8; save the file as \"CSV UTF-8\""]
    );
    let large = vec![b'a'; MOST_BYTES + 1];
    let problems = read_units(&large, &catalog(), &network()).unwrap_err();
    assert_eq!(
        problems,
        [TableProblem::TooLarge {
            found: MOST_BYTES + 1
        }]
    );
    let mut many = UNITS.lines().next().unwrap().to_owned() + "\n";
    for number in 0..20_001 {
        many.push_str(&format!("u{number},092,school,K,,\n"));
    }
    let problems = read_units(many.as_bytes(), &catalog(), &network()).unwrap_err();
    assert_eq!(problems, [TableProblem::TooManyRows]);
}

#[test]
fn lines_are_counted_over_empty_ones() {
    let with_gaps = "unit,municipality,kind,name_fi,name_sv,name_en\r\n\r\n\r\n\
        koulu-1,092,school,Koulu,,\r\n\nkoulu-2,092,school,Koulu\n";
    assert_eq!(
        units_of(with_gaps.as_bytes()).unwrap_err(),
        ["line 6: 4 fields, the first line names 6"]
    );
}

#[test]
fn what_no_register_holds_is_refused() {
    let header = UNITS.lines().next().unwrap();
    let wrong = |row: &str| units_of(format!("{header}\n{row}\n").as_bytes()).unwrap_err();
    assert_eq!(wrong(""), ["there is no line under the header"]);
    assert_eq!(
        wrong("koulu-1,092,school,Kou\u{0}lu,\"a\nb\","),
        [
            "line 2, field 4: holds a line end or another sign that is no text",
            "line 2, field 5: holds a line end or another sign that is no text",
        ]
    );
    let long = format!("koulu-1,092,school,{},,", "ä".repeat(4_001));
    assert_eq!(
        wrong(&long),
        ["line 2, field 4: longer than 4000 characters"]
    );
    let fits = format!("{header}\nkoulu-1,092,school,{},,\n", "ä".repeat(4_000));
    assert_eq!(units_of(fits.as_bytes()).unwrap().len(), 1);
    let wide = format!("{header}{}\n", ",x".repeat(59));
    assert_eq!(
        units_of(wide.as_bytes()).unwrap_err(),
        ["line 1: 65 columns, at most 64 are read"]
    );
}

#[test]
fn staff_numbers_belong_to_units_that_were_read() {
    let units = units_of(UNITS.as_bytes()).unwrap();
    let read = |text: &str| read_frame(text.as_bytes(), &catalog(), &network(), &units);
    let frame = read("municipality,unit,role,staff\n092,koulu-1,class-teacher,35\n").unwrap();
    assert_eq!(frame[0].staff, 35);
    let problems = read("municipality,unit,role,staff\n564,koulu-1,class-teacher,x\n").unwrap_err();
    assert_eq!(problems.len(), 2);
}
