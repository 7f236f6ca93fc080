//! The contract of the export: variables and codebook, for our own data and for foreign files.
//!
//! `codebook.json` is this type as JSON (decision record 0002). One codebook serves our own
//! export and a researcher's own CSV with other codes, reversed items and roles of its own.

mod layout;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Labels, Missing, MissingRule};

pub use layout::{CellValue, ColumnType, Layout, RowError};

/// The schema version this program writes and reads.
pub const CODEBOOK_SCHEMA: u32 = 1;

/// What the columns of a dataset mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// Schema version of this file.
    pub schema: u32,
    /// Whether the answers are invented; travels to findings and to a banner in the edition.
    pub origin: Origin,
    /// Where people answered over an open link.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub open_link: OpenLink,
    /// The name people see.
    #[serde(default)]
    pub title: Labels,
    /// Survey and releases the answers were given to, if the data are our own export.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub releases: Vec<ReleaseRef>,
    /// Codes of missing values that hold for every variable, unless it has its own.
    #[serde(default)]
    pub missing: Vec<MissingCode>,
    /// Columns, in the order of the file.
    pub variables: Vec<Variable>,
    /// What is scored from which variables.
    #[serde(default)]
    pub dimensions: Vec<DimensionSpec>,
    /// Target levels.
    #[serde(default)]
    pub targets: Vec<TargetSpec>,
}

/// Municipalities by wave where people answered over an open link: the same person may stand there
/// more than once, so counts and shares deserve little trust.
pub type OpenLink = BTreeMap<String, BTreeSet<String>>;

/// Where answers come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Given by people.
    Collected,
    /// Invented; marked wherever it is shown.
    Simulated,
}

/// A survey release with its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseRef {
    /// The survey's id.
    pub survey: String,
    /// The release's number.
    pub release: u32,
    /// SHA-256 of the canonical release, in hexadecimal.
    pub sha256: String,
}

/// A number (or text) that stands for a missing value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MissingCode {
    /// The number in the file.
    pub code: i16,
    /// What it means.
    pub meaning: Missing,
    /// The words for it.
    #[serde(default)]
    pub label: Labels,
}

/// A column of the dataset and what it means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// The column's name in the file.
    pub name: String,
    /// What the column is for.
    pub kind: VariableKind,
    /// The words for it: for an item, the statement.
    #[serde(default)]
    pub label: Labels,
    /// For scale and choice variables: the values and their words, from low to high.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueLabel>,
    /// For scale variables: worded the other way round, recoded to `min + max - x`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reversed: bool,
    /// Codes of missing values of this variable alone; they replace the common ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<MissingCode>>,
    /// The item it comes from, with its revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemRef>,
    /// Places in frameworks, such as `digcomp-3.0:2.2`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maps: Vec<String>,
}

/// The item a column comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRef {
    /// The item's id.
    pub id: String,
    /// Its revision.
    pub rev: u32,
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VariableKind {
    /// Number of the answer in the file, given after sorting by content.
    AnswerId,
    /// The wave.
    Wave,
    /// The municipality: our code, or a foreign file's own name.
    Municipality,
    /// The unit.
    Unit,
    /// The staff group.
    Role,
    /// Tasks beside the role, ids joined by `;`: the target is the highest over role and duties.
    Duties,
    /// A pseudonymous code that links waves.
    PersonCode,
    /// Another text to group by.
    Background,
    /// An ordered scale of whole numbers.
    Scale,
    /// One of several options.
    Single,
    /// One option of a multiple choice: 1 chosen, 0 not.
    Multi,
    /// Free text.
    Text,
}

/// A value and its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueLabel {
    /// The value as it stands in the file, after no recoding.
    pub value: CodeValue,
    /// The words.
    #[serde(default)]
    pub label: Labels,
}

/// A value in a file: a whole number, or a text such as a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CodeValue {
    /// A whole number.
    Number(i16),
    /// A text.
    Text(String),
}

/// Something scored from several scale variables.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DimensionSpec {
    /// Identity, used in findings.
    pub id: String,
    /// The words.
    #[serde(default)]
    pub label: Labels,
    /// Column names.
    pub variables: Vec<String>,
    /// When a person gets a score.
    pub missing: MissingRule,
    /// Whether it stands in profiles; indices such as support do not.
    #[serde(default)]
    pub competence: bool,
}

/// The level a role is meant to reach in a dimension.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetSpec {
    /// The role as it stands in the file.
    pub role: String,
    /// The dimension.
    pub dimension: String,
    /// The level, on the dimension's scale.
    pub target: f64,
}

/// `manifest.json` of a dataset folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Schema version of this file.
    pub schema: u32,
    /// Whether the answers are invented.
    pub origin: Origin,
    /// Version of the program that wrote the folder.
    pub program: String,
    /// Number of answers by wave and municipality code.
    pub answers: BTreeMap<String, BTreeMap<String, u64>>,
    /// SHA-256 of every other file of the folder, by path.
    pub files: BTreeMap<String, String>,
}
