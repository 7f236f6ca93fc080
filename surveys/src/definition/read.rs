//! Reads TOML with the place of every value and collects problems instead of stopping.
//!
//! [`Fields`] is one table: each getter takes a key, notes that it is known, and reports what is
//! missing or of the wrong kind. [`Fields::finish`] reports the keys nobody asked for.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::locate::{Place, SourceFile};
use super::problem::{DidYouMean, Problem};
use super::report::{At, Report};
use crate::{InvalidId, Localized};

/// Reads a file as TOML and hands its root table over; the syntax errors go into the report.
pub(crate) fn document<T>(
    file: &Arc<SourceFile>,
    report: &mut Report,
    what: &str,
    read: impl FnOnce(&mut Fields<'_, '_>) -> T,
) -> T {
    let (root, errors) = DeTable::parse_recoverable(&file.text);
    let faults = errors
        .iter()
        .map(|error| error.span().map_or(0, |span| span.start));
    if let Some(first) = faults.min() {
        report.note_broken(file, first);
    }
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let message = error.message().trim().replace('\n', ", ");
        let place = place(file, span);
        report.add(Problem::Syntax { message }, &place, "here");
    }
    let mut fields = Fields {
        table: root.get_ref(),
        place: place(file, 0..0),
        what: what.to_owned(),
        known: Vec::new(),
        open: false,
        report,
    };
    let value = read(&mut fields);
    fields.finish();
    value
}

fn place(file: &Arc<SourceFile>, span: Range<usize>) -> Place {
    let end = span.end.min(file.text.len());
    Place {
        file: file.clone(),
        span: span.start.min(end)..end,
    }
}

/// One table of a file.
pub(crate) struct Fields<'t, 'r> {
    table: &'t DeTable<'t>,
    place: Place,
    what: String,
    known: Vec<&'static str>,
    /// Keys are data: none of them is unknown here.
    open: bool,
    pub(crate) report: &'r mut Report,
}

impl<'t> Fields<'t, '_> {
    /// Returns where the table begins.
    pub(crate) fn place(&self) -> Place {
        self.place.clone()
    }

    fn at(&self, span: Range<usize>) -> Place {
        place(&self.place.file, span)
    }

    fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn wrong_type(&mut self, key: &str, expected: &'static str, value: &Spanned<DeValue<'_>>) {
        let place = self.at(value.span());
        let problem = Problem::WrongType {
            key: key.to_owned(),
            expected,
            found: kind_of(value.get_ref()),
        };
        self.report
            .add(problem, &place, format!("expected {expected}"));
    }

    /// Returns a text; an empty one is a problem.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.value(key)?;
        self.as_text(key, value)
    }

    fn as_text(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<String>> {
        let place = self.at(value.span());
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(key, "a text in quotes", value);
            return None;
        };
        if text.trim().is_empty() {
            let key = key.to_owned();
            self.report
                .add(Problem::EmptyText { key }, &place, "nothing stands here");
        }
        Some(At {
            value: text.trim().to_owned(),
            place,
        })
    }

    /// Returns a digest; an empty one only says that there is none yet.
    pub(crate) fn digest(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.value(key)?;
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(key, "a text in quotes", value);
            return None;
        };
        Some(At {
            value: text.to_string(),
            place: self.at(value.span()),
        })
    }

    /// Returns a text that must be there.
    pub(crate) fn required_text(&mut self, key: &'static str) -> Option<At<String>> {
        self.require(key);
        self.text(key)
    }

    /// Reports a key that is missing.
    pub(crate) fn require(&mut self, key: &'static str) {
        if !self.table.contains_key(key) {
            let problem = Problem::MissingKey {
                key: key.to_owned(),
                owner: self.what.clone(),
            };
            let place = self.place.clone();
            self.report
                .add(problem, &place, format!("`{key}` is missing"));
        }
    }

    /// Checks the schema version of a file.
    pub(crate) fn schema(&mut self, known: i64) {
        self.require("schema");
        if let Some(schema) = self.whole("schema").filter(|schema| schema.value != known) {
            let found = schema.value;
            let problem = Problem::WrongSchema { found, known };
            self.report.add(problem, &schema.place, "this version");
        }
    }

    /// Returns an id that must be there.
    pub(crate) fn id<T>(
        &mut self,
        key: &'static str,
        new: impl FnOnce(String) -> Result<T, InvalidId>,
    ) -> Option<At<T>> {
        let At { value, place } = self.required_text(key)?;
        match new(value) {
            Ok(value) => Some(At { value, place }),
            Err(error) => {
                // An empty text has been reported as such.
                if !error.text.is_empty() {
                    let message = error.to_string();
                    self.report
                        .add(Problem::BadId { message }, &place, error.shape);
                }
                None
            }
        }
    }

    /// Returns what a word of a closed list stands for; the word must be there.
    pub(crate) fn word<T: Copy>(&mut self, key: &'static str, known: &[(&str, T)]) -> Option<T> {
        let word = self.required_text(key)?;
        self.report.word(key, &word, known)
    }

    /// Returns a text in all three languages that must be there.
    pub(crate) fn localized(&mut self, key: &'static str) -> Option<Localized> {
        self.require(key);
        self.table(key, &format!("`{key}`"), |f| {
            let (fi, sv) = (f.required_text("fi"), f.required_text("sv"));
            let en = f.required_text("en");
            Some(Localized {
                fi: fi?.value,
                sv: sv?.value,
                en: en?.value,
            })
        })?
    }

    /// Returns a whole number.
    pub(crate) fn whole(&mut self, key: &'static str) -> Option<At<i64>> {
        let value = self.value(key)?;
        self.as_whole(key, value)
    }

    fn as_whole(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<At<i64>> {
        let number = match value.get_ref() {
            DeValue::Integer(number) => {
                i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
            }
            _ => None,
        };
        let place = self.at(value.span());
        if number.is_none() {
            self.wrong_type(key, "a whole number", value);
        }
        number.map(|value| At { value, place })
    }

    /// Returns a whole number between two ends, both included.
    pub(crate) fn whole_between(
        &mut self,
        key: &'static str,
        (low, high): (i64, i64),
    ) -> Option<At<i64>> {
        let number = self.whole(key)?;
        if (low..=high).contains(&number.value) {
            return Some(number);
        }
        self.out_of_range(key, &number.place, number.value.to_string(), low, high);
        None
    }

    fn out_of_range(&mut self, key: &str, place: &Place, value: String, low: i64, high: i64) {
        let problem = Problem::OutOfRange {
            key: key.to_owned(),
            value,
            low,
            high,
        };
        self.report.add(problem, place, format!("{low} to {high}"));
    }

    /// Returns a share from 0 to 1.
    pub(crate) fn share(&mut self, key: &'static str) -> Option<At<f64>> {
        let value = self.value(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<f64>().ok(),
            DeValue::Float(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        let Some(number) = number else {
            self.wrong_type(key, "a number", value);
            return None;
        };
        let place = self.at(value.span());
        if !(0.0..=1.0).contains(&number) {
            self.out_of_range(key, &place, number.to_string(), 0, 1);
            return None;
        }
        Some(At {
            value: number,
            place,
        })
    }

    /// Returns true or false.
    pub(crate) fn flag(&mut self, key: &'static str) -> Option<At<bool>> {
        let value = self.value(key)?;
        let place = self.at(value.span());
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(At {
                value: *flag,
                place,
            });
        }
        self.wrong_type(key, "true or false", value);
        None
    }

    fn list(&mut self, key: &'static str) -> Option<At<Vec<&'t Spanned<DeValue<'t>>>>> {
        let value = self.value(key)?;
        let DeValue::Array(values) = value.get_ref() else {
            self.wrong_type(key, "a list in square brackets", value);
            return None;
        };
        Some(At {
            value: values.iter().collect(),
            place: self.at(value.span()),
        })
    }

    /// Returns a list of texts; absent is empty.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<At<String>> {
        let Some(list) = self.list(key) else {
            return Vec::new();
        };
        let values = list.value.into_iter();
        values
            .filter_map(|value| self.as_text(key, value))
            .collect()
    }

    /// Returns a list of whole numbers; absent is empty.
    pub(crate) fn wholes(&mut self, key: &'static str) -> Vec<At<i64>> {
        let Some(list) = self.list(key) else {
            return Vec::new();
        };
        let values = list.value.into_iter();
        values
            .filter_map(|value| self.as_whole(key, value))
            .collect()
    }

    /// Returns whether the key is there at all.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reads each table of a list of tables, such as every `[[item]]`.
    pub(crate) fn each<T>(
        &mut self,
        key: &'static str,
        what: &str,
        mut read: impl FnMut(&mut Fields<'_, '_>) -> T,
    ) -> Vec<T> {
        let Some(list) = self.list(key) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for value in list.value {
            if let DeValue::Table(table) = value.get_ref() {
                found.push(self.inner(table, value.span(), what, &mut read));
            } else {
                self.wrong_type(key, "a table", value);
            }
        }
        found
    }

    /// Reads one table.
    pub(crate) fn table<T>(
        &mut self,
        key: &'static str,
        what: &str,
        mut read: impl FnMut(&mut Fields<'_, '_>) -> T,
    ) -> Option<T> {
        let value = self.value(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(key, "a table", value);
            return None;
        };
        Some(self.inner(table, value.span(), what, &mut read))
    }

    fn inner<T>(
        &mut self,
        table: &DeTable<'_>,
        span: Range<usize>,
        what: &str,
        read: &mut impl FnMut(&mut Fields<'_, '_>) -> T,
    ) -> T {
        let place = self.at(span);
        let mut fields = Fields {
            table,
            place,
            what: what.to_owned(),
            known: Vec::new(),
            open: false,
            report: self.report,
        };
        let value = read(&mut fields);
        fields.finish();
        value
    }

    /// Reads a table whose keys are data: each key with its own whole number.
    pub(crate) fn numbers_by_key(&mut self, key: &'static str) -> Vec<(At<String>, At<i64>)> {
        self.by_key(key, |fields, name, value| fields.as_whole(name, value))
    }

    /// Reads a table whose keys are data: each key with its own text.
    pub(crate) fn texts_by_key(&mut self, key: &'static str) -> Vec<(At<String>, At<String>)> {
        self.by_key(key, |fields, name, value| fields.as_text(name, value))
    }

    fn by_key<T>(
        &mut self,
        key: &'static str,
        read: impl Fn(&mut Self, &str, &Spanned<DeValue<'_>>) -> Option<T>,
    ) -> Vec<(At<String>, T)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(key, "a table", value);
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, value) in table {
            let place = self.at(name.span());
            if let Some(read) = read(self, name.get_ref(), value) {
                let value = name.get_ref().to_string();
                found.push((At { value, place }, read));
            }
        }
        found
    }

    /// Reads every table of a file whose keys are data, such as a translation file.
    pub(crate) fn all_tables<T>(
        &mut self,
        mut read: impl FnMut(&At<String>, &mut Fields<'_, '_>) -> T,
    ) -> Vec<(At<String>, T)> {
        let mut found = Vec::new();
        for (name, value) in self.table {
            let key = At {
                value: name.get_ref().to_string(),
                place: self.at(name.span()),
            };
            if let DeValue::Table(table) = value.get_ref() {
                let what = format!("[\"{}\"]", key.value);
                let inner =
                    self.inner(table, value.span(), &what, &mut |fields| read(&key, fields));
                found.push((key, inner));
            } else {
                self.wrong_type(&key.value, "a table", value);
            }
        }
        self.open = true;
        found
    }

    /// Reports the keys that nobody asked for.
    fn finish(&mut self) {
        for name in self.table.keys() {
            let key = name.get_ref().to_string();
            if self.open || self.known.contains(&key.as_str()) {
                continue;
            }
            let place = self.at(name.span());
            let near = DidYouMean::among(&key, self.known.iter().copied());
            let owner = self.what.clone();
            let problem = Problem::UnknownKey { key, owner, near };
            self.report.add(problem, &place, "nothing reads this");
        }
    }
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
