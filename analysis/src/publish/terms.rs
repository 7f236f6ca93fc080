//! Words for tests, for the parts of tests and models, and for families of p values: the keys of
//! working results that no codebook knows.
//!
//! They stand in `locales/terms.tsv` and `locales/tests.tsv`, a line for each key.

use crate::estimate::NO_FAMILY;

const TERMS: &str = include_str!("../../locales/terms.tsv");
const TESTS: &str = include_str!("../../locales/tests.tsv");

/// Words in Finnish, Swedish and English.
pub(super) type Three = [String; 3];

/// Returns the words of a term, where it has any of its own.
pub(super) fn term(key: &str) -> Option<Three> {
    found(TERMS, key)
}

/// Returns the words of a test, where it has any of its own.
pub(super) fn test(key: &str) -> Option<Three> {
    found(TESTS, key)
}

/// Returns the words of a family: the test, and the table or the items it goes over.
pub(super) fn family(key: &str) -> Option<Three> {
    if key == NO_FAMILY {
        return Some(["ei korjausta", "ingen korrektion", "not corrected"].map(str::to_owned));
    }
    let (name, over) = key.split_once(": ")?;
    Some(test(name)?.map(|words| format!("{words}: {over}")))
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
        for table in [TERMS, TESTS] {
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
    }

    #[test]
    fn a_family_names_its_test() {
        let [finnish, swedish, _] = family("welch: area.pairs.role").unwrap();
        assert_eq!(finnish, "Welchin testi: area.pairs.role");
        assert_eq!(swedish, "Welchs test: area.pairs.role");
        assert_eq!(family("none").unwrap()[2], "not corrected");
        assert_eq!(family("something new"), None);
    }
}
