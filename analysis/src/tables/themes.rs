//! T8: open answers by theme, each answer once per theme.
//!
//! Written out, themes are numbered from one in the order of their names: `[i]` counts the answers
//! that have theme i, `[0]` answers with any text, `[-1]` people who left it empty. The words that
//! make a theme stand beside the table, so that everybody looks for the same.

use std::collections::{BTreeMap, BTreeSet};

use rust_stemmers::{Algorithm, Stemmer};
use serde::{Deserialize, Serialize};
use surveys::dataset::VariableKind;
use unicode_normalization::UnicodeNormalization;

use super::{Counter, Entries, IntegerTable, Size, TableKind, as_entry, as_people, numbered};
use crate::AnalysisError;
use crate::dataset::{Dataset, MISSING_KEY};
use crate::grouping::Tally;
use crate::job::suggestion;

/// Themes as lists of word beginnings.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Themes {
    /// The column of open answers.
    pub column: String,
    /// Whether words are reduced to stems before they are compared, and in which language.
    pub stemmer: Option<Stems>,
    /// Beginnings of words by theme; with a stemmer, whole words whose stems are looked for.
    /// Finnish stems change with the form (`laite`, `laitteet`), so several forms are listed.
    pub words: BTreeMap<String, Vec<String>>,
}

/// A language whose words can be reduced to stems (Snowball, Porter 2001).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stems {
    /// Finnish.
    Finnish,
    /// Swedish.
    Swedish,
    /// English.
    English,
}

impl Stems {
    /// Every language with the name it has in a job file.
    pub const ALL: [(&'static str, Stems); 3] = [
        ("finnish", Stems::Finnish),
        ("swedish", Stems::Swedish),
        ("english", Stems::English),
    ];

    fn stemmer(self) -> Stemmer {
        Stemmer::create(match self {
            Stems::Finnish => Algorithm::Finnish,
            Stems::Swedish => Algorithm::Swedish,
            Stems::English => Algorithm::English,
        })
    }
}

/// Open answers of a group, and how many have each theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ThemeTable {
    /// Answers with any text.
    pub(crate) answers: u64,
    /// People who left the answer empty.
    pub(crate) empty: u64,
    /// Answers by the place of the theme in the order of names; themes nobody has may lack.
    mentions: Vec<u64>,
}

impl Tally for ThemeTable {
    fn add(&mut self, other: &Self) {
        self.answers += other.answers;
        self.empty += other.empty;
        if self.mentions.len() < other.mentions.len() {
            self.mentions.resize(other.mentions.len(), 0);
        }
        for (to, from) in self.mentions.iter_mut().zip(&other.mentions) {
            *to += from;
        }
    }
}

impl ThemeTable {
    /// Returns how many answers have a theme.
    pub(crate) fn mentions(&self, theme: usize) -> u64 {
        self.mentions.get(theme).copied().unwrap_or(0)
    }
}

const ANSWERS: [i64; 1] = [0];
const EMPTY: [i64; 1] = [-1];

impl IntegerTable for ThemeTable {
    type Of = Themes;

    const KIND: Option<TableKind> = Some(TableKind::Themes);

    const PEOPLE_UP_TO: i64 = 0;

    fn counter<'d>(
        data: &'d Dataset,
        of: &'d Themes,
        _: &[&str],
    ) -> Result<Counter<'d, Self>, AnalysisError> {
        let key = data.key(&column(data, &of.column)?)?;
        let finder = Finder::new(of);
        let found: Vec<Vec<usize>> = key
            .labels
            .iter()
            .map(|text| finder.themes_in(text))
            .collect();
        Ok(Box::new(move |table: &mut ThemeTable, row| {
            let code = key.codes[row];
            if code == MISSING_KEY {
                table.empty += 1;
                return;
            }
            table.answers += 1;
            table.mentions.resize(of.words.len(), 0);
            for theme in &found[code as usize] {
                table.mentions[*theme] += 1;
            }
        }))
    }

    fn places(data: &Dataset, of: &Themes) -> Result<Vec<Vec<i64>>, AnalysisError> {
        column(data, &of.column)?;
        let themes = numbered(of.words.len()).map(|(number, _)| [number]);
        let places = [EMPTY, ANSWERS].into_iter().chain(themes);
        Ok(places.map(Vec::from).collect())
    }

    fn entries(&self) -> Entries {
        let themes = numbered(self.mentions.len());
        let themes = themes.map(|(number, place)| ([number], self.mentions(place)));
        let people = [(EMPTY, self.empty), (ANSWERS, self.answers)];
        let known = people.into_iter().chain(themes);
        let known = known.filter(|(_, people)| *people != 0);
        known
            .map(|(place, people)| (place.to_vec(), as_entry(people)))
            .collect()
    }

    fn from_entries(entries: &Entries, size: Size) -> Self {
        let of = |place: [i64; 1]| as_people(entries.get(place.as_slice()).copied().unwrap_or(0));
        ThemeTable {
            answers: of(ANSWERS),
            empty: of(EMPTY),
            mentions: numbered(size.items)
                .map(|(number, _)| of([number]))
                .collect(),
        }
    }

    fn agrees(entries: &Entries) -> bool {
        let answers = entries.get(ANSWERS.as_slice()).copied().unwrap_or(0);
        let themes = entries
            .iter()
            .filter(|(place, _)| place.as_slice() > ANSWERS.as_slice());
        themes.into_iter().all(|(_, mentions)| *mentions <= answers)
    }
}

/// Returns the column of open answers that a job names.
fn column(data: &Dataset, name: &str) -> Result<String, AnalysisError> {
    let texts = || {
        let variables = data.codebook().variables.iter();
        let texts = variables.filter(|variable| variable.kind == VariableKind::Text);
        texts.map(|variable| variable.name.as_str())
    };
    match texts().find(|text| *text == name) {
        Some(found) => Ok(found.to_owned()),
        None => {
            let help = suggestion(name, texts())
                .unwrap_or_else(|| "the codebook has no column of kind `text`".to_owned());
            Err(AnalysisError::UnknownName {
                problem: format!("`{name}` is no column of open answers ({help})"),
            })
        }
    }
}

/// Finds themes in texts.
struct Finder {
    beginnings: Vec<Vec<String>>,
    stemmer: Option<Stemmer>,
}

impl Finder {
    fn new(themes: &Themes) -> Self {
        let stemmer = themes.stemmer.map(Stems::stemmer);
        let stem = |word: &String| {
            let word = plain(word);
            match &stemmer {
                Some(stemmer) => stemmer.stem(&word).into_owned(),
                None => word,
            }
        };
        let beginnings = themes.words.values();
        let beginnings = beginnings
            .map(|words| words.iter().map(stem).collect())
            .collect();
        Finder {
            beginnings,
            stemmer,
        }
    }

    /// Returns the themes a text has: a word of it begins with one of the theme's beginnings, or
    /// has the stem of one of the theme's words.
    fn themes_in(&self, text: &str) -> Vec<usize> {
        let text = plain(text);
        let words = text.split(|letter: char| !letter.is_alphabetic());
        let words: BTreeSet<&str> = words.filter(|word| !word.is_empty()).collect();
        let stems: Vec<String> = match &self.stemmer {
            Some(stemmer) => words
                .iter()
                .map(|word| stemmer.stem(word).into_owned())
                .collect(),
            None => words.into_iter().map(str::to_owned).collect(),
        };
        let has = |listed: &Vec<String>| {
            stems.iter().any(|stem| {
                listed.iter().any(|word| match self.stemmer {
                    // A stem is short: as a beginning, that of `laitteet` would also be found in
                    // `laitos`.
                    Some(_) => stem == word,
                    None => stem.starts_with(word),
                })
            })
        };
        let themes = self.beginnings.iter().enumerate();
        themes
            .filter(|(_, words)| has(words))
            .map(|(place, _)| place)
            .collect()
    }
}

/// Small letters, each one character: `ä` can also be written as `a` with two dots behind it.
fn plain(text: &str) -> String {
    text.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn themes_in(text: &str, words: &[&str], stemmer: Option<Stems>) -> bool {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        let themes = Themes {
            column: String::new(),
            stemmer,
            words: BTreeMap::from([("theme".to_owned(), words)]),
        };
        !Finder::new(&themes).themes_in(text).is_empty()
    }

    #[test]
    fn a_word_has_a_theme_by_its_beginning_alone() {
        assert!(themes_in("Verkko ei toimi.", &["verkko", "verko"], None));
        assert!(themes_in(
            "Koulun verkon ongelmat",
            &["verkko", "verko"],
            None
        ));
        assert!(!themes_in("Sukkaverkko", &["verkko"], None));
        assert!(!themes_in("", &["verkko"], None));
        assert!(themes_in("LÄHITUKI/digituki", &["la\u{308}hituki"], None));
    }

    #[test]
    fn a_stemmer_finds_inflected_words() {
        let found = |text| themes_in(text, &["verkko", "laitteet"], Some(Stems::Finnish));
        assert!(found("Verkossa on vikaa") && found("laitteita") && found("LAITTEIDEN"));
        assert!(!found("laitos") && !found("verkkokauppa"));
        assert!(themes_in("flickorna", &["flicka"], Some(Stems::Swedish)));
        assert!(themes_in("devices", &["device"], Some(Stems::English)));
    }
}
