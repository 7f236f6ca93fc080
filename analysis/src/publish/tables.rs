//! The tables of a job over the whole lattice of groups (decision record 0003).
//!
//! A release has each statistic by exactly the groups that its files show; a working result has
//! all of them by all groups, since nobody but the researcher sees it.

use findings::{RawTable, Statistic, Unit, dim};
use surveys::dataset::{Codebook, Variable, VariableKind};

use super::beside;
use super::groupings::Groupings;
use super::progress::{Part, Progress};
use super::waves::Waves;
use crate::estimate::{self, Design, Estimates};
use crate::job::{Job, JobStatistic, Output};
use crate::{AnalysisError, Dataset, Grouping, Quantity};

/// Tables, and what was noticed while making them.
pub(super) struct Made {
    pub(super) tables: Vec<RawTable>,
    pub(super) notes: Vec<String>,
}

/// The face that all statistics have.
type Estimator = fn(&Dataset, &Quantity, &Grouping, &Design) -> Result<Estimates, AnalysisError>;

/// One table: which statistic of the job asks for it, and how it is made.
pub(super) struct Plan {
    pub(super) asked: JobStatistic,
    id: &'static str,
    statistic: Statistic,
    unit: Unit,
    pub(super) about: About,
    pub(super) by: By,
    estimator: Estimator,
    /// Exact numbers for the researcher alone: it is in no release.
    pub(super) working_only: bool,
}

/// What a table is about.
#[derive(Clone, Copy)]
pub(super) enum About {
    Areas,
    /// Areas that anybody has a target in.
    Targeted,
    Items,
    /// Everything with answers to choose from.
    Questions,
}

/// By which of the job's groupings a table is made.
#[derive(Clone, Copy)]
pub(super) enum By {
    Full,
    Coarse,
    Waves,
    /// The waves are what it is about, so they are no groups.
    AcrossWaves,
    Units,
}

impl Plan {
    const fn new(
        asked: JobStatistic,
        id: &'static str,
        about: About,
        by: By,
        how: Estimator,
    ) -> Plan {
        let (statistic, unit) = match asked {
            JobStatistic::ResponseRate => (Statistic::ResponseRate, Unit::Proportion),
            JobStatistic::Distribution => (Statistic::Distribution, Unit::Proportion),
            JobStatistic::Mean | JobStatistic::Trend => (Statistic::Mean, Unit::Scale),
            JobStatistic::Quantile => (Statistic::Quantile, Unit::Scale),
            JobStatistic::Gap => (Statistic::Gap, Unit::Scale),
            JobStatistic::BelowTarget => (Statistic::BelowTarget, Unit::Proportion),
            JobStatistic::Alpha => (Statistic::Alpha, Unit::Number),
            _ => (Statistic::Working, Unit::Number),
        };
        Plan {
            asked,
            id,
            statistic,
            unit,
            about,
            by,
            estimator: how,
            working_only: false,
        }
    }

    /// Plans a table of a statistic that is in no release at all.
    const fn working(
        asked: JobStatistic,
        id: &'static str,
        unit: Unit,
        about: About,
        by: By,
        how: Estimator,
    ) -> Plan {
        Plan {
            asked,
            id,
            statistic: Statistic::Working,
            unit,
            about,
            by,
            estimator: how,
            working_only: true,
        }
    }

    const fn working_only(mut self) -> Plan {
        self.working_only = true;
        self
    }
}

/// Every table but the response rates, which are about nothing that was asked.
pub(super) const PLANS: &[Plan] = {
    use JobStatistic as Asked;
    &[
        Plan::new(
            Asked::Mean,
            "area.mean",
            About::Areas,
            By::Full,
            estimate::mean,
        ),
        Plan::new(
            Asked::Mean,
            "unit.area.mean",
            About::Areas,
            By::Units,
            estimate::mean,
        ),
        Plan::new(
            Asked::Mean,
            "item.mean",
            About::Items,
            By::Full,
            estimate::mean,
        )
        .working_only(),
        Plan::new(
            Asked::Quantile,
            "area.quantile",
            About::Areas,
            By::Full,
            estimate::quantile,
        ),
        Plan::new(
            Asked::Gap,
            "area.gap",
            About::Targeted,
            By::Full,
            estimate::gap,
        ),
        Plan::new(
            Asked::Gap,
            "area.shortfall",
            About::Targeted,
            By::Full,
            estimate::shortfall,
        )
        .working_only(),
        Plan::new(
            Asked::BelowTarget,
            "area.below",
            About::Targeted,
            By::Full,
            estimate::below_target,
        ),
        Plan::new(
            Asked::Alpha,
            "area.alpha",
            About::Areas,
            By::Coarse,
            estimate::alpha,
        ),
        Plan::new(
            Asked::Distribution,
            "item.distribution",
            About::Questions,
            By::Coarse,
            estimate::distribution,
        ),
        Plan::new(
            Asked::Distribution,
            "item.missing",
            About::Items,
            By::Coarse,
            estimate::missing_reasons,
        )
        .working_only(),
        Plan::new(
            Asked::Trend,
            "area.trend",
            About::Areas,
            By::Waves,
            estimate::trend,
        ),
        Plan::working(
            Asked::Shape,
            "area.shape",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::shape,
        ),
        Plan::working(
            Asked::Shape,
            "item.shape",
            Unit::Number,
            About::Items,
            By::Full,
            estimate::shape,
        ),
        Plan::working(
            Asked::TopTwo,
            "item.top_two",
            Unit::Proportion,
            About::Items,
            By::Full,
            estimate::top_two,
        ),
        Plan::working(
            Asked::TopTwo,
            "item.bottom_two",
            Unit::Proportion,
            About::Items,
            By::Full,
            estimate::bottom_two,
        ),
        Plan::working(
            Asked::Reliability,
            "area.reliability",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::reliability,
        ),
        Plan::working(
            Asked::Reliability,
            "area.item_rest",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::item_rest,
        ),
        Plan::working(
            Asked::Omega,
            "area.omega",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::omega,
        ),
        Plan::working(
            Asked::Omega,
            "area.loadings",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::loadings,
        ),
        Plan::working(
            Asked::OrdinalReliability,
            "area.ordinal_reliability",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::ordinal_reliability,
        ),
        Plan::working(
            Asked::OrdinalReliability,
            "area.polychoric",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::polychoric,
        ),
        Plan::working(
            Asked::Bounds,
            "area.bounds",
            Unit::Scale,
            About::Areas,
            By::Full,
            estimate::bounds,
        ),
        Plan::working(
            Asked::DesignEffect,
            "area.design_effect",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::design_effect,
        ),
        Plan::working(
            Asked::Replicates,
            "area.replicates",
            Unit::Scale,
            About::Areas,
            By::Full,
            estimate::replicates,
        ),
        Plan::working(
            Asked::Icc,
            "area.icc",
            Unit::Number,
            About::Areas,
            By::Full,
            estimate::icc,
        ),
        Plan::working(
            Asked::UnitMeans,
            "unit.area.shrunken",
            Unit::Number,
            About::Areas,
            By::Units,
            estimate::shrunken,
        ),
        Plan::working(
            Asked::MixedChange,
            "area.mixed_change",
            Unit::Number,
            About::Areas,
            By::AcrossWaves,
            estimate::mixed_change,
        ),
        Plan::working(
            Asked::MixedChange,
            "area.slope",
            Unit::Number,
            About::Areas,
            By::AcrossWaves,
            estimate::slope,
        ),
    ]
};

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
    let total = job.statistics.len();
    for (done, statistic) in job.statistics.iter().enumerate() {
        let part = Part::Estimating(*statistic);
        progress(Progress { part, done, total });
        if *statistic == JobStatistic::ResponseRate {
            maker.response_rates(&mut made)?;
        }
        if let Some(make) = beside::maker_of(*statistic) {
            maker.in_working_results(*statistic, &mut made, |made| make(job, &maker, made))?;
        }
        if *statistic == JobStatistic::DesignEffect {
            maker.in_working_results(*statistic, &mut made, |made| maker.weights(made))?;
        }
        for plan in PLANS.iter().filter(|plan| plan.asked == *statistic) {
            let table = maker.table(plan, &mut made.notes)?;
            made.tables.extend(table);
        }
    }
    Ok(made)
}

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
        made.notes.push(format!(
            "`{}` stands in working results only",
            statistic.name()
        ));
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

/// Returns what a table is about, with the name of its first column.
pub(super) fn quantities(data: &Dataset, about: About) -> (&'static str, Vec<Quantity>) {
    let codebook = data.codebook();
    let has_target = |id: &str| codebook.targets.iter().any(|target| target.dimension == id);
    let dimensions = codebook.dimensions.iter().map(|dimension| &dimension.id);
    let areas = |keep: &dyn Fn(&str) -> bool| {
        let kept = dimensions.clone().filter(|id| keep(id));
        kept.map(|id| Quantity::Dimension(id.clone())).collect()
    };
    let items = |keep: &dyn Fn(&Variable) -> bool| {
        let kept = codebook.variables.iter().filter(|it| keep(it));
        kept.map(|it| Quantity::Item(it.name.clone())).collect()
    };
    match about {
        About::Areas => (dim::AREA, areas(&|_| true)),
        About::Targeted => (dim::AREA, areas(&has_target)),
        About::Items => (
            dim::ITEM,
            items(&|variable| variable.kind == VariableKind::Scale),
        ),
        About::Questions => (
            dim::ITEM,
            items(&|variable| is_question(codebook, variable)),
        ),
    }
}

/// Returns whether a column holds answers that people chose from. Our own export has columns of
/// the kind that come from no item, and one that says whether a text was given.
fn is_question(codebook: &Codebook, variable: &Variable) -> bool {
    match variable.kind {
        VariableKind::Scale | VariableKind::Multi => true,
        VariableKind::Single => {
            variable.values.len() != 1 && (codebook.releases.is_empty() || variable.item.is_some())
        }
        _ => false,
    }
}
