//! Role radar: scores as a filled shape, targets as an outline, labels around.
//!
//! Fewer than three rows make no shape; they are drawn as a dumbbell.

use std::f64::consts::{FRAC_PI_2, TAU};

use surveys::Lang;

use crate::backend::WIDTH;
use crate::chart::{Chart, Figure, Measure};
use crate::dumbbell::{
    DIAMOND, DOT, ProfileSpec, SCORE, TARGET, description, dumbbell, key, key_height, steps, table,
};
use crate::font::{text_width, wrap};
use crate::pen::{Anchor, Ink, LINE, Pen, Place, SMALL, SMALLEST, TEXT, picture};
use crate::{number, words};

/// Distance from the middle to the highest step.
const RADIUS: f64 = 80.0;
/// Room above and below the rings for labels of up to two lines.
const ABOVE: f64 = 2.0 * LINE + 14.0;

/// Draws scores and targets around a circle.
#[must_use]
pub fn radar(spec: &ProfileSpec, lang: Lang) -> Chart {
    if spec.rows.len() < 3 {
        return dumbbell(spec, lang);
    }
    let desc = description(words::radar(lang), spec, lang);
    let top = key_height(spec);
    let height = top + 2.0 * (ABOVE + RADIUS);
    let web = Web {
        middle: (WIDTH / 2.0, top + ABOVE + RADIUS),
        scale: spec.scale,
        count: spec.rows.len(),
    };
    let svg = picture("radar", &spec.frame, &desc, height, lang, |pen| {
        key(pen, spec);
        rings(pen, &web);
        let targets: Vec<Option<f64>> = spec
            .rows
            .iter()
            .map(|row| row.target.as_ref().and_then(Figure::shown))
            .collect();
        let scores: Vec<Option<f64>> = spec.rows.iter().map(|row| row.score.shown()).collect();
        if let Some(corners) = web.corners(&scores) {
            pen.faint(SCORE, &corners);
        }
        outline(pen, &web, &scores, SCORE);
        outline(pen, &web, &targets, TARGET);
        for (i, score) in scores.iter().enumerate() {
            if let Some(score) = score {
                pen.dot(SCORE, web.place(i, *score), DOT - 1.0);
            }
        }
        for (i, target) in targets.iter().enumerate() {
            if let Some(target) = target {
                pen.diamond(TARGET, web.place(i, *target), DIAMOND - 1.0);
            }
        }
        for step in steps(spec.scale) {
            let (x, y) = web.at(-FRAC_PI_2, step);
            let text = number::decimal(step, 0, lang);
            pen.text(Ink::Muted, SMALLEST, Anchor::End, (x - 7.0, y), &text);
        }
        for (i, row) in spec.rows.iter().enumerate() {
            label(pen, &web, i, &row.label, &row.score, lang);
        }
    });
    Chart {
        svg,
        title: spec.frame.title.clone(),
        desc,
        table: table(spec, lang),
    }
}

/// Where things are on the web.
struct Web {
    middle: Place,
    scale: [f64; 2],
    count: usize,
}

impl Web {
    fn angle(&self, row: usize) -> f64 {
        TAU * row as f64 / self.count as f64 - FRAC_PI_2
    }

    fn at(&self, angle: f64, value: f64) -> Place {
        let [low, high] = self.scale;
        let span = if high > low { high - low } else { 1.0 };
        // The lowest step is a small ring, not the middle: it is a level, not nothing.
        let share = ((value - low) / span).clamp(0.0, 1.0) * 0.8 + 0.2;
        let (x, y) = self.middle;
        (
            x + RADIUS * share * angle.cos(),
            y + RADIUS * share * angle.sin(),
        )
    }

    fn place(&self, row: usize, value: f64) -> Place {
        self.at(self.angle(row), value)
    }

    /// All corners of a shape, if none is missing.
    fn corners(&self, values: &[Option<f64>]) -> Option<Vec<Place>> {
        values
            .iter()
            .enumerate()
            .map(|(i, value)| value.map(|value| self.place(i, value)))
            .collect()
    }
}

fn rings(pen: &Pen, web: &Web) {
    for step in steps(web.scale) {
        let mut ring: Vec<Place> = (0..web.count).map(|i| web.place(i, step)).collect();
        ring.push(ring[0]);
        pen.line(Ink::Axis, &ring);
    }
    for i in 0..web.count {
        pen.line(Ink::Axis, &[web.middle, web.place(i, web.scale[1])]);
    }
}

/// Draws the sides whose both ends are shown.
fn outline(pen: &Pen, web: &Web, values: &[Option<f64>], ink: Ink) {
    if let Some(mut corners) = web.corners(values) {
        corners.push(corners[0]);
        pen.line(ink, &corners);
        return;
    }
    for i in 0..values.len() {
        let next = (i + 1) % values.len();
        if let (Some(from), Some(to)) = (values[i], values[next]) {
            pen.line(ink, &[web.place(i, from), web.place(next, to)]);
        }
    }
}

/// Writes a label outside the rings, and a word beneath where the score is not given.
fn label(pen: &Pen, web: &Web, row: usize, text: &str, score: &Figure, lang: Lang) {
    let angle = web.angle(row);
    let (cos, sin) = (angle.cos(), angle.sin());
    let (x, y) = (
        web.middle.0 + (RADIUS + 12.0) * cos,
        web.middle.1 + (RADIUS + 12.0) * sin,
    );
    let (anchor, room) = if cos.abs() < 0.2 {
        (Anchor::Middle, WIDTH - 40.0)
    } else if cos > 0.0 {
        (Anchor::Start, WIDTH - x)
    } else {
        (Anchor::End, x)
    };
    let size = size_for(text, room);
    let mut lines: Vec<(String, Ink, f64)> = wrap(text, size, room)
        .into_iter()
        .map(|line| (line, Ink::Text, size))
        .collect();
    if score.shown().is_none() {
        for line in wrap(&score.text(Measure::Steps, lang), SMALL, room) {
            lines.push((line, Ink::Muted, SMALL));
        }
    }
    let height = lines.len() as f64 * (LINE - 2.0);
    let first = y + (sin - 1.0) * height / 2.0 + (LINE - 2.0) / 2.0;
    for (i, (line, ink, size)) in lines.iter().enumerate() {
        let place = (x, first + i as f64 * (LINE - 2.0));
        pen.text(*ink, *size, anchor, place, line);
    }
}

/// The largest size at which no word must be cut, else the smallest there is.
fn size_for(text: &str, room: f64) -> f64 {
    [TEXT, SMALL, SMALLEST]
        .into_iter()
        .find(|size| {
            text.split_whitespace()
                .all(|word| text_width(word, *size) <= room)
        })
        .unwrap_or(SMALLEST)
}
