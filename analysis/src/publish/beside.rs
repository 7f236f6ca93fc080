//! Tables of working results that need more than a quantity and groups: level bands with their
//! cut points, items that favour a group, factors, and how people went through the questionnaire.

use findings::{RawTable, Statistic, Unit, dim};

use super::compared::{self, comparisons};
use super::decided;
use super::tables::{Made, Maker};
use crate::estimate::{self, Estimates};
use crate::job::{Job, JobStatistic};
use crate::{AnalysisError, Quantity};

/// More groups than this make more pairs than models of each are worth.
const MOST_GROUPS: usize = 12;

/// Makes the tables of one statistic.
type Make = fn(&Job, &Maker<'_>, &mut Made) -> Result<(), AnalysisError>;

/// Returns what makes the tables of a statistic, where it is one of these.
pub(super) fn maker_of(statistic: JobStatistic) -> Option<Make> {
    match statistic {
        JobStatistic::Compare => Some(compared::tables),
        JobStatistic::WeightedTests => Some(compared::under_design),
        JobStatistic::Change => Some(decided::change),
        JobStatistic::Needs => Some(decided::needs),
        JobStatistic::Profiles => Some(decided::profiles),
        JobStatistic::Themes => Some(decided::themes),
        JobStatistic::Levels => Some(levels),
        JobStatistic::Dif => Some(dif),
        JobStatistic::Invariance => Some(invariance),
        JobStatistic::BreakOff => Some(break_off),
        JobStatistic::StraightLining => Some(straight_lining),
        JobStatistic::Factors => Some(factors),
        JobStatistic::Correlations => Some(correlations),
        _ => None,
    }
}

fn levels(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let Some(bands) = &job.levels else {
        made.notes
            .push("there are no level bands: name their `cuts` in [levels]".to_owned());
        return Ok(());
    };
    let (data, by) = (&maker.waves.current, &maker.groupings.full);
    stack(
        made,
        "area.levels",
        Unit::Proportion,
        &maker.areas(),
        |of| estimate::levels(data, of, by, bands, &maker.design),
    )?;
    stack(
        made,
        "area.level_errors",
        Unit::Number,
        &maker.areas(),
        |of| estimate::level_errors(data, of, by, bands, &maker.design),
    )
}

fn dif(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let data = &maker.waves.current;
    for (column, by) in comparisons(job, data, &mut made.notes)? {
        let groups = data.values(&column)?.len();
        if groups > MOST_GROUPS {
            made.notes.push(format!(
                "the items of the {groups} groups of `{column}` are not compared; more than \
                 {MOST_GROUPS} make too many pairs"
            ));
            continue;
        }
        let compared = by.dims().pop().unwrap_or_default();
        let id = format!("area.dif.{compared}");
        stack(made, &id, Unit::Number, &maker.areas(), |of| {
            estimate::dif(data, of, &by, &maker.design)
        })?;
    }
    Ok(())
}

fn invariance(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    maker.note_unweighted("invariance", made);
    let data = &maker.waves.current;
    for (_, by) in comparisons(job, data, &mut made.notes)? {
        let compared = by.dims().pop().unwrap_or_default();
        let id = format!("area.invariance.{compared}");
        stack(made, &id, Unit::Number, &maker.areas(), |of| {
            estimate::invariance(data, of, &by, &maker.design)
        })?;
    }
    Ok(())
}

fn correlations(_: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let areas = maker.areas();
    if areas.len() < 2 {
        let note = "`correlations` makes no table: the codebook has fewer than two areas";
        made.notes.push(note.to_owned());
        return Ok(());
    }
    maker.note_unweighted("correlations", made);
    let (data, by) = (&maker.waves.current, &maker.groupings.full);
    let mut found = estimate::correlations(data, &areas, by, &maker.design)?;
    made.notes.append(&mut found.notes);
    made.tables
        .push(table("area.correlations", Unit::Number, found));
    Ok(())
}

fn break_off(_: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let (data, by) = (&maker.waves.current, &maker.groupings.full);
    let rates = estimate::break_off(data, by, &maker.design)?;
    made.tables
        .push(table("break_off", Unit::Proportion, rates));
    let places = estimate::break_off_places(data, by, &maker.design)?;
    made.tables
        .push(table("item.break_off", Unit::Proportion, places));
    Ok(())
}

fn straight_lining(_: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let (data, by) = (&maker.waves.current, &maker.groupings.full);
    let runs = estimate::straight_lining(data, by, &maker.design)?;
    made.tables
        .push(table("straight_lining", Unit::Number, runs));
    Ok(())
}

fn factors(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let (data, by) = (&maker.waves.current, &maker.groupings.full);
    let areas = maker.areas();
    stack(made, "area.factorability", Unit::Number, &areas, |of| {
        estimate::factorability(data, of, by, &maker.design)
    })?;
    stack(made, "area.eigenvalues", Unit::Number, &areas, |of| {
        estimate::eigenvalues(data, of, by, &maker.design)
    })?;
    let Some(number) = job.factors else {
        made.notes
            .push("no factors are sought: say their `number` in [factors]".to_owned());
        return Ok(());
    };
    stack(made, "area.factors", Unit::Number, &areas, |of| {
        estimate::factors(data, of, by, number, &maker.design)
    })
}

/// Puts the estimates of several areas under each other; no table where there are none.
fn stack(
    made: &mut Made,
    id: &str,
    unit: Unit,
    areas: &[Quantity],
    how: impl Fn(&Quantity) -> Result<Estimates, AnalysisError>,
) -> Result<(), AnalysisError> {
    let mut all: Option<Estimates> = None;
    for area in areas {
        let mut estimates = how(area)?;
        made.notes.append(&mut estimates.notes);
        for row in &mut estimates.rows {
            row.keys.insert(0, area.name().to_owned());
        }
        match &mut all {
            Some(all) => all.rows.append(&mut estimates.rows),
            None => {
                estimates.dims.insert(0, dim::AREA.to_owned());
                all = Some(estimates);
            }
        }
    }
    made.tables.extend(all.map(|all| table(id, unit, all)));
    Ok(())
}

fn table(id: &str, unit: Unit, estimates: Estimates) -> RawTable {
    RawTable {
        id: id.to_owned(),
        statistic: Statistic::Working,
        unit,
        scale: None,
        dims: estimates.dims,
        rows: estimates.rows,
    }
}
