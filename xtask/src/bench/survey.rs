//! The invented survey that programs are timed on: 60 items in six areas, seven cities, six roles,
//! three waves. The same number of rows gives the same bytes everywhere.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

const CITIES: [(&str, f64, f64); 7] = [
    ("Harjukylä", 0.22, 0.25),
    ("Järvelä", 0.18, -0.2),
    ("Koskimaa", 0.16, 0.05),
    ("Kuusilahti", 0.08, 0.3),
    ("Meriniemi", 0.12, -0.1),
    ("Pellonpää", 0.06, -0.3),
    ("Saarivesi", 0.18, 0.0),
];
const ROLES: [(&str, f64, f64); 6] = [
    ("hallinto", 0.07, 0.0),
    ("johtaja", 0.04, 0.4),
    ("lastenhoitaja", 0.13, -0.1),
    ("ohjaaja", 0.18, -0.3),
    ("opettaja", 0.38, 0.15),
    ("vaka-opettaja", 0.2, 0.1),
];
const AREAS: usize = 6;
const ITEMS: usize = 10;
/// The place of the item in each area that is worded the other way round.
const REVERSED: usize = 6;

/// Writes the survey as CSV.
pub(super) fn write_csv(rows: u64, file: &Path) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", file.display());
    let mut out = BufWriter::new(File::create(file).map_err(failed)?);
    let mut line = String::from("id,city,role,wave,unit");
    for item in 1..=AREAS * ITEMS {
        line.push_str(&format!(",i{item:02}"));
    }
    let mut chance = Chance(20_261_121);
    for id in 1..=rows {
        line.push('\n');
        out.write_all(line.as_bytes()).map_err(failed)?;
        line.clear();
        answer(id, &mut chance, &mut line);
    }
    line.push('\n');
    out.write_all(line.as_bytes()).map_err(failed)?;
    out.flush().map_err(failed)
}

/// Appends one answer: ability by person and area, noise by item, 2 % don't know, 1 % not their
/// work, 2.5 % left empty, 4 % break off after the third area.
fn answer(id: u64, chance: &mut Chance, line: &mut String) {
    let (city, city_effect) = chance.of(&CITIES);
    let (role, role_effect) = chance.of(&ROLES);
    let wave = chance.below(3);
    let unit = city as u64 * 100 + chance.below(60);
    let ability = chance.normal(0.8) + city_effect + role_effect + wave as f64 * 0.1;
    let breaks_off = chance.share() < 0.04;
    let (city, role) = (CITIES[city].0, ROLES[role].0);
    line.push_str(&format!("{id},{city},{role},{},{unit}", 2024 + wave));
    for area in 0..AREAS {
        let of_area = ability + chance.normal(0.45) + 0.2 - 0.1 * area as f64;
        for item in 0..ITEMS {
            let level = 2.9 + 1.15 * of_area + chance.normal(1.0) - 0.1 * (item as f64 - 4.0);
            let value = level.floor().clamp(0.0, 5.0) as u8;
            let value = if item == REVERSED { 5 - value } else { value };
            let cell = match chance.share() {
                _ if breaks_off && area >= 3 => None,
                share if share < 0.02 => Some(9),
                share if share < 0.03 => Some(8),
                share if share < 0.055 => None,
                _ => Some(value),
            };
            line.push(',');
            if let Some(cell) = cell {
                line.push(char::from(b'0' + cell));
            }
        }
    }
}

/// A small generator of numbers (`SplitMix64`, Steele, Lea and Flood 2014): the survey must be the
/// same on every machine, not unguessable.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// About normal: the sum of four even shares, which is quick and near enough.
    fn normal(&mut self, deviation: f64) -> f64 {
        let bits = self.next();
        let sum: f64 = (0..4)
            .map(|part| ((bits >> (16 * part)) & 0xFFFF) as f64 / 65_536.0)
            .sum();
        (sum - 2.0) * 3.0_f64.sqrt() * deviation
    }

    /// Returns one of several places by their shares, with its effect.
    fn of(&mut self, places: &[(&str, f64, f64)]) -> (usize, f64) {
        let mut share = self.share();
        for (place, (_, part, effect)) in places.iter().enumerate() {
            if share < *part {
                return (place, *effect);
            }
            share -= part;
        }
        (places.len() - 1, places[places.len() - 1].2)
    }
}

/// Returns the codebook of the survey.
pub(super) fn codebook() -> String {
    let values: Vec<_> = (0..=5)
        .map(|value| serde_json::json!({ "value": value }))
        .collect();
    let name = |area: usize, item: usize| format!("i{:02}", area * ITEMS + item + 1);
    let key = |name: &str, kind: &str| serde_json::json!({ "name": name, "kind": kind });
    let mut variables = vec![
        key("city", "municipality"),
        key("role", "role"),
        key("wave", "wave"),
    ];
    let mut dimensions = Vec::new();
    for area in 0..AREAS {
        let items: Vec<String> = (0..ITEMS).map(|item| name(area, item)).collect();
        for (place, item) in items.iter().enumerate() {
            variables.push(serde_json::json!({
                "name": item, "kind": "scale", "values": values, "reversed": place == REVERSED,
            }));
        }
        dimensions.push(serde_json::json!({
            "id": (area + 1).to_string(),
            "variables": items,
            "missing": { "min_share": 0.5, "of": "all", "min_answered": 1 },
        }));
    }
    let codebook = serde_json::json!({
        "schema": 1,
        "origin": "simulated",
        "missing": [
            { "code": 8, "meaning": "not_my_work" },
            { "code": 9, "meaning": "dont_know" },
        ],
        "variables": variables,
        "dimensions": dimensions,
    });
    format!("{codebook:#}\n")
}

/// Returns the job of the comparison on a data file.
pub(super) fn job(data: &str) -> String {
    format!(
        r#"schema = 1
title = "comparison"

[data]
file = "{data}"
codebook = "codebook.json"

[[table]]
file = "scores.csv"
of = "area"
by = ["city", "role", "wave"]
columns = ["n", "mean", "sd", "p25", "p50", "p75"]

[[table]]
file = "items.csv"
of = "item"
by = ["city", "role", "wave"]
columns = ["counts"]

[[table]]
file = "alpha.csv"
of = "area"
by = ["city"]
columns = ["n_complete", "alpha"]
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_answers_come_every_time() {
        let mut line = String::new();
        answer(1, &mut Chance(1), &mut line);
        let mut again = String::new();
        answer(1, &mut Chance(1), &mut again);
        assert_eq!(line, again);
        assert_eq!(line.split(',').count(), 5 + AREAS * ITEMS);
    }

    #[test]
    fn shares_and_normals_are_as_they_should_be() {
        let mut chance = Chance(7);
        let normals: Vec<f64> = (0..10_000).map(|_| chance.normal(1.0)).collect();
        let mean = normals.iter().sum::<f64>() / 10_000.0;
        let variance = normals.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 9_999.0;
        assert!(
            mean.abs() < 0.05 && (variance - 1.0).abs() < 0.05,
            "{mean} {variance}"
        );
        let first = (0..10_000).filter(|_| chance.of(&CITIES).0 == 0).count();
        assert!((2_000..2_400).contains(&first), "{first}");
    }
}
