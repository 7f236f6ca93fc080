//! Heat table: a figure for each row and column, shaded by its place on the scale.
//!
//! On pages the table itself is the chart ([`crate::TableCell::shade`]); the SVG is for paper.

use surveys::Lang;

use crate::alternative::alternative;
use crate::backend::WIDTH;
use crate::chart::{Chart, ChartTable, Figure, Frame, Measure, TableCell, TableRow};
use crate::font::{text_width, wrap};
use crate::pen::{Anchor, Ink, LINE, Pen, SMALL, TEXT, picture};
use crate::words;

/// Figures by row and column.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatSpec {
    /// Id, message and what is measured.
    pub frame: Frame,
    /// How figures are written.
    pub measure: Measure,
    /// Ends of the scale; a figure at the lower end has the lightest shade.
    pub scale: [f64; 2],
    /// What a row is, such as `Henkilöstöryhmä`.
    pub row_kind: String,
    /// Headings of the columns.
    pub columns: Vec<String>,
    /// Rows in the order they are shown.
    pub rows: Vec<HeatRow>,
}

/// A row of a heat table.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// What the row is about.
    pub label: String,
    /// Figures in the order of the columns; what is absent counts as withheld.
    pub figures: Vec<Figure>,
}

const CELL: f64 = 24.0;

/// Draws figures as shaded cells.
#[must_use]
pub fn heat(spec: &HeatSpec, lang: Lang) -> Chart {
    let desc = description(spec, lang);
    let key = key_lines(spec);
    let labels: Vec<Vec<String>> = spec
        .rows
        .iter()
        .map(|row| wrap(&row.label, TEXT, WIDTH))
        .collect();
    let head = (key.len() as f64 + 1.0) * LINE + 6.0;
    let body: f64 = labels.iter().map(|lines| row_height(lines)).sum();
    let height = head + body.max(LINE);
    let svg = picture("heat", &spec.frame, &desc, height, lang, |pen| {
        for (i, line) in key.iter().enumerate() {
            let place = (0.0, LINE * (i as f64 + 0.5));
            pen.text(Ink::Text, SMALL, Anchor::Start, place, line);
        }
        for column in 0..spec.columns.len() {
            let (left, right) = sides(spec, column);
            let place = ((left + right) / 2.0, head - 6.0 - LINE / 2.0);
            let number = (column + 1).to_string();
            pen.text(Ink::Muted, SMALL, Anchor::Middle, place, &number);
        }
        if spec.rows.is_empty() {
            let place = (0.0, head + LINE / 2.0);
            pen.text(Ink::Muted, TEXT, Anchor::Start, place, words::nothing(lang));
        }
        let tops: Vec<f64> = labels
            .iter()
            .scan(head, |top, lines| {
                let here = *top;
                *top += row_height(lines);
                Some(here)
            })
            .collect();
        draw(pen, spec, &labels, &tops, lang);
    });
    Chart {
        svg,
        title: spec.frame.title.clone(),
        desc,
        table: table(spec, lang),
    }
}

/// Shade after shade and then the texts, so that marks of one class become one path.
fn draw(pen: &Pen, spec: &HeatSpec, labels: &[Vec<String>], tops: &[f64], lang: Lang) {
    for step in 0..=4 {
        for (row, (lines, top)) in spec.rows.iter().zip(labels.iter().zip(tops)) {
            for column in 0..spec.columns.len() {
                if shade(spec, figure(row, column)) == Some(step) {
                    let (left, right) = sides(spec, column);
                    let upper = top + lines.len() as f64 * LINE;
                    let corners = ((left, upper), (right, upper + CELL));
                    pen.rect(Ink::Shade(step), corners.0, corners.1);
                }
            }
        }
    }
    for (lines, top) in labels.iter().zip(tops) {
        for (i, line) in lines.iter().enumerate() {
            let place = (0.0, top + LINE * (i as f64 + 0.5));
            pen.text(Ink::Text, TEXT, Anchor::Start, place, line);
        }
    }
    for ink in (0..=4).map(Ink::On).chain([Ink::Muted]) {
        for (row, (lines, top)) in spec.rows.iter().zip(labels.iter().zip(tops)) {
            for column in 0..spec.columns.len() {
                let figure = figure(row, column);
                if shade(spec, figure).map_or(Ink::Muted, Ink::On) == ink {
                    let (left, right) = sides(spec, column);
                    let y = top + lines.len() as f64 * LINE + CELL / 2.0;
                    let text = cell_text(figure, spec.measure, right - left, lang);
                    pen.text(ink, SMALL, Anchor::Middle, ((left + right) / 2.0, y), &text);
                }
            }
        }
    }
}

/// The figure, else a word, else a dash where no word fits; the table has the word.
fn cell_text(figure: &Figure, measure: Measure, room: f64, lang: Lang) -> String {
    let full = figure.text(measure, lang);
    [full, words::withheld_short(lang).to_owned()]
        .into_iter()
        .find(|text| text_width(text, SMALL) <= room)
        .unwrap_or_else(|| "\u{2013}".to_owned())
}

fn figure(row: &HeatRow, column: usize) -> &Figure {
    row.figures.get(column).unwrap_or(&Figure::Withheld)
}

fn sides(spec: &HeatSpec, column: usize) -> (f64, f64) {
    let width = WIDTH / spec.columns.len().max(1) as f64;
    (width * column as f64, width * (column + 1) as f64 - 2.0)
}

fn row_height(lines: &[String]) -> f64 {
    lines.len() as f64 * LINE + CELL + 6.0
}

fn key_lines(spec: &HeatSpec) -> Vec<String> {
    spec.columns
        .iter()
        .enumerate()
        .flat_map(|(i, column)| wrap(&format!("{} {column}", i + 1), SMALL, WIDTH))
        .collect()
}

fn shade(spec: &HeatSpec, figure: &Figure) -> Option<u8> {
    let [low, high] = spec.scale;
    let span = if high > low { high - low } else { 1.0 };
    let share = ((figure.shown()? - low) / span).clamp(0.0, 1.0);
    Some((share * 5.0).floor().min(4.0) as u8)
}

fn description(spec: &HeatSpec, lang: Lang) -> String {
    let mut shown = Vec::new();
    let mut withheld = Vec::new();
    for row in &spec.rows {
        for (column, name) in spec.columns.iter().enumerate() {
            match figure(row, column).shown() {
                Some(value) => shown.push((value, format!("{}, {name}", row.label))),
                None => withheld.push(format!("{}, {name}", row.label)),
            }
        }
        if (0..spec.columns.len()).all(|column| figure(row, column).shown().is_none()) {
            withheld.truncate(withheld.len() - spec.columns.len());
            withheld.push(row.label.clone());
        }
    }
    shown.sort_by(|a, b| b.0.total_cmp(&a.0));
    let say = |(value, name): &(f64, String), highest| {
        let value = spec.measure.text(*value, lang);
        format!("{}: {name} ({value})", words::extreme(lang, highest))
    };
    let ends = match shown.as_slice() {
        [highest, .., lowest] => vec![say(highest, true), say(lowest, false)],
        [(value, name)] => vec![format!("{name}: {}", spec.measure.text(*value, lang))],
        [] => Vec::new(),
    };
    let withheld: Vec<&str> = withheld.iter().map(String::as_str).collect();
    alternative(
        words::heat(lang),
        &spec.frame.measure,
        &ends,
        &withheld,
        lang,
    )
}

fn table(spec: &HeatSpec, lang: Lang) -> ChartTable {
    let mut columns = vec![spec.row_kind.clone()];
    columns.extend(spec.columns.iter().cloned());
    let rows = spec
        .rows
        .iter()
        .map(|row| TableRow {
            header: row.label.clone(),
            cells: (0..spec.columns.len())
                .map(|column| TableCell {
                    text: figure(row, column).text(spec.measure, lang),
                    shade: shade(spec, figure(row, column)),
                })
                .collect(),
        })
        .collect();
    ChartTable { columns, rows }
}
