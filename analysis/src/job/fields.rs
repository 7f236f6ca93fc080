//! Taking typed values out of a parsed TOML table, noting every problem on the way.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::JobProblem;

/// Where problems are collected.
pub(super) struct Notes<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    pub(super) problems: Vec<JobProblem>,
}

impl Notes<'_> {
    pub(super) fn note(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let problem = JobProblem::new(self.file, self.text, span, message.into(), help);
        self.problems.push(problem);
    }
}

/// A table whose keys are taken one by one; what is left at the end is unknown.
pub(super) struct Fields<'t, 'i> {
    name: &'static str,
    span: Range<usize>,
    table: Option<&'t DeTable<'i>>,
    known: Vec<&'static str>,
}

impl<'t, 'i> Fields<'t, 'i> {
    pub(super) fn new(
        name: &'static str,
        span: Range<usize>,
        table: Option<&'t DeTable<'i>>,
    ) -> Self {
        Fields {
            name,
            span,
            table,
            known: Vec::new(),
        }
    }

    /// Returns whether the table stands in the file at all.
    pub(super) fn is_present(&self) -> bool {
        self.table.is_some()
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns where a key stands, if it does.
    pub(super) fn place_of(&self, key: &str) -> Option<Range<usize>> {
        let mut entries = self.table?.iter();
        let (name, _) = entries.find(|(name, _)| name.get_ref() == key)?;
        Some(name.span())
    }

    fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.push(key);
        let (_, value) = self.table?.iter().find(|(name, _)| name.get_ref() == key)?;
        Some(value)
    }

    fn typed<T>(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
        wanted: &str,
        read: impl Fn(&DeValue<'i>) -> Option<T>,
    ) -> Option<(T, Range<usize>)> {
        let value = self.take(key)?;
        let found = read(value.get_ref());
        if found.is_none() {
            let help = if let (DeValue::Integer(number), "text") = (value.get_ref(), wanted) {
                Some(format!("write \"{number}\""))
            } else {
                None
            };
            notes.note(value.span(), format!("`{key}` must be {wanted}"), help);
        }
        found.map(|found| (found, value.span()))
    }

    pub(super) fn text(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<(String, Range<usize>)> {
        self.typed(notes, key, "text", as_text)
    }

    pub(super) fn truth(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<(bool, Range<usize>)> {
        self.typed(notes, key, "true or false", |value| match value {
            DeValue::Boolean(truth) => Some(*truth),
            _ => None,
        })
    }

    pub(super) fn whole(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<(i64, Range<usize>)> {
        self.typed(notes, key, "a whole number", |value| match value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        })
    }

    pub(super) fn number(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<(f64, Range<usize>)> {
        self.typed(notes, key, "a number", as_number)
    }

    /// Returns texts of a list, each with its own place.
    pub(super) fn texts(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<Vec<(String, Range<usize>)>> {
        let value = self.take(key)?;
        let DeValue::Array(entries) = value.get_ref() else {
            notes.note(
                value.span(),
                format!("`{key}` must be a list of texts"),
                None,
            );
            return None;
        };
        let mut found = Vec::new();
        for entry in entries.iter() {
            match as_text(entry.get_ref()) {
                Some(text) => found.push((text, entry.span())),
                None => notes.note(
                    entry.span(),
                    format!("entries of `{key}` must be text"),
                    None,
                ),
            }
        }
        Some(found)
    }

    /// Returns numbers of a list, each with its own place.
    pub(super) fn numbers(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Option<Vec<(f64, Range<usize>)>> {
        let value = self.take(key)?;
        let DeValue::Array(entries) = value.get_ref() else {
            let message = format!("`{key}` must be a list of numbers");
            notes.note(value.span(), message, None);
            return None;
        };
        let mut found = Vec::new();
        for entry in entries.iter() {
            match as_number(entry.get_ref()) {
                Some(number) => found.push((number, entry.span())),
                None => notes.note(
                    entry.span(),
                    format!("entries of `{key}` must be numbers"),
                    None,
                ),
            }
        }
        Some(found)
    }

    /// Returns every text of a table whose keys are names.
    pub(super) fn texts_by_name(self, notes: &mut Notes<'_>) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (name, value) in self.table.into_iter().flatten() {
            match as_text(value.get_ref()) {
                Some(text) => {
                    found.insert(name.get_ref().to_string(), text);
                }
                None => {
                    let message = format!("`{}` must be text", name.get_ref());
                    notes.note(value.span(), message, None);
                }
            }
        }
        found
    }

    /// Returns every list of texts of a table whose keys are names.
    pub(super) fn lists_by_name(self, notes: &mut Notes<'_>) -> BTreeMap<String, Vec<String>> {
        let mut found = BTreeMap::new();
        for (name, value) in self.table.into_iter().flatten() {
            let texts: Option<Vec<String>> = match value.get_ref() {
                DeValue::Array(entries) => entries
                    .iter()
                    .map(|entry| as_text(entry.get_ref()))
                    .collect(),
                _ => None,
            };
            let filled = |texts: &Vec<String>| {
                !texts.is_empty() && texts.iter().all(|text| !text.trim().is_empty())
            };
            match texts.filter(filled) {
                Some(texts) => {
                    found.insert(name.get_ref().to_string(), texts);
                }
                None => {
                    let message =
                        format!("`{}` must be a list of texts, none empty", name.get_ref());
                    notes.note(value.span(), message, None);
                }
            }
        }
        found
    }

    /// Returns a table inside this one; an absent one is empty.
    pub(super) fn table(&mut self, notes: &mut Notes<'_>, key: &'static str) -> Fields<'t, 'i> {
        match self.take(key) {
            None => Fields::new(key, self.span(), None),
            Some(value) => match value.get_ref() {
                DeValue::Table(table) => Fields::new(key, value.span(), Some(table)),
                _ => {
                    notes.note(
                        value.span(),
                        format!("`{key}` must be a table: [{key}]"),
                        None,
                    );
                    Fields::new(key, value.span(), None)
                }
            },
        }
    }

    /// Returns the tables of a list, `[[key]]`; none where it is absent.
    pub(super) fn tables(
        &mut self,
        notes: &mut Notes<'_>,
        key: &'static str,
    ) -> Vec<Fields<'t, 'i>> {
        let Some(value) = self.take(key) else {
            return Vec::new();
        };
        let problem = || format!("`{key}` must be a list of tables: [[{key}]]");
        let DeValue::Array(entries) = value.get_ref() else {
            notes.note(value.span(), problem(), None);
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in entries.iter() {
            match entry.get_ref() {
                DeValue::Table(table) => found.push(Fields::new(key, entry.span(), Some(table))),
                _ => notes.note(entry.span(), problem(), None),
            }
        }
        found
    }

    /// Notes every key that nobody asked for.
    pub(super) fn finish(self, notes: &mut Notes<'_>) {
        for (key, _) in self.table.into_iter().flatten() {
            if !self.known.iter().any(|known| known == key.get_ref()) {
                let place = match self.name {
                    "" => "the job".to_owned(),
                    name => format!("[{name}]"),
                };
                let message = format!("{place} has no key `{}`", key.get_ref());
                let help = suggestion(key.get_ref(), self.known.iter().copied());
                notes.note(key.span(), message, help);
            }
        }
    }
}

fn as_number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(number) => number.as_str().parse().ok(),
        DeValue::Integer(number) => number.as_str().parse().ok(),
        _ => None,
    }
}

fn as_text(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Returns what was probably meant, or everything there is to choose from.
pub(crate) fn suggestion<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let known: Vec<&str> = known.collect();
    let likeness = |name: &&&str| (strsim::jaro_winkler(given, name) * 1000.0) as u64;
    let nearest = known.iter().max_by_key(likeness)?;
    if strsim::jaro_winkler(given, nearest) > 0.8 {
        Some(format!("did you mean `{nearest}`?"))
    } else {
        Some(format!("there are: {}", known.join(", ")))
    }
}
