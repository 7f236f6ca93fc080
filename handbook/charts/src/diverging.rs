//! Diverging bars: shares of answers from low to high, grown in two directions from the middle.

use surveys::Lang;

use crate::alternative::alternative;
use crate::backend::WIDTH;
use crate::chart::{Chart, ChartTable, Figure, Frame, Measure, TableCell, TableRow};
use crate::font::{text_width, wrap};
use crate::pen::{Anchor, Ink, LINE, Pen, SMALL, TEXT, picture};
use crate::{number, words};

/// Shares of each answer by statement.
#[derive(Clone, Debug, PartialEq)]
pub struct DivergingSpec {
    /// Id, message and what is measured.
    pub frame: Frame,
    /// What a row is, such as `Väittämä`.
    pub row_kind: String,
    /// Words of the answers from low to high.
    pub levels: Vec<String>,
    /// Rows in the order they are shown.
    pub rows: Vec<DivergingRow>,
}

/// The shares of one statement.
#[derive(Clone, Debug, PartialEq)]
pub struct DivergingRow {
    /// The statement.
    pub label: String,
    /// Shares in the order of the levels; what is absent counts as withheld.
    pub shares: Vec<Figure>,
}

const BAR: f64 = 22.0;
const SWATCH: f64 = 12.0;

/// Draws shares as bars on both sides of a middle line.
#[must_use]
pub fn diverging(spec: &DivergingSpec, lang: Lang) -> Chart {
    let desc = description(spec, lang);
    let labels: Vec<Vec<String>> = spec
        .rows
        .iter()
        .map(|row| wrap(&row.label, TEXT, WIDTH))
        .collect();
    let keys = key_places(spec);
    let head = keys.last().map_or(0.0, |(_, y)| y + LINE) + 10.0;
    let body: f64 = labels.iter().map(|lines| row_height(lines)).sum();
    let middle = Middle::of(spec);
    let svg = picture(
        "diverging",
        &spec.frame,
        &desc,
        head + body.max(LINE),
        lang,
        |pen| {
            draw_key(pen, spec, &keys);
            if spec.rows.is_empty() {
                let place = (0.0, head + LINE / 2.0);
                pen.text(Ink::Muted, TEXT, Anchor::Start, place, words::nothing(lang));
            }
            let mut top = head;
            let mut bars = Vec::new();
            for (row, lines) in spec.rows.iter().zip(&labels) {
                for (i, line) in lines.iter().enumerate() {
                    let place = (0.0, top + LINE * (i as f64 + 0.5));
                    pen.text(Ink::Text, TEXT, Anchor::Start, place, line);
                }
                bars.push((row, top + lines.len() as f64 * LINE + 2.0));
                top += row_height(lines);
            }
            draw_bars(pen, spec, &bars, &middle, lang);
        },
    );
    Chart {
        svg,
        title: spec.frame.title.clone(),
        desc,
        table: table(spec, lang),
    }
}

/// Where shares of nought stand, and how wide the whole is.
struct Middle {
    x: f64,
    unit: f64,
}

impl Middle {
    fn of(spec: &DivergingSpec) -> Middle {
        let sides = spec.rows.iter().filter_map(|row| whole(spec, row)).fold(
            (0.0_f64, 0.0_f64),
            |(left, right), shares| {
                let lower = lower_part(&shares);
                (
                    left.max(lower),
                    right.max(shares.iter().sum::<f64>() - lower),
                )
            },
        );
        let span = sides.0 + sides.1;
        let unit = if span > 0.0 { WIDTH / span } else { 0.0 };
        Middle {
            x: sides.0 * unit,
            unit,
        }
    }
}

/// The shares of a row, if all of them are shown.
fn whole(spec: &DivergingSpec, row: &DivergingRow) -> Option<Vec<f64>> {
    (0..spec.levels.len())
        .map(|level| row.shares.get(level)?.shown().map(|share| share.max(0.0)))
        .collect()
}

/// The part left of the middle: half of a middle level belongs to it.
fn lower_part(shares: &[f64]) -> f64 {
    let half = shares.len() / 2;
    let lower: f64 = shares[..half].iter().sum();
    if shares.len() % 2 == 1 {
        lower + shares[half] / 2.0
    } else {
        lower
    }
}

/// The class of a level: both ends are strong, the middle of an odd number is neutral.
fn shade(level: usize, count: usize) -> u8 {
    let half = count / 2;
    if count % 2 == 1 && level == half {
        2
    } else if level < half {
        u8::from(level > 0)
    } else if level + 1 == count {
        4
    } else {
        3
    }
}

fn draw_bars(
    pen: &Pen,
    spec: &DivergingSpec,
    bars: &[(&DivergingRow, f64)],
    middle: &Middle,
    lang: Lang,
) {
    let count = spec.levels.len();
    for level in 0..count {
        for (row, top) in bars {
            if let Some((left, right)) = segment(spec, row, level, middle) {
                let (upper, lower) = ((left, *top), (right, top + BAR));
                pen.rect(Ink::Shade(shade(level, count)), upper, lower);
            }
        }
    }
    for level in 0..count {
        for (row, top) in bars {
            if let Some((left, right)) = segment(spec, row, level, middle) {
                let text = row.shares[level].text(Measure::Share, lang);
                if text_width(&text, SMALL) + 4.0 <= right - left {
                    let place = ((left + right) / 2.0, top + BAR / 2.0);
                    let ink = Ink::On(shade(level, count));
                    pen.text(ink, SMALL, Anchor::Middle, place, &text);
                }
            }
        }
    }
    for (row, top) in bars {
        if whole(spec, row).is_some() {
            let (upper, lower) = ((middle.x, top - 2.0), (middle.x, top + BAR + 2.0));
            pen.line(Ink::Axis, &[upper, lower]);
        } else {
            let place = (0.0, top + BAR / 2.0);
            pen.text(
                Ink::Muted,
                SMALL,
                Anchor::Start,
                place,
                words::withheld(lang),
            );
        }
    }
}

/// The sides of one piece of a bar, with a hair's breadth between pieces; nothing for nought.
fn segment(
    spec: &DivergingSpec,
    row: &DivergingRow,
    level: usize,
    middle: &Middle,
) -> Option<(f64, f64)> {
    let shares = whole(spec, row)?;
    let start = shares[..level].iter().sum::<f64>() - lower_part(&shares);
    let left = middle.x + start * middle.unit;
    let right = left + shares[level] * middle.unit;
    (right - left >= 0.5).then(|| (left, (right - 1.0).max(left + 0.3)))
}

/// Places of the key's entries, filled line by line.
fn key_places(spec: &DivergingSpec) -> Vec<(f64, f64)> {
    let (mut x, mut y) = (0.0, 0.0);
    spec.levels
        .iter()
        .map(|level| {
            let width = SWATCH + 5.0 + text_width(level, SMALL) + 14.0;
            if x > 0.0 && x + width - 14.0 > WIDTH {
                (x, y) = (0.0, y + LINE);
            }
            let place = (x, y);
            x += width;
            place
        })
        .collect()
}

fn draw_key(pen: &Pen, spec: &DivergingSpec, places: &[(f64, f64)]) {
    for (level, (x, y)) in places.iter().enumerate() {
        let top = y + (LINE - SWATCH) / 2.0;
        let ink = Ink::Shade(shade(level, spec.levels.len()));
        pen.rect(ink, (*x, top), (x + SWATCH, top + SWATCH));
    }
    for (level, (x, y)) in spec.levels.iter().zip(places) {
        let place = (x + SWATCH + 5.0, y + LINE / 2.0);
        pen.text(Ink::Text, SMALL, Anchor::Start, place, level);
    }
}

fn row_height(lines: &[String]) -> f64 {
    lines.len() as f64 * LINE + BAR + 12.0
}

fn description(spec: &DivergingSpec, lang: Lang) -> String {
    let mut upper: Vec<(f64, &str)> = spec
        .rows
        .iter()
        .filter_map(|row| {
            let shares = whole(spec, row)?;
            Some((
                shares[shares.len().div_ceil(2)..].iter().sum(),
                row.label.as_str(),
            ))
        })
        .collect();
    upper.sort_by(|a, b| b.0.total_cmp(&a.0));
    let half = spec.levels.len().div_ceil(2);
    let what = spec.levels.get(half..).unwrap_or_default().join(" + ");
    let say = |(share, label): &(f64, &str), highest| {
        let label = crate::alternative::shorten(label, 60);
        let share = number::percent(*share, lang);
        format!(
            "{} {what}: {label} ({share})",
            words::extreme(lang, highest)
        )
    };
    let ends = match upper.as_slice() {
        [highest, .., lowest] => vec![say(highest, true), say(lowest, false)],
        [(share, _)] => vec![format!("{what}: {}", number::percent(*share, lang))],
        [] => Vec::new(),
    };
    let withheld: Vec<&str> = spec
        .rows
        .iter()
        .filter(|row| whole(spec, row).is_none())
        .map(|row| row.label.as_str())
        .collect();
    alternative(
        words::diverging(lang),
        &spec.frame.measure,
        &ends,
        &withheld,
        lang,
    )
}

fn table(spec: &DivergingSpec, lang: Lang) -> ChartTable {
    let mut columns = vec![spec.row_kind.clone()];
    columns.extend(spec.levels.iter().cloned());
    let rows = spec
        .rows
        .iter()
        .map(|row| TableRow {
            header: row.label.clone(),
            cells: (0..spec.levels.len())
                .map(|level| {
                    let share = row.shares.get(level).unwrap_or(&Figure::Withheld);
                    TableCell::from(share.text(Measure::Share, lang))
                })
                .collect(),
        })
        .collect();
    ChartTable { columns, rows }
}
