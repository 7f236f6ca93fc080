//! The job file: which data, which groups, which statistics, working or release.
//!
//! It is TOML of schema 1 (decision record 0003). Reading it reports every problem at once,
//! each with file, line and column; [`standard`] holds the job that a wave of our own is
//! analysed with.

mod compare;
mod decide;
mod design;
mod factors;
mod fields;
mod forms;
mod group_table;
mod levels;
mod place;
mod problem;
mod profiles;
mod read;
pub mod standard;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use compare::{CompareChoice, Corrections, Family};
pub use decide::NeedsChoice;
pub(crate) use fields::suggestion;
pub use forms::{Form, Forms};
pub use group_table::{GroupTable, GroupTableAbout, GroupTableColumn};
pub(crate) use place::placed;
pub use problem::JobProblem;
pub use profiles::ProfilesChoice;
pub use standard::{StandardJob, standard_job};

use crate::AnalysisError;
use crate::dataset::Encoding;
use crate::design::Sampling;
use crate::estimate::Bands;
use crate::estimate::Themes;

/// The schema version this program reads.
pub const JOB_SCHEMA: i64 = 1;

/// A small job on somebody's own file, for people to copy and change.
pub const EXAMPLE_JOB: &str = include_str!("../jobs/example.toml");

/// What is to be computed from which data.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// A name for people.
    pub title: String,
    /// Where the answers are.
    pub data: DataSource,
    /// Which waves are looked at; absent where the data hold one wave or the wave is a group.
    pub wave: Option<WaveChoice>,
    /// Columns (or kinds of column) that make groups.
    pub by: Vec<String>,
    /// Also by unit inside its municipality.
    pub unit: bool,
    /// What is written.
    pub output: Output,
    /// In which forms, beside JSON.
    pub forms: Forms,
    /// Probability of the intervals, such as 0.95.
    pub confidence: f64,
    /// Which groups are compared with each other.
    pub compare: CompareChoice,
    /// Cut points of the level bands, where the job has them.
    pub levels: Option<Bands>,
    /// How many factors are sought, where the job says so.
    pub factors: Option<usize>,
    /// How the answers stand for the staff, where the job says so.
    pub sampling: Option<Sampling>,
    /// Which areas are weighed by importance, and how.
    pub needs: NeedsChoice,
    /// How support profiles are sought.
    pub profiles: ProfilesChoice,
    /// Themes of open answers.
    pub themes: Option<Themes>,
    /// Where random numbers start.
    pub seed: u64,
    /// The statistics, in their canonical order.
    pub statistics: BTreeSet<JobStatistic>,
    /// Tables of groups; where there are any, the job makes these and nothing else.
    pub tables: Vec<GroupTable>,
}

/// Where the answers are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataSource {
    /// A dataset folder of our own export.
    Folder(PathBuf),
    /// A file of somebody else with a codebook.
    File {
        /// A `.csv` (or `.tsv`, `.txt`) or `.parquet` file.
        file: PathBuf,
        /// The codebook.
        codebook: PathBuf,
        /// Staff numbers, if they are known.
        frame: Option<PathBuf>,
        /// The letters of text files.
        encoding: Encoding,
    },
}

/// The wave that is analysed and those it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaveChoice {
    /// The wave the findings are about.
    pub current: String,
    /// Earlier waves, for the trend.
    pub earlier: Vec<String>,
}

/// What a job writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Exact, unprotected numbers in one file that is marked so.
    Working,
    /// Protected findings, one file per population.
    Release {
        /// The release's number.
        number: u32,
        /// The rule the figures are protected with.
        rule: findings::Rule,
    },
}

/// A statistic, as a job file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum JobStatistic {
    /// Answers divided by staff.
    ResponseRate,
    /// Share of each answer, item by item.
    Distribution,
    /// Mean of a dimension.
    Mean,
    /// Quantiles of a dimension.
    Quantile,
    /// Target minus score.
    Gap,
    /// Share of people below target.
    BelowTarget,
    /// Cronbach's alpha.
    Alpha,
    /// Means over waves.
    Trend,
    /// Deviation, skewness and kurtosis of items and dimensions.
    Shape,
    /// Share of the two highest and of the two lowest answers, item by item.
    TopTwo,
    /// Groups compared with each other: tests and effect sizes.
    Compare,
    /// Alpha in its kinds, lambda 6, items against the rest.
    Reliability,
    /// Omega with its model.
    Omega,
    /// Ordinal alpha and omega on polychoric correlations.
    OrdinalReliability,
    /// Items that favour a group.
    Dif,
    /// Whether areas measure the same in all groups.
    Invariance,
    /// Share of people in each level band, and of wrong placements.
    Levels,
    /// Breaking off and items left without a value.
    BreakOff,
    /// Runs of identical answers.
    StraightLining,
    /// Mean with its bounds for those who did not answer.
    Bounds,
    /// What the design costs: design effects and weights.
    DesignEffect,
    /// Means with errors by replicate weights.
    Replicates,
    /// Likeness of the answers of one unit.
    Icc,
    /// Means of units drawn towards the mean of all.
    UnitMeans,
    /// Exploratory factor analysis.
    Factors,
    /// Change between waves, of linked people and of everybody.
    Change,
    /// Groups compared under the design: Rao-Scott and rank tests.
    WeightedTests,
    /// Importance against competence.
    Needs,
    /// Support profiles by k-means.
    Profiles,
    /// Themes of open answers.
    Themes,
    /// Change and slope over waves by a mixed model.
    MixedChange,
    /// How areas go together.
    Correlations,
}

impl JobStatistic {
    /// Every statistic with the name it has in a job file.
    pub const ALL: &[(&'static str, JobStatistic)] = &[
        ("response_rate", JobStatistic::ResponseRate),
        ("distribution", JobStatistic::Distribution),
        ("mean", JobStatistic::Mean),
        ("quantile", JobStatistic::Quantile),
        ("gap", JobStatistic::Gap),
        ("below_target", JobStatistic::BelowTarget),
        ("alpha", JobStatistic::Alpha),
        ("trend", JobStatistic::Trend),
        ("shape", JobStatistic::Shape),
        ("top_two", JobStatistic::TopTwo),
        ("compare", JobStatistic::Compare),
        ("reliability", JobStatistic::Reliability),
        ("omega", JobStatistic::Omega),
        ("ordinal_reliability", JobStatistic::OrdinalReliability),
        ("dif", JobStatistic::Dif),
        ("invariance", JobStatistic::Invariance),
        ("levels", JobStatistic::Levels),
        ("break_off", JobStatistic::BreakOff),
        ("straight_lining", JobStatistic::StraightLining),
        ("bounds", JobStatistic::Bounds),
        ("design_effect", JobStatistic::DesignEffect),
        ("replicates", JobStatistic::Replicates),
        ("icc", JobStatistic::Icc),
        ("unit_means", JobStatistic::UnitMeans),
        ("factors", JobStatistic::Factors),
        ("change", JobStatistic::Change),
        ("weighted_tests", JobStatistic::WeightedTests),
        ("needs", JobStatistic::Needs),
        ("profiles", JobStatistic::Profiles),
        ("themes", JobStatistic::Themes),
        ("mixed_change", JobStatistic::MixedChange),
        ("correlations", JobStatistic::Correlations),
    ];

    /// The statistics of a job that names none: those that a release can hold.
    pub const STANDARD: &[JobStatistic] = &[
        JobStatistic::ResponseRate,
        JobStatistic::Distribution,
        JobStatistic::Mean,
        JobStatistic::Quantile,
        JobStatistic::Gap,
        JobStatistic::BelowTarget,
        JobStatistic::Alpha,
        JobStatistic::Trend,
    ];

    /// Returns the name it has in a job file.
    #[must_use]
    pub fn name(self) -> &'static str {
        let found = JobStatistic::ALL
            .iter()
            .find(|(_, statistic)| *statistic == self);
        found.map_or("", |(name, _)| name)
    }
}

impl Job {
    /// Reads a job file; relative paths in it start from its folder.
    ///
    /// # Errors
    /// When the file cannot be read or has problems; all of them are in the error.
    pub fn from_file(path: &Path) -> Result<Job, AnalysisError> {
        Ok(Job::read(path)?.0)
    }

    /// Reads a job file, with the digest of its bytes.
    pub(crate) fn read(path: &Path) -> Result<(Job, String), AnalysisError> {
        let bytes = crate::dataset::read(path)?;
        let digest = crate::dataset::digest(&bytes);
        let text = String::from_utf8(bytes).map_err(|_| {
            let problem = "this is no text in UTF-8, and a job file is TOML; data are named in it, \
                           under [data]";
            AnalysisError::data(path, problem)
        })?;
        Ok((Job::parse(&text, path)?, digest))
    }

    /// Reads a job from text; `path` is named in problems, and relative paths start beside it.
    ///
    /// # Errors
    /// When the text has problems; all of them are in the error.
    pub fn parse(text: &str, path: &Path) -> Result<Job, AnalysisError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        read::job(text, &path.display().to_string(), folder).map_err(AnalysisError::Job)
    }
}
