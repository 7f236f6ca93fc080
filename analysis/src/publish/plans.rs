//! Which tables statistics of quantities make, by which groups, with which estimator.

use findings::{Statistic, Unit, dim};
use surveys::dataset::{Codebook, Variable, VariableKind};

use crate::estimate::{self, Design, Estimates};
use crate::job::JobStatistic;
use crate::{AnalysisError, Dataset, Grouping, Quantity};

/// The face that all statistics have.
type Estimator = fn(&Dataset, &Quantity, &Grouping, &Design) -> Result<Estimates, AnalysisError>;

/// One table: which statistic of the job asks for it, and how it is made.
pub(super) struct Plan {
    pub(super) asked: JobStatistic,
    pub(super) id: &'static str,
    pub(super) statistic: Statistic,
    pub(super) unit: Unit,
    pub(super) about: About,
    pub(super) by: By,
    pub(super) estimator: Estimator,
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
