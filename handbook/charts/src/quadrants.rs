//! Importance against competence: areas as marks in four quarters, split where the means lie.
//!
//! Marks carry numbers that a list below explains, so that long names never lie upon each other.
//! An area whose interval crosses a line is hollow and has another shape and a word in the list.

mod plot;

use surveys::Lang;

use crate::alternative::alternative;
use crate::backend::WIDTH;
use crate::chart::{Chart, ChartTable, Figure, Frame, Measure, TableRow};
use crate::dumbbell::{DIAMOND, DOT, SCORE};
use crate::font::{text_width, wrap};
use crate::pen::{Anchor, Ink, LINE, Pen, Place, SMALL, TEXT, picture};
use crate::words;
use plot::{LEFT, Plot};

/// Areas by importance and competence, for [`quadrants`].
#[derive(Clone, Debug, PartialEq)]
pub struct QuadrantSpec {
    /// Id, message and what is measured.
    pub frame: Frame,
    /// Ends of the scale that both are on.
    pub scale: [f64; 2],
    /// What a row is, such as `Osa-alue`.
    pub row_kind: String,
    /// What is drawn from left to right, such as `Osaaminen`, and from below upwards, such as
    /// `Tärkeys`.
    pub axes: [String; 2],
    /// Where the quarters meet, from left to right and from below upwards.
    pub lines: [f64; 2],
    /// Names of the quarters.
    pub quarters: Quarters,
    /// What an area in just one quarter is called, and one whose interval crosses a line.
    pub places: [String; 2],
    /// Rows in the order they are numbered.
    pub rows: Vec<QuadrantRow>,
}

/// Names of the four quarters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarters {
    /// Important, and less competence than elsewhere.
    pub concentrate: String,
    /// Important, and more competence.
    pub keep_up: String,
    /// Less important, and less competence.
    pub low: String,
    /// Less important, and more competence.
    pub overkill: String,
}

/// One area.
#[derive(Clone, Debug, PartialEq)]
pub struct QuadrantRow {
    /// Its name.
    pub label: String,
    /// Mean competence.
    pub competence: Figure,
    /// Mean importance.
    pub importance: Figure,
    /// Whether neither interval crosses a line.
    pub is_clear: bool,
}

/// Room right of the numbers in the list.
const NUMBER: f64 = 26.0;

/// Draws areas by competence and importance, with their intervals.
#[must_use]
pub fn quadrants(spec: &QuadrantSpec, lang: Lang) -> Chart {
    let desc = description(spec, lang);
    let list: Vec<Vec<String>> = (spec.rows.iter())
        .map(|row| wrap(&listed(spec, row, lang), TEXT, WIDTH - NUMBER))
        .collect();
    let list_lines: usize = list.iter().map(Vec::len).sum();
    let plot = Plot::of(spec);
    let below = plot.bottom() + 2.0 * LINE + 14.0;
    let has_marks = spec.rows.iter().any(|row| row.place().is_some());
    let height = if has_marks { below + LINE } else { LINE };
    let top = height + 4.0;
    let height = top + list_lines as f64 * LINE;
    let svg = picture("quadrants", &spec.frame, &desc, height, lang, |pen| {
        if has_marks {
            plot.draw(pen, spec, lang);
            marks(pen, spec, &plot);
            key(pen, spec, below);
        } else {
            let place = (0.0, LINE / 2.0);
            pen.text(Ink::Muted, TEXT, Anchor::Start, place, words::nothing(lang));
        }
        names(pen, &list, top);
    });
    Chart {
        svg,
        title: spec.frame.title.clone(),
        desc,
        table: table(spec, lang),
    }
}

impl QuadrantRow {
    fn place(&self) -> Option<[f64; 2]> {
        Some([self.competence.shown()?, self.importance.shown()?])
    }
}

impl QuadrantSpec {
    fn quarter(&self, [competence, importance]: [f64; 2]) -> &str {
        match (importance >= self.lines[1], competence >= self.lines[0]) {
            (true, true) => &self.quarters.keep_up,
            (true, false) => &self.quarters.concentrate,
            (false, true) => &self.quarters.overkill,
            (false, false) => &self.quarters.low,
        }
    }

    fn sureness(&self, row: &QuadrantRow) -> &str {
        &self.places[usize::from(!row.is_clear)]
    }
}

/// What the list says behind the number of an area.
fn listed(spec: &QuadrantSpec, row: &QuadrantRow, lang: Lang) -> String {
    match (row.place(), row.is_clear) {
        (None, _) => format!("{}: {}", row.label, words::withheld(lang)),
        (Some(_), true) => row.label.clone(),
        (Some(_), false) => format!("{} ({})", row.label, spec.places[1].to_lowercase()),
    }
}

/// Draws every area with its intervals, and then the numbers, which stand upon all marks.
fn marks(pen: &Pen, spec: &QuadrantSpec, plot: &Plot) {
    let mut taken = Vec::new();
    for row in &spec.rows {
        let Some(value) = row.place() else { continue };
        let place = plot.at(value);
        for (axis, figure) in [&row.competence, &row.importance].into_iter().enumerate() {
            if let Some((low, high)) = figure.interval() {
                let end = |end: f64| {
                    let mut place = value;
                    place[axis] = end;
                    plot.at(place)
                };
                pen.line(SCORE, &[end(low), end(high)]);
            }
        }
        mark(pen, row.is_clear, place);
        taken.push(place);
    }
    for (number, row) in spec.rows.iter().enumerate() {
        if let Some(value) = row.place() {
            let beside = free_place(plot.at(value), &taken, plot.at(spec.lines));
            let text = (number + 1).to_string();
            pen.text(Ink::Text, SMALL, Anchor::Middle, beside, &text);
            taken.push(beside);
        }
    }
}

fn mark(pen: &Pen, is_clear: bool, place: Place) {
    if is_clear {
        pen.dot(SCORE, place, DOT);
    } else {
        pen.diamond(SCORE, place, DIAMOND);
    }
}

/// Returns where around a mark there is most room for its number, away from the lines.
fn free_place((x, y): Place, taken: &[Place], lines: Place) -> Place {
    let around = [(10.0, -11.0), (-10.0, -11.0), (10.0, 11.0), (-10.0, 11.0)];
    let places = around.map(|(right, down)| (x + right, y + down));
    let room = |place: &Place| {
        let others = taken.iter().filter(|other| **other != (x, y));
        let apart = others.map(|other| (other.0 - place.0).hypot(other.1 - place.1));
        let edge = (place.0 - LEFT).min(WIDTH - place.0) * 2.0;
        let line = (place.0 - lines.0).abs().min((place.1 - lines.1).abs()) * 1.5;
        apart.fold(edge.min(line), f64::min)
    };
    let mut best = places[0];
    for place in places {
        // Of equal ones the first: the same picture from the same numbers.
        if room(&place) > room(&best) + 1e-9 {
            best = place;
        }
    }
    best
}

/// Draws what the two marks mean.
fn key(pen: &Pen, spec: &QuadrantSpec, top: f64) {
    let y = top + LINE / 2.0;
    let mut x = DIAMOND + 1.0;
    for (is_clear, name) in [true, false].into_iter().zip(&spec.places) {
        mark(pen, is_clear, (x, y));
        pen.text(Ink::Text, SMALL, Anchor::Start, (x + 12.0, y), name);
        x += 12.0 + text_width(name, SMALL) + 26.0;
    }
}

/// Writes the list of areas by number.
fn names(pen: &Pen, list: &[Vec<String>], top: f64) {
    let mut y = top + LINE / 2.0;
    for (number, lines) in list.iter().enumerate() {
        let text = (number + 1).to_string();
        pen.text(Ink::Muted, TEXT, Anchor::Start, (0.0, y), &text);
        for line in lines {
            pen.text(Ink::Text, TEXT, Anchor::Start, (NUMBER, y), line);
            y += LINE;
        }
    }
}

fn description(spec: &QuadrantSpec, lang: Lang) -> String {
    let shown = || spec.rows.iter().filter(|row| row.place().is_some());
    let first: Vec<&str> = shown()
        .filter(|row| row.is_clear)
        .filter(|row| {
            row.place()
                .is_some_and(|place| spec.quarter(place) == spec.quarters.concentrate)
        })
        .map(|row| row.label.as_str())
        .collect();
    let unsure = shown().filter(|row| !row.is_clear).count();
    let mut ends = Vec::new();
    if !first.is_empty() {
        ends.push(format!(
            "{}: {}",
            spec.quarters.concentrate,
            first.join(", ")
        ));
    }
    if unsure > 0 {
        ends.push(words::unsure(lang, unsure));
    }
    let withheld: Vec<&str> = spec
        .rows
        .iter()
        .filter(|row| row.place().is_none())
        .map(|row| row.label.as_str())
        .collect();
    alternative(
        words::quadrants(lang),
        &spec.frame.measure,
        &ends,
        &withheld,
        lang,
    )
}

fn table(spec: &QuadrantSpec, lang: Lang) -> ChartTable {
    let [competence, importance] = &spec.axes;
    let interval = words::interval(lang);
    let columns = [
        spec.row_kind.as_str(),
        competence,
        interval,
        importance,
        interval,
        words::quarter(lang),
        "n",
    ];
    let rows = spec.rows.iter().map(|row| {
        let quarter = row.place().map_or(String::new(), |place| {
            format!(
                "{} ({})",
                spec.quarter(place),
                spec.sureness(row).to_lowercase()
            )
        });
        let figures = [&row.competence, &row.importance].into_iter();
        let figures = figures.flat_map(|figure| {
            [
                figure.text(Measure::Steps, lang),
                figure.interval_text(Measure::Steps, lang),
            ]
        });
        let last = [quarter, row.competence.count_text(lang)];
        TableRow {
            header: row.label.clone(),
            cells: figures.chain(last).map(Into::into).collect(),
        }
    });
    ChartTable {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}
