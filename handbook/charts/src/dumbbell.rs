//! Gap dumbbell: self-rating and target of each row on one line, with the interval between them.

use surveys::Lang;

use crate::alternative::alternative;
use crate::backend::WIDTH;
use crate::chart::{Chart, ChartTable, Figure, Frame, Measure};
use crate::font::{text_width, wrap};
use crate::pen::{Anchor, Ink, LINE, Pen, Place, SMALL, TEXT, picture};
use crate::{number, words};

/// Scores against targets, for [`dumbbell`] and [`crate::radar`].
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileSpec {
    /// Id, message and what is measured.
    pub frame: Frame,
    /// Ends of the scale.
    pub scale: [f64; 2],
    /// What a row is, such as `Osa-alue`.
    pub row_kind: String,
    /// What a score is, such as `Itsearvio`.
    pub score_name: String,
    /// What a target is, such as `Tavoite`.
    pub target_name: String,
    /// Rows in the order they are shown.
    pub rows: Vec<ProfileRow>,
}

/// A score and its target.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileRow {
    /// What is scored.
    pub label: String,
    /// The score.
    pub score: Figure,
    /// The target; none where nobody has set one.
    pub target: Option<Figure>,
}

/// Space left of the lowest and right of the highest step, for numbers beside marks.
const MARGIN: f64 = 36.0;
/// Radius of a score's dot.
pub(crate) const DOT: f64 = 5.5;
/// Half the height of a target's diamond.
pub(crate) const DIAMOND: f64 = 7.0;
/// Colour of scores.
pub(crate) const SCORE: Ink = Ink::Shade(4);
/// Colour of targets.
pub(crate) const TARGET: Ink = Ink::Shade(0);

/// Draws scores and targets as dots on one line for each row.
#[must_use]
pub fn dumbbell(spec: &ProfileSpec, lang: Lang) -> Chart {
    let desc = description(words::dumbbell(lang), spec, lang);
    let labels: Vec<Vec<String>> = spec
        .rows
        .iter()
        .map(|row| wrap(&row.label, TEXT, WIDTH))
        .collect();
    let key_lines = key_height(spec);
    let rows_height: f64 = labels.iter().map(|lines| row_height(lines)).sum();
    let height = key_lines + rows_height.max(LINE) + LINE;
    let svg = picture("dumbbell", &spec.frame, &desc, height, lang, |pen| {
        key(pen, spec);
        let mut top = key_lines;
        for (row, lines) in spec.rows.iter().zip(&labels) {
            draw_row(pen, spec, row, lines, top, lang);
            top += row_height(lines);
        }
        if spec.rows.is_empty() {
            let place = (0.0, top + LINE / 2.0);
            pen.text(Ink::Muted, TEXT, Anchor::Start, place, words::nothing(lang));
        } else {
            for step in steps(spec.scale) {
                let place = (x_of(spec.scale, step), top + 6.0);
                let label = number::decimal(step, 0, lang);
                pen.text(Ink::Muted, SMALL, Anchor::Middle, place, &label);
            }
        }
    });
    Chart {
        svg,
        title: spec.frame.title.clone(),
        desc,
        table: table(spec, lang),
    }
}

fn row_height(lines: &[String]) -> f64 {
    lines.len() as f64 * LINE + 28.0
}

fn draw_row(
    pen: &Pen,
    spec: &ProfileSpec,
    row: &ProfileRow,
    lines: &[String],
    top: f64,
    lang: Lang,
) {
    for (i, line) in lines.iter().enumerate() {
        let place = (0.0, top + LINE * (i as f64 + 0.5));
        pen.text(Ink::Text, TEXT, Anchor::Start, place, line);
    }
    let y = top + LINE * lines.len() as f64 + 11.0;
    let target = row.target.as_ref().and_then(Figure::shown);
    if let Some(score) = row.score.shown() {
        track(pen, spec.scale, y);
        marks(pen, spec.scale, row, (score, target), y, lang);
    } else {
        let mut words = row.score.text(Measure::Steps, lang);
        if let Some(target) = target {
            let target = number::decimal(target, 1, lang);
            words = format!("{words} · {} {target}", spec.target_name.to_lowercase());
        }
        pen.text(Ink::Muted, SMALL, Anchor::Start, (0.0, y), &words);
    }
}

fn track(pen: &Pen, scale: [f64; 2], y: f64) {
    pen.line(
        Ink::Axis,
        &[(x_of(scale, scale[0]), y), (x_of(scale, scale[1]), y)],
    );
    for step in steps(scale) {
        let x = x_of(scale, step);
        pen.line(Ink::Axis, &[(x, y - 3.0), (x, y + 3.0)]);
    }
}

/// Draws interval, dot and diamond, with both numbers outside of all marks.
fn marks(
    pen: &Pen,
    scale: [f64; 2],
    row: &ProfileRow,
    (score, target): (f64, Option<f64>),
    y: f64,
    lang: Lang,
) {
    let x_score = x_of(scale, score);
    let (mut left, mut right) = (x_score - DOT, x_score + DOT);
    if let Some((low, high)) = row.score.interval() {
        let (low, high) = (x_of(scale, low), x_of(scale, high));
        pen.line(SCORE, &[(low, y), (high, y)]);
        for end in [low, high] {
            pen.line(SCORE, &[(end, y - 4.0), (end, y + 4.0)]);
        }
        (left, right) = (left.min(low), right.max(high));
    }
    pen.dot(SCORE, (x_score, y), DOT);
    if let Some(target) = target {
        let x = x_of(scale, target);
        pen.diamond(TARGET, (x, y), DIAMOND);
        (left, right) = (left.min(x - DIAMOND), right.max(x + DIAMOND));
    }
    let beside_left = ((left - 4.0, y), Anchor::End);
    let beside_right = ((right + 4.0, y), Anchor::Start);
    let score_is_left = target.is_none_or(|target| score <= target);
    let (at_score, at_target) = if score_is_left {
        (beside_left, beside_right)
    } else {
        (beside_right, beside_left)
    };
    let text = number::decimal(score, 1, lang);
    pen.text(Ink::Text, SMALL, at_score.1, at_score.0, &text);
    if let Some(target) = target {
        let text = number::decimal(target, 1, lang);
        pen.text(Ink::Muted, SMALL, at_target.1, at_target.0, &text);
    }
}

fn x_of([low, high]: [f64; 2], value: f64) -> f64 {
    let span = if high > low { high - low } else { 1.0 };
    let share = ((value - low) / span).clamp(0.0, 1.0);
    MARGIN + share * (WIDTH - 2.0 * MARGIN)
}

/// Whole steps of a scale, or only its ends where there are more than eleven.
pub(crate) fn steps([low, high]: [f64; 2]) -> Vec<f64> {
    if !(low.is_finite() && high.is_finite() && high > low) {
        return Vec::new();
    }
    if high - low > 10.0 {
        return vec![low, high];
    }
    let count = (high.floor() - low.ceil()) as i32;
    (0..=count).map(|i| low.ceil() + f64::from(i)).collect()
}

/// Height of the key above the marks.
pub(crate) fn key_height(spec: &ProfileSpec) -> f64 {
    if key_fits(spec) {
        LINE + 8.0
    } else {
        2.0 * LINE + 8.0
    }
}

fn key_fits(spec: &ProfileSpec) -> bool {
    text_width(&spec.score_name, SMALL) + text_width(&spec.target_name, SMALL) + 60.0 <= WIDTH
}

/// Draws what the two marks mean, above everything else.
pub(crate) fn key(pen: &Pen, spec: &ProfileSpec) {
    let first: Place = (DIAMOND + 1.0, LINE / 2.0);
    let second = if key_fits(spec) {
        (
            first.0 + 10.0 + text_width(&spec.score_name, SMALL) + 24.0,
            first.1,
        )
    } else {
        (first.0, first.1 + LINE)
    };
    pen.dot(SCORE, first, DOT);
    pen.diamond(TARGET, second, DIAMOND);
    for (place, name) in [(first, &spec.score_name), (second, &spec.target_name)] {
        pen.text(
            Ink::Text,
            SMALL,
            Anchor::Start,
            (place.0 + 10.0, place.1),
            name,
        );
    }
}

pub(crate) fn description(form: &str, spec: &ProfileSpec, lang: Lang) -> String {
    let mut gaps: Vec<(&ProfileRow, f64, f64)> = spec
        .rows
        .iter()
        .filter_map(|row| {
            let target = row.target.as_ref()?.shown()?;
            Some((row, row.score.shown()?, target))
        })
        .collect();
    // A stable sort: of equal distances the first row is named.
    gaps.sort_by(|a, b| (b.2 - b.1).total_cmp(&(a.2 - a.1)));
    let say = |(row, score, target): &(&ProfileRow, f64, f64), largest| {
        format!(
            "{}: {} ({}, {} {})",
            words::gap(lang, largest),
            row.label,
            number::decimal(*score, 1, lang),
            words::target(lang),
            number::decimal(*target, 1, lang)
        )
    };
    let mut ends = Vec::new();
    if let [largest, .., smallest] = gaps.as_slice() {
        ends = vec![say(largest, true), say(smallest, false)];
    } else if let [(row, score, target)] = gaps.as_slice() {
        ends.push(format!(
            "{}: {}, {} {}",
            row.label,
            number::decimal(*score, 1, lang),
            words::target(lang),
            number::decimal(*target, 1, lang)
        ));
    }
    let withheld: Vec<&str> = spec
        .rows
        .iter()
        .filter(|row| row.score.shown().is_none())
        .map(|row| row.label.as_str())
        .collect();
    alternative(form, &spec.frame.measure, &ends, &withheld, lang)
}

pub(crate) fn table(spec: &ProfileSpec, lang: Lang) -> ChartTable {
    let rows: Vec<(&str, Vec<&Figure>)> = spec
        .rows
        .iter()
        .map(|row| {
            let target = row.target.as_ref().unwrap_or(&Figure::Withheld);
            (row.label.as_str(), vec![&row.score, target])
        })
        .collect();
    let names = [spec.score_name.as_str(), spec.target_name.as_str()];
    let mut table = ChartTable::of_figures(&spec.row_kind, &rows, &names, Measure::Steps, lang);
    let target_column = table
        .columns
        .iter()
        .position(|name| *name == spec.target_name)
        .unwrap_or(2)
        - 1;
    for (row, made) in spec.rows.iter().zip(&mut table.rows) {
        if row.target.is_none() {
            made.cells[target_column] = words::no_target(lang).to_owned().into();
        }
    }
    table
}
