//! Charts of the tables that have one: areas against targets, areas by group, answers to items,
//! importance against competence.

mod needs;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use charts::{
    Chart, DivergingRow, DivergingSpec, Figure, Frame, HeatRow, HeatSpec, Measure, ProfileRow,
    ProfileSpec, TablePlace, standalone, tabled,
};
use findings::{ALL, dim};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use surveys::dataset::Origin;

use super::words::Words;
use super::{OutFigure, OutTable, Outcome, Whom, failed};
use crate::AnalysisError;

/// Pixels for each unit of a picture: sharp on paper and on a wall.
const PIXELS: f32 = 3.0;

/// More columns than these cannot be told apart in a shaded table.
const MOST_COLUMNS: usize = 12;

/// Returns every picture of an outcome, by name, as an SVG document.
pub(super) fn all(outcome: &Outcome<'_>, words: &Words) -> Vec<(String, String)> {
    let mut found = Vec::new();
    found.extend(profile(outcome, words));
    found.extend(groups(outcome, words));
    found.extend(answers(outcome, words));
    found.extend(needs::pictures(outcome, words));
    found
}

/// Draws an SVG document as PNG.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, AnalysisError> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(charts::look::FONT_TRUETYPE.to_vec());
        Arc::new(fonts)
    });
    let options = Options {
        fontdb: Arc::clone(fonts),
        font_family: "Atkinson Hyperlegible Next".to_owned(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed("a picture", error))?;
    let size = tree.size();
    let pixels = |units: f32| (units * PIXELS).ceil() as u32;
    let mut map = Pixmap::new(pixels(size.width()), pixels(size.height()))
        .ok_or_else(|| failed("a picture", "it is too large"))?;
    resvg::render(
        &tree,
        Transform::from_scale(PIXELS, PIXELS),
        &mut map.as_mut(),
    );
    map.encode_png().map_err(|error| failed("a picture", error))
}

fn frame(id: &str, outcome: &Outcome<'_>, words: &Words, of: &str) -> Frame {
    Frame {
        id: id.to_owned(),
        title: words.get(&format!("picture-{id}")),
        measure: measured(outcome, words, &words.title(outcome), of),
    }
}

/// Says what is measured, of whom, and what whoever meets the picture elsewhere must know.
fn measured(outcome: &Outcome<'_>, words: &Words, whom: &str, of: &str) -> String {
    let mut measure = words.with("picture-measure", &[("whom", whom), ("of", of)]);
    // A picture goes where the page it stood on does not.
    for (holds, key) in [
        (outcome.origin == Origin::Simulated, "picture-simulated"),
        (outcome.whom == Whom::Researcher, "picture-working"),
    ] {
        if holds {
            measure = format!("{measure}. {}", words.get(key)).replace("..", ".");
        }
    }
    measure
}

/// Returns a picture that goes where it likes; its numbers stand in the result files.
fn document(name: String, chart: &Chart, measure: &str, words: &Words) -> (String, String) {
    let chart = tabled(chart, TablePlace::File, words.lang);
    (name, standalone(&chart, measure))
}

/// Means of all areas, with the target where there is one.
fn profile(outcome: &Outcome<'_>, words: &Words) -> Option<(String, String)> {
    let means = outcome.table("area.mean")?;
    let scale = means.scale?;
    let gaps: BTreeMap<&str, OutFigure<'_>> = outcome
        .table("area.gap")
        .map(|gaps| gaps.by(dim::AREA).into_iter().collect())
        .unwrap_or_default();
    let rows: Vec<ProfileRow> = means
        .by(dim::AREA)
        .into_iter()
        .map(|(area, mean)| ProfileRow {
            label: outcome.label(dim::AREA, area, words.lang).to_owned(),
            score: figure(mean),
            // Mean and gap are both findings; their sum is the mean target of those who answered.
            target: gaps.get(area).map(|gap| match (mean.shown(), gap.shown()) {
                (Some(mean), Some(gap)) => Figure::value(mean.value + gap.value),
                _ => Figure::Withheld,
            }),
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let frame = frame("profile", outcome, words, &words.scale(scale));
    let measure = frame.measure.clone();
    let spec = ProfileSpec {
        frame,
        scale,
        row_kind: words.dimension(dim::AREA),
        score_name: words.get("score"),
        target_name: words.get("target"),
        rows,
    };
    let chart = charts::dumbbell(&spec, words.lang);
    Some(document("profile".to_owned(), &chart, &measure, words))
}

/// Means of all areas by each kind of group.
fn groups(outcome: &Outcome<'_>, words: &Words) -> Vec<(String, String)> {
    let Some(means) = outcome.table("area.mean") else {
        return Vec::new();
    };
    let (Some(area), Some(scale)) = (means.place(dim::AREA), means.scale) else {
        return Vec::new();
    };
    let of_group = |group: usize| {
        let figures: BTreeMap<(&str, &str), OutFigure<'_>> = means
            .rows_by(&[area, group])
            .into_iter()
            .map(|row| {
                (
                    (row.keys[group].as_str(), row.keys[area].as_str()),
                    row.figure,
                )
            })
            .collect();
        let areas = means.keys(area);
        let groups: Vec<&str> = means
            .keys(group)
            .into_iter()
            .filter(|key| *key != ALL)
            .collect();
        if areas.len() > MOST_COLUMNS || groups.len() < 2 {
            return None;
        }
        let name = &means.dims[group];
        let frame = frame("groups", outcome, words, &words.scale(scale));
        let measure = frame.measure.clone();
        let spec = HeatSpec {
            frame,
            measure: Measure::Steps,
            scale,
            row_kind: words.dimension(name),
            columns: areas
                .iter()
                .map(|key| outcome.label(dim::AREA, key, words.lang).to_owned())
                .collect(),
            rows: groups
                .iter()
                .map(|key| HeatRow {
                    label: outcome.label(name, key, words.lang).to_owned(),
                    figures: areas
                        .iter()
                        .map(|area| {
                            figures
                                .get(&(*key, *area))
                                .map_or(Figure::Withheld, |it| figure(*it))
                        })
                        .collect(),
                })
                .collect(),
        };
        let chart = charts::heat(&spec, words.lang);
        Some(document(format!("groups-{name}"), &chart, &measure, words))
    };
    means
        .group_dims()
        .into_iter()
        .filter_map(of_group)
        .collect()
}

/// Answers to items, a picture for each set of answers that items share.
fn answers(outcome: &Outcome<'_>, words: &Words) -> Vec<(String, String)> {
    let Some(table) = outcome.table("item.distribution") else {
        return Vec::new();
    };
    let mut sets: Vec<(Vec<String>, Vec<DivergingRow>)> = Vec::new();
    for (item, answers) in by_item(table) {
        // Two answers are a share, not a distribution.
        if answers.len() < 3 {
            continue;
        }
        let row = DivergingRow {
            label: outcome.label(dim::ITEM, item, words.lang).to_owned(),
            shares: answers.iter().map(|(_, share)| figure(*share)).collect(),
        };
        let levels: Vec<String> = answers
            .iter()
            .map(|(level, _)| outcome.level_label(item, level, words.lang).to_owned())
            .collect();
        match sets.iter_mut().find(|(known, _)| *known == levels) {
            Some((_, rows)) => rows.push(row),
            None => sets.push((levels, vec![row])),
        }
    }
    let pictures = (1..).zip(sets).map(|(number, (levels, rows))| {
        let frame = frame("answers", outcome, words, &words.get("share"));
        let measure = frame.measure.clone();
        let spec = DivergingSpec {
            frame,
            row_kind: words.dimension(dim::ITEM),
            levels,
            rows,
        };
        let chart = charts::diverging(&spec, words.lang);
        document(format!("answers-{number}"), &chart, &measure, words)
    });
    pictures.collect()
}

/// An answer of an item and its share.
type Share<'r> = (&'r str, OutFigure<'r>);

/// Returns the answers of every item in the order of their values.
fn by_item<'r>(table: &OutTable<'r>) -> Vec<(&'r str, Vec<Share<'r>>)> {
    let (Some(item), Some(level)) = (table.place(dim::ITEM), table.place(dim::LEVEL)) else {
        return Vec::new();
    };
    let mut found: Vec<(&str, Vec<Share<'_>>)> = Vec::new();
    for row in table.rows_by(&[item, level]) {
        let answer = (row.keys[level].as_str(), row.figure);
        match found.iter_mut().find(|(known, _)| *known == row.keys[item]) {
            Some((_, answers)) => answers.push(answer),
            None => found.push((&row.keys[item], vec![answer])),
        }
    }
    for (_, answers) in &mut found {
        // As numbers: as text, 10 would stand before 2.
        answers.sort_by_key(|(level, _)| level.parse::<i64>().unwrap_or(i64::MAX));
    }
    found
}

fn figure(figure: OutFigure<'_>) -> Figure {
    match figure {
        OutFigure::Shown(estimate) => Figure::Shown {
            value: estimate.value,
            interval: estimate.low.zip(estimate.high),
            n: Some(estimate.n),
        },
        OutFigure::Band(band) => Figure::Band(band),
        OutFigure::Undefined(_) | OutFigure::Withheld => Figure::Withheld,
    }
}
