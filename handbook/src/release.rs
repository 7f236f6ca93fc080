//! The figures of an edition for programs: the public part of the findings file, and a file with
//! commas for each of its tables.
//!
//! Results of single units are for their own people: they are in no edition, and not here either.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use findings::{Band, Cell, Count, Estimate, Findings, Table};

/// The dimension whose figures stay with the unit they are about.
const UNIT: &str = "unit";

/// The folder beside the languages of a population.
pub(crate) const FOLDER: &str = "data";
/// The public part of the findings.
pub(crate) const FINDINGS: &str = "findings.json";

/// Columns of a table's file after those of its dimensions.
pub(crate) const COLUMNS: [&str; 7] = ["status", "value", "se", "low", "high", "n_low", "n_high"];

/// Returns what everybody may have of findings: no table of units, no names of units.
pub(crate) fn public(findings: &Findings) -> Findings {
    let mut public = findings.clone();
    public.tables.retain(is_public);
    public.labels.remove(UNIT);
    public
}

/// Whether everybody may have a table: none of results of single units.
pub(crate) fn is_public(table: &Table) -> bool {
    table.dims().iter().all(|dim| dim != UNIT)
}

/// Returns the tables that everybody may have, with the names of their files.
///
/// An id comes from a file and may hold anything: what is no letter, digit, point or hyphen becomes
/// a hyphen, so that no name leads out of the folder or is hidden.
pub(crate) fn named(findings: &Findings) -> Vec<(String, &Table)> {
    let mut taken = BTreeSet::new();
    let tables = findings.tables.iter().filter(|table| is_public(table));
    tables
        .map(|table| (own_name(table, &mut taken), table))
        .collect()
}

fn own_name(table: &Table, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| match c {
        c if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' => c,
        _ => '-',
    };
    let stem: String = table.id().chars().take(80).map(plain).collect();
    let stem = match stem.trim_start_matches(['.', '-']) {
        "" => "table",
        stem => stem,
    };
    let mut name = format!("{stem}.csv");
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{stem}-{count}.csv");
    }
    name
}

/// Returns a table as text: UTF-8, commas, decimal points, keys as they are, a line for each row.
pub(crate) fn csv(table: &Table) -> String {
    let mut text = String::new();
    for dim in table.dims() {
        let _ = write!(text, "{},", field(dim));
    }
    let _ = write!(text, "{}\r\n", COLUMNS.join(","));
    for row in table.rows() {
        for key in &row.keys {
            let _ = write!(text, "{},", field(key));
        }
        let _ = write!(text, "{}\r\n", figures(&row.cell).join(","));
    }
    text
}

fn figures(cell: &Cell) -> [String; 7] {
    let status = match cell {
        Cell::Shown(estimate) => return shown(estimate),
        Cell::Band(Band::Below) => "below",
        Cell::Band(Band::Near) => "near",
        Cell::Band(Band::Above) => "above",
        Cell::Withheld => "withheld",
    };
    let mut all = [const { String::new() }; 7];
    all[0] = status.to_owned();
    all
}

fn shown(estimate: &Estimate) -> [String; 7] {
    // Adding nought turns negative nought into nought.
    let number = |value: Option<f64>| value.map_or_else(String::new, |v| (v + 0.0).to_string());
    let [least, most] = match estimate.n {
        Count::Exact(n) => [n, n],
        Count::Range(ends) => ends,
    };
    [
        "shown".to_owned(),
        number(Some(estimate.value)),
        number(estimate.se),
        number(estimate.low),
        number(estimate.high),
        least.to_string(),
        most.to_string(),
    ]
}

fn field(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tables(ids: &[&str]) -> Findings {
        let table = |id: &&str| {
            json!({"id": id, "statistic": "mean", "unit": "scale", "scale": [1.0, 4.0], "dims": ["a,b"],
                "rows": [{"keys": ["x\"y"], "cell": {"shown": {"value": -0.0, "n": [10, 19]}}}]})
        };
        let all: Vec<_> = ids.iter().map(table).collect();
        let text = json!({"schema": 1, "release": 1, "population": {"kind": "network"}, "wave": "w",
            "origin": "simulated", "labels": {}, "tables": all,
            "rule": {"min_unit": 10, "min_group": 5, "min_cities": 3, "shown_by_name": []},
            "produced": {"program": "p", "dataset_sha256": "d", "job_sha256": "j"}});
        Findings::from_json(&text.to_string()).expect("sound findings")
    }

    #[test]
    fn no_id_leads_out_of_the_folder_and_no_two_files_have_one_name() {
        let findings = tables(&["../../etc/x", "A", "B", "area.mean"]);
        let names: Vec<String> = named(&findings).into_iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            ["etc-x.csv", "table.csv", "table-2.csv", "area.mean.csv"]
        );
    }

    #[test]
    fn fields_are_quoted_and_nought_has_no_sign() {
        let findings = tables(&["a"]);
        let text = csv(&findings.tables[0]);
        let row =
            "\"a,b\",status,value,se,low,high,n_low,n_high\r\n\"x\"\"y\",shown,0,,,,10,19\r\n";
        assert_eq!(text, row);
    }
}
