//! The network file and its registers.

use surveys::EXAMPLE_MUNICIPALITY;
use surveys::network::{FrameRow, Network, RegisterRow, Unit, frame_rows, units};

use crate::fixtures::{catalog, lines};

const NETWORK: &str = r#"
schema = 1
id = "verkosto"
origin = "simulated"
title = { fi = "Verkosto", sv = "Nätverket", en = "The network" }

[[municipality]]
code = "092"
shares_figures = true

[[municipality]]
code = "Oulu"
"#;

fn network() -> Network {
    let (network, problems) = Network::parse("network.toml", NETWORK, &catalog());
    assert_eq!(lines(&problems), Vec::<String>::new());
    network.unwrap()
}

fn row<const N: usize>(line: usize, cells: [&str; N]) -> RegisterRow<N> {
    RegisterRow {
        line,
        cells: cells.map(str::to_owned),
    }
}

fn two_units() -> Vec<Unit> {
    let rows = [
        row(2, ["koulu-1", "092", "school", "Koulu", "Skolan", ""]),
        row(3, ["kirjasto-1", "564", "library", "Kirjasto", "", ""]),
    ];
    units(&rows, &catalog(), &network()).unwrap()
}

#[test]
fn a_municipality_is_given_by_code_or_by_name() {
    let network = network();
    let codes: Vec<_> = network
        .municipalities
        .iter()
        .map(|town| (town.code.as_str(), town.shares_figures))
        .collect();
    assert_eq!(codes, [("092", true), ("564", false)]);
}

#[test]
fn the_same_municipality_twice_is_refused_with_both_places() {
    let twice = format!("{NETWORK}\n[[municipality]]\ncode = \"564\"\n");
    let (network, problems) = Network::parse("network.toml", &twice, &catalog());
    assert!(network.is_none());
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].marks.len(), 2);
    insta::assert_snapshot!(problems[0].one_line(), @r#"network.toml:15:8: error[surveys::municipality_twice] municipality Oulu (564) is named twice; remove one of the two, or correct it if another municipality was meant"#);
}

#[test]
fn a_municipality_of_our_own_is_added_in_the_order_of_codes() {
    let mut catalog = catalog();
    // A record that is there in the same words is no contradiction.
    for _ in 0..2 {
        let problems = catalog.add_municipalities("municipalities.toml", EXAMPLE_MUNICIPALITY);
        assert_eq!(lines(&problems), Vec::<String>::new());
    }
    let codes: Vec<_> = catalog.municipalities.iter().map(|it| &it.code).collect();
    assert!(codes.is_sorted_by(|left, right| left < right), "{codes:?}");
    let text = NETWORK.replace("Oulu", "somero");
    let (network, problems) = Network::parse("network.toml", &text, &catalog);
    assert_eq!(lines(&problems), Vec::<String>::new());
    assert_eq!(network.unwrap().municipalities[1].code.as_str(), "761");
}

#[test]
fn a_municipality_of_our_own_may_not_contradict_the_catalogue_nor_lack_anything() {
    let before = catalog();
    let mut catalog = before.clone();
    let mut refused = |from: &str, to: &str| {
        let text = EXAMPLE_MUNICIPALITY.replace(from, to);
        assert_ne!(text, EXAMPLE_MUNICIPALITY, "{from}");
        lines(&catalog.add_municipalities("municipalities.toml", &text)).join("\n")
    };
    let said = [
        refused("\"761\"", "\"092\""),
        refused("slug = \"somero\"", "slug = \"oulu\""),
        refused("slug = \"somero\"", "slug = \"../Somero\""),
        refused("slug = \"somero\"", "slug = \"network\""),
        refused(", to = \"Somerolle\"", ""),
        refused(
            "region = \"Varsinais-Suomi\"",
            "regoin = \"Varsinais-Suomi\"",
        ),
    ];
    assert_eq!(catalog, before);
    insta::assert_snapshot!(said.join("\n"), @r#"
    municipalities.toml:2:8: error[surveys::contradicts_catalog] municipality Somero (092) is not as the program knows it: Vantaa (092, vantaa); remove the record: the program brings that municipality along; or correct code, slug and name if another one was meant
    municipalities.toml:2:8: error[surveys::contradicts_catalog] municipality Somero (761) is not as the program knows it: Oulu (564, oulu); remove the record: the program brings that municipality along; or correct code, slug and name if another one was meant
    municipalities.toml:3:8: error[surveys::bad_id] a slug `../Somero` must be 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter, and not `network`; correct the id before anything is published; published ids are never changed
    municipalities.toml:3:8: error[surveys::bad_id] a slug `network` must be 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter, and not `network`; correct the id before anything is published; published ids are never changed
    municipalities.toml:5:9: error[surveys::missing_key] `forms` has no `to`; add `to = …`
    municipalities.toml:1:1: error[surveys::missing_key] a [[municipality]] has no `region`; add `region = …`
    municipalities.toml:8:1: error[surveys::unknown_key] a [[municipality]] has no key `regoin`; did you mean `region`? remove the line or correct the key
    "#);
}

#[test]
fn units_are_read_and_fall_back_to_the_finnish_name() {
    let units = two_units();
    assert_eq!(
        (units[0].name.sv.as_str(), units[0].name.en.as_str()),
        ("Skolan", "Koulu")
    );
    assert_eq!(units[1].municipality.as_str(), "564");
}

#[test]
fn every_problem_of_the_units_is_named_at_once() {
    let rows = [
        row(2, ["koulu-1", "92", "school", "Koulu", "", ""]),
        row(3, ["koulu-1", "398", "", "", "", ""]),
        row(4, ["Koulu 2", "999", "päiväkoti", "Toinen", "", ""]),
        row(5, ["koulu-1", "564", "school", "Kolmas", "", ""]),
    ];
    let problems = units(&rows, &catalog(), &network()).unwrap_err();
    let text: Vec<_> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(text.join("\n"), @r#"
    line 3, column municipality: municipality 398 is not in the network; add it to network.toml first
    line 3, column kind: empty, write a value
    line 3, column name_fi: empty, write a value
    line 4, column unit: a unit id `Koulu 2` must be 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter
    line 4, column municipality: municipality `999` is not in the catalogue; write its code, such as 092
    line 4, column kind: kind `päiväkoti` is not known; write one of school, ecec, library, youth, office
    line 5, column unit: unit `koulu-1` stands in line 2 already; give one of the two another id
    "#);
}

#[test]
fn staff_numbers_are_read() {
    let rows = [row(2, ["92", "koulu-1", "class-teacher", "35"])];
    let frame = frame_rows(&rows, &catalog(), &network(), &two_units()).unwrap();
    let FrameRow {
        municipality,
        staff,
        ..
    } = &frame[0];
    assert_eq!((municipality.as_str(), *staff), ("092", 35));
}

#[test]
fn every_problem_of_the_staff_numbers_is_named_at_once() {
    let rows = [
        row(2, ["092", "koulu-1", "class-teacher", "35"]),
        row(3, ["092", "koulu-1", "class-teacher", "3"]),
        row(4, ["092", "kolu-1", "digital-tutor", "kolme"]),
        row(5, ["092", "kirjasto-1", "librarain", "-1"]),
        row(6, ["", "", "", ""]),
    ];
    let problems = frame_rows(&rows, &catalog(), &network(), &two_units()).unwrap_err();
    let text: Vec<_> = problems.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(text.join("\n"), @r#"
    line 3: this unit and role stand in line 2 already; write one row with the sum
    line 4, column unit: municipality 092 has no unit `kolu-1`; did you mean `koulu-1`? add it to units.csv first
    line 4, column role: role `digital-tutor` is not in the catalogue; duties and employment are not counted
    line 4, column staff: `kolme` is not a number of people; write a whole number from 0 to 100000
    line 5, column unit: municipality 092 has no unit `kirjasto-1`; add it to units.csv first
    line 5, column role: role `librarain` is not in the catalogue; did you mean `librarian`? duties and employment are not counted
    line 5, column staff: `-1` is not a number of people; write a whole number from 0 to 100000
    line 6, column municipality: empty, write a value
    line 6, column unit: empty, write a value
    line 6, column role: empty, write a value
    line 6, column staff: empty, write a value
    "#);
}
