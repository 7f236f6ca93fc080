//! The integer tables that each city hands over, against counts made by another program
//! (`exact.json`).

use std::collections::BTreeMap;

use analysis::federation::{Part, merge, tables};
use serde_json::Value;

use crate::gold::Gold;
use crate::network::Network;
use crate::setting::gold;

/// The area whose tables the reference holds.
const AREA: &str = "turvallisuus";
/// The column of municipalities.
const CITY: usize = 2;

/// Entries of a table: whole numbers by what they count.
type Entries = BTreeMap<Vec<i64>, i64>;

/// Returns the tables of each city, and of all of them together under `all`, by kind and subject.
fn by_city(text: &str) -> BTreeMap<String, BTreeMap<(String, String), Entries>> {
    let file: Value = serde_json::from_str(text).unwrap();
    let mut grids = file["grids"].as_array().unwrap().iter();
    let (grid, none) = (grids.next().unwrap(), grids.next());
    assert!(none.is_none());
    let columns = grid["columns"].as_array().unwrap();
    let place = columns.iter().position(|name| name == "kaupunki").unwrap();
    let mut found: BTreeMap<String, BTreeMap<(String, String), Entries>> = BTreeMap::new();
    for cell in grid["cells"].as_array().unwrap() {
        let city = cell["keys"][place].as_str().unwrap();
        for table in cell["tables"].as_array().unwrap() {
            let of = table["of"].as_object().unwrap().values().next().unwrap();
            let kind = table["table"].as_str().unwrap().to_owned();
            let id = (kind, of.as_str().unwrap().to_owned());
            for entry in table["entries"].as_array().unwrap() {
                let numbers = entry.as_array().unwrap().iter();
                let mut place: Vec<i64> = numbers.map(|n| n.as_i64().unwrap()).collect();
                let count = place.pop().unwrap();
                for city in [city, "all"] {
                    let tables = found.entry(city.to_owned()).or_default();
                    let entries = tables.entry(id.clone()).or_default();
                    *entries.entry(place.clone()).or_default() += count;
                }
            }
        }
    }
    found
}

fn whole(number: &Gold) -> i64 {
    number.value().as_i64().unwrap()
}

fn list(numbers: &Gold) -> impl Iterator<Item = (i64, &Gold)> {
    (1..).zip(numbers.as_array().unwrap())
}

fn check(tables: &BTreeMap<(String, String), Entries>, expected: &Gold, city: &str) {
    let of = |kind: &str, subject: &str| &tables[&(kind.to_owned(), subject.to_owned())];
    let complete = of("T3", AREA);
    let at = |place: [i64; 2]| complete.get(place.as_slice()).copied().unwrap_or(0);
    assert_eq!(at([0, 0]), whole(&expected["n_complete"]), "{city}");
    for (i, sum) in list(&expected["sum"]) {
        assert_eq!(at([i, 0]), whole(sum), "{city} {i}");
    }
    for (i, row) in list(&expected["cross"]) {
        for (j, product) in list(row) {
            assert_eq!(at([i.min(j), i.max(j)]), whole(product), "{city} {i} {j}");
        }
    }
    let scores: Entries = of("T2", AREA).clone();
    let scores = scores.into_iter().filter(|(place, _)| place[0] > 0);
    let given = expected["score_table"].as_array().unwrap().iter();
    let given = given.map(|row| (vec![whole(&row[0]), whole(&row[1])], whole(&row[2])));
    assert!(scores.eq(given), "{city}");
    for (item, counts) in list(&expected["item_counts"]) {
        let codes = of("T1", &format!("{AREA}_{item}"));
        for (value, count) in (0..).zip(counts.as_array().unwrap()) {
            let found = codes.get([value].as_slice()).copied().unwrap_or(0);
            assert_eq!(found, whole(count), "{city} {item} {value}");
        }
    }
}

#[test]
pub(crate) fn cities_hand_over_the_tables_of_the_reference() {
    let expected = &gold("exact.json")["areas"][AREA];
    let network = Network::oracle(&[AREA]);
    let job = network.job(
        "all.csv",
        "statistics = [\"mean\", \"alpha\", \"distribution\"]\n\
         [groups]\nby = [\"kaupunki\"]\n[wave]\ncurrent = \"2026\"",
    );
    let pooled = tables(&job, &Part::default()).unwrap().file.to_json();
    let parts = network.parts(|_, row| row[CITY].to_owned());
    let merged = merge(&network.exchange(&job, &parts))
        .unwrap()
        .file
        .to_json();
    for text in [pooled, merged] {
        let found = by_city(&text);
        let cities = expected["city_tables"].as_object().unwrap();
        assert_eq!(cities.len() + 1, found.len());
        for (city, expected) in cities {
            check(&found[city], expected, city);
        }
        check(&found["all"], &expected["pooled_table"], "all");
    }
}
