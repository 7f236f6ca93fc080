//! Both schemas have the same tables with the same columns.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Columns by table, as the migrations of a folder make them.
fn tables(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "sql"))
        .collect();
    files.sort();
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut inside = None;
    for line in files.iter().flat_map(|file| {
        let text = std::fs::read_to_string(file).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    }) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["CREATE", "TABLE", table, ..] => inside = Some(table.to_owned()),
            ["ALTER", "TABLE", table, "ADD", "COLUMN", column, ..] => {
                tables.get_mut(table).unwrap().insert(column.to_owned());
            }
            ["ALTER", "TABLE", table, "DROP", "COLUMN", column, ..] => {
                let column = column.trim_end_matches(';');
                assert!(tables.get_mut(table).unwrap().remove(column), "{line}");
            }
            ["ALTER", ..] => panic!("`{line}` is not understood here"),
            [last, ..] if last.starts_with(')') => inside = None,
            // Constraints are in capitals, comments begin with dashes.
            [column, ..] if column.starts_with(|c: char| c.is_ascii_lowercase()) => {
                if let Some(table) = &inside {
                    let columns = tables.entry(table.clone()).or_default();
                    columns.insert(column.to_owned());
                }
            }
            _ => {}
        }
    }
    tables
}

#[test]
fn both_databases_have_the_same_tables_and_columns() {
    let folder = Path::new(crate::place::APP).join("migrations");
    let (file, server) = (tables(&folder), tables(&folder.join("postgres")));
    assert!(
        file.contains_key("inbox") && file["inbox"].len() >= 8,
        "{file:?}"
    );
    assert_eq!(file, server);
}
