//! A publisher who withholds the small cells and nothing else, in the same format.

use findings::{RawTable, Statistic};
use serde_json::{Value, json};

/// Returns the one file of a naive release.
pub(crate) fn publish(tables: &[RawTable]) -> String {
    let tables: Vec<Value> = tables.iter().map(table).collect();
    json!({ "population": { "kind": "network" }, "tables": tables }).to_string()
}

fn table(table: &RawTable) -> Value {
    let unit = table.dims.iter().position(|dim| dim == "unit");
    let city = table.dims.iter().position(|dim| dim == "municipality");
    let is_all = |row: &findings::RawRow, column: Option<usize>| {
        column.is_none_or(|column| row.keys[column] == "all")
    };
    // A unit stands under its own municipality alone.
    let rows = table.rows.iter();
    let rows = rows.filter(|row| is_all(row, unit) || !is_all(row, city));
    let rows = rows.map(|row| {
        let least = match table.statistic {
            Statistic::ResponseRate => 10,
            _ if is_all(row, unit) => 5,
            _ => 10,
        };
        let cell = match &row.figure {
            Ok(figure) if row.answers >= least => {
                let n = if row.answers < 20 {
                    json!([
                        if row.answers < 10 { 5 } else { 10 },
                        if row.answers < 10 { 9 } else { 19 }
                    ])
                } else {
                    json!(row.answers)
                };
                let steps = if row.answers < 20 { 10.0 } else { 100.0 };
                json!({ "shown": { "value": (figure.value * steps).round() / steps, "n": n } })
            }
            _ => json!("withheld"),
        };
        json!({ "keys": row.keys, "cell": cell })
    });
    json!({
        "id": table.id,
        "statistic": table.statistic,
        "dims": table.dims,
        "rows": rows.collect::<Vec<_>>(),
    })
}
