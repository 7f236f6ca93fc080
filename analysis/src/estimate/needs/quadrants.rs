//! Importance against performance: which areas to concentrate on (Martilla and James 1977).

use findings::{Estimate, RawRow, Undefined, dim};
use num_rational::BigRational;

use super::{Area, side_by_side};
use crate::AnalysisError;
use crate::dataset::Dataset;
use crate::estimate::mean::with_interval;
use crate::estimate::{Design, Estimates, plain};
use crate::exact::{nearest, ratio};
use crate::grouping::Grouping;
use crate::tables::importance::Importance;

/// Names of the key columns: the quarter an area lies in, and whether that is sure.
const QUADRANT: &str = "quadrant";
const PLACE: &str = "place";

/// Returns the quarter each area lies in, in each group: keys are area, groups, `quadrant`
/// (`concentrate here`, `keep up`, `possible overkill`, `low priority`), `place` (`clear`, or
/// `unclear` where one of the two intervals crosses its line) and term (`importance`,
/// `competence`: means on the common scale with interval).
///
/// The lines are the means over the areas; they stand under the area `all`. Fewer than three
/// areas make no picture. Tested against R.
///
/// # Errors
/// When an area, an item or a group column does not exist.
pub fn quadrants(
    data: &Dataset,
    areas: &[Importance],
    by: &Grouping,
    design: &Design,
) -> Result<Estimates, AnalysisError> {
    let mut rows = Vec::new();
    for (group, found) in side_by_side(data, areas, by)? {
        let known = found.iter().filter(|area| area.n > 0).count();
        let lines = lines(&found).filter(|_| known >= 3);
        for (area, of) in found.iter().zip(areas) {
            let placed = match &lines {
                Some(lines) => Placed::of(area, lines, design),
                None if area.n == 0 => Placed::nowhere(area.missing),
                None => Placed::nowhere(Undefined::FewAreas),
            };
            rows.extend(placed.rows(of.area.name(), &group, area));
        }
        if let Some(lines) = lines {
            let n = found.iter().map(|area| area.n).max().unwrap_or(0);
            for (term, line) in TERMS.into_iter().zip(&lines) {
                let figure = Ok(plain(nearest(line), n));
                rows.push(row(
                    findings::ALL,
                    &group,
                    ["line", "line", term],
                    figure,
                    n,
                    0,
                ));
            }
        }
    }
    let mut dims = vec![dim::AREA.to_owned()];
    dims.extend(by.dims());
    dims.extend([QUADRANT, PLACE, dim::TERM].map(str::to_owned));
    rows.sort_by(|a, b| a.keys.cmp(&b.keys));
    Ok(Estimates {
        dims,
        rows,
        notes: Vec::new(),
    })
}

const TERMS: [&str; 2] = ["importance", "competence"];

/// Returns the means of importance and competence over the areas that have them.
fn lines(areas: &[Area]) -> Option<[BigRational; 2]> {
    let mean = |of: &dyn Fn(&Area) -> Option<BigRational>| {
        let means: Vec<BigRational> = areas.iter().filter_map(of).collect();
        let count = i128::try_from(means.len())
            .ok()
            .filter(|count| *count > 0)?;
        Some(means.into_iter().fold(ratio(0, 1), |a, b| a + b) / ratio(count, 1))
    };
    Some([
        mean(&|area| area.mean(&area.importance))?,
        mean(&|area| area.mean(&area.competence))?,
    ])
}

/// Where an area lies.
struct Placed {
    quadrant: &'static str,
    place: &'static str,
    means: [Result<Estimate, Undefined>; 2],
}

impl Placed {
    fn nowhere(reason: Undefined) -> Self {
        Placed {
            quadrant: "none",
            place: "unclear",
            means: [Err(reason), Err(reason)],
        }
    }

    fn of(area: &Area, [importance, competence]: &[BigRational; 2], design: &Design) -> Self {
        let means = [area.mean(&area.importance), area.mean(&area.competence)];
        let [Some(important), Some(competent)] = means else {
            return Placed::nowhere(area.missing);
        };
        let quadrant = match (important >= *importance, competent >= *competence) {
            (true, true) => "keep up",
            (true, false) => "concentrate here",
            (false, true) => "possible overkill",
            (false, false) => "low priority",
        };
        let means = [&area.importance, &area.competence].map(|of| with_interval(of, design));
        let clear = means
            .iter()
            .zip([importance, competence])
            .all(|(mean, line)| {
                let line = nearest(line);
                let apart = |mean: &Estimate| Some(mean.low? > line || mean.high? < line);
                mean.as_ref().ok().and_then(apart).unwrap_or(false)
            });
        Placed {
            quadrant,
            place: if clear { "clear" } else { "unclear" },
            means,
        }
    }

    fn rows(self, area: &str, group: &[String], of: &Area) -> Vec<RawRow> {
        let means = self.means.into_iter().zip(TERMS);
        let rows = means.map(|(mean, term)| {
            let keys = [self.quadrant, self.place, term];
            row(area, group, keys, mean, of.n, of.modal)
        });
        rows.collect()
    }
}

fn row(
    area: &str,
    group: &[String],
    last: [&str; 3],
    figure: Result<Estimate, Undefined>,
    answers: u64,
    modal: u64,
) -> RawRow {
    let mut keys = vec![area.to_owned()];
    keys.extend(group.iter().cloned());
    keys.extend(last.map(str::to_owned));
    RawRow {
        keys,
        figure,
        answers,
        modal,
    }
}
