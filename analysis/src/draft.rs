//! A first codebook for a file of somebody else, made from what stands in it.
//!
//! Nobody should have to write a codebook by hand, and no program can know what a file means: a
//! draft describes every column as well as names, values and the words of an SPSS file allow, and
//! says what it guessed, so that the researcher reads it once and corrects it.

mod guess;
mod missing;
mod scales;
mod seen;

use std::path::Path;

use surveys::dataset::{
    CODEBOOK_SCHEMA, CodeValue, Codebook, DimensionSpec, OpenLink, Origin, ValueLabel, Variable,
    VariableKind,
};
use surveys::{Labels, Lang, MissingRule, ShareBase};

use crate::AnalysisError;
use crate::dataset::Encoding;
use scales::Scale;
use seen::ColumnSeen;

/// A draft and what should be looked at in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The codebook.
    pub codebook: Codebook,
    /// What was guessed, a sentence each.
    pub notes: Vec<String>,
}

impl Draft {
    /// Returns the text of `codebook.json`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(&self.codebook);
        text.expect("a codebook has text keys and finite numbers") + "\n"
    }
}

/// Drafts a codebook for a CSV, Parquet or SPSS file, whose words are in this language.
///
/// # Errors
/// When the file cannot be read.
pub fn draft_codebook(
    file: &Path,
    encoding: Encoding,
    language: Lang,
) -> Result<Draft, AnalysisError> {
    let mut notes = Vec::new();
    let columns = seen::columns(file, encoding, &mut notes)?;
    let scales = scales::found(&columns, &mut notes);
    let variables: Vec<Variable> = columns
        .iter()
        .zip(&scales)
        .map(|(column, scale)| variable(column, scale.as_ref(), language, &mut notes))
        .collect();
    let dimensions = dimensions(&variables);
    note_dimensions(&variables, &dimensions, &mut notes);
    let title = file.file_stem().unwrap_or_default().to_string_lossy();
    Ok(Draft {
        codebook: Codebook {
            schema: CODEBOOK_SCHEMA,
            origin: Origin::Collected,
            open_link: OpenLink::new(),
            title: words(language, &title),
            releases: Vec::new(),
            missing: Vec::new(),
            variables,
            dimensions,
            targets: Vec::new(),
        },
        notes,
    })
}

fn variable(
    column: &ColumnSeen,
    scale: Option<&Scale>,
    language: Lang,
    notes: &mut Vec<String>,
) -> Variable {
    let kind = match scale {
        Some(scale) if scale.is_yes_or_no() && column.labels.is_empty() => VariableKind::Multi,
        Some(_) => VariableKind::Scale,
        None => guess::kind(column, notes),
    };
    let values = match (kind, scale) {
        (VariableKind::Scale, Some(scale)) => (scale.low..=scale.high)
            .map(|value| ValueLabel {
                value: CodeValue::Number(value),
                label: column
                    .label_of(&value.to_string())
                    .map_or_else(Labels::default, |text| words(language, text)),
            })
            .collect(),
        (VariableKind::Scale | VariableKind::Multi, _) => Vec::new(),
        // Words of an SPSS file list every value; without words, whatever occurs may occur.
        _ => listed(column, language),
    };
    let missing = scale.map_or(&[][..], |scale| &scale.missing);
    let missing = missing
        .iter()
        .map(|code| missing::described(column, *code, language))
        .collect::<Vec<_>>();
    Variable {
        name: column.name.clone(),
        kind,
        label: words(language, &column.label),
        values,
        reversed: false,
        missing: (!missing.is_empty()).then_some(missing),
        item: None,
        maps: Vec::new(),
    }
}

/// Returns the values that a file has words for, if these are all that occur.
fn listed(column: &ColumnSeen, language: Lang) -> Vec<ValueLabel> {
    let complete = column
        .values
        .keys()
        .all(|value| column.label_of(value).is_some());
    if !complete || column.has_more {
        return Vec::new();
    }
    let labels = column.labels.iter();
    labels
        .map(|(value, label)| ValueLabel {
            value: match value.parse() {
                Ok(number) => CodeValue::Number(number),
                Err(_) => CodeValue::Text(value.clone()),
            },
            label: words(language, label),
        })
        .collect()
}

/// Returns a dimension for the items whose names differ by a number at the end only.
fn dimensions(variables: &[Variable]) -> Vec<DimensionSpec> {
    let mut found: Vec<DimensionSpec> = Vec::new();
    let scales = variables.iter();
    for item in scales.filter(|variable| variable.kind == VariableKind::Scale) {
        let stem = item
            .name
            .trim_end_matches(|letter: char| letter.is_ascii_digit());
        let numbered = stem.len() < item.name.len();
        let stem = stem.trim_end_matches(['_', '-', '.', ' ']);
        if !numbered || stem.is_empty() {
            continue;
        }
        match found.iter_mut().find(|dimension| dimension.id == stem) {
            Some(dimension) => dimension.variables.push(item.name.clone()),
            None => found.push(DimensionSpec {
                id: stem.to_owned(),
                label: Labels::default(),
                variables: vec![item.name.clone()],
                missing: MissingRule {
                    min_share: 0.5,
                    of: ShareBase::All,
                    min_answered: 1,
                },
                competence: true,
            }),
        }
    }
    found.retain(|dimension| dimension.variables.len() > 1);
    found
}

fn note_dimensions(variables: &[Variable], found: &[DimensionSpec], notes: &mut Vec<String>) {
    if found.is_empty() {
        let problem = "no items have names that differ by a number at the end, so the draft has \
                       no dimensions: write them by hand, or only items can be analysed";
        notes.push(problem.to_owned());
        return;
    }
    let names: Vec<String> = found
        .iter()
        .map(|dimension| format!("{} ({})", dimension.id, dimension.variables.len()))
        .collect();
    notes.push(format!(
        "dimensions from the names of items, with the number of items: {}",
        names.join(", ")
    ));
    let is_scale = |variable: &&Variable| variable.kind == VariableKind::Scale;
    if variables.iter().any(|variable| is_scale(&variable)) {
        notes.push(
            "no file tells which items are worded the other way round: write `\"reversed\": true` \
             beside them"
                .to_owned(),
        );
    }
}

fn words(language: Lang, text: &str) -> Labels {
    let mut labels = Labels::default();
    if !text.is_empty() {
        labels.0.insert(language, text.to_owned());
    }
    labels
}
