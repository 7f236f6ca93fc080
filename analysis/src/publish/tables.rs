//! The tables of a job over the whole lattice of groups (decision record 0003).
//!
//! A release has each statistic by exactly the groups that its files show; a working result has
//! all of them by all groups, since nobody but the researcher sees it.

use findings::{RawTable, Statistic, Unit};
use surveys::dataset::VariableKind;

use super::beside;
use super::groupings::Groupings;
use super::plans::{About, By, PLANS, Plan, quantities};
use super::progress::{Part, Progress};
use super::waves::Waves;
use crate::estimate::{self, Design};
use crate::job::{Job, JobStatistic, Output};
use crate::{AnalysisError, Dataset, Grouping, Quantity};

/// Tables, and what was noticed while making them.
pub(super) struct Made {
    pub(super) tables: Vec<RawTable>,
    pub(super) notes: Vec<String>,
}

/// Makes every table of a job.
pub(super) fn all(
    job: &Job,
    waves: &Waves,
    progress: &mut dyn FnMut(Progress),
) -> Result<Made, AnalysisError> {
    let maker = Maker {
        waves,
        design: Design {
            confidence: job.confidence,
            sampling: job.sampling.clone(),
        },
        groupings: Groupings::of(job, waves)?,
        working: job.output == Output::Working,
    };
    let mut made = Made {
        tables: Vec::new(),
        notes: waves.current.notes().to_vec(),
    };
    made.notes.extend(waves.notes.iter().cloned());
    let total = job.statistics.len();
    let is_chosen = !job.statistics.iter().eq(JobStatistic::STANDARD);
    for (done, statistic) in job.statistics.iter().enumerate() {
        let part = Part::Estimating(*statistic);
        progress(Progress { part, done, total });
        let before = (made.tables.len(), made.notes.len());
        if *statistic == JobStatistic::ResponseRate {
            maker.response_rates(&mut made)?;
        }
        if let Some(make) = beside::maker_of(*statistic) {
            maker.in_working_results(*statistic, &mut made, |made| make(job, &maker, made))?;
        }
        if *statistic == JobStatistic::DesignEffect {
            maker.in_working_results(*statistic, &mut made, |made| maker.weights(made))?;
        }
        let plans = || PLANS.iter().filter(|plan| plan.asked == *statistic);
        for plan in plans() {
            let table = maker.table(plan, &mut made.notes)?;
            made.tables.extend(table);
        }
        // A job that names none has those of everybody, whether or not the data hold them.
        if is_chosen && (made.tables.len(), made.notes.len()) == before {
            let why = plans()
                .next()
                .map_or(NOTHING_ASKED, |plan| maker.why_not(plan));
            made.notes.push(format!("`{}` {why}", statistic.name()));
        }
    }
    Ok(made)
}

const IN_WORKING_RESULTS: &str = "stands in working results only";
const NOTHING_ASKED: &str = "makes no table: the codebook has nothing it could be about";

/// Makes the tables of one job.
pub(super) struct Maker<'w> {
    pub(super) waves: &'w Waves,
    pub(super) design: Design,
    pub(super) groupings: Groupings,
    working: bool,
}

impl Maker<'_> {
    /// Puts the estimates of several quantities under each other. There is no table where the job
    /// has no such groups, the codebook nothing to be about, or the result is a release.
    fn table(
        &self,
        plan: &Plan,
        notes: &mut Vec<String>,
    ) -> Result<Option<RawTable>, AnalysisError> {
        let current = &self.waves.current;
        let (data, by) = match plan.by {
            By::Full => (Some(current), Some(&self.groupings.full)),
            By::Coarse => (Some(current), Some(&self.groupings.coarse)),
            By::Units => (Some(current), self.groupings.units.as_ref()),
            By::AcrossWaves => (
                self.waves.trend.as_ref(),
                (self.groupings.over_waves.as_ref()).map(|_| &self.groupings.coarse),
            ),
            By::Waves => (
                self.waves.trend.as_ref(),
                self.groupings.over_waves.as_ref(),
            ),
        };
        let (Some(data), Some(by)) = (data, by) else {
            return Ok(None);
        };
        let (name, quantities) = quantities(current, plan.about);
        if quantities.is_empty() || (plan.working_only && !self.working) {
            return Ok(None);
        }
        let mut dims = Vec::new();
        let mut rows = Vec::new();
        let mut ends = [f64::INFINITY, f64::NEG_INFINITY];
        for quantity in &quantities {
            let estimates = (plan.estimator)(data, quantity, by, &self.design)?;
            if plan.unit == Unit::Scale {
                let [low, high] = quantity.scale(data)?.as_numbers();
                ends = [ends[0].min(low), ends[1].max(high)];
            }
            for note in estimates.notes {
                // What is said about the design is said for every quantity.
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
            dims = estimates.dims;
            rows.extend(estimates.rows.into_iter().map(|mut row| {
                row.keys.insert(0, quantity.name().to_owned());
                row
            }));
        }
        dims.insert(0, name.to_owned());
        Ok(Some(RawTable {
            id: plan.id.to_owned(),
            statistic: plan.statistic,
            unit: plan.unit,
            scale: (plan.unit == Unit::Scale).then_some(ends),
            dims,
            rows,
        }))
    }

    /// Says why there is no table.
    fn why_not(&self, plan: &Plan) -> &'static str {
        let groupings = &self.groupings;
        match (plan.by, plan.about) {
            _ if plan.working_only && !self.working => IN_WORKING_RESULTS,
            (By::Waves | By::AcrossWaves, _)
                if self.waves.trend.is_none() || groupings.over_waves.is_none() =>
            {
                "makes no table: it needs two waves; name the earlier ones in [wave]"
            }
            (By::Units, _) if groupings.units.is_none() => {
                "makes no table: it is about units; say `unit = true` in [groups]"
            }
            (_, About::Targeted) => "makes no table: the codebook has no targets",
            _ => NOTHING_ASKED,
        }
    }

    fn response_rates(&self, made: &mut Made) -> Result<(), AnalysisError> {
        let units = self.groupings.units.as_ref();
        let units = units.map(|units| ("unit.response.rate", units));
        let full = ("response.rate", &self.groupings.full);
        for (id, by) in [full].into_iter().chain(units) {
            let rates = estimate::response_rate(&self.waves.current, by, &self.design)?;
            let notes = rates.notes.iter();
            made.notes
                .extend(notes.map(|note| format!("more answers than staff: {note}")));
            made.tables.push(RawTable {
                id: id.to_owned(),
                statistic: Statistic::ResponseRate,
                unit: Unit::Proportion,
                scale: None,
                dims: rates.dims,
                rows: rates.rows,
            });
        }
        Ok(())
    }

    /// Makes the table of weights, which is about nothing that was asked.
    fn weights(&self, made: &mut Made) -> Result<(), AnalysisError> {
        let by = &self.groupings.full;
        let found = estimate::weights(&self.waves.current, by, &self.design)?;
        made.tables.push(RawTable {
            id: "design.weights".to_owned(),
            statistic: Statistic::Working,
            unit: Unit::Number,
            scale: None,
            dims: found.dims,
            rows: found.rows,
        });
        Ok(())
    }

    /// Makes tables that a release cannot hold, or says that it does not.
    fn in_working_results(
        &self,
        statistic: JobStatistic,
        made: &mut Made,
        make: impl FnOnce(&mut Made) -> Result<(), AnalysisError>,
    ) -> Result<(), AnalysisError> {
        if self.working {
            return make(made);
        }
        made.notes
            .push(format!("`{}` {IN_WORKING_RESULTS}", statistic.name()));
        Ok(())
    }

    /// Says that a statistic is about those who answered, where others are about the staff.
    pub(super) fn note_unweighted(&self, name: &str, made: &mut Made) {
        if self.design.sampling.is_some() {
            let note = format!("`{name}` is about those who answered: [design] does not weigh it");
            made.notes.push(note);
        }
    }

    /// Returns the groups of the job.
    pub(super) fn groups(&self) -> &Grouping {
        &self.groupings.full
    }

    /// Returns the answers of several waves with the name of the wave column, if there are any.
    pub(super) fn several_waves(&self) -> Option<(&Dataset, String)> {
        let data = self.waves.trend.as_ref()?;
        let column = data.column_of(VariableKind::Wave)?;
        Some((data, column.name.clone()))
    }

    /// Returns every dimension of the codebook.
    pub(super) fn areas(&self) -> Vec<Quantity> {
        quantities(&self.waves.current, About::Areas).1
    }

    /// Returns every item of the codebook.
    pub(super) fn items(&self) -> Vec<Quantity> {
        quantities(&self.waves.current, About::Items).1
    }
}
