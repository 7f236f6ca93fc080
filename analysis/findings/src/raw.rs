//! What statistics hand to the gate: exact figures over the whole lattice of groups.
//!
//! A raw table is never shown to anyone. [`crate::protect`] turns all raw tables of a release
//! into findings; [`crate::Working`] keeps them, marked, for the researcher who made them.

use serde::{Deserialize, Serialize};

use crate::{Estimate, Statistic, Unit};

/// Names of dimensions that the gate knows. Every other name makes groups of people.
pub mod dim {
    /// A competence area or index: the quantity a figure is about.
    pub const AREA: &str = "area";
    /// A single item: the quantity a figure is about.
    pub const ITEM: &str = "item";
    /// A place within a figure, such as an answer of a distribution or a quantile.
    pub const LEVEL: &str = "level";
    /// A part of a test or a model, such as `f`, `df1` and `p`; in working results only.
    pub const TERM: &str = "term";
    /// The other one of two that are compared; in working results only.
    pub const WITH: &str = "with";
    /// The wave; groups of other waves than the release's are other people.
    pub const WAVE: &str = "wave";
    /// The municipality; release files are cut along it.
    pub const MUNICIPALITY: &str = "municipality";
    /// The unit inside its municipality; has the higher threshold.
    pub const UNIT: &str = "unit";
}

/// An unprotected table.
///
/// Groups are the combinations of the dimensions that are neither `area`, `item` nor `level`,
/// and `all` is the total over a dimension. Every combination of keys is there, totals and empty
/// groups included, and a total counts everybody: also people whose role or unit is unknown. The
/// same group has the same number of answers in every table of the same statistic and quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTable {
    /// Identity over the whole lattice, such as `area.mean` or `unit.area.mean`.
    pub id: String,
    /// The statistic.
    pub statistic: Statistic,
    /// What the figures are measured in.
    pub unit: Unit,
    /// Ends of the scale, where the unit is a scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<[f64; 2]>,
    /// Names of the key columns, such as `area`, `municipality`, `role_group`.
    pub dims: Vec<String>,
    /// Rows, in any order.
    pub rows: Vec<RawRow>,
}

/// A row of an unprotected table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct RawRow {
    /// One key for each of the table's dimensions; [`crate::ALL`] is the total.
    pub keys: Vec<String>,
    /// The figure, or why there is none. `n` is the base of the figure: for a response rate the
    /// people asked, else the same as `answers`.
    pub figure: Result<Estimate, Undefined>,
    /// People behind the cell: those who answered this item or have a score in this area; for a
    /// response rate those who answered. The same for every `level` of a group.
    pub answers: u64,
    /// How many of them share the most frequent value (score, answer, gap); 0 where the figure
    /// has no value per person, as a response rate or alpha.
    pub modal: u64,
}

/// Why a figure is not defined. The words stand in working results and tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Undefined {
    /// Nobody answered.
    #[serde(rename = "n = 0")]
    NoAnswers,
    /// One answer has no spread.
    #[serde(rename = "n < 2")]
    OneAnswer,
    /// Two answers have no skewness.
    #[serde(rename = "n < 3")]
    TwoAnswers,
    /// Three answers have no kurtosis.
    #[serde(rename = "n < 4")]
    ThreeAnswers,
    /// Everybody gave the same answer.
    #[serde(rename = "zero variance")]
    ZeroVariance,
    /// Fewer than two items.
    #[serde(rename = "k < 2")]
    OneItem,
    /// Fewer than three items.
    #[serde(rename = "k < 3")]
    TwoItems,
    /// Fewer complete rows than a matrix of all items needs.
    #[serde(rename = "n <= k")]
    FewRows,
    /// An item follows from the others.
    #[serde(rename = "singular matrix")]
    Singular,
    /// A model leaves an item less than no variance of its own.
    #[serde(rename = "uniqueness at its bound")]
    Heywood,
    /// A correlation that cannot be told from one of 1 or -1.
    #[serde(rename = "correlation at its bound")]
    AtBound,
    /// A model has as many parameters as the data.
    #[serde(rename = "no degrees of freedom")]
    NoFreedom,
    /// Groups whose answers do not overlap, so that a model has no finite parameters.
    #[serde(rename = "complete separation")]
    Separation,
    /// Nobody has values enough to be judged.
    #[serde(rename = "too few values")]
    FewValues,
    /// An item hangs together with no other.
    #[serde(rename = "no correlation")]
    NoCorrelation,
    /// A search for the best model did not end.
    #[serde(rename = "no optimum found")]
    NoOptimum,
    /// The roles of the group have no target here.
    #[serde(rename = "no target")]
    NoTarget,
    /// Nobody in the group was asked.
    #[serde(rename = "not asked")]
    NotAsked,
    /// It is not known how many people were asked.
    #[serde(rename = "frame unknown")]
    FrameUnknown,
    /// More people answered than the frame holds.
    #[serde(rename = "frame smaller than answers")]
    FrameTooSmall,
    /// There are not two groups to compare.
    #[serde(rename = "groups < 2")]
    OneGroup,
    /// Not two of the groups are large enough for a model of each.
    #[serde(rename = "groups of 100 < 2")]
    SmallGroups,
    /// All values are the same: there is nothing to rank.
    #[serde(rename = "all tied")]
    AllTied,
    /// Some of the items were not asked in this wave.
    #[serde(rename = "items changed")]
    ItemsChanged,
    /// The job has no design that the figure could be about.
    #[serde(rename = "no design")]
    NoDesign,
    /// Weights were raked, and would have to be raked again for each replicate.
    #[serde(rename = "raked weights")]
    Raked,
    /// Everybody answered, so chance has no part.
    #[serde(rename = "everybody answered")]
    Census,
    /// There are not two units.
    #[serde(rename = "units < 2")]
    OneUnit,
    /// No unit has two answers.
    #[serde(rename = "one answer in every unit")]
    SingleAnswers,
    /// Units differ no more than chance would have it.
    #[serde(rename = "no variance between units")]
    NoneBetween,
    /// The figure is about single units, not about several together.
    #[serde(rename = "single units only")]
    UnitsOnly,
    /// So many answered that the figure is not shown.
    #[serde(rename = "rate of 60 % or more")]
    WellAnswered,
    /// Two waves make no line.
    #[serde(rename = "waves < 3")]
    TwoWaves,
    /// Nobody can be linked between the waves.
    #[serde(rename = "not linked")]
    NotLinked,
    /// So few gave a theme that it is not shown.
    #[serde(rename = "fewer than 5")]
    FewMentions,
    /// So few have a profile that it is not shown.
    #[serde(rename = "fewer than 10")]
    SmallProfile,
    /// Fewer than three areas make no picture.
    #[serde(rename = "areas < 3")]
    FewAreas,
}

impl Undefined {
    /// Returns the reason in words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Undefined::NoAnswers => "n = 0",
            Undefined::OneAnswer => "n < 2",
            Undefined::TwoAnswers => "n < 3",
            Undefined::ThreeAnswers => "n < 4",
            Undefined::ZeroVariance => "zero variance",
            Undefined::OneItem => "k < 2",
            Undefined::TwoItems => "k < 3",
            Undefined::FewRows => "n <= k",
            Undefined::Singular => "singular matrix",
            Undefined::Heywood => "uniqueness at its bound",
            Undefined::AtBound => "correlation at its bound",
            Undefined::NoFreedom => "no degrees of freedom",
            Undefined::Separation => "complete separation",
            Undefined::FewValues => "too few values",
            Undefined::NoCorrelation => "no correlation",
            Undefined::NoOptimum => "no optimum found",
            Undefined::NoTarget => "no target",
            Undefined::NotAsked => "not asked",
            Undefined::FrameUnknown => "frame unknown",
            Undefined::FrameTooSmall => "frame smaller than answers",
            Undefined::OneGroup => "groups < 2",
            Undefined::SmallGroups => "groups of 100 < 2",
            Undefined::AllTied => "all tied",
            Undefined::ItemsChanged => "items changed",
            Undefined::NoDesign => "no design",
            Undefined::Raked => "raked weights",
            Undefined::Census => "everybody answered",
            Undefined::OneUnit => "units < 2",
            Undefined::SingleAnswers => "one answer in every unit",
            Undefined::NoneBetween => "no variance between units",
            Undefined::UnitsOnly => "single units only",
            Undefined::WellAnswered => "rate of 60 % or more",
            Undefined::TwoWaves => "waves < 3",
            Undefined::NotLinked => "not linked",
            Undefined::FewMentions => "fewer than 5",
            Undefined::SmallProfile => "fewer than 10",
            Undefined::FewAreas => "areas < 3",
        }
    }
}

impl std::fmt::Display for Undefined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text())
    }
}

/// A raw row as it stands in a file: a figure or a reason, never both.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    keys: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    figure: Option<Estimate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Undefined>,
    answers: u64,
    modal: u64,
}

impl From<RawRow> for Wire {
    fn from(row: RawRow) -> Self {
        Wire {
            keys: row.keys,
            reason: row.figure.as_ref().err().copied(),
            figure: row.figure.ok(),
            answers: row.answers,
            modal: row.modal,
        }
    }
}

impl TryFrom<Wire> for RawRow {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        let figure = match (wire.figure, wire.reason) {
            (Some(figure), None) => Ok(figure),
            (None, Some(reason)) => Err(reason),
            _ => return Err("a row has either a figure or a reason"),
        };
        Ok(RawRow {
            keys: wire.keys,
            figure,
            answers: wire.answers,
            modal: wire.modal,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_reads_in_a_file_as_it_reads_to_people() {
        for reason in [
            Undefined::NoAnswers,
            Undefined::OneAnswer,
            Undefined::TwoAnswers,
            Undefined::ThreeAnswers,
            Undefined::ZeroVariance,
            Undefined::OneItem,
            Undefined::TwoItems,
            Undefined::FewRows,
            Undefined::Singular,
            Undefined::Heywood,
            Undefined::AtBound,
            Undefined::NoFreedom,
            Undefined::Separation,
            Undefined::FewValues,
            Undefined::NoCorrelation,
            Undefined::NoOptimum,
            Undefined::NoTarget,
            Undefined::NotAsked,
            Undefined::FrameUnknown,
            Undefined::FrameTooSmall,
            Undefined::OneGroup,
            Undefined::SmallGroups,
            Undefined::AllTied,
            Undefined::NoDesign,
            Undefined::Raked,
            Undefined::Census,
            Undefined::OneUnit,
            Undefined::SingleAnswers,
            Undefined::NoneBetween,
            Undefined::UnitsOnly,
            Undefined::WellAnswered,
            Undefined::TwoWaves,
            Undefined::NotLinked,
            Undefined::FewMentions,
            Undefined::SmallProfile,
            Undefined::FewAreas,
        ] {
            let json = serde_json::to_string(&reason).unwrap();
            assert_eq!(json, format!("\"{}\"", reason.text()));
        }
    }

    #[test]
    fn a_row_with_a_figure_and_a_reason_is_refused() {
        let both =
            r#"{"keys":[],"figure":{"value":1.0,"n":3},"reason":"n < 2","answers":3,"modal":1}"#;
        let error = serde_json::from_str::<RawRow>(both).unwrap_err();
        assert!(error.to_string().contains("either a figure or a reason"));
    }
}
