//! Problems with their places, in the order of the text, in words for people.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents,
};
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
#[derive(Clone, Debug)]
pub struct Located {
    /// What is wrong.
    pub problem: Problem,
    /// Where.
    pub place: Place,
    /// The editions in which it is so, such as `vantaa/sv`; empty where it concerns the text itself.
    pub editions: BTreeSet<String>,
}

impl Located {
    pub(crate) fn new(problem: Problem, place: Place) -> Located {
        Located {
            problem,
            place,
            editions: BTreeSet::new(),
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
            (false, Lang::Fi) if self.editions.len() == 1 => {
                format!("{message} (painoksessa {})", self.editions())
            }
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
        (!self.place.file.text.is_empty()).then_some(self as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.place.span.clone();
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(
            Some("here".to_owned()),
            span,
        ))))
    }
}

/// The lines around a place, with the name of the file they are from.
impl SourceCode for Located {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let file = &self.place.file;
        let lines = file.text.as_str().read_span(span, before, after)?;
        Ok(Box::new(MietteSpanContents::new_named(
            file.name.clone(),
            lines.data(),
            *lines.span(),
            lines.line(),
            lines.column(),
            lines.line_count(),
        )))
    }
}

/// Sorts problems by place and makes one of those that differ only by edition.
pub(crate) fn gather(problems: Vec<Located>) -> Vec<Located> {
    let mut gathered: BTreeMap<(String, usize, Problem, usize), Located> = BTreeMap::new();
    for located in problems {
        let place = &located.place;
        let (name, span) = (place.file.name.clone(), place.span.clone());
        match gathered.entry((name, span.start, located.problem.clone(), span.end)) {
            Entry::Occupied(mut known) => known.get_mut().editions.extend(located.editions),
            Entry::Vacant(free) => {
                free.insert(located);
            }
        }
    }
    gathered.into_values().collect()
}
