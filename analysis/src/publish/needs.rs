//! Which integer tables a job needs, by which columns: what a municipality hands over.
//!
//! It follows from the job and the codebook alone, so that everybody hands over the same tables,
//! whoever answered.

use std::collections::BTreeSet;

use surveys::dataset::VariableKind;

use super::decided::importances;
use super::groupings::GridColumns;
use super::plans::{About, By, PLANS, quantities};
use crate::estimate::unit_columns;
use crate::job::{Job, JobStatistic, Output};
use crate::tables::held::TableId;
use crate::tables::linked::ChangeOf;
use crate::tables::made_of::{instead, made_of};
use crate::tables::over_waves::OverWaves;
use crate::tables::questionnaire::Questionnaire;
use crate::tables::{Subject, TableKind, TableOf as _};
use crate::{AnalysisError, Dataset, Quantity};

/// Tables by the smallest groups of some columns.
pub(crate) struct Need {
    pub(crate) columns: Vec<String>,
    pub(crate) tables: Vec<TableId>,
}

/// Returns the tables that the statistics of a job are made of; statistics that need the answers
/// themselves are named in notes.
pub(crate) fn needs(job: &Job, data: &Dataset) -> Result<(Vec<Need>, Vec<String>), AnalysisError> {
    let columns = GridColumns::of(job, data)?;
    let mut found = Found {
        data,
        needs: Vec::new(),
    };
    // Numbers of answers are in every grid, for response rates.
    found.add(&columns.full, None, &[]);
    if let Some(units) = &columns.units {
        found.add(units, None, &[]);
    }
    let mut notes = Vec::new();
    if job.sampling.is_some() {
        // Strata, clusters and margins are worked out from numbers of answers.
        let sample = columns.with_sample(&columns.full);
        found.add(&sample, None, &[]);
    }
    for statistic in &job.statistics {
        match made_of(*statistic).filter(|_| is_settled(*statistic, job)) {
            Some(kinds) => of_statistic(*statistic, kinds, job, &columns, &mut found)?,
            None => notes.push(format!(
                "`{}` needs the answers themselves and is not in the tables: {}",
                statistic.name(),
                instead(*statistic)
            )),
        }
    }
    Ok((found.needs, notes))
}

/// Which waves are compared must follow from the job, not from whoever answered.
fn is_settled(statistic: JobStatistic, job: &Job) -> bool {
    let over_waves = [JobStatistic::Change, JobStatistic::MixedChange];
    !over_waves.contains(&statistic) || job.wave.is_some()
}

/// Statistics whose figures the design weighs.
fn is_weighted(statistic: JobStatistic) -> bool {
    use JobStatistic as S;
    matches!(
        statistic,
        S::Mean | S::Trend | S::Gap | S::DesignEffect | S::Replicates
    )
}

fn of_statistic(
    statistic: JobStatistic,
    kinds: &[TableKind],
    job: &Job,
    columns: &GridColumns,
    found: &mut Found<'_>,
) -> Result<(), AnalysisError> {
    let working = job.output == Output::Working;
    let plans = PLANS.iter().filter(|plan| plan.asked == statistic);
    for plan in plans.filter(|plan| working || !plan.working_only) {
        let by = match plan.by {
            By::Full => Some(&columns.full),
            By::Coarse | By::Waves => Some(&columns.coarse),
            By::Units => columns.units.as_ref(),
            // It is about all waves of a person, which is more than a quantity.
            By::AcrossWaves => None,
        };
        match (by, statistic) {
            (None, _) => {}
            (Some(by), JobStatistic::Icc) => {
                let unit = unit_columns(found.data, job.sampling.as_ref())?;
                let by = GridColumns::with(by, &unit);
                found.add(&by, Some(plan.about), kinds);
            }
            (Some(by), _) if is_weighted(statistic) => {
                let by = columns.with_sample(by);
                found.add(&by, Some(plan.about), kinds);
            }
            (Some(by), _) => found.add(by, Some(plan.about), kinds),
        }
    }
    if statistic == JobStatistic::Trend {
        // Whether a wave was asked every item decides whether it is compared.
        found.add(&columns.coarse, Some(About::Items), &[TableKind::Codes]);
    }
    if working {
        of_working_statistic(statistic, kinds, job, columns, found)?;
    }
    Ok(())
}

/// Adds what statistics with makers of their own start from.
fn of_working_statistic(
    statistic: JobStatistic,
    kinds: &[TableKind],
    job: &Job,
    columns: &GridColumns,
    found: &mut Found<'_>,
) -> Result<(), AnalysisError> {
    match statistic {
        JobStatistic::WeightedTests => {
            let compared = columns.with_sample(&columns.compared);
            found.add(&compared, Some(About::Areas), kinds);
            found.add(&compared, Some(About::Items), kinds);
        }
        JobStatistic::Compare | JobStatistic::Dif | JobStatistic::Invariance => {
            found.add(&columns.compared, Some(About::Areas), kinds);
            if statistic == JobStatistic::Compare && job.compare.items {
                found.add(&columns.compared, Some(About::Items), kinds);
            }
        }
        JobStatistic::Factors | JobStatistic::Levels => {
            found.add(&columns.full, Some(About::Areas), kinds);
        }
        JobStatistic::Change => {
            found.add(&columns.full, Some(About::Areas), &[TableKind::Scores]);
            let areas = quantities(found.data, About::Areas).1;
            let pairs = wave_pairs(job);
            let changes = areas.iter().flat_map(|of| {
                pairs.iter().map(|[from, to]| ChangeOf {
                    of: of.clone(),
                    from: from.clone(),
                    to: to.clone(),
                })
            });
            let changes: Vec<ChangeOf> = changes.collect();
            let linked = changes.iter();
            let linked = linked.map(|change| (TableKind::Linked, change.subject()));
            found.add_about(&columns.full, linked);
        }
        JobStatistic::MixedChange => {
            let waves: BTreeSet<String> = named_waves(job).into_iter().cloned().collect();
            let over = quantities(found.data, About::Areas).1.into_iter();
            let over = over.map(|of| OverWaves {
                of,
                waves: waves.iter().cloned().collect(),
            });
            let tables = over.map(|over| (TableKind::Waves, over.subject()));
            found.add_about(&columns.full, tables);
        }
        JobStatistic::BreakOff | JobStatistic::StraightLining => {
            let tables = kinds.iter().map(|kind| (*kind, Questionnaire.subject()));
            found.add_about(&columns.full, tables);
        }
        JobStatistic::Needs => {
            let areas = importances(job, found.data)?;
            let alone = areas.iter().map(|of| (TableKind::Importance, of.subject()));
            let pairs = [(TableKind::ImportancePairs, areas.subject())];
            found.add_about(&columns.full, alone.chain(pairs));
        }
        JobStatistic::Correlations => {
            let areas = quantities(found.data, About::Areas).1;
            let pairs = [(TableKind::AreaPairs, areas.subject())];
            found.add_about(&columns.full, pairs.into_iter());
        }
        JobStatistic::Themes => {
            let themes = job.themes.iter();
            let themes = themes.map(|themes| (TableKind::Themes, themes.subject()));
            found.add_about(&columns.full, themes);
        }
        _ => {}
    }
    Ok(())
}

/// Returns the waves that a job names, the current one last.
fn named_waves(job: &Job) -> Vec<&String> {
    let waves = job.wave.iter();
    waves
        .flat_map(|wave| wave.earlier.iter().chain([&wave.current]))
        .collect()
}

/// Returns every two waves that a job names, the earlier one first.
fn wave_pairs(job: &Job) -> Vec<[String; 2]> {
    let all = named_waves(job);
    let pairs = all.iter().enumerate().flat_map(|(place, from)| {
        let later = all[place + 1..].iter();
        later.map(|to| [(*from).clone(), (*to).clone()])
    });
    pairs.collect()
}

struct Found<'d> {
    data: &'d Dataset,
    needs: Vec<Need>,
}

impl Found<'_> {
    fn add(&mut self, columns: &[String], about: Option<About>, kinds: &[TableKind]) {
        let quantities = about.map(|about| quantities(self.data, about).1);
        // A question with one choice is a column to group by: numbers of people by its options.
        let (choices, scored): (Vec<Quantity>, Vec<Quantity>) =
            quantities.into_iter().flatten().partition(|of| {
                let variable = self.data.variable(of.name());
                matches!(of, Quantity::Item(_))
                    && variable.is_ok_and(|variable| variable.kind == VariableKind::Single)
            });
        for choice in choices {
            let mut columns = columns.to_vec();
            columns.push(choice.name().to_owned());
            columns.sort();
            columns.dedup();
            self.needs.push(Need {
                columns,
                tables: Vec::new(),
            });
        }
        let ids = scored.into_iter().flat_map(|of| {
            kinds.iter().map(move |table| TableId {
                table: *table,
                of: of.subject(),
            })
        });
        self.needs.push(Need {
            columns: columns.to_vec(),
            tables: ids.collect(),
        });
    }

    fn add_about(
        &mut self,
        columns: &[String],
        tables: impl Iterator<Item = (TableKind, Subject)>,
    ) {
        self.needs.push(Need {
            columns: columns.to_vec(),
            tables: tables.map(|(table, of)| TableId { table, of }).collect(),
        });
    }
}
