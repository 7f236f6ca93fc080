//! Which integer table each statistic of a job is made of.
//!
//! What stands here can be handed over by a municipality and merged to the last bit; a test runs
//! every one of them on the whole and on the merged answers. Numbers of answers (T9) are in every
//! file. A statistic that is not listed needs the answers themselves.

use super::TableKind;
use crate::job::JobStatistic;

/// Statistics with the tables they start from.
const MADE_OF: &[(JobStatistic, &[TableKind])] = &[
    (JobStatistic::Alpha, &[TableKind::Complete]),
    (JobStatistic::BelowTarget, &[TableKind::Targets]),
    (JobStatistic::Bounds, &[TableKind::Scores]),
    (JobStatistic::BreakOff, &[TableKind::Course]),
    (
        JobStatistic::Change,
        &[TableKind::Linked, TableKind::Scores],
    ),
    (JobStatistic::Compare, &[TableKind::Scores]),
    (JobStatistic::Correlations, &[TableKind::AreaPairs]),
    (JobStatistic::DesignEffect, &[TableKind::Scores]),
    (JobStatistic::Dif, &[TableKind::Rest]),
    (JobStatistic::Distribution, &[TableKind::Codes]),
    (JobStatistic::Factors, &[TableKind::Complete]),
    (JobStatistic::Gap, &[TableKind::Targets]),
    (JobStatistic::Icc, &[TableKind::Scores]),
    (JobStatistic::Invariance, &[TableKind::Complete]),
    (
        JobStatistic::Levels,
        &[TableKind::Complete, TableKind::Scores],
    ),
    (JobStatistic::Mean, &[TableKind::Scores]),
    (JobStatistic::MixedChange, &[TableKind::Waves]),
    (
        JobStatistic::Needs,
        &[TableKind::Importance, TableKind::ImportancePairs],
    ),
    (JobStatistic::Omega, &[TableKind::Complete]),
    (JobStatistic::OrdinalReliability, &[TableKind::Contingency]),
    (JobStatistic::Quantile, &[TableKind::Scores]),
    (
        JobStatistic::Reliability,
        &[TableKind::Complete, TableKind::Pairs],
    ),
    (JobStatistic::Replicates, &[TableKind::Scores]),
    (JobStatistic::ResponseRate, &[]),
    (JobStatistic::Shape, &[TableKind::Scores]),
    (JobStatistic::StraightLining, &[TableKind::Runs]),
    (JobStatistic::Themes, &[TableKind::Themes]),
    (JobStatistic::TopTwo, &[TableKind::Scores]),
    (JobStatistic::Trend, &[TableKind::Scores]),
    (JobStatistic::UnitMeans, &[TableKind::Scores]),
    (JobStatistic::WeightedTests, &[TableKind::Scores]),
];

/// Returns the tables a statistic starts from, or none where it needs the answers themselves.
pub(crate) fn made_of(statistic: JobStatistic) -> Option<&'static [TableKind]> {
    let mut listed = MADE_OF.iter();
    let found = listed.find(|(listed, _)| *listed == statistic);
    found.map(|(_, tables)| *tables)
}

/// Says what to do about a statistic that needs the answers themselves.
pub(crate) fn instead(statistic: JobStatistic) -> &'static str {
    match statistic {
        JobStatistic::Change | JobStatistic::MixedChange => {
            "name the waves in [wave], so that everybody counts the same ones"
        }
        _ => "run it at each municipality",
    }
}
