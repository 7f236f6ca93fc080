//! The plot behind the marks: which part of the scale it shows, its axes and its quarters.

use surveys::Lang;

use super::{QuadrantRow, QuadrantSpec};
use crate::backend::WIDTH;
use crate::chart::Figure;
use crate::dumbbell::TARGET;
use crate::number;
use crate::pen::{Anchor, Ink, LINE, Pen, Place, SMALL, SMALLEST};

/// Room for numbers left of the plot.
pub(super) const LEFT: f64 = 34.0;
/// Height of the plot.
const PLOT: f64 = 230.0;

/// The plot: which part of the scale it shows in each direction.
pub(super) struct Plot {
    ends: [[f64; 2]; 2],
}

impl Plot {
    pub(super) fn of(spec: &QuadrantSpec) -> Plot {
        let [low, high] = spec.scale;
        let scale = match low.is_finite() && high.is_finite() && high > low {
            true => spec.scale,
            false => [0.0, 1.0],
        };
        let direction = |axis: usize, of: &dyn Fn(&QuadrantRow) -> &Figure| {
            let figures = spec.rows.iter().filter(|row| row.place().is_some()).map(of);
            let values = figures.flat_map(|figure| {
                let (low, high) = figure.interval().unzip();
                [figure.shown(), low, high].into_iter().flatten()
            });
            let line = Some(spec.lines[axis]).filter(|line| line.is_finite());
            part_of(scale, values.chain(line))
        };
        Plot {
            ends: [
                direction(0, &|row| &row.competence),
                direction(1, &|row| &row.importance),
            ],
        }
    }

    fn top() -> f64 {
        2.0 * LINE + 6.0
    }

    pub(super) fn bottom(&self) -> f64 {
        Plot::top() + PLOT
    }

    /// Where values lie, kept inside the plot.
    pub(super) fn at(&self, [competence, importance]: [f64; 2]) -> Place {
        let share = |axis: usize, value: f64| {
            let [low, high] = self.ends[axis];
            ((value - low) / (high - low)).clamp(0.0, 1.0)
        };
        let right = share(0, competence) * (WIDTH - LEFT);
        (LEFT + right, self.bottom() - share(1, importance) * PLOT)
    }

    pub(super) fn draw(&self, pen: &Pen, spec: &QuadrantSpec, lang: Lang) {
        let (top, bottom) = (Plot::top(), self.bottom());
        pen.line(Ink::Axis, &[(LEFT, top), (LEFT, bottom), (WIDTH, bottom)]);
        for tick in ticks(self.ends[0]) {
            let (x, _) = self.at([tick, 0.0]);
            pen.line(Ink::Axis, &[(x, bottom), (x, bottom + 4.0)]);
            pen.text(
                Ink::Muted,
                SMALLEST,
                middle_or_end(x),
                (x, bottom + 12.0),
                &number::decimal(tick, 1, lang),
            );
        }
        for tick in ticks(self.ends[1]) {
            let (_, y) = self.at([0.0, tick]);
            pen.line(Ink::Axis, &[(LEFT - 4.0, y), (LEFT, y)]);
            let place = (LEFT - 7.0, y);
            pen.text(
                Ink::Muted,
                SMALLEST,
                Anchor::End,
                place,
                &number::decimal(tick, 1, lang),
            );
        }
        let (x, y) = self.at(spec.lines);
        pen.line(TARGET, &[(x, top), (x, bottom)]);
        pen.line(TARGET, &[(LEFT, y), (WIDTH, y)]);
        let quarters = &spec.quarters;
        for (y, left, right) in [
            (top - 9.0, &quarters.concentrate, &quarters.keep_up),
            (bottom + 12.0 + LINE, &quarters.low, &quarters.overkill),
        ] {
            pen.text(Ink::Muted, SMALL, Anchor::Start, (LEFT, y), left);
            pen.text(Ink::Muted, SMALL, Anchor::End, (WIDTH, y), right);
        }
        axis_names(pen, spec, bottom);
    }
}

/// Writes what grows upwards and to the right, each with an arrow.
fn axis_names(pen: &Pen, spec: &QuadrantSpec, bottom: f64) {
    let y = LINE / 2.0;
    arrow(pen, [(5.0, y + 6.0), (5.0, y - 6.0)], (3.5, 4.5));
    pen.text(Ink::Text, SMALL, Anchor::Start, (14.0, y), &spec.axes[1]);
    let y = bottom + 12.0 + 2.0 * LINE;
    arrow(pen, [(WIDTH - 14.0, y), (WIDTH - 1.0, y)], (4.5, 3.5));
    pen.text(
        Ink::Text,
        SMALL,
        Anchor::End,
        (WIDTH - 20.0, y),
        &spec.axes[0],
    );
}

/// Draws an arrow whose head is so long and wide.
fn arrow(pen: &Pen, [from, to]: [Place; 2], (wide, long): (f64, f64)) {
    pen.line(Ink::Axis, &[from, to]);
    let upwards = from.0.total_cmp(&to.0).is_eq();
    let ends = match upwards {
        true => [(to.0 - wide, to.1 + long), (to.0 + wide, to.1 + long)],
        false => [(to.0 - wide, to.1 - long), (to.0 - wide, to.1 + long)],
    };
    pen.line(Ink::Axis, &[ends[0], to, ends[1]]);
}

/// Keeps the last number of an axis inside the picture.
fn middle_or_end(x: f64) -> Anchor {
    if x > WIDTH - 10.0 {
        Anchor::End
    } else {
        Anchor::Middle
    }
}

/// Returns the part of a scale that values need, with a little room around them.
fn part_of([low, high]: [f64; 2], values: impl Iterator<Item = f64>) -> [f64; 2] {
    let inside = values.map(|value| value.clamp(low, high));
    let (mut from, mut to) = (high, low);
    for value in inside {
        (from, to) = (from.min(value), to.max(value));
    }
    if from > to {
        return [low, high];
    }
    let least = (high - low) / 10.0;
    let room = ((to - from) * 0.1).max((least - (to - from)) / 2.0);
    [(from - room).max(low), (to + room).min(high)]
}

/// Returns round numbers along an axis, at most six of them, or its ends.
fn ticks([low, high]: [f64; 2]) -> Vec<f64> {
    for step in [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0] {
        let first = (low / step - 1e-9).ceil() as i64;
        let last = (high / step + 1e-9).floor() as i64;
        if last - first < 6 {
            return (first..=last).map(|count| count as f64 * step).collect();
        }
    }
    vec![low, high]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_shows_what_is_needed_and_round_numbers() {
        let needed = |values: &[f64]| {
            let ends = part_of([1.0, 5.0], values.iter().copied());
            ends.map(|end| number::decimal(end, 1, Lang::En))
                .join(" to ")
        };
        assert_eq!(needed(&[3.0, 4.0]), "2.9 to 4.1");
        assert_eq!(needed(&[5.0]), "4.8 to 5.0");
        assert_eq!(needed(&[]), "1.0 to 5.0");
        assert_eq!(ticks([2.9, 4.4]), [3.0, 3.5, 4.0]);
        assert_eq!(ticks([0.0, 1e9]), [0.0, 1e9]);
    }
}
