//! Columns that stand in the path of a file, as `wave=2026/town=Oulu/part-0.parquet`.
//!
//! Programs that write a dataset in partitions the way Hive does leave the columns they divide it
//! by out of the files: pandas, pyarrow, Spark and polars all do. A value is written with
//! `%` and two digits for each byte that a path does not like.

use std::path::Path;

/// What Hive writes for an empty value.
const EMPTY: &str = "__HIVE_DEFAULT_PARTITION__";

/// A column of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PathPart {
    pub(crate) name: String,
    /// Empty where there is no value.
    pub(crate) value: String,
}

/// Returns the columns in a path; of two with the same name the one nearer to the file.
pub(crate) fn path_parts(file: &Path) -> Vec<PathPart> {
    let mut found: Vec<PathPart> = Vec::new();
    let folders = file.parent().into_iter().flat_map(Path::iter);
    for part in folders.filter_map(|part| part.to_str()) {
        let Some((name, value)) = part.split_once('=') else {
            continue;
        };
        let name = decoded(name);
        found.retain(|part| part.name != name);
        let value = match value {
            EMPTY => String::new(),
            value => decoded(value),
        };
        found.push(PathPart { name, value });
    }
    found
}

/// Turns `%C3%A4` back into `ä`; what is no such writing stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digits = (*first == b'%').then(|| behind.get(..2)).flatten();
        let byte = digits.and_then(|digits| {
            let digits = str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        rest = match byte {
            Some(_) => &behind[2..],
            None => behind,
        };
        bytes.push(byte.unwrap_or(*first));
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_with_a_name_and_a_value_are_columns() {
        let parts = path_parts(Path::new(
            "/a=b=c/town=Pellonp%C3%A4%C3%A4/x/wave=2026/a=1/p=2.parquet",
        ));
        let parts: Vec<(&str, &str)> = parts
            .iter()
            .map(|part| (part.name.as_str(), part.value.as_str()))
            .collect();
        assert_eq!(parts, [("town", "Pellonpää"), ("wave", "2026"), ("a", "1")]);
        assert_eq!(decoded("50 % or 5%"), "50 % or 5%");
        let empty = format!("town={EMPTY}/x.parquet");
        assert_eq!(path_parts(Path::new(&empty))[0].value, "");
    }
}
