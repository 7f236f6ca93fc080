//! A few answers, with everything that a statistic can ask for.

use analysis::Dataset;

use crate::setting::Small;

pub(super) const ROWS: [&str; 9] = [
    "1,oulu,teacher,0,1,5",
    "2,oulu,teacher,2,3,1",
    "3,oulu,guide,4,4,0",
    "4,turku,teacher,5,5,2",
    "5,turku,guide,3,,9",
    "6,turku,guide,1,8,4",
    "7,turku,teacher,,,",
    "8,oulu,teacher,2,2,2",
    "9,oulu,guide,5,0,3",
];

const FRAME: &str = "town,job,staff\noulu,teacher,40\noulu,guide,20\nturku,teacher,30\nturku,guide,20\nvantaa,guide,7\n";

/// The answers with the shift, the importance of the area and an open answer of each.
pub(super) fn data(rows: &[&str]) -> Dataset {
    let small = Small::new().with(|codebook| {
        let values: Vec<_> = (1..=6)
            .map(|value| serde_json::json!({"value": value}))
            .collect();
        let variables = codebook["variables"].as_array_mut().unwrap();
        variables.extend([
            serde_json::json!({"name": "shift", "kind": "background"}),
            serde_json::json!({"name": "matters", "kind": "scale", "values": values}),
            serde_json::json!({"name": "said", "kind": "text"}),
        ]);
    });
    let early = |row: &str| row.starts_with(['1', '3', '4', '8']);
    let shift = |row: &str| if early(row) { "early" } else { "late" };
    // Every answer has a number of its own, also where rows are doubled.
    let numbered = rows.iter().enumerate().map(|(number, row)| {
        let (_, rest) = row.split_once(',').unwrap();
        let (matters, said) = match rest.split(',').nth(2).and_then(|a| a.parse().ok()) {
            Some(a @ 0..=5) => ((a + 1).to_string(), ["verkko", "aika"][a % 2]),
            _ => (String::new(), ""),
        };
        format!("{number},{rest},{},{matters},{said}\n", shift(row))
    });
    let rows: String = numbered.collect();
    let header = "id,town,job,a,b,c,shift,matters,said";
    small
        .csv_with_frame(format!("{header}\n{rows}"), FRAME)
        .unwrap()
}

/// The answers over two waves; three people answered in both. Doubled rows are other people.
pub(super) fn waves(rows: &[&str]) -> Dataset {
    let small = Small::new().with(|codebook| {
        let variables = codebook["variables"].as_array_mut().unwrap();
        variables.extend([
            serde_json::json!({"name": "round", "kind": "wave"}),
            serde_json::json!({"name": "code", "kind": "person_code"}),
        ]);
    });
    let mut seen = std::collections::BTreeMap::new();
    let numbered = rows.iter().enumerate().map(|(number, row)| {
        let (id, rest) = row.split_once(',').unwrap();
        let round = if ["1", "3", "4", "5"].contains(&id) {
            2025
        } else {
            2026
        };
        let copy = seen.entry(id).and_modify(|copy| *copy += 1).or_insert(0);
        let code = match id {
            "1" | "8" => format!("x{copy}"),
            "3" | "9" => format!("y{copy}"),
            "5" | "6" => format!("z{copy}"),
            _ => String::new(),
        };
        format!("{number},{rest},{round},{code}\n")
    });
    let rows: String = numbered.collect();
    small
        .csv_with_frame(format!("id,town,job,a,b,c,round,code\n{rows}"), FRAME)
        .unwrap()
}
