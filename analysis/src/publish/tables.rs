//! The tables of a job over the whole lattice of groups (decision record 0003).
//!
//! A release has each statistic by exactly the groups that its files show; a working result has
//! all of them by all groups, since nobody but the researcher sees it.

use findings::{RawTable, Statistic, Unit, dim};
use surveys::dataset::VariableKind;

use super::waves::Waves;
use crate::estimate::{self, Design, Estimates};
use crate::job::{Job, JobStatistic, Output};
use crate::{AnalysisError, Dataset, Grouping, Quantity};

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Reading and checking the data.
    Reading,
    /// Estimating.
    Estimating(JobStatistic),
    /// Protecting the figures.
    Protecting,
    /// Writing the files.
    Writing,
}

/// How far a run is: `done` of `total` steps of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The part.
    pub part: Part,
    /// Steps done.
    pub done: usize,
    /// Steps of the part.
    pub total: usize,
}

impl Progress {
    pub(super) fn started(part: Part) -> Self {
        Progress {
            part,
            done: 0,
            total: 1,
        }
    }
}

/// Tables, and what was noticed while making them.
pub(super) struct Made {
    pub(super) tables: Vec<RawTable>,
    pub(super) notes: Vec<String>,
}

/// A statistic with the face that all of them have.
type Estimator = fn(&Dataset, &Quantity, &Grouping, &Design) -> Result<Estimates, AnalysisError>;

/// The groupings of a job.
struct Groupings {
    /// Everything the job asks for.
    full: Grouping,
    /// Municipalities only; everything in a working result.
    coarse: Grouping,
    /// Municipalities and waves; everything and waves in a working result.
    over_waves: Option<Grouping>,
    /// Units in their municipalities.
    units: Option<Grouping>,
}

/// Makes every table of a job.
pub(super) fn all(
    job: &Job,
    waves: &Waves,
    progress: &mut dyn FnMut(Progress),
) -> Result<Made, AnalysisError> {
    let data = &waves.current;
    let maker = Maker {
        data,
        design: Design {
            confidence: job.confidence,
        },
        groupings: groupings(job, waves)?,
        working: job.output == Output::Working,
    };
    let mut made = Made {
        tables: Vec::new(),
        notes: data.notes().to_vec(),
    };
    let total = job.statistics.len();
    for (done, statistic) in job.statistics.iter().enumerate() {
        progress(Progress {
            part: Part::Estimating(*statistic),
            done,
            total,
        });
        maker.tables_of(*statistic, waves.trend.as_ref(), &mut made)?;
    }
    Ok(made)
}

fn groupings(job: &Job, waves: &Waves) -> Result<Groupings, AnalysisError> {
    let data = &waves.current;
    let name_of = |kind| data.column_of(kind).map(|variable| variable.name.as_str());
    let municipality = name_of(VariableKind::Municipality);
    let wave = name_of(VariableKind::Wave);
    let mut by = Vec::new();
    for name in &job.by {
        by.push(data.column_called(name)?.name.as_str());
    }
    // The municipality stands before the other groups, wherever the job names it.
    by.sort_by_key(|name| Some(*name) != municipality);
    let shown_by_city: Vec<&str> = by
        .iter()
        .copied()
        .filter(|name| Some(*name) == municipality)
        .collect();
    let coarse = if job.output == Output::Working {
        by.clone()
    } else {
        shown_by_city
    };
    let over_waves = waves
        .trend
        .as_ref()
        .and(wave)
        .filter(|wave| !by.contains(wave))
        .map(|wave| {
            let names: Vec<&str> = coarse.iter().copied().chain([wave]).collect();
            Grouping::by(data, &names).map(|grouping| grouping.without_total(dim::WAVE))
        });
    let units = match (job.unit, name_of(VariableKind::Unit)) {
        (false, _) => None,
        (true, Some(unit)) => {
            let names: Vec<&str> = municipality.into_iter().chain([unit]).collect();
            Some(Grouping::by(data, &names)?)
        }
        (true, None) => {
            return Err(AnalysisError::UnknownName {
                problem:
                    "the data have no column of kind `unit`; take `unit = true` out of [groups]"
                        .to_owned(),
            });
        }
    };
    Ok(Groupings {
        full: Grouping::by(data, &by)?.without_total(dim::WAVE),
        coarse: Grouping::by(data, &coarse)?.without_total(dim::WAVE),
        over_waves: over_waves.transpose()?,
        units,
    })
}

struct Maker<'d> {
    data: &'d Dataset,
    design: Design,
    groupings: Groupings,
    working: bool,
}

impl Maker<'_> {
    fn tables_of(
        &self,
        statistic: JobStatistic,
        trend: Option<&Dataset>,
        made: &mut Made,
    ) -> Result<(), AnalysisError> {
        let Groupings {
            full,
            coarse,
            over_waves,
            units,
        } = &self.groupings;
        let areas = self.areas();
        let mut add =
            |id: &str, statistic, unit, table: Result<Option<RawTable>, AnalysisError>| {
                if let Some(mut table) = table? {
                    id.clone_into(&mut table.id);
                    (table.statistic, table.unit) = (statistic, unit);
                    if unit != Unit::Scale {
                        table.scale = None;
                    }
                    made.tables.push(table);
                }
                Ok::<(), AnalysisError>(())
            };
        match statistic {
            JobStatistic::ResponseRate => return self.response(made),
            JobStatistic::Mean => {
                let means = self.table(dim::AREA, &areas, full, estimate::mean);
                add("area.mean", Statistic::Mean, Unit::Scale, means)?;
                if let Some(units) = units {
                    let means = self.table(dim::AREA, &areas, units, estimate::mean);
                    add("unit.area.mean", Statistic::Mean, Unit::Scale, means)?;
                }
                if self.working {
                    let means = self.table(dim::ITEM, &self.items(), full, estimate::mean);
                    add("item.mean", Statistic::Mean, Unit::Scale, means)?;
                }
            }
            JobStatistic::Quantile => {
                let quantiles = self.table(dim::AREA, &areas, full, estimate::quantile);
                add("area.quantile", Statistic::Quantile, Unit::Scale, quantiles)?;
            }
            JobStatistic::Gap => {
                let gaps = self.table(dim::AREA, &self.targeted(), full, estimate::gap);
                add("area.gap", Statistic::Gap, Unit::Scale, gaps)?;
                if self.working {
                    let shortfalls =
                        self.table(dim::AREA, &self.targeted(), full, estimate::shortfall);
                    add("area.shortfall", Statistic::Gap, Unit::Scale, shortfalls)?;
                }
            }
            JobStatistic::BelowTarget => {
                let below = self.table(dim::AREA, &self.targeted(), full, estimate::below_target);
                add(
                    "area.below",
                    Statistic::BelowTarget,
                    Unit::Proportion,
                    below,
                )?;
            }
            JobStatistic::Alpha => {
                let alphas = self.table(dim::AREA, &areas, coarse, estimate::alpha);
                add("area.alpha", Statistic::Alpha, Unit::Number, alphas)?;
            }
            JobStatistic::Distribution => {
                let shares = self.table(dim::ITEM, &self.items(), coarse, estimate::distribution);
                add(
                    "item.distribution",
                    Statistic::Distribution,
                    Unit::Proportion,
                    shares,
                )?;
                if self.working {
                    let reasons =
                        self.table(dim::ITEM, &self.items(), coarse, estimate::missing_reasons);
                    add(
                        "item.missing",
                        Statistic::Distribution,
                        Unit::Proportion,
                        reasons,
                    )?;
                }
            }
            JobStatistic::Trend => {
                if let (Some(data), Some(over_waves)) = (trend, over_waves) {
                    let means = table(
                        data,
                        &self.design,
                        dim::AREA,
                        &areas,
                        over_waves,
                        estimate::mean,
                    );
                    add("area.trend", Statistic::Mean, Unit::Scale, means)?;
                }
            }
        }
        Ok(())
    }

    fn response(&self, made: &mut Made) -> Result<(), AnalysisError> {
        let units = self
            .groupings
            .units
            .as_ref()
            .map(|units| ("unit.response.rate", units));
        for (id, by) in [("response.rate", &self.groupings.full)]
            .into_iter()
            .chain(units)
        {
            let estimates = estimate::response_rate(self.data, by, &self.design)?;
            let notes = estimates.notes.iter();
            made.notes
                .extend(notes.map(|note| format!("more answers than staff: {note}")));
            made.tables.push(RawTable {
                id: id.to_owned(),
                statistic: Statistic::ResponseRate,
                unit: Unit::Proportion,
                scale: None,
                dims: estimates.dims,
                rows: estimates.rows,
            });
        }
        Ok(())
    }

    fn areas(&self) -> Vec<Quantity> {
        let dimensions = self.data.codebook().dimensions.iter();
        dimensions
            .map(|dimension| Quantity::Dimension(dimension.id.clone()))
            .collect()
    }

    /// Returns the dimensions that anybody has a target in.
    fn targeted(&self) -> Vec<Quantity> {
        let targets = &self.data.codebook().targets;
        let mut areas = self.areas();
        areas.retain(|area| targets.iter().any(|target| target.dimension == area.name()));
        areas
    }

    fn items(&self) -> Vec<Quantity> {
        let variables = self.data.codebook().variables.iter();
        let scales = variables.filter(|variable| variable.kind == VariableKind::Scale);
        scales
            .map(|variable| Quantity::Item(variable.name.clone()))
            .collect()
    }

    fn table(
        &self,
        name: &str,
        of: &[Quantity],
        by: &Grouping,
        estimator: Estimator,
    ) -> Result<Option<RawTable>, AnalysisError> {
        table(self.data, &self.design, name, of, by, estimator)
    }
}

/// Puts the estimates of several quantities under each other; no quantities make no table.
fn table(
    data: &Dataset,
    design: &Design,
    name: &str,
    of: &[Quantity],
    by: &Grouping,
    estimator: Estimator,
) -> Result<Option<RawTable>, AnalysisError> {
    let mut found: Option<RawTable> = None;
    for quantity in of {
        let estimates = estimator(data, quantity, by, design)?;
        let [low, high] = quantity.scale(data)?.as_numbers();
        let table = found.get_or_insert_with(|| RawTable {
            id: String::new(),
            statistic: Statistic::Mean,
            unit: Unit::Scale,
            scale: Some([low, high]),
            dims: std::iter::once(name.to_owned())
                .chain(estimates.dims)
                .collect(),
            rows: Vec::new(),
        });
        if let Some([lowest, highest]) = &mut table.scale {
            (*lowest, *highest) = (lowest.min(low), highest.max(high));
        }
        table.rows.extend(estimates.rows.into_iter().map(|mut row| {
            row.keys.insert(0, quantity.name().to_owned());
            row
        }));
    }
    Ok(found)
}
