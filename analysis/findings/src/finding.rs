//! `findings.json`: protected tables with their provenance (decision record 0004).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use surveys::{
    Labels,
    dataset::{OpenLink, Origin},
};

use crate::{Cell, Rule};

/// The schema version this program writes and reads.
pub const FINDINGS_SCHEMA: u32 = 1;

/// The key of a total over a dimension of a table.
pub const ALL: &str = "all";

/// One findings file: what is known of one population in one wave, ready to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Findings {
    /// Schema version of this file.
    pub schema: u32,
    /// Number of the release; figures reach people only from numbered releases.
    pub release: u32,
    /// Whom the findings are about.
    pub population: Population,
    /// The wave they come from.
    pub wave: String,
    /// Whether the answers are invented.
    pub origin: Origin,
    /// What made the file.
    pub produced: Produced,
    /// The rule the figures were protected with.
    pub rule: Rule,
    /// Words for the keys of tables: dimension name, key, label.
    pub labels: BTreeMap<String, BTreeMap<String, Labels>>,
    /// Tables in the order of their ids.
    pub tables: Vec<Table>,
}

/// Whom findings are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Population {
    /// All municipalities together.
    Network,
    /// One municipality.
    City {
        /// Its code, such as `092`, or a foreign file's own name.
        code: String,
        /// The folder name, such as `vantaa`.
        slug: String,
    },
}

/// Provenance: same inputs, same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Produced {
    /// Program and version.
    pub program: String,
    /// SHA-256 of the dataset's manifest (or of the data file).
    pub dataset_sha256: String,
    /// SHA-256 of the job file.
    pub job_sha256: String,
    /// Survey releases the answers were given to, as `survey@release:sha256`.
    #[serde(default)]
    pub instruments: Vec<String>,
    /// Where people answered over an open link.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub open_link: OpenLink,
}

/// A table of findings; a finding is a cell of it, addressed by table id and keys.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Identity, such as `area.mean`; stable over waves.
    pub(crate) id: String,
    /// The statistic.
    pub(crate) statistic: Statistic,
    /// What the figures are measured in.
    pub(crate) unit: Unit,
    /// Ends of the scale, where the unit is a scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scale: Option<[f64; 2]>,
    /// Names of the key columns, such as `area`, `role`, `municipality`.
    pub(crate) dims: Vec<String>,
    /// Rows in a canonical order.
    pub(crate) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// One key for each of the table's dimensions; [`ALL`] is the total.
    pub keys: Vec<String>,
    /// The figure.
    pub cell: Cell,
}

/// A statistic, as the job file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// Answers divided by people asked.
    ResponseRate,
    /// Share of each answer.
    Distribution,
    /// Mean with a t interval.
    Mean,
    /// Quantile of type 7; the level is the last key.
    Quantile,
    /// Mean of target minus score, signed.
    Gap,
    /// Share of people below target.
    BelowTarget,
    /// Cronbach's alpha with Feldt's interval.
    Alpha,
    /// A statistic of working results, named by its table's id; it is in no release.
    Working,
}

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// 0 to 1.
    Proportion,
    /// Steps of the answer scale.
    Scale,
    /// A pure number, such as a coefficient.
    Number,
}

impl Table {
    /// Returns the table's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the statistic.
    #[must_use]
    pub fn statistic(&self) -> Statistic {
        self.statistic
    }

    /// Returns the unit of the figures.
    #[must_use]
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// Returns the ends of the scale, where the unit is a scale.
    #[must_use]
    pub fn scale(&self) -> Option<[f64; 2]> {
        self.scale
    }

    /// Returns the names of the key columns.
    #[must_use]
    pub fn dims(&self) -> &[String] {
        &self.dims
    }

    /// Returns the rows in their canonical order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns the cell with these keys, in the order of [`Table::dims`].
    #[must_use]
    pub fn cell(&self, keys: &[&str]) -> Option<&Cell> {
        self.rows
            .iter()
            .find(|row| row.keys == keys)
            .map(|row| &row.cell)
    }
}

impl Findings {
    /// Returns how many municipalities of the population answered over an open link in this wave:
    /// how many people answered there deserves little trust.
    #[must_use]
    pub fn over_open_link(&self) -> usize {
        let places = self.produced.open_link.get(&self.wave);
        places.map_or(0, |places| match &self.population {
            Population::Network => places.len(),
            Population::City { code, .. } => usize::from(places.contains(code)),
        })
    }

    /// Returns the table with this id.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }
}
