//! The codebook, checked, and how each of its columns is to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use surveys::Missing;
use surveys::dataset::{
    CODEBOOK_SCHEMA, CodeValue, Codebook, DimensionSpec, TargetSpec, Variable, VariableKind,
};

use super::scale::ScaleEnds;
use super::targets;
use crate::AnalysisError;
use crate::job::suggestion;

/// A checked codebook with a way of reading for every column that is used.
pub(crate) struct Plan {
    pub(crate) codebook: Codebook,
    pub(crate) columns: Vec<ColumnPlan>,
    /// The column with a number for each answer, if there is one.
    pub(crate) answer_id: Option<String>,
}

/// How one column is read.
pub(crate) struct ColumnPlan {
    pub(crate) name: String,
    pub(crate) reading: Reading,
    pub(crate) missing: BTreeMap<i16, Missing>,
    /// Whether a cell holds several values, joined.
    pub(crate) joined: bool,
}

/// What a column's cells become.
pub(crate) enum Reading {
    /// Text to group by; only these values where the codebook lists them.
    Key { allowed: Option<BTreeSet<String>> },
    /// Text that groups nobody: a person's code or an open answer.
    Words,
    /// A whole number of a scale.
    Item { ends: ScaleEnds, reversed: bool },
}

/// Items are held in one byte, and our own codes of missing values begin at -91.
const SMALLEST: i16 = -90;
const LARGEST: i16 = 127;

impl Plan {
    /// Reads and checks a codebook.
    pub(crate) fn from_file(path: &Path) -> Result<Plan, AnalysisError> {
        let bytes = super::read(path)?;
        Plan::parse(&bytes, path)
    }

    pub(crate) fn parse(bytes: &[u8], path: &Path) -> Result<Plan, AnalysisError> {
        let wrong = |problems| AnalysisError::Codebook {
            file: path.to_owned(),
            problems,
        };
        if bytes.trim_ascii_start().first() != Some(&b'{') {
            return Err(wrong(vec![
                "this is no codebook, which is JSON between { and }; `icteko codebook draft` \
                 writes one for a data file"
                    .to_owned(),
            ]));
        }
        let codebook: Codebook = serde_json::from_slice(bytes).map_err(|error| {
            wrong(vec![match error.is_data() {
                true => error.to_string(),
                false => format!("this is not JSON: {error}"),
            }])
        })?;
        if codebook.schema != CODEBOOK_SCHEMA {
            let found = codebook.schema;
            return Err(wrong(vec![format!(
                "schema {found} is not known; this program reads {CODEBOOK_SCHEMA}"
            )]));
        }
        let mut problems = Vec::new();
        let columns = codebook.variables.iter();
        let columns = columns
            .filter_map(|variable| column(&codebook, variable, &mut problems))
            .collect();
        check_names(&codebook, &mut problems);
        check_dimensions(&codebook, &mut problems);
        check_targets(&codebook, &mut problems);
        if problems.is_empty() {
            let answer_id = codebook.variables.iter();
            let answer_id = answer_id
                .filter(|variable| variable.kind == VariableKind::AnswerId)
                .map(|variable| variable.name.clone())
                .next();
            Ok(Plan {
                codebook,
                columns,
                answer_id,
            })
        } else {
            Err(wrong(problems))
        }
    }
}

impl Plan {
    /// Returns the key column that a job calls by its name or by its kind.
    pub(crate) fn key_called(&self, name: &str) -> Result<usize, AnalysisError> {
        let keys = || {
            let columns = self.columns.iter().enumerate();
            columns.filter(|(_, column)| matches!(column.reading, Reading::Key { .. }))
        };
        let is_of_kind = |column: &ColumnPlan| {
            let mut variables = self.codebook.variables.iter();
            variables.any(|variable| {
                variable.name == column.name && super::kind_name(variable.kind) == Some(name)
            })
        };
        let by_name = keys().find(|(_, column)| column.name == name);
        let found = by_name.or_else(|| keys().find(|(_, column)| is_of_kind(column)));
        found.map(|(place, _)| place).ok_or_else(|| {
            let known: Vec<&str> = keys().map(|(_, column)| column.name.as_str()).collect();
            AnalysisError::UnknownName {
                problem: format!(
                    "the data have no column `{name}` to group by; there are: {}",
                    known.join(", ")
                ),
            }
        })
    }
}

fn column(
    codebook: &Codebook,
    variable: &Variable,
    problems: &mut Vec<String>,
) -> Option<ColumnPlan> {
    let codes = variable.missing.as_ref().unwrap_or(&codebook.missing);
    let missing: BTreeMap<i16, Missing> =
        codes.iter().map(|code| (code.code, code.meaning)).collect();
    if missing.len() < codes.len() {
        problems.push(format!(
            "column `{}`: a missing code is listed twice",
            variable.name
        ));
    }
    if variable.reversed && variable.kind != VariableKind::Scale {
        problems.push(format!(
            "column `{}`: only a scale can be reversed",
            variable.name
        ));
    }
    let reading = match variable.kind {
        VariableKind::Scale | VariableKind::Multi => item(variable, &missing, problems)?,
        VariableKind::Wave
        | VariableKind::Municipality
        | VariableKind::Unit
        | VariableKind::Role
        | VariableKind::Duties
        | VariableKind::Background
        | VariableKind::Single => Reading::Key {
            allowed: listed(variable),
        },
        VariableKind::PersonCode | VariableKind::Text => Reading::Words,
        VariableKind::AnswerId => return None,
    };
    // A code or an answer such as `8` is no missing code unless the column itself says so.
    let missing = match reading {
        Reading::Words if variable.missing.is_none() => BTreeMap::new(),
        _ => missing,
    };
    let joined = variable.kind == VariableKind::Duties;
    Some(ColumnPlan {
        name: variable.name.clone(),
        reading,
        missing,
        joined,
    })
}

fn item(
    variable: &Variable,
    missing: &BTreeMap<i16, Missing>,
    problems: &mut Vec<String>,
) -> Option<Reading> {
    let name = &variable.name;
    let ends = match (ScaleEnds::of(variable), variable.kind) {
        (Some(ends), _) => ends,
        (None, VariableKind::Multi) => ScaleEnds { low: 0, high: 1 },
        (None, _) => {
            problems.push(format!(
                "column `{name}`: a scale needs `values` with at least its two ends"
            ));
            return None;
        }
    };
    if ends.low < SMALLEST || ends.high > LARGEST {
        problems.push(format!(
            "column `{name}`: a scale must lie within {SMALLEST} to {LARGEST}"
        ));
    }
    for code in missing
        .keys()
        .filter(|code| (ends.low..=ends.high).contains(*code))
    {
        problems.push(format!(
            "column `{name}`: {code} is both a value of the scale and a missing code"
        ));
    }
    Some(Reading::Item {
        ends,
        reversed: variable.reversed,
    })
}

fn listed(variable: &Variable) -> Option<BTreeSet<String>> {
    let values = variable.values.iter().map(|value| match &value.value {
        CodeValue::Number(number) => number.to_string(),
        CodeValue::Text(text) => text.clone(),
    });
    (!variable.values.is_empty()).then(|| values.collect())
}

fn check_names(codebook: &Codebook, problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for variable in &codebook.variables {
        if !seen.insert(&variable.name) {
            problems.push(format!("column `{}` is described twice", variable.name));
        }
        let mut values = BTreeSet::new();
        for value in &variable.values {
            if !values.insert(&value.value) {
                problems.push(format!(
                    "column `{}`: a value is listed twice",
                    variable.name
                ));
            }
        }
    }
    for kind in [
        VariableKind::Wave,
        VariableKind::Municipality,
        VariableKind::Unit,
        VariableKind::Role,
        VariableKind::AnswerId,
    ] {
        let of_kind = codebook
            .variables
            .iter()
            .filter(|variable| variable.kind == kind);
        let names: Vec<&str> = of_kind.map(|variable| variable.name.as_str()).collect();
        if names.len() > 1 {
            let kind = super::kind_name(kind).unwrap_or("answer id");
            problems.push(format!(
                "only one column can be the {kind}: {}",
                names.join(", ")
            ));
        }
    }
}

fn check_dimensions(codebook: &Codebook, problems: &mut Vec<String>) {
    let scales = || {
        let variables = codebook.variables.iter();
        variables
            .filter(|v| v.kind == VariableKind::Scale)
            .map(|v| v.name.as_str())
    };
    let mut seen = BTreeSet::new();
    for DimensionSpec {
        id,
        variables,
        missing,
        ..
    } in &codebook.dimensions
    {
        if !seen.insert(id) {
            problems.push(format!("dimension `{id}` is there twice"));
        }
        if variables.is_empty() {
            problems.push(format!("dimension `{id}` has no columns"));
        }
        if !(0.0..=1.0).contains(&missing.min_share) {
            problems.push(format!(
                "dimension `{id}`: `min_share` must lie between 0 and 1"
            ));
        }
        let mut columns = BTreeSet::new();
        for column in variables {
            if !columns.insert(column) {
                problems.push(format!("dimension `{id}` names column `{column}` twice"));
            } else if !scales().any(|scale| scale == column) {
                let help = suggestion(column, scales()).unwrap_or_default();
                problems.push(format!(
                    "dimension `{id}`: `{column}` is no scale column of the codebook ({help})"
                ));
            }
        }
    }
}

fn check_targets(codebook: &Codebook, problems: &mut Vec<String>) {
    let roles = listed_roles(codebook);
    let mut seen = BTreeSet::new();
    for TargetSpec {
        role,
        dimension,
        target,
    } in &codebook.targets
    {
        let place = format!("target of `{role}` in `{dimension}`");
        if !seen.insert((role, dimension)) {
            problems.push(format!("{place} is there twice"));
        }
        if let Some(roles) = roles.as_ref().filter(|roles| !roles.contains(role)) {
            let help = suggestion(role, roles.iter().map(String::as_str)).unwrap_or_default();
            problems.push(format!(
                "{place}: the codebook lists no such role or duty ({help})"
            ));
        }
        if targets::thousandths(*target).is_none() {
            problems.push(format!("{place}: {target} has more than three decimals"));
        }
        let Some(found) = codebook.dimensions.iter().find(|d| d.id == *dimension) else {
            problems.push(format!("{place}: the codebook has no such dimension"));
            continue;
        };
        let of_dimension = |v: &&Variable| found.variables.contains(&v.name);
        let ends: Vec<ScaleEnds> = codebook
            .variables
            .iter()
            .filter(of_dimension)
            .filter_map(ScaleEnds::of)
            .collect();
        let low = ends.iter().map(|ends| ends.low).min().unwrap_or(i16::MIN);
        let high = ends.iter().map(|ends| ends.high).max().unwrap_or(i16::MAX);
        if *target < f64::from(low) || *target > f64::from(high) {
            problems.push(format!(
                "{place}: {target} is not on the scale {low} to {high}"
            ));
        }
    }
}

/// Returns every role and duty that the codebook lists; nothing where a column of them takes any
/// value, or there is none.
fn listed_roles(codebook: &Codebook) -> Option<BTreeSet<String>> {
    let holds_roles = |it: &&Variable| matches!(it.kind, VariableKind::Role | VariableKind::Duties);
    let columns = codebook.variables.iter().filter(holds_roles);
    let lists: Vec<BTreeSet<String>> = columns.map(listed).collect::<Option<_>>()?;
    (!lists.is_empty()).then(|| lists.into_iter().flatten().collect())
}
