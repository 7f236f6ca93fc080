//! The words of the book: `terms.toml`, one record each, in three languages side by side.
//!
//! `term:` in the text points to a record; `list:terms` writes the records of a group.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Deserialize;
use surveys::Lang;
use surveys::definition::{Place, SourceFile};
use toml::Spanned;

use crate::memo::Memo;
use crate::problem::{Located, Problem};
use crate::section::short_digest;
use crate::settings::{from_toml, is_id, place};
use crate::sources::Sources;

const FILE: &str = "terms.toml";

/// All words.
#[derive(Debug, Default)]
pub(crate) struct Terms(Vec<Term>);

/// A word with its meaning.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) id: String,
    pub(crate) group: String,
    /// A section that tells more, and where it is named.
    pub(crate) see: Option<(String, Place)>,
    wordings: Wordings,
}

/// A word in one language.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wording {
    pub(crate) word: String,
    /// Other words for the same.
    #[serde(default)]
    pub(crate) also: Vec<String>,
    /// What it means in this book.
    pub(crate) means: String,
    /// What not to say in its place.
    pub(crate) avoid: Option<String>,
}

#[derive(Debug)]
struct Wordings {
    fi: Wording,
    sv: Wording,
    en: Wording,
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(default)]
    term: Vec<RawTerm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    id: Spanned<String>,
    group: String,
    see: Option<Spanned<String>>,
    fi: Wording,
    sv: Wording,
    en: Wording,
    of: Spanned<String>,
}

impl Term {
    pub(crate) fn wording(&self, lang: Lang) -> &Wording {
        match lang {
            Lang::Fi => &self.wordings.fi,
            Lang::Sv => &self.wordings.sv,
            Lang::En => &self.wordings.en,
        }
    }
}

impl Wording {
    /// What a translation was read against.
    fn digest(&self) -> String {
        let avoid = self.avoid.as_deref().unwrap_or_default();
        let all = [
            &self.word,
            &self.also.join(" "),
            &self.means,
            &avoid.to_owned(),
        ]
        .map(String::as_str)
        .join(" ");
        short_digest(&all.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl Terms {
    /// Reads the words; a book without the file has none.
    pub(crate) fn read(sources: &Sources, memo: &Memo, problems: &mut Vec<Located>) -> Arc<Terms> {
        let Some(file) = sources.get(FILE) else {
            return Arc::default();
        };
        memo.read(FILE, &[file], problems, |problems| {
            Terms::read_file(file, problems)
        })
    }

    fn read_file(file: &Arc<SourceFile>, problems: &mut Vec<Located>) -> Terms {
        let Some(raw) = from_toml::<Raw>(file, &file.text, 0, problems) else {
            return Terms::default();
        };
        let mut seen = BTreeSet::new();
        let mut terms = Vec::new();
        for term in raw.term {
            let at = |span| place(file, span);
            let id = term.id.get_ref().clone();
            if !is_id(&id) {
                let problem = Problem::BadValue {
                    value: id.clone(),
                    expected: "an id of a-z, 0-9 and hyphen".to_owned(),
                };
                problems.push(Located::new(problem, at(term.id.span())));
            }
            if !seen.insert(id.clone()) {
                let problem = Problem::DuplicateId { id: id.clone() };
                problems.push(Located::new(problem, at(term.id.span())));
            }
            let digest = term.fi.digest();
            if *term.of.get_ref() != digest {
                let problem = Problem::StaleTranslation { digest };
                problems.push(Located::new(problem, at(term.of.span())));
            }
            terms.push(Term {
                id,
                group: term.group,
                see: term.see.map(|see| {
                    let place = at(see.span());
                    (see.into_inner(), place)
                }),
                wordings: Wordings {
                    fi: term.fi,
                    sv: term.sv,
                    en: term.en,
                },
            });
        }
        Terms(terms)
    }

    pub(crate) fn get(&self, id: &str) -> Option<&Term> {
        self.0.iter().find(|term| term.id == id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Term> {
        self.0.iter()
    }

    /// The words of a group in the alphabetical order of a language.
    pub(crate) fn of_group(&self, group: &str, lang: Lang) -> Vec<&Term> {
        let mut terms: Vec<&Term> = self.0.iter().filter(|term| term.group == group).collect();
        terms.sort_by_cached_key(|term| crate::view::alphabetical(&term.wording(lang).word));
        terms
    }
}
