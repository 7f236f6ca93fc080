//! What to train first: importance against competence (Borich 1980).
//!
//! Importance and competence are asked on scales of their own and brought to one first, by
//! straight lines from end to end: 0 to 5 becomes 1 to 5 as 1 + 0.8 x. Only people who gave both
//! are counted.

mod chance;
mod quadrants;

use std::collections::BTreeMap;

use findings::{RawRow, Undefined, dim};
use num_rational::BigRational;

pub use chance::Chance;
pub use quadrants::quadrants;

use super::mean::with_interval;
use super::{Design, Estimates, nobody, plain};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::exact::{Moments, nearest, ratio};
use crate::grouping::Grouping;
use crate::tables::by_group;
use crate::tables::importance::{CommonScale, Importance, ImportanceTable};

/// Importance and competence of an area in one group.
struct Area {
    n: u64,
    importance: Moments,
    competence: Moments,
    discrepancy: Moments,
    /// People who share the most frequent discrepancy.
    modal: u64,
    missing: Undefined,
}

impl Area {
    fn of(table: &ImportanceTable, scale: &CommonScale) -> Self {
        let mut area = Area {
            n: table.persons.values().sum(),
            importance: Moments::default(),
            competence: Moments::default(),
            discrepancy: Moments::default(),
            modal: 0,
            missing: nobody(table.incomplete, table.not_asked),
        };
        let mut alike: BTreeMap<BigRational, u64> = BTreeMap::new();
        for (weighed, persons) in &table.persons {
            let add = |to: &mut Moments, (numerator, denominator): (i64, i64)| {
                to.add(numerator, denominator, *persons);
            };
            add(&mut area.importance, scale.importance(*weighed));
            add(&mut area.competence, scale.competence(*weighed));
            let (numerator, denominator) = scale.discrepancy(*weighed);
            add(&mut area.discrepancy, (numerator, denominator));
            let exact = ratio(i128::from(numerator), i128::from(denominator));
            *alike.entry(exact).or_default() += persons;
        }
        area.modal = alike.into_values().max().unwrap_or(0);
        area
    }

    fn mean(&self, of: &Moments) -> Option<BigRational> {
        (self.n > 0).then(|| of.total() / ratio(i128::from(self.n), 1))
    }

    /// Returns the mean weighted discrepancy, exact.
    fn need(&self) -> Option<BigRational> {
        Some(self.mean(&self.importance)? * self.mean(&self.discrepancy)?)
    }

    /// Returns the mean weighted discrepancy with the interval of a mean: importance weighs
    /// everybody alike, so every person's discrepancy is multiplied by the same number.
    fn estimate(&self, design: &Design) -> Result<findings::Estimate, Undefined> {
        let need = self.need().ok_or(self.missing)?;
        let weight = self
            .mean(&self.importance)
            .map_or(0.0, |mean| nearest(&mean));
        let mut estimate = with_interval(&self.discrepancy, design)?;
        let half = estimate
            .high
            .map(|high| (high - estimate.value) * weight.abs());
        estimate.value = nearest(&need);
        estimate.se = estimate.se.map(|se| se * weight.abs());
        estimate.low = half.map(|half| estimate.value - half);
        estimate.high = half.map(|half| estimate.value + half);
        Ok(estimate)
    }

    /// Returns the standard deviation of the weighted discrepancies.
    fn deviation(&self) -> Result<f64, Undefined> {
        let weight = self.mean(&self.importance).ok_or(self.missing)?;
        let variance = self.discrepancy.variance().ok_or(Undefined::OneAnswer)?;
        Ok(variance.sqrt() * nearest(&weight).abs())
    }
}

/// Returns the mean weighted discrepancy of an area in each group: the mean over people of
/// (importance - competence) times the mean importance.
///
/// Tested against R.
///
/// # Errors
/// When the area, the item or a group column does not exist.
pub fn need(
    data: &Dataset,
    of: &Importance,
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let scale = CommonScale::of(data, of)?;
    let tables = by_group::<ImportanceTable>(data, of, by)?;
    let rows = tables.into_iter().map(|(keys, table)| {
        let area = Area::of(&table, &scale);
        RawRow {
            keys,
            figure: area.estimate(design),
            answers: area.n,
            modal: area.modal,
        }
    });
    Ok(Estimates {
        dims: by.dims(),
        rows: rows.collect(),
        notes: Vec::new(),
    })
}

/// Areas side by side in each group, in the order they are asked about.
fn side_by_side(
    data: &Dataset,
    areas: &[Importance],
    by: &Grouping,
) -> Result<BTreeMap<Vec<String>, Vec<Area>>, AnalysisError> {
    let mut groups: BTreeMap<Vec<String>, Vec<Area>> = BTreeMap::new();
    for of in areas {
        let scale = CommonScale::of(data, of)?;
        for (keys, table) in by_group::<ImportanceTable>(data, of, by)? {
            groups
                .entry(keys)
                .or_default()
                .push(Area::of(&table, &scale));
        }
    }
    Ok(groups)
}

/// Returns areas ranked by need in each group. The first key is the area, the last the term:
/// `importance` and `competence` (means on the common scale), `sd` of the weighted discrepancies,
/// `rank` (from the largest need; ties share the smaller rank) and `first_two`, the probability
/// of being among the two largest, when the needs vary together as normally as the people who
/// answered make them (`Chance`).
///
/// The rest tested against R; the probability is the same for the same seed, in whatever order
/// the rows stand.
///
/// # Errors
/// When an area, an item or a group column does not exist.
pub fn needs(
    data: &Dataset,
    areas: &[Importance],
    by: &Grouping,
    design: &Design,
    chance: Chance,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    let mut probabilities = chance.first_two(data, areas, by)?;
    for (group, found) in side_by_side(data, areas, by)? {
        let exact: Vec<Option<BigRational>> = found.iter().map(Area::need).collect();
        let drawn = probabilities.remove(&group).unwrap_or_default();
        for (place, (area, of)) in found.iter().zip(areas).enumerate() {
            let n = area.n;
            let known = exact[place].as_ref().ok_or(area.missing);
            let rank =
                known.map(|own| 1 + exact.iter().flatten().filter(|other| *other > own).count());
            let probability = known.map(|_| drawn.get(place).copied().unwrap_or(0.0));
            let mean = |moments: &Moments| known.and_then(|_| with_interval(moments, design));
            for (term, figure) in [
                ("importance", mean(&area.importance)),
                ("competence", mean(&area.competence)),
                ("sd", area.deviation().map(|sd| plain(sd, n))),
                ("rank", rank.map(|rank| plain(rank as f64, n))),
                ("first_two", probability.map(|share| plain(share, n))),
            ] {
                let mut keys = vec![of.area.name().to_owned()];
                keys.extend(group.iter().cloned());
                keys.push(term.to_owned());
                rows.push(RawRow {
                    keys,
                    figure,
                    answers: n,
                    modal: area.modal,
                });
            }
        }
    }
    let mut dims = vec![dim::AREA.to_owned()];
    dims.extend(by.dims());
    dims.push(dim::TERM.to_owned());
    rows.sort_by(|a, b| a.keys.cmp(&b.keys));
    Ok(Estimates {
        dims,
        rows,
        notes: Vec::new(),
    })
}
