//! Shrunken means of units, with intervals and ranks.

use findings::{ALL, Count, Estimate, RawRow, Undefined, dim};
use nalgebra::{DMatrix, DVector};

use super::OneWay;
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::{Design, Estimates, plain, tidy};
use crate::exact::Moments;
use crate::grouping::Grouping;
use crate::probability::normal_two_sided;
use crate::reml::{Bundle, Mixed};
use crate::score::Quantity;
use crate::tables::scores::{ScoreTable, score_tables};

/// What is shown of a unit, and with the grand mean in the row of all.
const TERMS: [&str; 4] = ["shrunken", "lambda", "rank", "reml"];

/// Returns shrunken means of the smallest groups, which are the units; the last key is the term.
///
/// | term | what |
/// | --- | --- |
/// | `shrunken` | `μ + λ_i (ȳ_i - μ)` with `τ² = max(0, (MSB - MSW)/n0)`, `λ_i = τ²/(τ² + MSW/n_i)`, μ the mean of units weighted by `1/(τ² + MSW/n_i)`; the interval is normal, from the conditional variance `τ² (1 - λ_i)`. In the row of all: μ with its error |
/// | `lambda` | how far the unit's own mean is trusted |
/// | `rank` | place from the highest, equal ones share it; the interval counts only units whose shrunken means differ for certain |
/// | `reml` | the mean by restricted maximum likelihood, with the interval of its own variances |
///
/// Units of one answer take part. Where units differ no more than chance would have it, τ² is
/// nought, every unit gets μ without interval and rank, and a note says so. Who may see the mean
/// of a unit is not decided here. Tested against R: `lme4::lmer`, `ranef(condVar = TRUE)`.
///
/// # Errors
/// When the quantity or a group column does not exist.
pub fn shrunken(
    data: &Dataset,
    of: &Quantity,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let tables = score_tables(data, of, by)?;
    let units: Vec<Moments> = tables
        .iter()
        .filter(|(keys, table)| is_unit(keys) && table.n() > 0)
        .map(|(_, table)| table.moments())
        .collect();
    let parts = OneWay::of(&units.iter().collect::<Vec<_>>());
    let model = parts.map(|parts| Model::by_moments(&parts, &units));
    let reml = by_reml(&units).ok_or(Undefined::ZeroVariance);
    let z = normal_two_sided(design.confidence);
    let ranked = Ranked::of(&model, &units, z);
    let mut rows = Vec::new();
    for (group, table) in &tables {
        let figures = figures(group, table, &model, &reml, &ranked, z);
        for (term, figure) in TERMS.into_iter().zip(figures) {
            let mut keys = group.clone();
            keys.push(term.to_owned());
            rows.push(RawRow {
                keys,
                figure,
                answers: table.n(),
                modal: table.modal(),
            });
        }
    }
    let mut estimates = tidy(by, &[dim::TERM], rows);
    if let Ok(model) = &model
        && model.between <= 0.0
    {
        estimates.notes.push(format!(
            "{}: units differ no more than chance, so every unit has the mean of all and no rank",
            of.name()
        ));
    }
    Ok(estimates)
}

fn is_unit(keys: &[String]) -> bool {
    keys.iter().all(|key| key != ALL)
}

/// Variances between and within units, and the mean of all.
struct Model {
    between: f64,
    within: f64,
    mean: f64,
    mean_se: f64,
}

/// A unit's shrunken mean and the deviation it is known to.
struct Shrunken {
    lambda: f64,
    value: f64,
    deviation: f64,
}

impl Model {
    fn by_moments(parts: &OneWay, units: &[Moments]) -> Model {
        let (within, n0) = (parts.within, parts.n0());
        let between = ((parts.between - within) / n0).max(0.0);
        let (mut weights, mut sum) = (0.0, 0.0);
        let centre = units.iter().find_map(Moments::mean).unwrap_or(0.0);
        for unit in units {
            // Where nothing varies within units, they are known for certain and count alike.
            let weight = 1.0 / (between + within / unit.count() as f64);
            weights += weight;
            sum += weight * (unit.mean().unwrap_or(centre) - centre);
        }
        Model {
            between,
            within,
            mean: centre + sum / weights,
            mean_se: (1.0 / weights).sqrt(),
        }
    }

    fn unit(&self, moments: &Moments) -> Shrunken {
        let n = moments.count() as f64;
        let lambda = match self.between > 0.0 {
            true => self.between / (self.between + self.within / n),
            false => 0.0,
        };
        let off = moments.mean().unwrap_or(self.mean) - self.mean;
        Shrunken {
            lambda,
            value: self.mean + lambda * off,
            deviation: (self.between * (1.0 - lambda)).max(0.0).sqrt(),
        }
    }

    fn figure(&self, moments: &Moments, z: f64) -> Estimate {
        let unit = self.unit(moments);
        let known = self.between > 0.0;
        Estimate {
            value: unit.value,
            se: known.then_some(unit.deviation),
            low: known.then_some(unit.value - z * unit.deviation),
            high: known.then_some(unit.value + z * unit.deviation),
            n: Count::Exact(moments.count()),
        }
    }

    fn whole(&self, n: u64, z: f64) -> Estimate {
        Estimate {
            value: self.mean,
            se: Some(self.mean_se),
            low: Some(self.mean - z * self.mean_se),
            high: Some(self.mean + z * self.mean_se),
            n: Count::Exact(n),
        }
    }
}

/// Fits mean and variances by restricted maximum likelihood.
fn by_reml(units: &[Moments]) -> Option<Model> {
    if units.len() < 2 {
        return None;
    }
    let mut all = Moments::default();
    for unit in units {
        all.add_all(unit);
    }
    let centre = all.mean()?;
    let (mut xy, mut yy) = (0.0, 0.0);
    let mut bundles = Vec::new();
    for unit in units {
        let size = unit.count() as f64;
        let off = unit.mean()? - centre;
        let total = size * off;
        xy += total;
        yy += total * off
            + unit
                .variance()
                .map_or(0.0, |variance| variance * (size - 1.0));
        bundles.push(Bundle {
            groups: 1.0,
            size,
            effects: DVector::from_element(1, size),
            total,
            squares: total * total,
        });
    }
    let n = all.count() as f64;
    let fit = Mixed {
        xx: DMatrix::from_element(1, 1, n),
        xy: DVector::from_element(1, xy),
        yy,
        n,
        bundles,
    }
    .fit()?;
    Some(Model {
        between: fit.between,
        within: fit.within,
        mean: centre + fit.effects[0],
        mean_se: fit.covariance[(0, 0)].sqrt(),
    })
}

/// Shrunken means of all units, to count who is above whom.
struct Ranked {
    units: Vec<(f64, f64)>,
    z: f64,
}

impl Ranked {
    fn of(model: &Result<Model, Undefined>, units: &[Moments], z: f64) -> Ranked {
        let units = model.iter().flat_map(|model| {
            let unit = |moments: &Moments| {
                let unit = model.unit(moments);
                (unit.value, unit.deviation)
            };
            units.iter().map(unit).collect::<Vec<_>>()
        });
        Ranked {
            units: units.collect(),
            z,
        }
    }

    fn rank(&self, unit: &Shrunken, n: u64) -> Estimate {
        let above = |far: f64| {
            let others = self.units.iter();
            let above = others.filter(|(value, deviation)| {
                value - unit.value > far * (deviation * deviation + unit.deviation.powi(2)).sqrt()
            });
            above.count() as f64
        };
        let below = self.units.iter().filter(|(value, deviation)| {
            unit.value - value > self.z * (deviation * deviation + unit.deviation.powi(2)).sqrt()
        });
        Estimate {
            low: Some(1.0 + above(self.z)),
            high: Some((self.units.len() - below.count()) as f64),
            ..plain(1.0 + above(0.0), n)
        }
    }
}

/// Returns the figures of a unit or of all; other totals have none.
fn figures(
    keys: &[String],
    table: &ScoreTable,
    model: &Result<Model, Undefined>,
    reml: &Result<Model, Undefined>,
    ranked: &Ranked,
    z: f64,
) -> [Result<Estimate, Undefined>; 4] {
    let n = table.n();
    let is_whole = keys.iter().all(|key| key == ALL);
    let nothing = |reason: Undefined| [0; 4].map(|_| Err(reason));
    if n == 0 {
        return nothing(table.nobody());
    }
    let model = match model {
        Ok(model) => model,
        Err(reason) => return nothing(*reason),
    };
    if is_whole && !keys.is_empty() {
        let only = Err(Undefined::UnitsOnly);
        let reml = reml.as_ref().map_err(|reason| *reason);
        return [
            Ok(model.whole(n, z)),
            only.clone(),
            only,
            reml.map(|model| model.whole(n, z)),
        ];
    }
    if !is_unit(keys) {
        return nothing(Undefined::UnitsOnly);
    }
    let moments = table.moments();
    let unit = model.unit(&moments);
    let rank = match model.between > 0.0 {
        true => Ok(ranked.rank(&unit, n)),
        false => Err(Undefined::NoneBetween),
    };
    [
        Ok(model.figure(&moments, z)),
        Ok(plain(unit.lambda, n)),
        rank,
        reml.as_ref()
            .map(|model| model.figure(&moments, z))
            .map_err(|reason| *reason),
    ]
}
