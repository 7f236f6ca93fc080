//! Words, their stems, and the parts of compounds.

use std::collections::BTreeSet;

use rust_stemmers::{Algorithm, Stemmer};
use surveys::Lang;

/// A part of a compound has at least so many letters; shorter ones are found by chance.
const SHORTEST_PART: usize = 4;

/// First parts that hardly stand alone.
const BOUND: [&str; 6] = ["digi", "etä", "ict", "lähi", "när", "fjärr"];

/// Words of a text in lower case; soft hyphens are no letters.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> {
    let text = text.replace('\u{ad}', "").to_lowercase();
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 1)
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

/// Reduces words of one language.
pub(super) struct Stems {
    stemmer: Stemmer,
    /// Words that the book uses by themselves.
    known: BTreeSet<String>,
    splits: bool,
}

impl Stems {
    pub(super) fn new(lang: Lang, known: BTreeSet<String>) -> Stems {
        let algorithm = match lang {
            Lang::Fi => Algorithm::Finnish,
            Lang::Sv => Algorithm::Swedish,
            Lang::En => Algorithm::English,
        };
        Stems {
            stemmer: Stemmer::create(algorithm),
            known,
            splits: lang != Lang::En,
        }
    }

    pub(super) fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }

    /// Stems of the parts of a compound; none for a word that is no compound of known words.
    pub(super) fn parts(&self, word: &str) -> Vec<String> {
        let mut found = Vec::new();
        if self.splits {
            self.split(word, &mut found);
        }
        found
    }

    /// Longest first part first, so that `tukihenkilö` is not cut inside `henkilö`.
    fn split(&self, word: &str, found: &mut Vec<String>) -> bool {
        let cuts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
        for at in cuts.iter().rev().copied() {
            let (head, tail) = word.split_at(at);
            if tail.chars().count() < SHORTEST_PART || !self.is_first(head) {
                continue;
            }
            if self.is_known(tail) {
                found.extend([self.stem(head), self.stem(tail)]);
                return true;
            }
            let before = found.len();
            found.push(self.stem(head));
            if self.split(tail, found) {
                return true;
            }
            found.truncate(before);
        }
        false
    }

    /// Finnish joins words as they are or in the genitive, Swedish often with an s.
    fn is_first(&self, head: &str) -> bool {
        let is_long = |word: &str| word.chars().count() >= SHORTEST_PART;
        let joined = head.strip_suffix('s').filter(|word| is_long(word));
        BOUND.contains(&head)
            || is_long(head) && self.known.contains(head)
            || joined.is_some_and(|word| self.known.contains(word))
    }

    /// A last part is bent like any word, so its stem decides.
    fn is_known(&self, tail: &str) -> bool {
        self.known.contains(tail) || self.known.contains(&self.stem(tail))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(lang: Lang, known: &[&str]) -> Stems {
        Stems::new(lang, known.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    fn compounds_are_found_by_their_parts() {
        let fi = stems(
            Lang::Fi,
            &[
                "tuki",
                "järjestelmä",
                "koulutus",
                "suunnitelma",
                "suunnitelm",
            ],
        );
        let system = fi.stem("järjestelmä");
        assert_eq!(
            fi.parts("lähitukijärjestelmä"),
            [fi.stem("lähi"), fi.stem("tuki"), system]
        );
        assert!(
            fi.parts("koulutussuunnitelmassa")
                .contains(&fi.stem("koulutus"))
        );
        let sv = stems(Lang::Sv, &["utbildning", "plan"]);
        assert_eq!(sv.parts("utbildningsplan").len(), 2);
    }

    #[test]
    fn a_word_that_is_no_compound_stays_whole() {
        let fi = stems(Lang::Fi, &["tuki", "opettaja"]);
        for word in ["opettaja", "tuki", "opettajana", "ä", ""] {
            assert!(fi.parts(word).is_empty(), "{word}");
        }
        assert!(
            stems(Lang::En, &["work", "shop"])
                .parts("workshop")
                .is_empty()
        );
    }

    #[test]
    fn words_have_no_marks() {
        let found: Vec<String> = words("Lähi\u{ad}tuki: ”apu”, 2026 ja s.").collect();
        assert_eq!(found, ["lähituki", "apu", "2026", "ja"]);
    }
}
