//! Why figures are withheld: stays with the operator, beside the release and never in its files.

use serde::{Deserialize, Serialize};

use crate::{Undefined, format};

/// What the gate did, cell by cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Audit {
    /// Every cell that is not shown as a figure, in the order of tables and rows.
    pub cells: Vec<AuditCell>,
    /// Cells of all tables, shown ones included.
    pub total: u64,
    /// What a reader of all files cannot tell apart of each count that must stay unknown (DC-19).
    #[serde(default)]
    pub ranges: Vec<AuditRange>,
}

/// Two values that a withheld count can have, given everything published: as far apart as they
/// must be, or else the least and the greatest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditRange {
    /// What was asked, such as `area=safety`; empty for who answered at all.
    pub quantity: String,
    /// The group, such as `municipality=092;unit=a`.
    pub group: String,
    /// The lower one.
    pub low: u64,
    /// The upper one.
    pub high: u64,
}

/// A cell that is not shown as a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditCell {
    /// The table's id over the whole lattice.
    pub table: String,
    /// The row's keys.
    pub keys: Vec<String>,
    /// Why.
    pub reason: Reason,
    /// Whether a band is shown in its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub band: bool,
}

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Too few answers for an exact figure (DC-2, DC-3, DC-4).
    TooFew,
    /// It would let another withheld figure be worked out (DC-6, DC-7).
    Complementary,
    /// All or all but one gave the same answer, or the mean is at an end of the scale (DC-5).
    Same,
    /// Too few municipalities, or one that outweighs the others (DC-8).
    Dominance,
    /// A quantile with too few people on one side of it (DC-16).
    Extreme,
    /// Too few new answers since an earlier release that did not show it (DC-9).
    Unchanged,
    /// A trend with fewer than two shown ends (DC-10).
    Trend,
    /// There is no figure.
    Undefined(Undefined),
}

impl Audit {
    /// Returns the canonical text of the file.
    ///
    /// # Errors
    /// When a number is not finite, which no audit holds.
    pub fn to_json(&self) -> Result<String, format::FormatError> {
        format::canonical(self)
    }

    /// Returns how many cells have this reason.
    #[must_use]
    pub fn count(&self, reason: Reason) -> usize {
        self.cells
            .iter()
            .filter(|cell| cell.reason == reason)
            .count()
    }

    /// Returns the cell with this table and keys, if it is not shown as a figure.
    #[must_use]
    pub fn cell(&self, table: &str, keys: &[&str]) -> Option<&AuditCell> {
        self.cells
            .iter()
            .find(|cell| cell.table == table && cell.keys == keys)
    }
}
