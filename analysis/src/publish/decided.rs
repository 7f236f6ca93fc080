//! Tables of change, of needs and of themes, for what a job says about them.

use findings::{RawTable, Statistic, Unit, dim};

use super::tables::{Made, Maker};
use crate::estimate::{self, Chance, Estimates, Importance, ProfileChoice, SupportProfiles};
use crate::job::Job;
use crate::{AnalysisError, Dataset, Grouping, Quantity};

/// Tests of change whose p values are corrected over the areas of the table.
const CHANGES: [&str; 3] = ["paired", "unpaired", "wilcoxon"];

/// Makes the tables of change between every two waves of the job, the earlier one first.
pub(super) fn change(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let Some((data, column)) = maker.several_waves() else {
        let note = "`change` needs two waves: name the earlier ones in [wave]";
        made.notes.push(note.to_owned());
        return Ok(());
    };
    maker.note_unweighted("change", made);
    let waves: Vec<String> = match &job.wave {
        Some(wave) => {
            let earlier = wave.earlier.iter().cloned();
            earlier.chain([wave.current.clone()]).collect()
        }
        None => data
            .values(&column)?
            .into_iter()
            .map(str::to_owned)
            .collect(),
    };
    let groups: Vec<&str> = maker
        .groups()
        .columns()
        .filter(|name| *name != column)
        .collect();
    let by = Grouping::by(data, &groups)?;
    let mut dims = Vec::new();
    let mut rows = Vec::new();
    for of in maker.areas() {
        for (place, from) in waves.iter().enumerate() {
            for to in &waves[place + 1..] {
                let found = estimate::change(data, &of, &by, [from, to], &maker.design)?;
                dims = found.dims;
                rows.extend(found.rows.into_iter().map(|mut row| {
                    row.keys.insert(0, of.name().to_owned());
                    row
                }));
                for note in found.notes {
                    if !made.notes.contains(&note) {
                        made.notes.push(note);
                    }
                }
            }
        }
    }
    dims.insert(0, dim::AREA.to_owned());
    estimate::correct_over(&mut rows, &CHANGES, |row, test| {
        format!(
            "{test}: area.change in {}",
            row.keys[1..row.keys.len() - 3].join(", ")
        )
    });
    made.tables
        .push(table("area.change", Unit::Number, dims, rows));
    Ok(())
}

/// Returns the areas that a job weighs by importance, in the order of their ids.
pub(super) fn importances(job: &Job, data: &Dataset) -> Result<Vec<Importance>, AnalysisError> {
    let choice = &job.needs;
    let areas = choice.importance.iter().map(|(dimension, column)| {
        Ok(Importance {
            area: Quantity::Dimension(data.dimension(dimension)?.id.clone()),
            column: column.clone(),
            scale: choice.scale,
        })
    });
    areas.collect()
}

/// Makes the tables of needs.
pub(super) fn needs(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    maker.note_unweighted("needs", made);
    let choice = &job.needs;
    let data = &maker.waves.current;
    let areas = importances(job, data)?;
    let (by, design) = (maker.groups(), &maker.design);
    let mut dims = Vec::new();
    let mut rows = Vec::new();
    for of in &areas {
        let found = estimate::need(data, of, by, design)?;
        dims = found.dims;
        rows.extend(found.rows.into_iter().map(|mut row| {
            row.keys.insert(0, of.area.name().to_owned());
            row
        }));
    }
    dims.insert(0, dim::AREA.to_owned());
    made.tables
        .push(table("area.need", Unit::Number, dims, rows));
    let chance = Chance {
        seed: job.seed,
        replicates: choice.replicates,
    };
    let ranking = estimate::needs(data, &areas, by, design, chance)?;
    made.tables.push(of_estimates("area.need.ranking", ranking));
    let quadrants = estimate::quadrants(data, &areas, by, design)?;
    let mut quadrants = of_estimates("area.need.quadrant", quadrants);
    quadrants.scale = common_scale(data, &areas)?;
    if quadrants.scale.is_some() {
        quadrants.unit = Unit::Scale;
    }
    made.tables.push(quadrants);
    Ok(())
}

/// Returns the scale that importance and competence of all areas are brought to, if it is one.
fn common_scale(data: &Dataset, areas: &[Importance]) -> Result<Option<[f64; 2]>, AnalysisError> {
    let mut scales = Vec::new();
    for of in areas {
        let own = data.item_scale(&of.column)?;
        scales.push(of.scale.unwrap_or([own.low, own.high]));
    }
    let one = scales.windows(2).all(|pair| pair[0] == pair[1]);
    let scale = scales.pop().filter(|_| one);
    Ok(scale.map(|ends| ends.map(f64::from)))
}

/// Makes the tables of support profiles: how many there are, what they are like, who is in them.
pub(super) fn profiles(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    maker.note_unweighted("profiles", made);
    let (data, wanted) = (&maker.waves.current, &job.profiles);
    let mut areas = Vec::new();
    for name in &wanted.areas {
        areas.push(Quantity::Dimension(data.dimension(name)?.id.clone()));
    }
    let choice = ProfileChoice {
        areas: if areas.is_empty() {
            maker.areas()
        } else {
            areas
        },
        number: wanted.number,
        replicates: wanted.replicates,
        seed: job.seed,
    };
    if choice.areas.is_empty() {
        made.notes
            .push("there are no areas that could make support profiles".to_owned());
        return Ok(());
    }
    let found = SupportProfiles::find(data, &choice)?;
    made.tables
        .push(of_estimates("profile.number", found.numbers()));
    made.tables
        .push(of_estimates("profile.area", found.means(&maker.design)));
    made.tables
        .push(of_estimates("profile.stability", found.stability()));
    let shares = found.shares(data, maker.groups(), &maker.design)?;
    made.tables.push(table(
        "profile.share",
        Unit::Proportion,
        shares.dims,
        shares.rows,
    ));
    Ok(())
}

/// Makes the table of themes.
pub(super) fn themes(job: &Job, maker: &Maker<'_>, made: &mut Made) -> Result<(), AnalysisError> {
    let Some(themes) = &job.themes else {
        return Ok(());
    };
    maker.note_unweighted("themes", made);
    let data = &maker.waves.current;
    let mut found = estimate::themes(data, themes, maker.groups(), &maker.design)?;
    found.dims.insert(0, dim::ITEM.to_owned());
    for row in &mut found.rows {
        row.keys.insert(0, themes.column.clone());
    }
    made.tables.push(table(
        "text.theme",
        Unit::Proportion,
        found.dims,
        found.rows,
    ));
    Ok(())
}

fn of_estimates(id: &str, found: Estimates) -> RawTable {
    table(id, Unit::Number, found.dims, found.rows)
}

fn table(id: &str, unit: Unit, dims: Vec<String>, rows: Vec<findings::RawRow>) -> RawTable {
    RawTable {
        id: id.to_owned(),
        statistic: Statistic::Working,
        unit,
        scale: None,
        dims,
        rows,
    }
}
