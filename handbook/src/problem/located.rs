//! Problems with their places, in the order of the text, in words for people.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};
use serde::Serialize;
use surveys::Lang;
use surveys::definition::{Place, SourceFile};

use super::{Problem, finnish};

/// "Did you mean", or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct DidYouMean(Option<String>);

impl DidYouMean {
    /// Finds the nearest of the known words, if one is near at all.
    pub(crate) fn among<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> DidYouMean {
        let limit = (word.chars().count() / 3).max(1) + 1;
        let nearest = known
            .into_iter()
            .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
            .filter(|(distance, _)| *distance <= limit)
            .min();
        DidYouMean(nearest.map(|(_, candidate)| candidate.to_owned()))
    }
}

impl fmt::Display for DidYouMean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(word) => write!(f, "did you mean `{word}`? "),
            None => Ok(()),
        }
    }
}

/// A problem with its place and the editions it concerns.
#[derive(Debug)]
pub struct Located {
    /// What is wrong.
    pub problem: Problem,
    /// Where.
    pub place: Place,
    /// The editions in which it is so, such as `vantaa/sv`; empty where it concerns the text itself.
    pub editions: BTreeSet<String>,
    rendered: NamedSource<String>,
}

impl Located {
    pub(crate) fn new(problem: Problem, place: Place) -> Located {
        let rendered = NamedSource::new(&place.file.name, place.file.text.clone());
        Located {
            problem,
            place,
            editions: BTreeSet::new(),
            rendered,
        }
    }

    /// A problem that concerns a file as a whole, or a file that is not there.
    pub(crate) fn of_file(problem: Problem, name: &str) -> Located {
        let file = Arc::new(SourceFile {
            name: name.to_owned(),
            text: String::new(),
        });
        Located::new(problem, Place { file, span: 0..0 })
    }

    pub(crate) fn in_edition(mut self, edition: &str) -> Located {
        self.editions.insert(edition.to_owned());
        self
    }

    /// Returns path, line and column.
    #[must_use]
    pub fn position(&self) -> (&str, usize, usize) {
        let (line, column) = self.place.line_column();
        (&self.place.file.name, line, column)
    }

    /// Returns the problem as one line: `file:line:column: error[code] message; help`.
    #[must_use]
    pub fn one_line(&self) -> String {
        self.told(Lang::En).one_line()
    }

    /// Returns the problem as it is told in a language: in Finnish, else in English.
    #[must_use]
    pub fn told(&self, lang: Lang) -> Told<'_> {
        let (message, help) = match lang {
            Lang::Fi => finnish::worded(&self.problem),
            Lang::Sv | Lang::En => {
                let help = self.problem.help().map(|help| help.to_string());
                (self.problem.to_string(), help.unwrap_or_default())
            }
        };
        let message = match (self.editions.is_empty(), lang) {
            (true, _) => message,
            (false, Lang::Fi) => format!("{message} (painoksissa {})", self.editions()),
            (false, _) => format!("{message} (in {})", self.editions()),
        };
        Told {
            located: self,
            message,
            help,
        }
    }

    fn editions(&self) -> String {
        let editions: Vec<&str> = self.editions.iter().map(String::as_str).collect();
        editions.join(", ")
    }
}

/// A problem with its words in a language.
#[derive(Debug)]
pub struct Told<'a> {
    located: &'a Located,
    message: String,
    /// What to do.
    help: String,
}

impl Told<'_> {
    /// Returns what to do.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }

    /// Returns the problem as one line: `file:line:column: error[code] message; help`.
    #[must_use]
    pub fn one_line(&self) -> String {
        let (file, line, column) = self.located.position();
        let code = self.located.problem.code().map(|code| code.to_string());
        format!(
            "{file}:{line}:{column}: error[{}] {}; {}",
            code.unwrap_or_default(),
            self.message,
            self.help
        )
    }
}

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Told<'_> {}

impl Diagnostic for Told<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.located.problem.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.located.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.located.labels()
    }
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.told(Lang::En).fmt(f)
    }
}

impl std::error::Error for Located {}

impl Diagnostic for Located {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.code()
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.problem.help()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        (!self.place.file.text.is_empty()).then_some(&self.rendered as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.place.span.clone();
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(
            Some("here".to_owned()),
            span,
        ))))
    }
}

/// Sorts problems by place and makes one of those that differ only by edition.
pub(crate) fn gather(problems: Vec<Located>) -> Vec<Located> {
    let mut gathered: Vec<Located> = Vec::new();
    for problem in problems {
        let same = gathered.iter_mut().find(|known| {
            known.problem == problem.problem
                && known.place.span == problem.place.span
                && known.place.file.name == problem.place.file.name
        });
        match same {
            Some(known) => known.editions.extend(problem.editions),
            None => gathered.push(problem),
        }
    }
    gathered.sort_by(|a, b| {
        let key = |p: &Located| (p.place.file.name.clone(), p.place.span.start);
        key(a).cmp(&key(b)).then_with(|| a.problem.cmp(&b.problem))
    });
    gathered
}
