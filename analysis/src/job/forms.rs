//! In which forms results are written, beside the JSON that programs read.

use std::collections::BTreeSet;

use surveys::Lang;

use super::fields::{Fields, Notes, suggestion};

/// A form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// One tidy text table.
    Csv,
    /// The same with types.
    Parquet,
    /// A workbook with words in place of keys.
    Xlsx,
    /// Charts that can be scaled.
    Svg,
    /// Charts as pixels.
    Png,
    /// A summary in words.
    Summary,
}

impl Form {
    /// Every form with the name it has in a job file.
    pub const ALL: [(&'static str, Form); 6] = [
        ("csv", Form::Csv),
        ("parquet", Form::Parquet),
        ("xlsx", Form::Xlsx),
        ("svg", Form::Svg),
        ("png", Form::Png),
        ("summary", Form::Summary),
    ];
}

/// The forms of a job, and the languages of those with words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms {
    /// The forms.
    pub forms: BTreeSet<Form>,
    /// The languages, in the order of the product.
    pub languages: BTreeSet<Lang>,
}

impl Default for Forms {
    /// What people open: a table, a workbook, charts and a summary.
    fn default() -> Self {
        Forms {
            forms: [Form::Csv, Form::Xlsx, Form::Svg, Form::Summary].into(),
            languages: Lang::ALL.into(),
        }
    }
}

/// Reads `[output]`.
pub(super) fn read(mut output: Fields<'_, '_>, notes: &mut Notes<'_>) -> Forms {
    let defaults = Forms::default();
    let forms = chosen(&mut output, notes, "formats", &Form::ALL);
    let languages = Lang::ALL.map(|lang| (lang.tag(), lang));
    let languages = chosen(&mut output, notes, "languages", &languages);
    output.finish(notes);
    Forms {
        forms: forms.unwrap_or(defaults.forms),
        languages: languages.unwrap_or(defaults.languages),
    }
}

fn chosen<T: Copy + Ord>(
    output: &mut Fields<'_, '_>,
    notes: &mut Notes<'_>,
    key: &'static str,
    known: &[(&'static str, T)],
) -> Option<BTreeSet<T>> {
    let named = output.texts(notes, key)?;
    let mut found = BTreeSet::new();
    for (name, span) in named {
        match known.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => {
                found.insert(*value);
            }
            None => {
                let help = suggestion(&name, known.iter().map(|(known, _)| *known));
                notes.note(span, format!("`{key}` cannot hold `{name}`"), help);
            }
        }
    }
    Some(found)
}
