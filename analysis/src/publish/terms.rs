//! Words for tests, for the parts of tests and models, and for whatever else stands in a key
//! column of working results and no codebook knows.
//!
//! They stand in `locales/terms.tsv`, `tests.tsv` and `keys.tsv`, a line for each key.

const TERMS: &str = include_str!("../../locales/terms.tsv");
const TESTS: &str = include_str!("../../locales/tests.tsv");
const KEYS: &str = include_str!("../../locales/keys.tsv");

/// Words in Finnish, Swedish and English.
pub(super) type Three = [String; 3];

/// Returns the words of a term, where it has any of its own.
pub(super) fn term(key: &str) -> Option<Three> {
    found(TERMS, key).or_else(|| loading(key))
}

/// Returns the words of a loading such as `f01`.
fn loading(key: &str) -> Option<Three> {
    let number: u32 = key.strip_prefix('f')?.parse().ok()?;
    let words = ["lataus, faktori", "laddning, faktor", "loading, factor"];
    Some(words.map(|words| format!("{words} {number}")))
}

/// Returns the words of a test, where it has any of its own.
pub(super) fn test(key: &str) -> Option<Three> {
    found(TESTS, key)
}

/// Returns the words of a key of any other dimension, where it has any of its own.
pub(super) fn key(dim: &str, key: &str) -> Option<Three> {
    found(KEYS, &format!("{dim}.{key}"))
}

fn found(table: &str, key: &str) -> Option<Three> {
    let mut lines = table.lines().skip(1);
    let line = lines.find_map(|line| line.split_once('\t').filter(|(known, _)| *known == key));
    let words: Vec<String> = line?.1.split('\t').map(str::to_owned).collect();
    words.try_into().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_key_stands_there_once_with_words_in_three_languages() {
        for table in [TERMS, TESTS, KEYS] {
            let mut keys = BTreeSet::new();
            for line in table.lines() {
                let fields: Vec<&str> = line.split('\t').collect();
                assert_eq!(fields.len(), 4, "{line}");
                assert!(
                    fields.iter().all(|field| !field.trim().is_empty()),
                    "{line}"
                );
                assert!(keys.insert(fields[0]), "{line}");
            }
        }
        assert_eq!(term("p").unwrap(), ["p-arvo", "p-värde", "p value"]);
        assert_eq!((term("unheard"), test("unheard")), (None, None));
        assert_eq!(term("f02").unwrap()[0], "lataus, faktori 2");
        assert_eq!(key("place", "clear").unwrap()[1], "tydlig");
    }
}
