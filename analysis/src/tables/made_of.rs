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
    (JobStatistic::Compare, &[TableKind::Scores]),
    (JobStatistic::Distribution, &[TableKind::Codes]),
    (JobStatistic::Gap, &[TableKind::Targets]),
    (JobStatistic::Mean, &[TableKind::Scores]),
    (JobStatistic::Omega, &[TableKind::Complete]),
    (JobStatistic::OrdinalReliability, &[TableKind::Contingency]),
    (JobStatistic::Quantile, &[TableKind::Scores]),
    (
        JobStatistic::Reliability,
        &[TableKind::Complete, TableKind::Pairs],
    ),
    (JobStatistic::ResponseRate, &[]),
    (JobStatistic::Shape, &[TableKind::Scores]),
    (JobStatistic::TopTwo, &[TableKind::Scores]),
    (JobStatistic::Trend, &[TableKind::Scores]),
];

/// Returns the tables a statistic starts from, or none where it needs the answers themselves.
pub(crate) fn made_of(statistic: JobStatistic) -> Option<&'static [TableKind]> {
    let mut listed = MADE_OF.iter();
    let found = listed.find(|(listed, _)| *listed == statistic);
    found.map(|(_, tables)| *tables)
}
